//! What each agreement of the demonstration shall show today, and the deeds that bring it there.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::acts::{Acts, EndCause, Ended, LetterIn, MetDuty};
use crate::domain::agreement::{Origin, State};
use crate::domain::dates::{add_months, day_before, sub_months};
use crate::domain::deadline::{Step, term_end};
use crate::domain::fact_sheet::FactSheet;
use crate::domain::semester_report::reporting_dates;

/// What an agreement of the demonstration shall show today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scene {
    /// A draft with gaps.
    EarlyDraft,
    /// A draft that only waits for its numbers.
    LateDraft,
    /// Signed; its first day is still to come.
    AwaitingStart,
    /// In force for so many months.
    InForce(u32),
    /// Inside the renewal window.
    Window,
    /// The last day for the letter is today.
    DueToday,
    /// The last day for the letter has passed.
    Overdue,
    /// The letter is in.
    Requested,
    /// Ran out so many months ago.
    Expired(u32),
    /// Ended on a breach.
    Terminated,
    /// A later one took its place.
    Replaced,
    /// Registered without knowing its end.
    EndUnknown,
    /// In its window, and nobody can be written to.
    WithoutAddress,
}

/// The scenes of the first office, in the order of [`AGENCIES`].
pub(super) const FIRST: &[Scene] = &[
    Scene::DueToday,
    Scene::Window,
    Scene::Overdue,
    Scene::InForce(3),
    Scene::InForce(14),
    Scene::Requested,
    Scene::EarlyDraft,
    Scene::LateDraft,
    Scene::AwaitingStart,
    Scene::Expired(2),
    Scene::Terminated,
    Scene::Replaced,
    Scene::EndUnknown,
    Scene::WithoutAddress,
    Scene::InForce(7),
    Scene::InForce(1),
    Scene::InForce(10),
    Scene::Window,
    Scene::InForce(18),
    Scene::InForce(5),
    Scene::Expired(9),
    Scene::InForce(12),
    Scene::Overdue,
    Scene::InForce(16),
    Scene::InForce(2),
    Scene::EarlyDraft,
    Scene::InForce(8),
    Scene::Requested,
];

/// The scenes of the second office.
pub(super) const SECOND: &[Scene] = &[
    Scene::Window,
    Scene::InForce(4),
    Scene::DueToday,
    Scene::InForce(11),
    Scene::LateDraft,
    Scene::Expired(4),
    Scene::Overdue,
    Scene::InForce(15),
    Scene::Requested,
    Scene::InForce(6),
    Scene::EarlyDraft,
    Scene::Terminated,
];

/// Gives a fact sheet its signing date and numbers.
fn signed(facts: &FactSheet, on: NaiveDate, n: usize) -> FactSheet {
    let mut facts = facts.clone();
    facts.signing.on = Some(on);
    facts.provider.number = Some(format!("400.12/{}/PKS/{}", 100 + n, on.year()));
    facts.user.number = Some(format!("470/{:04}/{}", 400 + n * 7, on.year()));
    for letter in &mut facts.approval_letters {
        letter.on = Some(on - Days::new(61));
    }
    facts
}

/// Something that happens on a day.
pub(super) enum Deedlet {
    Add(Box<(FactSheet, Origin, State)>),
    Draft(Box<FactSheet>),
    DraftThenSign(Box<(FactSheet, FactSheet)>),
    Letter(String, LetterIn),
    End(String, Ended),
    Met(String, MetDuty),
}

/// Deeds by day, in the order in which they were planned.
#[derive(Default)]
pub(super) struct Timed(pub(super) BTreeMap<NaiveDate, Vec<Deedlet>>);

impl Timed {
    pub(super) fn at(&mut self, day: NaiveDate, deed: Deedlet) {
        self.0.entry(day).or_default().push(deed);
    }

    fn planned(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

/// Plans the deeds that bring a fact sheet into its scene today.
pub(super) fn stage(acts: &mut Timed, facts: &FactSheet, scene: Scene, today: NaiveDate) {
    let n = acts.planned();
    // The day before the anniversary is the last one: an agreement that ends on `end` was signed the
    // day after, two years before.
    let ending = |end: NaiveDate| sub_months(end + Days::new(1), 24);
    let last_letter_day = |letter_due: NaiveDate| add_months(letter_due, 2);
    let on = match scene {
        Scene::EarlyDraft => {
            let mut facts = facts.clone();
            facts.access.elements.clear();
            facts.feedback.items.clear();
            facts.copies.count = None;
            return acts.at(today - Days::new(9), Deedlet::Draft(Box::new(facts)));
        }
        Scene::LateDraft => return acts.at(today - Days::new(4), Deedlet::Draft(Box::new(facts.clone()))),
        Scene::AwaitingStart => {
            let mut facts = signed(facts, today - Days::new(6), n);
            facts.term.start_on = Some(today + Days::new(25));
            return acts
                .at(today - Days::new(6), Deedlet::Add(Box::new((facts, Origin::Imported, State::Signed))));
        }
        Scene::InForce(months) => sub_months(today, months) - Days::new(u64::from(months) % 9),
        Scene::Window | Scene::WithoutAddress => ending(last_letter_day(today + Days::new(12))),
        Scene::DueToday => ending(last_letter_day(today)),
        Scene::Overdue => ending(last_letter_day(today - Days::new(13))),
        Scene::Requested => ending(last_letter_day(today + Days::new(3))),
        Scene::Expired(months) => ending(sub_months(today, months)),
        Scene::Terminated => sub_months(today, 15),
        Scene::Replaced => sub_months(today, 20),
        Scene::EndUnknown => sub_months(today, 11),
    };
    let mut facts = signed(facts, on, n);
    match scene {
        Scene::WithoutAddress => {
            facts.user.institution.email = None;
            facts.user.official.email = None;
        }
        Scene::EndUnknown => facts.term.months = None,
        _ => {}
    }
    let number = facts.provider.number.clone().unwrap_or_default();
    reports(acts, &facts, &number, today);
    // One in five is late with something else, as in life.
    if !n.is_multiple_of(5) {
        settle(acts, &facts, today);
    }
    match scene {
        Scene::Requested => acts.at(
            today - Days::new(5),
            Deedlet::Letter(
                number,
                LetterIn { number: format!("470/{}/PKS", 800 + n), on: today - Days::new(6) },
            ),
        ),
        Scene::Terminated => acts.at(
            today - Days::new(40),
            Deedlet::End(
                number,
                Ended {
                    on: today - Days::new(39),
                    cause: EndCause::Breach,
                    letter: Some(format!("400.12/{}/PKS", 900 + n)),
                },
            ),
        ),
        Scene::Replaced => {
            acts.at(
                today - Days::new(30),
                Deedlet::End(
                    number,
                    Ended { on: today - Days::new(30), cause: EndCause::Replaced, letter: None },
                ),
            );
        }
        _ => {}
    }
    // Half of the first were drafted and signed in Kawal, all others registered when it was introduced.
    if n.is_multiple_of(2) && n < 400 && scene != Scene::EndUnknown {
        let mut draft = facts.clone();
        draft.signing.on = None;
        draft.provider.number = None;
        draft.user.number = None;
        acts.at(on, Deedlet::DraftThenSign(Box::new((draft, facts))));
    } else {
        acts.at(on, Deedlet::Add(Box::new((facts, Origin::Registered, State::Signed))));
    }
}

/// Past duties other than reports were met, as in an office that does its work.
pub(super) fn settle(acts: &mut Timed, facts: &FactSheet, today: NaiveDate) {
    let number = facts.provider.number.clone().unwrap_or_default();
    let calendar = crate::domain::calendar::Calendar::national();
    for deadline in crate::domain::deadline::deadlines(facts, &Acts::default(), &calendar, today) {
        let other = !matches!(deadline.step, Step::RenewalLetter | Step::AgreementEnd | Step::SemesterReport);
        if other && deadline.due_on < today {
            let met = MetDuty {
                step: deadline.step,
                due_on: deadline.due_on,
                on: deadline.due_on - Days::new(3),
                note: None,
            };
            acts.at(deadline.due_on - Days::new(3), Deedlet::Met(number.clone(), met));
        }
    }
}

/// Reports that came in: all but the last one of every third agreement.
pub(super) fn reports(acts: &mut Timed, facts: &FactSheet, number: &str, today: NaiveDate) {
    let (Some(start), Some(end)) = (facts.signing.on, term_end(facts)) else { return };
    let past: Vec<NaiveDate> =
        reporting_dates(start, end.last_day).into_iter().filter(|due| *due < today).collect();
    let late = acts.planned().is_multiple_of(3);
    let count = if late { past.len().saturating_sub(1) } else { past.len() };
    for due_on in past.into_iter().take(count) {
        let on = day_before(due_on) - Days::new(4);
        let met = MetDuty {
            step: Step::SemesterReport,
            due_on,
            on,
            note: Some("Laporan diterima lewat surel".into()),
        };
        acts.at(on, Deedlet::Met(number.to_owned(), met));
    }
}
