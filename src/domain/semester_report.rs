//! Semester reports: when an agreement owes them. Dates are civil dates in the office's zone.

use chrono::{Datelike, NaiveDate};

use super::dates::{add_months, last_day_of_month};

/// Reports that are listed at most: a hundred years. A mistyped end must not fill the memory.
const MOST_REPORTS: usize = 200;

/// Due dates of the semester reports of an agreement in force from `starts_on` to `last_day`: the
/// last days of June and December. An agreement that begins inside a reporting month first reports
/// in the next one; the last report covers the semester in which it ends and may fall due after it.
pub fn reporting_dates(starts_on: NaiveDate, last_day: NaiveDate) -> Vec<NaiveDate> {
    if last_day < starts_on {
        return Vec::new();
    }
    let to_next_month = match starts_on.month() {
        month @ 1..6 => 6 - month,
        month @ 6..12 => 12 - month,
        _ => 6,
    };
    let first = last_day_of_month(add_months(starts_on, to_next_month));
    let later = std::iter::successors(Some(first), |due_on| {
        (*due_on < last_day).then(|| last_day_of_month(add_months(*due_on, 6)))
    });
    later.take(MOST_REPORTS).collect()
}

/// "semester I 2026" for a report due in June, "semester II 2026" for one due in December.
pub fn semester_name(due_on: NaiveDate) -> String {
    format!("semester {} {}", if due_on.month() <= 6 { "I" } else { "II" }, due_on.year())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn reports(starts_on: &str, last_day: &str) -> Vec<String> {
        reporting_dates(day(starts_on), day(last_day)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_agreement_reports_each_june_and_december_and_once_after_its_end() {
        let dates = ["2025-12-31", "2026-06-30", "2026-12-31", "2027-06-30", "2027-12-31"];
        assert_eq!(reports("2025-09-16", "2027-09-16"), dates);
    }

    #[test]
    fn one_signed_inside_a_reporting_month_first_reports_in_the_next() {
        assert_eq!(reports("2022-12-07", "2024-12-06")[0], "2023-06-30");
        assert_eq!(reports("2025-06-01", "2027-05-31")[0], "2025-12-31");
        assert_eq!(reports("2025-06-30", "2027-06-29")[0], "2025-12-31");
        assert_eq!(reports("2025-12-31", "2027-12-30")[0], "2026-06-30");
        assert_eq!(reports("2024-12-07", "2024-12-20"), ["2025-06-30"]);
    }

    #[test]
    fn one_signed_just_before_a_reporting_month_reports_in_it() {
        assert_eq!(reports("2025-05-31", "2027-05-30")[0], "2025-06-30");
        assert_eq!(reports("2025-11-30", "2027-11-29")[0], "2025-12-31");
        assert_eq!(reports("2026-01-01", "2027-12-31")[0], "2026-06-30");
    }

    #[test]
    fn the_last_report_covers_the_semester_of_the_end() {
        for (last_day, last_report) in [
            ("2027-06-29", "2027-06-30"),
            ("2027-06-30", "2027-06-30"),
            ("2027-07-01", "2027-12-31"),
            ("2027-12-31", "2027-12-31"),
            ("2028-01-01", "2028-06-30"),
        ] {
            assert_eq!(reports("2026-01-15", last_day).last().unwrap(), last_report);
        }
    }

    #[test]
    fn nothing_is_reported_of_a_term_that_ends_before_it_begins() {
        assert!(reports("2026-01-15", "2026-01-14").is_empty());
        assert_eq!(reporting_dates(day("2026-01-15"), NaiveDate::MAX).len(), MOST_REPORTS);
    }

    #[test]
    fn semesters_have_names() {
        assert_eq!(semester_name(day("2026-06-30")), "semester I 2026");
        assert_eq!(semester_name(day("2026-12-31")), "semester II 2026");
    }

    proptest! {
        #[test]
        fn every_semester_is_reported_once(offset in 0_u64..14_610, length in 0_u64..3_000) {
            let starts_on = day("2010-01-01") + chrono::Days::new(offset);
            let last_day = starts_on + chrono::Days::new(length);
            let dates = reporting_dates(starts_on, last_day);

            prop_assert!(dates.iter().all(|due_on| matches!((due_on.month(), due_on.day()), (6, 30) | (12, 31))));
            prop_assert!(dates.windows(2).all(|pair| last_day_of_month(add_months(pair[0], 6)) == pair[1]));
            prop_assert!((29..=215).contains(&(dates[0] - starts_on).num_days()));
            prop_assert!(dates[dates.len() - 1] >= last_day);
            prop_assert!(dates.len() == 1 || dates[dates.len() - 2] < last_day);
        }
    }
}
