//! What the wordings of statements may say beside the facts of every paper, under `statement`.

use minijinja::{Value, context};

use super::juknis::agreement_date;
use super::*;
use crate::documents::statements::Declarant;

/// The permission an NDA needs where it names nobody else's.
const DITJEN: &str = "Ditjen Dukcapil";
/// What the agency's letter is about where it does not say.
const RENEWAL_ABOUT: &str = "permohonan perpanjangan";

/// Everything the wordings of an SPTJM and an NDA may say.
pub fn statement(sheet: &FactSheet, stage: Stage, declarant: &Declarant) -> Value {
    context! {
        statement => context! {
            agreement_date => agreement_date(sheet, stage),
            ..common(sheet, declarant)
        },
        ..facts(sheet, stage)
    }
}

/// The same for the SPTJM perpanjangan: the agreement it stands on and the letter it names.
pub fn renewal_statement(
    sheet: &FactSheet,
    stage: Stage,
    declarant: &Declarant,
    old: Option<&Predecessor>,
    letter: &Letter,
) -> Value {
    // What is being renewed was signed and registered long ago: nothing of it is a slot.
    let old_number = |number: Option<&str>, side| {
        needed(number, &format!("nomor {} perjanjian yang diperpanjang", role(side)))
    };
    let day = |on: Option<NaiveDate>, name| on.map_or_else(|| gap(name), |on| date_long(on).into());
    let (provider_number, user_number, agreement_date) = match old {
        Some(old) => (
            old_number(old.provider_number.as_deref(), Side::Provider),
            old_number(old.user_number.as_deref(), Side::User),
            day(old.on, "tanggal perjanjian yang diperpanjang"),
        ),
        None => (
            old_number(sheet.provider.number.as_deref(), Side::Provider),
            old_number(sheet.user.number.as_deref(), Side::User),
            day(sheet.signing.on, "tanggal perjanjian yang diperpanjang"),
        ),
    };
    let about = phrase(letter.about.as_deref());
    context! {
        statement => context! {
            provider_number,
            user_number,
            agreement_date,
            letter_number => needed(letter.number.as_deref(), "nomor surat permohonan perpanjangan"),
            letter_date => day(letter.on, "tanggal surat permohonan perpanjangan"),
            letter_about => about.unwrap_or_else(|| RENEWAL_ABOUT.to_owned()),
            ..common(sheet, declarant)
        },
        ..facts(sheet, stage)
    }
}

fn common(sheet: &FactSheet, declarant: &Declarant) -> Value {
    let rule = access_rule(sheet);
    context! {
        name => needed(declarant.person.name.as_deref(), "nama yang menyatakan"),
        official_form => declarant.on_official_form(),
        sanctions => declarant.on_official_form(),
        permission_of => phrase(declarant.permission_of.as_deref()).unwrap_or_else(|| DITJEN.to_owned()),
        poc => needs_proof_of_concept(sheet),
        access_rule => rule.is_some(),
        access_rule_amended => rule == Some(Amended(true)),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Amended(bool);

/// Whether the agreement stands on Permendagri 102/2019, and on its amendment 17/2023: a statement
/// cites no regulation that its agreement does not, least of all a later one.
fn access_rule(sheet: &FactSheet) -> Option<Amended> {
    let is = |regulation: &Regulation, number: &str, year| {
        regulation.kind == RegulationKind::Permendagri
            && regulation.number.as_deref() == Some(number)
            && regulation.year == Some(year)
    };
    let basis = sheet.legal_bases.iter().find(|basis| is(&basis.regulation, "102", 2019))?;
    let apart = sheet.legal_bases.iter().map(|basis| &basis.regulation);
    Some(Amended(basis.amended_by.iter().chain(apart).any(|regulation| is(regulation, "17", 2023))))
}
