//! Bundles of papers: what will be in one, and how far its download is.

use super::layout::Layout;
use super::parts::Crumb;
use crate::documents::papers::PaperGroup;
use crate::export::bundle::BundleFormat;
use askama::Template;

/// Name of the field with a picked agreement.
pub const PICKED: &str = "pilih";
/// Name of the field with a shelf.
pub const GROUP: &str = "kelompok";
/// Name of the field with the format.
pub const FORMAT: &str = "bentuk";
/// Name of the field that says whether drafts come along.
pub const DRAFTS: &str = "draf";
/// Its value when they do.
pub const WITH_DRAFTS: &str = "ikut";

/// `/perjanjian/kumpulan`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "bundles/new.html", whitespace = "minimize")]
pub struct BundlePage {
    /// Frame.
    pub layout: Layout,
    /// Path to this page.
    pub crumbs: Vec<Crumb>,
    /// How many agreements were picked.
    pub count: String,
    /// Those.
    pub agreements: Vec<BundleAgreement>,
    /// The choice.
    pub form: BundleForm,
}

/// An agreement that was picked.
#[derive(Debug, Clone, Default)]
pub struct BundleAgreement {
    /// Its id.
    pub id: String,
    /// Its page.
    pub href: String,
    /// The agency.
    pub name: String,
}

/// The choice of papers and format.
#[derive(Debug, Clone, Default)]
pub struct BundleForm {
    /// Id of the download, and the form's one-time key.
    pub job: String,
    /// Shelves: value, name, what stands there.
    pub groups: Vec<(String, String, String)>,
    /// Formats: value, name, what it is good for; the first is chosen.
    pub formats: Vec<(String, String, String)>,
}

impl BundleForm {
    /// Everything, as a ZIP.
    pub fn standard(job: &str) -> Self {
        let holds = |group: &PaperGroup| match group {
            PaperGroup::Agreement => "PKS, Petunjuk Teknis, adendum",
            PaperGroup::Statements => "SPTJM, NDA tiap orang, jaringan tertutup",
            PaperGroup::AgencyLetters => "permohonan, perpanjangan, perubahan; yang sudah mulai ditulis",
            PaperGroup::OfficeLetters => "pengantar, jawaban, teguran; yang sudah mulai ditulis",
            PaperGroup::Records => "BAST dan laporan semester",
        };
        let good_for = |format: &BundleFormat| match format {
            BundleFormat::Zip => "satu folder per perjanjian, satu PDF per naskah, dengan daftar isi.txt",
            BundleFormat::Pdf => {
                "satu berkas dengan penanda per perjanjian dan naskah, untuk dicetak sekaligus"
            }
        };
        Self {
            job: job.to_owned(),
            groups: PaperGroup::ALL
                .iter()
                .map(|group| (group.code().to_owned(), group.label().to_owned(), holds(group).to_owned()))
                .collect(),
            formats: BundleFormat::ALL
                .iter()
                .map(|format| {
                    let name = match format {
                        BundleFormat::Zip => "ZIP",
                        BundleFormat::Pdf => "Satu PDF",
                    };
                    (format.code().to_owned(), name.to_owned(), good_for(format).to_owned())
                })
                .collect(),
        }
    }
}

/// `/perjanjian/kumpulan/{unduhan}`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "bundles/show.html", whitespace = "minimize")]
pub struct BundleProgressPage {
    /// Frame.
    pub layout: Layout,
    /// Path to this page.
    pub crumbs: Vec<Crumb>,
    /// This page.
    pub here: String,
    /// Where the download stands.
    pub standing: BundleStanding,
}

/// Where a download stands.
#[derive(Debug, Clone, Default)]
pub struct BundleStanding {
    /// It still runs.
    pub running: bool,
    /// Agreements that are through.
    pub done: usize,
    /// All of them.
    pub total: usize,
    /// "37 dari 500 perjanjian, 1 gagal".
    pub sentence: String,
    /// What failed.
    pub failures: Vec<BundleFailure>,
    /// "dan 12 lagi, …".
    pub more: Option<String>,
}

/// A paper that failed.
#[derive(Debug, Clone, Default)]
pub struct BundleFailure {
    /// The agreement's page.
    pub href: String,
    /// The agreement.
    pub agreement: String,
    /// The paper.
    pub paper: String,
    /// Why.
    pub reason: String,
}

#[cfg(test)]
pub(crate) mod samples {
    use super::super::layout::{self, NavItem};
    use super::*;

    /// A selection.
    pub(crate) fn page() -> BundlePage {
        let agency = |name: &str| BundleAgreement {
            id: "01981f2e-0000-7000-8000-000000000001".into(),
            href: "/perjanjian/01981f2e".into(),
            name: name.into(),
        };
        BundlePage {
            layout: layout::sample("Cetak kumpulan naskah", NavItem::Agreements),
            crumbs: vec![Crumb::to("Perjanjian", "/perjanjian"), Crumb::here("Cetak kumpulan")],
            count: "3".into(),
            agreements: vec![
                agency("Dinas Perikanan Kabupaten Nusa Kencana"),
                agency("Dinas Kesehatan Kabupaten Nusa Kencana"),
                agency("Rumah Sakit Umum Daerah Mutiara Selatan Kabupaten Nusa Kencana"),
            ],
            form: BundleForm::standard("01981f2e-0000-7000-8000-000000000009"),
        }
    }

    /// A download on its way, or done.
    pub(crate) fn progress(running: bool) -> BundleProgressPage {
        BundleProgressPage {
            layout: layout::sample("Kemajuan unduhan", NavItem::Agreements),
            crumbs: vec![Crumb::to("Perjanjian", "/perjanjian"), Crumb::here("Kemajuan unduhan")],
            here: "/perjanjian/kumpulan/01981f2e".into(),
            standing: BundleStanding {
                running,
                done: if running { 37 } else { 500 },
                total: 500,
                sentence: if running {
                    "37 dari 500 perjanjian, 1 gagal".into()
                } else {
                    "Selesai: 500 perjanjian, 1.998 naskah, 1 gagal".into()
                },
                failures: vec![BundleFailure {
                    href: "/perjanjian/01981f2e".into(),
                    agreement: "Dinas Perikanan Kabupaten Nusa Kencana, nomor 400.12/17/PKS/2025".into(),
                    paper: "Perjanjian Kerja Sama (PKS)".into(),
                    reason:
                        "huruf „張” pada „張先生” tidak tersedia dalam huruf cetak; ganti dengan huruf Latin"
                            .into(),
                }],
                more: None,
            },
        }
    }
}
