//! What surrounds the text on each page: the mark of its class, the header table of a form, boxes for
//! initials, where the paper can be checked, and page numbers. Each has its own place, and the text
//! gives way to all of them.

use qrcode::{Color, EcLevel, QrCode};

use super::PdfError;
use super::content::{Codes, Content};
use super::drawing::{Area, Drawing};
use super::font::Shaper;
use super::line::{self, Line};
use super::page::{Geometry, MM};
use super::words::{Style, segments};
use crate::documents::model::{Align, CheckMark, FontFamily, FormHeader, Furniture, Run};

/// Thickness of the lines of furniture, in points.
const BORDER: f32 = 0.5;
/// Baseline of the page number above the lower edge of the paper.
const NUMBER_FOOT: f32 = 26.0;
/// What stands in the foot, page number apart, stays above this.
const FOOT: f32 = 42.0;
/// Height of a paraf box and size of its caption.
const PARAF_HEIGHT: f32 = 24.0;
const PARAF_SIZE: f32 = 7.0;
const PARAF_WIDTH: f32 = 118.0;
/// Side of the QR code and how low it may stand: beside the page number, not above it.
const QR_SIDE: f32 = 18.0 * MM;
const QR_FOOT: f32 = 24.0;
const CHECK_SIZE: f32 = 6.5;
/// Upper edge of the class mark.
const MARK_TOP: f32 = 10.0 * MM;
/// Air between furniture and text.
const AIR: f32 = 9.0;
/// No furniture above or below the text takes more than this share of the page.
const SHARE: f32 = 0.22;

/// A line of furniture.
#[derive(Debug)]
struct Label {
    line: Line,
    size: f32,
    left: f32,
    baseline: f32,
}

/// Furniture that is the same on each page it stands on, in points from the page's upper left corner.
#[derive(Debug, Default)]
pub(super) struct Layer {
    labels: Vec<Label>,
    drawings: Vec<Drawing>,
    /// Filled black: the modules of a QR code.
    modules: Vec<Area>,
}

impl Layer {
    /// Nothing to print.
    pub(super) fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.drawings.is_empty() && self.modules.is_empty()
    }

    /// The characters it prints.
    pub(super) fn learn(&self, codes: &mut Codes) {
        self.labels.iter().for_each(|label| codes.learn(&label.line));
    }

    /// Prints it.
    pub(super) fn write(&self, content: &mut Content<'_>) {
        self.drawings.iter().for_each(|drawing| content.drawing(drawing, 0.0));
        if !self.modules.is_empty() {
            content.boxes(&self.modules, 0.0);
        }
        if self.labels.is_empty() {
            return;
        }
        content.begin_text();
        for label in &self.labels {
            content.line(&label.line, label.size, label.left, label.baseline);
        }
        content.end_text();
    }

    /// Lines under each other, the first with its top at `top`; answers their height.
    fn stack(&mut self, lines: Vec<Line>, size: f32, left: f32, top: f32) -> f32 {
        let leading = size * LEADING;
        let height = leading * lines.len() as f32;
        for (at, line) in lines.into_iter().enumerate() {
            let baseline = top + leading * (at as f32 + 0.5) + size * 0.3;
            self.labels.push(Label { line, size, left, baseline });
        }
        height
    }
}

/// Distance of small lines as a multiple of their size.
const LEADING: f32 = 1.22;

/// All furniture of one paper, and the room that it leaves.
pub(super) struct Surround {
    /// The page with the margins that the furniture needs.
    pub(super) geometry: Geometry,
    /// On each page.
    pub(super) fixed: Layer,
    /// On each page but the last.
    pub(super) paraf: Layer,
    /// Where "n dari m" stands in a form: left edge, top and width.
    page_row: Option<(f32, f32, f32, f32)>,
    number_size: Option<f32>,
    family: FontFamily,
}

impl Surround {
    /// Sets the furniture of a paper set in type of `size` points.
    pub(super) fn new(shaper: &mut Shaper, furniture: &Furniture, size: f32) -> Result<Self, PdfError> {
        let geometry = Geometry::of(furniture);
        let mut surround = Self {
            geometry,
            fixed: Layer::default(),
            paraf: Layer::default(),
            page_row: None,
            number_size: furniture.page_numbers.then_some((size - 1.0).max(6.0)),
            family: furniture.font,
        };
        let mut head = 0.0;
        if furniture.mark.iter().any(|line| !line.trim().is_empty()) {
            head = surround.mark(shaper, &furniture.mark)?;
            surround.geometry.top = geometry.top.max(head + AIR);
        }
        if let Some(form) = &furniture.form {
            let top = if head > 0.0 { (head + 5.0).max(geometry.top * 0.8) } else { geometry.top * 0.8 };
            let foot = surround.form(shaper, form, top, size)?;
            surround.geometry.top = surround.geometry.top.max(foot + AIR * 1.4);
        }
        let mut foot = match surround.number_size {
            Some(size) => NUMBER_FOOT + size,
            None => 0.0f32,
        };
        let check_right = match &furniture.check {
            Some(check) => {
                let (right, top) = surround.check(shaper, check, !furniture.paraf.is_empty())?;
                foot = foot.max(top);
                right
            }
            None => geometry.left,
        };
        if !furniture.paraf.is_empty() {
            foot = foot.max(FOOT + PARAF_HEIGHT);
            surround.paraf(shaper, &furniture.paraf, check_right)?;
        }
        if foot > 0.0 {
            surround.geometry.bottom = geometry.bottom.max(foot + AIR);
        }
        Ok(surround)
    }

    fn set(
        &self,
        shaper: &mut Shaper,
        text: &str,
        (size, bold): (f32, bool),
        width: f32,
        align: Align,
    ) -> Result<Vec<Line>, PdfError> {
        let style = Style { family: self.family, size, bold };
        let segments = segments(shaper, &[Run::plain(text)], style, width)?;
        Ok(line::set(&segments, width, align, size, &shaper.spaces()))
    }

    fn width(&self, shaper: &mut Shaper, text: &str, style: (f32, bool)) -> Result<f32, PdfError> {
        let style = Style { family: self.family, size: style.0, bold: style.1 };
        Ok(line::natural_width(&segments(shaper, &[Run::plain(text)], style, f32::INFINITY)?))
    }

    /// The class of the paper, boxed at the upper right; answers the foot of the box.
    fn mark(&mut self, shaper: &mut Shaper, lines: &[String]) -> Result<f32, PdfError> {
        let geometry = self.geometry;
        let (pad_x, pad_y) = (7.0, 3.0);
        let most = geometry.column * 0.6 - 2.0 * pad_x;
        let mut size = 9.0f32;
        loop {
            let mut widest = 0.0f32;
            for text in lines {
                widest = widest.max(self.width(shaper, text, (size, true))?);
            }
            let width = widest.min(most) + 0.1;
            let mut set = Vec::new();
            for text in lines {
                set.extend(self.set(shaper, text, (size, true), width, Align::Center)?);
            }
            let height = size * LEADING * set.len() as f32 + 2.0 * pad_y;
            if height > geometry.height * SHARE / 2.0 && size > 1.0 {
                size *= 0.85;
                continue;
            }
            let left = geometry.left + geometry.column - width - 2.0 * pad_x;
            let area = Area { x: left, y: MARK_TOP, width: width + 2.0 * pad_x, height };
            self.fixed.drawings.push(Drawing::area(area, 0.8));
            self.fixed.stack(set, size, left + pad_x, MARK_TOP + pad_y);
            return Ok(area.foot());
        }
    }

    /// The header table of a form from `top` on; answers its foot.
    fn form(&mut self, shaper: &mut Shaper, form: &FormHeader, top: f32, size: f32) -> Result<f32, PdfError> {
        let mut size = (size - 1.5).clamp(6.5, 10.5);
        loop {
            let set = self.form_lines(shaper, form, size)?;
            if set.height > self.geometry.height * SHARE && size > 1.0 {
                size *= 0.85;
                continue;
            }
            return Ok(self.place_form(set, size, top));
        }
    }

    fn form_lines(&self, shaper: &mut Shaper, form: &FormHeader, size: f32) -> Result<FormLines, PdfError> {
        let column = self.geometry.column;
        let pad = size * 0.5;
        let right = column * 0.42;
        let mut names: Vec<&str> = form.rows.iter().map(|(name, _)| name.as_str()).collect();
        if !form.page_label.is_empty() {
            names.push(&form.page_label);
        }
        let mut name_width = 0.0f32;
        for name in &names {
            name_width = name_width.max(self.width(shaper, name, (size, false))?);
        }
        let name_width = name_width.min(right * 0.5) + 0.1;
        let colon = self.width(shaper, ": ", (size, false))? + size * 0.35;
        let value_width = right - name_width - colon - 2.5 * pad;
        let leading = size * LEADING;
        let mut rows = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let name = self.set(shaper, name, (size, false), name_width, Align::Left)?;
            let value = match form.rows.get(at) {
                Some((_, value)) => Some(self.set(shaper, value, (size, false), value_width, Align::Left)?),
                None => None,
            };
            let lines = name.len().max(value.as_ref().map_or(1, Vec::len)).max(1);
            let colon = self.set(shaper, ":", (size, false), colon, Align::Left)?;
            rows.push(FormRow { name, colon, value, height: lines as f32 * leading + pad });
        }
        let left = column - if rows.is_empty() { 0.0 } else { right };
        let kind = self.set(shaper, &form.kind, (size, true), left - 2.0 * pad, Align::Center)?;
        let mut title = Vec::new();
        for text in &form.title {
            title.extend(self.set(shaper, text, (size + 1.0, true), left - 2.0 * pad, Align::Center)?);
        }
        let kind_height = if kind.is_empty() { 0.0 } else { kind.len() as f32 * leading + pad };
        let title_height = title.len() as f32 * (size + 1.0) * LEADING + 2.0 * pad;
        let right_height: f32 = rows.iter().map(|row| row.height).sum();
        let height = right_height.max(kind_height + title_height);
        Ok(FormLines { kind, kind_height, title, rows, height, left, pad, name_width, colon, value_width })
    }

    fn place_form(&mut self, set: FormLines, size: f32, top: f32) -> f32 {
        let geometry = self.geometry;
        let (x, pad) = (geometry.left, set.pad);
        let layer = &mut self.fixed;
        let area = Area { x, y: top, width: geometry.column, height: set.height };
        layer.drawings.push(Drawing::area(area, 0.7));
        let divider = x + set.left;
        if !set.rows.is_empty() {
            layer.drawings.push(Drawing::line(&[[divider, top], [divider, area.foot()]], BORDER));
        }
        if !set.kind.is_empty() {
            layer.stack(set.kind, size, x + pad, top + pad / 2.0);
            let y = top + set.kind_height;
            layer.drawings.push(Drawing::line(&[[x, y], [divider, y]], BORDER));
        }
        let title_height = set.title.len() as f32 * (size + 1.0) * LEADING;
        let title_top = top + set.kind_height + (set.height - set.kind_height - title_height) / 2.0;
        layer.stack(set.title, size + 1.0, x + pad, title_top);
        let rows_height: f32 = set.rows.iter().map(|row| row.height).sum();
        let spare = (set.height - rows_height) / set.rows.len().max(1) as f32;
        let mut y = top;
        for (at, row) in set.rows.into_iter().enumerate() {
            if at > 0 {
                layer.drawings.push(Drawing::line(&[[divider, y], [area.right(), y]], BORDER));
            }
            let row_top = y + (pad + spare) / 2.0;
            layer.stack(row.name, size, divider + pad, row_top);
            layer.stack(row.colon, size, divider + pad * 1.5 + set.name_width, row_top);
            let value_left = divider + pad * 1.5 + set.name_width + set.colon;
            match row.value {
                Some(value) => {
                    layer.stack(value, size, value_left, row_top);
                }
                None => self.page_row = Some((value_left, row_top, set.value_width, size)),
            }
            y += row.height + spare;
        }
        area.foot()
    }

    /// The QR code with its lines at the left of the foot; answers its right edge and how high it
    /// stands above the lower edge of the paper.
    fn check(
        &mut self,
        shaper: &mut Shaper,
        check: &CheckMark,
        leave_right: bool,
    ) -> Result<(f32, f32), PdfError> {
        let geometry = self.geometry;
        let gap = 7.0;
        let text_left = geometry.left + QR_SIDE + gap;
        let share = if leave_right { 0.5 } else { 0.8 };
        let text_width = geometry.column * share - QR_SIDE - gap;
        let mut size = CHECK_SIZE;
        let lines = loop {
            let mut lines = Vec::new();
            for text in &check.lines {
                lines.extend(self.set(shaper, text, (size, false), text_width, Align::Left)?);
            }
            if lines.len() as f32 * size * LEADING <= geometry.height * SHARE / 2.0 || size < 1.0 {
                break lines;
            }
            size *= 0.85;
        };
        let height = lines.len() as f32 * size * LEADING;
        // The QR code may stand beside the page number; its lines might run into it.
        let top = (QR_FOOT + QR_SIDE).max(FOOT - 4.0 + height);
        let y = geometry.height - top;
        self.fixed.stack(lines, size, text_left, y);
        let refused = |_| PdfError::CheckMark { url: check.url.clone() };
        let code = QrCode::with_error_correction_level(&check.url, EcLevel::M).map_err(refused)?;
        let module = QR_SIDE / code.width() as f32;
        let colors = code.to_colors();
        for (row, colors) in colors.chunks(code.width()).enumerate() {
            let mut at = 0;
            while let Some(start) = colors[at..].iter().position(|&color| color == Color::Dark) {
                let start = at + start;
                let length = colors[start..].iter().take_while(|&&color| color == Color::Dark).count();
                self.fixed.modules.push(Area {
                    x: geometry.left + start as f32 * module,
                    y: y + row as f32 * module,
                    width: length as f32 * module,
                    // A hair higher, so that no white line shows between rows.
                    height: module + 0.02,
                });
                at = start + length;
            }
        }
        Ok((text_left + text_width, top))
    }

    /// Boxes for initials at the right of the foot: caption on the left of each, room on the right.
    fn paraf(&mut self, shaper: &mut Shaper, names: &[String], from: f32) -> Result<(), PdfError> {
        let geometry = self.geometry;
        let edge = geometry.left + geometry.column;
        let count = names.len() as f32;
        let room = if from > geometry.left { edge - from - 6.0 } else { geometry.column };
        let unit = (room / count).min(PARAF_WIDTH);
        let (caption, pad) = (unit * 0.56, (unit * 0.03).min(3.0));
        let top = geometry.height - FOOT - PARAF_HEIGHT;
        let mut left = edge - unit * count;
        for name in names {
            let mut size = PARAF_SIZE;
            let lines = loop {
                let lines = self.set(shaper, name, (size, false), caption - 2.0 * pad, Align::Center)?;
                if lines.len() as f32 * size * LEADING <= PARAF_HEIGHT - 2.0 || size < 1.0 {
                    break lines;
                }
                size *= 0.85;
            };
            let area = Area { x: left, y: top, width: unit, height: PARAF_HEIGHT };
            let divider = left + caption;
            let layer = &mut self.paraf;
            layer.drawings.push(Drawing::area(area, BORDER));
            layer.drawings.push(Drawing::line(&[[divider, top], [divider, area.foot()]], BORDER));
            let height = lines.len() as f32 * size * LEADING;
            layer.stack(lines, size, left + pad, top + (PARAF_HEIGHT - height) / 2.0);
            left += unit;
        }
        Ok(())
    }

    /// What differs from page to page: the page number, and "n dari m" in a form.
    pub(super) fn numbers(&self, shaper: &mut Shaper, page: usize, of: usize) -> Result<Layer, PdfError> {
        let geometry = self.geometry;
        let mut layer = Layer::default();
        if let Some((left, top, width, size)) = self.page_row {
            let text = format!("{page} dari {of}");
            let lines = self.set(shaper, &text, (size, false), width, Align::Left)?;
            layer.stack(lines, size, left, top);
        }
        if let Some(size) = self.number_size.filter(|_| page > 1) {
            let text = format!("- {page} -");
            for line in self.set(shaper, &text, (size, false), geometry.column, Align::Center)? {
                let baseline = geometry.height - NUMBER_FOOT;
                layer.labels.push(Label { line, size, left: geometry.left, baseline });
            }
        }
        Ok(layer)
    }
}

struct FormRow {
    name: Vec<Line>,
    colon: Vec<Line>,
    /// None: the row of the page.
    value: Option<Vec<Line>>,
    height: f32,
}

struct FormLines {
    kind: Vec<Line>,
    kind_height: f32,
    title: Vec<Line>,
    rows: Vec<FormRow>,
    height: f32,
    left: f32,
    pad: f32,
    name_width: f32,
    colon: f32,
    value_width: f32,
}
