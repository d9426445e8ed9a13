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
    ("handover/opening", include_str!("../../../templates/clauses/handover/opening.md")),
    ("handover/person", include_str!("../../../templates/clauses/handover/person.md")),
    ("handover/basis", include_str!("../../../templates/clauses/handover/basis.md")),
    ("handover/user_id", include_str!("../../../templates/clauses/handover/user_id.md")),
    ("handover/user_id_terms", include_str!("../../../templates/clauses/handover/user_id_terms.md")),
    ("handover/user_id_change", include_str!("../../../templates/clauses/handover/user_id_change.md")),
    (
        "handover/user_id_change_terms",
        include_str!("../../../templates/clauses/handover/user_id_change_terms.md"),
    ),
    ("handover/ip_lan", include_str!("../../../templates/clauses/handover/ip_lan.md")),
    ("handover/ip_lan_terms", include_str!("../../../templates/clauses/handover/ip_lan_terms.md")),
    ("handover/activation", include_str!("../../../templates/clauses/handover/activation.md")),
    ("handover/activation_terms", include_str!("../../../templates/clauses/handover/activation_terms.md")),
    ("handover/sam_return", include_str!("../../../templates/clauses/handover/sam_return.md")),
    ("handover/sam_return_terms", include_str!("../../../templates/clauses/handover/sam_return_terms.md")),
    ("handover/operator_item", include_str!("../../../templates/clauses/handover/operator_item.md")),
    ("handover/sealed", include_str!("../../../templates/clauses/handover/sealed.md")),
    ("handover/ip_item", include_str!("../../../templates/clauses/handover/ip_item.md")),
    (
        "handover/configuration_item",
        include_str!("../../../templates/clauses/handover/configuration_item.md"),
    ),
    ("handover/closing", include_str!("../../../templates/clauses/handover/closing.md")),
    ("addendum/recitals", include_str!("../../../templates/clauses/addendum/recitals.md")),
    ("addendum/agreement", include_str!("../../../templates/clauses/addendum/agreement.md")),
    ("addendum/several", include_str!("../../../templates/clauses/addendum/several.md")),
    ("addendum/single", include_str!("../../../templates/clauses/addendum/single.md")),
    ("addendum/item", include_str!("../../../templates/clauses/addendum/item.md")),
    ("addendum/commencement", include_str!("../../../templates/clauses/addendum/commencement.md")),
    ("report/cover", include_str!("../../../templates/clauses/report/cover.md")),
    ("report/identity", include_str!("../../../templates/clauses/report/identity.md")),
    ("report/usage", include_str!("../../../templates/clauses/report/usage.md")),
    ("report/results", include_str!("../../../templates/clauses/report/results.md")),
    ("report/feedback", include_str!("../../../templates/clauses/report/feedback.md")),
    ("report/operators", include_str!("../../../templates/clauses/report/operators.md")),
    ("report/problems", include_str!("../../../templates/clauses/report/problems.md")),
    ("report/incidents", include_str!("../../../templates/clauses/report/incidents.md")),
    ("report/proposals", include_str!("../../../templates/clauses/report/proposals.md")),
    ("report/closing", include_str!("../../../templates/clauses/report/closing.md")),
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
