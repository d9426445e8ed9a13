//! Words for numbers, dates and lists, as papers and pages write them. Indonesian only.
//!
//! The readers in here are the inverses of the writers: what one writes, the other reads back.

use std::fmt::Write as _;

mod days;
mod numbers;
mod relative;

pub use days::*;
pub use numbers::*;
pub use relative::*;

/// "a", "a dan b", "a, b, dan c": the comma before "dan" is the rule of the EYD for three or more.
pub fn join_list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first, second] => format!("{} dan {}", first.as_ref(), second.as_ref()),
        [most @ .., last] => {
            let mut joined = String::new();
            for item in most {
                // Writing to a String cannot fail.
                let _ = write!(joined, "{}, ", item.as_ref());
            }
            joined + "dan " + last.as_ref()
        }
    }
}

/// Capitals for a heading. "KTP-el" keeps the small letters of its name, as the regulations print it.
pub fn heading(text: &str) -> String {
    text.to_uppercase().replace("KTP-EL", "KTP-el")
}

/// First letter as a capital, the rest untouched.
pub fn capitalise(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// First letter of every word as a capital, the rest untouched.
pub fn capitalise_words(text: &str) -> String {
    text.split(' ').map(capitalise).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_people_write_them() {
        assert_eq!(join_list::<&str>(&[]), "");
        assert_eq!(join_list(&["NIK"]), "NIK");
        assert_eq!(join_list(&["NIK", "nama lengkap"]), "NIK dan nama lengkap");
        assert_eq!(join_list(&["NIK", "nama lengkap", "agama"]), "NIK, nama lengkap, dan agama");
        assert_eq!(join_list(&["a", "b", "c", "d"]), "a, b, c, dan d");
    }

    #[test]
    fn headings_are_capitals_but_for_the_name_of_the_card() {
        assert_eq!(heading("Pemanfaatan data dan KTP-el"), "PEMANFAATAN DATA DAN KTP-el");
        assert_eq!(heading("Perjanjian Kerja Sama"), "PERJANJIAN KERJA SAMA");
    }

    #[test]
    fn capitals_at_the_start_and_in_every_word() {
        assert_eq!(capitalise("enam belas"), "Enam belas");
        assert_eq!(capitalise(""), "");
        assert_eq!(capitalise_words("dua puluh dua"), "Dua Puluh Dua");
    }
}
