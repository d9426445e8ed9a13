//! Reads a PDF as a person does: the characters and where they stand, from the fonts' own ToUnicode.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

/// What is printed on one page.
#[derive(Default)]
pub(super) struct Sheet {
    /// The text in the order of the content stream, without what surrounds it; lines end in `\n`.
    pub(super) text: String,
    /// Where each stretch of text stands, in points from the lower left corner.
    pub(super) stretches: Vec<Stretch>,
    /// The text that surrounds the page: page number, paraf, draft mark, repeated headers.
    pub(super) furniture: String,
    /// Where each stretch of it stands, the draft mark apart.
    pub(super) furniture_stretches: Vec<Stretch>,
    /// Corners of shapes and pictures of the text, from the lower left corner.
    pub(super) corners: Vec<(f32, f32)>,
    /// The text by the number of its marked content.
    pub(super) marked: BTreeMap<i64, String>,
}

/// A stretch of text: left and right edge, baseline and size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    pub(super) size: f32,
}

impl Stretch {
    /// Whether the ink of both can touch.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        // Words of two faces touch on one line, and each is rounded for itself.
        let across = self.left + 0.5 < other.right && other.left + 0.5 < self.right;
        let (top, other_top) = (self.baseline + self.size * 0.7, other.baseline + other.size * 0.7);
        across && self.baseline + 0.1 < other_top && other.baseline + 0.1 < top
    }
}

struct Font {
    characters: BTreeMap<u16, char>,
    widths: Vec<f32>,
}

/// All pages of a file.
pub(super) fn read(bytes: &[u8]) -> Vec<Sheet> {
    let file = Document::load_mem(bytes).unwrap();
    file.page_iter().map(|page| sheet(&file, page)).collect()
}

fn sheet(file: &Document, page: lopdf::ObjectId) -> Sheet {
    let fonts: BTreeMap<Vec<u8>, Font> =
        file.get_page_fonts(page).unwrap().into_iter().map(|(name, dict)| (name, font(file, dict))).collect();
    let mut reader = Reader { file, fonts, sheet: Sheet::default(), artifact: false, mark: None };
    let resources = file.get_dictionary(page).unwrap().get(b"Resources").unwrap().as_reference().unwrap();
    reader.content(&file.get_page_content(page), file.get_dictionary(resources).unwrap());
    reader.sheet
}

/// What a file says when it is heard: each node of its structure with its depth, name and own text.
pub(super) fn heard(bytes: &[u8]) -> Vec<(usize, String, String)> {
    let file = Document::load_mem(bytes).unwrap();
    let pages: Vec<lopdf::ObjectId> = file.page_iter().collect();
    let sheets: Vec<Sheet> = pages.iter().map(|page| sheet(&file, *page)).collect();
    let root = file.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let mut heard = Vec::new();
    let top = file.get_dictionary(root).unwrap().get(b"K").unwrap().as_reference().unwrap();
    hear(&file, (&pages, &sheets), top, 0, &mut heard);
    heard
}

fn hear(
    file: &Document,
    printed: (&[lopdf::ObjectId], &[Sheet]),
    node: lopdf::ObjectId,
    depth: usize,
    heard: &mut Vec<(usize, String, String)>,
) {
    let dict = file.get_dictionary(node).unwrap();
    let name = String::from_utf8(dict.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
    heard.push((depth, name.clone(), String::new()));
    let home = dict.get(b"Pg").ok().map(|page| page.as_reference().unwrap());
    let kids = match dict.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(one) => vec![one.clone()],
        Err(_) => Vec::new(),
    };
    for kid in kids {
        let (page, number) = match &kid {
            Object::Reference(id) => {
                assert_eq!(
                    file.get_dictionary(*id).unwrap().get(b"P").unwrap().as_reference().unwrap(),
                    node
                );
                hear(file, printed, *id, depth + 1, heard);
                // What follows a child belongs to the node again.
                heard.push((depth, name.clone(), String::new()));
                continue;
            }
            Object::Integer(number) => (home.unwrap(), *number),
            other => {
                let mark = other.as_dict().unwrap();
                let page = mark.get(b"Pg").unwrap().as_reference().unwrap();
                (page, mark.get(b"MCID").unwrap().as_i64().unwrap())
            }
        };
        let at = printed.0.iter().position(|known| *known == page).unwrap();
        if let Some(text) = printed.1[at].marked.get(&number) {
            heard.last_mut().unwrap().2.push_str(text);
        }
    }
}

struct Reader<'a> {
    file: &'a Document,
    fonts: BTreeMap<Vec<u8>, Font>,
    sheet: Sheet,
    artifact: bool,
    mark: Option<i64>,
}

impl Reader<'_> {
    fn content(&mut self, content: &[u8], resources: &Dictionary) {
        let content = Content::decode(content).unwrap();
        let (mut font, mut size, mut at) = (Vec::new(), 0.0, (0.0, 0.0));
        let mut pen: Option<(f32, f32)> = None;
        let (mut sloping, form) = (false, resources.is_empty());
        for operation in &content.operations {
            let operands = &operation.operands;
            let number = |at: usize| operands[at].as_float().unwrap();
            match operation.operator.as_str() {
                "BMC" => {
                    assert!(self.mark.is_none());
                    self.artifact = operands[0].as_name().unwrap() == b"Artifact";
                    pen = None;
                }
                "BDC" => {
                    self.mark = Some(operands[1].as_dict().unwrap().get(b"MCID").unwrap().as_i64().unwrap());
                }
                "EMC" => (self.artifact, self.mark) = (false, None),
                "BT" => (at, sloping) = ((0.0, 0.0), false),
                "Tf" => {
                    font = operands[0].as_name().unwrap().to_vec();
                    size = number(1);
                }
                "m" | "l" if !form => self.sheet.corners.push((number(0), number(1))),
                "c" if !form => self.sheet.corners.push((number(4), number(5))),
                "cm" => {
                    let (left, foot) = (number(4), number(5));
                    self.sheet.corners.extend([(left, foot), (left + number(0), foot + number(3))]);
                }
                "Td" => at = (at.0 + number(0), at.1 + number(1)),
                "Tm" => (at, sloping) = ((number(4), number(5)), true),
                "Do" => {
                    let named = resources.get(b"XObject").unwrap().as_dict().unwrap();
                    let id = named.get(operands[0].as_name().unwrap()).unwrap().as_reference().unwrap();
                    let form = self.file.get_object(id).unwrap().as_stream().unwrap();
                    if form.dict.get(b"Subtype").unwrap().as_name().unwrap() == b"Form" {
                        let (content, dict) = (form.decompressed_content().unwrap(), Dictionary::new());
                        self.content(&content, &dict);
                    }
                }
                "Tj" | "TJ" => {
                    assert!(self.artifact || self.mark.is_some(), "text that is not marked");
                    let items = match &operands[0] {
                        Object::Array(items) => items.clone(),
                        other => vec![other.clone()],
                    };
                    let (text, advance, ink) = show(&self.fonts[&font], &items);
                    let right = at.0 + advance * size;
                    let sheet = &mut self.sheet;
                    let into = if self.artifact { &mut sheet.furniture } else { &mut sheet.text };
                    let mark = self.mark.map(|mark| sheet.marked.entry(mark).or_default());
                    let between = if pen.is_some_and(|(_, y)| (y - at.1).abs() > 0.01) {
                        "\n"
                    } else if pen.is_some_and(|(x, _)| (x - at.0).abs() > 1.0) {
                        " "
                    } else {
                        ""
                    };
                    into.push_str(between);
                    into.push_str(&text);
                    if let Some(mark) = mark {
                        mark.push_str(&text);
                    }
                    pen = Some((right, at.1));
                    let stretch = Stretch { left: at.0, right: at.0 + ink * size, baseline: at.1, size };
                    if !self.artifact {
                        sheet.stretches.push(stretch);
                    } else if !sloping {
                        sheet.furniture_stretches.push(stretch);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The text, how far it leads, and how far its ink does; both in em.
fn show(font: &Font, items: &[Object]) -> (String, f32, f32) {
    let (mut text, mut advance, mut ink) = (String::new(), 0.0, 0.0f32);
    for item in items {
        match item {
            Object::String(codes, _) => {
                for code in codes.chunks_exact(2) {
                    let code = u16::from_be_bytes([code[0], code[1]]);
                    assert_ne!(code, 0, "a character without a glyph was printed");
                    let character = font.characters[&code];
                    text.push(character);
                    advance += font.widths[usize::from(code)] / 1000.0;
                    if character != ' ' {
                        ink = advance;
                    }
                }
            }
            other => advance -= other.as_float().unwrap() / 1000.0,
        }
    }
    (text, advance, ink)
}

fn font(file: &Document, dict: &Dictionary) -> Font {
    let map = file.get_object(dict.get(b"ToUnicode").unwrap().as_reference().unwrap()).unwrap();
    let map = map.as_stream().unwrap().decompressed_content().unwrap();
    let map = String::from_utf8(map).unwrap();
    let mut characters = BTreeMap::new();
    for block in map.split("beginbfchar").skip(1) {
        let block = block.split("endbfchar").next().unwrap();
        for line in block.lines().filter(|line| line.starts_with('<')) {
            let mut hex = line.split(['<', '>']).filter(|part| !part.trim().is_empty());
            let code = u16::from_str_radix(hex.next().unwrap(), 16).unwrap();
            let character = u32::from_str_radix(hex.next().unwrap(), 16).unwrap();
            characters.insert(code, char::from_u32(character).unwrap());
        }
    }
    let descendant = dict.get(b"DescendantFonts").unwrap().as_array().unwrap()[0].as_dict().unwrap();
    let widths = descendant.get(b"W").unwrap().as_array().unwrap()[1].as_array().unwrap();
    let widths = widths.iter().map(|width| width.as_float().unwrap()).collect();
    Font { characters, widths }
}
