-- Trigram search; part of PostgreSQL's contrib package, trusted since 13.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Institutions that agreements are made with, and the office itself.
CREATE TABLE institutions (
    id uuid NOT NULL PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    version integer NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    short_name text,
    kind text NOT NULL,
    region_kind text NOT NULL,
    region_name text,
    region_code text,
    affairs text,
    address text,
    phone text,
    email text,
    created_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    UNIQUE (office_id, name_key)
);

-- What a user is in an office; heads and operators belong to one institution.
CREATE TABLE memberships (
    user_id uuid NOT NULL REFERENCES users (id),
    office_id uuid NOT NULL REFERENCES offices (id),
    role text NOT NULL CHECK (role IN ('admin', 'staff', 'approver', 'agency_head', 'operator', 'auditor')),
    institution_id uuid REFERENCES institutions (id),
    PRIMARY KEY (user_id, office_id)
);
CREATE INDEX memberships_by_office ON memberships (office_id);

-- People who hold offices.
CREATE TABLE officials (
    id uuid NOT NULL PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    version integer NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    degrees_before text,
    degrees_after text,
    nip text,
    rank text,
    email text,
    address text,
    address_kind text NOT NULL,
    created_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);
CREATE INDEX officials_by_name ON officials (office_id, name_key);

-- Who holds which position from when to when; an open end is 9999-12-31.
CREATE TABLE terms_of_office (
    id uuid NOT NULL PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    official_id uuid NOT NULL REFERENCES officials (id),
    institution_id uuid NOT NULL REFERENCES institutions (id),
    position text NOT NULL,
    capacity text NOT NULL CHECK (capacity IN ('definitive', 'plt', 'plh', 'pj')),
    from_on date NOT NULL,
    to_on date NOT NULL
);
CREATE INDEX terms_by_institution ON terms_of_office (office_id, institution_id, from_on);

-- The office's catalogue of regulations, dated.
CREATE TABLE legal_bases (
    id uuid NOT NULL PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    version integer NOT NULL,
    code text NOT NULL,
    place integer NOT NULL,
    basis text NOT NULL,
    from_on date,
    until_on date,
    note text,
    created_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    UNIQUE (office_id, code)
);

-- Agreements: the fact sheet and the acts as documents, beside them what lists sort and filter by. A day that is not known is 9999-12-31 where a list sorts by it.
CREATE TABLE agreements (
    id uuid NOT NULL PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    version integer NOT NULL,
    state text NOT NULL CHECK (state IN ('drafting', 'signed', 'ended')),
    frozen boolean NOT NULL,
    provider_number text,
    user_number text,
    number_key text COLLATE "C" NOT NULL,
    agency_name text NOT NULL,
    agency_key text COLLATE "C" NOT NULL,
    purpose text NOT NULL,
    institution_id uuid REFERENCES institutions (id),
    signed_on date,
    starts_on date,
    ends_on date NOT NULL,
    window_from date NOT NULL,
    letter_due_on date NOT NULL,
    letter_on date,
    ended_on date,
    ended_cause text,
    next_due_on date NOT NULL,
    next_rung_on date NOT NULL,
    search text NOT NULL,
    format integer NOT NULL,
    facts text NOT NULL,
    acts text NOT NULL,
    created_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);
CREATE INDEX agreements_by_end ON agreements (office_id, ends_on, id);
CREATE INDEX agreements_by_number ON agreements (office_id, number_key, id);
CREATE INDEX agreements_by_agency ON agreements (office_id, agency_key, id);
CREATE INDEX agreements_by_change ON agreements (office_id, updated_at, id);
CREATE INDEX agreements_by_state ON agreements (office_id, state, ends_on, id);
CREATE INDEX agreements_by_rung ON agreements (office_id, next_rung_on);
CREATE INDEX agreements_by_letter ON agreements (office_id, letter_due_on, id);
CREATE INDEX agreements_by_due ON agreements (office_id, next_due_on, id);
CREATE INDEX agreements_by_institution ON agreements (office_id, institution_id, ends_on, id);
CREATE INDEX agreements_search ON agreements USING gin (search gin_trgm_ops);

-- Numbers of papers, unique by issuer, kind of paper, year and normalised number.
CREATE TABLE agreement_numbers (
    office_id uuid NOT NULL REFERENCES offices (id),
    issuer text NOT NULL,
    paper text NOT NULL,
    year integer NOT NULL,
    number_key text NOT NULL,
    agreement_id uuid NOT NULL REFERENCES agreements (id),
    PRIMARY KEY (office_id, issuer, paper, year, number_key)
);
CREATE INDEX numbers_by_agreement ON agreement_numbers (agreement_id);
CREATE INDEX numbers_by_key ON agreement_numbers (office_id, number_key);

-- Papers as they were signed: finished text, never rewritten.
CREATE TABLE frozen_papers (
    agreement_id uuid NOT NULL REFERENCES agreements (id),
    paper text NOT NULL,
    office_id uuid NOT NULL REFERENCES offices (id),
    document text NOT NULL,
    sha256 text NOT NULL,
    frozen_at timestamp NOT NULL,
    PRIMARY KEY (agreement_id, paper)
);
