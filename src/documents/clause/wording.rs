//! The wordings an office prints with: the standard ones, or its own copies of them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::Value;

use super::ClauseError;

/// The standard wordings, `templates/clauses/`.
const STANDARD: &[(&str, &str)] = &[
    ("pks/preamble", include_str!("../../../templates/clauses/pks/preamble.md")),
    ("pks/party_rows", include_str!("../../../templates/clauses/pks/party_rows.md")),
    ("pks/party_sentence", include_str!("../../../templates/clauses/pks/party_sentence.md")),
    ("pks/recitals", include_str!("../../../templates/clauses/pks/recitals.md")),
    ("pks/legal_bases", include_str!("../../../templates/clauses/pks/legal_bases.md")),
    ("pks/agreement", include_str!("../../../templates/clauses/pks/agreement.md")),
    ("pks/definitions", include_str!("../../../templates/clauses/pks/definitions.md")),
    ("pks/purpose", include_str!("../../../templates/clauses/pks/purpose.md")),
    ("pks/duties", include_str!("../../../templates/clauses/pks/duties.md")),
    ("pks/rights", include_str!("../../../templates/clauses/pks/rights.md")),
    ("pks/term", include_str!("../../../templates/clauses/pks/term.md")),
    ("pks/ending", include_str!("../../../templates/clauses/pks/ending.md")),
    ("pks/force_majeure", include_str!("../../../templates/clauses/pks/force_majeure.md")),
    ("pks/disputes", include_str!("../../../templates/clauses/pks/disputes.md")),
    ("pks/reporting", include_str!("../../../templates/clauses/pks/reporting.md")),
    ("pks/other", include_str!("../../../templates/clauses/pks/other.md")),
    ("pks/closing", include_str!("../../../templates/clauses/pks/closing.md")),
    ("letters/renewal_notice", include_str!("../../../templates/clauses/letters/renewal_notice.md")),
];

/// Names of the standard wordings, in the order in which they are shipped.
pub fn standard_names() -> impl Iterator<Item = &'static str> {
    STANDARD.iter().map(|(name, _)| *name)
}

/// The text of a standard wording; none for a name that Kawal does not ship.
pub fn standard(name: &str) -> Option<&'static str> {
    STANDARD.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Wordings by name ("pks/duties"): the standard ones unless there is an own text, and the articles
/// that one agreement has besides. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    own: Arc<BTreeMap<String, Arc<str>>>,
    added: Arc<Vec<Added>>,
    hearing: Option<Hearing>,
}

/// An article that stands in no standard wording, and after which wording it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// Name of the wording with its text.
    pub name: String,
    /// Name of the wording it follows.
    pub after: String,
}

impl Wording {
    /// The wordings that come with Kawal.
    pub fn standard() -> Self {
        Self::default()
    }

    /// The same with an own text of one wording.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, text: impl AsRef<str>) -> Self {
        Arc::make_mut(&mut self.own).insert(name.into(), Arc::from(text.as_ref()));
        self
    }

    /// The same with an article of its own behind the wording `after`; behind those that were added
    /// there before.
    #[must_use]
    pub fn with_article(
        self,
        name: impl Into<String>,
        after: impl Into<String>,
        text: impl AsRef<str>,
    ) -> Self {
        let (name, after) = (name.into(), after.into());
        let mut this = self.with(name.clone(), text);
        let added = Arc::make_mut(&mut this.added);
        match added.iter_mut().find(|added| added.name == name) {
            Some(known) => known.after = after,
            None => added.push(Added { name, after }),
        }
        this
    }

    /// The same, with what papers ask of it written down.
    #[must_use]
    pub fn heard_by(mut self, hearing: &Hearing) -> Self {
        self.hearing = Some(hearing.clone());
        self
    }

    /// The text of one wording; none for a name that neither Kawal nor the office has.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.own.get(name).map(AsRef::as_ref).or_else(|| standard(name))
    }

    /// The files of a paper in its order, with the added articles in their places. One whose
    /// neighbour is not printed stands before the last, for nothing that was agreed may be lost.
    pub fn with_added<'a>(&'a self, files: &[&'a str]) -> Vec<&'a str> {
        let mut all: Vec<&str> = Vec::with_capacity(files.len() + self.added.len());
        for (at, file) in files.iter().enumerate() {
            if at + 1 == files.len() {
                let lost = self.added.iter().filter(|added| !files.contains(&added.after.as_str()));
                all.extend(lost.map(|added| added.name.as_str()));
            }
            all.push(file);
            all.extend(
                self.added.iter().filter(|added| added.after == *file).map(|added| added.name.as_str()),
            );
        }
        all
    }

    /// The text of one wording.
    pub(super) fn text(&self, name: &str) -> Result<&str, ClauseError> {
        self.get(name).ok_or_else(|| ClauseError::MissingWording { file: name.to_owned() })
    }

    pub(super) fn note(&self, asked: impl FnOnce() -> Asked) {
        if let Some(hearing) = &self.hearing {
            hearing.0.lock().unwrap_or_else(PoisonError::into_inner).push(asked());
        }
    }
}

/// What papers asked of a wording while they were printed: the only true list of which wordings a
/// paper is made of and which facts each of them may name.
#[derive(Debug, Clone, Default)]
pub struct Hearing(Arc<Mutex<Vec<Asked>>>);

impl Hearing {
    /// What was asked so far, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// One question to a wording.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The files, in the order of the paper; one unless they are articles.
    pub files: Vec<String>,
    /// As what they are printed.
    pub shape: Shape,
    /// The facts they may name.
    pub facts: Value,
}

/// What a wording is printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Articles with titles, numbered through.
    Articles {
        /// With a BAB over each.
        chapters: bool,
    },
    /// Paragraphs and lists outside any article.
    Prose,
    /// One paragraph.
    Line,
}
