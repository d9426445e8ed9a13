//! What addenda make of the facts: the agreement as it stands after some of them. Nothing here asks
//! what day it is; an addendum without a date is a draft and changes nothing yet.

use chrono::NaiveDate;

use super::{Addendum, FactSheet, TermBasis};

impl Addendum {
    /// The facts with the changes of this addendum, whether it is in force or not. What it does not
    /// state stays as it is.
    #[must_use]
    pub fn applied_to(&self, facts: &FactSheet) -> FactSheet {
        let mut facts = facts.clone();
        if let Some(end_on) = self.end_on {
            let term = &mut facts.term;
            term.end_on = Some(end_on);
            // A length that no longer leads to the last day must not be printed beside it.
            if term.basis != TermBasis::Explicit {
                term.basis = TermBasis::UntilDate;
            }
        }
        let access = &mut facts.access;
        if !self.elements.is_empty() {
            access.elements.clone_from(&self.elements);
            // Duty and right are one list again, whatever an old paper said.
            access.right_elements.clear();
        }
        if !self.methods.is_empty() && self.methods != access.methods {
            access.methods.clone_from(&self.methods);
            // Parties who change the channel have to name it: an article that leaves it open would
            // hold no trace of what they agreed.
            access.name_method_in_articles = true;
        }
        if !self.feedback_items.is_empty() {
            facts.feedback.items.clone_from(&self.feedback_items);
            facts.feedback.right_items.clear();
        }
        facts
    }

    /// The first day on which its changes hold; none while it is not signed.
    pub fn in_force_from(&self) -> Option<NaiveDate> {
        self.on.map(|signed_on| self.effective_on.unwrap_or(signed_on))
    }
}

impl FactSheet {
    /// The facts with every addendum applied that is in force on that day, oldest first.
    #[must_use]
    pub fn consolidated(&self, on: NaiveDate) -> Self {
        let in_force = |addendum: &&Addendum| addendum.in_force_from().is_some_and(|from| from <= on);
        self.addenda.iter().filter(in_force).fold(self.clone(), |facts, addendum| addendum.applied_to(&facts))
    }

    /// The facts as the addendum at that place in the list finds them: all earlier ones applied.
    #[must_use]
    pub fn before_addendum(&self, nth: usize) -> Self {
        self.addenda.iter().take(nth).fold(self.clone(), |facts, addendum| addendum.applied_to(&facts))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::fact_sheet::any::any_facts;
    use crate::domain::fact_sheet::{AccessMethod, DataElement};
    use crate::domain::term::term_end;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn signed() -> FactSheet {
        let mut facts = FactSheet::default();
        facts.signing.on = Some(day("2025-06-11"));
        facts.term.months = Some(24);
        facts.access.elements = vec![DataElement::Nik, DataElement::FullName];
        facts.access.right_elements = vec![DataElement::Nik];
        facts.access.methods = vec![AccessMethod::WebPortal];
        facts
    }

    #[test]
    fn a_new_last_day_takes_the_place_of_the_length() {
        let extension = Addendum { end_on: Some(day("2028-06-10")), ..Addendum::default() };
        let facts = extension.applied_to(&signed());
        let end = term_end(&facts).unwrap();
        assert_eq!((end.last_day, end.explicit), (day("2028-06-10"), true));
        assert_eq!(facts.term.basis, TermBasis::UntilDate);
    }

    #[test]
    fn a_paper_that_states_both_days_keeps_stating_both() {
        let mut facts = signed();
        facts.term.basis = TermBasis::Explicit;
        let extension = Addendum { end_on: Some(day("2028-06-10")), ..Addendum::default() };
        assert_eq!(extension.applied_to(&facts).term.basis, TermBasis::Explicit);
    }

    #[test]
    fn new_elements_hold_for_the_duty_and_for_the_right() {
        let more = Addendum { elements: vec![DataElement::Nik, DataElement::Sex], ..Addendum::default() };
        let facts = more.applied_to(&signed());
        assert_eq!(facts.access.elements, [DataElement::Nik, DataElement::Sex]);
        assert!(facts.access.right_elements.is_empty());
    }

    #[test]
    fn a_new_method_is_named_and_the_same_method_is_no_change() {
        let portal = Addendum { methods: vec![AccessMethod::WebPortal], ..Addendum::default() };
        assert_eq!(portal.applied_to(&signed()), signed());
        let service = Addendum { methods: vec![AccessMethod::WebService], ..Addendum::default() };
        assert!(service.applied_to(&signed()).access.name_method_in_articles);
    }

    #[test]
    fn a_draft_and_an_addendum_of_a_later_day_change_nothing_yet() {
        let mut facts = signed();
        let extension = Addendum { end_on: Some(day("2028-06-10")), ..Addendum::default() };
        facts.addenda = vec![extension];
        assert_eq!(facts.consolidated(NaiveDate::MAX), facts);

        facts.addenda[0].on = Some(day("2026-11-02"));
        assert_eq!(facts.consolidated(day("2026-11-01")), facts);
        assert_eq!(facts.consolidated(day("2026-11-02")).term.end_on, Some(day("2028-06-10")));

        facts.addenda[0].effective_on = Some(day("2027-01-01"));
        assert_eq!(facts.consolidated(day("2026-12-31")), facts);
        assert_eq!(facts.consolidated(day("2027-01-01")).term.end_on, Some(day("2028-06-10")));
    }

    #[test]
    fn the_later_of_two_addenda_has_the_last_word() {
        let mut facts = signed();
        let until = |end_on: &str| Addendum {
            on: Some(day("2026-11-02")),
            end_on: Some(day(end_on)),
            ..Addendum::default()
        };
        facts.addenda = vec![until("2028-06-10"), until("2029-06-10")];
        assert_eq!(facts.before_addendum(0), facts);
        assert_eq!(facts.before_addendum(1).term.end_on, Some(day("2028-06-10")));
        assert_eq!(facts.consolidated(day("2027-01-01")).term.end_on, Some(day("2029-06-10")));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn no_addendum_changes_nothing_and_applying_twice_is_applying_once(
            facts in any_facts(),
            days in 0_i64..60_000,
        ) {
            let on = day("1990-01-01") + chrono::TimeDelta::days(days);
            let mut none = facts.clone();
            none.addenda.clear();
            prop_assert_eq!(&none.consolidated(on), &none);

            let once = facts.consolidated(on);
            prop_assert_eq!(&once.consolidated(on), &once);
            for addendum in &facts.addenda {
                let applied = addendum.applied_to(&facts);
                prop_assert_eq!(&addendum.applied_to(&applied), &applied);
            }
        }
    }
}
