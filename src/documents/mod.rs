//! Papers. One function per paper turns facts into a [`model::Document`]; writers turn a document
//! into bytes. Nothing here queries, and nothing here knows what day it is.

#[cfg(test)]
pub(crate) mod any_document;
pub mod html;
pub mod model;
pub mod pdf;
pub mod text;
