//! Wordings of papers: list, editor with preview, versions with their differences.

use super::form::Choice;
use super::layout::Layout;
use super::parts::{Act, Chip, Crumb, Notice};
use askama::Template;
use std::fmt;

/// `/redaksi`, and the wordings of one agreement.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "wordings/list.html", whitespace = "minimize")]
pub struct WordingListPage {
    /// Frame.
    pub layout: Layout,
    /// Path to this page; empty for a page of the navigation.
    pub crumbs: Vec<Crumb>,
    /// "Redaksi naskah".
    pub heading: String,
    /// "18 redaksi, 2 di antaranya milik kantor".
    pub summary: String,
    /// "Tambah pasal", for those who may.
    pub acts: Vec<Act>,
    /// What is to be known first.
    pub notices: Vec<Notice>,
    /// Wordings by paper.
    pub groups: Vec<WordingGroup>,
}

/// The wordings of one paper.
#[derive(Debug, Clone, Default)]
pub struct WordingGroup {
    /// "Perjanjian Kerja Sama (PKS)".
    pub title: String,
    /// Its wordings in order.
    pub rows: Vec<WordingRow>,
}

/// A wording in a list.
#[derive(Debug, Clone, Default)]
pub struct WordingRow {
    /// Its page.
    pub href: String,
    /// "Kewajiban PARA PIHAK".
    pub title: String,
    /// "bawaan", "milik kantor", "bawaan berubah".
    pub state: Chip,
    /// "versi 3, 25 November 2026 oleh Bagus Prasetyo"; empty for a default.
    pub note: String,
    /// What differs from the text it was made from.
    pub difference: Option<Difference>,
    /// What can be done with it.
    pub acts: Vec<Act>,
}

/// The editor of a wording.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "wordings/edit.html", whitespace = "minimize")]
pub struct WordingPage {
    /// Frame.
    pub layout: Layout,
    /// Path to this page.
    pub crumbs: Vec<Crumb>,
    /// "Kewajiban PARA PIHAK".
    pub heading: String,
    /// "Perjanjian Kerja Sama (PKS) · bawaan Kawal".
    pub lead: String,
    /// Versions, back to the default.
    pub acts: Vec<Act>,
    /// What is to be known first.
    pub notices: Vec<Notice>,
    /// Somebody was faster (409).
    pub conflict: Option<WordingConflict>,
    /// Where it is posted.
    pub action: String,
    /// One-time key.
    pub key: String,
    /// The version that was read.
    pub version: String,
    /// Further fields that go along unseen.
    pub keep: Vec<(String, String)>,
    /// Whether the person may change it.
    pub editable: bool,
    /// The text.
    pub text: String,
    /// Whether the text differs from what is stored.
    pub changed: bool,
    /// Why it was not saved.
    pub faults: Vec<String>,
    /// For an added article: behind which one it stands.
    pub places: Vec<Choice>,
    /// A box to say that the changes of the base are taken into account.
    pub rebase: Option<String>,
    /// Verb of the button.
    pub submit: String,
    /// Where "Batal" leads.
    pub cancel: String,
    /// With what the paper can be previewed.
    pub samples: Vec<Choice>,
    /// The paper as it would be printed.
    pub preview: Preview,
    /// What may be named.
    pub placeholders: Vec<PlaceholderRow>,
}

/// The paper beside the editor, or why it cannot be printed; also an answer of its own.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "wordings/preview.html", whitespace = "minimize")]
pub struct Preview {
    /// Why it cannot be printed.
    pub faults: Vec<String>,
    /// Said above the paper: "Contoh ini tidak memuat redaksi ini."
    pub note: String,
    /// The paper.
    pub paper: Option<Rendered>,
    /// Label at which the wording begins in the paper.
    pub at: String,
}
impl askama::filters::HtmlSafe for Preview {}

/// HTML that the paper's own writer made and escaped.
#[derive(Debug, Clone, Default)]
pub struct Rendered(pub String);

impl fmt::Display for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl askama::filters::HtmlSafe for Rendered {}

/// A placeholder that may be used.
#[derive(Debug, Clone, Default)]
pub struct PlaceholderRow {
    /// "user.name".
    pub path: String,
    /// "nama instansi".
    pub meaning: String,
    /// An invented value.
    pub example: String,
    /// What is put into the text.
    pub insert: String,
    /// "boleh kosong", "syarat", "daftar"; empty for one that is simply printed.
    pub usage: &'static str,
}

/// Somebody else saved the same wording meanwhile.
#[derive(Debug, Clone, Default)]
pub struct WordingConflict {
    /// "Bagus Prasetyo".
    pub who: String,
    /// "25 November 2026 pukul 10.42 WIB".
    pub when: String,
    /// From what is stored to what was typed.
    pub difference: Difference,
}

/// `/redaksi/{…}/versi`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "wordings/versions.html", whitespace = "minimize")]
pub struct VersionsPage {
    /// Frame.
    pub layout: Layout,
    /// Path to this page.
    pub crumbs: Vec<Crumb>,
    /// "Versi Kewajiban PARA PIHAK".
    pub heading: String,
    /// Every version, the newest first.
    pub rows: Vec<VersionRow>,
    /// Path of this page.
    pub action: String,
    /// Choices of the older side.
    pub from: Vec<Choice>,
    /// Choices of the newer side.
    pub to: Vec<Choice>,
    /// "Dari bawaan Kawal ke versi 3".
    pub compared: String,
    /// What differs.
    pub difference: Difference,
}

/// A version in the list.
#[derive(Debug, Clone, Default)]
pub struct VersionRow {
    /// "Versi 3".
    pub name: String,
    /// "berlaku", "bawaan".
    pub state: Option<Chip>,
    /// "Bagus Prasetyo".
    pub author: String,
    /// When.
    pub when: String,
    /// First letters of its SHA-256.
    pub sha256: String,
    /// Its difference from the version before.
    pub href: Option<String>,
}

/// Two texts line by line.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "wordings/difference.html", whitespace = "minimize")]
pub struct Difference {
    /// Lines that differ, with a few around them.
    pub lines: Vec<DifferenceLine>,
}
impl askama::filters::HtmlSafe for Difference {}

/// A line of a difference.
#[derive(Debug, Clone, Default)]
pub struct DifferenceLine {
    /// "same", "out", "in", "cut".
    pub kind: &'static str,
    /// Its number in the text it stands in; empty where lines are left out.
    pub number: String,
    /// "dihapus", "ditambah": for those who do not see the colour.
    pub told: &'static str,
    /// Its words; those that differ are marked.
    pub words: Vec<(String, bool)>,
}

#[cfg(test)]
pub(crate) mod samples {
    use super::super::layout::{self, NavItem};
    use super::super::parts::Tone;
    use super::*;

    /// The list.
    pub(crate) fn list() -> WordingListPage {
        let row = |name: &str, title: &str, state: Chip, note: &str| WordingRow {
            href: format!("/redaksi/{name}"),
            title: title.into(),
            state,
            note: note.into(),
            ..WordingRow::default()
        };
        WordingListPage {
            layout: layout::sample("Redaksi naskah", NavItem::Wordings),
            heading: "Redaksi naskah".into(),
            summary: "4 redaksi, 2 di antaranya milik kantor".into(),
            groups: vec![
                WordingGroup {
                    title: "Perjanjian Kerja Sama (PKS)".into(),
                    rows: vec![
                        row("pks/purpose", "Maksud dan Tujuan", Chip::new(Tone::Quiet, "bawaan"), ""),
                        row(
                            "pks/duties",
                            "Kewajiban PARA PIHAK",
                            Chip::new(Tone::Info, "milik kantor"),
                            "versi 2, 25 November 2026 oleh Bagus Prasetyo",
                        ),
                        row(
                            "pks/other",
                            "Lain-Lain",
                            Chip::new(Tone::Attention, "bawaan berubah"),
                            "versi 4, 3 Juni 2026 oleh Dewi Anggraini",
                        ),
                    ],
                },
                WordingGroup {
                    title: "Surat".into(),
                    rows: vec![row(
                        "letters/renewal_notice",
                        "Pemberitahuan masa berlaku akan berakhir",
                        Chip::new(Tone::Quiet, "bawaan"),
                        "",
                    )],
                },
            ],
            ..WordingListPage::default()
        }
    }

    /// A difference.
    pub(crate) fn difference() -> Difference {
        let line = |kind, number: &str, told, words: &[(&str, bool)]| DifferenceLine {
            kind,
            number: number.into(),
            told,
            words: words.iter().map(|(text, marked)| ((*text).to_owned(), *marked)).collect(),
        };
        Difference {
            lines: vec![
                line("same", "1", "", &[("# Penutup ^closing", false)]),
                line("cut", "", "", &[]),
                line("out", "3", "dihapus", &[("Demikian perjanjian ini ", false), ("dibuat", true)]),
                line("in", "3", "ditambah", &[("Demikian perjanjian ini ", false), ("disusun", true)]),
            ],
        }
    }

    /// The editor.
    pub(crate) fn edit(refused: bool) -> WordingPage {
        let paper = "<article class=\"paper\" lang=\"id\"><h3 id=\"closing\">Pasal 10<br>Penutup</h3><p class=\"justify\">Demikian Perjanjian Kerja Sama ini dibuat dalam rangkap 2 (dua).</p></article>";
        WordingPage {
            layout: layout::sample("Penutup", NavItem::Wordings),
            crumbs: vec![Crumb::to("Redaksi", "/redaksi"), Crumb::here("Penutup")],
            heading: "Penutup".into(),
            lead: "Perjanjian Kerja Sama (PKS) · bawaan Kawal".into(),
            acts: vec![Act::link("Versi", "/redaksi/pks/closing/versi")],
            action: "/redaksi/pks/closing".into(),
            key: "k-9".into(),
            version: "2".into(),
            editable: true,
            text: "# Penutup ^closing\n\nDemikian {{ pks }} ini dibuat.\n".into(),
            changed: refused,
            faults: if refused {
                vec!["Baris 3: isian “pk” tidak dikenal; mungkin “pks”?".into()]
            } else {
                Vec::new()
            },
            conflict: refused.then(|| WordingConflict {
                who: "Bagus Prasetyo".into(),
                when: "25 November 2026 pukul 10.42 WIB".into(),
                difference: difference(),
            }),
            rebase: refused.then(|| "Perubahan bawaan sudah saya pertimbangkan".into()),
            submit: "Simpan redaksi".into(),
            cancel: "/redaksi".into(),
            samples: Choice::list(&[("contoh:desa", "Contoh: Pemerintah desa")], &["contoh:desa"]),
            preview: Preview {
                paper: Some(Rendered(paper.into())),
                at: "closing".into(),
                ..Preview::default()
            },
            placeholders: vec![
                PlaceholderRow {
                    path: "user.name".into(),
                    meaning: "nama instansi PIHAK KEDUA".into(),
                    example: "Dinas Perikanan".into(),
                    insert: "{{ user.name }}".into(),
                    usage: "",
                },
                PlaceholderRow {
                    path: "signing.place".into(),
                    meaning: "tempat penandatanganan".into(),
                    example: "Kencana".into(),
                    insert: "{% if signing.place %}{{ signing.place }}{% endif %}".into(),
                    usage: "boleh kosong",
                },
            ],
            ..WordingPage::default()
        }
    }

    /// The versions.
    pub(crate) fn versions() -> VersionsPage {
        let choices = [("bawaan", "Bawaan Kawal"), ("1", "Versi 1"), ("2", "Versi 2")];
        VersionsPage {
            layout: layout::sample("Versi Penutup", NavItem::Wordings),
            crumbs: vec![
                Crumb::to("Redaksi", "/redaksi"),
                Crumb::to("Penutup", "/redaksi/pks/closing"),
                Crumb::here("Versi"),
            ],
            heading: "Versi Penutup".into(),
            rows: vec![
                VersionRow {
                    name: "Versi 2".into(),
                    state: Some(Chip::new(Tone::Ok, "berlaku")),
                    author: "Bagus Prasetyo".into(),
                    when: "25 November 2026 pukul 10.42 WIB".into(),
                    sha256: "1f2e3d4c5b6a".into(),
                    href: Some("/redaksi/pks/closing/versi?dari=1&ke=2".into()),
                },
                VersionRow {
                    name: "Versi 1".into(),
                    state: Some(Chip::new(Tone::Quiet, "bawaan saat disalin")),
                    author: "Bagus Prasetyo".into(),
                    when: "25 November 2026 pukul 10.42 WIB".into(),
                    sha256: "0a1b2c3d4e5f".into(),
                    href: None,
                },
            ],
            action: "/redaksi/pks/closing/versi".into(),
            from: Choice::list(&choices, &["bawaan"]),
            to: Choice::list(&choices, &["2"]),
            compared: "Dari bawaan Kawal ke versi 2".into(),
            difference: difference(),
        }
    }
}
