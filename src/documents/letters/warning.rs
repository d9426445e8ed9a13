//! Warnings (teguran), numbered by their place in the list; each cites the earlier ones.

use minijinja::{Value, context};

use super::entry;
use super::frame::{Draft, Issuer, Recipient, region_head};
use super::values::{self, cited, items, or_gap, ordinal};
use crate::documents::Job;
use crate::documents::clause::gap;
use crate::documents::papers::PaperError;
use crate::domain::fact_sheet::LetterNature;
use crate::domain::wording::{capitalise, date_with_weekday};

/// From the Disdukcapil to the agency.
///
/// # Errors
/// When there is no such warning, or the wording of the PKS is faulty.
pub(super) fn warning<'a>(job: &Job<'a>, nth: usize) -> Result<Draft<'a>, PaperError> {
    let (warning, path) = entry(&job.facts.warnings, "warnings", nth)?;
    let earlier: Vec<Value> = job.facts.warnings[..nth]
        .iter()
        .zip(0..)
        .map(|(earlier, at)| {
            let ordinal = ordinal(at + 1);
            let letter =
                cited(job, &format!("warnings.{at}.letter"), &earlier.letter, &format!("teguran {ordinal}"));
            context! { ordinal, letter }
        })
        .collect();
    let ordinal = ordinal(nth + 1);
    let values = context! {
        warning => context! {
            ordinal => capitalise(&ordinal),
            breaches => items(&warning.breaches),
            no_breaches => gap("kewajiban yang belum dipenuhi"),
            remedy_by => or_gap(warning.remedy_by.map(date_with_weekday), "batas waktu pemenuhan"),
            earlier,
        },
        clauses => values::clauses(job)?,
        ..values::agreement(job)
    };
    Ok(Draft {
        letter: warning.letter.clone(),
        path: format!("{path}.letter"),
        issuer: Issuer::Office,
        to: Recipient::Agency,
        through: None,
        nature: LetterNature::Important,
        attachments: None,
        copies: region_head(job.facts).into_iter().collect(),
        wording: "letters/warning",
        values,
        enclosures: Vec::new(),
    })
}
