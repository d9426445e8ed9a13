//! What people did that moves or ends a deadline. Only these acts and their dates are stored; status
//! and deadlines follow from them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::deadline::Step;
use super::fact_sheet::choices;

choices! {
    /// Why an agreement was ended before its last day, or closed.
    EndCause {
        /// Both parties agreed to end it (PKS article on the term).
        #[default] Mutual = "mutual", "Kesepakatan para pihak";
        /// The first party ended it on a breach (PKS: "dapat mengakhiri").
        Breach = "breach", "Pelanggaran kewajiban";
        /// The user agency was renamed, merged or dissolved.
        InstitutionChange = "institution_change", "Perubahan kelembagaan";
        /// A later agreement or an addendum took its place.
        Replaced = "replaced", "Digantikan perjanjian baru atau adendum";
    }
}

/// What people did that moves or ends a deadline; only these are stored, everything else follows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Acts {
    /// The letter that asked for renewal, once logged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal_letter: Option<LetterIn>,
    /// The end by an act of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
    /// Duties marked as met.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub met: Vec<MetDuty>,
}

/// A letter that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterIn {
    /// Its number, as written.
    pub number: String,
    /// Its date.
    pub on: NaiveDate,
}

/// The end of an agreement by an act of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// The first day on which it is no longer in force.
    pub on: NaiveDate,
    /// Why.
    pub cause: EndCause,
    /// Number of the letter that ends it, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
}

/// A duty that was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetDuty {
    /// Which duty.
    pub step: Step,
    /// The due date it was met for. It tells semester reports apart; a duty that exists once stays
    /// met when its date is corrected.
    pub due_on: NaiveDate,
    /// The day it was met.
    pub on: NaiveDate,
    /// By what it is shown: letter, handover record, remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_read_as_they_are_written() {
        let on: NaiveDate = "2026-02-02".parse().unwrap();
        let acts = Acts {
            renewal_letter: Some(LetterIn { number: "523/77/2026".to_owned(), on }),
            ended: Some(Ended { on, cause: EndCause::Breach, letter: None }),
            met: vec![MetDuty { step: Step::SemesterReport, due_on: on, on, note: None }],
        };
        let written = serde_json::to_string(&acts).unwrap();
        assert_eq!(
            written,
            r#"{"renewal_letter":{"number":"523/77/2026","on":"2026-02-02"},"ended":{"on":"2026-02-02","cause":"breach"},"met":[{"step":"semester_report","due_on":"2026-02-02","on":"2026-02-02"}]}"#
        );
        assert_eq!(serde_json::from_str::<Acts>(&written).unwrap(), acts);
        assert_eq!(serde_json::from_str::<Acts>("{}").unwrap(), Acts::default());
    }
}
