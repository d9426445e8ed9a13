//! The file as LibreOffice opens it. Where it is missing a line says so; in the project's own checks
//! (`KAWAL_CI`) it has to be there.

use std::io::Write;
use std::process::Command;

use super::{render, render_all};
use crate::documents::any_document::{everything, sample};
use crate::documents::model::Document;
use crate::documents::tests::same_words::{ink, said_across};
use crate::documents::{Print, pks};

fn twin() -> Document {
    let file = std::fs::read_to_string(format!(
        "{}/tests/fixtures/twins/dinas_sosial.yaml",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap();
    let facts = serde_saphyr::from_str(file.strip_prefix("kawal: 1\n").unwrap()).unwrap();
    pks::pks(&facts, &Print::standard()).unwrap().document
}

#[test]
fn libreoffice_reads_every_word_and_counts_every_label_alike() {
    let documents = [sample(), twin(), everything()];
    let bundle = [sample(), everything()];
    let folder = tempfile::tempdir().unwrap();
    let mut files: Vec<(String, Vec<u8>, String)> = documents
        .iter()
        .enumerate()
        .map(|(at, document)| (format!("naskah{at}"), render(document).unwrap(), said_across(document)))
        .collect();
    let said = bundle.iter().map(said_across).collect();
    files.push(("berkas".to_owned(), render_all(&bundle, "Berkas").unwrap(), said));
    let paths: Vec<_> = files.iter().map(|(name, ..)| folder.path().join(format!("{name}.docx"))).collect();
    for (path, (_, bytes, _)) in paths.iter().zip(&files) {
        std::fs::write(path, bytes).unwrap();
    }
    let started = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}/profil", folder.path().display()))
        .args(["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir"])
        .arg(folder.path())
        .args(&paths)
        .output();
    let Ok(output) = started else {
        assert!(std::env::var_os("KAWAL_CI").is_none(), "soffice not found");
        // Past the test harness, which would swallow it.
        writeln!(std::io::stderr(), "skipped: soffice not found").unwrap();
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for (name, _, said) in &files {
        let read = std::fs::read_to_string(folder.path().join(format!("{name}.txt"))).unwrap();
        assert_eq!(ink(read.trim_start_matches('\u{feff}')), *said, "{name}:\n{read}");
    }
}
