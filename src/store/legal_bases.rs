//! The office's catalogue of regulations, dated.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::legal_bases::dsl as t;
use super::types::RowId;
use super::{Result, StoreError, audit_log};
use crate::domain::audit::{Event, Subject, Verb};
use crate::domain::fact_sheet::changes::{FactChange, changes_in};
use crate::domain::fact_sheet::{LegalBasis, catalogue};
use crate::domain::legal_basis;
use crate::domain::wording::date_long;

/// An entry of the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Id.
    pub id: Uuid,
    /// Version.
    pub version: i32,
    /// Short code, unique in the office.
    pub code: String,
    /// Place in the list.
    pub place: i32,
    /// The regulation with its amendments.
    pub basis: LegalBasis,
    /// First day it may be cited.
    pub from_on: Option<NaiveDate>,
    /// Last day it may be cited.
    pub until_on: Option<NaiveDate>,
    /// Remark.
    pub note: Option<String>,
}

impl Entry {
    /// Whether a paper of that day may cite it.
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.from_on.is_none_or(|from| from <= day) && self.until_on.is_none_or(|until| day <= until)
    }
}

type Row = (RowId, i32, String, i32, String, Option<NaiveDate>, Option<NaiveDate>, Option<String>);

fn entry((id, version, code, place, basis, from_on, until_on, note): Row) -> Result<Entry> {
    let basis = serde_json::from_str(&basis).map_err(|error| StoreError::Database(error.into()))?;
    Ok(Entry { id: id.0, version, code, place, basis, from_on, until_on, note })
}

/// Fills a new office's catalogue with the national regulations.
///
/// # Errors
/// When the database refuses.
pub fn fill(db: &mut Db, deed: &Deed) -> Result<()> {
    for (place, shipped) in (1..).zip(legal_basis::national()) {
        insert(
            db,
            deed,
            &Entry {
                id: deed.ids.next(),
                version: 1,
                code: shipped.code,
                place,
                basis: shipped.basis,
                from_on: shipped.from,
                until_on: shipped.until,
                note: shipped.note,
            },
        )?;
    }
    Ok(())
}

fn insert(db: &mut Db, deed: &Deed, entry: &Entry) -> Result<()> {
    let basis = serde_json::to_string(&entry.basis).map_err(|error| StoreError::Database(error.into()))?;
    let created: NaiveDateTime = deed.at();
    diesel::insert_into(t::legal_bases)
        .values((
            t::id.eq(RowId(entry.id)),
            t::office_id.eq(RowId(deed.office_id)),
            t::version.eq(1),
            t::code.eq(&entry.code),
            t::place.eq(entry.place),
            t::basis.eq(basis),
            t::from_on.eq(entry.from_on),
            t::until_on.eq(entry.until_on),
            t::note.eq(&entry.note),
            t::created_at.eq(created),
            t::updated_at.eq(created),
        ))
        .execute(db)?;
    Ok(())
}

/// The catalogue in its order.
///
/// # Errors
/// When the database cannot be read.
pub fn list(db: &mut Db, office: Uuid) -> Result<Vec<Entry>> {
    let rows: Vec<Row> = t::legal_bases
        .filter(t::office_id.eq(RowId(office)))
        .order((t::place.asc(), t::code.asc()))
        .select((t::id, t::version, t::code, t::place, t::basis, t::from_on, t::until_on, t::note))
        .load(db)?;
    rows.into_iter().map(entry).collect()
}

/// One entry.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn find(db: &mut Db, office: Uuid, id: Uuid) -> Result<Entry> {
    let row: Row = t::legal_bases
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::id.eq(RowId(id)))
        .select((t::id, t::version, t::code, t::place, t::basis, t::from_on, t::until_on, t::note))
        .first(db)?;
    entry(row)
}

/// Adds an entry at the end.
///
/// # Errors
/// [`StoreError::Taken`] when the code is used.
pub fn add(db: &mut Db, deed: &Deed, mut entry: Entry) -> Result<Uuid> {
    let known = list(db, deed.office_id)?;
    if known.iter().any(|other| other.code == entry.code) {
        return Err(StoreError::Taken(format!("Kode {} sudah dipakai.", entry.code)));
    }
    entry.id = deed.ids.next();
    entry.place = known.iter().map(|other| other.place).max().unwrap_or(0) + 1;
    insert(db, deed, &entry)?;
    let event = Event::new(Verb::LegalBasisAdded, differences(None, &entry));
    audit_log::append(db, deed, &subject(&entry), &event)?;
    Ok(entry.id)
}

/// Changes an entry. Papers already signed keep the text they were signed with.
///
/// # Errors
/// [`StoreError::Stale`]; [`StoreError::Taken`].
pub fn change(db: &mut Db, deed: &Deed, entry: &Entry) -> Result<()> {
    let before = find(db, deed.office_id, entry.id)?;
    if before.version != entry.version {
        return Err(StoreError::Stale { read: entry.version, now: before.version });
    }
    if list(db, deed.office_id)?.iter().any(|other| other.code == entry.code && other.id != entry.id) {
        return Err(StoreError::Taken(format!("Kode {} sudah dipakai.", entry.code)));
    }
    let changes = differences(Some(&before), entry);
    if changes.is_empty() {
        return Ok(());
    }
    let basis = serde_json::to_string(&entry.basis).map_err(|error| StoreError::Database(error.into()))?;
    let changed = diesel::update(
        t::legal_bases
            .filter(t::id.eq(RowId(entry.id)))
            .filter(t::office_id.eq(RowId(deed.office_id)))
            .filter(t::version.eq(entry.version)),
    )
    .set((
        t::version.eq(entry.version + 1),
        t::code.eq(&entry.code),
        t::basis.eq(basis),
        t::from_on.eq(entry.from_on),
        t::until_on.eq(entry.until_on),
        t::note.eq(&entry.note),
        t::updated_at.eq(deed.at()),
    ))
    .execute(db)?;
    if changed == 0 {
        return Err(StoreError::Stale { read: entry.version, now: entry.version + 1 });
    }
    audit_log::append(db, deed, &subject(entry), &Event::new(Verb::LegalBasisChanged, changes))
}

fn subject(entry: &Entry) -> Subject {
    Subject { kind: "legal_basis", id: entry.id, name: entry.basis.short_name() }
}

/// Changes by path of the catalogue, as the form names them.
fn differences(old: Option<&Entry>, new: &Entry) -> Vec<FactChange> {
    let tree = |entry: &Entry| serde_json::to_value(&entry.basis).unwrap_or_default();
    let date = |day: Option<NaiveDate>| day.map(date_long);
    let words = |entry: &Entry| {
        [
            ("code", "Kode", Some(entry.code.clone())),
            ("from_on", "Berlaku sejak", date(entry.from_on)),
            ("until_on", "Berlaku sampai", date(entry.until_on)),
            ("note", "Catatan", entry.note.clone()),
        ]
    };
    let mut changes =
        changes_in(catalogue::inside("legal_bases"), &old.map(tree).unwrap_or_default(), &tree(new));
    let before = old.map(words);
    for (index, (path, label, to)) in words(new).into_iter().enumerate() {
        let from = before.as_ref().and_then(|before| before[index].2.clone());
        if from != to {
            changes.push(FactChange {
                path: path.to_owned(),
                label: label.to_owned(),
                from,
                to,
                secret: false,
            });
        }
    }
    changes
}
