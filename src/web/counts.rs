//! Counts of an office by status and month: kept until the office's log or the day moves, since
//! counting 100,000 rows for every page would cost more than the page.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use uuid::Uuid;

use crate::store::agreement_lines::{self, Counts};
use crate::store::agreements::Scope;
use crate::store::connection::Db;
use crate::store::{Result, audit_log};

type Key = (Uuid, Option<Uuid>);
type Kept = (i64, NaiveDate, Arc<Counts>);

/// Kept counts.
#[derive(Debug, Clone, Default)]
pub struct KeptCounts(Arc<Mutex<HashMap<Key, Kept>>>);

impl KeptCounts {
    /// The counts of a scope today.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn get(&self, db: &mut Db, scope: Scope, today: NaiveDate) -> Result<Arc<Counts>> {
        let key = (scope.office_id, scope.institution_id);
        let seq = audit_log::last_seq(db, scope.office_id)?;
        if let Some((kept_seq, kept_day, counts)) =
            self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key)
            && *kept_seq == seq
            && *kept_day == today
        {
            return Ok(Arc::clone(counts));
        }
        let counts = Arc::new(agreement_lines::counts(db, scope, today)?);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, (seq, today, Arc::clone(&counts)));
        Ok(counts)
    }
}
