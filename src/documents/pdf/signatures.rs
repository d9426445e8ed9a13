//! The signature block: columns side by side, whole, and never alone on a page.

use super::PdfError;
use super::drawing::{Area, Drawing};
use super::layout::{Typesetter, merge};
use super::strip::{Before, Strip, Text};
use super::tree::Tag;
use crate::documents::model::{Align, Run, SignatureBlock, SignatureColumn};

/// Lines left for a signature.
const ROOM_TO_SIGN: f32 = 4.0;
/// A duty stamp is about 32 × 24 mm; the box leaves it some air, in points.
const STAMP: (f32, f32) = (86.0, 62.0);
/// Thickness of the line around it.
const BORDER: f32 = 0.5;
/// Lines of text that have to come along with the block.
const LINES_ABOVE: usize = 2;

impl Typesetter<'_> {
    pub(super) fn signatures(&mut self, block: &SignatureBlock) -> Result<(), PdfError> {
        let count = block.columns.len().max(1);
        let column = self.geometry.column;
        let gutter = self.size * 1.5;
        // One signatory stands on the right, as in letters.
        let (start, width) = if count == 1 {
            (column * 0.48, column * 0.52)
        } else {
            (0.0, (column - gutter * (count - 1) as f32) / count as f32)
        };
        let first = self.flow.strips.len();
        self.space_above(1.6);
        if let Some(runs) = &block.heading {
            let left = self.geometry.left;
            let rows = self.paragraph(runs, false, left, column)?;
            self.push_kept(rows);
            self.space_above(0.3);
        }
        if let Some(runs) = &block.place_and_date {
            let width = if count == 1 { width } else { column * 0.52 };
            let left = self.geometry.left + column - width;
            let rows = self.paragraph(runs, false, left, width)?;
            self.push_kept(rows);
            self.space_above(0.3);
        }
        let (mut headings, mut names, mut below) = (Vec::new(), Vec::new(), Vec::new());
        let mut stamps = Vec::new();
        for (at, signatory) in block.columns.iter().enumerate() {
            let left = self.geometry.left + start + at as f32 * (width + gutter);
            self.signatory(signatory, left, width, [&mut headings, &mut names, &mut below])?;
            if signatory.stamp_box {
                stamps.push(left);
            }
        }
        self.push_kept(headings);
        let mut room = self.strip(Before::Kept);
        room.height = ROOM_TO_SIGN * self.leading;
        if !stamps.is_empty() {
            room.height = room.height.max(STAMP.1 + self.leading);
        }
        for left in stamps {
            self.stamp(&mut room, left, width)?;
        }
        self.push(room);
        self.push_kept(names);
        self.push_kept(below);
        self.bring_lines_along(first);
        Ok(())
    }

    fn signatory(
        &mut self,
        signatory: &SignatureColumn,
        left: f32,
        width: f32,
        [headings, names, below]: [&mut Vec<Vec<Text>>; 3],
    ) -> Result<(), PdfError> {
        let mut rows = Vec::new();
        for runs in &signatory.heading {
            rows.extend(self.paragraph(runs, false, left, width)?);
        }
        merge(headings, rows);
        let mut name = self.paragraph(&signatory.name, true, left, width)?;
        for text in name.iter_mut().flatten() {
            text.underline = true;
        }
        merge(names, name);
        let mut rows = Vec::new();
        for runs in &signatory.below {
            rows.extend(self.paragraph(runs, false, left, width)?);
        }
        merge(below, rows);
        Ok(())
    }

    /// The box for the duty stamp, left of where the signature runs.
    fn stamp(&mut self, strip: &mut Strip, left: f32, width: f32) -> Result<(), PdfError> {
        let (box_width, height) = (STAMP.0.min(width * 0.5), STAMP.1);
        let frame = Area { x: left + width * 0.04, y: self.leading * 0.35, width: box_width, height };
        let size = self.size * 0.75;
        let caption = [Run::plain("Meterai")];
        let lines = self.sized(&caption, (size, false), frame.width, Align::Center)?;
        let node = self.node(Tag::P);
        let top = frame.y + (frame.height - self.leading_of(size) * lines.len() as f32) / 2.0;
        let texts = self.within(node, |this| this.stack(lines, size, frame.x, top));
        strip.texts.extend(texts);
        strip.drawings.push(Drawing::area(frame, BORDER).dashed());
        Ok(())
    }

    /// Centred lines that are a paragraph.
    fn paragraph(
        &mut self,
        runs: &[Run],
        bold: bool,
        left: f32,
        width: f32,
    ) -> Result<Vec<Vec<Text>>, PdfError> {
        let node = self.node(Tag::P);
        self.within(node, |this| this.column(runs, bold, left, width, Align::Center))
    }

    fn push_kept(&mut self, rows: Vec<Vec<Text>>) {
        for texts in rows {
            let mut strip = self.strip(Before::Kept);
            strip.texts = texts;
            self.push(strip);
        }
    }

    /// Ties the strips from `first` on to the lines above them.
    fn bring_lines_along(&mut self, first: usize) {
        for strip in &mut self.flow.strips[first..] {
            strip.before = Before::Kept;
        }
        let above = first.saturating_sub(LINES_ABOVE - 1);
        for strip in &mut self.flow.strips[above..first] {
            strip.before = Before::Kept;
        }
    }
}
