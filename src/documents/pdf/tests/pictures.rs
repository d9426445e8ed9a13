//! Pictures of a few pages, kept in the repository: how much ink lies where. A change that moves a line
//! or loses a border shows here; another version of the program that draws the pages does not.
//! `KAWAL_RENEW=1` draws them anew, to be looked at and committed.

use std::path::{Path, PathBuf};

use super::render;
use super::tools::run;
use crate::documents::any_document::{form, guide, sample};
use crate::documents::model::Document;

/// Dots to the inch, and dots to the side of a square whose ink is compared.
const RESOLUTION: &str = "30";
const SQUARE: usize = 4;
/// How far a square may differ (of 255), and how many squares in a thousand may differ further.
const TOLERANCE: u8 = 40;
const IN_A_THOUSAND: usize = 4;

/// A grey picture.
struct Grey {
    width: usize,
    dots: Vec<u8>,
}

impl Grey {
    /// Reads a binary PGM.
    fn read(bytes: &[u8]) -> Self {
        let mut fields = Vec::new();
        let mut at = 0;
        while fields.len() < 4 {
            let end = at + bytes[at..].iter().position(u8::is_ascii_whitespace).unwrap();
            fields.push(std::str::from_utf8(&bytes[at..end]).unwrap());
            at = end + 1;
        }
        assert_eq!((fields[0], fields[3]), ("P5", "255"));
        let (width, height): (usize, usize) = (fields[1].parse().unwrap(), fields[2].parse().unwrap());
        Self { width, dots: bytes[at..at + width * height].to_vec() }
    }

    fn write(&self, path: &Path) {
        let mut bytes = format!("P5\n{} {}\n255\n", self.width, self.dots.len() / self.width).into_bytes();
        bytes.extend_from_slice(&self.dots);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// The mean of each square.
    fn squares(&self) -> Self {
        let height = self.dots.len() / self.width;
        let (columns, rows) = (self.width / SQUARE, height / SQUARE);
        let mean = |column: usize, row: usize| {
            let dots = (0..SQUARE * SQUARE).map(|at| {
                let (x, y) = (column * SQUARE + at % SQUARE, row * SQUARE + at / SQUARE);
                usize::from(self.dots[y * self.width + x])
            });
            (dots.sum::<usize>() / (SQUARE * SQUARE)) as u8
        };
        let dots = (0..columns * rows).map(|at| mean(at % columns, at / columns)).collect();
        Self { width: columns, dots }
    }
}

fn looks_as_before(name: &str, document: &Document, page: usize) {
    let folder = tempfile::tempdir().unwrap();
    let paper = folder.path().join("naskah.pdf");
    std::fs::write(&paper, render(document).unwrap()).unwrap();
    let (page, paper, drawn) = (page.to_string(), paper.to_str().unwrap(), folder.path().join("halaman"));
    let drawn = drawn.to_str().unwrap();
    let wanted =
        ["-r", RESOLUTION, "-gray", "-singlefile", "-f", page.as_str(), "-l", page.as_str(), paper, drawn];
    let Some(output) = run("pdftoppm", &wanted) else { return };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let drawn = Grey::read(&std::fs::read(format!("{drawn}.pgm")).unwrap()).squares();
    let kept = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/papers/pictures")
        .join(format!("{name}-{page}.pgm"));
    if std::env::var_os("KAWAL_RENEW").is_some() {
        drawn.write(&kept);
        return;
    }
    let before = Grey::read(&std::fs::read(&kept).unwrap());
    assert_eq!((before.width, before.dots.len()), (drawn.width, drawn.dots.len()));
    let differ = before.dots.iter().zip(&drawn.dots).filter(|(a, b)| a.abs_diff(**b) > TOLERANCE).count();
    assert!(differ * 1000 <= before.dots.len() * IN_A_THOUSAND, "{name} {page}: {differ} squares differ");
}

#[test]
fn the_first_page_of_an_agreement_looks_as_before() {
    looks_as_before("agreement", &sample(), 1);
}

#[test]
fn the_pages_of_a_form_look_as_before() {
    looks_as_before("form", &form(), 1);
    looks_as_before("form", &form(), 2);
}

#[test]
fn a_page_of_a_guide_looks_as_before() {
    looks_as_before("guide", &guide(8), 2);
}
