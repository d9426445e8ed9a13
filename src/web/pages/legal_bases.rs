//! The catalogue of legal bases.

use super::form::{FormSection, Typed};
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
    /// "dipakai 58 perjanjian".
    pub used: String,
}

/// Kinds of regulations, by rank: value posted and name.
pub const KINDS: &[(&str, &str)] = &[
    ("uu", "Undang-Undang"),
    ("pp", "Peraturan Pemerintah"),
    ("perpres", "Peraturan Presiden"),
    ("permendagri", "Peraturan Menteri Dalam Negeri"),
    ("permen", "Peraturan Menteri lain"),
    ("perda", "Peraturan Daerah"),
    ("perkada", "Peraturan Bupati, Wali Kota, atau Gubernur"),
];

/// `/dasar-hukum/baru`, `/dasar-hukum/{id}`: `type`, `number`, `year`, `about`, `gazettes` and
/// `amended_by` one a line, `in_force_from`, `repealed_on`, `repealed_by`.
pub fn legal_basis_sections(typed: &Typed) -> Vec<FormSection> {
    use super::form::FieldKind;
    vec![FormSection::new(
        "peraturan",
        "",
        vec![
            typed.select_field("type", "Jenis", KINDS).half().into(),
            typed.text_field("number", "Nomor").quarter().into(),
            typed.field("year", "Tahun", FieldKind::Digits(typed.text("year").into())).quarter().into(),
            typed.area_field("about", "Tentang").help("Tanpa kata “tentang”.").into(),
            typed
                .field(
                    "gazettes",
                    "Lembaran Negara atau Berita Negara",
                    FieldKind::Lines(typed.lines("gazettes")),
                )
                .help("Satu per baris, seperti dikutip di naskah.")
                .into(),
            typed
                .field("amended_by", "Diubah dengan", FieldKind::Lines(typed.lines("amended_by")))
                .help("Satu per baris, dari yang paling lama.")
                .into(),
            typed.date_field("in_force_from", "Berlaku sejak").third().into(),
            typed.date_field("repealed_on", "Dicabut pada").third().into(),
            typed.text_field("repealed_by", "Dicabut dengan").third().into(),
        ],
    )]
}

#[cfg(test)]
pub(crate) mod samples {
    use super::super::form::{Form, FormPage};
    use super::super::layout::{self, NavItem};
    use super::super::parts::{Crumb, Tone};
    use super::*;

    /// The catalogue.
    pub(crate) fn list() -> LegalBasisListPage {
        let row = |citation: &str, about: &str, gazette: &str, amended: &str, state: Chip, used: &str| {
            LegalBasisRow {
                href: Some("/dasar-hukum/01981f2e".into()),
                citation: citation.into(),
                about: about.into(),
                gazettes: if gazette.is_empty() { Vec::new() } else { vec![gazette.into()] },
                amended_by: if amended.is_empty() { Vec::new() } else { vec![amended.into()] },
                state,
                used: used.into(),
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
                    "dipakai 58 perjanjian",
                ),
                row(
                    "Peraturan Pemerintah Nomor 40 Tahun 2019",
                    "Pelaksanaan Undang-Undang Administrasi Kependudukan",
                    "",
                    "",
                    Chip::new(Tone::Ok, "berlaku"),
                    "dipakai 58 perjanjian",
                ),
                row(
                    "Peraturan Daerah Kabupaten Nusa Kencana Nomor 3 Tahun 2011",
                    "Penyelenggaraan Administrasi Kependudukan",
                    "",
                    "",
                    Chip::new(Tone::Attention, "dicabut 12 Maret 2024"),
                    "dipakai 2 perjanjian",
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
                sections: legal_basis_sections(&Typed::default()),
                submit: "Simpan peraturan".into(),
                ..Form::default()
            },
            ..FormPage::default()
        }
    }
}
