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
    ("juknis/subject", include_str!("../../../templates/clauses/juknis/subject.md")),
    ("juknis/parties", include_str!("../../../templates/clauses/juknis/parties.md")),
    ("juknis/criteria_network", include_str!("../../../templates/clauses/juknis/criteria_network.md")),
    (
        "juknis/criteria_application",
        include_str!("../../../templates/clauses/juknis/criteria_application.md"),
    ),
    ("juknis/criteria_feedback", include_str!("../../../templates/clauses/juknis/criteria_feedback.md")),
    ("juknis/criteria_readers", include_str!("../../../templates/clauses/juknis/criteria_readers.md")),
    ("juknis/criteria_reporting", include_str!("../../../templates/clauses/juknis/criteria_reporting.md")),
    ("juknis/criteria_other", include_str!("../../../templates/clauses/juknis/criteria_other.md")),
    ("juknis/topics_network", include_str!("../../../templates/clauses/juknis/topics_network.md")),
    ("juknis/topics_application", include_str!("../../../templates/clauses/juknis/topics_application.md")),
    ("juknis/topics_feedback", include_str!("../../../templates/clauses/juknis/topics_feedback.md")),
    ("juknis/topics_readers", include_str!("../../../templates/clauses/juknis/topics_readers.md")),
    ("juknis/topics_reporting", include_str!("../../../templates/clauses/juknis/topics_reporting.md")),
    ("juknis/topics_other", include_str!("../../../templates/clauses/juknis/topics_other.md")),
    ("juknis/closing", include_str!("../../../templates/clauses/juknis/closing.md")),
    ("juknis/topology", include_str!("../../../templates/clauses/juknis/topology.md")),
    ("juknis/service_flow", include_str!("../../../templates/clauses/juknis/service_flow.md")),
    ("statements/sptjm", include_str!("../../../templates/clauses/statements/sptjm.md")),
    ("statements/sptjm_renewal", include_str!("../../../templates/clauses/statements/sptjm_renewal.md")),
    ("statements/nda", include_str!("../../../templates/clauses/statements/nda.md")),
    ("statements/identity_card", include_str!("../../../templates/clauses/statements/identity_card.md")),
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
