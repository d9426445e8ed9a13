#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::documents::model::Document;
use crate::domain::fact_sheet::RegionKind;

fn print_twin(name: &str) -> Paper {
    pks(&twin(name), &PrintState::default()).unwrap()
}

fn twin(name: &str) -> FactSheet {
    let path = format!("{}/tests/fixtures/twins/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(path).unwrap();
    serde_saphyr::from_str(file.strip_prefix("kawal: 1\n").unwrap()).unwrap()
}

fn joined(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// The paper as plain lines, numbers in front.
fn text(document: &Document) -> String {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => {
                lines.push(String::new());
                lines.extend(heading.lines.iter().map(|line| joined(line)));
            }
            Block::Para(para) => {
                let label = para.label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
                lines.push(format!("{}{label}{}", "   ".repeat(para.level.into()), joined(&para.runs)));
            }
            Block::Facts(table) => {
                for (index, (label, value)) in table.rows.iter().enumerate() {
                    let number = table.label.as_deref().filter(|_| index == 0).unwrap_or("  ");
                    lines.push(format!("{number} {} : {}", joined(label), joined(value)));
                }
            }
            Block::Signatures(block) => {
                for column in &block.columns {
                    lines.push(String::new());
                    lines.extend(column.heading.iter().map(|line| joined(line)));
                    lines.push(joined(&column.name));
                    lines.extend(column.below.iter().map(|line| joined(line)));
                }
            }
            Block::Space { .. } => lines.push(String::new()),
            Block::Table(_) | Block::PageBreak => {}
        }
    }
    lines.join("\n")
}

#[test]
fn dump() {
    for name in ["desa", "dinas_sosial", "kecamatan", "bpbd", "pertanian"] {
        let paper = print_twin(name);
        println!(
            "=== {name}\n{}\n{:#?}\n{:?}",
            text(&paper.document),
            paper.references,
            paper.document.gaps()
        );
    }
}
