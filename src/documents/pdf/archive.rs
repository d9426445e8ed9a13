//! A file of papers that is still readable in thirty years: PDF/A-1b (ISO 19005-1), tagged, and the
//! same bytes at every rendering. Nothing here reads the clock; the dates are the papers'.

use std::collections::HashMap;
use std::io::Write;

use chrono::{Datelike, NaiveDate};

use super::content::{Codes, Content};
use super::file::{File, Id, push_number, push_text};
use super::font::Shaper;
use super::outline::{self, Entry};
use super::page::{self, Geometry};
use super::picture::Hash;
use super::surround::Surround;
use super::tree::Tag;
use super::write::{self, Around, Watermark};
use super::{PdfError, layout, type_size};
use crate::documents::model::Document;

const SRGB: &[u8] = include_bytes!("../../../assets/icc/srgb.icc");
pub(super) const PRODUCER: &str = "Kawal";

/// A file that papers are added to, one after the other.
pub(super) struct Archive<'s> {
    shaper: &'s mut Shaper,
    file: File,
    codes: Codes,
    /// Pictures that are in the file already.
    pictures: HashMap<Hash, Id>,
    pages: Vec<Id>,
    /// Page by page, the object that names the owners of its content.
    owners: Vec<Id>,
    papers: Vec<Id>,
    outline: Vec<Entry>,
    several: bool,
    ids: Ids,
}

/// Objects that others refer to before they are written.
struct Ids {
    catalog: Id,
    page_tree: Id,
    fonts: Id,
    structure: Id,
    /// The node that holds all papers, where there are several.
    papers: Option<Id>,
}

impl<'s> Archive<'s> {
    /// An empty file, for one paper or for several.
    pub(super) fn new(shaper: &'s mut Shaper, several: bool) -> Self {
        let mut file = File::new();
        let ids = Ids {
            catalog: file.reserve(),
            page_tree: file.reserve(),
            fonts: file.reserve(),
            structure: file.reserve(),
            papers: several.then(|| file.reserve()),
        };
        Self {
            shaper,
            file,
            codes: Codes::default(),
            pictures: HashMap::new(),
            pages: Vec::new(),
            owners: Vec::new(),
            papers: Vec::new(),
            outline: Vec::new(),
            several,
            ids,
        }
    }

    /// Sets a paper and writes its pages; nothing of it stays in memory but its bytes.
    pub(super) fn add(&mut self, document: &Document) -> Result<(), PdfError> {
        let furniture = &document.furniture;
        let size = type_size(furniture.font_size);
        let surround = Surround::new(self.shaper, furniture, size)?;
        let geometry = surround.geometry;
        let mut flow = layout::flow(self.shaper, document, geometry, size)?;
        let mark = furniture.watermark.as_deref().filter(|mark| !mark.trim().is_empty());
        let watermark = match mark {
            Some(mark) => Some(Watermark::new(self.shaper, furniture, mark)?),
            None => None,
        };
        write::learn(&flow, &mut self.codes);
        write::learn_numbers(furniture.font, &mut self.codes);
        surround.fixed.learn(&mut self.codes);
        surround.paraf.learn(&mut self.codes);
        if let Some(watermark) = &watermark {
            watermark.learn(&mut self.codes);
        }
        self.codes.assign(self.shaper);

        let mut tree = std::mem::take(&mut flow.tree);
        let pages = page::paginate(&flow, &geometry);
        let count = pages.len();
        let mut names = Vec::new();
        if let Some(watermark) = &watermark {
            let form = self.form(&geometry, |content| watermark.write(content, &geometry))?;
            names.push((write::WATERMARK.to_owned(), form));
        }
        if !surround.fixed.is_empty() {
            let form = self.form(&geometry, |content| surround.fixed.write(content))?;
            names.push((write::FIXED.to_owned(), form));
        }
        if !surround.paraf.is_empty() && count > 1 {
            let form = self.form(&geometry, |content| surround.paraf.write(content))?;
            names.push((write::PARAF.to_owned(), form));
        }
        for (at, pixels) in flow.pictures.iter().enumerate() {
            let file = &mut self.file;
            let id = *self.pictures.entry(pixels.hash).or_insert_with(|| pixels.write(file));
            names.push((write::picture_name(at), id));
        }
        let resources = self.resources(&names);
        let mut ids = Vec::with_capacity(count);
        for (at, page) in pages.iter().enumerate() {
            let numbers = surround.numbers(self.shaper, at + 1, count)?;
            let around = Around {
                watermark: watermark.is_some(),
                fixed: !surround.fixed.is_empty(),
                paraf: !surround.paraf.is_empty() && at + 1 < count,
                numbers: &numbers,
            };
            let content = write::page(&self.codes, (page, at), &flow.grids, &geometry, &mut tree, &around);
            ids.push(self.page(&content, &geometry, resources)?);
        }
        self.bookmarks(document, &flow.bookmarks, &pages, &ids, &geometry);
        let (parent, tag) = match self.ids.papers {
            Some(papers) => (papers, Tag::Sect),
            None => (self.ids.structure, Tag::Document),
        };
        let (root, owners) = tree.write(&mut self.file, parent, tag, &ids);
        self.papers.push(root);
        for owners in owners {
            let owners = self.file.add(|out| push_references(out, &owners));
            self.owners.push(owners);
        }
        self.pages.extend(ids);
        Ok(())
    }

    /// The finished file.
    pub(super) fn finish(mut self, title: &str, dated: Option<NaiveDate>) -> Result<Vec<u8>, PdfError> {
        self.fonts()?;
        self.page_tree();
        self.structure();
        let outline = outline::write(&mut self.file, &self.outline);
        // A draft without a date still needs one that does not move.
        let dated = dated.or_else(|| NaiveDate::from_ymd_opt(2000, 1, 1)).unwrap_or_default();
        let (year, month, day) = (dated.year(), dated.month(), dated.day());
        let info = self.file.add(|out| {
            out.extend_from_slice(b"<</Title");
            push_text(out, title);
            let _ = write!(
                out,
                "/Producer({PRODUCER})/Creator({PRODUCER})\
                 /CreationDate(D:{year:04}{month:02}{day:02}000000+00'00')\
                 /ModDate(D:{year:04}{month:02}{day:02}000000+00'00')>>"
            );
        });
        let packet = xmp(title, &format!("{year:04}-{month:02}-{day:02}T00:00:00+00:00"));
        let metadata = self.file.reserve();
        // The archive standard wants the packet readable by eye: not deflated.
        self.file.stream(metadata, "/Type/Metadata/Subtype/XML", packet.as_bytes());
        let profile = self.file.reserve();
        self.file.deflated(profile, "/N 3", SRGB)?;
        let ids = &self.ids;
        self.file.object(ids.catalog, |out| {
            let _ = write!(
                out,
                "<</Type/Catalog/Pages {}/Lang(id-ID)/MarkInfo<</Marked true>>/StructTreeRoot {}\
                 /Metadata {metadata}/ViewerPreferences<</DisplayDocTitle true>>\
                 /OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier\
                 (sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile {profile}>>]",
                ids.page_tree, ids.structure
            );
            if let Some(outline) = outline {
                let _ = write!(out, "/Outlines {outline}/PageMode/{}", page_mode(self.several));
            }
            out.extend_from_slice(b">>");
        });
        Ok(self.file.finish(ids.catalog, info))
    }

    /// Content that several pages show.
    fn form(&mut self, geometry: &Geometry, draw: impl FnOnce(&mut Content<'_>)) -> Result<Id, PdfError> {
        let mut content = Content::new(&self.codes, geometry.height);
        draw(&mut content);
        let id = self.file.reserve();
        let mut entries = b"/Type/XObject/Subtype/Form/BBox".to_vec();
        push_box(&mut entries, geometry);
        let _ = write!(entries, "/Resources<</Font {}>>", self.ids.fonts);
        let entries = String::from_utf8_lossy(&entries).into_owned();
        self.file.deflated(id, &entries, &content.into_bytes())?;
        Ok(id)
    }

    fn resources(&mut self, names: &[(String, Id)]) -> Id {
        let fonts = self.ids.fonts;
        self.file.add(|out| {
            let _ = write!(out, "<</Font {fonts}");
            if !names.is_empty() {
                out.extend_from_slice(b"/XObject<<");
                for (name, id) in names {
                    let _ = write!(out, "/{name} {id}");
                }
                out.extend_from_slice(b">>");
            }
            out.extend_from_slice(b">>");
        })
    }

    fn page(&mut self, content: &[u8], geometry: &Geometry, resources: Id) -> Result<Id, PdfError> {
        let number = self.pages.len();
        let stream = self.file.reserve();
        self.file.deflated(stream, "", content)?;
        let tree = self.ids.page_tree;
        Ok(self.file.add(|out| {
            let _ = write!(out, "<</Type/Page/Parent {tree}/MediaBox");
            push_box(out, geometry);
            let _ = write!(out, "/Resources {resources}/Contents {stream}/StructParents {number}>>");
        }))
    }

    fn bookmarks(
        &mut self,
        document: &Document,
        bookmarks: &[super::strip::Bookmark],
        pages: &[page::Page<'_>],
        ids: &[Id],
        geometry: &Geometry,
    ) {
        let mut places: Vec<Option<(Id, f32)>> = vec![None; bookmarks.len()];
        for (page, id) in pages.iter().zip(ids) {
            for placed in page {
                if let Some(place) = placed.strip.bookmark.and_then(|bookmark| places.get_mut(bookmark)) {
                    place.get_or_insert((*id, geometry.height - placed.y));
                }
            }
        }
        if self.several {
            let place = ids.first().map(|id| (*id, geometry.height));
            self.outline.push(Entry { depth: 0, title: document.title.clone(), place });
        }
        for (bookmark, place) in bookmarks.iter().zip(places) {
            let depth = bookmark.level.saturating_add(1);
            self.outline.push(Entry { depth, title: bookmark.title.clone(), place });
        }
    }

    /// The faces, each with the glyphs that the papers use.
    fn fonts(&mut self) -> Result<(), PdfError> {
        let mut fonts = Vec::new();
        for (face, characters) in self.codes.faces() {
            let subset = self.shaper.subset(face, characters)?;
            fonts.push((face, self.file.embed(&subset.objects)));
        }
        self.file.object(self.ids.fonts, |out| {
            out.extend_from_slice(b"<<");
            for (face, id) in &fonts {
                let _ = write!(out, "/{} {id}", face.resource());
            }
            out.extend_from_slice(b">>");
        });
        Ok(())
    }

    fn page_tree(&mut self) {
        let pages = &self.pages;
        self.file.object(self.ids.page_tree, |out| {
            let _ = write!(out, "<</Type/Pages/Count {}/Kids", pages.len());
            push_references(out, pages);
            out.extend_from_slice(b">>");
        });
    }

    fn structure(&mut self) {
        let mut top = self.papers.first().copied();
        if let Some(all) = self.ids.papers {
            let (papers, root) = (&self.papers, self.ids.structure);
            self.file.object(all, |out| {
                let _ = write!(out, "<</S/Document/P {root}/K");
                push_references(out, papers);
                out.extend_from_slice(b">>");
            });
            top = Some(all);
        }
        let owners = &self.owners;
        let numbers = self.file.add(|out| {
            out.extend_from_slice(b"<</Nums[");
            for (page, owners) in owners.iter().enumerate() {
                let _ = write!(out, "{}{page} {owners}", if page == 0 { "" } else { " " });
            }
            out.extend_from_slice(b"]>>");
        });
        self.file.object(self.ids.structure, |out| {
            let _ = write!(out, "<</Type/StructTreeRoot/ParentTree {numbers}");
            let _ = write!(out, "/ParentTreeNextKey {}", owners.len());
            if let Some(top) = top {
                let _ = write!(out, "/K {top}");
            }
            out.extend_from_slice(b">>");
        });
    }
}

/// Many papers in one file are found by their outline.
fn page_mode(several: bool) -> &'static str {
    if several { "UseOutlines" } else { "UseNone" }
}

fn push_references(out: &mut Vec<u8>, ids: &[Id]) {
    out.push(b'[');
    for (at, id) in ids.iter().enumerate() {
        let _ = write!(out, "{}{id}", if at == 0 { "" } else { " " });
    }
    out.push(b']');
}

fn push_box(out: &mut Vec<u8>, geometry: &Geometry) {
    out.extend_from_slice(b"[0 0 ");
    push_number(out, geometry.width);
    out.push(b' ');
    push_number(out, geometry.height);
    out.push(b']');
}

pub(super) fn xmp(title: &str, date: &str) -> String {
    let title: String = title.chars().filter(|character| !character.is_control()).collect();
    let title = crate::documents::html::escaped(&title);
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
