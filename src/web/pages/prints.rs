//! The papers of an agreement and what was printed of them: `/perjanjian/{id}/naskah`.

use super::layout::Layout;
use super::parts::{Act, Chip, Crumb, Notice};
use askama::Template;

/// `/perjanjian/{id}/naskah`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "agreements/prints.html", whitespace = "minimize")]
pub struct PrintsPage {
    /// Frame.
    pub layout: Layout,
    /// Path to this page.
    pub crumbs: Vec<Crumb>,
    /// "Naskah".
    pub heading: String,
    /// Whose.
    pub lead: String,
    /// "Gambar lampiran", for those who may.
    pub acts: Vec<Act>,
    /// Why something was refused, what waits.
    pub notices: Vec<Notice>,
    /// Papers by group.
    pub groups: Vec<PaperGroup>,
}

/// Papers under one heading.
#[derive(Debug, Clone, Default)]
pub struct PaperGroup {
    /// Heading.
    pub title: String,
    /// Its papers.
    pub papers: Vec<PaperCard>,
}

/// A paper with its prints.
#[derive(Debug, Clone, Default)]
pub struct PaperCard {
    /// Anchor: the name of the paper.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Whom it is about, where there are several of a kind.
    pub detail: Option<String>,
    /// How far it is.
    pub state: Chip,
    /// What is said about it.
    pub note: Option<String>,
    /// What is still unknown.
    pub lacks: Vec<String>,
    /// Where that is entered.
    pub lacks_href: Option<String>,
    /// The paper as it stands, in each format.
    pub formats: Vec<Act>,
    /// What can be done with it.
    pub acts: Vec<Act>,
    /// What was printed of it and stands, newest first.
    pub prints: Vec<PrintRow>,
    /// What was withdrawn or replaced.
    pub older: Vec<PrintRow>,
}

/// A print that left the house.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "agreements/print_row.html", whitespace = "minimize")]
pub struct PrintRow {
    /// How far it is.
    pub state: Chip,
    /// "2 November 2026 09.00 WIB oleh Rini Wulandari".
    pub when: String,
    /// The code in groups.
    pub code: String,
    /// Its public page.
    pub check_href: String,
    /// First letters of the hash of its text.
    pub short_hash: String,
    /// Hashes with their names.
    pub sums: Vec<(String, String)>,
    /// Why it was withdrawn, what is blank.
    pub note: Option<String>,
    /// Files.
    pub formats: Vec<Act>,
    /// What can be done with it.
    pub acts: Vec<Act>,
    /// Signed scans.
    pub scans: Vec<ScanRow>,
    /// What becomes of their files.
    pub scans_note: &'static str,
}
impl askama::filters::HtmlSafe for PrintRow {}

/// A scan that was noted.
#[derive(Debug, Clone, Default)]
pub struct ScanRow {
    /// Name of the file.
    pub name: String,
    /// "412 KB, dicatat 9 November 2026 10.15 WIB oleh Rini Wulandari".
    pub about: String,
    /// SHA-256 of the file.
    pub sum: String,
}

/// A page with one form that sends a file.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/upload_page.html", whitespace = "minimize")]
pub struct UploadPage {
    /// Frame.
    pub layout: Layout,
    /// Path to this page.
    pub crumbs: Vec<Crumb>,
    /// "Catat pindaian bertanda tangan".
    pub heading: String,
    /// What it is for.
    pub lead: String,
    /// Pages beside this one.
    pub chips: Vec<super::parts::FilterChip>,
    /// Notices above.
    pub notices: Vec<Notice>,
    /// One for each picture or file.
    pub uploads: Vec<UploadForm>,
    /// A form beside the uploads, as for the lines of a letterhead.
    pub form: Option<super::form::Form>,
    /// What has changed meanwhile.
    pub conflict: Option<super::form::Conflict>,
    /// What the letterhead looks like.
    pub head: Option<HeadPreview>,
    /// Cards beside the form.
    pub aside: Vec<super::form::AsideCard>,
}

/// A form that sends one file.
#[derive(Debug, Clone, Default)]
pub struct UploadForm {
    /// Anchor.
    pub id: String,
    /// Heading.
    pub title: String,
    /// What is taken in.
    pub help: String,
    /// What the file chooser offers.
    pub accept: &'static str,
    /// Where it is posted.
    pub action: String,
    /// One-time key.
    pub key: String,
    /// Version that was read.
    pub version: String,
    /// Why the file was refused.
    pub error: Option<String>,
    /// Verb of the button.
    pub submit: String,
    /// The picture that is kept: address and what it shows.
    pub kept: Option<(String, String)>,
    /// Where it is taken away, with the key of that.
    pub remove: Option<(String, String)>,
}

/// A letterhead as it will be printed.
#[derive(Debug, Clone, Default)]
pub struct HeadPreview {
    /// Address of the logo.
    pub logo: Option<String>,
    /// Large lines.
    pub names: Vec<String>,
    /// Small lines.
    pub details: Vec<String>,
}

#[cfg(test)]
#[path = "prints_samples.rs"]
pub(crate) mod samples;
