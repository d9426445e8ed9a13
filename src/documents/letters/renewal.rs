//! Renewal: the Disdukcapil's notice that an agreement is about to end, and the agency's letter.

use minijinja::context;

use super::frame::{Draft, Issuer, ONE_FILE, Recipient};
use super::values;
use crate::documents::clause::sanitised;
use crate::documents::papers::PaperError;
use crate::documents::{Job, Paper, Print, Stage};
use crate::domain::deadline::{Step, deadlines};
use crate::domain::fact_sheet::{Letter, LetterNature, RenewalSource};
use crate::domain::term::term_end;
use crate::domain::wording::date_with_weekday;

/// From the agency's head to the Director General through the Disdukcapil.
pub(super) fn renewal<'a>(job: &Job<'a>) -> Draft<'a> {
    let values = context! {
        // Without a paper that states it the time limit is the office's own and no clause is cited.
        clause_stated => job.facts.renewal.stated_in != RenewalSource::OfficePolicy,
        ..values::agreement(job)
    };
    Draft {
        letter: letter_of_renewal(job),
        path: "letters.renewal".to_owned(),
        issuer: Issuer::Agency,
        to: Recipient::DirectorGeneral,
        through: Some(Recipient::Office),
        nature: LetterNature::Important,
        attachments: Some(ONE_FILE),
        copies: Vec::new(),
        wording: "letters/renewal",
        values,
        enclosures: Vec::new(),
    }
}

/// The agency's letter; where its facts do not name number or date, those that were logged when it
/// came in.
pub(super) fn letter_of_renewal(job: &Job<'_>) -> Letter {
    let mut letter = job.facts.letters.renewal.clone();
    if let Some(logged) = &job.acts.renewal_letter {
        letter.number.get_or_insert_with(|| logged.number.clone());
        letter.on.get_or_insert(logged.on);
    }
    letter
}

/// The paper beside the reminder mail, for an agency without a usable address. It is printed to be sent
/// on the same day: undated in the facts, it carries the day of the order, and its number is
/// registered when it goes out.
///
/// # Errors
/// When no last day in force is known, or the wording is faulty.
pub(super) fn notice(job: &Job<'_>) -> Result<Paper, PaperError> {
    let end = term_end(job.facts).ok_or(PaperError::Senseless(
        "surat pemberitahuan memerlukan hari terakhir berlaku: isi tanggal perjanjian dan lamanya, atau hari terakhirnya",
    ))?;
    let due = deadlines(job.facts, job.acts, job.calendar, job.today)
        .into_iter()
        .find(|deadline| deadline.step == Step::RenewalLetter)
        .ok_or(PaperError::Senseless("surat pemberitahuan memerlukan tanggal perjanjian"))?;
    let rule = sanitised(&due.rule);
    let values = context! {
        letter => context! {
            ends_on => date_with_weekday(end.last_day),
            due_on => date_with_weekday(due.due_on),
            rule => rule.trim_end_matches(['.', ' ']),
        },
        ..values::agreement(job)
    };
    let known = &job.facts.letters.ending_notice;
    let draft = Draft {
        letter: Letter { on: known.on.or(Some(job.today)), ..known.clone() },
        path: "letters.ending_notice".to_owned(),
        issuer: Issuer::Office,
        to: Recipient::Agency,
        through: None,
        nature: LetterNature::Important,
        attachments: None,
        copies: Vec::new(),
        wording: "letters/renewal_notice",
        values,
        enclosures: Vec::new(),
    };
    let stage = match job.print.stage {
        Stage::Final => Stage::ReadyToSign { blank_date: false },
        stage => stage,
    };
    draft.print(&Job { print: Print { stage, ..job.print }, ..*job })
}
