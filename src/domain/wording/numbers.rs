//! Terbilang: numbers in words and back; figures with their words.

use thiserror::Error;

/// The largest number that has words here: 999 billion and what follows it ("miliar" is 10⁹).
pub const LARGEST_IN_WORDS: u64 = 999_999_999_999;

const DIGITS: [&str; 10] =
    ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"];

const SCALES: [(u64, &str); 3] = [(1_000_000_000, "miliar"), (1_000_000, "juta"), (1_000, "ribu")];

/// The number in words, every word separate: 222 is "dua ratus dua puluh dua". None above
/// [`LARGEST_IN_WORDS`].
pub fn terbilang(number: u64) -> Option<String> {
    if number > LARGEST_IN_WORDS {
        return None;
    }
    if number == 0 {
        return Some(DIGITS[0].to_owned());
    }
    let mut words = Vec::new();
    let mut rest = number;
    for (scale, name) in SCALES {
        let count = rest / scale;
        rest %= scale;
        match count {
            0 => {}
            // "satu ribu" is wrong, "satu juta" is right.
            1 if scale == 1_000 => words.push("seribu"),
            _ => {
                below_thousand(count, &mut words);
                words.push(name);
            }
        }
    }
    below_thousand(rest, &mut words);
    Some(words.join(" "))
}

fn below_thousand(number: u64, words: &mut Vec<&'static str>) {
    let (hundreds, rest) = (number / 100, number % 100);
    match hundreds {
        0 => {}
        1 => words.push("seratus"),
        _ => words.extend([digit(hundreds), "ratus"]),
    }
    match rest {
        0 => {}
        10 => words.push("sepuluh"),
        11 => words.push("sebelas"),
        1..=9 => words.push(digit(rest)),
        12..=19 => words.extend([digit(rest - 10), "belas"]),
        _ => {
            words.extend([digit(rest / 10), "puluh"]);
            if rest % 10 > 0 {
                words.push(digit(rest % 10));
            }
        }
    }
}

fn digit(number: u64) -> &'static str {
    DIGITS[(number % 10) as usize]
}

/// Why words were not read as a number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotANumber {
    /// A word that belongs to no number, or no word at all.
    #[error("\"{0}\" bukan kata bilangan")]
    Unknown(String),
    /// Known words that make no number together.
    #[error("\"{0}\" bukan bilangan yang utuh")]
    Unreadable(String),
    /// Understood, but not as it is written properly ("satu ribu").
    #[error("\"{words}\" seharusnya ditulis \"{proper}\"")]
    Misspelt {
        /// What was read.
        words: String,
        /// The number that was meant.
        number: u64,
        /// How it is written.
        proper: String,
    },
}

/// Reads words back into a number. Capitals and further spaces do not matter; only the proper
/// spelling is accepted, and an improper one names the number it means.
pub fn parse_terbilang(words: &str) -> Result<u64, NotANumber> {
    let lower = words.to_lowercase();
    let tokens: Vec<&str> = lower.split_whitespace().collect();
    let read = tokens.join(" ");
    if tokens.is_empty() {
        return Err(NotANumber::Unknown(words.trim().to_owned()));
    }
    let unreadable = || NotANumber::Unreadable(read.clone());

    let (mut total, mut group, mut pending) = (0_u64, 0_u64, None::<u64>);
    for token in &tokens {
        let scale = SCALES.iter().find(|(_, name)| name == token).map(|(scale, _)| *scale);
        if let Some(value) = DIGITS.iter().position(|word| word == token) {
            if pending.replace(value as u64).is_some() {
                return Err(unreadable());
            }
        } else if let Some(scale) = scale {
            let count = group + pending.take().unwrap_or(0);
            total =
                count.checked_mul(scale).and_then(|part| total.checked_add(part)).ok_or_else(unreadable)?;
            group = 0;
        } else {
            group += match *token {
                "sepuluh" => 10,
                "sebelas" => 11,
                "seratus" => 100,
                "seribu" => 1_000,
                "belas" => 10 + pending.take().ok_or_else(unreadable)?,
                "puluh" => 10 * pending.take().ok_or_else(unreadable)?,
                "ratus" => 100 * pending.take().ok_or_else(unreadable)?,
                _ => return Err(NotANumber::Unknown((*token).to_owned())),
            };
        }
    }
    let number = total.checked_add(group + pending.unwrap_or(0)).ok_or_else(unreadable)?;
    let proper = terbilang(number).ok_or_else(unreadable)?;
    if proper == read { Ok(number) } else { Err(NotANumber::Misspelt { words: read, number, proper }) }
}

/// Figures with full stops between thousands: "1.000".
pub fn figures(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// "2 (dua)", "1.000 (seribu)". Figures alone above [`LARGEST_IN_WORDS`].
pub fn number_with_words(number: u64) -> String {
    match terbilang(number) {
        Some(words) => format!("{} ({words})", figures(number)),
        None => figures(number),
    }
}

/// A length in calendar months as papers say it: 24 is "2 (dua) tahun", 6 is "6 (enam) bulan".
pub fn length_with_words(months: u32) -> String {
    if months > 0 && months.is_multiple_of(12) {
        format!("{} tahun", number_with_words(u64::from(months / 12)))
    } else {
        format!("{} bulan", number_with_words(u64::from(months)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_written_as_the_spelling_guide_has_them() {
        for (number, words) in [
            (0, "nol"),
            (1, "satu"),
            (8, "delapan"),
            (10, "sepuluh"),
            (11, "sebelas"),
            (12, "dua belas"),
            (19, "sembilan belas"),
            (20, "dua puluh"),
            (21, "dua puluh satu"),
            (99, "sembilan puluh sembilan"),
            (100, "seratus"),
            (101, "seratus satu"),
            (111, "seratus sebelas"),
            (200, "dua ratus"),
            (222, "dua ratus dua puluh dua"),
            (1_000, "seribu"),
            (1_001, "seribu satu"),
            (1_100, "seribu seratus"),
            (2_000, "dua ribu"),
            (2_022, "dua ribu dua puluh dua"),
            (2_025, "dua ribu dua puluh lima"),
            (2_030, "dua ribu tiga puluh"),
            (11_000, "sebelas ribu"),
            (101_000, "seratus satu ribu"),
            (1_000_000, "satu juta"),
            (1_001_000, "satu juta seribu"),
            (1_000_000_000, "satu miliar"),
            (
                LARGEST_IN_WORDS,
                "sembilan ratus sembilan puluh sembilan miliar sembilan ratus sembilan puluh sembilan juta \
                 sembilan ratus sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan",
            ),
        ] {
            assert_eq!(terbilang(number).as_deref(), Some(words));
            assert_eq!(parse_terbilang(words), Ok(number));
        }
        assert_eq!(terbilang(LARGEST_IN_WORDS + 1), None);
    }

    #[test]
    fn capitals_and_spaces_do_not_matter_to_the_reader() {
        assert_eq!(parse_terbilang("  Dua  Ribu\nDua Puluh Tiga "), Ok(2_023));
    }

    #[test]
    fn wrong_spelling_names_the_number_it_means() {
        for (words, number, proper) in [
            ("satu ribu", 1_000, "seribu"),
            ("satu ratus lima", 105, "seratus lima"),
            ("satu puluh", 10, "sepuluh"),
            ("satu belas", 11, "sebelas"),
        ] {
            let expected =
                NotANumber::Misspelt { words: words.to_owned(), number, proper: proper.to_owned() };
            assert_eq!(parse_terbilang(words), Err(expected));
        }
    }

    #[test]
    fn words_that_are_no_number_are_refused() {
        assert_eq!(parse_terbilang(""), Err(NotANumber::Unknown(String::new())));
        assert_eq!(parse_terbilang("duapuluh"), Err(NotANumber::Unknown("duapuluh".to_owned())));
        assert_eq!(parse_terbilang("dua tiga"), Err(NotANumber::Unreadable("dua tiga".to_owned())));
        assert_eq!(parse_terbilang("puluh dua"), Err(NotANumber::Unreadable("puluh dua".to_owned())));
        assert_eq!(
            parse_terbilang("lima dua puluh"),
            Err(NotANumber::Unreadable("lima dua puluh".to_owned()))
        );
        assert!(parse_terbilang(&"sembilan ratus miliar ".repeat(40)).is_err());
    }

    #[test]
    fn figures_carry_their_words() {
        assert_eq!(number_with_words(2), "2 (dua)");
        assert_eq!(number_with_words(8), "8 (delapan)");
        assert_eq!(number_with_words(1_000), "1.000 (seribu)");
        assert_eq!(figures(0), "0");
        assert_eq!(figures(999), "999");
        assert_eq!(figures(1_234_567), "1.234.567");
        assert_eq!(number_with_words(LARGEST_IN_WORDS + 1), "1.000.000.000.000");
    }

    #[test]
    fn lengths_are_years_where_they_are_whole() {
        assert_eq!(length_with_words(24), "2 (dua) tahun");
        assert_eq!(length_with_words(6), "6 (enam) bulan");
        assert_eq!(length_with_words(18), "18 (delapan belas) bulan");
        assert_eq!(length_with_words(0), "0 (nol) bulan");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(number in 0..=LARGEST_IN_WORDS) {
            let words = terbilang(number).unwrap();
            prop_assert_eq!(parse_terbilang(&words), Ok(number));
            prop_assert_eq!(parse_terbilang(&words.to_uppercase()), Ok(number));
        }

        #[test]
        fn no_number_is_written_with_a_forbidden_pair(number in 0..=LARGEST_IN_WORDS) {
            let padded = format!(" {} ", terbilang(number).unwrap());
            for wrong in [" satu ratus ", " satu puluh ", " satu belas "] {
                prop_assert!(!padded.contains(wrong), "{}", padded);
            }
            prop_assert!(!padded.contains(" nol ") || number == 0);
            prop_assert!(!padded.starts_with(" satu ribu"));
        }

        #[test]
        fn figures_lose_nothing(number in any::<u64>()) {
            prop_assert_eq!(figures(number).replace('.', "").parse::<u64>().unwrap(), number);
        }

        #[test]
        fn any_words_are_read_without_panic(words in "[a-z ]{0,60}") {
            if let Ok(number) = parse_terbilang(&words) {
                prop_assert_eq!(terbilang(number).unwrap(), words.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }

        #[test]
        fn number_words_in_any_order_are_read_or_refused(
            words in prop::collection::vec(
                prop::sample::select(vec!["satu", "lima", "belas", "puluh", "ratus", "seratus", "ribu", "seribu",
                    "juta", "miliar", "sepuluh", "sebelas", "nol"]), 1..40)
        ) {
            let joined = words.join(" ");
            if let Ok(number) = parse_terbilang(&joined) {
                prop_assert_eq!(terbilang(number).unwrap(), joined);
            }
        }
    }
}
