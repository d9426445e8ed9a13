//! An addendum (Adendum) in legal form. Which articles it changes is not typed: the PKS is printed
//! with the facts before and after, and what differs is quoted in full. So a quotation is always the
//! article of the consolidated PKS, with its numbers and references.

use minijinja::{Value, context};

use super::clause::{self, ClauseError, Wording};
use super::facts::{self, dated, facts, numbered, role};
use super::model::{Align, Block, Document, Furniture, Heading, Para, Run};
use super::papers::PaperError;
use super::pks::{self, pks};
use super::{Job, Paper, Print, Stage};
use crate::domain::fact_sheet::{Addendum, FactSheet, Side, Signing};
use crate::domain::wording::{capitalise_words, date_long, terbilang, weekday_and_date_in_words};
use chrono::NaiveDate;

mod quoted;

pub use quoted::{Article, Quoted, QuotedKind, articles_of};

/// Prints the addendum at that place in the list.
///
/// # Errors
/// [`PaperError::Senseless`] when it changes nothing, or what is not there; [`PaperError::Wording`]
/// when the wording is faulty.
pub fn addendum(job: &Job<'_>, nth: usize, change: &Addendum) -> Result<Paper, PaperError> {
    let (print, stage) = (&job.print, job.print.stage);
    let wording = &print.stationery.wording;
    let before = job.facts.before_addendum(nth);
    let quoted = quoted::quoted(job.facts, nth, change, print)?;
    // Who signs late says so on the PKS, not here.
    let sheet = &FactSheet {
        signing: Signing { provider_on: None, user_on: None, ..before.signing.clone() },
        ..before.clone()
    };
    let whole = whole_name(nth);
    let clause = pks(sheet, &settled(print))?.references.remove("addendum");
    let values = context! {
        addendum => context! {
            name => whole.clone(),
            title => "Adendum",
            reason => reason(change),
            clause => clause.map_or_else(|| Value::from(()), Value::from),
            effective => change.effective_on.map_or_else(|| Value::from(()), |on| date_long(on).into()),
        },
        earlier_addenda => (0..nth).filter_map(|earlier| cited(job.facts, earlier, stage)).collect::<Vec<_>>(),
        ..facts(sheet, stage.citing())
    };

    let number = |side: Side, number: Option<&str>| {
        let slot = format!("addenda.{nth}.{}_number", side_key(side));
        facts::number(stage, &slot, number, &format!("nomor adendum {}", role(side)))
    };
    let numbers = [
        number(Side::Provider, change.provider_number.as_deref()),
        number(Side::User, change.user_number.as_deref()),
    ];
    let agreement = format!("Perjanjian {}", sheet.form.spelling.label());
    let about = match nth {
        0 => format!("Perubahan atas {agreement} tentang"),
        _ => format!("Perubahan {} atas {agreement} tentang", ordinal(nth)),
    };
    let mut blocks = pks::title_block(&[&whole, &agreement], sheet, numbers, &[&about]);
    blocks.extend(preamble(wording, sheet, nth, change, stage, &values)?);
    for side in [Side::Provider, Side::User] {
        blocks.extend(pks::party(print, sheet, side, &values)?);
    }
    for part in ["addendum/recitals", "addendum/agreement"] {
        blocks.extend(clause::prose(wording, part, &values)?);
    }
    blocks.push(pasal("I"));
    blocks.extend(changes(wording, &quoted, &values)?);
    blocks.push(pasal("II"));
    blocks.extend(paragraphs(wording, "addendum/commencement", &values)?);
    // Originals and stamps are those of the PKS, in the words of its own closing.
    let closing = context! { pks => "Adendum", ..values };
    blocks.extend(paragraphs(wording, "pks/closing", &closing)?);
    blocks.push(Block::Signatures(pks::signatures(sheet)));

    let furniture = Furniture { paraf: pks::paraf(sheet), ..print.furniture() };
    let document = Document { title: format!("{whole} {agreement}"), dated: change.on, furniture, blocks };
    Ok(Paper { document, references: std::collections::BTreeMap::new() })
}

/// "Adendum Kedua" as a paper cites it, with numbers and date; none without such an addendum.
fn cited(sheet: &FactSheet, nth: usize, stage: Stage) -> Option<Value> {
    let stage = stage.citing();
    let addendum = sheet.addenda.get(nth)?;
    let name = whole_name(nth);
    let number = |side: Side, number: Option<&str>| {
        let slot = format!("addenda.{nth}.{}_number", side_key(side));
        numbered(stage, &slot, number, &format!("nomor {name} {}", role(side)))
    };
    let slot = format!("addenda.{nth}.on/long");
    Some(context! {
        provider_number => number(Side::Provider, addendum.provider_number.as_deref()),
        user_number => number(Side::User, addendum.user_number.as_deref()),
        date => dated(stage, &slot, addendum.on, &format!("tanggal {name}"), date_long),
        name,
    })
}

/// The last addendum in force on a day, for papers that cite the agreement; none without one.
pub fn last_in_force(sheet: &FactSheet, on: NaiveDate, stage: Stage) -> Value {
    let last = sheet.addenda.iter().rposition(|one| one.in_force_from().is_some_and(|from| from <= on));
    last.and_then(|nth| cited(sheet, nth, stage)).unwrap_or_else(|| Value::from(()))
}

/// "Adendum Pertama".
fn whole_name(nth: usize) -> String {
    format!("Adendum {}", ordinal(nth))
}

/// "Pertama", "Kedua", …, by place from 0.
fn ordinal(nth: usize) -> String {
    match terbilang(nth as u64 + 1) {
        Some(words) if nth > 0 => capitalise_words(&format!("ke{words}")),
        _ => "Pertama".to_owned(),
    }
}

fn side_key(side: Side) -> &'static str {
    match side {
        Side::Provider => "provider",
        Side::User => "user",
    }
}

/// The PKS as it is compared and cited: final, whatever the stage of the addendum.
fn settled<'a>(print: &Print<'a>) -> Print<'a> {
    Print { stage: Stage::Final, ..*print }
}

fn reason(change: &Addendum) -> Value {
    match change.reason.as_deref().map(facts::after_bahwa) {
        Some(reason) if !reason.is_empty() => reason.into(),
        _ => clause::gap("alasan adendum"),
    }
}

/// The preamble of the PKS with the day and place of the addendum.
fn preamble(
    wording: &Wording,
    sheet: &FactSheet,
    nth: usize,
    change: &Addendum,
    stage: Stage,
    values: &Value,
) -> Result<Vec<Block>, ClauseError> {
    let slot = format!("addenda.{nth}.on/words");
    let values = context! {
        signing => context! {
            date => dated(stage, &slot, change.on, "tanggal adendum", |on| {
                weekday_and_date_in_words(on, sheet.form.date_words)
            }),
            place => facts::optional_phrase(change.place.as_deref()),
        },
        ..values.clone()
    };
    clause::prose(wording, "pks/preamble", &values)
}

fn pasal(number: &str) -> Block {
    let lines = vec![vec![Run::bold(format!("Pasal {number}"))]];
    Block::Heading(Heading { level: 2, lines, anchor: None })
}

/// The paragraphs of an article of another wording, under a heading of this paper.
fn paragraphs(wording: &Wording, file: &str, values: &Value) -> Result<Vec<Block>, ClauseError> {
    let articles = clause::articles(wording, &[file], values, false)?;
    let paras = articles.blocks.into_iter().filter(|block| matches!(block, Block::Para(_)));
    Ok(paras.collect())
}

/// Pasal I: each change with what it makes of the article.
fn changes(wording: &Wording, quoted: &[Quoted], values: &Value) -> Result<Vec<Block>, ClauseError> {
    let with = |quoted: &Quoted| {
        let kind = match quoted.kind {
            QuotedKind::Changed => "changed",
            QuotedKind::Added => "added",
            QuotedKind::Removed => "removed",
        };
        let place = quoted.place.clone().map_or_else(|| clause::gap("ketentuan yang diubah"), Value::from);
        let change = context! { kind, place, after => quoted.after.clone() };
        context! { change, ..values.clone() }
    };
    if let [only] = quoted
        && only.kind == QuotedKind::Changed
    {
        let mut blocks = vec![introduced(clause::line(wording, "addendum/single", &with(only))?, None, true)];
        blocks.extend(only.blocks(0));
        return Ok(blocks);
    }
    let mut blocks = vec![introduced(clause::line(wording, "addendum/several", values)?, None, true)];
    for (one, number) in quoted.iter().zip(1..) {
        let text = clause::line(wording, "addendum/item", &with(one))?;
        let quotes = one.kind != QuotedKind::Removed;
        blocks.push(introduced(text, Some(format!("{number}.")), quotes));
        blocks.extend(one.blocks(1));
    }
    Ok(blocks)
}

fn introduced(runs: Vec<Run>, label: Option<String>, keep_with_next: bool) -> Block {
    Block::Para(Para { label, level: 0, align: Align::Justify, runs, keep_with_next, anchor: None })
}

#[cfg(test)]
mod tests;
