//! Where an agreement stands, in words people say. A status is a pair: [`status`] for one agreement
//! and [`Status::predicate`] for a query over many; a property test holds the two equal.
//!
//! All dates are civil dates in the office's zone.

use chrono::NaiveDate;

use super::acts::{Acts, EndCause};
use super::fact_sheet::{FactSheet, choices};
use super::renewal::window_from;
use super::term::{renewal_letter_due_on, starts_on, term_end};

choices! {
    /// Where an agreement stands.
    Status {
        /// Not signed yet.
        #[default] Drafting = "drafting", "Disiapkan";
        /// Signed, first day in force still to come.
        AwaitingStart = "awaiting_start", "Menunggu mulai berlaku";
        /// In force, renewal far off.
        InForce = "in_force", "Berlaku";
        /// In force, but nobody knows until when: nothing can be watched.
        EndUnknown = "end_unknown", "Tanggal akhir belum diketahui";
        /// From the first reminder to the day before the last day for the letter.
        RenewalWindow = "renewal_window", "Saatnya mengajukan perpanjangan";
        /// The last day for the renewal letter.
        RenewalDueToday = "renewal_due_today", "Batas perpanjangan hari ini";
        /// The last day for the letter has passed without one; still in force.
        RenewalOverdue = "renewal_overdue", "Lewat batas perpanjangan";
        /// The letter is logged; still in force.
        RenewalRequested = "renewal_requested", "Surat perpanjangan masuk";
        /// The last day in force has passed.
        Expired = "expired", "Berakhir";
        /// Ended by an act before or after its last day.
        Terminated = "terminated", "Diakhiri";
        /// A later agreement or addendum took its place.
        Replaced = "replaced", "Digantikan";
    }
}

choices! {
    /// How loud a status is; pages add shape and word to the colour.
    Tone {
        /// Over, or not begun.
        #[default] Quiet = "quiet", "Tenang";
        /// All well.
        Ok = "ok", "Baik";
        /// Going its way; good to know.
        Info = "info", "Keterangan";
        /// Somebody should act.
        Attention = "attention", "Perlu perhatian";
        /// Somebody should have acted.
        Overdue = "overdue", "Terlambat";
    }
}

/// The dates that decide a status; a store keeps them as columns of the same names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dates {
    /// Day of signing; none while a draft.
    pub signed_on: Option<NaiveDate>,
    /// First day in force; none while a draft.
    pub starts_on: Option<NaiveDate>,
    /// Last day in force, if known.
    pub ends_on: Option<NaiveDate>,
    /// First day of the renewal window.
    pub window_from: Option<NaiveDate>,
    /// Last day for the renewal letter.
    pub letter_due_on: Option<NaiveDate>,
    /// Date of the renewal letter, once logged.
    pub letter_on: Option<NaiveDate>,
    /// First day on which it is no longer in force, where a person ended it.
    pub ended_on: Option<NaiveDate>,
    /// Why that person ended it.
    pub ended_cause: Option<EndCause>,
}

impl Dates {
    /// The dates that follow from facts and acts.
    pub fn of(facts: &FactSheet, acts: &Acts) -> Self {
        let ends_on = term_end(facts).map(|end| end.last_day);
        Self {
            signed_on: facts.signing.on,
            starts_on: starts_on(facts),
            ends_on,
            window_from: ends_on.map(|last_day| window_from(facts, last_day)),
            letter_due_on: ends_on.map(|last_day| renewal_letter_due_on(facts, last_day)),
            letter_on: acts.renewal_letter.as_ref().map(|letter| letter.on),
            ended_on: acts.ended.as_ref().map(|ended| ended.on),
            ended_cause: acts.ended.as_ref().map(|ended| ended.cause),
        }
    }

    fn get(&self, column: Column) -> Option<NaiveDate> {
        match column {
            Column::SignedOn => self.signed_on,
            Column::StartsOn => self.starts_on,
            Column::EndsOn => self.ends_on,
            Column::WindowFrom => self.window_from,
            Column::LetterDueOn => self.letter_due_on,
            Column::LetterOn => self.letter_on,
            Column::EndedOn => self.ended_on,
        }
    }
}

/// Where the agreement stands on the day `today`.
pub fn status(dates: &Dates, today: NaiveDate) -> Status {
    if dates.ended_on.is_some_and(|ended_on| ended_on <= today) {
        return match dates.ended_cause {
            Some(EndCause::Replaced) => Status::Replaced,
            _ => Status::Terminated,
        };
    }
    if dates.signed_on.is_none() {
        return Status::Drafting;
    }
    if dates.starts_on.is_some_and(|starts_on| starts_on > today) {
        return Status::AwaitingStart;
    }
    let Some(ends_on) = dates.ends_on else { return Status::EndUnknown };
    if ends_on < today {
        return Status::Expired;
    }
    if dates.letter_on.is_some() {
        return Status::RenewalRequested;
    }
    match dates.letter_due_on {
        Some(due_on) if due_on < today => Status::RenewalOverdue,
        Some(due_on) if due_on == today => Status::RenewalDueToday,
        _ if dates.window_from.is_some_and(|from| from <= today) => Status::RenewalWindow,
        _ => Status::InForce,
    }
}

/// A date column of [`Dates`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// `signed_on`
    SignedOn,
    /// `starts_on`
    StartsOn,
    /// `ends_on`
    EndsOn,
    /// `window_from`
    WindowFrom,
    /// `letter_due_on`
    LetterDueOn,
    /// `letter_on`
    LetterOn,
    /// `ended_on`
    EndedOn,
}

/// How a column compares with today. Plain comparisons are false for a missing date, as in SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// `IS NULL`
    Missing,
    /// `IS NOT NULL`
    Present,
    /// `< today`
    Before,
    /// `<= today`
    OnOrBefore,
    /// `= today`
    On,
    /// `>= today`
    OnOrAfter,
    /// `> today`
    After,
    /// `IS NULL OR <= today`
    MissingOrOnOrBefore,
    /// `IS NULL OR > today`
    MissingOrAfter,
}

impl Op {
    fn holds(self, date: Option<NaiveDate>, today: NaiveDate) -> bool {
        match self {
            Self::Missing => date.is_none(),
            Self::Present => date.is_some(),
            Self::Before => date.is_some_and(|date| date < today),
            Self::OnOrBefore => date.is_some_and(|date| date <= today),
            Self::On => date == Some(today),
            Self::OnOrAfter => date.is_some_and(|date| date >= today),
            Self::After => date.is_some_and(|date| date > today),
            Self::MissingOrOnOrBefore => date.is_none_or(|date| date <= today),
            Self::MissingOrAfter => date.is_none_or(|date| date > today),
        }
    }
}

/// One condition of a predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cond {
    /// A date column compared with today.
    Date(Column, Op),
    /// `ended_cause` is this one.
    CauseIs(EndCause),
    /// `ended_cause` is missing or another one.
    CauseIsNot(EndCause),
}

/// The conditions that hold together exactly for the agreements in one status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusPredicate {
    /// All of them must hold.
    pub conditions: &'static [Cond],
}

impl StatusPredicate {
    /// Whether it holds for these dates.
    pub fn holds(&self, dates: &Dates, today: NaiveDate) -> bool {
        self.conditions.iter().all(|condition| match *condition {
            Cond::Date(column, op) => op.holds(dates.get(column), today),
            Cond::CauseIs(cause) => dates.ended_cause == Some(cause),
            Cond::CauseIsNot(cause) => dates.ended_cause != Some(cause),
        })
    }
}

impl Status {
    /// How loud it is.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Drafting | Self::Expired | Self::Terminated | Self::Replaced => Tone::Quiet,
            Self::InForce => Tone::Ok,
            Self::AwaitingStart | Self::RenewalRequested => Tone::Info,
            Self::EndUnknown | Self::RenewalWindow | Self::RenewalDueToday => Tone::Attention,
            Self::RenewalOverdue => Tone::Overdue,
        }
    }

    /// Whether the agreement is in force in this status.
    pub const fn is_in_force(self) -> bool {
        match self {
            Self::InForce
            | Self::EndUnknown
            | Self::RenewalWindow
            | Self::RenewalDueToday
            | Self::RenewalOverdue
            | Self::RenewalRequested => true,
            Self::Drafting | Self::AwaitingStart | Self::Expired | Self::Terminated | Self::Replaced => false,
        }
    }

    /// The same rule as [`status`], as conditions for a query.
    pub const fn predicate(self) -> StatusPredicate {
        use Column::{EndedOn, EndsOn, LetterDueOn, LetterOn, SignedOn, StartsOn, WindowFrom};
        use Cond::{CauseIs, CauseIsNot, Date};
        use Op::{
            After, Before, Missing, MissingOrAfter, MissingOrOnOrBefore, On, OnOrAfter, OnOrBefore, Present,
        };

        const NOT_ENDED: Cond = Date(EndedOn, MissingOrAfter);
        const SIGNED: Cond = Date(SignedOn, Present);
        const BEGUN: Cond = Date(StartsOn, MissingOrOnOrBefore);
        const RUNNING: Cond = Date(EndsOn, OnOrAfter);
        const NO_LETTER: Cond = Date(LetterOn, Missing);

        let conditions: &'static [Cond] = match self {
            Self::Replaced => &[Date(EndedOn, OnOrBefore), CauseIs(EndCause::Replaced)],
            Self::Terminated => &[Date(EndedOn, OnOrBefore), CauseIsNot(EndCause::Replaced)],
            Self::Drafting => &[NOT_ENDED, Date(SignedOn, Missing)],
            Self::AwaitingStart => &[NOT_ENDED, SIGNED, Date(StartsOn, After)],
            Self::EndUnknown => &[NOT_ENDED, SIGNED, BEGUN, Date(EndsOn, Missing)],
            Self::Expired => &[NOT_ENDED, SIGNED, BEGUN, Date(EndsOn, Before)],
            Self::RenewalRequested => &[NOT_ENDED, SIGNED, BEGUN, RUNNING, Date(LetterOn, Present)],
            Self::RenewalOverdue => {
                &[NOT_ENDED, SIGNED, BEGUN, RUNNING, NO_LETTER, Date(LetterDueOn, Before)]
            }
            Self::RenewalDueToday => &[NOT_ENDED, SIGNED, BEGUN, RUNNING, NO_LETTER, Date(LetterDueOn, On)],
            Self::RenewalWindow => &[
                NOT_ENDED,
                SIGNED,
                BEGUN,
                RUNNING,
                NO_LETTER,
                Date(LetterDueOn, MissingOrAfter),
                Date(WindowFrom, OnOrBefore),
            ],
            Self::InForce => &[
                NOT_ENDED,
                SIGNED,
                BEGUN,
                RUNNING,
                NO_LETTER,
                Date(LetterDueOn, MissingOrAfter),
                Date(WindowFrom, MissingOrAfter),
            ],
        };
        StatusPredicate { conditions }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::acts::{Ended, LetterIn};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn two_years() -> FactSheet {
        let mut facts = FactSheet::default();
        facts.signing.on = Some(day("2025-09-17"));
        facts.term.months = Some(24);
        facts
    }

    fn on(facts: &FactSheet, acts: &Acts, today: &str) -> Status {
        status(&Dates::of(facts, acts), day(today))
    }

    #[test]
    fn an_agreement_goes_through_its_life() {
        let facts = two_years();
        for (today, expected) in [
            ("2025-09-16", Status::AwaitingStart),
            ("2025-09-17", Status::InForce),
            ("2027-06-15", Status::InForce),
            ("2027-06-16", Status::RenewalWindow),
            ("2027-07-15", Status::RenewalWindow),
            ("2027-07-16", Status::RenewalDueToday),
            ("2027-07-17", Status::RenewalOverdue),
            ("2027-09-16", Status::RenewalOverdue),
            ("2027-09-17", Status::Expired),
        ] {
            assert_eq!(on(&facts, &Acts::default(), today), expected, "{today}");
        }
    }

    #[test]
    fn a_logged_letter_quiets_the_renewal_but_not_the_end() {
        let renewal_letter = Some(LetterIn { number: "523/77/2027".to_owned(), on: day("2027-07-20") });
        let acts = Acts { renewal_letter, ..Acts::default() };
        assert_eq!(on(&two_years(), &acts, "2027-07-21"), Status::RenewalRequested);
        assert_eq!(on(&two_years(), &acts, "2027-09-16"), Status::RenewalRequested);
        assert_eq!(on(&two_years(), &acts, "2027-09-17"), Status::Expired);
    }

    #[test]
    fn an_end_by_an_act_counts_from_its_day() {
        for (cause, expected) in
            [(EndCause::Breach, Status::Terminated), (EndCause::Replaced, Status::Replaced)]
        {
            let acts =
                Acts { ended: Some(Ended { on: day("2026-04-01"), cause, letter: None }), ..Acts::default() };
            assert_eq!(on(&two_years(), &acts, "2026-03-31"), Status::InForce);
            assert_eq!(on(&two_years(), &acts, "2026-04-01"), expected);
            assert_eq!(on(&two_years(), &acts, "2028-04-01"), expected);
        }
    }

    #[test]
    fn unsigned_is_drafting_and_an_unknown_end_is_said() {
        assert_eq!(on(&FactSheet::default(), &Acts::default(), "2026-01-01"), Status::Drafting);
        let mut facts = two_years();
        facts.term.months = None;
        assert_eq!(on(&facts, &Acts::default(), "2026-01-01"), Status::EndUnknown);
    }

    #[test]
    fn every_status_has_words_of_its_own_and_no_code() {
        let labels: BTreeSet<_> = Status::ALL.iter().map(|status| status.label()).collect();
        assert_eq!(labels.len(), Status::ALL.len());
        assert!(Status::ALL.iter().all(|status| !status.label().contains('_')));
        assert_eq!(Status::RenewalDueToday.label(), "Batas perpanjangan hari ini");
        assert_eq!(Status::RenewalOverdue.tone(), Tone::Overdue);
        assert!(Status::RenewalOverdue.is_in_force() && !Status::Expired.is_in_force());
    }

    fn any_date() -> impl Strategy<Value = Option<NaiveDate>> {
        // A small range, so that equal dates and both sides of today are common.
        prop::option::of((0_u64..9).prop_map(|offset| day("2027-02-24") + Days::new(offset)))
    }

    fn any_dates() -> impl Strategy<Value = Dates> {
        let cause = prop::option::of(prop::sample::select(EndCause::ALL));
        let dates = (any_date(), any_date(), any_date(), any_date(), any_date(), any_date(), any_date());
        (dates, cause).prop_map(
            |(
                (signed_on, starts_on, ends_on, window_from, letter_due_on, letter_on, ended_on),
                ended_cause,
            )| {
                Dates {
                    signed_on,
                    starts_on,
                    ends_on,
                    window_from,
                    letter_due_on,
                    letter_on,
                    ended_on,
                    ended_cause,
                }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn function_and_predicate_agree_and_exactly_one_status_holds(dates in any_dates(), offset in 0_u64..9) {
            let today = day("2027-02-24") + Days::new(offset);
            let holding: Vec<_> =
                Status::ALL.iter().copied().filter(|status| status.predicate().holds(&dates, today)).collect();
            prop_assert_eq!(holding, [status(&dates, today)]);
        }
    }
}
