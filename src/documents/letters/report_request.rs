//! The Disdukcapil asks for a semester report.

use chrono::NaiveDate;
use minijinja::{Value, context};

use super::frame::{Draft, Issuer, Recipient};
use super::values::{self, items, or_gap};
use crate::documents::Job;
use crate::documents::papers::PaperError;
use crate::domain::dates::last_day_of_month;
use crate::domain::fact_sheet::{LetterNature, ReportRequest, Semester};
use crate::domain::wording::{date_long, date_with_weekday, join_list, number_with_words};

/// From the Disdukcapil to the agency; due on the day the office names, else when the report is.
///
/// # Errors
/// When the wording of the PKS is faulty.
pub(super) fn report_request<'a>(job: &Job<'a>) -> Result<Draft<'a>, PaperError> {
    let sheet = job.facts;
    let request = &sheet.letters.report_request;
    let due_on = due_on(request);
    let grace = sheet.reporting.grace_working_days.filter(|days| *days > 0 && request.by.is_none());
    let grace = due_on.zip(grace).map(|(due_on, days)| {
        context! {
            days => number_with_words(days.into()),
            until => date_long(job.calendar.add_working_days(due_on, days)),
        }
    });
    let channels = items(&sheet.reporting.channels);
    let values = context! {
        report => context! {
            semester => values::semester(request.semester, request.year),
            by => or_gap(request.by.or(due_on).map(date_with_weekday), "batas waktu laporan"),
            grace => grace.unwrap_or_else(|| Value::from(())),
            channels => if channels.is_empty() { Value::from(()) } else { join_list(&channels).into() },
            email => values::optional(sheet.reporting.email.as_deref()),
        },
        clauses => values::clauses(job)?,
        ..values::agreement(job)
    };
    Ok(Draft {
        letter: request.letter.clone(),
        path: "letters.report_request.letter".to_owned(),
        issuer: Issuer::Office,
        to: Recipient::Agency,
        through: None,
        nature: LetterNature::Important,
        attachments: None,
        copies: Vec::new(),
        wording: "letters/report_request",
        values,
        enclosures: Vec::new(),
    })
}

/// The last day of the reporting month, June or December.
fn due_on(request: &ReportRequest) -> Option<NaiveDate> {
    let month = match request.semester {
        Semester::First => 6,
        Semester::Second => 12,
    };
    NaiveDate::from_ymd_opt(i32::from(request.year?), month, 1).map(last_day_of_month)
}
