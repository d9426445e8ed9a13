//! What an office prints with.

use uuid::Uuid;

use super::App;
use crate::documents::Stationery;
use crate::store;
use crate::store::connection::Db;

impl App {
    /// What the office prints with; of an agreement, with its own clauses.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn stationery(
        &self,
        db: &mut Db,
        office: Uuid,
        agreement: Option<Uuid>,
    ) -> store::Result<Stationery> {
        Ok(Stationery { wording: self.wording(db, office, agreement)?, ..Stationery::standard() })
    }
}
