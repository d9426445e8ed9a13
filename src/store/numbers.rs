//! Numbers of papers. A number is unique for its issuing institution, kind of paper and year, on a
//! normalised form; how it is written is kept in the facts.

use chrono::Datelike;
use diesel::prelude::*;

use super::connection::Db;
use super::deed::Deed;
use super::schema::{agreement_numbers::dsl as t, agreements::dsl as a};
use super::types::RowId;
use super::{Result, StoreError};
use crate::domain::agreement::Agreement;

/// A number without blanks, in capitals: what counts as the same number.
pub fn normalise(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// Claims the numbers of an agreement's papers and gives back those it no longer has.
///
/// # Errors
/// [`StoreError::Taken`] naming the agreement that holds the number.
pub fn claim(db: &mut Db, deed: &Deed, agreement: &Agreement) -> Result<()> {
    let facts = agreement.facts();
    let id = RowId(agreement.id());
    let year_of = |day: Option<chrono::NaiveDate>| day.unwrap_or_else(|| deed.today()).year();
    let provider = issuer(facts.provider.institution.name.as_deref(), "provider");
    let user = issuer(facts.user.institution.name.as_deref(), "user");
    let signed = facts.signing.on;
    let juknis = &facts.papers.juknis;
    let papers = [
        (&provider, "pks", year_of(signed), &facts.provider.number),
        (&user, "pks", year_of(signed), &facts.user.number),
        (&provider, "juknis", year_of(juknis.on.or(signed)), &juknis.number),
    ];
    diesel::delete(t::agreement_numbers.filter(t::agreement_id.eq(id))).execute(db)?;
    for (issuer, paper, year, number) in papers {
        let Some(number) = number else { continue };
        let key = normalise(number);
        let holder: Option<(RowId, String)> = t::agreement_numbers
            .inner_join(a::agreements.on(a::id.eq(t::agreement_id)))
            .filter(t::office_id.eq(RowId(deed.office_id)))
            .filter(t::issuer.eq(issuer))
            .filter(t::paper.eq(paper))
            .filter(t::year.eq(year))
            .filter(t::number_key.eq(&key))
            .select((a::id, a::agency_name))
            .first(db)
            .optional()?;
        if let Some((_, agency)) = holder {
            return Err(StoreError::Taken(format!(
                "Nomor {number} tahun {year} sudah dipakai perjanjian dengan {agency}."
            )));
        }
        diesel::insert_into(t::agreement_numbers)
            .values((
                t::office_id.eq(RowId(deed.office_id)),
                t::issuer.eq(issuer),
                t::paper.eq(paper),
                t::year.eq(year),
                t::number_key.eq(&key),
                t::agreement_id.eq(id),
            ))
            .execute(db)?;
    }
    Ok(())
}

fn issuer(name: Option<&str>, side: &str) -> String {
    name.map_or_else(|| format!("?{side}"), super::key)
}
