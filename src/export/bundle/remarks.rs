//! What did not arrive in a bundle, told in the bundle.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::{Failure, one_line};
use crate::documents::PageStyle;
use crate::documents::model::{Align, Block, Document, Furniture, Heading, Para, Run};
use crate::documents::pdf::{self, PdfError};

/// How many characters that no font has are replaced before it is given up.
const MOST_STRANGERS: usize = 1_000;

const TITLE: &str = "Catatan kumpulan naskah";

/// Most entries of one document.
const ON_ONE: usize = 150;

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

/// The same as the last pages of a PDF: one document per hundred or so, made when it is printed, so
/// that a bundle in which everything failed takes no more memory than another.
pub(super) fn documents<'a>(
    summary: &'a str,
    failures: &'a [Failure],
    left_out: &'a [String],
    made_on: NaiveDate,
) -> impl Iterator<Item = Document> + 'a {
    let nothing = failures.is_empty() && left_out.is_empty();
    let told = Run::plain(if nothing { "Tidak ada naskah dari kelompok yang dipilih." } else { summary });
    let first = document(vec![heading(1, TITLE), para(None, vec![told])], made_on);
    let failed = failures.chunks(ON_ONE).enumerate().map(move |(chunk, failures)| {
        let lines = failures.iter().map(|failure| {
            let rest = format!("{}: {}", failure.agreement(), one_line(&failure.reason));
            vec![Run::bold(format!("{} ", failure.what())), Run::plain(rest)]
        });
        document(listed("Naskah yang tidak dapat dicetak", chunk, lines), made_on)
    });
    let drafts = left_out.chunks(ON_ONE).enumerate().map(move |(chunk, papers)| {
        let lines = papers.iter().map(|paper| vec![Run::plain(one_line(paper))]);
        document(listed("Draf yang tidak diikutkan", chunk, lines), made_on)
    });
    std::iter::once(first).chain(failed).chain(drafts)
}

/// A numbered list under a heading; the numbers go on from chunk to chunk.
fn listed(title: &str, chunk: usize, lines: impl Iterator<Item = Vec<Run>>) -> Vec<Block> {
    let number = |at: usize| Some(format!("{}.", chunk * ON_ONE + at + 1));
    let lines = lines.enumerate().map(|(at, runs)| para(number(at), runs));
    std::iter::once(heading(2, title)).chain(lines).collect()
}

fn document(blocks: Vec<Block>, made_on: NaiveDate) -> Document {
    let style = PageStyle::default();
    let furniture = Furniture::plain(style.paper, style.font, 11.0);
    Document { title: TITLE.to_owned(), dated: Some(made_on), furniture, blocks }
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
