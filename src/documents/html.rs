//! The HTML writer: the same blocks as a fragment for the browser, styled by `assets/css/paper.css`.
//! No inline style and no script, so a strict content security policy holds.

use std::collections::HashSet;

use super::model::{
    Align, Block, BoxShape, Cell, CheckMark, Diagram, DiagramBox, Document, FactTable, Figure, FontFamily,
    FormHeader, Frame, Heading, Letterhead, Para, Picture, Run, SignatureBlock, SignatureColumn, Table,
};

/// Column widths exist as classes in steps of this many per cent.
const WIDTH_STEP: f32 = 5.0;
/// Deepest level that has its own indent in the style sheet.
const DEEPEST: u8 = 6;

/// Pixels of the screen in a millimetre.
const PIXELS_PER_MM: f32 = 96.0 / 25.4;

/// Writes a document as `<article class="paper">…</article>`.
pub fn render(document: &Document) -> String {
    let mut page = Page { html: String::with_capacity(32 * 1024), ids: HashSet::new() };
    page.document(document);
    page.html
}

/// Writes several documents, an article each; an anchor leads to the first that has it.
pub fn render_all(documents: &[Document]) -> String {
    let mut page = Page { html: String::with_capacity(32 * 1024 * documents.len()), ids: HashSet::new() };
    for document in documents {
        page.document(document);
    }
    page.html
}

/// Text that is safe inside elements and quoted attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Neither HTML nor XML can carry them.
            other if other.is_control() => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

struct Page {
    html: String,
    ids: HashSet<String>,
}

impl Page {
    fn document(&mut self, document: &Document) {
        let furniture = &document.furniture;
        let face = match furniture.font {
            FontFamily::Bonum => "paper",
            FontFamily::Liberation => "paper sans",
        };
        self.html.push_str(&format!("<article class=\"{face}\" lang=\"id\">\n"));
        if let Some(mark) = &furniture.watermark {
            self.element("p", "watermark", &escaped(mark));
        }
        if !furniture.mark.is_empty() {
            let lines: Vec<String> = furniture.mark.iter().map(|line| escaped(line)).collect();
            self.element("p", "mark", &lines.join("<br>"));
        }
        if let Some(form) = &furniture.form {
            self.form(form);
        }
        for block in &document.blocks {
            self.block(block);
        }
        if let Some(check) = &furniture.check {
            self.check(check);
        }
        self.close("article");
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
            Block::Picture(figure) => self.figure(figure),
            Block::Frame(frame) => self.frame(frame),
            Block::Space { .. } => {}
            Block::PageBreak => self.html.push_str("<hr class=\"page-break\">\n"),
        }
    }

    /// The header table of an official form, without the page: the screen has none.
    fn form(&mut self, form: &FormHeader) {
        self.open("header", "form");
        self.open("div", "");
        self.element("p", "kind", &escaped(&form.kind));
        for line in &form.title {
            self.element("p", "form-title", &escaped(line));
        }
        self.close("div");
        self.open("dl", "");
        for (label, value) in &form.rows {
            self.html.push_str(&format!("<dt>{}</dt><dd>{}</dd>\n", escaped(label), escaped(value)));
        }
        self.close("dl");
        self.close("header");
    }

    fn check(&mut self, check: &CheckMark) {
        self.open("footer", "check");
        for line in &check.lines {
            self.element("p", "", &escaped(line));
        }
        let url = escaped(&check.url);
        if check.url.starts_with("https://") || check.url.starts_with("http://") {
            self.element("p", "", &format!("<a href=\"{url}\">{url}</a>"));
        } else {
            self.element("p", "", &url);
        }
        self.close("footer");
    }

    fn open(&mut self, name: &str, class: &str) {
        self.html.push('<');
        self.html.push_str(name);
        if !class.is_empty() {
            self.html.push_str(" class=\"");
            self.html.push_str(class);
            self.html.push('"');
        }
        self.html.push('>');
    }

    fn close(&mut self, name: &str) {
        self.html.push_str("</");
        self.html.push_str(name);
        self.html.push_str(">\n");
    }

    fn element(&mut self, name: &str, class: &str, content: &str) {
        self.open(name, class);
        self.html.push_str(content);
        self.close(name);
    }

    /// ` id="…"` for an anchor, once per page.
    fn id(&mut self, anchor: Option<&String>) -> String {
        let Some(anchor) = anchor else { return String::new() };
        let id: String = anchor.split_whitespace().collect::<Vec<_>>().join("-");
        if id.is_empty() || !self.ids.insert(id.clone()) {
            return String::new();
        }
        format!(" id=\"{}\"", escaped(&id))
    }

    fn heading(&mut self, heading: &Heading) {
        let name = match heading.level {
            0 | 1 => "h1",
            2 => "h2",
            _ => "h3",
        };
        let id = self.id(heading.anchor.as_ref());
        let lines: Vec<String> = heading.lines.iter().map(|runs| inline(runs)).collect();
        self.html.push_str(&format!("<{name}{id}>{}", lines.join("<br>")));
        self.close(name);
    }

    fn para(&mut self, para: &Para) {
        let id = self.id(para.anchor.as_ref());
        let mut classes = vec![match para.align {
            Align::Justify => "justify".to_owned(),
            Align::Left => "left".to_owned(),
            Align::Center => "center".to_owned(),
            Align::Right => "right".to_owned(),
        }];
        if para.level > 0 {
            classes.push(format!("level-{}", para.level.min(DEEPEST)));
        }
        let text = inline(&para.runs);
        let body = match &para.label {
            Some(label) => {
                classes.push("item".to_owned());
                let label = escaped(label);
                format!("<span class=\"label\">{label}</span> <span class=\"body\">{text}</span>")
            }
            None => text,
        };
        self.html.push_str(&format!("<p{id} class=\"{}\">{body}", classes.join(" ")));
        self.close("p");
    }

    fn facts(&mut self, table: &FactTable) {
        self.open("table", "facts");
        self.html.push('\n');
        for (at, (label, value)) in table.rows.iter().enumerate() {
            self.html.push_str("<tr>");
            if let Some(number) = &table.label {
                let number = if at == 0 { escaped(number) } else { String::new() };
                self.html.push_str(&format!("<td class=\"number\">{number}</td>"));
            }
            self.html.push_str(&format!(
                "<th scope=\"row\">{}</th><td class=\"colon\">:</td><td>{}</td>",
                inline(label),
                inline(value)
            ));
            self.close("tr");
        }
        self.close("table");
    }

    fn table(&mut self, table: &Table) {
        self.open("table", "grid");
        if !table.widths.is_empty() {
            self.html.push_str("<colgroup>");
            for width in &table.widths {
                let share = if width.is_finite() { width * 100.0 } else { 0.0 };
                let step = (share / WIDTH_STEP).round().clamp(1.0, 20.0) * WIDTH_STEP;
                self.html.push_str(&format!("<col class=\"w-{step}\">"));
            }
            self.close("colgroup");
        }
        if !table.header.is_empty() {
            self.open("thead", "");
            self.rows(&table.header, "th");
            self.close("thead");
        }
        self.open("tbody", "");
        self.rows(&table.rows, "td");
        self.close("tbody");
        self.close("table");
    }

    fn rows(&mut self, rows: &[Vec<Cell>], name: &str) {
        for row in rows {
            self.open("tr", "");
            for cell in row {
                self.html.push_str(if name == "th" { "<th scope=\"col\">" } else { "<td>" });
                for para in &cell.paras {
                    self.para(para);
                }
                self.close(name);
            }
            self.close("tr");
        }
    }

    fn letterhead(&mut self, head: &Letterhead) {
        self.open("header", "letterhead");
        if let Some(logo) = &head.logo {
            self.picture(logo);
        }
        self.open("div", "");
        for (at, runs) in head.names.iter().enumerate() {
            let last = at + 1 == head.names.len();
            self.element("p", if last { "issuer" } else { "issuer-above" }, &inline(runs));
        }
        for runs in &head.details {
            self.element("p", "detail", &inline(runs));
        }
        self.close("div");
        self.close("header");
    }

    fn picture(&mut self, picture: &Picture) {
        self.html.push_str(&format!(
            "<img src=\"data:image/png;base64,{}\" width=\"{}\" height=\"{}\" alt=\"{}\">\n",
            escaped(&picture.png),
            picture.width,
            picture.height,
            escaped(&picture.alt)
        ));
    }

    fn caption(&mut self, runs: &[Run]) {
        if !runs.is_empty() {
            self.element("figcaption", "", &inline(runs));
        }
    }

    fn figure(&mut self, figure: &Figure) {
        self.open("figure", "picture");
        self.picture(&figure.picture);
        self.caption(&figure.caption);
        self.close("figure");
    }

    fn diagram(&mut self, diagram: &Diagram) {
        let asides = diagram.boxes.iter().any(|one| one.aside.is_some());
        let class = if asides { "diagram with-asides" } else { "diagram" };
        self.html.push_str(&format!(
            "<figure class=\"{class}\" role=\"group\" aria-label=\"{}\">\n<ol>\n",
            escaped(&diagram.alt)
        ));
        for (at, one) in diagram.boxes.iter().enumerate() {
            self.diagram_box(one, at + 1 == diagram.boxes.len());
        }
        self.close("ol");
        self.caption(&diagram.caption);
        self.close("figure");
    }

    fn diagram_box(&mut self, one: &DiagramBox, last: bool) {
        self.open("li", "");
        let shape = match one.shape {
            BoxShape::Terminal => "box terminal",
            BoxShape::Step => "box step",
            BoxShape::Decision => "box decision",
            BoxShape::Node => "box node",
        };
        self.open("div", shape);
        if !one.title.is_empty() {
            self.element("p", "title", &inline(&one.title));
        }
        self.element("p", "", &inline(&one.text));
        self.close("div");
        if let Some(aside) = &one.aside {
            self.element("p", "arrow-right", &escaped(&aside.label));
            self.open("div", "box step");
            self.element("p", "", &inline(&aside.text));
            self.close("div");
        }
        if !last || one.to_next.is_some() {
            self.element("p", "arrow-down", &escaped(one.to_next.as_deref().unwrap_or_default()));
        }
        self.close("li");
    }

    /// The size stands in attributes of a drawing: a style attribute would break the content policy.
    fn frame(&mut self, frame: &Frame) {
        let pixels = |length: f32| {
            let length = if length.is_finite() { length.clamp(5.0, 400.0) } else { 50.0 };
            (length * PIXELS_PER_MM).round()
        };
        let (width, height) = (pixels(frame.width), pixels(frame.height));
        self.open("div", "frame");
        self.html.push_str(&format!(
            "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">\
             <rect x=\"1\" y=\"1\" width=\"{}\" height=\"{}\"/></svg>\n",
            width - 2.0,
            height - 2.0
        ));
        self.element("p", "", &inline(&frame.caption));
        self.close("div");
    }

    fn signatures(&mut self, block: &SignatureBlock) {
        let class = format!("signatures columns-{}", block.columns.len().min(2));
        self.open("section", &class);
        self.html.push('\n');
        if let Some(runs) = &block.heading {
            self.element("p", "above", &inline(runs));
        }
        if let Some(runs) = &block.place_and_date {
            self.element("p", "place-and-date", &inline(runs));
        }
        for column in &block.columns {
            self.open("div", "signatory");
            self.html.push('\n');
            for runs in &column.heading {
                self.element("p", "heading", &inline(runs));
            }
            if column.stamp_box {
                self.element("p", "room stamp", SignatureColumn::STAMP);
            } else {
                self.element("p", "room", "");
            }
            self.element("p", "name", &inline(&column.name));
            for runs in &column.below {
                self.element("p", "below", &inline(runs));
            }
            self.close("div");
        }
        self.close("section");
    }
}

fn inline(runs: &[Run]) -> String {
    let mut html = String::new();
    for run in runs {
        let mut text = escaped(&run.text);
        if run.italic {
            text = format!("<em>{text}</em>");
        }
        if run.bold {
            text = format!("<strong>{text}</strong>");
        }
        if run.gap {
            text = format!("<mark class=\"gap\">{text}</mark>");
        }
        html.push_str(&text);
    }
    html
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::super::any_document::{everything, paper, para, sample};
    use super::*;

    #[test]
    fn text_never_becomes_markup() {
        let html = render(&paper(vec![Block::Para(para("<script>alert('x')</script> & \"kutip\""))]));
        assert!(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;kutip&quot;"));
        assert!(!html.contains("<script"));
    }

    #[test]
    fn the_page_needs_neither_inline_style_nor_script() {
        let html = render(&sample()) + &render(&everything());
        for forbidden in ["style=", "<style", "<script", "onclick", "javascript:"] {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn headings_labels_gaps_and_tables_keep_their_meaning() {
        let html = render(&sample());
        assert!(html.starts_with("<article class=\"paper\" lang=\"id\">"));
        assert!(html.contains("<h3 id=\"duties\">Pasal 4<br>HAK DAN KEWAJIBAN</h3>"));
        assert!(html.contains("<span class=\"label\">(1)</span> <span class=\"body\">"));
        assert!(html.contains("<mark class=\"gap\">…(nomor Pihak Kedua)…</mark>"));
        assert!(html.contains("<th scope=\"col\">") && html.contains("<th scope=\"row\">"));
        assert!(html.contains("<em>web service</em>"));
    }

    #[test]
    fn an_anchor_is_used_once() {
        let anchored = || Para { anchor: Some("pasal satu".to_owned()), ..para("Isi") };
        let html = render(&paper(vec![Block::Para(anchored()), Block::Para(anchored())]));
        assert_eq!(html.matches("id=\"pasal-satu\"").count(), 1);
    }

    #[test]
    fn every_class_of_the_page_is_in_the_style_sheet() {
        let css = include_str!("../../assets/css/paper.css");
        let html = render(&sample()) + &render(&everything());
        let classes = html.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for class in classes.flat_map(str::split_whitespace) {
            let plain = ["body", "signatory", "heading", "below", "columns-2"].contains(&class);
            assert!(plain || css.contains(&format!(".{class}")), "{class}");
        }
    }

    #[test]
    fn what_surrounds_each_page_stands_once_on_the_screen() {
        let html = render(&everything());
        for part in ["INTERNAL", "No. Dokumen", "href=\"https://naskah.contoh.id/periksa/1\""] {
            assert_eq!(html.matches(part).count(), 1, "{part}");
        }
        assert!(!html.contains("Halaman"), "a screen has no pages");
        assert_eq!(render_all(&[everything(), everything()]).matches("<article").count(), 2);
    }

    #[test]
    fn a_link_leads_nowhere_but_to_the_web() {
        let mut document = everything();
        if let Some(check) = &mut document.furniture.check {
            check.url = "javascript:alert(1)".to_owned();
        }
        assert!(!render(&document).contains("href"));
    }
}
