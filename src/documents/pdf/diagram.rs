//! Diagrams: boxes from top to bottom with arrows between them, and beside them what happens otherwise.
//! A page ends between boxes; a box that is taller than a page goes on in another one.

use super::PdfError;
use super::drawing::{Area, Drawing};
use super::layout::{Typesetter, plain};
use super::line::Line;
use super::strip::{Before, Text};
use super::tree::{NodeId, Tag};
use crate::documents::model::{Align, Aside, BoxShape, Diagram, DiagramBox, Run};

/// Sizes as multiples of the paper's: in boxes, beside arrows.
const TEXT: f32 = 0.92;
const LABEL: f32 = 0.78;
/// Widths as shares of the column: boxes alone, boxes with others beside them, those, and the arrow.
const ALONE: (f32, f32) = (0.46, 0.72);
const BESIDE: f32 = 0.53;
const ASIDE: f32 = 0.31;
/// A box takes at most this share of the height of the text.
const TALLEST: f32 = 0.8;
/// More lines than this do not go onto an arrow but into the box it leads to.
const LABEL_LINES: usize = 4;
/// How far the sides of a decision slant, in points.
const SLANT: f32 = 13.0;
/// Thickness of outlines and arrows, length of arrow heads and of arrows.
const OUTLINE: f32 = 0.9;
const ARROW: f32 = 0.8;
const HEAD: f32 = 7.0;
const ARROW_LENGTH: f32 = 21.0;
/// Grey inside boxes: 1 is white.
const TINT: f32 = 0.94;

/// Where the columns of a diagram stand.
#[derive(Clone, Copy)]
struct Plan {
    left: f32,
    width: f32,
    aside_left: f32,
    aside_width: f32,
    /// The figure that the shapes are, and their place in reading order.
    figure: (NodeId, u32),
    /// What the texts are part of.
    node: NodeId,
}

impl Plan {
    fn middle(&self) -> f32 {
        self.left + self.width / 2.0
    }
}

/// A line that waits for its place in a box.
struct Waiting {
    line: Line,
    node: NodeId,
}

impl Typesetter<'_> {
    pub(super) fn diagram(&mut self, diagram: &Diagram) -> Result<(), PdfError> {
        let node = self.node(Tag::Div);
        let figure = self.node_under(node, Tag::Figure);
        self.flow.tree.describe(figure, &diagram.alt);
        // One place for all shapes: they are seen as a whole, before the words in them are read.
        let order = self.next_order();
        let plan = self.plan(diagram, node, (figure, order))?;
        self.space_above(0.6);
        let last = diagram.boxes.len().saturating_sub(1);
        for (at, one) in diagram.boxes.iter().enumerate() {
            self.diagram_box(one, &plan, at < last)?;
            if at < last || one.to_next.is_some() {
                self.arrow(one.to_next.as_deref().unwrap_or_default(), &plan, at < last)?;
            }
        }
        if !diagram.boxes.is_empty() {
            self.add_points(self.size * 0.5);
            self.keep();
        }
        self.caption(&diagram.caption)?;
        self.space_above(0.8);
        Ok(())
    }

    fn plan(&mut self, diagram: &Diagram, node: NodeId, figure: (NodeId, u32)) -> Result<Plan, PdfError> {
        let (left, column) = (self.geometry.left, self.geometry.column);
        if diagram.boxes.iter().any(|one| one.aside.is_some()) {
            let aside_width = column * ASIDE;
            let aside_left = left + column - aside_width;
            return Ok(Plan { left, width: column * BESIDE, aside_left, aside_width, figure, node });
        }
        let mut widest = 0.0f32;
        for one in &diagram.boxes {
            widest = widest.max(self.sized_width(&one.title, (self.size * TEXT, true))?);
            widest = widest.max(self.sized_width(&one.text, (self.size * TEXT, false))?);
        }
        let width = (widest + 4.0 * self.size + 2.0 * SLANT).clamp(column * ALONE.0, column * ALONE.1);
        Ok(Plan {
            left: left + (column - width) / 2.0,
            width,
            aside_left: 0.0,
            aside_width: 0.0,
            figure,
            node,
        })
    }

    fn diagram_box(&mut self, one: &DiagramBox, plan: &Plan, more: bool) -> Result<(), PdfError> {
        let size = self.size * TEXT;
        let leading = self.leading_of(size);
        let (pad, least) = (self.size * 0.7, self.size * 2.4);
        let slant = if one.shape == BoxShape::Decision { SLANT } else { 0.0 };
        let inside = plan.width - 2.0 * (pad + slant);
        let mut lines = self.waiting(&one.title, (size, true), inside, plan.node)?;
        lines.extend(self.waiting(&one.text, (size, false), inside, plan.node)?);
        let (label, aside) = match &one.aside {
            Some(aside) => self.aside_lines(aside, plan, size, pad)?,
            None => (Vec::new(), Vec::new()),
        };
        let label_height = self.leading_of(self.size * LABEL) * label.len() as f32;
        let most = ((self.geometry.room() * TALLEST - 2.0 * pad) / leading).floor().max(1.0) as usize;
        let (mut lines, mut aside) = (lines.into_iter(), aside.into_iter());
        let mut label = Some(label);
        loop {
            let part: Vec<Waiting> = lines.by_ref().take(most).collect();
            let aside_part: Vec<Waiting> = aside.by_ref().take(most).collect();
            let first = label.is_some();
            if part.is_empty() && aside_part.is_empty() && !first {
                return Ok(());
            }
            let mut strip = self.strip(Before::Free);
            let area = |x, y, width, lines: usize| {
                let height = (lines.max(1) as f32 * leading + 2.0 * pad).max(least);
                Area { x, y, width, height }
            };
            let mut main = area(plan.left, 0.0, plan.width, part.len());
            if first && one.aside.is_some() {
                main.height = main.height.max(2.0 * (label_height + 6.0));
            }
            strip.height = main.height;
            if first || !part.is_empty() {
                shape(one.shape, main, &mut strip.drawings);
                let top = (main.height - leading * part.len() as f32) / 2.0;
                strip.texts.extend(self.place(part, size, plan.left + pad + slant, top));
            }
            if let Some(label) = label.take().filter(|_| one.aside.is_some()) {
                let middle = main.height / 2.0;
                // The slanted side stands further left at its middle.
                let from = plan.left + plan.width - slant / 2.0;
                let tip = [plan.aside_left, middle];
                strip.drawings.push(Drawing::line(&[[from, middle], [tip[0] - HEAD * 0.5, middle]], ARROW));
                strip.drawings.push(Drawing::arrow_head(tip, [from, middle], HEAD));
                let top = middle - 3.0 - label_height;
                strip.texts.extend(self.place(label, self.size * LABEL, plan.left + plan.width + 2.0, top));
            }
            if !aside_part.is_empty() || (first && one.aside.is_some()) {
                let mut beside = area(plan.aside_left, 0.0, plan.aside_width, aside_part.len());
                beside.y = ((main.height - beside.height) / 2.0).max(0.0);
                strip.height = strip.height.max(beside.foot());
                strip.drawings.push(Drawing::rounded(beside, 3.0, OUTLINE * 0.7));
                let top = beside.y + (beside.height - leading * aside_part.len() as f32) / 2.0;
                strip.texts.extend(self.place(aside_part, size, plan.aside_left + pad, top));
            }
            if more && strip.height > main.height {
                let middle = plan.middle();
                let line = [[middle, main.height], [middle, strip.height]];
                strip.drawings.push(Drawing::line(&line, ARROW));
            }
            self.as_figure(&mut strip.drawings, plan);
            self.push(strip);
        }
    }

    /// The lines on the arrow to the box beside, and those in it.
    fn aside_lines(
        &mut self,
        aside: &Aside,
        plan: &Plan,
        size: f32,
        pad: f32,
    ) -> Result<(Vec<Waiting>, Vec<Waiting>), PdfError> {
        let inside = plan.aside_width - 2.0 * pad;
        let gap = plan.aside_left - plan.left - plan.width;
        let label = [Run::plain(aside.label.clone())];
        let mut lines = self.waiting(&label, (self.size * LABEL, false), gap - HEAD - 2.0, plan.node)?;
        let mut text = Vec::new();
        if lines.len() > LABEL_LINES {
            lines.clear();
            text = self.waiting(&label, (size, true), inside, plan.node)?;
        }
        text.extend(self.waiting(&aside.text, (size, false), inside, plan.node)?);
        Ok((lines, text))
    }

    /// The arrow to the next box, its label at its right; without a box to follow only the label.
    fn arrow(&mut self, label: &str, plan: &Plan, leads_on: bool) -> Result<(), PdfError> {
        let size = self.size * LABEL;
        let leading = self.leading_of(size);
        let middle = plan.middle();
        let left = middle + 7.0;
        let room = self.geometry.left + self.geometry.column - left;
        let node = self.node_under(plan.node, Tag::P);
        let label = [Run::plain(label.to_owned())];
        let lines = self.sized(&label, (size, false), room, Align::Left)?;
        let most = ((self.geometry.room() * TALLEST) / leading).floor().max(1.0) as usize;
        let mut lines = lines.into_iter().peekable();
        loop {
            let part: Vec<Line> = lines.by_ref().take(most).collect();
            let ends = lines.peek().is_none();
            let mut strip = self.strip(Before::Kept);
            let height = leading * part.len() as f32;
            strip.height = ARROW_LENGTH.max(height + 8.0);
            let top = (strip.height - height) / 2.0 - if ends { HEAD * 0.3 } else { 0.0 };
            strip.texts = self.within(node, |this| this.stack(part, size, left, top));
            if leads_on {
                let foot = [middle, strip.height];
                let stop = if ends { strip.height - HEAD * 0.5 } else { strip.height };
                strip.drawings.push(Drawing::line(&[[middle, 0.0], [middle, stop]], ARROW));
                if ends {
                    strip.drawings.push(Drawing::arrow_head(foot, [middle, 0.0], HEAD));
                }
            }
            self.as_figure(&mut strip.drawings, plan);
            self.push(strip);
            if ends {
                return Ok(());
            }
        }
    }

    fn as_figure(&self, drawings: &mut [Drawing], plan: &Plan) {
        for drawing in drawings {
            drawing.part_of = Some(plan.figure);
        }
    }

    /// Centred lines that are a paragraph of a diagram.
    fn waiting(
        &mut self,
        runs: &[Run],
        style: (f32, bool),
        width: f32,
        parent: NodeId,
    ) -> Result<Vec<Waiting>, PdfError> {
        if plain(runs.iter()).is_empty() {
            return Ok(Vec::new());
        }
        let node = self.node_under(parent, Tag::P);
        let lines = self.sized(runs, style, width, Align::Center)?;
        Ok(lines.into_iter().map(|line| Waiting { line, node }).collect())
    }

    /// Gives waiting lines their places, the first with its top at `top`.
    fn place(&mut self, lines: Vec<Waiting>, size: f32, left: f32, top: f32) -> Vec<Text> {
        let leading = self.leading_of(size);
        let mut texts = Vec::with_capacity(lines.len());
        for (at, waiting) in lines.into_iter().enumerate() {
            let top = top + leading * at as f32;
            texts.extend(self.within(waiting.node, |this| this.stack(vec![waiting.line], size, left, top)));
        }
        texts
    }
}

/// The outline of a box.
fn shape(shape: BoxShape, area: Area, drawings: &mut Vec<Drawing>) {
    match shape {
        BoxShape::Terminal => {
            drawings.push(Drawing::rounded(area, area.height.min(36.0) / 2.0, OUTLINE).tinted(TINT));
        }
        BoxShape::Step => drawings.push(Drawing::area(area, OUTLINE)),
        BoxShape::Decision => {
            let (left, right, foot) = (area.x, area.right(), area.foot());
            let corners = [[left + SLANT, area.y], [right, area.y], [right - SLANT, foot], [left, foot]];
            drawings.push(Drawing::polygon(&corners, OUTLINE).tinted(TINT));
        }
        BoxShape::Node => {
            drawings.push(Drawing::area(area, OUTLINE));
            drawings.push(Drawing::area(area.inset(2.6), OUTLINE * 0.55));
        }
    }
}
