//! The clause engine: wording with placeholders → numbered blocks.
//!
//! A wording file is Markdown. It goes through three passes, in this order and never another:
//! 1. [`fill`]: placeholders and conditions. Every printed value becomes an opaque token; no value
//!    is ever seen by the Markdown parser, so a value never becomes markup.
//! 2. [`tree`]: Markdown → articles, paragraphs and lists.
//! 3. [`number`]: BAB, Pasal, (1), a., 1) from nesting, list endings, references by label; tokens in
//!    text runs become the text of the fact or a visible gap.
//!
//! What a wording file may hold:
//!
//! | Written | Printed |
//! |---|---|
//! | `# Hak PARA PIHAK ^rights` | the next Pasal (with its own BAB where the paper has chapters) |
//! | `1. PIHAK KESATU …` | an ayat, "(1)"; a single one prints without its number |
//! | `- memberikan …` | an item, "a."; nested "1)", then "a)"; other papers have other series ([`Scheme`]) |
//! | ` ^reporting` at the end of a heading or item | the label by which it is referred to |
//! | ` ^or` at the end of a lead-in | its items are joined by "atau" instead of "dan" |
//! | `{{ user.institution }}` | a fact, or a gap with its name |
//! | `{{ ref("reporting") }}` | "Pasal 8 ayat (1)", inside that Pasal "ayat (1)" |
//!
//! Items carry no final punctuation: `;`, `; dan` and `.` are set by the engine.

mod fill;
mod number;
mod tree;
mod wording;

use std::collections::BTreeMap;

use minijinja::Value;

pub use fill::{gap, sanitised, slot};
pub use number::Scheme;
pub use wording::Wording;

use super::model::{Block, Para, Run};

/// Why a wording cannot be printed. The text is for the person who edits the wording.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClauseError {
    /// The wording is not there.
    #[error("Redaksi \"{file}\" tidak ada.")]
    MissingWording {
        /// Name of the wording.
        file: String,
    },
    /// A placeholder or condition is wrong.
    #[error("Redaksi \"{file}\" baris {line}: {reason}.")]
    Placeholder {
        /// Name of the wording.
        file: String,
        /// Line in the wording, from 1; 0 where it is unknown.
        line: usize,
        /// What is wrong, as the template engine says it.
        reason: String,
    },
    /// Markup that no paper can hold.
    #[error("Redaksi \"{file}\" memuat {what}, yang tidak dapat dicetak.")]
    Markup {
        /// Name of the wording.
        file: String,
        /// What was found.
        what: &'static str,
    },
    /// A label that stands twice.
    #[error("Redaksi \"{file}\": label \"{label}\" dipakai dua kali.")]
    DuplicateLabel {
        /// Name of the wording.
        file: String,
        /// The label.
        label: String,
    },
    /// A reference to a label that is not printed.
    #[error("Redaksi \"{file}\" merujuk label \"{label}\" yang tidak ada dalam naskah ini.")]
    DanglingReference {
        /// Name of the wording.
        file: String,
        /// The label.
        label: String,
    },
}

/// Articles with their numbers, and where every label came to stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Articles {
    /// Headings and paragraphs in order.
    pub blocks: Vec<Block>,
    /// Label → "Pasal 8 ayat (1)".
    pub references: BTreeMap<String, String>,
}

/// Prints articles: `files` in the order of the paper, numbered through.
///
/// # Errors
/// [`ClauseError`] when a wording is missing, wrong, or refers to a label that is not printed.
pub fn articles(
    wording: &Wording,
    files: &[&str],
    facts: &Value,
    chapters: bool,
) -> Result<Articles, ClauseError> {
    let mut parts = Vec::new();
    for file in files {
        let filled = fill::fill(file, wording.text(file)?, facts)?;
        parts.push(tree::articles(file, filled)?);
    }
    number::articles(&parts, chapters)
}

/// A row of a table that is made of wordings: its number, its title and its text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// "I.", "1.".
    pub label: String,
    /// The heading of its wording.
    pub title: Vec<Run>,
    /// What stands below it.
    pub paras: Vec<Para>,
}

/// Rows with their numbers, and where every label came to stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// In order.
    pub rows: Vec<Row>,
    /// Label → "angka VI huruf F".
    pub references: BTreeMap<String, String>,
}

/// Prints the rows of a Juknis: `files` in the order of the table, each `# heading` a row, numbered
/// through.
///
/// # Errors
/// As for [`articles`].
pub fn rows(wording: &Wording, files: &[&str], facts: &Value, scheme: Scheme) -> Result<Rows, ClauseError> {
    let mut parts = Vec::new();
    for file in files {
        let filled = fill::fill(file, wording.text(file)?, facts)?;
        parts.push(tree::articles(file, filled)?);
    }
    number::rows(&parts, scheme)
}

/// Prints running text with a heading of its own: the "hal" of a letter and its body.
///
/// # Errors
/// As for [`prose`].
pub fn titled(wording: &Wording, file: &str, facts: &Value) -> Result<(Vec<Run>, Vec<Block>), ClauseError> {
    let filled = fill::fill(file, wording.text(file)?, facts)?;
    number::titled(&tree::articles(file, filled)?)
}

/// Prints running text: paragraphs and lists numbered "1.", outside any article.
///
/// # Errors
/// [`ClauseError`] when the wording is missing or wrong; there is nothing to refer to.
pub fn prose(wording: &Wording, file: &str, facts: &Value) -> Result<Vec<Block>, ClauseError> {
    let filled = fill::fill(file, wording.text(file)?, facts)?;
    number::prose(&tree::prose(file, filled)?)
}

/// Prints a wording of one paragraph, for a place that holds one: a table cell, a party's sentence.
///
/// # Errors
/// [`ClauseError`] as for [`prose`], and when the wording is not one paragraph.
pub fn line(wording: &Wording, file: &str, facts: &Value) -> Result<Vec<Run>, ClauseError> {
    match <[Block; 1]>::try_from(prose(wording, file, facts)?) {
        Ok([Block::Para(para)]) if para.label.is_none() => Ok(para.runs),
        _ => Err(ClauseError::Markup { file: file.to_owned(), what: "lebih dari satu paragraf" }),
    }
}

#[cfg(test)]
mod tests;
