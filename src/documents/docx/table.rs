//! Bordered tables and tables of facts.

use super::body::{Body, CELL_INDENT};
use super::numbering::Open;
use super::styles::Style;
use super::text::Look;
use crate::documents::model::{Align, Block, Cell, FactTable, Run, Table};

/// Fact tables up to this many rows stay on one page.
const FACTS_KEPT: usize = 10;
/// The label column of facts takes at most this share of the text width.
const FACT_LABEL_AT_MOST: i32 = 40;

/// A table without borders whose text stands flush with the text around it.
pub(super) const BARE: &str = "{width}<w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
     <w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar>\
     <w:tblLook w:val=\"0000\"/>";

impl Body<'_> {
    pub(super) fn table(&mut self, table: &Table, tie: bool) {
        let columns = table.header.iter().chain(&table.rows).map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        let widths = self.column_widths(&table.widths, columns);
        self.before_table(false);
        let pad = self.face.em(0.42);
        self.open_table(
            &format!(
                "<w:tblStyle w:val=\"TabelBergaris\"/>{{width}}<w:tblLayout w:type=\"fixed\"/><w:tblCellMar>\
                 <w:left w:w=\"{pad}\" w:type=\"dxa\"/><w:right w:w=\"{pad}\" w:type=\"dxa\"/></w:tblCellMar>\
                 <w:tblLook w:val=\"0020\" w:firstRow=\"1\"/>"
            ),
            &widths,
        );
        for row in &table.header {
            self.open_row("<w:cantSplit/><w:tblHeader/>");
            for (at, &width) in widths.iter().enumerate() {
                self.head_cell(row.get(at), width, pad);
            }
            self.close_row();
        }
        let mut lists = vec![Open::default(); columns];
        for (at, row) in table.rows.iter().enumerate() {
            let keep = tie && at + 2 >= table.rows.len();
            self.open_row("");
            for (column, &width) in widths.iter().enumerate() {
                self.open_cell(width, "");
                let paras = row.get(column).map_or(&[][..], |cell| &cell.paras);
                for para in paras {
                    let look = Look::of(Style::Cell).kept(keep || para.keep_with_next);
                    let unit = self.face.em(CELL_INDENT);
                    self.para(para, look, &mut lists[column], width - 2 * pad, unit);
                }
                if paras.is_empty() {
                    self.line(Style::Cell, &[], keep);
                }
                self.close_cell();
            }
            self.close_row();
        }
        self.close_table();
    }

    fn head_cell(&mut self, cell: Option<&Cell>, width: i32, pad: i32) {
        self.open_cell(width, "<w:vAlign w:val=\"center\"/>");
        let paras = cell.map_or(&[][..], |cell| &cell.paras);
        for para in paras {
            if para.label.is_none() {
                self.line(Style::HeadCell, &para.runs, true);
            } else {
                let look = Look::of(Style::Cell).kept(true);
                let unit = self.face.em(CELL_INDENT);
                self.para(para, look, &mut Open::default(), width - 2 * pad, unit);
            }
        }
        if paras.is_empty() {
            self.line(Style::HeadCell, &[], true);
        }
        self.close_cell();
    }

    /// Column widths in twips that fill the text; equal ones where the shares make no sense.
    fn column_widths(&self, shares: &[f32], columns: usize) -> Vec<i32> {
        let sound = shares.len() == columns && shares.iter().all(|&share| share.is_finite() && share > 0.0);
        let shares = if sound { shares.to_vec() } else { vec![1.0; columns] };
        let room = self.sheet.column();
        let count = i32::try_from(columns).unwrap_or(i32::MAX);
        let least = self.face.em(2.4).min(room / count);
        let spare = (room - least * count) as f32;
        let total: f32 = shares.iter().sum();
        let wide_enough = shares.iter().all(|share| room as f32 * share / total >= least as f32);
        shares
            .iter()
            .map(|share| {
                if wide_enough {
                    (room as f32 * share / total) as i32
                } else {
                    least + (spare * share / total) as i32
                }
            })
            .collect()
    }

    pub(super) fn facts(&mut self, table: &FactTable, tie: bool) {
        if table.rows.is_empty() {
            return;
        }
        let number = table.label.as_deref().map(|label| {
            let least = self.face.em(2.3);
            least.max(self.face.width_of(label) + self.face.em(0.5)).min(self.sheet.column() * 3 / 10)
        });
        let colon = self.face.em(0.9);
        let value = self.sheet.column() - number.unwrap_or(0) - self.fact_labels - colon;
        let widths: Vec<i32> = number.into_iter().chain([self.fact_labels, colon, value]).collect();
        self.before_table(true);
        self.open_table(BARE, &widths);
        for (at, (label, text)) in table.rows.iter().enumerate() {
            let last = at + 1 == table.rows.len();
            let keep = tie || (!last && table.rows.len() <= FACTS_KEPT);
            self.open_row("<w:cantSplit/>");
            if let Some(width) = number {
                self.open_cell(width, "");
                let label = table.label.clone().filter(|_| at == 0).unwrap_or_default();
                self.line(Style::Fact, &[Run::plain(label)], keep);
                self.close_cell();
            }
            self.open_cell(self.fact_labels, "");
            self.line(Style::Fact, label, keep);
            self.close_cell();
            self.open_cell(colon, "");
            self.line(Style::Fact, &[Run::plain(":")], keep);
            self.close_cell();
            self.open_cell(value, "");
            let runs = self.runs(Style::Fact, text);
            // A sentence is justified; a name or an address of two lines would only be torn.
            let length: usize = text.iter().map(|run| run.text.chars().count()).sum();
            let lines = length as f32 * self.face.em(0.55) as f32 / value.max(1) as f32;
            let look = Look::of(Style::Fact).kept(keep);
            let look = Look { align: (lines > 2.5).then_some(Align::Justify), ..look };
            self.paragraph(&look, &runs);
            self.close_cell();
            self.close_row();
        }
        self.close_table();
    }

    /// Alike in the whole paper, so that the colons of all parties stand under each other.
    pub(super) fn widest_fact_label(&self, blocks: &[Block]) -> i32 {
        let widest = blocks
            .iter()
            .filter_map(|block| if let Block::Facts(table) = block { Some(table) } else { None })
            .flat_map(|table| &table.rows)
            .map(|(label, _)| label.iter().map(|run| self.face.width_of(&run.text)).sum::<i32>())
            .max()
            .unwrap_or(0);
        (widest + self.face.em(1.4)).min(self.sheet.column() * FACT_LABEL_AT_MOST / 100)
    }
}
