//! Rows of the outline. An entry names the one after it, so each waits until that is known.

use std::io::Write;

use super::super::PdfError;
use super::file::{File, push_text};
use super::paper::Place;

/// Entries below an entry: first, last, and how many show when it is opened.
pub(super) type Below = Option<(u32, u32, usize)>;

/// An entry of the outline.
pub(super) struct Item {
    pub(super) id: u32,
    pub(super) title: String,
    pub(super) place: Option<Place>,
    pub(super) below: Below,
}

/// Entries under one parent.
pub(super) struct Row {
    parent: u32,
    first: Option<u32>,
    count: usize,
    before: Option<u32>,
    waiting: Option<Item>,
}

impl Row {
    /// An empty row.
    pub(super) const fn new(parent: u32) -> Self {
        Self { parent, first: None, count: 0, before: None, waiting: None }
    }

    /// Adds an entry and writes the one before it.
    pub(super) fn push<W: Write>(&mut self, file: &mut File<W>, item: Item) -> Result<(), PdfError> {
        let id = item.id;
        self.first = self.first.or(Some(id));
        self.count += 1;
        match self.waiting.replace(item) {
            Some(item) => self.write(file, &item, Some(id), false),
            None => Ok(()),
        }
    }

    /// Writes the last entry.
    pub(super) fn close<W: Write>(&mut self, file: &mut File<W>) -> Result<Below, PdfError> {
        let (Some(last), Some(first)) = (self.waiting.take(), self.first) else { return Ok(None) };
        self.write(file, &last, None, false)?;
        Ok(Some((first, last.id, self.count)))
    }

    /// Writes the last entry and the outline itself; an only entry stands open.
    pub(super) fn close_root<W: Write>(&mut self, file: &mut File<W>) -> Result<(), PdfError> {
        let (Some(last), Some(first)) = (self.waiting.take(), self.first) else { return Ok(()) };
        let only = self.count == 1;
        self.write(file, &last, None, only)?;
        let shown = self.count + last.below.filter(|_| only).map_or(0, |(.., count)| count);
        file.object(self.parent, |out| {
            let _ = write!(out, "<</Type/Outlines/First {first} 0 R/Last {} 0 R/Count {shown}>>", last.id);
        })
    }

    fn write<W: Write>(
        &mut self,
        file: &mut File<W>,
        item: &Item,
        next: Option<u32>,
        open: bool,
    ) -> Result<(), PdfError> {
        let (parent, before) = (self.parent, self.before.replace(item.id));
        file.object(item.id, |out| {
            out.extend_from_slice(b"<</Title");
            push_text(out, &item.title);
            let _ = write!(out, "/Parent {parent} 0 R");
            if let Some(before) = before {
                let _ = write!(out, "/Prev {before} 0 R");
            }
            if let Some(next) = next {
                let _ = write!(out, "/Next {next} 0 R");
            }
            if let Some((page, top)) = item.place {
                let _ = write!(out, "/Dest[{page} 0 R/XYZ null {top} null]");
            }
            if let Some((first, last, count)) = item.below {
                let sign = if open { "" } else { "-" };
                let _ = write!(out, "/First {first} 0 R/Last {last} 0 R/Count {sign}{count}");
            }
            out.extend_from_slice(b">>");
        })
    }
}
