//! Working days: Monday to Friday (Perpres 21/2023) less the days off that decrees name. All dates
//! are civil dates in the office's zone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::fact_sheet::choices;

/// Holidays 2024 to 2027 as decreed; its sources stand in `assets/data/README.md`.
const NATIONAL: &str = include_str!("../../assets/data/holidays.csv");

choices! {
    /// Why a day is off, or is not.
    HolidayKind {
        /// National holiday.
        #[default] National = "libur_nasional", "Libur nasional";
        /// Joint leave around a holiday; off for civil servants by presidential decree.
        JointLeave = "cuti_bersama", "Cuti bersama";
        /// Holiday of the office's own region.
        Regional = "libur_daerah", "Libur daerah";
        /// Working day that replaces another, also on a weekend.
        ReplacementWorkDay = "hari_kerja_pengganti", "Hari kerja pengganti";
    }
}

/// One entry of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day.
    #[serde(rename = "date")]
    pub on: NaiveDate,
    /// What it is.
    pub kind: HolidayKind,
    /// "Hari Raya Nyepi".
    pub name: String,
    /// The decree that names it: "SKB 855/3/4 Tahun 2023".
    pub decree: String,
}

/// Which days an office works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    entries: BTreeMap<(NaiveDate, HolidayKind), Holiday>,
    joint_leave_is_off: bool,
    known_years: BTreeSet<i32>,
}

impl Calendar {
    /// The calendar with these entries; joint leave counts as off. Of two entries with the same day
    /// and kind the later one stays.
    pub fn new(entries: impl IntoIterator<Item = Holiday>) -> Self {
        let entries: BTreeMap<_, _> =
            entries.into_iter().map(|entry| ((entry.on, entry.kind), entry)).collect();
        let known_years = entries
            .values()
            .filter(|entry| entry.kind == HolidayKind::National)
            .map(|entry| entry.on.year())
            .collect();
        Self { entries, joint_leave_is_off: true, known_years }
    }

    /// The calendar every office starts with: what is decreed for the whole country.
    pub fn national() -> Self {
        Self::new(NATIONAL.lines().filter_map(decreed))
    }

    /// The same calendar, with joint leave counted as off or as worked.
    pub fn with_joint_leave_off(self, off: bool) -> Self {
        Self { joint_leave_is_off: off, ..self }
    }

    /// Every entry, by date.
    pub fn entries(&self) -> impl Iterator<Item = &Holiday> {
        self.entries.values()
    }

    /// The entries of one day; empty on most days.
    pub fn on(&self, date: NaiveDate) -> impl Iterator<Item = &Holiday> {
        let (first, last) = (HolidayKind::National, HolidayKind::ReplacementWorkDay);
        self.entries.range((date, first)..=(date, last)).map(|(_, entry)| entry)
    }

    /// Whether the national holidays of a year are decreed and entered. Days of an unknown year are
    /// counted by weekends alone, and pages say so.
    pub fn known_year(&self, year: i32) -> bool {
        self.known_years.contains(&year)
    }

    /// Whether the office works that day. A replacement working day wins over every other entry.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let mut off = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        for entry in self.on(date) {
            match entry.kind {
                HolidayKind::National | HolidayKind::Regional => off = true,
                HolidayKind::JointLeave => off |= self.joint_leave_is_off,
                HolidayKind::ReplacementWorkDay => off = false,
            }
        }
        !off
    }

    /// The day itself if it is worked, otherwise the nearest working day before it.
    pub fn working_day_on_or_before(&self, date: NaiveDate) -> NaiveDate {
        if self.is_working_day(date) { date } else { self.working_day_before(date) }
    }

    /// The nearest working day before the day, never the day itself.
    pub fn working_day_before(&self, date: NaiveDate) -> NaiveDate {
        let mut earlier = date.iter_days().rev().skip(1);
        earlier.find(|day| self.is_working_day(*day)).unwrap_or(NaiveDate::MIN)
    }

    /// The `count`-th working day after the day; the day itself is never counted. Zero is the day.
    pub fn add_working_days(&self, date: NaiveDate, count: u32) -> NaiveDate {
        let Some(nth) = count.checked_sub(1) else { return date };
        let mut worked = date.iter_days().skip(1).filter(|day| self.is_working_day(*day));
        worked.nth(nth as usize).unwrap_or(NaiveDate::MAX)
    }
}

/// One line of the embedded table; the heading is none.
fn decreed(line: &str) -> Option<Holiday> {
    let mut fields = line.splitn(4, ',');
    let on = fields.next()?.parse().ok()?;
    let code = fields.next()?;
    let kind = HolidayKind::ALL.iter().copied().find(|kind| kind.code() == code)?;
    Some(Holiday { on, kind, name: fields.next()?.to_owned(), decree: fields.next()?.to_owned() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn entry(on: &str, kind: HolidayKind) -> Holiday {
        Holiday { on: day(on), kind, name: "Hari Jadi".to_owned(), decree: "Keputusan Bupati".to_owned() }
    }

    fn days_off(year: i32, kind: HolidayKind) -> usize {
        let calendar = Calendar::national();
        calendar.entries().filter(|entry| entry.on.year() == year && entry.kind == kind).count()
    }

    #[test]
    fn every_line_of_the_embedded_table_is_read() {
        assert_eq!(Calendar::national().entries().count(), NATIONAL.lines().count() - 1);
        assert!(
            Calendar::national().entries().all(|entry| !entry.name.is_empty() && !entry.decree.is_empty())
        );
    }

    #[test]
    fn the_years_have_the_days_that_were_decreed() {
        for (year, national, joint_leave) in [(2024, 19, 10), (2025, 17, 11), (2026, 17, 8), (2027, 18, 8)] {
            assert_eq!(days_off(year, HolidayKind::National), national, "{year}");
            assert_eq!(days_off(year, HolidayKind::JointLeave), joint_leave, "{year}");
        }
    }

    #[test]
    fn days_off_of_four_years() {
        let calendar = Calendar::national();
        for off in [
            "2024-02-14",
            "2024-04-08",
            "2024-04-15",
            "2024-11-27",
            "2024-12-26",
            "2025-01-01",
            "2025-01-28",
            "2025-03-31",
            "2025-04-07",
            "2025-08-18",
            "2025-12-26",
            "2026-01-01",
            "2026-02-16",
            "2026-03-20",
            "2026-03-24",
            "2026-05-15",
            "2026-12-24",
            "2027-01-01",
            "2027-01-05",
            "2027-03-08",
            "2027-03-12",
            "2027-03-15",
            "2027-05-18",
            "2027-12-24",
            "2027-07-17",
            "2027-07-18",
        ] {
            assert!(!calendar.is_working_day(day(off)), "{off}");
        }
        for worked in
            ["2024-01-02", "2024-04-16", "2025-04-08", "2025-08-19", "2026-03-25", "2027-03-16", "2027-07-16"]
        {
            assert!(calendar.is_working_day(day(worked)), "{worked}");
        }
    }

    #[test]
    fn the_year_2028_is_not_decreed_and_counts_weekends_only() {
        let calendar = Calendar::national();
        assert!((2024..=2027).all(|year| calendar.known_year(year)));
        assert!(!calendar.known_year(2028));
        assert!(!calendar.known_year(2023));
        assert!(calendar.is_working_day(day("2028-08-17")));
        assert!(!calendar.is_working_day(day("2028-01-01")));
    }

    #[test]
    fn a_regional_holiday_alone_makes_no_year_known() {
        let calendar = Calendar::new([entry("2028-02-01", HolidayKind::Regional)]);
        assert!(!calendar.known_year(2028));
        assert!(!calendar.is_working_day(day("2028-02-01")));
    }

    #[test]
    fn an_office_may_count_joint_leave_as_worked() {
        let calendar = Calendar::national().with_joint_leave_off(false);
        assert!(calendar.is_working_day(day("2025-12-26")));
        assert!(!calendar.is_working_day(day("2025-12-25")));
    }

    #[test]
    fn a_replacement_working_day_wins_also_on_a_weekend() {
        let calendar = Calendar::new([
            entry("2027-07-17", HolidayKind::ReplacementWorkDay),
            entry("2027-07-19", HolidayKind::National),
            entry("2027-07-19", HolidayKind::ReplacementWorkDay),
        ]);
        assert!(calendar.is_working_day(day("2027-07-17")));
        assert!(calendar.is_working_day(day("2027-07-19")));
        assert_eq!(calendar.on(day("2027-07-19")).count(), 2);
    }

    #[test]
    fn the_working_day_before_steps_over_weekends_and_holidays_in_a_row() {
        let calendar = Calendar::national();
        for (date, before) in [
            ("2027-07-18", "2027-07-16"),
            ("2027-07-17", "2027-07-16"),
            ("2024-10-06", "2024-10-04"),
            ("2027-03-15", "2027-03-05"),
            ("2024-04-15", "2024-04-05"),
            ("2026-01-01", "2025-12-31"),
            ("2027-01-03", "2026-12-31"),
            ("2028-01-01", "2027-12-31"),
        ] {
            assert_eq!(calendar.working_day_on_or_before(day(date)), day(before), "{date}");
            assert_eq!(calendar.working_day_before(day(date)), day(before), "{date}");
        }
        assert_eq!(calendar.working_day_on_or_before(day("2027-07-16")), day("2027-07-16"));
        assert_eq!(calendar.working_day_before(day("2027-07-16")), day("2027-07-15"));
    }

    #[test]
    fn ten_working_days_after_a_reporting_month() {
        let calendar = Calendar::national();
        for (month_end, tenth) in [
            ("2024-06-30", "2024-07-12"),
            ("2024-12-31", "2025-01-15"),
            ("2025-06-30", "2025-07-14"),
            ("2025-12-31", "2026-01-15"),
            ("2026-06-30", "2026-07-14"),
        ] {
            assert_eq!(calendar.add_working_days(day(month_end), 10), day(tenth));
        }
        assert_eq!(calendar.add_working_days(day("2025-06-30"), 0), day("2025-06-30"));
        assert_eq!(calendar.add_working_days(day("2027-07-16"), 1), day("2027-07-19"));
        assert_eq!(calendar.add_working_days(NaiveDate::MAX, 1), NaiveDate::MAX);
        assert_eq!(calendar.working_day_before(NaiveDate::MIN), NaiveDate::MIN);
    }

    proptest! {
        #[test]
        fn results_are_working_days_and_the_nearest_ones(offset in 0_u64..14_610, count in 1_u32..40) {
            let calendar = Calendar::national();
            let date = day("2010-01-01") + chrono::Days::new(offset);

            let before = calendar.working_day_before(date);
            prop_assert!(before < date && calendar.is_working_day(before));
            prop_assert!(before.iter_days().skip(1).take_while(|d| *d < date).all(|d| !calendar.is_working_day(d)));
            prop_assert!(calendar.working_day_on_or_before(date) >= before);

            let after = calendar.add_working_days(date, count);
            let worked =
                date.iter_days().skip(1).take_while(|d| *d <= after).filter(|d| calendar.is_working_day(*d)).count();
            prop_assert!(calendar.is_working_day(after));
            prop_assert_eq!(worked, count as usize);
        }
    }
}
