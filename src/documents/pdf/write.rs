//! From pages to printpdf operations, with what surrounds the text: page numbers, paraf boxes and
//! the mark of a draft.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{
    Color, FontId, Greyscale, Line as Stroke, LineDashPattern, LinePoint, Mm, Op, PaintMode, PdfFontHandle,
    PdfPage, Point, Pt, Rect, TextItem, TextMatrix,
};

use super::PdfError;
use super::font::{FACES, FaceId, Shaper};
use super::line::{self, Line};
use super::page::{Geometry, Page};
use super::strip::{Flow, Frame, Grid, Text};
use super::words::{Style, segments};
use crate::documents::model::{Align, Furniture, Run};

/// Thickness of table borders and of lines under names, in points.
const BORDER: f32 = 0.5;
/// Room between the last line of a page and the border of a row that goes on, in points.
const ROW_AIR: f32 = 3.0;
/// Height of a paraf box and size of its caption, in points.
const PARAF_HEIGHT: f32 = 24.0;
const PARAF_SIZE: f32 = 7.0;
/// Feet of the paraf boxes and of the page number above the edge of the paper, in points.
const PARAF_FOOT: f32 = 44.0;
const NUMBER_FOOT: f32 = 26.0;

/// Pages as operations, and the characters each face has to print.
pub(super) struct Written {
    pub(super) pages: Vec<PdfPage>,
    pub(super) characters: BTreeMap<FaceId, Vec<char>>,
}

/// Writes all pages.
pub(super) fn write(
    shaper: &mut Shaper,
    flow: &Flow,
    pages: &[Page<'_>],
    geometry: &Geometry,
    furniture: &Furniture,
    size: f32,
) -> Result<Written, PdfError> {
    let mut used: [BTreeSet<char>; FACES] = Default::default();
    let mut written = Vec::with_capacity(pages.len());
    for (at, page) in pages.iter().enumerate() {
        let mut pen = Pen::new(geometry, &mut used);
        if let Some(mark) = &furniture.watermark {
            pen.watermark(shaper, furniture, mark)?;
        }
        pen.borders(page, &flow.grids);
        pen.frames(page);
        pen.texts(page, false);
        pen.artifact_begin();
        pen.texts(page, true);
        if at + 1 < pages.len() {
            pen.paraf(shaper, furniture)?;
        }
        if furniture.page_numbers && at > 0 {
            pen.number(shaper, furniture, size, at + 1)?;
        }
        pen.artifact_end();
        let (width, height) = (Mm::from(Pt(geometry.width)), Mm::from(Pt(geometry.height)));
        written.push(PdfPage::new(width, height, pen.ops));
    }
    let characters = used
        .into_iter()
        .enumerate()
        .filter(|(_, characters)| !characters.is_empty())
        .map(|(at, characters)| (FaceId::at(at), characters.into_iter().collect()))
        .collect();
    Ok(Written { pages: written, characters })
}

struct Pen<'a> {
    geometry: &'a Geometry,
    used: &'a mut [BTreeSet<char>; FACES],
    ops: Vec<Op>,
    font: Option<(FaceId, f32)>,
}

impl<'a> Pen<'a> {
    fn new(geometry: &'a Geometry, used: &'a mut [BTreeSet<char>; FACES]) -> Self {
        let thin = Op::SetOutlineThickness { pt: Pt(BORDER) };
        Self { geometry, used, ops: vec![thin], font: None }
    }

    fn artifact_begin(&mut self) {
        self.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
    }

    fn artifact_end(&mut self) {
        self.ops.push(Op::EndMarkedContent);
    }

    fn grey(&mut self, share: f32) {
        self.ops.push(Op::SetFillColor { col: Color::Greyscale(Greyscale::new(share, None)) });
    }

    /// Text of the page in reading order; header rows that are repeated stand apart, because they are
    /// no part of the text.
    fn texts(&mut self, page: &Page<'_>, repeated: bool) {
        let mut texts: Vec<(f32, &Text)> = page
            .iter()
            .filter(|placed| placed.repeated == repeated)
            .flat_map(|placed| placed.strip.texts.iter().map(|text| (placed.y, text)))
            .collect();
        if texts.is_empty() {
            return;
        }
        texts.sort_by_key(|(_, text)| text.order);
        for (top, text) in &texts {
            self.underlines(*top, text);
        }
        self.ops.push(Op::StartTextSection);
        for (top, text) in texts {
            let y = self.geometry.height - top - text.baseline;
            self.line(&text.line, text.size, 0.0, y);
        }
        self.ops.push(Op::EndTextSection);
    }

    fn frames(&mut self, page: &Page<'_>) {
        for placed in page {
            for frame in &placed.strip.frames {
                self.frame(placed.y, frame);
            }
        }
    }

    /// One line; inside a text section.
    fn line(&mut self, line: &Line, size: f32, left: f32, y: f32) {
        for span in &line.spans {
            self.set_font(span.face, size);
            let (x, y) = (hundredth(left + span.x), hundredth(y));
            self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(x), Pt(y)) });
            self.show(span.face, &span.items);
        }
    }

    fn set_font(&mut self, face: FaceId, size: f32) {
        if self.font != Some((face, size)) {
            self.font = Some((face, size));
            let font = PdfFontHandle::External(FontId(face.resource()));
            self.ops.push(Op::SetFont { font, size: Pt(size) });
        }
    }

    fn show(&mut self, face: FaceId, items: &[TextItem]) {
        for item in items {
            if let TextItem::Text(text) = item {
                self.used[face.index()].extend(text.chars());
            }
        }
        self.ops.push(Op::ShowText { items: items.to_vec() });
    }

    /// Lines under names, dots under missing facts.
    fn underlines(&mut self, top: f32, text: &Text) {
        let y = self.geometry.height - top - text.baseline - text.size * 0.16;
        let spans = &text.line.spans;
        if text.underline
            && let (Some(first), Some(last)) = (spans.first(), spans.last())
        {
            self.stroke(first.x, y, last.x + last.width, y);
        }
        if spans.iter().any(|span| span.gap) {
            let dots = LineDashPattern::new(0.0, &[1.0, 1.6]);
            self.ops.push(Op::SetLineDashPattern { dash: dots });
            for span in spans.iter().filter(|span| span.gap) {
                self.stroke(span.x, y, span.x + span.width, y);
            }
            self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::solid() });
        }
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
            let top = self.geometry.height - placed.y;
            // A row that goes on overleaf has no room of its own below its line.
            let air = if last.strip.ends_row { 0.0 } else { ROW_AIR };
            let bottom = self.geometry.height - last.y - last.strip.height - air;
            for edge in edges {
                self.stroke(*edge, bottom, *edge, top);
            }
            let mut row = None;
            for placed in &rows {
                if placed.strip.slot != row {
                    row = placed.strip.slot;
                    let y = self.geometry.height - placed.y;
                    self.stroke(*left, y, *right, y);
                }
            }
            self.stroke(*left, bottom, *right, bottom);
        }
    }

    fn frame(&mut self, top: f32, frame: &Frame) {
        let y = self.geometry.height - top - frame.y - frame.height;
        self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &[3.0, 2.0]) });
        self.rectangle(frame.x, y, frame.width, frame.height);
        self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::solid() });
    }

    fn rectangle(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let [x, y, width, height] = [x, y, width, height].map(|points| Pt(hundredth(points)));
        let mut rectangle = Rect::from_xywh(x, y, width, height);
        rectangle.mode = Some(PaintMode::Stroke);
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    fn stroke(&mut self, x1: f32, y1: f32, x2: f32, y2: f32) {
        let point = |x: f32, y: f32| LinePoint {
            p: Point { x: Pt(hundredth(x)), y: Pt(hundredth(y)) },
            bezier: false,
        };
        let line = Stroke { points: vec![point(x1, y1), point(x2, y2)], is_closed: false };
        self.ops.push(Op::DrawLine { line });
    }

    /// One line of small type with its width, in points.
    fn small(
        &mut self,
        shaper: &mut Shaper,
        furniture: &Furniture,
        text: &str,
        size: f32,
        column: f32,
    ) -> Result<Vec<Line>, PdfError> {
        let style = Style { family: furniture.font, size, bold: false };
        let segments = segments(shaper, &[Run::plain(text)], style, column)?;
        Ok(line::set(&segments, column, Align::Center, size, &shaper.spaces()))
    }

    fn number(
        &mut self,
        shaper: &mut Shaper,
        furniture: &Furniture,
        size: f32,
        number: usize,
    ) -> Result<(), PdfError> {
        let size = (size - 1.0).max(6.0);
        let text = format!("- {number} -");
        let lines = self.small(shaper, furniture, &text, size, self.geometry.column)?;
        self.ops.push(Op::StartTextSection);
        for line in &lines {
            self.line(line, size, self.geometry.left, NUMBER_FOOT);
        }
        self.ops.push(Op::EndTextSection);
        Ok(())
    }

    /// Boxes for initials at the right of the foot: caption on the left of each, room on the right.
    fn paraf(&mut self, shaper: &mut Shaper, furniture: &Furniture) -> Result<(), PdfError> {
        let count = furniture.paraf.len();
        if count == 0 {
            return Ok(());
        }
        let unit = (self.geometry.column / count as f32).min(118.0);
        let (caption, pad) = (unit * 0.56, 3.0);
        let mut left = self.geometry.left + self.geometry.column - unit * count as f32;
        for label in &furniture.paraf {
            let lines = self.small(shaper, furniture, label, PARAF_SIZE, caption - 2.0 * pad)?;
            self.rectangle(left, PARAF_FOOT, unit, PARAF_HEIGHT);
            self.stroke(left + caption, PARAF_FOOT, left + caption, PARAF_FOOT + PARAF_HEIGHT);
            let leading = PARAF_SIZE * 1.2;
            let size = PARAF_SIZE.min(PARAF_SIZE * PARAF_HEIGHT / (leading * lines.len() as f32 + 1.0));
            let leading = size * 1.2;
            let middle = PARAF_FOOT + PARAF_HEIGHT / 2.0;
            let first = middle + leading * (lines.len() as f32 - 1.0) / 2.0 - size * 0.3;
            self.ops.push(Op::StartTextSection);
            for (at, line) in lines.iter().enumerate() {
                self.line(line, size, left + pad, first - leading * at as f32);
            }
            self.ops.push(Op::EndTextSection);
            left += unit;
        }
        Ok(())
    }

    /// Light grey across the page, behind the text.
    fn watermark(&mut self, shaper: &mut Shaper, furniture: &Furniture, mark: &str) -> Result<(), PdfError> {
        let style = Style { family: furniture.font, size: 1.0, bold: true };
        let segments = segments(shaper, &[Run::plain(mark)], style, f32::INFINITY)?;
        let width = line::natural_width(&segments);
        if width <= 0.0 {
            return Ok(());
        }
        let (page_width, page_height) = (self.geometry.width, self.geometry.height);
        let diagonal = page_width.hypot(page_height);
        let size = (diagonal * 0.55 / width).min(150.0);
        let lines = line::set(&segments, f32::INFINITY, Align::Left, 1.0, &shaper.spaces());
        let (cos, sin) = (page_width / diagonal, page_height / diagonal);
        // Half the length back and a third of the height down from the middle of the page.
        let (back, down) = (width * size / 2.0, size * 0.35);
        let start = (page_width / 2.0 - cos * back + sin * down, page_height / 2.0 - sin * back - cos * down);
        self.artifact_begin();
        self.grey(0.92);
        self.ops.push(Op::StartTextSection);
        for span in lines.iter().flat_map(|line| &line.spans) {
            self.set_font(span.face, hundredth(size));
            let (x, y) = (start.0 + cos * span.x * size, start.1 + sin * span.x * size);
            let matrix = [cos, sin, -sin, cos, hundredth(x), hundredth(y)];
            self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw(matrix) });
            self.show(span.face, &span.items);
        }
        self.ops.push(Op::EndTextSection);
        self.grey(0.0);
        self.artifact_end();
        Ok(())
    }
}

fn hundredth(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
