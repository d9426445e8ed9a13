//! Every paper that can be printed, by name, and every form it can be had in.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroUsize;
use std::str::FromStr;

use super::addendum::addendum;
use super::clause::ClauseError;
use super::docx::{self, DocxError};
use super::handover::handover;
use super::letters::letter;
use super::model::Document;
use super::pdf::{self, PdfError};
use super::semester_report::semester_report;
use super::{Job, Print, html, juknis, pks, statements, text};
use crate::domain::fact_sheet::check::missing;
use crate::domain::fact_sheet::{AccessProposalKind, FactSheet, RenewalSource, choices};

choices! {
    /// A paper that Kawal prints. Its code is its name on the command line and in addresses.
    PaperKind {
        /// The agreement itself.
        #[default] Pks = "pks", "Perjanjian Kerja Sama (PKS)";
        /// Technical guideline.
        Juknis = "juknis", "Petunjuk Teknis";
        /// The head's statement of absolute responsibility.
        Sptjm = "sptjm", "SPTJM";
        /// The same, covering access while a renewal runs.
        SptjmRenewal = "sptjm-perpanjangan", "SPTJM perpanjangan";
        /// Non-disclosure statements, one per person.
        Nda = "nda", "Pernyataan menjaga kerahasiaan (NDA)";
        /// Addendum.
        Addendum = "adendum", "Adendum";
        /// The agency's application.
        Application = "surat-permohonan", "Surat permohonan";
        /// The agency's letter that asks for renewal.
        Renewal = "surat-perpanjangan", "Surat permohonan perpanjangan";
        /// The agency asks for User ID and IP LAN.
        AccessRequest = "surat-user-id", "Permohonan User ID dan IP LAN";
        /// The agency states that only the closed network is used.
        ClosedNetwork = "pernyataan-jaringan-tertutup", "Pernyataan penggunaan jaringan tertutup";
        /// The agency appoints the network provider.
        NetworkProvider = "surat-penyedia-jaringan", "Penunjukan penyedia jaringan";
        /// The agency asks for a change, with its technical study.
        ChangeRequest = "surat-perubahan", "Permohonan perubahan dan kajian teknis";
        /// The agency asks for a proof of concept.
        PocRequest = "surat-poc", "Permohonan Proof of Concept";
        /// The agency says that an office changed hands.
        OfficialChange = "surat-pergantian-pejabat", "Pemberitahuan pergantian pejabat";
        /// Cover letter with the application.
        CoverApplication = "pengantar-permohonan", "Pengantar permohonan kepada Dirjen";
        /// Cover letter with the signed PKS.
        CoverSigned = "pengantar-pks", "Pengantar PKS kepada Dirjen";
        /// Cover letter with the renewal.
        CoverRenewal = "pengantar-perpanjangan", "Pengantar perpanjangan kepada Dirjen";
        /// The Disdukcapil answers a request for a change.
        ChangeReply = "jawaban-perubahan", "Jawaban permohonan perubahan";
        /// The Disdukcapil sets the day of a proof of concept.
        PocSchedule = "jadwal-poc", "Jadwal Proof of Concept";
        /// The Disdukcapil tells its result.
        PocResult = "hasil-poc", "Hasil Proof of Concept";
        /// Notice that the agreement is about to end.
        RenewalNotice = "surat-pemberitahuan", "Pemberitahuan masa berlaku akan berakhir";
        /// The Disdukcapil asks for a report.
        ReportRequest = "permintaan-laporan", "Permintaan laporan";
        /// Warning.
        Warning = "teguran", "Teguran";
        /// The Disdukcapil ends the agreement.
        Termination = "pengakhiran", "Pengakhiran perjanjian";
        /// Proposal to close access.
        AccessClosing = "usulan-penonaktifan", "Usulan penonaktifan akses";
        /// Proposal to reopen access.
        AccessReopening = "usulan-pengaktifan", "Usulan pengaktifan kembali akses";
        /// Result of an evaluation, upward.
        Assessment = "hasil-evaluasi", "Hasil evaluasi";
        /// Minutes of a hand-over.
        Handover = "bast", "Berita Acara Serah Terima (BAST)";
        /// Semester report.
        Report = "laporan", "Laporan semester";
    }
}

choices! {
    /// Shelf on which papers stand together.
    PaperGroup {
        /// What both parties sign.
        #[default] Agreement = "perjanjian", "Perjanjian";
        /// What persons of the agency sign.
        Statements = "pernyataan", "Surat pernyataan";
        /// Letters of the agency.
        AgencyLetters = "surat-instansi", "Surat dari instansi";
        /// Letters of the Disdukcapil and the region's head.
        OfficeLetters = "surat-dinas", "Surat dari Disdukcapil";
        /// Minutes and reports.
        Records = "berita-acara", "Berita acara dan laporan";
    }
}

choices! {
    /// What a paper is written as. Its code is the ending of the file's name.
    PaperFormat {
        /// PDF/A-1b.
        #[default] Pdf = "pdf", "PDF";
        /// For Word and LibreOffice.
        Docx = "docx", "Word (DOCX)";
        /// A page that stands alone.
        Html = "html", "HTML";
        /// Plain text.
        Text = "txt", "Teks";
    }
}

impl PaperFormat {
    /// What a browser is told about the file.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Html => "text/html; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
        }
    }
}

impl PaperKind {
    /// Its shelf.
    pub const fn group(self) -> PaperGroup {
        match self {
            Self::Pks | Self::Juknis | Self::Addendum => PaperGroup::Agreement,
            Self::Sptjm | Self::SptjmRenewal | Self::Nda | Self::ClosedNetwork => PaperGroup::Statements,
            Self::Application
            | Self::Renewal
            | Self::AccessRequest
            | Self::NetworkProvider
            | Self::ChangeRequest
            | Self::PocRequest
            | Self::OfficialChange => PaperGroup::AgencyLetters,
            Self::CoverApplication
            | Self::CoverSigned
            | Self::CoverRenewal
            | Self::ChangeReply
            | Self::PocSchedule
            | Self::PocResult
            | Self::RenewalNotice
            | Self::ReportRequest
            | Self::Warning
            | Self::Termination
            | Self::AccessClosing
            | Self::AccessReopening
            | Self::Assessment => PaperGroup::OfficeLetters,
            Self::Handover | Self::Report => PaperGroup::Records,
        }
    }

    /// Whether an agreement may have several of them; then its code takes a number, `bast-2`.
    pub const fn may_be_several(self) -> bool {
        matches!(
            self,
            Self::Nda
                | Self::Addendum
                | Self::ChangeRequest
                | Self::ChangeReply
                | Self::PocRequest
                | Self::PocSchedule
                | Self::PocResult
                | Self::OfficialChange
                | Self::Warning
                | Self::AccessClosing
                | Self::AccessReopening
                | Self::Assessment
                | Self::Handover
                | Self::Report
        )
    }

    /// How many of them the facts speak of. A paper that an agreement has once can always be printed.
    pub fn count(self, facts: &FactSheet) -> usize {
        let proposals = |kind| facts.access_proposals.iter().filter(|one| one.kind == kind).count();
        match self {
            Self::Nda => statements::persons(facts).len(),
            Self::Addendum => facts.addenda.len(),
            Self::ChangeRequest | Self::ChangeReply => facts.changes.len(),
            Self::PocRequest | Self::PocSchedule | Self::PocResult => facts.proofs.len(),
            Self::OfficialChange => facts.official_changes.len(),
            Self::Warning => facts.warnings.len(),
            Self::AccessClosing => proposals(AccessProposalKind::Close),
            Self::AccessReopening => proposals(AccessProposalKind::Reopen),
            Self::Assessment => facts.assessments.len(),
            Self::Handover => facts.handovers.len(),
            Self::Report => facts.reports.len(),
            _ => 1,
        }
    }
}

/// A paper of an agreement: its kind and, where there are several, which one, from 1. Without a
/// number it means all of them, one after the other in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PaperRef {
    /// Kind.
    pub kind: PaperKind,
    /// Which one.
    pub nth: Option<NonZeroUsize>,
}

impl PaperRef {
    /// Whom or what it is about, where there are several of a kind; may name a person.
    pub fn detail(&self, facts: &FactSheet) -> Option<String> {
        let at = self.nth?.get() - 1;
        match self.kind {
            PaperKind::Nda => statements::persons(facts).get(at).map(|person| person.name().text),
            PaperKind::Handover => facts.handovers.get(at).map(|one| one.kind.label().to_owned()),
            PaperKind::ChangeRequest | PaperKind::ChangeReply => {
                facts.changes.get(at).map(|one| one.what.label().to_owned())
            }
            PaperKind::PocRequest | PaperKind::PocSchedule | PaperKind::PocResult => {
                facts.proofs.get(at).and_then(|one| one.application.clone())
            }
            PaperKind::Report => facts
                .reports
                .get(at)
                .and_then(|one| one.year.map(|year| format!("{} {year}", one.semester.label()))),
            PaperKind::Assessment => facts
                .assessments
                .get(at)
                .and_then(|one| one.year.map(|year| format!("{} {year}", one.semester.label()))),
            _ => None,
        }
    }
}

impl From<PaperKind> for PaperRef {
    fn from(kind: PaperKind) -> Self {
        Self { kind, nth: None }
    }
}

impl fmt::Display for PaperRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.code())?;
        self.nth.map_or(Ok(()), |nth| write!(f, "-{nth}"))
    }
}

impl FromStr for PaperRef {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        let kind = |code: &str| PaperKind::ALL.iter().copied().find(|kind| kind.code() == code);
        if let Some(kind) = kind(name) {
            return Ok(kind.into());
        }
        let (code, nth) = name.rsplit_once('-').ok_or(())?;
        let kind = kind(code).filter(|kind| kind.may_be_several()).ok_or(())?;
        // One spelling only: "bast-02" is no other name of "bast-2".
        let nth = nth.parse().ok().filter(|number: &NonZeroUsize| number.to_string() == nth).ok_or(())?;
        Ok(Self { kind, nth: Some(nth) })
    }
}

/// A paper with what is still unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// The paper; several where one name stands for several. With gaps it says "DRAF".
    pub documents: Vec<Document>,
    /// Names of the facts that are still unknown; empty for a final paper.
    pub gaps: Vec<String>,
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
    /// There is no such entry.
    #[error("perjanjian ini tidak mempunyai {0}")]
    NoSuch(String),
    /// The PDF cannot be written.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The DOCX cannot be written.
    #[error(transparent)]
    Docx(#[from] DocxError),
}

/// Where the clauses of an agreement's papers stand: those of the PKS by their label ("Pasal 8 ayat
/// (1)"), and where a duty takes its clause from the Juknis, those by [`juknis_label`] ("Petunjuk
/// Teknis angka VI huruf F").
///
/// # Errors
/// [`ClauseError`] when a wording is faulty.
pub fn references(facts: &FactSheet) -> Result<BTreeMap<String, String>, ClauseError> {
    let print = Print::standard();
    let mut references = pks::pks(facts, &print)?.references;
    let cited = facts.renewal.clause.as_deref().is_some_and(|clause| !clause.trim().is_empty());
    if facts.renewal.stated_in == RenewalSource::Juknis && !cited {
        let clauses = juknis::citations(facts, &print)?;
        references.extend(clauses.into_iter().map(|(label, cited)| (juknis_label(&label), cited)));
    }
    Ok(references)
}

/// The label of a clause of the Juknis among those of every paper.
pub fn juknis_label(label: &str) -> String {
    format!("juknis.{label}")
}

/// Prints a paper, as a draft when facts are missing.
///
/// # Errors
/// [`PaperError`]; never because a fact is missing, unless the paper is about that fact.
pub fn print(reference: PaperRef, job: &Job<'_>) -> Result<Printed, PaperError> {
    let mut documents = Vec::new();
    match reference.nth {
        Some(nth) => documents.push(one(reference.kind, nth.get() - 1, job)?),
        None => {
            for nth in 0..count(reference.kind, job.facts) {
                documents.push(one(reference.kind, nth, job)?);
            }
        }
    }
    if documents.is_empty() {
        return Err(PaperError::NoSuch(reference.kind.label().to_owned()));
    }
    let needed = if reference.kind == PaperKind::Pks { still_needed(job) } else { Vec::new() };
    let mut gaps: Vec<String> = Vec::new();
    // The same fact may be called by its name in the sentence and by its name in the form.
    for gap in documents.iter().flat_map(Document::gaps).chain(needed) {
        if !gaps.iter().any(|known| known.to_lowercase() == gap.to_lowercase()) {
            gaps.push(gap);
        }
    }
    if !gaps.is_empty() {
        for document in &mut documents {
            document.furniture.watermark = Some("DRAF".to_owned());
        }
    }
    Ok(Printed { documents, gaps })
}

/// Facts that a PKS needs whether its wording names them or not.
fn still_needed(job: &Job<'_>) -> Vec<String> {
    let later = |path: &str| {
        let number = path == "provider.number" || path == "user.number";
        (number && job.print.stage.blanks_numbers())
            || (path == "signing.on" && job.print.stage.blanks_dates())
    };
    missing(job.facts).into_iter().filter(|(path, _)| !later(path)).map(|(_, label)| label).collect()
}

/// How many documents a paper without a number is made of.
fn count(kind: PaperKind, facts: &FactSheet) -> usize {
    kind.count(facts)
}

/// The `nth` paper of a kind, from 0.
fn one(kind: PaperKind, nth: usize, job: &Job<'_>) -> Result<Document, PaperError> {
    let no_such = || PaperError::NoSuch(format!("{} ke-{}", kind.label(), nth + 1));
    if nth >= count(kind, job.facts) {
        return Err(no_such());
    }
    let paper = match kind {
        PaperKind::Pks => pks::pks(job.facts, &job.print)?,
        PaperKind::Juknis => juknis::juknis(job.facts, &job.print)?,
        PaperKind::Sptjm => statements::sptjm(job.facts, &job.print)?,
        PaperKind::SptjmRenewal => statements::sptjm_renewal(job.facts, job.acts, &job.print)?,
        PaperKind::Nda => statements::nda(job.facts, nth, &job.print)?,
        PaperKind::Addendum => addendum(job, nth, job.facts.addenda.get(nth).ok_or_else(no_such)?)?,
        PaperKind::Handover => handover(job, nth, job.facts.handovers.get(nth).ok_or_else(no_such)?)?,
        PaperKind::Report => semester_report(job, nth, job.facts.reports.get(nth).ok_or_else(no_such)?)?,
        kind => letter(kind, nth, job)?.ok_or_else(no_such)?,
    };
    Ok(paper.document)
}

/// Every paper that the agreement has or may have, in reading order: those of which there is one by
/// their name, of the others each by its number.
pub fn papers_of(facts: &FactSheet) -> Vec<PaperRef> {
    let each = |kind: &PaperKind| {
        let kind = *kind;
        if kind.may_be_several() {
            (1..=count(kind, facts)).map(|nth| PaperRef { kind, nth: NonZeroUsize::new(nth) }).collect()
        } else {
            vec![PaperRef::from(kind)]
        }
    };
    PaperKind::ALL.iter().flat_map(each).collect()
}

/// Writes a paper in a format.
///
/// # Errors
/// When the PDF cannot be written: a letter that no font has; or a picture is damaged.
pub fn write(documents: &[Document], format: PaperFormat) -> Result<Vec<u8>, PaperError> {
    let title = documents.first().map(|document| document.title.as_str()).unwrap_or_default();
    Ok(match format {
        PaperFormat::Pdf => pdf::render_all(documents, title)?,
        PaperFormat::Docx => docx::render_all(documents, title)?,
        PaperFormat::Html => page(title, &html::render_all(documents)).into_bytes(),
        PaperFormat::Text => text::render_all(documents).into_bytes(),
    })
}

/// The paper as a page of its own, with its style inside.
fn page(title: &str, articles: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"id\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>\n{}</style>\n</head>\n<body>\n{articles}</body>\n</html>\n",
        html::escaped(title),
        include_str!("../../assets/css/paper.css"),
    )
}
