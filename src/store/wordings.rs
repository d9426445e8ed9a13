//! Wordings that an office, or one agreement of it, has changed. Every version is kept; which text
//! counts is the latest one, if it is an own one.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::agreements::Scope;
use super::connection::Db;
use super::deed::Deed;
use super::schema::wordings::dsl as t;
use super::types::RowId;
use super::{Result, StoreError, agreements, audit_log};
use crate::domain::audit::{Event, Subject, Verb};
use crate::domain::fact_sheet::changes::FactChange;
use crate::secrets::sha256;

/// Whose wording it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The office's, for all its papers.
    Office(Uuid),
    /// That of one agreement of the office.
    Agreement(Uuid, Uuid),
}

impl Owner {
    const fn office(self) -> Uuid {
        match self {
            Self::Office(office) | Self::Agreement(office, _) => office,
        }
    }

    const fn agreement(self) -> Option<Uuid> {
        match self {
            Self::Office(_) => None,
            Self::Agreement(_, agreement) => Some(agreement),
        }
    }
}

/// A version of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Name of the wording ("pks/duties").
    pub name: String,
    /// From 1 without gaps.
    pub version: i32,
    /// Whether it is a text of the owner; else it is the text that the owner left, or went back to.
    pub own: bool,
    /// For an added article, the wording it stands behind.
    pub after: Option<String>,
    /// The text.
    pub text: String,
    /// SHA-256 of the text.
    pub sha256: String,
    /// Who made it.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A text to be kept as the next version.
#[derive(Debug, Clone)]
pub struct NewText {
    /// Name of the wording.
    pub name: String,
    /// What people call it, for the log.
    pub title: String,
    /// For an added article, the wording it stands behind.
    pub after: Option<String>,
    /// The text; none goes back to what it was made from.
    pub text: Option<String>,
    /// The text it is made from as it is now: Kawal's for an office, the office's for an agreement;
    /// none for an added article. It is kept beside the first own text, and again whenever the
    /// author says that its changes are taken into account.
    pub base: Option<String>,
    /// Whether the author took the changes of the base into account.
    pub rebased: bool,
    /// The version that was read, 0 for none.
    pub read: i32,
}

type Row = (RowId, String, i32, bool, Option<String>, String, String, String, NaiveDateTime);

fn version((_, name, version, own, after, text, sha256, author, at): Row) -> Version {
    Version { name, version, own, after, text, sha256, author, at: at.and_utc() }
}

/// Rows of one owner.
macro_rules! of {
    ($owner:expr) => {{
        let query = t::wordings
            .filter(t::office_id.eq(RowId($owner.office())))
            .select((
                t::id,
                t::name,
                t::version,
                t::own,
                t::after_name,
                t::text,
                t::sha256,
                t::author,
                t::made_at,
            ))
            .into_boxed();
        match $owner.agreement() {
            None => query.filter(t::agreement_id.is_null()),
            Some(id) => query.filter(t::agreement_id.eq(RowId(id))),
        }
    }};
}

/// How often the owner's wordings were changed: whoever keeps them knows by it whether they still hold.
///
/// # Errors
/// When the database cannot be read.
pub fn changes(db: &mut Db, owner: Owner) -> Result<i64> {
    let query = t::wordings
        .filter(t::office_id.eq(RowId(owner.office())))
        .select(diesel::dsl::count_star())
        .into_boxed();
    let query = match owner.agreement() {
        None => query.filter(t::agreement_id.is_null()),
        Some(id) => query.filter(t::agreement_id.eq(RowId(id))),
    };
    Ok(query.get_result(db)?)
}

/// The owner's texts that count, by name; added articles in the order in which they were added.
///
/// # Errors
/// When the database cannot be read.
pub fn in_use(db: &mut Db, owner: Owner) -> Result<Vec<Version>> {
    let rows: Vec<Row> = of!(owner).filter(t::latest.eq(true)).filter(t::own.eq(true)).load(db)?;
    let mut texts: Vec<Version> = rows.into_iter().map(version).collect();
    // "tambahan/10" comes after "tambahan/9".
    texts.sort_by(|a, b| (a.name.len(), &a.name).cmp(&(b.name.len(), &b.name)));
    Ok(texts)
}

/// Names of every wording that the owner ever changed, those gone back to included.
///
/// # Errors
/// When the database cannot be read.
pub fn names(db: &mut Db, owner: Owner) -> Result<Vec<String>> {
    let rows: Vec<Row> = of!(owner).filter(t::latest.eq(true)).load(db)?;
    Ok(rows.into_iter().map(|row| row.1).collect())
}

/// Every version of a wording, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn history(db: &mut Db, owner: Owner, name: &str) -> Result<Vec<Version>> {
    let rows: Vec<Row> = of!(owner).filter(t::name.eq(name.to_owned())).order(t::version.desc()).load(db)?;
    Ok(rows.into_iter().map(version).collect())
}

/// The text that each own wording in use was made from, by name: to see whether that has changed.
///
/// # Errors
/// When the database cannot be read.
pub fn bases(db: &mut Db, owner: Owner) -> Result<BTreeMap<String, String>> {
    let rows: Vec<Row> = of!(owner).filter(t::own.eq(false)).order(t::version.asc()).load(db)?;
    // Later ones overwrite.
    Ok(rows.into_iter().map(version).map(|row| (row.name, row.text)).collect())
}

/// Changes a wording of the office, or goes back to the one that comes with Kawal.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else changed it since it was read.
pub fn change(db: &mut Db, deed: &Deed, new: &NewText) -> Result<i32> {
    let owner = Owner::Office(deed.office_id);
    let (kept, id) = keep(db, deed, owner, new)?;
    let verb = if new.text.is_some() { Verb::WordingChanged } else { Verb::WordingReturned };
    let subject = Subject { kind: "wording", id, name: new.title.clone() };
    audit_log::append(db, deed, &subject, &Event::new(verb, vec![kept.told(new)]))?;
    Ok(kept.to)
}

/// Changes or adds a clause of one agreement, or takes it back; the agreement's version moves with it.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else changed it, or the agreement, since it was read;
/// [`StoreError::Taken`] with the reason when the agreement is no draft.
pub fn change_clause(
    db: &mut Db,
    deed: &Deed,
    scope: Scope,
    agreement: Uuid,
    read: i32,
    new: &NewText,
) -> Result<i32> {
    let stored = agreements::find(db, scope, agreement)?;
    if stored.version() != read {
        return Err(StoreError::Stale { read, now: stored.version() });
    }
    let owner = Owner::Agreement(deed.office_id, agreement);
    let (kept, _) = keep(db, deed, owner, new)?;
    let change = stored.reword(kept.told(new)).map_err(|refused| StoreError::Taken(refused.to_string()))?;
    agreements::record(db, deed, &change)?;
    Ok(kept.to)
}

/// What the log says of a change.
struct Kept {
    from: Option<String>,
    to: i32,
    sha256: String,
}

impl Kept {
    fn told(&self, new: &NewText) -> FactChange {
        let to = new.text.as_ref().map(|_| told(self.to, &self.sha256));
        FactChange {
            path: format!("wording.{}", new.name),
            label: new.title.clone(),
            from: self.from.clone(),
            to,
            secret: false,
        }
    }
}

/// "versi 3, sidik jari 1f2e3d4c5b6a".
fn told(version: i32, sha256: &str) -> String {
    format!("versi {version}, sidik jari {}", sha256.get(..12).unwrap_or(sha256))
}

fn keep(db: &mut Db, deed: &Deed, owner: Owner, new: &NewText) -> Result<(Kept, Uuid)> {
    audit_log::lock_office(db, deed.office_id)?;
    let rows: Vec<Row> = of!(owner).filter(t::name.eq(new.name.clone())).order(t::version.desc()).load(db)?;
    let subject = rows.last().map(|row| row.0.0);
    let latest = rows.first().cloned().map(version);
    let now = latest.as_ref().map_or(0, |latest| latest.version);
    if now != new.read {
        return Err(StoreError::Stale { read: new.read, now });
    }
    let own = latest.filter(|latest| latest.own);
    let from = own.as_ref().map(|own| told(own.version, &own.sha256));
    let mut next = now;
    let mut before = rows.first().map(|row| row.0);
    let mut first = None;
    let mut put = |db: &mut Db, own: bool, text: &str| -> Result<String> {
        next += 1;
        let id = deed.ids.next();
        first.get_or_insert(id);
        let hash = sha256(text.as_bytes());
        if let Some(before) = before.replace(RowId(id)) {
            diesel::update(t::wordings.find(before)).set(t::latest.eq(false)).execute(db)?;
        }
        diesel::insert_into(t::wordings)
            .values((
                t::id.eq(RowId(id)),
                t::office_id.eq(RowId(owner.office())),
                t::agreement_id.eq(owner.agreement().map(RowId)),
                t::name.eq(&new.name),
                t::version.eq(next),
                t::own.eq(own),
                t::after_name.eq(&new.after),
                t::text.eq(text),
                t::sha256.eq(&hash),
                t::author.eq(deed.actor.name()),
                t::made_at.eq(deed.at()),
                t::latest.eq(true),
            ))
            .execute(db)?;
        Ok(hash)
    };
    let base = new.base.as_deref().unwrap_or_default();
    let hash = match &new.text {
        Some(text) => {
            if new.base.is_some() && (own.is_none() || new.rebased) {
                put(db, false, base)?;
            }
            put(db, true, text)?
        }
        None if own.is_none() => return Err(StoreError::NotFound),
        None => put(db, false, base)?,
    };
    let id = subject.or(first).unwrap_or_else(|| deed.ids.next());
    Ok((Kept { from, to: next, sha256: hash }, id))
}
