//! The PDF writer: blocks → strips → pages → printpdf operations → PDF/A-1b. The only place that
//! knows printpdf.
//!
//! The same document gives the same bytes, in every process and at any time: nothing here reads the
//! clock, a font of the machine or anything but the document.

mod archive;
mod font;
pub mod join;
mod layout;
mod line;
mod page;
mod signatures;
mod strip;
mod subset;
mod table;
mod words;
mod write;

#[cfg(test)]
mod tests;

use super::model::Document;
use font::Shaper;
use page::Geometry;

/// Why a paper could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A character that neither vendored family has. A legal paper must not print another in its place.
    #[error("huruf „{character}” pada „{word}” tidak tersedia dalam huruf cetak; ganti dengan huruf Latin")]
    NoGlyph {
        /// The character.
        character: char,
        /// The word it stands in.
        word: String,
    },
    /// A vendored font file is damaged: the program was built wrongly.
    #[error("berkas huruf {0} rusak")]
    Font(&'static str),
    /// The PDF structure could not be completed.
    #[error("PDF tidak dapat disusun")]
    Structure(#[from] lopdf::Error),
    /// The PDF could not be written.
    #[error("PDF tidak dapat ditulis")]
    Write(#[from] std::io::Error),
}

/// Prints a document as PDF/A-1b.
///
/// # Errors
/// [`PdfError::NoGlyph`] when a character exists in no vendored face; the other errors mean a damaged
/// build.
pub fn render(document: &Document) -> Result<Vec<u8>, PdfError> {
    let size = type_size(document.furniture.font_size);
    let geometry = Geometry::of(&document.furniture);
    Shaper::with(|shaper| {
        let flow = layout::flow(shaper, document, geometry, size)?;
        let pages = page::paginate(&flow, &geometry);
        let written = write::write(shaper, &flow, &pages, &geometry, &document.furniture, size)?;
        let about =
            archive::About { title: &document.title, dated: document.dated, bookmarks: &flow.bookmarks };
        archive::finish(shaper, written, &pages, &geometry, &about)
    })
}

/// A size that can be printed, whatever a stored document says.
fn type_size(size: f32) -> f32 {
    if size.is_finite() { size.clamp(6.0, 20.0) } else { 11.0 }
}
