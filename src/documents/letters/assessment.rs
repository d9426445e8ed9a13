//! The result of an evaluation, to whom the PKS names; with the figures of the report it rests on.

use minijinja::context;

use super::access::cell;
use super::entry;
use super::frame::{Draft, Enclosure, Issuer, ONE_FILE, Recipient};
use super::values::{self, items, phrase_or_gap};
use crate::documents::clause::{self, gap};
use crate::documents::facts::known;
use crate::documents::model::{Align, Block, Run, Table};
use crate::documents::papers::PaperError;
use crate::documents::{Job, parts};
use crate::domain::fact_sheet::{Assessment, LetterNature, MonthlyUse, Report};
use crate::domain::wording::{MONTHS, figures};

/// From the Disdukcapil upward.
///
/// # Errors
/// When there is no such evaluation, or the wording is faulty.
pub(super) fn assessment<'a>(job: &Job<'a>, nth: usize) -> Result<Draft<'a>, PaperError> {
    let sheet = job.facts;
    let (assessment, path) = entry(&sheet.assessments, "assessments", nth)?;
    let report = report_of(&sheet.reports, assessment);
    let values = context! {
        assessment => context! {
            semester => values::semester(assessment.semester, assessment.year),
            findings => items(&assessment.findings),
            verdict => assessment.verdict.code(),
            recommendation => phrase_or_gap(assessment.recommendation.as_deref(), "rekomendasi"),
            figures => report.is_some(),
            lookups => report.and_then(lookups).map_or_else(|| gap("jumlah akses"), |sum| figures(sum).into()),
        },
        clauses => values::clauses(job)?,
        ..values::agreement(job)
    };
    let enclosures = match report {
        Some(report) => {
            let wording = &job.print.stationery.wording;
            let (title, mut blocks) = clause::titled(wording, "letters/assessment_figures", &values)?;
            blocks.extend(figures_of(report));
            vec![Enclosure { title, blocks }]
        }
        None => Vec::new(),
    };
    let evaluation = &sheet.evaluation;
    let through = evaluation.through.as_deref();
    Ok(Draft {
        letter: assessment.letter.clone(),
        path: format!("{path}.letter"),
        issuer: Issuer::Office,
        to: Recipient::Named(evaluation.recipient.as_deref(), "penerima hasil evaluasi"),
        through: through.map(|name| Recipient::Named(Some(name), "perantara hasil evaluasi")),
        nature: LetterNature::Ordinary,
        attachments: report.is_some().then_some(ONE_FILE),
        copies: known(evaluation.copy_to.as_deref()).into_iter().collect(),
        wording: "letters/assessment",
        values,
        enclosures,
    })
}

/// The report of the semester that is evaluated.
fn report_of<'a>(reports: &'a [Report], assessment: &Assessment) -> Option<&'a Report> {
    reports.iter().find(|report| {
        assessment.year.is_some() && report.year == assessment.year && report.semester == assessment.semester
    })
}

/// All lookups of a report; none while it names none.
fn lookups(report: &Report) -> Option<u64> {
    let known: Vec<u64> = report.usage.iter().filter_map(|month| month.lookups).map(u64::from).collect();
    (!known.is_empty()).then(|| known.iter().sum())
}

fn figures_of(report: &Report) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !report.usage.is_empty() {
        let mut rows: Vec<[Run; 3]> = report.usage.iter().map(month).collect();
        let sum = lookups(report).map(figures);
        rows.push([Run::bold("Jumlah"), Run::plain(""), parts::bold(parts::run_or_gap(sum, "jumlah akses"))]);
        blocks.push(heading("Pemakaian hak akses"));
        blocks.push(table(["Bulan", "Metode", "Jumlah akses"], rows, [0.4, 0.3, 0.3]));
    }
    if !report.results.is_empty() {
        let rows = report.results.iter().zip(1..).map(|(result, number)| {
            let count = result.count.map(|count| figures(count.into()));
            [
                Run::plain(format!("{number}.")),
                Run::plain(result.response.label()),
                parts::run_or_gap(count, "jumlah hasil"),
            ]
        });
        blocks.push(heading("Hasil pencarian"));
        blocks.push(table(["No.", "Hasil", "Jumlah"], rows.collect(), [0.1, 0.65, 0.25]));
    }
    let handed_over = report.feedback_count.map(|count| format!("{} rekaman", figures(count.into())));
    if let Some(count) = handed_over {
        blocks.push(Block::Space { lines: 0.4 });
        blocks.push(parts::rows(None, vec![("Data balikan yang diserahkan", Run::plain(count))]));
    }
    blocks
}

fn month(usage: &MonthlyUse) -> [Run; 3] {
    let name = usage.month.and_then(|month| MONTHS.get((month as usize).checked_sub(1)?));
    let count = usage.lookups.map(|count| figures(count.into()));
    [
        parts::run_or_gap(name.map(|name| (*name).to_owned()), "bulan"),
        Run::italic(usage.method.label()),
        parts::run_or_gap(count, "jumlah akses"),
    ]
}

fn heading(text: &str) -> Block {
    parts::kept(Align::Left, vec![Run::bold(text)])
}

fn table(header: [&str; 3], rows: Vec<[Run; 3]>, widths: [f32; 3]) -> Block {
    Block::Table(Table {
        widths: widths.to_vec(),
        header: vec![header.map(|label| cell(vec![Run::bold(label)])).to_vec()],
        rows: rows.into_iter().map(|row| row.map(|run| cell(vec![run])).to_vec()).collect(),
    })
}
