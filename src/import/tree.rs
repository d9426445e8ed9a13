//! YAML and JSON as an untyped tree that remembers where each value stands.
//!
//! YAML is read by its 1.2 core schema: `012` is a number, `yes` and `2025-09-16` are text. Anchors,
//! aliases and tags are refused: an agreement file never needs them, and they let a small file grow.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, StrInput};
use serde_json::{Map, Number, Value};

use super::fault::FileFault;
use crate::domain::fact_sheet::check::join;

/// Deepest nesting; the fact sheet itself needs seven levels.
const MAX_DEPTH: usize = 32;

/// A place in a file, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub line: usize,
    pub column: usize,
}

/// A value with the places of everything in it.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub value: Value,
    places: HashMap<String, Place>,
    /// Numbers as written, by path: `012` is 12 as a value.
    numbers: HashMap<String, String>,
    /// Faults that do not keep the rest from being read.
    pub faults: Vec<FileFault>,
}

impl Tree {
    /// Where the value at a path stands, or the nearest group around it.
    pub fn place(&self, path: &str) -> Option<Place> {
        let mut path = path;
        loop {
            if let Some(place) = self.places.get(path) {
                return Some(*place);
            }
            path = path.rsplit_once('.')?.0;
        }
    }

    /// A number as it is written in the file.
    pub fn number(&self, path: &str) -> Option<&str> {
        self.numbers.get(path).map(String::as_str)
    }

    fn twice(&mut self, path: String, place: Place, first: Option<Place>) {
        let first = first.map(|first| format!("; yang pertama pada baris {}", first.line));
        self.faults.push(FileFault {
            field: path,
            ..FileFault::of_file(
                "kunci yang sama dua kali",
                format!("tiap kunci satu kali{}", first.unwrap_or_default()),
            )
            .at(place.line, Some(place.column))
        });
    }
}

/// Reads one YAML document.
///
/// # Errors
/// The fault that keeps it from being read.
pub(super) fn yaml(text: &str) -> Result<Tree, FileFault> {
    let mut reader = Yaml { parser: Parser::new_from_str(text), text, tree: Tree::default() };
    let mut documents = 0;
    let mut value = Value::Null;
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamEnd => break,
            Event::DocumentStart(_) => documents += 1,
            Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
            _ if documents > 1 => {
                return Err(fault_at(place(span.start), "dokumen kedua", "satu dokumen dalam satu berkas"));
            }
            event => value = reader.value(event, span, "", 0)?,
        }
    }
    reader.tree.value = value;
    Ok(reader.tree)
}

struct Yaml<'a> {
    parser: Parser<'a, StrInput<'a>>,
    text: &'a str,
    tree: Tree,
}

impl<'a> Yaml<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), FileFault> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(broken_yaml(&error, self.text)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn value(&mut self, event: Event<'a>, span: Span, path: &str, depth: usize) -> Result<Value, FileFault> {
        let here = place(span.start);
        let (anchor, tagged) = match &event {
            Event::Alias(_) => (true, false),
            Event::Scalar(_, _, anchor, tag) => (*anchor != 0, tag.is_some()),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => {
                (*anchor != 0, tag.is_some())
            }
            _ => (false, false),
        };
        if anchor || tagged {
            let found = if anchor { "jangkar atau alias YAML (& atau *)" } else { "penanda jenis YAML (!)" };
            return Err(fault_at(
                here,
                found,
                "isian biasa; teks yang diawali tanda itu di antara tanda kutip",
            ));
        }
        if depth > MAX_DEPTH {
            return Err(fault_at(here, "susunan yang terlalu dalam", "susunan seperti pada skema"));
        }
        match event {
            Event::Scalar(text, style, ..) => {
                let value = if style == ScalarStyle::Plain {
                    resolve(&text)
                } else {
                    Value::String(text.to_string())
                };
                if value.is_number() {
                    self.tree.numbers.insert(path.to_owned(), text.into_owned());
                }
                self.tree.places.insert(path.to_owned(), here);
                Ok(value)
            }
            Event::SequenceStart(..) => {
                self.tree.places.entry(path.to_owned()).or_insert(here);
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, _) => return Ok(Value::Array(items)),
                        (event, span) => {
                            let path = join(path, &items.len().to_string());
                            items.push(self.value(event, span, &path, depth + 1)?);
                        }
                    }
                }
            }
            Event::MappingStart(..) => {
                self.tree.places.entry(path.to_owned()).or_insert(here);
                let mut map = Map::new();
                loop {
                    let (event, span) = self.next()?;
                    let key = match event {
                        Event::MappingEnd => return Ok(Value::Object(map)),
                        Event::Scalar(key, _, 0, None) => key.into_owned(),
                        _ => {
                            return Err(fault_at(
                                place(span.start),
                                "kunci yang bukan teks",
                                "kunci berupa teks",
                            ));
                        }
                    };
                    let inner = join(path, &key);
                    let first = self.tree.places.get(&inner).copied();
                    self.tree.places.insert(inner.clone(), place(span.start));
                    if map.contains_key(&key) {
                        self.tree.twice(inner.clone(), place(span.start), first);
                    }
                    let (event, span) = self.next()?;
                    let value = self.value(event, span, &inner, depth + 1)?;
                    map.insert(key, value);
                }
            }
            _ => Err(fault_at(here, "susunan yang tidak terbaca", "isian")),
        }
    }
}

/// A plain scalar by the YAML 1.2 core schema.
pub(crate) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let whole = text.strip_prefix(['+', '-']).unwrap_or(text);
    let radix = |prefix: &str, base| {
        text.strip_prefix(prefix).and_then(|digits| u64::from_str_radix(digits, base).ok()).map(Value::from)
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if digits(whole) {
        let number = text.trim_start_matches('+');
        return number
            .parse::<u64>()
            .map(Value::from)
            .or_else(|_| number.parse::<i64>().map(Value::from))
            .ok()
            .or_else(|| number.parse().ok().and_then(Number::from_f64).map(Value::Number))
            .unwrap_or_else(|| Value::String(text.to_owned()));
    }
    if let Some(number) = radix("0x", 16).or_else(|| radix("0o", 8)) {
        return number;
    }
    let (mantissa, exponent) = whole.split_once(['e', 'E']).unwrap_or((whole, "0"));
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let float = (digits(before) || (before.is_empty() && digits(after)))
        && (after.is_empty() || digits(after))
        && digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    float
        .then(|| text.parse().ok().and_then(Number::from_f64).map(Value::Number))
        .flatten()
        .unwrap_or_else(|| Value::String(text.to_owned()))
}

fn place(marker: Marker) -> Place {
    Place { line: marker.line(), column: marker.col() + 1 }
}

fn fault_at(place: Place, found: &str, expected: &str) -> FileFault {
    FileFault::of_file(found, expected).at(place.line, Some(place.column))
}

/// What the scanner says is English and about tokens; people are told what usually is the cause.
fn broken_yaml(error: &ScanError, text: &str) -> FileFault {
    let place = place(*error.marker());
    let line = text.lines().nth(place.line.saturating_sub(1)).unwrap_or_default();
    let indented_by_tab = |line: &str| line.chars().take_while(|c| c.is_whitespace()).any(|c| c == '\t');
    let tab = text.lines().position(indented_by_tab).map(|at| at + 1);
    if let Some(tab) = tab.filter(|tab| indented_by_tab(line) || tab + 1 >= place.line) {
        let fault = FileFault::of_file("tab di awal baris", "spasi: YAML tidak memakai tab");
        return fault.at(tab, Some(1));
    }
    let info = error.info();
    let said = |words: &[&str]| words.iter().any(|word| info.contains(word));
    let (found, expected) = if said(&["mapping values", "illegal placement of ':'"]) {
        (
            "titik dua yang tidak pada tempatnya",
            "teks yang memuat titik dua di antara tanda kutip, atau awal baris yang sejajar",
        )
    } else if said(&["unexpected end of stream", "indentation in quoted"]) {
        ("tanda kutip yang tidak ditutup", "tanda kutip penutup")
    } else if said(&["trailing content after double-quoted", "expected whitespace"]) {
        ("teks setelah tanda kutip penutup", "seluruh teks di antara satu pasang tanda kutip")
    } else if said(&["escape"]) {
        ("garis miring terbalik di antara tanda kutip", "garis miring terbalik ditulis dua kali (\\\\)")
    } else if said(&["anchor"]) {
        (
            "jangkar atau alias YAML (& atau *)",
            "isian biasa; teks yang diawali tanda itu di antara tanda kutip",
        )
    } else if said(&["unexpected character", "cannot start"]) {
        ("tanda yang tidak dapat mengawali teks", "teks yang diawali tanda baca di antara tanda kutip")
    } else if said(&["flow", "bracket"]) {
        ("kurung yang tidak ditutup", "daftar `[a, b]` yang ditutup")
    } else {
        ("susunan YAML yang tidak terbaca", "`kunci: nilai`, dengan spasi di awal baris yang sejajar")
    };
    fault_at(place, found, expected)
}

/// Reads JSON.
///
/// # Errors
/// The fault that keeps it from being read.
pub(super) fn json(text: &str) -> Result<Tree, FileFault> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let (found, expected) = match error.classify() {
            serde_json::error::Category::Eof => ("akhir berkas", "kurung dan tanda kutip yang ditutup"),
            _ => ("susunan JSON yang tidak terbaca", "JSON yang sah"),
        };
        FileFault::of_file(found, expected).at(error.line(), Some(error.column().max(1)))
    })?;
    let mut walk =
        Json { rest: text.char_indices().peekable(), text, line: 1, line_start: 0, tree: Tree::default() };
    walk.value("");
    walk.tree.value = value;
    Ok(walk.tree)
}

/// Walks JSON that is known to be sound and notes where everything stands.
struct Json<'a> {
    rest: std::iter::Peekable<std::str::CharIndices<'a>>,
    text: &'a str,
    line: usize,
    line_start: usize,
    tree: Tree,
}

impl Json<'_> {
    fn skip(&mut self) -> Option<(usize, char)> {
        while let Some((at, c)) = self.rest.peek().copied() {
            match c {
                '\n' => {
                    self.line += 1;
                    self.line_start = at + 1;
                }
                ' ' | '\t' | '\r' | ',' | ':' => {}
                _ => return Some((at, c)),
            }
            self.rest.next();
        }
        None
    }

    fn place(&self, at: usize) -> Place {
        let column = self.text.get(self.line_start..at).map_or(0, |before| before.chars().count());
        Place { line: self.line, column: column + 1 }
    }

    /// A string, with its quotes.
    fn quoted(&mut self) -> &str {
        let start = self.rest.next().map_or(0, |(at, _)| at);
        while let Some((at, c)) = self.rest.next() {
            match c {
                '\\' => drop(self.rest.next()),
                '"' => return self.text.get(start..=at).unwrap_or_default(),
                _ => {}
            }
        }
        ""
    }

    fn value(&mut self, path: &str) {
        let Some((at, first)) = self.skip() else { return };
        let here = self.place(at);
        self.tree.places.entry(path.to_owned()).or_insert(here);
        match first {
            '{' => {
                self.rest.next();
                let mut seen = std::collections::HashSet::new();
                while let Some((at, '"')) = self.skip() {
                    let here = self.place(at);
                    let key: String = serde_json::from_str(self.quoted()).unwrap_or_default();
                    let inner = join(path, &key);
                    if !seen.insert(key) {
                        let first = self.tree.places.get(&inner).copied();
                        self.tree.twice(inner.clone(), here, first);
                    }
                    self.tree.places.insert(inner.clone(), here);
                    self.value(&inner);
                }
                self.rest.next();
            }
            '[' => {
                self.rest.next();
                let mut index = 0;
                while self.skip().is_some_and(|(_, c)| c != ']') {
                    self.value(&join(path, &index.to_string()));
                    index += 1;
                }
                self.rest.next();
            }
            '"' => drop(self.quoted()),
            _ => {
                while self
                    .rest
                    .next_if(|(_, c)| !matches!(c, ',' | '}' | ']') && !c.is_whitespace())
                    .is_some()
                {}
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn plain_words_are_read_by_the_core_schema() {
        for (text, value) in [
            ("012", json!(12)),
            ("123456789012345678", json!(123_456_789_012_345_678_u64)),
            ("1.5", json!(1.5)),
            ("1e3", json!(1000.0)),
            (".5", json!(0.5)),
            ("0x1F", json!(31)),
            ("0o17", json!(15)),
            ("yes", json!("yes")),
            ("on", json!("on")),
            ("2025-09-16", json!("2025-09-16")),
            ("192.0.2.1", json!("192.0.2.1")),
            ("12/3/2025", json!("12/3/2025")),
            ("1e", json!("1e")),
            (".", json!(".")),
            ("", Value::Null),
        ] {
            assert_eq!(resolve(text), value, "{text}");
        }
    }

    #[test]
    fn every_value_knows_its_place_in_yaml_and_in_json() {
        let yaml = yaml("a:\n  b: 1\n  c:\n    - x\n    - d: \"é\"\n").unwrap();
        assert_eq!(yaml.value, json!({"a": {"b": 1, "c": ["x", {"d": "é"}]}}));
        let json = json("{\"a\": {\"b\": 1,\n\t\"c\": [\"x\",\n {\"d\": \"é\\n\\\"\"}]}}").unwrap();
        assert_eq!(json.value, json!({"a": {"b": 1, "c": ["x", {"d": "é\n\""}]}}));
        let at = |tree: &Tree, path: &str| tree.place(path).map(|place| (place.line, place.column));
        assert_eq!(at(&yaml, "a.b"), Some((2, 6)));
        assert_eq!(at(&yaml, "a.c"), Some((3, 3)));
        assert_eq!(at(&yaml, "a.c.1.d"), Some((5, 10)));
        assert_eq!(at(&yaml, "a.c.0.unknown"), Some((4, 7)));
        assert_eq!(at(&json, "a.b"), Some((1, 8)));
        assert_eq!(at(&json, "a.c.0"), Some((2, 8)));
        assert_eq!(at(&json, "a.c.1.d"), Some((3, 3)));
    }

    #[test]
    fn a_file_that_cannot_be_read_names_the_line_and_the_likely_cause() {
        for (text, line, said) in [
            ("a: 1\n\tb: 2\n", 2, "tab"),
            ("a: 1\nb: c: d\n", 2, "titik dua"),
            ("a: 1\nb: \"c\n", 2, "kutip"),
            ("a: 1\nb: &x 2\n", 2, "jangkar"),
            ("a: 1\nb: !!str 2\n", 2, "penanda"),
            ("a: 1\n---\nb: 2\n", 3, "dokumen kedua"),
            ("a: 1\n? [b]\n: 2\n", 2, "kunci"),
            ("a: @b\n", 1, "mengawali"),
            ("a: \"b\" c\n", 1, "penutup"),
            ("a: \"\\q\"\n", 1, "garis miring"),
            ("a: *b\n", 1, "jangkar"),
            ("a: [b,\n  c\n", 3, "kurung"),
        ] {
            let fault = yaml(text).unwrap_err();
            assert!(fault.found.contains(said) && fault.line == Some(line), "{text:?}: {fault}");
        }
        assert_eq!(json("{\"a\": 1,\n b}").unwrap_err().line, Some(2));
        assert!(json("{\"a\": ").unwrap_err().found.contains("akhir berkas"));
    }

    #[test]
    fn a_key_twice_is_told_with_both_lines() {
        for tree in [yaml("a: 1\nb: 2\na: 3\n").unwrap(), json("{\"a\": 1,\n\"b\": 2,\n\"a\": 3}").unwrap()] {
            let said = tree.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
            assert!(said.contains("baris 3") && said.contains("baris 1"), "{said}");
        }
    }

    #[test]
    fn a_hostile_file_is_refused_without_harm() {
        for text in ["[".repeat(500_000), "{a: ".repeat(100_000), "- ".repeat(300_000), "? ".repeat(300_000)]
        {
            assert!(yaml(&text).is_err());
        }
        assert!(json(&"[".repeat(500_000)).is_err());
    }
}
