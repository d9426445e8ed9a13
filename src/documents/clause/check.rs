//! Faults of one wording that show without printing a paper: names that no fact has, tags that are not
//! closed, markup that no paper can hold. Every branch is looked at.

use super::scan::{EACH, Scan, Use, scan};
use super::tree::refused_markup;
use crate::documents::vocabulary::Node;
use crate::domain::wording::capitalise;

/// Longest wording, in bytes; the longest of ours has a tenth of it.
pub const LONGEST: usize = 64 * 1024;

/// Why a wording cannot be kept, for the person who writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Its line, from 1; none where it concerns the whole.
    pub line: Option<usize>,
    /// What is wrong, without the line and without a full stop.
    pub text: String,
}

impl Fault {
    /// A fault in a line.
    pub fn at(line: usize, text: impl Into<String>) -> Self {
        Self { line: (line > 0).then_some(line), text: text.into() }
    }

    /// A fault of the whole.
    pub fn whole(text: impl Into<String>) -> Self {
        Self { line: None, text: text.into() }
    }

    /// "Baris 12: isian “user.nama” tidak dikenal; mungkin “user.name”?"
    pub fn sentence(&self) -> String {
        let end = if self.text.ends_with(['?', '.']) { "" } else { "." };
        match self.line {
            Some(line) => format!("Baris {line}: {}{end}", self.text),
            None => format!("{}{end}", capitalise(&self.text)),
        }
    }
}

/// What is wrong with a text by itself, and what it holds.
pub fn check(text: &str, vocabulary: &Node) -> (Scan, Vec<Fault>) {
    if text.len() > LONGEST {
        let told = Fault::whole("redaksi ini terlalu panjang; paling banyak 64 kilobita");
        return (Scan::default(), vec![told]);
    }
    let read = scan(text);
    let mut faults: Vec<Fault> =
        read.faults.iter().map(|(line, text)| Fault::at(*line, text.clone())).collect();
    faults.extend(read.uses.iter().filter_map(|used| unknown(used, vocabulary)));
    faults.extend(
        refused_markup(&read.words)
            .into_iter()
            .map(|(line, what)| Fault::at(line, format!("{what} tidak dapat dicetak"))),
    );
    if read.words.trim().is_empty() && !text.contains("{#") {
        faults.push(Fault::whole(
            "redaksi ini kosong; bila bagian ini memang ditiadakan, tulis alasannya di antara {# dan #}",
        ));
    }
    faults.sort();
    faults.dedup();
    (read, faults)
}

/// Why a fact cannot be named there.
fn unknown(used: &Use, vocabulary: &Node) -> Option<Fault> {
    let path = used.path.as_ref()?;
    let written = &used.written;
    let Some(node) = vocabulary.at(path) else {
        let told = format!("isian “{written}” tidak dikenal{}", suggestion(used, path, vocabulary));
        return Some(Fault::at(used.line, told));
    };
    if !used.printed || node.printable {
        return None;
    }
    let told = if let Some(name) = node.fields.keys().next() {
        format!("“{written}” adalah kelompok isian; sebut salah satu isinya, misalnya “{written}.{name}”")
    } else if node.entry.is_some() {
        format!("“{written}” adalah daftar; cetak satu per satu dengan {{% for butir in {written} %}}")
    } else if node.yes_no {
        format!("“{written}” adalah ya atau tidak; pakai sebagai syarat, {{% if {written} %}}")
    } else {
        return None;
    };
    Some(Fault::at(used.line, told))
}

/// "; mungkin “user.name”?", where something is near.
fn suggestion(used: &Use, path: &[String], vocabulary: &Node) -> String {
    let known: Vec<String> = match path.iter().rposition(|part| part == EACH) {
        // Inside a loop only the entry's own names make sense.
        Some(at) => {
            let variable = used.written.split('.').next().unwrap_or_default();
            let entry = vocabulary.at(&path[..=at]);
            let names = entry.into_iter().flat_map(|entry| entry.fields.keys());
            names.map(|name| format!("{variable}.{name}")).collect()
        }
        None => vocabulary.leaves().into_iter().map(|(path, _)| path).collect(),
    };
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    similar::get_close_matches(used.written.as_str(), &known, 1, 0.6)
        .first()
        .map_or_else(String::new, |near| format!("; mungkin “{near}”?"))
}
