//! What the agency's head signs.

use super::*;

#[test]
fn an_application_states_the_six_facts_and_goes_to_the_regions_head_through_the_disdukcapil() {
    let letter = printed(&twin("pertanian"), "surat-permohonan");
    assert_eq!(letter.head(), ["PEMERINTAH KABUPATEN BANYU LESTARI", "DINAS PERTANIAN"]);
    assert_eq!(
        letter.address(),
        "Yth. Bupati Banyu Lestari\nmelalui Kepala Dinas Kependudukan dan Pencatatan Sipil\n\
         Kabupaten Banyu Lestari\ndi Banyu Lestari"
    );
    letter
        .says("Nomor: 520/0873")
        .says("Banyu Lestari, 15 Juli 2024")
        .says("1. pengguna: Dinas Pertanian Kabupaten Banyu Lestari;")
        .says("2. tujuan pemanfaatan: verifikasi dan validasi data petani penerima bantuan;")
        .says("3. elemen data: NIK, nama lengkap, jenis kelamin,")
        .says("4. metode akses: web portal;")
        .says("5. data balikan: nomor atau keterangan penerima bantuan dan jenis bantuan yang diterima;")
        .says("6. jangka waktu Perjanjian Kerja Sama: 2 (dua) tahun.")
        .says("Permohonan ini melanjutkan Perjanjian Kerja Sama Nomor 470/1044/2023 dan Nomor 520/2207/2023 tanggal 9 Oktober 2023");
    printed(&twin("dinas_sosial"), "surat-permohonan").never_says("melanjutkan");
}

#[test]
fn a_term_between_two_days_is_applied_for_by_its_length_where_it_has_one() {
    printed(&twin("kecamatan"), "surat-permohonan").says("jangka waktu Perjanjian Kerjasama: 2 (dua) tahun.");
    let mut sheet = twin("kecamatan");
    sheet.term.end_on = Some(day("2024-10-31"));
    printed(&sheet, "surat-permohonan").says("21 November 2022 sampai dengan 31 Oktober 2024.");
}

#[test]
fn a_legal_entity_encloses_what_shows_that_it_exists_and_may_do_its_business() {
    let mut sheet = twin("pertanian");
    printed(&sheet, "surat-permohonan").never_says("akta pendirian").says("Lampiran: -");
    sheet.user.institution.kind = InstitutionKind::LegalEntity;
    printed(&sheet, "surat-permohonan")
        .says("Lampiran: 1 (satu) berkas")
        .says("1. akta pendirian beserta anggaran dasar dan anggaran rumah tangga;")
        .says("2. surat keterangan domisili;")
        .says("3. izin usaha yang masih berlaku;")
        .says("4. keputusan pengesahan badan hukum;")
        .says("5. rekomendasi dari instansi yang mengawasi bidang usaha kami.");
}

#[test]
fn renewal_is_asked_of_the_director_general_with_the_running_agreement_and_its_end() {
    let letter = printed(&twin("bpbd"), "surat-perpanjangan");
    assert_eq!(
        letter.address(),
        "Yth. Direktur Jenderal Kependudukan dan Pencatatan Sipil\nKementerian Dalam Negeri\n\
         melalui Kepala Dinas Kependudukan dan Pencatatan Sipil\nKabupaten Teluk Kirana\ndi Jakarta"
    );
    letter
        .says("Nomor 400.12/64/DUKCAPIL/ 2025 dan Nomor 100.3.7/021/BPBD/2025 tanggal 11 Juni 2025, berlaku sampai dengan 10 Juni 2027.")
        .says("Sesuai dengan Petunjuk Teknis angka VI huruf F, kami memohon perpanjangannya");
    // Without a paper that states the time limit no clause is cited.
    printed(&twin("dinas_sosial"), "surat-perpanjangan")
        .says("14 April 2027. Kami memohon")
        .never_says("Sesuai dengan");
}

#[test]
fn a_renewal_letter_that_was_logged_when_it_came_in_is_not_typed_again() {
    let sheet = FactSheet { letters: Letters::default(), ..twin("bpbd") };
    let logged = LetterIn { number: "360/044/BPBD/2027".into(), on: day("2027-02-22") };
    let acts = Acts { renewal_letter: Some(logged), ..Acts::default() };
    let letter = printed_with(&sheet, &acts, "surat-perpanjangan", Stage::Final).unwrap();
    letter.says("Nomor: 360/044/BPBD/2027").says("22 Februari 2027");
    assert_eq!(letter.0.dated, Some(day("2027-02-22")));
    printed_with(&sheet, &acts, "pengantar-perpanjangan", READY)
        .unwrap()
        .says("Nomor 360/044/BPBD/2027 tanggal 22 Februari 2027");
}

#[test]
fn user_ids_are_asked_for_with_a_form_of_seven_or_eight_fields_per_applicant() {
    let seven = printed(&twin("bpbd"), "surat-user-id");
    assert_eq!(
        seven.copies(),
        ["1. Direktur Jenderal Kependudukan dan Pencatatan Sipil Kementerian Dalam Negeri"]
    );
    seven.says("Penanggung jawab User ID adalah Satria Negara Putra, S.STP. selaku Kepala Badan");
    let form = seven.attachment();
    assert_eq!(
        form[0..3],
        [
            "Lampiran surat: Kepala Badan Penanggulangan Bencana Daerah Kabupaten Teluk Kirana",
            "Nomor: 360/118/BPBD/2025",
            "Tanggal: 18 Juni 2025",
        ]
    );
    assert!(form.contains(&"1. | NIK | 9805014904920003".to_owned()), "{form:#?}");
    assert!(form.contains(&"3. | NIP | 19920409 201902 2 008".to_owned()), "{form:#?}");
    assert!(form.contains(&"6. | Kode wilayah kantor | 98.05".to_owned()), "{form:#?}");
    assert!(!form.iter().any(|line| line.starts_with("8. |")), "{form:#?}");

    let eight = printed(&twin("kecamatan"), "surat-user-id").attachment();
    assert!(eight.contains(&"Pemohon 2".to_owned()), "{eight:#?}");
    assert!(eight.contains(&"8. | User ID lokal | paten.bondan".to_owned()), "{eight:#?}");
    assert!(eight.contains(&"3. | NIP | -".to_owned()), "no NIP is expected of others: {eight:#?}");
    assert!(eight.contains(&"6. | Kode wilayah kantor | 98.03.04".to_owned()), "{eight:#?}");
}

#[test]
fn the_statement_on_the_closed_network_is_no_letter_and_has_a_stamp() {
    let sheet = twin("pertanian");
    let statement = printed(&sheet, "pernyataan-jaringan-tertutup");
    statement
        .says("SURAT PERNYATAAN PENGGUNAAN JARINGAN TERTUTUP\nNomor: 520/1289\nYang bertanda tangan")
        .says("Nama: Laras Setyowening, S.P.\nNIP: 19760830 199903 2 007\nJabatan: Kepala Dinas Pertanian")
        .says("Banyu Lestari, 14 Oktober 2025\nYang menyatakan,")
        .never_says("Yth.")
        .never_says(&known(sheet.network.ip_lan.as_deref()).unwrap());
    let stamped = statement.0.blocks.iter().any(|block| match block {
        Block::Signatures(block) => block.columns[0].stamp_box,
        _ => false,
    });
    assert!(stamped);
    // A village head has no NIP.
    printed(&twin("desa"), "pernyataan-jaringan-tertutup").never_says("NIP:");
}

#[test]
fn the_network_provider_is_who_was_appointed_or_who_facilitates() {
    printed(&twin("pertanian"), "surat-penyedia-jaringan")
        .says("1. penyedia jaringan: Perusahaan Umum Daerah Jaringan Banyu Lestari;")
        .says("2. kapasitas (bandwidth): 1 Mbps;")
        .says("pembiayaan: anggaran Dinas Pertanian Kabupaten Banyu Lestari;")
        .says("target tersambung: minggu ke-4 bulan Oktober.");
    printed(&twin("bpbd"), "surat-penyedia-jaringan")
        .says("1. penyedia jaringan: Dinas Komunikasi dan Informatika Kabupaten Teluk Kirana;")
        .says("pembiayaan: anggaran Dinas Komunikasi dan Informatika Kabupaten Teluk Kirana;");
}

#[test]
fn a_request_for_a_change_brings_its_technical_study() {
    let bandwidth = printed(&twin("bpbd"), "surat-perubahan-1");
    bandwidth
        .says("Hal: Permohonan Perubahan Bandwidth")
        .says("1. keadaan sekarang: bandwidth jaringan tertutup 1 Mbps untuk 1 (satu) titik;")
        .says("2. perubahan yang dimohon: 3 Mbps.")
        .says("Kami mohon kiranya Saudara dapat menyetujui");
    let study = bandwidth.attachment();
    for chapter in [
        "KAJIAN TEKNIS PERUBAHAN BANDWIDTH",
        "1. Keadaan sekarang",
        "2. Perubahan yang dimohon",
        "3. Kebutuhan",
        "4. Analisis",
        "5. Kesimpulan",
    ] {
        assert!(study.contains(&chapter.to_owned()), "{chapter} in {study:#?}");
    }
    let text = study.join("\n");
    assert!(text.contains("waktu tunggu jawaban mencapai setengah menit."), "{text}");
    assert!(text.contains("a. pemakaian rata-rata pada jam sibuk"), "{text}");
    assert!(text.contains("Satria Negara Putra, S.STP."), "the study is signed, too: {text}");

    printed(&twin("bpbd"), "surat-perubahan-2")
        .says("Hal: Permohonan Perubahan Elemen Data")
        .says("keadaan sekarang: 8 (delapan) elemen data, yaitu Nomor KK,")
        .says("dituangkan dalam Adendum, kami mohon kiranya Saudara meneruskan");
    printed(&twin("pertanian"), "surat-perubahan-1")
        .says("keadaan sekarang: kuota akses 200 (dua ratus) hit NIK per hari sebelum Proof of Concept dan tanpa batas setelah Proof of Concept;")
        .says("Tembusan:\n1. Kepala Dinas Komunikasi dan Informatika Kabupaten Banyu Lestari");
    printed(&twin("pertanian"), "surat-perubahan-2")
        .says("Hal: Permohonan Perubahan User ID")
        .says("1 (satu) User ID");
    printed(&twin("dinas_sosial"), "surat-perubahan-1").says("keadaan sekarang: metode akses web portal;");
}

#[test]
fn a_proof_of_concept_is_asked_for_by_the_name_of_its_application() {
    printed(&twin("kecamatan"), "surat-poc-1")
        .says("Hal: Permohonan Proof of Concept Aplikasi PATEN Wana Kusuma")
        .says("Yth. Kepala Dinas Kependudukan dan Pencatatan Sipil");
}

#[test]
fn a_new_head_asks_for_a_new_sptjm_and_a_new_operator_for_a_new_nda() {
    printed(&twin("desa"), "surat-pergantian-pejabat-1")
        .says("1. jabatan: Kepala Desa Telaga Anyelir")
        .says("2. pejabat lama: Karto Wibagso;")
        .says("3. pejabat baru: Wuri Handayaningrat, S.Pd.;")
        .says("4. terhitung mulai: 2 September 2024;")
        .says("5. dasar: Keputusan Bupati Nusa Kencana Nomor 141/312 Tahun 2024.")
        .says("Lampiran: 1 (satu) berkas salinan keputusan")
        .says("Surat Pernyataan Tanggung Jawab Mutlak (SPTJM)");
    printed(&twin("bpbd"), "surat-pergantian-pejabat-1")
        .says("pejabat baru: Sekar Ayuningrat, A.Md.Kom.;")
        .never_says("SPTJM");
    // Who is not named is the official of the agreement.
    let mut sheet = twin("desa");
    sheet.official_changes[0].successor = None;
    printed(&sheet, "surat-pergantian-pejabat-1").says("3. pejabat baru: Karto Wibagso;");
}

#[test]
fn a_letter_is_dated_where_its_office_stands() {
    printed(&twin("desa"), "surat-pergantian-pejabat-1").says("Telaga Anyelir, 9 September 2024");
    let mut sheet = twin("desa");
    sheet.letters.user_place = None;
    printed(&sheet, "surat-pergantian-pejabat-1").says("Nusa Kencana, 9 September 2024");
}
