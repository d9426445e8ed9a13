#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::documents::said::{Said, TWINS, printed, printed_as, twin};
use crate::documents::{Stage, papers, pdf};
use crate::domain::acts::Acts;
use crate::domain::calendar::Calendar;
use crate::domain::deadline::{ClauseRef, Step, deadlines};
use crate::domain::fact_sheet::{Quota, QuotaStage, RegionKind, RenewalSource, UserIdForm};
use crate::domain::wording::number_with_words;

fn said(sheet: &FactSheet) -> Said {
    Said::by(sheet, "juknis")
}

/// The papers of this module and what is unknown in each: only what the twin's people really do not
/// know yet. The third of a row is for the person who reads a failure.
#[test]
fn only_what_is_truly_unknown_is_a_gap() {
    let table: [(&str, &[&str]); 5] = [
        (
            "desa",
            &[
                "nomor Petunjuk Teknis",
                "kuota akses",
                "cara menyampaikan laporan",
                "narahubung PIHAK KESATU",
                "tanggal Petunjuk Teknis",
            ],
        ),
        (
            "dinas_sosial",
            &[
                "nomor Petunjuk Teknis",
                "bandwidth",
                "kuota akses",
                "cara mengirim data balikan",
                "cara menyampaikan laporan",
                "tanggal Petunjuk Teknis",
                "topologi jaringan (Lampiran I)",
            ],
        ),
        ("kecamatan", &[]),
        ("bpbd", &[]),
        ("pertanian", &[]),
    ];
    for (name, gaps) in table {
        assert_eq!(printed(&twin(name), "juknis").gaps, gaps, "{name}");
    }
}

#[test]
fn nothing_of_the_wording_itself_is_printed() {
    for name in TWINS {
        let text = said(&twin(name)).text();
        for trace in ["{{", "{%", "**", " ^", "\u{E000}", " ,", " .", "..", ";;", "; .", "None", "  ", ",,"] {
            assert!(!text.contains(trace), "{name}: {trace:?} in\n{text}");
        }
    }
}

#[test]
fn the_disaster_agency_agrees_on_six_criteria() {
    let paper = said(&twin("bpbd"));
    paper.says("PETUNJUK TEKNIS\nAKSES DATA KEPENDUDUKAN MELALUI WEB PORTAL");
    paper.says("Nomor: 400.12/65/DUKCAPIL/2025");
    paper.says("Nomor 400.12/64/DUKCAPIL/ 2025 dan Nomor 100.3.7/021/BPBD/2025 tanggal 11 Juni 2025");
    paper.says(
        "1. Dinas Kependudukan dan Pencatatan Sipil Kabupaten Teluk Kirana, selanjutnya disebut Disdukcapil;",
    );
    paper.says("No.\nKRITERIA\nPETUNJUK\nI.\nInfrastruktur Jaringan\nA. Internet Protocol");
    paper.says("1 (satu) titik akses jaringan komunikasi data kepada BPBD dengan IP LAN 192.0.2.21");
    paper.says("1 Mbps dengan biaya jaringan yang dibebankan pada anggaran Dinas Komunikasi dan Informatika Kabupaten Teluk Kirana;");
    paper.says("pada minggu ke-4 bulan Juli, paling lambat tanggal 25 Juli 2025");
    paper.says("Sebelum Proof of Concept (PoC) dinyatakan sesuai, BPBD mengakses data kependudukan dengan kuota 200 (dua ratus) hit NIK per hari; dan");
    paper.says("Setelah PoC dinyatakan sesuai, BPBD mengakses data kependudukan tanpa dibatasi kuota");
    paper.does_not_say("Perubahan kuota");
    paper.says("formulir yang memuat 7 (tujuh) kolom:");
    paper.says("5) Data tidak ditemukan, NIK tidak sesuai format; dan");
    paper.says("setiap aplikasi layanan baru");
    paper.says("(Zero Sharing Policy)");
    paper.says(
        "sertifikat ISO/IEC 27001 kepada Disdukcapil paling lambat 6 (enam) bulan setelah PKS ditandatangani",
    );
    paper.says("1. data korban bencana; dan");
    paper.says(
        "melalui web service pada aplikasi data balikan dengan alamat https://192.0.2.40/data-balikan.",
    );
    paper.says("IV.\nPerangkat Pembaca KTP-el (Card Reader)\nBerdasarkan PKS, BPBD tidak menggunakan");
    paper.does_not_say("SIFILMA");
    paper.says("paling lama 10 (sepuluh) hari kerja setelah bulan pelaporan berakhir");
    paper.says("melalui naskah cetak dan surel dengan alamat surel laporan@telukkirana.example");
    paper.says("kepada Menteri Dalam Negeri melalui Direktur Jenderal Kependudukan dan Pencatatan Sipil");
    paper.says("b. Tono Wiradipa, A.Md., Kepala Seksi Kerja Sama, telepon 0899-0000-0402");
    paper.says("F. Untuk memperpanjang PKS, BPBD wajib mengajukan surat permohonan perpanjangan kepada Dirjen Dukcapil melalui Disdukcapil paling lambat 2 (dua) bulan sebelum PKS berakhir");
    paper.says("1. BPBD menyampaikan surat permohonan sebagaimana dimaksud pada huruf F");
    paper.says("Disdukcapil di Jalan Mercusuar Nomor 101, Kirana, dengan melampirkan");
    paper.says("Kirana, 11 Juni 2025\nMENGETAHUI:");
    paper.says("Endah Pratiwindari, S.Sos., M.M.\nPlt. Kepala Dinas Kependudukan");
    paper.says("NIP 19830721 200212 1 002");
}

#[test]
fn the_disaster_agency_draws_its_network_and_its_own_service() {
    let paper = said(&twin("bpbd"));
    paper.says("digambarkan dalam Lampiran I.");
    paper.says("sebagaimana digambarkan dalam Lampiran II;");
    paper.says("LAMPIRAN I\nTOPOLOGI JARINGAN");
    paper.says("[Komputer operator BPBD IP LAN 192.0.2.21]\njaringan tertutup, 1 Mbps");
    paper.says("LAMPIRAN II\nALUR LAYANAN");
    paper.says("Tidak: Data dikembalikan kepada petugas untuk diperbaiki bersama warga\nYa");
    let shapes: Vec<BoxShape> = paper
        .0
        .blocks
        .iter()
        .filter_map(|block| if let Block::Diagram(diagram) = block { Some(&diagram.boxes) } else { None })
        .next_back()
        .unwrap()
        .iter()
        .map(|one| one.shape)
        .collect();
    use BoxShape::{Decision, Step, Terminal};
    assert_eq!(shapes, [Terminal, Step, Decision, Step, Step, Terminal]);
    let breaks = paper.0.blocks.iter().filter(|block| matches!(block, Block::PageBreak)).count();
    assert_eq!(breaks, 2, "each attachment begins a page");
}

#[test]
fn the_district_agrees_in_the_older_and_shorter_manner() {
    let mut sheet = twin("kecamatan");
    sheet.letters.access_request.form = UserIdForm::Eight;
    let paper = said(&sheet);
    paper.says("No.\nPEMBAHASAN\nKESEPAKATAN\n1.\nInfrastruktur Jaringan\na. Jaringan komunikasi data");
    paper.says(
        "antara Dinas Kependudukan dan Pencatatan Sipil Kabupaten Arga Mulya dan Kecamatan Wana Kusuma",
    );
    paper.says("c. Surat permohonan sebagaimana dimaksud pada huruf b dilampiri Surat Pernyataan Penggunaan Jaringan Tertutup;");
    paper.says("dengan bandwidth 1 Gigabyte;");
    paper.says("paling lambat akhir bulan Desember 2022");
    paper.says("dengan tembusan kepada Dirjen Dukcapil, dilampiri formulir yang memuat 8 (delapan) kolom:");
    paper.says("8) User ID lokal penerima hak akses pada aplikasi internal Kecamatan Wana Kusuma;");
    paper.says("1 (satu) User ID beserta password kepada Kecamatan Wana Kusuma paling lambat 2 (dua) minggu setelah surat sebagaimana dimaksud pada huruf c diterima");
    paper.says("Kuota akses adalah 1.000 (seribu) hit NIK per hari;");
    paper.says("Penanggung jawab User ID adalah Camat Wana Kusuma Kabupaten Arga Mulya");
    paper.says("nomor register, nama usaha, dan jenis usaha");
    paper.says("media penyimpanan diserahkan kepada Disdukcapil untuk diteruskan");
    paper.says("paling sedikit 1 (satu) unit pada setiap unit kerja, dalam waktu paling lama 1 (satu) tahun");
    paper.says("dilaporkan oleh Disdukcapil kepada Bupati Arga Mulya");
    paper.says("dapat mengakhiri PKS");
    for silent in ["Proof of Concept", "sertifikat", "bocor", "perpanjangan", "LAMPIRAN", "Zero Sharing"] {
        paper.does_not_say(silent);
    }
    paper.says("1. Prabu Santika, S.Sos.\nKepala Bidang Pengelolaan Informasi\nNIP 19751230 200003 1 004");
    paper.says("2. Drs. Mahesa Tirtana, M.M.");
}

#[test]
fn the_older_form_attaches_what_there_is_to_attach() {
    let mut sheet = twin("kecamatan");
    sheet.papers.juknis.service_steps = twin("bpbd").papers.juknis.service_steps;
    let paper = said(&sheet);
    paper.says("digambarkan dalam Lampiran.");
    paper.says("LAMPIRAN\nALUR LAYANAN");
    paper.does_not_say("TOPOLOGI");
}

#[test]
fn the_agriculture_office_reads_cards_and_signs_with_nik() {
    let paper = said(&twin("pertanian"));
    paper.says("aplikasi SIFILMA milik Ditjen Dukcapil");
    paper.says("penyampaian data balikan sebagaimana dimaksud pada angka III;");
    paper.says("DINTAN dan Disdukcapil membuat BAST pengembalian kartu SAM");
    paper.says("dibebankan pada anggaran DINTAN");
    paper.says("a. Fajar Dwipayana, telepon 0899-0000-0501; dan");
    paper.says("2. Galuh Purnamasidi\nPengelola Data Bantuan\nNIK 9807032611940001");
    paper.does_not_say("NIP 1976");
    assert_eq!(paper.0.furniture.paraf, ["Paraf Disdukcapil", "Paraf DINTAN"]);
}

#[test]
fn what_the_pks_leaves_open_the_juknis_leaves_open() {
    said(&twin("dinas_sosial")).says("PKS tidak mengatur penggunaan perangkat pembaca KTP-el");
    let mut sheet = twin("bpbd");
    sheet.access.quota = vec![Quota { stage: QuotaStage::Whole, per_day: Some(500) }];
    sheet.papers.juknis.proof_of_concept = false;
    let paper = said(&sheet);
    paper.does_not_say("Concept");
    paper.says("kuota 500 (lima ratus) hit NIK per hari; dan");
    paper.says("Perubahan kuota diajukan");
}

/// One list, printed in the PKS as a sentence and in the Juknis as rows.
#[test]
fn elements_and_numbers_are_those_of_the_pks() {
    for name in TWINS {
        let sheet = twin(name);
        let (pks, juknis) = (Said::by(&sheet, "pks"), said(&sheet));
        juknis.says(&format!(
            "meliputi {} elemen data kependudukan",
            number_with_words(sheet.access.elements.len() as u64)
        ));
        for element in &sheet.access.elements {
            pks.says(element.label());
            assert!(
                juknis.lines().iter().any(|line| line.split_once(' ').is_some_and(|(_, rest)| rest
                    .trim_end_matches(" dan")
                    .trim_end_matches(';')
                    .split(", yang terdiri")
                    .next()
                    == Some(element.label()))),
                "{name}: {}",
                element.label()
            );
        }
        for item in &sheet.feedback.items {
            pks.says(item);
            juknis.says(item);
        }
        let (provider, user) = (sheet.provider.number.unwrap(), sheet.user.number.unwrap());
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        juknis.says(&format!("Nomor {} dan Nomor {}", one_line(&provider), one_line(&user)));
    }
}

/// Every text among the facts, the longest first.
fn texts(tree: &serde_json::Value, found: &mut Vec<String>) {
    match tree {
        serde_json::Value::String(text) => found.push(text.to_lowercase()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        serde_json::Value::Object(fields) => fields.values().for_each(|field| texts(field, found)),
        _ => {}
    }
    found.sort_by_key(|text| std::cmp::Reverse(text.len()));
}

/// Papers copied from another agency's carry its name. Ours name whom the facts name, the Ditjen and
/// its ministry, and nobody else.
#[test]
fn no_institution_is_named_but_those_concerned() {
    for name in TWINS {
        let sheet = twin(name);
        let mut known = Vec::new();
        texts(&sheet.to_tree(), &mut known);
        known.retain(|text| text.split(' ').count() > 1);
        known.push("direktorat jenderal kependudukan dan pencatatan sipil kementerian dalam negeri".into());
        for paper in ["juknis", "sptjm", "sptjm-perpanjangan", "nda"] {
            for document in printed(&sheet, paper).documents {
                let mut text = Said(document).text().to_lowercase();
                for known in &known {
                    text = text.replace(known.as_str(), "·");
                }
                let text = text.replace("kode kecamatan", "·").replace("nama kecamatan", "·");
                for kind in
                    ["dinas ", "badan ", "kecamatan", "kementerian", "direktorat ", "desa ", "kantor wilayah"]
                {
                    let found = text.find(kind).map(|at| text[at..].chars().take(80).collect::<String>());
                    assert_eq!(found, None, "{name}, {paper}: an institution that no fact names");
                }
            }
        }
        for other in TWINS.iter().filter(|other| **other != name) {
            said(&sheet).does_not_say(&twin(other).user.institution.name.unwrap());
        }
    }
}

#[test]
fn references_follow_an_inserted_row() {
    let wording = crate::documents::clause::Wording::standard();
    let own = include_str!("../../../templates/clauses/juknis/criteria_other.md")
        .replace("# Lain-lain ^other\n", "# Lain-lain ^other\n\n- Ketentuan kantor sendiri");
    let stationery =
        Stationery { wording: wording.with("juknis/criteria_other", own), ..Stationery::standard() };
    let print = Print { stage: Stage::Final, stationery: &stationery };
    let paper = juknis(&twin("bpbd"), &print).unwrap();
    assert_eq!(paper.references["renewal"], "angka VI huruf G");
    let paper = Said(paper.document);
    paper.says("G. Untuk memperpanjang PKS");
    paper.says("sebagaimana dimaksud pada huruf G");
}

#[test]
fn a_deadline_cites_the_clause_of_the_juknis_that_is_printed() {
    let mut sheet = twin("bpbd");
    let due = |sheet: &FactSheet| {
        let today = "2026-01-15".parse().unwrap();
        deadlines(sheet, &Acts::default(), &Calendar::national(), today)
            .into_iter()
            .find(|deadline| deadline.step == Step::RenewalLetter)
            .unwrap()
            .clause
    };
    let stated = sheet.renewal.clause.take().unwrap();
    assert_eq!(due(&sheet), Some(ClauseRef::Juknis("renewal")));
    let clauses = papers::references(&sheet).unwrap();
    assert_eq!(clauses[&papers::juknis_label("renewal")], stated, "the same as people cited it");
    assert_eq!(clauses["duties"], "Pasal 2", "beside those of the PKS");

    sheet.papers.juknis.form = JuknisForm::Agreement;
    let clauses = papers::references(&sheet).unwrap();
    assert_eq!(clauses[&papers::juknis_label("renewal")], "Petunjuk Teknis angka 6 huruf f");

    sheet.renewal.stated_in = RenewalSource::OfficePolicy;
    assert!(!papers::references(&sheet).unwrap().contains_key("juknis.renewal"));
    said(&sheet).does_not_say("perpanjangan kepada");
}

#[test]
fn a_final_juknis_with_an_empty_attachment_is_refused() {
    let mut sheet = twin("bpbd");
    sheet.papers.juknis.topology.clear();
    sheet.papers.juknis.service_steps.clear();
    let empty = ["topologi jaringan (Lampiran I)", "alur layanan (Lampiran II)"];
    for stage in [Stage::Final, Stage::ReadyToSign { blank_date: true }] {
        let printed = printed_as(&sheet, "juknis", stage);
        assert_eq!(printed.gaps, empty);
        assert_eq!(printed.documents[0].furniture.watermark.as_deref(), Some("DRAF"));
    }
    said(&sheet).says("LAMPIRAN II\nALUR LAYANAN\nAlur layanan BPBD yang memanfaatkan data kependudukan melalui web portal.\n…(alur layanan (Lampiran II))…");
}

#[test]
fn an_uploaded_picture_takes_the_place_of_a_drawing() {
    let mut sheet = twin("bpbd");
    sheet.papers.juknis.topology.clear();
    let picture = Picture { width: 1, height: 1, png: String::new(), alt: "Denah jaringan".into() };
    let stationery = Stationery { topology: Some(picture), ..Stationery::standard() };
    let paper = juknis(&sheet, &Print { stage: Stage::Final, stationery: &stationery }).unwrap();
    assert_eq!(paper.document.gaps(), Vec::<String>::new());
    Said(paper.document).says("LAMPIRAN I\nTOPOLOGI JARINGAN");
}

#[test]
fn a_number_to_come_is_a_blank_and_the_rest_must_be_known() {
    let mut sheet = twin("bpbd");
    sheet.papers.juknis.number = None;
    sheet.papers.juknis.on = None;
    let ready = printed_as(&sheet, "juknis", Stage::ReadyToSign { blank_date: true });
    assert_eq!(ready.gaps, Vec::<String>::new());
    let mut document = ready.documents[0].clone();
    assert_eq!(document.blanks(), ["juknis.number", "signing.on/long", "juknis.on/long"]);
    assert_eq!(document.fill("juknis.number", "400.12/65/DUKCAPIL/2025"), 1);
    let ready = printed_as(&sheet, "juknis", Stage::ReadyToSign { blank_date: false });
    assert_eq!(ready.gaps, ["tanggal Petunjuk Teknis"], "the date is blank only where it is to be");
}

#[test]
fn both_heads_sign_where_nobody_else_is_named() {
    let mut sheet = twin("bpbd");
    let named = said(&sheet).text();
    sheet.papers.juknis.signatories.clear();
    assert_eq!(said(&sheet).text(), named, "the twin names its heads, with what is known of them");
}

#[test]
fn a_signatory_is_known_by_name_from_elsewhere() {
    let mut sheet = twin("kecamatan");
    for signatory in &mut sheet.papers.juknis.signatories {
        if signatory.side == Side::User {
            signatory.position = None;
            signatory.nip = None;
        }
    }
    said(&sheet).says("1. Siti Kemuning, S.E.\nKepala Seksi Pelayanan\nNIP 19780711 200312 2 006");
}

#[test]
fn sides_of_unequal_number_sign_side_by_side() {
    let mut sheet = twin("pertanian");
    sheet.papers.juknis.signatories.pop();
    let paper = said(&sheet);
    let blocks: Vec<&SignatureBlock> = paper
        .0
        .blocks
        .iter()
        .filter_map(|block| if let Block::Signatures(block) = block { Some(block) } else { None })
        .collect();
    assert_eq!(blocks.len(), 2);
    assert!(blocks.iter().all(|block| block.columns.len() == 2));
    assert!(blocks[1].columns[1].name.is_empty(), "the place beside the last one stays empty");
}

#[test]
fn names_of_any_length_and_eighty_elements_fit() {
    let mut sheet = twin("bpbd");
    let long = "Badan Penanggulangan Bencana, Kebakaran, Penyelamatan, Ketahanan Pangan, dan Perlindungan Masyarakat Kabupaten Teluk Kirana";
    sheet.user.institution.name = Some(long.into());
    sheet.user.institution.short_name = None;
    sheet.access.other_elements = (1..=72).map(|n| format!("keterangan tambahan nomor {n}")).collect();
    let paper = said(&sheet);
    paper.says("80 (delapan puluh) elemen data kependudukan");
    paper.says("cb. keterangan tambahan nomor 72;");
    paper.says(&format!("2. {long}."));
    assert!(pdf::render(&paper.0).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn a_value_with_markup_prints_as_it_is() {
    let mut sheet = twin("bpbd");
    let odd = "**tebal** _miring_ # {{ nomor }} {% if %} [a](b) <b>";
    sheet.network.bandwidth = Some(odd.into());
    sheet.papers.juknis.service_steps[0].text = Some(odd.into());
    sheet.papers.juknis.signatories[0].name = Some(odd.into());
    let paper = said(&sheet);
    paper.says(&format!("Besaran bandwidth adalah {odd} dengan biaya"));
    assert_eq!(paper.text().matches(odd).count(), 3);
}

/// The wordings name no head of a region of their own: whoever the evaluation goes to is a fact.
#[test]
fn no_regions_head_is_named_but_the_one_in_the_facts() {
    for kind in [RegionKind::Kota, RegionKind::Provinsi] {
        let mut sheet = twin("kecamatan");
        sheet.provider.institution.region.kind = kind;
        let head = format!("{} Arga Mulya", kind.head_title());
        sheet.evaluation.recipient = Some(head.clone());
        said(&sheet).says(&format!("dilaporkan oleh Disdukcapil kepada {head}"));
        for paper in ["juknis", "sptjm", "sptjm-perpanjangan", "nda"] {
            for document in printed(&sheet, paper).documents {
                Said(document).does_not_say("Bupati");
            }
        }
    }
}

#[test]
fn every_twin_becomes_a_pdf() {
    for name in TWINS {
        assert!(pdf::render(&said(&twin(name)).0).unwrap().starts_with(b"%PDF-"), "{name}");
    }
}
