//! The agency's semester report: a cover letter to the Disdukcapil with the report as attachment.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use minijinja::{Value, context};

use super::addendum::last_in_force;
use super::clause::{self, ClauseError, Row, Scheme};
use super::facts::{self, facts, known};
use super::handover::cell;
use super::model::{Align, Block, Document, FactTable, Heading, Para, Run, Table};
use super::parts::{self, bold, kept, run_or_gap};
use super::pks::pks;
use super::{Job, Paper, Print, Stage};
use crate::domain::fact_sheet::{FactSheet, LetterNature, Report, Side, format_nip};
use crate::domain::semester_report::{Share, Usage, period, shares};
use crate::domain::term::term_end;
use crate::domain::wording::{MONTHS, capitalise, date_long, figures, heading, number_with_words};

/// The parts of the report, in order; each is a heading with its text.
const PARTS: [&str; 8] = [
    "report/identity",
    "report/usage",
    "report/results",
    "report/feedback",
    "report/operators",
    "report/problems",
    "report/incidents",
    "report/proposals",
];

/// Prints the report at that place in the list.
///
/// # Errors
/// [`ClauseError`] when the wording is faulty; never because of a fact.
pub fn semester_report(job: &Job<'_>, nth: usize, report: &Report) -> Result<Paper, ClauseError> {
    let (print, stage) = (&job.print, job.print.stage);
    let wording = &print.stationery.wording;
    let dated = report.letter.on.unwrap_or(job.today);
    let last_day = report.year.and_then(|year| period(year, report.semester)).map(|(_, last_day)| last_day);
    let sheet = &job.facts.consolidated(last_day.unwrap_or(dated));
    let usage = Usage::of(report, &sheet.access.methods);
    let values = values(sheet, job, report, &usage, dated)?;

    let year = report.year.map(|year| format!(" tahun {year}")).unwrap_or_default();
    let title = format!("Laporan semester {}{year} pemanfaatan data kependudukan", report.semester.roman());
    let mut blocks = cover(sheet, print, nth, report, dated, &values)?;
    blocks.push(Block::PageBreak);
    blocks.extend(attachment(sheet, stage, nth, report, dated));
    let rows = clause::rows(wording, &PARTS, &values, Scheme::Criteria)?.rows;
    for (row, part) in rows.into_iter().zip(PARTS) {
        let table = table(part, sheet, stage, report, &usage);
        blocks.extend(section(row, table.is_some()));
        blocks.extend(table);
    }
    blocks.extend(clause::prose(wording, "report/closing", &values)?);
    blocks.push(parts::signatures(None, vec![parts::head_signature(&sheet.user, Side::User)]));

    let document = Document { title, dated: Some(dated), furniture: print.furniture(), blocks };
    Ok(Paper { document, references: BTreeMap::new() })
}

fn values(
    sheet: &FactSheet,
    job: &Job<'_>,
    report: &Report,
    usage: &Usage,
    dated: NaiveDate,
) -> Result<Value, ClauseError> {
    let stage = job.print.stage;
    let settled = Print { stage: Stage::Final, ..job.print };
    let clause = pks(sheet, &settled)?.references.remove("reporting");
    let text = |fact: &Option<String>| {
        // "nihil" typed out is the same as nothing to tell.
        let told = facts::phrase(fact.as_deref()).filter(|text| !text.eq_ignore_ascii_case("nihil"));
        told.map_or_else(|| Value::from(()), |text| capitalise(&text).into())
    };
    let nil = usage.total() == Some(0);
    let feedback = report.feedback_count.or(nil.then_some(0));
    let channels: Vec<String> =
        sheet.feedback.channels.iter().map(|channel| channel.label().to_owned()).collect();
    let total = |form: fn(u64) -> String| {
        usage.total().map_or_else(|| clause::gap("jumlah akses"), |total| form(total).into())
    };
    Ok(context! {
        report => context! {
            semester => report.semester.roman(),
            year => report.year.map_or_else(|| clause::gap("tahun laporan"), |year| year.to_string().into()),
            clause => clause.map_or_else(|| Value::from(()), Value::from),
            period => printed_period(report).map_or_else(|| clause::gap("tahun laporan"), Value::from),
            nil,
            total => total(figures),
            total_in_words => total(number_with_words),
            has_results => !report.results.is_empty(),
            results_missing => clause::gap("hasil akses"),
            feedback => feedback.map_or_else(
                || clause::gap("jumlah data balikan"),
                |count| number_with_words(count.into()).into(),
            ),
            feedback_nil => feedback == Some(0),
            channels => facts::optional_list(&channels),
            operators => match sheet.operators.len() {
                0 => Value::from(()),
                count => number_with_words(count as u64).into(),
            },
            problems => text(&report.problems),
            incidents => text(&report.incidents),
            proposals => text(&report.proposals),
        },
        amended => last_in_force(sheet, dated, stage),
        ..facts(sheet, stage.citing())
    })
}

/// "1 Januari 2026 sampai dengan 30 Juni 2026".
fn printed_period(report: &Report) -> Option<String> {
    let (first, last) = period(report.year?, report.semester)?;
    Some(format!("{} sampai dengan {}", date_long(first), date_long(last)))
}

/// The letter that brings the report.
fn cover(
    sheet: &FactSheet,
    print: &Print<'_>,
    nth: usize,
    report: &Report,
    dated: NaiveDate,
    values: &Value,
) -> Result<Vec<Block>, ClauseError> {
    let (about, body) = clause::titled(&print.stationery.wording, "report/cover", values)?;
    let letter = &report.letter;
    let about = known(letter.about.as_deref()).map_or(about, |about| vec![Run::plain(about)]);
    let nature = match letter.nature {
        LetterNature::Usual => LetterNature::Important,
        nature => nature,
    };
    let attachments = known(letter.attachments.as_deref()).unwrap_or_else(|| "1 (satu) berkas".to_owned());
    let row = |label: &str, value: Vec<Run>| (vec![Run::plain(label)], value);
    let provider = &sheet.provider;
    let position = run_or_gap(known(provider.official.position.as_deref()), "jabatan PIHAK KESATU");
    let address = known(provider.institution.address.as_deref());
    let mut blocks = vec![
        parts::letterhead(print, &sheet.user, Side::User),
        Block::Facts(FactTable {
            label: None,
            rows: vec![
                row("Nomor", vec![number(print.stage, nth, report)]),
                row("Tanggal", vec![date(print.stage, nth, dated)]),
                row("Sifat", vec![Run::plain(nature.label())]),
                row("Lampiran", vec![Run::plain(attachments)]),
                row("Hal", about.into_iter().map(bold).collect()),
            ],
        }),
        Block::Space { lines: 1.0 },
        kept(Align::Left, vec![Run::plain("Yth. "), position]),
        kept(Align::Left, vec![Run::plain(address.unwrap_or_else(|| "di tempat".to_owned()))]),
        Block::Space { lines: 1.0 },
    ];
    blocks.extend(body);
    blocks.push(parts::signatures(None, vec![parts::head_signature(&sheet.user, Side::User)]));
    let own: Vec<String> = letter.copies_to.iter().filter_map(|copy| known(Some(copy))).collect();
    let agreed = sheet.reporting.copies_to.iter().filter_map(|copy| known(Some(copy)));
    let copies: Vec<String> = if own.is_empty() { agreed.collect() } else { own };
    if !copies.is_empty() {
        blocks.push(Block::Space { lines: 0.5 });
        blocks.push(kept(Align::Left, vec![Run::plain("Tembusan:")]));
        blocks.extend(copies.into_iter().zip(1..).map(|(copy, number)| {
            Block::Para(Para {
                label: Some(format!("{number}.")),
                level: 0,
                align: Align::Left,
                runs: vec![Run::plain(copy)],
                keep_with_next: false,
                anchor: None,
            })
        }));
    }
    Ok(blocks)
}

fn number(stage: Stage, nth: usize, report: &Report) -> Run {
    let slot = format!("reports.{nth}.letter.number");
    facts::number(stage, &slot, report.letter.number.as_deref(), "nomor surat laporan")
}

fn date(stage: Stage, nth: usize, dated: NaiveDate) -> Run {
    let slot = format!("reports.{nth}.letter.on/long");
    facts::date(stage, &slot, Some(dated), "tanggal surat laporan", date_long)
}

/// The head of the attachment: which letter it belongs to, and its title.
fn attachment(sheet: &FactSheet, stage: Stage, nth: usize, report: &Report, dated: NaiveDate) -> Vec<Block> {
    let year = report.year.map(|year| format!("Tahun {year}"));
    let line = |text: &str| vec![Run::bold(heading(text))];
    let semester = vec![
        Run::bold(heading(&format!("Semester {} ", report.semester.roman()))),
        bold(run_or_gap(year.map(|year| heading(&year)), "tahun laporan")),
    ];
    let user = known(sheet.user.institution.name.as_deref()).map(|name| heading(&name));
    let name = bold(run_or_gap(user, "nama instansi PIHAK KEDUA"));
    vec![
        parts::rows(
            None,
            vec![("Lampiran surat nomor", number(stage, nth, report)), ("Tanggal", date(stage, nth, dated))],
        ),
        Block::Space { lines: 0.8 },
        Block::Heading(Heading {
            level: 1,
            lines: vec![line("Laporan pemanfaatan data kependudukan"), semester, vec![name]],
            anchor: None,
        }),
    ]
}

/// A part of the report: its number and heading, then its text, which leads to a table or ends it.
fn section(row: Row, leads: bool) -> Vec<Block> {
    let title = Para {
        label: Some(row.label),
        level: 0,
        align: Align::Left,
        runs: row.title.into_iter().map(bold).collect(),
        keep_with_next: true,
        anchor: None,
    };
    let mut blocks = vec![Block::Space { lines: 0.4 }, Block::Para(title)];
    let last = row.paras.len();
    blocks.extend(row.paras.into_iter().zip(1..).map(|(para, at)| {
        let keep_with_next = para.keep_with_next || (leads && at == last);
        Block::Para(Para { level: para.level + 1, keep_with_next, ..para })
    }));
    blocks
}

/// The table below the text of a part.
fn table(part: &str, sheet: &FactSheet, stage: Stage, report: &Report, usage: &Usage) -> Option<Block> {
    let nil = usage.total() == Some(0);
    match part {
        "report/identity" => Some(identity(sheet, stage, report)),
        "report/usage" if !nil => Some(used(usage)),
        "report/results" if !report.results.is_empty() => Some(results(report)),
        "report/operators" if !sheet.operators.is_empty() => Some(operators(sheet)),
        _ => None,
    }
}

fn identity(sheet: &FactSheet, stage: Stage, report: &Report) -> Block {
    let number = |side: Side| {
        let party = parts::party(sheet, side);
        facts::number(
            stage.citing(),
            facts::number_slot(side),
            party.number.as_deref(),
            &format!("nomor {}", facts::role(side)),
        )
    };
    let about = known(sheet.subject.about.as_deref()).map(|about| about.trim_end_matches('.').to_owned());
    let signed_on = facts::date(
        stage.citing(),
        "signing.on/long",
        sheet.signing.on,
        "tanggal penandatanganan",
        date_long,
    );
    let end = term_end(sheet).map(|end| date_long(end.last_day));
    parts::rows(
        None,
        vec![
            ("Perjanjian tentang", run_or_gap(about, "judul perjanjian")),
            ("Nomor PIHAK KESATU", number(Side::Provider)),
            ("Nomor PIHAK KEDUA", number(Side::User)),
            ("Tanggal perjanjian", signed_on),
            ("Berlaku sampai dengan", run_or_gap(end, "tanggal akhir berlaku")),
            ("Lembaga pengguna", parts::institution_name(&sheet.user, Side::User)),
            ("Penanggung jawab", parts::official_position(&sheet.user, Side::User)),
            ("Masa laporan", run_or_gap(printed_period(report), "tahun laporan")),
        ],
    )
}

fn head(columns: impl IntoIterator<Item = String>) -> Vec<super::model::Cell> {
    columns.into_iter().map(|text| cell(Align::Center, vec![Run::bold(text)])).collect()
}

fn month_name(month: u32) -> Option<String> {
    let at = usize::try_from(month).ok()?.checked_sub(1)?;
    MONTHS.get(at).map(|&name| name.to_owned())
}

/// Lookups by month and method with totals.
fn used(usage: &Usage) -> Block {
    let count = |number: Option<u64>| run_or_gap(number.map(figures), "jumlah akses");
    let methods = usage.methods();
    let columns = methods.iter().map(|method| capitalise(method.label()));
    let header = head(["Bulan".to_owned()].into_iter().chain(columns).chain(["Jumlah".to_owned()]));
    let mut rows: Vec<Vec<super::model::Cell>> = Vec::new();
    for (month, by_method) in usage.months() {
        let name = run_or_gap(month.and_then(month_name), "bulan");
        let mut row = vec![cell(Align::Left, vec![name])];
        row.extend(by_method.iter().map(|&number| match number {
            // No entry: the method was not used in that month.
            None => cell(Align::Right, vec![Run::plain("–")]),
            Some(number) => cell(Align::Right, vec![count(number)]),
        }));
        row.push(cell(
            Align::Right,
            vec![match Usage::sum(by_method) {
                _ if by_method.iter().all(Option::is_none) => Run::plain("–"),
                sum => count(sum),
            }],
        ));
        rows.push(row);
    }
    let mut total = vec![cell(Align::Left, vec![Run::bold("Jumlah")])];
    total.extend((0..methods.len()).map(|at| cell(Align::Right, vec![bold(count(usage.of_method(at)))])));
    total.push(cell(Align::Right, vec![bold(count(usage.total()))]));
    rows.push(total);
    let each = 0.72 / (methods.len() + 1) as f32;
    let widths = std::iter::once(0.28).chain(std::iter::repeat_n(each, methods.len() + 1)).collect();
    Block::Table(Table { widths, header: vec![header], rows })
}

/// Answers of the system with their shares.
fn results(report: &Report) -> Block {
    let shares = shares(report);
    let row = |label: Vec<Run>, number: Option<u64>, share: Option<u32>, bolder: fn(Run) -> Run| {
        let tenths = share.map(|tenths| format!("{},{}%", tenths / 10, tenths % 10));
        vec![
            cell(Align::Left, label),
            cell(Align::Right, vec![bolder(run_or_gap(number.map(figures), "jumlah hasil"))]),
            cell(Align::Right, vec![bolder(Run::plain(tenths.unwrap_or_else(|| "–".to_owned())))]),
        ]
    };
    let mut rows: Vec<_> = shares
        .iter()
        .map(|Share { response, count, tenths }| {
            row(vec![Run::plain(response.label())], *count, *tenths, |run| run)
        })
        .collect();
    let total: Option<u64> = shares.iter().map(|share| share.count).sum();
    let whole = shares.iter().map(|share| share.tenths).sum::<Option<u32>>();
    rows.push(row(vec![Run::bold("Jumlah")], total, whole, bold));
    Block::Table(Table {
        widths: vec![0.58, 0.22, 0.20],
        header: vec![head(["Jawaban sistem", "Jumlah", "Bagian"].map(ToOwned::to_owned))],
        rows,
    })
}

fn operators(sheet: &FactSheet) -> Block {
    let plain = |text: Option<String>| vec![Run::plain(text.unwrap_or_else(|| "–".to_owned()))];
    let rows = sheet.operators.iter().zip(1..).map(|(operator, number)| {
        vec![
            cell(Align::Center, vec![Run::plain(format!("{number}."))]),
            cell(Align::Left, vec![run_or_gap(known(operator.name.as_deref()), "nama operator")]),
            cell(Align::Left, plain(known(operator.nip.as_deref()).map(|nip| format_nip(&nip)))),
            cell(Align::Left, vec![run_or_gap(known(operator.position.as_deref()), "jabatan operator")]),
        ]
    });
    Block::Table(Table {
        widths: vec![0.08, 0.29, 0.37, 0.26],
        header: vec![head(["No.", "Nama", "NIP", "Jabatan"].map(ToOwned::to_owned))],
        rows: rows.collect(),
    })
}

#[cfg(test)]
mod tests;
