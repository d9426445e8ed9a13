-- How an office sets its papers; an office without a row prints as Kawal comes.
CREATE TABLE print_settings (
    office_id BLOB NOT NULL REFERENCES offices (id) PRIMARY KEY,
    version INTEGER NOT NULL,
    paper TEXT NOT NULL CHECK (paper IN ('f4', 'a4')),
    font TEXT NOT NULL CHECK (font IN ('bonum', 'liberation')),
    font_size INTEGER NOT NULL CHECK (font_size IN (11, 12)),
    margin_top INTEGER NOT NULL,
    margin_right INTEGER NOT NULL,
    margin_bottom INTEGER NOT NULL,
    margin_left INTEGER NOT NULL,
    line_spacing INTEGER NOT NULL,
    check_mark INTEGER NOT NULL,
    check_mark_on_forms INTEGER NOT NULL,
    paraf TEXT NOT NULL,
    blank_dates INTEGER NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- Lines of a letterhead that replace those composed from facts; the owner is an institution or the office itself.
CREATE TABLE letterheads (
    owner_id BLOB NOT NULL PRIMARY KEY,
    office_id BLOB NOT NULL REFERENCES offices (id),
    version INTEGER NOT NULL,
    names TEXT NOT NULL,
    details TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- Pictures that go onto papers, flattened and encoded anew: the logo of an institution or office, the drawings of an agreement's Juknis.
CREATE TABLE pictures (
    owner_id BLOB NOT NULL,
    place TEXT NOT NULL CHECK (place IN ('logo', 'topology', 'service_flow')),
    office_id BLOB NOT NULL REFERENCES offices (id),
    version INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    png BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (owner_id, place)
) STRICT;

-- Prints that left the house: ready to be signed, or final. The document is never rewritten; numbers registered later stand in a copy beside it.
CREATE TABLE prints (
    id BLOB NOT NULL PRIMARY KEY,
    office_id BLOB NOT NULL REFERENCES offices (id),
    agreement_id BLOB NOT NULL REFERENCES agreements (id),
    paper TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('ready', 'final')),
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    parties TEXT NOT NULL,
    dated_on TEXT,
    document TEXT NOT NULL,
    document_sha256 TEXT NOT NULL,
    pdf_sha256 TEXT NOT NULL,
    registered TEXT,
    registered_sha256 TEXT,
    registered_pdf_sha256 TEXT,
    issued_at TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    signed_at TEXT,
    withdrawn_at TEXT,
    withdrawn_by TEXT,
    withdrawn_reason TEXT,
    replaced_by BLOB REFERENCES prints (id),
    UNIQUE (code)
) STRICT;
CREATE INDEX prints_by_agreement ON prints (office_id, agreement_id, paper, issued_at);

-- Scans of signed papers, by their hash: the files themselves are not kept.
CREATE TABLE scans (
    id BLOB NOT NULL PRIMARY KEY,
    office_id BLOB NOT NULL REFERENCES offices (id),
    print_id BLOB NOT NULL REFERENCES prints (id),
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    name TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    noted_by TEXT NOT NULL,
    UNIQUE (print_id, sha256)
) STRICT;
CREATE INDEX scans_by_print ON scans (office_id, print_id, noted_at);
