//! From strips to pages.

use super::strip::{Before, Flow, Strip};
use crate::documents::model::{Furniture, Margins, Paper};

/// Points in a millimetre.
pub(super) const MM: f32 = 72.0 / 25.4;
/// Margins outside of these, in millimetres, are taken for a slip.
const LEAST_MARGIN: f32 = 10.0;
const MOST_MARGIN: f32 = 50.0;

/// The paper and its margins, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Geometry {
    /// Paper width.
    pub(super) width: f32,
    /// Paper height.
    pub(super) height: f32,
    /// Left margin.
    pub(super) left: f32,
    /// Width of the text.
    pub(super) column: f32,
    /// Upper margin.
    pub(super) top: f32,
    /// Lower margin, where furniture stands.
    pub(super) bottom: f32,
}

impl Geometry {
    /// The paper and the margins it asks for, kept within what can be printed and read.
    pub(super) fn of(furniture: &Furniture) -> Self {
        let (width, height) = match furniture.paper {
            Paper::F4 => (215.0 * MM, 330.0 * MM),
            Paper::A4 => (210.0 * MM, 297.0 * MM),
        };
        let (asked, usual) = (furniture.margins, Margins::default());
        let margin = |asked: f32, usual: f32| {
            (if asked.is_finite() { asked } else { usual }).clamp(LEAST_MARGIN, MOST_MARGIN) * MM
        };
        let (left, right) = (margin(asked.left, usual.left), margin(asked.right, usual.right));
        let (top, bottom) = (margin(asked.top, usual.top), margin(asked.bottom, usual.bottom));
        Self { width, height, left, column: width - left - right, top, bottom }
    }

    /// Height of the text.
    pub(super) fn room(&self) -> f32 {
        self.height - self.top - self.bottom
    }
}

/// A strip on a page.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    /// Its top below the upper edge of the paper, in points.
    pub(super) y: f32,
    /// What stands there.
    pub(super) strip: &'a Strip,
    /// A header row that stood on an earlier page already.
    pub(super) repeated: bool,
    /// The rest of a table row that began on an earlier page; air stands above it.
    pub(super) goes_on: bool,
}

/// Room between the border of a row that goes over a page and its lines there, in points.
pub(super) const ROW_AIR: f32 = 3.0;

/// A page, top to bottom.
pub(super) type Page<'a> = Vec<Placed<'a>>;

/// Fills pages: each ends at the last place where the next may begin.
pub(super) fn paginate<'a>(flow: &'a Flow, geometry: &Geometry) -> Vec<Page<'a>> {
    let strips = &flow.strips;
    let mut pages = Vec::new();
    let mut start = 0;
    while start < strips.len() {
        let header = header_above(flow, start);
        let header_height: f32 = header.iter().map(|strip| strip.height).sum();
        let goes_on =
            start > 0 && strips[start].slot.is_some_and(|slot| strips[start - 1].slot == Some(slot));
        let air = if goes_on { ROW_AIR } else { 0.0 };
        let room = geometry.room() - header_height - air;
        let end = end_of_page(strips, start, room);
        let mut y = geometry.top;
        let mut page = Page::new();
        for strip in header {
            page.push(Placed { y, strip, repeated: true, goes_on: false });
            y += strip.height;
        }
        y += air;
        for (at, strip) in strips.iter().enumerate().take(end).skip(start) {
            y += gap(strip, at == start, start, room);
            page.push(Placed { y, strip, repeated: false, goes_on: goes_on && at == start });
            y += strip.height;
        }
        pages.push(page);
        start = end;
    }
    if pages.is_empty() {
        pages.push(Page::new());
    }
    pages
}

/// Space above a strip. At the top of a page it is dropped, unless the page was begun on purpose.
fn gap(strip: &Strip, on_top: bool, start: usize, room: f32) -> f32 {
    let on_purpose = start == 0 || strip.before == Before::Forced;
    match (on_top, on_purpose) {
        (false, _) => strip.gap,
        (true, true) => strip.gap.min(room - strip.height).max(0.0),
        (true, false) => 0.0,
    }
}

fn end_of_page(strips: &[Strip], start: usize, room: f32) -> usize {
    let mut used = 0.0;
    let mut last_free = None;
    for (at, strip) in strips.iter().enumerate().skip(start) {
        if at > start {
            match strip.before {
                Before::Forced => return at,
                Before::Free => last_free = Some(at),
                Before::Kept => {}
            }
        }
        used += gap(strip, at == start, start, room) + strip.height;
        if used > room + 0.01 && at > start {
            // Where everything is kept together and too tall, the page still has to end.
            return last_free.unwrap_or(at);
        }
    }
    strips.len()
}

/// The header to repeat above a page that begins inside a table.
fn header_above(flow: &Flow, start: usize) -> &[Strip] {
    let Some(slot) = flow.strips[start].slot else { return &[] };
    let begins_here = start == 0 || flow.strips[start - 1].slot.map(|s| s.table) != Some(slot.table);
    if begins_here || slot.header {
        return &[];
    }
    flow.grids.get(slot.table).map_or(&[], |grid| &grid.header)
}
