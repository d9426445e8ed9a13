//! Every paper that can be printed, by name, and every form it can be had in.

use chrono::NaiveDate;

use super::clause::ClauseError;
use super::letter::{RenewalNotice, renewal_notice};
use super::model::Document;
use super::pdf::{self, PdfError};
use super::{Job, Print, html, pks, text};
use crate::domain::acts::Acts;
use crate::domain::calendar::Calendar;
use crate::domain::deadline::{Step, deadlines};
use crate::domain::fact_sheet::check::missing;
use crate::domain::fact_sheet::{FactSheet, choices};
use crate::domain::term::term_end;

choices! {
    /// A paper that Kawal prints. Its code is its name on the command line and in addresses.
    PaperKind {
        /// The agreement itself.
        #[default] Pks = "pks", "Perjanjian Kerja Sama (PKS)";
        /// Notice that the agreement is about to end.
        RenewalNotice = "surat-pemberitahuan", "Surat pemberitahuan masa berlaku";
    }
}

choices! {
    /// What a paper is written as. Its code is the ending of the file's name.
    PaperFormat {
        /// PDF/A-1b.
        #[default] Pdf = "pdf", "PDF";
        /// A page that stands alone.
        Html = "html", "HTML";
        /// Plain text.
        Text = "txt", "Teks";
    }
}

/// Endings that are known but not written yet.
pub const FORMATS_TO_COME: &[&str] = &["docx"];

/// A paper with what is still unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// The paper; with gaps it says "DRAF".
    pub document: Document,
    /// Names of the facts that are still unknown; empty for a final paper.
    pub gaps: Vec<String>,
}

impl Printed {
    /// The same with its mark across each page, where facts are missing.
    #[must_use]
    pub fn marked(mut self) -> Self {
        if !self.gaps.is_empty() {
            self.document.furniture.watermark = Some("DRAF".to_owned());
        }
        self
    }
}

/// Why a paper cannot be printed.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The wording of the office is faulty.
    #[error(transparent)]
    Wording(#[from] ClauseError),
    /// The paper would not say anything.
    #[error("{0}")]
    Senseless(&'static str),
    /// The PDF cannot be written.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

/// The one gap that is filled by hand in the office's register when a letter is sent.
const FILLED_BY_HAND: &str = "nomor surat";

/// Prints a paper as ordered: at its stage, with the office's stationery.
///
/// # Errors
/// [`PaperError`]; never because a fact is missing, unless the paper is about that fact.
pub fn print_job(kind: PaperKind, job: &Job<'_>) -> Result<Printed, PaperError> {
    let Job { facts, acts, calendar, today, ref print } = *job;
    let (document, needed): (Document, Vec<String>) = match kind {
        PaperKind::Pks => {
            let needed = missing(facts).into_iter().map(|(_, label)| label).collect();
            (pks::pks(facts, print)?.document, needed)
        }
        PaperKind::RenewalNotice => (notice(facts, acts, calendar, today, print)?, Vec::new()),
    };
    let mut gaps: Vec<String> = Vec::new();
    // The same fact may be called by its name in the sentence and by its name in the form.
    for gap in document.gaps().into_iter().filter(|gap| gap != FILLED_BY_HAND).chain(needed) {
        if !gaps.iter().any(|known| known.to_lowercase() == gap.to_lowercase()) {
            gaps.push(gap);
        }
    }
    Ok(Printed { document, gaps })
}

fn notice(
    facts: &FactSheet,
    acts: &Acts,
    calendar: &Calendar,
    today: NaiveDate,
    state: &Print<'_>,
) -> Result<Document, PaperError> {
    let end = term_end(facts).ok_or(PaperError::Senseless(
        "surat pemberitahuan memerlukan hari terakhir berlaku: isi tanggal perjanjian dan lamanya, atau hari terakhirnya",
    ))?;
    let letter = deadlines(facts, acts, calendar, today)
        .into_iter()
        .find(|deadline| deadline.step == Step::RenewalLetter)
        .ok_or(PaperError::Senseless("surat pemberitahuan memerlukan tanggal perjanjian"))?;
    let notice = RenewalNotice {
        dated: today,
        letter_due_on: letter.due_on,
        ends_on: end.last_day,
        rule: &letter.rule,
    };
    Ok(renewal_notice(facts, &notice, state)?.document)
}

/// Writes a paper in a format.
///
/// # Errors
/// When the PDF cannot be written: a letter that no font has.
pub fn write(document: &Document, format: PaperFormat) -> Result<Vec<u8>, PaperError> {
    Ok(match format {
        PaperFormat::Pdf => pdf::render(document)?,
        PaperFormat::Html => page(document).into_bytes(),
        PaperFormat::Text => text::render(document).into_bytes(),
    })
}

/// The paper as a page of its own, with its style inside.
fn page(document: &Document) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"id\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>\n{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
        html::escaped(&document.title),
        include_str!("../../assets/css/paper.css"),
        html::render(document),
    )
}
