//! Fact rows, "Nama : nilai": labels, colons and values in three columns without borders. Each row is
//! read as one paragraph.

use super::PdfError;
use super::layout::{LABEL_AT_MOST, Typesetter, merge};
use super::strip::{Before, Text};
use super::tree::Tag;
use crate::documents::model::{Align, Block, FactTable, Run};

/// Labels take at most this share of a column.
const FACT_LABEL_AT_MOST: f32 = 0.4;
/// Fact tables up to this many lines stay on one page.
const FACTS_KEPT: usize = 10;

impl Typesetter<'_> {
    /// Alike in the whole paper, so that the colons of all parties stand under each other.
    pub(super) fn widest_fact_labels(&mut self, blocks: &[Block]) -> Result<[f32; 2], PdfError> {
        let most = self.geometry.column * FACT_LABEL_AT_MOST;
        let mut widest = [0.0f32; 2];
        for block in blocks {
            if let Block::Facts(table) = block {
                let kind = usize::from(table.label.is_some());
                for (label, _) in &table.rows {
                    widest[kind] = widest[kind].max(self.width(label, false)?).min(most);
                }
            }
        }
        Ok(widest)
    }

    pub(super) fn facts(&mut self, table: &FactTable) -> Result<(), PdfError> {
        let column = self.geometry.column;
        let colon = [Run::plain(":")];
        let number_width = match &table.label {
            Some(label) => {
                let width = self.width(&[Run::plain(label)], false)? + self.size * 0.6;
                width.max(self.size * 2.3).min(column * LABEL_AT_MOST)
            }
            None => 0.0,
        };
        let labels = self.fact_labels[usize::from(table.label.is_some())];
        let colon_left = number_width + labels + self.size * 1.6;
        let value_left = colon_left + self.size * 0.9;
        // Each row with the lines of its number and label: these stay on one page, or the label would be
        // read on after the value.
        let mut rows: Vec<(Vec<Vec<Text>>, usize)> = Vec::new();
        for (at, (label, value)) in table.rows.iter().enumerate() {
            let node = self.node(Tag::P);
            let mut row = Vec::new();
            let mut labelled = 0;
            self.within(node, |this| -> Result<(), PdfError> {
                if let Some(number) = table.label.as_ref().filter(|_| at == 0) {
                    let number = [Run::plain(number.clone())];
                    row = this.column(&number, false, 0.0, number_width, Align::Left)?;
                }
                merge(&mut row, this.column(label, false, number_width, labels, Align::Left)?);
                labelled = row.len();
                merge(&mut row, this.column(&colon, false, colon_left, this.size * 0.9, Align::Left)?);
                let value = this.column(value, false, value_left, column - value_left, Align::Justify)?;
                merge(&mut row, value);
                Ok(())
            })?;
            rows.push((row, labelled));
        }
        let kept = rows.iter().map(|(row, _)| row.len()).sum::<usize>() <= FACTS_KEPT;
        for (at, (row, labelled)) in rows.into_iter().enumerate() {
            self.space_above(if at == 0 { 0.5 } else { 0.08 });
            let count = row.len();
            for (n, texts) in row.into_iter().enumerate() {
                let lonely = n > 0 && (n == 1 || n + 1 == count || n < labelled);
                let keep = lonely || (at > 0 && n == 0 && (kept || at == 1));
                let mut strip = self.strip(if keep { Before::Kept } else { Before::Free });
                let left = self.geometry.left;
                strip.texts =
                    texts.into_iter().map(|text| Text { line: text.line.shifted(left), ..text }).collect();
                self.push(strip);
            }
        }
        Ok(())
    }
}
