//! The PDF writer: blocks → strips → pages → content streams → PDF/A-1b, tagged. The only place that
//! knows printpdf, which embeds the faces; everything else is written as bytes, because as printpdf
//! operations a page costs three times the time, and because printpdf has no structure tree.
//!
//! The same document gives the same bytes, in every process and at any time: nothing here reads the
//! clock, a font of the machine or anything but the document.

mod archive;
mod content;
mod diagram;
mod drawing;
mod facts;
mod figure;
mod file;
mod font;
pub mod join;
mod layout;
mod letterhead;
mod line;
mod outline;
mod page;
mod picture;
mod signatures;
mod strip;
mod subset;
mod surround;
mod table;
mod tree;
mod words;
mod write;

#[cfg(test)]
mod tests;

use super::model::Document;
use archive::Archive;
use font::Shaper;

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
    /// A picture that is not an 8-bit RGB PNG without transparency, or is damaged.
    #[error(
        "gambar „{alt}” rusak atau bukan PNG warna RGB 8 bit tanpa transparansi; unggah kembali gambarnya"
    )]
    Picture {
        /// What it shows.
        alt: String,
    },
    /// An address that is too long for a QR code.
    #[error("alamat pemeriksaan naskah terlalu panjang untuk kode QR: {url}")]
    CheckMark {
        /// The address.
        url: String,
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
/// [`PdfError::NoGlyph`] when a character exists in no vendored face, [`PdfError::Picture`] and
/// [`PdfError::CheckMark`] when the document holds what cannot be drawn; the other errors mean a damaged
/// build.
pub fn render(document: &Document) -> Result<Vec<u8>, PdfError> {
    Shaper::with(|shaper| {
        let mut archive = Archive::new(shaper, false);
        archive.add(document)?;
        archive.finish(&document.title, document.dated)
    })
}

/// Prints several documents as one PDF/A-1b: each begins on a new page, with its own furniture and its
/// own page numbers, under its own entry of the outline. The file carries the latest date among them.
///
/// # Errors
/// As [`render`].
pub fn render_all(documents: &[Document], title: &str) -> Result<Vec<u8>, PdfError> {
    Shaper::with(|shaper| {
        let mut archive = Archive::new(shaper, documents.len() > 1);
        for document in documents {
            archive.add(document)?;
        }
        archive.finish(title, documents.iter().filter_map(|document| document.dated).max())
    })
}

/// A size that can be printed, whatever a stored document says.
fn type_size(size: f32) -> f32 {
    if size.is_finite() { size.clamp(6.0, 20.0) } else { 11.0 }
}
