//! Whatever a fact holds is printed as it was typed: in every paper, with every sample, by every writer.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::Value;

use super::clause::{Wording, sanitised};
use super::model::{Block, Document};
use super::papers::PaperKind;
use super::samples::{Sample, samples};
use super::vocabulary::print;
use super::{html, text};
use crate::domain::fact_sheet::FactSheet;

/// Texts of a tree, each with what it becomes.
fn each_text(tree: &mut Value, path: &mut Vec<String>, change: &mut impl FnMut(&[String], &mut String)) {
    match tree {
        Value::String(text) => change(path, text),
        Value::Array(items) => {
            for (at, item) in items.iter_mut().enumerate() {
                path.push(at.to_string());
                each_text(item, path, change);
                path.pop();
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                path.push(name.clone());
                each_text(field, path, change);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Paths of the facts that hold free text: neither date nor code.
fn free_texts(sample: &Sample) -> Vec<Vec<String>> {
    let tree = sample.facts.to_tree();
    let mut all = Vec::new();
    each_text(&mut tree.clone(), &mut Vec::new(), &mut |path, _| all.push(path.to_vec()));
    all.retain(|wanted| {
        let mut tried = tree.clone();
        each_text(&mut tried, &mut Vec::new(), &mut |path, text| {
            if path == wanted {
                "bebas".clone_into(text);
            }
        });
        serde_json::from_value::<FactSheet>(tried).is_ok()
    });
    all
}

/// The same of every sample.
static FREE: LazyLock<Vec<Vec<Vec<String>>>> = LazyLock::new(|| samples().iter().map(free_texts).collect());

/// The sample with every free text replaced; `value` gets the place of the text.
fn filled(sample: &Sample, free: &[Vec<String>], value: impl Fn(usize) -> String) -> Sample {
    let mut tree = sample.facts.to_tree();
    each_text(&mut tree, &mut Vec::new(), &mut |path, text| {
        if let Some(at) = free.iter().position(|known| known == path) {
            *text = value(at);
        }
    });
    Sample { facts: serde_json::from_value(tree).unwrap(), ..sample.clone() }
}

/// A mark that stands for the text at a place and is found again whatever stands around it.
fn mark(at: usize) -> (String, String) {
    let letters: String = at.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
    (format!("Qz{letters}q"), format!("q{letters}zQ"))
}

/// A text without blanks and in one case: headings are capitals, lines are broken.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// The paper without what the text writer sets side by side, line by line.
fn without_columns(document: &Document) -> Document {
    let mut document = document.clone();
    document.blocks.retain(|block| !matches!(block, Block::Signatures(_) | Block::Facts(_)));
    document
}

fn runs(document: &Document) -> String {
    let mut all = String::new();
    document.each_run(|run| all.push_str(&run.text));
    squeezed(&all)
}

/// What a reader of the page sees.
fn seen(html: &str) -> String {
    let mut all = String::new();
    for (at, piece) in html.split('<').enumerate() {
        all.push_str(if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) });
    }
    let plain = all
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    squeezed(&plain)
}

/// Kinds and labels of the blocks: what markup in a value would change.
fn skeleton(document: &Document) -> Vec<(std::mem::Discriminant<Block>, Option<String>, u8)> {
    let shape = |block: &Block| match block {
        Block::Para(para) => (std::mem::discriminant(block), para.label.clone(), para.level),
        other => (std::mem::discriminant(other), None, 0),
    };
    document.blocks.iter().map(shape).collect()
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "__",
        "#",
        " # ",
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "[",
        "]",
        "](",
        "<",
        ">",
        "<b>",
        "</b>",
        "^",
        " ^or",
        " ^duties",
        "`",
        "```",
        "- ",
        "1. ",
        "\\",
        "&",
        "&amp;",
        "|",
        "~",
        "!",
        "a",
        " ",
        "\n",
        "{{ ref(\"x\") }}",
        "\u{E000}\u{E010}\u{E001}",
    ]);
    prop::collection::vec(pieces, 1..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_value_prints_as_it_was_typed_in_every_paper_and_by_every_writer(value in hostile(), which in 0..5_usize) {
        let sample = &samples()[which];
        let free = &FREE[which];
        let plain = filled(sample, free, |at| { let (open, close) = mark(at); format!("{open}{close}") });
        let odd = |at: usize| { let (open, close) = mark(at); format!("{open}{value}{close}") };
        let typed = filled(sample, free, odd);
        for &kind in PaperKind::ALL {
            let (Ok(plain), _) = print(kind, &plain, &Wording::standard()) else { continue };
            let printed = print(kind, &typed, &Wording::standard()).0.unwrap();
            prop_assert_eq!(skeleton(&printed.document), skeleton(&plain.document));
            let lines = |document: &Document| squeezed(&text::render(&without_columns(document)));
            let writers = [
                ("runs", runs(&plain.document), runs(&printed.document)),
                ("html", seen(&html::render(&plain.document)), seen(&html::render(&printed.document))),
                ("text", lines(&plain.document), lines(&printed.document)),
            ];
            let mut found = 0;
            for (at, path) in free.iter().enumerate() {
                let (open, close) = mark(at);
                let expected = squeezed(&sanitised(&odd(at)));
                for (writer, before, after) in &writers {
                    if before.contains(&squeezed(&format!("{open}{close}"))) {
                        found += 1;
                        prop_assert!(after.contains(&expected), "{kind:?} by {writer}: {path:?}");
                    }
                }
            }
            prop_assert!(found > 15, "{kind:?} of {} prints only {found}", sample.code);
        }
    }
}
