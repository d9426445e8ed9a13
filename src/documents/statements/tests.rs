#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::documents::said::{Said, TWINS, printed, printed_as, twin};
use crate::documents::{Stage, pdf};
use crate::domain::acts::LetterIn;
use crate::domain::fact_sheet::{AddressKind, Operator, Side, StatementForm};

fn renewal(sheet: &FactSheet, acts: &Acts) -> Said {
    Said(sptjm_renewal(sheet, acts, &Print::standard()).unwrap().document)
}

fn nda_of(sheet: &FactSheet, nth: usize) -> Said {
    Said::by(sheet, &format!("nda-{nth}"))
}

/// Whether a document is made on the form FR.01.
fn on_official_form(document: &Document) -> bool {
    document.furniture.form.is_some()
}

/// What is unknown in each statement: dates of statements that nobody has signed yet, letters that
/// nobody has written.
#[test]
fn only_what_is_truly_unknown_is_a_gap() {
    let day = |name: &str| format!("tanggal surat pernyataan {name}");
    let (karto, gilang) = ("Karto Wibagso", "dr. Gilang Ramadian, M.Kes.");
    let none: Vec<String> = Vec::new();
    let table: [(&str, &str, Vec<String>); 15] = [
        ("desa", "sptjm", vec![day(karto)]),
        ("desa", "sptjm-perpanjangan", vec![day(karto)]),
        ("desa", "nda", vec![day(karto)]),
        ("dinas_sosial", "sptjm", vec![day(gilang)]),
        ("dinas_sosial", "sptjm-perpanjangan", vec![day(gilang)]),
        ("dinas_sosial", "nda", vec![day(gilang), day("Yoga Prasetiawan, A.Md.")]),
        ("kecamatan", "sptjm", none.clone()),
        ("kecamatan", "sptjm-perpanjangan", vec![day("Darmawan Sukma")]),
        ("kecamatan", "nda", none.clone()),
        ("bpbd", "sptjm", none.clone()),
        ("bpbd", "sptjm-perpanjangan", vec![day("Satria Negara Putra, S.STP.")]),
        ("bpbd", "nda", none.clone()),
        ("pertanian", "sptjm", vec![day("Laras Setyowening, S.P.")]),
        ("pertanian", "sptjm-perpanjangan", none.clone()),
        ("pertanian", "nda", none),
    ];
    for (name, paper, gaps) in table {
        assert_eq!(printed(&twin(name), paper).gaps, gaps, "{name}, {paper}");
    }
}

#[test]
fn notes_to_the_person_who_fills_a_form_are_never_printed() {
    for name in TWINS {
        for paper in ["sptjm", "sptjm-perpanjangan", "nda"] {
            for document in printed(&twin(name), paper).documents {
                let text = Said(document).text();
                for note in [
                    "jika ada",
                    "coret",
                    "isi dengan",
                    "pilih salah satu",
                    "and/or",
                    "diisi",
                    "{{",
                    "**",
                    "  ",
                ] {
                    assert!(!text.to_lowercase().contains(note), "{name}, {paper}: {note:?} in\n{text}");
                }
            }
        }
    }
}

#[test]
fn the_head_of_the_disaster_agency_states_on_the_official_form() {
    let paper = Said::by(&twin("bpbd"), "sptjm");
    let furniture = &paper.0.furniture;
    let form = furniture.form.as_ref().unwrap();
    assert_eq!(form.title, ["SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK (SPTJM)"]);
    assert_eq!(form.kind, "FORMULIR");
    assert_eq!(form.rows[0].1, "FR.01-SOP-08/DITJEN-DUKCAPIL");
    assert_eq!(form.rows[2], ("Tanggal Berlaku".to_owned(), "2 Juni 2022".to_owned()));
    assert_eq!((form.page_label.as_str(), furniture.page_numbers), ("Halaman", false));
    assert_eq!(furniture.mark, ["INTERNAL", "Akses dibatasi hanya untuk internal"]);

    paper.says("Nama: Satria Negara Putra, S.STP.\nJabatan: Kepala Badan Penanggulangan Bencana Daerah");
    paper.says("antara Dinas Kependudukan dan Pencatatan Sipil Kabupaten Teluk Kirana dan Badan Penanggulangan Bencana Daerah Kabupaten Teluk Kirana Nomor 400.12/64/DUKCAPIL/ 2025 dan Nomor 100.3.7/021/BPBD/2025 tanggal 11 Juni 2025 tentang Pemanfaatan");
    paper.does_not_say("antara Direktorat");
    paper.says("sebagaimana telah diubah dengan Peraturan Menteri Dalam Negeri Nomor 17 Tahun 2023;");
    paper.says("kependudukan dan web portal;");
    paper.says("3. bertanggung jawab sepenuhnya apabila");
    paper.says("hasil Proof of Concept (PoC).");
    paper.says(
        "Kirana, 11 Juni 2025\nYang menyatakan,\nSatria Negara Putra, S.STP.\n* Fotokopi KTP terlampir",
    );
    paper.does_not_say("NIP");
    paper.does_not_say("7F2D0BQX112904519");

    let Some(Block::Frame(card)) = paper.0.blocks.last() else { panic!("no place for the card") };
    assert_eq!((card.width, card.height), (85.6, 54.0));
    assert!(matches!(paper.0.blocks[paper.0.blocks.len() - 3], Block::PageBreak));
    assert!(stamped(&paper));
}

fn stamped(paper: &Said) -> bool {
    paper.0.blocks.iter().any(
        |block| matches!(block, Block::Signatures(block) if block.columns.iter().all(|column| column.stamp_box)),
    )
}

#[test]
fn the_head_of_the_district_states_in_the_older_form_with_rank_and_nip() {
    let paper = Said::by(&twin("kecamatan"), "sptjm");
    assert!(!on_official_form(&paper.0));
    assert!(paper.0.furniture.mark.is_empty());
    assert!(stamped(&paper));
    paper.says("SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK PEMANFAATAN DATA KEPENDUDUKAN");
    paper.says("Nama: Darmawan Sukma, S.Sos.\nNIP: 19730920 199803 1 005\nPangkat: Pembina\nJabatan: Camat");
    paper.says("Alamat kantor: Jalan Raya Wana Kusuma Nomor 15");
    paper.says(
        "CAMAT WANA KUSUMA KABUPATEN ARGA MULYA,\nDarmawan Sukma, S.Sos.\nPembina\nNIP 19730920 199803 1 005",
    );
    paper.does_not_say("terlampir");
    // Nothing that came later than the agreement, nor what its facts do not have.
    paper.does_not_say("Nomor 17 Tahun 2023");
    paper.does_not_say("bocor");
    paper.does_not_say("Proof of Concept");
}

#[test]
fn a_statement_without_a_name_is_the_heads() {
    let mut sheet = twin("bpbd");
    let full = Said::by(&sheet, "sptjm").text();
    let statement = &mut sheet.papers.sptjm;
    (statement.name, statement.position) = (None, None);
    assert_eq!(Said::by(&sheet, "sptjm").text(), full);
    sheet.papers.sptjm.address = None;
    Said::by(&sheet, "sptjm").says("Alamat kantor: Jalan Bukit Siaga Nomor 5, Kelurahan Kirana Utara, Kecamatan Kirana, Kabupaten Teluk Kirana 99815");
}

#[test]
fn a_statement_cites_no_regulation_that_its_agreement_does_not() {
    let mut sheet = twin("bpbd");
    sheet.legal_bases.clear();
    let paper = Said::by(&sheet, "sptjm");
    paper.does_not_say("Nomor 102 Tahun 2019");
    paper.says("ketentuan peraturan perundang-undangan mengenai pemberian hak akses");
}

#[test]
fn while_a_renewal_runs_the_old_agreement_governs() {
    let sheet = twin("pertanian");
    let paper = renewal(&sheet, &Acts::default());
    paper
        .says("Nomor 470/1044/2023 dan Nomor 520/2207/2023 tanggal 9 Oktober 2023 (selanjutnya disebut PKS)");
    paper.does_not_say("400.12/3107/2025");
    paper.says(
        "permohonan perpanjangan PKS Nomor 520/0873 tanggal 15 Juli 2024 hal Permohonan Hak Akses Data",
    );
    paper.says("(Zero Sharing Policy)");
    paper.says("menggunakan hak akses hanya sesuai dengan PKS dan Petunjuk Teknisnya");
    paper.says("tidak memperpanjang jangka waktu PKS dan berlaku sampai dengan Adendum atau perjanjian kerja sama yang baru ditandatangani.");
    assert!(on_official_form(&paper.0));
}

#[test]
fn without_a_predecessor_it_is_this_agreement_that_is_renewed() {
    let mut sheet = twin("pertanian");
    sheet.supersedes = Predecessor::default();
    let paper = renewal(&sheet, &Acts::default());
    paper.says("Nomor 400.12/3107/2025 dan Nomor 520 (4411) 2025 tanggal 7 Oktober 2025 (selanjutnya");
}

#[test]
fn the_renewal_letter_is_looked_for_where_it_may_be_known() {
    let letter = |number: &str| Letter { number: Some(number.into()), ..Letter::default() };
    let mut sheet = twin("pertanian");
    sheet.papers.sptjm_renewal.letter = Letter::default();
    sheet.letters.renewal = letter("520/1400/2027");
    let acts = Acts {
        renewal_letter: Some(LetterIn { number: "520/1500/2027".into(), on: "2027-03-01".parse().unwrap() }),
        ..Acts::default()
    };
    renewal(&sheet, &acts).says("PKS Nomor 520/1400/2027 tanggal …(tanggal surat permohonan perpanjangan)…");
    sheet.letters.renewal = Letter::default();
    renewal(&sheet, &acts)
        .says("PKS Nomor 520/1500/2027 tanggal 1 Maret 2027 hal permohonan perpanjangan dan");
    renewal(&sheet, &Acts::default()).says("PKS Nomor 520/0873 tanggal 15 Juli 2024");
}

#[test]
fn the_head_and_every_operator_owe_a_statement_of_secrecy() {
    let names = |sheet: &FactSheet| -> Vec<String> {
        persons(sheet).into_iter().map(|one| one.person.name.unwrap_or_default()).collect()
    };
    assert_eq!(names(&twin("bpbd")), ["Satria Negara Putra, S.STP.", "Mirah Delima, S.Kom."]);
    // Those who have an entry come first; then the head, then the operators.
    assert_eq!(
        names(&twin("kecamatan")),
        ["Siti Kemuning, S.E.", "Bondan Aryanta", "Darmawan Sukma, S.Sos."]
    );
    assert_eq!(names(&twin("dinas_sosial")), ["dr. Gilang Ramadian, M.Kes.", "Yoga Prasetiawan, A.Md."]);
    let mut sheet = twin("bpbd");
    sheet.operators.push(Operator { name: Some("Bagas Wiratama".into()), ..Operator::default() });
    assert_eq!(names(&sheet)[2], "Bagas Wiratama");
    assert_eq!(printed(&sheet, "nda").documents.len(), 3);
    assert!(on_official_form(&nda_of(&sheet, 3).0), "a new person signs the form the others signed");
    assert_eq!(
        printed(&sheet, "nda-3").gaps,
        ["jabatan Bagas Wiratama", "tanggal surat pernyataan Bagas Wiratama"]
    );
}

#[test]
fn an_operator_is_known_from_the_list_of_operators() {
    let paper = nda_of(&twin("bpbd"), 2);
    paper.says("Nama: Mirah Delima, S.Kom.\nNIP: 19920409 201902 2 008\nJabatan: Pranata Komputer\nAlamat kantor: Jalan Bukit Siaga");
    nda_of(&twin("kecamatan"), 2)
        .says("NIK: 9803041508910002\nJabatan: Petugas Loket\nAlamat rumah: Dukuh Randu Alas");
}

#[test]
fn the_official_form_names_sanctions_and_is_stamped() {
    let paper = nda_of(&twin("bpbd"), 1);
    let form = paper.0.furniture.form.as_ref().unwrap();
    assert_eq!(form.title, ["SURAT PERNYATAAN MENJAGA KERAHASIAAN INFORMASI (NON-DISCLOSURE AGREEMENT/NDA)"]);
    paper.says("sanksi administratif dan sanksi pidana");
    paper.says("tanpa izin tertulis dari Ditjen Dukcapil,");
    paper.says("4. alamat IP peladen");
    assert!(stamped(&paper));
    paper.does_not_say("Ref. SOP");
}

#[test]
fn the_older_form_refers_to_its_procedure_and_names_the_home() {
    let paper = nda_of(&twin("kecamatan"), 1);
    assert!(!on_official_form(&paper.0));
    paper.says("SURAT MENJAGA KERAHASIAAN\nRef. SOP No.: SOP/PIAK.4/003\nKlausul ISO 27001: A.6.1.5 Confidentiality Agreement\nLokasi: Kecamatan Wana Kusuma Kabupaten Arga Mulya");
    paper.says("Alamat rumah: Dukuh Kembang Sore RT 006 RW 011, Wana Kusuma");
    paper.says("tanpa izin tertulis dari Kecamatan Wana Kusuma Kabupaten Arga Mulya,");
    paper.does_not_say("sanksi");
    assert!(!stamped(&paper));
}

#[test]
fn a_home_that_is_not_known_is_a_gap_and_never_the_office() {
    let mut sheet = twin("kecamatan");
    sheet.papers.nda[0].address = None;
    assert_eq!(sheet.papers.nda[0].address_kind, AddressKind::Home);
    nda_of(&sheet, 1).says("Alamat rumah: …(alamat rumah Siti Kemuning, S.E.)…");
}

#[test]
fn one_person_is_printed_by_number() {
    let sheet = twin("bpbd");
    let all = printed(&sheet, "nda").documents;
    assert_eq!(all[1], nda_of(&sheet, 2).0);
    assert_eq!(
        all[1].title,
        "Surat Pernyataan Menjaga Kerahasiaan Informasi (Non-Disclosure Agreement/NDA): Mirah Delima, S.Kom."
    );
}

#[test]
fn dates_are_left_to_the_pen_where_the_office_wants_it() {
    let sheet = twin("bpbd");
    let stage = Stage::ReadyToSign { blank_date: true };
    let blanks = |paper: &str| -> Vec<String> {
        printed_as(&sheet, paper, stage).documents.iter().flat_map(Document::blanks).collect()
    };
    assert_eq!(blanks("sptjm"), ["signing.on/long", "sptjm.on/long"]);
    assert_eq!(blanks("sptjm-perpanjangan"), ["sptjm_renewal.on/long"]);
    assert_eq!(blanks("nda"), ["nda.1.on/long", "nda.2.on/long"]);
}

#[test]
fn a_person_may_have_any_name() {
    let mut sheet = twin("bpbd");
    let odd = "**Tebal** {{ nama }} <i> [a](b) _c_";
    sheet.papers.sptjm.name = Some(odd.into());
    let paper = Said::by(&sheet, "sptjm");
    paper.says(&format!("Nama: {odd}\nJabatan: Kepala Badan"));
    assert_eq!(paper.text().matches(odd).count(), 3, "in the rows, below the signature, on the card");

    let long = "Prof. Dr. Ir. Raden Mas Panji Adiwijaya Kusumaningrat Hadisurya Notonegoro Sastradiningrat, S.H., S.E., M.Si., M.Kom., Ph.D.";
    sheet.papers.sptjm.name = Some(long.into());
    sheet.papers.sptjm.form = StatementForm::Older;
    sheet.user.official.name = Some(long.into());
    for paper in ["sptjm", "sptjm-perpanjangan", "nda"] {
        for document in printed(&sheet, paper).documents {
            assert!(pdf::render(&document).unwrap().starts_with(b"%PDF-"));
        }
    }
}

#[test]
fn a_person_of_the_other_party_lends_nothing() {
    let mut sheet = twin("bpbd");
    sheet.operators[0].name = sheet.head(Side::Provider).name;
    sheet.operators[0].nip = None;
    sheet.operators[0].nik = None;
    let paper = Said(nda(&sheet, 2, &Print::standard()).unwrap().document);
    paper.says("Endah Pratiwindari");
    paper.does_not_say("NIP");
}
