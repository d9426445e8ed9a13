//! Headers, footers and the section of a paper.

use std::fmt::Write;

use super::body::Body;
use super::styles::Style;
use super::table::BARE;
use super::text::Look;
use super::units::{Sheet, points};
use super::xml::escaped;
use crate::documents::model::{CheckMark, FormHeader, Furniture};

/// Distance of header and footer from the edge of the paper, in points.
const HEADER_FROM_EDGE: f32 = 34.0;
const FOOTER_FROM_EDGE: f32 = 24.0;
/// A paraf box: most width of caption and room together, and its height, in points.
const PARAF: (f32, f32) = (118.0, 24.0);

/// Which pages a header or footer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pages {
    First,
    Others,
}

impl Body<'_> {
    /// The header: draft mark, classification, header table of a form.
    pub(super) fn header(&mut self, furniture: &Furniture, sole: bool, number: usize) {
        if let Some(form) = &furniture.form {
            self.mark_lines(furniture);
            self.form_header(form, sole);
            self.paragraph(&Look::of(Style::Header), "");
        } else {
            self.mark_lines(furniture);
        }
        let watermark = furniture.watermark.as_deref().map(|mark| watermark(mark, &self.sheet, number));
        let look = Look::of(Style::Spacer);
        self.paragraph(&look, &watermark.unwrap_or_default());
    }

    fn mark_lines(&mut self, furniture: &Furniture) {
        for line in &furniture.mark {
            let text = self.words(Style::Mark, line);
            self.paragraph(&Look::of(Style::Mark), &text);
        }
    }

    /// Title beside number, revision, date and page "n dari m".
    fn form_header(&mut self, form: &FormHeader, sole: bool) {
        let column = self.sheet.column();
        let widths = [column * 54 / 100, column * 18 / 100, column - column * 54 / 100 - column * 18 / 100];
        self.open_table(
            "<w:tblStyle w:val=\"TabelBergaris\"/>{width}<w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0000\"/>",
            &widths,
        );
        // LibreOffice does not count sections and would print whatever stood here; alone in its file a
        // paper is the whole file.
        let (code, until_counted) = if sole { ("NUMPAGES", "1") } else { ("SECTIONPAGES", "") };
        let count = self.field(Style::Header, code, until_counted);
        let page = format!(
            "{}{}{count}",
            self.field(Style::Header, "PAGE", "1"),
            self.words(Style::Header, " dari ")
        );
        let mut rows: Vec<(String, String)> = Vec::new();
        for (label, value) in &form.rows {
            rows.push((label.clone(), self.words(Style::Header, value)));
        }
        rows.push((form.page_label.clone(), page));
        // Rows of one height, whatever the title takes.
        let lines = i32::try_from(form.title.len() + 1).unwrap_or(1).max(2);
        let count = i32::try_from(rows.len()).unwrap_or(1);
        let height = self.face.em(1.6).max(self.face.em(1.6) * lines / count);
        for (at, (label, value)) in rows.iter().enumerate() {
            self.open_row(&format!("<w:cantSplit/><w:trHeight w:val=\"{height}\" w:hRule=\"atLeast\"/>"));
            let merge = if at == 0 { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" };
            self.open_cell(widths[0], &format!("{merge}<w:vAlign w:val=\"center\"/>"));
            if at == 0 {
                self.form_title(form);
            } else {
                self.paragraph(&Look::of(Style::Header), "");
            }
            self.close_cell();
            for (width, text) in [(widths[1], self.words(Style::Header, label)), (widths[2], value.clone())] {
                self.open_cell(width, "<w:vAlign w:val=\"center\"/>");
                self.paragraph(&Look::of(Style::Header), &text);
                self.close_cell();
            }
            self.close_row();
        }
        self.close_table();
    }

    fn form_title(&mut self, form: &FormHeader) {
        let kind = self.words(Style::HeadCell, &form.kind);
        self.paragraph(&Look::of(Style::HeadCell), &kind);
        for line in &form.title {
            let title = self.words(Style::HeadCell, line);
            self.paragraph(&Look::of(Style::HeadCell), &title);
        }
    }

    /// The footer: paraf boxes, where to check the paper, the page number from the second page on.
    pub(super) fn footer(&mut self, furniture: &Furniture, pages: Pages) {
        if !furniture.paraf.is_empty() {
            self.paraf(&furniture.paraf);
        }
        if let Some(check) = &furniture.check {
            self.check(check);
        }
        let mut text = String::new();
        if furniture.page_numbers && pages == Pages::Others {
            text = format!(
                "{}{}{}",
                self.words(Style::Footer, "- "),
                self.field(Style::Footer, "PAGE", "2"),
                self.words(Style::Footer, " -")
            );
        }
        let before = Some(self.face.em(0.4));
        self.paragraph(&Look { before, ..Look::of(Style::Footer) }, &text);
    }

    /// Boxes for initials at the right: caption on the left of each, room on the right.
    fn paraf(&mut self, labels: &[String]) {
        let count = i32::try_from(labels.len()).unwrap_or(1).max(1);
        let unit = (self.sheet.column() / count).min(points(PARAF.0));
        let caption = unit * 56 / 100;
        let widths: Vec<i32> = labels.iter().flat_map(|_| [caption, unit - caption]).collect();
        self.open_table(
            "<w:tblStyle w:val=\"TabelBergaris\"/>{width}<w:jc w:val=\"right\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblCellMar><w:left w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar>\
             <w:tblLook w:val=\"0000\"/>",
            &widths,
        );
        self.open_row(&format!(
            "<w:cantSplit/><w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>",
            points(PARAF.1)
        ));
        for label in labels {
            self.open_cell(caption, "<w:vAlign w:val=\"center\"/>");
            let text = self.words(Style::Small, label);
            self.paragraph(&Look::of(Style::Small), &text);
            self.close_cell();
            self.open_cell(unit - caption, "");
            self.paragraph(&Look::of(Style::Small), "");
            self.close_cell();
        }
        self.close_row();
        self.close_table();
    }

    fn check(&mut self, check: &CheckMark) {
        let column = self.sheet.column();
        self.paragraph(&Look::of(Style::Spacer), "");
        self.open_table(BARE, &[column]);
        self.open_row("<w:cantSplit/>");
        self.open_cell(
            column,
            "<w:tcBorders><w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"7F7F7F\"/></w:tcBorders>\
             <w:tcMar><w:top w:w=\"40\" w:type=\"dxa\"/></w:tcMar>",
        );
        for line in check.lines.iter().chain([&check.url]) {
            let text = self.words(Style::Small, line);
            self.paragraph(&Look::of(Style::Small), &text);
        }
        self.close_cell();
        self.close_row();
        self.close_table();
    }
}

/// The properties of a section: its headers and footers by number, its page, pages counted from one.
pub(super) fn section(furniture: &Furniture, sheet: &Sheet, number: usize) -> String {
    let mut xml = String::from("<w:sectPr>");
    let first = first_page_differs(furniture);
    for part in ["header", "footer"] {
        let _ = write!(xml, "<w:{part}Reference w:type=\"default\" r:id=\"rId{part}{number}\"/>");
        if first {
            let _ = write!(xml, "<w:{part}Reference w:type=\"first\" r:id=\"rId{part}First{number}\"/>");
        }
    }
    let _ = write!(
        xml,
        "<w:type w:val=\"nextPage\"/><w:pgSz w:w=\"{}\" w:h=\"{}\"/><w:pgMar w:top=\"{}\" w:right=\"{}\" \
         w:bottom=\"{}\" w:left=\"{}\" w:header=\"{}\" w:footer=\"{}\" w:gutter=\"0\"/>\
         <w:pgNumType w:start=\"1\"/><w:cols w:space=\"720\"/>{}</w:sectPr>",
        sheet.width,
        sheet.height,
        sheet.top,
        sheet.right,
        sheet.bottom,
        sheet.left,
        points(HEADER_FROM_EDGE),
        points(FOOTER_FROM_EDGE),
        if first { "<w:titlePg/>" } else { "" }
    );
    xml
}

/// The first page has no number.
pub(super) fn first_page_differs(furniture: &Furniture) -> bool {
    furniture.page_numbers
}

/// Letters across the page, as the "Watermark" of Word makes them.
fn watermark(mark: &str, sheet: &Sheet, number: usize) -> String {
    let diagonal = ((sheet.width as f32).hypot(sheet.height as f32)) / 20.0;
    let ems = mark.chars().count().max(1) as f32 * 0.7;
    let size = (diagonal * 0.55 / ems).min(150.0);
    let (width, height) = ((ems * size).round(), (size * 0.72).round());
    format!(
        "<w:r><w:rPr><w:noProof/></w:rPr><w:pict>\
         <v:shapetype id=\"_x0000_t136\" coordsize=\"21600,21600\" o:spt=\"136\" adj=\"10800\" \
         path=\"m@7,l@8,m@5,21600l@6,21600e\"><v:formulas><v:f eqn=\"sum #0 0 10800\"/><v:f eqn=\"prod #0 2 1\"/>\
         <v:f eqn=\"sum 21600 0 @1\"/><v:f eqn=\"sum 0 0 @2\"/><v:f eqn=\"sum 21600 0 @3\"/>\
         <v:f eqn=\"if @0 @3 0\"/><v:f eqn=\"if @0 21600 @1\"/><v:f eqn=\"if @0 0 @2\"/>\
         <v:f eqn=\"if @0 @4 21600\"/><v:f eqn=\"mid @5 @6\"/><v:f eqn=\"mid @8 @5\"/><v:f eqn=\"mid @7 @8\"/>\
         <v:f eqn=\"mid @6 @7\"/><v:f eqn=\"sum @6 0 @5\"/></v:formulas><v:path textpathok=\"t\" \
         o:connecttype=\"custom\" o:connectlocs=\"@9,0;@10,10800;@11,21600;@12,10800\" \
         o:connectangles=\"270,180,90,0\"/><v:textpath on=\"t\" fitshape=\"t\"/>\
         <v:handles><v:h position=\"#0,bottomRight\" xrange=\"6629,14971\"/></v:handles>\
         <o:lock v:ext=\"edit\" text=\"t\" shapetype=\"t\"/></v:shapetype>\
         <v:shape id=\"PowerPlusWaterMarkObject{number}\" o:spid=\"_x0000_s{}\" type=\"#_x0000_t136\" \
         style=\"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:303;\
         z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
         mso-position-vertical:center;mso-position-vertical-relative:margin\" o:allowincell=\"f\" \
         fillcolor=\"#ebebeb\" stroked=\"f\"><v:textpath style=\"font-family:&quot;Arial&quot;;font-size:1pt;\
         font-weight:bold\" string=\"{}\"/><w10:wrap anchorx=\"margin\" anchory=\"margin\"/></v:shape></w:pict></w:r>",
        2048 + number,
        escaped(mark)
    )
}
