//! Offices (Disdukcapil) and their settings.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::offices::dsl as t;
use super::types::RowId;
use super::{Result, StoreError, audit_log, calendars, legal_bases};
use crate::clock::Zone;
use crate::domain::audit::{Event, Subject, Verb};
use crate::domain::fact_sheet::changes::FactChange;
use crate::domain::fact_sheet::{Institution, InstitutionKind, Region, RegionKind};

/// An office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Id.
    pub id: Uuid,
    /// Version.
    pub version: i32,
    /// Full name, with the region.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// Kind of region.
    pub region_kind: RegionKind,
    /// Name of the region without its kind.
    pub region_name: String,
    /// Kemendagri code.
    pub region_code: Option<String>,
    /// Title of the region's head: Bupati, Wali Kota, Gubernur.
    pub head_title: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail address: gets copies of reminders.
    pub email: Option<String>,
    /// Zone.
    pub zone: Zone,
    /// Name of the sender of its mails.
    pub sender_name: String,
    /// Reply-To of its mails.
    pub reply_to: Option<String>,
}

impl Office {
    /// "Kabupaten Nusa Kencana".
    pub fn region(&self) -> String {
        format!("{} {}", self.region_kind.label(), self.region_name)
    }

    /// The office as the first party's institution.
    pub fn institution(&self) -> Institution {
        Institution {
            name: Some(self.name.clone()),
            short_name: Some(self.short_name.clone()),
            kind: InstitutionKind::RegionalOffice,
            region: Region {
                kind: self.region_kind,
                name: Some(self.region_name.clone()),
                code: self.region_code.clone(),
                ..Region::default()
            },
            affairs: Some("administrasi kependudukan dan pencatatan sipil".to_owned()),
            address: Some(self.address.clone()),
            phone: self.phone.clone(),
            email: self.email.clone(),
            letterhead: Vec::new(),
        }
    }

    fn subject(&self) -> Subject {
        Subject { kind: "office", id: self.id, name: self.short_name.clone() }
    }

    /// The settings as label and words, for the log.
    fn settings(&self) -> [(&'static str, &'static str, Option<String>); 12] {
        [
            ("office_name", "Nama kantor", Some(self.name.clone())),
            ("short_name", "Nama singkat", Some(self.short_name.clone())),
            ("region_kind", "Wilayah", Some(self.region_kind.label().to_owned())),
            ("region_name", "Nama wilayah", Some(self.region_name.clone())),
            ("region_code", "Kode wilayah", self.region_code.clone()),
            ("region_head_title", "Sebutan kepala daerah", Some(self.head_title.clone())),
            ("address", "Alamat", Some(self.address.clone())),
            ("phone", "Telepon", self.phone.clone()),
            ("email", "Surel", self.email.clone()),
            ("zone", "Zona waktu", Some(self.zone.label().to_owned())),
            ("sender_name", "Nama pengirim surel", Some(self.sender_name.clone())),
            ("reply_to", "Alamat balasan", self.reply_to.clone()),
        ]
    }
}

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = super::schema::offices, treat_none_as_null = true)]
struct Row {
    id: RowId,
    version: i32,
    name: String,
    short_name: String,
    region_kind: String,
    region_name: String,
    region_code: Option<String>,
    head_title: String,
    address: String,
    phone: Option<String>,
    email: Option<String>,
    zone: String,
    sender_name: String,
    reply_to: Option<String>,
    policy: String,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl Row {
    fn of(office: &Office, created_at: NaiveDateTime, updated_at: NaiveDateTime) -> Self {
        let office = office.clone();
        Self {
            id: RowId(office.id),
            version: office.version,
            name: office.name,
            short_name: office.short_name,
            region_kind: office.region_kind.code().to_owned(),
            region_name: office.region_name,
            region_code: office.region_code,
            head_title: office.head_title,
            address: office.address,
            phone: office.phone,
            email: office.email,
            zone: office.zone.code().to_owned(),
            sender_name: office.sender_name,
            reply_to: office.reply_to,
            policy: "{}".to_owned(),
            created_at,
            updated_at,
        }
    }

    fn office(self) -> Office {
        Office {
            id: self.id.0,
            version: self.version,
            name: self.name,
            short_name: self.short_name,
            region_kind: RegionKind::ALL
                .iter()
                .copied()
                .find(|kind| kind.code() == self.region_kind)
                .unwrap_or_default(),
            region_name: self.region_name,
            region_code: self.region_code,
            head_title: self.head_title,
            address: self.address,
            phone: self.phone,
            email: self.email,
            zone: Zone::parse(&self.zone).unwrap_or_default(),
            sender_name: self.sender_name,
            reply_to: self.reply_to,
        }
    }
}

/// Every office of the installation, by name. Only for jobs and commands: pages know theirs.
///
/// # Errors
/// When the database cannot be read.
pub fn all(db: &mut Db) -> Result<Vec<Office>> {
    Ok(t::offices.order(t::name.asc()).load::<Row>(db)?.into_iter().map(Row::office).collect())
}

/// One office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn find(db: &mut Db, id: Uuid) -> Result<Office> {
    Ok(t::offices.find(RowId(id)).first::<Row>(db)?.office())
}

/// Opens an office: its row, its calendar and its catalogue of regulations.
///
/// # Errors
/// [`StoreError::Taken`] when an office of that name exists.
pub fn open(db: &mut Db, deed: &Deed, office: &Office) -> Result<()> {
    if all(db)?.iter().any(|other| super::key(&other.name) == super::key(&office.name)) {
        return Err(StoreError::Taken(format!("Kantor bernama {} sudah ada.", office.name)));
    }
    diesel::insert_into(t::offices).values(Row::of(office, deed.at(), deed.at())).execute(db)?;
    calendars::open(db, office.id)?;
    let changes = office
        .settings()
        .into_iter()
        .filter(|(_, _, to)| to.is_some())
        .map(|(path, label, to)| change(path, label, None, to))
        .collect();
    audit_log::append(db, deed, &office.subject(), &Event::new(Verb::OfficeOpened, changes))?;
    legal_bases::fill(db, deed)
}

/// Changes the settings.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else changed them since.
pub fn change_settings(db: &mut Db, deed: &Deed, office: &Office) -> Result<()> {
    let stored: Row = t::offices.find(RowId(office.id)).first(db)?;
    let (created_at, now) = (stored.created_at, stored.version);
    if now != office.version {
        return Err(StoreError::Stale { read: office.version, now });
    }
    let before = stored.office();
    let changes: Vec<FactChange> = before
        .settings()
        .into_iter()
        .zip(office.settings())
        .filter(|(from, to)| from.2 != to.2)
        .map(|(from, to)| change(from.0, from.1, from.2, to.2))
        .collect();
    if changes.is_empty() {
        return Ok(());
    }
    let mut row = Row::of(office, created_at, deed.at());
    row.version += 1;
    let changed =
        diesel::update(t::offices.filter(t::id.eq(RowId(office.id))).filter(t::version.eq(office.version)))
            .set(row)
            .execute(db)?;
    if changed == 0 {
        return Err(StoreError::Stale { read: office.version, now: office.version + 1 });
    }
    audit_log::append(db, deed, &office.subject(), &Event::new(Verb::OfficeChanged, changes))
}

fn change(path: &str, label: &str, from: Option<String>, to: Option<String>) -> FactChange {
    FactChange { path: path.to_owned(), label: label.to_owned(), from, to, secret: false }
}
