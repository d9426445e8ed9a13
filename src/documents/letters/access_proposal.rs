//! Proposals to the Director General to close access, or to open it again.

use minijinja::context;

use super::frame::{Draft, Issuer, Recipient, region_head};
use super::values::{self, cited, ordinal, phrase_or_gap};
use crate::documents::Job;
use crate::documents::facts::known;
use crate::documents::papers::PaperError;
use crate::domain::fact_sheet::{AccessProposalKind, LetterNature};

/// From the Disdukcapil to the Director General; the `nth` proposal of its kind.
///
/// # Errors
/// When there is no such proposal, or the wording of the PKS is faulty.
pub(super) fn proposal<'a>(
    job: &Job<'a>,
    kind: AccessProposalKind,
    nth: usize,
) -> Result<Draft<'a>, PaperError> {
    let sheet = job.facts;
    let all = sheet.access_proposals.iter().enumerate();
    let (at, proposal) = all
        .filter(|(_, proposal)| proposal.kind == kind)
        .nth(nth)
        .ok_or_else(|| PaperError::NoSuch(format!("usulan {} ke-{}", kind.label(), nth + 1)))?;
    // What is opened again was closed on the last proposal before it.
    let closing = sheet.access_proposals[..at]
        .iter()
        .enumerate()
        .rfind(|(_, earlier)| earlier.kind == AccessProposalKind::Close)
        .map(|(at, earlier)| {
            cited(job, &format!("access_proposals.{at}.letter"), &earlier.letter, "usulan penonaktifan")
        });
    let warnings: Vec<_> = sheet
        .warnings
        .iter()
        .zip(0..)
        .map(|(warning, at)| {
            let ordinal = ordinal(at + 1);
            let name = format!("teguran {ordinal}");
            context! { ordinal, letter => cited(job, &format!("warnings.{at}.letter"), &warning.letter, &name) }
        })
        .collect();
    let values = context! {
        proposal => context! {
            reason => phrase_or_gap(proposal.reason.as_deref(), "alasan usulan"),
            closing => closing.unwrap_or_else(|| minijinja::Value::from(())),
            warnings,
        },
        clauses => values::clauses(job)?,
        ..values::agreement(job)
    };
    let told = [known(sheet.user.official.position.as_deref()), region_head(sheet)];
    Ok(Draft {
        letter: proposal.letter.clone(),
        path: format!("access_proposals.{at}.letter"),
        issuer: Issuer::Office,
        to: Recipient::DirectorGeneral,
        through: None,
        nature: LetterNature::Important,
        attachments: None,
        copies: told.into_iter().flatten().collect(),
        wording: match kind {
            AccessProposalKind::Close => "letters/access_closing",
            AccessProposalKind::Reopen => "letters/access_reopening",
        },
        values,
        enclosures: Vec::new(),
    })
}
