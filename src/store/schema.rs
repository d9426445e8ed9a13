//! The tables as diesel sees them; equal on both databases (a test compares the column lists).
#![allow(missing_docs)]

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// Civil-registry offices; every other row belongs to one.
    offices (id) {
        id -> DbUuid,
        version -> Integer,
        name -> Text,
        short_name -> Text,
        region_kind -> Text,
        region_name -> Text,
        region_code -> Nullable<Text>,
        head_title -> Text,
        address -> Text,
        phone -> Nullable<Text>,
        email -> Nullable<Text>,
        zone -> Text,
        sender_name -> Text,
        reply_to -> Nullable<Text>,
        policy -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// People who sign in.
    users (id) {
        id -> DbUuid,
        version -> Integer,
        email -> Text,
        name -> Text,
        password_hash -> Nullable<Text>,
        disabled -> Bool,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// Signed-in browsers, by the hash of their token.
    sessions (token_hash) {
        token_hash -> Text,
        user_id -> DbUuid,
        office_id -> DbUuid,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// One-time links that open an empty installation.
    setup_links (token_hash) {
        token_hash -> Text,
        created_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// One-time keys of forms: the second POST is led to the result of the first.
    form_keys (form_key) {
        form_key -> Text,
        office_id -> DbUuid,
        user_id -> DbUuid,
        location -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// Processes that deliver mail; a claim names its boot.
    boots (id) {
        id -> DbUuid,
        started_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// The log: append-only, chained per office; format 1 is fixed in domain/audit.rs.
    audit_events (office_id, seq) {
        office_id -> DbUuid,
        seq -> BigInt,
        format -> Integer,
        at -> Timestamp,
        actor_kind -> Text,
        actor_id -> Nullable<DbUuid>,
        actor_name -> Text,
        verb -> Text,
        subject_kind -> Text,
        subject_id -> DbUuid,
        subject_name -> Text,
        payload -> Text,
        prev_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// Institutions that agreements are made with, and the office itself.
    institutions (id) {
        id -> DbUuid,
        office_id -> DbUuid,
        version -> Integer,
        name -> Text,
        name_key -> Text,
        short_name -> Nullable<Text>,
        kind -> Text,
        region_kind -> Text,
        region_name -> Nullable<Text>,
        region_code -> Nullable<Text>,
        affairs -> Nullable<Text>,
        address -> Nullable<Text>,
        phone -> Nullable<Text>,
        email -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// What a user is in an office; heads and operators belong to one institution.
    memberships (user_id, office_id) {
        user_id -> DbUuid,
        office_id -> DbUuid,
        role -> Text,
        institution_id -> Nullable<DbUuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// People who hold offices.
    officials (id) {
        id -> DbUuid,
        office_id -> DbUuid,
        version -> Integer,
        name -> Text,
        name_key -> Text,
        degrees_before -> Nullable<Text>,
        degrees_after -> Nullable<Text>,
        nip -> Nullable<Text>,
        rank -> Nullable<Text>,
        email -> Nullable<Text>,
        address -> Nullable<Text>,
        address_kind -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// Who holds which position from when to when; an open end is 9999-12-31.
    terms_of_office (id) {
        id -> DbUuid,
        office_id -> DbUuid,
        official_id -> DbUuid,
        institution_id -> DbUuid,
        position -> Text,
        capacity -> Text,
        from_on -> Date,
        to_on -> Date,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// The office's catalogue of regulations, dated.
    legal_bases (id) {
        id -> DbUuid,
        office_id -> DbUuid,
        version -> Integer,
        code -> Text,
        place -> Integer,
        basis -> Text,
        from_on -> Nullable<Date>,
        until_on -> Nullable<Date>,
        note -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// Agreements: the fact sheet and the acts as documents, beside them what lists sort and filter by. A day that is not known is 9999-12-31 where a list sorts by it.
    agreements (id) {
        id -> DbUuid,
        office_id -> DbUuid,
        version -> Integer,
        state -> Text,
        frozen -> Bool,
        provider_number -> Nullable<Text>,
        user_number -> Nullable<Text>,
        number_key -> Text,
        agency_name -> Text,
        agency_key -> Text,
        purpose -> Text,
        institution_id -> Nullable<DbUuid>,
        signed_on -> Nullable<Date>,
        starts_on -> Nullable<Date>,
        ends_on -> Date,
        window_from -> Date,
        letter_due_on -> Date,
        letter_on -> Nullable<Date>,
        ended_on -> Nullable<Date>,
        ended_cause -> Nullable<Text>,
        next_due_on -> Date,
        next_rung_on -> Date,
        search -> Text,
        format -> Integer,
        facts -> Text,
        acts -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// Numbers of papers, unique by issuer, kind of paper, year and normalised number.
    agreement_numbers (office_id, issuer, paper, year, number_key) {
        office_id -> DbUuid,
        issuer -> Text,
        paper -> Text,
        year -> Integer,
        number_key -> Text,
        agreement_id -> DbUuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// Papers as they were signed: finished text, never rewritten.
    frozen_papers (agreement_id, paper) {
        agreement_id -> DbUuid,
        paper -> Text,
        office_id -> DbUuid,
        document -> Text,
        sha256 -> Text,
        frozen_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// One calendar of days off per office.
    calendars (office_id) {
        office_id -> DbUuid,
        version -> Integer,
        cuti_bersama_off -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// Days off and working days that replace them.
    holidays (office_id, day, kind) {
        office_id -> DbUuid,
        day -> Date,
        kind -> Text,
        name -> Text,
        decree -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// How far the daily scan has come, per office.
    scan_marks (office_id, job) {
        office_id -> DbUuid,
        job -> Text,
        mark_on -> Date,
        held -> Bool,
        ran_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// Reminders by what they remind of; the key never holds the edit version.
    reminders (id) {
        id -> DbUuid,
        office_id -> DbUuid,
        agreement_id -> DbUuid,
        step -> Text,
        due_on -> Date,
        rung -> Text,
        rung_on -> Date,
        recipient -> Text,
        state -> Text,
        reason -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// Mails on their way: written with the deed, delivered afterwards.
    outbox (id) {
        id -> DbUuid,
        office_id -> DbUuid,
        agreement_id -> Nullable<DbUuid>,
        reminder_id -> Nullable<DbUuid>,
        kind -> Text,
        to_name -> Text,
        to_address -> Text,
        cc_address -> Nullable<Text>,
        subject -> Text,
        body_text -> Text,
        body_html -> Text,
        message_id -> Text,
        state -> Text,
        attempts -> Integer,
        next_attempt_at -> Timestamp,
        boot_id -> Nullable<DbUuid>,
        reply -> Nullable<Text>,
        queued_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// What a person has to do because the machine cannot.
    tasks (id) {
        id -> DbUuid,
        office_id -> DbUuid,
        agreement_id -> Nullable<DbUuid>,
        kind -> Text,
        task_key -> Text,
        title -> Text,
        reason -> Text,
        created_at -> Timestamp,
        done_at -> Nullable<Timestamp>,
        done_by -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::DbUuid;

    /// Wordings that an office or an agreement has changed, every version.
    wordings (id) {
        id -> DbUuid,
        office_id -> DbUuid,
        agreement_id -> Nullable<DbUuid>,
        name -> Text,
        version -> Integer,
        own -> Bool,
        after_name -> Nullable<Text>,
        text -> Text,
        sha256 -> Text,
        author -> Text,
        made_at -> Timestamp,
        latest -> Bool,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    offices,
    users,
    sessions,
    setup_links,
    form_keys,
    boots,
    audit_events,
    institutions,
    memberships,
    officials,
    terms_of_office,
    legal_bases,
    agreements,
    agreement_numbers,
    frozen_papers,
    calendars,
    holidays,
    scan_marks,
    reminders,
    outbox,
    tasks,
    wordings,
);
