//! What the wordings of letters may say beside the facts of the agreement.

use minijinja::{Value, context};

use super::frame::region_head;
use crate::documents::clause::{ClauseError, gap, slot};
use crate::documents::facts::{facts, known, numbered};
use crate::documents::{Job, Stage, pks};
use crate::domain::dates::last_day_of_length;
use crate::domain::fact_sheet::{
    Access, EndRule, FactSheet, InstitutionKind, Letter, Predecessor, Quota, QuotaStage, Semester,
};
use crate::domain::term::term_end;
use crate::domain::wording::{date_long, join_list, length_with_words, number_with_words, terbilang};

/// The facts of the agreement as letters cite them. Only a letter's own date is left to be written by
/// hand, so the date of the agreement stays.
pub(super) fn agreement(job: &Job<'_>) -> Value {
    let stage = match job.print.stage {
        Stage::ReadyToSign { .. } => Stage::ReadyToSign { blank_date: false },
        stage => stage,
    };
    let sheet = job.facts;
    context! {
        region_head => or_gap(region_head(sheet), "wilayah PIHAK KESATU"),
        ends_on => or_gap(term_end(sheet).map(|end| date_long(end.last_day)), "hari terakhir berlaku"),
        length => or_gap(length(sheet), "jangka waktu"),
        quota => quota(&sheet.access).map_or_else(|| Value::from(()), Value::from),
        renewal_clause => optional(sheet.renewal.clause.as_deref()),
        previous => previous(&sheet.supersedes, stage),
        legal_entity => sheet.user.institution.kind == InstitutionKind::LegalEntity,
        ..facts(sheet, stage)
    }
}

/// A known text, or a gap with that name.
pub(super) fn or_gap(text: Option<String>, name: &str) -> Value {
    text.map_or_else(|| gap(name), Value::from)
}

/// A known text, or none.
pub(super) fn optional(text: Option<&str>) -> Value {
    known(text).map_or_else(|| Value::from(()), Value::from)
}

/// Known texts as parts of a list: without the punctuation of sentences of their own.
pub(super) fn items(texts: &[String]) -> Vec<String> {
    let phrase =
        |text: &String| known(Some(text)).map(|text| text.trim_end_matches(['.', ';', ' ']).to_owned());
    texts.iter().filter_map(phrase).filter(|text| !text.is_empty()).collect()
}

/// A known text that ends a sentence of the wording: without its own full stop.
pub(super) fn phrase_or_gap(text: Option<&str>, name: &str) -> Value {
    or_gap(known(text).map(|text| text.trim_end_matches(['.', ';', ' ']).to_owned()), name)
}

/// Another letter by number and date, each at its slot.
pub(super) fn cited(job: &Job<'_>, path: &str, letter: &Letter, name: &str) -> Value {
    let stage = job.print.stage;
    context! {
        number => numbered(stage, &format!("{path}.number"), letter.number.as_deref(), &format!("nomor {name}")),
        date => match letter.on {
            None if !stage.blanks_numbers() => gap(&format!("tanggal {name}")),
            on => slot(&format!("{path}.on/long"), on.map(date_long)),
        },
    }
}

/// Clauses of the PKS as they are cited: "Pasal 8 ayat (1)".
///
/// # Errors
/// When the wording of the PKS is faulty.
pub(super) fn clauses(job: &Job<'_>) -> Result<Value, ClauseError> {
    let references = pks::pks(job.facts, &job.print)?.references;
    let clause = |label: &str, about: &str| {
        references.get(label).cloned().map_or_else(|| gap(&format!("pasal {about}")), Value::from)
    };
    Ok(context! {
        access => clause("access", "hak akses"),
        duties => clause("duties.user", "kewajiban PIHAK KEDUA"),
        secrecy => clause("secrecy", "kerahasiaan"),
        feedback => clause("feedback", "data balikan"),
        reporting => clause("reporting", "laporan"),
        evaluation => clause("evaluation", "evaluasi"),
        evaluation_result => clause("evaluation_result", "hasil evaluasi"),
        breach => clause("breach", "pengakhiran"),
        ending => clause("ending", "berakhirnya perjanjian"),
        addendum => clause("addendum", "adendum"),
    })
}

fn previous(previous: &Predecessor, stage: Stage) -> Value {
    if *previous == Predecessor::default() {
        return Value::from(());
    }
    let number = |slot_name: &str, number: &Option<String>, name: &str| {
        numbered(stage, slot_name, number.as_deref(), name)
    };
    context! {
        provider_number => number(
            "supersedes.provider_number",
            &previous.provider_number,
            "nomor PIHAK KESATU perjanjian sebelumnya",
        ),
        user_number => number(
            "supersedes.user_number",
            &previous.user_number,
            "nomor PIHAK KEDUA perjanjian sebelumnya",
        ),
        date => or_gap(previous.on.map(date_long), "tanggal perjanjian sebelumnya"),
    }
}

/// How long the agreement is to hold: as it is stated, or as its first and last day tell.
fn length(sheet: &FactSheet) -> Option<String> {
    if let Some(months) = sheet.term.months.filter(|months| *months > 0) {
        return Some(length_with_words(months));
    }
    let end = sheet.term.end_on?;
    let Some(start) = sheet.term.start_on.or(sheet.signing.on) else {
        return Some(format!("sampai dengan {}", date_long(end)));
    };
    let whole = (1..=600)
        .find(|months| EndRule::ALL.iter().any(|rule| last_day_of_length(start, *months, *rule) == end));
    Some(
        whole.map_or_else(
            || format!("{} sampai dengan {}", date_long(start), date_long(end)),
            length_with_words,
        ),
    )
}

/// "200 (dua ratus) hit NIK per hari sebelum Proof of Concept dan tanpa batas setelah Proof of Concept".
pub(super) fn quota(access: &Access) -> Option<String> {
    let stages: Vec<String> = access
        .quota
        .iter()
        .map(|quota| {
            let per_day = per_day(quota);
            match quota.stage {
                QuotaStage::Whole => per_day,
                QuotaStage::BeforePoc => format!("{per_day} sebelum Proof of Concept"),
                QuotaStage::AfterPoc => format!("{per_day} setelah Proof of Concept"),
            }
        })
        .collect();
    (!stages.is_empty()).then(|| join_list(&stages))
}

/// "200 (dua ratus) hit NIK per hari", "tanpa batas".
pub(super) fn per_day(quota: &Quota) -> String {
    quota.per_day.map_or_else(
        || "tanpa batas".to_owned(),
        |hits| format!("{} hit NIK per hari", number_with_words(hits.into())),
    )
}

/// The semester asked for: "semester I tahun 2026".
pub(super) fn semester(semester: Semester, year: Option<u16>) -> Value {
    or_gap(year.map(|year| format!("semester {} tahun {year}", semester.roman())), "tahun laporan")
}

/// "pertama", "kedua", "kesebelas".
pub(super) fn ordinal(number: usize) -> String {
    match (number, terbilang(number as u64)) {
        (1, _) => "pertama".to_owned(),
        (_, Some(words)) => format!("ke{words}"),
        (number, None) => format!("ke-{number}"),
    }
}
