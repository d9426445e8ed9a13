-- One calendar of days off per office.
CREATE TABLE calendars (
    office_id uuid NOT NULL REFERENCES offices (id) PRIMARY KEY,
    version integer NOT NULL,
    cuti_bersama_off boolean NOT NULL
);

-- Days off and working days that replace them.
CREATE TABLE holidays (
    office_id uuid NOT NULL REFERENCES offices (id),
    day date NOT NULL,
    kind text NOT NULL CHECK (kind IN ('libur_nasional', 'cuti_bersama', 'libur_daerah', 'hari_kerja_pengganti')),
    name text NOT NULL,
    decree text NOT NULL,
    PRIMARY KEY (office_id, day, kind)
);

-- How far the daily scan has come, per office.
CREATE TABLE scan_marks (
    office_id uuid NOT NULL REFERENCES offices (id),
    job text NOT NULL,
    mark_on date NOT NULL,
    held boolean NOT NULL,
    ran_at timestamp NOT NULL,
    PRIMARY KEY (office_id, job)
);

-- Reminders by what they remind of; the key never holds the edit version.
CREATE TABLE reminders (
    id uuid NOT NULL PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    agreement_id uuid NOT NULL REFERENCES agreements (id),
    step text NOT NULL,
    due_on date NOT NULL,
    rung text NOT NULL,
    rung_on date NOT NULL,
    recipient text NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'superseded', 'undeliverable', 'cancelled')),
    reason text,
    created_at timestamp NOT NULL,
    UNIQUE (agreement_id, step, due_on, rung, recipient)
);
CREATE INDEX reminders_by_state ON reminders (office_id, state);

-- Mails on their way: written with the deed, delivered afterwards.
CREATE TABLE outbox (
    id uuid NOT NULL PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    agreement_id uuid REFERENCES agreements (id),
    reminder_id uuid REFERENCES reminders (id),
    kind text NOT NULL,
    to_name text NOT NULL,
    to_address text NOT NULL,
    cc_address text,
    subject text NOT NULL,
    body_text text NOT NULL,
    body_html text NOT NULL,
    message_id text NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'unknown', 'cancelled', 'dead')),
    attempts integer NOT NULL,
    next_attempt_at timestamp NOT NULL,
    boot_id uuid REFERENCES boots (id),
    reply text,
    queued_at timestamp NOT NULL,
    sent_at timestamp,
    UNIQUE (message_id)
);
CREATE INDEX outbox_due ON outbox (state, next_attempt_at);
CREATE INDEX outbox_by_office ON outbox (office_id, queued_at, id);
CREATE INDEX outbox_by_agreement ON outbox (agreement_id);
CREATE INDEX outbox_by_reminder ON outbox (reminder_id);

-- What a person has to do because the machine cannot.
CREATE TABLE tasks (
    id uuid NOT NULL PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    agreement_id uuid REFERENCES agreements (id),
    kind text NOT NULL,
    task_key text NOT NULL,
    title text NOT NULL,
    reason text NOT NULL,
    created_at timestamp NOT NULL,
    done_at timestamp,
    done_by text,
    UNIQUE (office_id, task_key)
);
CREATE INDEX tasks_open ON tasks (office_id, done_at, created_at);
