-- Wordings of papers that an office, or one agreement, has changed: every version is kept. A row that is not its own holds the text that was left or gone back to.
CREATE TABLE wordings (
    id BLOB NOT NULL PRIMARY KEY,
    office_id BLOB NOT NULL REFERENCES offices (id),
    agreement_id BLOB REFERENCES agreements (id),
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    own INTEGER NOT NULL,
    after_name TEXT,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    author TEXT NOT NULL,
    made_at TEXT NOT NULL,
    latest INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX wordings_of_office ON wordings (office_id, name, version) WHERE agreement_id IS NULL;
CREATE UNIQUE INDEX wordings_of_agreement ON wordings (office_id, agreement_id, name, version) WHERE agreement_id IS NOT NULL;
