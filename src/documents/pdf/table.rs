//! Bordered tables. All lines of a row lie on one grid, so a row breaks over pages between any two
//! lines and every border closes.

use super::PdfError;
use super::layout::{Typesetter, merge};
use super::strip::{Before, Grid, Slot, Strip, Text};
use super::tree::{Lists, NodeId, Tag};
use crate::documents::model::{Align, Cell, Para, Run, Table};

/// A header taller than this share of the page is not repeated.
const REPEATED_UP_TO: f32 = 0.4;
/// A word up to this share of the text width may widen its column; a wider one is cut.
const WORD_UP_TO: f32 = 0.4;
/// No character is wider than this, in em: a word of few characters need not be measured.
const WIDEST: f32 = 1.1;
/// Sizes tried for a header whose words do not fit, as multiples of the paper's.
const SMALLER: [f32; 5] = [1.0, 0.93, 0.86, 0.79, 0.72];
/// Label columns in cells, in em.
const LABELS: f32 = 1.7;

impl Typesetter<'_> {
    pub(super) fn table(&mut self, table: &Table) -> Result<(), PdfError> {
        let columns = table.header.iter().chain(&table.rows).map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return Ok(());
        }
        let (edges, smaller) = self.edges(table, columns)?;
        let number = self.flow.grids.len();
        self.flow.grids.push(Grid { edges: edges.clone(), header: Vec::new() });
        let first = self.flow.strips.len();
        let node = self.node(Tag::Table);
        self.space_above(0.5);
        let (size, leading) = (self.size, self.leading);
        (self.size, self.leading) = (size * smaller, leading * smaller);
        for (row, cells) in table.header.iter().enumerate() {
            self.row(cells, &edges, Slot { table: number, row, header: true }, node)?;
            self.keep();
        }
        (self.size, self.leading) = (size, leading);
        for (at, cells) in table.rows.iter().enumerate() {
            let row = table.header.len() + at;
            self.row(cells, &edges, Slot { table: number, row, header: false }, node)?;
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

    fn pad(&self) -> f32 {
        self.size * 0.42
    }

    /// Column edges: the shares asked for, equal ones where these make no sense, and a column that would
    /// cut a word takes what it needs from the others. Where the words of the header still need more than
    /// there is, it is set smaller: by how much, stands in the second answer.
    fn edges(&mut self, table: &Table, columns: usize) -> Result<(Vec<f32>, f32), PdfError> {
        let asked = &table.widths;
        let sound = asked.len() == columns && asked.iter().all(|&w| w.is_finite() && w > 0.0);
        let shares = if sound { asked.clone() } else { vec![1.0; columns] };
        let total: f32 = shares.iter().sum();
        let column = self.geometry.column;
        let wished: Vec<f32> = shares.iter().map(|share| column * share / total).collect();
        let least = (self.size * 2.4).min(column / columns as f32);
        let wide_enough = |widths: &[f32], wished: &[f32]| widths.iter().zip(wished).all(|(n, w)| n <= w);
        let mut by_header = self.needs(&table.header, true, &wished, least)?;
        let mut by_rows = self.needs(&table.rows, false, &wished, least)?;
        if !wide_enough(&by_header, &wished) || !wide_enough(&by_rows, &wished) {
            // Columns will give way: now it matters how far each of them can.
            let none = vec![0.0; columns];
            by_header = self.needs(&table.header, true, &none, least)?;
            by_rows = self.needs(&table.rows, false, &none, least)?;
        }
        let needs = |smaller: f32| -> Vec<f32> {
            by_header.iter().zip(&by_rows).map(|(header, rows)| rows.max(header * smaller)).collect()
        };
        let fits = |smaller: &f32| needs(*smaller).iter().sum::<f32>() <= column;
        let smaller = SMALLER.into_iter().find(fits).unwrap_or(1.0);
        let mut edge = self.geometry.left;
        let mut edges = vec![edge];
        for width in shared_out(&wished, &needs(smaller), column) {
            edge += width;
            edges.push(edge);
        }
        Ok((edges, smaller))
    }

    /// What the words in some rows need of each column, where that is more than `enough`.
    fn needs(
        &mut self,
        rows: &[Vec<Cell>],
        header: bool,
        enough: &[f32],
        least: f32,
    ) -> Result<Vec<f32>, PdfError> {
        let mut needed = vec![least; enough.len()];
        for row in rows {
            for ((cell, needed), enough) in row.iter().zip(&mut needed).zip(enough) {
                for para in &cell.paras {
                    *needed = needed.max(self.widest_word(para, header, needed.max(*enough))?);
                }
            }
        }
        Ok(needed)
    }

    /// The column that the widest word of a paragraph asks for, if that is more than `enough`.
    fn widest_word(&mut self, para: &Para, header: bool, enough: f32) -> Result<f32, PdfError> {
        let indent = match (&para.label, header) {
            (None, true) => 0.0,
            (None, false) => LABELS * self.size * f32::from(para.level.min(3)),
            (Some(_), _) => LABELS * self.size * (f32::from(para.level.min(3)) + 1.0),
        };
        let around = 2.0 * self.pad() + indent + 0.1;
        let mut widest = 0.0f32;
        for run in &para.runs {
            let bold = run.bold || (header && para.label.is_none());
            for word in run.text.split(|c: char| c.is_whitespace() || c == '/' || c == '-') {
                let most = word.chars().count() as f32 * WIDEST * self.size + around;
                if most <= enough.max(widest) {
                    continue;
                }
                let style = Run { slot: None, text: word.to_owned(), ..run.clone() };
                let beside = if para.runs.len() > 1 { self.size * 0.4 } else { 0.0 };
                let width = self.width(&[style], bold)? + around + beside;
                if width <= self.geometry.column * WORD_UP_TO {
                    widest = widest.max(width);
                }
            }
        }
        Ok(if widest > enough { widest } else { 0.0 })
    }

    fn row(&mut self, cells: &[Cell], edges: &[f32], slot: Slot, table: NodeId) -> Result<(), PdfError> {
        let pad = self.pad();
        let mut rows: Vec<Vec<Text>> = vec![Vec::new()];
        // Where a page must not end: as the longest cell asks.
        let mut lonely_lines: Vec<usize> = Vec::new();
        let node = self.node_under(table, Tag::Tr);
        for (cell, edge) in cells.iter().zip(edges.windows(2)) {
            let (left, right) = (edge[0] + pad, edge[1] - pad);
            let node = self.node_under(node, if slot.header { Tag::Th } else { Tag::Td });
            let (lines, lonely) = self.cell(cell, right - left, slot.header, node)?;
            if lines.len() > rows.len() {
                lonely_lines = lonely;
            }
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
            let lonely = at > 0 && (slot.header || at == 1 || at + 1 == count || lonely_lines.contains(&at));
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

    /// The lines of a cell, and which of them would be left alone by a page that ends before them. A cell
    /// of one paragraph is read as such; in others the paragraphs and lists are told apart.
    fn cell(
        &mut self,
        cell: &Cell,
        width: f32,
        header: bool,
        node: NodeId,
    ) -> Result<(Vec<Vec<Text>>, Vec<usize>), PdfError> {
        let indents = self.indents(cell.paras.iter(), width, self.size * LABELS)?;
        let mut rows = Vec::new();
        let mut lonely = Vec::new();
        let mut lists = Lists::default();
        for para in &cell.paras {
            let lines = if header && para.label.is_none() {
                self.within(node, |this| this.column(&para.runs, true, 0.0, width, Align::Center))?
            } else if cell.paras.len() == 1 && para.label.is_none() {
                self.within(node, |this| this.unlabelled(para, &indents, width))?
            } else {
                self.para(para, &indents, width, (&mut lists, node))?
            };
            let (from, count) = (rows.len(), lines.len());
            if count > 1 {
                lonely.extend([from + 1, from + count - 1]);
            }
            rows.extend(lines);
        }
        Ok((rows, lonely))
    }
}

/// Widths that sum to `column`: as wished, but none below its need while the others can spare it.
fn shared_out(wished: &[f32], needed: &[f32], column: f32) -> Vec<f32> {
    let total: f32 = needed.iter().sum();
    if total >= column {
        return needed.iter().map(|need| need * column / total).collect();
    }
    let mut fixed = vec![false; wished.len()];
    loop {
        let taken: f32 = needed.iter().zip(&fixed).filter(|(_, fixed)| **fixed).map(|(need, _)| need).sum();
        let free: f32 = wished.iter().zip(&fixed).filter(|(_, fixed)| !**fixed).map(|(wish, _)| wish).sum();
        let scale = (column - taken) / free.max(0.001);
        let widths: Vec<f32> =
            (0..wished.len()).map(|at| if fixed[at] { needed[at] } else { wished[at] * scale }).collect();
        let short = (0..wished.len()).find(|&at| !fixed[at] && widths[at] < needed[at]);
        match short {
            Some(at) => fixed[at] = true,
            None => return widths,
        }
    }
}
