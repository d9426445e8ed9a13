//! Everything that stands in the database, row by row: to show that nothing changed, that a secret is
//! nowhere, or that both databases have the same columns.

use std::collections::BTreeMap;

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use kawal::store::connection::{self, DatabaseUrl, Db};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(db: &mut Db, sql: &str) -> Vec<String> {
    let found: Vec<Line> = match db {
        Db::Sqlite(conn) => sql_query(sql).load(conn).unwrap(),
        Db::Postgres(conn) => sql_query(sql).load(conn).unwrap(),
    };
    found.into_iter().map(|found| found.line).collect()
}

/// Runs statements of a test, beside the application.
pub fn execute(url: &DatabaseUrl, sql: &str) {
    use diesel::connection::SimpleConnection;
    let mut db = connection::open(url).unwrap();
    match &mut db {
        Db::Sqlite(conn) => conn.batch_execute(sql).unwrap(),
        Db::Postgres(conn) => conn.batch_execute(sql).unwrap(),
    }
}

/// Columns of every table, in their order.
pub fn columns(url: &DatabaseUrl) -> BTreeMap<String, Vec<String>> {
    let mut db = connection::open(url).unwrap();
    let tables = match &db {
        Db::Sqlite(_) => {
            "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        }
        Db::Postgres(_) => {
            "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = 'public'"
        }
    };
    let tables = lines(&mut db, tables).into_iter().filter(|table| !table.starts_with("__diesel"));
    let mut columns = BTreeMap::new();
    for table in tables {
        let sql = match &db {
            Db::Sqlite(_) => format!("SELECT name AS line FROM pragma_table_info('{table}') ORDER BY cid"),
            Db::Postgres(_) => format!(
                "SELECT column_name::text AS line FROM information_schema.columns \
                 WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
            ),
        };
        columns.insert(table, lines(&mut db, &sql));
    }
    columns
}

/// Every row of every table as text.
pub fn rows(url: &DatabaseUrl) -> BTreeMap<String, Vec<String>> {
    let columns = columns(url);
    let mut db = connection::open(url).unwrap();
    let mut rows = BTreeMap::new();
    for (table, columns) in columns {
        let sql = match &db {
            Db::Sqlite(_) => {
                let quoted: Vec<String> =
                    columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
                format!("SELECT {} AS line FROM \"{table}\" ORDER BY 1", quoted.join(" || '|' || "))
            }
            Db::Postgres(_) => format!("SELECT t::text AS line FROM \"{table}\" t ORDER BY 1"),
        };
        let found = lines(&mut db, &sql);
        rows.insert(table, found);
    }
    rows
}
