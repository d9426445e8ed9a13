//! The plain-text writer: the same blocks in lines of a fixed width, labels kept.

use super::model::{
    Align, Block, Cell, Diagram, Document, FactTable, Heading, Para, Run, SignatureBlock, Table,
};

/// Characters on a line.
const WIDTH: usize = 80;
/// Characters of an indent.
const INDENT: usize = 4;
/// No indent goes deeper than this, so that words keep room.
const DEEPEST: usize = 32;
/// Between columns of a table.
const RULE: &str = " | ";

/// Writes a document as plain text; lines end in `\n`.
pub fn render(document: &Document) -> String {
    let mut page = Page { lines: Vec::new() };
    if let Some(mark) = &document.furniture.watermark {
        page.centred(mark);
        page.blank();
    }
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => page.heading(heading),
            Block::Para(para) => page.para(para),
            Block::Facts(table) => page.facts(table),
            Block::Table(table) => page.table(table),
            Block::Signatures(block) => page.signatures(block),
            Block::Letterhead(head) => {
                head.names.iter().chain(&head.details).for_each(|runs| page.centred(&plain(runs)));
                page.lines.push("=".repeat(WIDTH));
                page.blank();
            }
            Block::Diagram(diagram) => page.diagram(diagram),
            Block::Picture(figure) => page.centred(&plain(&figure.caption)),
            Block::Frame(frame) => page.centred(&plain(&frame.caption)),
            Block::Space { .. } => page.blank(),
            Block::PageBreak => {
                page.blank();
                page.lines.push("-".repeat(WIDTH));
                page.blank();
            }
        }
    }
    while page.lines.last().is_some_and(String::is_empty) {
        page.lines.pop();
    }
    let mut text = page.lines.join("\n");
    text.push('\n');
    text
}

struct Page {
    lines: Vec<String>,
}

impl Page {
    fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn centred(&mut self, text: &str) {
        for line in wrapped(text, WIDTH) {
            let pad = (WIDTH - width(&line).min(WIDTH)) / 2;
            self.lines.push(format!("{}{line}", " ".repeat(pad)));
        }
    }

    /// Text behind a label that stands in the indent.
    fn hanging(&mut self, label: &str, text: &str, left: usize, hang: usize) {
        let lines = wrapped(text, WIDTH - left - hang);
        let first = lines.first().cloned().unwrap_or_default();
        if width(label) < hang || label.is_empty() {
            let pad = " ".repeat(hang - width(label).min(hang));
            self.lines.push(format!("{}{label}{pad}{first}", " ".repeat(left)).trim_end().to_owned());
        } else {
            self.lines
                .extend(wrapped(label, WIDTH - left).iter().map(|l| format!("{}{l}", " ".repeat(left))));
            if !first.is_empty() {
                self.lines.push(format!("{}{first}", " ".repeat(left + hang)));
            }
        }
        for line in lines.iter().skip(1) {
            self.lines.push(format!("{}{line}", " ".repeat(left + hang)));
        }
    }

    fn heading(&mut self, heading: &Heading) {
        self.blank();
        for runs in &heading.lines {
            self.centred(&plain(runs));
        }
        self.blank();
    }

    fn para(&mut self, para: &Para) {
        let left = (usize::from(para.level) * INDENT).min(DEEPEST);
        let text = plain(&para.runs);
        match (&para.label, para.align) {
            (Some(label), _) => self.hanging(label, &text, left, INDENT.max(width(label) + 1).min(12)),
            (None, Align::Center) => self.centred(&text),
            (None, Align::Right) => {
                for line in wrapped(&text, WIDTH) {
                    let pad = WIDTH.saturating_sub(width(&line));
                    self.lines.push(format!("{}{line}", " ".repeat(pad)));
                }
            }
            (None, _) if text.is_empty() => {}
            (None, _) => self.hanging("", &text, left, 0),
        }
        if para.level == 0 && para.label.is_none() {
            self.blank();
        }
    }

    fn facts(&mut self, table: &FactTable) {
        let number = table.label.as_deref().unwrap_or_default();
        let left = if table.label.is_some() { INDENT.max(width(number) + 1).min(12) } else { 0 };
        let widest = table.rows.iter().map(|(label, _)| width(&plain(label))).max().unwrap_or(0).min(24);
        for (at, (label, value)) in table.rows.iter().enumerate() {
            let mut number = wrapped(if at == 0 { number } else { "" }, left.saturating_sub(1).max(1));
            let mut label = wrapped(&plain(label), widest.max(1));
            let mut value = wrapped(&plain(value), WIDTH - left - widest - 3);
            let rows = number.len().max(label.len()).max(value.len()).max(1);
            for column in [&mut number, &mut label, &mut value] {
                column.resize(rows, String::new());
            }
            for row in 0..rows {
                let colon = if row == 0 { " : " } else { "   " };
                let line = format!(
                    "{}{}{colon}{}",
                    padded(&number[row], left),
                    padded(&label[row], widest),
                    value[row]
                );
                self.lines.push(line.trim_end().to_owned());
            }
        }
        self.blank();
    }

    fn table(&mut self, table: &Table) {
        let columns = table.header.iter().chain(&table.rows).map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        let room = WIDTH.saturating_sub(RULE.len() * (columns - 1)).max(columns);
        let sound = table.widths.len() == columns && table.widths.iter().all(|w| w.is_finite() && *w > 0.0);
        let total: f32 = table.widths.iter().sum();
        let widths: Vec<usize> = (0..columns)
            .map(|at| {
                let share = if sound { table.widths[at] / total } else { 1.0 / columns as f32 };
                ((room as f32 * share) as usize).max(1)
            })
            .collect();
        self.blank();
        for row in &table.header {
            self.row(row, &widths);
        }
        if !table.header.is_empty() {
            self.lines.push("-".repeat(WIDTH));
        }
        for row in &table.rows {
            self.row(row, &widths);
        }
        self.blank();
    }

    fn row(&mut self, cells: &[Cell], widths: &[usize]) {
        let mut columns: Vec<Vec<String>> = Vec::new();
        for (at, &column) in widths.iter().enumerate() {
            let mut lines = Vec::new();
            for para in cells.get(at).iter().flat_map(|cell| &cell.paras) {
                let label = para.label.as_deref().unwrap_or_default();
                lines.extend(wrapped(format!("{label} {}", plain(&para.runs)).trim(), column));
            }
            columns.push(lines);
        }
        self.side_by_side(&columns, widths, RULE);
    }

    fn side_by_side(&mut self, columns: &[Vec<String>], widths: &[usize], between: &str) {
        let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
        for row in 0..rows {
            let cells: Vec<String> = columns
                .iter()
                .zip(widths)
                .map(|(lines, &width)| padded(lines.get(row).map_or("", String::as_str), width))
                .collect();
            self.lines.push(cells.join(between).trim_end().to_owned());
        }
    }

    fn diagram(&mut self, diagram: &Diagram) {
        for one in &diagram.boxes {
            self.hanging("-", format!("{} {}", plain(&one.title), plain(&one.text)).trim(), 0, INDENT);
            if let Some(aside) = &one.aside {
                self.hanging("", &format!("{} : {}", aside.label, plain(&aside.text)), INDENT, INDENT);
            }
            if let Some(label) = &one.to_next {
                self.hanging("", label, INDENT, 0);
            }
        }
        self.centred(&plain(&diagram.caption));
        self.blank();
    }

    fn signatures(&mut self, block: &SignatureBlock) {
        self.blank();
        if let Some(runs) = &block.heading {
            self.centred(&plain(runs));
        }
        let count = block.columns.len().max(2);
        let each = (WIDTH - 4 * (count - 1).min(10)) / count;
        let each = each.max(1);
        let only = block.columns.len() == 1;
        if let Some(runs) = &block.place_and_date {
            for line in wrapped(&plain(runs), each) {
                self.lines.push(format!("{}{line}", " ".repeat(WIDTH - each)));
            }
        }
        let side = |rows: Vec<Vec<String>>| {
            if only { [vec![Vec::new()], rows].concat() } else { rows }
        };
        let wrap = |lines: &[Vec<Run>]| -> Vec<String> {
            lines.iter().flat_map(|runs| wrapped(&plain(runs), each)).collect()
        };
        let widths = vec![each; count];
        let headings = block.columns.iter().map(|column| wrap(&column.heading)).collect();
        self.side_by_side(&side(headings), &widths, "    ");
        self.lines.extend(std::iter::repeat_n(String::new(), 3));
        let names = block.columns.iter().map(|c| wrapped(&plain(&c.name), each)).collect();
        self.side_by_side(&side(names), &widths, "    ");
        let below = block.columns.iter().map(|column| wrap(&column.below)).collect();
        self.side_by_side(&side(below), &widths, "    ");
        self.blank();
    }
}

fn plain(runs: &[Run]) -> String {
    let joined: String = runs.iter().map(|run| run.text.as_str()).collect();
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// Text in lines of at most `columns` characters; a longer word stands alone on a line.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::super::any_document::{any_document, paper, para, sample, stretches};
    use super::*;

    fn counted<'a>(words: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
        let mut counts = HashMap::new();
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
        counts
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

        #[test]
        fn every_word_of_any_document_is_there(document in any_document()) {
            let text = render(&document);
            let stretches = stretches(&document);
            let wanted = counted(stretches.iter().flat_map(|stretch| stretch.split_whitespace()));
            let printed = counted(text.split_whitespace());
            for (word, count) in wanted {
                prop_assert!(printed.get(word).copied().unwrap_or(0) >= count, "missing: {}", word);
            }
        }
    }

    #[test]
    fn lines_are_no_longer_than_the_page() {
        let text = render(&sample());
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"));
    }

    #[test]
    fn items_hang_behind_their_labels() {
        let items = [("(1)", 0, "Para pihak sepakat."), ("a.", 1, "menjaga rahasia;")];
        let blocks = items.map(|(label, level, text)| {
            Block::Para(Para { label: Some(label.to_owned()), level, ..para(text) })
        });
        let text = render(&paper(blocks.to_vec()));
        assert_eq!(text, "(1) Para pihak sepakat.\n    a.  menjaga rahasia;\n");
    }

    #[test]
    fn facts_stand_under_each_other() {
        let row = |label: &str, value: &str| (vec![Run::plain(label)], vec![Run::plain(value)]);
        let rows = vec![row("Nama", "Ratna Widuri"), row("Jabatan", "Kepala Dinas")];
        let table = FactTable { label: Some("1.".to_owned()), rows };
        let text = render(&paper(vec![Block::Facts(table)]));
        assert_eq!(text, "1.  Nama    : Ratna Widuri\n    Jabatan : Kepala Dinas\n");
    }
}
