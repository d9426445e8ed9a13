//! The one delivery lock of an installation, held by a process for its life and given up by the
//! system when the process dies: no clock decides who delivers.

use std::fs::{File, TryLockError};
use std::path::Path;

use diesel::sql_types::Bool;
use diesel::{RunQueryDsl, dsl};

use super::connection::{self, DatabaseUrl, Db};

/// The advisory lock on PostgreSQL.
const ADVISORY: &str = "pg_try_advisory_lock(7253002)";
const GIVE_UP: &str = "pg_advisory_unlock(7253002)";

/// The lock, while it is held.
pub struct DeliveryLock(Held);

enum Held {
    /// SQLite: a lock on a file in the data folder.
    File(#[allow(dead_code, reason = "closing the file gives the lock up")] File),
    /// PostgreSQL: an advisory lock of a session of its own.
    Session(Box<Db>),
}

impl DeliveryLock {
    /// Takes the lock; none when another process holds it.
    ///
    /// # Errors
    /// When the file or the server cannot be opened.
    pub fn take(url: &DatabaseUrl, data: &Path) -> anyhow::Result<Option<Self>> {
        match url {
            DatabaseUrl::Sqlite(_) => {
                let file =
                    File::options().create(true).truncate(false).write(true).open(data.join("kirim.lock"))?;
                match file.try_lock() {
                    Ok(()) => Ok(Some(Self(Held::File(file)))),
                    Err(TryLockError::WouldBlock) => Ok(None),
                    Err(TryLockError::Error(error)) => Err(error.into()),
                }
            }
            DatabaseUrl::Postgres(_) => {
                let mut db = connection::open(url)?;
                let taken = dsl::select(dsl::sql::<Bool>(ADVISORY)).get_result(&mut db)?;
                Ok(if taken { Some(Self(Held::Session(Box::new(db)))) } else { None })
            }
        }
    }

    /// Whether it is still held: a session that broke has given its lock up.
    pub fn is_held(&mut self) -> bool {
        match &mut self.0 {
            Held::File(_) => true,
            Held::Session(db) => {
                dsl::select(dsl::sql::<Bool>("true")).get_result::<bool>(db.as_mut()).is_ok()
            }
        }
    }
}

impl Drop for DeliveryLock {
    /// The server notices a closed session a moment later than its client; whoever delivers next need
    /// not wait for that.
    fn drop(&mut self) {
        if let Held::Session(db) = &mut self.0 {
            let _ = dsl::select(dsl::sql::<Bool>(GIVE_UP)).get_result::<bool>(db.as_mut());
        }
    }
}
