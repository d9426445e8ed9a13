//! What does not agree in an agreement as it was signed. The facts stay as the paper has them; the
//! difference is told until an addendum or the renewal mends it.

use std::collections::BTreeSet;

use super::fact_sheet::{FactSheet, choices};
use super::wording::{join_list, number_with_words};

choices! {
    /// What kind of fault it is.
    FindingCode {
        /// Lists of data elements that differ.
        #[default] Elements = "C4", "Daftar elemen data berbeda";
        /// Lists of feedback data that differ.
        Feedback = "C5", "Daftar data balikan berbeda";
        /// A right without its duty.
        RightWithoutDuty = "C8", "Hak tanpa kewajiban yang mengimbanginya";
    }
}

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub code: FindingCode,
    /// What differs, in a sentence.
    pub message: String,
    /// What is said in one place and what in the other, each with its name.
    pub quotes: [(&'static str, String); 2],
}

/// Findings from the facts alone.
pub fn findings(facts: &FactSheet) -> Vec<Finding> {
    let access = &facts.access;
    let duty = access.elements.iter().map(|element| element.label().to_owned());
    let elements = compared(
        FindingCode::Elements,
        "elemen data",
        ("Kewajiban PIHAK KESATU", duty.chain(access.other_elements.iter().cloned()).collect()),
        ("Hak PIHAK KEDUA", access.right_elements.iter().map(|element| element.label().to_owned()).collect()),
    );
    let feedback = compared(
        FindingCode::Feedback,
        "data balikan",
        ("Kewajiban PIHAK KEDUA", facts.feedback.items.clone()),
        ("Hak PIHAK KESATU", facts.feedback.right_items.clone()),
    );
    elements.into_iter().chain(feedback).collect()
}

/// Compares a duty with its right. A right that lists nothing of its own mirrors the duty.
fn compared(
    code: FindingCode,
    what: &str,
    duty: (&'static str, Vec<String>),
    right: (&'static str, Vec<String>),
) -> Option<Finding> {
    let key = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let keys = |list: &[String]| list.iter().map(key).filter(|key| !key.is_empty()).collect::<BTreeSet<_>>();
    let (duties, rights) = (keys(&duty.1), keys(&right.1));
    if rights.is_empty() || duties == rights {
        return None;
    }
    let only = |list: &[String], other: &BTreeSet<String>| -> Vec<String> {
        list.iter().filter(|text| !key(text).is_empty() && !other.contains(&key(text))).cloned().collect()
    };
    let (code, message) = if duties.is_empty() {
        let message =
            format!("Hak menyebut {what}, tetapi kewajiban yang mengimbanginya tidak menyebut satu pun.");
        (FindingCode::RightWithoutDuty, message)
    } else {
        let counted = |keys: &BTreeSet<String>| number_with_words(keys.len() as u64);
        let mut parts = vec![format!(
            "Kewajiban menyebut {} {what}, sedangkan hak menyebut {}",
            counted(&duties),
            counted(&rights)
        )];
        for (place, list) in [("kewajiban", only(&duty.1, &rights)), ("hak", only(&right.1, &duties))] {
            if !list.is_empty() {
                parts.push(format!("hanya pada {place}: {}", join_list(&list)));
            }
        }
        (code, format!("{}.", parts.join("; ")))
    };
    Some(Finding { code, message, quotes: [(duty.0, join_list(&duty.1)), (right.0, join_list(&right.1))] })
}

#[cfg(test)]
mod tests {
    use super::super::fact_sheet::DataElement::{Address, FullName, Nik, Sex};
    use super::*;

    fn facts(
        duty: &[super::super::fact_sheet::DataElement],
        right: &[super::super::fact_sheet::DataElement],
    ) -> FactSheet {
        let mut facts = FactSheet::default();
        facts.access.elements = duty.to_vec();
        facts.access.right_elements = right.to_vec();
        facts
    }

    #[test]
    fn lists_that_differ_are_told_with_what_stands_on_one_side_only() {
        let found = findings(&facts(&[Nik, FullName, Address], &[Nik, Sex]));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code.code(), "C4");
        assert_eq!(
            found[0].message,
            "Kewajiban menyebut 3 (tiga) elemen data, sedangkan hak menyebut 2 (dua); hanya pada kewajiban: nama lengkap dan alamat sekarang; hanya pada hak: jenis kelamin."
        );
        assert_eq!(found[0].quotes[1], ("Hak PIHAK KEDUA", "NIK dan jenis kelamin".to_owned()));
    }

    #[test]
    fn lists_that_agree_in_another_order_or_that_mirror_are_silent() {
        assert_eq!(findings(&facts(&[Nik, Sex], &[Sex, Nik])), []);
        assert_eq!(findings(&facts(&[Nik, Sex], &[])), []);
        let mut other = facts(&[Nik], &[]);
        other.feedback.items = vec!["Nomor  Register".into(), "jenis usaha".into()];
        other.feedback.right_items = vec!["jenis usaha".into(), "nomor register".into()];
        assert_eq!(findings(&other), []);
    }

    #[test]
    fn feedback_that_differs_and_a_right_without_its_duty_have_codes_of_their_own() {
        let mut other = facts(&[], &[Nik]);
        other.feedback.items = vec!["nomor register".into()];
        other.feedback.right_items = vec!["korban bencana".into()];
        let codes: Vec<&str> = findings(&other).iter().map(|finding| finding.code.code()).collect();
        assert_eq!(codes, ["C8", "C5"]);
    }
}
