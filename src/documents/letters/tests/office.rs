//! What the Disdukcapil writes to the agency.

use super::*;

#[test]
fn the_notice_names_the_agreement_the_last_day_and_the_rule() {
    let letter = printed(&twin("bpbd"), "surat-pemberitahuan");
    letter
        .says("Kirana, 18 Januari 2027")
        .says("Nomor: 400.12.2/11/DUKCAPIL/2027")
        .says("Sifat: Penting")
        .says("berlaku sampai dengan Kamis, 10 Juni 2027.")
        .says("paling lambat Sabtu, 10 April 2027.")
        .says("sebelum perjanjian berakhir pada 10 Juni 2027.");
    assert_eq!(
        letter.address(),
        "Yth. Kepala Badan Penanggulangan Bencana Daerah\nKabupaten Teluk Kirana\ndi Kirana"
    );
}

#[test]
fn the_notice_beside_a_mail_is_dated_on_the_day_of_its_order_and_numbered_by_hand() {
    let mut sheet = twin("bpbd");
    sheet.letters.ending_notice = Letter::default();
    let letter = printed_with(&sheet, &Acts::default(), "surat-pemberitahuan", Stage::Final).unwrap();
    letter.says("Kirana, 3 Februari 2026");
    assert_eq!(letter.0.dated, Some(day("2026-02-03")));
    assert_eq!(letter.0.gaps(), [""; 0]);
    assert_eq!(letter.0.blanks(), ["letters.ending_notice.number"]);
    assert_eq!(letter.0.furniture.watermark, None);
}

#[test]
fn there_is_no_notice_of_an_end_that_nobody_knows() {
    let mut sheet = twin("bpbd");
    sheet.term.months = None;
    let refused = printed_with(&sheet, &Acts::default(), "surat-pemberitahuan", Stage::Draft);
    assert!(matches!(refused, Err(PaperError::Senseless(why)) if why.contains("hari terakhir berlaku")));
}

#[test]
fn a_report_is_asked_for_by_its_clause_and_its_due_date() {
    printed(&twin("pertanian"), "permintaan-laporan")
        .says("berdasarkan Pasal 8 ayat (1) Perjanjian Kerja Sama Nomor 400.12/3107/2025")
        .says("semester I tahun 2026 paling lambat Selasa, 30 Juni 2026, dengan masa tenggang 10 (sepuluh) hari kerja sampai dengan 14 Juli 2026.")
        .says("melalui naskah cetak dan surel, dengan alamat surel laporan.data@banyulestari.example.");
    printed(&twin("desa"), "permintaan-laporan")
        .says("paling lambat Jumat, 21 Juni 2024.")
        .says("Sifat: Segera")
        .never_says("tenggang");
    printed(&twin("dinas_sosial"), "permintaan-laporan")
        .says("semester II tahun 2026 paling lambat Kamis, 31 Desember 2026.");
}

#[test]
fn a_request_is_granted_forwarded_or_refused_with_its_reason() {
    printed(&twin("bpbd"), "jawaban-perubahan-1")
        .says("menjawab surat Saudara Nomor 360/020/BPBD/2026 tanggal 5 Februari 2026")
        .says("kami setujui, dengan ketentuan perubahan dilaksanakan di luar jam pelayanan.")
        .never_says("Adendum");
    let forwarded = printed(&twin("bpbd"), "jawaban-perubahan-2");
    forwarded
        .says("kami teruskan kepada Direktur Jenderal")
        .says("dituangkan dalam Adendum sebagaimana dimaksud dalam Pasal 9 ayat (2) Perjanjian Kerja Sama.");
    assert_eq!(forwarded.copies().len(), 1);
    printed(&twin("pertanian"), "jawaban-perubahan-1")
        .says("belum dapat kami setujui karena Proof of Concept aplikasi belum dinyatakan sesuai.");
    printed(&twin("pertanian"), "jawaban-perubahan-2").says("Berita Acara Serah Terima");
    printed(&twin("dinas_sosial"), "jawaban-perubahan-1")
        .says("dengan catatan Proof of Concept dilaksanakan setelah persetujuan diterima.");
}

#[test]
fn granted_elements_wait_for_the_director_general_and_an_addendum() {
    let mut sheet = twin("bpbd");
    sheet.changes[1].granted = Granted::Yes;
    printed(&sheet, "jawaban-perubahan-2")
        .says("dilaksanakan setelah Direktur Jenderal Kependudukan dan Pencatatan Sipil menyetujuinya serta Adendum ditandatangani");
}

#[test]
fn an_answer_that_is_not_known_yet_is_a_gap() {
    let mut sheet = twin("bpbd");
    sheet.changes[0].granted = Granted::Open;
    let letter = printed(&sheet, "jawaban-perubahan-1");
    assert_eq!(letter.0.gaps(), ["jawaban atas permohonan"]);
}

#[test]
fn a_proof_of_concept_has_its_day_in_words_its_hour_and_its_place() {
    printed(&twin("bpbd"), "jadwal-poc-1")
        .says("Nomor 360/131/BPBD/2025 tanggal 14 Juli 2025")
        .says("1. hari dan tanggal: Selasa, 29 Juli 2025;")
        .says("2. pukul: 09.00 WIB;")
        .says("3. tempat: ruang rapat Dinas Kependudukan");
}

#[test]
fn a_passed_proof_lifts_the_quota_and_a_failed_one_is_repeated() {
    printed(&twin("pertanian"), "hasil-poc-2")
        .says("dinyatakan sesuai dengan")
        .says("kuota akses yang semula 200 (dua ratus) hit NIK per hari menjadi tanpa batas.");
    printed(&twin("pertanian"), "hasil-poc-1")
        .says("dinyatakan belum sesuai dengan")
        .says("Proof of Concept perlu diulang. Kuota akses tetap 200 (dua ratus) hit NIK per hari.")
        .says("1. aplikasi masih menyimpan tanggal lahir pada cadangan harian;")
        .says("mengajukan kembali permohonan Proof of Concept");
    // One quota for the whole term does not lift.
    printed(&twin("kecamatan"), "hasil-poc-1").says("dinyatakan sesuai").never_says("kuota");
}

#[test]
fn a_warning_counts_itself_and_cites_the_earlier_ones() {
    let sheet = twin("dinas_sosial");
    let first = printed(&sheet, "teguran-1");
    first
        .says("Hal: Teguran Pertama")
        .says("1. belum menyampaikan laporan semester I tahun 2026;")
        .says("2. belum menyerahkan data balikan sejak bulan Maret 2026.")
        .says("sebagaimana dimaksud dalam Pasal 2 ayat (2) dan Pasal 8 ayat (1) Perjanjian Kerja Sama.")
        .says("paling lambat Senin, 10 Agustus 2026")
        .says("mengakhiri Perjanjian Kerja Sama berdasarkan Pasal 9 ayat (1).")
        .never_says("memperhatikan");
    assert_eq!(first.copies(), ["1. Wali Kota Tirta Jaya"]);
    printed(&sheet, "teguran-3").says("Hal: Teguran Ketiga").says(
        "serta memperhatikan teguran pertama Nomor 12.08/ 470/ 211/ 2026 tanggal 27 Juli 2026 \
         dan teguran kedua Nomor 12.08/ 470/ 233/ 2026 tanggal 18 Agustus 2026, Saudara ternyata:",
    );
    // The articles are those of the agreement: with definitions they stand one later.
    printed(&twin("desa"), "teguran-1").says("Pasal 9 ayat (1)");
    let mut defined = twin("desa");
    defined.form.definitions = true;
    printed(&defined, "teguran-1").says("Pasal 10 ayat (1)");
}

#[test]
fn an_agreement_is_ended_on_a_breach_by_agreement_or_because_the_agency_changed() {
    printed(&twin("dinas_sosial"), "pengakhiran")
        .says("berakhir terhitung mulai Jumat, 1 Januari 2027 berdasarkan Pasal 9 ayat (1) karena laporan semester tidak disampaikan setelah tiga kali teguran.")
        .never_says("SAM");
    printed(&twin("desa"), "pengakhiran")
        .says("berakhir terhitung mulai Jumat, 28 Februari 2025 atas kesepakatan PARA PIHAK sebagaimana dimaksud dalam Pasal 5, karena pemanfaatan data oleh desa")
        .says("kartu Secure Access Module (SAM) dikembalikan");
    let ended = printed(&twin("pertanian"), "pengakhiran");
    ended
        .says("berdasarkan Pasal 5 karena Dinas Pertanian digabung")
        .says("1. hak akses, User ID, dan IP LAN dinonaktifkan dan tidak digunakan lagi;")
        .says("3. kewajiban menjaga kerahasiaan data kependudukan menurut Pasal 2 ayat (2) huruf k tetap berlaku;")
        .says("4. laporan terakhir menurut Pasal 8 ayat (1) tetap disampaikan;")
        .says("5. data balikan yang belum diserahkan tetap diserahkan menurut Pasal 2 ayat (2) huruf b.");
    assert_eq!(ended.copies().last().unwrap(), "2. Bupati Banyu Lestari");
}

#[test]
fn an_end_that_was_recorded_tells_its_day_and_ground() {
    let sheet = twin("bpbd");
    let ended =
        Ended { on: day("2026-12-01"), cause: EndCause::Breach, letter: Some("400.12.2/160/2026".into()) };
    let acts = Acts { ended: Some(ended), ..Acts::default() };
    let letter = printed_with(&sheet, &acts, "pengakhiran", READY).unwrap();
    letter
        .says("Nomor: 400.12.2/160/2026")
        .says("terhitung mulai Selasa, 1 Desember 2026 berdasarkan Pasal 9 ayat (1)");
    assert_eq!(letter.0.gaps(), ["alasan pengakhiran"]);
}
