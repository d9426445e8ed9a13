//! The outline of a file: its headings, nested by level, each leading to its place.

use std::io::Write;

use super::file::{File, Id, push_number, push_text};

/// An entry of the outline.
pub(super) struct Entry {
    /// Nesting, from 0.
    pub(super) depth: u8,
    /// What it says.
    pub(super) title: String,
    /// Where it leads: a page and a height on it.
    pub(super) place: Option<(Id, f32)>,
}

/// Writes the outline; none without entries.
pub(super) fn write(file: &mut File, entries: &[Entry]) -> Option<Id> {
    if entries.is_empty() {
        return None;
    }
    let root = file.reserve();
    let ids: Vec<Id> = entries.iter().map(|_| file.reserve()).collect();
    let parents = parents(entries);
    // Rows of siblings: of the file itself, and below each entry.
    let mut top: Vec<usize> = Vec::new();
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); entries.len()];
    let mut before: Vec<Option<usize>> = vec![None; entries.len()];
    let mut after: Vec<Option<usize>> = vec![None; entries.len()];
    for at in 0..entries.len() {
        let row = match parents[at] {
            Some(parent) => &mut below[parent],
            None => &mut top,
        };
        if let Some(&last) = row.last() {
            before[at] = Some(last);
            after[last] = Some(at);
        }
        row.push(at);
    }
    let family = |out: &mut Vec<u8>, row: &[usize], open: bool| {
        if let (Some(&first), Some(&last)) = (row.first(), row.last()) {
            let count = if open { row.len() as i64 } else { -(row.len() as i64) };
            let _ = write!(out, "/First {}/Last {}/Count {count}", ids[first], ids[last]);
        }
    };
    for (at, entry) in entries.iter().enumerate() {
        file.object(ids[at], |out| {
            out.extend_from_slice(b"<</Title");
            push_text(out, &entry.title);
            let _ = write!(out, "/Parent {}", parents[at].map_or(root, |parent| ids[parent]));
            if let Some(before) = before[at] {
                let _ = write!(out, "/Prev {}", ids[before]);
            }
            if let Some(after) = after[at] {
                let _ = write!(out, "/Next {}", ids[after]);
            }
            family(out, &below[at], false);
            if let Some((page, height)) = entry.place {
                let _ = write!(out, "/Dest[{page}/XYZ null ");
                push_number(out, height.round());
                out.extend_from_slice(b" null]");
            }
            out.extend_from_slice(b">>");
        });
    }
    file.object(root, |out| {
        out.extend_from_slice(b"<</Type/Outlines");
        family(out, &top, true);
        out.extend_from_slice(b">>");
    });
    Some(root)
}

/// The entry each entry stands under.
fn parents(entries: &[Entry]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        while open.last().is_some_and(|&last| entries[last].depth >= entry.depth) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(at);
    }
    parents
}
