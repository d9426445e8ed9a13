//! Days off per office; filled from the national table when an office opens.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::Result;
use super::connection::Db;
use super::schema::{calendars::dsl as c, holidays::dsl as h};
use super::types::RowId;
use crate::domain::calendar::{Calendar, Holiday, HolidayKind};

/// Makes the office's calendar from the shipped table.
///
/// # Errors
/// When the database refuses.
pub fn open(db: &mut Db, office: Uuid) -> Result<()> {
    diesel::insert_into(c::calendars)
        .values((c::office_id.eq(RowId(office)), c::version.eq(1), c::cuti_bersama_off.eq(true)))
        .execute(db)?;
    for day in Calendar::national().entries() {
        diesel::insert_into(h::holidays)
            .values((
                h::office_id.eq(RowId(office)),
                h::day.eq(day.on),
                h::kind.eq(day.kind.code()),
                h::name.eq(&day.name),
                h::decree.eq(&day.decree),
            ))
            .execute(db)?;
    }
    Ok(())
}

/// Version of the office's calendar, to know whether a kept copy still holds.
///
/// # Errors
/// When the database cannot be read.
pub fn version(db: &mut Db, office: Uuid) -> Result<i32> {
    Ok(c::calendars.find(RowId(office)).select(c::version).first(db)?)
}

/// The office's calendar.
///
/// # Errors
/// When the database cannot be read.
pub fn load(db: &mut Db, office: Uuid) -> Result<Calendar> {
    let off: bool = c::calendars.find(RowId(office)).select(c::cuti_bersama_off).first(db)?;
    let rows: Vec<(NaiveDate, String, String, String)> = h::holidays
        .filter(h::office_id.eq(RowId(office)))
        .order((h::day.asc(), h::kind.asc()))
        .select((h::day, h::kind, h::name, h::decree))
        .load(db)?;
    let days = rows.into_iter().map(|(on, kind, name, decree)| Holiday {
        on,
        kind: HolidayKind::ALL.iter().copied().find(|known| known.code() == kind).unwrap_or_default(),
        name,
        decree,
    });
    Ok(Calendar::new(days).with_joint_leave_off(off))
}
