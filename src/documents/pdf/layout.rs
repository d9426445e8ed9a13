//! From blocks to strips: headings and paragraphs with hanging indents. Other blocks have their own
//! files.

use super::PdfError;
use super::font::Shaper;
use super::line::{self, Line};
use super::page::Geometry;
use super::strip::{Before, Bookmark, Flow, Strip, Text};
use super::tree::{Lists, NodeId, Tag};
use super::words::{Style, segments};
use crate::documents::model::{Align, Block, Document, FontFamily, Heading, Para, Run};

/// Columns narrower than this are set ragged: justified, they would have wide gaps.
const JUSTIFIED_FROM: f32 = 300.0;
/// Indents and labels take at most these shares of a column.
const INDENT_AT_MOST: f32 = 0.45;
pub(super) const LABEL_AT_MOST: f32 = 0.3;
/// Space asked for by paragraphs, in lines: less than headings ask for.
const UNDER_HEADING: f32 = 0.5;

/// Line spacings outside of these are taken for a slip.
const LEAST_SPACING: f32 = 0.8;
const MOST_SPACING: f32 = 3.0;

/// Label columns of the levels of a list, in points.
pub(super) type Indents = Vec<f32>;

/// Sets the blocks of one document.
pub(super) struct Typesetter<'a> {
    pub(super) shaper: &'a mut Shaper,
    pub(super) family: FontFamily,
    /// Type size in points.
    pub(super) size: f32,
    /// Distance of baselines in points.
    pub(super) leading: f32,
    pub(super) geometry: Geometry,
    pub(super) flow: Flow,
    /// Line height as a multiple of the size.
    ratio: f32,
    /// What the text that is set now is part of.
    node: NodeId,
    order: u32,
    space: f32,
    before: Before,
    /// Label columns of fact tables, without and with a number in front.
    pub(super) fact_labels: [f32; 2],
}

/// Cuts a document into strips.
pub(super) fn flow(
    shaper: &mut Shaper,
    document: &Document,
    geometry: Geometry,
    size: f32,
) -> Result<Flow, PdfError> {
    let family = document.furniture.font;
    let ratio = match family {
        FontFamily::Bonum => 1.3,
        FontFamily::Liberation => 1.25,
    };
    let spacing = document.furniture.line_spacing;
    let spacing = if spacing.is_finite() { spacing.clamp(LEAST_SPACING, MOST_SPACING) } else { 1.0 };
    let mut typesetter = Typesetter {
        shaper,
        family,
        size,
        leading: (size * ratio * spacing * 4.0).round() / 4.0,
        geometry,
        flow: Flow::default(),
        ratio,
        node: NodeId::ROOT,
        order: 0,
        space: 0.0,
        before: Before::Free,
        fact_labels: [0.0; 2],
    };
    typesetter.blocks(&document.blocks)?;
    Ok(typesetter.flow)
}

impl Typesetter<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Result<(), PdfError> {
        self.fact_labels = self.widest_fact_labels(blocks)?;
        let mut at = 0;
        while let Some(block) = blocks.get(at) {
            match block {
                Block::Heading(heading) => self.heading(heading)?,
                Block::Para(_) => {
                    let list: Vec<&Para> = blocks[at..]
                        .iter()
                        .map_while(|block| if let Block::Para(para) = block { Some(para) } else { None })
                        .collect();
                    self.list(&list)?;
                    at += list.len();
                    continue;
                }
                Block::Facts(table) => self.facts(table)?,
                Block::Table(table) => self.table(table)?,
                Block::Signatures(block) => self.signatures(block)?,
                Block::Letterhead(head) => self.letterhead(head)?,
                Block::Diagram(diagram) => self.diagram(diagram)?,
                Block::Picture(figure) => self.picture(figure)?,
                Block::Frame(frame) => self.empty_frame(frame)?,
                Block::Space { lines } => self.add_space(*lines),
                Block::PageBreak => {
                    // A signature must not stand alone on a page, whatever the template says.
                    if !matches!(blocks.get(at + 1), Some(Block::Signatures(_))) {
                        self.before = Before::Forced;
                    }
                }
            }
            at += 1;
        }
        Ok(())
    }

    /// A new node that is part of another.
    pub(super) fn node_under(&mut self, parent: NodeId, tag: Tag) -> NodeId {
        self.flow.tree.add(parent, tag, self.order)
    }

    /// A new node of the paper itself.
    pub(super) fn node(&mut self, tag: Tag) -> NodeId {
        self.node_under(NodeId::ROOT, tag)
    }

    /// What is set inside `set` is part of `node`.
    pub(super) fn within<T>(&mut self, node: NodeId, set: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.node, node);
        let done = set(self);
        self.node = outer;
        done
    }

    fn add_space(&mut self, lines: f32) {
        if lines.is_finite() {
            self.space += lines.clamp(0.0, 60.0) * self.leading;
        }
    }

    /// So many points of space above the next strip.
    pub(super) fn add_points(&mut self, points: f32) {
        self.space += points;
    }

    /// At least this many lines of space above the next strip; under a heading its own space holds.
    pub(super) fn space_above(&mut self, lines: f32) {
        if lines > UNDER_HEADING || self.heading_above().is_none() {
            self.space = self.space.max(lines * self.leading);
        }
    }

    /// Level of the heading right above, if one is there.
    fn heading_above(&self) -> Option<u8> {
        let bookmark = self.flow.strips.last()?.bookmark?;
        self.flow.bookmarks.get(bookmark).map(|bookmark| bookmark.level)
    }

    /// The next place in reading order.
    pub(super) fn next_order(&mut self) -> u32 {
        self.order += 1;
        self.order
    }

    /// The next strip stays on the page of the last.
    pub(super) fn keep(&mut self) {
        if self.before == Before::Free {
            self.before = Before::Kept;
        }
    }

    /// Appends a strip under what was asked for before it.
    pub(super) fn push(&mut self, mut strip: Strip) {
        strip.gap = std::mem::take(&mut self.space);
        let asked = std::mem::replace(&mut self.before, Before::Free);
        if asked != Before::Free {
            strip.before = asked;
        }
        self.flow.strips.push(strip);
    }

    /// An empty strip as high as a line.
    pub(super) fn strip(&self, before: Before) -> Strip {
        Strip {
            before,
            gap: 0.0,
            height: self.leading,
            texts: Vec::new(),
            drawings: Vec::new(),
            images: Vec::new(),
            slot: None,
            ends_row: false,
            bookmark: None,
        }
    }

    /// A line of text at its place in a strip.
    pub(super) fn text(&self, order: u32, line: Line) -> Text {
        let baseline = self.leading * 0.5 + self.size * 0.28;
        Text { order, node: self.node, baseline, size: self.size, underline: false, line }
    }

    /// Distance of baselines of type of another size.
    pub(super) fn leading_of(&self, size: f32) -> f32 {
        size * self.ratio
    }

    /// Lines of type of another size.
    pub(super) fn sized(
        &mut self,
        runs: &[Run],
        (size, bold): (f32, bool),
        column: f32,
        align: Align,
    ) -> Result<Vec<Line>, PdfError> {
        let style = Style { size, ..self.style(bold) };
        let segments = segments(self.shaper, runs, style, column)?;
        Ok(line::set(&segments, column, align, size, &self.shaper.spaces()))
    }

    /// Width of runs on one line in type of another size.
    pub(super) fn sized_width(&mut self, runs: &[Run], (size, bold): (f32, bool)) -> Result<f32, PdfError> {
        let style = Style { size, ..self.style(bold) };
        Ok(line::natural_width(&segments(self.shaper, runs, style, f32::INFINITY)?))
    }

    /// Lines of another size under each other, the first with its top at `top` of a strip.
    pub(super) fn stack(&mut self, lines: Vec<Line>, size: f32, left: f32, top: f32) -> Vec<Text> {
        let leading = self.leading_of(size);
        let mut texts = Vec::with_capacity(lines.len());
        for (at, line) in lines.into_iter().enumerate() {
            let order = self.next_order();
            let baseline = top + leading * (at as f32 + 0.5) + size * 0.28;
            let line = line.shifted(left);
            texts.push(Text { order, node: self.node, baseline, size, underline: false, line });
        }
        texts
    }

    /// Lines of another size, centred in the column, each a strip that stays with the one before.
    pub(super) fn kept_lines(&mut self, runs: &[Run], size: f32) -> Result<(), PdfError> {
        let (left, column) = (self.geometry.left, self.geometry.column);
        for line in self.sized(runs, (size, false), column, Align::Center)? {
            let mut strip = self.strip(Before::Kept);
            strip.height = self.leading_of(size);
            strip.texts = self.stack(vec![line], size, left, 0.0);
            self.push(strip);
        }
        Ok(())
    }

    /// The style of running text.
    pub(super) fn style(&self, bold: bool) -> Style {
        Style { family: self.family, size: self.size, bold }
    }

    /// Runs as lines of a column.
    pub(super) fn lines(
        &mut self,
        runs: &[Run],
        bold: bool,
        column: f32,
        align: Align,
    ) -> Result<Vec<Line>, PdfError> {
        let segments = segments(self.shaper, runs, self.style(bold), column)?;
        let align = match align {
            Align::Justify if column < JUSTIFIED_FROM => Align::Left,
            other => other,
        };
        Ok(line::set(&segments, column, align, self.size, &self.shaper.spaces()))
    }

    /// Width of runs on one line, in points.
    pub(super) fn width(&mut self, runs: &[Run], bold: bool) -> Result<f32, PdfError> {
        let segments = segments(self.shaper, runs, self.style(bold), f32::INFINITY)?;
        Ok(line::natural_width(&segments))
    }

    fn heading(&mut self, heading: &Heading) -> Result<(), PdfError> {
        let above = self.heading_above();
        let after_heading = above.is_some();
        self.space_above(match (above, heading.level) {
            (Some(above), level) if above >= 2 || level < 2 => 0.0,
            (_, 0 | 1) => 0.6,
            (_, 2) => 1.1,
            _ => 0.9,
        });
        let title = plain(heading.lines.iter().flatten());
        if title.is_empty() {
            return Ok(());
        }
        let bookmark = self.flow.bookmarks.len();
        self.flow.bookmarks.push(Bookmark { level: heading.level, title });
        let outer = self.node;
        self.node = self.node(Tag::H(heading.level.clamp(1, 6)));
        for runs in &heading.lines {
            let left = self.geometry.left;
            for line in self.lines(runs, true, self.geometry.column, Align::Center)? {
                let mut strip = self.strip(Before::Kept);
                let order = self.next_order();
                strip.texts.push(self.text(order, line.shifted(left)));
                strip.bookmark = Some(bookmark);
                if self.flow.strips.last().is_some_and(|last| last.bookmark == Some(bookmark)) {
                    self.keep();
                } else if !after_heading {
                    strip.before = Before::Free;
                }
                self.push(strip);
            }
        }
        self.node = outer;
        let under = if heading.level < 2 { 0.8 } else { 0.3 };
        self.space = self.space.max(under * self.leading);
        self.keep();
        Ok(())
    }

    /// Consecutive paragraphs: one list, whose labels share their columns.
    fn list(&mut self, paras: &[&Para]) -> Result<(), PdfError> {
        let column = self.geometry.column;
        let indents = self.indents(paras.iter().copied(), column, self.size * 2.3)?;
        let mut centred = false;
        let mut lists = Lists::default();
        for para in paras {
            let after_centred = std::mem::replace(&mut centred, para.align == Align::Center);
            self.space_above(match (para.level, &para.label) {
                (0, None) if centred && after_centred => 0.2,
                (0, None) => 0.5,
                (0, Some(_)) => 0.35,
                _ => 0.18,
            });
            let lines = self.para(para, &indents, column, (&mut lists, NodeId::ROOT))?;
            let count = lines.len();
            for (at, texts) in lines.into_iter().enumerate() {
                let lonely = at > 0 && (at == 1 || at + 1 == count);
                let mut strip = self.strip(if lonely { Before::Kept } else { Before::Free });
                strip.texts = texts
                    .into_iter()
                    .map(|text| Text { line: text.line.shifted(self.geometry.left), ..text })
                    .collect();
                self.push(strip);
            }
            if para.keep_with_next && count > 0 {
                self.keep();
            }
        }
        Ok(())
    }

    /// How wide the label column of each level has to be.
    pub(super) fn indents<'p>(
        &mut self,
        paras: impl Iterator<Item = &'p Para>,
        column: f32,
        least: f32,
    ) -> Result<Indents, PdfError> {
        let mut indents = Indents::new();
        for para in paras {
            let level = usize::from(para.level).min(15);
            if indents.len() <= level {
                indents.resize(level + 1, least);
            }
            if let Some(label) = &para.label {
                let width = self.width(&[Run::plain(label)], false)? + self.size * 0.6;
                if width <= column * LABEL_AT_MOST {
                    indents[level] = indents[level].max(width);
                }
            }
        }
        Ok(indents)
    }

    /// A paragraph as lines of a column, its label in the hanging indent; `x` counts from the left edge
    /// of the column. It takes its place in the lists that are open in a container.
    pub(super) fn para(
        &mut self,
        para: &Para,
        indents: &Indents,
        column: f32,
        (lists, container): (&mut Lists, NodeId),
    ) -> Result<Vec<Vec<Text>>, PdfError> {
        let Some(label) = &para.label else {
            let (_, text) = lists.place(&mut self.flow.tree, container, para, false, self.order);
            return self.within(text, |this| this.unlabelled(para, indents, column));
        };
        let (level, left) = indent(para, indents, column);
        let label = [Run::plain(label.clone())];
        let room = indents.get(level).copied().unwrap_or_default().min(column * LABEL_AT_MOST);
        let hangs = self.width(&label, false)? + self.size * 0.3 <= room;
        let (label_node, text_node) = lists.place(&mut self.flow.tree, container, para, hangs, self.order);
        let Some(label_node) = label_node else {
            // Too wide to hang: it opens the paragraph.
            let [label] = label;
            let mut runs = vec![label, Run::plain(" ")];
            runs.extend(para.runs.iter().cloned());
            return self.within(text_node, |this| this.column(&runs, false, left, column - left, para.align));
        };
        let mut rows = self.within(label_node, |this| this.column(&label, false, left, room, Align::Left))?;
        let text_left = left + room;
        let text = self.within(text_node, |this| {
            this.column(&para.runs, false, text_left, column - text_left, para.align)
        })?;
        merge(&mut rows, text);
        Ok(rows)
    }

    /// A paragraph without a label, indented as its level asks.
    pub(super) fn unlabelled(
        &mut self,
        para: &Para,
        indents: &Indents,
        column: f32,
    ) -> Result<Vec<Vec<Text>>, PdfError> {
        let (_, left) = indent(para, indents, column);
        self.column(&para.runs, false, left, column - left, para.align)
    }

    /// Runs as lines of the column from `left`, `width` wide.
    pub(super) fn column(
        &mut self,
        runs: &[Run],
        bold: bool,
        left: f32,
        width: f32,
        align: Align,
    ) -> Result<Vec<Vec<Text>>, PdfError> {
        let lines = self.lines(runs, bold, width, align)?;
        Ok(lines
            .into_iter()
            .map(|line| {
                let order = self.next_order();
                vec![self.text(order, line.shifted(left))]
            })
            .collect())
    }
}

/// The level of a paragraph among those in use, and where it begins.
fn indent(para: &Para, indents: &Indents, column: f32) -> (usize, f32) {
    let level = usize::from(para.level).min(indents.len().saturating_sub(1));
    (level, indents.iter().take(level).sum::<f32>().min(column * INDENT_AT_MOST))
}

/// Lays columns side by side, line by line.
pub(super) fn merge(rows: &mut Vec<Vec<Text>>, column: Vec<Vec<Text>>) {
    for (at, texts) in column.into_iter().enumerate() {
        match rows.get_mut(at) {
            Some(row) => row.extend(texts),
            None => rows.push(texts),
        }
    }
}

/// The words of runs, single spaces between them.
pub(super) fn plain<'r>(runs: impl Iterator<Item = &'r Run>) -> String {
    let joined: Vec<&str> = runs.map(|run| run.text.as_str()).collect();
    joined.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}
