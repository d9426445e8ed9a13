//! Calendar months, clamped to the end of a shorter month. Dates are civil dates in the office's
//! zone; a result beyond the calendar's last representable day stays on that day.

use chrono::{Datelike, Months, NaiveDate};

use super::fact_sheet::EndRule;

/// The same day number `months` later, or the last day of a shorter month: 31 August and six months
/// is 28 or 29 February.
pub fn add_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// The same day number `months` earlier, or the last day of a shorter month: two months before
/// 30 April is 28 or 29 February.
pub fn sub_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN)
}

/// The day before.
pub fn day_before(date: NaiveDate) -> NaiveDate {
    date.pred_opt().unwrap_or(NaiveDate::MIN)
}

/// The day after.
pub fn day_after(date: NaiveDate) -> NaiveDate {
    date.succ_opt().unwrap_or(NaiveDate::MAX)
}

/// Last day of the month that `date` is in.
pub fn last_day_of_month(date: NaiveDate) -> NaiveDate {
    let first = date.with_day(1).unwrap_or(date);
    day_before(add_months(first, 1))
}

/// Last day of a length that begins on `first`. The anniversary is clamped first, so a length from
/// 29 February ends on 27 February under the default rule: of two readings the earlier one, so
/// that nobody is warned too late.
pub fn last_day_of_length(first: NaiveDate, months: u32, rule: EndRule) -> NaiveDate {
    let anniversary = add_months(first, months);
    match rule {
        EndRule::DayBefore => day_before(anniversary),
        EndRule::Anniversary => anniversary,
    }
}

/// Whole calendar months from `from` to `to`; zero when `to` is not later.
pub fn whole_months_between(from: NaiveDate, to: NaiveDate) -> u32 {
    if to <= from {
        return 0;
    }
    let months = (to.year() - from.year()) * 12 + to.month() as i32 - from.month() as i32;
    let months = u32::try_from(months).unwrap_or(0);
    if add_months(from, months) > to { months.saturating_sub(1) } else { months }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Any day of the forty years from 2010.
    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0_u64..14_610).prop_map(|offset| day("2010-01-01") + chrono::Days::new(offset))
    }

    #[test]
    fn months_keep_the_day_number_or_clamp() {
        for (from, months, to) in [
            ("2025-08-31", 6, "2026-02-28"),
            ("2027-08-31", 6, "2028-02-29"),
            ("2023-02-22", 6, "2023-08-22"),
            ("2025-03-06", 6, "2025-09-06"),
            ("2025-05-20", 6, "2025-11-20"),
            ("2025-09-16", 6, "2026-03-16"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2024-02-29", 48, "2028-02-29"),
            ("2025-12-31", 2, "2026-02-28"),
            ("2025-11-30", 3, "2026-02-28"),
            ("2025-12-15", 1, "2026-01-15"),
            ("2025-01-31", 1, "2025-02-28"),
            ("2025-09-16", 0, "2025-09-16"),
        ] {
            assert_eq!(add_months(day(from), months), day(to), "{from} + {months}");
        }
        for (from, months, to) in [
            ("2027-09-16", 2, "2027-07-16"),
            ("2027-05-19", 2, "2027-03-19"),
            ("2027-05-20", 2, "2027-03-20"),
            ("2024-12-06", 2, "2024-10-06"),
            ("2027-04-30", 2, "2027-02-28"),
            ("2028-04-30", 2, "2028-02-29"),
            ("2027-01-31", 2, "2026-11-30"),
            ("2028-02-29", 2, "2027-12-29"),
            ("2027-01-01", 2, "2026-11-01"),
            ("2027-08-31", 2, "2027-06-30"),
        ] {
            assert_eq!(sub_months(day(from), months), day(to), "{from} - {months}");
        }
    }

    #[test]
    fn a_length_ends_the_day_before_its_anniversary_unless_the_office_says_otherwise() {
        for (first, months, before, anniversary) in [
            ("2022-12-07", 24, "2024-12-06", "2024-12-07"),
            ("2025-09-16", 24, "2027-09-15", "2027-09-16"),
            ("2025-01-01", 24, "2026-12-31", "2027-01-01"),
            ("2024-02-29", 24, "2026-02-27", "2026-02-28"),
            ("2026-03-01", 24, "2028-02-29", "2028-03-01"),
            ("2025-08-31", 18, "2027-02-27", "2027-02-28"),
        ] {
            assert_eq!(last_day_of_length(day(first), months, EndRule::DayBefore), day(before));
            assert_eq!(last_day_of_length(day(first), months, EndRule::Anniversary), day(anniversary));
        }
    }

    #[test]
    fn whole_months_are_counted_downwards() {
        for (from, to, months) in [
            ("2027-07-16", "2027-09-16", 2),
            ("2027-07-17", "2027-09-16", 1),
            ("2027-01-31", "2027-02-28", 1),
            ("2026-12-31", "2027-01-01", 0),
            ("2027-09-16", "2027-07-16", 0),
        ] {
            assert_eq!(whole_months_between(day(from), day(to)), months, "{from} {to}");
        }
    }

    #[test]
    fn a_month_ends_on_its_last_day() {
        assert_eq!(last_day_of_month(day("2028-02-01")), day("2028-02-29"));
        assert_eq!(last_day_of_month(day("2027-02-28")), day("2027-02-28"));
        assert_eq!(last_day_of_month(day("2026-12-31")), day("2026-12-31"));
    }

    #[test]
    fn the_calendar_has_an_edge_and_nothing_falls_over_it() {
        assert_eq!(add_months(day("9999-12-31"), u32::MAX), NaiveDate::MAX);
        assert_eq!(sub_months(day("0001-01-01"), u32::MAX), NaiveDate::MIN);
        assert_eq!(day_after(NaiveDate::MAX), NaiveDate::MAX);
        assert_eq!(day_before(NaiveDate::MIN), NaiveDate::MIN);
    }

    proptest! {
        #[test]
        fn months_land_in_the_right_month_on_the_same_or_the_last_day(from in any_day(), months in 0_u32..60) {
            let to = add_months(from, months);
            let counted = (to.year() - from.year()) * 12 + to.month() as i32 - from.month() as i32;
            prop_assert_eq!(counted, months as i32);
            prop_assert!(to.day() == from.day() || (to.day() < from.day() && to == last_day_of_month(to)));
        }

        #[test]
        fn there_and_back_is_the_same_day_or_a_clamped_one(from in any_day(), months in 0_u32..60) {
            let back = sub_months(add_months(from, months), months);
            prop_assert!(back == from || (from.day() > 28 && back < from && (from - back).num_days() <= 3));
        }

        #[test]
        fn later_days_never_get_earlier_dates(from in any_day(), later in 0_u64..60, months in 0_u32..60) {
            let other = from + chrono::Days::new(later);
            prop_assert!(add_months(from, months) <= add_months(other, months));
            prop_assert!(sub_months(from, months) <= sub_months(other, months));
        }

        #[test]
        fn whole_months_fit_and_one_more_does_not(from in any_day(), days in 1_u64..2_000) {
            let to = from + chrono::Days::new(days);
            let months = whole_months_between(from, to);
            prop_assert!(add_months(from, months) <= to);
            prop_assert!(add_months(from, months + 1) > to);
        }
    }
}
