//! All that is needed to print the papers of one agreement, loaded before the printing begins.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::documents::bundle::bundle_of;
use crate::documents::model::Document;
use crate::documents::papers::{self, PaperFormat, PaperGroup, PaperKind, PaperRef};
use crate::documents::{Job, Print, Stage, Stationery};
use crate::domain::acts::Acts;
use crate::domain::agreement::State;
use crate::domain::calendar::Calendar;
use crate::domain::fact_sheet::{FactSheet, choices};

choices! {
    /// How far a paper of a bundle is.
    PaperState {
        /// Facts are missing.
        #[default] Draft = "draf", "draf";
        /// Nothing is missing.
        Final = "final", "final";
        /// As it was signed, frozen on that day.
        Signed = "ditandatangani", "ditandatangani";
        /// Signed outside Kawal; printed from the facts that were recorded of it.
        Composed = "disusun_ulang", "disusun ulang dari fakta; yang ditandatangani ada di luar Kawal";
    }
}

/// An agreement, ready to be printed.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Facts.
    pub facts: FactSheet,
    /// Acts.
    pub acts: Acts,
    /// Where the agreement stands.
    pub state: State,
    /// Days off of the office.
    pub calendar: Arc<Calendar>,
    /// The day of printing.
    pub today: NaiveDate,
    /// What it is printed with.
    pub stationery: Stationery,
    /// Papers that are not printed anew: as they were signed, or why that text cannot be had.
    pub kept: BTreeMap<PaperRef, Result<Document, String>>,
}

/// A printed paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// Its title.
    pub title: String,
    /// The date it carries.
    pub dated: Option<NaiveDate>,
    /// How far it is.
    pub state: PaperState,
    /// The PDF.
    pub pdf: Vec<u8>,
}

/// How the printing of a paper went.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It is there; several where one name stands for several.
    Printed(Vec<Printed>),
    /// It is still a draft, and drafts were not asked for.
    LeftOut,
    /// It cannot be printed; why.
    Failed(String),
}

impl Dossier {
    /// The papers of the bundle that stand on these shelves.
    pub fn papers(&self, groups: &[PaperGroup]) -> Vec<PaperRef> {
        let papers = bundle_of(&self.facts, &self.acts).into_iter();
        papers.filter(|paper| groups.contains(&paper.kind.group())).collect()
    }

    /// Prints a paper.
    pub fn print(&self, paper: PaperRef, drafts: bool) -> Outcome {
        let (documents, state) = match self.document_of(paper) {
            Ok(found) => found,
            Err(why) => return Outcome::Failed(why),
        };
        if state == PaperState::Draft && !drafts {
            return Outcome::LeftOut;
        }
        let mut printed = Vec::with_capacity(documents.len());
        for document in documents {
            match papers::write(std::slice::from_ref(&document), PaperFormat::Pdf) {
                Ok(pdf) => printed.push(Printed { title: document.title, dated: document.dated, state, pdf }),
                Err(error) => return Outcome::Failed(error.to_string()),
            }
        }
        Outcome::Printed(printed)
    }

    /// The text of a paper and how far it is: what was signed or issued before what the facts say.
    ///
    /// # Errors
    /// Why there is none.
    fn document_of(&self, paper: PaperRef) -> Result<(Vec<Document>, PaperState), String> {
        if let Some(kept) = self.kept.get(&paper) {
            return kept.clone().map(|document| (vec![document], PaperState::Signed));
        }
        let job = Job {
            facts: &self.facts,
            acts: &self.acts,
            calendar: &self.calendar,
            today: self.today,
            print: Print { stage: Stage::Final, stationery: &self.stationery },
        };
        let printed = papers::print(paper, &job).map_err(|error| error.to_string())?;
        let state = match (printed.gaps.is_empty(), paper.kind, self.state) {
            (false, ..) => PaperState::Draft,
            (true, PaperKind::Pks, State::Signed | State::Ended) => PaperState::Composed,
            (true, ..) => PaperState::Final,
        };
        Ok((printed.documents, state))
    }

    /// Full name of the user agency.
    pub fn agency(&self) -> String {
        let agency = &self.facts.user.institution;
        agency.name.clone().unwrap_or_else(|| "Perjanjian tanpa nama instansi".to_owned())
    }

    /// Short name of the user agency, or the full one.
    pub fn short_name(&self) -> String {
        let agency = &self.facts.user.institution;
        agency.short_name.clone().or_else(|| agency.name.clone()).unwrap_or_else(|| "tanpa-nama".to_owned())
    }

    /// Whose statement a paper is.
    pub fn person(&self, paper: PaperRef) -> Option<&str> {
        let at = paper.nth.map(NonZeroUsize::get)?.checked_sub(1)?;
        match paper.kind {
            PaperKind::Nda => self.facts.papers.nda.get(at)?.name.as_deref(),
            _ => None,
        }
    }
}
