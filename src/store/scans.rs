//! Scans of signed papers, by their hash. The files themselves are not kept.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::scans::dsl as t;
use super::types::RowId;
use super::{Result, StoreError};

/// A scan that was noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// The print it shows, signed.
    pub print_id: Uuid,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Size of the file in bytes.
    pub size: i64,
    /// Name of the file.
    pub name: String,
    /// When it was noted.
    pub noted_at: DateTime<Utc>,
    /// By whom.
    pub noted_by: String,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = super::schema::scans)]
struct Row {
    id: RowId,
    office_id: RowId,
    print_id: RowId,
    sha256: String,
    size: i64,
    name: String,
    noted_at: NaiveDateTime,
    noted_by: String,
}

impl Row {
    fn scan(self) -> Scan {
        Scan {
            print_id: self.print_id.0,
            sha256: self.sha256,
            size: self.size,
            name: self.name,
            noted_at: self.noted_at.and_utc(),
            noted_by: self.noted_by,
        }
    }
}

/// The scans of some prints, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_prints(db: &mut Db, office: Uuid, prints: &[Uuid]) -> Result<Vec<Scan>> {
    let prints: Vec<RowId> = prints.iter().copied().map(RowId).collect();
    let rows: Vec<Row> = t::scans
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::print_id.eq_any(prints))
        .order((t::noted_at.asc(), t::id.asc()))
        .load(db)?;
    Ok(rows.into_iter().map(Row::scan).collect())
}

/// Notes a scan; called by `prints` with the log entry. The same file is noted once.
pub(super) fn add(db: &mut Db, deed: &Deed, print: Uuid, sha256: &str, size: i64, name: &str) -> Result<()> {
    let known: i64 =
        t::scans.filter(t::print_id.eq(RowId(print))).filter(t::sha256.eq(sha256)).count().get_result(db)?;
    if known > 0 {
        return Err(StoreError::Taken("Pindaian ini sudah dicatat.".to_owned()));
    }
    let row = Row {
        id: RowId(deed.ids.next()),
        office_id: RowId(deed.office_id),
        print_id: RowId(print),
        sha256: sha256.to_owned(),
        size,
        name: name.to_owned(),
        noted_at: deed.at(),
        noted_by: deed.actor.name(),
    };
    diesel::insert_into(t::scans).values(row).execute(db)?;
    Ok(())
}
