#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::documents::{html, pdf};
use crate::domain::fact_sheet::{
    DataElement, NetworkArrangement, ReaderUse, Regulation, RegulationKind, RenewalSource, TermBasis,
};

const TWINS: [&str; 5] = ["desa", "dinas_sosial", "kecamatan", "bpbd", "pertanian"];

fn twin(name: &str) -> FactSheet {
    let path = format!("{}/tests/fixtures/twins/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(path).unwrap();
    serde_saphyr::from_str(file.strip_prefix("kawal: 1\n").unwrap()).unwrap()
}

fn print(sheet: &FactSheet) -> Printed {
    Printed(pks(sheet, &Print::standard()).unwrap())
}

/// A printed paper and what a reader sees of it.
struct Printed(Paper);

impl Printed {
    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for block in &self.0.document.blocks {
            match block {
                Block::Heading(heading) => lines.extend(heading.lines.iter().map(|line| joined(line))),
                Block::Para(para) => {
                    let label = para.label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
                    lines.push(label + &joined(&para.runs));
                }
                Block::Facts(table) => {
                    let number = table.label.clone().unwrap_or_default();
                    lines.extend(
                        table
                            .rows
                            .iter()
                            .map(|(label, value)| format!("{number} {}: {}", joined(label), joined(value))),
                    );
                }
                Block::Signatures(block) => {
                    for column in &block.columns {
                        lines.extend(column.heading.iter().map(|line| joined(line)));
                        lines.push(joined(&column.name));
                        lines.extend(column.below.iter().map(|line| joined(line)));
                    }
                }
                _ => {}
            }
        }
        lines
    }

    fn text(&self) -> String {
        self.lines().join("\n")
    }

    #[track_caller]
    fn says(&self, words: &str) {
        let text = self.text();
        assert!(text.contains(words), "\"{words}\" is not in\n{text}");
    }

    #[track_caller]
    fn does_not_say(&self, words: &str) {
        let text = self.text();
        assert!(!text.contains(words), "\"{words}\" is in\n{text}");
    }

    fn articles(&self) -> usize {
        self.lines().iter().filter(|line| line.starts_with("Pasal ") && line.len() < 9).count()
    }

    fn reference(&self, label: &str) -> Option<&str> {
        self.0.references.get(label).map(String::as_str)
    }
}

fn joined(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

#[test]
fn every_twin_passes_the_checks_of_an_agreement_file() {
    for name in TWINS {
        let sheet = twin(name);
        let faults: Vec<String> = match FactSheet::from_tree(serde_json::to_value(&sheet).unwrap()) {
            Ok(checked) => {
                assert_eq!(checked, sheet, "{name}");
                continue;
            }
            Err(faults) => faults.iter().map(|fault| fault.sentence()).collect(),
        };
        panic!("{name}: {faults:?}");
    }
}

#[test]
fn every_twin_prints_whole_without_a_gap() {
    for name in TWINS {
        let printed = print(&twin(name));
        assert_eq!(printed.0.document.gaps(), Vec::<String>::new(), "{name}");
        for trace in ["{{", "{%", "**", " ^", "\u{E000}", " ,", " .", "..", ";;", "; .", "None"] {
            assert!(!printed.text().contains(trace), "{name}: {trace:?} in\n{}", printed.text());
        }
        for double in ["yang yang", "dan dan", "  ", "bahwa bahwa"] {
            printed.does_not_say(double);
        }
    }
}

#[test]
fn every_twin_becomes_a_pdf_and_a_page_from_the_same_blocks() {
    for name in TWINS {
        let paper = print(&twin(name)).0;
        assert!(pdf::render(&paper.document).unwrap().starts_with(b"%PDF-"), "{name}");
        assert!(html::render(&paper.document).contains("berkewajiban"), "{name}");
    }
}

#[test]
fn the_village_signs_without_nip_in_three_originals_of_which_two_are_stamped() {
    let printed = print(&twin("desa"));
    printed.says("PERJANJIAN KERJASAMA\nANTARA\nDINAS KEPENDUDUKAN DAN PENCATATAN SIPIL\nKABUPATEN NUSA KENCANA\nDENGAN");
    printed.says("Kamis tanggal Sembilan bulan Maret tahun Dua Ribu Dua Puluh Tiga, kami");
    printed.does_not_say("bertempat");
    printed.says("(1) Maksud Perjanjian Kerjasama ini");
    printed.says("(2) Tujuan Perjanjian Kerjasama ini");
    printed.says("terakhir dengan Peraturan Daerah Kabupaten Nusa Kencana Nomor 11 Tahun 2017");
    printed.does_not_say("Nomor 3 Tahun 2014");
    printed.says("yang berlaku bagi seluruh desa di Kabupaten Nusa Kencana.");
    printed.says("b. menyediakan jaringan komunikasi data tertutup dengan biaya sendiri;");
    assert_eq!(printed.reference("network_duty"), Some("Pasal 2 ayat (2) huruf b"));
    printed.says("sertifikat SNI ISO/IEC 27001:2013");
    printed.says("dengan tembusan kepada Bupati Nusa Kencana dan Direktur Jenderal");
    printed.says(
        "kepada Bupati Nusa Kencana dengan tembusan kepada Menteri Dalam Negeri melalui Direktur Jenderal",
    );
    printed.says("berlaku selama 2 (dua) tahun sejak ditandatangani dan");
    printed.says("rangkap 3 (tiga), 2 (dua) rangkap bermeterai cukup dan 1 (satu) rangkap tidak bermeterai");
    printed.says("perubahan kelembagaan PIHAK KEDUA");
    printed.does_not_say("NIP");
    assert_eq!(printed.articles(), 10);
}

#[test]
fn the_social_office_of_a_city_keeps_the_right_its_paper_really_lists() {
    let printed = print(&twin("dinas_sosial"));
    printed.says("atas 7 (tujuh) elemen data kependudukan, yaitu Nomor KK, NIK");
    printed.says("atas 6 (enam) elemen data kependudukan, yaitu NIK, nama lengkap, jenis kelamin");
    printed.says("menerima data balikan berupa data keluarga penerima bantuan pangan");
    printed.says("sebagaimana telah diubah dengan Peraturan Menteri Dalam Negeri Nomor 17 Tahun 2023");
    printed.says("7. Surat Direktur Jenderal");
    printed.says("8. Surat persetujuan Direktur Jenderal");
    printed.says("sampai dengan 2 (dua) tahun sejak penandatanganan");
    printed.says("dan/atau, bila diperlukan, dengan biaya PIHAK KEDUA");
    printed.says("pada ayat (2) dan ayat (3) dilaporkan");
    printed.says("Alamat: Lingkungan Sumur Batu RT 004 RW 002");
    printed
        .says("PIHAK KEDUA,\ntanggal 16 April 2025\ndr. Gilang Ramadian, M.Kes.\nNIP 19791102 200604 1 011");
    printed.does_not_say("perangkat pembaca");
    assert_eq!(printed.reference("readers_duty"), None);
}

#[test]
fn the_district_has_chapters_definitions_and_its_signature_on_the_left() {
    let printed = print(&twin("kecamatan"));
    assert_eq!(printed.articles(), 11);
    printed.says("BAB I\nPENGERTIAN\nPasal 1\nDalam Perjanjian Kerjasama ini yang dimaksud dengan:");
    printed.says("BAB XI\nPENUTUP\nPasal 11");
    printed.says("\nDAN\nKECAMATAN WANA KUSUMA KABUPATEN ARGA MULYA");
    printed.says("I. Haryo Wicaksana: Kepala Dinas Kependudukan dan Pencatatan Sipil Kabupaten Arga Mulya, berkedudukan di");
    printed.says("tanggal 21 November 2022 sampai dengan tanggal 20 November 2024");
    printed.says("terakhir dengan Peraturan Presiden Nomor 112 Tahun 2013 (Lembaran Negara Republik Indonesia Tahun 2013 Nomor 257)");
    printed.says("Peraturan Bupati Arga Mulya Nomor 31 Tahun 2018");
    printed.says("(Berita Daerah Kabupaten Arga Mulya Tahun 2018 Nomor 31)");
    printed.does_not_say("Surat persetujuan");
    printed.says("bertanggung jawab kepada Bupati");
    printed.says("b. memfasilitasi PIHAK KEDUA dengan Dinas Komunikasi dan Informatika");
    printed
        .says("paling sedikit 1 (satu) unit pada setiap unit kerja, dalam waktu paling lama 1 (satu) tahun");
    printed.says("melalui media sosial milik PIHAK KEDUA");
    printed.says("dilaporkan oleh PIHAK KESATU kepada Bupati Arga Mulya.");
    printed.says("dibubuhi cap resmi");
    printed.does_not_say("sertifikat");
    assert_eq!(printed.reference("breach"), Some("Pasal 10 ayat (1)"));
    printed.says(
        "sebagaimana dimaksud dalam Pasal 3 ayat (2) atau Pasal 9 ayat (1), PIHAK KESATU dapat mengakhiri",
    );
    assert_eq!(printed.0.document.furniture.paraf, ["PIHAK KEDUA", "PIHAK KESATU"]);
    printed.says("PIHAK KEDUA,\nDarmawan Sukma\nPIHAK KESATU,\nHaryo Wicaksana");
}

#[test]
fn the_disaster_agency_renews_under_an_acting_head() {
    let printed = print(&twin("bpbd"));
    printed.says("Jabatan: Plt. Kepala Dinas Kependudukan dan Pencatatan Sipil Kabupaten Teluk Kirana");
    printed.says("6. Surat persetujuan perpanjangan Plh. Direktur Jenderal");
    printed.says("5. Peraturan Menteri Dalam Negeri Nomor 17 Tahun 2023");
    printed.says("menjadi lembaga pengguna.");
    printed.says("dalam Lingkup Tugas dengan ketentuan");
    printed.says("yang difasilitasi dan dibiayai oleh Dinas Komunikasi");
    printed.says("e. menyediakan tenaga teknis;");
    printed.says("berlaku selama 2 (dua) tahun terhitung sejak tanggal ditandatangani");
    printed.says("pada ayat (2) dilaporkan");
    printed.says("NIP 19691204 199103 2 005");
    printed.does_not_say("perangkat pembaca");
}

#[test]
fn the_agriculture_office_has_its_readers_switched_off_at_the_end() {
    let printed = print(&twin("pertanian"));
    printed
        .says("Selasa tanggal Tujuh bulan Oktober tahun Dua ribu dua puluh lima, bertempat di Banyu Lestari");
    printed.says("atas 8 (delapan) elemen data kependudukan");
    printed.says("sampai dengan tanggal Tujuh bulan Oktober tahun Dua ribu dua puluh tujuh dan");
    printed.says("dengan biaya PIHAK KEDUA");
    printed.says("informasi mengenai personalisasi kartu Secure Access Module (SAM)");
    printed.says("menerima hasil personalisasi kartu SAM");
    printed.says("(4) Pada saat Perjanjian Kerja Sama ini berakhir, perangkat pembaca KTP-el milik PIHAK KEDUA dinonaktifkan");
    printed.says("(5) Biaya yang timbul");
    assert_eq!(printed.reference("deactivation"), Some("Pasal 9 ayat (4)"));
    assert_eq!(printed.0.document.furniture.paraf, ["Paraf Disdukcapil", "Paraf DINTAN"]);
}

#[test]
fn a_citys_paper_never_speaks_of_a_regent_or_a_regency() {
    let printed = print(&twin("dinas_sosial"));
    printed.does_not_say("Bupati");
    printed.does_not_say("Kabupaten");
    printed.does_not_say("KABUPATEN");

    let mut city = twin("dinas_sosial");
    city.user.institution.kind = crate::domain::fact_sheet::InstitutionKind::District;
    city.legal_bases[5].regulation = Regulation {
        kind: RegulationKind::Perwal,
        region: Some("Kota Tirta Jaya".into()),
        number: Some("8".into()),
        year: Some(2021),
        about: Some("Pemanfaatan Data".into()),
        gazettes: Vec::new(),
    };
    let printed = print(&city);
    printed.says("bertanggung jawab kepada Wali Kota");
    printed.says("Peraturan Wali Kota Tirta Jaya Nomor 8 Tahun 2021");
    printed.does_not_say("Bupati");
    printed.does_not_say("Kabupaten");
}

#[test]
fn the_labels_that_deadlines_cite_are_printed_where_their_facts_are() {
    for name in TWINS {
        let sheet = twin(name);
        let printed = print(&sheet);
        assert!(printed.reference("term").is_some() && printed.reference("reporting").is_some(), "{name}");
        assert!(printed.reference("network_duty").is_some(), "{name}");
        assert_eq!(
            printed.reference("certificate").is_some(),
            sheet.security.certificate.is_some(),
            "{name}"
        );
        let reads = sheet.card_readers.usage == ReaderUse::Used;
        assert_eq!(printed.reference("readers_duty").is_some(), reads, "{name}");
    }
}

#[test]
fn a_right_mirrors_its_duty_unless_the_paper_says_otherwise() {
    let mut sheet = twin("pertanian");
    sheet.access.elements = vec![DataElement::Nik, DataElement::FullName, DataElement::Religion];
    sheet.access.other_elements = vec!["status perekaman KTP-el".into()];
    let printed = print(&sheet);
    let list =
        "4 (empat) elemen data kependudukan, yaitu NIK, nama lengkap, agama, dan status perekaman KTP-el";
    assert_eq!(printed.text().matches(list).count(), 2);
}

#[test]
fn an_empty_fact_sheet_prints_as_a_draft_full_of_named_gaps() {
    let paper = pks(&FactSheet::default(), &Print { stage: Stage::Draft, ..Print::standard() }).unwrap();
    let gaps = paper.document.gaps();
    for gap in [
        "nama instansi PIHAK KESATU",
        "nomor PIHAK KEDUA",
        "judul perjanjian",
        "tanggal penandatanganan",
        "dasar hukum",
        "elemen data",
        "data balikan",
        "lama berlaku",
        "penerima hasil evaluasi",
        "jumlah rangkap",
        "nama pejabat PIHAK KEDUA",
    ] {
        assert!(gaps.iter().any(|found| found == gap), "{gap} not in {gaps:?}");
    }
    assert_eq!(paper.document.furniture.watermark.as_deref(), Some("DRAF"));
}

#[test]
fn a_renewal_duty_in_the_pks_becomes_a_second_paragraph_of_its_article() {
    let mut sheet = twin("bpbd");
    assert_eq!(print(&sheet).reference("term"), Some("Pasal 4"));
    sheet.renewal.stated_in = RenewalSource::Pks;
    sheet.renewal.months_before = Some(3);
    let printed = print(&sheet);
    assert_eq!(printed.reference("term"), Some("Pasal 4 ayat (1)"));
    assert_eq!(printed.reference("renewal"), Some("Pasal 4 ayat (2)"));
    printed.says("paling lambat 3 (tiga) bulan sebelum");
}

#[test]
fn every_way_of_stating_the_end_reads_as_a_sentence() {
    let mut sheet = twin("pertanian");
    sheet.term.months = Some(24);
    for &basis in TermBasis::ALL {
        for start in [None, chrono::NaiveDate::from_ymd_opt(2025, 11, 1)] {
            sheet.term.basis = basis;
            sheet.term.start_on = start;
            let printed = print(&sheet);
            assert_eq!(printed.0.document.gaps(), Vec::<String>::new(), "{basis:?}");
            printed.says(" dan dapat diperpanjang atas kesepakatan PARA PIHAK.");
            assert_eq!(start.is_some(), printed.text().contains("Satu bulan November"), "{basis:?}");
        }
    }
}

#[test]
fn nobody_pays_for_what_is_not_agreed() {
    let mut sheet = twin("dinas_sosial");
    sheet.network = crate::domain::fact_sheet::Network {
        arrangement: NetworkArrangement::ProviderProvides,
        ..Default::default()
    };
    let printed = print(&sheet);
    assert_eq!(printed.reference("financing"), None);
    printed.does_not_say("Biaya yang timbul");
    printed
        .says("b. menyediakan jaringan komunikasi data tertutup dari PIHAK KESATU kepada PIHAK KEDUA; dan");
}

#[test]
fn a_name_with_markup_prints_as_it_was_typed() {
    let mut sheet = twin("desa");
    let name = "**Karto** _W_ # {{ x }} {% if %} [a](b) <b> & `c`";
    sheet.user.official.name = Some(name.into());
    sheet.subject.purpose = Some(format!("{name}\n\n# Pasal 99\n\n1. palsu ^term"));
    let printed = print(&sheet);
    printed.says(&format!("2. Nama: {name}"));
    printed.says(&format!("adalah {name} # Pasal 99 1. palsu ^term."));
    assert_eq!(printed.articles(), 10);
    assert_eq!(printed.0.references, print(&twin("desa")).0.references);
}

#[test]
fn every_combination_of_optional_clauses_prints_with_closed_numbering() {
    let mut sheet = twin("pertanian");
    for bits in 0..64_u32 {
        let on = |bit: u32| bits & (1 << bit) != 0;
        sheet.card_readers.usage = if on(0) { ReaderUse::Used } else { ReaderUse::NotUsed };
        sheet.service.technical_staff = on(1);
        sheet.service.assistance = on(2);
        sheet.security.leak_liability = on(3);
        sheet.security.system_guarantee = on(4);
        sheet.form.definitions = on(5);
        sheet.form.chapters = on(5);
        for &arrangement in NetworkArrangement::ALL {
            sheet.network.arrangement = arrangement;
            let printed = print(&sheet);
            assert_eq!(printed.articles(), if on(5) { 11 } else { 10 });
            for block in &printed.0.document.blocks {
                let Block::Para(para) = block else { continue };
                let text = joined(&para.runs);
                let ends =
                    text.ends_with(['.', ':', ';']) || text.ends_with("; dan") || text.ends_with("; atau");
                assert!(ends || para.align == Align::Center || para.level == 0, "{text}");
            }
            let lines = printed.lines();
            let dan = lines.iter().filter(|line| line.ends_with("; dan")).count();
            assert_eq!(dan, if on(5) { 5 } else { 4 }, "{bits:06b} {arrangement:?}");
        }
    }
}
