//! Samples of the forms of an agreement, all people and places invented.

use super::super::form::*;
use super::super::layout::{self, NavItem};
use super::super::parts::*;
use super::*;

fn page(
    heading: &str,
    lead: &str,
    action: &str,
    submit: &str,
    sections: Vec<FormSection>,
    aside: &[&str],
) -> FormPage {
    FormPage {
        layout: layout::sample(heading, NavItem::Agreements),
        crumbs: vec![
            Crumb::to("Perjanjian", "/perjanjian"),
            Crumb::to("Dinas Perikanan", "/perjanjian/01981f2e"),
            Crumb::here(heading),
        ],
        heading: heading.into(),
        lead: Some(lead.into()),
        form: Form {
            action: format!("/perjanjian/01981f2e/{action}"),
            key: "k-2".into(),
            version: Some("7".into()),
            sections,
            submit: submit.into(),
            cancel: Some("/perjanjian/01981f2e".into()),
            ..Form::default()
        },
        aside: vec![AsideCard {
            title: "Yang terjadi setelah ini".into(),
            lines: aside.iter().map(|line| (*line).to_owned()).collect(),
        }],
        ..FormPage::default()
    }
}

/// Recording the signing.
pub(crate) fn sign() -> FormPage {
    let mut typed = Typed::default();
    typed.set("signed_on", "2027-07-16");
    typed.set("provider_number", "400.12/118/2027");
    page(
        "Catat penandatanganan",
        "Dinas Perikanan Kabupaten Nusa Kencana",
        "tandatangan",
        "Catat penandatanganan",
        sign_sections(&typed, &[], ""),
        &[
            "Perjanjian berlaku sampai dengan 15 Juli 2029.",
            "Surat perpanjangan paling lambat 15 Mei 2029; Kawal mengingatkan sebulan sebelumnya dan tepat pada hari itu.",
            "Pejabat, dasar hukum, dan kata-kata naskah dibekukan seperti saat ditandatangani.",
        ],
    )
}

/// Ending an agreement, with errors.
pub(crate) fn end() -> FormPage {
    let mut typed = Typed::from_pairs([
        ("ended_on".to_owned(), "2027-02-30".to_owned()),
        ("letter_number".to_owned(), "470/0032/2027".to_owned()),
    ]);
    typed.refuse("cause", "Pilih salah satu sebab.");
    typed.refuse("ended_on", "Tanggal 30 Februari tidak ada. Tulis tanggal yang ada di kalender.");
    let mut page = page(
        "Akhiri perjanjian",
        "Dinas Perikanan Kabupaten Nusa Kencana, berlaku sampai dengan 16 September 2027",
        "akhiri",
        "Akhiri perjanjian",
        end_sections(&typed),
        &[
            "Pengingat yang belum dikirim dibatalkan.",
            "Serah terima kartu SAM dan berita acaranya menjadi tugas.",
            "Kewajiban menjaga kerahasiaan tetap berlaku bagi lembaga pengguna.",
        ],
    );
    page.form.loudness = Loudness::Danger;
    page
}

/// Recording the renewal letter.
pub(crate) fn renewal_letter() -> FormPage {
    page(
        "Catat surat perpanjangan",
        "Dinas Perikanan Kabupaten Nusa Kencana",
        "surat-perpanjangan",
        "Catat surat",
        renewal_letter_sections(&Typed::default()),
        &["Pengingat perpanjangan berhenti.", "Keadaan menjadi “Surat perpanjangan masuk”."],
    )
}

/// Registering a running agreement.
pub(crate) fn register() -> FormPage {
    let mut typed = Typed::default();
    typed.set("end_rule", "dua_tahun");
    let mut page = page(
        "Daftarkan perjanjian yang sudah berjalan",
        "Cukup yang paling perlu. Fakta lain dapat menyusul, pengingat langsung jalan.",
        "daftarkan",
        "Daftarkan",
        register_sections(&typed),
        &[
            "Tenggat dihitung saat itu juga.",
            "Bila batas surat perpanjangan hari ini atau sudah dekat, pengingatnya langsung masuk antrean surel.",
            "Banyak perjanjian sekaligus lebih cepat lewat berkas .xlsx atau .csv; mintalah pengelola menjalankan kawal import.",
        ],
    );
    page.form.version = None;
    page.form.hint = Some("Nomor boleh kosong.".into());
    page
}

/// The form of all facts, plain or after another person saved first.
pub(crate) fn edit(conflict: bool) -> FormPage {
    let typed = Typed::default();
    let field = |name: &str, label: &str, value: &str| Field::new(name, label, FieldKind::Text(value.into()));
    let mut email =
        Field::new("user.official.email", "Surel kepala", FieldKind::Email("kepala@perikanan".into()))
            .half()
            .errors(vec![
        "Alamat surel ini belum lengkap: sesudah @ harus ada nama domain, misalnya perikanan.example.".into(),
    ]);
    if conflict {
        email.kind = FieldKind::Email("bagas@perikanan.nusakencana.example".into());
        email.errors.clear();
        email.stored_now = Some("kepala@perikanan.nusakencana.example (Rini Wulandari, 10.42 WIB)".into());
    }
    let basis = |n: usize, kind: &str, number: &str, year: &str, about: &str| GroupEntry {
        hint: String::new(),
        path: format!("legal_bases[{n}]"),
        title: format!("Dasar hukum {}", n + 1),
        items: FormItems(vec![
            Field::new(
                format!("legal_bases[{n}].type"),
                "Jenis",
                FieldKind::Select(Choice::list(
                    &[
                        ("uu", "Undang-Undang"),
                        ("pp", "Peraturan Pemerintah"),
                        ("permendagri", "Peraturan Menteri Dalam Negeri"),
                    ],
                    &[kind],
                )),
            )
            .half()
            .into(),
            Field::new(format!("legal_bases[{n}].number"), "Nomor", FieldKind::Digits(number.into()))
                .quarter()
                .into(),
            Field::new(format!("legal_bases[{n}].year"), "Tahun", FieldKind::Digits(year.into()))
                .quarter()
                .into(),
            Field::new(format!("legal_bases[{n}].about"), "Tentang", FieldKind::Text(about.into())).into(),
            Group {
                path: format!("legal_bases[{n}].amended_by"),
                label: "Diubah dengan".into(),
                add_label: "Tambah perubahan".into(),
                none: "Tidak ada perubahan yang disebut.".into(),
                entries: if n == 0 {
                    vec![GroupEntry {
                        hint: String::new(),
                        path: format!("legal_bases[{n}].amended_by[0]"),
                        title: "Perubahan 1".into(),
                        items: FormItems(vec![
                            Field::new(
                                format!("legal_bases[{n}].amended_by[0].number"),
                                "Nomor",
                                FieldKind::Digits("24".into()),
                            )
                            .quarter()
                            .into(),
                            Field::new(
                                format!("legal_bases[{n}].amended_by[0].year"),
                                "Tahun",
                                FieldKind::Digits("2013".into()),
                            )
                            .quarter()
                            .into(),
                        ]),
                    }]
                } else {
                    Vec::new()
                },
                ..Group::default()
            }
            .into(),
        ]),
    };
    let elements = [
        ("nik", "NIK"),
        ("nama", "Nama lengkap"),
        ("kk", "Nomor KK"),
        ("jenis_kelamin", "Jenis kelamin"),
        ("tempat_lahir", "Tempat lahir"),
        ("tanggal_lahir", "Tanggal lahir"),
        ("status_kawin", "Status perkawinan"),
        ("pekerjaan", "Jenis pekerjaan"),
        ("alamat", "Alamat sekarang"),
    ];
    let mut sections = vec![
        FormSection::new("pokok", "Pokok perjanjian", vec![
            Field::new("subject.about", "Tentang", FieldKind::TextArea("Pemanfaatan Nomor Induk Kependudukan, data kependudukan, dan KTP elektronik dalam lingkup tugas Dinas Perikanan".into())).help("Seperti di judul, dengan huruf besar dan kecil biasa. Kata “tentang” tidak perlu ditulis.").needed().into(),
            field("subject.purpose", "Tujuan pemanfaatan", "verifikasi dan validasi data penerima bantuan nelayan").needed().into(),
            Field::new("subject.purpose_layout", "Maksud dan tujuan", FieldKind::Radios(Choice::list(&[("joined", "dalam satu kalimat"), ("split", "dalam dua ayat")], &["joined"]))).into(),
        ]),
        FormSection::new("pihak-kedua", "Pihak Kedua", vec![
            field("user.institution", "Nama lembaga", "Dinas Perikanan Kabupaten Nusa Kencana").needed().into(),
            field("user.number", "Nomor perjanjian", "523/0456/2025").half().help("Persis seperti tertulis, juga spasinya.").into(),
            field("user.official.name", "Nama kepala", "Bagas Wiranata").half().needed().into(),
            field("user.official.degrees", "Gelar di belakang nama", "S.Pi., M.M.").half().into(),
            Field::new("user.official.nip", "NIP", FieldKind::Digits(String::new())).half().help("18 angka. Kosongkan bila tidak punya, seperti kepala desa.").needed().into(),
            email.help("Ke sinilah pengingat dikirim.").into(),
            Field::new("user.phone", "Telepon", FieldKind::Phone("(0299) 555 0134".into())).half().into(),
        ]).intro("Lembaga pengguna, pejabat yang menandatangani, dan cara menghubunginya."),
        FormSection::new("dasar-hukum", "Dasar hukum", vec![
            Group {
                path: "legal_bases".into(),
                label: "Peraturan".into(),
                help: Some("Urut seperti di naskah.".into()),
                add_label: "Tambah peraturan".into(),
                none: "Belum ada peraturan.".into(),
                entries: vec![
                    basis(0, "uu", "23", "2006", "Administrasi Kependudukan"),
                    basis(1, "permendagri", "102", "2019", "Pemberian Hak Akses dan Pemanfaatan Data Kependudukan"),
                ],
                ..Group::default()
            }.into(),
        ]),
        FormSection::new("akses", "Akses data", vec![
            Field::new("access.elements", "Elemen data", FieldKind::Checkboxes(Choice::list(&elements, &["nik", "nama", "alamat", "pekerjaan"]))).needed().into(),
            Field::new("access.quota", "Kuota harian", FieldKind::Number("200".into(), "hit NIK per hari")).half().into(),
            Field::new("access.until_poc", "Kuota tidak dibatasi setelah PoC selesai", FieldKind::Checkbox(true)).into(),
            Field::new("network.ip_lan", "IP LAN", FieldKind::Text("10.20.30.40".into())).half().secret().into(),
            Field::new("feedback.items", "Data balikan", FieldKind::Lines(vec!["Nomor penerima bantuan".into(), "Jenis bantuan".into()])).help("Satu per baris.").half().into(),
        ]),
        FormSection::new("masa", "Masa berlaku", vec![
            typed.date_field("term.end_on", "Hari terakhir berlaku").half().into(),
            Field::new("term.months", "Jangka waktu", FieldKind::Number("24".into(), "bulan")).half().into(),
        ]),
        FormSection::new("kontak", "Narahubung", vec![
            Group {
                path: "contacts".into(),
                label: "Narahubung kedua pihak".into(),
                add_label: "Tambah narahubung".into(),
                none: "Belum ada narahubung.".into(),
                ..Group::default()
            }.into(),
        ]),
    ];
    sections[1].lacking = 1;
    sections[4].lacking = 1;
    let mut page =
        page("Ubah fakta", "Dinas Perikanan Kabupaten Nusa Kencana", "ubah", "Simpan", sections, &[]);
    page.aside.clear();
    page.form.long = true;
    page.form.hint = Some("Belum lengkap pun boleh disimpan; yang kurang disebut namanya.".into());
    page.conflict = conflict.then(|| Conflict {
        who: "Rini Wulandari".into(),
        when: "hari ini pukul 10.42 WIB".into(),
        rows: vec![
            ConflictRow {
                field_id: "f-user-official-email".into(),
                label: "Surel kepala".into(),
                before: "perikanan@nusakencana.example".into(),
                theirs: "kepala@perikanan.nusakencana.example".into(),
                yours: Some("bagas@perikanan.nusakencana.example".into()),
            },
            ConflictRow {
                field_id: "f-subject-purpose".into(),
                label: "Tujuan pemanfaatan".into(),
                before: "verifikasi data penerima bantuan nelayan".into(),
                theirs: "verifikasi dan validasi data penerima bantuan nelayan".into(),
                yours: None,
            },
        ],
    });
    page
}
