//! Own lines of letterheads, by the institution or office they belong to.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::letterheads::dsl as t;
use super::types::RowId;
use super::{Result, StoreError, audit_log};
use crate::domain::audit::{Event, Subject, Verb};
use crate::domain::fact_sheet::changes::FactChange;

/// Own lines of a letterhead; none where it is composed from facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// Version that was read; 0 while nothing was set.
    pub version: i32,
    /// Government and institution.
    pub names: Vec<String>,
    /// Address, telephone, mail.
    pub details: Vec<String>,
}

impl Lines {
    /// Path, label and words, for the log and for comparing two versions.
    pub fn in_words(&self) -> [(&'static str, &'static str, Option<String>); 2] {
        let words = |lines: &[String]| Some(lines.join(" / ")).filter(|text| !text.is_empty());
        [
            ("names", "Baris nama pada kop", words(&self.names)),
            ("details", "Baris alamat pada kop", words(&self.details)),
        ]
    }
}

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = super::schema::letterheads)]
struct Row {
    owner_id: RowId,
    office_id: RowId,
    version: i32,
    names: String,
    details: String,
    updated_at: NaiveDateTime,
}

/// The own lines of an owner.
///
/// # Errors
/// When the database cannot be read.
pub fn find(db: &mut Db, office: Uuid, owner: Uuid) -> Result<Lines> {
    let row: Option<Row> = t::letterheads
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::owner_id.eq(RowId(owner)))
        .first(db)
        .optional()?;
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    Ok(row.map_or_else(Lines::default, |row| Lines {
        version: row.version,
        names: lines(&row.names),
        details: lines(&row.details),
    }))
}

/// Sets the own lines of an owner.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else changed them since.
pub fn change(db: &mut Db, deed: &Deed, owner: &Subject, lines: &Lines) -> Result<()> {
    let stored = find(db, deed.office_id, owner.id)?;
    if stored.version != lines.version {
        return Err(StoreError::Stale { read: lines.version, now: stored.version });
    }
    let changes: Vec<FactChange> = stored
        .in_words()
        .into_iter()
        .zip(lines.in_words())
        .filter(|(old, new)| old.2 != new.2)
        .map(|(old, (path, label, to))| FactChange {
            path: path.to_owned(),
            label: label.to_owned(),
            from: old.2,
            to,
            secret: false,
        })
        .collect();
    if changes.is_empty() {
        return Ok(());
    }
    let row = Row {
        owner_id: RowId(owner.id),
        office_id: RowId(deed.office_id),
        version: lines.version + 1,
        names: lines.names.join("\n"),
        details: lines.details.join("\n"),
        updated_at: deed.at(),
    };
    if lines.version == 0 {
        diesel::insert_into(t::letterheads).values(row).execute(db)?;
    } else {
        let mine = t::letterheads
            .filter(t::office_id.eq(RowId(deed.office_id)))
            .filter(t::owner_id.eq(RowId(owner.id)))
            .filter(t::version.eq(lines.version));
        if diesel::update(mine).set(row).execute(db)? == 0 {
            return Err(StoreError::Stale { read: lines.version, now: lines.version + 1 });
        }
    }
    audit_log::append(db, deed, owner, &Event::new(Verb::LetterheadChanged, changes))
}
