//! The ladder of reminders before the last day for the renewal letter. Dates are civil dates in the
//! office's zone; the scan runs at 06:00 there.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::acts::Acts;
use super::calendar::Calendar;
use super::dates::sub_months;
use super::deadline::Step;
use super::fact_sheet::FactSheet;
use super::term::{renewal_letter_due_on, renewal_months, term_end};

/// One reminder of a duty, at its place on the ladder. It is unique by code and due date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Its place, in months before the END of the agreement: "-3m", "-2m"; "-2m-wd" is the working
    /// day before a "-2m" that is a day off.
    pub code: String,
    /// The day the reminder goes out.
    pub on: NaiveDate,
    /// The duty it reminds of.
    pub step: Step,
    /// The last day of that duty.
    pub due_on: NaiveDate,
}

impl Rung {
    /// What tells this reminder from every other of the same agreement and step.
    pub fn key(&self) -> (String, NaiveDate) {
        (self.code.clone(), self.due_on)
    }
}

/// The first day of the ladder: one calendar month more before the end than the letter itself. From
/// here on the agreement stands in its renewal window.
pub fn window_from(facts: &FactSheet, last_day: NaiveDate) -> NaiveDate {
    sub_months(last_day, renewal_months(facts).saturating_add(1))
}

/// Every reminder of the renewal letter, by date. A rung goes out a month before the last day for the
/// letter and one exactly on it, which no setting takes away; when that day is off, one more goes out
/// on the working day before. Empty while the agreement is unsigned or its end unknown, and as soon
/// as it is ended or the letter is logged.
pub fn ladder(facts: &FactSheet, acts: &Acts, calendar: &Calendar) -> Vec<Rung> {
    if facts.signing.on.is_none() || acts.ended.is_some() || acts.renewal_letter.is_some() {
        return Vec::new();
    }
    let Some(end) = term_end(facts) else { return Vec::new() };
    let months = renewal_months(facts);
    let due_on = renewal_letter_due_on(facts, end.last_day);
    let rung = |code: String, on: NaiveDate| Rung { code, on, step: Step::RenewalLetter, due_on };

    let mut rungs = vec![rung(format!("-{}m", months.saturating_add(1)), window_from(facts, end.last_day))];
    if !calendar.is_working_day(due_on) {
        rungs.push(rung(format!("-{months}m-wd"), calendar.working_day_before(due_on)));
    }
    rungs.push(rung(format!("-{months}m"), due_on));
    rungs
}

/// What a scan has to record for one duty and recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The reminder that goes out now.
    pub due: Option<Rung>,
    /// Missed reminders that a later one makes pointless: recorded, never sent.
    pub superseded: Vec<Rung>,
}

/// What of the ladder is to be recorded on the day `on`, given what is recorded already (sent or
/// superseded). Of several missed rungs the latest goes out and the older ones are superseded, so a
/// scan that was missed loses nothing and a second scan adds nothing. After `end`, the last day in
/// force, nothing goes out any more.
pub fn plan(ladder: &[Rung], already: &BTreeSet<(String, NaiveDate)>, on: NaiveDate, end: NaiveDate) -> Plan {
    if on > end {
        return Plan::default();
    }
    let recorded = |rung: &&Rung| already.contains(&rung.key());
    let latest_recorded = ladder.iter().filter(recorded).map(|rung| rung.on).max();
    let mut missed: Vec<Rung> =
        ladder.iter().filter(|rung| rung.on <= on && !recorded(rung)).cloned().collect();
    missed.sort_by_key(|rung| rung.on);
    // A rung that a later calendar put before one that is recorded already comes too late to go out.
    let due = missed.pop_if(|latest| latest_recorded.is_none_or(|recorded| latest.on > recorded));
    Plan { due, superseded: missed }
}

/// What becomes of reminders that nobody could be written to, once somebody can: the latest that is
/// still on the ladder goes out, the older ones are superseded by it.
pub fn second_try(ladder: &[Rung], undeliverable: &BTreeSet<(String, NaiveDate)>) -> Plan {
    let mut stuck: Vec<Rung> =
        ladder.iter().filter(|rung| undeliverable.contains(&rung.key())).cloned().collect();
    stuck.sort_by_key(|rung| rung.on);
    let due = stuck.pop();
    Plan { due, superseded: stuck }
}

/// The day of the first rung that is not recorded yet: what a scan looks for. It stays in the past
/// when an agreement ran out with rungs unsent, so a scan also asks that the end has not passed.
pub fn next_rung_on(ladder: &[Rung], already: &BTreeSet<(String, NaiveDate)>) -> Option<NaiveDate> {
    ladder.iter().filter(|rung| !already.contains(&rung.key())).map(|rung| rung.on).min()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::acts::{EndCause, Ended, LetterIn};
    use crate::domain::calendar::{Holiday, HolidayKind};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn ending(last_day: &str) -> FactSheet {
        let mut facts = FactSheet::default();
        facts.signing.on = Some(day("2025-01-02"));
        facts.term.end_on = Some(day(last_day));
        facts
    }

    fn rungs(facts: &FactSheet) -> Vec<Rung> {
        ladder(facts, &Acts::default(), &Calendar::national())
    }

    fn lines(rungs: &[Rung]) -> Vec<(&str, String)> {
        rungs.iter().map(|rung| (rung.code.as_str(), rung.on.to_string())).collect()
    }

    fn none() -> BTreeSet<(String, NaiveDate)> {
        BTreeSet::new()
    }

    /// Runs a scan and records what it planned.
    fn scan(
        rungs: &[Rung],
        already: &mut BTreeSet<(String, NaiveDate)>,
        on: &str,
        end: &str,
    ) -> Option<String> {
        let planned = plan(rungs, already, day(on), day(end));
        already.extend(planned.superseded.iter().chain(&planned.due).map(Rung::key));
        planned.due.map(|rung| rung.code)
    }

    #[test]
    fn a_reminder_goes_on_exactly_the_last_day_and_one_a_month_before() {
        let rungs = rungs(&ending("2027-09-16"));
        assert_eq!(lines(&rungs), [("-3m", "2027-06-16".to_owned()), ("-2m", "2027-07-16".to_owned())]);
        assert!(rungs.iter().all(|r| r.due_on == day("2027-07-16") && r.step == Step::RenewalLetter));
    }

    #[test]
    fn a_last_day_that_is_off_gets_one_more_on_the_working_day_before() {
        for (last_day, before, due_on) in [
            // A Sunday, a Saturday, a holiday row, and New Year's Day of a known year.
            ("2027-09-18", "2027-07-16", "2027-07-18"),
            ("2027-09-17", "2027-07-16", "2027-07-17"),
            ("2027-05-15", "2027-03-05", "2027-03-15"),
            ("2027-03-01", "2026-12-31", "2027-01-01"),
        ] {
            let rungs = rungs(&ending(last_day));
            let expected = [("-2m-wd", before.to_owned()), ("-2m", due_on.to_owned())];
            assert_eq!(lines(&rungs)[1..], expected, "{last_day}");
        }
    }

    #[test]
    fn short_months_clamp() {
        for (last_day, first, due_on) in [
            ("2027-04-30", "2027-01-30", "2027-02-28"),
            ("2028-04-30", "2028-01-30", "2028-02-29"),
            ("2026-05-31", "2026-02-28", "2026-03-31"),
            ("2027-01-31", "2026-10-31", "2026-11-30"),
        ] {
            let rungs = rungs(&ending(last_day));
            assert_eq!(rungs[0].on, day(first), "{last_day}");
            assert_eq!(rungs[0].due_on, day(due_on), "{last_day}");
        }
    }

    #[test]
    fn another_length_in_the_papers_moves_and_renames_the_rungs() {
        let mut facts = ending("2027-09-18");
        facts.renewal.months_before = Some(3);
        assert_eq!(
            lines(&rungs(&facts)),
            [("-4m", "2027-05-18".to_owned()), ("-3m", "2027-06-18".to_owned()),]
        );
        facts.renewal.months_before = Some(2);
        assert_eq!(lines(&rungs(&facts))[1].0, "-2m-wd");
    }

    #[test]
    fn a_renewal_letter_or_an_end_stops_the_reminders() {
        let facts = ending("2027-09-16");
        let calendar = Calendar::national();
        let logged = LetterIn { number: "523/77/2027".to_owned(), on: day("2027-07-05") };
        let ended = Ended { on: day("2027-05-01"), cause: EndCause::Mutual, letter: None };
        for acts in [
            Acts { renewal_letter: Some(logged), ..Acts::default() },
            Acts { ended: Some(ended), ..Acts::default() },
        ] {
            assert_eq!(ladder(&facts, &acts, &calendar), []);
        }
        let unsigned = FactSheet { signing: Default::default(), ..facts.clone() };
        assert_eq!(rungs(&unsigned), []);
        let endless = FactSheet { term: Default::default(), ..facts };
        assert_eq!(rungs(&endless), []);
    }

    #[test]
    fn scanning_again_adds_nothing_twice_and_loses_nothing() {
        let (rungs, end) = (rungs(&ending("2027-09-18")), "2027-09-18");
        let mut already = none();
        for (on, sent) in [
            ("2027-06-17", None),
            ("2027-06-18", Some("-3m")),
            ("2027-06-18", None),
            ("2027-06-19", None),
            ("2027-07-16", Some("-2m-wd")),
            ("2027-07-17", None),
            ("2027-07-18", Some("-2m")),
            ("2027-07-18", None),
            ("2027-07-25", None),
        ] {
            assert_eq!(scan(&rungs, &mut already, on, end).as_deref(), sent, "{on}");
        }
        assert_eq!(next_rung_on(&rungs, &already), None);
    }

    #[test]
    fn after_a_week_off_the_latest_missed_rung_goes_out_and_older_ones_are_superseded() {
        let rungs = rungs(&ending("2027-09-18"));
        let planned = plan(&rungs, &none(), day("2027-07-23"), day("2027-09-18"));
        assert_eq!(planned.due.as_ref().map(|rung| rung.code.as_str()), Some("-2m"));
        let superseded: Vec<_> = planned.superseded.iter().map(|rung| rung.code.as_str()).collect();
        assert_eq!(superseded, ["-3m", "-2m-wd"]);

        let mut already = none();
        assert_eq!(scan(&rungs, &mut already, "2027-07-23", "2027-09-18").as_deref(), Some("-2m"));
        assert_eq!(plan(&rungs, &already, day("2027-07-24"), day("2027-09-18")), Plan::default());
        assert_eq!(next_rung_on(&rungs, &already), None);
    }

    #[test]
    fn nothing_goes_out_after_the_end_but_on_the_last_day_it_still_does() {
        let rungs = rungs(&ending("2027-09-16"));
        assert_eq!(plan(&rungs, &none(), day("2027-09-17"), day("2027-09-16")), Plan::default());
        assert!(plan(&rungs, &none(), day("2027-09-16"), day("2027-09-16")).due.is_some());
    }

    #[test]
    fn a_changed_end_gives_new_reminders() {
        let mut already = none();
        scan(&rungs(&ending("2027-09-16")), &mut already, "2027-07-16", "2027-09-16");
        let moved = rungs(&ending("2027-10-20"));
        assert_eq!(scan(&moved, &mut already, "2027-07-20", "2027-10-20").as_deref(), Some("-3m"));
        assert_eq!(next_rung_on(&moved, &already), Some(day("2027-08-20")));
    }

    #[test]
    fn a_holiday_decreed_after_the_mail_went_out_sends_no_older_one() {
        let facts = ending("2027-09-16");
        let mut already = none();
        assert!(scan(&rungs(&facts), &mut already, "2027-07-16", "2027-09-16").is_some());

        let decreed = Holiday {
            on: day("2027-07-16"),
            kind: HolidayKind::Regional,
            name: "Hari jadi kabupaten".to_owned(),
            decree: "Keputusan Bupati Nomor 5 Tahun 2027".to_owned(),
        };
        let calendar = Calendar::new(Calendar::national().entries().cloned().chain([decreed]));
        let changed = ladder(&facts, &Acts::default(), &calendar);
        assert_eq!(lines(&changed)[1], ("-2m-wd", "2027-07-15".to_owned()));
        let planned = plan(&changed, &already, day("2027-07-16"), day("2027-09-16"));
        assert_eq!(planned.due, None);
        assert_eq!(planned.superseded.len(), 1);
    }

    #[test]
    fn of_undeliverable_reminders_the_latest_is_tried_again() {
        let rungs = rungs(&ending("2027-09-18"));
        let stuck: BTreeSet<_> = rungs[..2].iter().map(Rung::key).collect();
        let planned = second_try(&rungs, &stuck);
        assert_eq!(planned.due.map(|rung| rung.code), Some("-2m-wd".to_owned()));
        assert_eq!(planned.superseded, rungs[..1]);
        // Those of an end date that was corrected since are on the ladder no more.
        let moved = self::rungs(&ending("2027-10-20"));
        assert_eq!(second_try(&moved, &stuck), Plan::default());
    }

    #[test]
    fn the_next_rung_is_the_first_one_not_recorded() {
        let rungs = rungs(&ending("2027-09-16"));
        assert_eq!(next_rung_on(&rungs, &none()), Some(day("2027-06-16")));
        assert_eq!(next_rung_on(&[], &none()), None);
    }

    proptest! {
        #[test]
        fn however_often_a_scan_runs_each_rung_is_recorded_once_and_the_last_one_sent(
            offset in 0_u64..14_610,
            months in 1_u32..7,
            gaps in prop::collection::vec(0_u64..45, 1..40),
        ) {
            let last_day = day("2010-01-01") + Days::new(offset);
            let mut facts = FactSheet::default();
            facts.signing.on = Some(last_day - Days::new(700));
            facts.term.end_on = Some(last_day);
            facts.renewal.months_before = Some(months);
            let rungs = ladder(&facts, &Acts::default(), &Calendar::national());
            prop_assert!(rungs.is_sorted_by_key(|rung| rung.on));

            let mut already = BTreeSet::new();
            let mut sent = Vec::new();
            let mut on = rungs[0].on - Days::new(20);
            let mut last_scan = on;
            for gap in gaps {
                on = on + Days::new(gap);
                let planned = plan(&rungs, &already, on, last_day);
                for rung in planned.superseded.iter().chain(&planned.due) {
                    prop_assert!(rung.on <= on && on <= last_day);
                    prop_assert!(already.insert(rung.key()), "{} twice", rung.code);
                }
                sent.extend(planned.due);
                if on <= last_day {
                    last_scan = on;
                    let next = next_rung_on(&rungs, &already);
                    prop_assert!(next.is_none_or(|next| next > on));
                }
            }
            let due_by_then = rungs.iter().rev().find(|rung| rung.on <= last_scan);
            prop_assert_eq!(sent.last(), due_by_then);
            prop_assert!(sent.is_sorted_by_key(|rung| rung.on));
        }

        #[test]
        fn the_last_rung_is_always_the_last_day_itself(offset in 0_u64..14_610, months in 0_u32..13) {
            let last_day = day("2010-01-01") + Days::new(offset);
            let mut facts = ending("2027-09-16");
            facts.term.end_on = Some(last_day);
            facts.renewal.months_before = Some(months);
            let calendar = Calendar::national();
            let rungs = ladder(&facts, &Acts::default(), &calendar);
            let last = &rungs[rungs.len() - 1];
            prop_assert_eq!((last.on, &last.code), (last.due_on, &format!("-{months}m")));
            prop_assert_eq!(rungs.len() == 3, !calendar.is_working_day(last.due_on));
            prop_assert!(rungs[..rungs.len() - 1].iter().all(|rung| rung.on < last.on));
            prop_assert!(rungs[1..rungs.len() - 1].iter().all(|rung| calendar.is_working_day(rung.on)));
        }
    }
}
