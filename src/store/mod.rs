//! What is stored, and how. Diesel is used here and nowhere else; no diesel row leaves this module.
//!
//! A function takes `&mut Db` and runs inside whatever the caller opened: [`Store::read`] or
//! [`Store::write`], the second being one transaction. To add a noun: a table in both migration
//! folders, its lines in `schema.rs`, a file here with its functions, a story in `tests/app`.

pub mod agreement_lines;
pub mod agreements;
pub mod audit_log;
pub mod calendars;
// The derive of MultiConnection makes public items without documentation.
#[allow(missing_docs)]
pub mod connection;
pub mod deed;
pub mod delivery_lock;
pub mod form_keys;
pub mod frozen_papers;
pub mod institution_lines;
pub mod institutions;
pub mod legal_bases;
pub mod numbers;
pub mod offices;
pub mod officials;
pub mod outbox;
pub mod reminders;
pub mod scan_marks;
pub mod schema;
pub mod tasks;
pub mod types;
pub mod users;
pub mod wordings;

use std::sync::Arc;
use std::time::Duration;

use connection::{DatabaseUrl, Db, Manager, Pooled, in_transaction};
use diesel::r2d2::Pool;
use tokio::sync::Semaphore;

/// Why a deed in the store did not happen.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The row is not there, or not for this actor: both look the same from outside.
    #[error("tidak ditemukan")]
    NotFound,
    /// Somebody else changed the row since it was read.
    #[error("sudah diubah orang lain: versi {read} dibaca, versi {now} tersimpan")]
    Stale {
        /// The version that was read.
        read: i32,
        /// The version that is stored.
        now: i32,
    },
    /// A rule of uniqueness would be broken; the sentence says which.
    #[error("{0}")]
    Taken(String),
    /// Too busy, or the disk or database does not answer: try again later.
    #[error("sedang sibuk: {0}")]
    Busy(String),
    /// Anything else; logged, never shown.
    #[error("basis data: {0}")]
    Database(#[source] anyhow::Error),
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind, Error};
        match error {
            Error::NotFound => Self::NotFound,
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Taken(
                "Data yang sama baru saja disimpan orang lain. Muat ulang halaman, lalu periksa.".to_owned(),
            ),
            Error::DatabaseError(DatabaseErrorKind::ClosedConnection, info) => {
                Self::Busy(info.message().to_owned())
            }
            Error::DatabaseError(_, ref info)
                if info.message().contains("database is locked")
                    || info.message().contains("database or disk is full") =>
            {
                Self::Busy(info.message().to_owned())
            }
            other => Self::Database(other.into()),
        }
    }
}

/// What a store function answers.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// How long a request waits for its turn before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(5);

/// The database, behind pools: on SQLite one writer and as many readers as cores.
#[derive(Clone)]
pub struct Store {
    url: DatabaseUrl,
    readers: Pool<Manager>,
    writers: Pool<Manager>,
    read_turn: Arc<Semaphore>,
    write_turn: Arc<Semaphore>,
}

impl Store {
    /// Opens the pools; connections are made when first needed.
    ///
    /// # Errors
    /// When not even one connection can be made.
    pub fn open(url: &DatabaseUrl) -> anyhow::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let pool = |size: usize| -> anyhow::Result<Pool<Manager>> {
            let size = u32::try_from(size)?;
            Ok(Pool::builder()
                .max_size(size)
                .min_idle(Some(0))
                .test_on_check_out(matches!(url, DatabaseUrl::Postgres(_)))
                .connection_timeout(PATIENCE)
                .build_unchecked(Manager::new(url.clone())))
        };
        let (readers, writers, write_size) = match url {
            DatabaseUrl::Sqlite(_) => (pool(cores)?, pool(1)?, 1),
            DatabaseUrl::Postgres(_) => {
                let shared = pool(cores * 4)?;
                (shared.clone(), shared, cores * 2)
            }
        };
        let store = Self {
            url: url.clone(),
            read_turn: Arc::new(Semaphore::new(readers.max_size() as usize)),
            write_turn: Arc::new(Semaphore::new(write_size)),
            readers,
            writers,
        };
        store.writers.get()?;
        Ok(store)
    }

    /// Where the data is.
    pub const fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// Reads, off the async threads.
    ///
    /// # Errors
    /// What `look` answers, or [`StoreError::Busy`] after five seconds in the queue.
    pub async fn read<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _turn = turn(&self.read_turn).await?;
        let pool = self.readers.clone();
        blocking(move || look(&mut *checkout(&pool)?)).await
    }

    /// Changes, in one transaction, off the async threads.
    ///
    /// # Errors
    /// What `deed` answers (then nothing was written), or [`StoreError::Busy`].
    pub async fn write<T: Send + 'static>(
        &self,
        deed: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _turn = turn(&self.write_turn).await?;
        let pool = self.writers.clone();
        blocking(move || in_transaction(&mut *checkout(&pool)?, deed)).await
    }

    /// Reads on this thread: for commands.
    ///
    /// # Errors
    /// What `look` answers.
    pub fn read_now<T>(&self, look: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        look(&mut *checkout(&self.readers)?)
    }

    /// Changes in one transaction on this thread: for commands.
    ///
    /// # Errors
    /// What `deed` answers; then nothing was written.
    pub fn write_now<T>(&self, deed: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        in_transaction(&mut *checkout(&self.writers)?, deed)
    }
}

fn checkout(pool: &Pool<Manager>) -> Result<Pooled> {
    pool.get().map_err(|error| StoreError::Busy(error.to_string()))
}

async fn turn(semaphore: &Arc<Semaphore>) -> Result<tokio::sync::OwnedSemaphorePermit> {
    tokio::time::timeout(PATIENCE, Arc::clone(semaphore).acquire_owned())
        .await
        .ok()
        .and_then(std::result::Result::ok)
        .ok_or_else(|| StoreError::Busy("antrean penuh".to_owned()))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(error) => Err(StoreError::Database(anyhow::anyhow!("pekerjaan terhenti: {error}"))),
    }
}

/// Text as it is compared and searched: lower case, accents and doubled blanks gone.
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' => key.push('a'),
            'è'..='ë' => key.push('e'),
            'ì'..='ï' => key.push('i'),
            'ò'..='ö' => key.push('o'),
            'ù'..='ü' => key.push('u'),
            'ç' => key.push('c'),
            'ñ' => key.push('n'),
            c if c.is_whitespace() => {
                if !key.ends_with(' ') {
                    key.push(' ');
                }
            }
            c => key.push(c),
        }
    }
    key.trim().to_owned()
}
