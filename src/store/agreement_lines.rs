//! The list of agreements as a read model: lines, paging by key, counts by status.
//!
//! No page counts beyond a cap, skips rows by number or sorts by what is not indexed: with 100,000
//! agreements those cost more than everything else together (measured, docs/ARCHITECTURE.md).

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Bool, Date, Text, Timestamp};
use uuid::Uuid;

use super::Result;
use super::agreements::Scope;
use super::connection::{Db, MultiBackend};
use super::deed::{FAR, known};
use super::schema::agreements::{self, dsl as t};
use super::types::{DbUuid, RowId};
use crate::domain::acts::{Acts, EndCause};
use crate::domain::dates::sub_months;
use crate::domain::status::{Column, Cond, Dates, Op, Status};

/// Counting stops here: "1.000+".
pub const CAP: i64 = 1_000;

/// An agreement as a line of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementLine {
    /// Id.
    pub id: Uuid,
    /// Name of the user agency.
    pub agency: String,
    /// What the data is for.
    pub purpose: String,
    /// Number at the provider.
    pub provider_number: Option<String>,
    /// Number at the user agency.
    pub user_number: Option<String>,
    /// Dates that status and life line follow from.
    pub dates: Dates,
    /// Day of the next open deadline.
    pub next_due_on: Option<NaiveDate>,
    /// Acts, for the state of reports.
    pub acts: Acts,
    /// Where it stands in the present order: the key that paging goes on from.
    pub cursor: String,
}

/// By what a list is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Latest change first.
    #[default]
    Changed,
    /// By agency.
    Agency,
    /// By number at the provider.
    Number,
    /// By last day in force.
    End,
}

/// What a list asks for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Only this status.
    pub status: Option<Status>,
    /// Every word must occur in numbers, names or subject.
    pub search: String,
    /// Only agreements that end in these days, first and last included.
    pub ends_between: Option<(NaiveDate, NaiveDate)>,
    /// Only agreements of this institution.
    pub institution: Option<Uuid>,
    /// Order.
    pub sort: Sort,
    /// The other way round.
    pub descending: bool,
    /// From where.
    pub from: From,
    /// Many lines stand in the status asked for, so that the order's index finds a page of them at
    /// once; otherwise the dates' indexes find the few there are.
    pub many: bool,
    /// Lines on a page.
    pub limit: usize,
}

/// From where a page begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum From {
    /// The first page.
    #[default]
    First,
    /// After the line with this cursor.
    After(String),
    /// Before the line with this cursor.
    Before(String),
    /// The last page.
    Last,
    /// At the first line that ends on or after the day; only sorted by end.
    Day(NaiveDate),
}

/// A page of lines.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Lines in the order asked for.
    pub lines: Vec<AgreementLine>,
    /// Whether there are lines before.
    pub has_previous: bool,
    /// Whether there are lines after.
    pub has_next: bool,
}

type Boxed = agreements::BoxedQuery<'static, MultiBackend>;

#[derive(Queryable)]
struct Row {
    id: RowId,
    agency_name: String,
    purpose: String,
    provider_number: Option<String>,
    user_number: Option<String>,
    signed_on: Option<NaiveDate>,
    starts_on: Option<NaiveDate>,
    ends_on: NaiveDate,
    window_from: NaiveDate,
    letter_due_on: NaiveDate,
    letter_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    ended_cause: Option<String>,
    next_due_on: NaiveDate,
    acts: String,
    agency_key: String,
    number_key: String,
    updated_at: NaiveDateTime,
}

impl Row {
    fn line(self, sort: Sort) -> AgreementLine {
        let key = match sort {
            Sort::Changed => self.updated_at.and_utc().timestamp_micros().to_string(),
            Sort::Agency => self.agency_key,
            Sort::Number => self.number_key,
            Sort::End => self.ends_on.to_string(),
        };
        AgreementLine {
            cursor: format!("{}.{key}", self.id.0.simple()),
            id: self.id.0,
            agency: self.agency_name,
            purpose: self.purpose,
            provider_number: self.provider_number,
            user_number: self.user_number,
            dates: Dates {
                signed_on: self.signed_on,
                starts_on: self.starts_on,
                ends_on: known(self.ends_on),
                window_from: known(self.window_from),
                letter_due_on: known(self.letter_due_on),
                letter_on: self.letter_on,
                ended_on: self.ended_on,
                ended_cause: self
                    .ended_cause
                    .and_then(|code| EndCause::ALL.iter().copied().find(|cause| cause.code() == code)),
            },
            next_due_on: known(self.next_due_on),
            acts: serde_json::from_str(&self.acts).unwrap_or_default(),
        }
    }
}

/// A page of the list.
///
/// # Errors
/// When the database cannot be read.
pub fn page(db: &mut Db, scope: Scope, today: NaiveDate, asked: &Asked) -> Result<Page> {
    // "Changed" shows the latest first without being asked to.
    let descending = asked.descending != (asked.sort == Sort::Changed);
    let backward = matches!(asked.from, From::Before(_) | From::Last);
    let mut query = matching(scope, today, asked);
    if let From::After(cursor) | From::Before(cursor) = &asked.from
        && let Some((id, key)) = cursor.split_once('.')
        && let Ok(id) = Uuid::parse_str(id)
    {
        query = beyond(query, asked.sort, descending != backward, RowId(id), key);
    }
    if let From::Day(day) = asked.from {
        query = query.filter(t::ends_on.ge(day));
    }
    let limit = i64::try_from(asked.limit).unwrap_or(25);
    let rows: Vec<Row> = ordered(query, asked.sort, descending != backward)
        .limit(limit + 1)
        .select((
            t::id,
            t::agency_name,
            t::purpose,
            t::provider_number,
            t::user_number,
            t::signed_on,
            t::starts_on,
            t::ends_on,
            t::window_from,
            t::letter_due_on,
            t::letter_on,
            t::ended_on,
            t::ended_cause,
            t::next_due_on,
            t::acts,
            t::agency_key,
            t::number_key,
            t::updated_at,
        ))
        .load(db)?;
    let more = rows.len() > asked.limit;
    let mut lines: Vec<AgreementLine> =
        rows.into_iter().take(asked.limit).map(|row| row.line(asked.sort)).collect();
    if backward {
        lines.reverse();
    }
    let (has_previous, has_next) = match asked.from {
        From::First => (false, more),
        From::Last => (more, false),
        From::After(_) | From::Day(_) => (true, more),
        From::Before(_) => (more, true),
    };
    Ok(Page { lines, has_previous, has_next })
}

/// How many lines match, counted to [`CAP`]; one more means "and more".
///
/// # Errors
/// When the database cannot be read.
pub fn count(db: &mut Db, scope: Scope, today: NaiveDate, asked: &Asked) -> Result<i64> {
    Ok(Capped(matching(scope, today, asked).select(t::id).limit(CAP + 1)).get_result::<i64>(db)?)
}

/// How many agreements stand in each status, and how many end in each coming month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// By status.
    pub by_status: HashMap<&'static str, i64>,
    /// By year and month of the last day in force, running agreements only.
    pub by_month: HashMap<(i32, u32), i64>,
    /// All of them.
    pub total: i64,
}

impl Counts {
    /// In one status.
    pub fn of(&self, status: Status) -> i64 {
        self.by_status.get(status.code()).copied().unwrap_or(0)
    }
}

/// Counts a whole scope in one pass over narrow columns. Keep the answer until the office's log moves.
///
/// # Errors
/// When the database cannot be read.
pub fn counts(db: &mut Db, scope: Scope, today: NaiveDate) -> Result<Counts> {
    use chrono::Datelike;
    type Narrow = (
        Option<NaiveDate>,
        Option<NaiveDate>,
        NaiveDate,
        NaiveDate,
        NaiveDate,
        Option<NaiveDate>,
        Option<NaiveDate>,
        Option<String>,
    );
    let rows: Vec<Narrow> = matching(scope, today, &Asked::default())
        .select((
            t::signed_on,
            t::starts_on,
            t::ends_on,
            t::window_from,
            t::letter_due_on,
            t::letter_on,
            t::ended_on,
            t::ended_cause,
        ))
        .load(db)?;
    let mut counts = Counts { total: i64::try_from(rows.len()).unwrap_or(i64::MAX), ..Counts::default() };
    for (signed_on, starts_on, ends_on, window_from, letter_due_on, letter_on, ended_on, cause) in rows {
        let dates = Dates {
            signed_on,
            starts_on,
            ends_on: known(ends_on),
            window_from: known(window_from),
            letter_due_on: known(letter_due_on),
            letter_on,
            ended_on,
            ended_cause: cause
                .and_then(|code| EndCause::ALL.iter().copied().find(|cause| cause.code() == code)),
        };
        let status = crate::domain::status::status(&dates, today);
        *counts.by_status.entry(status.code()).or_default() += 1;
        if status.is_in_force() && ends_on != FAR {
            *counts.by_month.entry((ends_on.year(), ends_on.month())).or_default() += 1;
        }
    }
    Ok(counts)
}

/// Agreements whose next open deadline falls in these days, soonest first.
///
/// # Errors
/// When the database cannot be read.
pub fn due_until(
    db: &mut Db,
    scope: Scope,
    since: NaiveDate,
    until: NaiveDate,
    limit: i64,
) -> Result<Vec<Uuid>> {
    let mut query = t::agreements
        .filter(t::office_id.eq(RowId(scope.office_id)))
        .filter(t::next_due_on.ge(since))
        .filter(t::next_due_on.le(until))
        .order((t::next_due_on.asc(), t::id.asc()))
        .select(t::id)
        .limit(limit)
        .into_boxed();
    if let Some(institution) = scope.institution_id {
        query = query.filter(t::institution_id.eq(RowId(institution)));
    }
    let ids: Vec<RowId> = query.load(db)?;
    Ok(ids.into_iter().map(Uuid::from).collect())
}

/// Running agreements whose last day for the renewal letter falls in these days and whose letter is
/// not logged, soonest first.
///
/// # Errors
/// When the database cannot be read.
pub fn letter_due(
    db: &mut Db,
    scope: Scope,
    first: NaiveDate,
    last: NaiveDate,
    limit: i64,
) -> Result<Vec<Uuid>> {
    let mut query = t::agreements
        .filter(t::office_id.eq(RowId(scope.office_id)))
        .filter(t::letter_due_on.ge(first))
        .filter(t::letter_due_on.le(last))
        .filter(t::letter_on.is_null())
        .filter(t::ended_on.is_null())
        .order((t::letter_due_on.asc(), t::id.asc()))
        .select(t::id)
        .limit(limit)
        .into_boxed();
    if let Some(institution) = scope.institution_id {
        query = query.filter(t::institution_id.eq(RowId(institution)));
    }
    let ids: Vec<RowId> = query.load(db)?;
    Ok(ids.into_iter().map(Uuid::from).collect())
}

fn matching(scope: Scope, today: NaiveDate, asked: &Asked) -> Boxed {
    let mut query = t::agreements.into_boxed().filter(t::office_id.eq(RowId(scope.office_id)));
    for institution in [scope.institution_id, asked.institution].into_iter().flatten() {
        query = query.filter(t::institution_id.eq(RowId(institution)));
    }
    if let Some(status) = asked.status {
        query = in_status(query, status, today, asked);
    }
    if let Some((first, last)) = asked.ends_between {
        query = query.filter(t::ends_on.ge(first)).filter(t::ends_on.le(last));
    }
    for word in super::key(&asked.search).split(' ').filter(|word| !word.is_empty()).take(8) {
        let pattern = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        query = query.filter(t::search.like(format!("%{pattern}%")).escape('!'));
    }
    query
}

/// A condition on a column where NULL means "not known".
macro_rules! nullable {
    ($query:expr, $column:expr, $op:expr, $today:expr) => {
        match $op {
            Op::Missing => $query.filter($column.is_null()),
            Op::Present => $query.filter($column.is_not_null()),
            Op::Before => $query.filter($column.lt($today)),
            Op::OnOrBefore => $query.filter($column.le($today)),
            Op::On => $query.filter($column.eq($today)),
            Op::OnOrAfter => $query.filter($column.ge($today)),
            Op::After => $query.filter($column.gt($today)),
            Op::MissingOrOnOrBefore => $query.filter($column.is_null().or($column.le($today))),
            Op::MissingOrAfter => $query.filter($column.is_null().or($column.gt($today))),
        }
    };
}

/// A condition on a column where [`FAR`] means "not known".
macro_rules! or_far {
    ($query:expr, $column:expr, $op:expr, $today:expr) => {
        match $op {
            Op::Missing => $query.filter($column.eq(FAR)),
            Op::Present => $query.filter($column.ne(FAR)),
            Op::Before => $query.filter($column.lt($today)),
            Op::OnOrBefore => $query.filter($column.le($today)),
            Op::On => $query.filter($column.eq($today)),
            Op::OnOrAfter => $query.filter($column.ge($today)).filter($column.ne(FAR)),
            Op::After => $query.filter($column.gt($today)).filter($column.ne(FAR)),
            Op::MissingOrOnOrBefore => $query.filter($column.eq(FAR).or($column.le($today))),
            Op::MissingOrAfter => $query.filter($column.gt($today)),
        }
    };
}

/// The status's predicate as SQL: the domain's conditions, one by one. A day that is not known is
/// stored as [`FAR`] in the columns that lists sort by, and as NULL in the others.
fn in_status(mut query: Boxed, status: Status, today: NaiveDate, asked: &Asked) -> Boxed {
    for condition in status.predicate().conditions {
        query = match *condition {
            Cond::CauseIs(cause) => query.filter(t::ended_cause.eq(cause.code())),
            Cond::CauseIsNot(cause) => {
                query.filter(t::ended_cause.is_null().or(t::ended_cause.ne(cause.code())))
            }
            Cond::Date(Column::SignedOn, op) => nullable!(query, t::signed_on, op, today),
            Cond::Date(Column::StartsOn, op) => nullable!(query, t::starts_on, op, today),
            Cond::Date(Column::LetterOn, op) => nullable!(query, t::letter_on, op, today),
            Cond::Date(Column::EndedOn, op) => nullable!(query, t::ended_on, op, today),
            // SQLite takes the first index that a range fits and then sorts every line it finds; a
            // date inside an expression leaves it the index of the order (450 times faster, measured).
            Cond::Date(Column::EndsOn, op) if asked.many && asked.sort != Sort::End => {
                or_far!(query, sql::<Date>("coalesce(ends_on, ends_on)"), op, today)
            }
            Cond::Date(Column::WindowFrom, op) if asked.many => {
                or_far!(query, sql::<Date>("coalesce(window_from, window_from)"), op, today)
            }
            Cond::Date(Column::LetterDueOn, op) if asked.many => {
                or_far!(query, sql::<Date>("coalesce(letter_due_on, letter_due_on)"), op, today)
            }
            Cond::Date(Column::EndsOn, op) => or_far!(query, t::ends_on, op, today),
            Cond::Date(Column::WindowFrom, op) => or_far!(query, t::window_from, op, today),
            Cond::Date(Column::LetterDueOn, op) => or_far!(query, t::letter_due_on, op, today),
        };
    }
    if asked.many {
        return query;
    }
    // What follows from the rule anyway, said so that an index finds the few lines.
    query = match status {
        Status::Drafting => query.filter(t::state.eq("drafting")),
        Status::Terminated | Status::Replaced => query.filter(t::state.eq("ended")),
        // The window opens one calendar month before the last day for the letter.
        Status::RenewalWindow => query.filter(t::letter_due_on.le(today + Days::new(31))),
        // A letter is due at most sixty months before the end, and the end is still to come.
        Status::RenewalOverdue => query.filter(t::letter_due_on.ge(sub_months(today, 61))),
        _ => query,
    };
    query
}

/// The order with the id as the tie-breaker; every index of the list begins with the office.
fn ordered(query: Boxed, sort: Sort, descending: bool) -> Boxed {
    match (sort, descending) {
        (Sort::Changed, false) => query.order((t::updated_at.asc(), t::id.asc())),
        (Sort::Changed, true) => query.order((t::updated_at.desc(), t::id.desc())),
        (Sort::Agency, false) => query.order((t::agency_key.asc(), t::id.asc())),
        (Sort::Agency, true) => query.order((t::agency_key.desc(), t::id.desc())),
        (Sort::Number, false) => query.order((t::number_key.asc(), t::id.asc())),
        (Sort::Number, true) => query.order((t::number_key.desc(), t::id.desc())),
        (Sort::End, false) => query.order((t::ends_on.asc(), t::id.asc())),
        (Sort::End, true) => query.order((t::ends_on.desc(), t::id.desc())),
    }
}

/// Lines beyond a key, compared as a pair: an index then begins at the very line, also where thousands
/// end on the same day. Written out as `>= AND (> OR id >)` it walks through all of that day first, and
/// as `> OR (= AND >)` through everything.
fn beyond(query: Boxed, sort: Sort, descending: bool, id: RowId, key: &str) -> Boxed {
    macro_rules! keyed {
        ($column:literal, $kind:ty, $key:expr) => {{
            let pair = sql::<Bool>(if descending {
                concat!("(", $column, ", id) < (")
            } else {
                concat!("(", $column, ", id) > (")
            });
            query.filter(pair.bind::<$kind, _>($key).sql(", ").bind::<DbUuid, _>(id).sql(")"))
        }};
    }
    match sort {
        Sort::Agency => keyed!("agency_key", Text, key.to_owned()),
        Sort::Number => keyed!("number_key", Text, key.to_owned()),
        Sort::End => match key.parse::<NaiveDate>() {
            Ok(day) => keyed!("ends_on", Date, day),
            Err(_) => query,
        },
        Sort::Changed => match key.parse::<i64>().ok().and_then(chrono::DateTime::from_timestamp_micros) {
            Some(at) => keyed!("updated_at", Timestamp, at.naive_utc()),
            None => query,
        },
    }
}

/// `SELECT count(*) FROM (…)`: counts a limited query.
#[derive(QueryId)]
struct Capped<Q>(Q);

impl<Q> Query for Capped<Q> {
    type SqlType = BigInt;
}

impl<Q> diesel::query_dsl::RunQueryDsl<Db> for Capped<Q> {}

impl<Q: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for Capped<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        out.push_sql("SELECT count(*) FROM (");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(") capped");
        Ok(())
    }
}
