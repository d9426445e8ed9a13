//! The first screen: what to do today, each line with its reason and one verb.

use super::layout::Layout;
use super::life_line::Pct;
use super::parts::{Act, Event, Todo, Tone};
use askama::Template;

/// `/`
#[derive(Debug, Clone, Default, Template)]
#[template(path = "dashboard/show.html", whitespace = "minimize")]
pub struct DashboardPage {
    /// Frame.
    pub layout: Layout,
    /// "Selamat pagi, Rini".
    pub greeting: String,
    /// "Jumat, 16 Juli 2027 · 4 hal menunggu Anda hari ini".
    pub today: String,
    /// "Perjanjian baru", for those who may.
    pub acts: Vec<Act>,
    /// Four figures.
    pub counts: Vec<Count>,
    /// Today and what is late, most urgent first.
    pub todos: Vec<Todo>,
    /// Said when nothing waits: "Tidak ada yang terlambat. Berikutnya: …".
    pub nothing_due: String,
    /// "18 lagi di Tenggat", with its address, when not all are shown.
    pub more: Option<(String, String)>,
    /// Agreements that end in the months to come.
    pub endings: EndingsChart,
    /// Mails that reached nobody.
    pub undeliverable: Vec<Todo>,
    /// The last acts.
    pub history: Vec<Event>,
}

/// A figure that leads to its list.
#[derive(Debug, Clone, Default)]
pub struct Count {
    /// "58", "1.000+".
    pub value: String,
    /// "berlaku".
    pub label: String,
    /// The list.
    pub href: String,
    /// Colour; only when the figure is not nought.
    pub tone: Tone,
}

/// How many agreements end in a month.
#[derive(Debug, Clone, Default)]
pub struct EndingMonth {
    /// "Juli 2027".
    pub label: String,
    /// "Jul 27", under every sixth bar.
    pub short: String,
    /// How many.
    pub count: u32,
    /// The list of that month.
    pub href: String,
}

/// Agreements that end, month by month, as bars with a table beside.
#[derive(Debug, Clone, Default)]
pub struct EndingsChart {
    /// The months with the place of their bars.
    pub bars: Vec<EndingBar>,
    /// "Puncak Februari 2028: 21 perjanjian."
    pub sentence: String,
}

/// A bar of the chart. Places are percent of the width and of the height of the drawing.
#[derive(Debug, Clone, Default)]
pub struct EndingBar {
    /// Its month.
    pub month: EndingMonth,
    /// Left edge.
    pub x: Pct,
    /// Middle, where labels are anchored.
    pub middle: Pct,
    /// Width.
    pub width: Pct,
    /// Top edge.
    pub y: Pct,
    /// Height.
    pub height: Pct,
    /// Whether no month has more.
    pub peak: bool,
    /// Whether its month is written below.
    pub labelled: bool,
}

/// Bars leave this much of the height free above, for the figure of the peak, and below, for months.
const ABOVE: f64 = 13.0;
const BELOW: f64 = 14.0;

impl EndingsChart {
    /// The chart of these months, in order of time.
    pub fn new(months: Vec<EndingMonth>) -> Self {
        let most = months.iter().map(|month| month.count).max().unwrap_or(0);
        let peak = months.iter().position(|month| month.count == most && most > 0);
        let sentence = match peak.and_then(|at| months.get(at)) {
            Some(month) => format!("Puncak {}: {} perjanjian.", month.label, month.count),
            None => "Tidak ada perjanjian yang berakhir dalam masa ini.".to_owned(),
        };
        let step = 100.0 / months.len().max(1) as f64;
        let bars = months
            .into_iter()
            .enumerate()
            .map(|(i, month)| {
                let share = if most == 0 { 0.0 } else { f64::from(month.count) / f64::from(most) };
                let height = (share * (100.0 - ABOVE - BELOW)).max(0.8);
                let x = i as f64 * step;
                EndingBar {
                    x: Pct(x + step * 0.12),
                    middle: Pct(x + step * 0.5),
                    width: Pct(step * 0.76),
                    y: Pct(100.0 - BELOW - height),
                    height: Pct(height),
                    peak: Some(i) == peak,
                    labelled: i % 6 == 0,
                    month,
                }
            })
            .collect();
        Self { bars, sentence }
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use super::super::agreements::samples::events;
    use super::super::layout::{self, NavItem};
    use super::super::parts::*;
    use super::*;

    fn months() -> Vec<EndingMonth> {
        let names = [
            "Januari",
            "Februari",
            "Maret",
            "April",
            "Mei",
            "Juni",
            "Juli",
            "Agustus",
            "September",
            "Oktober",
            "November",
            "Desember",
        ];
        let counts = [3, 5, 8, 2, 4, 1, 6, 21, 3, 2, 5, 4, 1, 7, 3, 4, 0, 2, 3, 1, 5, 2, 1, 3];
        counts
            .iter()
            .enumerate()
            .map(|(i, count)| {
                let (month, year) = ((6 + i) % 12, 2027 + (6 + i) / 12);
                EndingMonth {
                    label: format!("{} {year}", names[month]),
                    short: format!("{} {}", &names[month][..3], year - 2000),
                    count: *count,
                    href: format!("/perjanjian?berakhir={year}-{:02}", month + 1),
                }
            })
            .collect()
    }

    /// A working day, or one on which nothing waits.
    pub(crate) fn page(busy: bool) -> DashboardPage {
        let count = |value: &str, label: &str, tone| Count {
            value: value.into(),
            label: label.into(),
            href: "/perjanjian".into(),
            tone,
        };
        let todo = |when: (&str, &str), tone, title: &str, about: &str, why: &str, verb: &str| Todo {
            when: when.0.into(),
            when_note: when.1.into(),
            tone,
            title: title.into(),
            href: "/perjanjian/01981f2e".into(),
            about: about.into(),
            why: (!why.is_empty()).then(|| why.into()),
            acts: vec![Act::link(verb, "/perjanjian/01981f2e").small()],
        };
        let todos = vec![
            todo(
                ("12 Juli", "4 hari lewat"),
                Tone::Overdue,
                "Laporan semester I belum masuk",
                "RSUD Tirta Husada, diingatkan 3 kali",
                "Petunjuk Teknis angka V huruf C",
                "Catat laporan",
            ),
            todo(
                ("Hari ini", "hari kerja terakhir"),
                Tone::Attention,
                "Batas surat perpanjangan",
                "Dinas Perikanan, berakhir 16 September 2027",
                "Petunjuk Teknis angka VI huruf F",
                "Catat surat",
            ),
            todo(
                ("Hari ini", "6 bulan sejak tanda tangan"),
                Tone::Attention,
                "Sertifikat ISO/IEC 27001 belum ada",
                "Badan Penanggulangan Bencana Daerah",
                "Pasal 2 ayat (2) huruf i",
                "Minta bukti",
            ),
            todo(
                ("19 Juli", "Senin"),
                Tone::Quiet,
                "User ID harus diserahkan",
                "Kecamatan Sukamaju, surat diterima 5 Juli",
                "Petunjuk Teknis angka 2 huruf i",
                "Catat serah terima",
            ),
        ];
        DashboardPage {
            layout: layout::sample("Beranda", NavItem::Dashboard),
            greeting: "Selamat pagi, Rini".into(),
            today: "Jumat, 16 Juli 2027 · 4 hal menunggu Anda hari ini".into(),
            acts: vec![Act::link("Perjanjian baru", "/perjanjian/baru").primary().icon("plus")],
            counts: vec![
                count("58", "berlaku", Tone::Quiet),
                count("6", "berakhir dalam 6 bulan", Tone::Attention),
                count("2", "lewat batas perpanjangan", Tone::Overdue),
                count("11", "dalam proses", Tone::Quiet),
            ],
            todos: if busy { todos } else { Vec::new() },
            nothing_due: "Tidak ada yang jatuh tempo hari ini dan tidak ada yang terlambat. Berikutnya: laporan semester Dinas Pendidikan, Senin, 19 Juli 2027.".into(),
            more: busy.then(|| ("18 lagi di Tenggat".into(), "/tenggat".into())),
            endings: EndingsChart::new(if busy { months() } else { Vec::new() }),
            undeliverable: if busy {
                vec![todo(("9 Juli", "2 kali dicoba"), Tone::Overdue, "Pengingat perpanjangan tidak sampai", "Pemerintah Desa Mekarsari", "alamat ditolak server penerima", "Cetak surat")]
            } else {
                Vec::new()
            },
            history: if busy { events() } else { Vec::new() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tallest_bar_fills_the_drawing_and_an_empty_month_stays_visible() {
        let month = |count| EndingMonth { label: "Juli 2027".into(), count, ..EndingMonth::default() };
        let chart = EndingsChart::new(vec![month(0), month(4), month(2)]);
        assert_eq!(chart.bars[1].y.to_string(), "13%");
        assert!(chart.bars[1].peak && !chart.bars[2].peak);
        assert!(chart.bars[0].height.0 > 0.0);
        assert_eq!(chart.sentence, "Puncak Juli 2027: 4 perjanjian.");
    }

    #[test]
    fn a_chart_without_months_says_so() {
        assert!(EndingsChart::new(Vec::new()).sentence.starts_with("Tidak ada perjanjian"));
    }
}
