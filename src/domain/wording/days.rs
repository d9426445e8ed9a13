//! Dates in figures and in words, and the reader of dates in words.

use chrono::{Datelike, NaiveDate, Weekday};
use thiserror::Error;

use super::{NotANumber, capitalise, capitalise_words, parse_terbilang, terbilang};
use crate::domain::fact_sheet::LetterCase;

/// Months, January first.
pub const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

/// Months in three letters, January first.
pub const SHORT_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];

const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "Senin"),
    (Weekday::Tue, "Selasa"),
    (Weekday::Wed, "Rabu"),
    (Weekday::Thu, "Kamis"),
    (Weekday::Fri, "Jumat"),
    (Weekday::Sat, "Sabtu"),
    (Weekday::Sun, "Minggu"),
];

/// "Senin".
pub fn weekday_name(weekday: Weekday) -> &'static str {
    WEEKDAYS[weekday.num_days_from_monday() as usize].1
}

/// "September".
pub fn month_name(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize]
}

/// "16 September 2025".
pub fn date_long(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month_name(date), date.year())
}

/// "16 Sep 2027", for lists.
pub fn date_short(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), SHORT_MONTHS[date.month0() as usize], date.year())
}

/// "Selasa, 16 September 2025".
pub fn date_with_weekday(date: NaiveDate) -> String {
    format!("{}, {}", weekday_name(date.weekday()), date_long(date))
}

/// "tanggal enam belas bulan September tahun dua ribu dua puluh lima". The case is that of the
/// number words; the month keeps its capital.
pub fn date_in_words(date: NaiveDate, case: LetterCase) -> String {
    let words = |number: u64| {
        let words = terbilang(number).unwrap_or_else(|| number.to_string());
        match case {
            LetterCase::Lower => words,
            LetterCase::Title => capitalise_words(&words),
            LetterCase::Sentence => capitalise(&words),
        }
    };
    let year = u64::from(date.year().unsigned_abs());
    format!("tanggal {} bulan {} tahun {}", words(u64::from(date.day())), month_name(date), words(year))
}

/// "Selasa tanggal enam belas bulan September tahun dua ribu dua puluh lima", as the preamble has it
/// after "Pada hari ini".
pub fn weekday_and_date_in_words(date: NaiveDate, case: LetterCase) -> String {
    format!("{} {}", weekday_name(date.weekday()), date_in_words(date, case))
}

/// Why a date in words was not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotADate {
    /// The words do not have the form "(hari) tanggal … bulan … tahun …".
    #[error("\"{0}\" tidak berbentuk \"(hari) tanggal … bulan … tahun …\"")]
    Shape(String),
    /// No day of the week.
    #[error("\"{0}\" bukan nama hari")]
    UnknownWeekday(String),
    /// No month.
    #[error("\"{0}\" bukan nama bulan")]
    UnknownMonth(String),
    /// Day or year in words cannot be read.
    #[error(transparent)]
    Number(#[from] NotANumber),
    /// No such day, such as 31 June.
    #[error("tanggal {day} {month} {year} tidak ada")]
    NoSuchDay {
        /// Day of the month.
        day: u64,
        /// Month by its name.
        month: &'static str,
        /// Year.
        year: u64,
    },
    /// The day exists, but it is another day of the week.
    #[error("{} adalah hari {}, bukan {}", date_long(*date), weekday_name(date.weekday()), weekday_name(*stated))]
    WrongWeekday {
        /// The weekday the words state.
        stated: Weekday,
        /// The date they state.
        date: NaiveDate,
    },
}

/// Reads "Selasa tanggal enam belas bulan September tahun dua ribu dua puluh lima" back. Capitals,
/// commas and further spaces do not matter; "hari" or "hari ini" may stand before the weekday, and
/// the weekday may be absent. Day and year may be figures. A weekday that does not belong to the
/// date is an error that carries both.
pub fn parse_date_in_words(words: &str) -> Result<(Option<Weekday>, NaiveDate), NotADate> {
    let lower = words.to_lowercase().replace([',', ';'], " ");
    let tokens: Vec<&str> = lower.split_whitespace().collect();
    let shape = || NotADate::Shape(words.trim().to_owned());
    let position = |word: &str| tokens.iter().position(|token| *token == word);
    let (Some(at_day), Some(at_month), Some(at_year)) =
        (position("tanggal"), position("bulan"), position("tahun"))
    else {
        return Err(shape());
    };
    if !(at_day < at_month && at_month < at_year) {
        return Err(shape());
    }

    let before: Vec<&str> =
        tokens[..at_day].iter().copied().filter(|token| !matches!(*token, "pada" | "hari" | "ini")).collect();
    let weekday = match before.as_slice() {
        [] => None,
        [name] => Some(parse_weekday(name).ok_or_else(|| NotADate::UnknownWeekday((*name).to_owned()))?),
        _ => return Err(shape()),
    };
    let day = number(&tokens[at_day + 1..at_month])?;
    let month_words = tokens[at_month + 1..at_year].join(" ");
    let month = parse_month(&month_words).ok_or(NotADate::UnknownMonth(month_words))?;
    let year = number(&tokens[at_year + 1..])?;

    let date = i32::try_from(year)
        .ok()
        .zip(u32::try_from(day).ok())
        .and_then(|(year, day)| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or(NotADate::NoSuchDay { day, month: MONTHS[month as usize - 1], year })?;
    match weekday {
        Some(stated) if stated != date.weekday() => Err(NotADate::WrongWeekday { stated, date }),
        _ => Ok((weekday, date)),
    }
}

fn number(tokens: &[&str]) -> Result<u64, NotANumber> {
    match tokens {
        [figures] if figures.bytes().all(|byte| byte.is_ascii_digit()) => {
            figures.parse().map_err(|_| NotANumber::Unreadable((*figures).to_owned()))
        }
        words => parse_terbilang(&words.join(" ")),
    }
}

/// A weekday by its Indonesian name, in any capitals; "Jum'at" is the older spelling of "Jumat".
pub fn parse_weekday(name: &str) -> Option<Weekday> {
    let name = name.trim().to_lowercase().replace(['\'', '’', '`'], "");
    WEEKDAYS.iter().find(|(_, known)| known.to_lowercase() == name).map(|(weekday, _)| *weekday)
}

/// A month, 1 to 12, by its Indonesian name, in any capitals; "Nopember" and "Pebruari" are older
/// spellings.
pub fn parse_month(name: &str) -> Option<u32> {
    let name = match name.trim().to_lowercase().as_str() {
        "nopember" => "november".to_owned(),
        "pebruari" => "februari".to_owned(),
        other => other.to_owned(),
    };
    let found = MONTHS.iter().position(|known| known.to_lowercase() == name)?;
    u32::try_from(found + 1).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn dates_in_figures() {
        assert_eq!(date_long(day("2025-09-16")), "16 September 2025");
        assert_eq!(date_long(day("2026-05-01")), "1 Mei 2026");
        assert_eq!(date_short(day("2027-09-16")), "16 Sep 2027");
        assert_eq!(date_short(day("2027-12-06")), "6 Des 2027");
        assert_eq!(date_with_weekday(day("2025-09-16")), "Selasa, 16 September 2025");
    }

    #[test]
    fn a_preamble_states_weekday_and_date_in_words() {
        let date = day("2025-09-16");
        for (case, words) in [
            (LetterCase::Lower, "Selasa tanggal enam belas bulan September tahun dua ribu dua puluh lima"),
            (LetterCase::Title, "Selasa tanggal Enam Belas bulan September tahun Dua Ribu Dua Puluh Lima"),
            (LetterCase::Sentence, "Selasa tanggal Enam belas bulan September tahun Dua ribu dua puluh lima"),
        ] {
            assert_eq!(weekday_and_date_in_words(date, case), words);
        }
        assert_eq!(
            date_in_words(day("2027-09-16"), LetterCase::Lower),
            "tanggal enam belas bulan September tahun dua ribu dua puluh tujuh"
        );
    }

    #[test]
    fn weekdays_agree_with_the_calendar() {
        for (date, weekday) in [
            ("2023-02-22", "Rabu"),
            ("2025-03-06", "Kamis"),
            ("2022-12-07", "Rabu"),
            ("2025-05-20", "Selasa"),
            ("2025-09-16", "Selasa"),
            ("2025-09-06", "Sabtu"),
            ("2027-07-16", "Jumat"),
            ("2024-10-06", "Minggu"),
        ] {
            assert_eq!(weekday_name(day(date).weekday()), weekday, "{date}");
        }
    }

    #[test]
    fn words_are_read_however_they_are_capitalised() {
        for words in [
            "Rabu tanggal Dua Puluh Dua bulan Februari tahun Dua Ribu Dua Puluh Tiga",
            "pada hari ini rabu tanggal dua puluh dua bulan februari tahun dua ribu dua puluh tiga,",
            "Rabu, tanggal 22 bulan Pebruari tahun 2023",
        ] {
            assert_eq!(parse_date_in_words(words), Ok((Some(Weekday::Wed), day("2023-02-22"))), "{words}");
        }
        assert_eq!(
            parse_date_in_words("tanggal enam bulan Desember tahun dua ribu dua puluh empat"),
            Ok((None, day("2024-12-06")))
        );
        assert_eq!(parse_weekday("Jum'at"), Some(Weekday::Fri));
        assert_eq!(parse_month("Nopember"), Some(11));
    }

    #[test]
    fn a_wrong_weekday_is_reported_with_the_right_one() {
        let read =
            parse_date_in_words("Senin tanggal enam belas bulan September tahun dua ribu dua puluh lima");
        assert_eq!(read, Err(NotADate::WrongWeekday { stated: Weekday::Mon, date: day("2025-09-16") }));
        assert_eq!(read.unwrap_err().to_string(), "16 September 2025 adalah hari Selasa, bukan Senin");
    }

    #[test]
    fn what_is_no_date_is_refused_with_its_reason() {
        for (words, reason) in [
            ("besok", "\"besok\" tidak berbentuk \"(hari) tanggal … bulan … tahun …\""),
            ("Tuesday tanggal satu bulan Mei tahun dua ribu", "\"tuesday\" bukan nama hari"),
            ("tanggal satu bulan May tahun dua ribu", "\"may\" bukan nama bulan"),
            ("tanggal sato bulan Mei tahun dua ribu", "\"sato\" bukan kata bilangan"),
            ("tanggal satu puluh bulan Mei tahun dua ribu", "\"satu puluh\" seharusnya ditulis \"sepuluh\""),
            ("tanggal tiga puluh satu bulan Juni tahun dua ribu", "tanggal 31 Juni 2000 tidak ada"),
            (
                "tanggal 1 bulan Mei tahun 99999999999999999999",
                "\"99999999999999999999\" bukan bilangan yang utuh",
            ),
        ] {
            assert_eq!(parse_date_in_words(words).unwrap_err().to_string(), reason);
        }
    }

    proptest! {
        #[test]
        fn every_day_of_forty_years_is_read_back(offset in 0_u64..14_610, case in 0_usize..3) {
            let date = day("2010-01-01") + chrono::Days::new(offset);
            let words = weekday_and_date_in_words(date, LetterCase::ALL[case]);
            prop_assert_eq!(parse_date_in_words(&words), Ok((Some(date.weekday()), date)));
            prop_assert_eq!(parse_date_in_words(&words.to_uppercase()), Ok((Some(date.weekday()), date)));
        }

        #[test]
        fn another_weekday_is_never_accepted(offset in 0_u64..14_610, shift in 1_u64..7) {
            let date = day("2010-01-01") + chrono::Days::new(offset);
            let stated = (date + chrono::Days::new(shift)).weekday();
            let words = format!("{} {}", weekday_name(stated), date_in_words(date, LetterCase::Lower));
            prop_assert_eq!(parse_date_in_words(&words), Err(NotADate::WrongWeekday { stated, date }));
        }

        #[test]
        fn any_text_is_refused_or_agrees_with_the_calendar(
            before in ".{0,12}", day in ".{0,12}", month in ".{0,12}", year in ".{0,12}"
        ) {
            let text = format!("{before} tanggal {day} bulan {month} tahun {year}");
            if let Ok((Some(weekday), date)) = parse_date_in_words(&text) {
                prop_assert_eq!(weekday, date.weekday());
            }
        }
    }
}
