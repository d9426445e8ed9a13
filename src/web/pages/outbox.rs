//! The outbox: every mail that was promised, and what became of it.

use super::agreements::MailRow;
use super::layout::Layout;
use super::parts::{Act, Chip, Crumb, FilterChip, Notice, Pager, Tone};
use askama::Template;

/// `/surel`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "outbox/list.html", whitespace = "minimize")]
pub struct OutboxPage {
    /// Frame.
    pub layout: Layout,
    /// "3 menunggu, 1 tidak dapat dikirim".
    pub summary: String,
    /// Notices: "Belum ada server surel; surel disimpan di sini dan dapat dibaca."
    pub notices: Vec<Notice>,
    /// "Kirim yang menunggu", for those who may.
    pub acts: Vec<Act>,
    /// What was searched.
    pub search: String,
    /// Filters by state, with counts.
    pub chips: Vec<FilterChip>,
    /// The mails, newest first.
    pub mails: Vec<MailRow>,
    /// Said when there is none.
    pub nothing: String,
    /// Paging.
    pub pager: Pager,
}

/// `/surel/{id}`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "outbox/show.html", whitespace = "preserve")]
pub struct MailPage {
    /// Frame.
    pub layout: Layout,
    /// Path to this page.
    pub crumbs: Vec<Crumb>,
    /// Subject.
    pub subject: String,
    /// "terkirim", "menunggu", "gagal".
    pub state: Chip,
    /// Why it was not delivered, and what to do.
    pub notices: Vec<Notice>,
    /// "Kirim lagi", "Cetak sebagai surat".
    pub acts: Vec<Act>,
    /// "Kepada", "Tembusan", "Dari", "Message-ID" and the like.
    pub headers: Vec<(String, String)>,
    /// The agreement it is about: name and address.
    pub agreement: Option<(String, String)>,
    /// The text part.
    pub text: String,
    /// Address of the HTML part, served under its own policy and shown in a sandboxed frame.
    pub html_href: Option<String>,
    /// What was tried, oldest first.
    pub attempts: Vec<Attempt>,
}

/// An attempt at delivery.
#[derive(Debug, Clone, Default)]
pub struct Attempt {
    /// "16 Juli 2027 pukul 06.00.12 WIB".
    pub when: String,
    /// "Diterima server kantor", "Ditolak: alamat tidak dikenal".
    pub outcome: String,
    /// Colour.
    pub tone: Tone,
}

#[cfg(test)]
pub(crate) mod samples {
    use super::super::agreements::samples::mails;
    use super::super::layout::{self, NavItem};
    use super::*;

    /// The list.
    pub(crate) fn list() -> OutboxPage {
        let chip = |label: &str, count: &str, current| FilterChip {
            label: label.into(),
            count: count.into(),
            href: "/surel".into(),
            current,
        };
        OutboxPage {
            layout: layout::sample("Surel", NavItem::Outbox),
            summary: "1 menunggu, 1 tidak dapat dikirim".into(),
            notices: vec![Notice {
                tone: Tone::Info,
                title: "Surel disimpan di sini".into(),
                body: "Server surel belum diatur, jadi surel tidak keluar dari Kawal. Isinya dapat dibaca dan dicetak.".into(),
                why: Some("Pengelola mengaturnya dengan SMTP_URL.".into()),
                acts: Vec::new(),
            }],
            chips: vec![chip("Semua", "214", true), chip("Menunggu", "1", false), chip("Terkirim", "212", false), chip("Tidak dapat dikirim", "1", false)],
            mails: mails(),
            pager: Pager {
                shown: "Menampilkan 3 dari 214 surel".into(),
                next: Some("/surel?setelah=x".into()),
                ..Pager::default()
            },
            ..OutboxPage::default()
        }
    }

    /// A mail that was refused.
    pub(crate) fn mail() -> MailPage {
        MailPage {
            layout: layout::sample("Surel", NavItem::Outbox),
            crumbs: vec![Crumb::to("Surel", "/surel"), Crumb::here("Sebulan lagi batas surat perpanjangan")],
            subject: "Sebulan lagi batas surat perpanjangan PKS Dinas Perikanan".into(),
            state: Chip::new(Tone::Overdue, "ditolak server penerima"),
            notices: vec![Notice {
                tone: Tone::Overdue,
                title: "Surel ini tidak sampai".into(),
                body: "Server penerima menolak alamat perikanan@nusakencana.example. Perbaiki alamat pejabatnya lalu kirim lagi, atau cetak sebagai surat.".into(),
                why: None,
                acts: vec![
                    Act::post("Kirim lagi", "/surel/01981f2e/kirim", "k-4").primary(),
                    Act::link("Ubah alamat", "/instansi/01981f2e"),
                ],
            }],
            acts: Vec::new(),
            headers: vec![
                ("Kepada".into(), "Bagas Wiranata <perikanan@nusakencana.example>".into()),
                ("Tembusan".into(), "Disdukcapil Kabupaten Nusa Kencana <surat@disdukcapil.nusakencana.example>".into()),
                ("Dibuat".into(), "16 Juni 2027 pukul 06.00 WIB".into()),
            ],
            agreement: Some(("Perjanjian dengan Dinas Perikanan".into(), "/perjanjian/01981f2e".into())),
            text: "Yth. Bapak Bagas Wiranata, S.Pi., M.M.\nKepala Dinas Perikanan Kabupaten Nusa Kencana\n\nPerjanjian kerja sama berakhir pada 16 September 2027.\n\n- Surat perpanjangan paling lambat 16 Juli 2027.".into(),
            html_href: Some("/surel/01981f2e/html".into()),
            attempts: vec![
                Attempt { when: "16 Juni 2027 pukul 06.00.12 WIB".into(), outcome: "Server penerima sibuk; dicoba lagi".into(), tone: Tone::Attention },
                Attempt { when: "16 Juni 2027 pukul 06.15.40 WIB".into(), outcome: "Ditolak: alamat tidak dikenal (550)".into(), tone: Tone::Overdue },
            ],
        }
    }
}
