//! The part of a face that a paper uses, ready to embed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use flate2::Compression;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::{
    FontId, FontMetrics, FontType, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfFontMetricsStub, PdfPage, PdfSaveOptions, Pt, TextItem,
};
use rustybuzz::Face;
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::PdfError;
use super::file::deflate;
use super::font::FaceId;

/// Subsets kept ready; each is some 10 to 30 KB.
const KEPT: usize = 24;

/// A subset face: its objects, the font dictionary first, which refer to each other by place.
#[derive(Debug)]
pub(super) struct Subset {
    /// Ready to embed.
    pub(super) objects: Vec<Object>,
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
        let widths: Vec<f32> = advances.values().map(|&width| f32::from(width) * 1000.0 / em).collect();
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
        let mut doc = described(id, font, characters);
        let missing = || PdfError::Font(id.name());
        let root = find(&doc, b"Type0").ok_or_else(missing)?;
        finish(&mut doc, root, &Program { bytes: program, length: program_length, widths, cap_height })?;
        Ok(Self { objects: numbered(&doc, root)? })
    }
}

/// What printpdf does not know of a font program.
struct Program {
    bytes: Vec<u8>,
    length: usize,
    widths: Vec<f32>,
    cap_height: i64,
}

/// The face as printpdf embeds it: a sheet that shows each of its characters, from which printpdf makes
/// the font dictionaries and the way back from codes to characters.
fn described(id: FaceId, font: ParsedFont, characters: &[char]) -> Document {
    let mut pdf = PdfDocument::new("");
    pdf.resources.fonts.map.insert(FontId(id.resource()), PdfFont::new(font));
    let handle = PdfFontHandle::External(FontId(id.resource()));
    let items = vec![TextItem::Text(characters.iter().collect())];
    let ops = vec![
        Op::StartTextSection,
        Op::SetFont { font: handle, size: Pt(10.0) },
        Op::ShowText { items },
        Op::EndTextSection,
    ];
    pdf.pages = vec![PdfPage::new(Mm(100.0), Mm(100.0), ops)];
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, ..PdfSaveOptions::default() };
    pdf.to_lopdf_document(&options, &mut Vec::new())
}

fn find(doc: &Document, subtype: &[u8]) -> Option<ObjectId> {
    let is = |object: &Object| {
        let name = object.as_dict().and_then(|dict| dict.get(b"Subtype")).and_then(Object::as_name);
        name.is_ok_and(|name| name == subtype)
    };
    doc.objects.iter().find(|(_, object)| is(object)).map(|(id, _)| *id)
}

/// Exact widths, the set of glyphs that PDF/A-1 wants, and the font program in its smallest form.
fn finish(doc: &mut Document, root: ObjectId, program: &Program) -> Result<(), PdfError> {
    let glyphs = program.widths.len();
    let mut set = vec![0u8; glyphs.div_ceil(8)];
    for glyph in 0..glyphs {
        set[glyph / 8] |= 0x80 >> (glyph % 8);
    }
    let set = doc.add_object(deflated(&set)?);
    let font = doc.get_dictionary_mut(root)?;
    let to_unicode = font.get(b"ToUnicode")?.as_reference()?;
    let descendant = font.get_mut(b"DescendantFonts")?.as_array_mut()?.first_mut();
    let descendant = descendant.ok_or(lopdf::Error::DictKey("DescendantFonts".to_owned()))?.as_dict_mut()?;
    let widths = program.widths.iter().map(|&width| number(width)).collect();
    descendant.set("W", Object::Array(vec![Object::Integer(0), Object::Array(widths)]));
    let descriptor = descendant.get(b"FontDescriptor")?.as_reference()?;
    let map = doc.get_object(to_unicode)?.as_stream()?.content.clone();
    doc.set_object(to_unicode, deflated(&map)?);
    let descriptor = doc.get_dictionary_mut(descriptor)?;
    descriptor.set("CIDSet", Object::Reference(set));
    descriptor.set("CapHeight", program.cap_height);
    let file = descriptor.get(b"FontFile3").or_else(|_| descriptor.get(b"FontFile2"))?.as_reference()?;
    let stream = doc.get_object_mut(file)?.as_stream_mut()?;
    if stream.dict.has(b"Length1") {
        stream.dict.set("Length1", program.length as i64);
    }
    stream.set_content(program.bytes.clone());
    stream.dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    Ok(())
}

fn deflated(bytes: &[u8]) -> Result<Stream, PdfError> {
    let mut dict = Dictionary::new();
    dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    Ok(Stream::new(dict, deflate(bytes, Compression::best())?))
}

/// All that `root` needs, itself first, renumbered by place.
fn numbered(doc: &Document, root: ObjectId) -> Result<Vec<Object>, PdfError> {
    let mut order = vec![root];
    let mut objects = Vec::new();
    while let Some(id) = order.get(objects.len()) {
        let mut object = doc.get_object(*id)?.clone();
        renumber(&mut object, &mut order);
        objects.push(object);
    }
    Ok(objects)
}

fn renumber(object: &mut Object, order: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => {
            let place = order.iter().position(|known| known == id).unwrap_or_else(|| {
                order.push(*id);
                order.len() - 1
            });
            *id = (place as u32, 0);
        }
        Object::Array(items) => items.iter_mut().for_each(|item| renumber(item, order)),
        Object::Dictionary(dict) => dict.iter_mut().for_each(|(_, value)| renumber(value, order)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, value)| renumber(value, order)),
        _ => {}
    }
}

fn number(value: f32) -> Object {
    if value.fract() == 0.0 {
        Object::Integer(value as i64)
    } else {
        Object::Real((value * 1000.0).round() / 1000.0)
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
