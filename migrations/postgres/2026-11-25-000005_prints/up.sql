-- How an office sets its papers; an office without a row prints as Kawal comes.
CREATE TABLE print_settings (
    office_id uuid NOT NULL REFERENCES offices (id) PRIMARY KEY,
    version integer NOT NULL,
    paper text NOT NULL CHECK (paper IN ('f4', 'a4')),
    font text NOT NULL CHECK (font IN ('bonum', 'liberation')),
    font_size integer NOT NULL CHECK (font_size IN (11, 12)),
    margin_top integer NOT NULL,
    margin_right integer NOT NULL,
    margin_bottom integer NOT NULL,
    margin_left integer NOT NULL,
    line_spacing integer NOT NULL,
    check_mark boolean NOT NULL,
    check_mark_on_forms boolean NOT NULL,
    paraf text NOT NULL,
    blank_dates boolean NOT NULL,
    updated_at timestamp NOT NULL
);

-- Lines of a letterhead that replace those composed from facts; the owner is an institution or the office itself.
CREATE TABLE letterheads (
    owner_id uuid NOT NULL PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    version integer NOT NULL,
    names text NOT NULL,
    details text NOT NULL,
    updated_at timestamp NOT NULL
);

-- Pictures that go onto papers, flattened and encoded anew: the logo of an institution or office, the drawings of an agreement's Juknis.
CREATE TABLE pictures (
    owner_id uuid NOT NULL,
    place text NOT NULL CHECK (place IN ('logo', 'topology', 'service_flow')),
    office_id uuid NOT NULL REFERENCES offices (id),
    version integer NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    png bytea NOT NULL,
    sha256 text NOT NULL,
    updated_at timestamp NOT NULL,
    PRIMARY KEY (owner_id, place)
);

-- Prints that left the house: ready to be signed, or final. The document is never rewritten; numbers registered later stand in a copy beside it.
CREATE TABLE prints (
    id uuid NOT NULL PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    agreement_id uuid NOT NULL REFERENCES agreements (id),
    paper text NOT NULL,
    stage text NOT NULL CHECK (stage IN ('ready', 'final')),
    code text NOT NULL,
    title text NOT NULL,
    parties text NOT NULL,
    dated_on date,
    document text NOT NULL,
    document_sha256 text NOT NULL,
    pdf_sha256 text NOT NULL,
    registered text,
    registered_sha256 text,
    registered_pdf_sha256 text,
    issued_at timestamp NOT NULL,
    issued_by text NOT NULL,
    signed_at timestamp,
    withdrawn_at timestamp,
    withdrawn_by text,
    withdrawn_reason text,
    replaced_by uuid REFERENCES prints (id),
    UNIQUE (code)
);
CREATE INDEX prints_by_agreement ON prints (office_id, agreement_id, paper, issued_at);

-- Scans of signed papers, by their hash: the files themselves are not kept.
CREATE TABLE scans (
    id uuid NOT NULL PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    print_id uuid NOT NULL REFERENCES prints (id),
    sha256 text NOT NULL,
    size bigint NOT NULL,
    name text NOT NULL,
    noted_at timestamp NOT NULL,
    noted_by text NOT NULL,
    UNIQUE (print_id, sha256)
);
CREATE INDEX scans_by_print ON scans (office_id, print_id, noted_at);
