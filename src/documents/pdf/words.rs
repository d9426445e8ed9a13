//! From runs to the unbreakable pieces that lines are made of.

use std::sync::Arc;

use super::PdfError;
use super::font::{FaceId, Shaper, Word};
use crate::documents::model::{FontFamily, Run};

/// Price of a break after `/`: only where a number would otherwise tear a line apart.
const AFTER_SLASH: f64 = 600.0;
/// Price of a break after the hyphen of a doubled word (undang-undang).
const AFTER_HYPHEN: f64 = 150.0;
/// Price of a break inside a word that is wider than its column.
const INSIDE_WORD: f64 = 5000.0;

/// A shaped word or part of one, in one style.
#[derive(Debug, Clone)]
pub(super) struct Fragment {
    /// What it prints.
    pub(super) word: Arc<Word>,
    /// The style it was set in.
    pub(super) face: FaceId,
    /// Part of a missing fact.
    pub(super) gap: bool,
}

/// What stands between a segment and the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Joint {
    /// A space of this width in points; lines break and stretch here.
    Space(f32),
    /// Nothing to see; a line may break here at this price.
    Break(f64),
}

/// What no line break divides.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// Its stretches of one style.
    pub(super) fragments: Vec<Fragment>,
    /// Width in points.
    pub(super) width: f32,
    /// What follows.
    pub(super) after: Joint,
}

/// The style of the words around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Family of the paper.
    pub(super) family: FontFamily,
    /// Size in points.
    pub(super) size: f32,
    /// Set everything bold, as names under signatures are.
    pub(super) bold: bool,
}

impl Style {
    fn face(self, run: &Run) -> FaceId {
        FaceId::of(self.family, self.bold || run.bold || run.gap, run.italic || run.gap)
    }
}

/// The words of runs. No segment is wider than `column` points: a word that is gets cut where the
/// column ends.
pub(super) fn segments(
    shaper: &mut Shaper,
    runs: &[Run],
    style: Style,
    column: f32,
) -> Result<Vec<Segment>, PdfError> {
    let mut builder = Builder { shaper, style, done: Vec::new(), open: Vec::new(), text: String::new() };
    for run in runs {
        let face = style.face(run);
        let mut before = ' ';
        let mut characters = run.text.chars().peekable();
        while let Some(character) = characters.next() {
            match printable(character) {
                None => continue,
                Some(' ') if character != '\u{a0}' && character != '\u{202f}' => {
                    builder.close_fragment(face, run.gap)?;
                    builder.close_segment(Joint::Space(builder.shaper.space(face) * style.size));
                }
                Some(printed) => {
                    builder.text.push(printed);
                    let next = characters.peek().copied().unwrap_or(' ');
                    if let Some(price) = price_after(before, printed, next) {
                        builder.close_fragment(face, run.gap)?;
                        builder.close_segment(Joint::Break(price));
                    }
                }
            }
            before = character;
        }
        builder.close_fragment(face, run.gap)?;
    }
    builder.close_segment(Joint::Space(0.0));
    let segments = builder.done;
    if segments.iter().all(|segment| segment.width <= column) {
        return Ok(segments);
    }
    let mut cut = Vec::with_capacity(segments.len() + 8);
    for segment in segments {
        if segment.width <= column {
            cut.push(segment);
        } else {
            cut_to(shaper, segment, style.size, column, &mut cut)?;
        }
    }
    Ok(cut)
}

/// What a character prints as: any white space is a space, invisible marks are nothing.
fn printable(character: char) -> Option<char> {
    match character {
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => None,
        '\u{2010}' | '\u{2011}' => Some('-'),
        other if other.is_whitespace() || other.is_control() => Some(' '),
        other => Some(other),
    }
}

fn price_after(before: char, character: char, next: char) -> Option<f64> {
    let inside = !before.is_whitespace() && !next.is_whitespace();
    match character {
        '/' if inside && next != '/' => Some(AFTER_SLASH),
        '-' if before.is_alphabetic() && next.is_alphabetic() => Some(AFTER_HYPHEN),
        _ => None,
    }
}

struct Builder<'a> {
    shaper: &'a mut Shaper,
    style: Style,
    done: Vec<Segment>,
    open: Vec<Fragment>,
    text: String,
}

impl Builder<'_> {
    fn close_fragment(&mut self, face: FaceId, gap: bool) -> Result<(), PdfError> {
        if !self.text.is_empty() {
            let word = self.shaper.word(face, &self.text)?;
            self.open.push(Fragment { word, face, gap });
            self.text.clear();
        }
        Ok(())
    }

    fn close_segment(&mut self, after: Joint) {
        if !self.open.is_empty() {
            let fragments = std::mem::take(&mut self.open);
            self.done.push(segment(fragments, self.style.size, after));
        } else if let (Some(last), Joint::Space(_)) = (self.done.last_mut(), after)
            && let Joint::Break(_) = last.after
        {
            last.after = after;
        }
    }
}

fn segment(fragments: Vec<Fragment>, size: f32, after: Joint) -> Segment {
    let width = fragments.iter().map(|fragment| fragment.word.width).sum::<f32>() * size;
    Segment { fragments, width, after }
}

/// Cuts a segment into pieces that fit the column, the last resort for words wider than it. A single
/// character that is still wider stands alone.
fn cut_to(
    shaper: &mut Shaper,
    whole: Segment,
    size: f32,
    column: f32,
    into: &mut Vec<Segment>,
) -> Result<(), PdfError> {
    let mut open: Vec<Fragment> = Vec::new();
    let mut room = column;
    for fragment in &whole.fragments {
        let mut rest: &str = &fragment.word.text;
        while !rest.is_empty() {
            let mut end = 0;
            let mut width = 0.0;
            for (at, character) in rest.char_indices() {
                width += shaper.word(fragment.face, character.encode_utf8(&mut [0; 4]))?.width * size;
                if width > room {
                    break;
                }
                end = at + character.len_utf8();
            }
            let mut word = shaper.word(fragment.face, &rest[..end])?;
            // Kerning may widen what the single characters promised.
            while end > 0 && word.width * size > room {
                end = rest[..end].char_indices().next_back().map_or(0, |(at, _)| at);
                word = shaper.word(fragment.face, &rest[..end])?;
            }
            if end == 0 && open.is_empty() {
                end = rest.chars().next().map_or(rest.len(), char::len_utf8);
                word = shaper.word(fragment.face, &rest[..end])?;
            }
            if end > 0 {
                room -= word.width * size;
                open.push(Fragment { word, ..fragment.clone() });
                rest = &rest[end..];
            }
            if !rest.is_empty() {
                into.push(segment(std::mem::take(&mut open), size, Joint::Break(INSIDE_WORD)));
                room = column;
            }
        }
    }
    into.push(segment(open, size, whole.after));
    Ok(())
}
