//! The finish on the lopdf document: what makes the file PDF/A-1b (ISO 19005-1) and the same at every
//! rendering. Nothing here reads the clock; the dates are the paper's.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use flate2::Compression;
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};
use printpdf::{PdfDocument, PdfFont, PdfSaveOptions};
use sha2::{Digest, Sha256};

use super::PdfError;
use super::font::{FaceId, Shaper};
use super::page::{Geometry, Page};
use super::strip::Bookmark;
use super::subset::{Subset, deflate};
use super::write::Written;

const SRGB: &[u8] = include_bytes!("../../../assets/icc/srgb.icc");
pub(super) const PRODUCER: &str = "Kawal";

/// What the file says about itself.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) dated: Option<NaiveDate>,
    pub(super) bookmarks: &'a [Bookmark],
}

/// The finished file.
pub(super) fn finish(
    shaper: &mut Shaper,
    written: Written,
    pages: &[Page<'_>],
    geometry: &Geometry,
    about: &About<'_>,
) -> Result<Vec<u8>, PdfError> {
    let mut pdf = PdfDocument::new(about.title);
    let mut subsets = BTreeMap::new();
    for (face, characters) in &written.characters {
        let subset = shaper.subset(*face, characters)?;
        let font = PdfFont::new(subset.font.clone());
        pdf.resources.fonts.map.insert(printpdf::FontId(face.resource()), font);
        subsets.insert(*face, subset);
    }
    pdf.pages = written.pages;
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, ..PdfSaveOptions::default() };
    let mut warnings = Vec::new();
    let mut file = Finish { doc: pdf.to_lopdf_document(&options, &mut warnings) };
    file.doc.version = "1.4".to_owned();
    for (face, subset) in &subsets {
        file.font(*face, subset)?;
    }
    file.outline(pages, geometry, about.bookmarks)?;
    file.metadata(about)?;
    let hash = file.deflate()?;
    let id = Object::String(hash, StringFormat::Hexadecimal);
    file.doc.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    let mut bytes = Vec::with_capacity(64 * 1024);
    file.doc.save_to(&mut bytes)?;
    Ok(bytes)
}

struct Finish {
    doc: lopdf::Document,
}

impl Finish {
    /// Exact widths, the set of glyphs and the font program in its smallest form.
    fn font(&mut self, face: FaceId, subset: &Subset) -> Result<(), PdfError> {
        let name = subset.font.font_name.clone().unwrap_or_default();
        let is = |object: &Object, key: &[u8]| {
            object
                .as_dict()
                .is_ok_and(|dict| dict.get(key).and_then(Object::as_name).is_ok_and(|n| n == name.as_bytes()))
        };
        let missing = || PdfError::Font(face.name());
        let descriptor = self.find(|object| is(object, b"FontName")).ok_or_else(missing)?;
        let font = self.find(|object| is(object, b"BaseFont")).ok_or_else(missing)?;
        let glyphs = subset.widths.len();
        let mut set = vec![0u8; glyphs.div_ceil(8)];
        for glyph in 0..glyphs {
            set[glyph / 8] |= 0x80 >> (glyph % 8);
        }
        let set = self.doc.add_object(Stream::new(Dictionary::new(), set));
        let dict = self.doc.get_dictionary_mut(descriptor)?;
        dict.set("CIDSet", Object::Reference(set));
        dict.set("CapHeight", subset.cap_height);
        let program = dict.get(b"FontFile3").or_else(|_| dict.get(b"FontFile2"))?.as_reference()?;
        let stream = self.doc.get_object_mut(program)?.as_stream_mut()?;
        if stream.dict.has(b"Length1") {
            stream.dict.set("Length1", subset.program_length as i64);
        }
        stream.set_content(subset.program.clone());
        stream.dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
        let widths = subset.widths.iter().map(|&width| number(width)).collect();
        let descendants = self.doc.get_dictionary_mut(font)?.get_mut(b"DescendantFonts")?;
        let descendant = descendants.as_array_mut()?.first_mut().ok_or_else(missing)?;
        let widths = Object::Array(vec![Object::Integer(0), Object::Array(widths)]);
        descendant.as_dict_mut()?.set("W", widths);
        Ok(())
    }

    fn find(&self, wanted: impl Fn(&Object) -> bool) -> Option<ObjectId> {
        self.doc.objects.iter().find(|(_, object)| wanted(object)).map(|(id, _)| *id)
    }

    /// Headings as the outline of the file, nested by level.
    fn outline(
        &mut self,
        pages: &[Page<'_>],
        geometry: &Geometry,
        bookmarks: &[Bookmark],
    ) -> Result<(), PdfError> {
        if bookmarks.is_empty() {
            return Ok(());
        }
        let page_ids: Vec<ObjectId> = self.doc.page_iter().collect();
        let mut places = BTreeMap::new();
        for (page, id) in pages.iter().zip(&page_ids) {
            for placed in page {
                if let Some(bookmark) = placed.strip.bookmark {
                    places.entry(bookmark).or_insert((*id, geometry.height - placed.y));
                }
            }
        }
        let root = self.doc.new_object_id();
        let ids: Vec<ObjectId> = bookmarks.iter().map(|_| self.doc.new_object_id()).collect();
        let parents = parents(bookmarks);
        let siblings = |parent: Option<usize>| -> Vec<usize> {
            (0..bookmarks.len()).filter(|&at| parents[at] == parent).collect()
        };
        let family = |dict: &mut Dictionary, children: &[usize], open: bool| {
            if let (Some(&first), Some(&last)) = (children.first(), children.last()) {
                dict.set("First", Object::Reference(ids[first]));
                dict.set("Last", Object::Reference(ids[last]));
                let count = children.len() as i64;
                dict.set("Count", if open { count } else { -count });
            }
        };
        for (at, bookmark) in bookmarks.iter().enumerate() {
            let mut dict = Dictionary::new();
            dict.set("Title", text(&bookmark.title));
            dict.set("Parent", Object::Reference(parents[at].map_or(root, |parent| ids[parent])));
            let row = siblings(parents[at]);
            let place = row.iter().position(|&sibling| sibling == at).unwrap_or_default();
            if let Some(&before) = place.checked_sub(1).and_then(|before| row.get(before)) {
                dict.set("Prev", Object::Reference(ids[before]));
            }
            if let Some(&after) = row.get(place + 1) {
                dict.set("Next", Object::Reference(ids[after]));
            }
            family(&mut dict, &siblings(Some(at)), false);
            if let Some((page, top)) = places.get(&at) {
                let top = Object::Real(top.round());
                let fit = Object::Name(b"XYZ".to_vec());
                let dest = vec![Object::Reference(*page), fit, Object::Null, top, Object::Null];
                dict.set("Dest", Object::Array(dest));
            }
            self.doc.set_object(ids[at], dict);
        }
        let mut dict = Dictionary::new();
        dict.set("Type", Object::Name(b"Outlines".to_vec()));
        family(&mut dict, &siblings(None), true);
        self.doc.set_object(root, dict);
        let catalog = self.doc.catalog_mut()?;
        catalog.set("Outlines", Object::Reference(root));
        Ok(())
    }

    /// Information, XMP, language and output intent (ISO 19005-1, 6.2.2 and 6.7).
    fn metadata(&mut self, about: &About<'_>) -> Result<(), PdfError> {
        // A draft without a date still needs one that does not move.
        let dated = about.dated.or_else(|| NaiveDate::from_ymd_opt(2000, 1, 1)).unwrap_or_default();
        let (year, month, day) = (dated.year(), dated.month(), dated.day());
        let stamp = format!("D:{year:04}{month:02}{day:02}000000+00'00'");
        let mut info = Dictionary::new();
        info.set("Title", text(about.title));
        info.set("Producer", Object::string_literal(PRODUCER));
        info.set("Creator", Object::string_literal(PRODUCER));
        info.set("CreationDate", Object::string_literal(stamp.as_bytes()));
        info.set("ModDate", Object::string_literal(stamp.as_bytes()));
        let info_id = self.doc.trailer.get(b"Info")?.as_reference()?;
        self.doc.set_object(info_id, info);

        let mut dict = Dictionary::new();
        dict.set("Type", Object::Name(b"Metadata".to_vec()));
        dict.set("Subtype", Object::Name(b"XML".to_vec()));
        let date = format!("{year:04}-{month:02}-{day:02}T00:00:00+00:00");
        let packet = xmp(about.title, &date).into_bytes();
        // The archive standard wants the packet readable by eye: not deflated.
        let xmp = self.doc.add_object(Stream::new(dict, packet).with_compression(false));

        let mut profile = Dictionary::new();
        profile.set("N", 3);
        let profile = self.doc.add_object(Stream::new(profile, SRGB.to_vec()));
        let mut intent = Dictionary::new();
        intent.set("Type", Object::Name(b"OutputIntent".to_vec()));
        intent.set("S", Object::Name(b"GTS_PDFA1".to_vec()));
        intent.set("OutputConditionIdentifier", Object::string_literal("sRGB IEC61966-2.1"));
        intent.set("Info", Object::string_literal("sRGB IEC61966-2.1"));
        intent.set("DestOutputProfile", Object::Reference(profile));

        let catalog = self.doc.catalog_mut()?;
        catalog.set("Metadata", Object::Reference(xmp));
        catalog.set("OutputIntents", Object::Array(vec![Object::Dictionary(intent)]));
        catalog.set("Lang", Object::string_literal("id-ID"));
        let mut preferences = Dictionary::new();
        preferences.set("DisplayDocTitle", true);
        catalog.set("ViewerPreferences", Object::Dictionary(preferences));
        Ok(())
    }

    /// Deflates what is not yet; the sum over all streams is the identity of the file.
    fn deflate(&mut self) -> Result<Vec<u8>, PdfError> {
        let mut hash = Sha256::new();
        for object in self.doc.objects.values_mut() {
            let Object::Stream(stream) = object else { continue };
            let packet = stream.dict.has_type(b"Metadata");
            if !packet && !stream.dict.has(b"Filter") {
                let deflated = deflate(&stream.content, Compression::default())?;
                stream.set_content(deflated);
                stream.dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
            }
            hash.update(&stream.content);
        }
        Ok(hash.finalize().iter().take(16).copied().collect())
    }
}

/// The heading each heading stands under.
fn parents(bookmarks: &[Bookmark]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(bookmarks.len());
    for (at, bookmark) in bookmarks.iter().enumerate() {
        while open.last().is_some_and(|&last| bookmarks[last].level >= bookmark.level) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(at);
    }
    parents
}

/// A text string: plain where it can be, UTF-16 where it must.
fn text(value: &str) -> Object {
    if value.bytes().all(|byte| (32..127).contains(&byte)) {
        return Object::string_literal(value);
    }
    let units = std::iter::once(0xfeff).chain(value.encode_utf16());
    let bytes = units.flat_map(u16::to_be_bytes).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn number(value: f32) -> Object {
    if value.fract() == 0.0 {
        Object::Integer(value as i64)
    } else {
        Object::Real((value * 1000.0).round() / 1000.0)
    }
}

pub(super) fn xmp(title: &str, date: &str) -> String {
    let title = crate::documents::html::escaped(title);
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\
         <pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <dc:format>application/pdf</dc:format>\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
         <dc:language><rdf:Bag><rdf:li>id-ID</rdf:li></rdf:Bag></dc:language></rdf:Description>\n\
         <rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\
         <xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>\
         <xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool></rdf:Description>\n\
         <rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\
         <pdf:Producer>{PRODUCER}</pdf:Producer></rdf:Description>\n\
         </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
    )
}
