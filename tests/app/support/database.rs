//! A fresh database per test, copied from a migrated template: a file on SQLite, a template database
//! on PostgreSQL. The template is named by the migrations it was made from.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use kawal::secrets::sha256;
use kawal::store::connection::{self, DatabaseUrl, Db};

/// A test's own database; a PostgreSQL one is dropped with it.
pub struct Database {
    /// Where it is.
    pub url: DatabaseUrl,
    server: Option<(String, String)>,
}

impl Database {
    /// A migrated database; on SQLite a file in the folder.
    pub fn fresh(folder: &Path) -> Self {
        match std::env::var("KAWAL_TEST_DB").as_deref() {
            Err(_) | Ok("" | "sqlite") => {
                let path = folder.join("kawal.db");
                std::fs::copy(sqlite_template(), &path).expect("the template can be copied");
                Self { url: DatabaseUrl::Sqlite(path.to_string_lossy().into_owned()), server: None }
            }
            Ok("postgres") => {
                let server = server_url();
                let name = format!("kawal_test_{}_{}", std::process::id(), next());
                let template = postgres_template(&server);
                run(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
                Self { url: DatabaseUrl::Postgres(beside(&server, &name)), server: Some((server, name)) }
            }
            Ok(other) => panic!("KAWAL_TEST_DB={other}; expected sqlite or postgres"),
        }
    }

    /// Whether the stories run on PostgreSQL.
    pub fn is_postgres() -> bool {
        std::env::var("KAWAL_TEST_DB").as_deref() == Ok("postgres")
    }

    /// The URL as DATABASE_URL takes it.
    pub fn url_text(&self) -> String {
        match &self.url {
            DatabaseUrl::Sqlite(path) => format!("sqlite:{path}"),
            DatabaseUrl::Postgres(url) => url.clone(),
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.server
            && let Ok(Db::Postgres(mut conn)) = connection::open(&DatabaseUrl::Postgres(server.clone()))
        {
            let _ = conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

fn next() -> u32 {
    static LAST: AtomicU32 = AtomicU32::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

/// Names the schema: every migration file of the database goes into it.
fn fingerprint(database: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database);
    let mut steps: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|step| step.unwrap().path().join("up.sql")).collect();
    steps.sort();
    let whole: String = steps.iter().map(|step| std::fs::read_to_string(step).unwrap()).collect();
    sha256(whole.as_bytes())[..16].to_owned()
}

fn sqlite_template() -> &'static Path {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let template = folder.join(format!("template-{}.db", fingerprint("sqlite")));
        if !template.exists() {
            let making = folder.join(format!("template-{}-{}.db", std::process::id(), next()));
            let url = DatabaseUrl::Sqlite(making.to_string_lossy().into_owned());
            let mut db = connection::open(&url).unwrap();
            connection::migrate(&mut db).unwrap();
            // Closing the last connection brings the write-ahead log into the file.
            drop(db);
            std::fs::rename(&making, &template).unwrap();
        }
        template
    })
}

fn server_url() -> String {
    std::env::var("KAWAL_TEST_PG").unwrap_or_else(|_| "postgres://postgres@127.0.0.1/postgres".to_owned())
}

/// The same server, another database.
fn beside(server: &str, name: &str) -> String {
    let (address, query) = server.split_once('?').unwrap_or((server, ""));
    let (address, _) = address.rsplit_once('/').unwrap();
    if query.is_empty() { format!("{address}/{name}") } else { format!("{address}/{name}?{query}") }
}

/// Makes the template unless another test process has: one at a time, by an advisory lock. It gets
/// its name when it is finished, so an interrupted run leaves no half a template.
fn postgres_template(server: &str) -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let name = format!("kawal_template_{}", fingerprint("postgres"));
        let mut admin = open(server);
        admin.batch_execute("SELECT pg_advisory_lock(7253900)").unwrap();
        let known: Vec<Name> =
            sql_query("SELECT datname::text AS name FROM pg_database").load(&mut admin).unwrap();
        if !known.iter().any(|known| known.name == name) {
            let making = format!("{name}_making");
            admin
                .batch_execute(&format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)"))
                .and_then(|()| admin.batch_execute(&format!("CREATE DATABASE {making}")))
                .unwrap();
            let mut db = connection::open(&DatabaseUrl::Postgres(beside(server, &making))).unwrap();
            connection::migrate(&mut db).unwrap();
            drop(db);
            admin.batch_execute(&format!("ALTER DATABASE {making} RENAME TO {name}")).unwrap();
        }
        admin.batch_execute("SELECT pg_advisory_unlock(7253900)").unwrap();
        name
    })
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

fn open(server: &str) -> diesel::PgConnection {
    match connection::open(&DatabaseUrl::Postgres(server.to_owned())) {
        Ok(Db::Postgres(conn)) => conn,
        Ok(Db::Sqlite(_)) => panic!("KAWAL_TEST_PG names no PostgreSQL: {server}"),
        Err(error) => {
            panic!("KAWAL_TEST_DB=postgres, but {server} does not answer (`.ci/run postgres`): {error}")
        }
    }
}

fn run(server: &str, sql: &str) {
    open(server).batch_execute(sql).unwrap();
}
