//! Validity: from which day, until which day, by which rule, and when its renewal must be asked for.
//! All dates are civil dates in the office's zone; the end is the last day in force.

use chrono::NaiveDate;

use super::dates::{last_day_of_length, sub_months};
use super::fact_sheet::{EndRule, FactSheet, TermBasis};
use super::wording::{date_long, length_with_words};

/// Months before the end by which the renewal letter must be in, unless the facts say otherwise.
const RENEWAL_MONTHS: u32 = 2;

/// The end of an agreement and the rule it follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermEnd {
    /// The last day in force; "ended" begins the day after.
    pub last_day: NaiveDate,
    /// Why, as a sentence for people.
    pub rule_sentence: String,
    /// Whether the day itself is stated; otherwise it is counted from a length.
    pub explicit: bool,
}

/// The last day in force: the explicit day if there is one, otherwise the stated length counted from
/// the first day in force. None while neither is known.
pub fn term_end(facts: &FactSheet) -> Option<TermEnd> {
    let term = &facts.term;
    let length = term.months.filter(|months| *months > 0);
    if let Some(last_day) = term.end_on {
        let day = date_long(last_day);
        let stated_in_paper = matches!(term.basis, TermBasis::Explicit | TermBasis::UntilDate);
        let rule_sentence = match length {
            _ if stated_in_paper => format!("Perjanjian menyebut {day} sebagai hari terakhir berlaku."),
            Some(months) => format!(
                "Hari terakhir berlaku dinyatakan {day}; tanggal ini didahulukan dari hitungan {}.",
                length_with_words(months)
            ),
            None => format!("Hari terakhir berlaku dinyatakan {day}."),
        };
        return Some(TermEnd { last_day, rule_sentence, explicit: true });
    }
    let months = length?;
    let (first, since) = match (term.start_on, facts.signing.on) {
        (Some(start_on), _) => (start_on, "mulai berlaku"),
        (None, signed_on) => (signed_on?, "ditandatangani"),
    };
    let last_day = last_day_of_length(first, months, term.end_rule);
    let rule = match term.end_rule {
        EndRule::DayBefore => "sehari sebelum tanggal yang sama",
        EndRule::Anniversary => "tanggal yang sama",
    };
    let rule_sentence = format!(
        "Berlaku {} sejak {since} pada {}; hari terakhirnya {rule}, yaitu {}.",
        length_with_words(months),
        date_long(first),
        date_long(last_day)
    );
    Some(TermEnd { last_day, rule_sentence, explicit: false })
}

/// First day in force; none while unsigned.
pub fn starts_on(facts: &FactSheet) -> Option<NaiveDate> {
    facts.signing.on.map(|signed_on| facts.term.start_on.unwrap_or(signed_on))
}

/// Calendar months before the end by which the renewal letter must be in.
pub fn renewal_months(facts: &FactSheet) -> u32 {
    facts.renewal.months_before.unwrap_or(RENEWAL_MONTHS)
}

/// The last day for the renewal letter of an agreement with this last day in force.
pub fn renewal_letter_due_on(facts: &FactSheet, last_day: NaiveDate) -> NaiveDate {
    sub_months(last_day, renewal_months(facts))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn two_years_from(signed_on: &str) -> FactSheet {
        let mut facts = FactSheet::default();
        facts.signing.on = Some(day(signed_on));
        facts.term.months = Some(24);
        facts
    }

    #[test]
    fn two_years_from_signing_end_the_day_before_the_anniversary() {
        let end = term_end(&two_years_from("2022-12-07")).unwrap();
        assert_eq!(end.last_day, day("2024-12-06"));
        assert!(!end.explicit);
        assert_eq!(
            end.rule_sentence,
            "Berlaku 2 (dua) tahun sejak ditandatangani pada 7 Desember 2022; \
             hari terakhirnya sehari sebelum tanggal yang sama, yaitu 6 Desember 2024."
        );
    }

    #[test]
    fn an_office_may_count_to_the_anniversary() {
        let mut facts = two_years_from("2025-09-16");
        facts.term.end_rule = EndRule::Anniversary;
        let end = term_end(&facts).unwrap();
        assert_eq!(end.last_day, day("2027-09-16"));
        assert!(end.rule_sentence.ends_with("hari terakhirnya tanggal yang sama, yaitu 16 September 2027."));
    }

    #[test]
    fn an_explicit_end_always_wins() {
        let mut facts = two_years_from("2025-09-16");
        facts.term.end_on = Some(day("2027-12-31"));
        let end = term_end(&facts).unwrap();
        assert_eq!((end.last_day, end.explicit), (day("2027-12-31"), true));
        assert_eq!(
            end.rule_sentence,
            "Hari terakhir berlaku dinyatakan 31 Desember 2027; tanggal ini didahulukan dari hitungan 2 (dua) tahun."
        );

        facts.term.basis = TermBasis::UntilDate;
        let sentence = term_end(&facts).unwrap().rule_sentence;
        assert_eq!(sentence, "Perjanjian menyebut 31 Desember 2027 sebagai hari terakhir berlaku.");

        facts.term.basis = TermBasis::FromSigning;
        facts.term.months = None;
        let sentence = term_end(&facts).unwrap().rule_sentence;
        assert_eq!(sentence, "Hari terakhir berlaku dinyatakan 31 Desember 2027.");
    }

    #[test]
    fn a_later_first_day_moves_the_end() {
        let mut facts = two_years_from("2025-12-15");
        facts.term.start_on = Some(day("2026-01-01"));
        assert_eq!(term_end(&facts).unwrap().last_day, day("2027-12-31"));
        assert_eq!(starts_on(&facts), Some(day("2026-01-01")));
    }

    #[test]
    fn an_unknown_length_or_first_day_makes_no_end() {
        let mut facts = two_years_from("2025-09-16");
        facts.term.months = None;
        assert_eq!(term_end(&facts), None);
        facts.term.months = Some(0);
        assert_eq!(term_end(&facts), None);
        facts.term.months = Some(24);
        facts.signing.on = None;
        assert_eq!(term_end(&facts), None);
        assert_eq!(starts_on(&facts), None);
    }

    #[test]
    fn the_renewal_letter_is_due_two_calendar_months_before_the_end_unless_stated() {
        let mut facts = FactSheet::default();
        for (last_day, due_on) in [
            ("2027-09-16", "2027-07-16"),
            ("2027-05-19", "2027-03-19"),
            ("2027-05-20", "2027-03-20"),
            ("2024-12-06", "2024-10-06"),
            ("2027-04-30", "2027-02-28"),
            ("2027-01-15", "2026-11-15"),
        ] {
            assert_eq!(renewal_letter_due_on(&facts, day(last_day)), day(due_on));
        }
        facts.renewal.months_before = Some(3);
        assert_eq!(renewal_letter_due_on(&facts, day("2027-09-16")), day("2027-06-16"));
    }
}
