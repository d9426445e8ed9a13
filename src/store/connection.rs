//! The two databases behind one connection type.
//!
//! The scheme of the URL chooses, never a try: a mistyped URL must not make an empty SQLite file.

use diesel::connection::TransactionManager;

use diesel::connection::{AnsiTransactionManager, SimpleConnection};
use diesel::pg::PgConnection;
use diesel::r2d2::{ManageConnection, PooledConnection};
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, ConnectionError, ConnectionResult, QueryResult};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Db {
    /// Embedded SQLite.
    Sqlite(SqliteConnection),
    /// PostgreSQL.
    Postgres(PgConnection),
}

/// The same tokens, compiled once for each database: for the few statements that diesel does not
/// offer on both at once.
macro_rules! both {
    ($db:expr, |$conn:ident| $body:expr) => {
        match $db {
            $crate::store::connection::Db::Sqlite($conn) => $body,
            $crate::store::connection::Db::Postgres($conn) => $body,
        }
    };
}

/// Where the data is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// Path of a SQLite file.
    Sqlite(String),
    /// A libpq URL.
    Postgres(String),
}

impl DatabaseUrl {
    /// Reads `sqlite:PATH`, `postgres://…` or `postgresql://…`.
    ///
    /// # Errors
    /// A sentence for the person who set it, when the scheme is another or the host is remote while
    /// this build cannot speak TLS.
    pub fn parse(url: &str) -> Result<Self, String> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return Err(
                    "DATABASE_URL: setelah `sqlite:` harus ada nama berkas, misalnya sqlite:./data/kawal.db"
                        .into(),
                );
            }
            return Ok(Self::Sqlite(path.to_owned()));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            if !cfg!(feature = "tls-pg") && !is_local(url) {
                return Err("DATABASE_URL: PostgreSQL pada komputer lain memerlukan TLS; bangun kawal dengan fitur `tls-pg` (cargo build --release --features tls-pg)".into());
            }
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err("DATABASE_URL harus diawali `sqlite:` atau `postgres://`".into())
    }
}

/// Whether a PostgreSQL URL names this machine: loopback, or a socket folder.
fn is_local(url: &str) -> bool {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let (authority, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = authority.split('/').next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("");
    let host = if host.starts_with('[') {
        host.split(']').next().unwrap_or("")
    } else {
        host.split(':').next().unwrap_or("")
    };
    let named = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("host=").or_else(|| pair.strip_prefix("hostaddr=")));
    let local = |host: &str| {
        matches!(host, "" | "localhost" | "127.0.0.1" | "[::1" | "::1")
            || host.starts_with('/')
            || host.starts_with("%2F")
    };
    local(host) && named.is_none_or(local)
}

/// Opens connections for the pool.
#[derive(Debug, Clone)]
pub struct Manager {
    url: DatabaseUrl,
}

impl Manager {
    /// A manager for one database.
    pub const fn new(url: DatabaseUrl) -> Self {
        Self { url }
    }
}

/// A connection from the pool.
pub type Pooled = PooledConnection<Manager>;

impl ManageConnection for Manager {
    type Connection = Db;
    type Error = ConnectionError;

    fn connect(&self) -> Result<Db, ConnectionError> {
        open(&self.url)
    }

    fn is_valid(&self, db: &mut Db) -> Result<(), ConnectionError> {
        db.batch_execute("SELECT 1").map_err(ConnectionError::CouldntSetupConfiguration)
    }

    fn has_broken(&self, db: &mut Db) -> bool {
        std::thread::panicking()
            || both!(db, |conn| AnsiTransactionManager::is_broken_transaction_manager(conn))
    }
}

/// Opens one connection.
///
/// # Errors
/// When the file or server cannot be reached.
pub fn open(url: &DatabaseUrl) -> ConnectionResult<Db> {
    match url {
        DatabaseUrl::Sqlite(path) => {
            let mut conn = SqliteConnection::establish(path)?;
            // busy_timeout first: the next pragmas may already meet a lock.
            conn.batch_execute(
                "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                 PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY;",
            )
            .map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(Db::Sqlite(conn))
        }
        DatabaseUrl::Postgres(url) => {
            let mut conn = PgConnection::establish(url)?;
            conn.batch_execute("SET TIME ZONE 'UTC'; SET client_min_messages = warning;")
                .map_err(ConnectionError::CouldntSetupConfiguration)?;
            Ok(Db::Postgres(conn))
        }
    }
}

/// Runs `deed` in one transaction. On SQLite it begins IMMEDIATE, so that a deed that reads first
/// cannot lose the write lock half-way to another process.
pub fn in_transaction<T, E: From<diesel::result::Error>>(
    db: &mut Db,
    deed: impl FnOnce(&mut Db) -> Result<T, E>,
) -> Result<T, E> {
    match db {
        Db::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")?,
        Db::Postgres(conn) => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN")?,
    }
    match deed(db) {
        Ok(value) => {
            both!(db, |conn| AnsiTransactionManager::commit_transaction(conn))?;
            Ok(value)
        }
        Err(error) => {
            // The deed's own error says more than a failing rollback; a broken connection is
            // noticed by the pool.
            let _ = both!(db, |conn| AnsiTransactionManager::rollback_transaction(conn));
            Err(error)
        }
    }
}

/// What a migration run found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaState {
    /// Versions in this binary that the database does not have yet.
    pub pending: Vec<String>,
    /// Versions in the database that this binary does not know: the database is newer.
    pub unknown: Vec<String>,
    /// The database has no version at all.
    pub empty: bool,
}

/// Compares the database with this binary.
///
/// # Errors
/// When the database cannot be read.
pub fn schema_state(db: &mut Db) -> anyhow::Result<SchemaState> {
    use diesel::migration::{Migration, MigrationSource};

    let (applied, known): (Vec<String>, Vec<String>) = match db {
        Db::Sqlite(conn) => {
            let known: Vec<Box<dyn Migration<diesel::sqlite::Sqlite>>> =
                SQLITE.migrations().map_err(anyhow::Error::from_boxed)?;
            (
                conn.applied_migrations()
                    .map_err(anyhow::Error::from_boxed)?
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
                known.iter().map(|migration| migration.name().version().to_string()).collect(),
            )
        }
        Db::Postgres(conn) => {
            let known: Vec<Box<dyn Migration<diesel::pg::Pg>>> =
                POSTGRES.migrations().map_err(anyhow::Error::from_boxed)?;
            (
                conn.applied_migrations()
                    .map_err(anyhow::Error::from_boxed)?
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
                known.iter().map(|migration| migration.name().version().to_string()).collect(),
            )
        }
    };
    Ok(SchemaState {
        pending: known.iter().filter(|version| !applied.contains(version)).cloned().collect(),
        unknown: applied.iter().filter(|version| !known.contains(version)).cloned().collect(),
        empty: applied.is_empty(),
    })
}

/// Runs what is pending. Two processes starting together wait for each other.
///
/// # Errors
/// When a migration fails; it is rolled back as a whole.
pub fn migrate(db: &mut Db) -> anyhow::Result<()> {
    match db {
        Db::Sqlite(conn) => {
            conn.run_pending_migrations(SQLITE).map_err(anyhow::Error::from_boxed)?;
        }
        Db::Postgres(conn) => {
            const LOCK: &str = "SELECT pg_advisory_lock(7253001)";
            const UNLOCK: &str = "SELECT pg_advisory_unlock(7253001)";
            conn.batch_execute(LOCK)?;
            let outcome =
                conn.run_pending_migrations(POSTGRES).map(|_| ()).map_err(anyhow::Error::from_boxed);
            conn.batch_execute(UNLOCK)?;
            outcome?;
        }
    }
    Ok(())
}

/// Version of the SQLite library in this binary.
///
/// # Errors
/// When the connection is broken.
pub fn engine_version(db: &mut Db) -> QueryResult<String> {
    use diesel::RunQueryDsl;
    use diesel::sql_types::Text;
    let sql = match db {
        Db::Sqlite(_) => "sqlite_version()",
        Db::Postgres(_) => "version()",
    };
    diesel::select(diesel::dsl::sql::<Text>(sql)).get_result(db)
}

/// Writes a whole copy of a SQLite database to a new file.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn copy_sqlite(db: &mut Db, to: &str) -> QueryResult<()> {
    use diesel::RunQueryDsl;
    use diesel::sql_types::Text;
    match db {
        Db::Sqlite(conn) => diesel::sql_query("VACUUM INTO ?").bind::<Text, _>(to).execute(conn).map(|_| ()),
        Db::Postgres(_) => Ok(()),
    }
}
