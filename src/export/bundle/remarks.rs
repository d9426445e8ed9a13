//! What did not arrive in a bundle, told in the bundle.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::{Failure, one_line};
use crate::documents::PageStyle;
use crate::documents::model::{Align, Block, Document, Furniture, Heading, Para, Run};
use crate::documents::pdf::{self, PdfError};

/// How many characters that no font has are replaced before it is given up.
const MOST_STRANGERS: usize = 1_000;

impl Failure {
    /// "Dinas Perikanan, nomor 400.12/17/PKS/2025".
    pub fn agreement(&self) -> String {
        match &self.number {
            Some(number) => format!("{}, nomor {number}", one_line(&self.agency), number = one_line(number)),
            None => one_line(&self.agency),
        }
    }

    /// The paper, or that it is the whole agreement.
    pub fn what(&self) -> &str {
        self.paper.as_deref().unwrap_or("Seluruh naskah")
    }
}

/// The failures as a text of their own, agreement by agreement.
pub(super) fn failures_as_text(failures: &[Failure]) -> String {
    let mut text = "Naskah yang tidak dapat dicetak. Naskah lain dalam kumpulan ini lengkap.\n".to_owned();
    let mut agreement = String::new();
    for failure in failures {
        let name = failure.agreement();
        if name != agreement {
            let _ = write!(text, "\n{name}\n");
            agreement = name;
        }
        let _ = writeln!(text, "  {}: {}", failure.what(), one_line(&failure.reason));
    }
    text
}

/// The same as the last pages of a PDF.
pub(super) fn document(
    summary: &str,
    failures: &[Failure],
    left_out: &[String],
    made_on: NaiveDate,
) -> Document {
    let title = "Catatan kumpulan naskah";
    let style = PageStyle::default();
    let mut blocks = vec![heading(1, title), para(None, vec![Run::plain(summary)])];
    if !failures.is_empty() {
        blocks.push(heading(2, "Naskah yang tidak dapat dicetak"));
    }
    for (at, failure) in failures.iter().enumerate() {
        let name = Run::bold(format!("{} ", failure.what()));
        let rest = Run::plain(format!("{}: {}", failure.agreement(), one_line(&failure.reason)));
        blocks.push(para(Some(format!("{}.", at + 1)), vec![name, rest]));
    }
    if !left_out.is_empty() {
        blocks.push(heading(2, "Draf yang tidak diikutkan"));
    }
    for (at, paper) in left_out.iter().enumerate() {
        blocks.push(para(Some(format!("{}.", at + 1)), vec![Run::plain(one_line(paper))]));
    }
    if failures.is_empty() && left_out.is_empty() {
        blocks.push(para(None, vec![Run::plain("Tidak ada naskah dari kelompok yang dipilih.")]));
    }
    Document {
        title: title.to_owned(),
        dated: Some(made_on),
        furniture: Furniture::plain(style.paper, style.font, 11.0),
        blocks,
    }
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading(Heading { level, lines: vec![vec![Run::bold(text)]], anchor: None })
}

fn para(label: Option<String>, runs: Vec<Run>) -> Block {
    Block::Para(Para { label, level: 0, align: Align::Left, runs, keep_with_next: false, anchor: None })
}

/// Prints the remarks. The character that made a paper fail may stand in the name it failed for; here
/// a "?" may take its place.
pub(super) fn printed(mut document: Document) -> Result<Vec<u8>, PdfError> {
    for _ in 0..MOST_STRANGERS {
        match pdf::render(&document) {
            Err(PdfError::NoGlyph { character, .. }) => {
                document.each_run_mut(|run| run.text = run.text.replace(character, "?"));
            }
            other => return other,
        }
    }
    pdf::render(&document)
}
