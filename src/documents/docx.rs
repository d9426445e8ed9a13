//! The DOCX writer: blocks → WordprocessingML that Word and LibreOffice edit as if it had been typed
//! there: named styles, counted lists, tables with repeated headers, real headers and footers.
//!
//! Written by hand rather than with a crate: `docx-rs`, the maintained one, brings a second `zip` and a
//! second `quick-xml`, and knows neither draft marks nor fields in tables. The same document gives the
//! same bytes.

mod body;
mod numbering;
mod package;
mod page;
mod pictures;
mod signatures;
mod styles;
mod table;
mod text;
mod units;
mod xml;

#[cfg(test)]
pub(in crate::documents) mod tests;

use super::model::{Block, Document, Furniture};
use body::{Body, Shared};
use package::{Around, Package};
use page::Pages;
use units::Face;

/// Why a paper could not be written.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    /// What is stored as a picture is none.
    #[error("gambar „{alt}” tidak dapat dibaca; unggah lagi sebagai PNG")]
    Picture {
        /// What it is said to show.
        alt: String,
    },
    /// The file could not be put together.
    #[error("berkas DOCX tidak dapat disusun")]
    Package(#[from] zip::result::ZipError),
    /// The file could not be written.
    #[error("berkas DOCX tidak dapat ditulis")]
    Write(#[from] std::io::Error),
}

/// Writes a document as DOCX.
///
/// # Errors
/// [`DocxError::Picture`] when a stored picture is damaged; the other errors mean that memory is short.
pub fn render(document: &Document) -> Result<Vec<u8>, DocxError> {
    write(&[document], &document.title)
}

/// Writes several documents into one file, each a section with its own page, headers and numbers.
///
/// # Errors
/// As [`render`].
pub fn render_all(documents: &[Document], title: &str) -> Result<Vec<u8>, DocxError> {
    write(&documents.iter().collect::<Vec<_>>(), title)
}

fn write(documents: &[&Document], title: &str) -> Result<Vec<u8>, DocxError> {
    let empty = Document {
        title: String::new(),
        dated: None,
        furniture: Furniture::plain(super::model::Paper::F4, super::model::FontFamily::Bonum, 11.0),
        blocks: Vec::new(),
    };
    let first = documents.first().copied().unwrap_or(&empty);
    let mut shared = Shared::new(Face::of(&first.furniture));
    let (mut inside, mut around) = (String::new(), Vec::new());
    let sole = documents.len() < 2;
    for (at, document) in
        documents.iter().copied().chain((documents.is_empty()).then_some(&empty)).enumerate()
    {
        let number = at + 1;
        surround(&mut shared, document, number, sole, &mut around);
        let mut body = Body::new(&mut shared, document);
        body.blocks(&document.blocks)?;
        let section = page::section(&document.furniture, &body.sheet, number);
        if number < documents.len() {
            body.end_section(&section);
            inside.push_str(&body.xml);
        } else {
            if body.after_table || !document.blocks.iter().any(|block| matches!(block, Block::Para(_))) {
                body.spacer();
            }
            inside.push_str(&body.xml);
            inside.push_str(&section);
        }
    }
    let package = Package {
        title,
        dated: documents.iter().filter_map(|document| document.dated).max(),
        document: xml::part("w:document", xml::NAMESPACES, &format!("<w:body>{inside}</w:body>")),
        styles: styles::part(&shared.base),
        numbering: shared.numbering.part(),
        settings: styles::settings(),
        fonts: styles::fonts(),
        around,
        media: shared.media,
    };
    package.write()
}

/// The headers and footers of a document.
fn surround(shared: &mut Shared, document: &Document, number: usize, sole: bool, around: &mut Vec<Around>) {
    let furniture = &document.furniture;
    let mut pages = vec![(Pages::Others, "")];
    if page::first_page_differs(furniture) {
        pages.push((Pages::First, "First"));
    }
    for (at, (pages, infix)) in pages.into_iter().enumerate() {
        let mut header = Body::new(shared, document);
        header.header(furniture, sole, 2 * number + at);
        let xml = xml::part("w:hdr", xml::NAMESPACES, &header.xml);
        around.push(Around { kind: "header", name: format!("header{infix}{number}"), xml });
        let mut footer = Body::new(shared, document);
        footer.footer(furniture, pages);
        let xml = xml::part("w:ftr", xml::NAMESPACES, &footer.xml);
        around.push(Around { kind: "footer", name: format!("footer{infix}{number}"), xml });
    }
}
