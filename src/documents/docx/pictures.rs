//! Letterheads, pictures, frames and diagrams.

use std::fmt::Write;

use super::DocxError;
use super::body::Body;
use super::styles::Style;
use super::table::BARE;
use super::text::Look;
use super::units::{EMU_PER_TWIP, millimetres};
use super::xml::escaped;
use crate::documents::model::{
    Align, Aside, BoxShape, Diagram, DiagramBox, Figure, Frame, Letterhead, Picture,
};

/// A logo fits into this, in millimetres.
const LOGO: (f32, f32) = (24.0, 26.0);
/// Twips of a pixel where nothing else limits a picture: 96 to the inch.
const TWIPS_PER_PIXEL: i64 = 15;
/// A picture takes at most this share of the height of the text, its caption has to stay with it.
const TALLEST: i32 = 85;

impl Body<'_> {
    /// Logo beside the issuer, and the double rule of a letterhead below.
    pub(super) fn letterhead(&mut self, head: &Letterhead) -> Result<(), DocxError> {
        self.open.close();
        let logo = match &head.logo {
            Some(picture) => Some(self.drawing(picture, millimetres(LOGO.0), millimetres(LOGO.1))?),
            None => None,
        };
        let left = if logo.is_some() { millimetres(LOGO.0 + 3.0) } else { 0 };
        let right = self.sheet.column() - left;
        let widths: Vec<i32> = logo.iter().map(|_| left).chain([right]).collect();
        self.before_table(true);
        self.open_table(BARE, &widths);
        self.open_row("<w:cantSplit/>");
        let rule = "<w:tcBorders><w:bottom w:val=\"thinThickSmallGap\" w:sz=\"24\" w:space=\"0\" \
                    w:color=\"000000\"/></w:tcBorders><w:tcMar><w:bottom w:w=\"60\" w:type=\"dxa\"/></w:tcMar>\
                    <w:vAlign w:val=\"center\"/>";
        if let Some(drawing) = logo {
            self.open_cell(left, rule);
            let look = Look { align: Some(Align::Center), ..Look::of(Style::Fact).kept(true) };
            self.paragraph(&look, &drawing);
            self.close_cell();
        }
        self.open_cell(right, rule);
        for (at, runs) in head.names.iter().enumerate() {
            let last = at + 1 == head.names.len();
            self.line(if last { Style::Issuer } else { Style::IssuerAbove }, runs, true);
        }
        for runs in &head.details {
            self.line(Style::IssuerDetail, runs, true);
        }
        if head.names.is_empty() && head.details.is_empty() {
            self.line(Style::IssuerDetail, &[], true);
        }
        self.close_cell();
        self.close_row();
        self.close_table();
        Ok(())
    }

    pub(super) fn figure(&mut self, figure: &Figure) -> Result<(), DocxError> {
        let tallest = self.sheet.room() * TALLEST / 100;
        let drawing = self.drawing(&figure.picture, self.sheet.column(), tallest)?;
        let look = Look { align: Some(Align::Center), ..Look::of(Style::Body).kept(true) };
        let look = self.below(look, 0.0);
        self.paragraph(&look, &drawing);
        self.caption(&figure.caption);
        Ok(())
    }

    /// A picture at its own size, or as large as fits.
    fn drawing(&mut self, picture: &Picture, widest: i32, tallest: i32) -> Result<String, DocxError> {
        let media = self.shared.media.add(picture)?;
        let (width, height) = (i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
        let (widest, tallest) = (i64::from(widest), i64::from(tallest));
        let mut size = (width * TWIPS_PER_PIXEL, height * TWIPS_PER_PIXEL);
        if size.0 > widest {
            size = (widest, (widest * height / width).max(1));
        }
        if size.1 > tallest {
            size = ((tallest * width / height).max(1), tallest);
        }
        let (cx, cy) = (size.0 * EMU_PER_TWIP, size.1 * EMU_PER_TWIP);
        let (id, alt) = (self.shared.media.next_drawing(), escaped(&picture.alt));
        let mut xml = String::new();
        let _ = write!(
            xml,
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{cx}\" cy=\"{cy}\"/><wp:docPr id=\"{id}\" name=\"Gambar {id}\" descr=\"{alt}\"/>\
             <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
             <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic><pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"Gambar {id}\" descr=\"{alt}\"/><pic:cNvPicPr/>\
             </pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rIdGambar{media}\"/><a:stretch><a:fillRect/></a:stretch>\
             </pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>\
             </wp:inline></w:drawing></w:r>"
        );
        Ok(xml)
    }

    /// An empty cell of the given size in the middle.
    pub(super) fn frame(&mut self, frame: &Frame) {
        let most = (self.sheet.column(), self.sheet.room() * TALLEST / 100);
        let size = |length: f32, most: i32| {
            let length = if length.is_finite() { length.clamp(5.0, 2000.0) } else { 50.0 };
            millimetres(length).min(most)
        };
        let (width, height) = (size(frame.width, most.0), size(frame.height, most.1));
        self.ask_space(0.8);
        self.before_table(true);
        let side =
            |name: &str| format!("<w:{name} w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"595959\"/>");
        let sides = ["top", "left", "bottom", "right"].map(side).concat();
        self.open_table(
            &format!(
                "{{width}}<w:jc w:val=\"center\"/><w:tblBorders>{sides}</w:tblBorders>\
                 <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0000\"/>"
            ),
            &[width],
        );
        self.open_row(&format!("<w:cantSplit/><w:trHeight w:val=\"{height}\" w:hRule=\"atLeast\"/>"));
        self.open_cell(width, "<w:vAlign w:val=\"center\"/>");
        let text = self.runs(Style::Small, &frame.caption);
        let look = Look { align: Some(Align::Center), ..Look::of(Style::Small) };
        self.paragraph(&look, &text);
        self.close_cell();
        self.close_row();
        self.close_table();
    }

    /// Boxes as cells, arrows as rows between them; what happens otherwise stands in a third column.
    pub(super) fn diagram(&mut self, diagram: &Diagram) {
        self.open.close();
        if !diagram.boxes.is_empty() {
            let column = self.sheet.column();
            let aside = diagram.boxes.iter().any(|one| one.aside.is_some());
            let (main, arrow) =
                if aside { (column * 50 / 100, column * 16 / 100) } else { (column * 72 / 100, 0) };
            let widths: Vec<i32> = if aside { vec![main, arrow, column - main - arrow] } else { vec![main] };
            self.ask_space(0.8);
            self.before_table(true);
            let place = if aside { "" } else { "<w:jc w:val=\"center\"/>" };
            self.open_table(
                &format!(
                    "{{width}}{place}<w:tblLayout w:type=\"fixed\"/><w:tblCellMar>\
                     <w:top w:w=\"60\" w:type=\"dxa\"/><w:left w:w=\"140\" w:type=\"dxa\"/>\
                     <w:bottom w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"140\" w:type=\"dxa\"/></w:tblCellMar>\
                     <w:tblLook w:val=\"0000\"/><w:tblDescription w:val=\"{}\"/>",
                    escaped(&diagram.alt)
                ),
                &widths,
            );
            for (at, one) in diagram.boxes.iter().enumerate() {
                let last = at + 1 == diagram.boxes.len();
                self.box_row(one, &widths, !last || !diagram.caption.is_empty());
                if !last || one.to_next.is_some() {
                    self.arrow_row(one.to_next.as_deref(), &widths, last);
                }
            }
            self.close_table();
        }
        self.caption(&diagram.caption);
    }

    fn box_row(&mut self, one: &DiagramBox, widths: &[i32], keep: bool) {
        self.open_row("<w:cantSplit/>");
        self.open_cell(widths[0], &outline(one.shape));
        if !one.title.is_empty() {
            self.line(Style::BoxTitle, &one.title, true);
        }
        self.line(Style::Box, &one.text, keep);
        self.close_cell();
        if let (Some(&arrow), Some(&beside)) = (widths.get(1), widths.get(2)) {
            self.open_cell(arrow, "<w:vAlign w:val=\"center\"/>");
            if let Some(Aside { label, .. }) = &one.aside {
                let text = self.words(Style::Arrow, label);
                self.paragraph(&Look::of(Style::Arrow), &text);
                let sign = self.arrow("⟶");
                self.paragraph(&Look::of(Style::Arrow), &sign);
            } else {
                self.line(Style::Arrow, &[], keep);
            }
            self.close_cell();
            match &one.aside {
                Some(Aside { text, .. }) => {
                    self.open_cell(beside, &outline(BoxShape::Step));
                    self.line(Style::Box, text, keep);
                }
                None => {
                    self.open_cell(beside, "");
                    self.line(Style::Box, &[], keep);
                }
            }
            self.close_cell();
        }
        self.close_row();
    }

    fn arrow_row(&mut self, label: Option<&str>, widths: &[i32], last: bool) {
        self.open_row("<w:cantSplit/>");
        for (at, &width) in widths.iter().enumerate() {
            self.open_cell(
                width,
                "<w:tcMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/></w:tcMar>",
            );
            let mut text = String::new();
            if at == 0 {
                text = self.arrow("↓");
                if let Some(label) = label {
                    text.push_str(&self.words(Style::Arrow, &format!(" {label}")));
                }
            }
            self.paragraph(&Look::of(Style::Arrow).kept(!last), &text);
            self.close_cell();
        }
        self.close_row();
    }
}

/// The frame of a box: a cell cannot be round or slanted, so weight, doubling and shade tell shapes apart.
fn outline(shape: BoxShape) -> String {
    let (line, weight, shade) = match shape {
        BoxShape::Terminal => ("single", 12, "E7E6E6"),
        BoxShape::Step => ("single", 6, ""),
        BoxShape::Decision => ("dashed", 8, "F7F7F7"),
        BoxShape::Node => ("double", 4, ""),
    };
    let side = |name: &str| {
        format!("<w:{name} w:val=\"{line}\" w:sz=\"{weight}\" w:space=\"0\" w:color=\"000000\"/>")
    };
    let sides = ["top", "left", "bottom", "right"].map(side).concat();
    let shade = if shade.is_empty() {
        String::new()
    } else {
        format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{shade}\"/>")
    };
    format!("<w:tcBorders>{sides}</w:tcBorders>{shade}<w:vAlign w:val=\"center\"/>")
}
