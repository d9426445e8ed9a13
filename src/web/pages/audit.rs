//! The log as sentences.

use super::form::Choice;
use super::layout::Layout;
use super::parts::{Chip, Event, Pager};
use askama::Template;

/// `/catatan`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "audit/list.html", whitespace = "minimize")]
pub struct AuditPage {
    /// Frame.
    pub layout: Layout,
    /// "Siapa, kapan, apa, dari apa menjadi apa. Waktu dalam WIB."
    pub summary: String,
    /// "Rantai utuh sampai no. 1.285", or where it is broken.
    pub chain: Chip,
    /// This page with the chain checked, where that was not done.
    pub check_href: Option<String>,
    /// The agreement that the log is narrowed to: name and the log without it.
    pub narrowed: Option<(String, String)>,
    /// People to filter by; the first choice means everyone.
    pub actors: Vec<Choice>,
    /// Kinds of act to filter by; the first choice means all.
    pub kinds: Vec<Choice>,
    /// First day, as `YYYY-MM-DD`.
    pub from: String,
    /// Last day, as `YYYY-MM-DD`.
    pub until: String,
    /// Further filters to keep, as pairs of the query.
    pub keep: Vec<(String, String)>,
    /// Acts by day, newest first.
    pub days: Vec<AuditDay>,
    /// Said when there is none.
    pub nothing: String,
    /// Paging.
    pub pager: Pager,
}

/// The acts of a day.
#[derive(Debug, Clone, Default)]
pub struct AuditDay {
    /// "Jumat, 16 Juli 2027".
    pub title: String,
    /// The acts.
    pub events: Vec<Event>,
}

#[cfg(test)]
pub(crate) fn sample() -> AuditPage {
    use super::agreements::samples::events;
    use super::layout::{self, NavItem};
    use super::parts::Tone;
    let mut first = events();
    for (event, clock) in first.iter_mut().zip(["pukul 07.00 WIB", "pukul 10.42 WIB", "pukul 08.05 WIB"]) {
        event.when = clock.into();
    }
    let rest = first.split_off(1);
    AuditPage {
        layout: layout::sample("Catatan", NavItem::AuditLog),
        summary: "Siapa, kapan, apa, dari apa menjadi apa. Waktu dalam WIB.".into(),
        chain: Chip::new(Tone::Ok, "Rantai utuh sampai no. 1.285"),
        check_href: None,
        narrowed: Some(("Perjanjian dengan Dinas Perikanan".into(), "/catatan".into())),
        actors: Choice::list(
            &[("", "Semua orang"), ("rini", "Rini Wulandari"), ("sistem", "Kawal (jadwal)")],
            &[""],
        ),
        kinds: Choice::list(
            &[("", "Semua perbuatan"), ("ubah", "Perubahan fakta"), ("tandatangan", "Penandatanganan")],
            &["ubah"],
        ),
        from: "2027-07-01".into(),
        until: String::new(),
        keep: vec![("perjanjian".into(), "01981f2e".into())],
        days: vec![
            AuditDay { title: "Jumat, 9 Juli 2027".into(), events: first },
            AuditDay { title: "Senin, 5 Juli 2027".into(), events: rest },
        ],
        nothing: String::new(),
        pager: Pager {
            shown: "Menampilkan 3 dari 36 catatan".into(),
            next: Some("/catatan?sebelum=911".into()),
            ..Pager::default()
        },
    }
}
