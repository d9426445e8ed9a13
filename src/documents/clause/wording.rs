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
    ("letters/application", include_str!("../../../templates/clauses/letters/application.md")),
    ("letters/cover_application", include_str!("../../../templates/clauses/letters/cover_application.md")),
    ("letters/cover_signed", include_str!("../../../templates/clauses/letters/cover_signed.md")),
    ("letters/cover_renewal", include_str!("../../../templates/clauses/letters/cover_renewal.md")),
    ("letters/renewal", include_str!("../../../templates/clauses/letters/renewal.md")),
    ("letters/renewal_notice", include_str!("../../../templates/clauses/letters/renewal_notice.md")),
    ("letters/access_request", include_str!("../../../templates/clauses/letters/access_request.md")),
    ("letters/user_id_form", include_str!("../../../templates/clauses/letters/user_id_form.md")),
    (
        "letters/closed_network_opening",
        include_str!("../../../templates/clauses/letters/closed_network_opening.md"),
    ),
    ("letters/closed_network", include_str!("../../../templates/clauses/letters/closed_network.md")),
    ("letters/network_provider", include_str!("../../../templates/clauses/letters/network_provider.md")),
    ("letters/change_request", include_str!("../../../templates/clauses/letters/change_request.md")),
    (
        "letters/technical_study_title",
        include_str!("../../../templates/clauses/letters/technical_study_title.md"),
    ),
    ("letters/technical_study", include_str!("../../../templates/clauses/letters/technical_study.md")),
    ("letters/change_reply", include_str!("../../../templates/clauses/letters/change_reply.md")),
    ("letters/poc_request", include_str!("../../../templates/clauses/letters/poc_request.md")),
    ("letters/poc_schedule", include_str!("../../../templates/clauses/letters/poc_schedule.md")),
    ("letters/poc_result", include_str!("../../../templates/clauses/letters/poc_result.md")),
    ("letters/official_change", include_str!("../../../templates/clauses/letters/official_change.md")),
    ("letters/report_request", include_str!("../../../templates/clauses/letters/report_request.md")),
    ("letters/warning", include_str!("../../../templates/clauses/letters/warning.md")),
    ("letters/termination", include_str!("../../../templates/clauses/letters/termination.md")),
    ("letters/access_closing", include_str!("../../../templates/clauses/letters/access_closing.md")),
    ("letters/access_reopening", include_str!("../../../templates/clauses/letters/access_reopening.md")),
    ("letters/assessment", include_str!("../../../templates/clauses/letters/assessment.md")),
    ("letters/assessment_figures", include_str!("../../../templates/clauses/letters/assessment_figures.md")),
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
