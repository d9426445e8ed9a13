//! The papers of an agreement as its pages list them: by group, with what each still lacks. This is the
//! one place between the pages and the registry of papers in `documents::papers`.

use chrono::NaiveDate;

use crate::documents::papers::{self, PaperError, PaperKind, PaperRef, Printed};
use crate::documents::{Job, Print, Stage, Stationery};
use crate::domain::agreement::{Agreement, State};
use crate::domain::calendar::Calendar;
use crate::domain::fact_sheet::FactSheet;

/// A paper that an agreement may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLine {
    /// Heading it stands under.
    pub group: &'static str,
    /// Its name in addresses and tables: "pks", "nda-2".
    pub name: String,
    /// What people call it; names no person, because the public check page says it.
    pub title: String,
    /// Whom it is about, where there are several of a kind.
    pub detail: Option<String>,
    /// What is still unknown, numbers and dates apart; empty when it can be printed to be signed.
    pub lacks: Vec<String>,
    /// Why it cannot be printed at all, as long as it cannot.
    pub impossible: Option<String>,
}

/// Everything that a paper is printed from.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The agreement.
    pub agreement: &'a Agreement,
    /// Days off of the office.
    pub calendar: &'a Calendar,
    /// The office's stationery.
    pub stationery: &'a Stationery,
    /// The day in the office's zone.
    pub today: NaiveDate,
    /// The office leaves dates blank on prints that are ready to be signed.
    pub blank_dates: bool,
}

impl Desk<'_> {
    fn job<'a>(&'a self, facts: &'a FactSheet, stage: Stage) -> Job<'a> {
        Job {
            facts,
            acts: self.agreement.acts(),
            calendar: self.calendar,
            today: self.today,
            print: Print { stage, stationery: self.stationery },
        }
    }

    /// A paper as it stands; none for a name that no paper has.
    pub fn print(&self, name: &str, stage: Stage) -> Option<Result<Printed, PaperError>> {
        let paper: PaperRef = name.parse().ok()?;
        Some(papers::print(paper, &self.job(self.agreement.facts(), stage)))
    }

    /// A paper that is ready to be signed: with the dates it has, or with blank ones where the office
    /// wants that or a date is all that is unknown.
    pub fn print_to_sign(&self, name: &str) -> Option<Result<Printed, PaperError>> {
        let first = self.print(name, Stage::ReadyToSign { blank_date: self.blank_dates })?;
        match first {
            Ok(printed) if !printed.gaps.is_empty() && !self.blank_dates => {
                let blank = self.print(name, Stage::ReadyToSign { blank_date: true })?;
                Some(blank.map(|blank| if blank.gaps.is_empty() { blank } else { printed }))
            }
            other => Some(other),
        }
    }
}

/// The papers of an agreement, in the order of the page.
pub fn papers_of(desk: &Desk<'_>) -> Vec<PaperLine> {
    let facts = desk.agreement.facts();
    let mut papers = papers::papers_of(facts);
    // A shelf has one heading on the page.
    papers.sort_by_key(|paper| paper.kind.group());
    papers
        .into_iter()
        .filter(|paper| paper.kind != PaperKind::RenewalNotice || desk.agreement.state() == State::Signed)
        .filter_map(|paper| {
            let (lacks, impossible) = match desk.print_to_sign(&paper.to_string())? {
                Ok(printed) => (printed.gaps, None),
                Err(PaperError::Senseless(why)) => (Vec::new(), Some(why.to_owned())),
                Err(other) => (Vec::new(), Some(other.to_string())),
            };
            let title = match paper.nth {
                Some(nth) if paper.kind.count(facts) > 1 => format!("{}, ke-{nth}", paper.kind.label()),
                _ => paper.kind.label().to_owned(),
            };
            Some(PaperLine {
                group: paper.kind.group().label(),
                name: paper.to_string(),
                title,
                detail: paper.detail(facts),
                lacks,
                impossible,
            })
        })
        .collect()
}

/// The institutions that a paper is between; never a person.
pub fn parties(facts: &FactSheet) -> Vec<String> {
    [&facts.provider, &facts.user].into_iter().filter_map(|party| party.institution.name.clone()).collect()
}
