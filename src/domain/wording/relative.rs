//! How far a date is from today, in words for pages.

use chrono::NaiveDate;

use crate::domain::dates::whole_months_between;

/// "hari ini", "4 hari lagi", "2 bulan lagi", "4 hari lewat". Days below two whole calendar months,
/// months below two years, then years; always rounded down.
pub fn distance(date: NaiveDate, today: NaiveDate) -> String {
    if date == today {
        return "hari ini".to_owned();
    }
    let (from, to, direction) = if date > today { (today, date, "lagi") } else { (date, today, "lewat") };
    let months = whole_months_between(from, to);
    let (count, unit) = match months {
        0..2 => ((to - from).num_days(), "hari"),
        2..24 => (i64::from(months), "bulan"),
        _ => (i64::from(months / 12), "tahun"),
    };
    format!("{count} {unit} {direction}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn distances_read_as_people_say_them() {
        let today: NaiveDate = "2027-07-16".parse().unwrap();
        for (date, words) in [
            ("2027-07-16", "hari ini"),
            ("2027-07-17", "1 hari lagi"),
            ("2027-07-20", "4 hari lagi"),
            ("2027-08-31", "46 hari lagi"),
            ("2027-09-15", "61 hari lagi"),
            ("2027-09-16", "2 bulan lagi"),
            ("2029-01-15", "17 bulan lagi"),
            ("2029-01-16", "18 bulan lagi"),
            ("2029-07-16", "2 tahun lagi"),
            ("2027-07-15", "1 hari lewat"),
            ("2027-07-12", "4 hari lewat"),
            ("2027-04-01", "3 bulan lewat"),
            ("2024-07-17", "2 tahun lewat"),
            ("2024-07-16", "3 tahun lewat"),
        ] {
            assert_eq!(distance(date.parse().unwrap(), today), words, "{date}");
        }
    }
}
