//! The agency's notice that an office changed hands (Juknis row VI.H).

use minijinja::context;

use super::entry;
use super::frame::{Draft, Issuer, Recipient};
use super::values::{self, or_gap, phrase_or_gap};
use crate::documents::Job;
use crate::documents::facts::known;
use crate::documents::papers::PaperError;
use crate::domain::fact_sheet::LetterNature;
use crate::domain::wording::date_long;

/// From the agency's head to the Disdukcapil, with the decree.
///
/// # Errors
/// When there is no such notice.
pub(super) fn official_change<'a>(job: &Job<'a>, nth: usize) -> Result<Draft<'a>, PaperError> {
    let (change, path) = entry(&job.facts.official_changes, "official_changes", nth)?;
    let official = &job.facts.user.official;
    let position = known(change.position.as_deref()).or_else(|| known(official.position.as_deref()));
    let successor = known(change.successor.as_deref()).or_else(|| known(official.full_name().as_deref()));
    let heads = position == known(official.position.as_deref());
    let values = context! {
        official_change => context! {
            position => or_gap(position, "jabatan yang berganti"),
            predecessor => or_gap(known(change.predecessor.as_deref()), "pejabat lama"),
            successor => or_gap(successor, "pejabat baru"),
            since => or_gap(change.since_on.map(date_long), "tanggal mulai menjabat"),
            decree => phrase_or_gap(change.decree.as_deref(), "keputusan pengangkatan"),
            heads,
        },
        ..values::agreement(job)
    };
    Ok(Draft {
        letter: change.letter.clone(),
        path: format!("{path}.letter"),
        issuer: Issuer::Agency,
        to: Recipient::Office,
        through: None,
        nature: LetterNature::Ordinary,
        attachments: Some("1 (satu) berkas salinan keputusan"),
        copies: Vec::new(),
        wording: "letters/official_change",
        values,
        enclosures: Vec::new(),
    })
}
