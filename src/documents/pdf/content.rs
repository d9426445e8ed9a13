//! Content streams: text, shapes and pictures of a page as PDF operators. Written as bytes straight
//! away: as printpdf operations the same page costs three times the time.

use std::collections::{BTreeMap, BTreeSet};

use super::drawing::{Area, Drawing, Step};
use super::file::{hundredths, push_escaped, push_hundredths, push_integer, push_number};
use super::font::{FACES, FaceId, Shaper};
use super::line::{Line, Span};
use super::tree::Tag;

/// Which code prints which character, by face. A code is the place of the glyph in the subset.
#[derive(Default)]
pub(super) struct Codes {
    faces: [FaceCodes; FACES],
}

#[derive(Default)]
struct FaceCodes {
    /// Characters that have no code yet.
    new: BTreeSet<char>,
    codes: BTreeMap<char, u16>,
    glyphs: BTreeMap<u16, u16>,
    /// Characters in the order of their codes, from 1 on.
    order: Vec<char>,
    /// The codes of ASCII, looked up most; 0: none.
    ascii: Vec<u16>,
}

impl Codes {
    /// The characters of a line will be printed.
    pub(super) fn learn(&mut self, line: &Line) {
        for span in &line.spans {
            self.learn_text(span.face, &span.text);
        }
    }

    /// The characters of a text will be printed.
    pub(super) fn learn_text(&mut self, face: FaceId, text: &str) {
        let face = &mut self.faces[face.index()];
        for character in text.chars() {
            if face.code(character) == 0 {
                face.new.insert(character);
            }
        }
    }

    /// Gives the characters learnt since the last time their codes, in the order of the alphabet: papers
    /// that use the same characters share their subsets.
    pub(super) fn assign(&mut self, shaper: &Shaper) {
        for (at, face) in self.faces.iter_mut().enumerate() {
            for character in std::mem::take(&mut face.new) {
                let Some(glyph) = shaper.glyph(FaceId::at(at), character) else { continue };
                let next = face.order.len() as u16 + 1;
                let code = *face.glyphs.entry(glyph).or_insert(next);
                if code == next {
                    face.order.push(character);
                }
                face.codes.insert(character, code);
                if character.is_ascii() {
                    face.ascii.resize(128, 0);
                    face.ascii[character as usize] = code;
                }
            }
        }
    }

    /// The faces in use with their characters in the order of their codes.
    pub(super) fn faces(&self) -> impl Iterator<Item = (FaceId, &[char])> {
        let used = self.faces.iter().enumerate().filter(|(_, face)| !face.order.is_empty());
        used.map(|(at, face)| (FaceId::at(at), face.order.as_slice()))
    }

    fn code(&self, face: FaceId, character: char) -> u16 {
        self.faces[face.index()].code(character)
    }
}

impl FaceCodes {
    fn code(&self, character: char) -> u16 {
        match self.ascii.get(character as usize) {
            Some(&code) => code,
            None => self.codes.get(&character).copied().unwrap_or_default(),
        }
    }
}

/// Writes one content stream. Points count from the upper left corner of the page.
pub(super) struct Content<'a> {
    codes: &'a Codes,
    height: f32,
    out: Vec<u8>,
    font: Option<(FaceId, i64)>,
    /// Where the current line of text begins, in hundredths.
    line: (i64, i64),
}

impl<'a> Content<'a> {
    /// An empty stream for a page of this height.
    pub(super) fn new(codes: &'a Codes, height: f32) -> Self {
        Self { codes, height, out: Vec::with_capacity(16 * 1024), font: None, line: (0, 0) }
    }

    /// What was written.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Begins content that is no part of the text.
    pub(super) fn artifact(&mut self) {
        self.out.extend_from_slice(b"/Artifact BMC\n");
    }

    /// Begins the content of a node.
    pub(super) fn marked(&mut self, tag: Tag, number: usize) {
        self.op("/");
        self.op(tag.name());
        self.op("<</MCID ");
        push_integer(&mut self.out, number as u64);
        self.op(">>BDC\n");
    }

    /// Ends marked content.
    pub(super) fn end_marked(&mut self) {
        self.op("EMC\n");
    }

    /// Begins text.
    pub(super) fn begin_text(&mut self) {
        self.op("BT\n");
        self.line = (0, 0);
    }

    /// Ends text.
    pub(super) fn end_text(&mut self) {
        self.op("ET\n");
    }

    /// A line whose column begins at `left`, between the beginning and the end of text.
    pub(super) fn line(&mut self, line: &Line, size: f32, left: f32, baseline: f32) {
        for span in &line.spans {
            self.set_font(span.face, size);
            let to = (hundredths(left + span.x), hundredths(self.height - baseline));
            push_hundredths(&mut self.out, to.0 - self.line.0);
            self.out.push(b' ');
            push_hundredths(&mut self.out, to.1 - self.line.1);
            self.op(" Td");
            self.line = to;
            self.show(span);
        }
    }

    /// Text along a slope: `matrix` is its direction and where it begins.
    pub(super) fn sloping(&mut self, span: &Span, size: f32, matrix: [f32; 6]) {
        self.set_font(span.face, size);
        for (at, value) in matrix.into_iter().enumerate() {
            if at < 4 {
                self.op(&format!("{value:.4} "));
            } else {
                self.number(value);
            }
        }
        self.op("Tm");
        self.show(span);
    }

    fn set_font(&mut self, face: FaceId, size: f32) {
        let key = (face, hundredths(size));
        if self.font != Some(key) {
            self.font = Some(key);
            self.op("/");
            self.op(&face.resource());
            self.op(" ");
            push_hundredths(&mut self.out, key.1);
            self.op(" Tf ");
        }
    }

    fn show(&mut self, span: &Span) {
        self.op(if span.moves.is_empty() { "(" } else { "[(" });
        let mut from = 0;
        for &(place, by) in &span.moves {
            let place = place.min(span.text.len());
            self.codes_of(span, from, place);
            self.op(")");
            // Positive moves closer here.
            push_hundredths(&mut self.out, i64::from(-by) * 100);
            self.op("(");
            from = place;
        }
        self.codes_of(span, from, span.text.len());
        self.op(if span.moves.is_empty() { ")Tj\n" } else { ")]TJ\n" });
    }

    fn codes_of(&mut self, span: &Span, from: usize, to: usize) {
        for character in span.text.get(from..to).unwrap_or_default().chars() {
            let [high, low] = self.codes.code(span.face, character).to_be_bytes();
            push_escaped(&mut self.out, high);
            push_escaped(&mut self.out, low);
        }
    }

    /// The grey of what is filled from now on; 0 is black.
    pub(super) fn grey(&mut self, share: f32) {
        self.number(share);
        self.op("g\n");
    }

    /// A shape, `top` points below the upper edge of the page.
    pub(super) fn drawing(&mut self, drawing: &Drawing, top: f32) {
        let Some(paint) = (match (drawing.fill, drawing.stroke) {
            (Some(_), Some(_)) => Some("B\n"),
            (Some(_), None) => Some("f\n"),
            (None, Some(_)) => Some("S\n"),
            (None, None) => None,
        }) else {
            return;
        };
        if let Some(thickness) = drawing.stroke {
            self.number(thickness);
            self.op("w ");
        }
        if drawing.dashed {
            self.op("[3 2]0 d ");
        }
        let fill = drawing.fill.filter(|grey| *grey != 0.0);
        if let Some(grey) = fill {
            self.grey(grey);
        }
        for step in &drawing.path {
            match step {
                Step::Move(to) => self.step(&[*to], top, "m\n"),
                Step::Line(to) => self.step(&[*to], top, "l\n"),
                Step::Curve(points) => self.step(points, top, "c\n"),
                Step::Close => self.op("h\n"),
            }
        }
        self.op(paint);
        if drawing.dashed {
            self.op("[]0 d\n");
        }
        if fill.is_some() {
            self.grey(0.0);
        }
    }

    fn step(&mut self, points: &[[f32; 2]], top: f32, operator: &str) {
        for [x, y] in points {
            self.number(*x);
            self.number(self.height - top - *y);
        }
        self.op(operator);
    }

    /// Filled boxes, as small as they can be written.
    pub(super) fn boxes(&mut self, areas: &[Area], top: f32) {
        for area in areas {
            self.number(area.x);
            self.number(self.height - top - area.y - area.height);
            self.number(area.width);
            self.number(area.height);
            self.op("re\n");
        }
        self.op("f\n");
    }

    /// Dots under a missing fact, from left to right.
    pub(super) fn dots(&mut self, from: f32, to: f32, y: f32) {
        self.op("[1 1.6]0 d ");
        self.drawing(&Drawing::line(&[[from, y], [to, y]], 0.5), 0.0);
        self.op("[]0 d\n");
    }

    /// A picture or a form of the resources, stretched over a box; a form as it is.
    pub(super) fn place(&mut self, name: &str, area: Option<(Area, f32)>) {
        if let Some((area, top)) = area {
            self.op("q ");
            self.number(area.width);
            self.op("0 0 ");
            self.number(area.height);
            self.number(area.x);
            self.number(self.height - top - area.foot());
            self.op("cm/");
        } else {
            self.op("/");
        }
        self.op(name);
        self.op(if area.is_some() { " Do Q\n" } else { " Do\n" });
    }

    fn number(&mut self, value: f32) {
        push_number(&mut self.out, value);
        self.out.push(b' ');
    }

    fn op(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }
}
