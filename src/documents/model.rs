//! The one model of a paper: furniture and a list of blocks. Every writer (PDF, HTML, text) prints
//! the same `Document`, so no word can differ between them.
//!
//! A document is finished text: it holds no placeholder, no query and no clock. It is also what is
//! frozen at signing (serialised as JSON), so fields are only ever added, with a serde default.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A paper, ready for any writer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Plain title for metadata and the browser tab, e.g. "Perjanjian Kerja Sama …".
    pub title: String,
    /// The date the paper carries (its signing or letter date), used for PDF metadata; never "now".
    pub dated: Option<NaiveDate>,
    /// What surrounds the text on each page.
    pub furniture: Furniture,
    /// The text.
    pub blocks: Vec<Block>,
}

/// Page set-up and what is repeated on each page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Furniture {
    /// Paper size; F4 is the office default.
    pub paper: Paper,
    /// Which vendored family the paper is set in.
    pub font: FontFamily,
    /// Type size in points, 11 or 12.
    pub font_size: f32,
    /// Print "- n -" at the foot of each page from the second on.
    pub page_numbers: bool,
    /// Boxes for the initials (paraf) of both parties at the foot of each page but the last;
    /// labels from left to right. Empty: none.
    #[serde(default)]
    pub paraf: Vec<String>,
    /// Printed across every page, e.g. "DRAF"; none on a final paper.
    #[serde(default)]
    pub watermark: Option<String>,
}

/// Paper sizes used by Indonesian offices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 215 × 330 mm ("folio", F4), the local habit.
    F4,
    /// 210 × 297 mm.
    A4,
}

/// Vendored type families.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FontFamily {
    /// TeX Gyre Bonum, metric-alike to Bookman Old Style.
    Bonum,
    /// Liberation Sans, metric-alike to Arial.
    Liberation,
}

/// One block of a paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "block")]
pub enum Block {
    /// A heading; keeps with what follows.
    Heading(Heading),
    /// A paragraph or one item of a numbered list.
    Para(Para),
    /// Two columns without borders: label, colon, value (Nama : …).
    Facts(FactTable),
    /// A bordered table whose rows may break over pages; header rows repeat.
    Table(Table),
    /// The signatures; never alone on a page: it keeps with at least two lines before it.
    Signatures(SignatureBlock),
    /// Vertical space in multiples of the line height.
    Space {
        /// Lines of space.
        lines: f32,
    },
    /// What follows starts on a new page.
    PageBreak,
}

/// A centred heading of one or more lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// Structural level: 1 title, 2 BAB, 3 Pasal.
    pub level: u8,
    /// Lines, each a list of runs.
    pub lines: Vec<Vec<Run>>,
    /// Label by which references find it, e.g. `duties`; becomes the HTML id and PDF bookmark.
    #[serde(default)]
    pub anchor: Option<String>,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Para {
    /// "1.", "(2)", "a." … printed in the hanging indent; none for running text.
    #[serde(default)]
    pub label: Option<String>,
    /// Nesting: 0 for running text and (1), 1 for a., 2 for 1) …
    #[serde(default)]
    pub level: u8,
    /// Alignment of its lines.
    pub align: Align,
    /// The words.
    pub runs: Vec<Run>,
    /// Stay on the page of the next block.
    #[serde(default)]
    pub keep_with_next: bool,
    /// Label by which references find it.
    #[serde(default)]
    pub anchor: Option<String>,
}

/// How lines are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Both edges straight (total fit); the last line ragged.
    Justify,
    /// Left edge straight.
    Left,
    /// Centred.
    Center,
}

/// A stretch of text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The text; may hold no line break.
    pub text: String,
    /// Bold face.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bold: bool,
    /// Italic face.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub italic: bool,
    /// A missing fact, shown as a visible gap (dotted, marked in HTML).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gap: bool,
}

/// Label : value rows without borders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FactTable {
    /// Number in front of the first row, e.g. "1."; none without.
    #[serde(default)]
    pub label: Option<String>,
    /// Rows: label and value.
    pub rows: Vec<(Vec<Run>, Vec<Run>)>,
}

/// A bordered table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Column widths as shares of the text width; they sum to 1.
    pub widths: Vec<f32>,
    /// Header rows, repeated on each page.
    #[serde(default)]
    pub header: Vec<Vec<Cell>>,
    /// Body rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A table cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// What stands in it.
    pub paras: Vec<Para>,
}

/// Signature columns, left to right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignatureBlock {
    /// "Kota, tanggal" above the columns, right aligned; none in a PKS.
    #[serde(default)]
    pub place_and_date: Option<Vec<Run>>,
    /// One or two columns.
    pub columns: Vec<SignatureColumn>,
}

/// One signatory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignatureColumn {
    /// Lines above the signature (PIHAK KESATU; "Yang menyatakan,").
    pub heading: Vec<Vec<Run>>,
    /// Name with degrees, printed bold and underlined.
    pub name: Vec<Run>,
    /// Lines below the name (rank, NIP).
    #[serde(default)]
    pub below: Vec<Vec<Run>>,
    /// Draw a box for the duty stamp (meterai).
    #[serde(default)]
    pub stamp_box: bool,
}

impl Run {
    /// Upright text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: false, italic: false, gap: false }
    }

    /// Bold text.
    pub fn bold(text: impl Into<String>) -> Self {
        Self { bold: true, ..Self::plain(text) }
    }

    /// Italic text.
    pub fn italic(text: impl Into<String>) -> Self {
        Self { italic: true, ..Self::plain(text) }
    }

    /// A missing fact: dots with its name, e.g. "…(nomor Pihak Kedua)…".
    pub fn gap(name: &str) -> Self {
        Self { gap: true, ..Self::plain(format!("…({name})…")) }
    }
}

impl Document {
    /// The gaps in reading order: the names of the facts that are missing.
    pub fn gaps(&self) -> Vec<String> {
        let mut gaps = Vec::new();
        self.each_run(|run| {
            if run.gap {
                gaps.push(run.text.trim_matches(['…', '(', ')']).to_owned());
            }
        });
        gaps
    }

    /// Calls `see` with every run in reading order.
    pub fn each_run(&self, mut see: impl FnMut(&Run)) {
        for block in &self.blocks {
            match block {
                Block::Heading(heading) => heading.lines.iter().flatten().for_each(&mut see),
                Block::Para(para) => para.runs.iter().for_each(&mut see),
                Block::Facts(table) => {
                    for (label, value) in &table.rows {
                        label.iter().chain(value).for_each(&mut see);
                    }
                }
                Block::Table(table) => table
                    .header
                    .iter()
                    .chain(&table.rows)
                    .flatten()
                    .flat_map(|cell| &cell.paras)
                    .flat_map(|para| &para.runs)
                    .for_each(&mut see),
                Block::Signatures(block) => {
                    block.place_and_date.iter().flatten().for_each(&mut see);
                    for column in &block.columns {
                        column.heading.iter().flatten().for_each(&mut see);
                        column.name.iter().for_each(&mut see);
                        column.below.iter().flatten().for_each(&mut see);
                    }
                }
                Block::Space { .. } | Block::PageBreak => {}
            }
        }
    }
}
