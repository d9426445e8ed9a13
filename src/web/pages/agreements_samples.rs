//! Samples of the list and of the page of an agreement, all people and places invented.

use super::super::layout::{self, NavItem};
use super::super::life_line::samples::line;
use super::super::parts::*;
use super::*;

/// A full list, or an empty one.
pub(crate) fn list(kind: &str) -> AgreementListPage {
    let row = |agency: &str, purpose: &str, no: (&str, &str), past: f64, end: (&str, &str), state: Chip| {
        let signed = past > 0.0;
        AgreementRow {
            href: "/perjanjian/01981f2e".into(),
            agency: agency.into(),
            purpose: purpose.into(),
            provider_number: signed.then(|| no.0.into()),
            user_number: (!no.1.is_empty()).then(|| no.1.into()),
            life_line: signed.then(|| line(past, state.tone == Tone::Overdue)),
            life_note: "Menunggu persetujuan Dirjen, hari ke-64".into(),
            ends_on: end.0.into(),
            ends_note: end.1.into(),
            state,
        }
    };
    let chip = |label: &str, count: &str, current: bool| FilterChip {
        label: label.into(),
        count: count.into(),
        href: "/perjanjian?keadaan=berlaku".into(),
        current,
    };
    let rows = vec![
        row(
            "Dinas Perikanan",
            "Verifikasi penerima bantuan nelayan",
            ("400.12/118/2025", "523/0456/2025"),
            91.4,
            ("16 Sep 2027", "2 bulan lagi"),
            Chip::new(Tone::Attention, "Batas perpanjangan hari ini"),
        ),
        row(
            "RSUD Tirta Husada",
            "Verifikasi identitas pasien rawat jalan dan rawat inap",
            ("400.12/097/2025", "445/1180/2025"),
            86.0,
            ("2 Nov 2027", "3 bulan lagi"),
            Chip::new(Tone::Overdue, "Laporan terlambat"),
        ),
        row(
            "Kecamatan Sukamaju",
            "Pelayanan administrasi terpadu",
            ("473.3/2210.9/XII/2025", "470/0871/XII/2025"),
            79.0,
            ("6 Des 2027", "5 bulan lagi"),
            Chip::new(Tone::Info, "Surat perpanjangan masuk"),
        ),
        row(
            "Pemerintah Desa Mekarsari",
            "Validasi penerima bantuan sosial",
            ("470/02/044/2026", "473/7/2004/2026"),
            74.0,
            ("21 Jan 2028", "6 bulan lagi"),
            Chip::new(Tone::Ok, "Berlaku"),
        ),
        row(
            "Badan Penanggulangan Bencana Daerah",
            "Validasi data korban bencana",
            ("400.12/031/2027", "100.3.7/009/BPBD/2027"),
            25.0,
            ("15 Jan 2029", "18 bulan lagi"),
            Chip::new(Tone::Attention, "Sertifikat ISO jatuh tempo"),
        ),
        row(
            "Dinas Pendidikan, Kepemudaan, dan Olahraga",
            "Penerimaan peserta didik baru",
            ("", ""),
            0.0,
            ("—", ""),
            Chip::new(Tone::Quiet, "Permohonan"),
        ),
        row(
            "Badan Pengelolaan Keuangan, Pendapatan, dan Aset Daerah",
            "Pemutakhiran data wajib pajak daerah",
            ("400.12/007/2023", "973/0012/2023"),
            100.0,
            ("4 Feb 2025", "2 tahun lalu"),
            Chip::new(Tone::Quiet, "Berakhir"),
        ),
    ];
    let empty = match kind {
        "kosong" => Some(Empty {
            title: "Belum ada perjanjian".into(),
            text: "Mulailah dari perjanjian yang sudah berjalan: cukup para pihak, tanggal tanda tangan, dan tanggal berakhirnya, dan Kawal langsung mengingatkan.".into(),
            acts: vec![
                Act::link("Daftarkan yang sudah berjalan", "/perjanjian/daftarkan").primary(),
                Act::link("Perjanjian baru", "/perjanjian/baru"),
            ],
        }),
        "tak-cocok" => Some(Empty {
            title: "Tidak ada yang cocok".into(),
            text: "Tidak ada perjanjian dengan “pertambangan” yang berkeadaan Berlaku. Coba sebagian nomor, nama instansi, atau nama pejabat.".into(),
            acts: vec![Act::link("Hapus pencarian dan saringan", "/perjanjian")],
        }),
        _ => None,
    };
    AgreementListPage {
        layout: layout::sample("Perjanjian", NavItem::Agreements),
        summary: "71 perjanjian dengan 64 instansi".into(),
        acts: vec![
            Act::link("Daftarkan yang berjalan", "/perjanjian/daftarkan"),
            Act::link("Perjanjian baru", "/perjanjian/baru").primary().icon("plus"),
        ],
        search: if kind == "tak-cocok" { "pertambangan".into() } else { String::new() },
        keep: vec![("keadaan".into(), "berlaku".into())],
        clear_href: (kind == "tak-cocok").then(|| "/perjanjian".into()),
        chips: vec![
            chip("Semua", "71", kind != "tak-cocok"),
            chip("Berlaku", "58", kind == "tak-cocok"),
            chip("Berakhir ≤ 6 bulan", "6", false),
            chip("Lewat batas perpanjangan", "2", false),
            chip("Dalam proses", "11", false),
            chip("Berakhir", "1.000+", false),
        ],
        sort_agency: SortLink {
            label: "Instansi".into(),
            href: "/perjanjian?urut=instansi".into(),
            direction: None,
        },
        sort_number: SortLink {
            label: "Nomor".into(),
            href: "/perjanjian?urut=nomor".into(),
            direction: None,
        },
        sort_end: SortLink {
            label: "Berakhir".into(),
            href: "/perjanjian?urut=-berakhir".into(),
            direction: Some(SortDirection::Ascending),
        },
        rows: if empty.is_some() { Vec::new() } else { rows },
        pager: Pager {
            shown: "Menampilkan 7 dari 1.000+ perjanjian".into(),
            next: Some("/perjanjian?setelah=x".into()),
            last: Some("/perjanjian?akhir=1".into()),
            jump: Some(Jump {
                action: "/perjanjian".into(),
                name: "mulai".into(),
                value: "2027-07-16".into(),
                label: "Berakhir mulai".into(),
                keep: vec![("keadaan".into(), "berlaku".into())],
            }),
            ..Pager::default()
        },
        empty,
    }
}

fn fact(label: &str, value: &str, note: &str) -> Fact {
    Fact {
        label: label.into(),
        value: FactValue::Text(value.into()),
        note: (!note.is_empty()).then(|| note.into()),
    }
}

fn facts() -> Vec<FactGroup> {
    let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    vec![
        FactGroup {
            title: "Pokok".into(),
            facts: vec![
                fact(
                    "Tentang",
                    "Pemanfaatan NIK, data kependudukan, dan KTP-el dalam lingkup tugas Dinas Perikanan",
                    "",
                ),
                fact("Tujuan", "Verifikasi dan validasi data penerima bantuan nelayan", ""),
                fact(
                    "Jangka waktu",
                    "17 September 2025 sampai dengan 16 September 2027",
                    "dua tahun, berakhir satu hari sebelum ulang tahun",
                ),
                Fact { label: "Tempat tanda tangan".into(), value: FactValue::Missing, note: None },
            ],
        },
        FactGroup {
            title: "Para pihak".into(),
            facts: vec![
                fact(
                    "Pihak Kesatu",
                    "Dra. Endang Prabawati, M.Si.",
                    "Kepala Dinas Kependudukan dan Pencatatan Sipil Kabupaten Nusa Kencana",
                ),
                fact(
                    "Pihak Kedua",
                    "Bagas Wiranata, S.Pi., M.M.",
                    "Kepala Dinas Perikanan Kabupaten Nusa Kencana",
                ),
                Fact {
                    label: "Surel kepala instansi".into(),
                    value: FactValue::Text("kepala@perikanan.nusakencana.example".into()),
                    note: None,
                },
            ],
        },
        FactGroup {
            title: "Akses".into(),
            facts: vec![
                Fact {
                    label: "Elemen data".into(),
                    value: FactValue::Numbered(list(&[
                        "NIK",
                        "Nama lengkap",
                        "Jenis kelamin",
                        "Tempat lahir",
                        "Tanggal, bulan, dan tahun lahir",
                        "Status perkawinan",
                        "Jenis pekerjaan",
                        "Alamat sekarang",
                    ])),
                    note: None,
                },
                fact("Metode akses", "Web portal berdasarkan NIK", ""),
                fact("Kuota", "200 hit NIK per hari; setelah PoC selesai tidak dibatasi", ""),
                Fact { label: "IP LAN".into(), value: FactValue::Secret, note: None },
                Fact {
                    label: "Data balikan".into(),
                    value: FactValue::List(list(&["Nomor penerima bantuan", "Jenis bantuan"])),
                    note: None,
                },
            ],
        },
        FactGroup {
            title: "Dasar".into(),
            facts: vec![Fact {
                label: "Dasar hukum".into(),
                value: FactValue::Numbered(list(&[
                    "Undang-Undang Nomor 23 Tahun 2006 tentang Administrasi Kependudukan sebagaimana telah diubah dengan Undang-Undang Nomor 24 Tahun 2013",
                    "Peraturan Pemerintah Nomor 40 Tahun 2019 tentang Pelaksanaan Undang-Undang Administrasi Kependudukan",
                    "Peraturan Menteri Dalam Negeri Nomor 102 Tahun 2019 tentang Pemberian Hak Akses dan Pemanfaatan Data Kependudukan",
                ])),
                note: None,
            }],
        },
    ]
}

/// Events as the log tells them.
pub(crate) fn events() -> Vec<Event> {
    vec![
        Event {
            sentence: "Kawal mengirim pengingat perpanjangan kepada Bagas Wiranata.".into(),
            when: "Jumat, 9 Juli 2027 pukul 07.00 WIB".into(),
            when_iso: "2027-07-09T07:00:00+07:00".into(),
            sequence: Some("no. 1.285".into()),
            ..Event::default()
        },
        Event {
            sentence: "Rini Wulandari mengubah fakta perjanjian dengan Dinas Perikanan.".into(),
            when: "Senin, 5 Juli 2027 pukul 10.42 WIB".into(),
            when_iso: "2027-07-05T10:42:00+07:00".into(),
            changes: vec![
                FactChange {
                    label: "Surel kepala instansi".into(),
                    from: Some("perikanan@nusakencana.example".into()),
                    to: Some("kepala@perikanan.nusakencana.example".into()),
                    secret: false,
                },
                FactChange { label: "IP LAN".into(), from: None, to: None, secret: true },
                FactChange {
                    label: "Jumlah rangkap".into(),
                    from: None,
                    to: Some("2 (dua)".into()),
                    secret: false,
                },
            ],
            href: Some("/perjanjian/01981f2e".into()),
            sequence: Some("no. 1.284".into()),
        },
        Event {
            sentence: "Rini Wulandari mencatat penandatanganan perjanjian dengan Dinas Perikanan.".into(),
            when: "Rabu, 17 September 2025 pukul 11.05 WIB".into(),
            when_iso: "2025-09-17T11:05:00+07:00".into(),
            sequence: Some("no. 911".into()),
            ..Event::default()
        },
    ]
}

/// Deadlines of one agreement.
pub(crate) fn deadlines() -> Vec<DeadlineRow> {
    let row = |due: (&str, &str), tone, what: (&str, &str), rule: (&str, &str), state: Chip| DeadlineRow {
        due_on: due.0.into(),
        due_note: due.1.into(),
        tone,
        what: what.0.into(),
        holder: what.1.into(),
        rule: rule.0.into(),
        source: rule.1.into(),
        state,
        href: None,
        act: None,
    };
    vec![
        row(
            ("17 Maret 2026", "16 bulan lalu"),
            Tone::Quiet,
            ("Sertifikat ISO/IEC 27001", "oleh Dinas Perikanan"),
            ("Enam bulan kalender sejak ditandatangani", "Pasal 2 ayat (2) huruf i"),
            Chip::new(Tone::Ok, "terpenuhi"),
        ),
        row(
            ("14 Juli 2027", "2 hari lewat"),
            Tone::Overdue,
            ("Laporan semester I 2027", "oleh Dinas Perikanan"),
            ("Sepuluh hari kerja setelah akhir semester", "Petunjuk Teknis angka V huruf C"),
            Chip::new(Tone::Overdue, "terlambat"),
        ),
        row(
            ("16 Juli 2027", "hari ini"),
            Tone::Attention,
            ("Surat perpanjangan", "oleh Dinas Perikanan"),
            ("Dua bulan kalender sebelum berakhir", "Petunjuk Teknis angka VI huruf F"),
            Chip::new(Tone::Attention, "hari ini"),
        ),
        row(
            ("16 September 2027", "2 bulan lagi"),
            Tone::Quiet,
            ("Perjanjian berakhir", "kedua pihak"),
            ("Dua tahun sejak ditandatangani, hari terakhir sehari sebelum ulang tahun", "Pasal 5"),
            Chip::new(Tone::Quiet, "akan datang"),
        ),
    ]
}

/// The page, for staff or for the head of the agency.
pub(crate) fn page(for_head: bool) -> AgreementPage {
    let mut frame = layout::sample("Dinas Perikanan", NavItem::Agreements);
    if for_head {
        frame.nav =
            layout::navigation(&[NavItem::Agreements, NavItem::Deadlines], Some(NavItem::Agreements), |_| {
                None
            });
        frame.user_name = "Bagas Wiranata".into();
        frame.user_role = "Kepala instansi".into();
        frame.office_name = "Dinas Perikanan".into();
    }
    AgreementPage {
        layout: frame,
        crumbs: vec![Crumb::to("Perjanjian", "/perjanjian"), Crumb::here("Dinas Perikanan")],
        agency: "Dinas Perikanan Kabupaten Nusa Kencana".into(),
        numbers: vec![
            AgreementNumber { number: "400.12/118/2025".into(), whose: "(Disdukcapil)".into() },
            AgreementNumber { number: "523/0456/2025".into(), whose: "(Dinas Perikanan)".into() },
        ],
        state: Chip::new(Tone::Ok, "Berlaku"),
        acts: vec![
            Act::link("Ubah fakta", "/perjanjian/01981f2e/ubah").icon("pencil"),
            Act::link("PKS sebagai PDF", "/perjanjian/01981f2e/naskah/pks.pdf").icon("download"),
        ],
        acts_more: if for_head { Vec::new() } else { vec![Act::link("Akhiri perjanjian", "/perjanjian/01981f2e/akhiri").danger()] },
        for_head: for_head.then(|| ForHead {
            heading: "Bapak Bagas Wiranata, perjanjian dinas Anda berakhir 16 September 2027".into(),
            lead: "Surat perpanjangan paling lambat hari ini, Jumat, 16 Juli 2027. Tanpa surat itu akses data berhenti pada hari berakhirnya perjanjian.".into(),
            steps_title: "Tiga langkah, sekitar lima menit".into(),
            steps: vec![
                "Unduh surat yang sudah terisi, sebagai PDF.".into(),
                "Tanda tangani dan bubuhkan cap dinas.".into(),
                "Kirimkan ke Disdukcapil Kabupaten Nusa Kencana, langsung atau lewat surel.".into(),
            ],
            acts: vec![Act::link("Unduh surat perpanjangan", "#").primary().icon("download")],
            contact: "Pertanyaan? Hubungi Seksi Kerja Sama Disdukcapil Kabupaten Nusa Kencana dengan membalas surel pengingat.".into(),
        }),
        life_line: Some(line(91.4, false)),
        notices: if for_head {
            Vec::new()
        } else {
            vec![Notice {
                tone: Tone::Attention,
                title: "Hari ini batas surat perpanjangan".into(),
                body: "Surel kepada Bagas Wiranata terkirim 2 kali, terakhir hari ini pukul 06.00 WIB. Suratnya belum tercatat.".into(),
                why: Some("Dua bulan kalender sebelum berakhir (Petunjuk Teknis angka VI huruf F).".into()),
                acts: vec![Act::link("Catat surat masuk", "/perjanjian/01981f2e/surat-perpanjangan").primary()],
            }]
        },
        fact_groups: facts(),
        edit_href: (!for_head).then(|| "/perjanjian/01981f2e/ubah".into()),
        missing: if for_head { Vec::new() } else { vec![
            MissingFact { label: "Tempat tanda tangan".into(), href: Some("/perjanjian/01981f2e/ubah#f-signing-place".into()) },
            MissingFact { label: "NIP pejabat Pihak Kedua".into(), href: Some("/perjanjian/01981f2e/ubah#f-user-official-nip".into()) },
            MissingFact { label: "Jumlah rangkap".into(), href: None },
        ] },
        findings: if for_head {
            Vec::new()
        } else {
            vec![FindingRow {
                code: "C4".into(),
                title: "Daftar elemen data berbeda".into(),
                message: "Kewajiban menyebut 3 (tiga) elemen data, sedangkan hak menyebut 2 (dua); hanya pada kewajiban: nama lengkap.".into(),
                quotes: vec![
                    ("Kewajiban PIHAK KESATU".into(), "NIK, nama lengkap, dan alamat sekarang".into()),
                    ("Hak PIHAK KEDUA".into(), "NIK dan alamat sekarang".into()),
                ],
                remedy: "Selaraskan melalui Adendum, atau saat perpanjangan.".into(),
            }]
        },
        missing_chip: Chip::new(Tone::Attention, "kurang 3"),
        deadlines: deadlines(),
        no_deadlines: String::new(),
        papers: vec![
            PaperRow {
                title: "Perjanjian Kerja Sama".into(),
                note: "400.12/118/2025, 7 halaman".into(),
                state: Chip::new(Tone::Attention, "draf, kurang 3"),
                missing: vec!["Tempat tanda tangan".into(), "NIP pejabat Pihak Kedua".into(), "Jumlah rangkap".into()],
                acts: vec![
                    Act::link("PDF", "/perjanjian/01981f2e/naskah/pks.pdf").small().icon("download"),
                    Act::link("Baca di layar", "/perjanjian/01981f2e/naskah/pks.html").small().icon("eye"),
                ],
            },
            PaperRow {
                title: "Surat perpanjangan".into(),
                note: "Siap ditandatangani kepala dinas".into(),
                state: Chip::new(Tone::Ok, "lengkap"),
                missing: Vec::new(),
                acts: vec![Act::link("PDF", "#").small().icon("download")],
            },
        ],
        mails: mails(),
        mail_count: "11".into(),
        mails_href: Some("/surel?perjanjian=01981f2e".into()),
        history: events(),
        history_count: "36".into(),
        history_href: Some("/catatan?perjanjian=01981f2e".into()),
    }
}

/// Mails in every state.
pub(crate) fn mails() -> Vec<MailRow> {
    let mail = |when: &str, subject: &str, to: &str, state: Chip| MailRow {
        href: "/surel/01981f2e".into(),
        when: when.into(),
        subject: subject.into(),
        recipient: to.into(),
        state,
    };
    vec![
        mail(
            "16 Juli 2027 06.00",
            "Hari ini batas surat perpanjangan PKS Dinas Perikanan",
            "Bagas Wiranata, kepala@perikanan.nusakencana.example",
            Chip::new(Tone::Ok, "terkirim"),
        ),
        mail(
            "16 Juli 2027 06.00",
            "Tembusan: hari ini batas surat perpanjangan PKS Dinas Perikanan",
            "Disdukcapil, surat@disdukcapil.nusakencana.example",
            Chip::new(Tone::Info, "menunggu"),
        ),
        mail(
            "16 Juni 2027 06.00",
            "Sebulan lagi batas surat perpanjangan PKS Dinas Perikanan",
            "Bagas Wiranata, perikanan@nusakencana.example",
            Chip::new(Tone::Overdue, "ditolak server penerima"),
        ),
    ]
}
