//! Agreements: list, page, facts, acts and papers.

pub mod acts;
pub mod facts;

pub mod list;
pub mod papers;
pub mod register;
pub mod rows;
pub mod wordings;

pub mod show;

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;

use super::pages::agreements::AgreementRow;
use super::pages::life_line::LifeLine;
use super::pages::parts::{Chip, Tone};
use crate::app::App;
use crate::app::wording::Clauses;
use crate::domain::acts::Acts;
use crate::domain::agreement::Agreement;
use crate::domain::deadline::{ClauseRef, Deadline, DeadlineState, Step};
use crate::domain::life_line::life_line;
use crate::domain::semester_report::reporting_dates;
use crate::domain::status::{self, Dates, Status, status};
use crate::domain::wording::{date_long, date_short, distance};
use crate::store;
use crate::store::agreement_lines::AgreementLine;
use crate::store::connection::Db;

/// What the clauses that deadlines cite by their label are read off, by agreement. Only those are
/// loaded: setting a whole paper for each line would cost more than the page.
#[derive(Debug, Default)]
pub struct Cited(HashMap<Uuid, Clauses>);

impl Cited {
    /// For the deadlines of these agreements.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn load<'a>(
        app: &App,
        db: &mut Db,
        waiting: impl Iterator<Item = &'a (Deadline, &'a Agreement)>,
    ) -> store::Result<Self> {
        let mut clauses = HashMap::new();
        for (deadline, agreement) in waiting {
            if matches!(deadline.clause, Some(ClauseRef::Label(_)))
                && let Entry::Vacant(place) = clauses.entry(agreement.id())
            {
                place.insert(app.clauses(db, agreement)?);
            }
        }
        Ok(Self(clauses))
    }

    /// Clauses of the agreement's PKS by label.
    pub fn of(&self, agreement: &Agreement) -> BTreeMap<String, String> {
        self.0.get(&agreement.id()).map(|one| one.references(agreement.facts())).unwrap_or_default()
    }
}

/// The tone of a status on a page.
pub const fn tone(tone: status::Tone) -> Tone {
    match tone {
        status::Tone::Quiet => Tone::Quiet,
        status::Tone::Ok => Tone::Ok,
        status::Tone::Info => Tone::Info,
        status::Tone::Attention => Tone::Attention,
        status::Tone::Overdue => Tone::Overdue,
    }
}

/// The status as a chip.
pub fn status_chip(dates: &Dates, today: NaiveDate) -> Chip {
    let status = status(dates, today);
    Chip::new(tone(status.tone()), status.label())
}

/// An agreement as a line of a list.
pub fn row(line: &AgreementLine, today: NaiveDate) -> AgreementRow {
    let status = status(&line.dates, today);
    let ends_on = line.dates.ends_on;
    AgreementRow {
        href: format!("/perjanjian/{}", line.id),
        agency: line.agency.clone(),
        purpose: line.purpose.clone(),
        provider_number: line.provider_number.clone(),
        user_number: line.user_number.clone(),
        life_line: print_line(&line.dates, &reports(&line.dates, &line.acts, today), today),
        life_note: match status {
            Status::Drafting => "Belum ditandatangani".to_owned(),
            _ => "Hari terakhir belum diketahui".to_owned(),
        },
        ends_on: ends_on.map_or_else(|| "—".to_owned(), date_short),
        ends_note: match (ends_on, status) {
            (None, _) => String::new(),
            (Some(_), Status::Terminated | Status::Replaced) => {
                line.dates.ended_on.map(|on| format!("diakhiri {}", date_short(on))).unwrap_or_default()
            }
            (Some(end), _) => distance(end, today),
        },
        state: Chip::new(tone(status.tone()), status.label()),
    }
}

/// Semester reports of a line with their state, from its dates and acts alone: the grace that papers
/// may give is not among them, so a report counts as missing only on its own page.
fn reports(dates: &Dates, acts: &Acts, today: NaiveDate) -> Vec<(NaiveDate, DeadlineState)> {
    let (Some(start), Some(end)) = (dates.starts_on, dates.ends_on) else { return Vec::new() };
    let met =
        |due: NaiveDate| acts.met.iter().any(|duty| duty.step == Step::SemesterReport && duty.due_on == due);
    reporting_dates(start, end)
        .into_iter()
        .map(|due| {
            let state = match due {
                due if met(due) => DeadlineState::Met,
                due if due < today => DeadlineState::Overdue,
                _ => DeadlineState::Open,
            };
            (due, state)
        })
        .collect()
}

/// The life line as a page draws it.
pub fn print_line(
    dates: &Dates,
    reports: &[(NaiveDate, DeadlineState)],
    today: NaiveDate,
) -> Option<LifeLine> {
    life_line(dates, reports, today).map(|line| LifeLine::of(&line, dates.letter_due_on))
}

/// "Jumat, 16 Juli 2027".
pub fn day(date: NaiveDate) -> String {
    crate::domain::wording::date_with_weekday(date)
}

/// "16 Juli 2027", for sentences.
pub fn plain_day(date: NaiveDate) -> String {
    date_long(date)
}
