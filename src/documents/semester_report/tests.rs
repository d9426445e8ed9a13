#![allow(clippy::unwrap_used, clippy::expect_used)]

use crate::documents::Stage;
use crate::documents::papers::PaperKind;
use crate::documents::story::{TWINS, count, day, paper, printed, reads_well, rows, says, silent, twin};
use crate::domain::fact_sheet::{
    AccessMethod, FactSheet, Letter, MonthlyUse, Report, Response, ResultCount, Semester,
};

fn with(twin_name: &str, report: Report) -> FactSheet {
    FactSheet { reports: vec![report], ..twin(twin_name) }
}

fn report() -> Report {
    Report {
        year: Some(2026),
        semester: Semester::First,
        letter: Letter {
            number: Some("360/77/2026".into()),
            on: Some(day("2026-06-25")),
            ..Letter::default()
        },
        ..Report::default()
    }
}

fn used(month: u32, method: AccessMethod, lookups: u32) -> MonthlyUse {
    MonthlyUse { month: Some(month), method, lookups: Some(lookups) }
}

fn came(response: Response, count: u32) -> ResultCount {
    ResultCount { response, count: Some(count) }
}

#[test]
fn the_reports_of_the_twins_are_printed_with_no_gap_but_what_is_unknown() {
    for name in TWINS {
        let facts = twin(name);
        let reports = count(&facts, PaperKind::Report);
        assert!(reports > 0, "{name}");
        for nth in 1..=reports {
            let printed = printed(&facts, &format!("laporan-{nth}"), Stage::Final).unwrap();
            // Its number is registered when it is sent.
            let expected: &[&str] = if (name, nth) == ("bpbd", 2) { &["nomor surat laporan"] } else { &[] };
            assert_eq!(printed.gaps, expected, "{name} {nth}");
            reads_well(&printed.documents[0]);
        }
    }
}

#[test]
fn the_letter_goes_from_the_agencys_head_to_the_office_with_copies_as_agreed() {
    let document = paper(&twin("desa"), "laporan-1");
    says(
        &document,
        &[
            "Nomor : 473/18/2023 Tanggal : 26 Juni 2023 Sifat : Penting",
            "Hal : Laporan Semester I Tahun 2023 Pemanfaatan Data Kependudukan",
            "Yth. Kepala Dinas Kependudukan dan Pencatatan Sipil Kabupaten Nusa Kencana",
            "Menunjuk ketentuan Pasal 8 ayat (1) Perjanjian Kerjasama",
            "masa 1 Januari 2023 sampai dengan 30 Juni 2023",
            "melakukan 241 akses data kependudukan",
            "Tembusan: 1. Bupati Nusa Kencana 2. Direktur Jenderal Kependudukan dan Pencatatan Sipil",
            "Lampiran surat nomor : 473/18/2023",
            "VII. Insiden Keamanan Nihil.",
        ],
    );
}

#[test]
fn copies_named_on_the_letter_take_the_place_of_those_agreed() {
    let mut report = report();
    report.letter.copies_to = vec!["Camat Sumber".into()];
    let document = paper(&with("desa", report), "laporan-1");
    says(&document, &["Tembusan: 1. Camat Sumber"]);
    silent(&document, &["2. Direktur Jenderal"]);
}

#[test]
fn lookups_are_added_up_by_month_and_by_method() {
    let mut report = report();
    report.usage = vec![
        used(1, AccessMethod::WebPortal, 1_200),
        used(1, AccessMethod::WebPortal, 34),
        used(1, AccessMethod::CardReader, 6),
        used(5, AccessMethod::WebPortal, 1_000_000),
    ];
    let document = paper(&with("kecamatan", report), "laporan-1");
    let table: Vec<Vec<String>> = rows(&document).into_iter().take(7).collect();
    assert_eq!(
        table,
        [
            ["Januari", "1.234", "6", "1.240"],
            ["Februari", "–", "–", "–"],
            ["Maret", "–", "–", "–"],
            ["April", "–", "–", "–"],
            ["Mei", "1.000.000", "–", "1.000.000"],
            ["Juni", "–", "–", "–"],
            ["Jumlah", "1.001.234", "6", "1.001.240"],
        ]
    );
    says(&document, &["1.001.240 (satu juta seribu dua ratus empat puluh) akses"]);
}

#[test]
fn lookups_of_another_month_or_method_are_not_lost() {
    let mut report = report();
    report.usage = vec![used(9, AccessMethod::WebService, 5), MonthlyUse::default()];
    let printed = printed(&with("bpbd", report), "laporan-1", Stage::Final).unwrap();
    let table = rows(&printed.documents[0]);
    assert_eq!(table[6], ["September", "–", "5", "5"]);
    assert_eq!(table[7], ["…(bulan)…", "…(jumlah akses)…", "–", "…(jumlah akses)…"]);
    assert!(printed.gaps.contains(&"jumlah akses".to_owned()), "{:?}", printed.gaps);
}

#[test]
fn results_have_their_share_and_the_shares_make_a_whole() {
    let mut report = report();
    report.usage = vec![used(1, AccessMethod::WebPortal, 3_000)];
    report.results = vec![
        came(Response::Unknown, 1_000),
        came(Response::Found, 1_000),
        came(Response::Deceased, 500),
        came(Response::Deceased, 500),
    ];
    let document = paper(&with("bpbd", report), "laporan-1");
    let table: Vec<Vec<String>> = rows(&document).into_iter().skip(7).take(4).collect();
    assert_eq!(
        table,
        [
            ["Data ditemukan dan ditampilkan", "1.000", "33,4%"],
            ["Data ditemukan, meninggal dunia", "1.000", "33,3%"],
            ["Data tidak ditemukan, NIK tidak terdapat dalam basis data", "1.000", "33,3%"],
            ["Jumlah", "3.000", "100,0%"],
        ]
    );
}

#[test]
fn a_report_without_usage_says_nihil_and_is_whole() {
    let document = paper(&with("bpbd", report()), "laporan-1");
    assert_eq!(document.gaps(), Vec::<String>::new());
    says(
        &document,
        &[
            "sehingga laporan ini adalah laporan nihil",
            "II. Pemakaian Hak Akses Nihil.",
            "III. Hasil Akses Nihil.",
            "penyerahan data balikan nihil",
            "VI. Kendala Nihil. VII. Insiden Keamanan Nihil. VIII. Usul Nihil.",
        ],
    );
    // The operators of today are listed all the same.
    assert_eq!(
        rows(&document),
        [["1.", "Mirah Delima, S.Kom.", "19920409 201902 2 008", "Pranata Komputer"]]
    );
}

#[test]
fn usage_of_nought_is_nihil_too() {
    let mut report = report();
    report.usage = vec![used(1, AccessMethod::WebPortal, 0)];
    says(&paper(&with("bpbd", report), "laporan-1"), &["laporan ini adalah laporan nihil"]);
}

#[test]
fn a_report_with_usage_owes_its_results_and_its_feedback() {
    let mut report = report();
    report.usage = vec![used(1, AccessMethod::WebPortal, 10)];
    let printed = printed(&with("bpbd", report), "laporan-1", Stage::Final).unwrap();
    assert_eq!(printed.gaps, ["hasil akses", "jumlah data balikan"]);
}

#[test]
fn the_agreement_is_cited_and_reported_as_its_addenda_left_it() {
    let document = paper(&twin("bpbd"), "laporan-2");
    says(
        &document,
        &[
            "sebagaimana telah diubah terakhir dengan Adendum Pertama Nomor 400.12/27/DUKCAPIL/2026",
            "data korban bencana, jenis bencana, dan jenis bantuan yang diterima",
        ],
    );
    silent(&paper(&twin("bpbd"), "laporan-1"), &["Adendum", "jenis bantuan yang diterima"]);
}

#[test]
fn a_letter_without_a_date_has_that_of_its_printing_and_a_year_may_be_unknown() {
    let unknown = Report { semester: Semester::Second, ..Report::default() };
    let printed = printed(&with("bpbd", unknown), "laporan-1", Stage::Final).unwrap();
    assert_eq!(printed.gaps, ["nomor surat laporan", "tahun laporan"]);
    says(&printed.documents[0], &["Tanggal : 1 Maret 2026"]);
}

#[test]
fn number_and_date_may_be_written_by_hand() {
    let unnumbered = Report { letter: Letter::default(), ..report() };
    let ready =
        printed(&with("bpbd", unnumbered), "laporan-1", Stage::ReadyToSign { blank_date: true }).unwrap();
    assert_eq!(ready.gaps, Vec::<String>::new());
    assert_eq!(ready.documents[0].blanks(), ["reports.0.letter.number", "reports.0.letter.on/long"]);
    // What the agreement says is not left blank.
    says(&ready.documents[0], &["tanggal 11 Juni 2025"]);
}

#[test]
fn markup_in_a_value_prints_as_such() {
    let mut report = report();
    report.problems = Some("**Putus** {{ x }} # [a](b) _c_".into());
    report.incidents = Some("nihil.".into());
    says(
        &paper(&with("bpbd", report), "laporan-1"),
        &["VI. Kendala **Putus** {{ x }} # [a](b) _c_. VII. Insiden Keamanan Nihil."],
    );
}
