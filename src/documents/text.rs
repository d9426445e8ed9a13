//! The plain-text writer: the same blocks in lines of a fixed width, labels kept.

use super::model::{
    Align, Block, Cell, CheckMark, Diagram, DiagramBox, Document, FactTable, FormHeader, Heading, Letterhead,
    Para, Run, SignatureBlock, SignatureColumn, Table,
};

/// Characters on a line.
const WIDTH: usize = 80;
/// Characters of an indent.
const INDENT: usize = 4;
/// No indent goes deeper than this, so that words keep room.
const DEEPEST: usize = 32;
/// Between columns of a table. Rules and boxes are drawn with signs that no paper uses as words.
const RULE: &str = " │ ";
/// Characters in a box of a diagram, with and without another beside it.
const BOX: usize = 56;
const BOX_WITH_ASIDE: usize = 40;
/// Characters in an empty frame.
const FRAME: usize = 36;
/// Between a box and the one beside it.
const ARROW: usize = 12;

/// Writes a document as plain text; lines end in `\n`.
pub fn render(document: &Document) -> String {
    let mut page = Page { lines: Vec::new() };
    page.document(document);
    page.finish()
}

/// Writes several documents below each other.
pub fn render_all(documents: &[Document]) -> String {
    let mut page = Page { lines: Vec::new() };
    for (at, document) in documents.iter().enumerate() {
        if at > 0 {
            page.blank();
            page.lines.push("═".repeat(WIDTH));
            page.blank();
        }
        page.document(document);
    }
    page.finish()
}

struct Page {
    lines: Vec<String>,
}

impl Page {
    fn finish(mut self) -> String {
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        let mut text = self.lines.join("\n");
        text.push('\n');
        text
    }

    fn document(&mut self, document: &Document) {
        let furniture = &document.furniture;
        for mark in &furniture.mark {
            self.right(mark);
        }
        if let Some(form) = &furniture.form {
            self.form(form);
        }
        if let Some(mark) = &furniture.watermark {
            self.centred(mark);
            self.blank();
        }
        for block in &document.blocks {
            self.block(block);
        }
        if let Some(check) = &furniture.check {
            self.check(check);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Para(para) => self.para(para),
            Block::Facts(table) => self.facts(table),
            Block::Table(table) => self.table(table),
            Block::Signatures(block) => self.signatures(block),
            Block::Letterhead(head) => self.letterhead(head),
            Block::Diagram(diagram) => self.diagram(diagram),
            Block::Picture(figure) => {
                self.blank();
                self.centred(&plain(&figure.caption));
                self.blank();
            }
            Block::Frame(frame) => {
                self.blank();
                let mut inside = vec![String::new()];
                inside.extend(wrapped(&plain(&frame.caption), FRAME).iter().map(|l| in_the_middle(l, FRAME)));
                inside.push(String::new());
                let room = boxed(&inside, FRAME);
                self.centred_lines(&room);
                self.blank();
            }
            Block::Space { .. } => self.blank(),
            Block::PageBreak => {
                self.blank();
                self.lines.push("─".repeat(WIDTH));
                self.blank();
            }
        }
    }

    /// Title beside the rows of an official form.
    fn form(&mut self, form: &FormHeader) {
        let (left, right) = (WIDTH / 2 - 2, WIDTH / 2 - 1);
        let titles = std::iter::once(&form.kind).chain(&form.title);
        let title: Vec<String> = titles.flat_map(|line| wrapped(line, left)).collect();
        let widest = form.rows.iter().map(|(label, _)| width(label)).max().unwrap_or(0).min(16);
        let mut rows = Vec::new();
        for (label, value) in &form.rows {
            let value = wrapped(value, right - widest - 3);
            let first = value.first().map_or("", String::as_str);
            rows.push(format!("{} : {first}", padded(label, widest)));
            rows.extend(value.iter().skip(1).map(|rest| format!("{}{rest}", " ".repeat(widest + 3))));
        }
        self.side_by_side(&[title, rows], &[left, right], RULE);
        self.lines.push("─".repeat(WIDTH));
        self.blank();
    }

    /// Where the paper can be checked.
    fn check(&mut self, check: &CheckMark) {
        self.blank();
        self.lines.push("─".repeat(WIDTH));
        for line in check.lines.iter().chain([&check.url]) {
            self.lines.extend(wrapped(line, WIDTH));
        }
    }

    fn letterhead(&mut self, head: &Letterhead) {
        head.names.iter().chain(&head.details).for_each(|runs| self.centred(&plain(runs)));
        self.lines.push("═".repeat(WIDTH));
        self.blank();
    }

    fn right(&mut self, text: &str) {
        for line in wrapped(text, WIDTH) {
            let pad = WIDTH.saturating_sub(width(&line));
            self.lines.push(format!("{}{line}", " ".repeat(pad)));
        }
    }

    /// Lines of one width, together in the middle.
    fn centred_lines(&mut self, lines: &[String]) {
        let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
        let pad = " ".repeat((WIDTH - widest.min(WIDTH)) / 2);
        self.lines.extend(lines.iter().map(|line| format!("{pad}{line}").trim_end().to_owned()));
    }

    fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn centred(&mut self, text: &str) {
        self.lines.extend(wrapped(text, WIDTH).iter().map(|line| in_the_middle(line, WIDTH)));
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
            (None, Align::Right) => self.right(&text),
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
            self.lines.push("─".repeat(WIDTH));
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

    /// Boxes below each other with arrows between them; what happens otherwise stands at the right.
    fn diagram(&mut self, diagram: &Diagram) {
        self.blank();
        let aside = diagram.boxes.iter().any(|one| one.aside.is_some());
        let outer = if aside { BOX_WITH_ASIDE } else { BOX };
        let mut lines = Vec::new();
        for (at, one) in diagram.boxes.iter().enumerate() {
            lines.extend(Self::diagram_box(one, outer));
            let foot = " ".repeat(outer / 2);
            if at + 1 < diagram.boxes.len() || one.to_next.is_some() {
                let label = one.to_next.as_deref().unwrap_or_default();
                let label = wrapped(label, outer / 2 - 2);
                lines.push(format!("{foot}│ {}", label.first().map_or("", String::as_str)));
                lines.extend(label.iter().skip(1).map(|rest| format!("{foot}│ {rest}")));
                lines.push(format!("{foot}↓"));
            }
        }
        let pad = if aside { 0 } else { (WIDTH - outer) / 2 };
        let pad = " ".repeat(pad);
        self.lines.extend(lines.iter().map(|line| format!("{pad}{line}").trim_end().to_owned()));
        self.blank();
        self.centred(&plain(&diagram.caption));
        self.blank();
    }

    fn diagram_box(one: &DiagramBox, outer: usize) -> Vec<String> {
        let inner = outer - 4;
        let words = [wrapped(&plain(&one.title), inner), wrapped(&plain(&one.text), inner)].concat();
        let mut left = boxed(&words, inner);
        let Some(aside) = &one.aside else { return left };
        let room = WIDTH - outer - ARROW - 4;
        let right = boxed(&wrapped(&plain(&aside.text), room), room);
        let mut label = vec![String::new()];
        label.extend(wrapped(&aside.label, ARROW - 2).iter().map(|line| format!(" {line}")));
        label.push(format!(" {}→", "─".repeat(ARROW - 3)));
        let rows = left.len().max(right.len()).max(label.len());
        left.resize(rows, String::new());
        (0..rows)
            .map(|row| {
                let cell = |lines: &[String], to| padded(lines.get(row).map_or("", String::as_str), to);
                format!("{}{}{}", cell(&left, outer), cell(&label, ARROW), cell(&right, 0))
            })
            .collect()
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
                self.lines.push(format!("{}{}", " ".repeat(WIDTH - each), in_the_middle(&line, each)));
            }
        }
        let side = |rows: Vec<Vec<String>>| {
            if only { [vec![Vec::new()], rows].concat() } else { rows }
        };
        let middle = |lines: Vec<String>| lines.iter().map(|line| in_the_middle(line, each)).collect();
        let wrap = |lines: &[Vec<Run>]| -> Vec<String> {
            middle(lines.iter().flat_map(|runs| wrapped(&plain(runs), each)).collect())
        };
        let widths = vec![each; count];
        let headings = block.columns.iter().map(|column| wrap(&column.heading)).collect();
        self.side_by_side(&side(headings), &widths, "    ");
        let room = |column: &SignatureColumn| {
            if column.stamp_box {
                boxed(&[SignatureColumn::STAMP.to_owned()], 9)
            } else {
                vec![String::new(); 3]
            }
        };
        let rooms = block.columns.iter().map(room).collect();
        self.side_by_side(&side(rooms), &widths, "    ");
        let names = block.columns.iter().map(|column| wrap(std::slice::from_ref(&column.name))).collect();
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

/// Lines in a frame whose inside is at least this wide.
fn boxed(lines: &[String], inner: usize) -> Vec<String> {
    let inner = lines.iter().map(|line| width(line)).max().unwrap_or(0).max(inner);
    let rule = "─".repeat(inner + 2);
    let mut drawn = vec![format!("┌{rule}┐")];
    drawn.extend(lines.iter().map(|line| format!("│ {} │", padded(line, inner))));
    drawn.push(format!("└{rule}┘"));
    drawn
}

fn in_the_middle(line: &str, of: usize) -> String {
    format!("{}{line}", " ".repeat(of.saturating_sub(width(line)) / 2))
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
    use super::super::any_document::{paper, para, sample};
    use super::super::model::{Aside, BoxShape};
    use super::*;

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

    #[test]
    fn a_diagram_shows_what_follows_what_and_what_happens_otherwise() {
        let one = |title: &str, text: &str, shape| DiagramBox {
            shape,
            title: vec![Run::bold(title)],
            text: vec![Run::plain(text)],
            to_next: None,
            aside: None,
        };
        let aside = Aside { label: "Tidak".to_owned(), text: vec![Run::plain("Permohonan dikembalikan")] };
        let decision = DiagramBox {
            aside: Some(aside),
            to_next: Some("Ya".to_owned()),
            ..one("Petugas", "NIK cocok?", BoxShape::Decision)
        };
        let boxes = vec![decision, one("Selesai", "Layanan diberikan", BoxShape::Terminal)];
        let caption = vec![Run::plain("Gambar 1. Alur layanan")];
        let text = render(&paper(vec![Block::Diagram(Diagram { alt: "Alur".to_owned(), boxes, caption })]));
        let drawn = [
            "┌──────────────────────────────────────┐            ┌──────────────────────────┐",
            "│ Petugas                              │ Tidak      │ Permohonan dikembalikan  │",
            "│ NIK cocok?                           │ ─────────→ └──────────────────────────┘",
            "└──────────────────────────────────────┘",
            "                    │ Ya",
            "                    ↓",
            "┌──────────────────────────────────────┐",
            "│ Selesai                              │",
            "│ Layanan diberikan                    │",
            "└──────────────────────────────────────┘",
            "",
            "                             Gambar 1. Alur layanan",
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), drawn);
    }

    #[test]
    fn a_letterhead_is_centred_above_its_rule_and_a_date_stands_right() {
        let head = Letterhead {
            logo: None,
            names: vec![vec![Run::bold("DINAS PERIKANAN")]],
            details: vec![vec![Run::plain("Jalan Bahari 1")]],
        };
        let date = Para { align: Align::Right, ..para("Nusa Kencana, 2 Mei 2031") };
        let text = render(&paper(vec![Block::Letterhead(head), Block::Para(date)]));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], format!("{}DINAS PERIKANAN", " ".repeat(32)));
        assert_eq!(lines[2], "═".repeat(WIDTH));
        assert_eq!(lines[4], format!("{:>80}", "Nusa Kencana, 2 Mei 2031"));
    }

    #[test]
    fn a_form_says_its_number_once_above_and_where_to_check_it_below() {
        let mut document = paper(vec![Block::Para(para("Isi."))]);
        document.furniture.mark = vec!["INTERNAL".to_owned()];
        document.furniture.form = Some(FormHeader {
            kind: "FORMULIR".to_owned(),
            title: vec!["SURAT PERNYATAAN".to_owned()],
            rows: vec![("No. Dokumen".to_owned(), "FR-01".to_owned())],
            page_label: "Halaman".to_owned(),
        });
        document.furniture.check = Some(CheckMark {
            url: "https://contoh.id/n/1".to_owned(),
            lines: vec!["Cek salinan:".to_owned()],
        });
        let text = render_all(&[document.clone(), document]);
        for part in
            ["INTERNAL", "SURAT PERNYATAAN", "No. Dokumen : FR-01", "Cek salinan:\nhttps://contoh.id/n/1"]
        {
            assert_eq!(text.matches(part).count(), 2, "{part} in\n{text}");
        }
    }
}
