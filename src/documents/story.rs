//! For tests of papers: the twins, and what a reader sees of a printed paper.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::model::{Block, Document};
use super::papers::{PaperError, PaperKind, PaperRef, Printed, print};
use super::{Job, Print, Stage, text};
use crate::domain::acts::Acts;
use crate::domain::calendar::Calendar;
use crate::domain::fact_sheet::FactSheet;

/// The invented agreements, one per shape that real offices use.
pub(crate) const TWINS: [&str; 5] = ["desa", "dinas_sosial", "kecamatan", "bpbd", "pertanian"];

pub(crate) fn twin(name: &str) -> FactSheet {
    let path = format!("{}/tests/fixtures/twins/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(path).unwrap();
    serde_saphyr::from_str(file.strip_prefix("kawal: 1\n").unwrap()).unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Prints a paper by its name on the first of March 2026.
pub(crate) fn printed(facts: &FactSheet, paper: &str, stage: Stage) -> Result<Printed, PaperError> {
    static ACTS: LazyLock<Acts> = LazyLock::new(Acts::default);
    let job = Job {
        facts,
        acts: &ACTS,
        calendar: &Calendar::national(),
        today: day("2026-03-01"),
        print: Print { stage, ..Print::standard() },
    };
    print(paper.parse::<PaperRef>().unwrap(), &job)
}

/// The one document of that name, final.
pub(crate) fn paper(facts: &FactSheet, paper: &str) -> Document {
    let mut printed = printed(facts, paper, Stage::Final).unwrap();
    assert_eq!(printed.documents.len(), 1, "{paper}");
    printed.documents.remove(0)
}

/// How many of a kind the facts speak of.
pub(crate) fn count(facts: &FactSheet, kind: PaperKind) -> usize {
    kind.count(facts)
}

/// Its words on one line, as they are read.
pub(crate) fn words(document: &Document) -> String {
    let text = text::render(document);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The cells of its tables, row by row, without the headers.
pub(crate) fn rows(document: &Document) -> Vec<Vec<String>> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let cell = |cell: &super::model::Cell| {
        cell.paras.iter().flat_map(|para| &para.runs).map(|run| run.text.as_str()).collect::<String>()
    };
    tables.flat_map(|table| &table.rows).map(|row| row.iter().map(cell).collect()).collect()
}

/// Fails unless the paper says all of it.
#[track_caller]
pub(crate) fn says(document: &Document, wanted: &[&str]) {
    let words = words(document);
    for wanted in wanted {
        assert!(words.contains(wanted), "\"{wanted}\" is not in\n{words}");
    }
}

/// Fails if the paper says any of it.
#[track_caller]
pub(crate) fn silent(document: &Document, unwanted: &[&str]) {
    let words = words(document);
    for unwanted in unwanted {
        assert!(!words.contains(unwanted), "\"{unwanted}\" is in\n{words}");
    }
}

/// Traces of a wording that went wrong.
#[track_caller]
pub(crate) fn reads_well(document: &Document) {
    silent(
        document,
        &["{{", "{%", "**", " ^", " ,", " .", "..", ";;", "; .", "None", "none", "yang yang", "dan dan"],
    );
}
