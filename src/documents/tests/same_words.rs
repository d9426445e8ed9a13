//! One model, four writers: whatever a paper says, PDF, HTML, DOCX and plain text say the same words.
//! What surrounds a page (numbers, boxes for initials, marks) is no part of it.

use proptest::prelude::*;

use crate::documents::any_document::{any_document, everything, sample, stretches};
use crate::documents::docx::tests::reading::Docx;
use crate::documents::model::{Block, Document, SignatureBlock, SignatureColumn};
use crate::documents::{docx, html, pdf, text};

/// Signs that the writers draw with: no document of these tests says them.
const DRAWN: &str = "│─═┌┐└┘↓→⟶";

/// The characters of a text without spaces and drawings.
pub(in crate::documents) fn ink(text: &str) -> String {
    text.chars().filter(|&c| !c.is_whitespace() && !c.is_control() && !DRAWN.contains(c)).collect()
}

fn sorted(text: &str) -> Vec<char> {
    let mut characters: Vec<char> = text.chars().collect();
    characters.sort_unstable();
    characters
}

/// What a document says, in reading order.
fn said(document: &Document) -> String {
    stretches(document).iter().map(|stretch| ink(stretch)).collect()
}

/// The same with signatures read across: a table has all headings in one row, all names in another.
pub(in crate::documents) fn said_across(document: &Document) -> String {
    let mut across = document.clone();
    across.blocks = document.blocks.iter().cloned().flat_map(rows).collect();
    said(&across)
}

fn rows(block: Block) -> Vec<Block> {
    let Block::Signatures(block) = block else { return vec![block] };
    let row = |part: &dyn Fn(SignatureColumn) -> SignatureColumn| {
        let columns = block.columns.iter().cloned().map(part).collect();
        Block::Signatures(SignatureBlock { place_and_date: None, columns, heading: None })
    };
    let empty = SignatureColumn { heading: vec![], name: vec![], below: vec![], stamp_box: false };
    let above = SignatureBlock { columns: vec![], ..block.clone() };
    vec![
        Block::Signatures(above),
        row(&|column| SignatureColumn { heading: column.heading, ..empty.clone() }),
        row(&|column| SignatureColumn { stamp_box: column.stamp_box, ..empty.clone() }),
        row(&|column| SignatureColumn { name: column.name, ..empty.clone() }),
        row(&|column| SignatureColumn { below: column.below, ..empty.clone() }),
    ]
}

/// The paper with nothing around its text, and no header rows that pages would repeat.
fn bare(document: &Document) -> Document {
    let mut bare = document.clone();
    let furniture = &mut bare.furniture;
    furniture.page_numbers = false;
    furniture.paraf.clear();
    furniture.mark.clear();
    (furniture.watermark, furniture.form, furniture.check) = (None, None, None);
    for block in &mut bare.blocks {
        if let Block::Table(table) = block {
            let header = std::mem::take(&mut table.header);
            table.rows.splice(0..0, header);
        }
    }
    bare
}

/// What a browser would show.
fn of_html(document: &Document) -> String {
    let (mut shown, mut inside) = (String::new(), false);
    for character in html::render(document).chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            other if !inside => shown.push(other),
            _ => {}
        }
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(shown, |text, (safe, plain)| text.replace(safe, plain))
}

fn of_pdf(document: &Document) -> String {
    let file = lopdf::Document::load_mem(&pdf::render(document).unwrap()).unwrap();
    let pages: Vec<u32> = file.get_pages().into_keys().collect();
    file.extract_text(&pages).unwrap()
}

/// Compares all four.
fn check(document: &Document) -> Result<(), TestCaseError> {
    let document = bare(document);
    let said = said(&document);
    prop_assert_eq!(ink(&of_html(&document)), said.clone(), "HTML");
    let file = Docx::open(&docx::render(&document).unwrap());
    prop_assert_eq!(ink(&file.text()), said_across(&document), "DOCX");
    let plain = ink(&text::render(&document));
    prop_assert_eq!(sorted(&plain), sorted(&said), "text");
    let mut rest = plain.as_str();
    for block in &document.blocks {
        if let Block::Heading(_) | Block::Para(_) = block {
            let alone = Document { blocks: vec![block.clone()], ..document.clone() };
            let words = self::said(&alone);
            let at = rest.find(&words);
            prop_assert!(at.is_some(), "text, not in order: {}", words);
            rest = &rest[at.unwrap_or(0) + words.len()..];
        }
    }
    prop_assert_eq!(sorted(&ink(&of_pdf(&document))), sorted(&said), "PDF");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn four_writers_say_the_same_words_of_any_document(document in any_document()) {
        check(&document)?;
    }
}

#[test]
fn four_writers_say_the_same_words_of_an_agreement_and_of_every_block() {
    check(&sample()).unwrap();
    check(&everything()).unwrap();
}
