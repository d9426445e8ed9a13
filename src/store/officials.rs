//! Officials and their terms of office: who holds which position on which day.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::connection::Db;
use super::deed::{Deed, FAR, known};
use super::schema::{officials::dsl as o, terms_of_office::dsl as t};
use super::types::RowId;
use super::{Result, StoreError, audit_log};
use crate::domain::audit::{Event, Subject, Verb};
use crate::domain::dates::day_before;
use crate::domain::fact_sheet::changes::{FactChange, changes_in};
use crate::domain::fact_sheet::{AddressKind, Capacity, Official, catalogue};
use crate::domain::wording::date_long;

/// A term of office with the official who serves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Id of the term.
    pub id: Uuid,
    /// Id of the official.
    pub official_id: Uuid,
    /// Version of the official's record.
    pub version: i32,
    /// The official, with the position and capacity of this term.
    pub official: Official,
    /// First day.
    pub from_on: NaiveDate,
    /// Last day; none while it lasts.
    pub to_on: Option<NaiveDate>,
}

impl Term {
    /// Whether the term covers the day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from_on <= day && self.to_on.is_none_or(|last| day <= last)
    }
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = super::schema::officials)]
struct OfficialRow {
    id: RowId,
    office_id: RowId,
    version: i32,
    name: String,
    name_key: String,
    degrees_before: Option<String>,
    degrees_after: Option<String>,
    nip: Option<String>,
    rank: Option<String>,
    email: Option<String>,
    address: Option<String>,
    address_kind: String,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = super::schema::terms_of_office)]
struct TermRow {
    id: RowId,
    office_id: RowId,
    official_id: RowId,
    institution_id: RowId,
    position: String,
    capacity: String,
    from_on: NaiveDate,
    to_on: NaiveDate,
}

fn joined(term: TermRow, official: OfficialRow) -> Term {
    Term {
        id: term.id.0,
        official_id: official.id.0,
        version: official.version,
        official: Official {
            name: Some(official.name),
            degrees_before: official.degrees_before,
            degrees_after: official.degrees_after,
            position: Some(term.position),
            capacity: Capacity::ALL
                .iter()
                .copied()
                .find(|known| known.code() == term.capacity)
                .unwrap_or_default(),
            nip: official.nip,
            rank: official.rank,
            address: official.address,
            address_kind: AddressKind::ALL
                .iter()
                .copied()
                .find(|known| known.code() == official.address_kind)
                .unwrap_or_default(),
            acts_for: None,
            email: official.email,
        },
        from_on: term.from_on,
        to_on: known(term.to_on),
    }
}

/// Terms of office at an institution, latest first.
///
/// # Errors
/// When the database cannot be read.
pub fn terms(db: &mut Db, office: Uuid, institution: Uuid) -> Result<Vec<Term>> {
    let rows: Vec<(TermRow, OfficialRow)> = t::terms_of_office
        .inner_join(o::officials.on(o::id.eq(t::official_id)))
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::institution_id.eq(RowId(institution)))
        .order((t::from_on.desc(), t::id.desc()))
        .load(db)?;
    Ok(rows.into_iter().map(|(term, official)| joined(term, official)).collect())
}

/// Who holds the institution's office on a day: an acting holder before the definitive one, the
/// later appointment before the earlier.
///
/// # Errors
/// When the database cannot be read.
pub fn holder(db: &mut Db, office: Uuid, institution: Uuid, day: NaiveDate) -> Result<Option<Term>> {
    Ok(terms(db, office, institution)?.into_iter().filter(|term| term.covers(day)).min_by_key(precedence))
}

/// An acting holder before the definitive one, the later appointment before the earlier.
fn precedence(term: &Term) -> (bool, std::cmp::Reverse<NaiveDate>) {
    (term.official.capacity == Capacity::Definitive, std::cmp::Reverse(term.from_on))
}

/// [`holder`] of several institutions, by institution.
///
/// # Errors
/// When the database cannot be read.
pub(super) fn holders(
    db: &mut Db,
    office: Uuid,
    institutions: &[RowId],
    day: NaiveDate,
) -> Result<HashMap<RowId, Term>> {
    let rows: Vec<(TermRow, OfficialRow)> = t::terms_of_office
        .inner_join(o::officials.on(o::id.eq(t::official_id)))
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::institution_id.eq_any(institutions.to_vec()))
        .filter(t::from_on.le(day))
        .filter(t::to_on.ge(day))
        .order((t::from_on.desc(), t::id.desc()))
        .load(db)?;
    let mut holders: HashMap<RowId, Term> = HashMap::new();
    for (row, official) in rows {
        let institution = row.institution_id;
        let term = joined(row, official);
        match holders.get(&institution) {
            Some(known) if precedence(known) <= precedence(&term) => {}
            _ => {
                holders.insert(institution, term);
            }
        }
    }
    Ok(holders)
}

/// Adds an official with a term of office. A definitive holder ends the term of the one before, on
/// the day before; an acting one leaves it.
///
/// # Errors
/// When the database refuses.
pub fn appoint(
    db: &mut Db,
    deed: &Deed,
    institution: Uuid,
    official: &Official,
    from: NaiveDate,
    to: Option<NaiveDate>,
) -> Result<Uuid> {
    if official.capacity == Capacity::Definitive {
        let open: Vec<(RowId, NaiveDate)> = t::terms_of_office
            .filter(t::office_id.eq(RowId(deed.office_id)))
            .filter(t::institution_id.eq(RowId(institution)))
            .filter(t::capacity.eq(Capacity::Definitive.code()))
            .filter(t::from_on.lt(from))
            .filter(t::to_on.ge(from))
            .select((t::id, t::from_on))
            .load(db)?;
        for (id, _) in open {
            diesel::update(t::terms_of_office.find(id)).set(t::to_on.eq(day_before(from))).execute(db)?;
        }
    }
    let name = official.name.clone().unwrap_or_default();
    let row = OfficialRow {
        id: RowId(deed.ids.next()),
        office_id: RowId(deed.office_id),
        version: 1,
        name_key: super::key(&name),
        name,
        degrees_before: official.degrees_before.clone(),
        degrees_after: official.degrees_after.clone(),
        nip: official.nip.clone(),
        rank: official.rank.clone(),
        email: official.email.clone(),
        address: official.address.clone(),
        address_kind: official.address_kind.code().to_owned(),
        created_at: deed.at(),
        updated_at: deed.at(),
    };
    let (official_id, term_id) = (row.id, RowId(deed.ids.next()));
    diesel::insert_into(o::officials).values(row).execute(db)?;
    diesel::insert_into(t::terms_of_office)
        .values(TermRow {
            id: term_id,
            office_id: RowId(deed.office_id),
            official_id,
            institution_id: RowId(institution),
            position: official.position.clone().unwrap_or_default(),
            capacity: official.capacity.code().to_owned(),
            from_on: from,
            to_on: to.unwrap_or(FAR),
        })
        .execute(db)?;
    let changes = differences(
        &Said { official: None, from: None, to: None },
        &Said { official: Some(official), from: Some(from), to },
    );
    let event = Event::new(Verb::OfficialAdded, changes);
    audit_log::append(db, deed, &subject(official_id.0, official), &event)?;
    Ok(term_id.0)
}

/// One term of office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn find(db: &mut Db, office: Uuid, institution: Uuid, term: Uuid) -> Result<Term> {
    terms(db, office, institution)?.into_iter().find(|known| known.id == term).ok_or(StoreError::NotFound)
}

/// Corrects an official and the term.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else changed the official since.
pub fn change(db: &mut Db, deed: &Deed, institution: Uuid, term: &Term) -> Result<()> {
    let before = find(db, deed.office_id, institution, term.id)?;
    if before.version != term.version {
        return Err(StoreError::Stale { read: term.version, now: before.version });
    }
    let changes = differences(
        &Said { official: Some(&before.official), from: Some(before.from_on), to: before.to_on },
        &Said { official: Some(&term.official), from: Some(term.from_on), to: term.to_on },
    );
    if changes.is_empty() {
        return Ok(());
    }
    let official = &term.official;
    let name = official.name.clone().unwrap_or_default();
    let changed = diesel::update(
        o::officials
            .filter(o::id.eq(RowId(term.official_id)))
            .filter(o::office_id.eq(RowId(deed.office_id)))
            .filter(o::version.eq(term.version)),
    )
    .set((
        o::version.eq(term.version + 1),
        o::name_key.eq(super::key(&name)),
        o::name.eq(name),
        o::degrees_before.eq(&official.degrees_before),
        o::degrees_after.eq(&official.degrees_after),
        o::nip.eq(&official.nip),
        o::rank.eq(&official.rank),
        o::email.eq(&official.email),
        o::address.eq(&official.address),
        o::address_kind.eq(official.address_kind.code()),
        o::updated_at.eq(deed.at()),
    ))
    .execute(db)?;
    if changed == 0 {
        return Err(StoreError::Stale { read: term.version, now: term.version + 1 });
    }
    diesel::update(t::terms_of_office.find(RowId(term.id)))
        .set((
            t::position.eq(official.position.clone().unwrap_or_default()),
            t::capacity.eq(official.capacity.code()),
            t::from_on.eq(term.from_on),
            t::to_on.eq(term.to_on.unwrap_or(FAR)),
        ))
        .execute(db)?;
    audit_log::append(
        db,
        deed,
        &subject(term.official_id, official),
        &Event::new(Verb::OfficialChanged, changes),
    )
}

fn subject(id: Uuid, official: &Official) -> Subject {
    Subject { kind: "official", id, name: official.full_name().unwrap_or_default() }
}

/// What a term of office says, as it is compared and logged.
struct Said<'a> {
    official: Option<&'a Official>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

/// Changes by path of the catalogue, as the form names them; a home address is secret.
fn differences(old: &Said<'_>, new: &Said<'_>) -> Vec<FactChange> {
    let tree =
        |said: &Said<'_>| said.official.map_or(Value::Null, |o| serde_json::to_value(o).unwrap_or_default());
    let at_home = |said: &Said<'_>| said.official.is_some_and(|o| o.address_kind == AddressKind::Home);
    let mut changes = changes_in(catalogue::inside("user.official"), &tree(old), &tree(new));
    for change in changes.iter_mut().filter(|change| change.path == "address") {
        change.secret = at_home(old) || at_home(new);
    }
    for (path, label, from, to) in
        [("from_on", "Menjabat sejak", old.from, new.from), ("to_on", "Menjabat sampai", old.to, new.to)]
    {
        if from != to {
            changes.push(FactChange {
                path: path.to_owned(),
                label: label.to_owned(),
                from: from.map(date_long),
                to: to.map(date_long),
                secret: false,
            });
        }
    }
    changes
}
