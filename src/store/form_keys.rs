//! One-time keys of forms: a second POST of the same form is led to the result of the first.

use chrono::Duration;
use diesel::prelude::*;
use uuid::Uuid;

use super::Result;
use super::connection::Db;
use super::deed::Deed;
use super::schema::form_keys::dsl as t;
use super::types::RowId;

/// Where the first POST with this key led; none when this is the first.
///
/// # Errors
/// When the database cannot be read.
pub fn used(db: &mut Db, user: Uuid, key: &str) -> Result<Option<String>> {
    Ok(t::form_keys
        .filter(t::form_key.eq(key))
        .filter(t::user_id.eq(RowId(user)))
        .select(t::location)
        .first(db)
        .optional()?)
}

/// Keeps the result of the first POST, in the transaction of its deed. Keys older than two days go.
///
/// # Errors
/// When the database refuses; also when the same key was used at the same moment.
pub fn keep(db: &mut Db, deed: &Deed, user: Uuid, key: &str, location: &str) -> Result<()> {
    diesel::delete(t::form_keys.filter(t::created_at.lt((deed.now - Duration::days(2)).naive_utc())))
        .execute(db)?;
    diesel::insert_into(t::form_keys)
        .values((
            t::form_key.eq(key),
            t::office_id.eq(RowId(deed.office_id)),
            t::user_id.eq(RowId(user)),
            t::location.eq(location),
            t::created_at.eq(deed.at()),
        ))
        .execute(db)?;
    Ok(())
}
