//! From pages to content streams: the text with its structure, and around it what is no part of it.

use super::PdfError;
use super::content::{Codes, Content};
use super::drawing::{Area, Drawing};
use super::font::{FaceId, Shaper};
use super::line::{self, Line};
use super::page::{Geometry, Page, Placed, ROW_AIR};
use super::strip::{Flow, Grid, Image, Text};
use super::surround::Layer;
use super::tree::{NodeId, Tree};
use super::words::{Style, segments};
use crate::documents::model::{Align, Furniture, Run};

/// Thickness of table borders and of lines under names, in points.
const BORDER: f32 = 0.5;

/// Names of the forms that hold what pages share.
pub(super) const WATERMARK: &str = "W";
/// Furniture of each page.
pub(super) const FIXED: &str = "S";
/// Furniture of each page but the last.
pub(super) const PARAF: &str = "P";

/// Which of them a page shows, and what is its own.
pub(super) struct Around<'a> {
    pub(super) watermark: bool,
    pub(super) fixed: bool,
    pub(super) paraf: bool,
    pub(super) numbers: &'a Layer,
}

/// A part of a page that stands in reading order.
#[derive(Clone, Copy)]
enum Item<'a> {
    Text(&'a Text),
    Drawing(&'a Drawing),
    Image(&'a Image),
}

/// The name of a picture in the resources of its paper.
pub(super) fn picture_name(number: usize) -> String {
    format!("I{number}")
}

/// Writes page `number` (from 0) of a paper, and marks in the tree what stands on it.
pub(super) fn page(
    codes: &Codes,
    (page, number): (&Page<'_>, usize),
    grids: &[Grid],
    geometry: &Geometry,
    tree: &mut Tree,
    around: &Around<'_>,
) -> Vec<u8> {
    let mut pen = Pen { geometry, content: Content::new(codes, geometry.height) };
    if around.watermark {
        pen.form(WATERMARK);
    }
    pen.ornaments(page, grids);
    pen.body(page, number, tree);
    pen.repeated(page);
    if around.fixed {
        pen.form(FIXED);
    }
    if around.paraf {
        pen.form(PARAF);
    }
    if !around.numbers.is_empty() {
        pen.content.artifact();
        around.numbers.write(&mut pen.content);
        pen.content.end_marked();
    }
    pen.content.into_bytes()
}

struct Pen<'a> {
    geometry: &'a Geometry,
    content: Content<'a>,
}

impl Pen<'_> {
    fn form(&mut self, name: &str) {
        self.content.artifact();
        self.content.place(name, None);
        self.content.end_marked();
    }

    /// Borders, lines under names, dots under missing facts, empty boxes.
    fn ornaments(&mut self, page: &Page<'_>, grids: &[Grid]) {
        self.content.artifact();
        self.borders(page, grids);
        for placed in page {
            for drawing in placed.strip.drawings.iter().filter(|drawing| drawing.part_of.is_none()) {
                self.content.drawing(drawing, placed.y);
            }
            for text in &placed.strip.texts {
                self.underlines(placed.y, text);
            }
        }
        self.content.end_marked();
    }

    /// What is read, in reading order.
    fn body(&mut self, page: &Page<'_>, number: usize, tree: &mut Tree) {
        let mut items: Vec<(u32, NodeId, f32, Item<'_>)> = Vec::new();
        for placed in page.iter().filter(|placed| !placed.repeated) {
            let strip = placed.strip;
            items.extend(strip.texts.iter().map(|t| (t.order, t.node, placed.y, Item::Text(t))));
            items.extend(strip.images.iter().map(|i| (i.order, i.node, placed.y, Item::Image(i))));
            for drawing in &strip.drawings {
                if let Some((node, order)) = drawing.part_of {
                    items.push((order, node, placed.y, Item::Drawing(drawing)));
                }
            }
        }
        items.sort_by_key(|(order, ..)| *order);
        // Where the order jumps, as from a label whose second line stands overleaf to its value, a new
        // part begins, so that the second line is heard between the two.
        let goes_on = |before: &(u32, NodeId, f32, Item<'_>), next: &(u32, NodeId, f32, Item<'_>)| {
            before.1 == next.1 && next.0 <= before.0 + 1
        };
        for (marks, group) in items.chunk_by(goes_on).enumerate() {
            let Some((order, node, ..)) = group.first() else { continue };
            tree.mark(*node, *order, number, marks);
            self.content.marked(tree.tag(*node), marks);
            let mut in_text = false;
            for (_, _, top, item) in group {
                let is_text = matches!(item, Item::Text(_));
                if is_text != in_text {
                    if is_text {
                        self.content.begin_text()
                    } else {
                        self.content.end_text()
                    }
                    in_text = is_text;
                }
                match item {
                    Item::Text(text) => self.content.line(&text.line, text.size, 0.0, top + text.baseline),
                    Item::Drawing(drawing) => {
                        self.content.drawing(drawing, *top);
                        self.covers(tree, *node, drawing.bounds(), *top);
                    }
                    Item::Image(image) => {
                        self.content.place(&picture_name(image.pixels), Some((image.area, *top)));
                        self.covers(tree, *node, image.area, *top);
                    }
                }
            }
            if in_text {
                self.content.end_text();
            }
            self.content.end_marked();
        }
    }

    fn covers(&self, tree: &mut Tree, node: NodeId, area: Area, top: f32) {
        let height = self.geometry.height;
        tree.covers(node, [area.x, height - top - area.foot(), area.right(), height - top - area.y]);
    }

    /// Header rows that stood on an earlier page already: they are no part of the text.
    fn repeated(&mut self, page: &Page<'_>) {
        if !page.iter().any(|placed| placed.repeated) {
            return;
        }
        self.content.artifact();
        self.content.begin_text();
        for placed in page.iter().filter(|placed| placed.repeated) {
            for text in &placed.strip.texts {
                self.content.line(&text.line, text.size, 0.0, placed.y + text.baseline);
            }
        }
        self.content.end_text();
        self.content.end_marked();
    }

    /// Lines under names, dots under missing facts.
    fn underlines(&mut self, top: f32, text: &Text) {
        let y = top + text.baseline + text.size * 0.16;
        let spans = &text.line.spans;
        if text.underline
            && let (Some(first), Some(last)) = (spans.first(), spans.last())
        {
            self.stroke([first.x, y], [last.x + last.width, y]);
        }
        for span in spans.iter().filter(|span| span.gap) {
            self.content.dots(span.x, span.x + span.width, y);
        }
    }

    fn stroke(&mut self, from: [f32; 2], to: [f32; 2]) {
        self.content.drawing(&Drawing::line(&[from, to], BORDER), 0.0);
    }

    /// Borders of the tables on a page: each run of rows is closed above and below.
    fn borders(&mut self, page: &Page<'_>, grids: &[Grid]) {
        let mut at = 0;
        while let Some(placed) = page.get(at) {
            let Some(slot) = placed.strip.slot else {
                at += 1;
                continue;
            };
            let rows = page[at..]
                .iter()
                .take_while(|next| next.strip.slot.is_some_and(|next| next.table == slot.table));
            let rows: Vec<_> = rows.collect();
            at += rows.len();
            let Some(edges) = grids.get(slot.table).map(|grid| &grid.edges) else { continue };
            let (Some(left), Some(right), Some(last)) = (edges.first(), edges.last(), rows.last()) else {
                continue;
            };
            let border = |placed: &Placed<'_>| placed.y - if placed.goes_on { ROW_AIR } else { 0.0 };
            let top = border(placed);
            // A row that goes on overleaf has no room of its own below its line.
            let air = if last.strip.ends_row { 0.0 } else { ROW_AIR };
            let bottom = last.y + last.strip.height + air;
            for edge in edges {
                self.stroke([*edge, bottom], [*edge, top]);
            }
            let mut row = None;
            for placed in &rows {
                if placed.strip.slot != row {
                    row = placed.strip.slot;
                    let y = border(placed);
                    self.stroke([*left, y], [*right, y]);
                }
            }
            self.stroke([*left, bottom], [*right, bottom]);
        }
    }
}

/// The characters of all strips.
pub(super) fn learn(flow: &Flow, codes: &mut Codes) {
    for text in flow.strips.iter().flat_map(|strip| &strip.texts) {
        codes.learn(&text.line);
    }
}

/// What stands across each page of a draft.
pub(super) struct Watermark {
    lines: Vec<Line>,
    width: f32,
}

impl Watermark {
    /// Sets it.
    pub(super) fn new(shaper: &mut Shaper, furniture: &Furniture, mark: &str) -> Result<Self, PdfError> {
        let style = Style { family: furniture.font, size: 1.0, bold: true };
        let segments = segments(shaper, &[Run::plain(mark)], style, f32::INFINITY)?;
        let width = line::natural_width(&segments);
        let lines = line::set(&segments, f32::INFINITY, Align::Left, 1.0, &shaper.spaces());
        Ok(Self { lines, width })
    }

    /// The characters it prints.
    pub(super) fn learn(&self, codes: &mut Codes) {
        self.lines.iter().for_each(|line| codes.learn(line));
    }

    /// Light grey across the page.
    pub(super) fn write(&self, content: &mut Content<'_>, geometry: &Geometry) {
        if self.width <= 0.0 {
            return;
        }
        let (page_width, page_height) = (geometry.width, geometry.height);
        let diagonal = page_width.hypot(page_height);
        let size = (diagonal * 0.55 / self.width).min(150.0);
        let (cos, sin) = (page_width / diagonal, page_height / diagonal);
        // Half the length back and a third of the height down from the middle of the page.
        let (back, down) = (self.width * size / 2.0, size * 0.35);
        let start = (page_width / 2.0 - cos * back + sin * down, page_height / 2.0 - sin * back - cos * down);
        content.grey(0.92);
        content.begin_text();
        for span in self.lines.iter().flat_map(|line| &line.spans) {
            let (x, y) = (start.0 + cos * span.x * size, start.1 + sin * span.x * size);
            content.sloping(span, size, [cos, sin, -sin, cos, x, y]);
        }
        content.end_text();
        content.grey(0.0);
    }
}

/// What page numbers are made of: learnt in any case, so that papers of one page share their subsets
/// with those of many.
pub(super) fn learn_numbers(family: crate::documents::model::FontFamily, codes: &mut Codes) {
    codes.learn_text(FaceId::of(family, false, false), "0123456789- dari");
}
