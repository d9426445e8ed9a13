//! What every story stands on: the cast is there, on either database.

use kawal::store::connection::{self, DatabaseUrl};

use crate::support::database::Database;
use crate::support::{TestApp, cast};

#[test]
fn the_cast_is_there_and_the_log_tells_how_it_came() {
    let test = TestApp::new();
    assert_eq!(
        matches!(test.app.store.url(), DatabaseUrl::Postgres(_)),
        Database::is_postgres(),
        "the stories run on the database that was asked for"
    );
    let sentences = test.sentences(test.office);
    assert!(sentences[0].contains("membuka kantor"), "{sentences:?}");
    assert!(sentences.iter().any(|sentence| sentence.contains(cast::HENDRA.1)), "{sentences:?}");
    assert!(!test.sentences(test.kota).iter().any(|sentence| sentence.contains(cast::HENDRA.1)));
}

#[test]
fn an_agreement_is_stored_as_it_was_entered() {
    let test = TestApp::new();
    let facts = cast::fisheries(&test.office(test.office));
    let id = test.add_agreement(test.office, facts.clone());
    assert_eq!(*test.agreement(test.office, id).facts(), facts);
}

#[test]
fn the_database_engine_is_one_without_the_write_ahead_log_race() {
    let test = TestApp::empty();
    let version = test.app.store.read_now(|db| Ok(connection::engine_version(db)?)).unwrap();
    if !Database::is_postgres() {
        let parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
        assert!(parts >= vec![3, 51, 3], "SQLite {version}");
    }
}
