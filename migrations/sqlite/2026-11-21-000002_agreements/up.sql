-- Institutions that agreements are made with, and the office itself.
CREATE TABLE institutions (
    id BLOB NOT NULL PRIMARY KEY,
    office_id BLOB NOT NULL REFERENCES offices (id),
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    short_name TEXT,
    kind TEXT NOT NULL,
    region_kind TEXT NOT NULL,
    region_name TEXT,
    region_code TEXT,
    affairs TEXT,
    address TEXT,
    phone TEXT,
    email TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (office_id, name_key)
) STRICT;

-- What a user is in an office; heads and operators belong to one institution.
CREATE TABLE memberships (
    user_id BLOB NOT NULL REFERENCES users (id),
    office_id BLOB NOT NULL REFERENCES offices (id),
    role TEXT NOT NULL CHECK (role IN ('admin', 'staff', 'approver', 'agency_head', 'operator', 'auditor')),
    institution_id BLOB REFERENCES institutions (id),
    PRIMARY KEY (user_id, office_id)
) STRICT;
CREATE INDEX memberships_by_office ON memberships (office_id);

-- People who hold offices.
CREATE TABLE officials (
    id BLOB NOT NULL PRIMARY KEY,
    office_id BLOB NOT NULL REFERENCES offices (id),
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    degrees_before TEXT,
    degrees_after TEXT,
    nip TEXT,
    rank TEXT,
    email TEXT,
    address TEXT,
    address_kind TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX officials_by_name ON officials (office_id, name_key);

-- Who holds which position from when to when; an open end is 9999-12-31.
CREATE TABLE terms_of_office (
    id BLOB NOT NULL PRIMARY KEY,
    office_id BLOB NOT NULL REFERENCES offices (id),
    official_id BLOB NOT NULL REFERENCES officials (id),
    institution_id BLOB NOT NULL REFERENCES institutions (id),
    position TEXT NOT NULL,
    capacity TEXT NOT NULL CHECK (capacity IN ('definitive', 'plt', 'plh', 'pj')),
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL
) STRICT;
CREATE INDEX terms_by_institution ON terms_of_office (office_id, institution_id, from_on);

-- The office's catalogue of regulations, dated.
CREATE TABLE legal_bases (
    id BLOB NOT NULL PRIMARY KEY,
    office_id BLOB NOT NULL REFERENCES offices (id),
    version INTEGER NOT NULL,
    code TEXT NOT NULL,
    place INTEGER NOT NULL,
    basis TEXT NOT NULL,
    from_on TEXT,
    until_on TEXT,
    note TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (office_id, code)
) STRICT;

-- Agreements: the fact sheet and the acts as documents, beside them what lists sort and filter by. A day that is not known is 9999-12-31 where a list sorts by it.
CREATE TABLE agreements (
    id BLOB NOT NULL PRIMARY KEY,
    office_id BLOB NOT NULL REFERENCES offices (id),
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('drafting', 'signed', 'ended')),
    frozen INTEGER NOT NULL,
    provider_number TEXT,
    user_number TEXT,
    number_key TEXT NOT NULL,
    agency_name TEXT NOT NULL,
    agency_key TEXT NOT NULL,
    purpose TEXT NOT NULL,
    institution_id BLOB REFERENCES institutions (id),
    signed_on TEXT,
    starts_on TEXT,
    ends_on TEXT NOT NULL,
    window_from TEXT NOT NULL,
    letter_due_on TEXT NOT NULL,
    letter_on TEXT,
    ended_on TEXT,
    ended_cause TEXT,
    next_due_on TEXT NOT NULL,
    next_rung_on TEXT NOT NULL,
    search TEXT NOT NULL,
    format INTEGER NOT NULL,
    facts TEXT NOT NULL,
    acts TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX agreements_by_end ON agreements (office_id, ends_on, id);
CREATE INDEX agreements_by_number ON agreements (office_id, number_key, id);
CREATE INDEX agreements_by_agency ON agreements (office_id, agency_key, id);
CREATE INDEX agreements_by_change ON agreements (office_id, updated_at, id);
CREATE INDEX agreements_by_state ON agreements (office_id, state, ends_on, id);
CREATE INDEX agreements_by_rung ON agreements (office_id, next_rung_on);
CREATE INDEX agreements_by_letter ON agreements (office_id, letter_due_on, id);
CREATE INDEX agreements_by_due ON agreements (office_id, next_due_on, id);
CREATE INDEX agreements_by_institution ON agreements (office_id, institution_id, ends_on, id);

-- Numbers of papers, unique by issuer, kind of paper, year and normalised number.
CREATE TABLE agreement_numbers (
    office_id BLOB NOT NULL REFERENCES offices (id),
    issuer TEXT NOT NULL,
    paper TEXT NOT NULL,
    year INTEGER NOT NULL,
    number_key TEXT NOT NULL,
    agreement_id BLOB NOT NULL REFERENCES agreements (id),
    PRIMARY KEY (office_id, issuer, paper, year, number_key)
) STRICT;
CREATE INDEX numbers_by_agreement ON agreement_numbers (agreement_id);
CREATE INDEX numbers_by_key ON agreement_numbers (office_id, number_key);

-- Papers as they were signed: finished text, never rewritten.
CREATE TABLE frozen_papers (
    agreement_id BLOB NOT NULL REFERENCES agreements (id),
    paper TEXT NOT NULL,
    office_id BLOB NOT NULL REFERENCES offices (id),
    document TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    frozen_at TEXT NOT NULL,
    PRIMARY KEY (agreement_id, paper)
) STRICT;
