//! Agreements: recorded with their event and whatever follows from it, in one transaction.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::{Deed, FAR};
use super::schema::agreements::dsl as t;
use super::types::RowId;
use super::{Result, StoreError, audit_log, numbers, reminders};
use crate::domain::acts::Acts;
use crate::domain::agreement::{Agreement, Change, Parts, State};
use crate::domain::audit::Subject;
use crate::domain::deadline::{DeadlineState, deadlines};
use crate::domain::fact_sheet::FactSheet;
use crate::domain::status::Dates;

/// Sorts after every number.
const NO_NUMBER: &str = "~";

/// Version of the stored fact sheet; a newer binary upgrades older ones when it reads them.
const FACTS_FORMAT: i32 = 1;

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = super::schema::agreements, treat_none_as_null = true)]
struct Row {
    id: RowId,
    office_id: RowId,
    version: i32,
    state: String,
    frozen: bool,
    provider_number: Option<String>,
    user_number: Option<String>,
    number_key: String,
    agency_name: String,
    agency_key: String,
    purpose: String,
    institution_id: Option<RowId>,
    signed_on: Option<NaiveDate>,
    starts_on: Option<NaiveDate>,
    ends_on: NaiveDate,
    window_from: NaiveDate,
    letter_due_on: NaiveDate,
    letter_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    ended_cause: Option<String>,
    next_due_on: NaiveDate,
    next_rung_on: NaiveDate,
    search: String,
    format: i32,
    facts: String,
    acts: String,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

/// The first day that is sought, so that "not known" sorts last.
fn or_far(day: Option<NaiveDate>) -> NaiveDate {
    day.unwrap_or(FAR)
}

impl Row {
    /// What lists sort and filter by, computed from facts and acts: stored in every transaction that
    /// moves them, and nowhere else.
    fn project(
        agreement: &Agreement,
        deed: &Deed,
        institution: Option<Uuid>,
        created_at: NaiveDateTime,
    ) -> Result<Self> {
        let facts = agreement.facts();
        let dates = dates_of(agreement);
        let next_due_on = match agreement.state() {
            State::Drafting => None,
            _ => deadlines(facts, agreement.acts(), &deed.calendar, deed.today())
                .into_iter()
                .filter(|deadline| matches!(deadline.state, DeadlineState::Open | DeadlineState::Overdue))
                .map(|deadline| deadline.due_on)
                .min(),
        };
        let agency_name = agreement.name();
        Ok(Self {
            id: RowId(agreement.id()),
            office_id: RowId(agreement.office_id()),
            version: agreement.version(),
            state: agreement.state().code().to_owned(),
            frozen: agreement.frozen(),
            provider_number: facts.provider.number.clone(),
            user_number: facts.user.number.clone(),
            number_key: facts
                .provider
                .number
                .as_deref()
                .map_or_else(|| NO_NUMBER.to_owned(), numbers::normalise),
            agency_key: super::key(&agency_name),
            agency_name,
            purpose: facts.subject.purpose.clone().unwrap_or_default(),
            institution_id: institution.map(RowId),
            signed_on: dates.signed_on,
            starts_on: dates.starts_on,
            ends_on: or_far(dates.ends_on),
            window_from: or_far(dates.window_from),
            letter_due_on: or_far(dates.letter_due_on),
            letter_on: dates.letter_on,
            ended_on: dates.ended_on,
            ended_cause: agreement.acts().ended.as_ref().map(|ended| ended.cause.code().to_owned()),
            next_due_on: or_far(next_due_on),
            next_rung_on: FAR,
            search: search_text(facts),
            format: FACTS_FORMAT,
            facts: serde_json::to_string(&facts.to_tree())
                .map_err(|error| StoreError::Database(error.into()))?,
            acts: serde_json::to_string(agreement.acts())
                .map_err(|error| StoreError::Database(error.into()))?,
            created_at,
            updated_at: deed.at(),
        })
    }
}

/// The dates that status and lists are computed from; a draft has none.
pub fn dates_of(agreement: &Agreement) -> Dates {
    match agreement.state() {
        State::Drafting => Dates::default(),
        State::Signed | State::Ended => Dates::of(agreement.facts(), agreement.acts()),
    }
}

/// Restores an agreement from its stored columns.
fn restore(stored: Stored) -> Result<Agreement> {
    let Stored { id, office_id, version, state, frozen, facts, acts } = stored;
    let broken = |what: &str, error: &dyn std::fmt::Display| {
        StoreError::Database(anyhow::anyhow!("perjanjian {}: {what} tidak terbaca: {error}", id.0))
    };
    let tree = serde_json::from_str(&facts).map_err(|error| broken("fakta", &error))?;
    let facts: FactSheet =
        serde_json::from_value::<FactSheet>(tree).map_err(|error| broken("fakta", &error))?;
    let acts: Acts = serde_json::from_str(&acts).map_err(|error| broken("catatan", &error))?;
    let state = State::ALL.iter().copied().find(|known| known.code() == state).unwrap_or_default();
    Ok(Agreement::restore(Parts { id: id.0, office_id: office_id.0, version, state, frozen, facts, acts }))
}

#[derive(Queryable)]
struct Stored {
    id: RowId,
    office_id: RowId,
    version: i32,
    state: String,
    frozen: bool,
    facts: String,
    acts: String,
}

/// What a person may see: an office, and for heads and operators only one institution's agreements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// Office.
    pub office_id: Uuid,
    /// Institution, for people who see only their own agreements.
    pub institution_id: Option<Uuid>,
}

impl Scope {
    /// Everything of one office.
    pub const fn office(office_id: Uuid) -> Self {
        Self { office_id, institution_id: None }
    }
}

/// An agreement within the scope.
///
/// # Errors
/// [`StoreError::NotFound`] also when it exists outside the scope.
pub fn find(db: &mut Db, scope: Scope, id: Uuid) -> Result<Agreement> {
    let mut query = t::agreements
        .filter(t::id.eq(RowId(id)))
        .filter(t::office_id.eq(RowId(scope.office_id)))
        .select((t::id, t::office_id, t::version, t::state, t::frozen, t::facts, t::acts))
        .into_boxed();
    if let Some(institution) = scope.institution_id {
        query = query.filter(t::institution_id.eq(RowId(institution)));
    }
    restore(query.first::<Stored>(db)?)
}

/// Names of agreements within the scope, by id.
///
/// # Errors
/// When the database cannot be read.
pub fn names(db: &mut Db, scope: Scope, ids: &[Uuid]) -> Result<BTreeMap<Uuid, String>> {
    let ids: Vec<RowId> = ids.iter().copied().map(RowId).collect();
    let mut query = t::agreements
        .filter(t::office_id.eq(RowId(scope.office_id)))
        .filter(t::id.eq_any(ids))
        .select((t::id, t::agency_name))
        .into_boxed();
    if let Some(institution) = scope.institution_id {
        query = query.filter(t::institution_id.eq(RowId(institution)));
    }
    let rows: Vec<(RowId, String)> = query.load(db)?;
    Ok(rows.into_iter().map(|(id, name)| (id.0, name)).collect())
}

/// When the agreement was last changed.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn changed_at(db: &mut Db, office: Uuid, id: Uuid) -> Result<DateTime<Utc>> {
    let at: NaiveDateTime = t::agreements
        .filter(t::id.eq(RowId(id)))
        .filter(t::office_id.eq(RowId(office)))
        .select(t::updated_at)
        .first(db)?;
    Ok(at.and_utc())
}

/// The agreements that an id, a number of either party or a unique prefix of one may mean, over all
/// offices of the installation: for commands. Id and label of each.
///
/// # Errors
/// When the database cannot be read.
pub fn named(db: &mut Db, name: &str) -> Result<Vec<(Uuid, Uuid, String)>> {
    type Named = (RowId, RowId, String, Option<String>, Option<String>);
    let rows: Vec<Named> = t::agreements
        .select((t::id, t::office_id, t::agency_name, t::provider_number, t::user_number))
        .order((t::agency_key.asc(), t::id.asc()))
        .load(db)?;
    let wanted = numbers::normalise(name);
    let label = |row: &Named| {
        let numbers: Vec<&str> = [&row.3, &row.4].into_iter().flatten().map(String::as_str).collect();
        format!(
            "{} {} ({})",
            row.0.0,
            row.2,
            if numbers.is_empty() { "belum bernomor".to_owned() } else { numbers.join("; ") }
        )
    };
    let keys = |row: &Named| {
        let mut keys = vec![row.0.0.to_string().to_uppercase()];
        keys.extend([&row.3, &row.4].into_iter().flatten().map(|number| numbers::normalise(number)));
        keys
    };
    let exact: Vec<_> = rows.iter().filter(|row| keys(row).contains(&wanted)).collect();
    let found = if exact.is_empty() {
        rows.iter()
            .filter(|row| !wanted.is_empty() && keys(row).iter().any(|key| key.starts_with(&wanted)))
            .collect()
    } else {
        exact
    };
    Ok(found.into_iter().map(|row| (row.0.0, row.1.0, label(row))).collect())
}

/// Ids of all agreements of an office, oldest first: for exports and checks.
///
/// # Errors
/// When the database cannot be read.
pub fn ids(db: &mut Db, office: Uuid) -> Result<Vec<Uuid>> {
    let ids: Vec<RowId> = t::agreements
        .filter(t::office_id.eq(RowId(office)))
        .order((t::created_at.asc(), t::id.asc()))
        .select(t::id)
        .load(db)?;
    Ok(ids.into_iter().map(Uuid::from).collect())
}

/// What the log calls an agreement.
pub fn subject(agreement: &Agreement) -> Subject {
    Subject { kind: "agreement", id: agreement.id(), name: agreement.name() }
}

/// Writes a new agreement with its event, its numbers and its reminders' next day.
///
/// # Errors
/// [`StoreError::Taken`] when a number is already used by the same institution in the same year.
pub fn add(db: &mut Db, deed: &Deed, change: &Change) -> Result<()> {
    let agreement = &change.agreement;
    let institution = super::institutions::keep(db, deed, agreement, None)?;
    let row = Row::project(agreement, deed, institution, deed.at())?;
    diesel::insert_into(t::agreements).values(row).execute(db)?;
    follow(db, deed, change)
}

/// Writes a change of an agreement: row, event, numbers and reminders in the caller's transaction.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else changed it since it was read; [`StoreError::Taken`] for
/// a number that is already used.
pub fn record(db: &mut Db, deed: &Deed, change: &Change) -> Result<()> {
    let agreement = &change.agreement;
    let mine =
        t::agreements.filter(t::id.eq(RowId(agreement.id()))).filter(t::office_id.eq(RowId(deed.office_id)));
    type Before = (i32, NaiveDateTime, String, Option<RowId>);
    let (now, created_at, agency, linked): Before =
        mine.select((t::version, t::created_at, t::agency_name, t::institution_id)).first(db)?;
    if now != agreement.version() {
        return Err(StoreError::Stale { read: agreement.version(), now });
    }
    // An institution that was renamed on its own page stays the agreement's institution.
    let linked = linked.filter(|_| agency == agreement.name()).map(Uuid::from);
    let institution = super::institutions::keep(db, deed, agreement, linked)?;
    let mut row = Row::project(agreement, deed, institution, created_at)?;
    row.version += 1;
    let changed = diesel::update(mine.filter(t::version.eq(agreement.version()))).set(row).execute(db)?;
    if changed == 0 {
        return Err(StoreError::Stale { read: agreement.version(), now: now + 1 });
    }
    follow(db, deed, change)
}

/// What follows from every change, in its transaction.
fn follow(db: &mut Db, deed: &Deed, change: &Change) -> Result<()> {
    numbers::claim(db, deed, &change.agreement)?;
    reminders::follow(db, deed, &change.agreement)?;
    audit_log::append(db, deed, &subject(&change.agreement), &change.event)
}

/// Sets the day of the next rung; called by `reminders` only.
pub(super) fn set_next_rung(db: &mut Db, id: Uuid, on: Option<NaiveDate>) -> Result<()> {
    diesel::update(t::agreements.find(RowId(id))).set(t::next_rung_on.eq(or_far(on))).execute(db)?;
    Ok(())
}

/// Agreements of an office that still run on the day and have a rung on or before it, by id, after
/// an id: a page at a time, because a first scan of a large office finds very many.
///
/// # Errors
/// When the database cannot be read.
pub fn with_rung_by(
    db: &mut Db,
    office: Uuid,
    on: NaiveDate,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Agreement>> {
    let mut query = t::agreements
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::next_rung_on.le(on))
        .filter(t::ends_on.ge(on))
        .order(t::id.asc())
        .limit(limit)
        .select((t::id, t::office_id, t::version, t::state, t::frozen, t::facts, t::acts))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(t::id.gt(RowId(after)));
    }
    query.load::<Stored>(db)?.into_iter().map(restore).collect()
}

/// The institution that an agreement is made with.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn institution_of(db: &mut Db, office: Uuid, id: Uuid) -> Result<Option<Uuid>> {
    let institution: Option<RowId> = t::agreements
        .filter(t::id.eq(RowId(id)))
        .filter(t::office_id.eq(RowId(office)))
        .select(t::institution_id)
        .first(db)?;
    Ok(institution.map(Uuid::from))
}

/// Agreements whose `next_due_on` time alone may have moved, after an id: an end that has come to pass,
/// or an unknown end, for which reports are listed up to the next one. Whatever else is late stays
/// late until somebody acts.
///
/// # Errors
/// When the database cannot be read.
pub fn with_due_moved_by_time(
    db: &mut Db,
    office: Uuid,
    today: NaiveDate,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Uuid>> {
    let ended = t::next_due_on.lt(today).and(t::next_due_on.eq(t::ends_on));
    let endless = t::next_due_on.eq(FAR).and(t::ends_on.eq(FAR)).and(t::state.eq(State::Signed.code()));
    let mut query = t::agreements
        .filter(t::office_id.eq(RowId(office)))
        .filter(ended.or(endless))
        .order(t::id.asc())
        .limit(limit)
        .select(t::id)
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(t::id.gt(RowId(after)));
    }
    Ok(query.load::<RowId>(db)?.into_iter().map(Uuid::from).collect())
}

/// Computes `next_due_on` of these agreements again. Called by the daily scan. Answers how many moved.
///
/// # Errors
/// When the database refuses.
pub fn refresh_due(db: &mut Db, deed: &Deed, ids: &[Uuid]) -> Result<usize> {
    let today = deed.today();
    let mut moved = 0;
    for id in ids {
        let agreement = find(db, Scope::office(deed.office_id), *id)?;
        let next = deadlines(agreement.facts(), agreement.acts(), &deed.calendar, today)
            .into_iter()
            .filter(|deadline| matches!(deadline.state, DeadlineState::Open | DeadlineState::Overdue))
            .map(|deadline| deadline.due_on)
            .min();
        moved += diesel::update(
            t::agreements.filter(t::id.eq(RowId(agreement.id()))).filter(t::next_due_on.ne(or_far(next))),
        )
        .set(t::next_due_on.eq(or_far(next)))
        .execute(db)?;
    }
    Ok(moved)
}

/// Lower-cased text that the search looks in: numbers (as written and bare), names, subject.
fn search_text(facts: &FactSheet) -> String {
    let mut parts: Vec<String> = Vec::new();
    for party in [&facts.provider, &facts.user] {
        if let Some(number) = &party.number {
            parts.push(number.clone());
            parts.push(number.chars().filter(|c| c.is_alphanumeric()).collect());
        }
        parts.extend(party.official.name.clone());
    }
    let agency = &facts.user.institution;
    parts.extend(
        [&agency.name, &agency.short_name, &facts.subject.purpose, &facts.subject.about]
            .into_iter()
            .flatten()
            .cloned(),
    );
    super::key(&parts.join(" "))
}
