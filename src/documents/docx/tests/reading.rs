//! Reads a DOCX as a word processor does: parts, paragraphs, and labels counted from the definitions of
//! the file.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The parts of a file by name.
pub(in crate::documents) struct Docx {
    pub(in crate::documents) parts: BTreeMap<String, Vec<u8>>,
}

/// What was found between two brackets, or between elements.
pub(in crate::documents) enum Piece<'a> {
    /// Name and the rest of a start tag.
    Open(&'a str, &'a str),
    Close(&'a str),
    Text(&'a str),
}

/// Cuts XML into tags and text.
pub(in crate::documents) fn pieces(xml: &str) -> impl Iterator<Item = Piece<'_>> {
    xml.split('<').skip(1).flat_map(|part| {
        let (tag, text) = part.split_once('>').expect("a tag closes");
        let piece = match tag.strip_prefix('/') {
            Some(name) => Piece::Close(name),
            None => {
                let name = tag.split([' ', '/']).next().unwrap();
                Piece::Open(name, &tag[name.len()..])
            }
        };
        [piece, Piece::Text(text)]
    })
}

/// The value of an attribute in the rest of a start tag.
pub(in crate::documents) fn attribute<'a>(rest: &'a str, name: &str) -> Option<&'a str> {
    rest.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

fn plain(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (safe, plain)| text.replace(safe, plain))
}

/// How one level of a list counts.
#[derive(Clone, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
}

impl Docx {
    pub(in crate::documents) fn open(bytes: &[u8]) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            let name = file.name().unwrap().into_owned();
            parts.insert(name, content);
        }
        Self { parts }
    }

    /// A part as text.
    pub(in crate::documents) fn part(&self, name: &str) -> &str {
        std::str::from_utf8(self.parts.get(name).unwrap_or_else(|| panic!("{name} is missing"))).unwrap()
    }

    /// The words of the text with their counted labels, a line per paragraph.
    pub(in crate::documents) fn text(&self) -> String {
        let levels = self.levels();
        let mut counters: BTreeMap<u32, [Option<u32>; 9]> = BTreeMap::new();
        let (mut lines, mut line, mut inside, mut level, mut label) =
            (String::new(), String::new(), false, 0, String::new());
        for piece in pieces(self.part("word/document.xml")) {
            match piece {
                Piece::Open("w:t", _) => inside = true,
                Piece::Close("w:t") => inside = false,
                Piece::Text(text) if inside => line.push_str(&plain(text)),
                Piece::Open("w:tab", "/") => line.push('\t'),
                Piece::Open("w:br", _) => line.push('\n'),
                Piece::Open("w:ilvl", rest) => level = attribute(rest, "w:val").unwrap().parse().unwrap(),
                Piece::Open("w:numId", rest) => {
                    let list: u32 = attribute(rest, "w:val").unwrap().parse().unwrap();
                    let counted = &levels[&list][level];
                    let counter = counters.entry(list).or_default();
                    let number = counter[level].map_or(counted.start, |last| last + 1);
                    counter[level] = Some(number);
                    counter[level + 1..].fill(None);
                    label = counted.text.replace(&format!("%{}", level + 1), &write(number, &counted.format));
                    assert!(!label.contains('%'), "{label}");
                }
                Piece::Close("w:p") => {
                    lines.push_str(&format!(
                        "{} {}\n",
                        std::mem::take(&mut label),
                        std::mem::take(&mut line)
                    ));
                }
                _ => {}
            }
        }
        lines
    }

    fn levels(&self) -> BTreeMap<u32, Vec<Level>> {
        let mut definitions: BTreeMap<u32, Vec<Level>> = BTreeMap::new();
        let mut lists = BTreeMap::new();
        let (mut number, mut list) = (0, 0);
        for piece in pieces(self.part("word/numbering.xml")) {
            let Piece::Open(name, rest) = piece else { continue };
            let value = |name: &str| attribute(rest, name).unwrap().to_owned();
            let mut last = definitions.get_mut(&number).and_then(|levels| levels.last_mut());
            match name {
                "w:abstractNum" => number = value("w:abstractNumId").parse().unwrap(),
                "w:lvl" => definitions.entry(number).or_default().push(Level::default()),
                "w:start" => last.as_mut().unwrap().start = value("w:val").parse().unwrap(),
                "w:numFmt" => last.as_mut().unwrap().format = value("w:val"),
                "w:lvlText" => last.as_mut().unwrap().text = plain(&value("w:val")),
                "w:num" => list = value("w:numId").parse().unwrap(),
                "w:abstractNumId" => {
                    lists.insert(list, value("w:val").parse::<u32>().unwrap());
                }
                _ => {}
            }
        }
        lists.into_iter().map(|(list, number)| (list, definitions[&number].clone())).collect()
    }
}

fn write(number: u32, format: &str) -> String {
    let letter = |first: char| {
        let letter = char::from_u32(u32::from(first) + (number - 1) % 26).unwrap();
        letter.to_string().repeat(1 + (number as usize - 1) / 26)
    };
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = ["", "x", "xx", "xxx", "xl", "l", "lx"];
    let roman = || format!("{}{}", tens[number as usize / 10], ones[number as usize % 10]);
    match format {
        "decimal" => number.to_string(),
        "lowerLetter" => letter('a'),
        "upperLetter" => letter('A'),
        "lowerRoman" => roman(),
        "upperRoman" => roman().to_uppercase(),
        "bullet" => String::new(),
        other => panic!("{other}"),
    }
}
