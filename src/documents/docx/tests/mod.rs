//! The file as other programs take it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod lists;
mod office;
pub(in crate::documents) mod reading;

use super::{DocxError, render, render_all};
use crate::documents::any_document::{any_document, everything, paper, para, sample, signatures};
use crate::documents::model::{Block, Cell, Document, Picture, Table};
use crate::documents::papers::{self, PaperFormat};
use proptest::prelude::*;
use reading::{Docx, Piece, attribute, pieces};

fn open(document: &Document) -> Docx {
    Docx::open(&render(document).unwrap())
}

/// The paragraphs of the text as XML.
fn paragraphs(file: &Docx) -> Vec<String> {
    let parts = file.part("word/document.xml").split("<w:p>").skip(1);
    parts.map(|part| part.split("</w:p>").next().unwrap().to_owned()).collect()
}

/// Every part is well-formed: what opens closes, in order, and no character is forbidden.
fn well_formed(file: &Docx) {
    for (name, content) in &file.parts {
        if name.ends_with(".png") {
            continue;
        }
        let xml = std::str::from_utf8(content).unwrap();
        let bad = xml.chars().find(|c| c.is_control() && *c != '\n' || matches!(c, '\u{fffe}' | '\u{ffff}'));
        assert_eq!(bad, None, "{name}");
        let mut stack = Vec::new();
        for piece in pieces(xml.split_once("?>").unwrap().1) {
            match piece {
                Piece::Open(tag, rest) if !rest.ends_with('/') => stack.push(tag),
                Piece::Open(..) => {}
                Piece::Close(tag) => assert_eq!(stack.pop(), Some(tag), "{name}"),
                Piece::Text(text) => assert!(!text.replace("&amp;", "").contains("& "), "{name}: {text}"),
            }
        }
        assert!(stack.is_empty(), "{name}: {stack:?}");
    }
}

/// What is referred to exists: relationships, styles, content types, lists.
fn sound(file: &Docx) {
    well_formed(file);
    let targets: Vec<(&str, &str)> = pieces(file.part("word/_rels/document.xml.rels"))
        .filter_map(|piece| match piece {
            Piece::Open("Relationship", rest) => {
                Some((attribute(rest, "Id").unwrap(), attribute(rest, "Target").unwrap()))
            }
            _ => None,
        })
        .collect();
    for (id, target) in &targets {
        assert!(file.parts.contains_key(&format!("word/{target}")), "{id} leads to {target}");
    }
    let types = file.part("[Content_Types].xml");
    let styles = file.part("word/styles.xml");
    for name in file.parts.keys().filter(|name| name.ends_with(".xml") && *name != "[Content_Types].xml") {
        assert!(types.contains(&format!("PartName=\"/{name}\"")), "{name} has no content type");
        let mut cell = None;
        for piece in pieces(file.part(name)) {
            match piece {
                Piece::Open("w:pStyle" | "w:rStyle" | "w:tblStyle" | "w:basedOn" | "w:next", rest) => {
                    let style = attribute(rest, "w:val").unwrap();
                    assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "no style {style}");
                }
                Piece::Open("w:headerReference" | "w:footerReference" | "a:blip", rest) => {
                    let id = attribute(rest, "r:id").or_else(|| attribute(rest, "r:embed")).unwrap();
                    assert!(targets.iter().any(|(known, _)| *known == id), "no relationship {id}");
                }
                // Word refuses a cell whose last element is not a paragraph.
                Piece::Close("w:tc") => assert_eq!(cell, Some("w:p"), "{name}"),
                Piece::Close(tag) => cell = Some(tag),
                _ => {}
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_becomes_a_sound_file(document in any_document()) {
        sound(&open(&document));
    }
}

#[test]
fn what_xml_cannot_carry_is_left_out() {
    let file = open(&paper(vec![Block::Para(para("a\u{1}b\u{b}c\u{fffe}d & <w:p> \"e\" 'f'"))]));
    sound(&file);
    assert!(file.part("word/document.xml").contains("a b cd &amp; &lt;w:p&gt; &quot;e&quot; &#39;f&#39;"));
}

#[test]
fn the_same_document_gives_the_same_bytes_whenever_it_is_written() {
    let document = everything();
    let first = render(&document).unwrap();
    assert!(first == render(&document).unwrap());
    // Bytes 10 to 13 of each entry are its date: the first day the format knows.
    assert_eq!(&first[10..14], [0, 0, 0x21, 0]);
    keep();
}

/// Puts the papers of the tests where somebody wants to look at them.
fn keep() {
    let Some(folder) = std::env::var_os("KAWAL_KEEP_PAPERS") else { return };
    let folder = std::path::PathBuf::from(folder);
    for (name, document) in [("semua", everything()), ("contoh", sample())] {
        for &format in PaperFormat::ALL {
            let path = folder.join(format!("{name}.{}", format.code()));
            std::fs::write(path, papers::write(std::slice::from_ref(&document), format).unwrap()).unwrap();
        }
    }
    let both = [everything(), sample(), everything()];
    std::fs::write(folder.join("berkas.docx"), render_all(&both, "Berkas").unwrap()).unwrap();
}

#[test]
fn headings_are_those_of_the_navigation_pane() {
    let file = open(&sample());
    let styles = file.part("word/styles.xml");
    for (id, name, level) in [("Judul", "heading 1", 0), ("Bab", "heading 2", 1), ("Pasal", "heading 3", 2)] {
        let style = styles.split("<w:style ").find(|style| style.contains(&format!("\"{id}\""))).unwrap();
        assert!(style.contains(&format!("<w:name w:val=\"{name}\"/>")), "{style}");
        assert!(style.contains(&format!("<w:outlineLvl w:val=\"{level}\"/>")), "{style}");
    }
    let paragraphs = paragraphs(&file);
    let articles = paragraphs.iter().filter(|xml| xml.contains("<w:pStyle w:val=\"Pasal\"/>"));
    assert_eq!(articles.count(), 13);
    let title = paragraphs.iter().find(|xml| xml.contains("<w:pStyle w:val=\"Judul\"/>")).unwrap();
    assert!(title.contains("PERJANJIAN KERJA SAMA</w:t></w:r><w:r><w:br/></w:r>"), "{title}");
}

#[test]
fn a_header_row_is_repeated_and_every_row_has_every_cell() {
    let cell = |text: &str| Cell { paras: vec![para(text)] };
    let table = Table {
        widths: vec![0.2, 0.3, 0.5],
        header: vec![vec![cell("No."), cell("Unsur"), cell("Isi")]],
        rows: vec![vec![cell("1")], vec![cell("2"), cell("Nama"), cell("lengkap")]],
    };
    let file = open(&paper(vec![Block::Table(table)]));
    let xml = file.part("word/document.xml");
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 1);
    for row in xml.split("<w:tr>").skip(1) {
        assert_eq!(row.matches("<w:tc>").count(), 3, "{row}");
    }
    let widths: Vec<i32> = xml
        .split("<w:gridCol w:w=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect();
    let column = 12189 - 1701 - 1417;
    assert!((column - widths.iter().sum::<i32>()).abs() <= 3, "{widths:?}");
}

#[test]
fn signatures_bring_two_lines_along() {
    for closing in ["Penutup.", &"Naskah ini dibuat dalam rangkap dua yang sama bunyinya. ".repeat(3)] {
        let blocks = vec![
            Block::Para(para("Sebelum penutup.")),
            Block::Para(para(closing)),
            Block::Signatures(signatures()),
        ];
        let file = open(&paper(blocks));
        let paragraphs = paragraphs(&file);
        let kept = |at: usize| paragraphs[at].contains("<w:keepNext/>");
        assert_eq!(kept(0), closing.len() < 20, "{closing}");
        let last = paragraphs.iter().rposition(|xml| xml.contains("SAMUDRA")).unwrap();
        assert!((1..=last).all(kept), "{closing}");
    }
}

#[test]
fn pages_are_set_up_as_the_furniture_says() {
    let mut document = everything();
    document.furniture.margins.left = 40.0;
    document.furniture.line_spacing = 1.5;
    let file = open(&document);
    sound(&file);
    let xml = file.part("word/document.xml");
    assert!(xml.contains("<w:pgSz w:w=\"12189\" w:h=\"18709\"/>"));
    assert!(xml.contains("w:left=\"2268\" w:header="));
    assert!(file.part("word/styles.xml").contains("<w:spacing w:line=\"389\" w:lineRule=\"auto\"/>"));
    for name in ["word/header1.xml", "word/headerFirst1.xml"] {
        let header = file.part(name);
        for part in ["INTERNAL", "FR-01/2031", "\" PAGE \"", " dari ", "\" NUMPAGES \""] {
            assert!(header.contains(part), "{name}: {part}");
        }
    }
    assert!(file.part("word/footer1.xml").contains("\" PAGE \""));
    let first = file.part("word/footerFirst1.xml");
    assert!(!first.contains("PAGE") && first.contains("Paraf Dua") && first.contains("periksa/1"));
}

#[test]
fn a_draft_carries_its_mark_behind_every_page() {
    let file = open(&sample());
    for name in ["word/header1.xml", "word/headerFirst1.xml"] {
        assert!(file.part(name).contains("string=\"DRAF\""));
    }
    let clean = Document { furniture: everything().furniture, ..sample() };
    assert!(!open(&clean).part("word/header1.xml").contains("v:shape "));
}

#[test]
fn papers_of_one_file_count_their_own_pages_and_share_a_picture() {
    let mut arial = everything();
    arial.furniture.font = crate::documents::model::FontFamily::Liberation;
    arial.furniture.font_size = 12.0;
    let file = Docx::open(&render_all(&[everything(), sample(), arial], "Berkas <satu>").unwrap());
    sound(&file);
    let xml = file.part("word/document.xml");
    assert_eq!(xml.matches("<w:sectPr>").count(), 3);
    assert_eq!(xml.matches("<w:pgNumType w:start=\"1\"/>").count(), 3);
    assert!(file.part("word/header3.xml").contains("\" SECTIONPAGES \""));
    assert!(!file.part("word/header2.xml").contains("INTERNAL"));
    assert_eq!(file.parts.keys().filter(|name| name.ends_with(".png")).count(), 1);
    assert!(xml.contains("w:ascii=\"Arial\"") && xml.contains("<w:sz w:val=\"24\"/>"));
    assert!(file.part("docProps/core.xml").contains("<dc:title>Berkas &lt;satu&gt;</dc:title>"));
    assert!(file.part("docProps/core.xml").contains("2031-01-23T00:00:00Z</dcterms:created>"));
}

#[test]
fn no_paper_at_all_is_still_a_file() {
    sound(&open(&paper(Vec::new())));
    sound(&Docx::open(&render_all(&[], "Kosong").unwrap()));
}

#[test]
fn a_damaged_picture_is_named() {
    let picture =
        Picture { png: "bukan gambar".to_owned(), alt: "Logo dinas".to_owned(), width: 1, height: 1 };
    let head = crate::documents::model::Letterhead { logo: Some(picture), names: vec![], details: vec![] };
    let refused = render(&paper(vec![Block::Letterhead(head)])).unwrap_err();
    assert!(matches!(&refused, DocxError::Picture { alt } if alt == "Logo dinas"), "{refused}");
}
