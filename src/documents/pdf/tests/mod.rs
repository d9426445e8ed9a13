//! The paper as it comes out: nothing lost, nothing over the margin, the same bytes every time.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bundle;
mod figures;
mod hearing;
mod join;
mod lines;
mod long;
mod pages;
mod pictures;
mod reading;
mod tools;

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::super::any_document::{any_document, form, guide, paper, para, sample};
use super::super::model::{Block, Document, Run};
use super::font::Shaper;
use super::page::Geometry;
use super::surround::Surround;
use super::{PdfError, render, render_all, type_size};

/// The page with the room that its furniture leaves.
fn geometry(document: &Document) -> Geometry {
    let size = type_size(document.furniture.font_size);
    Shaper::with(|shaper| Ok(Surround::new(shaper, &document.furniture, size)?.geometry)).unwrap()
}

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
                }
                let stamps = block.columns.iter().filter(|column| column.stamp_box);
                parts.extend(stamps.map(|_| ("Meterai".to_owned(), false)));
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

/// What is wrong with a page: text or shapes outside the margins, text over text, furniture that is
/// missing, over the text, or over other furniture.
fn faults(document: &Document, sheet: &reading::Sheet) -> Vec<String> {
    let page = geometry(document);
    let (right, top) = (page.left + page.column, page.height - page.top);
    let mut faults = Vec::new();
    for at in &sheet.stretches {
        if at.left < page.left - 0.1 || at.right > right + 0.3 {
            faults.push(format!("beside the margins: {at:?}"));
        }
        if at.baseline < page.bottom || at.baseline > top {
            faults.push(format!("above or below the margins: {at:?}"));
        }
    }
    for (x, y) in &sheet.corners {
        if *x < page.left - 0.5 || *x > right + 0.5 || *y < page.bottom - 4.0 || *y > top + 0.5 {
            faults.push(format!("a shape outside the margins: {x} {y}"));
        }
    }
    let around: Vec<_> = sheet
        .furniture_stretches
        .iter()
        .filter(|at| at.baseline > top || at.baseline < page.bottom)
        .copied()
        .collect();
    for at in &around {
        if at.left < page.left - 0.1 || at.right > right + 0.3 {
            faults.push(format!("furniture beside the margins: {at:?}"));
        }
        let above = at.baseline - at.size * 0.25 >= top;
        let below = at.baseline + at.size * 0.75 <= page.bottom;
        if !(above || below) || at.baseline < 10.0 || at.baseline > page.height - 10.0 {
            faults.push(format!("furniture in the text or off the page: {at:?}"));
        }
    }
    for stretches in [&sheet.stretches, &around] {
        for (number, one) in stretches.iter().enumerate() {
            if let Some(other) = stretches[number + 1..].iter().find(|other| one.overlaps(other)) {
                faults.push(format!("over each other: {one:?} {other:?}"));
            }
        }
    }
    let printed = ink(&sheet.furniture);
    let furniture = &document.furniture;
    let form = furniture.form.iter().flat_map(|form| {
        let rows = form.rows.iter().flat_map(|(name, value)| [name, value]);
        rows.chain(&form.title).chain([&form.kind, &form.page_label])
    });
    let check = furniture.check.iter().flat_map(|check| &check.lines);
    for text in furniture.mark.iter().chain(form).chain(check) {
        if !printed.contains(&ink(text)) {
            faults.push(format!("missing in the furniture: {text}"));
        }
    }
    faults
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
        let told: String = reading::heard(&bytes).iter().map(|(_, _, text)| ink(text)).collect();
        prop_assert_eq!(told, whole);
        for (number, sheet) in sheets.iter().enumerate() {
            let found = faults(&document, sheet);
            prop_assert!(found.is_empty(), "page {}: {:?}", number + 1, found);
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
    if let Some(folder) = std::env::var_os("KAWAL_KEEP_PAPERS") {
        let folder = std::path::Path::new(&folder);
        std::fs::write(folder.join("sample.pdf"), &first).unwrap();
        std::fs::write(folder.join("form.pdf"), render(&form()).unwrap()).unwrap();
        std::fs::write(folder.join("guide.pdf"), render(&guide(12)).unwrap()).unwrap();
        let all = render_all(&[sample(), form(), guide(3)], "Bundel").unwrap();
        std::fs::write(folder.join("all.pdf"), all).unwrap();
    }
    render(&paper(vec![Block::Para(para("Di antaranya naskah lain."))])).unwrap();
    assert!(first == render(&document).unwrap());
}

/// All that the tests print, as one hash.
fn hash_of_all() -> String {
    let mut hash = Sha256::new();
    for document in [sample(), form(), guide(4)] {
        hash.update(render(&document).unwrap());
    }
    hash.update(render_all(&[form(), sample(), form()], "Bundel").unwrap());
    hex(&hash.finalize())
}

/// Names the papers that another process prints: only run by the test below.
#[test]
fn prints_the_hash_of_all() {
    if std::env::var_os("KAWAL_PRINT_HASH").is_some() {
        use std::io::Write;
        writeln!(std::io::stdout(), "hash={}", hash_of_all()).unwrap();
    }
}

#[test]
fn another_process_gives_the_same_bytes() {
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "documents::pdf::tests::prints_the_hash_of_all"])
        .env("KAWAL_PRINT_HASH", "1")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(printed.contains(&format!("hash={}", hash_of_all())), "{printed}");
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
    let mut document = sample();
    document.furniture.check = form().furniture.check;
    let bytes = render(&document).unwrap();
    assert!(bytes.len() <= 80_000, "{} bytes", bytes.len());
}
