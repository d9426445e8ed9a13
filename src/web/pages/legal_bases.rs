//! The catalogue of legal bases.

use super::layout::Layout;
use super::parts::{Act, Chip, FilterChip, Pager};
use askama::Template;

/// `/dasar-hukum`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "legal_bases/list.html", whitespace = "minimize")]
pub struct LegalBasisListPage {
    /// Frame.
    pub layout: Layout,
    /// "42 peraturan, 3 sudah dicabut".
    pub summary: String,
    /// "Peraturan baru", for those who may.
    pub acts: Vec<Act>,
    /// What was searched.
    pub search: String,
    /// Filters by kind.
    pub chips: Vec<FilterChip>,
    /// The regulations, by rank and year.
    pub rows: Vec<LegalBasisRow>,
    /// Said when there is none.
    pub nothing: String,
    /// Paging.
    pub pager: Pager,
}

/// A regulation.
#[derive(Debug, Clone, Default)]
pub struct LegalBasisRow {
    /// Its form, for those who may edit.
    pub href: Option<String>,
    /// "Undang-Undang Nomor 23 Tahun 2006".
    pub citation: String,
    /// "Administrasi Kependudukan".
    pub about: String,
    /// Gazettes, as cited.
    pub gazettes: Vec<String>,
    /// Amendments, as cited.
    pub amended_by: Vec<String>,
    /// "berlaku", "diubah", "dicabut 12 Maret 2024".
    pub state: Chip,
    /// The office's remark; empty for none.
    pub note: String,
}

#[cfg(test)]
pub(crate) mod samples {
    use super::super::form::{Form, FormPage, FormSection};
    use super::super::layout::{self, NavItem};
    use super::super::parts::{Crumb, Tone};
    use super::*;
    use crate::domain::fact_sheet::catalogue::inside;
    use crate::web::fact_form::FactForm;

    /// The catalogue.
    pub(crate) fn list() -> LegalBasisListPage {
        let row = |citation: &str, about: &str, gazette: &str, amended: &str, state: Chip, note: &str| {
            LegalBasisRow {
                href: Some("/dasar-hukum/01981f2e".into()),
                citation: citation.into(),
                about: about.into(),
                gazettes: if gazette.is_empty() { Vec::new() } else { vec![gazette.into()] },
                amended_by: if amended.is_empty() { Vec::new() } else { vec![amended.into()] },
                state,
                note: note.into(),
            }
        };
        LegalBasisListPage {
            layout: layout::sample("Dasar hukum", NavItem::LegalBases),
            summary: "3 peraturan, 1 sudah dicabut".into(),
            acts: vec![Act::link("Peraturan baru", "/dasar-hukum/baru").primary().icon("plus")],
            chips: vec![FilterChip {
                label: "Semua".into(),
                count: "3".into(),
                href: "/dasar-hukum".into(),
                current: true,
            }],
            rows: vec![
                row(
                    "Undang-Undang Nomor 23 Tahun 2006",
                    "Administrasi Kependudukan",
                    "Lembaran Negara Tahun 2006 Nomor 124",
                    "Undang-Undang Nomor 24 Tahun 2013",
                    Chip::new(Tone::Ok, "berlaku, diubah"),
                    "",
                ),
                row(
                    "Peraturan Pemerintah Nomor 40 Tahun 2019",
                    "Pelaksanaan Undang-Undang Administrasi Kependudukan",
                    "",
                    "",
                    Chip::new(Tone::Ok, "berlaku"),
                    "",
                ),
                row(
                    "Peraturan Daerah Kabupaten Nusa Kencana Nomor 3 Tahun 2011",
                    "Penyelenggaraan Administrasi Kependudukan",
                    "",
                    "",
                    Chip::new(Tone::Attention, "dicabut 12 Maret 2024"),
                    "Sudah digantikan; pakai peraturan yang baru.",
                ),
            ],
            pager: Pager { shown: "Menampilkan 3 peraturan".into(), ..Pager::default() },
            ..LegalBasisListPage::default()
        }
    }

    /// The form.
    pub(crate) fn form() -> FormPage {
        FormPage {
            layout: layout::sample("Peraturan baru", NavItem::LegalBases),
            crumbs: vec![Crumb::to("Dasar hukum", "/dasar-hukum"), Crumb::here("Peraturan baru")],
            heading: "Peraturan baru".into(),
            lead: Some("Naskah yang sudah ditandatangani tidak berubah oleh perbaikan di sini.".into()),
            form: Form {
                action: "/dasar-hukum/baru".into(),
                key: "k-5".into(),
                sections: vec![FormSection::new(
                    "peraturan",
                    "Peraturan",
                    FactForm::posted(inside("legal_bases"), &[]).all_items(),
                )],
                submit: "Simpan peraturan".into(),
                ..Form::default()
            },
            ..FormPage::default()
        }
    }
}
