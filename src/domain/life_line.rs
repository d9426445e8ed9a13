//! The life line (garis hidup): an agreement from its first to its last day as geometry, and the
//! sentence that says the same. Pages, mails and papers draw it; nothing here knows a pixel.
//!
//! Fractions run from 0, the first day in force, to 1, the last day in force.

use chrono::NaiveDate;

use super::deadline::{Deadline, DeadlineState, Step};
use super::semester_report::semester_name;
use super::status::Dates;
use super::wording::{capitalise, date_long, distance, join_list};

/// An agreement as a line.
#[derive(Debug, Clone, PartialEq)]
pub struct LifeLine {
    /// First day in force: the left end.
    pub starts_on: NaiveDate,
    /// Last day in force: the right end.
    pub ends_on: NaiveDate,
    /// How much of the line is past; stops where a person ended the agreement.
    pub past: f64,
    /// The stroke for today; none before the first and after the last day.
    pub today: Option<f64>,
    /// The renewal window before the end; none when it is unknown.
    pub window: Option<Span>,
    /// The last day for the renewal letter; none when it is unknown.
    pub letter_due: Option<f64>,
    /// Where a person ended the agreement before its last day.
    pub ended: Option<f64>,
    /// Semester reports, by date.
    pub reports: Vec<ReportMark>,
    /// The same for a reader who does not see it.
    pub sentence: String,
}

/// A stretch of the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Its left end.
    pub from: f64,
    /// Its right end.
    pub to: f64,
}

/// A semester report on the line.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportMark {
    /// Its last day.
    pub due_on: NaiveDate,
    /// Its place; 1 for the last report when it falls due after the end.
    pub at: f64,
    /// Whether it falls due after the last day in force.
    pub after_end: bool,
    /// Filled when met, hollow red when overdue, hollow grey when open.
    pub state: DeadlineState,
    /// "Semester I 2026".
    pub label: String,
}

/// The semester reports among deadlines, as [`life_line`] takes them.
pub fn reports_among(deadlines: &[Deadline]) -> Vec<(NaiveDate, DeadlineState)> {
    let reports = deadlines.iter().filter(|deadline| deadline.step == Step::SemesterReport);
    reports.map(|report| (report.due_on, report.state)).collect()
}

/// The line of an agreement on the day `today`, with its semester reports by due date. None while its
/// first or last day is unknown, or when the last is before the first.
pub fn life_line(
    dates: &Dates,
    reports: &[(NaiveDate, DeadlineState)],
    today: NaiveDate,
) -> Option<LifeLine> {
    let (starts_on, ends_on) = (dates.starts_on?, dates.ends_on?);
    if ends_on < starts_on {
        return None;
    }
    let at = |date: NaiveDate| fraction(date, starts_on, ends_on);
    let ended_on = dates.ended_on.filter(|ended_on| *ended_on <= ends_on);
    let marks = reports.iter().map(|(due_on, state)| ReportMark {
        due_on: *due_on,
        at: at(*due_on),
        after_end: *due_on > ends_on,
        state: *state,
        label: capitalise(&semester_name(*due_on)),
    });
    Some(LifeLine {
        starts_on,
        ends_on,
        past: at(ended_on.map_or(today, |ended_on| ended_on.min(today))),
        today: (starts_on <= today && today <= ends_on).then(|| at(today)),
        window: dates.window_from.map(|from| Span { from: at(from), to: 1.0 }),
        letter_due: dates.letter_due_on.map(at),
        ended: ended_on.map(at),
        reports: marks.collect(),
        sentence: sentence(dates, starts_on, ends_on, reports, today),
    })
}

/// Where a day lies between two others, kept within them. A single day is a line of its own: before
/// it is 0, the day itself and all after it 1.
fn fraction(date: NaiveDate, from: NaiveDate, to: NaiveDate) -> f64 {
    if date < from {
        return 0.0;
    }
    if date >= to {
        return 1.0;
    }
    (date - from).num_days() as f64 / (to - from).num_days() as f64
}

fn sentence(
    dates: &Dates,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    reports: &[(NaiveDate, DeadlineState)],
    today: NaiveDate,
) -> String {
    let ended_on = dates.ended_on.filter(|ended_on| *ended_on <= today);
    let mut sentences =
        vec![format!("Berlaku {} sampai dengan {}.", date_long(starts_on), date_long(ends_on))];
    sentences.push(match ended_on {
        Some(ended_on) => format!("Diakhiri pada {}.", date_long(ended_on)),
        None if today < starts_on => {
            format!("Hari ini {}, mulai berlaku {}.", date_long(today), distance(starts_on, today))
        }
        None if today > ends_on => format!("Hari ini {}, sudah berakhir.", date_long(today)),
        None => format!("Hari ini {}, berakhir {}.", date_long(today), distance(ends_on, today)),
    });
    match (dates.letter_on, dates.letter_due_on) {
        (Some(letter_on), _) => {
            sentences.push(format!("Surat perpanjangan tanggal {} sudah masuk.", date_long(letter_on)));
        }
        (None, Some(due_on)) if ended_on.is_none() && today <= ends_on => {
            let distance = distance(due_on, today);
            sentences.push(format!("Batas surat perpanjangan {}, {distance}.", date_long(due_on)));
        }
        _ => {}
    }
    let counts: Vec<String> = [
        (DeadlineState::Met, "diterima"),
        (DeadlineState::Overdue, "terlambat"),
        (DeadlineState::Open, "ditunggu"),
    ]
    .into_iter()
    .map(|(state, word)| (reports.iter().filter(|(_, found)| *found == state).count(), word))
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| format!("{count} {word}"))
    .collect();
    if !counts.is_empty() {
        sentences.push(format!("Laporan semester: {}.", join_list(&counts)));
    }
    sentences.join(" ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::acts::{Acts, EndCause, Ended, LetterIn, MetDuty};
    use crate::domain::calendar::Calendar;
    use crate::domain::deadline::deadlines;
    use crate::domain::fact_sheet::FactSheet;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn line_of(facts: &FactSheet, acts: &Acts, today: NaiveDate) -> Option<LifeLine> {
        let all = deadlines(facts, acts, &Calendar::national(), today);
        life_line(&Dates::of(facts, acts), &reports_among(&all), today)
    }

    /// In force from 17 September 2025 to 16 September 2027, three reports received.
    fn fisheries() -> (FactSheet, Acts) {
        let mut facts = FactSheet::default();
        facts.signing.on = Some(day("2025-09-17"));
        facts.term.months = Some(24);
        let met = ["2025-12-31", "2026-06-30", "2026-12-31"].map(|due_on| MetDuty {
            step: Step::SemesterReport,
            due_on: day(due_on),
            on: day(due_on),
            note: None,
        });
        (facts, Acts { met: met.into(), ..Acts::default() })
    }

    #[test]
    fn the_line_shows_reports_window_and_today() {
        let (facts, acts) = fisheries();
        let line = line_of(&facts, &acts, day("2027-07-16")).unwrap();
        let days = |count: f64| count / 729.0;
        assert_eq!((line.starts_on, line.ends_on), (day("2025-09-17"), day("2027-09-16")));
        assert_eq!(line.today, Some(days(667.0)));
        assert_eq!(line.past, days(667.0));
        assert_eq!(line.letter_due, line.today);
        assert_eq!(line.window, Some(Span { from: days(637.0), to: 1.0 }));
        assert_eq!(line.ended, None);
        let marks: Vec<_> = line
            .reports
            .iter()
            .map(|mark| (mark.label.as_str(), mark.at, mark.state, mark.after_end))
            .collect();
        assert_eq!(
            marks,
            [
                ("Semester II 2025", days(105.0), DeadlineState::Met, false),
                ("Semester I 2026", days(286.0), DeadlineState::Met, false),
                ("Semester II 2026", days(470.0), DeadlineState::Met, false),
                ("Semester I 2027", days(651.0), DeadlineState::Overdue, false),
                ("Semester II 2027", 1.0, DeadlineState::Open, true),
            ]
        );
        assert_eq!(
            line.sentence,
            "Berlaku 17 September 2025 sampai dengan 16 September 2027. \
             Hari ini 16 Juli 2027, berakhir 2 bulan lagi. \
             Batas surat perpanjangan 16 Juli 2027, hari ini. \
             Laporan semester: 3 diterima, 1 terlambat, dan 1 ditunggu."
        );
    }

    #[test]
    fn the_sentence_follows_the_agreement_through_its_life() {
        let (facts, mut acts) = fisheries();
        let sentence = |acts: &Acts, today: &str| line_of(&facts, acts, day(today)).unwrap().sentence;
        assert!(
            sentence(&acts, "2025-09-14").contains("Hari ini 14 September 2025, mulai berlaku 3 hari lagi.")
        );
        assert!(
            sentence(&acts, "2027-07-20").contains("Batas surat perpanjangan 16 Juli 2027, 4 hari lewat.")
        );
        assert!(sentence(&acts, "2027-09-16").contains("berakhir hari ini."));
        let over = sentence(&acts, "2027-10-01");
        assert!(
            over.contains("Hari ini 1 Oktober 2027, sudah berakhir.") && !over.contains("Batas"),
            "{over}"
        );

        acts.renewal_letter = Some(LetterIn { number: "523/77/2027".to_owned(), on: day("2027-07-05") });
        assert!(
            sentence(&acts, "2027-07-20").contains("Surat perpanjangan tanggal 5 Juli 2027 sudah masuk.")
        );
    }

    #[test]
    fn an_early_end_stops_the_past() {
        let (facts, acts) = fisheries();
        let ended = Some(Ended { on: day("2026-09-17"), cause: EndCause::Mutual, letter: None });
        let acts = Acts { ended, ..acts };
        let line = line_of(&facts, &acts, day("2027-01-10")).unwrap();
        assert_eq!(line.ended, Some(365.0 / 729.0));
        assert_eq!(line.past, 365.0 / 729.0);
        assert!(line.sentence.contains("Diakhiri pada 17 September 2026."));
        let later = line_of(&facts, &acts, day("2028-01-10")).unwrap();
        assert_eq!((later.past, later.today), (365.0 / 729.0, None));
    }

    #[test]
    fn without_a_first_or_last_day_there_is_no_line() {
        let (mut facts, acts) = fisheries();
        facts.term.months = None;
        assert_eq!(line_of(&facts, &acts, day("2026-01-01")), None);
        assert_eq!(line_of(&FactSheet::default(), &acts, day("2026-01-01")), None);
        let backwards = Dates {
            starts_on: Some(day("2026-01-02")),
            ends_on: Some(day("2026-01-01")),
            ..Dates::default()
        };
        assert_eq!(life_line(&backwards, &[], day("2026-01-01")), None);
    }

    #[test]
    fn a_single_day_is_a_line_too() {
        let only = Some(day("2026-01-02"));
        let dates = Dates { starts_on: only, ends_on: only, ..Dates::default() };
        let line = |today: &str| life_line(&dates, &[], day(today)).unwrap();
        assert_eq!((line("2026-01-01").past, line("2026-01-01").today), (0.0, None));
        assert_eq!((line("2026-01-02").past, line("2026-01-02").today), (1.0, Some(1.0)));
        assert_eq!((line("2026-01-03").past, line("2026-01-03").today), (1.0, None));
    }

    proptest! {
        #[test]
        fn every_mark_lies_on_the_line_and_in_order(offset in 0_u64..14_610, months in 1_u32..60, shift in -900_i64..2_500) {
            let mut facts = FactSheet::default();
            facts.signing.on = Some(day("2010-01-01") + Days::new(offset));
            facts.term.months = Some(months);
            let today = day("2010-01-01") + Days::new(offset) + chrono::TimeDelta::days(shift);
            let line = line_of(&facts, &Acts::default(), today).unwrap();

            let window = line.window.unwrap();
            let all = [line.past, window.from, window.to, line.letter_due.unwrap(), line.today.unwrap_or(0.0)];
            let marks: Vec<f64> = line.reports.iter().map(|mark| mark.at).collect();
            prop_assert!(all.iter().chain(&marks).all(|at| (0.0..=1.0).contains(at)));
            prop_assert!(marks.is_sorted());
            prop_assert!(window.from <= line.letter_due.unwrap());
            prop_assert!(line.reports.iter().filter(|mark| mark.after_end).count() <= 1);
            prop_assert_eq!(line.today.is_some(), line.starts_on <= today && today <= line.ends_on);
            prop_assert!(line.sentence.ends_with('.'));
        }
    }
}
