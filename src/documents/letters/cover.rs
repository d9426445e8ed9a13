//! Cover letters to the Director General: with the application, with the signed PKS, with the renewal.

use minijinja::{Value, context};

use super::frame::{Draft, Issuer, ONE_FILE, Recipient, region_head};
use super::renewal::letter_of_renewal;
use super::values::{self, cited, or_gap};
use crate::documents::Job;
use crate::documents::facts::known;
use crate::domain::fact_sheet::{ApprovalKind, CoverLetter, CoverSigner, LetterNature};
use crate::domain::wording::date_long;

/// With the agency's application; it states the six facts again.
pub(super) fn application<'a>(job: &Job<'a>) -> Draft<'a> {
    let values = context! {
        asked => cited(job, "application", &job.facts.application, "surat permohonan"),
        ..values::agreement(job)
    };
    cover(job, "cover_application", &job.facts.letters.cover_application, values)
}

/// With the signed PKS, so that access is opened.
pub(super) fn signed<'a>(job: &Job<'a>) -> Draft<'a> {
    let values = context! { approvals => approvals(job), ..values::agreement(job) };
    cover(job, "cover_signed", &job.facts.letters.cover_signed, values)
}

/// With the agency's letter that asks for renewal.
pub(super) fn renewal<'a>(job: &Job<'a>) -> Draft<'a> {
    let values = context! {
        asked => cited(job, "letters.renewal", &letter_of_renewal(job), "surat perpanjangan"),
        ..values::agreement(job)
    };
    cover(job, "cover_renewal", &job.facts.letters.cover_renewal, values)
}

fn cover<'a>(job: &Job<'a>, key: &'static str, cover: &CoverLetter, values: Value) -> Draft<'a> {
    let issuer = match cover.signed_by {
        CoverSigner::Office => Issuer::Office,
        CoverSigner::RegionHead => Issuer::RegionHead,
        CoverSigner::ForRegionHead => Issuer::ForRegionHead,
    };
    // Who does not sign is told.
    let told = match issuer {
        Issuer::RegionHead => known(job.facts.provider.official.position.as_deref()),
        _ => region_head(job.facts),
    };
    let agency = known(job.facts.user.official.position.as_deref());
    Draft {
        letter: cover.letter.clone(),
        path: format!("letters.{key}.letter"),
        issuer,
        to: Recipient::DirectorGeneral,
        through: None,
        nature: LetterNature::Important,
        attachments: Some(ONE_FILE),
        copies: told.into_iter().chain(agency).collect(),
        wording: match key {
            "cover_application" => "letters/cover_application",
            "cover_signed" => "letters/cover_signed",
            _ => "letters/cover_renewal",
        },
        values,
        enclosures: Vec::new(),
    }
}

/// Approvals of this agreement; a general letter approves nothing.
fn approvals(job: &Job<'_>) -> Vec<Value> {
    let letters = job.facts.approval_letters.iter().filter(|letter| letter.kind != ApprovalKind::General);
    letters
        .map(|letter| {
            context! {
                number => or_gap(known(letter.number.as_deref()), "nomor surat persetujuan"),
                date => or_gap(letter.on.map(date_long), "tanggal surat persetujuan"),
            }
        })
        .collect()
}
