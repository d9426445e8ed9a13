//! The wordings an office prints with: the standard ones, or its own copies of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

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

/// Wordings by name ("pks/duties").
#[derive(Debug, Clone)]
pub struct Wording {
    texts: BTreeMap<Cow<'static, str>, Cow<'static, str>>,
}

impl Wording {
    /// The wordings that come with Kawal.
    pub fn standard() -> Self {
        let texts = STANDARD.iter().map(|&(name, text)| (Cow::Borrowed(name), Cow::Borrowed(text))).collect();
        Self { texts }
    }

    /// The same with an office's own copy of one wording.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.texts.insert(Cow::Owned(name.into()), Cow::Owned(text.into()));
        self
    }

    /// The text of one wording.
    pub(super) fn text(&self, name: &str) -> Result<&str, ClauseError> {
        match self.texts.get(name) {
            Some(text) => Ok(text),
            None => Err(ClauseError::MissingWording { file: name.to_owned() }),
        }
    }
}
