//! Agreements: the list and the page of one agreement. Their forms stand in [`super::agreement_forms`].

use super::layout::Layout;
use super::life_line::LifeLine;
use super::parts::{Act, Chip, Crumb, Event, FilterChip, Notice, Pager, Tone};
use askama::Template;

/// `/perjanjian`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "agreements/list.html", whitespace = "minimize")]
pub struct AgreementListPage {
    /// Frame.
    pub layout: Layout,
    /// "71 perjanjian dengan 64 instansi"; capped totals as "1.000+".
    pub summary: String,
    /// "Perjanjian baru", "Daftarkan yang sudah berjalan": as the role allows.
    pub acts: Vec<Act>,
    /// What was searched.
    pub search: String,
    /// Filter and sort to keep while searching, as pairs of the query.
    pub keep: Vec<(String, String)>,
    /// The list without search and filters, when there are any.
    pub clear_href: Option<String>,
    /// Filters by state, with counts.
    pub chips: Vec<FilterChip>,
    /// Sort by institution.
    pub sort_agency: SortLink,
    /// Sort by number.
    pub sort_number: SortLink,
    /// Sort by end.
    pub sort_end: SortLink,
    /// The lines of this page.
    pub rows: Vec<AgreementRow>,
    /// Paging.
    pub pager: Pager,
    /// Shown instead of the table when there are no lines.
    pub empty: Option<Empty>,
}

/// Nothing to show: because there is nothing yet, or because nothing matches.
#[derive(Debug, Clone, Default)]
pub struct Empty {
    /// "Belum ada perjanjian", "Tidak ada yang cocok".
    pub title: String,
    /// What to do about it.
    pub text: String,
    /// With which button.
    pub acts: Vec<Act>,
}

/// Direction in which a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortDirection {
    /// A to Z, soonest first.
    Ascending,
    /// Z to A, latest first.
    Descending,
}

/// The head of a column as a link.
#[derive(Debug, Clone, Default)]
pub struct SortLink {
    /// "Instansi".
    pub label: String,
    /// The list sorted by it; for the current column, the other way round.
    pub href: String,
    /// How the list is sorted by it now.
    pub direction: Option<SortDirection>,
}

/// An agreement in the list.
#[derive(Debug, Clone, Default)]
pub struct AgreementRow {
    /// Its page.
    pub href: String,
    /// The user agency.
    pub agency: String,
    /// What the data is for.
    pub purpose: String,
    /// Number at the provider, as written.
    pub provider_number: Option<String>,
    /// Number at the user agency, as written.
    pub user_number: Option<String>,
    /// The life line, once it is signed.
    pub life_line: Option<LifeLine>,
    /// Said instead of a life line: "Menunggu persetujuan Dirjen, hari ke-64".
    pub life_note: String,
    /// "16 Sep 2027"; "—" when not known.
    pub ends_on: String,
    /// "2 bulan lagi".
    pub ends_note: String,
    /// State in words.
    pub state: Chip,
}

/// `/perjanjian/{id}`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "agreements/show.html", whitespace = "minimize")]
pub struct AgreementPage {
    /// Frame.
    pub layout: Layout,
    /// Path to this page.
    pub crumbs: Vec<Crumb>,
    /// Full name of the user agency.
    pub agency: String,
    /// Numbers, as written, with whose they are.
    pub numbers: Vec<AgreementNumber>,
    /// State in words.
    pub state: Chip,
    /// Main acts: "Catat tanda tangan", "Catat surat perpanjangan".
    pub acts: Vec<Act>,
    /// Side acts: "Akhiri perjanjian".
    pub acts_more: Vec<Act>,
    /// Shown to the head of the agency instead of heading and acts.
    pub for_head: Option<ForHead>,
    /// The life line, once it is signed.
    pub life_line: Option<LifeLine>,
    /// What comes next, with one verb each.
    pub notices: Vec<Notice>,
    /// Everything that is known.
    pub fact_groups: Vec<FactGroup>,
    /// Where facts are edited, for those who may.
    pub edit_href: Option<String>,
    /// What does not agree in the papers.
    pub findings: Vec<FindingRow>,
    /// Facts that the final paper needs and that are missing, by name.
    pub missing: Vec<MissingFact>,
    /// "kurang 3".
    pub missing_chip: Chip,
    /// Deadlines in order of date.
    pub deadlines: Vec<DeadlineRow>,
    /// Said when there are none.
    pub no_deadlines: String,
    /// Papers with what they lack.
    pub papers: Vec<PaperRow>,
    /// The last mails.
    pub mails: Vec<MailRow>,
    /// How many there are in all.
    pub mail_count: String,
    /// All mails of this agreement, when there are more.
    pub mails_href: Option<String>,
    /// The last acts.
    pub history: Vec<Event>,
    /// How many there are in all.
    pub history_count: String,
    /// The whole log of this agreement, when there is more.
    pub history_href: Option<String>,
}

/// What the head of the agency sees first, usually on a phone.
#[derive(Debug, Clone, Default)]
pub struct ForHead {
    /// "Bapak/Ibu Bagas Wiranata, perjanjian dinas Anda berakhir 16 September 2027".
    pub heading: String,
    /// What is due and what happens otherwise.
    pub lead: String,
    /// "Tiga langkah, sekitar lima menit".
    pub steps_title: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// Buttons for it.
    pub acts: Vec<Act>,
    /// Whom to ask.
    pub contact: String,
}

/// A number of the agreement.
#[derive(Debug, Clone, Default)]
pub struct AgreementNumber {
    /// As written.
    pub number: String,
    /// "(Disdukcapil)".
    pub whose: String,
}

/// Facts under one heading.
#[derive(Debug, Clone, Default)]
pub struct FactGroup {
    /// Heading; empty for the first.
    pub title: String,
    /// The facts.
    pub facts: Vec<Fact>,
}

/// A fact with its value.
#[derive(Debug, Clone, Default)]
pub struct Fact {
    /// Name of the fact.
    pub label: String,
    /// Value.
    pub value: FactValue,
    /// A remark under it: the rule a date comes from, the position of an official.
    pub note: Option<String>,
}

/// The value of a fact.
#[derive(Debug, Clone, Default)]
pub enum FactValue {
    /// Not known; the final paper needs it.
    #[default]
    Missing,
    /// In words.
    Text(String),
    /// Several, in an order that counts.
    Numbered(Vec<String>),
    /// Several.
    List(Vec<String>),
    /// Known, and not shown to this person.
    Secret,
}

/// Something that does not agree.
#[derive(Debug, Clone, Default)]
pub struct FindingRow {
    /// "C4".
    pub code: String,
    /// "Daftar elemen data berbeda".
    pub title: String,
    /// What differs.
    pub message: String,
    /// Where what is said.
    pub quotes: Vec<(String, String)>,
    /// What to do about it.
    pub remedy: String,
}

/// A fact that is missing.
#[derive(Debug, Clone, Default)]
pub struct MissingFact {
    /// Name.
    pub label: String,
    /// Its field in the form, for those who may edit.
    pub href: Option<String>,
}

/// A deadline with its rule.
#[derive(Debug, Clone, Default)]
pub struct DeadlineRow {
    /// "Jumat, 16 Juli 2027".
    pub due_on: String,
    /// "hari ini", "4 hari lewat", "2 bulan lagi".
    pub due_note: String,
    /// Colour of the date.
    pub tone: Tone,
    /// "Surat perpanjangan".
    pub what: String,
    /// "oleh Dinas Perikanan".
    pub holder: String,
    /// "Dua bulan kalender sebelum berakhir".
    pub rule: String,
    /// "Petunjuk Teknis angka VI huruf F", "kebijakan kantor".
    pub source: String,
    /// State in words.
    pub state: Chip,
    /// The agreement, in the list over all agreements.
    pub href: Option<String>,
    /// One verb, in the list over all agreements.
    pub act: Option<Act>,
}

/// A paper.
#[derive(Debug, Clone, Default)]
pub struct PaperRow {
    /// "Perjanjian Kerja Sama (PKS)".
    pub title: String,
    /// "7 halaman, nomor 400.12/118/2025".
    pub note: String,
    /// "siap", "draf, kurang 3", "ditandatangani".
    pub state: Chip,
    /// Facts it lacks, by name.
    pub missing: Vec<String>,
    /// "PDF", "Baca di layar".
    pub acts: Vec<Act>,
}

/// A mail in a list.
#[derive(Debug, Clone, Default)]
pub struct MailRow {
    /// Its page.
    pub href: String,
    /// "9 Juli 2027 07.00".
    pub when: String,
    /// Subject.
    pub subject: String,
    /// Name and address of the recipient.
    pub recipient: String,
    /// "terkirim", "menunggu", "gagal".
    pub state: Chip,
}

#[cfg(test)]
#[path = "agreements_samples.rs"]
pub(crate) mod samples;
