//! Names an archivist would choose: plain letters, no blanks, bounded, never twice, and never a way
//! out of the folder, whatever stands in the facts.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::documents::papers::{PaperKind, PaperRef};

/// Longest part that comes from a fact.
const LONGEST: usize = 48;

/// Text as part of a name: ASCII letters, digits, "-" and single dots inside; empty when nothing of it
/// can stand in a name.
pub fn safe(text: &str) -> String {
    let mut name = String::new();
    for character in text.chars() {
        let plain = plain(character);
        if plain.is_empty() {
            // A dash stands for everything between two words, a dot only between letters.
            match (character, name.chars().next_back()) {
                (_, None | Some('-')) => {}
                ('.', Some('.')) => {}
                ('.', Some(_)) => name.push('.'),
                (_, Some('.')) => {
                    name.pop();
                    name.push('-');
                }
                (_, Some(_)) => name.push('-'),
            }
        }
        name.push_str(plain.as_str());
        if name.len() >= LONGEST {
            break;
        }
    }
    name.truncate(LONGEST);
    name.trim_matches(['-', '.']).to_owned()
}

/// The letters that stand for a character; none for what parts words.
fn plain(character: char) -> String {
    let letters = match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => return character.to_string(),
        'À'..='Å' => "A",
        'È'..='Ë' => "E",
        'Ì'..='Ï' => "I",
        'Ò'..='Ö' | 'Ø' => "O",
        'Ù'..='Ü' => "U",
        'à'..='å' => "a",
        'è'..='ë' => "e",
        'ì'..='ï' => "i",
        'ò'..='ö' | 'ø' => "o",
        'ù'..='ü' => "u",
        'ç' => "c",
        'Ç' => "C",
        'ñ' => "n",
        'Ñ' => "N",
        _ => "",
    };
    letters.to_owned()
}

/// "2025-06-11_400.12-64-DUKCAPIL-2025_BPBD": the folder of an agreement. A draft says so.
pub fn folder(draft: bool, signed_on: Option<NaiveDate>, number: Option<&str>, short_name: &str) -> String {
    let date = match (draft, signed_on) {
        (true, on) => std::iter::once("draf".to_owned()).chain(on.map(|on| on.to_string())).collect(),
        (false, Some(on)) => vec![on.to_string()],
        (false, None) => vec!["tanpa-tanggal".to_owned()],
    };
    let rest = [number.map(safe).unwrap_or_default(), safe(short_name)];
    let parts: Vec<String> = date.into_iter().chain(rest).filter(|part| !part.is_empty()).collect();
    parts.join("_")
}

/// "04_NDA_Mirah-Delima", "17_BAST-2": a paper without its ending.
pub fn file(place: usize, paper: PaperRef, person: Option<&str>) -> String {
    let mut name = format!("{place:02}_{}", stem(paper.kind));
    match (person.map(safe).filter(|person| !person.is_empty()), paper.nth) {
        (Some(person), _) => name.push_str(&format!("_{person}")),
        (None, Some(nth)) => name.push_str(&format!("-{nth}")),
        (None, None) => {}
    }
    name
}

/// "Petunjuk-Teknis", "NDA", "Surat-User-ID": the code of a paper as a title.
fn stem(kind: PaperKind) -> String {
    if kind == PaperKind::Juknis {
        return "Petunjuk-Teknis".to_owned();
    }
    let word = |word: &str| match word {
        "pks" | "sptjm" | "nda" | "bast" | "poc" | "id" => word.to_uppercase(),
        other => crate::domain::wording::capitalise(other),
    };
    kind.code().split('-').map(word).collect::<Vec<_>>().join("-")
}

/// Names that are taken in one folder, whatever their capitals: some archives tell none apart.
#[derive(Debug, Default)]
pub struct Taken(HashSet<String>);

impl Taken {
    /// The name, or the name with the first number that makes it new.
    pub fn unique(&mut self, name: &str) -> String {
        let numbered = |number: usize| if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
        let free = (1..).map(numbered).find(|name| self.0.insert(name.to_lowercase()));
        free.unwrap_or_default()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn on(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn an_archivist_finds_date_number_and_agency_in_the_name() {
        let number = Some("400.12/64/DUKCAPIL/2025");
        assert_eq!(
            folder(false, on("2025-06-11"), number, "BPBD"),
            "2025-06-11_400.12-64-DUKCAPIL-2025_BPBD"
        );
        assert_eq!(folder(true, None, None, "Dinas Perikanan"), "draf_Dinas-Perikanan");
        assert_eq!(folder(false, None, None, "RSUD dr. Sutomo"), "tanpa-tanggal_RSUD-dr-Sutomo");
    }

    #[test]
    fn papers_keep_their_place_and_say_what_they_are() {
        let name = |paper: &str, person| file(4, paper.parse().unwrap(), person);
        assert_eq!(name("pks", None), "04_PKS");
        assert_eq!(name("juknis", None), "04_Petunjuk-Teknis");
        assert_eq!(name("nda-1", Some("Mirah Delima, S.Kom.")), "04_NDA_Mirah-Delima-S.Kom");
        assert_eq!(name("bast-2", None), "04_BAST-2");
        assert_eq!(name("surat-user-id", None), "04_Surat-User-ID");
    }

    #[test]
    fn two_agreements_with_the_same_name_have_two_folders() {
        let mut taken = Taken::default();
        let names = ["draf_BPBD", "draf_bpbd", "draf_BPBD"].map(|name| taken.unique(name));
        assert_eq!(names, ["draf_BPBD", "draf_bpbd-2", "draf_BPBD-3"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_value_makes_a_name_that_is_unsafe_or_there_already(
            values in prop::collection::vec(("\\PC{0,80}", "(\\.|/|\\\\|-|[a-z]| |\u{0}|\n|\\.\\./){0,80}"), 1..20),
            draft: bool,
        ) {
            let mut taken = Taken::default();
            let mut seen = HashSet::new();
            for (number, name) in &values {
                let folder = taken.unique(&folder(draft, None, Some(number), name));
                let file = file(1, "nda-1".parse().unwrap(), Some(name));
                for part in [&folder, &file] {
                    prop_assert!(!part.is_empty() && part.len() <= 150, "{}", part);
                    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
                    prop_assert!(part.chars().all(fits), "{}", part);
                    prop_assert!(!part.contains("..") && !part.starts_with('.') && !part.ends_with('.'), "{}", part);
                }
                prop_assert!(seen.insert(folder.to_lowercase()), "{} twice", folder);
            }
        }
    }
}
