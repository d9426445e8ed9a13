//! What goes to the Director General and to whom evaluations are told.

use super::*;

#[test]
fn a_cover_letter_is_signed_by_the_regions_head_where_the_office_wants_it_so() {
    let letter = printed(&twin("desa"), "pengantar-permohonan");
    assert_eq!(letter.head(), ["BUPATI NUSA KENCANA"]);
    assert_eq!(letter.signed(), ("Bupati Nusa Kencana,".into(), "Ir. Ranggawuni Sastradipa, M.M.".into()));
    assert_eq!(
        letter.address(),
        "Yth. Direktur Jenderal Kependudukan dan Pencatatan Sipil\nKementerian Dalam Negeri\ndi Jakarta"
    );
    letter
        .says("Hal: Penyampaian Permohonan Pemanfaatan Data Kependudukan bagi Desa")
        .says("Nomor 470/0412 tanggal 13 Juni 2022")
        .says("1. pengguna: Pemerintah Desa Telaga Anyelir")
        .says("6. jangka waktu Perjanjian Kerjasama: 2 (dua) tahun.");
    assert_eq!(
        letter.copies()[0],
        "1. Kepala Dinas Kependudukan dan Pencatatan Sipil Kabupaten Nusa Kencana"
    );

    let city = printed(&twin("dinas_sosial"), "pengantar-perpanjangan");
    assert_eq!(city.head(), ["WALI KOTA TIRTA JAYA"]);
    assert_eq!(city.signed(), ("Wali Kota Tirta Jaya,".into(), "Hj. Larasati Widyaningrum, S.Sos.".into()));
    let acting = printed(&twin("pertanian"), "pengantar-perpanjangan");
    assert_eq!(acting.signed().0, "Pj. Bupati Banyu Lestari,");
    let province = printed(&province(), "pengantar-perpanjangan");
    assert_eq!(province.head(), ["GUBERNUR SAMUDRA RAYA"]);
    assert_eq!(
        province.signed(),
        ("Gubernur Samudra Raya,".into(), "Dr. Candra Kirana Wening, M.Si.".into())
    );
}

#[test]
fn or_by_the_disdukcapil_in_its_own_name_or_on_behalf_of_the_regions_head() {
    let own = printed(&twin("bpbd"), "pengantar-pks");
    assert_eq!(own.head()[1], "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL");
    assert!(own.signed().0.starts_with("Plt. Kepala Dinas Kependudukan"), "{:?}", own.signed());
    assert_eq!(own.copies()[0], "1. Bupati Teluk Kirana");
    let behalf = printed(&twin("pertanian"), "pengantar-pks");
    assert_eq!(behalf.head()[1], "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL");
    assert!(
        behalf.signed().0.starts_with("a.n. Bupati Banyu Lestari\nKepala Dinas"),
        "{:?}",
        behalf.signed()
    );
}

#[test]
fn the_signed_agreement_is_sent_with_the_approval_it_follows() {
    printed(&twin("pertanian"), "pengantar-pks")
        .says("menindaklanjuti surat Bapak/Ibu Nomor 400.8.1.2/9914/Dukcapil tanggal 13 Agustus 2025, bersama ini")
        .says("Nomor 400.12/3107/2025 dan Nomor 520 (4411) 2025 tanggal 7 Oktober 2025, berlaku sampai dengan 7 Oktober 2027.")
        .says("atas elemen data NIK, nama lengkap,")
        .says("dengan kuota 200 (dua ratus) hit NIK per hari sebelum Proof of Concept");
    // A general letter approves nothing.
    printed(&twin("dinas_sosial"), "pengantar-pks")
        .says("Nomor 400.8.1.2/2210/Dukcapil tanggal 27 Februari 2025")
        .never_says("13377");
    printed(&twin("kecamatan"), "pengantar-pks").says("Dengan hormat, bersama ini kami sampaikan");
}

#[test]
fn closing_is_proposed_after_the_warnings_and_reopening_after_the_closing() {
    let sheet = twin("bpbd");
    let closing = printed(&sheet, "usulan-penonaktifan-1");
    closing
        .says("karena sertifikat ISO/IEC 27001 belum diserahkan setelah dua kali teguran.")
        .says("1. teguran pertama Nomor 400.12.2/102/DUKCAPIL/2026 tanggal 20 Juli 2026;")
        .says("2. teguran kedua Nomor 400.12.2/118/DUKCAPIL/2026 tanggal 18 Agustus 2026.")
        .says("Pasal 2 ayat (2) dan Pasal 8 ayat (1)");
    assert_eq!(closing.copies().len(), 2);
    printed(&sheet, "usulan-pengaktifan-1")
        .says("menyusul usulan penonaktifan kami Nomor 400.12.2/131/DUKCAPIL/2026 tanggal 21 September 2026,")
        .says("karena sertifikat ISO/IEC 27001 telah diserahkan");
}

#[test]
fn an_evaluation_goes_to_whom_the_agreement_names() {
    let upward = printed(&twin("bpbd"), "hasil-evaluasi-1");
    assert_eq!(
        upward.address(),
        "Yth. Menteri Dalam Negeri\nmelalui Direktur Jenderal Kependudukan dan Pencatatan Sipil\ndi Jakarta"
    );
    upward
        .says("berdasarkan Pasal 8 ayat (4) Perjanjian Kerja Sama")
        .says("semester II tahun 2025")
        .says("1. laporan semester disampaikan tepat waktu;")
        .says("kami nilai sesuai dengan");
    let regency = printed(&twin("desa"), "hasil-evaluasi-1");
    assert!(regency.address().starts_with("Yth. Bupati Nusa Kencana\nmelalui Direktur Jenderal"));
    assert!(regency.address().ends_with("di Kencana Raya"));
    assert_eq!(regency.copies(), ["1. Menteri Dalam Negeri"]);
    regency.says("kami nilai sesuai sebagian dengan");
}

#[test]
fn an_evaluation_encloses_the_figures_of_the_report_on_the_same_semester() {
    let mut sheet = twin("bpbd");
    let usage = |month, lookups| MonthlyUse {
        month: Some(month),
        method: AccessMethod::WebPortal,
        lookups: Some(lookups),
    };
    let report = Report {
        year: Some(2025),
        semester: Semester::Second,
        usage: vec![usage(11, 1_250), usage(12, 980)],
        results: vec![ResultCount { response: Response::Found, count: Some(2_100) }],
        feedback_count: Some(412),
        ..Report::default()
    };
    let other = Report { semester: Semester::First, usage: vec![usage(1, 77_777)], ..report.clone() };
    sheet.reports = vec![other, report];
    let letter = printed(&sheet, "hasil-evaluasi-1");
    letter.says("digunakan sebanyak 2.230 kali").says("Lampiran: 1 (satu) berkas").never_says("77.777");
    let figures = letter.attachment();
    for line in [
        "November | web portal | 1.250",
        "Desember | web portal | 980",
        "Jumlah |  | 2.230",
        "1. | Data ditemukan dan ditampilkan | 2.100",
        "Data balikan yang diserahkan: 412 rekaman",
    ] {
        assert!(figures.contains(&line.to_owned()), "{line} in {figures:#?}");
    }
    sheet.reports.pop();
    printed(&sheet, "hasil-evaluasi-1").never_says("digunakan sebanyak").says("Lampiran: -");
}
