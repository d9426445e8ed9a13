//! How far the daily scan has come in each office.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::scan_marks::dsl as t;
use super::types::RowId;
use super::{Result, audit_log};

/// The reminder scan.
pub const REMIND: &str = "remind";

/// Where a scan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Last day that was scanned.
    pub on: NaiveDate,
    /// The gap since then is too long to be sure of the clock: a person confirms.
    pub held: bool,
    /// When it ran last.
    pub ran_at: DateTime<Utc>,
}

/// The mark of an office; none before the first scan.
///
/// # Errors
/// When the database cannot be read.
pub fn find(db: &mut Db, office: Uuid, job: &str) -> Result<Option<Mark>> {
    let row: Option<(NaiveDate, bool, NaiveDateTime)> = t::scan_marks
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::job.eq(job))
        .select((t::mark_on, t::held, t::ran_at))
        .first(db)
        .optional()?;
    Ok(row.map(|(on, held, at)| Mark { on, held, ran_at: at.and_utc() }))
}

/// Sets the mark. It never goes back: a clock that was set back re-sends nothing.
///
/// # Errors
/// When the database refuses.
pub fn set(db: &mut Db, deed: &Deed, job: &str, on: NaiveDate, held: bool) -> Result<()> {
    audit_log::lock_office(db, deed.office_id)?;
    let mine = t::scan_marks.filter(t::office_id.eq(RowId(deed.office_id))).filter(t::job.eq(job));
    match find(db, deed.office_id, job)? {
        Some(mark) => {
            diesel::update(mine)
                .set((t::mark_on.eq(on.max(mark.on)), t::held.eq(held), t::ran_at.eq(deed.at())))
                .execute(db)?;
        }
        None => {
            diesel::insert_into(t::scan_marks)
                .values((
                    t::office_id.eq(RowId(deed.office_id)),
                    t::job.eq(job),
                    t::mark_on.eq(on),
                    t::held.eq(held),
                    t::ran_at.eq(deed.at()),
                ))
                .execute(db)?;
        }
    }
    Ok(())
}
