//! The paper as other programs see it. Where a program is missing a line says so; in the project's own
//! checks (`KAWAL_CI`) it has to be there.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output};

use super::super::render_all;
use super::{expected, ink, render};
use crate::documents::any_document::{form, guide, sample};
use crate::documents::model::FontFamily;

/// What a program prints; nothing, and a line that says so, where it is missing.
pub(super) fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => Some(output),
        Err(_) => {
            missing(program);
            None
        }
    }
}

fn missing(what: &str) {
    assert!(std::env::var_os("KAWAL_CI").is_none(), "{what} not found");
    // Past the test harness, which would swallow it.
    writeln!(std::io::stderr(), "skipped: {what} not found").unwrap();
}

/// Runs a program on papers; what was printed.
fn on_papers(papers: &[Vec<u8>], program: &str, before: &[&str], after: &[&str]) -> Vec<Output> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("naskah.pdf");
    let mut outputs = Vec::new();
    for paper in papers {
        std::fs::write(&path, paper).unwrap();
        let arguments: Vec<&str> =
            before.iter().copied().chain([path.to_str().unwrap()]).chain(after.iter().copied()).collect();
        match run(program, &arguments) {
            Some(output) => outputs.push(output),
            None => return Vec::new(),
        }
    }
    outputs
}

/// The agreement in both families, a form, a guide, and all of them in one file.
fn papers() -> Vec<Vec<u8>> {
    let mut other = sample();
    other.furniture.font = FontFamily::Liberation;
    let mut papers: Vec<Vec<u8>> =
        [&sample(), &other, &form(), &guide(8)].map(|paper| render(paper).unwrap()).to_vec();
    papers.push(render_all(&[sample(), form(), guide(3)], "Bundel: „PKS”").unwrap());
    papers
}

#[test]
fn qpdf_finds_no_error() {
    for output in on_papers(&papers(), "qpdf", &["--check"], &[]) {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn pdffonts_finds_every_face_embedded_and_subset() {
    for output in on_papers(&papers(), "pdffonts", &[], &[]) {
        let listed = String::from_utf8_lossy(&output.stdout).into_owned();
        let faces: Vec<&str> = listed.lines().skip(2).collect();
        assert!(faces.len() >= 2, "{listed}");
        assert!(faces.iter().all(|face| face.contains("yes yes yes")), "{listed}");
    }
}

#[test]
fn pdftotext_reads_every_clause() {
    for output in on_papers(&[render(&sample()).unwrap()], "pdftotext", &["-raw"], &["-"]) {
        let printed = ink(&String::from_utf8_lossy(&output.stdout));
        for (part, one_column) in expected(&sample()) {
            // A clause may go on after the foot of a page; its first words are on one line.
            let begin: String = part.chars().take(30).collect();
            assert!(!one_column || printed.contains(&begin), "missing: {begin}");
        }
    }
}

/// The text between the quotes of `pdfinfo -struct-text`.
fn told(listed: &str) -> String {
    let lines = listed.lines().map(str::trim);
    lines.filter_map(|line| line.strip_prefix('"')?.strip_suffix('"')).map(ink).collect()
}

#[test]
fn pdfinfo_tells_the_structure_with_every_word_in_order() {
    // Poppler draws a page anew for each node that it tells: no long papers here.
    for (document, rows) in [(sample(), 0), (form(), 0), (guide(5), 5)] {
        for output in on_papers(&[render(&document).unwrap()], "pdfinfo", &["-struct-text"], &[]) {
            let listed = String::from_utf8_lossy(&output.stdout).into_owned();
            let whole: String = expected(&document).into_iter().map(|(text, _)| text).collect();
            assert!(told(&listed) == whole, "{listed}");
            let has = |node: &str| listed.lines().any(|line| line.trim_start().starts_with(node));
            assert!(has("Document") && has("H1"), "{listed}");
            assert!(["L (block)", "LI (block)", "Lbl", "LBody"].into_iter().all(has), "{listed}");
            if rows > 0 {
                let lines: Vec<&str> = listed.lines().map(str::trim).collect();
                let count = |node: &str| lines.iter().filter(|line| line.starts_with(node)).count();
                assert_eq!((count("Table"), count("TH"), count("TD")), (1, 3, 3 * rows), "{listed}");
            }
        }
    }
}

/// The jars of Apache PDFBox Preflight (Debian: libpdfbox2-java) and of what it needs.
fn preflight() -> Option<String> {
    let folder = PathBuf::from("/usr/share/java");
    let needed = [
        "pdfbox2.jar",
        "preflight.jar",
        "xmpbox.jar",
        "fontbox2.jar",
        "commons-logging.jar",
        "jaxb-api.jar",
        "javax.activation.jar",
    ];
    let jars: Vec<String> = needed.iter().map(|jar| folder.join(jar).display().to_string()).collect();
    jars.iter().all(|jar| std::path::Path::new(jar).exists()).then(|| jars.join(":"))
}

#[test]
fn preflight_finds_valid_archive_copies() {
    let Some(jars) = preflight() else { return missing("libpdfbox2-java") };
    let before = ["-cp", jars.as_str(), "org.apache.pdfbox.preflight.Validator_A1b"];
    let outputs = on_papers(&papers(), "java", &before, &[]);
    for output in &outputs {
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains("is a valid PDF/A-1b file"), "{said}");
    }
}
