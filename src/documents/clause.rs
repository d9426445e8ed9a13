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
//! | `- memberikan …` | an item, "a."; nested "1)", then "a)" |
//! | ` ^reporting` at the end of a heading or item | the label by which it is referred to |
//! | ` ^or` at the end of a lead-in | its items are joined by "atau" instead of "dan" |
//! | `{{ user.institution }}` | a fact, or a gap with its name |
//! | `{{ ref("reporting") }}` | "Pasal 8 ayat (1)", inside that Pasal "ayat (1)" |
//!
//! Items carry no final punctuation: `;`, `; dan` and `.` are set by the engine.

pub mod check;
mod fill;
mod number;
pub mod scan;
mod tree;
mod wording;

use std::collections::BTreeMap;

use minijinja::Value;

pub use fill::{gap, gap_name, sanitised, slot, slot_text};
pub use wording::{Added, Asked, Hearing, Shape, Wording, standard, standard_names};

use super::model::{Block, Run};

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
    wording.note(|| Asked {
        files: files.iter().map(|file| (*file).to_owned()).collect(),
        shape: Shape::Articles { chapters },
        facts: facts.clone(),
    });
    let mut parts = Vec::new();
    for file in files {
        let filled = fill::fill(file, wording.text(file)?, facts)?;
        parts.push(tree::articles(file, filled)?);
    }
    number::articles(&parts, chapters)
}

/// Prints running text: paragraphs and lists numbered "1.", outside any article.
///
/// # Errors
/// [`ClauseError`] when the wording is missing or wrong; there is nothing to refer to.
pub fn prose(wording: &Wording, file: &str, facts: &Value) -> Result<Vec<Block>, ClauseError> {
    wording.note(|| asked(file, Shape::Prose, facts));
    print_prose(wording, file, facts)
}

fn asked(file: &str, shape: Shape, facts: &Value) -> Asked {
    Asked { files: vec![file.to_owned()], shape, facts: facts.clone() }
}

fn print_prose(wording: &Wording, file: &str, facts: &Value) -> Result<Vec<Block>, ClauseError> {
    let filled = fill::fill(file, wording.text(file)?, facts)?;
    number::prose(&tree::prose(file, filled)?)
}

/// Prints a wording of one paragraph, for a place that holds one: a table cell, a party's sentence.
///
/// # Errors
/// [`ClauseError`] as for [`prose`], and when the wording is not one paragraph.
pub fn line(wording: &Wording, file: &str, facts: &Value) -> Result<Vec<Run>, ClauseError> {
    wording.note(|| asked(file, Shape::Line, facts));
    match <[Block; 1]>::try_from(print_prose(wording, file, facts)?) {
        Ok([Block::Para(para)]) if para.label.is_none() => Ok(para.runs),
        _ => Err(ClauseError::Markup { file: file.to_owned(), what: "lebih dari satu paragraf" }),
    }
}

#[cfg(test)]
mod tests;
