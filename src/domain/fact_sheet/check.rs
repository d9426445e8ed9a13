//! From an untyped tree (a file, a form, a stored document) to a typed fact sheet: every fault at
//! once, each with its path, what was found and what is expected. Nothing is built from a faulty tree.

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value};
use validator::ValidateEmail;

use super::FactSheet;
use super::catalogue::{FACTS, Field, Kind};

/// Why a tree is no fact sheet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// Path such as `user.official.nip` or `operators.0.name`.
    pub path: String,
    /// What stands there, shortened; empty when a secret stands there or nothing does.
    pub found: String,
    /// What is expected, in Indonesian, as the rest of the sentence "diharapkan …".
    pub expected: String,
}

impl Fault {
    /// A fault at a path.
    pub fn new(path: impl Into<String>, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { path: path.into(), found: found.into(), expected: expected.into() }
    }

    /// The fault as a sentence without its path.
    pub fn sentence(&self) -> String {
        if self.found.is_empty() {
            format!("Diharapkan {}.", self.expected)
        } else {
            format!("Tertulis {}; diharapkan {}.", self.found, self.expected)
        }
    }
}

/// What is said of digits without quotes where the digits themselves are not repeated.
pub const UNQUOTED: &str = "angka tanpa tanda kutip";

/// Longest single line, in characters.
pub const MAX_TEXT: usize = 500;
/// Longest paragraph, in characters.
pub const MAX_LONG: usize = 4_000;
/// Most entries of one list.
pub const MAX_ITEMS: usize = 500;

impl FactSheet {
    /// Builds a fact sheet from an untyped tree.
    ///
    /// # Errors
    /// All faults of the tree, in the order of the catalogue: unknown keys, wrong types, impossible
    /// dates, NIP and NIK of wrong length, and facts that contradict each other.
    pub fn from_tree(mut tree: Value) -> Result<Self, Vec<Fault>> {
        let mut faults = faults_of(&mut tree, FACTS);
        for fault in &faults {
            forget(&mut tree, &fault.path);
        }
        match serde_path_to_error::deserialize::<_, Self>(tree) {
            Ok(facts) => {
                faults.extend(contradictions(&facts));
                if faults.is_empty() { Ok(facts) } else { Err(faults) }
            }
            Err(error) if faults.is_empty() => {
                let expected = format!("isi yang sah ({})", error.inner());
                Err(vec![Fault::new(error.path().to_string(), "", expected)])
            }
            Err(_) => Err(faults),
        }
    }

    /// The untyped tree, without empty facts; `from_tree(to_tree(x)) == x`.
    pub fn to_tree(&self) -> Value {
        let mut tree = serde_json::to_value(self).unwrap_or_default();
        prune(&mut tree);
        tree
    }
}

/// Faults of a tree over some facts of the catalogue, as when one institution is edited on its own
/// page. Trims text in passing.
pub fn faults_in(tree: &mut Value, fields: &[Field]) -> Vec<Fault> {
    let mut faults = Vec::new();
    check_group(tree, fields, "", &mut faults);
    faults
}

/// Drops groups in which nothing is said.
fn prune(tree: &mut Value) {
    if let Value::Object(map) = tree {
        for value in map.values_mut() {
            prune(value);
        }
        map.retain(|_, value| !matches!(value, Value::Object(inner) if inner.is_empty()) && !value.is_null());
    } else if let Value::Array(items) = tree {
        items.iter_mut().for_each(prune);
    }
}

/// Every fault of a tree against its description. Clean text is put in order on the way: blanks are
/// joined, unknown facts (null) dropped.
pub fn faults_of(tree: &mut Value, fields: &[Field]) -> Vec<Fault> {
    let mut faults = Vec::new();
    check_group(tree, fields, "", &mut faults);
    faults
}

/// Takes a faulty fact out of the tree, so that the others can still be held against each other; of
/// a list, the whole.
fn forget(tree: &mut Value, path: &str) {
    let mut here = tree;
    let mut keys = path.split('.').take_while(|key| !key.bytes().all(|b| b.is_ascii_digit())).peekable();
    while let Some(key) = keys.next() {
        let Value::Object(map) = here else { return };
        if keys.peek().is_none() {
            map.remove(key);
            return;
        }
        let Some(inner) = map.get_mut(key) else { return };
        here = inner;
    }
}

fn check_group(tree: &mut Value, fields: &[Field], path: &str, faults: &mut Vec<Fault>) {
    let Value::Object(map) = tree else {
        faults.push(Fault::new(path, show(tree), "sekelompok isian (kunci: nilai)"));
        return;
    };
    for field in fields {
        if let Some(value) = map.get_mut(field.key) {
            if value.is_null() {
                map.remove(field.key);
            } else {
                check_value(value, field, &join(path, field.key), faults);
            }
        }
    }
    for key in map.keys() {
        if !fields.iter().any(|field| field.key == key) {
            let near = nearest(key, fields).map(|near| format!(" (mungkin `{near}`?)")).unwrap_or_default();
            faults.push(Fault::new(
                join(path, key),
                "kunci yang tidak dikenal",
                format!("salah satu kunci pada skema{near}"),
            ));
        }
    }
}

fn check_value(value: &mut Value, field: &Field, path: &str, faults: &mut Vec<Fault>) {
    let before = faults.len();
    match field.kind {
        Kind::Group(fields) => return check_group(value, fields, path, faults),
        Kind::List(fields, _) => match value {
            Value::Array(items) if items.len() <= MAX_ITEMS => {
                for (index, item) in items.iter_mut().enumerate() {
                    check_group(item, fields, &join(path, &index.to_string()), faults);
                }
                return;
            }
            _ => {
                faults.push(Fault::new(path, show(value), format!("daftar paling banyak {MAX_ITEMS} butir")))
            }
        },
        Kind::Texts => match value {
            Value::Array(items) if items.len() <= MAX_ITEMS => {
                for (index, item) in items.iter_mut().enumerate() {
                    check_text(item, MAX_LONG, &join(path, &index.to_string()), faults);
                }
            }
            _ => faults.push(Fault::new(
                path,
                show(value),
                format!("daftar teks paling banyak {MAX_ITEMS} butir"),
            )),
        },
        Kind::Choices(choices) => check_choices(value, choices, path, faults),
        Kind::Choice(choices) => check_choice(value, choices, path, faults),
        Kind::Text | Kind::Phone => check_text(value, MAX_TEXT, path, faults),
        Kind::Number => check_text(value, 100, path, faults),
        Kind::Long => check_text(value, MAX_LONG, path, faults),
        Kind::Flag => {
            if !value.is_boolean() {
                faults.push(Fault::new(path, show(value), "true atau false"));
            }
        }
        Kind::Count(most) => check_count(value, 0, u64::from(most), path, faults),
        Kind::Year => check_count(value, 1900, 2200, path, faults),
        Kind::Date => check_date(value, path, faults),
        Kind::Email => {
            check_text(value, 254, path, faults);
            if faults.len() == before && !value.as_str().is_some_and(|text| text.validate_email()) {
                faults.push(Fault::new(path, show(value), "alamat surel, misalnya dinas@contoh.go.id"));
            }
        }
        Kind::Nip => {
            check_digits(value, 18, "NIP 18 angka di antara tanda kutip", plausible_nip, path, faults)
        }
        Kind::Nik => {
            check_digits(value, 16, "NIK 16 angka di antara tanda kutip", plausible_nik, path, faults)
        }
    }
    if field.secret {
        for fault in &mut faults[before..] {
            fault.found.clear();
        }
    }
}

/// Trims, joins lines, refuses control characters, empty text and numbers without quotes.
fn check_text(value: &mut Value, most: usize, path: &str, faults: &mut Vec<Fault>) {
    match value {
        Value::String(text) => {
            let clean = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if clean.is_empty() {
                faults.push(Fault::new(
                    path,
                    "teks kosong",
                    "teks, atau hapus kuncinya bila belum diketahui",
                ));
            } else if clean.chars().any(forbidden) {
                faults.push(Fault::new(
                    path,
                    "tanda yang tidak dapat dicetak",
                    "teks tanpa karakter kendali",
                ));
            } else if clean.chars().count() > most {
                let length = clean.chars().count();
                faults.push(Fault::new(
                    path,
                    format!("{length} huruf"),
                    format!("paling banyak {most} huruf"),
                ));
            } else {
                *text = clean;
            }
        }
        Value::Number(_) => {
            faults.push(Fault::new(
                path,
                format!("angka {} tanpa tanda kutip", show(value)),
                "teks di antara tanda kutip",
            ));
        }
        _ => faults.push(Fault::new(path, show(value), "teks")),
    }
}

/// Control characters, and the private-use and direction marks that would let text pretend to be other text.
fn forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}')
}

fn check_choice(value: &Value, choices: &[(&str, &str)], path: &str, faults: &mut Vec<Fault>) {
    if !value.as_str().is_some_and(|code| choices.iter().any(|(known, _)| *known == code)) {
        let codes = choices.iter().map(|(code, _)| *code).collect::<Vec<_>>().join(", ");
        faults.push(Fault::new(path, show(value), format!("salah satu dari: {codes}")));
    }
}

fn check_choices(value: &Value, choices: &[(&str, &str)], path: &str, faults: &mut Vec<Fault>) {
    let Value::Array(items) = value else {
        faults.push(Fault::new(path, show(value), "daftar kode"));
        return;
    };
    for (index, item) in items.iter().enumerate() {
        let here = join(path, &index.to_string());
        check_choice(item, choices, &here, faults);
        if items[..index].contains(item) {
            faults.push(Fault::new(here, format!("{} dua kali", show(item)), "tiap kode satu kali"));
        }
    }
}

fn check_count(value: &Value, least: u64, most: u64, path: &str, faults: &mut Vec<Fault>) {
    if !value.as_u64().is_some_and(|count| (least..=most).contains(&count)) {
        faults.push(Fault::new(
            path,
            show(value),
            format!("bilangan bulat {least} sampai {most}, tanpa tanda kutip"),
        ));
    }
}

fn check_date(value: &Value, path: &str, faults: &mut Vec<Fault>) {
    let date = value.as_str().filter(|text| text.len() == 10).and_then(|text| text.parse::<NaiveDate>().ok());
    if !date.is_some_and(|date| (1945..=2200).contains(&date.year())) {
        faults.push(Fault::new(
            path,
            show(value),
            "tanggal yang ada di kalender, ditulis TTTT-BB-HH, misalnya 2026-09-16",
        ));
    }
}

fn check_digits(
    value: &mut Value,
    length: usize,
    expected: &str,
    plausible: fn(&str) -> bool,
    path: &str,
    faults: &mut Vec<Fault>,
) {
    let digits = value.as_str().map(|text| text.chars().filter(|c| !c.is_whitespace()).collect::<String>());
    match digits {
        Some(digits)
            if digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit()) && plausible(&digits) =>
        {
            *value = Value::String(digits);
        }
        _ if value.is_number() => {
            faults.push(Fault::new(path, UNQUOTED, expected));
        }
        _ => faults.push(Fault::new(path, show(value), expected)),
    }
}

/// Birth date in digits 1 to 8 and sex in digit 15. Digits 13 and 14 are a month for civil servants
/// but a contract count for PPPK (NI PPPK), so they are not judged.
fn plausible_nip(digits: &str) -> bool {
    NaiveDate::parse_from_str(&digits[..8], "%Y%m%d").is_ok() && matches!(digits.as_bytes()[14], b'1' | b'2')
}

/// Birth day in digits 7 and 8 (women: plus 40), month in 9 and 10, serial never 0000.
fn plausible_nik(digits: &str) -> bool {
    let pair = |at: usize| digits[at..at + 2].parse::<u8>().unwrap_or(0);
    let day = pair(6);
    let month = pair(8);
    (matches!(day, 1..=31) || matches!(day, 41..=71)) && (1..=12).contains(&month) && &digits[12..] != "0000"
}

/// Facts that cannot be true together.
pub fn contradictions(facts: &FactSheet) -> Vec<Fault> {
    let mut faults = Vec::new();
    let term = &facts.term;
    let start = term.start_on.or(facts.signing.on);
    if let (Some(end), Some(start)) = (term.end_on, start)
        && end < start
    {
        faults.push(Fault::new(
            "term.end_on",
            end.to_string(),
            format!("hari terakhir yang tidak mendahului mulai berlakunya ({start})"),
        ));
    }
    if let (Some(start), Some(signed)) = (term.start_on, facts.signing.on)
        && start < signed
    {
        faults.push(Fault::new(
            "term.start_on",
            start.to_string(),
            format!("tanggal yang tidak mendahului tanggal perjanjian ({signed})"),
        ));
    }
    if term.months == Some(0) {
        faults.push(Fault::new("term.months", "0", "paling sedikit 1 bulan"));
    }
    if let (Some(stamped), Some(count)) = (facts.copies.stamped, facts.copies.count)
        && stamped > count
    {
        faults.push(Fault::new(
            "copies.stamped",
            stamped.to_string(),
            format!("paling banyak jumlah rangkap ({count})"),
        ));
    }
    for (index, serial) in facts.signing.stamp_serials.iter().enumerate() {
        if facts.signing.stamp_serials[..index].contains(serial) {
            faults.push(Fault::new(
                format!("signing.stamp_serials.{index}"),
                format!("{serial} dua kali"),
                "tiap meterai dipakai satu kali",
            ));
        }
    }
    faults
}

/// The label of every fact that a final PKS needs and that is still unknown, with its path.
pub fn missing(facts: &FactSheet) -> Vec<(String, String)> {
    let tree = facts.to_tree();
    let mut missing = Vec::new();
    collect_missing(&tree, FACTS, "", "", &mut missing);
    missing
}

fn collect_missing(
    tree: &Value,
    fields: &[Field],
    path: &str,
    owner: &str,
    missing: &mut Vec<(String, String)>,
) {
    for field in fields {
        let here = join(path, field.key);
        match field.kind {
            Kind::Group(children) => {
                let empty = Value::Object(Map::new());
                let inner = tree.get(field.key).unwrap_or(&empty);
                let owner = if matches!(field.key, "provider" | "user") { field.label } else { owner };
                collect_missing(inner, children, &here, owner, missing);
            }
            _ if field.needed && tree.get(field.key).is_none() => {
                let label = if owner.is_empty() || field.label.contains("PIHAK") {
                    field.label.to_owned()
                } else {
                    format!("{} {}", field.label, &owner[..owner.find(" (").unwrap_or(owner.len())])
                };
                missing.push((here, label));
            }
            _ => {}
        }
    }
}

/// Path of a child.
pub fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// A value as it stands in a message: short, never a whole document.
fn show(value: &Value) -> String {
    let text = match value {
        Value::String(text) => format!("\"{text}\""),
        Value::Array(items) => format!("daftar {} butir", items.len()),
        Value::Object(_) => "sekelompok isian".to_owned(),
        Value::Null => "kosong".to_owned(),
        other => other.to_string(),
    };
    if text.chars().count() > 60 { text.chars().take(57).chain("…\"".chars()).collect() } else { text }
}

/// The known key that a mistyped one most resembles.
fn nearest<'a>(key: &str, fields: &'a [Field]) -> Option<&'a str> {
    fields
        .iter()
        .map(|field| (distance(key, field.key), field.key))
        .filter(|(distance, known)| *distance <= 2.max(known.len() / 3))
        .min()
        .map(|(_, known)| known)
}

/// Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faults(tree: Value) -> Vec<Fault> {
        FactSheet::from_tree(tree).unwrap_err()
    }

    #[test]
    fn every_fault_is_told_at_once_with_its_path() {
        let found = faults(json!({
            "user": {"official": {"nip": "12345", "nmae": "X"}, "number": 12},
            "signing": {"on": "2025-02-30"},
            "copies": {"count": "dua"},
        }));
        let paths: Vec<&str> = found.iter().map(|fault| fault.path.as_str()).collect();
        assert_eq!(
            paths,
            ["user.number", "user.official.nip", "user.official.nmae", "signing.on", "copies.count"]
        );
        assert!(found[0].sentence().contains("tanda kutip"), "{}", found[0].sentence());
        assert!(found[2].expected.contains("`name`"), "{}", found[2].expected);
    }

    #[test]
    fn an_agreement_cannot_end_before_it_starts() {
        let found = faults(json!({"signing": {"on": "2025-09-16"}, "term": {"end_on": "2025-09-15"}}));
        assert_eq!(found[0].path, "term.end_on");
    }

    #[test]
    fn facts_are_held_against_each_other_even_beside_a_faulty_one() {
        let found = faults(json!({
            "signing": {"on": "2025-09-16", "stamp_serials": [1]},
            "user": {"official": {"nip": "1"}},
            "term": {"end_on": "2025-09-15"},
        }));
        let paths: Vec<&str> = found.iter().map(|fault| fault.path.as_str()).collect();
        assert_eq!(paths, ["user.official.nip", "signing.stamp_serials.0", "term.end_on"]);
    }

    #[test]
    fn more_stamped_originals_than_originals_are_refused() {
        assert_eq!(faults(json!({"copies": {"count": 2, "stamped": 3}}))[0].path, "copies.stamped");
    }

    #[test]
    fn a_nip_with_spaces_is_kept_as_eighteen_digits() {
        let facts =
            FactSheet::from_tree(json!({"user": {"official": {"nip": "19800101 200501 1 001"}}})).unwrap();
        assert_eq!(facts.user.official.nip.as_deref(), Some("198001012005011001"));
    }

    #[test]
    fn a_contract_employees_number_may_have_a_month_past_twelve() {
        assert!(FactSheet::from_tree(json!({"user": {"official": {"nip": "199001012023211005"}}})).is_ok());
    }

    #[test]
    fn a_secret_never_stands_in_a_message() {
        let found = faults(json!({"operators": [{"nik": "12"}]}));
        assert_eq!(found[0].found, "");
    }

    #[test]
    fn an_empty_draft_lists_what_is_missing_by_name() {
        let labels: Vec<String> =
            missing(&FactSheet::default()).into_iter().map(|(_, label)| label).collect();
        assert!(labels.contains(&"Nomor PIHAK KEDUA".to_owned()), "{labels:?}");
        assert!(labels.contains(&"Nama pejabat PIHAK KEDUA".to_owned()), "{labels:?}");
    }
}
