//! The agency's application for access, with the six facts that it has to state (Permendagri 102/2019):
//! user, purpose, elements, method, feedback data and length of the PKS.

use super::frame::{Draft, Issuer, ONE_FILE, Recipient};
use super::values;
use crate::documents::Job;
use crate::domain::fact_sheet::{InstitutionKind, LetterNature};

/// From the agency's head to the region's head through the Disdukcapil.
pub(super) fn application<'a>(job: &Job<'a>) -> Draft<'a> {
    let legal_entity = job.facts.user.institution.kind == InstitutionKind::LegalEntity;
    Draft {
        letter: job.facts.application.clone(),
        path: "application".to_owned(),
        issuer: Issuer::Agency,
        to: Recipient::RegionHead,
        through: Some(Recipient::Office),
        nature: LetterNature::Ordinary,
        attachments: legal_entity.then_some(ONE_FILE),
        copies: Vec::new(),
        wording: "letters/application",
        values: values::agreement(job),
        enclosures: Vec::new(),
    }
}
