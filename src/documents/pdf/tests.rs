//! The paper as it comes out: nothing lost, nothing over the margin, the same bytes every time.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::super::model::Document;

/// An invented agreement with every kind of block.
fn sample() -> Document {
    serde_json::from_str(include_str!("../../../tests/fixtures/papers/sample.json")).unwrap()
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = sample();
    let first = super::render(&document).unwrap();
    if let Some(path) = std::env::var_os("KAWAL_KEEP_PAPER") {
        std::fs::write(path, &first).unwrap();
    }
    assert!(first == super::render(&document).unwrap());
    assert!(first == super::render(&document.clone()).unwrap());
}
