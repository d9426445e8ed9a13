//! Institutions that agreements are made with.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::institutions::dsl as t;
use super::types::RowId;
use super::{Result, StoreError, audit_log, officials};
use crate::domain::agreement::Agreement;
use crate::domain::audit::{Event, Subject, Verb};
use crate::domain::fact_sheet::changes::{FactChange, changes_in, entered};
use crate::domain::fact_sheet::{Institution, InstitutionKind, Region, RegionKind, catalogue};

/// An institution in the office's list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Id.
    pub id: Uuid,
    /// Version.
    pub version: i32,
    /// Its facts.
    pub institution: Institution,
}

impl Listed {
    /// Its name.
    pub fn name(&self) -> &str {
        self.institution.name.as_deref().unwrap_or_default()
    }
}

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = super::schema::institutions, treat_none_as_null = true)]
pub(super) struct Row {
    pub(super) id: RowId,
    office_id: RowId,
    version: i32,
    name: String,
    pub(super) name_key: String,
    short_name: Option<String>,
    kind: String,
    region_kind: String,
    region_name: Option<String>,
    region_code: Option<String>,
    affairs: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl Row {
    fn of(listed: &Listed, office: Uuid, created_at: NaiveDateTime, updated_at: NaiveDateTime) -> Self {
        let institution = listed.institution.clone();
        let name = institution.name.unwrap_or_default();
        Self {
            id: RowId(listed.id),
            office_id: RowId(office),
            version: listed.version,
            name_key: super::key(&name),
            name,
            short_name: institution.short_name,
            kind: institution.kind.code().to_owned(),
            region_kind: institution.region.kind.code().to_owned(),
            region_name: institution.region.name,
            region_code: institution.region.code,
            affairs: institution.affairs,
            address: institution.address,
            phone: institution.phone,
            email: institution.email,
            created_at,
            updated_at,
        }
    }

    pub(super) fn listed(self) -> Listed {
        let known = |code: &str| {
            InstitutionKind::ALL.iter().copied().find(|kind| kind.code() == code).unwrap_or_default()
        };
        Listed {
            id: self.id.0,
            version: self.version,
            institution: Institution {
                kind: known(&self.kind),
                region: Region {
                    kind: RegionKind::ALL
                        .iter()
                        .copied()
                        .find(|kind| kind.code() == self.region_kind)
                        .unwrap_or_default(),
                    name: self.region_name,
                    code: self.region_code,
                    ..Region::default()
                },
                name: Some(self.name),
                short_name: self.short_name,
                affairs: self.affairs,
                address: self.address,
                phone: self.phone,
                email: self.email,
                letterhead: Vec::new(),
            },
        }
    }
}

/// The institutions of an office by name.
///
/// # Errors
/// When the database cannot be read.
pub fn list(db: &mut Db, office: Uuid) -> Result<Vec<Listed>> {
    let rows: Vec<Row> =
        t::institutions.filter(t::office_id.eq(RowId(office))).order(t::name_key.asc()).load(db)?;
    Ok(rows.into_iter().map(Row::listed).collect())
}

/// One institution of the office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn find(db: &mut Db, office: Uuid, id: Uuid) -> Result<Listed> {
    let row: Row =
        t::institutions.filter(t::office_id.eq(RowId(office))).filter(t::id.eq(RowId(id))).first(db)?;
    Ok(row.listed())
}

/// The institution of that name, if the office has one.
///
/// # Errors
/// When the database cannot be read.
pub fn by_name(db: &mut Db, office: Uuid, name: &str) -> Result<Option<Listed>> {
    let row: Option<Row> = t::institutions
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::name_key.eq(super::key(name)))
        .first(db)
        .optional()?;
    Ok(row.map(Row::listed))
}

/// Adds an institution.
///
/// # Errors
/// [`StoreError::Taken`] when the office has one of that name.
pub fn add(db: &mut Db, deed: &Deed, institution: Institution) -> Result<Uuid> {
    let listed = Listed { id: deed.ids.next(), version: 1, institution };
    if by_name(db, deed.office_id, listed.name())?.is_some() {
        return Err(StoreError::Taken(format!("Instansi {} sudah ada.", listed.name())));
    }
    diesel::insert_into(t::institutions)
        .values(Row::of(&listed, deed.office_id, deed.at(), deed.at()))
        .execute(db)?;
    let changes = entered(differences(&Institution::default(), &listed.institution));
    audit_log::append(db, deed, &subject(&listed), &Event::new(Verb::InstitutionAdded, changes))?;
    Ok(listed.id)
}

/// Changes an institution.
///
/// # Errors
/// [`StoreError::Stale`]; [`StoreError::Taken`] when another one has the name.
pub fn change(db: &mut Db, deed: &Deed, listed: &Listed) -> Result<()> {
    let mine =
        t::institutions.filter(t::office_id.eq(RowId(deed.office_id))).filter(t::id.eq(RowId(listed.id)));
    let stored: Row = mine.first(db)?;
    if stored.version != listed.version {
        return Err(StoreError::Stale { read: listed.version, now: stored.version });
    }
    if let Some(other) = by_name(db, deed.office_id, listed.name())?
        && other.id != listed.id
    {
        return Err(StoreError::Taken(format!("Instansi {} sudah ada.", listed.name())));
    }
    let created_at = stored.created_at;
    let changes = differences(&stored.listed().institution, &listed.institution);
    if changes.is_empty() {
        return Ok(());
    }
    let mut row = Row::of(listed, deed.office_id, created_at, deed.at());
    row.version += 1;
    let changed = diesel::update(mine.filter(t::version.eq(listed.version))).set(row).execute(db)?;
    if changed == 0 {
        return Err(StoreError::Stale { read: listed.version, now: listed.version + 1 });
    }
    audit_log::append(db, deed, &subject(listed), &Event::new(Verb::InstitutionChanged, changes))
}

/// The institution an agreement is made with, added from its facts when the office has none of that
/// name, with the official who signs as its holder. An institution that exists is never overwritten
/// by an agreement: its own page is where it changes; `linked` is the one the agreement is with already.
///
/// # Errors
/// When the database refuses.
pub fn keep(db: &mut Db, deed: &Deed, agreement: &Agreement, linked: Option<Uuid>) -> Result<Option<Uuid>> {
    let party = &agreement.facts().user;
    let Some(name) = party.institution.name.as_deref() else { return Ok(None) };
    let id = match (linked, by_name(db, deed.office_id, name)?) {
        (Some(linked), _) => linked,
        (None, Some(listed)) => listed.id,
        (None, None) => add(db, deed, party.institution.clone())?,
    };
    if party.official.name.is_some() && officials::terms(db, deed.office_id, id)?.is_empty() {
        let from = agreement.facts().signing.on.unwrap_or_else(|| deed.today()).min(deed.today());
        officials::appoint(db, deed, id, &party.official, from, None)?;
    }
    Ok(Some(id))
}

fn subject(listed: &Listed) -> Subject {
    Subject { kind: "institution", id: listed.id, name: listed.name().to_owned() }
}

/// Changes by path of the catalogue, as the form names them.
fn differences(old: &Institution, new: &Institution) -> Vec<FactChange> {
    let tree = |institution| serde_json::to_value(institution).unwrap_or_default();
    changes_in(catalogue::inside("user.institution"), &tree(old), &tree(new))
}
