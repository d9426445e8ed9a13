//! Where pages end.

use super::super::font::Shaper;
use super::super::page::{Page, paginate};
use super::super::strip::Flow;
use super::super::surround::Surround;
use super::super::{layout, type_size};
use super::reading::read;
use crate::documents::any_document::{paper, para, signatures};
use crate::documents::model::{Align, Block, Cell, Document, Heading, Para, Run, Table};

fn paged<T>(document: &Document, see: impl FnOnce(&Flow, &[Page<'_>]) -> T) -> T {
    Shaper::with(|shaper| {
        let size = type_size(document.furniture.font_size);
        let geometry = Surround::new(shaper, &document.furniture, size)?.geometry;
        let flow = layout::flow(shaper, document, geometry, size)?;
        let pages = paginate(&flow, &geometry);
        Ok(see(&flow, &pages))
    })
    .unwrap()
}

fn words(count: usize) -> String {
    let words = ["kerja", "sama", "data", "kependudukan", "perangkat", "daerah", "dan", "pelayanan"];
    (0..count).map(|at| words[at % words.len()]).collect::<Vec<_>>().join(" ")
}

fn heading(text: &str) -> Block {
    Block::Heading(Heading { level: 3, lines: vec![vec![Run::bold(text)]], anchor: None })
}

/// Lines of text above the signatures on the page that holds them, the block being the last.
fn lines_above(document: &Document) -> usize {
    paged(document, |flow, pages| {
        let last = pages.last().unwrap();
        let ours = flow
            .strips
            .iter()
            .filter(|strip| strip.texts.iter().any(|text| text.underline) || !strip.drawings.is_empty());
        let name_page = ours.count();
        assert!(name_page > 0);
        let start = last
            .iter()
            .position(|placed| {
                let texts = placed.strip.texts.iter();
                texts.flat_map(|text| &text.line.spans).any(|span| span.text.starts_with("PIH"))
            })
            .expect("the block begins on the last page");
        last[..start].iter().filter(|placed| !placed.repeated).count()
    })
}

#[test]
fn signatures_are_never_alone_on_a_page() {
    for count in 0..70 {
        for closing in [3, 30, 60] {
            let mut blocks: Vec<Block> = (0..count).map(|at| Block::Para(para(&words(5 + at % 3)))).collect();
            blocks.push(Block::Para(para(&words(3))));
            blocks.push(Block::Para(para(&words(closing))));
            blocks.push(Block::Signatures(signatures()));
            let above = lines_above(&paper(blocks));
            assert!(above >= 2, "{count} paragraphs, {closing} words: {above} lines above");
        }
    }
}

#[test]
fn a_page_break_in_front_of_signatures_does_not_leave_them_alone() {
    let blocks = vec![Block::Para(para(&words(90))), Block::PageBreak, Block::Signatures(signatures())];
    assert!(lines_above(&paper(blocks)) >= 2);
}

#[test]
fn rows_of_a_table_come_along_with_the_signatures() {
    for rows in 20..60 {
        let cell = |text: &str| Cell { paras: vec![para(text)] };
        let table = Table {
            widths: vec![0.3, 0.7],
            header: vec![vec![cell("Unsur"), cell("Isi")]],
            rows: (0..rows).map(|_| vec![cell("data"), cell("isi")]).collect(),
        };
        let blocks = vec![Block::Table(table), Block::Signatures(signatures())];
        assert!(lines_above(&paper(blocks)) >= 2, "{rows} rows");
    }
}

#[test]
fn a_heading_stays_with_two_lines_of_its_clause() {
    for count in 30..60 {
        let mut blocks: Vec<Block> = (0..count).map(|_| Block::Para(para(&words(4)))).collect();
        blocks.push(heading("Pasal 1"));
        blocks.push(Block::Para(para(&words(60))));
        paged(&paper(blocks), |_, pages| {
            for page in pages {
                if let Some(at) = page.iter().position(|placed| placed.strip.bookmark.is_some()) {
                    assert!(page.len() >= at + 3, "{count}: heading at the foot of a page");
                }
            }
        });
    }
}

#[test]
fn no_line_of_a_paragraph_is_left_alone() {
    for count in 25..75 {
        let blocks = vec![Block::Para(para(&words(count * 9))), Block::Para(para(&words(80)))];
        paged(&paper(blocks), |_, pages| {
            if pages.len() > 1 {
                let first = &pages[1];
                assert!(first.len() >= 2, "{count}");
                if let Some(place) = first.iter().position(|placed| placed.strip.gap > 0.0) {
                    assert_ne!(place, 1, "{count}: one line carried over");
                }
                let gap = pages[0].iter().rposition(|placed| placed.strip.gap > 0.0);
                if let Some(place) = gap.filter(|place| *place > 0) {
                    assert!(pages[0].len() - place >= 2, "{count}: one line left behind");
                }
            }
        });
    }
}

#[test]
fn header_rows_are_repeated_and_long_rows_break() {
    let cell = |text: &str| Cell { paras: vec![Para { align: Align::Left, ..para(text) }] };
    let table = Table {
        widths: vec![0.2, 0.8],
        header: vec![vec![cell("Kolom kesatu"), cell("Kolom kedua")]],
        rows: (1..=9).map(|at| vec![cell(&format!("Baris {at}")), cell(&words(160))]).collect(),
    };
    let bytes = super::render(&paper(vec![Block::Table(table)])).unwrap();
    let sheets = read(&bytes);
    assert!(sheets.len() >= 3);
    assert!(sheets[0].text.contains("Kolom kedua"));
    for sheet in &sheets[1..] {
        assert!(sheet.furniture.contains("Kolom kesatu") && sheet.furniture.contains("Kolom kedua"));
        assert!(!sheet.text.contains("Kolom"));
    }
    let rows: String = sheets.iter().map(|sheet| sheet.text.as_str()).collect();
    for at in 1..=9 {
        assert_eq!(rows.matches(&format!("Baris {at}")).count(), 1);
    }
}

#[test]
fn what_is_kept_together_but_too_tall_still_prints() {
    let blocks = (0..90)
        .map(|_| Block::Para(Para { keep_with_next: true, ..para(&words(4)) }))
        .chain([Block::Signatures(signatures())])
        .collect();
    paged(&paper(blocks), |flow, pages| {
        assert_eq!(pages.iter().map(Vec::len).sum::<usize>(), flow.strips.len());
    });
}
