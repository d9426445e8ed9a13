//! The parts of the file and the ZIP around them. Nothing in it depends on when it was written.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::DocxError;
use super::xml::{self, DECLARATION, escaped};
use crate::documents::model::Picture;

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The pictures of a file, each once.
#[derive(Debug, Default)]
pub(super) struct Media {
    files: Vec<Vec<u8>>,
    known: HashMap<String, usize>,
    drawings: usize,
}

impl Media {
    /// The number of a picture.
    pub(super) fn add(&mut self, picture: &Picture) -> Result<usize, DocxError> {
        if let Some(number) = self.known.get(&picture.png) {
            return Ok(*number);
        }
        let file = STANDARD
            .decode(&picture.png)
            .ok()
            .filter(|file| file.starts_with(b"\x89PNG\r\n\x1a\n"))
            .ok_or_else(|| DocxError::Picture { alt: picture.alt.clone() })?;
        self.files.push(file);
        self.known.insert(picture.png.clone(), self.files.len());
        Ok(self.files.len())
    }

    /// A number for the next drawing.
    pub(super) fn next_drawing(&mut self) -> usize {
        self.drawings += 1;
        self.drawings
    }
}

/// A header or footer.
#[derive(Debug)]
pub(super) struct Around {
    /// "header" or "footer".
    pub(super) kind: &'static str,
    /// "header1", "headerFirst1": the rest of its relationship's name and of its file's.
    pub(super) name: String,
    /// The part.
    pub(super) xml: String,
}

/// Everything that goes into a file.
#[derive(Debug)]
pub(super) struct Package<'a> {
    pub(super) title: &'a str,
    pub(super) dated: Option<NaiveDate>,
    pub(super) document: String,
    pub(super) styles: String,
    pub(super) numbering: String,
    pub(super) settings: String,
    pub(super) fonts: String,
    pub(super) around: Vec<Around>,
    pub(super) media: Media,
}

impl Package<'_> {
    /// The bytes of the file.
    pub(super) fn write(&self) -> Result<Vec<u8>, DocxError> {
        let deflated = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(DateTime::default());
        let stored = deflated.compression_method(CompressionMethod::Stored).compression_level(None);
        let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(48 * 1024)));
        let parts = [
            ("[Content_Types].xml", self.content_types()),
            ("_rels/.rels", self.package_relationships()),
            ("docProps/core.xml", self.core()),
            ("docProps/app.xml", app()),
            ("word/document.xml", self.document.clone()),
            ("word/_rels/document.xml.rels", self.document_relationships()),
            ("word/styles.xml", self.styles.clone()),
            ("word/numbering.xml", self.numbering.clone()),
            ("word/settings.xml", self.settings.clone()),
            ("word/fontTable.xml", self.fonts.clone()),
        ];
        for (name, part) in &parts {
            zip.start_file(*name, deflated)?;
            zip.write_all(part.as_bytes())?;
        }
        for around in &self.around {
            zip.start_file(format!("word/{}.xml", around.name), deflated)?;
            zip.write_all(around.xml.as_bytes())?;
        }
        for (at, file) in self.media.files.iter().enumerate() {
            zip.start_file(format!("word/media/gambar{}.png", at + 1), stored)?;
            zip.write_all(file)?;
        }
        Ok(zip.finish()?.into_inner())
    }

    fn content_types(&self) -> String {
        let mut inside = String::from(
            "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Default Extension=\"png\" ContentType=\"image/png\"/>\
             <Override PartName=\"/docProps/core.xml\" \
             ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
             <Override PartName=\"/docProps/app.xml\" \
             ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>",
        );
        let parts = [
            ("document", "document.main"),
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("settings", "settings"),
            ("fontTable", "fontTable"),
        ];
        let around = self.around.iter().map(|around| (around.name.as_str(), around.kind));
        for (name, kind) in parts.into_iter().chain(around) {
            let _ =
                write!(inside, "<Override PartName=\"/word/{name}.xml\" ContentType=\"{WORD}.{kind}+xml\"/>");
        }
        xml::part("Types", "xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"", &inside)
    }

    fn package_relationships(&self) -> String {
        relationships([
            ("rId1".to_owned(), format!("{RELATIONSHIPS}/officeDocument"), "word/document.xml".to_owned()),
            (
                "rId2".to_owned(),
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
                    .to_owned(),
                "docProps/core.xml".to_owned(),
            ),
            (
                "rId3".to_owned(),
                format!("{RELATIONSHIPS}/extended-properties"),
                "docProps/app.xml".to_owned(),
            ),
        ])
    }

    fn document_relationships(&self) -> String {
        let fixed = ["styles", "numbering", "settings", "fontTable"]
            .map(|part| (format!("rId{part}"), format!("{RELATIONSHIPS}/{part}"), format!("{part}.xml")));
        let around = self.around.iter().map(|around| {
            (
                format!("rId{}", around.name),
                format!("{RELATIONSHIPS}/{}", around.kind),
                format!("{}.xml", around.name),
            )
        });
        let media = (1..=self.media.files.len()).map(|number| {
            (
                format!("rIdGambar{number}"),
                format!("{RELATIONSHIPS}/image"),
                format!("media/gambar{number}.png"),
            )
        });
        relationships(fixed.into_iter().chain(around).chain(media))
    }

    /// Title, language and the paper's own date; never "now".
    fn core(&self) -> String {
        let mut inside = format!(
            "<dc:title>{}</dc:title><dc:creator>Kawal</dc:creator><dc:language>id-ID</dc:language>",
            escaped(self.title)
        );
        if let Some(dated) = self.dated {
            for element in ["created", "modified"] {
                let _ = write!(
                    inside,
                    "<dcterms:{element} xsi:type=\"dcterms:W3CDTF\">{dated}T00:00:00Z</dcterms:{element}>"
                );
            }
        }
        xml::part(
            "cp:coreProperties",
            "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
            &inside,
        )
    }
}

fn app() -> String {
    format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>Kawal</Application></Properties>"
    )
}

fn relationships(all: impl IntoIterator<Item = (String, String, String)>) -> String {
    let mut inside = String::new();
    for (id, kind, target) in all {
        let _ = write!(inside, "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
    }
    xml::part(
        "Relationships",
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"",
        &inside,
    )
}
