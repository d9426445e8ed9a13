//! Bundles as those read them who get them.

use std::io::{Cursor, Read};
use std::sync::Arc;

use super::*;
use crate::documents::Stationery;
use crate::documents::papers::{PaperGroup, PaperKind};
use crate::domain::acts::Acts;
use crate::domain::calendar::Calendar;
use crate::domain::fact_sheet::FactSheet;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn dossier(agency: &str) -> Dossier {
    let mut facts = FactSheet::default();
    facts.user.institution.name = Some(agency.to_owned());
    facts.user.institution.short_name = Some("BPBD".to_owned());
    facts.provider.number = Some("400.12/64/DUKCAPIL/2025".to_owned());
    facts.signing.on = Some(day("2025-06-11"));
    Dossier {
        facts,
        acts: Acts::default(),
        state: State::Signed,
        calendar: Arc::new(Calendar::national()),
        today: day("2026-11-02"),
        stationery: Stationery::standard(),
        kept: std::collections::BTreeMap::new(),
    }
}

fn bundle(format: BundleFormat, dossiers: &[Dossier], drafts: bool) -> (Vec<u8>, Vec<Failure>) {
    let mut bundle = Bundle::begin(Vec::new(), format, day("2026-11-02")).unwrap();
    for dossier in dossiers {
        bundle.open(dossier).unwrap();
        bundle.put(PaperKind::Pks.into(), None, dossier.print(PaperKind::Pks.into(), drafts)).unwrap();
    }
    bundle.finish().unwrap()
}

fn unpacked(zip: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

#[test]
fn a_zip_lists_what_is_in_it_with_hashes_that_fit() {
    let (zip, failures) = bundle(BundleFormat::Zip, &[dossier("Badan Penanggulangan Bencana")], true);
    assert_eq!(failures, []);
    let files = unpacked(zip.clone());
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["2025-06-11_400.12-64-DUKCAPIL-2025_BPBD/01_PKS.pdf", "isi.txt"]);
    let hash: String = Sha256::digest(&files[0].1).iter().map(|byte| format!("{byte:02x}")).collect();
    let list = String::from_utf8(files[1].1.clone()).unwrap();
    assert!(list.contains(&hash) && list.contains("1 perjanjian, 1 naskah."), "{list}");
    assert!(list.contains("11 Juni 2025; draf;"), "{list}");
    let again = bundle(BundleFormat::Zip, &[dossier("Badan Penanggulangan Bencana")], true).0;
    assert!(zip == again, "the same papers on the same day give the same archive");
}

#[test]
fn an_entry_says_its_size_before_its_bytes() {
    let (zip, _) = bundle(BundleFormat::Zip, &[dossier("BPBD"), dossier("BPBD")], true);
    // Bit 3 of the flags would put size and checksum behind the bytes, where streaming readers of
    // stored entries cannot find them.
    let local: Vec<usize> =
        zip.windows(4).enumerate().filter(|(_, four)| four == b"PK\x03\x04").map(|(at, _)| at).collect();
    assert_eq!(local.len(), 3);
    assert!(local.iter().all(|at| zip[at + 6] & 0b1000 == 0));
}

#[test]
fn what_no_font_can_print_fails_alone_and_is_told() {
    let dossiers = [dossier("Dinas Perikanan"), dossier("Dinas 張先生"), dossier("Dinas Kesehatan")];
    let (zip, failures) = bundle(BundleFormat::Zip, &dossiers, true);
    assert_eq!(failures.len(), 1);
    let files = unpacked(zip);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.iter().filter(|name| name.ends_with("01_PKS.pdf")).count(), 2);
    assert_eq!(names[2..], ["isi.txt", "kegagalan.txt"]);
    let told = String::from_utf8(files[3].1.clone()).unwrap();
    assert!(
        told.contains("Dinas 張先生, nomor 400.12/64/DUKCAPIL/2025\n  Perjanjian Kerja Sama (PKS): huruf"),
        "{told}"
    );

    let (pdf, failures) = bundle(BundleFormat::Pdf, &dossiers, true);
    assert_eq!(failures.len(), 1);
    assert!(pdf.starts_with(b"%PDF-1.4") && pdf.ends_with(b"%%EOF\n"));
}

#[test]
fn drafts_stay_out_when_only_finished_papers_are_wanted() {
    let (zip, failures) = bundle(BundleFormat::Zip, &[dossier("BPBD")], false);
    assert_eq!(failures, []);
    let files = unpacked(zip);
    assert_eq!(files.len(), 1);
    let list = String::from_utf8(files[0].1.clone()).unwrap();
    assert!(list.contains("0 naskah, 1 draf tidak diikutkan"), "{list}");
    assert!(list.contains("(tidak diikutkan, masih draf) Perjanjian Kerja Sama (PKS)"), "{list}");
    let (pdf, _) = bundle(BundleFormat::Pdf, &[dossier("BPBD")], false);
    assert!(pdf.starts_with(b"%PDF-"), "a PDF without papers says so on a page");
}

#[test]
fn remarks_of_any_length_come_in_pieces_and_are_all_told() {
    let failure = |number: usize| Failure {
        agency: format!("Desa {number} 張"),
        number: None,
        paper: None,
        reason: "tidak dapat dibaca".to_owned(),
    };
    let failures: Vec<Failure> = (1..=400).map(failure).collect();
    let drafts = vec!["Petunjuk Teknis, Desa 1".to_owned()];
    let documents: Vec<_> = remarks::documents("Ringkasan.", &failures, &drafts, day("2026-11-02")).collect();
    assert_eq!(documents.len(), 1 + 3 + 1);
    let text: String = documents.iter().map(crate::documents::text::render).collect();
    for number in [1, 150, 151, 400] {
        assert!(
            text.contains(&format!("{number}.")) && text.contains(&format!("Desa {number} ")),
            "{number}"
        );
    }
    assert!(text.contains("Ringkasan.") && text.contains("Draf yang tidak diikutkan"));
    for document in documents {
        assert!(remarks::printed(document).unwrap().starts_with(b"%PDF-"));
    }
}

#[test]
fn the_signed_text_is_printed_before_what_the_facts_say_today() {
    let mut signed = dossier("BPBD");
    let mut text = crate::documents::any_document::sample();
    text.title = "Yang ditandatangani".to_owned();
    signed.kept.insert(PaperKind::Pks.into(), Ok(text));
    let Outcome::Printed(printed) = signed.print(PaperKind::Pks.into(), false) else { panic!("not printed") };
    assert_eq!((printed[0].title.as_str(), printed[0].state), ("Yang ditandatangani", PaperState::Signed));
    signed.kept.insert(PaperKind::Pks.into(), Err("naskah tidak cocok dengan sidik jarinya".to_owned()));
    let outcome = signed.print(PaperKind::Pks.into(), false);
    assert_eq!(outcome, Outcome::Failed("naskah tidak cocok dengan sidik jarinya".to_owned()));
}

#[test]
fn only_papers_of_the_chosen_shelves_are_in_it() {
    let dossier = dossier("BPBD");
    let chosen = dossier.papers(&[PaperGroup::Statements]);
    assert!(chosen.iter().all(|paper| paper.kind.group() == PaperGroup::Statements), "{chosen:?}");
    assert!(!chosen.is_empty() && chosen.len() < dossier.papers(PaperGroup::ALL).len());
}

#[test]
fn a_value_breaks_out_of_no_line_of_the_list() {
    assert_eq!(one_line("Dinas\nPerikanan\u{7}\r\n  Kota"), "Dinas Perikanan Kota");
}
