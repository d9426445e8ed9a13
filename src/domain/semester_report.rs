//! Semester reports: when an agreement owes them, and what their figures add up to. Dates are civil
//! dates in the office's zone.

use chrono::{Datelike, NaiveDate};

use super::dates::{add_months, last_day_of_month};
use super::fact_sheet::{AccessMethod, Report, Response, Semester};

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

/// First and last day of a semester; none for a year that no calendar has.
pub fn period(year: u16, semester: Semester) -> Option<(NaiveDate, NaiveDate)> {
    let first_month = *months_of(semester).start();
    let first = NaiveDate::from_ymd_opt(year.into(), first_month, 1)?;
    Some((first, last_day_of_month(add_months(first, 5))))
}

fn months_of(semester: Semester) -> std::ops::RangeInclusive<u32> {
    match semester {
        Semester::First => 1..=6,
        Semester::Second => 7..=12,
    }
}

/// Lookups of a semester by month and method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    methods: Vec<AccessMethod>,
    months: Vec<(Option<u32>, Vec<Lookups>)>,
}

/// Lookups of one month through one method: none without an entry; an entry whose number is not
/// known is `Some(None)`.
pub type Lookups = Option<Option<u64>>;

impl Usage {
    /// The lookups of a report. Every month of the semester has a row, and so has one that does not
    /// belong to it or is not named: what was reported is never left out.
    pub fn of(report: &Report, agreed: &[AccessMethod]) -> Self {
        let mut methods = agreed.to_vec();
        let mut months: Vec<Option<u32>> = months_of(report.semester).map(Some).collect();
        for entry in &report.usage {
            if !methods.contains(&entry.method) {
                methods.push(entry.method);
            }
            if !months.contains(&entry.month) {
                months.push(entry.month);
            }
        }
        months.sort_by_key(|month| (month.is_none(), *month));
        let lookups = |month: Option<u32>, method: AccessMethod| -> Lookups {
            let entries = report.usage.iter().filter(|one| one.month == month && one.method == method);
            entries.map(|one| one.lookups.map(u64::from)).reduce(|sum, next| Some(sum? + next?))
        };
        let months = months
            .into_iter()
            .map(|month| (month, methods.iter().map(|&method| lookups(month, method)).collect()))
            .collect();
        Self { methods, months }
    }

    /// The methods, those of the agreement first.
    pub fn methods(&self) -> &[AccessMethod] {
        &self.methods
    }

    /// Rows: month and lookups by method.
    pub fn months(&self) -> impl Iterator<Item = (Option<u32>, &[Lookups])> {
        self.months.iter().map(|(month, lookups)| (*month, lookups.as_slice()))
    }

    /// What some lookups add up to; none while a number is not known.
    pub fn sum<'a>(lookups: impl IntoIterator<Item = &'a Lookups>) -> Option<u64> {
        lookups.into_iter().map(|one| one.unwrap_or(Some(0))).sum()
    }

    /// All lookups through the method at that place.
    pub fn of_method(&self, at: usize) -> Option<u64> {
        Self::sum(self.months.iter().filter_map(|(_, lookups)| lookups.get(at)))
    }

    /// All lookups: 0 is a "nihil" report.
    pub fn total(&self) -> Option<u64> {
        Self::sum(self.months.iter().flat_map(|(_, lookups)| lookups))
    }
}

/// How often a response came, and which part of all responses that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Response.
    pub response: Response,
    /// How often; none while the number is not known.
    pub count: Option<u64>,
    /// Its part in tenths of a percent; none while not every number is known, or all are 0.
    pub tenths: Option<u32>,
}

/// The responses of a report in the order of the messages. Their parts add up to 100,0 % exactly:
/// each is rounded down, and the largest remainders get what is left.
pub fn shares(report: &Report) -> Vec<Share> {
    const WHOLE: u64 = 1_000;
    let count = |response: Response| -> Option<Option<u64>> {
        let entries = report.results.iter().filter(|one| one.response == response);
        entries.map(|one| one.count.map(u64::from)).reduce(|sum, next| Some(sum? + next?))
    };
    let counts: Vec<(Response, Option<u64>)> =
        Response::ALL.iter().filter_map(|&response| Some((response, count(response)?))).collect();
    let total: Option<u64> = counts.iter().map(|(_, count)| *count).sum();
    let Some(total) = total.filter(|total| *total > 0) else {
        let unshared = |&(response, count)| Share { response, count, tenths: None };
        return counts.iter().map(unshared).collect();
    };
    let scaled = |count: Option<u64>| count.unwrap_or(0) * WHOLE;
    let mut tenths: Vec<u64> = counts.iter().map(|(_, count)| scaled(*count) / total).collect();
    let left = WHOLE - tenths.iter().sum::<u64>();
    let mut by_remainder: Vec<usize> = (0..counts.len()).collect();
    by_remainder.sort_by_key(|&at| std::cmp::Reverse(scaled(counts[at].1) % total));
    for &at in by_remainder.iter().take(usize::try_from(left).unwrap_or(0)) {
        tenths[at] += 1;
    }
    counts
        .iter()
        .zip(tenths)
        .map(|(&(response, count), tenths)| Share { response, count, tenths: u32::try_from(tenths).ok() })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::fact_sheet::ResultCount;

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

    #[test]
    fn a_semester_is_six_whole_months() {
        assert_eq!(period(2026, Semester::First), Some((day("2026-01-01"), day("2026-06-30"))));
        assert_eq!(period(2026, Semester::Second), Some((day("2026-07-01"), day("2026-12-31"))));
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

        #[test]
        fn shares_add_up_to_the_whole(counts in proptest::collection::vec(0_u32..5_000_000, 1..7)) {
            let results = Response::ALL
                .iter()
                .zip(&counts)
                .map(|(&response, &count)| ResultCount { response, count: Some(count) })
                .collect();
            let shares = shares(&Report { results, ..Report::default() });
            let tenths: Option<u32> = shares.iter().map(|share| share.tenths).sum();
            let whole = counts.iter().any(|count| *count > 0).then_some(1_000);
            prop_assert_eq!(tenths.or(None), whole);
            let total: u64 = counts.iter().map(|count| u64::from(*count)).sum();
            for share in shares.iter().filter(|_| total > 0) {
                let exact = share.count.unwrap() * 1_000;
                let printed = u64::from(share.tenths.unwrap()) * total;
                prop_assert!(printed.abs_diff(exact) < total, "{share:?}");
            }
        }
    }
}
