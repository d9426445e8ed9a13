//! Pictures that go onto papers, by whom they belong to and where they stand. They come here flattened
//! and encoded anew; the store keeps bytes and their hash.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::pictures::dsl as t;
use super::types::RowId;
use super::{Result, StoreError, audit_log};
use crate::domain::audit::{Event, Subject, Verb};
use crate::domain::fact_sheet::changes::FactChange;
use crate::domain::fact_sheet::choices;
use crate::domain::print::short_hash;
use crate::secrets::sha256;

choices! {
    /// Where a picture stands.
    Place {
        /// On the letterhead of an institution or of the office.
        #[default] Logo = "logo", "Logo";
        /// Lampiran I of an agreement's Juknis.
        Topology = "topology", "Topologi jaringan";
        /// Lampiran II of an agreement's Juknis.
        ServiceFlow = "service_flow", "Alur layanan";
    }
}

/// A picture as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Version that was read.
    pub version: i32,
    /// Width in pixels.
    pub width: i32,
    /// Height in pixels.
    pub height: i32,
    /// An 8-bit RGB PNG.
    pub png: Vec<u8>,
    /// SHA-256 of the PNG.
    pub sha256: String,
}

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = super::schema::pictures)]
struct Row {
    owner_id: RowId,
    place: String,
    office_id: RowId,
    version: i32,
    width: i32,
    height: i32,
    png: Vec<u8>,
    sha256: String,
    updated_at: NaiveDateTime,
}

/// The picture of an owner at a place.
///
/// # Errors
/// When the stored bytes do not fit their hash: they were altered outside Kawal.
pub fn find(db: &mut Db, office: Uuid, owner: Uuid, place: Place) -> Result<Option<Kept>> {
    let row: Option<Row> = t::pictures
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::owner_id.eq(RowId(owner)))
        .filter(t::place.eq(place.code()))
        .first(db)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    if sha256(&row.png) != row.sha256 {
        return Err(StoreError::Database(anyhow::anyhow!(
            "gambar {} milik {owner} tidak cocok dengan sidik jarinya",
            place.code()
        )));
    }
    let Row { version, width, height, png, sha256, .. } = row;
    Ok(Some(Kept { version, width, height, png, sha256 }))
}

/// Keeps a picture, in the place of an older one. `read` is the version that was seen, 0 for none.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else put or took one since.
pub fn put(
    db: &mut Db,
    deed: &Deed,
    owner: &Subject,
    place: Place,
    read: i32,
    (width, height, png): (u32, u32, Vec<u8>),
) -> Result<()> {
    let stored = find(db, deed.office_id, owner.id, place)?;
    let now = stored.as_ref().map_or(0, |kept| kept.version);
    if now != read {
        return Err(StoreError::Stale { read, now });
    }
    let hash = sha256(&png);
    if stored.as_ref().is_some_and(|kept| kept.sha256 == hash) {
        return Ok(());
    }
    let side = |pixels: u32| i32::try_from(pixels).map_err(|error| StoreError::Database(error.into()));
    let row = Row {
        owner_id: RowId(owner.id),
        place: place.code().to_owned(),
        office_id: RowId(deed.office_id),
        version: now + 1,
        width: side(width)?,
        height: side(height)?,
        png,
        sha256: hash.clone(),
        updated_at: deed.at(),
    };
    if stored.is_some() {
        diesel::update(mine(deed, owner, place)).set(row).execute(db)?;
    } else {
        diesel::insert_into(t::pictures).values(row).execute(db)?;
    }
    let before = stored.map(|kept| kept.sha256);
    audit_log::append(db, deed, owner, &event(place, before, Some(hash)))
}

/// Takes a picture away.
///
/// # Errors
/// [`StoreError::Stale`] when it is not the one that was seen.
pub fn remove(db: &mut Db, deed: &Deed, owner: &Subject, place: Place, read: i32) -> Result<()> {
    let stored = find(db, deed.office_id, owner.id, place)?;
    let now = stored.as_ref().map_or(0, |kept| kept.version);
    let Some(kept) = stored.filter(|kept| kept.version == read) else {
        return Err(StoreError::Stale { read, now });
    };
    diesel::delete(mine(deed, owner, place)).execute(db)?;
    audit_log::append(db, deed, owner, &event(place, Some(kept.sha256), None))
}

fn event(place: Place, before: Option<String>, after: Option<String>) -> Event {
    let verb = if place == Place::Logo { Verb::LetterheadChanged } else { Verb::PictureChanged };
    let words = |hash: Option<String>| hash.map(|hash| format!("sidik jari {}", short_hash(&hash)));
    let change = FactChange {
        path: format!("pictures.{}", place.code()),
        label: place.label().to_owned(),
        from: words(before),
        to: words(after),
        secret: false,
    };
    Event::new(verb, vec![change])
}

type Mine = diesel::dsl::Filter<
    diesel::dsl::Filter<
        diesel::dsl::Filter<super::schema::pictures::table, diesel::dsl::Eq<t::office_id, RowId>>,
        diesel::dsl::Eq<t::owner_id, RowId>,
    >,
    diesel::dsl::Eq<t::place, &'static str>,
>;

fn mine(deed: &Deed, owner: &Subject, place: Place) -> Mine {
    t::pictures
        .filter(t::office_id.eq(RowId(deed.office_id)))
        .filter(t::owner_id.eq(RowId(owner.id)))
        .filter(t::place.eq(place.code()))
}
