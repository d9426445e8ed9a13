//! Institutions, their officials and terms of office.

use super::agreements::{AgreementRow, Empty, Fact, FactValue};
use super::layout::Layout;
use super::parts::{Act, Chip, Crumb, FilterChip, Notice, Pager};
use askama::Template;

/// `/instansi`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "institutions/list.html", whitespace = "minimize")]
pub struct InstitutionListPage {
    /// Frame.
    pub layout: Layout,
    /// "64 instansi, 3 tanpa kepala yang menjabat".
    pub summary: String,
    /// "Instansi baru", for those who may.
    pub acts: Vec<Act>,
    /// What was searched.
    pub search: String,
    /// "Semua", "Tanpa kepala", "Tanpa surel".
    pub chips: Vec<FilterChip>,
    /// The institutions.
    pub rows: Vec<InstitutionRow>,
    /// Paging.
    pub pager: Pager,
    /// Shown instead of the table when there are none.
    pub empty: Option<Empty>,
}

/// An institution in the list.
#[derive(Debug, Clone, Default)]
pub struct InstitutionRow {
    /// Its page.
    pub href: String,
    /// Name.
    pub name: String,
    /// "Perangkat Daerah", "Desa", "Rumah sakit".
    pub kind: String,
    /// Who holds the office today, with capacity: "Plt. Bagas Wiranata, S.Pi., M.M.".
    pub head: Option<String>,
    /// The address reminders go to.
    pub email: Option<String>,
    /// "3 perjanjian, 1 berlaku".
    pub agreements: String,
    /// State in words, where something lacks: "tanpa surel".
    pub state: Option<Chip>,
}

/// `/instansi/{id}`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "institutions/show.html", whitespace = "minimize")]
pub struct InstitutionPage {
    /// Frame.
    pub layout: Layout,
    /// Path to this page.
    pub crumbs: Vec<Crumb>,
    /// Name.
    pub name: String,
    /// "Perangkat Daerah · Kabupaten Nusa Kencana".
    pub kind: String,
    /// "Ubah instansi".
    pub acts: Vec<Act>,
    /// What lacks: nobody in office, no address.
    pub notices: Vec<Notice>,
    /// Address, telephone, e-mail.
    pub facts: Vec<Fact>,
    /// Officials with their terms, who is in office first.
    pub officials: Vec<OfficialRow>,
    /// "Tambah pejabat", for those who may.
    pub add_official: Option<Act>,
    /// Its agreements.
    pub agreements: Vec<AgreementRow>,
}

/// A term of office.
#[derive(Debug, Clone, Default)]
pub struct OfficialRow {
    /// Name with degrees.
    pub name: String,
    /// NIP as written, or "tanpa NIP".
    pub nip: String,
    /// "Kepala Dinas Perikanan".
    pub position: String,
    /// "Definitif", "Plt.", "Plh.".
    pub capacity: String,
    /// "sejak 2 Januari 2025", "1 Maret 2022 sampai dengan 1 Januari 2025".
    pub term: String,
    /// Address, or what lacks.
    pub email: Option<String>,
    /// "menjabat", "sudah berakhir", "mulai 1 Agustus 2027".
    pub state: Chip,
    /// "Ubah", for those who may.
    pub acts: Vec<Act>,
}

#[cfg(test)]
#[path = "institutions_samples.rs"]
pub(crate) mod samples;
