//! The head of a letter: the logo at the left, names and address centred beside it, a thick and a thin
//! rule below.

use super::PdfError;
use super::drawing::{Area, Drawing};
use super::layout::{Typesetter, plain};
use super::line::Line;
use super::page::MM;
use super::picture::Pixels;
use super::strip::{Before, Image};
use super::tree::{NodeId, Tag};
use crate::documents::model::{Align, Letterhead, Run};

/// Room for the logo; it keeps its shape.
const LOGO_HEIGHT: f32 = 22.0 * MM;
const LOGO_WIDTH: f32 = 30.0 * MM;
/// Air between logo and names.
const GUTTER: f32 = 4.0 * MM;
/// Sizes as multiples of the paper's: the government, the office, where to find it.
const GOVERNMENT: f32 = 1.16;
const OFFICE: f32 = 1.42;
const DETAILS: f32 = 0.8;
/// A name that is too wide is first set this much smaller, and then on two lines.
const SMALLER: f32 = 0.86;
/// Rules, and the air between them.
const THICK: f32 = 2.0;
const THIN: f32 = 0.6;
const BETWEEN: f32 = 1.6;

impl Typesetter<'_> {
    pub(super) fn letterhead(&mut self, head: &Letterhead) -> Result<(), PdfError> {
        let (left, column) = (self.geometry.left, self.geometry.column);
        let logo = match &head.logo {
            Some(picture) => {
                let pixels = self.embed(picture)?;
                let (width, height) =
                    fitted(picture_size(&self.flow.pictures[pixels]), LOGO_WIDTH, LOGO_HEIGHT);
                let node = self.node(Tag::Figure);
                self.flow.tree.describe(node, &picture.alt);
                let order = self.next_order();
                Some(Image { pixels, area: Area { x: left, y: 0.0, width, height }, node, order })
            }
            None => None,
        };
        let beside = logo.map_or(0.0, |logo| logo.area.width + GUTTER);
        let rows = self.head_rows(head, beside, column)?;
        let first = self.flow.strips.len();
        let text_height: f32 = rows.iter().map(|row| self.leading_of(row.size)).sum();
        let logo_height = logo.map_or(0.0, |logo| logo.area.height);
        // The shorter of the two stands at the middle of the other.
        let above = ((logo_height - text_height) / 2.0).max(0.0);
        if above > 0.0 {
            let mut strip = self.strip(Before::Free);
            strip.height = above;
            self.push(strip);
        }
        for row in rows {
            let begins = self.flow.strips.len() == first;
            let mut strip = self.strip(if begins { Before::Free } else { Before::Kept });
            strip.height = self.leading_of(row.size);
            strip.texts = self.within(row.node, |this| this.stack(vec![row.line], row.size, row.left, 0.0));
            self.push(strip);
        }
        let mut rules = self.strip(Before::Kept);
        rules.height = above + THICK + BETWEEN + THIN + 4.0;
        let y = above + 4.0;
        let rule = |y: f32, thickness: f32| Drawing::line(&[[left, y], [left + column, y]], thickness);
        rules.drawings.push(rule(y, THICK));
        rules.drawings.push(rule(y + THICK / 2.0 + BETWEEN + THIN / 2.0, THIN));
        self.push(rules);
        if let (Some(mut logo), Some(strip)) = (logo, self.flow.strips.get_mut(first)) {
            // Beside more words than a page holds it stays at their beginning.
            let whole = text_height <= self.geometry.room() * 0.9;
            logo.area.y = if whole { ((text_height - logo_height) / 2.0).max(0.0) } else { 0.0 };
            strip.images.push(logo);
        }
        self.space_above(0.9);
        Ok(())
    }

    /// All lines beside the logo. They stand in the middle of the page where they fit there.
    fn head_rows(&mut self, head: &Letterhead, beside: f32, column: f32) -> Result<Vec<HeadRow>, PdfError> {
        let last = head.names.len().saturating_sub(1);
        let mut wanted: Vec<(&[Run], f32, bool)> = Vec::new();
        for (at, runs) in head.names.iter().enumerate() {
            let share = if at == last { OFFICE } else { GOVERNMENT };
            wanted.push((runs, self.size * share, at == last));
        }
        wanted.extend(head.details.iter().map(|runs| (runs.as_slice(), self.size * DETAILS, false)));
        let mut widest = 0.0f32;
        let names = head.names.len();
        for (at, (runs, size, bold)) in wanted.iter_mut().enumerate() {
            let mut width = self.sized_width(runs, (*size, *bold))?;
            if at < names && width > column - beside {
                *size *= SMALLER;
                width *= SMALLER;
            }
            widest = widest.max(width);
        }
        let in_the_middle = widest <= column - 2.0 * beside;
        let width = if in_the_middle { column - 2.0 * beside } else { column - beside };
        let mut rows = Vec::new();
        for (runs, size, bold) in wanted {
            if plain(runs.iter()).is_empty() {
                continue;
            }
            let node = self.node(Tag::P);
            for line in self.sized(runs, (size, bold), width, Align::Center)? {
                rows.push(HeadRow { line, size, left: self.geometry.left + beside, node });
            }
        }
        Ok(rows)
    }
}

/// A line beside the logo.
struct HeadRow {
    line: Line,
    size: f32,
    left: f32,
    node: NodeId,
}

/// Width and height in pixels.
pub(super) fn picture_size(pixels: &Pixels) -> (f32, f32) {
    (pixels.width.max(1) as f32, pixels.height.max(1) as f32)
}

/// The largest size of the same shape in a box.
pub(super) fn fitted((width, height): (f32, f32), most_width: f32, most_height: f32) -> (f32, f32) {
    let scale = (most_width / width).min(most_height / height);
    (width * scale, height * scale)
}
