//! The paper as it comes out: nothing lost, nothing over the margin, the same bytes every time.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod join;
mod lines;
mod pages;
mod reading;
mod tools;

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::super::any_document::{any_document, paper, para, sample};
use super::super::model::{Block, Document, Run};
use super::page::Geometry;
use super::{PdfError, render};

/// The characters of a text without its spaces: lines may break inside a word that is too wide.
fn ink(text: &str) -> String {
    let visible = |c: &char| !c.is_whitespace() && *c != '\u{ad}';
    text.chars().filter(visible).collect()
}

fn sorted(text: &str) -> Vec<char> {
    let mut characters: Vec<char> = text.chars().collect();
    characters.sort_unstable();
    characters
}

fn runs_ink(runs: &[Run]) -> String {
    runs.iter().map(|run| ink(&run.text)).collect()
}

/// What a document says, block by block: the ink, and whether it stands in one column.
fn expected(document: &Document) -> Vec<(String, bool)> {
    let mut parts = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => {
                parts.push((heading.lines.iter().map(|line| runs_ink(line)).collect(), true));
            }
            Block::Para(para) => {
                parts.push((ink(para.label.as_deref().unwrap_or_default()), false));
                parts.push((runs_ink(&para.runs), true));
            }
            Block::Facts(table) => {
                let number = table.label.as_deref().unwrap_or_default();
                if !table.rows.is_empty() {
                    parts.push((ink(number), false));
                }
                for (label, value) in &table.rows {
                    parts.push((runs_ink(label), false));
                    parts.push((":".to_owned(), false));
                    parts.push((runs_ink(value), false));
                }
            }
            Block::Table(table) => {
                for cell in table.header.iter().chain(&table.rows).flatten() {
                    for para in &cell.paras {
                        parts.push((ink(para.label.as_deref().unwrap_or_default()), false));
                        parts.push((runs_ink(&para.runs), false));
                    }
                }
            }
            Block::Signatures(block) => {
                parts.push((block.heading.iter().map(|runs| runs_ink(runs)).collect(), false));
                parts.push((block.place_and_date.iter().map(|runs| runs_ink(runs)).collect(), false));
                for column in &block.columns {
                    for runs in column.heading.iter().chain([&column.name]).chain(&column.below) {
                        parts.push((runs_ink(runs), false));
                    }
                    if column.stamp_box {
                        parts.push(("Meterai".to_owned(), false));
                    }
                }
            }
            Block::Letterhead(head) => {
                for runs in head.names.iter().chain(&head.details) {
                    parts.push((runs_ink(runs), false));
                }
            }
            Block::Diagram(diagram) => {
                for one in &diagram.boxes {
                    parts.push((runs_ink(&one.title), false));
                    parts.push((runs_ink(&one.text), false));
                    if let Some(aside) = &one.aside {
                        parts.push((ink(&aside.label), false));
                        parts.push((runs_ink(&aside.text), false));
                    }
                    parts.push((ink(one.to_next.as_deref().unwrap_or_default()), false));
                }
                parts.push((runs_ink(&diagram.caption), false));
            }
            Block::Picture(figure) => parts.push((runs_ink(&figure.caption), false)),
            Block::Frame(frame) => parts.push((runs_ink(&frame.caption), false)),
            Block::Space { .. } | Block::PageBreak => {}
        }
    }
    parts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_of_any_document_arrives_inside_the_margins(document in any_document()) {
        let bytes = render(&document).unwrap();
        let sheets = reading::read(&bytes);
        let printed: String = sheets.iter().map(|sheet| ink(&sheet.text)).collect();
        let parts = expected(&document);
        let whole: String = parts.iter().map(|(text, _)| text.as_str()).collect();
        prop_assert_eq!(sorted(&printed), sorted(&whole));
        let mut rest = printed.as_str();
        for (text, one_column) in &parts {
            if *one_column && !text.is_empty() {
                let at = rest.find(text.as_str());
                prop_assert!(at.is_some(), "not in order: {}", text);
                rest = &rest[at.unwrap() + text.len()..];
            }
        }
        let page = Geometry::of(&document.furniture);
        for (left, right, baseline) in sheets.iter().flat_map(|sheet| &sheet.stretches) {
            prop_assert!(*left >= page.left - 0.1, "left of the margin: {}", left);
            prop_assert!(*right <= page.left + page.column + 0.3, "right of the margin: {}", right);
            prop_assert!(*baseline >= page.bottom, "below the margin: {}", baseline);
            prop_assert!(*baseline <= page.height - page.top, "above the margin: {}", baseline);
        }
        prop_assert!(bytes == render(&document).unwrap());
    }
}

#[test]
fn the_sample_reads_from_beginning_to_end() {
    let document = sample();
    let sheets = reading::read(&render(&document).unwrap());
    let text: String = sheets.iter().map(|sheet| sheet.text.as_str()).collect();
    let printed = ink(&text);
    for (part, _) in expected(&document) {
        assert!(printed.contains(&part), "missing: {part}");
    }
    assert!(text.contains("Kuncipencarian") || text.contains("Kunci pencarian"));
    assert!(sheets.iter().all(|sheet| sheet.furniture.contains("DRAF")));
    assert!(!sheets[0].furniture.contains("- 1 -"));
    assert!(sheets[1].furniture.contains("- 2 -"));
    let initials = |sheet: &reading::Sheet| sheet.furniture.contains("Paraf");
    let (last, others) = sheets.split_last().unwrap();
    assert!(others.iter().all(initials) && !initials(last));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = sample();
    let first = render(&document).unwrap();
    if let Some(path) = std::env::var_os("KAWAL_KEEP_PAPER") {
        std::fs::write(path, &first).unwrap();
    }
    render(&paper(vec![Block::Para(para("Di antaranya naskah lain."))])).unwrap();
    assert!(first == render(&document).unwrap());
}

/// Names the paper that another process prints: only run by the test below.
#[test]
fn prints_the_hash_of_the_sample() {
    if std::env::var_os("KAWAL_PRINT_HASH").is_some() {
        let hash = Sha256::digest(render(&sample()).unwrap());
        use std::io::Write;
        writeln!(std::io::stdout(), "hash={}", hex(&hash)).unwrap();
    }
}

#[test]
fn another_process_gives_the_same_bytes() {
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "documents::pdf::tests::prints_the_hash_of_the_sample"])
        .env("KAWAL_PRINT_HASH", "1")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let hash = hex(&Sha256::digest(render(&sample()).unwrap()));
    assert!(printed.contains(&format!("hash={hash}")), "{printed}");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_character_that_cannot_be_printed_is_named() {
    let document = paper(vec![Block::Para(para("Nama: 張先生"))]);
    let refused = render(&document).unwrap_err();
    assert!(matches!(refused, PdfError::NoGlyph { character: '張', .. }));
    assert!(refused.to_string().contains("張先生"));
}

#[test]
fn an_empty_document_is_one_empty_page() {
    assert_eq!(reading::read(&render(&paper(Vec::new())).unwrap()).len(), 1);
}

#[test]
fn the_file_says_that_it_is_an_archive_copy() {
    let file = lopdf::Document::load_mem(&render(&sample()).unwrap()).unwrap();
    assert_eq!(file.version, "1.4");
    let catalog = file.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"id-ID");
    let intent = catalog.get(b"OutputIntents").unwrap().as_array().unwrap()[0].as_dict().unwrap();
    assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFA1");
    let packet = file.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
    let packet = String::from_utf8(packet.as_stream().unwrap().content.clone()).unwrap();
    assert!(packet.contains("<pdfaid:part>1</pdfaid:part>"));
    assert!(packet.contains("<xmp:CreateDate>2031-01-23T00:00:00+00:00</xmp:CreateDate>"));
    let descriptors: Vec<_> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.has_type(b"FontDescriptor"))
        .collect();
    assert_eq!(descriptors.len(), 4);
    assert!(descriptors.iter().all(|dict| dict.has(b"CIDSet") && dict.has(b"FontFile3")));
    let outline = file.objects.values().filter_map(|object| object.as_dict().ok());
    assert_eq!(outline.filter(|dict| dict.has(b"Dest")).count(), 14);
}

#[test]
fn a_seven_page_agreement_stays_small() {
    let bytes = render(&sample()).unwrap();
    assert!(bytes.len() <= 60_000, "{} bytes", bytes.len());
}
