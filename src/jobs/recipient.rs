//! Whom a reminder is written to: whoever holds the agency's office on the day.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::agreement::Agreement;
use crate::mail::is_usable;
use crate::store::connection::Db;
use crate::store::{Result, StoreError, agreements, institutions, officials, users};

/// Somebody who can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recipient {
    /// Name with degrees; none where nobody is recorded as holder.
    pub(super) name: Option<String>,
    /// Position, with Plt. or Plh.
    pub(super) position: String,
    /// Where the mail goes.
    pub(super) address: String,
    /// Whether anybody of the agency can open the agreement in Kawal.
    pub(super) has_account: bool,
}

/// Whether the agency can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// It can.
    To(Recipient),
    /// It cannot.
    Nobody {
        /// Who should have been.
        who: String,
        /// Why not.
        reason: String,
    },
}

/// Whom to write to about an agreement: the holder of the agency's office on the day, an acting one
/// before the definitive. Their own address comes first, then the institution's.
pub(super) fn of(db: &mut Db, agreement: &Agreement, day: NaiveDate) -> Result<Reach> {
    let office = agreement.office_id();
    let party = &agreement.facts().user;
    let institution = match agreements::institution_of(db, office, agreement.id())? {
        Some(id) => find(db, office, id)?,
        None => None,
    };
    let holder = match &institution {
        Some(listed) => officials::holder(db, office, listed.id, day)?.map(|term| term.official),
        None => None,
    };
    let has_account = match &institution {
        Some(listed) => users::any_of_institution(db, office, listed.id)?,
        None => false,
    };
    let agency = institution.as_ref().map_or_else(|| agreement.name(), |listed| listed.name().to_owned());
    let name = holder.as_ref().and_then(|holder| holder.full_name());
    let position = holder
        .as_ref()
        .and_then(|holder| holder.full_position())
        .filter(|position| !position.trim().is_empty())
        .unwrap_or_else(|| format!("Pimpinan {agency}"));
    let known: Vec<String> = [
        holder.and_then(|holder| holder.email),
        institution.and_then(|listed| listed.institution.email),
        party.institution.email.clone(),
    ]
    .into_iter()
    .flatten()
    .map(|address| address.trim().to_owned())
    .filter(|address| !address.is_empty())
    .collect();
    Ok(match known.iter().find(|address| is_usable(address)) {
        Some(address) => Reach::To(Recipient { name, position, address: address.clone(), has_account }),
        None => {
            let who = name.unwrap_or(position);
            let reason = match known.first() {
                Some(wrong) => format!("Alamat surel {who} tidak dapat dipakai: \"{wrong}\"."),
                None => format!("Belum ada alamat surel untuk {who} maupun instansinya."),
            };
            Reach::Nobody { who, reason }
        }
    })
}

fn find(db: &mut Db, office: Uuid, id: Uuid) -> Result<Option<institutions::Listed>> {
    match institutions::find(db, office, id) {
        Ok(listed) => Ok(Some(listed)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
