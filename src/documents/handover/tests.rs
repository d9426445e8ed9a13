#![allow(clippy::unwrap_used, clippy::expect_used)]

use crate::documents::Stage;
use crate::documents::papers::{PaperFormat, PaperKind, write};
use crate::documents::story::{TWINS, count, day, paper, printed, reads_well, rows, says, silent, twin};
use crate::domain::fact_sheet::{FactSheet, Handover, HandoverItem, HandoverKind, HandoverPerson};

fn with(twin_name: &str, minutes: Handover) -> FactSheet {
    FactSheet { handovers: vec![minutes], ..twin(twin_name) }
}

fn minutes(kind: HandoverKind) -> Handover {
    Handover {
        kind,
        number: Some("471/5/2026".into()),
        on: Some(day("2026-02-02")),
        place: Some("Ruang Rapat Disdukcapil".into()),
        ..Handover::default()
    }
}

#[test]
fn every_hand_over_of_the_twins_is_printed_without_a_gap() {
    for name in TWINS {
        let facts = twin(name);
        for nth in 1..=count(&facts, PaperKind::Handover) {
            let document = paper(&facts, &format!("bast-{nth}"));
            assert_eq!(document.gaps(), Vec::<String>::new(), "{name} {nth}");
            reads_well(&document);
        }
    }
}

#[test]
fn every_record_of_the_twins_is_written_in_every_format() {
    for name in TWINS {
        let facts = twin(name);
        for kind in [PaperKind::Handover, PaperKind::Addendum, PaperKind::Report] {
            for nth in 1..=count(&facts, kind) {
                let document = paper(&facts, &format!("{}-{nth}", kind.code()));
                for format in PaperFormat::ALL {
                    let bytes = write(std::slice::from_ref(&document), *format).unwrap();
                    assert!(bytes.len() > 1_000, "{name} {kind:?} {nth} {format:?}");
                }
            }
        }
    }
}

#[test]
fn every_kind_of_hand_over_occurs_in_two_twins() {
    for kind in HandoverKind::ALL {
        let twins = TWINS.iter().filter(|name| twin(name).handovers.iter().any(|one| one.kind == *kind));
        assert!(twins.count() >= 2, "{kind:?}");
    }
}

#[test]
fn user_ids_are_handed_over_for_each_operator_in_a_sealed_envelope() {
    let document = paper(&with("kecamatan", minutes(HandoverKind::UserId)), "bast-1");
    says(
        &document,
        &[
            "BERITA ACARA SERAH TERIMA USER ID NOMOR: 471/5/2026",
            "Pada hari ini Senin tanggal dua bulan Februari tahun dua ribu dua puluh enam, bertempat di Ruang \
             Rapat Disdukcapil",
            "kata sandi awal diserahkan dalam amplop tersegel",
            "tanggung jawab atas pengelolaan User ID dan atas setiap penggunaannya beralih kepada PIHAK KEDUA",
            "Nomor 471.2/1180.07/XI/2022 dan Nomor 470/526/XI/2022, tanggal 21 November 2022",
            "Petunjuk Teknis Nomor 471.2/1180.07/XI/2022 tanggal 22 November 2022",
            "dalam rangkap 2 (dua)",
        ],
    );
    assert_eq!(
        rows(&document),
        [
            [
                "1.",
                "User ID atas nama Siti Kemuning, S.E.",
                "dalam amplop tersegel",
                "1 (satu)",
                "Kepala Seksi Pelayanan"
            ],
            ["2.", "User ID atas nama Bondan Aryanta", "dalam amplop tersegel", "1 (satu)", "Petugas Loket"],
            ["", "Jumlah seluruhnya", "", "2 (dua)", ""],
        ]
    );
}

#[test]
fn items_that_are_listed_are_printed_with_their_number_in_words() {
    let mut listed = minutes(HandoverKind::UserIdChange);
    let item = |name: &str, serial: &str, count| HandoverItem {
        name: Some(name.into()),
        serial: Some(serial.into()),
        count: Some(count),
        remark: None,
    };
    listed.items = vec![item("User ID web portal", "KIRANA-7", 1), item("User ID cadangan", "KIRANA-8", 11)];
    let document = paper(&with("bpbd", listed), "bast-1");
    assert_eq!(rows(&document)[1], ["2.", "User ID cadangan", "KIRANA-8", "11 (sebelas)", "–"]);
    assert_eq!(rows(&document)[2][3], "12 (dua belas)");
    says(&document, &["User ID yang digantikan tidak berlaku lagi"]);
}

#[test]
fn the_address_and_the_points_of_the_network_are_known_from_the_agreement() {
    let document = paper(&with("bpbd", minutes(HandoverKind::IpLan)), "bast-1");
    assert_eq!(
        rows(&document),
        [["1.", "Alamat IP LAN untuk 1 (satu) titik jaringan tertutup", "192.0.2.21", "1 (satu)", "1 Mbps"]]
    );
}

#[test]
fn the_four_minutes_of_the_office_stand_on_its_letterhead_and_the_return_on_the_agencys() {
    for kind in HandoverKind::ALL {
        let document = paper(&with("kecamatan", minutes(*kind)), "bast-1");
        let words = crate::documents::story::words(&document);
        let (head, who_gives) = match kind {
            HandoverKind::SamReturn => ("KECAMATAN WANA KUSUMA", "PIHAK KEDUA"),
            _ => ("DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL", "PIHAK KESATU"),
        };
        let before_title = words.split("BERITA ACARA").next().unwrap();
        assert!(before_title.contains(head), "{kind:?}: {before_title}");
        says(&document, &[&format!("selaku pihak yang menyerahkan, selanjutnya disebut {who_gives}")]);
    }
}

#[test]
fn the_return_cites_the_end_of_the_agreement_and_lists_what_was_activated() {
    let facts = twin("kecamatan");
    let nth = 1 + facts.handovers.iter().position(|one| one.kind == HandoverKind::SamReturn).unwrap();
    let document = paper(&facts, &format!("bast-{nth}"));
    says(
        &document,
        &[
            // The addendum moved the end.
            "sebagaimana telah diubah terakhir dengan Adendum Pertama Nomor 471.2/1077.07/XI/2024",
            "yang masa berlakunya berakhir pada tanggal 20 November 2026",
            "u.p. Subdirektorat Keamanan Informasi, Direktorat Integrasi Data Kependudukan Nasional",
            "berkas konfigurasi",
            "dalam rangkap 3 (tiga)",
        ],
    );
    let names: Vec<String> = rows(&document).into_iter().map(|mut row| row.remove(1)).collect();
    assert_eq!(
        names,
        [
            "Perangkat pembaca KTP-el",
            "Kartu SAM",
            "Berkas konfigurasi (configuration file) kartu SAM",
            "Jumlah seluruhnya"
        ]
    );
}

#[test]
fn an_agreement_that_was_ended_early_ends_the_day_before_it_lost_force() {
    let mut facts = with("kecamatan", minutes(HandoverKind::SamReturn));
    facts.letters.termination.on = Some(day("2026-01-15"));
    facts.letters.termination.letter.number = Some("471/77/2026".into());
    says(
        &paper(&facts, "bast-1"),
        &[
            "berakhir pada tanggal 14 Januari 2026",
            "surat Kepala Dinas Kependudukan dan Pencatatan Sipil Kabupaten Arga Mulya Nomor 471/77/2026",
        ],
    );
}

#[test]
fn an_end_that_nobody_knows_is_a_gap_of_the_return() {
    let mut facts = with("desa", minutes(HandoverKind::SamReturn));
    facts.term.months = None;
    facts.letters.termination = Default::default();
    let gaps = printed(&facts, "bast-1", Stage::Final).unwrap().gaps;
    assert!(gaps.contains(&"tanggal berakhirnya perjanjian".to_owned()), "{gaps:?}");
}

#[test]
fn a_person_of_the_minutes_stands_in_for_the_head() {
    let mut by_deputy = minutes(HandoverKind::IpLan);
    by_deputy.user = HandoverPerson {
        name: Some("Mirah Delima, S.Kom.".into()),
        position: Some("Pranata Komputer".into()),
        nip: Some("199204092019022008".into()),
    };
    let document = paper(&with("bpbd", by_deputy), "bast-1");
    says(&document, &["Nama : Mirah Delima, S.Kom. NIP : 19920409 201902 2 008 Jabatan : Pranata Komputer"]);
    says(&document, &["Nama : Endah Pratiwindari, S.Sos., M.M."]);
    silent(&document, &["Satria Negara Putra"]);
}

#[test]
fn what_is_not_known_is_a_gap_and_a_number_may_come_later() {
    let facts = with("bpbd", Handover { kind: HandoverKind::ReaderActivation, ..Handover::default() });
    let draft = printed(&facts, "bast-1", Stage::Final).unwrap();
    assert_eq!(draft.gaps, ["nomor berita acara", "tanggal berita acara", "nama barang", "jumlah barang"]);
    assert_eq!(draft.documents[0].furniture.watermark.as_deref(), Some("DRAF"));

    let mut complete = minutes(HandoverKind::UserId);
    complete.number = None;
    let ready = printed(&with("bpbd", complete), "bast-1", Stage::ReadyToSign { blank_date: true }).unwrap();
    assert_eq!(ready.gaps, Vec::<String>::new());
    let mut document = ready.documents.into_iter().next().unwrap();
    assert_eq!(document.blanks(), ["handovers.0.number", "handovers.0.on/words"]);
    assert_eq!(document.fill("handovers.0.number", "471/6/2026"), 1);
    says(&document, &["NOMOR: 471/6/2026", "tanggal 11 Juni 2025"]);
}

#[test]
fn markup_in_a_value_prints_as_such() {
    let mut facts = with("bpbd", minutes(HandoverKind::UserId));
    facts.operators[0].name = Some("*Mirah* {{ user.number }} **[x](y)** <b>".into());
    facts.handovers[0].place = Some("Aula _Lama_ # 2".into());
    let document = paper(&facts, "bast-1");
    assert_eq!(rows(&document)[0][1], "User ID atas nama *Mirah* {{ user.number }} **[x](y)** <b>");
    says(&document, &["bertempat di Aula _Lama_ # 2,"]);
}
