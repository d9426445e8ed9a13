//! The public check of a printed paper: `/periksa` and `/periksa/{code}`. It shows no person.

use super::layout::Layout;
use super::parts::Tone;
use askama::Template;

/// `/periksa`: a code is typed; also what an unknown code is answered.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "check/ask.html", whitespace = "minimize")]
pub struct AskPage {
    /// Frame.
    pub layout: Layout,
    /// What was typed.
    pub typed: String,
    /// Why nothing was found.
    pub error: Option<String>,
}

/// `/periksa/{code}`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "check/show.html", whitespace = "minimize")]
pub struct CheckPage {
    /// Frame.
    pub layout: Layout,
    /// Whether the paper stands.
    pub tone: Tone,
    /// "Naskah ini diterbitkan dan berlaku".
    pub verdict: String,
    /// What follows from it.
    pub meaning: String,
    /// Name of the paper and institutions.
    pub facts: Vec<(String, String)>,
    /// The code in groups.
    pub code: String,
    /// Where a file is sent to be compared.
    pub action: String,
    /// Hashes of files that count as the same.
    pub sums: Vec<KnownSum>,
    /// What the comparison found.
    pub compared: Option<Compared>,
}

/// A file that counts as the same.
#[derive(Debug, Clone, Default)]
pub struct KnownSum {
    /// "PDF yang diterbitkan".
    pub label: String,
    /// Its SHA-256.
    pub sum: String,
    /// What a file with this hash is: "sama persis dengan naskah yang diterbitkan".
    pub means: String,
}

/// What a comparison found.
#[derive(Debug, Clone, Default)]
pub struct Compared {
    /// Same or different.
    pub tone: Tone,
    /// Name of the file.
    pub name: String,
    /// "sama persis dengan naskah yang diterbitkan".
    pub result: String,
    /// SHA-256 of the file.
    pub sum: String,
}

#[cfg(test)]
pub(crate) mod samples {
    use super::*;

    pub(crate) fn ask(unknown: bool) -> AskPage {
        AskPage {
            layout: super::super::layout::sample("Periksa naskah", super::super::layout::NavItem::Dashboard),
            typed: if unknown { "0000-0000-0000-0000".into() } else { String::new() },
            error: unknown.then(|| "Tidak ada naskah dengan kode ini.".into()),
        }
    }

    pub(crate) fn page() -> CheckPage {
        let sum = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        CheckPage {
            layout: super::super::layout::sample("Periksa naskah", super::super::layout::NavItem::Dashboard),
            tone: Tone::Ok,
            verdict: "Naskah ini diterbitkan dan berlaku".into(),
            meaning: "Bandingkan isinya dengan salinan di tangan Anda.".into(),
            facts: vec![
                ("Naskah".into(), "Perjanjian Kerja Sama (PKS)".into()),
                ("Pihak".into(), "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Nusa Kencana".into()),
                ("Diterbitkan".into(), "2 November 2026 09.00 WIB".into()),
            ],
            code: "k7qm-2x9d-0a1b-c2d3".into(),
            action: "/periksa/k7qm2x9d0a1bc2d3".into(),
            sums: vec![KnownSum {
                label: "PDF yang diterbitkan".into(),
                sum: sum.into(),
                means: "sama persis dengan naskah yang diterbitkan".into(),
            }],
            compared: Some(Compared {
                tone: Tone::Overdue,
                name: "salinan.pdf".into(),
                result: "berbeda dari naskah yang diterbitkan".into(),
                sum: sum.into(),
            }),
        }
    }
}
