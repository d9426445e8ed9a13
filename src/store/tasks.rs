//! Tasks: what a person has to do because the machine cannot.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::tasks::dsl as t;
use super::types::RowId;
use super::{Result, StoreError, audit_log};
use crate::domain::audit::{Event, Subject, Verb};

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Id.
    pub id: Uuid,
    /// Agreement it is about.
    pub agreement_id: Option<Uuid>,
    /// Code of its kind: `undeliverable`, `mail_refused`, `scan_held`.
    pub kind: String,
    /// What is to be done.
    pub title: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// By whom and when it was done; none while it is open.
    pub done: Option<(String, DateTime<Utc>)>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = super::schema::tasks)]
struct Row {
    id: RowId,
    agreement_id: Option<RowId>,
    kind: String,
    title: String,
    reason: String,
    created_at: NaiveDateTime,
    done_at: Option<NaiveDateTime>,
    done_by: Option<String>,
}

impl Row {
    fn task(self) -> Task {
        Task {
            id: self.id.0,
            agreement_id: self.agreement_id.map(Uuid::from),
            kind: self.kind,
            title: self.title,
            reason: self.reason,
            created_at: self.created_at.and_utc(),
            done: self.done_at.map(|at| (self.done_by.unwrap_or_default(), at.and_utc())),
        }
    }
}

/// Opens a task once per key; a finished one is opened again.
///
/// # Errors
/// When the database refuses.
pub fn open(
    db: &mut Db,
    deed: &Deed,
    agreement: Option<Uuid>,
    kind: &str,
    key: &str,
    title: &str,
    reason: &str,
) -> Result<()> {
    let mine = t::tasks.filter(t::office_id.eq(RowId(deed.office_id))).filter(t::task_key.eq(key));
    let known: Option<(RowId, Option<NaiveDateTime>)> =
        mine.select((t::id, t::done_at)).first(db).optional()?;
    if let Some((id, done_at)) = known {
        if done_at.is_some() {
            diesel::update(t::tasks.find(id))
                .set((
                    t::title.eq(title),
                    t::reason.eq(reason),
                    t::created_at.eq(deed.at()),
                    t::done_at.eq(None::<NaiveDateTime>),
                    t::done_by.eq(None::<String>),
                ))
                .execute(db)?;
        }
        return Ok(());
    }
    diesel::insert_into(t::tasks)
        .values((
            t::id.eq(RowId(deed.ids.next())),
            t::office_id.eq(RowId(deed.office_id)),
            t::agreement_id.eq(agreement.map(RowId)),
            t::kind.eq(kind),
            t::task_key.eq(key),
            t::title.eq(title),
            t::reason.eq(reason),
            t::created_at.eq(deed.at()),
        ))
        .execute(db)?;
    Ok(())
}

/// Closes the open task of a key, if there is one.
///
/// # Errors
/// When the database refuses.
pub fn close(db: &mut Db, deed: &Deed, key: &str) -> Result<()> {
    diesel::update(
        t::tasks
            .filter(t::office_id.eq(RowId(deed.office_id)))
            .filter(t::task_key.eq(key))
            .filter(t::done_at.is_null()),
    )
    .set((t::done_at.eq(deed.at()), t::done_by.eq(deed.actor.name())))
    .execute(db)?;
    Ok(())
}

/// Closes every open task of a kind: what they were about is over.
///
/// # Errors
/// When the database refuses.
pub fn close_kind(db: &mut Db, deed: &Deed, kind: &str) -> Result<()> {
    diesel::update(
        t::tasks
            .filter(t::office_id.eq(RowId(deed.office_id)))
            .filter(t::kind.eq(kind))
            .filter(t::done_at.is_null()),
    )
    .set((t::done_at.eq(deed.at()), t::done_by.eq(deed.actor.name())))
    .execute(db)?;
    Ok(())
}

/// Marks a task done by a person, and logs it.
///
/// # Errors
/// [`StoreError::NotFound`] when it is not open.
pub fn finish(db: &mut Db, deed: &Deed, id: Uuid) -> Result<()> {
    let mine = t::tasks
        .filter(t::office_id.eq(RowId(deed.office_id)))
        .filter(t::id.eq(RowId(id)))
        .filter(t::done_at.is_null());
    let title: String = mine.select(t::title).first(db)?;
    let done =
        diesel::update(mine).set((t::done_at.eq(deed.at()), t::done_by.eq(deed.actor.name()))).execute(db)?;
    if done == 0 {
        return Err(StoreError::NotFound);
    }
    audit_log::append(
        db,
        deed,
        &Subject { kind: "task", id, name: title },
        &Event::new(Verb::TaskDone, Vec::new()),
    )
}

/// Open tasks of an office, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn open_tasks(db: &mut Db, office: Uuid) -> Result<Vec<Task>> {
    let rows: Vec<Row> = t::tasks
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::done_at.is_null())
        .order((t::created_at.asc(), t::id.asc()))
        .limit(500)
        .select(Row::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(Row::task).collect())
}

/// The tasks of an office that were done last.
///
/// # Errors
/// When the database cannot be read.
pub fn done_tasks(db: &mut Db, office: Uuid, limit: i64) -> Result<Vec<Task>> {
    let rows: Vec<Row> = t::tasks
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::done_at.is_not_null())
        .order((t::done_at.desc(), t::id.desc()))
        .limit(limit)
        .select(Row::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(Row::task).collect())
}

/// One task of the office, open or done.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn find(db: &mut Db, office: Uuid, id: Uuid) -> Result<Task> {
    let row: Row = t::tasks
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::id.eq(RowId(id)))
        .select(Row::as_select())
        .first(db)?;
    Ok(row.task())
}

/// Number of open tasks, for the badge; counted to 100 at most.
///
/// # Errors
/// When the database cannot be read.
pub fn open_count(db: &mut Db, office: Uuid) -> Result<i64> {
    let ids: Vec<RowId> = t::tasks
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::done_at.is_null())
        .select(t::id)
        .limit(100)
        .load(db)?;
    Ok(i64::try_from(ids.len()).unwrap_or(100))
}
