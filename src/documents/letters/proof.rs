//! Proof of concept of an application: request, day and result (Juknis row II.D).

use minijinja::{Value, context};

use super::entry;
use super::frame::{Draft, Issuer, Recipient};
use super::values::{self, cited, items, or_gap, per_day, phrase_or_gap};
use crate::documents::Job;
use crate::documents::clause::gap;
use crate::documents::papers::PaperError;
use crate::domain::fact_sheet::{Letter, LetterNature, ProofOfConcept, QuotaStage};
use crate::domain::wording::date_with_weekday;

/// From the agency's head to the Disdukcapil.
///
/// # Errors
/// When there is no such proof.
pub(super) fn request<'a>(job: &Job<'a>, nth: usize) -> Result<Draft<'a>, PaperError> {
    let (proof, path) = entry(&job.facts.proofs, "proofs", nth)?;
    let values = values_of(job, proof, &path);
    Ok(draft(Issuer::Agency, &proof.letter, format!("{path}.letter"), "letters/poc_request", values))
}

/// From the Disdukcapil to the agency: day, hour and place.
///
/// # Errors
/// When there is no such proof.
pub(super) fn schedule<'a>(job: &Job<'a>, nth: usize) -> Result<Draft<'a>, PaperError> {
    let (proof, path) = entry(&job.facts.proofs, "proofs", nth)?;
    let values = values_of(job, proof, &path);
    Ok(draft(Issuer::Office, &proof.schedule, format!("{path}.schedule"), "letters/poc_schedule", values))
}

/// From the Disdukcapil to the agency: how it went, and what follows.
///
/// # Errors
/// When there is no such proof.
pub(super) fn result<'a>(job: &Job<'a>, nth: usize) -> Result<Draft<'a>, PaperError> {
    let (proof, path) = entry(&job.facts.proofs, "proofs", nth)?;
    let values = values_of(job, proof, &path);
    Ok(draft(Issuer::Office, &proof.result, format!("{path}.result"), "letters/poc_result", values))
}

fn draft<'a>(
    issuer: Issuer,
    letter: &Letter,
    path: String,
    wording: &'static str,
    values: Value,
) -> Draft<'a> {
    Draft {
        letter: letter.clone(),
        path,
        issuer,
        to: if issuer == Issuer::Agency { Recipient::Office } else { Recipient::Agency },
        through: None,
        nature: LetterNature::Ordinary,
        attachments: None,
        copies: Vec::new(),
        wording,
        values,
        enclosures: Vec::new(),
    }
}

fn values_of(job: &Job<'_>, proof: &ProofOfConcept, path: &str) -> Value {
    let quota = |stage| {
        let of_stage = job.facts.access.quota.iter().find(|quota| quota.stage == stage);
        of_stage.map_or_else(|| Value::from(()), |quota| per_day(quota).into())
    };
    context! {
        proof => context! {
            application => phrase_or_gap(proof.application.as_deref(), "nama aplikasi"),
            day => or_gap(proof.on.map(date_with_weekday), "hari pelaksanaan"),
            hour => phrase_or_gap(proof.hour.as_deref(), "pukul pelaksanaan"),
            place => phrase_or_gap(proof.place.as_deref(), "tempat pelaksanaan"),
            outcome => proof.outcome.code(),
            no_outcome => gap("hasil Proof of Concept"),
            findings => items(&proof.findings),
            quota_before => quota(QuotaStage::BeforePoc),
            quota_after => quota(QuotaStage::AfterPoc),
        },
        asked => cited(job, &format!("{path}.letter"), &proof.letter, "surat permohonan Proof of Concept"),
        scheduled => cited(job, &format!("{path}.schedule"), &proof.schedule, "surat jadwal Proof of Concept"),
        ..values::agreement(job)
    }
}
