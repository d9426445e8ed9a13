//! Reads a PDF as a person does: the characters and where they stand, from the fonts' own ToUnicode.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

/// What is printed on one page.
#[derive(Default)]
pub(super) struct Sheet {
    /// The text in the order of the content stream, without what surrounds it; lines end in `\n`.
    pub(super) text: String,
    /// Left edge, right edge and baseline of each stretch, in points from the lower left corner.
    pub(super) stretches: Vec<(f32, f32, f32)>,
    /// The text that surrounds the page: page number, paraf, draft mark, repeated headers.
    pub(super) furniture: String,
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
    let content = Content::decode(&file.get_page_content(page)).unwrap();
    let mut sheet = Sheet::default();
    let (mut font, mut size, mut at, mut artifact) = (Vec::new(), 0.0, (0.0, 0.0), false);
    let mut pen: Option<(f32, f32)> = None;
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BMC" => artifact = operands[0].as_name().unwrap() == b"Artifact",
            "EMC" => artifact = false,
            "BT" => pen = None,
            "Tf" => {
                font = operands[0].as_name().unwrap().to_vec();
                size = operands[1].as_float().unwrap();
            }
            "Tm" => at = (operands[4].as_float().unwrap(), operands[5].as_float().unwrap()),
            "Tj" | "TJ" => {
                let items = match &operands[0] {
                    Object::Array(items) => items.clone(),
                    other => vec![other.clone()],
                };
                let (text, advance) = show(&fonts[&font], &items);
                let right = at.0 + advance * size;
                let into = if artifact { &mut sheet.furniture } else { &mut sheet.text };
                if pen.is_some_and(|(_, y)| y != at.1) {
                    into.push('\n');
                } else if pen.is_some_and(|(x, _)| (x - at.0).abs() > 1.0) {
                    into.push(' ');
                }
                into.push_str(&text);
                pen = Some((right, at.1));
                if !artifact {
                    let space = if text.ends_with(' ') { 0.6 * size } else { 0.0 };
                    sheet.stretches.push((at.0, right - space, at.1));
                }
            }
            _ => {}
        }
    }
    sheet
}

fn show(font: &Font, items: &[Object]) -> (String, f32) {
    let (mut text, mut advance) = (String::new(), 0.0);
    for item in items {
        match item {
            Object::String(codes, _) => {
                for code in codes.chunks_exact(2) {
                    let code = u16::from_be_bytes([code[0], code[1]]);
                    assert_ne!(code, 0, "a character without a glyph was printed");
                    text.push(font.characters[&code]);
                    advance += font.widths[usize::from(code)] / 1000.0;
                }
            }
            other => advance -= other.as_float().unwrap() / 1000.0,
        }
    }
    (text, advance)
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
