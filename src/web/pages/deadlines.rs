//! Deadlines over all agreements.

use super::agreements::DeadlineRow;
use super::layout::Layout;
use super::parts::{FilterChip, Pager, Tone};
use askama::Template;

/// `/tenggat`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "deadlines/list.html", whitespace = "minimize")]
pub struct DeadlineListPage {
    /// Frame.
    pub layout: Layout,
    /// "4 lewat, 2 hari ini, 12 dalam 30 hari".
    pub summary: String,
    /// Filters by kind of duty.
    pub chips: Vec<FilterChip>,
    /// "Lewat", "Hari ini", "30 hari ke depan".
    pub groups: Vec<DeadlineGroup>,
    /// Said when there is none.
    pub nothing: String,
    /// Paging.
    pub pager: Pager,
}

/// Deadlines under one heading. Each row names its agreement in `holder` and links it in `href`.
#[derive(Debug, Clone, Default)]
pub struct DeadlineGroup {
    /// "Lewat".
    pub title: String,
    /// Colour of the heading.
    pub tone: Tone,
    /// The deadlines in order of date.
    pub rows: Vec<DeadlineRow>,
}

#[cfg(test)]
pub(crate) fn sample() -> DeadlineListPage {
    use super::agreements::samples::deadlines;
    use super::layout::{self, NavItem};
    use super::parts::Act;
    let rows = |from: usize, to: usize| {
        deadlines()
            .drain(from..to)
            .map(|mut row| {
                row.holder = "Dinas Perikanan Kabupaten Nusa Kencana".into();
                row.href = Some("/perjanjian/01981f2e".into());
                row.act = Some(Act::link("Catat surat", "/perjanjian/01981f2e/surat-perpanjangan").small());
                row
            })
            .collect::<Vec<_>>()
    };
    DeadlineListPage {
        layout: layout::sample("Tenggat", NavItem::Deadlines),
        summary: "1 lewat, 1 hari ini, 1 dalam 90 hari".into(),
        chips: vec![
            FilterChip { label: "Semua".into(), count: "3".into(), href: "/tenggat".into(), current: true },
            FilterChip {
                label: "Surat perpanjangan".into(),
                count: "1".into(),
                href: "/tenggat?jenis=surat".into(),
                current: false,
            },
        ],
        groups: vec![
            DeadlineGroup { title: "Lewat".into(), tone: Tone::Overdue, rows: rows(1, 2) },
            DeadlineGroup { title: "Hari ini".into(), tone: Tone::Attention, rows: rows(2, 3) },
            DeadlineGroup { title: "90 hari ke depan".into(), tone: Tone::Quiet, rows: rows(3, 4) },
        ],
        nothing: String::new(),
        pager: Pager {
            shown: "Menampilkan 3 tenggat".into(),
            next: Some("/tenggat?setelah=x".into()),
            ..Pager::default()
        },
    }
}
