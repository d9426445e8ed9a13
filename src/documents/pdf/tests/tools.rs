//! The paper as other programs see it. Where a program is missing a line says so; in the project's own
//! checks (`KAWAL_CI`) it has to be there.

use std::io::Write;
use std::process::{Command, Output};

use super::{ink, render};
use crate::documents::any_document::sample;
use crate::documents::model::FontFamily;

/// Runs a program on the sample in both families; the families and what was printed.
fn on_samples(program: &str, before: &[&str], after: &[&str]) -> Vec<Output> {
    let folder = tempfile::tempdir().unwrap();
    let mut outputs = Vec::new();
    for family in [FontFamily::Bonum, FontFamily::Liberation] {
        let mut document = sample();
        document.furniture.font = family;
        let path = folder.path().join("naskah.pdf");
        std::fs::write(&path, render(&document).unwrap()).unwrap();
        match Command::new(program).args(before).arg(&path).args(after).output() {
            Ok(output) => outputs.push(output),
            Err(_) => {
                assert!(std::env::var_os("KAWAL_CI").is_none(), "{program} not found");
                // Past the test harness, which would swallow it.
                writeln!(std::io::stderr(), "skipped: {program} not found").unwrap();
                return Vec::new();
            }
        }
    }
    outputs
}

#[test]
fn qpdf_finds_no_error() {
    for output in on_samples("qpdf", &["--check"], &[]) {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn pdffonts_finds_every_face_embedded_and_subset() {
    for output in on_samples("pdffonts", &[], &[]) {
        let listed = String::from_utf8_lossy(&output.stdout).into_owned();
        let faces: Vec<&str> = listed.lines().skip(2).collect();
        assert_eq!(faces.len(), 4, "{listed}");
        assert!(faces.iter().all(|face| face.contains("yes yes yes")), "{listed}");
    }
}

#[test]
fn pdftotext_reads_every_clause() {
    for output in on_samples("pdftotext", &["-raw"], &["-"]) {
        let printed = ink(&String::from_utf8_lossy(&output.stdout));
        for (part, one_column) in super::expected(&sample()) {
            // A clause may go on after the foot of a page; its first words are on one line.
            let begin: String = part.chars().take(30).collect();
            assert!(!one_column || printed.contains(&begin), "missing: {begin}");
        }
    }
}
