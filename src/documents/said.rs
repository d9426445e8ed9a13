//! For tests: the twins, and what a reader sees of a printed paper.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::model::{Block, Document, Para, Run};
use super::papers::{PaperRef, Printed, print};
use super::{Job, Print, Stage};
use crate::domain::acts::Acts;
use crate::domain::calendar::Calendar;
use crate::domain::fact_sheet::FactSheet;

/// Every twin of a real agreement.
pub(crate) const TWINS: [&str; 5] = ["desa", "dinas_sosial", "kecamatan", "bpbd", "pertanian"];

/// The facts of a twin.
pub(crate) fn twin(name: &str) -> FactSheet {
    let path = format!("{}/tests/fixtures/twins/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(path).unwrap();
    serde_saphyr::from_str(file.strip_prefix("kawal: 1\n").unwrap()).unwrap()
}

/// A paper by its name, on standard stationery.
pub(crate) fn printed(sheet: &FactSheet, paper: &str) -> Printed {
    printed_as(sheet, paper, Stage::Final)
}

/// The same in a stage.
pub(crate) fn printed_as(sheet: &FactSheet, paper: &str, stage: Stage) -> Printed {
    let job = Job {
        facts: sheet,
        acts: &Acts::default(),
        calendar: &Calendar::national(),
        today: "2026-01-15".parse().unwrap(),
        print: Print { stage, ..Print::standard() },
    };
    print(paper.parse::<PaperRef>().unwrap(), &job).unwrap()
}

/// What a reader sees.
pub(crate) struct Said(pub Document);

impl Said {
    /// The only document of a paper.
    pub(crate) fn by(sheet: &FactSheet, paper: &str) -> Self {
        let mut documents = printed(sheet, paper).documents;
        assert_eq!(documents.len(), 1, "{paper} is one document");
        Self(documents.remove(0))
    }

    /// Line by line, with the labels of paragraphs and the columns of tables.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> =
            self.0.furniture.form.iter().flat_map(|form| form.title.clone()).collect();
        self.0.blocks.iter().for_each(|block| block_lines(block, &mut lines));
        lines
    }

    pub(crate) fn text(&self) -> String {
        self.lines().join("\n")
    }

    #[track_caller]
    pub(crate) fn says(&self, words: &str) {
        let text = self.text();
        assert!(text.contains(words), "\"{words}\" is not in\n{text}");
    }

    #[track_caller]
    pub(crate) fn does_not_say(&self, words: &str) {
        let text = self.text();
        assert!(!text.contains(words), "\"{words}\" is in\n{text}");
    }
}

fn block_lines(block: &Block, lines: &mut Vec<String>) {
    match block {
        Block::Heading(heading) => lines.extend(heading.lines.iter().map(|line| joined(line))),
        Block::Para(para) => lines.push(labelled(para)),
        Block::Facts(table) => {
            lines.extend(
                table.rows.iter().map(|(label, value)| format!("{}: {}", joined(label), joined(value))),
            );
        }
        Block::Table(table) => {
            for cell in table.header.iter().chain(&table.rows).flatten() {
                lines.extend(cell.paras.iter().map(labelled));
            }
        }
        Block::Signatures(block) => {
            lines.extend(block.heading.iter().chain(&block.place_and_date).map(|runs| joined(runs)));
            for column in &block.columns {
                lines.extend(column.heading.iter().map(|line| joined(line)));
                lines.push(joined(&column.name));
                lines.extend(column.below.iter().map(|line| joined(line)));
            }
        }
        Block::Letterhead(head) => {
            lines.extend(head.names.iter().chain(&head.details).map(|line| joined(line)));
        }
        Block::Diagram(diagram) => {
            for one in &diagram.boxes {
                lines.push(format!("[{} {}]", joined(&one.title), joined(&one.text)));
                lines.extend(
                    one.aside.iter().map(|aside| format!("{}: {}", aside.label, joined(&aside.text))),
                );
                lines.extend(one.to_next.clone());
            }
        }
        Block::Picture(figure) => lines.push(format!("[{}]", figure.picture.alt)),
        Block::Frame(frame) => lines.push(joined(&frame.caption)),
        Block::Space { .. } | Block::PageBreak => {}
    }
}

fn labelled(para: &Para) -> String {
    let label = para.label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
    label + &joined(&para.runs)
}

/// The words of some runs.
pub(crate) fn joined(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}
