//! Parts that several pages are made of.

use askama::Template;
use std::fmt;

/// How urgent or how good a state is. Shown by colour and by shape, always beside a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to do, nothing achieved: drafts, ended agreements.
    #[default]
    Quiet,
    /// In order.
    Ok,
    /// Under way, somebody else's turn.
    Info,
    /// Due soon or today.
    Attention,
    /// Late or refused.
    Overdue,
}

impl Tone {
    /// The class of the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Tone::Quiet => "quiet",
            Tone::Ok => "ok",
            Tone::Info => "info",
            Tone::Attention => "attention",
            Tone::Overdue => "overdue",
        }
    }

    /// The icon of the sprite that goes with a notice of this tone.
    pub const fn icon(self) -> &'static str {
        match self {
            Tone::Quiet | Tone::Info => "info",
            Tone::Ok => "circle-check",
            Tone::Attention => "triangle-alert",
            Tone::Overdue => "circle-alert",
        }
    }
}

impl fmt::Display for Tone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.class())
    }
}

/// A state in words people say: "Batas perpanjangan hari ini", "kurang 1".
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/chip.html")]
pub struct Chip {
    /// Colour and shape.
    pub tone: Tone,
    /// The words.
    pub text: String,
}
impl askama::filters::HtmlSafe for Chip {}

impl Chip {
    /// A chip of that tone with those words.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}

/// How loud a button is. A page has one primary act at most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Loudness {
    /// The one thing to do next.
    Primary,
    /// Anything else.
    #[default]
    Plain,
    /// Ends or withdraws something.
    Danger,
    /// Without border, for side issues.
    Bare,
}

impl Loudness {
    /// The class of the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Loudness::Primary => "primary",
            Loudness::Plain => "",
            Loudness::Danger => "danger",
            Loudness::Bare => "bare",
        }
    }
}

/// Something to do: a link, or a form with one button when it changes anything.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/act.html")]
pub struct Act {
    /// A verb: "Catat surat".
    pub label: String,
    /// Where it leads, or where it is posted.
    pub href: String,
    /// How loud it is.
    pub loudness: Loudness,
    /// An icon of the sprite.
    pub icon: Option<&'static str>,
    /// The one-time key of a POST; `None` makes a link.
    pub post_key: Option<String>,
    /// Whether it is drawn small, in rows.
    pub small: bool,
}
impl askama::filters::HtmlSafe for Act {}

impl Act {
    /// A link that looks like a button.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), ..Self::default() }
    }

    /// A button that posts `key` as `_key`.
    pub fn post(label: impl Into<String>, href: impl Into<String>, key: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), post_key: Some(key.into()), ..Self::default() }
    }

    /// The one thing to do next.
    pub fn primary(mut self) -> Self {
        self.loudness = Loudness::Primary;
        self
    }

    /// Ends or withdraws something.
    pub fn danger(mut self) -> Self {
        self.loudness = Loudness::Danger;
        self
    }

    /// Without border.
    pub fn bare(mut self) -> Self {
        self.loudness = Loudness::Bare;
        self
    }

    /// Drawn small, in rows.
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }

    /// With an icon of the sprite.
    pub fn icon(mut self, name: &'static str) -> Self {
        self.icon = Some(name);
        self
    }
}

/// A step of the path to this page.
#[derive(Debug, Clone, Default)]
pub struct Crumb {
    /// Name of the page.
    pub label: String,
    /// Its address; `None` for the page itself.
    pub href: Option<String>,
}

impl Crumb {
    /// A page above this one.
    pub fn to(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: Some(href.into()) }
    }

    /// This page.
    pub fn here(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }
}

/// A notice above the content: what is so, why, and what can be done.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/notice.html", whitespace = "minimize")]
pub struct Notice {
    /// Colour and icon.
    pub tone: Tone,
    /// What is so: "Hari ini batas surat perpanjangan".
    pub title: String,
    /// What follows from it.
    pub body: String,
    /// The rule with its source: "Dua bulan sebelum berakhir (Petunjuk Teknis angka VI huruf F)".
    pub why: Option<String>,
    /// What can be done; the first is usually primary.
    pub acts: Vec<Act>,
}
impl askama::filters::HtmlSafe for Notice {}

/// Paging by key: no page numbers, no counting beyond a cap.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/pager.html", whitespace = "minimize")]
pub struct Pager {
    /// "Menampilkan 25 dari 1.000+ perjanjian".
    pub shown: String,
    /// Address of the first page; `None` when this is it.
    pub first: Option<String>,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// Address of the last page.
    pub last: Option<String>,
    /// Jump to a date, where the list is sorted by one.
    pub jump: Option<Jump>,
}
impl askama::filters::HtmlSafe for Pager {}

impl Pager {
    /// Whether there is anywhere to go.
    pub fn moves(&self) -> bool {
        self.first.is_some() || self.previous.is_some() || self.next.is_some() || self.last.is_some()
    }
}

/// A small form that jumps to a date in a long list.
#[derive(Debug, Clone, Default)]
pub struct Jump {
    /// Path of the list.
    pub action: String,
    /// Name of the date in the query.
    pub name: String,
    /// The date jumped to, as `YYYY-MM-DD`.
    pub value: String,
    /// "Lompat ke tanggal berakhir".
    pub label: String,
    /// The filters to keep.
    pub keep: Vec<(String, String)>,
}

/// A filter as a chip: a link that shows only one kind.
#[derive(Debug, Clone, Default)]
pub struct FilterChip {
    /// "Berlaku".
    pub label: String,
    /// "58", "1.000+"; empty when it is not counted.
    pub count: String,
    /// The list with this filter; for the current one, the list without.
    pub href: String,
    /// Whether it is on.
    pub current: bool,
}

/// An act in the log as a sentence.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/event.html", whitespace = "minimize")]
pub struct Event {
    /// "Rini Wulandari mengubah alamat surel Kepala Dinas Perikanan".
    pub sentence: String,
    /// "5 Juli 2027 pukul 10.42 WIB".
    pub when: String,
    /// The same for machines, with offset.
    pub when_iso: String,
    /// Facts with their value before and after.
    pub changes: Vec<FactChange>,
    /// What it was done to, where the page is not about it.
    pub href: Option<String>,
    /// Place in the chain of the log: "no. 1.284".
    pub sequence: Option<String>,
}
impl askama::filters::HtmlSafe for Event {}

/// One fact before and after.
#[derive(Debug, Clone, Default)]
pub struct FactChange {
    /// Name of the fact.
    pub label: String,
    /// Value before; `None` when it was not known.
    pub from: Option<String>,
    /// Value after; `None` when it was taken away.
    pub to: Option<String>,
    /// A secret fact: no value is shown, only that it changed.
    pub secret: bool,
}

/// Something that waits for a person: when, what, why, and one verb.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/todo.html", whitespace = "minimize")]
pub struct Todo {
    /// "Hari ini", "12 Juli".
    pub when: String,
    /// "4 hari lewat", "hari kerja terakhir".
    pub when_note: String,
    /// Colour of the date.
    pub tone: Tone,
    /// "Batas surat perpanjangan".
    pub title: String,
    /// Page it is about.
    pub href: String,
    /// "Dinas Perikanan · berakhir 16 September 2027".
    pub about: String,
    /// Rule or clause: "Petunjuk Teknis angka VI huruf F".
    pub why: Option<String>,
    /// What can be done, usually one thing.
    pub acts: Vec<Act>,
}
impl askama::filters::HtmlSafe for Todo {}
