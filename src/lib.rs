//! Kawal keeps cooperation agreements on population data alive from the first letter to the last
//! hand-over.

pub mod documents;
pub mod domain;
pub mod store;
