//! Faces and shaped words: which glyphs a word needs and how wide it is. Kerning is on; ligatures are
//! off, so that each glyph stands for one character and text copied from the paper is the text.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Face, Feature, ShapePlan, UnicodeBuffer, script};

use super::PdfError;
use super::picture::PictureCache;
use super::subset::{Subset, SubsetCache};
use crate::documents::model::FontFamily;

/// Faces of both families: bit 0 bold, bit 1 italic, bit 2 Liberation.
pub(super) const FACES: usize = 8;

/// Words kept ready per face; a bound, because names and numbers never end.
const WORDS_KEPT: usize = 4_000;

/// Shapers kept for the next paper, whichever thread sets it.
const SHAPERS_KEPT: usize = 4;

const BYTES: [&[u8]; FACES] = [
    include_bytes!("../../../assets/fonts/tex-gyre-bonum/texgyrebonum-regular.otf"),
    include_bytes!("../../../assets/fonts/tex-gyre-bonum/texgyrebonum-bold.otf"),
    include_bytes!("../../../assets/fonts/tex-gyre-bonum/texgyrebonum-italic.otf"),
    include_bytes!("../../../assets/fonts/tex-gyre-bonum/texgyrebonum-bolditalic.otf"),
    include_bytes!("../../../assets/fonts/liberation-sans/LiberationSans-Regular.ttf"),
    include_bytes!("../../../assets/fonts/liberation-sans/LiberationSans-Bold.ttf"),
    include_bytes!("../../../assets/fonts/liberation-sans/LiberationSans-Italic.ttf"),
    include_bytes!("../../../assets/fonts/liberation-sans/LiberationSans-BoldItalic.ttf"),
];

const NAMES: [&str; FACES] = [
    "TeXGyreBonum-Regular",
    "TeXGyreBonum-Bold",
    "TeXGyreBonum-Italic",
    "TeXGyreBonum-BoldItalic",
    "LiberationSans",
    "LiberationSans-Bold",
    "LiberationSans-Italic",
    "LiberationSans-BoldItalic",
];

/// One of the vendored faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FaceId(u8);

impl FaceId {
    /// The face of a family in a style.
    pub(super) fn of(family: FontFamily, bold: bool, italic: bool) -> Self {
        let family = match family {
            FontFamily::Bonum => 0,
            FontFamily::Liberation => 4,
        };
        Self(family | u8::from(bold) | (u8::from(italic) << 1))
    }

    /// The same style in the other family, for the few characters a family lacks.
    fn other(self) -> Self {
        Self(self.0 ^ 4)
    }

    /// The face at a position among the vendored ones.
    pub(super) fn at(index: usize) -> Self {
        Self((index % FACES) as u8)
    }

    /// Position among the vendored faces.
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Name of its resource in the PDF.
    pub(super) fn resource(self) -> String {
        format!("K{}", self.0)
    }

    /// PostScript name.
    pub(super) fn name(self) -> &'static str {
        NAMES[self.index()]
    }

    /// The font file.
    pub(super) fn bytes(self) -> &'static [u8] {
        BYTES[self.index()]
    }
}

/// A stretch of a word in one face.
#[derive(Debug)]
pub(super) struct Part {
    /// Its face.
    pub(super) face: FaceId,
    /// What it prints.
    pub(super) text: Box<str>,
    /// Kerning: where in the text, and by how many thousandths of an em (positive moves apart).
    pub(super) kerns: Vec<(usize, f32)>,
    /// Width in em.
    pub(super) width: f32,
}

/// A word that is ready to print.
#[derive(Debug)]
pub(super) struct Word {
    /// What it says.
    pub(super) text: Box<str>,
    /// Usually one; two or more where a character comes from the other family.
    pub(super) parts: Vec<Part>,
    /// Width in em.
    pub(super) width: f32,
}

/// Parsed faces with all that is remembered about them.
pub(super) struct Shaper {
    faces: Vec<Loaded>,
    /// Subsets made before, by face and characters.
    pub(super) subsets: SubsetCache,
    /// Pictures checked before.
    pub(super) pictures: PictureCache,
}

struct Loaded {
    id: FaceId,
    face: Face<'static>,
    plan: ShapePlan,
    words: HashMap<Box<str>, Arc<Word>>,
    space: f32,
}

static IDLE: Mutex<Vec<Shaper>> = Mutex::new(Vec::new());

impl Shaper {
    /// Runs `job` with a shaper that remembers earlier papers where one is idle. What is remembered
    /// changes the time a paper takes, never its bytes.
    pub(super) fn with<T>(job: impl FnOnce(&mut Self) -> Result<T, PdfError>) -> Result<T, PdfError> {
        let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut shaper = match idle {
            Some(shaper) => shaper,
            None => Self::new()?,
        };
        let done = job(&mut shaper);
        let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < SHAPERS_KEPT {
            idle.push(shaper);
        }
        done
    }

    fn new() -> Result<Self, PdfError> {
        let off = |tag: &[u8; 4]| Feature::new(Tag::from_bytes(tag), 0, ..);
        let features = [off(b"liga"), off(b"clig"), off(b"dlig"), off(b"rlig"), off(b"calt")];
        let mut faces = Vec::with_capacity(FACES);
        for id in (0..FACES as u8).map(FaceId) {
            let face = Face::from_slice(id.bytes(), 0).ok_or(PdfError::Font(id.name()))?;
            let plan = ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), None, &features);
            let mut loaded = Loaded { id, face, plan, words: HashMap::new(), space: 0.0 };
            loaded.space = loaded.advance(' ').ok_or(PdfError::Font(id.name()))?;
            faces.push(loaded);
        }
        Ok(Self { faces, subsets: SubsetCache::default(), pictures: PictureCache::default() })
    }

    /// Width of the space between words, in em.
    pub(super) fn space(&self, face: FaceId) -> f32 {
        self.faces[face.index()].space
    }

    /// The same for every face.
    pub(super) fn spaces(&self) -> [f32; FACES] {
        std::array::from_fn(|at| self.faces[at].space)
    }

    /// The word in a face; an error when no vendored face has one of its characters.
    pub(super) fn word(&mut self, face: FaceId, text: &str) -> Result<Arc<Word>, PdfError> {
        if let Some(word) = self.faces[face.index()].words.get(text) {
            return Ok(Arc::clone(word));
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let id = self.face_with(face, first, text)?;
            let end = rest
                .char_indices()
                .find(|&(_, c)| self.face_with(face, c, text).ok() != Some(id))
                .map_or(rest.len(), |(at, _)| at);
            parts.push(self.faces[id.index()].shape(&rest[..end]));
            rest = &rest[end..];
        }
        let width = parts.iter().map(|part| part.width).sum();
        let word = Arc::new(Word { text: text.into(), parts, width });
        let words = &mut self.faces[face.index()].words;
        if words.len() >= WORDS_KEPT {
            words.clear();
        }
        words.insert(text.into(), Arc::clone(&word));
        Ok(word)
    }

    /// The glyph of a character in a face.
    pub(super) fn glyph(&self, face: FaceId, character: char) -> Option<u16> {
        self.faces[face.index()].face.glyph_index(character).map(|glyph| glyph.0)
    }

    fn face_with(&self, face: FaceId, character: char, word: &str) -> Result<FaceId, PdfError> {
        [face, face.other()]
            .into_iter()
            .find(|id| self.faces[id.index()].face.glyph_index(character).is_some())
            .ok_or_else(|| PdfError::NoGlyph { character, word: word.to_owned() })
    }

    /// The part of a face that prints `characters`, each once, in the order of their codes from 1 on.
    pub(super) fn subset(&mut self, face: FaceId, characters: &[char]) -> Result<Arc<Subset>, PdfError> {
        self.subsets.get(face, &self.faces[face.index()].face, characters)
    }
}

impl Loaded {
    fn advance(&self, character: char) -> Option<f32> {
        let glyph = self.face.glyph_index(character)?;
        let advance = self.face.glyph_hor_advance(glyph)?;
        Some(f32::from(advance) / self.face.units_per_em() as f32)
    }

    fn shape(&self, text: &str) -> Part {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape_with_plan(&self.face, &self.plan, buffer);
        let em = self.face.units_per_em() as f32;
        let one_to_one = shaped.len() == text.chars().count()
            && text.chars().zip(shaped.glyph_infos()).all(|(character, glyph)| {
                self.face.glyph_index(character).is_some_and(|id| u32::from(id.0) == glyph.glyph_id)
            });
        let mut kerns = Vec::new();
        let mut width = 0.0;
        for (at, (place, character)) in text.char_indices().enumerate() {
            let natural = self.advance(character).unwrap_or_default();
            let set = match shaped.glyph_positions().get(at) {
                Some(position) if one_to_one => position.x_advance as f32 / em,
                _ => natural,
            };
            width += set;
            let kern = (set - natural) * 1000.0;
            if kern.abs() >= 0.5 {
                kerns.push((place + character.len_utf8(), kern));
            }
        }
        Part { face: self.id, text: text.into(), kerns, width }
    }
}
