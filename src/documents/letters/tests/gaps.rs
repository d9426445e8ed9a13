//! Only what is truly unknown may be a gap: the gaps of every twin and kind.

use std::collections::BTreeMap;

use super::*;

/// Gaps of each final letter: whether it is unwritten, so that its own number and date are unknown, and
/// what else is. The letters that are not named have none.
const KNOWN: &[(&str, &str, bool, &[&str])] = &[
    ("bpbd", "pengakhiran", true, &["tanggal pengakhiran"]),
    ("desa", "pengantar-perpanjangan", true, &["nomor surat perpanjangan", "tanggal surat perpanjangan"]),
    ("desa", "pernyataan-jaringan-tertutup", true, &[]),
    ("desa", "surat-penyedia-jaringan", true, &["bandwidth", "penyedia jaringan"]),
    ("desa", "surat-perpanjangan", true, &[]),
    (
        "desa",
        "surat-user-id",
        true,
        &[
            "NIK operator ke-1",
            "NIP operator ke-1",
            "jabatan operator ke-1",
            "jumlah User ID",
            "nama operator ke-1",
            "status kepegawaian operator ke-1",
        ],
    ),
    ("dinas_sosial", "pengantar-permohonan", true, &["nomor surat permohonan", "tanggal surat permohonan"]),
    ("dinas_sosial", "pengantar-pks", true, &[]),
    ("dinas_sosial", "pernyataan-jaringan-tertutup", true, &[]),
    ("dinas_sosial", "surat-penyedia-jaringan", true, &["bandwidth"]),
    ("dinas_sosial", "surat-permohonan", true, &[]),
    ("kecamatan", "pengakhiran", true, &["tanggal pengakhiran"]),
    ("kecamatan", "pengantar-permohonan", true, &["nomor surat permohonan", "tanggal surat permohonan"]),
    ("kecamatan", "pengantar-pks", true, &[]),
    ("kecamatan", "permintaan-laporan", true, &["batas waktu laporan", "tahun laporan"]),
    ("kecamatan", "surat-permohonan", true, &[]),
    ("kecamatan", "surat-user-id", false, &["NIK operator ke-1"]),
];

#[test]
fn only_the_truly_unknown_is_a_gap() {
    let mut found: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for name in TWINS {
        let sheet = twin(name);
        for paper in letters_of(&sheet) {
            let letter = printed_with(&sheet, &Acts::default(), &paper.to_string(), Stage::Final).unwrap();
            let mut gaps = letter.0.gaps();
            gaps.sort();
            gaps.dedup();
            if !gaps.is_empty() {
                found.insert((name.to_owned(), paper.to_string()), gaps);
            }
        }
    }
    let known: BTreeMap<(String, String), Vec<String>> = KNOWN
        .iter()
        .map(|(name, paper, unwritten, gaps)| {
            let own: &[&str] = if *unwritten { &["nomor surat", "tanggal surat"] } else { &[] };
            let mut gaps: Vec<String> = gaps.iter().chain(own).map(|gap| (*gap).to_owned()).collect();
            gaps.sort();
            (((*name).to_owned(), (*paper).to_owned()), gaps)
        })
        .collect();
    assert_eq!(found, known);
}

#[test]
fn on_a_paper_ready_to_be_signed_number_and_date_are_blanks() {
    let mut sheet = twin("bpbd");
    sheet.letters.renewal = Letter::default();
    let letter = printed(&sheet, "surat-perpanjangan");
    assert_eq!(letter.0.gaps(), [""; 0]);
    assert_eq!(letter.0.blanks(), ["letters.renewal.on/long", "letters.renewal.number"]);
    assert_eq!(letter.0.dated, None);
    assert_eq!(letter.0.furniture.watermark, None);
}

#[test]
fn a_date_left_to_be_written_by_hand_is_that_of_the_letter_only() {
    let stage = Stage::ReadyToSign { blank_date: true };
    let letter = printed_with(&twin("bpbd"), &Acts::default(), "jawaban-perubahan-1", stage).unwrap();
    assert_eq!(letter.0.blanks(), ["changes.0.reply.on/long"]);
    letter.says("tanggal 5 Februari 2026");
    printed_with(&twin("bpbd"), &Acts::default(), "surat-perpanjangan", stage)
        .unwrap()
        .says("tanggal 11 Juni 2025");
}
