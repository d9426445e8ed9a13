//! From blocks to strips: headings, paragraphs with hanging indents and fact rows. Tables and
//! signatures have their own files.

use super::PdfError;
use super::font::Shaper;
use super::line::{self, Line};
use super::page::Geometry;
use super::strip::{Before, Bookmark, Flow, Strip, Text};
use super::words::{Style, segments};
use crate::documents::model::{Align, Block, Document, FactTable, FontFamily, Heading, Para, Run};

/// Columns narrower than this are set ragged: justified, they would have wide gaps.
const JUSTIFIED_FROM: f32 = 300.0;
/// Indents and labels take at most these shares of a column.
const INDENT_AT_MOST: f32 = 0.45;
const LABEL_AT_MOST: f32 = 0.3;
const FACT_LABEL_AT_MOST: f32 = 0.4;
/// Space asked for by paragraphs, in lines: less than headings ask for.
const UNDER_HEADING: f32 = 0.5;
/// Fact tables up to this many lines stay on one page.
const FACTS_KEPT: usize = 10;

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
    order: u32,
    space: f32,
    before: Before,
    /// Label columns of fact tables, without and with a number in front.
    fact_labels: [f32; 2],
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
    let mut typesetter = Typesetter {
        shaper,
        family,
        size,
        leading: (size * ratio * 4.0).round() / 4.0,
        geometry,
        flow: Flow::default(),
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
                Block::Letterhead(head) => {
                    for runs in head.names.iter().chain(&head.details) {
                        self.centred(runs)?;
                    }
                }
                Block::Diagram(diagram) => {
                    for one in &diagram.boxes {
                        self.centred(&one.title)?;
                        self.centred(&one.text)?;
                        if let Some(aside) = &one.aside {
                            self.centred(&[Run::plain(aside.label.clone())])?;
                            self.centred(&aside.text)?;
                        }
                        if let Some(label) = &one.to_next {
                            self.centred(&[Run::plain(label.clone())])?;
                        }
                    }
                    self.centred(&diagram.caption)?;
                }
                Block::Picture(figure) => self.centred(&figure.caption)?,
                Block::Frame(frame) => self.centred(&frame.caption)?,
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

    fn centred(&mut self, runs: &[Run]) -> Result<(), PdfError> {
        let column = self.geometry.column;
        for texts in self.column(runs, false, self.geometry.left, column, Align::Center)? {
            let mut strip = self.strip(Before::Free);
            strip.texts = texts;
            self.push(strip);
        }
        Ok(())
    }

    fn add_space(&mut self, lines: f32) {
        if lines.is_finite() {
            self.space += lines.clamp(0.0, 60.0) * self.leading;
        }
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
            frames: Vec::new(),
            slot: None,
            ends_row: false,
            bookmark: None,
        }
    }

    /// A line of text at its place in a strip.
    pub(super) fn text(&self, order: u32, line: Line) -> Text {
        let baseline = self.leading * 0.5 + self.size * 0.28;
        Text { order, baseline, size: self.size, underline: false, line }
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
        for para in paras {
            let after_centred = std::mem::replace(&mut centred, para.align == Align::Center);
            self.space_above(match (para.level, &para.label) {
                (0, None) if centred && after_centred => 0.2,
                (0, None) => 0.5,
                (0, Some(_)) => 0.35,
                _ => 0.18,
            });
            let lines = self.para(para, &indents, column)?;
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
    /// of the column.
    pub(super) fn para(
        &mut self,
        para: &Para,
        indents: &Indents,
        column: f32,
    ) -> Result<Vec<Vec<Text>>, PdfError> {
        let level = usize::from(para.level).min(indents.len().saturating_sub(1));
        let left = indents.iter().take(level).sum::<f32>().min(column * INDENT_AT_MOST);
        let Some(label) = &para.label else {
            return self.column(&para.runs, false, left, column - left, para.align);
        };
        let label = [Run::plain(label.clone())];
        let room = indents.get(level).copied().unwrap_or_default().min(column * LABEL_AT_MOST);
        if self.width(&label, false)? + self.size * 0.3 > room {
            // Too wide to hang: it opens the paragraph.
            let [label] = label;
            let mut runs = vec![label, Run::plain(" ")];
            runs.extend(para.runs.iter().cloned());
            return self.column(&runs, false, left, column - left, para.align);
        }
        let mut rows = self.column(&label, false, left, room, Align::Left)?;
        let text_left = left + room;
        let text = self.column(&para.runs, false, text_left, column - text_left, para.align)?;
        merge(&mut rows, text);
        Ok(rows)
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

    /// Alike in the whole paper, so that the colons of all parties stand under each other.
    fn widest_fact_labels(&mut self, blocks: &[Block]) -> Result<[f32; 2], PdfError> {
        let most = self.geometry.column * FACT_LABEL_AT_MOST;
        let mut widest = [0.0f32; 2];
        for block in blocks {
            if let Block::Facts(table) = block {
                let kind = usize::from(table.label.is_some());
                for (label, _) in &table.rows {
                    widest[kind] = widest[kind].max(self.width(label, false)?).min(most);
                }
            }
        }
        Ok(widest)
    }

    fn facts(&mut self, table: &FactTable) -> Result<(), PdfError> {
        let column = self.geometry.column;
        let colon = [Run::plain(":")];
        let number_width = match &table.label {
            Some(label) => {
                let width = self.width(&[Run::plain(label)], false)? + self.size * 0.6;
                width.max(self.size * 2.3).min(column * LABEL_AT_MOST)
            }
            None => 0.0,
        };
        let labels = self.fact_labels[usize::from(table.label.is_some())];
        let colon_left = number_width + labels + self.size * 1.6;
        let value_left = colon_left + self.size * 0.9;
        let mut rows: Vec<Vec<Vec<Text>>> = Vec::new();
        for (at, (label, value)) in table.rows.iter().enumerate() {
            let mut row = match &table.label {
                Some(number) if at == 0 => {
                    let number = [Run::plain(number.clone())];
                    self.column(&number, false, 0.0, number_width, Align::Left)?
                }
                _ => Vec::new(),
            };
            let label_lines = self.column(label, false, number_width, labels, Align::Left)?;
            merge(&mut row, label_lines);
            let colon = self.column(&colon, false, colon_left, self.size * 0.9, Align::Left)?;
            merge(&mut row, colon);
            let value_width = column - value_left;
            let value = self.column(value, false, value_left, value_width, Align::Justify)?;
            merge(&mut row, value);
            rows.push(row);
        }
        let kept = rows.iter().map(Vec::len).sum::<usize>() <= FACTS_KEPT;
        for (at, row) in rows.into_iter().enumerate() {
            self.space_above(if at == 0 { 0.5 } else { 0.08 });
            let count = row.len();
            for (n, texts) in row.into_iter().enumerate() {
                let lonely = n > 0 && (n == 1 || n + 1 == count);
                let keep = lonely || (at > 0 && n == 0 && (kept || at == 1));
                let mut strip = self.strip(if keep { Before::Kept } else { Before::Free });
                let left = self.geometry.left;
                strip.texts =
                    texts.into_iter().map(|text| Text { line: text.line.shifted(left), ..text }).collect();
                self.push(strip);
            }
        }
        Ok(())
    }
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
