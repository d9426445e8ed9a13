//! Two texts line by line, with the words that differ in a changed line.

use similar::{ChangeTag, TextDiff};

use super::super::pages::wordings::{Difference, DifferenceLine};

/// Lines shown around a change.
const AROUND: usize = 2;

/// What leads from one text to another.
pub fn difference(from: &str, to: &str) -> Difference {
    let diff = TextDiff::from_lines(from, to);
    let mut lines = Vec::new();
    for (nth, group) in diff.grouped_ops(AROUND).iter().enumerate() {
        if nth > 0 {
            lines.push(DifferenceLine { kind: "cut", ..DifferenceLine::default() });
        }
        for change in group.iter().flat_map(|op| diff.iter_inline_changes(op)) {
            let (kind, told, at) = match change.tag() {
                ChangeTag::Equal => ("same", "", change.new_index()),
                ChangeTag::Delete => ("out", "dihapus", change.old_index()),
                ChangeTag::Insert => ("in", "ditambah", change.new_index()),
            };
            lines.push(DifferenceLine {
                kind,
                number: at.map(|at| (at + 1).to_string()).unwrap_or_default(),
                told,
                words: words(change.iter_strings_lossy().map(|(marked, text)| (text.into_owned(), marked))),
            });
        }
    }
    Difference { lines }
}

/// Neighbours that are marked alike become one, without the line's end.
fn words(parts: impl Iterator<Item = (String, bool)>) -> Vec<(String, bool)> {
    let mut words: Vec<(String, bool)> = Vec::new();
    for (text, marked) in parts {
        let text = text.trim_end_matches(['\n', '\r']);
        match words.last_mut() {
            _ if text.is_empty() => {}
            Some((before, same)) if *same == marked => before.push_str(text),
            _ => words.push((text.to_owned(), marked)),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_shows_which_words_changed() {
        let found = difference("a\nb\nDemikian dibuat dua kali.\n", "a\nb\nDemikian disusun dua kali.\n");
        let told: Vec<(&str, &str)> =
            found.lines.iter().map(|line| (line.kind, line.number.as_str())).collect();
        assert_eq!(told, [("same", "1"), ("same", "2"), ("out", "3"), ("in", "3")]);
        let marked: Vec<&str> = found.lines[3]
            .words
            .iter()
            .filter(|(_, marked)| *marked)
            .map(|(text, _)| text.as_str())
            .collect();
        assert_eq!(marked, ["disusun"]);
        assert_eq!(difference("a\n", "a\n").lines.len(), 0);
    }

    #[test]
    fn far_lines_are_left_out() {
        let from: String = (0..40).map(|n| format!("baris {n}\n")).collect();
        let to = from.replace("baris 3\n", "baris tiga\n").replace("baris 30\n", "");
        let kinds: Vec<&str> = difference(&from, &to).lines.iter().map(|line| line.kind).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == "cut").count(), 1);
        assert!(kinds.len() < 15, "{kinds:?}");
    }
}
