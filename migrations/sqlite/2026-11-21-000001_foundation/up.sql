-- Civil-registry offices; every other row belongs to one.
CREATE TABLE offices (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    region_kind TEXT NOT NULL CHECK (region_kind IN ('kabupaten', 'kota', 'provinsi')),
    region_name TEXT NOT NULL,
    region_code TEXT,
    head_title TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    zone TEXT NOT NULL CHECK (zone IN ('wib', 'wita', 'wit')),
    sender_name TEXT NOT NULL,
    reply_to TEXT,
    policy TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- People who sign in.
CREATE TABLE users (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT,
    disabled INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (email)
) STRICT;

-- Signed-in browsers, by the hash of their token.
CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    office_id BLOB NOT NULL REFERENCES offices (id),
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- One-time links that open an empty installation.
CREATE TABLE setup_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    used_at TEXT
) STRICT;

-- One-time keys of forms: the second POST is led to the result of the first.
CREATE TABLE form_keys (
    form_key TEXT NOT NULL PRIMARY KEY,
    office_id BLOB NOT NULL REFERENCES offices (id),
    user_id BLOB NOT NULL REFERENCES users (id),
    location TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX form_keys_by_age ON form_keys (created_at);

-- Processes that deliver mail; a claim names its boot.
CREATE TABLE boots (
    id BLOB NOT NULL PRIMARY KEY,
    started_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;

-- The log: append-only, chained per office; format 1 is fixed in domain/audit.rs.
CREATE TABLE audit_events (
    office_id BLOB NOT NULL REFERENCES offices (id),
    seq INTEGER NOT NULL,
    format INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BLOB,
    actor_name TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    subject_name TEXT NOT NULL,
    payload TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (office_id, seq)
) STRICT;
CREATE INDEX audit_by_subject ON audit_events (office_id, subject_id, seq);
