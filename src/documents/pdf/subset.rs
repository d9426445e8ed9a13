//! The part of a face that a paper uses, ready to embed.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use printpdf::{FontMetrics, FontType, ParsedFont, PdfFontMetricsStub};
use rustybuzz::Face;
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::PdfError;
use super::font::FaceId;

/// Subsets kept ready; each is some 10 to 30 KB.
const KEPT: usize = 24;

/// A subset face.
#[derive(Debug)]
pub(super) struct Subset {
    /// What printpdf embeds.
    pub(super) font: ParsedFont,
    /// The font program, deflated; absent for TrueType, whose program is deflated by itself.
    pub(super) program: Vec<u8>,
    /// The font program's length before deflating.
    pub(super) program_length: usize,
    /// Widths by glyph, in thousandths of an em.
    pub(super) widths: Vec<f32>,
    /// Height of capitals in thousandths of an em.
    pub(super) cap_height: i64,
}

/// Subsets made before.
#[derive(Default)]
pub(super) struct SubsetCache {
    made: HashMap<(FaceId, Vec<char>), Arc<Subset>>,
}

impl SubsetCache {
    pub(super) fn get(
        &mut self,
        id: FaceId,
        face: &Face<'_>,
        characters: &[char],
    ) -> Result<Arc<Subset>, PdfError> {
        let key = (id, characters.to_vec());
        if let Some(subset) = self.made.get(&key) {
            return Ok(Arc::clone(subset));
        }
        let subset = Arc::new(Subset::new(id, face, characters)?);
        if self.made.len() >= KEPT {
            self.made.clear();
        }
        self.made.insert(key, Arc::clone(&subset));
        Ok(subset)
    }
}

impl Subset {
    fn new(id: FaceId, face: &Face<'_>, characters: &[char]) -> Result<Self, PdfError> {
        let em = f32::from(u16::try_from(face.units_per_em()).unwrap_or(1000));
        let mut remapper = GlyphRemapper::new();
        let mut codes = BTreeMap::new();
        let mut advances = BTreeMap::from([(0, face.glyph_hor_advance(Default::default()).unwrap_or(0))]);
        for &character in characters {
            if let Some(glyph) = face.glyph_index(character) {
                let code = remapper.remap(glyph.0);
                codes.insert(u32::from(character), code);
                advances.insert(code, face.glyph_hor_advance(glyph).unwrap_or(0));
            }
        }
        let widths = advances.values().map(|&width| f32::from(width) * 1000.0 / em).collect();
        let bytes = subsetter::subset(id.bytes(), 0, &remapper).map_err(|_| PdfError::Font(id.name()))?;
        let is_cff = bytes.starts_with(b"OTTO");
        let program = if is_cff { table(&bytes, b"CFF ") } else { Some(bytes.as_slice()) }
            .ok_or(PdfError::Font(id.name()))?;
        let program_length = program.len();
        let program = deflate(program, Compression::best())?;
        let scale = |units: i16| (f32::from(units) * 1000.0 / em).round() as i64;
        let bounds = face.global_bounding_box();
        let mut font = ParsedFont::with_glyph_data(
            bytes,
            0,
            Some(format!("{}+{}", tag(id, characters), id.name())),
            codes,
            advances,
            em as u16,
            FontMetrics { ascent: face.ascender(), descent: face.descender() },
        );
        font.font_type = if is_cff { FontType::OpenTypeCFF(()) } else { FontType::TrueType };
        font.pdf_font_metrics = PdfFontMetricsStub {
            units_per_em: em as u16,
            x_min: bounds.x_min,
            y_min: bounds.y_min,
            x_max: bounds.x_max,
            y_max: bounds.y_max,
            us_weight_class: face.weight().to_number(),
            ..caret(face)
        };
        let cap_height = scale(face.capital_height().unwrap_or(face.ascender()));
        Ok(Self { font, program, program_length, widths, cap_height })
    }
}

fn caret(face: &Face<'_>) -> PdfFontMetricsStub {
    let slope = face.italic_angle().to_radians().tan();
    PdfFontMetricsStub {
        caret_slope_rise: 1000,
        caret_slope_run: (-slope * 1000.0).round() as i16,
        ..PdfFontMetricsStub::default()
    }
}

/// The six letters in front of the name of a subset (ISO 32000-1, 9.6.4): the same letters for the
/// same characters, so that the same paper has the same bytes.
fn tag(id: FaceId, characters: &[char]) -> String {
    let mut hash = Sha256::new();
    hash.update(id.name());
    hash.update(characters.iter().collect::<String>());
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// A table of an OpenType file.
fn table<'a>(font: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let number = |at: usize| -> Option<usize> {
        let bytes: [u8; 4] = font.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(bytes)).ok()
    };
    let count = usize::from(u16::from_be_bytes(font.get(4..6)?.try_into().ok()?));
    let mut records = font.get(12..)?.chunks_exact(16).take(count);
    let at = 12 + 16 * records.position(|record| record.starts_with(name))?;
    let (start, length) = (number(at + 8)?, number(at + 12)?);
    font.get(start..start + length)
}

/// Deflated bytes.
pub(super) fn deflate(bytes: &[u8], level: Compression) -> Result<Vec<u8>, PdfError> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
