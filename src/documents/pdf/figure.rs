//! Pictures in the text, and empty frames to fix something into.

use std::sync::Arc;

use super::PdfError;
use super::drawing::{Area, Drawing};
use super::layout::Typesetter;
use super::letterhead::{fitted, picture_size};
use super::page::MM;
use super::strip::{Before, Image};
use super::tree::Tag;
use crate::documents::model::{Align, Figure, Frame, Picture, Run};

/// A pixel of a picture is at most this wide, in points: 96 to an inch.
const PIXEL: f32 = 0.75;
/// A picture or a frame takes at most this share of the height of the text.
const PICTURE_SHARE: f32 = 0.62;
const FRAME_SHARE: f32 = 0.9;
/// The smallest frame that can be seen, in millimetres.
const LEAST_FRAME: f32 = 5.0;
/// Captions as a multiple of the paper's size.
pub(super) const CAPTION: f32 = 0.86;
const BORDER: f32 = 0.6;

impl Typesetter<'_> {
    /// Takes a picture into the paper; answers its number.
    pub(super) fn embed(&mut self, picture: &Picture) -> Result<usize, PdfError> {
        let pixels = self.shaper.pictures.get(picture)?;
        let known = self.flow.pictures.iter().position(|known| known.hash == pixels.hash);
        Ok(known.unwrap_or_else(|| {
            self.flow.pictures.push(Arc::clone(&pixels));
            self.flow.pictures.len() - 1
        }))
    }

    pub(super) fn picture(&mut self, figure: &Figure) -> Result<(), PdfError> {
        let pixels = self.embed(&figure.picture)?;
        let column = self.geometry.column;
        let natural = picture_size(&self.flow.pictures[pixels]);
        let most = (column.min(natural.0 * PIXEL), self.geometry.room() * PICTURE_SHARE);
        let (width, height) = fitted(natural, most.0, most.1);
        self.space_above(0.6);
        let node = self.node(Tag::Figure);
        self.flow.tree.describe(node, &figure.picture.alt);
        let order = self.next_order();
        let x = self.geometry.left + (column - width) / 2.0;
        let mut strip = self.strip(Before::Free);
        strip.height = height + self.size * 0.3;
        strip.images.push(Image { pixels, area: Area { x, y: 0.0, width, height }, node, order });
        self.push(strip);
        self.caption(&figure.caption)?;
        self.space_above(0.8);
        Ok(())
    }

    /// The lines below a picture or a diagram; they stay with it.
    pub(super) fn caption(&mut self, runs: &[Run]) -> Result<(), PdfError> {
        let node = self.node(Tag::Caption);
        let size = self.size * CAPTION;
        self.within(node, |this| this.kept_lines(runs, size))
    }

    pub(super) fn empty_frame(&mut self, frame: &Frame) -> Result<(), PdfError> {
        let column = self.geometry.column;
        let points = |asked: f32, most: f32| {
            let asked = if asked.is_finite() { asked } else { LEAST_FRAME };
            (asked * MM).min(most).max(LEAST_FRAME * MM)
        };
        let width = points(frame.width, column);
        let height = points(frame.height, self.geometry.room() * FRAME_SHARE);
        let size = self.size * 0.75;
        let pad = size * 0.6;
        let lines = self.sized(&frame.caption, (size, false), width - 2.0 * pad, Align::Center)?;
        let fits = self.leading_of(size) * lines.len() as f32 + 2.0 * pad <= height;
        self.space_above(0.5);
        let x = self.geometry.left + (column - width) / 2.0;
        let area = Area { x, y: 0.0, width, height };
        let mut strip = self.strip(Before::Free);
        strip.height = height;
        strip.drawings.push(Drawing::area(area, BORDER));
        let node = self.node(Tag::P);
        if fits {
            let top = (height - self.leading_of(size) * lines.len() as f32) / 2.0;
            strip.texts = self.within(node, |this| this.stack(lines, size, x + pad, top));
            self.push(strip);
        } else {
            // More words than the frame holds stand below it.
            self.push(strip);
            self.within(node, |this| this.kept_lines(&frame.caption, size))?;
        }
        self.space_above(0.5);
        Ok(())
    }
}
