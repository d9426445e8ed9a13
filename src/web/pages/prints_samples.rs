//! Samples of the pages of papers.

use super::super::layout::{self, NavItem};
use super::super::parts::{Act, Chip, Crumb, Tone};
use super::*;

const SUM: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

pub(crate) fn page() -> PrintsPage {
    let act = |label: &str| Act::link(label, "#").small();
    let print = |tone, state: &str| PrintRow {
        state: Chip::new(tone, state),
        when: "2 November 2026 09.00 WIB oleh Rini Wulandari".into(),
        code: "k7qm-2x9d-0a1b-c2d3".into(),
        check_href: "/periksa/k7qm2x9d0a1bc2d3".into(),
        short_hash: SUM[..12].into(),
        sums: vec![("Naskah".into(), SUM.into()), ("PDF".into(), SUM.into())],
        note: Some("Nomor PIHAK KEDUA masih kosong.".into()),
        formats: vec![act("PDF"), act("HTML"), act("Teks")],
        acts: vec![act("Daftarkan nomor"), act("Catat pindaian")],
        scans: vec![ScanRow {
            name: "PKS bertanda tangan.pdf".into(),
            about: "412 KB, dicatat 9 November 2026 10.15 WIB oleh Rini Wulandari".into(),
            sum: SUM.into(),
        }],
        scans_note: "Berkasnya tidak disimpan di sini.",
    };
    PrintsPage {
        layout: layout::sample("Naskah", NavItem::Agreements),
        crumbs: vec![Crumb::to("Perjanjian", "/perjanjian"), Crumb::here("Naskah")],
        heading: "Naskah".into(),
        lead: "Dinas Perikanan Kabupaten Nusa Kencana".into(),
        acts: vec![Act::link("Gambar lampiran", "#")],
        groups: vec![
            PaperGroup {
                title: "Perjanjian".into(),
                papers: vec![
                    PaperCard {
                        id: "pks".into(),
                        title: "Perjanjian Kerja Sama (PKS)".into(),
                        state: Chip::new(Tone::Ok, "ditandatangani"),
                        formats: vec![act("PDF"), act("HTML"), act("Teks")],
                        prints: vec![print(Tone::Ok, "ditandatangani")],
                        older: vec![print(Tone::Quiet, "diganti")],
                        ..PaperCard::default()
                    },
                    PaperCard {
                        id: "juknis".into(),
                        title: "Petunjuk Teknis".into(),
                        state: Chip::new(Tone::Attention, "kurang 2 isian"),
                        lacks: vec!["Kuota akses".into(), "Topologi jaringan".into()],
                        lacks_href: Some("#".into()),
                        formats: vec![act("PDF"), act("HTML"), act("Teks")],
                        ..PaperCard::default()
                    },
                ],
            },
            PaperGroup {
                title: "Pernyataan".into(),
                papers: vec![PaperCard {
                    id: "nda-1".into(),
                    title: "Pernyataan kerahasiaan".into(),
                    detail: Some("Yoga Pranata".into()),
                    state: Chip::new(Tone::Quiet, "draf"),
                    formats: vec![act("PDF")],
                    acts: vec![act("Cetak naskah siap tanda tangan"), act("Terbitkan")],
                    ..PaperCard::default()
                }],
            },
        ],
        ..PrintsPage::default()
    }
}

pub(crate) fn letterhead() -> UploadPage {
    UploadPage {
        layout: layout::sample("Kop surat", NavItem::Institutions),
        heading: "Kop surat".into(),
        lead: "Dinas Perikanan Kabupaten Nusa Kencana".into(),
        uploads: vec![UploadForm {
            id: "logo".into(),
            title: "Logo".into(),
            help: "PNG atau JPEG, paling banyak 1 MB dan 2000 × 2000 piksel.".into(),
            accept: ".png,.jpg",
            action: "#".into(),
            key: "k-1".into(),
            version: "1".into(),
            submit: "Ganti logo".into(),
            kept: Some(("/assets/icons/kawal.svg".into(), "Logo".into())),
            remove: Some(("#".into(), "k-2".into())),
            ..UploadForm::default()
        }],
        head: Some(HeadPreview {
            logo: Some("/assets/icons/kawal.svg".into()),
            names: vec!["PEMERINTAH KABUPATEN NUSA KENCANA".into(), "DINAS PERIKANAN".into()],
            details: vec!["Jalan Pelabuhan Nomor 7, Nusa Kencana".into()],
        }),
        ..UploadPage::default()
    }
}
