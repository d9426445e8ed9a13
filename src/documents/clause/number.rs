//! Third pass: numbers, list endings and references from nesting; tokens → facts or gaps.

use std::collections::BTreeMap;

use super::fill::{Fill, Piece, pieces};
use super::tree::{Article, Item, List, Node, Part, Span, Text};
use super::{Articles, ClauseError, Row, Rows};
use crate::documents::model::{Align, Block, Heading, Para, Run};

/// How a paper numbers and cites.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scheme {
    /// Pasal 1, (1), a., 1), a).
    #[default]
    Articles,
    /// Running text: 1., a., 1), a).
    Running,
    /// Rows of a Juknis with Kriteria and Petunjuk: I., A., 1., a., 1).
    Criteria,
    /// Rows of a Juknis with Pembahasan and Kesepakatan: 1., a., 1), a).
    Topics,
}

impl Scheme {
    /// The label of a heading: "Pasal 3", "III.", "3.".
    fn heading(self, number: usize) -> String {
        match self {
            Self::Articles | Self::Running => format!("Pasal {number}"),
            Self::Criteria => format!("{}.", roman(number)),
            Self::Topics => format!("{number}."),
        }
    }

    /// The heading as it is cited.
    fn cited(self, number: usize) -> String {
        match self {
            Self::Articles | Self::Running => format!("Pasal {number}"),
            Self::Criteria => format!("angka {}", roman(number)),
            Self::Topics => format!("angka {number}"),
        }
    }

    /// The heading as it is cited from inside itself.
    fn itself(self) -> &'static str {
        match self {
            Self::Articles | Self::Running => "Pasal ini",
            Self::Criteria | Self::Topics => "angka ini",
        }
    }

    /// Whether the outermost ordered list is one of ayat.
    fn has_ayat(self) -> bool {
        self == Self::Articles
    }

    /// The label of an item, by how many lettered or numbered lists it stands in.
    fn item(self, depth: u8, number: usize) -> String {
        match (self, depth) {
            (Self::Criteria, 0) => format!("{}.", letter(number).to_uppercase()),
            (Self::Criteria, 1) => format!("{number}."),
            (Self::Criteria, 2) | (_, 0) => format!("{}.", letter(number)),
            (Self::Criteria, 3) | (_, 1) => format!("{number})"),
            _ => format!("{})", letter(number)),
        }
    }

    /// An item as it is cited.
    fn cited_item(self, depth: usize, number: usize) -> String {
        match (self, depth) {
            (Self::Criteria, 0) => format!("huruf {}", letter(number).to_uppercase()),
            (Self::Criteria, 1 | 3) => format!("angka {number}"),
            (Self::Criteria, _) | (_, 0 | 2) => format!("huruf {}", letter(number)),
            _ => format!("angka {number}"),
        }
    }
}

/// Where a block stands: Pasal, ayat (none when it prints without number), then huruf, angka ….
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Place {
    scheme: Scheme,
    article: Option<usize>,
    ayat: Option<usize>,
    items: Vec<usize>,
}

impl Place {
    /// Whether an ordered list here is one of ayat.
    fn is_ayat(&self) -> bool {
        self.scheme.has_ayat()
    }

    fn item(&self, ordinal: usize) -> Self {
        let mut place = self.clone();
        place.items.push(ordinal);
        place
    }

    /// "Pasal 8 ayat (1) huruf b".
    fn in_full(&self) -> String {
        let article = self.article.map(|n| self.scheme.cited(n));
        article.into_iter().chain(self.inside_article()).collect::<Vec<_>>().join(" ")
    }

    /// As cited from `reader`: what both share is left out, as drafting rules want it
    /// (UU 12/2011, Lampiran II, pengacuan).
    fn cited_from(&self, reader: &Self) -> String {
        if self.article != reader.article || reader.article.is_none() {
            return self.in_full();
        }
        if self.ayat == reader.ayat && !self.items.is_empty() {
            return self.inside_ayat().join(" ");
        }
        let inside: Vec<String> = self.inside_article().collect();
        if inside.is_empty() { self.scheme.itself().to_owned() } else { inside.join(" ") }
    }

    fn inside_article(&self) -> impl Iterator<Item = String> {
        self.ayat.map(|n| format!("ayat ({n})")).into_iter().chain(self.inside_ayat())
    }

    fn inside_ayat(&self) -> Vec<String> {
        self.items.iter().enumerate().map(|(depth, &n)| self.scheme.cited_item(depth, n)).collect()
    }
}

/// "a" … "z", "aa" ….
fn letter(n: usize) -> String {
    let (rounds, rest) = (n.saturating_sub(1) / 26, n.saturating_sub(1) % 26);
    let last = char::from(b'a' + u8::try_from(rest).unwrap_or_default());
    if rounds == 0 { last.to_string() } else { format!("{}{last}", letter(rounds)) }
}

/// Roman capitals, for BAB.
fn roman(mut n: usize) -> String {
    const STEPS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut roman = String::new();
    for (value, sign) in STEPS {
        while n >= value {
            roman.push_str(sign);
            n -= value;
        }
    }
    roman
}

/// How a list closes its items.
#[derive(Clone, Copy)]
enum Joined {
    Dan,
    Atau,
    /// Only semicolons, as in recitals and lists of regulations.
    Plain,
}

impl Joined {
    fn ending(self, last_but_one: bool) -> &'static str {
        match self {
            Self::Dan if last_but_one => "; dan",
            Self::Atau if last_but_one => "; atau",
            _ => ";",
        }
    }
}

pub(super) fn articles(parts: &[Part], chapters: bool) -> Result<Articles, ClauseError> {
    let places = labels(parts, Scheme::Articles)?;
    let mut blocks = Vec::new();
    for (part, article, number) in numbered(parts) {
        let printer = Printer { part, references: &places, scheme: Scheme::Articles };
        printer.article(article, number, chapters, &mut blocks)?;
    }
    Ok(Articles { blocks, references: in_full(places) })
}

pub(super) fn rows(parts: &[Part], scheme: Scheme) -> Result<Rows, ClauseError> {
    let places = labels(parts, scheme)?;
    let mut rows = Vec::new();
    for (part, article, number) in numbered(parts) {
        let printer = Printer { part, references: &places, scheme };
        let place = Place { scheme, article: Some(number), ..Place::default() };
        let mut blocks = Vec::new();
        printer.nodes(&article.nodes, &place, &mut blocks)?;
        let paras = blocks.into_iter().filter_map(|block| match block {
            Block::Para(para) => Some(para),
            _ => None,
        });
        rows.push(Row {
            label: scheme.heading(number),
            title: printer.runs(&article.title.spans, &place)?,
            paras: paras.collect(),
        });
    }
    Ok(Rows { rows, references: in_full(places) })
}

/// The articles of all parts with their numbers.
fn numbered(parts: &[Part]) -> impl Iterator<Item = (&Part, &Article, usize)> {
    let articles = parts.iter().flat_map(|part| part.articles.iter().map(move |article| (part, article)));
    articles.zip(1..).map(|((part, article), number)| (part, article, number))
}

/// Where every label stands.
fn labels(parts: &[Part], scheme: Scheme) -> Result<BTreeMap<String, Place>, ClauseError> {
    let mut places = BTreeMap::new();
    for (part, article, number) in numbered(parts) {
        note_labels(part, article, Place { scheme, article: Some(number), ..Place::default() }, &mut places)?;
    }
    Ok(places)
}

fn in_full(places: BTreeMap<String, Place>) -> BTreeMap<String, String> {
    places.into_iter().map(|(label, place)| (label, place.in_full())).collect()
}

pub(super) fn prose(part: &Part) -> Result<Vec<Block>, ClauseError> {
    let printer = Printer { part, references: &BTreeMap::new(), scheme: Scheme::Running };
    let mut blocks = Vec::new();
    for article in &part.articles {
        let place = Place { scheme: Scheme::Running, ..Place::default() };
        printer.nodes(&article.nodes, &place, &mut blocks)?;
    }
    Ok(blocks)
}

pub(super) fn titled(part: &Part) -> Result<(Vec<Run>, Vec<Block>), ClauseError> {
    let printer = Printer { part, references: &BTreeMap::new(), scheme: Scheme::Running };
    let place = Place { scheme: Scheme::Running, ..Place::default() };
    let (mut title, mut blocks) = (Vec::new(), Vec::new());
    for article in &part.articles {
        title.extend(printer.runs(&article.title.spans, &place)?);
        printer.nodes(&article.nodes, &place, &mut blocks)?;
    }
    Ok((title, blocks))
}

fn note_labels(
    part: &Part,
    article: &Article,
    place: Place,
    references: &mut BTreeMap<String, Place>,
) -> Result<(), ClauseError> {
    let mut note = |text: Option<&Text>, place: &Place| {
        let Some(label) = text.and_then(|text| text.label.as_ref()) else { return Ok(()) };
        match references.insert(label.clone(), place.clone()) {
            None => Ok(()),
            Some(_) => Err(ClauseError::DuplicateLabel { file: part.file.clone(), label: label.clone() }),
        }
    };
    note(Some(&article.title), &place)?;
    for node in &article.nodes {
        match node {
            Node::Para(text) => note(Some(text), &place)?,
            Node::List(list) => each_item(list, &place, &mut |item, place| note(item.paras.first(), place))?,
        }
    }
    Ok(())
}

fn each_item<E>(
    list: &List,
    outer: &Place,
    see: &mut impl FnMut(&Item, &Place) -> Result<(), E>,
) -> Result<(), E> {
    for (item, place) in list.items.iter().zip(places(list, outer)) {
        see(item, &place)?;
        for inner in &item.lists {
            each_item(inner, &place, see)?;
        }
    }
    Ok(())
}

/// The place of each item; a single ayat has the place of its article.
fn places(list: &List, outer: &Place) -> Vec<Place> {
    let single = list.items.len() == 1;
    (1..=list.items.len())
        .map(|n| match list.ordered {
            true if outer.is_ayat() && single => outer.clone(),
            true if outer.is_ayat() => Place { ayat: Some(n), ..outer.clone() },
            _ => outer.item(n),
        })
        .collect()
}

struct Printer<'a> {
    part: &'a Part,
    references: &'a BTreeMap<String, Place>,
    scheme: Scheme,
}

impl Printer<'_> {
    fn article(
        &self,
        article: &Article,
        number: usize,
        chapters: bool,
        blocks: &mut Vec<Block>,
    ) -> Result<(), ClauseError> {
        let place = Place { scheme: self.scheme, article: Some(number), ..Place::default() };
        let title: Vec<Run> = self
            .runs(&article.title.spans, &place)?
            .into_iter()
            .map(|run| Run { bold: true, ..run })
            .collect();
        let pasal = vec![Run::bold(self.scheme.heading(number))];
        let lines = if chapters {
            let title = title.into_iter().map(|run| Run { text: run.text.to_uppercase(), ..run }).collect();
            let lines = vec![vec![Run::bold(format!("BAB {}", roman(number)))], title];
            blocks.push(Block::Heading(Heading { level: 2, lines, anchor: None }));
            vec![pasal]
        } else {
            vec![pasal, title]
        };
        blocks.push(Block::Heading(Heading { level: 3, lines, anchor: article.title.label.clone() }));
        self.nodes(&article.nodes, &place, blocks)
    }

    fn nodes(&self, nodes: &[Node], place: &Place, blocks: &mut Vec<Block>) -> Result<(), ClauseError> {
        let mut joined = self.habit(None);
        for (index, node) in nodes.iter().enumerate() {
            match node {
                Node::Para(text) => {
                    joined = self.habit(Some(text));
                    let runs = self.runs(&text.spans, place)?;
                    let keep_with_next = matches!(nodes.get(index + 1), Some(Node::List(_)));
                    blocks.push(para(None, 0, runs, keep_with_next, text.label.clone()));
                }
                Node::List(list) => {
                    self.list(list, place, Level { indent: 0, depth: 0 }, joined, ".", blocks)?
                }
            }
        }
        Ok(())
    }

    /// How the items below a lead-in are joined.
    fn habit(&self, lead_in: Option<&Text>) -> Joined {
        match lead_in {
            Some(text) if text.either => Joined::Atau,
            _ if self.scheme == Scheme::Running => Joined::Plain,
            _ => Joined::Dan,
        }
    }

    fn list(
        &self,
        list: &List,
        outer: &Place,
        level: Level,
        joined: Joined,
        ending: &str,
        blocks: &mut Vec<Block>,
    ) -> Result<(), ClauseError> {
        let count = list.items.len();
        let ayat = list.ordered && self.scheme.has_ayat();
        let single_ayat = ayat && count == 1;
        for (index, (item, place)) in list.items.iter().zip(places(list, outer)).enumerate() {
            let number = index + 1;
            let ending = match (ayat, number == count) {
                (true, _) => ".",
                (false, true) => ending,
                (false, false) => joined.ending(number + 1 == count),
            };
            let label = match (list.ordered, self.scheme) {
                (true, Scheme::Articles) if single_ayat => None,
                (true, Scheme::Articles) => Some(format!("({number})")),
                (true, Scheme::Running) => Some(format!("{number}.")),
                _ => Some(self.scheme.item(level.depth, number)),
            };
            let below = match (list.ordered, self.scheme) {
                (true, Scheme::Articles) if single_ayat => level,
                (true, Scheme::Articles | Scheme::Running) => Level { indent: level.indent + 1, ..level },
                _ => Level { indent: level.indent + 1, depth: level.depth + 1 },
            };
            self.item(item, &place, (label, level.indent), below, ending, blocks)?;
        }
        Ok(())
    }

    fn item(
        &self,
        item: &Item,
        place: &Place,
        (mut label, indent): (Option<String>, u8),
        below: Level,
        ending: &str,
        blocks: &mut Vec<Block>,
    ) -> Result<(), ClauseError> {
        let last = item.paras.len().saturating_sub(1);
        for (index, text) in item.paras.iter().enumerate() {
            let closes = index == last && item.lists.is_empty();
            let mut runs = if closes {
                self.runs(&without_ending(&text.spans), place)?
            } else {
                self.runs(&text.spans, place)?
            };
            if closes {
                close(&mut runs, ending);
            }
            let keep_with_next = index == last && !item.lists.is_empty();
            let indent = if index == 0 { indent } else { below.indent };
            blocks.push(para(label.take(), indent, runs, keep_with_next, text.label.clone()));
        }
        for (index, inner) in item.lists.iter().enumerate() {
            let ending = if index + 1 == item.lists.len() { ending } else { ";" };
            self.list(inner, place, below, self.habit(item.paras.last()), ending, blocks)?;
        }
        Ok(())
    }

    /// Tokens become facts, gaps and references in the style of their surroundings.
    fn runs(&self, spans: &[Span], place: &Place) -> Result<Vec<Run>, ClauseError> {
        let mut runs: Vec<Run> = Vec::new();
        for span in spans {
            for piece in pieces(&span.text) {
                let piece = match piece {
                    Piece::Words(words) => Run::plain(words),
                    Piece::Token(index) => match self.part.fills.get(index) {
                        Some(Fill::Text(text)) => Run::plain(text.clone()),
                        Some(Fill::Gap(name)) => Run::gap(name),
                        Some(Fill::Slot(name, text)) => Run::slot(name, text.clone()),
                        Some(Fill::Reference(label)) => Run::plain(self.reference(label, place)?),
                        None => continue,
                    },
                };
                let piece = Run { bold: span.bold, italic: span.italic, ..piece };
                match runs.last_mut() {
                    Some(run) if run.same_style(&piece) => run.text.push_str(&piece.text),
                    _ => runs.push(piece),
                }
            }
        }
        Ok(runs)
    }

    fn reference(&self, label: &str, place: &Place) -> Result<String, ClauseError> {
        match self.references.get(label) {
            Some(target) => Ok(target.cited_from(place)),
            None => {
                Err(ClauseError::DanglingReference { file: self.part.file.clone(), label: label.to_owned() })
            }
        }
    }
}

/// How deep a list stands: indents on paper, and nesting of lettered lists, which decides its labels.
#[derive(Clone, Copy)]
struct Level {
    indent: u8,
    depth: u8,
}

/// Takes off the punctuation typed in the wording; a fact at the end keeps its own ("S.Sos.").
fn without_ending(spans: &[Span]) -> Vec<Span> {
    let mut spans = spans.to_vec();
    if let Some(last) = spans.last_mut() {
        let kept = last.text.trim_end_matches(['.', ';', ',', ' ']).len();
        last.text.truncate(kept);
    }
    spans
}

/// Sets the ending of an item; a full stop that a fact brings along is not doubled.
fn close(runs: &mut Vec<Run>, ending: &str) {
    let Some(last) = runs.last_mut() else { return };
    if ending.starts_with('.') && last.text.ends_with('.') {
        return;
    }
    if last.gap || last.bold || last.italic || last.slot.is_some() {
        runs.push(Run::plain(ending));
    } else {
        last.text.push_str(ending);
    }
}

fn para(
    label: Option<String>,
    level: u8,
    runs: Vec<Run>,
    keep_with_next: bool,
    anchor: Option<String>,
) -> Block {
    Block::Para(Para { label, level, align: Align::Justify, runs, keep_with_next, anchor })
}
