//! The life line (garis hidup): an agreement as one bar from signing to end.

use askama::Template;
use std::fmt;

/// A place on the bar in percent of its length, printed with one decimal and kept within the bar.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
pub struct Pct(pub f64);

impl fmt::Display for Pct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0.clamp(0.0, 100.0) * 10.0).round() as i64;
        if tenths % 10 == 0 {
            write!(f, "{}%", tenths / 10)
        } else {
            write!(f, "{}.{}%", tenths / 10, tenths % 10)
        }
    }
}
impl askama::filters::HtmlSafe for Pct {}

impl Pct {
    /// How a label at this place is anchored so that it never leaves the bar.
    pub fn anchor(self) -> &'static str {
        if self.0 < 12.0 {
            "start"
        } else if self.0 > 88.0 {
            "end"
        } else {
            "middle"
        }
    }

    /// The distance from here to `end`, as a width.
    pub fn to(self, end: Pct) -> Pct {
        Pct((end.0.clamp(0.0, 100.0) - self.0.clamp(0.0, 100.0)).max(0.0))
    }
}

/// How a semester report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportState {
    /// Received and accepted.
    Accepted,
    /// Due and not there.
    Missing,
    /// Still to come.
    Upcoming,
}

impl ReportState {
    /// Class of the dot: filled, hollow red, hollow grey.
    pub const fn class(self) -> &'static str {
        match self {
            ReportState::Accepted => "ll-a",
            ReportState::Missing => "ll-m",
            ReportState::Upcoming => "ll-u",
        }
    }

    /// The state in a word.
    pub const fn word(self) -> &'static str {
        match self {
            ReportState::Accepted => "diterima",
            ReportState::Missing => "belum masuk",
            ReportState::Upcoming => "belum waktunya",
        }
    }
}

/// A semester report as a dot.
#[derive(Debug, Clone)]
pub struct ReportDot {
    /// Where it is due.
    pub pct: Pct,
    /// How it stands.
    pub state: ReportState,
    /// "Sem I 2027".
    pub label: String,
}

/// An agreement as one bar: the past filled, reports as dots, the time after the last day for the
/// renewal letter hatched, today a stroke. All places are percent of the term.
#[derive(Debug, Clone, Default)]
pub struct LifeLine {
    /// How much is past.
    pub past_pct: Pct,
    /// The last day for the renewal letter.
    pub window_from_pct: Pct,
    /// The last day in force; 100 unless the bar goes on.
    pub window_to_pct: Pct,
    /// Today; `None` before signing and after the end.
    pub today_pct: Option<Pct>,
    /// Semester reports in order of time.
    pub reports: Vec<ReportDot>,
    /// "Ditandatangani 17 Sep 2025".
    pub start_label: String,
    /// "Berakhir 16 Sep 2027".
    pub end_label: String,
    /// "Batas surat 16 Jul 2027", under the bar where hatching begins.
    pub window_label: Option<String>,
    /// The same as the picture, said in a sentence.
    pub sentence: String,
}

impl LifeLine {
    /// The bar of a list row, 8 px high.
    pub fn small(&self) -> SmallLifeLine<'_> {
        SmallLifeLine { line: self }
    }

    /// The bar of an agreement page, with dates and labels.
    pub fn large(&self) -> LargeLifeLine<'_> {
        LargeLifeLine { line: self }
    }

    /// How wide the hatching is.
    pub fn window_width(&self) -> Pct {
        self.window_from_pct.to(self.window_to_pct)
    }

    /// Whether the labels under the bar leave room for the label of a report: neighbours closer than
    /// 11 percent would run into each other.
    fn label_fits(&self, index: &usize) -> bool {
        match (index.checked_sub(1).and_then(|before| self.reports.get(before)), self.reports.get(*index)) {
            (Some(before), Some(here)) => here.pct.0 - before.pct.0 >= 11.0,
            _ => true,
        }
    }
}

/// The bar of a list row. The page defines the hatching once (`parts/hatch.html`).
#[derive(Debug, Clone, Copy, Template)]
#[template(path = "parts/life_line_small.html", whitespace = "suppress")]
pub struct SmallLifeLine<'a> {
    line: &'a LifeLine,
}
impl askama::filters::HtmlSafe for SmallLifeLine<'_> {}

/// The bar of an agreement page.
#[derive(Debug, Clone, Copy, Template)]
#[template(path = "parts/life_line_large.html", whitespace = "minimize")]
pub struct LargeLifeLine<'a> {
    line: &'a LifeLine,
}
impl askama::filters::HtmlSafe for LargeLifeLine<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_outside_the_bar_is_drawn_at_its_edge() {
        assert_eq!(Pct(-3.0).to_string(), "0%");
        assert_eq!(Pct(104.2).to_string(), "100%");
        assert_eq!(Pct(33.333).to_string(), "33.3%");
    }

    #[test]
    fn labels_near_the_edges_grow_inwards() {
        assert_eq!(Pct(1.0).anchor(), "start");
        assert_eq!(Pct(50.0).anchor(), "middle");
        assert_eq!(Pct(97.0).anchor(), "end");
    }

    #[test]
    fn a_window_that_ends_before_it_begins_has_no_width() {
        assert_eq!(Pct(90.0).to(Pct(80.0)).to_string(), "0%");
    }
}

/// Samples for rendering tests.
#[cfg(test)]
pub(crate) mod samples {
    use super::*;

    /// A line `past` percent into two years, with one report missing when `late`.
    pub(crate) fn line(past: f64, late: bool) -> LifeLine {
        let dot = |pct: f64, label: &str| ReportDot {
            pct: Pct(pct),
            state: match (pct < past, late && pct + 25.0 > past) {
                (false, _) => ReportState::Upcoming,
                (true, true) => ReportState::Missing,
                (true, false) => ReportState::Accepted,
            },
            label: label.into(),
        };
        LifeLine {
            past_pct: Pct(past),
            window_from_pct: Pct(91.5),
            window_to_pct: Pct(100.0),
            today_pct: Some(Pct(past)),
            reports: vec![
                dot(14.3, "Sem II 2025"),
                dot(39.0, "Sem I 2026"),
                dot(64.2, "Sem II 2026"),
                dot(88.6, "Sem I 2027"),
            ],
            start_label: "Ditandatangani 17 Sep 2025".into(),
            end_label: "Berakhir 16 Sep 2027".into(),
            window_label: Some("Batas surat 16 Jul 2027".into()),
            sentence: "Berlaku 17 September 2025 sampai dengan 16 September 2027; hari ini hari ke-667 \
                       dari 730. Empat laporan semester diterima. Surat perpanjangan paling lambat 16 Juli 2027."
                .into(),
        }
    }
}
