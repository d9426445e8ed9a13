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
    /// White around the text.
    #[serde(default)]
    pub margins: Margins,
    /// Distance of lines as a share of what the family asks for: 1.0, 1.15, 1.5.
    #[serde(default = "single")]
    pub line_spacing: f32,
    /// Lines of a classification mark at the upper right of each page ("INTERNAL", …); empty: none.
    #[serde(default)]
    pub mark: Vec<String>,
    /// Header table of an official form, on each page.
    #[serde(default)]
    pub form: Option<FormHeader>,
    /// Where the issued paper can be looked up; printed at the foot of each page with a QR code.
    #[serde(default)]
    pub check: Option<CheckMark>,
}

fn single() -> f32 {
    1.0
}

/// Margins in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Margins {
    /// Upper.
    pub top: f32,
    /// Right.
    pub right: f32,
    /// Lower; paraf boxes and the check mark stand in it and deepen it where they need to.
    pub bottom: f32,
    /// Left, for binding.
    pub left: f32,
}

impl Default for Margins {
    fn default() -> Self {
        Self { top: 25.0, right: 25.0, bottom: 25.0, left: 30.0 }
    }
}

/// The header table of an official form: its title beside document number, revision, date and page
/// "n dari m", which each writer counts itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormHeader {
    /// Above the title, e.g. "FORMULIR".
    pub kind: String,
    /// Title of the form.
    pub title: Vec<String>,
    /// Rows beside it: "No. Dokumen" and its value, ….
    pub rows: Vec<(String, String)>,
    /// Name of the row with the page, e.g. "Halaman".
    pub page_label: String,
}

/// Where an issued paper can be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckMark {
    /// Address of the check page with the code of this paper; what the QR code holds.
    pub url: String,
    /// What stands beside the QR code.
    pub lines: Vec<String>,
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
    /// The head of a letter: logo, names, where to find the issuer, with a rule below.
    Letterhead(Letterhead),
    /// Boxes from top to bottom with arrows between them: steps of a service, or a topology.
    Diagram(Diagram),
    /// A picture that somebody gave.
    Picture(Figure),
    /// An empty frame to fix something into, as the copy of an identity card.
    Frame(Frame),
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
    /// Right edge straight.
    Right,
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
    /// The place of a number or date that may be registered after the paper was printed, by its name
    /// ("provider.number"); while it is unknown the text is [`BLANK`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<String>,
}

/// What stands in a slot until it is filled by hand or by the register.
pub const BLANK: &str = "……………………";

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
    /// A line above all columns, e.g. "MENGETAHUI:".
    #[serde(default)]
    pub heading: Option<Vec<Run>>,
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

impl SignatureColumn {
    /// What stands in the box for the duty stamp.
    pub const STAMP: &str = "Meterai";
}

/// The head of a letter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Letterhead {
    /// Logo on the left.
    #[serde(default)]
    pub logo: Option<Picture>,
    /// Government and institution, set large.
    pub names: Vec<Vec<Run>>,
    /// Address, telephone, mail: set small.
    #[serde(default)]
    pub details: Vec<Vec<Run>>,
}

/// A picture without transparency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// An 8-bit RGB PNG without transparency, in base64.
    pub png: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
}

/// A picture in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The picture, as wide as the text or smaller.
    pub picture: Picture,
    /// The line below it.
    #[serde(default)]
    pub caption: Vec<Run>,
}

/// Boxes from top to bottom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diagram {
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// The boxes in order.
    pub boxes: Vec<DiagramBox>,
    /// The line below it.
    #[serde(default)]
    pub caption: Vec<Run>,
}

/// One box of a diagram.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DiagramBox {
    /// Its outline.
    pub shape: BoxShape,
    /// Who or what, bold above the text; may be empty.
    #[serde(default)]
    pub title: Vec<Run>,
    /// What happens, or more of what it is.
    pub text: Vec<Run>,
    /// Beside the arrow to the next box.
    #[serde(default)]
    pub to_next: Option<String>,
    /// A box at its right, reached by an arrow with a label of its own: what happens otherwise.
    #[serde(default)]
    pub aside: Option<Aside>,
}

/// What happens otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Aside {
    /// On the arrow, e.g. "Tidak".
    pub label: String,
    /// In the box.
    pub text: Vec<Run>,
}

/// Outline of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoxShape {
    /// Begin or end of a service: rounded ends.
    Terminal,
    /// A step: a rectangle.
    Step,
    /// A step with two outcomes: slanted sides.
    Decision,
    /// A device or place of a topology: a rectangle with a double frame.
    Node,
}

/// An empty frame in the middle of the column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Width in millimetres.
    pub width: f32,
    /// Height in millimetres.
    pub height: f32,
    /// In small type inside it.
    pub caption: Vec<Run>,
}

impl Furniture {
    /// A plain page in the given type, numbered, with nothing around the text.
    pub fn plain(paper: Paper, font: FontFamily, font_size: f32) -> Self {
        Self {
            paper,
            font,
            font_size,
            page_numbers: true,
            paraf: Vec::new(),
            watermark: None,
            margins: Margins::default(),
            line_spacing: single(),
            mark: Vec::new(),
            form: None,
            check: None,
        }
    }
}

impl Run {
    /// Upright text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: false, italic: false, gap: false, slot: None }
    }

    /// A number or date at its slot; unknown, it is a dotted blank.
    pub fn slot(name: &str, text: Option<String>) -> Self {
        Self { slot: Some(name.to_owned()), ..Self::plain(text.unwrap_or_else(|| BLANK.to_owned())) }
    }

    /// Whether text of the other may be written into this one: same style, neither a gap nor a slot.
    pub fn same_style(&self, other: &Self) -> bool {
        let plain = |run: &Self| !run.gap && run.slot.is_none();
        plain(self) && plain(other) && self.bold == other.bold && self.italic == other.italic
    }

    /// Whether it is a slot that waits to be filled.
    pub fn is_blank(&self) -> bool {
        self.slot.is_some() && self.text == BLANK
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

/// Visits every run of some blocks in reading order, by reference or to change it.
macro_rules! walk {
    ($blocks:expr, $iter:ident, $see:expr) => {
        for block in $blocks.$iter() {
            match block {
                Block::Heading(heading) => heading.lines.$iter().flatten().for_each($see),
                Block::Para(para) => para.runs.$iter().for_each($see),
                Block::Facts(table) => {
                    for (label, value) in table.rows.$iter() {
                        label.$iter().for_each($see);
                        value.$iter().for_each($see);
                    }
                }
                Block::Table(table) => {
                    for cell in table.header.$iter().flatten() {
                        cell.paras.$iter().for_each(|para| para.runs.$iter().for_each($see));
                    }
                    for cell in table.rows.$iter().flatten() {
                        cell.paras.$iter().for_each(|para| para.runs.$iter().for_each($see));
                    }
                }
                Block::Signatures(block) => {
                    block.heading.$iter().flatten().for_each($see);
                    block.place_and_date.$iter().flatten().for_each($see);
                    for column in block.columns.$iter() {
                        column.heading.$iter().flatten().for_each($see);
                        column.name.$iter().for_each($see);
                        column.below.$iter().flatten().for_each($see);
                    }
                }
                Block::Letterhead(head) => {
                    head.names.$iter().flatten().for_each($see);
                    head.details.$iter().flatten().for_each($see);
                }
                Block::Diagram(diagram) => {
                    for one in diagram.boxes.$iter() {
                        one.title.$iter().for_each($see);
                        one.text.$iter().for_each($see);
                        for aside in one.aside.$iter() {
                            aside.text.$iter().for_each($see);
                        }
                    }
                    diagram.caption.$iter().for_each($see);
                }
                Block::Picture(figure) => figure.caption.$iter().for_each($see),
                Block::Frame(frame) => frame.caption.$iter().for_each($see),
                Block::Space { .. } | Block::PageBreak => {}
            }
        }
    };
}

impl Document {
    /// The gaps in reading order: the names of the facts that are missing.
    pub fn gaps(&self) -> Vec<String> {
        let mut gaps = Vec::new();
        self.each_run(|run| {
            if run.gap {
                let name = run.text.strip_prefix("…(").and_then(|text| text.strip_suffix(")…"));
                gaps.push(name.unwrap_or(&run.text).to_owned());
            }
        });
        gaps
    }

    /// Calls `see` with every run in reading order.
    pub fn each_run(&self, mut see: impl FnMut(&Run)) {
        walk!(self.blocks, iter, &mut see);
    }

    /// Calls `see` with every run in reading order, to change it.
    pub fn each_run_mut(&mut self, mut see: impl FnMut(&mut Run)) {
        walk!(self.blocks, iter_mut, &mut see);
    }

    /// Names of the slots that wait to be filled, each once, in reading order.
    pub fn blanks(&self) -> Vec<String> {
        let mut blanks: Vec<String> = Vec::new();
        self.each_run(|run| {
            if let Some(slot) = run.slot.as_ref().filter(|_| run.is_blank())
                && !blanks.contains(slot)
            {
                blanks.push(slot.clone());
            }
        });
        blanks
    }

    /// What stands in a slot, blank or not; none where the paper does not have it.
    pub fn slot(&self, name: &str) -> Option<String> {
        let mut found = None;
        self.each_run(|run| {
            if found.is_none() && run.slot.as_deref() == Some(name) {
                found = Some(run.text.clone());
            }
        });
        found
    }

    /// Writes a value registered later into its slot, and changes no other word. Answers how many
    /// places were filled.
    pub fn fill(&mut self, slot: &str, value: &str) -> usize {
        let mut filled = 0;
        self.each_run_mut(|run| {
            if run.is_blank() && run.slot.as_deref() == Some(slot) {
                value.clone_into(&mut run.text);
                filled += 1;
            }
        });
        filled
    }
}
