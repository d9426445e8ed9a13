//! Lengths as WordprocessingML counts them.

use crate::documents::model::{FontFamily, Furniture, Margins, Paper};

/// Twentieths of a point in a millimetre.
const TWIPS_PER_MM: f32 = 1440.0 / 25.4;
/// English metric units in a twip.
pub(super) const EMU_PER_TWIP: i64 = 635;

/// Points as twips.
pub(super) fn points(points: f32) -> i32 {
    (points * 20.0).round() as i32
}

/// Millimetres as twips.
pub(super) fn millimetres(length: f32) -> i32 {
    (length * TWIPS_PER_MM).round() as i32
}

/// Paper and margins in twips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
    pub(super) left: i32,
}

impl Sheet {
    /// The page of a paper; whatever a stored document says, a column of text is left.
    pub(super) fn of(furniture: &Furniture) -> Self {
        let (width, height) = match furniture.paper {
            Paper::F4 => (215.0, 330.0),
            Paper::A4 => (210.0, 297.0),
        };
        let usual = Margins::default();
        let margin = |length: f32, usual: f32| {
            millimetres(if length.is_finite() { length.clamp(5.0, 70.0) } else { usual })
        };
        Self {
            width: millimetres(width),
            height: millimetres(height),
            top: margin(furniture.margins.top, usual.top),
            right: margin(furniture.margins.right, usual.right),
            bottom: margin(furniture.margins.bottom, usual.bottom),
            left: margin(furniture.margins.left, usual.left),
        }
    }

    /// Width of the text.
    pub(super) fn column(&self) -> i32 {
        self.width - self.left - self.right
    }

    /// Height of the text.
    pub(super) fn room(&self) -> i32 {
        self.height - self.top - self.bottom
    }
}

/// The type a paper is set in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Face {
    pub(super) family: FontFamily,
    /// Size in points, a multiple of one half.
    pub(super) size: f32,
    /// Distance of lines in 240ths of the natural one.
    pub(super) line: i32,
}

impl Face {
    /// The type of a paper; sizes that cannot be read or printed are brought back.
    pub(super) fn of(furniture: &Furniture) -> Self {
        let size = if furniture.font_size.is_finite() { furniture.font_size.clamp(6.0, 20.0) } else { 11.0 };
        let spacing =
            if furniture.line_spacing.is_finite() { furniture.line_spacing.clamp(0.8, 3.0) } else { 1.0 };
        Self {
            family: furniture.font,
            size: (size * 2.0).round() / 2.0,
            // Single spacing of the PDF is that of a new document in Word, 1.08.
            line: (240.0 * 1.08 * spacing).round() as i32,
        }
    }

    /// The family as offices have it installed, metric-alike to the vendored one.
    pub(super) fn name(&self) -> &'static str {
        match self.family {
            FontFamily::Bonum => "Bookman Old Style",
            FontFamily::Liberation => "Arial",
        }
    }

    /// A length in type sizes, as twips.
    pub(super) fn em(&self, ems: f32) -> i32 {
        points(self.size * ems)
    }

    /// A size relative to that of the text, in half points.
    pub(super) fn half_points(&self, share: f32) -> i32 {
        (self.size * 2.0 * share).round() as i32
    }

    /// About how wide a label sets, in twips.
    pub(super) fn width_of(&self, label: &str) -> i32 {
        let ems: f32 = label
            .chars()
            .map(|character| match character {
                '.' | ',' | ':' | ';' | '(' | ')' | 'i' | 'j' | 'l' | 'I' | ' ' | '-' => 0.34,
                'm' | 'w' | 'M' | 'W' => 0.9,
                upper if upper.is_uppercase() => 0.74,
                _ => 0.62,
            })
            .sum();
        self.em(ems)
    }
}
