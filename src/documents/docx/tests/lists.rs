//! Labels become counting where a word processor counts alike, and text everywhere else.

use super::{open, paragraphs};
use crate::documents::any_document::{paper, para, sample};
use crate::documents::model::{Align, Block, Document, Heading, Para, Run};

fn item(label: &str, level: u8) -> Block {
    Block::Para(Para { label: Some(label.to_owned()), level, ..para("Isi.") })
}

fn heading() -> Block {
    Block::Heading(Heading { level: 3, lines: vec![vec![Run::plain("Pasal 2")]], anchor: None })
}

/// The list and level of each paragraph; none where its label is text.
fn places(blocks: Vec<Block>) -> Vec<Option<(u32, u32)>> {
    let document = paper(blocks);
    let value = |xml: &str, name: &str| -> Option<u32> {
        xml.split_once(&format!("<{name} w:val=\""))?.1.split('"').next()?.parse().ok()
    };
    let place = |xml: &String| Some((value(xml, "w:numId")?, value(xml, "w:ilvl")?));
    paragraphs(&open(&document)).iter().map(place).collect()
}

#[test]
fn an_article_is_one_list_of_several_levels() {
    let blocks = [("(1)", 0), ("a.", 1), ("b.", 1), ("1)", 2), ("2)", 2), ("(2)", 0), ("a.", 1)];
    let places = places(blocks.map(|(label, level)| item(label, level)).to_vec());
    let expected = blocks.map(|(_, level)| Some((1, u32::from(level))));
    assert_eq!(places, expected);
}

#[test]
fn each_article_counts_from_one() {
    let blocks = vec![item("(1)", 0), item("(2)", 0), heading(), item("(1)", 0), item("(2)", 0)];
    assert_eq!(places(blocks), [Some((1, 0)), Some((1, 0)), None, Some((2, 0)), Some((2, 0))]);
}

#[test]
fn a_list_goes_on_behind_a_sentence_of_its_own() {
    let blocks = vec![item("(1)", 0), Block::Para(para("Di antaranya.")), item("(2)", 0)];
    assert_eq!(places(blocks), [Some((1, 0)), None, Some((1, 0))]);
}

#[test]
fn a_letter_that_is_also_a_roman_number_is_read_from_its_list() {
    let letters: Vec<Block> = ('a'..='k').map(|letter| item(&format!("{letter}."), 0)).collect();
    assert!(places(letters).iter().all(|place| *place == Some((1, 0))));
    let roman = ["I.", "II.", "III.", "IV.", "V."].map(|label| item(label, 0)).to_vec();
    assert!(places(roman).iter().all(|place| *place == Some((1, 0))));
}

#[test]
fn a_list_may_begin_anywhere_and_a_gap_begins_another() {
    let blocks = vec![item("4.", 0), item("5.", 0), item("7.", 0), item("8.", 0)];
    assert_eq!(places(blocks), [Some((1, 0)), Some((1, 0)), Some((2, 0)), Some((2, 0))]);
    let file = open(&paper(vec![item("4.", 0)]));
    assert!(file.text().starts_with("4. Isi."));
}

#[test]
fn a_label_that_is_not_counted_stays_text() {
    for label in ["ab.", "1.1", "Pasal 2 ayat (1)", "※", "00."] {
        assert_eq!(places(vec![item(label, 0)]), [None], "{label}");
        assert!(open(&paper(vec![item(label, 0)])).text().contains(label), "{label}");
    }
    let hanging = paragraphs(&open(&paper(vec![item("1.1", 0)])));
    assert!(hanging[0].contains("w:hanging=") && hanging[0].contains("<w:tab/>"), "{}", hanging[0]);
}

#[test]
fn an_item_under_none_is_a_list_of_its_own() {
    // A skipped level would be counted by the word processor.
    let blocks = vec![item("(1)", 0), item("1)", 2), item("a.", 1), item("(2)", 0)];
    assert_eq!(places(blocks), [Some((1, 0)), Some((2, 2)), Some((1, 1)), Some((1, 0))]);
}

#[test]
fn the_agreement_has_no_label_as_text() {
    let document = Document {
        blocks: sample().blocks.into_iter().filter(|block| matches!(block, Block::Para(_))).collect(),
        ..sample()
    };
    let file = open(&document);
    assert!(!file.part("word/document.xml").contains("<w:tab/>"));
    let labels = document.blocks.iter().filter(|block| matches!(block, Block::Para(p) if p.label.is_some()));
    assert_eq!(file.part("word/document.xml").matches("<w:numPr>").count(), labels.count());
}

#[test]
fn items_of_a_narrow_cell_are_counted_and_set_ragged() {
    let narrow = Para { align: Align::Justify, label: Some("a.".to_owned()), ..para("Isi.") };
    let cell = crate::documents::model::Cell { paras: vec![narrow] };
    let table = crate::documents::model::Table {
        widths: vec![0.5, 0.5],
        header: vec![],
        rows: vec![vec![cell.clone(), cell]],
    };
    let all = paragraphs(&open(&paper(vec![Block::Table(table)])));
    assert!(all[0].contains("<w:numPr>") && !all[0].contains("<w:jc w:val=\"both\"/>"), "{}", all[0]);
}
