//! Real lists. The labels of a paper are finished text; where consecutive labels form a series that a
//! word processor counts alike ("(1)", "(2)"; "a.", "b."), they become list numbering, so that an item
//! put in by hand renumbers the rest. Every other label stays text.

use std::fmt::Write;

use super::units::Face;
use super::xml::{self, NAMESPACES};

/// Levels a list may have.
pub(super) const LEVELS: usize = 9;
/// Labels for levels that a list does not use yet: what an office would see after "demote".
const USUAL: [Shape; 5] = [
    Shape { open: "(", count: Count::Decimal, close: ")" },
    Shape { open: "", count: Count::LowerLetter, close: "." },
    Shape { open: "", count: Count::Decimal, close: ")" },
    Shape { open: "", count: Count::LowerLetter, close: ")" },
    Shape { open: "(", count: Count::LowerLetter, close: ")" },
];

/// What a label counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    Decimal,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    /// The same sign before each item.
    Bullet,
}

impl Count {
    fn code(self) -> &'static str {
        match self {
            Self::Decimal => "decimal",
            Self::LowerLetter => "lowerLetter",
            Self::UpperLetter => "upperLetter",
            Self::LowerRoman => "lowerRoman",
            Self::UpperRoman => "upperRoman",
            Self::Bullet => "bullet",
        }
    }

    /// A number as a word processor writes it; after z comes aa, then bb.
    fn write(self, number: u32) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::LowerLetter => letters(number, b'a'),
            Self::UpperLetter => letters(number, b'A'),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::UpperRoman => roman(number),
            Self::Bullet => String::new(),
        }
    }

    fn read(self, text: &str) -> Option<u32> {
        let number = match self {
            Self::Decimal => text.parse().ok()?,
            Self::LowerLetter | Self::UpperLetter => {
                let first = text.bytes().next()?.to_ascii_lowercase();
                let rounds = u32::try_from(text.len()).ok()?;
                u32::from(first.checked_sub(b'a')?) + 1 + 26 * (rounds - 1)
            }
            Self::LowerRoman | Self::UpperRoman => {
                (1..=60).find(|&number| roman(number).eq_ignore_ascii_case(text))?
            }
            Self::Bullet => return None,
        };
        // Only what would be written back the same: no "01", no "ab", no "iiii".
        ((1..1000).contains(&number) && self.write(number) == text).then_some(number)
    }
}

fn letters(number: u32, first: u8) -> String {
    let at = number.saturating_sub(1);
    let letter = char::from(first + (at % 26) as u8);
    std::iter::repeat_n(letter, (at / 26 + 1) as usize).collect()
}

fn roman(mut number: u32) -> String {
    const SIGNS: [(u32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

/// How a label looks around its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    open: &'static str,
    count: Count,
    close: &'static str,
}

impl Shape {
    /// What a label may be: at most two readings, since "i." is a letter and a number.
    fn readings(label: &str) -> Vec<(Self, u32)> {
        for sign in ["-", "–", "•"] {
            if label == sign {
                return vec![(Self { open: sign, count: Count::Bullet, close: "" }, 1)];
            }
        }
        let around = [("(", ")"), ("", ")."), ("", "."), ("", ")")].into_iter().find_map(|(open, close)| {
            let inside = label.strip_prefix(open)?.strip_suffix(close)?;
            inside.bytes().all(|byte| byte.is_ascii_alphanumeric()).then_some((open, close, inside))
        });
        let Some((open, close, inside)) = around else { return Vec::new() };
        let counts =
            [Count::Decimal, Count::LowerRoman, Count::UpperRoman, Count::LowerLetter, Count::UpperLetter];
        counts
            .into_iter()
            .filter_map(|count| Some((Self { open, count, close }, count.read(inside)?)))
            .collect()
    }
}

/// One list of the paper.
#[derive(Debug, Default)]
struct List {
    levels: [Option<Level>; LEVELS],
    /// Number of the last item of each level; none where the next begins anew.
    last: [Option<u32>; LEVELS],
    /// Where the labels of this list stand: twips of a label column at least.
    unit: i32,
    /// Indent of the whole list.
    inset: i32,
}

#[derive(Debug, Clone, Copy)]
struct Level {
    shape: Shape,
    start: u32,
    /// Width of the label column.
    width: i32,
}

impl List {
    /// The number an item of this level and shape would get, if the level can have it.
    fn next(&self, level: usize, shape: Shape) -> Option<u32> {
        match self.levels[level] {
            Some(known) if known.shape == shape => Some(match self.last[level] {
                _ if shape.count == Count::Bullet => 1,
                Some(last) => last + 1,
                None => known.start,
            }),
            Some(_) => None,
            None => Some(1),
        }
    }

    fn add(&mut self, level: usize, shape: Shape, number: u32, width: i32) {
        let known = self.levels[level].get_or_insert(Level { shape, start: number, width: self.unit });
        known.width = known.width.max(width);
        self.last[level] = Some(number);
        for deeper in &mut self.last[level + 1..] {
            *deeper = None;
        }
    }
}

/// The place of an item: its list and level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    /// Number of the list, from 1.
    pub(super) list: usize,
    /// Level, from 0.
    pub(super) level: usize,
}

/// Lists that may still go on at a place of the paper: the body, or a column of a table.
#[derive(Debug, Default, Clone)]
pub(super) struct Open {
    lists: [Option<usize>; LEVELS],
}

impl Open {
    /// Nothing goes on behind a heading.
    pub(super) fn close(&mut self) {
        *self = Self::default();
    }
}

/// All lists of the file.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: Vec<List>,
}

impl Numbering {
    /// The list item that prints this label at this place; none where the label has to be text.
    pub(super) fn item(&mut self, open: &mut Open, level: u8, label: &str, place: Place) -> Option<Item> {
        let level = usize::from(level);
        if level >= LEVELS {
            return None;
        }
        let readings = Shape::readings(label.trim());
        let width = place.label_width(label);
        let found = readings.iter().find_map(|&(shape, number)| {
            // Its own list, else the one whose item it stands under: a skipped level would be counted.
            let around = || level.checked_sub(1).and_then(|above| open.lists[above]);
            open.lists[level]
                .or_else(around)
                .filter(|&list| self.lists[list].next(level, shape) == Some(number))
                .map(|list| (list, shape, number))
        });
        let (list, shape, number) = match found {
            Some(found) => found,
            None => {
                let &(shape, number) = readings.first()?;
                self.lists.push(List { unit: place.unit, inset: place.inset, ..List::default() });
                (self.lists.len() - 1, shape, number)
            }
        };
        self.lists[list].add(level, shape, number, width);
        open.lists[level] = Some(list);
        for deeper in &mut open.lists[level + 1..] {
            *deeper = None;
        }
        Some(Item { list: list + 1, level })
    }

    /// `word/numbering.xml`. Each list has a definition of its own: shared ones would go on counting.
    pub(super) fn part(&self) -> String {
        let mut inside = String::new();
        for (at, list) in self.lists.iter().enumerate() {
            definition(&mut inside, at + 1, list);
        }
        for number in 1..=self.lists.len() {
            let _ =
                write!(inside, "<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{number}\"/></w:num>");
        }
        xml::part("w:numbering", NAMESPACES, &inside)
    }
}

fn definition(into: &mut String, number: usize, list: &List) {
    // Two hexadecimal numbers that only have to differ between lists.
    let identity = 0x4B41_0000 + number;
    let _ = write!(
        into,
        "<w:abstractNum w:abstractNumId=\"{number}\"><w:nsid w:val=\"{identity:08X}\"/>\
         <w:multiLevelType w:val=\"multilevel\"/><w:tmpl w:val=\"{identity:08X}\"/>"
    );
    let mut left = list.inset;
    let used = list.levels.iter().rposition(Option::is_some).map_or(0, |deepest| deepest + 1);
    for level in 0..used.max(USUAL.len()) {
        let usual = USUAL[level % USUAL.len()];
        let one = list.levels[level].unwrap_or(Level { shape: usual, start: 1, width: list.unit });
        let text = match one.shape.count {
            Count::Bullet => xml::escaped(one.shape.open),
            _ => format!("{}%{}{}", one.shape.open, level + 1, one.shape.close),
        };
        left += one.width;
        let _ = write!(
            into,
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"{}\"/><w:numFmt w:val=\"{}\"/><w:suff w:val=\"tab\"/>\
             <w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:tabs><w:tab w:val=\"num\" \
             w:pos=\"{left}\"/></w:tabs><w:ind w:left=\"{left}\" w:hanging=\"{}\"/></w:pPr></w:lvl>",
            one.start,
            one.shape.count.code(),
            one.width
        );
    }
    into.push_str("</w:abstractNum>");
}

/// Measures of the place where a list stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) face: Face,
    /// Least width of a label column.
    pub(super) unit: i32,
    /// Left of the list.
    pub(super) inset: i32,
}

impl Place {
    /// Width of the column of a label.
    pub(super) fn label_width(&self, label: &str) -> i32 {
        self.unit.max(self.face.width_of(label) + self.face.em(0.5))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_processor_would_write_back_is_read() {
        let first =
            |label: &str| Shape::readings(label).first().map(|(shape, number)| (shape.count, *number));
        assert_eq!(first("(12)"), Some((Count::Decimal, 12)));
        assert_eq!(first("c."), Some((Count::LowerLetter, 3)));
        assert_eq!(first("bb."), Some((Count::LowerLetter, 28)));
        assert_eq!(first("IV."), Some((Count::UpperRoman, 4)));
        assert_eq!(first("-"), Some((Count::Bullet, 1)));
        for text in ["ab.", "01.", "0.", "1.1", "Pasal 1", "", ".", "()", "①"] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
