//! What every deed knows: who does it, when, in which office, under which calendar.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use uuid::Uuid;

use crate::clock::{Ids, Zone};
use crate::domain::audit::Actor;
use crate::domain::calendar::Calendar;
use crate::secrets::Secrets;

/// The circumstances of a deed. Made by `App`, handed to the store, never asked for inside.
#[derive(Debug, Clone)]
pub struct Deed {
    /// Office in which it is done; nothing of another office can be touched.
    pub office_id: Uuid,
    /// The office's zone.
    pub zone: Zone,
    /// The office's days off.
    pub calendar: Arc<Calendar>,
    /// Who does it.
    pub actor: Actor,
    /// When, in UTC.
    pub now: DateTime<Utc>,
    /// Makes ids.
    pub ids: Ids,
    /// Commits to secret values in the log.
    pub secrets: Secrets,
}

impl Deed {
    /// The civil date of the deed in the office's zone.
    pub fn today(&self) -> NaiveDate {
        self.zone.date(self.now)
    }

    /// The instant as a column value.
    pub fn at(&self) -> NaiveDateTime {
        self.now.naive_utc()
    }
}

/// The day that stands for "not known" or "open" where a column must sort.
pub const FAR: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// A stored day, where [`FAR`] means none.
pub fn known(day: NaiveDate) -> Option<NaiveDate> {
    (day != FAR).then_some(day)
}
