//! A bundle: the papers of one agreement or of hundreds as one ZIP or one PDF, written while they are
//! printed. What fails is told in the bundle itself, and the rest arrives. Memory stays flat: of what
//! was written only a line of the list is kept.

mod archive;
pub mod names;
mod remarks;

use std::io::{self, Write};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::dossier::{Dossier, Outcome, PaperState, Printed};
use crate::documents::papers::PaperRef;
use crate::documents::pdf::PdfError;
use crate::documents::pdf::join::Joiner;
use crate::domain::agreement::State;
use crate::domain::fact_sheet::choices;
use crate::domain::wording::{date_long, figures};
use archive::Archive;
use names::Taken;

choices! {
    /// What a bundle is written as. Its code is the ending of the file.
    BundleFormat {
        /// A folder per agreement, a file per paper.
        #[default] Zip = "zip", "ZIP";
        /// One file, with a bookmark per agreement and paper.
        Pdf = "pdf", "PDF";
    }
}

/// A paper, or a whole agreement, that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The agency.
    pub agency: String,
    /// Number of the agreement.
    pub number: Option<String>,
    /// The paper; none when the agreement itself could not be read.
    pub paper: Option<String>,
    /// Why.
    pub reason: String,
}

/// How much is in a bundle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Agreements that were opened.
    pub agreements: usize,
    /// Papers that are in it.
    pub papers: usize,
    /// Papers that failed.
    pub failed: usize,
    /// Drafts that were not asked for.
    pub left_out: usize,
}

/// A bundle in the making.
pub struct Bundle<W: Write> {
    out: Out<W>,
    made_on: NaiveDate,
    taken: Taken,
    open: Open,
    tally: Tally,
    list: String,
    failures: Vec<Failure>,
    /// Drafts that were not asked for.
    left_out: Vec<String>,
}

enum Out<W: Write> {
    Zip(Box<Archive<W>>),
    Pdf(Box<Joiner<W>>),
}

/// The agreement whose papers come now.
#[derive(Default)]
struct Open {
    folder: String,
    agency: String,
    number: Option<String>,
    files: usize,
}

impl<W: Write> Bundle<W> {
    /// Begins a bundle.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn begin(out: W, format: BundleFormat, made_on: NaiveDate) -> io::Result<Self> {
        let out = match format {
            BundleFormat::Zip => Out::Zip(Box::new(Archive::new(out))),
            BundleFormat::Pdf => Out::Pdf(Box::new(Joiner::new(out).map_err(unwritten)?)),
        };
        Ok(Self {
            out,
            made_on,
            taken: Taken::default(),
            open: Open::default(),
            tally: Tally::default(),
            list: String::new(),
            failures: Vec::new(),
            left_out: Vec::new(),
        })
    }

    /// Begins an agreement: what is put in next belongs to it.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn open(&mut self, dossier: &Dossier) -> io::Result<()> {
        let number = dossier.facts.provider.number.clone();
        let folder = names::folder(
            dossier.state == State::Drafting,
            dossier.facts.signing.on,
            number.as_deref(),
            &dossier.short_name(),
        );
        self.open = Open { folder: self.taken.unique(&folder), agency: dossier.agency(), number, files: 0 };
        self.tally.agreements += 1;
        self.list.push_str(&format!("\n{}/\n  {}\n", self.open.folder, self.open.heading()));
        match &mut self.out {
            Out::Zip(_) => Ok(()),
            Out::Pdf(joiner) => joiner.group(&self.open.heading()).map_err(unwritten),
        }
    }

    /// Puts a paper in, or tells why it is not there.
    ///
    /// # Errors
    /// When nothing can be written: the bundle is lost.
    pub fn put(&mut self, paper: PaperRef, person: Option<&str>, outcome: Outcome) -> io::Result<()> {
        let label = label(paper, person);
        match outcome {
            Outcome::Printed(printed) => {
                for one in printed {
                    self.print(paper, person, &label, &one)?;
                }
            }
            Outcome::LeftOut => {
                self.tally.left_out += 1;
                self.list.push_str(&format!("  (tidak diikutkan, masih draf) {label}\n"));
                self.left_out.push(format!("{label}, {}", self.open.heading()));
            }
            Outcome::Failed(reason) => self.fail(label, reason),
        }
        Ok(())
    }

    /// Tells that an agreement could not be read at all.
    pub fn miss(&mut self, agency: String, number: Option<String>, reason: String) {
        self.tally.agreements += 1;
        self.tally.failed += 1;
        self.failures.push(Failure { agency, number, paper: None, reason });
    }

    /// What is in it so far.
    pub const fn tally(&self) -> Tally {
        self.tally
    }

    /// What failed so far.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// Ends the bundle with its list and with what failed.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn finish(self) -> io::Result<(W, Vec<Failure>)> {
        let (summary, made_on) = (self.summary(), self.made_on);
        let out = match self.out {
            Out::Zip(mut archive) => {
                let list = format!("Isi kumpulan naskah\n{summary}\n{}", self.list);
                archive.text("isi.txt", made_on, &list)?;
                if !self.failures.is_empty() {
                    archive.text("kegagalan.txt", made_on, &remarks::failures_as_text(&self.failures))?;
                }
                archive.finish()?
            }
            Out::Pdf(mut joiner) => {
                let empty = joiner.papers() == 0;
                if empty || !self.failures.is_empty() || !self.left_out.is_empty() {
                    joiner.group("Catatan kumpulan").map_err(unwritten)?;
                    for remarks in remarks::documents(&summary, &self.failures, &self.left_out, made_on) {
                        let pdf = remarks::printed(remarks).map_err(unwritten)?;
                        joiner.add("Yang tidak ikut", &pdf).map_err(unwritten)?;
                    }
                }
                joiner.finish("Kumpulan naskah", Some(made_on)).map_err(unwritten)?
            }
        };
        Ok((out, self.failures))
    }

    fn print(
        &mut self,
        paper: PaperRef,
        person: Option<&str>,
        label: &str,
        printed: &Printed,
    ) -> io::Result<()> {
        match &mut self.out {
            Out::Zip(archive) => {
                self.open.files += 1;
                let name = names::file(self.open.files, paper, person) + ".pdf";
                let place = format!("{}/{name}", self.open.folder);
                archive.pdf(&place, printed.dated.or(Some(self.made_on)), &printed.pdf)?;
                self.list.push_str(&listed(&name, printed));
            }
            Out::Pdf(joiner) => {
                let draft = if printed.state == PaperState::Draft { " (draf)" } else { "" };
                match joiner.add(&format!("{label}{draft}"), &printed.pdf) {
                    Ok(()) => {}
                    Err(PdfError::Write(error)) => return Err(error),
                    Err(error) => {
                        self.fail(label.to_owned(), error.to_string());
                        return Ok(());
                    }
                }
            }
        }
        self.tally.papers += 1;
        Ok(())
    }

    fn fail(&mut self, label: String, reason: String) {
        self.tally.failed += 1;
        self.list.push_str(&format!("  (gagal, lihat kegagalan.txt) {label}\n"));
        self.failures.push(Failure {
            agency: self.open.agency.clone(),
            number: self.open.number.clone(),
            paper: Some(label),
            reason,
        });
    }

    /// "Disusun oleh Kawal pada 2 November 2026: 500 perjanjian, 1.998 naskah, 2 gagal."
    fn summary(&self) -> String {
        let Tally { agreements, papers, failed, left_out } = self.tally;
        let count = |count: usize| figures(count as u64);
        let mut text = format!(
            "Disusun oleh Kawal pada {}: {} perjanjian, {} naskah",
            date_long(self.made_on),
            count(agreements),
            count(papers)
        );
        if left_out > 0 {
            text.push_str(&format!(", {} draf tidak diikutkan", count(left_out)));
        }
        if failed > 0 {
            text.push_str(&format!(", {} gagal", count(failed)));
        }
        text + "."
    }
}

impl Open {
    /// "Dinas Perikanan, nomor 400.12/17/PKS/2025".
    fn heading(&self) -> String {
        match &self.number {
            Some(number) => format!("{}, nomor {}", one_line(&self.agency), one_line(number)),
            None => one_line(&self.agency),
        }
    }
}

/// "Berita Acara Serah Terima (BAST) 2", "Pernyataan menjaga kerahasiaan (NDA), Mirah Delima".
fn label(paper: PaperRef, person: Option<&str>) -> String {
    let label = paper.kind.label();
    match (person, paper.nth) {
        (Some(person), _) => format!("{label}, {person}"),
        (None, Some(nth)) => format!("{label} {nth}"),
        (None, None) => label.to_owned(),
    }
}

/// A file in the list: name, title, date, state, size and hash.
fn listed(name: &str, printed: &Printed) -> String {
    let dated = printed.dated.map_or_else(|| "tanpa tanggal".to_owned(), date_long);
    let hash: String = Sha256::digest(&printed.pdf).iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "  {name}\n    {}\n    {dated}; {}; {} byte\n    SHA-256 {hash}\n",
        one_line(&printed.title),
        printed.state.label(),
        figures(printed.pdf.len() as u64)
    )
}

/// A value that cannot break out of its line.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn unwritten(error: PdfError) -> io::Error {
    match error {
        PdfError::Write(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
