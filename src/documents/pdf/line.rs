//! Line breaking: all lines of a paragraph are chosen together (total fit, after Knuth and Plass), so
//! that no single line has to bear wide gaps.

use super::font::{FACES, FaceId, Part};
use super::words::{Joint, Segment};
use crate::documents::model::Align;

/// How far a space may widen or narrow, as a share of itself.
const STRETCH: f32 = 0.5;
const SHRINK: f32 = 0.28;
/// Price of a line as such, so that ragged text does not spread over more lines than it needs.
const PER_LINE: f64 = 40.0;
/// A last line shorter than this share of the column looks lost.
const SHORT_LAST: f32 = 0.1;
/// Price of such a line.
const LOST_WORD: f64 = 35.0;

/// Badness of a justified line that holds one word and is not full: worse than any gap.
const ONE_WORD: f64 = 5_000_000.0;

/// One printed line.
#[derive(Debug, Default, Clone)]
pub(super) struct Line {
    /// Stretches of one face, left to right; `x` counts from the left edge of the column.
    pub(super) spans: Vec<Span>,
}

/// Text in one face on one line.
#[derive(Debug, Clone)]
pub(super) struct Span {
    /// Left edge in points.
    pub(super) x: f32,
    /// Width in points without a space at its end.
    pub(super) width: f32,
    /// Its face.
    pub(super) face: FaceId,
    /// What it prints.
    pub(super) text: String,
    /// Kerning and wider or narrower spaces: after which byte of the text, and by how many thousandths
    /// of an em (positive moves apart).
    pub(super) moves: Vec<(usize, i32)>,
    /// A missing fact.
    pub(super) gap: bool,
}

impl Line {
    /// The line moved to the right.
    pub(super) fn shifted(mut self, by: f32) -> Self {
        for span in &mut self.spans {
            span.x += by;
        }
        self
    }
}

/// Width of the text on one line with its natural spaces, in points.
pub(super) fn natural_width(segments: &[Segment]) -> f32 {
    let mut width = 0.0;
    for (at, segment) in segments.iter().enumerate() {
        width += segment.width;
        if let (Joint::Space(space), true) = (segment.after, at + 1 < segments.len()) {
            width += space;
        }
    }
    width
}

/// Sets segments into lines of `width` points, in type of `size` points with the given spaces (em).
pub(super) fn set(
    segments: &[Segment],
    width: f32,
    align: Align,
    size: f32,
    spaces: &[f32; FACES],
) -> Vec<Line> {
    let mut lines = Vec::new();
    let ends = match align {
        Align::Left | Align::Right => first_fit(segments, width),
        Align::Justify | Align::Center => total_fit(segments, width, align),
    };
    let mut from = 0;
    for &to in &ends {
        let last = to == segments.len();
        let pen = Pen { x: 0.0, size, spaces, spans: Vec::new(), owed: 0.0 };
        lines.push(line(&segments[from..to], width, align, last, pen));
        from = to;
    }
    lines
}

/// Lines filled one after the other, as ragged text is read. A word is divided only where it is wider
/// than the column.
fn first_fit(segments: &[Segment], width: f32) -> Vec<usize> {
    let mut ends = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < segments.len() {
        let inside = |segment: &Segment| matches!(segment.after, Joint::Break(_));
        let word_end = segments[at..]
            .iter()
            .position(|segment| !inside(segment))
            .map_or(segments.len(), |length| at + length + 1);
        let fits = |from: usize, to: usize| natural_width(&segments[from..to]) <= width + 0.01;
        if fits(from, word_end) {
            at = word_end;
        } else if from < at && fits(at, word_end) {
            ends.push(at);
            from = at;
        } else {
            // Wider than the column: as much of it as the line takes.
            while at < word_end {
                if from < at && !fits(from, at + 1) {
                    ends.push(at);
                    from = at;
                }
                at += 1;
            }
        }
    }
    if from < segments.len() {
        ends.push(segments.len());
    }
    ends
}

/// Where the lines end when all are chosen together: positions after the last segment of each.
fn total_fit(segments: &[Segment], width: f32, align: Align) -> Vec<usize> {
    let count = segments.len();
    // Sums from the start: width of segments before, width of spaces before.
    let mut text = Vec::with_capacity(count + 1);
    let mut space = Vec::with_capacity(count + 1);
    let (mut text_sum, mut space_sum) = (0.0f32, 0.0f32);
    for segment in segments {
        text.push(text_sum);
        space.push(space_sum);
        text_sum += segment.width;
        if let Joint::Space(width) = segment.after {
            space_sum += width;
        }
    }
    text.push(text_sum);
    let mut best = vec![(f64::INFINITY, 0usize); count + 1];
    best[0] = (0.0, 0);
    for to in 1..=count {
        for from in (0..to).rev() {
            let spaces = space[to - 1] - space[from];
            let natural = text[to] - text[from] + spaces;
            let least = if align == Align::Justify { natural - spaces * SHRINK } else { natural };
            if least > width + 0.01 && from + 1 < to {
                break;
            }
            let slack = f64::from(width - natural);
            let badness = match align {
                Align::Justify if to == count && from > 0 && natural < width * SHORT_LAST => LOST_WORD,
                Align::Justify if to == count && slack >= 0.0 => 0.0,
                Align::Justify => justified(slack, f64::from(spaces)),
                Align::Left | Align::Right | Align::Center => ragged(slack, f64::from(width)),
            };
            let price = match segments[to - 1].after {
                Joint::Break(price) if to < count => price,
                _ => 0.0,
            };
            let demerits = best[from].0 + (PER_LINE + badness).powi(2) + price * price;
            if demerits < best[to].0 {
                best[to] = (demerits, from);
            }
        }
    }
    let mut ends = Vec::new();
    let mut at = count;
    while at > 0 {
        ends.push(at);
        at = best[at].1;
    }
    ends.reverse();
    ends
}

fn justified(slack: f64, spaces: f64) -> f64 {
    let room = spaces * f64::from(if slack >= 0.0 { STRETCH } else { SHRINK });
    if room <= 0.0 {
        // One word alone: as bad as the line is empty.
        return if slack <= 0.01 { 0.0 } else { ONE_WORD + slack };
    }
    // Without a ceiling: between two loose lines the looser one must still be the worse one.
    100.0 * (slack.abs() / room).powi(3)
}

fn ragged(slack: f64, width: f64) -> f64 {
    100.0 * (slack.max(0.0) / width.max(1.0)).powi(2)
}

fn line(segments: &[Segment], width: f32, align: Align, last: bool, mut pen: Pen<'_>) -> Line {
    let natural = natural_width(segments);
    let gaps = segments.len().saturating_sub(1);
    let spaces: f32 = segments[..gaps]
        .iter()
        .map(|segment| if let Joint::Space(space) = segment.after { space } else { 0.0 })
        .sum();
    let slack = width - natural;
    let justify = align == Align::Justify && spaces > 0.0 && (!last || slack < 0.0);
    let factor = if justify { 1.0 + slack / spaces } else { 1.0 };
    pen.x = match align {
        Align::Center => (slack / 2.0).max(0.0),
        Align::Right => slack.max(0.0),
        Align::Left | Align::Justify => 0.0,
    };
    for (at, segment) in segments.iter().enumerate() {
        for fragment in &segment.fragments {
            for part in &fragment.word.parts {
                pen.show(part, fragment.gap);
            }
        }
        if at < gaps
            && let Joint::Space(space) = segment.after
        {
            pen.space(space * factor);
        }
    }
    // Who hears the paper must not hear the last word of a line run into the first of the next.
    let inside_word = segments.last().is_some_and(|segment| matches!(segment.after, Joint::Break(_)));
    if !inside_word && let Some(span) = pen.spans.last_mut() {
        span.text.push(' ');
    }
    Line { spans: pen.spans }
}

struct Pen<'a> {
    x: f32,
    size: f32,
    spaces: &'a [f32; FACES],
    spans: Vec<Span>,
    /// What rounding has kept back in the last span, in thousandths of an em.
    owed: f32,
}

impl Pen<'_> {
    fn show(&mut self, part: &Part, gap: bool) {
        let x = self.x;
        self.x += part.width * self.size;
        let right = self.x;
        let fresh = self.spans.last().is_none_or(|span| span.face != part.face || span.gap != gap);
        if fresh {
            self.owed = 0.0;
            let (text, moves) = (String::new(), Vec::new());
            self.spans.push(Span { x, width: 0.0, face: part.face, text, moves, gap });
        }
        let at = self.spans.len() - 1;
        let start = self.spans[at].text.len();
        self.spans[at].text.push_str(&part.text);
        for (place, kern) in &part.kerns {
            self.shift(start + place, *kern);
        }
        self.spans[at].width = right - self.spans[at].x;
    }

    fn space(&mut self, width: f32) {
        self.x += width;
        let Some(span) = self.spans.last_mut() else { return };
        span.text.push(' ');
        let (place, natural) = (span.text.len(), self.spaces[span.face.index()]);
        self.shift(place, (width / self.size - natural) * 1000.0);
    }

    /// Whole thousandths; what they lack is made good at the next move, so no line drifts.
    fn shift(&mut self, place: usize, by: f32) {
        let wanted = by + self.owed;
        let given = wanted.round();
        self.owed = wanted - given;
        if given != 0.0
            && let Some(span) = self.spans.last_mut()
        {
            span.moves.push((place, given as i32));
        }
    }
}
