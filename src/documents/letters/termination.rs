//! The letter that ends an agreement.

use minijinja::{Value, context};

use super::frame::{Draft, Issuer, Recipient, region_head};
use super::values::{self, or_gap, phrase_or_gap};
use crate::documents::Job;
use crate::documents::clause::gap;
use crate::documents::papers::PaperError;
use crate::domain::fact_sheet::{LetterNature, ReaderUse};
use crate::domain::wording::date_with_weekday;

/// From the Disdukcapil to the agency. An end that was recorded tells day and ground.
///
/// # Errors
/// When the wording of the PKS is faulty.
pub(super) fn termination<'a>(job: &Job<'a>) -> Result<Draft<'a>, PaperError> {
    let sheet = job.facts;
    let facts = &sheet.letters.termination;
    let ended = job.acts.ended.as_ref();
    let mut letter = facts.letter.clone();
    if letter.number.is_none() {
        letter.number = ended.and_then(|ended| ended.letter.clone());
    }
    let cause = ended.map_or(facts.cause, |ended| ended.cause);
    let on = facts.on.or(ended.map(|ended| ended.on));
    let values = context! {
        termination => context! {
            cause => cause.code(),
            reason => facts.reason.as_deref().map_or_else(
                || Value::from(()),
                |reason| phrase_or_gap(Some(reason), "alasan pengakhiran"),
            ),
            no_reason => gap("alasan pengakhiran"),
            on => or_gap(on.map(date_with_weekday), "tanggal pengakhiran"),
        },
        returns_sam => sheet.card_readers.usage == ReaderUse::Used,
        clauses => values::clauses(job)?,
        ..values::agreement(job)
    };
    Ok(Draft {
        letter,
        path: "letters.termination.letter".to_owned(),
        issuer: Issuer::Office,
        to: Recipient::Agency,
        through: None,
        nature: LetterNature::Important,
        attachments: None,
        copies: ["Direktur Jenderal Kependudukan dan Pencatatan Sipil Kementerian Dalam Negeri".to_owned()]
            .into_iter()
            .chain(region_head(sheet))
            .collect(),
        wording: "letters/termination",
        values,
        enclosures: Vec::new(),
    })
}
