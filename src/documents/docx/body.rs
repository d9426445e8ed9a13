//! From blocks to the paragraphs and tables of `word/document.xml`.

use std::collections::HashSet;
use std::fmt::Write;

use super::DocxError;
use super::numbering::{Numbering, Open, Place};
use super::package::Media;
use super::styles::Style;
use super::text::Look;
use super::units::{Face, Sheet};
use crate::documents::model::{Align, Block, Document, Heading, Para, Run};

/// Indents and label columns in type sizes: in running text and in cells.
const INDENT: f32 = 2.3;
pub(super) const CELL_INDENT: f32 = 1.7;
/// No indent goes deeper than this share of its column.
const DEEPEST: i32 = 45;
/// A label wider than this share of its column opens the paragraph instead of hanging.
const WIDEST_LABEL: i32 = 30;
/// Characters that fill a line: a shorter paragraph takes the one before it along to the signatures.
const ONE_LINE: usize = 80;
/// Columns narrower than this many type sizes are set ragged: justified, they would have wide gaps.
const JUSTIFIED_FROM: f32 = 27.0;

/// What all papers of a file share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) numbering: Numbering,
    pub(super) media: Media,
    /// The type the styles are made for.
    pub(super) base: Face,
    bookmarks: HashSet<String>,
}

impl Shared {
    pub(super) fn new(base: Face) -> Self {
        Self { numbering: Numbering::default(), media: Media::default(), base, bookmarks: HashSet::new() }
    }
}

/// Writes the blocks of one paper.
#[derive(Debug)]
pub(super) struct Body<'a> {
    pub(super) xml: String,
    pub(super) shared: &'a mut Shared,
    pub(super) face: Face,
    pub(super) sheet: Sheet,
    pub(super) open: Open,
    /// Space asked for, in twips.
    space: i32,
    /// The next block begins a page.
    new_page: bool,
    /// The last thing written is a table, which would grow together with another.
    pub(super) after_table: bool,
    /// Width of the label column of fact tables, in twips.
    pub(super) fact_labels: i32,
}

impl<'a> Body<'a> {
    pub(super) fn new(shared: &'a mut Shared, document: &Document) -> Self {
        Self {
            xml: String::with_capacity(64 * 1024),
            shared,
            face: Face::of(&document.furniture),
            sheet: Sheet::of(&document.furniture),
            open: Open::default(),
            space: 0,
            new_page: false,
            after_table: false,
            fact_labels: 0,
        }
    }

    /// Writes all blocks.
    pub(super) fn blocks(&mut self, blocks: &[Block]) -> Result<(), DocxError> {
        self.fact_labels = self.widest_fact_label(blocks);
        let tied = tied_to_signatures(blocks);
        let mut after_heading = false;
        for (at, block) in blocks.iter().enumerate() {
            let tie = tied[at];
            match block {
                Block::Heading(heading) => self.heading(heading, after_heading),
                Block::Para(para) => {
                    let centred = |block: Option<&Block>| matches!(block, Some(Block::Para(next)) if next.align == Align::Center);
                    let close = para.align == Align::Center && centred(blocks.get(at + 1));
                    self.body_para(para, tie, close);
                }
                Block::Facts(table) => self.facts(table, tie),
                Block::Table(table) => self.table(table, tie),
                Block::Signatures(block) => self.signatures(block),
                Block::Letterhead(head) => self.letterhead(head)?,
                Block::Diagram(diagram) => self.diagram(diagram),
                Block::Picture(figure) => self.figure(figure)?,
                Block::Frame(frame) => self.frame(frame),
                Block::Space { lines } if lines.is_finite() => {
                    self.space += self.face.em(1.3 * lines.clamp(0.0, 60.0));
                }
                Block::Space { .. } => {}
                // A signature must not stand alone on a page, whatever the template says.
                Block::PageBreak => {
                    self.new_page |= !matches!(blocks.get(at + 1), Some(Block::Signatures(_)));
                }
            }
            after_heading = matches!(block, Block::Heading(_));
        }
        Ok(())
    }

    /// A look with what was asked for above it. `own` is the space the style has there itself.
    pub(super) fn below(&mut self, mut look: Look, own: f32) -> Look {
        let under_table = if std::mem::take(&mut self.after_table) { self.face.em(0.6) } else { 0 };
        let asked = std::mem::take(&mut self.space).max(under_table);
        if asked > 0 {
            look.before = Some(look.before.unwrap_or_else(|| self.face.em(own)).max(asked));
        }
        look.on_new_page |= std::mem::take(&mut self.new_page);
        look
    }

    /// At least this much space above the next block, in type sizes; none at the top of a paper.
    pub(super) fn ask_space(&mut self, ems: f32) {
        if !self.xml.is_empty() {
            self.space = self.space.max(self.face.em(ems));
        }
    }

    /// What has to stand between the last block and a table.
    pub(super) fn before_table(&mut self, keep: bool) {
        if self.after_table || self.space > 0 || self.new_page {
            let look = self.below(Look::of(Style::Spacer).kept(keep), 0.0);
            self.paragraph(&look, "");
        }
        self.after_table = true;
    }

    /// An empty paragraph without height: behind the last table of a cell or a paper there has to be one.
    pub(super) fn spacer(&mut self) {
        self.after_table = false;
        self.paragraph(&Look::of(Style::Spacer), "");
    }

    /// Ends a paper that others follow.
    pub(super) fn end_section(&mut self, section: &str) {
        let _ = write!(
            self.xml,
            "<w:p><w:pPr><w:pStyle w:val=\"{}\"/>{section}</w:pPr></w:p>",
            Style::Spacer.id()
        );
    }

    fn heading(&mut self, heading: &Heading, after_heading: bool) {
        self.open.close();
        if heading.lines.iter().flatten().all(|run| run.text.trim().is_empty()) {
            return;
        }
        let (style, own) = match heading.level {
            0 | 1 => (Style::Title, 0.4),
            2 => (Style::Chapter, 1.4),
            _ => (Style::Article, 1.2),
        };
        let mut look = Look::of(style);
        if after_heading {
            look.before = Some(0);
        }
        let look = self.below(look, own);
        let lines: Vec<String> = heading.lines.iter().map(|runs| self.runs(style, runs)).collect();
        let text = self.anchored(heading.anchor.as_deref(), lines.join("<w:r><w:br/></w:r>"));
        self.paragraph(&look, &text);
    }

    fn body_para(&mut self, para: &Para, tie: bool, close: bool) {
        let style = if para.label.is_some() { Style::item(para.level) } else { Style::Body };
        let mut look = Look::of(style).kept(tie || para.keep_with_next);
        if close {
            look.after = Some(self.face.em(0.15));
        }
        let look = self.below(look, 0.0);
        let mut open = std::mem::take(&mut self.open);
        let column = self.sheet.column();
        self.para(para, look, &mut open, column, self.face.em(INDENT));
        self.open = open;
    }

    /// A paragraph in a column of this width, its label counted where that is possible.
    pub(super) fn para(&mut self, para: &Para, mut look: Look, open: &mut Open, column: i32, unit: i32) {
        let ragged = para.align == Align::Justify && column < self.face.em(JUSTIFIED_FROM);
        let align = if ragged { Align::Left } else { para.align };
        // Items and running text are justified by their style, cells are not.
        let by_style = if look.style == Style::Cell { Align::Left } else { Align::Justify };
        look.align = (align != by_style).then_some(align);
        let left = (unit * i32::from(para.level)).min(column * DEEPEST / 100);
        let mut text = self.runs(look.style, &para.runs);
        if let Some(label) = &para.label {
            let place = Place { face: self.face, unit, inset: 0 };
            let width = place.label_width(label);
            let hangs = width <= column * WIDEST_LABEL / 100 || width <= unit;
            let fits = unit * i32::from(para.level) <= column * DEEPEST / 100;
            let counted = (hangs && fits).then(|| self.shared.numbering.item(open, para.level, label, place));
            match counted.flatten() {
                Some(item) => look.item = Some(item),
                None if label.is_empty() => look.indent = (left > 0).then_some((left, 0, 0)),
                None if hangs => {
                    look.indent = Some((left + width, 0, width));
                    text = format!("{}<w:r><w:tab/></w:r>{text}", self.words(look.style, label));
                }
                None => {
                    look.indent = (left > 0).then_some((left, 0, 0));
                    text = format!("{}{text}", self.words(look.style, &format!("{label} ")));
                }
            }
        } else if left > 0 {
            look.indent = Some((left, 0, 0));
        }
        let text = self.anchored(para.anchor.as_deref(), text);
        self.paragraph(&look, &text);
    }

    /// Runs inside the bookmark of a label, once per file.
    fn anchored(&mut self, anchor: Option<&str>, runs: String) -> String {
        let Some(anchor) = anchor else { return runs };
        let letters = anchor.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
        let name: String = std::iter::once('k').chain(['_']).chain(letters).take(40).collect();
        if !self.shared.bookmarks.insert(name.clone()) {
            return runs;
        }
        let id = self.shared.bookmarks.len();
        format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/>")
    }

    /// One line of runs in a style, without anything around it.
    pub(super) fn line(&mut self, style: Style, runs: &[Run], keep: bool) {
        let text = self.runs(style, runs);
        self.paragraph(&Look::of(style).kept(keep), &text);
    }

    /// A caption, if it says anything.
    pub(super) fn caption(&mut self, runs: &[Run]) {
        if runs.iter().any(|run| !run.text.trim().is_empty()) {
            let look = self.below(Look::of(Style::Caption), 0.4);
            let text = self.runs(Style::Caption, runs);
            self.paragraph(&look, &text);
        }
    }

    /// A table opens: properties and column widths.
    pub(super) fn open_table(&mut self, properties: &str, widths: &[i32]) {
        let total: i32 = widths.iter().sum();
        let _ = write!(
            self.xml,
            "<w:tbl><w:tblPr>{}</w:tblPr><w:tblGrid>",
            properties.replace("{width}", &format!("<w:tblW w:w=\"{total}\" w:type=\"dxa\"/>"))
        );
        for width in widths {
            let _ = write!(self.xml, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.xml.push_str("</w:tblGrid>");
    }

    /// A table closes.
    pub(super) fn close_table(&mut self) {
        self.xml.push_str("</w:tbl>");
    }

    /// A row opens.
    pub(super) fn open_row(&mut self, properties: &str) {
        self.xml.push_str("<w:tr>");
        if !properties.is_empty() {
            let _ = write!(self.xml, "<w:trPr>{properties}</w:trPr>");
        }
    }

    /// A row closes.
    pub(super) fn close_row(&mut self) {
        self.xml.push_str("</w:tr>");
    }

    /// A cell opens.
    pub(super) fn open_cell(&mut self, width: i32, properties: &str) {
        let _ =
            write!(self.xml, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{properties}</w:tcPr>");
    }

    /// A cell closes.
    pub(super) fn close_cell(&mut self) {
        self.xml.push_str("</w:tc>");
    }
}

/// Which blocks have to stay on the page of the signatures below them: at least two lines of text.
fn tied_to_signatures(blocks: &[Block]) -> Vec<bool> {
    let mut tied = vec![false; blocks.len()];
    for (at, _) in blocks.iter().enumerate().filter(|(_, block)| matches!(block, Block::Signatures(_))) {
        for above in (0..at).rev() {
            match &blocks[above] {
                Block::Space { .. } | Block::PageBreak => {}
                Block::Para(para) => {
                    tied[above] = true;
                    let length: usize = para.runs.iter().map(|run| run.text.chars().count()).sum();
                    if length > ONE_LINE {
                        break;
                    }
                }
                Block::Table(_) | Block::Facts(_) => {
                    tied[above] = true;
                    break;
                }
                _ => break,
            }
        }
    }
    tied
}
