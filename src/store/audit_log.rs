//! The log: appended in the transaction of each deed, chained per office, read as sentences.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::audit_events::dsl as log;
use super::types::RowId;
use super::{Result, StoreError};
use crate::domain::audit::{Entry, Event, FORMAT, Payload, Subject};
use crate::secrets::sha256;

/// Hash before the first entry of an office.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

#[derive(Queryable, Insertable)]
#[diesel(table_name = super::schema::audit_events)]
struct Row {
    office_id: RowId,
    seq: i64,
    format: i32,
    at: NaiveDateTime,
    actor_kind: String,
    actor_id: Option<RowId>,
    actor_name: String,
    verb: String,
    subject_kind: String,
    subject_id: RowId,
    subject_name: String,
    payload: String,
    prev_hash: String,
    hash: String,
}

impl Row {
    fn entry(&self) -> Entry {
        Entry {
            office_id: self.office_id.0,
            seq: self.seq,
            at: self.at.and_utc(),
            actor_kind: self.actor_kind.clone(),
            actor_id: self.actor_id.map(Uuid::from),
            actor_name: self.actor_name.clone(),
            verb: self.verb.clone(),
            subject_kind: self.subject_kind.clone(),
            subject_id: self.subject_id.0,
            subject_name: self.subject_name.clone(),
            payload: self.payload.clone(),
        }
    }
}

/// Hash of an entry after the hash before it.
pub fn link(prev_hash: &str, canonical: &str) -> String {
    sha256(format!("{prev_hash}\n{canonical}").as_bytes())
}

/// Appends an event to the office's chain. Call it in the transaction of the deed.
///
/// # Errors
/// When the database refuses; two writers of one office are serialised by the primary key.
pub fn append(db: &mut Db, deed: &Deed, subject: &Subject, event: &Event) -> Result<()> {
    lock_office(db, deed.office_id)?;
    let office = RowId(deed.office_id);
    let last: Option<(i64, String)> = log::audit_events
        .filter(log::office_id.eq(office))
        .order(log::seq.desc())
        .select((log::seq, log::hash))
        .first(db)
        .optional()?;
    let (seq, prev_hash) = last.map_or_else(|| (1, GENESIS.to_owned()), |(seq, hash)| (seq + 1, hash));
    let payload = Payload::of(event, |path, value| deed.secrets.commit(path, value));
    let payload = serde_json::to_string(&payload).map_err(|error| StoreError::Database(error.into()))?;
    let mut row = Row {
        office_id: office,
        seq,
        format: FORMAT,
        at: deed.at(),
        actor_kind: deed.actor.kind().to_owned(),
        actor_id: deed.actor.id().map(RowId),
        actor_name: deed.actor.name(),
        verb: event.verb.code().to_owned(),
        subject_kind: subject.kind.to_owned(),
        subject_id: RowId(subject.id),
        subject_name: subject.name.clone(),
        payload,
        prev_hash,
        hash: String::new(),
    };
    row.hash = link(&row.prev_hash, &row.entry().canonical());
    diesel::insert_into(log::audit_events).values(&row).execute(db)?;
    Ok(())
}

/// Lets one transaction of the office at a time go on: on PostgreSQL two would both read the same last
/// entry, or both find a reminder unrecorded, so the office's row is locked first. SQLite has one
/// writer.
///
/// # Errors
/// When the database refuses.
pub(super) fn lock_office(db: &mut Db, office: Uuid) -> Result<()> {
    use super::schema::offices::dsl as offices;
    if let Db::Postgres(conn) = db {
        let _: Option<i32> = offices::offices
            .filter(offices::id.eq(RowId(office)))
            .select(offices::version)
            .for_update()
            .first(conn)
            .optional()?;
    }
    Ok(())
}

/// What the log page asks for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only entries about this subject.
    pub subject: Option<Uuid>,
    /// Only deeds of this person.
    pub actor: Option<Uuid>,
    /// Only deeds of this kind of actor: `system`, `command`.
    pub actor_kind: Option<String>,
    /// Only these verbs; all when empty.
    pub verbs: Vec<&'static str>,
    /// Only entries from this instant, UTC.
    pub since: Option<DateTime<Utc>>,
    /// Only entries before this instant, UTC.
    pub until: Option<DateTime<Utc>>,
    /// Only entries before this place (for paging).
    pub before: Option<i64>,
    /// Only the entries next after this place (for paging back).
    pub after: Option<i64>,
    /// How many.
    pub limit: i64,
}

/// Entries of an office, newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn list(db: &mut Db, office: Uuid, filter: &Filter) -> Result<Vec<Entry>> {
    let mut query = log::audit_events.filter(log::office_id.eq(RowId(office))).into_boxed();
    if let Some(subject) = filter.subject {
        query = query.filter(log::subject_id.eq(RowId(subject)));
    }
    if let Some(actor) = filter.actor {
        query = query.filter(log::actor_id.eq(RowId(actor)));
    }
    if let Some(kind) = &filter.actor_kind {
        query = query.filter(log::actor_kind.eq(kind.clone()));
    }
    if !filter.verbs.is_empty() {
        query = query.filter(log::verb.eq_any(filter.verbs.clone()));
    }
    if let Some(since) = filter.since {
        query = query.filter(log::at.ge(since.naive_utc()));
    }
    if let Some(until) = filter.until {
        query = query.filter(log::at.lt(until.naive_utc()));
    }
    if let Some(before) = filter.before {
        query = query.filter(log::seq.lt(before));
    }
    if let Some(after) = filter.after {
        let rows: Vec<Row> =
            query.filter(log::seq.gt(after)).order(log::seq.asc()).limit(filter.limit).load(db)?;
        return Ok(rows.iter().rev().map(Row::entry).collect());
    }
    let rows: Vec<Row> = query.order(log::seq.desc()).limit(filter.limit).load(db)?;
    Ok(rows.iter().map(Row::entry).collect())
}

/// Place of the last entry: moves with every deed, so kept answers know when they are stale.
///
/// # Errors
/// When the database cannot be read.
pub fn last_seq(db: &mut Db, office: Uuid) -> Result<i64> {
    let last: Option<i64> = log::audit_events
        .filter(log::office_id.eq(RowId(office)))
        .order(log::seq.desc())
        .select(log::seq)
        .first(db)
        .optional()?;
    Ok(last.unwrap_or(0))
}

/// What a check of one office's chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How many entries were read.
    pub entries: i64,
    /// Place of the first entry that does not fit, with the reason.
    pub broken: Option<(i64, String)>,
    /// Hash of the last entry: compare it with the one printed or mailed earlier, for a chain cut
    /// at its end is whole in itself.
    pub head: String,
    /// Time of the last entry.
    pub last_at: Option<DateTime<Utc>>,
}

/// Reads an office's whole chain and recomputes every hash.
///
/// # Errors
/// When the database cannot be read; a broken chain is a verdict, not an error.
pub fn verify(db: &mut Db, office: Uuid) -> Result<Verdict> {
    let mut verdict = Verdict { entries: 0, broken: None, head: GENESIS.to_owned(), last_at: None };
    loop {
        let rows: Vec<Row> = log::audit_events
            .filter(log::office_id.eq(RowId(office)))
            .filter(log::seq.gt(verdict.entries))
            .order(log::seq.asc())
            .limit(1_000)
            .load(db)?;
        if rows.is_empty() {
            return Ok(verdict);
        }
        for row in rows {
            let expected = verdict.entries + 1;
            let fault = if row.seq != expected {
                Some(format!("catatan nomor {expected} tidak ada"))
            } else if row.format != FORMAT {
                Some(format!("bentuk {} tidak dikenal", row.format))
            } else if row.prev_hash != verdict.head {
                Some("tidak bersambung dengan catatan sebelumnya".to_owned())
            } else if row.hash != link(&row.prev_hash, &row.entry().canonical()) {
                Some("isi tidak cocok dengan sidik jarinya".to_owned())
            } else {
                None
            };
            if let Some(reason) = fault {
                verdict.broken = Some((expected, reason));
                return Ok(verdict);
            }
            verdict.entries = row.seq;
            verdict.last_at = Some(row.at.and_utc());
            verdict.head = row.hash;
        }
    }
}
