//! The life line (garis hidup): an agreement as one bar from signing to end.

use askama::Template;
use chrono::NaiveDate;
use std::fmt;

use crate::domain::deadline::DeadlineState;
use crate::domain::life_line::LifeLine as Geometry;
use crate::domain::wording::date_short;

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
    /// No longer owed, because the agreement was ended before.
    Waived,
}

impl ReportState {
    /// Class of the dot: filled, hollow red, hollow grey.
    pub const fn class(self) -> &'static str {
        match self {
            ReportState::Accepted => "ll-a",
            ReportState::Missing => "ll-m",
            ReportState::Upcoming | ReportState::Waived => "ll-u",
        }
    }

    /// The state in a word.
    pub const fn word(self) -> &'static str {
        match self {
            ReportState::Accepted => "diterima",
            ReportState::Missing => "belum masuk",
            ReportState::Upcoming => "belum waktunya",
            ReportState::Waived => "gugur",
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

/// An agreement as one bar: the past filled, reports as dots, the renewal window hatched, the last day
/// for the renewal letter a tick, today a stroke. All places are percent of the term.
#[derive(Debug, Clone, Default)]
pub struct LifeLine {
    /// How much is past.
    pub past_pct: Pct,
    /// Where the renewal window begins; equal to its end when there is none.
    pub window_from_pct: Pct,
    /// Where the renewal window ends: the last day in force.
    pub window_to_pct: Pct,
    /// The last day for the renewal letter.
    pub letter_due_pct: Option<Pct>,
    /// Where a person ended the agreement before its last day.
    pub ended_pct: Option<Pct>,
    /// Today; `None` before signing and after the end.
    pub today_pct: Option<Pct>,
    /// Semester reports in order of time.
    pub reports: Vec<ReportDot>,
    /// "Berlaku sejak 17 Sep 2025".
    pub start_label: String,
    /// "Berakhir 16 Sep 2027".
    pub end_label: String,
    /// "Batas surat 16 Jul 2027", under the tick.
    pub letter_label: Option<String>,
    /// The same as the picture, said in a sentence.
    pub sentence: String,
}

impl LifeLine {
    /// The line as print, from its geometry. The geometry knows places, not the day of the letter.
    pub fn of(line: &Geometry, letter_due_on: Option<NaiveDate>) -> Self {
        let pct = |fraction: f64| Pct(fraction * 100.0);
        let end = if line.ended.is_some() { "Semula sampai" } else { "Berakhir" };
        Self {
            past_pct: pct(line.past),
            window_from_pct: line.window.map_or(Pct(100.0), |window| pct(window.from)),
            window_to_pct: line.window.map_or(Pct(100.0), |window| pct(window.to)),
            letter_due_pct: line.letter_due.map(pct),
            ended_pct: line.ended.map(pct),
            today_pct: line.today.map(pct),
            reports: line
                .reports
                .iter()
                .map(|report| ReportDot {
                    pct: pct(report.at),
                    state: match report.state {
                        DeadlineState::Met => ReportState::Accepted,
                        DeadlineState::Overdue => ReportState::Missing,
                        DeadlineState::Open => ReportState::Upcoming,
                        DeadlineState::Waived => ReportState::Waived,
                    },
                    label: report.label.replacen("Semester", "Sem", 1),
                })
                .collect(),
            start_label: format!("Berlaku sejak {}", date_short(line.starts_on)),
            end_label: format!("{end} {}", date_short(line.ends_on)),
            letter_label: letter_due_on.map(|day| format!("Batas surat {}", date_short(day))),
            sentence: line.sentence.clone(),
        }
    }

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
#[allow(clippy::unwrap_used)]
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
    fn the_print_of_a_line_stands_where_its_geometry_does() {
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
        let geometry = Geometry {
            starts_on: day("2025-09-17"),
            ends_on: day("2027-09-16"),
            past: 0.5,
            today: Some(0.5),
            window: None,
            letter_due: Some(0.915),
            ended: None,
            reports: Vec::new(),
            sentence: "Berlaku 17 September 2025 sampai dengan 16 September 2027.".into(),
        };
        let line = LifeLine::of(&geometry, Some(day("2027-07-16")));
        assert_eq!(line.past_pct.to_string(), "50%");
        assert_eq!(line.window_width().to_string(), "0%");
        assert_eq!(line.letter_label.as_deref(), Some("Batas surat 16 Jul 2027"));
        assert!(line.large().to_string().contains("x=\"91.5%\""));
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
            window_from_pct: Pct(87.4),
            window_to_pct: Pct(100.0),
            letter_due_pct: Some(Pct(91.5)),
            ended_pct: None,
            today_pct: Some(Pct(past)),
            reports: vec![
                dot(14.3, "Sem II 2025"),
                dot(39.0, "Sem I 2026"),
                dot(64.2, "Sem II 2026"),
                dot(88.6, "Sem I 2027"),
            ],
            start_label: "Berlaku sejak 17 Sep 2025".into(),
            end_label: "Berakhir 16 Sep 2027".into(),
            letter_label: Some("Batas surat 16 Jul 2027".into()),
            sentence: "Berlaku 17 September 2025 sampai dengan 16 September 2027; hari ini hari ke-667 \
                       dari 730. Empat laporan semester diterima. Surat perpanjangan paling lambat 16 Juli 2027."
                .into(),
        }
    }
}
