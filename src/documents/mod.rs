//! Papers. One function per paper turns facts into a [`model::Document`]; writers turn a document
//! into bytes. Nothing here queries, and nothing here knows what day it is.

use std::collections::BTreeMap;

use model::{Document, FontFamily, Paper as Size};

#[cfg(test)]
pub(crate) mod any_document;
pub mod clause;
pub mod facts;
pub mod html;
pub mod letter;
pub mod model;
pub mod papers;
pub mod pdf;
pub mod pks;
pub mod text;

/// A paper and where its clauses came to stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The paper itself.
    pub document: Document,
    /// Label of a clause → how it is cited, "Pasal 8 ayat (1)"; only what is printed.
    pub references: BTreeMap<String, String>,
}

/// How a paper is printed: its state and the office's habits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PrintState {
    /// Print "DRAF" across each page.
    pub draft: bool,
    /// Paper size of the office.
    pub size: Size,
    /// Type family of the office.
    pub font: FontFamily,
    /// Type size in points.
    pub font_size: f32,
}

impl PrintState {
    /// A draft on the office's usual paper.
    pub fn draft() -> Self {
        Self { draft: true, ..Self::default() }
    }
}

impl Default for PrintState {
    fn default() -> Self {
        Self { draft: false, size: Size::F4, font: FontFamily::Bonum, font_size: 12.0 }
    }
}
