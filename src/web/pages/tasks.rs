//! What waits for staff: mails that reached nobody, letters to print, gaps to hold.

use super::layout::Layout;
use super::parts::{FilterChip, Pager, Todo};
use askama::Template;

/// `/tugas`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "tasks/list.html", whitespace = "minimize")]
pub struct TaskListPage {
    /// Frame.
    pub layout: Layout,
    /// "2 tugas terbuka".
    pub summary: String,
    /// "Terbuka", "Selesai".
    pub chips: Vec<FilterChip>,
    /// The tasks, oldest first.
    pub tasks: Vec<Todo>,
    /// Said when there is none.
    pub nothing: String,
    /// Paging.
    pub pager: Pager,
}

#[cfg(test)]
pub(crate) fn sample() -> TaskListPage {
    use super::layout::{self, NavItem};
    use super::parts::{Act, Tone};
    TaskListPage {
        layout: layout::sample("Tugas", NavItem::Tasks),
        summary: "2 tugas terbuka".into(),
        chips: vec![
            FilterChip { label: "Terbuka".into(), count: "2".into(), href: "/tugas".into(), current: true },
            FilterChip {
                label: "Selesai".into(),
                count: "31".into(),
                href: "/tugas?selesai=1".into(),
                current: false,
            },
        ],
        tasks: vec![
            Todo {
                when: "9 Juli".into(),
                when_note: "7 hari terbuka".into(),
                tone: Tone::Overdue,
                title: "Pengingat perpanjangan tidak dapat dikirim".into(),
                href: "/perjanjian/01981f2e".into(),
                about: "Pemerintah Desa Mekarsari tidak punya alamat surel pejabat.".into(),
                why: Some(
                    "Cetak suratnya, atau isi alamat surel Kepala Desa; yang belum terkirim akan menyusul."
                        .into(),
                ),
                acts: vec![
                    Act::link("Cetak surat", "/surel/01981f2e").small(),
                    Act::post("Selesai", "/tugas/01981f2e/selesai", "k-9").small(),
                ],
            },
            Todo {
                when: "Hari ini".into(),
                when_note: "06.00 WIB".into(),
                tone: Tone::Attention,
                title: "Kepala instansi berganti, akun masih yang lama".into(),
                href: "/instansi/01981f2e".into(),
                about: "Kecamatan Sukamaju".into(),
                why: None,
                acts: vec![Act::link("Buka instansi", "/instansi/01981f2e").small()],
            },
        ],
        nothing: "Tidak ada tugas. Semua surel punya alamat dan semua surat sudah tercatat.".into(),
        pager: Pager { shown: "Menampilkan 2 tugas".into(), ..Pager::default() },
    }
}
