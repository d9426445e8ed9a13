-- Wordings of papers that an office, or one agreement, has changed: every version is kept. A row that is not its own holds the text that was left or gone back to.
CREATE TABLE wordings (
    id uuid NOT NULL PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    agreement_id uuid REFERENCES agreements (id),
    name text NOT NULL,
    version integer NOT NULL,
    own boolean NOT NULL,
    after_name text,
    text text NOT NULL,
    sha256 text NOT NULL,
    author text NOT NULL,
    made_at timestamp NOT NULL,
    latest boolean NOT NULL
);
CREATE UNIQUE INDEX wordings_of_office ON wordings (office_id, name, version) WHERE agreement_id IS NULL;
CREATE UNIQUE INDEX wordings_of_agreement ON wordings (office_id, agreement_id, name, version) WHERE agreement_id IS NOT NULL;
