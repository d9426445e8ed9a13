//! Paragraphs and runs.

use std::fmt::Write;

use super::body::Body;
use super::numbering::Item;
use super::styles::Style;
use super::xml::escaped;
use crate::documents::model::{Align, Run};

/// How one paragraph differs from its style.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) style: Style,
    /// Stay on the page of the next paragraph.
    pub(super) keep: bool,
    /// Begin a page.
    pub(super) on_new_page: bool,
    /// Its place in a list.
    pub(super) item: Option<Item>,
    /// Left, right and hanging indent in twips.
    pub(super) indent: Option<(i32, i32, i32)>,
    /// Space above in twips.
    pub(super) before: Option<i32>,
    /// Space below in twips.
    pub(super) after: Option<i32>,
    /// Alignment.
    pub(super) align: Option<Align>,
}

impl Look {
    /// As the style says.
    pub(super) fn of(style: Style) -> Self {
        Self {
            style,
            keep: false,
            on_new_page: false,
            item: None,
            indent: None,
            before: None,
            after: None,
            align: None,
        }
    }

    /// The same, kept with the next paragraph or not.
    pub(super) fn kept(self, keep: bool) -> Self {
        Self { keep, ..self }
    }
}

fn code(align: Align) -> &'static str {
    match align {
        Align::Justify => "both",
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}

impl Body<'_> {
    /// Writes a paragraph around finished runs.
    pub(super) fn paragraph(&mut self, look: &Look, runs: &str) {
        let line = self.face.line;
        let other_line = line != self.shared.base.line && look.style != Style::Spacer;
        let xml = &mut self.xml;
        let _ = write!(xml, "<w:p><w:pPr><w:pStyle w:val=\"{}\"/>", look.style.id());
        if look.keep {
            xml.push_str("<w:keepNext/>");
        }
        if look.on_new_page {
            xml.push_str("<w:pageBreakBefore/>");
        }
        if let Some(item) = look.item {
            let _ = write!(
                xml,
                "<w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"{}\"/></w:numPr>",
                item.level, item.list
            );
        }
        if let Some((left, _, hanging)) = look.indent.filter(|indent| indent.2 > 0 && look.item.is_none()) {
            let _ = write!(xml, "<w:tabs><w:tab w:val=\"left\" w:pos=\"{left}\"/></w:tabs>");
            debug_assert!(hanging <= left);
        }
        if look.before.is_some() || look.after.is_some() || other_line {
            xml.push_str("<w:spacing");
            for (name, value) in [("before", look.before), ("after", look.after)] {
                if let Some(value) = value {
                    let _ = write!(xml, " w:{name}=\"{value}\"");
                }
            }
            if other_line {
                let _ = write!(xml, " w:line=\"{line}\" w:lineRule=\"auto\"");
            }
            xml.push_str("/>");
        }
        if let Some((left, right, hanging)) = look.indent {
            let _ = write!(xml, "<w:ind w:left=\"{left}\" w:right=\"{right}\"");
            if hanging > 0 {
                let _ = write!(xml, " w:hanging=\"{hanging}\"");
            }
            xml.push_str("/>");
        }
        if let Some(align) = look.align {
            let _ = write!(xml, "<w:jc w:val=\"{}\"/>", code(align));
        }
        let _ = write!(xml, "</w:pPr>{runs}</w:p>");
    }

    /// Runs of the paper in a paragraph of this style.
    pub(super) fn runs(&self, style: Style, runs: &[Run]) -> String {
        let mut xml = String::new();
        for run in runs.iter().filter(|run| !run.text.is_empty()) {
            let mut marks = String::new();
            if run.bold {
                marks.push_str("<w:b/><w:bCs/>");
            }
            if run.italic {
                marks.push_str("<w:i/><w:iCs/>");
            }
            self.write_run(&mut xml, style, run.gap.then_some("Celah"), &marks, &text(&run.text));
        }
        xml
    }

    /// One run of other text.
    pub(super) fn words(&self, style: Style, words: &str) -> String {
        let mut xml = String::new();
        self.write_run(&mut xml, style, None, "", &text(words));
        xml
    }

    /// A sign that belongs to a drawing, not to the words.
    pub(super) fn arrow(&self, sign: &str) -> String {
        let mut xml = String::new();
        self.write_run(&mut xml, Style::Arrow, Some("Panah"), "", &text(sign));
        xml
    }

    /// A number that a word processor counts; `shown` until it has.
    pub(super) fn field(&self, style: Style, code: &str, shown: &str) -> String {
        let mut run = String::new();
        self.write_run(&mut run, style, None, "", &text(shown));
        format!("<w:fldSimple w:instr=\" {code} \">{run}</w:fldSimple>")
    }

    /// One run around finished content.
    pub(super) fn write_run(
        &self,
        into: &mut String,
        style: Style,
        letters: Option<&str>,
        marks: &str,
        inside: &str,
    ) {
        let base = &self.shared.base;
        let family = self.face.family != base.family;
        let size = (self.face.size - base.size).abs() > 0.01 && letters != Some("Panah");
        into.push_str("<w:r>");
        if letters.is_some() || !marks.is_empty() || family || size {
            into.push_str("<w:rPr>");
            if let Some(letters) = letters {
                let _ = write!(into, "<w:rStyle w:val=\"{letters}\"/>");
            }
            if family {
                let name = self.face.name();
                let _ = write!(
                    into,
                    "<w:rFonts w:ascii=\"{name}\" w:hAnsi=\"{name}\" w:eastAsia=\"{name}\" w:cs=\"{name}\"/>"
                );
            }
            into.push_str(marks);
            if size {
                let size = self.face.half_points(style.share());
                let _ = write!(into, "<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
            }
            into.push_str("</w:rPr>");
        }
        into.push_str(inside);
        into.push_str("</w:r>");
    }
}

fn text(words: &str) -> String {
    format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(words))
}
