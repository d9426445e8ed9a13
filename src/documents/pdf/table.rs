//! Bordered tables. All lines of a row lie on one grid, so a row breaks over pages between any two
//! lines and every border closes.

use super::PdfError;
use super::layout::{Typesetter, merge};
use super::strip::{Before, Grid, Slot, Strip, Text};
use crate::documents::model::{Align, Cell, Table};

/// A header taller than this share of the page is not repeated.
const REPEATED_UP_TO: f32 = 0.4;

impl Typesetter<'_> {
    pub(super) fn table(&mut self, table: &Table) -> Result<(), PdfError> {
        let columns = table.header.iter().chain(&table.rows).map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return Ok(());
        }
        let edges = self.edges(&table.widths, columns);
        let number = self.flow.grids.len();
        self.flow.grids.push(Grid { edges: edges.clone(), header: Vec::new() });
        let first = self.flow.strips.len();
        self.space_above(0.5);
        for (at, row) in table.header.iter().chain(&table.rows).enumerate() {
            let header = at < table.header.len();
            self.row(row, &edges, Slot { table: number, row: at, header })?;
            if header {
                self.keep();
            }
        }
        let header: Vec<Strip> = self.flow.strips[first..]
            .iter()
            .take_while(|strip| strip.slot.is_some_and(|slot| slot.header))
            .map(|strip| Strip { gap: 0.0, before: Before::Kept, ..strip.clone() })
            .collect();
        let height: f32 = header.iter().map(|strip| strip.height).sum();
        if height <= self.geometry.room() * REPEATED_UP_TO {
            self.flow.grids[number].header = header;
        }
        self.space_above(0.5);
        Ok(())
    }

    /// Column edges; equal columns where the widths make no sense.
    fn edges(&self, widths: &[f32], columns: usize) -> Vec<f32> {
        let sound = widths.len() == columns && widths.iter().all(|&w| w.is_finite() && w > 0.0);
        let shares = if sound { widths.to_vec() } else { vec![1.0; columns] };
        let least = (self.size * 2.4).min(self.geometry.column / columns as f32);
        let total: f32 = shares.iter().sum();
        let spare = self.geometry.column - least * columns as f32;
        let wide_enough = shares.iter().all(|share| self.geometry.column * share / total >= least);
        let mut edge = self.geometry.left;
        let mut edges = vec![edge];
        for share in shares {
            edge += if wide_enough {
                self.geometry.column * share / total
            } else {
                least + spare * share / total
            };
            edges.push(edge);
        }
        edges
    }

    fn row(&mut self, cells: &[Cell], edges: &[f32], slot: Slot) -> Result<(), PdfError> {
        let pad = self.size * 0.42;
        let mut rows: Vec<Vec<Text>> = vec![Vec::new()];
        for (cell, edge) in cells.iter().zip(edges.windows(2)) {
            let (left, right) = (edge[0] + pad, edge[1] - pad);
            let lines = self.cell(cell, right - left, slot.header)?;
            let placed = lines
                .into_iter()
                .map(|texts| {
                    let shift = |text: Text| Text { line: text.line.shifted(left), ..text };
                    texts.into_iter().map(shift).collect()
                })
                .collect();
            merge(&mut rows, placed);
        }
        let count = rows.len();
        let pad_above = self.size * 0.25;
        for (at, texts) in rows.into_iter().enumerate() {
            let lonely = at > 0 && (slot.header || at == 1 || at + 1 == count);
            let mut strip = self.strip(if lonely { Before::Kept } else { Before::Free });
            strip.texts = texts;
            strip.slot = Some(slot);
            if at == 0 {
                strip.height += pad_above;
                for text in &mut strip.texts {
                    text.baseline += pad_above;
                }
            }
            if at + 1 == count {
                strip.height += self.size * 0.35;
                strip.ends_row = true;
            }
            self.push(strip);
        }
        Ok(())
    }

    fn cell(&mut self, cell: &Cell, width: f32, header: bool) -> Result<Vec<Vec<Text>>, PdfError> {
        let indents = self.indents(cell.paras.iter(), width, self.size * 1.7)?;
        let mut rows = Vec::new();
        for para in &cell.paras {
            let lines = if header && para.label.is_none() {
                self.column(&para.runs, true, 0.0, width, Align::Center)?
            } else {
                self.para(para, &indents, width)?
            };
            rows.extend(lines);
        }
        Ok(rows)
    }
}
