//! What pages are filled with: strips of the height of one line, each saying whether a page may begin
//! with it.

use std::sync::Arc;

use super::drawing::{Area, Drawing};
use super::line::Line;
use super::picture::Pixels;
use super::tree::{NodeId, Tree};

/// May a page begin with this strip?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Yes.
    Free,
    /// Only where nothing else fits a page.
    Kept,
    /// It must.
    Forced,
}

/// A line of text in a strip.
#[derive(Debug, Clone)]
pub(super) struct Text {
    /// Place in reading order; cells and columns are read one after the other.
    pub(super) order: u32,
    /// What it is part of.
    pub(super) node: NodeId,
    /// Baseline below the top of the strip, in points.
    pub(super) baseline: f32,
    /// Size in points.
    pub(super) size: f32,
    /// Draw a line under it.
    pub(super) underline: bool,
    /// The text; `x` counts from the left edge of the page.
    pub(super) line: Line,
}

/// A picture in a strip.
#[derive(Debug, Clone, Copy)]
pub(super) struct Image {
    /// Which of the paper's pictures.
    pub(super) pixels: usize,
    /// Where, from the left edge of the page and the top of the strip.
    pub(super) area: Area,
    /// The figure it is.
    pub(super) node: NodeId,
    /// Place in reading order.
    pub(super) order: u32,
}

/// The place of a strip in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    /// Which table of the document.
    pub(super) table: usize,
    /// Which row, header rows counted.
    pub(super) row: usize,
    /// In a header row.
    pub(super) header: bool,
}

/// One line of the page, over its whole width.
#[derive(Debug, Clone)]
pub(super) struct Strip {
    /// May a page begin here?
    pub(super) before: Before,
    /// Space above in points; dropped at the top of a page.
    pub(super) gap: f32,
    /// Height in points.
    pub(super) height: f32,
    /// Text on it.
    pub(super) texts: Vec<Text>,
    /// Shapes that hang from it.
    pub(super) drawings: Vec<Drawing>,
    /// Pictures that hang from it.
    pub(super) images: Vec<Image>,
    /// Its place in a table.
    pub(super) slot: Option<Slot>,
    /// The last line of its row.
    pub(super) ends_row: bool,
    /// The bookmark that points here.
    pub(super) bookmark: Option<usize>,
}

/// Column edges of a table and the strips of its header.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    /// Edges from the left edge of the page, in points, left to right.
    pub(super) edges: Vec<f32>,
    /// Header strips, repeated on each page; empty where the header is too tall to repeat.
    pub(super) header: Vec<Strip>,
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bookmark {
    /// Structural level of the heading.
    pub(super) level: u8,
    /// Its text.
    pub(super) title: String,
}

/// A document cut into strips.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// In reading order.
    pub(super) strips: Vec<Strip>,
    /// Tables by their number.
    pub(super) grids: Vec<Grid>,
    /// Headings by their number.
    pub(super) bookmarks: Vec<Bookmark>,
    /// Pictures by their number.
    pub(super) pictures: Vec<Arc<Pixels>>,
    /// What all of it is.
    pub(super) tree: Tree,
}
