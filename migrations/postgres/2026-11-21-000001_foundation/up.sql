-- Civil-registry offices; every other row belongs to one.
CREATE TABLE offices (
    id uuid NOT NULL PRIMARY KEY,
    version integer NOT NULL,
    name text NOT NULL,
    short_name text NOT NULL,
    region_kind text NOT NULL CHECK (region_kind IN ('kabupaten', 'kota', 'provinsi')),
    region_name text NOT NULL,
    region_code text,
    head_title text NOT NULL,
    address text NOT NULL,
    phone text,
    email text,
    zone text NOT NULL CHECK (zone IN ('wib', 'wita', 'wit')),
    sender_name text NOT NULL,
    reply_to text,
    policy text NOT NULL,
    created_at timestamp NOT NULL,
    updated_at timestamp NOT NULL
);

-- People who sign in.
CREATE TABLE users (
    id uuid NOT NULL PRIMARY KEY,
    version integer NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text,
    disabled boolean NOT NULL,
    created_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    UNIQUE (email)
);

-- Signed-in browsers, by the hash of their token.
CREATE TABLE sessions (
    token_hash text NOT NULL PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    office_id uuid NOT NULL REFERENCES offices (id),
    created_at timestamp NOT NULL,
    seen_at timestamp NOT NULL,
    expires_at timestamp NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- One-time links that open an empty installation.
CREATE TABLE setup_links (
    token_hash text NOT NULL PRIMARY KEY,
    created_at timestamp NOT NULL,
    used_at timestamp
);

-- One-time keys of forms: the second POST is led to the result of the first.
CREATE TABLE form_keys (
    form_key text NOT NULL PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    user_id uuid NOT NULL REFERENCES users (id),
    location text NOT NULL,
    created_at timestamp NOT NULL
);
CREATE INDEX form_keys_by_age ON form_keys (created_at);

-- Processes that deliver mail; a claim names its boot.
CREATE TABLE boots (
    id uuid NOT NULL PRIMARY KEY,
    started_at timestamp NOT NULL,
    ended_at timestamp
);

-- The log: append-only, chained per office; format 1 is fixed in domain/audit.rs.
CREATE TABLE audit_events (
    office_id uuid NOT NULL REFERENCES offices (id),
    seq bigint NOT NULL,
    format integer NOT NULL,
    at timestamp NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    verb text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    subject_name text NOT NULL,
    payload text NOT NULL,
    prev_hash text NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (office_id, seq)
);
CREATE INDEX audit_by_subject ON audit_events (office_id, subject_id, seq);
