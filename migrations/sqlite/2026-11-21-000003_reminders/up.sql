-- One calendar of days off per office.
CREATE TABLE calendars (
    office_id BLOB NOT NULL REFERENCES offices (id) PRIMARY KEY,
    version INTEGER NOT NULL,
    cuti_bersama_off INTEGER NOT NULL
) STRICT;

-- Days off and working days that replace them.
CREATE TABLE holidays (
    office_id BLOB NOT NULL REFERENCES offices (id),
    day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('libur_nasional', 'cuti_bersama', 'libur_daerah', 'hari_kerja_pengganti')),
    name TEXT NOT NULL,
    decree TEXT NOT NULL,
    PRIMARY KEY (office_id, day, kind)
) STRICT;

-- How far the daily scan has come, per office.
CREATE TABLE scan_marks (
    office_id BLOB NOT NULL REFERENCES offices (id),
    job TEXT NOT NULL,
    mark_on TEXT NOT NULL,
    held INTEGER NOT NULL,
    ran_at TEXT NOT NULL,
    PRIMARY KEY (office_id, job)
) STRICT;

-- Reminders by what they remind of; the key never holds the edit version.
CREATE TABLE reminders (
    id BLOB NOT NULL PRIMARY KEY,
    office_id BLOB NOT NULL REFERENCES offices (id),
    agreement_id BLOB NOT NULL REFERENCES agreements (id),
    step TEXT NOT NULL,
    due_on TEXT NOT NULL,
    rung TEXT NOT NULL,
    rung_on TEXT NOT NULL,
    recipient TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'superseded', 'undeliverable', 'cancelled')),
    reason TEXT,
    created_at TEXT NOT NULL,
    UNIQUE (agreement_id, step, due_on, rung, recipient)
) STRICT;
CREATE INDEX reminders_by_state ON reminders (office_id, state);

-- Mails on their way: written with the deed, delivered afterwards.
CREATE TABLE outbox (
    id BLOB NOT NULL PRIMARY KEY,
    office_id BLOB NOT NULL REFERENCES offices (id),
    agreement_id BLOB REFERENCES agreements (id),
    reminder_id BLOB REFERENCES reminders (id),
    kind TEXT NOT NULL,
    to_name TEXT NOT NULL,
    to_address TEXT NOT NULL,
    cc_address TEXT,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    message_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'cancelled', 'dead')),
    attempts INTEGER NOT NULL,
    next_attempt_at TEXT NOT NULL,
    boot_id BLOB REFERENCES boots (id),
    reply TEXT,
    queued_at TEXT NOT NULL,
    sent_at TEXT,
    UNIQUE (message_id)
) STRICT;
CREATE INDEX outbox_due ON outbox (state, next_attempt_at);
CREATE INDEX outbox_by_office ON outbox (office_id, queued_at, id);
CREATE INDEX outbox_by_agreement ON outbox (agreement_id);
CREATE INDEX outbox_by_reminder ON outbox (reminder_id);

-- What a person has to do because the machine cannot.
CREATE TABLE tasks (
    id BLOB NOT NULL PRIMARY KEY,
    office_id BLOB NOT NULL REFERENCES offices (id),
    agreement_id BLOB REFERENCES agreements (id),
    kind TEXT NOT NULL,
    task_key TEXT NOT NULL,
    title TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at TEXT NOT NULL,
    done_at TEXT,
    done_by TEXT,
    UNIQUE (office_id, task_key)
) STRICT;
CREATE INDEX tasks_open ON tasks (office_id, done_at, created_at);
