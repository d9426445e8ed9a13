//! The integration tests: stories with a cast. Each is written once and runs on SQLite, or on
//! PostgreSQL with `KAWAL_TEST_DB=postgres` (server: `KAWAL_TEST_PG`).
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod agreement_files;
mod agreement_form;
mod agreement_life;
mod both_databases;
mod browser;
mod command_line;
mod door;
mod facts_are_used;
mod foundation;
mod institutions;
mod layers;
mod legal_bases;
mod office_pages;
mod outbox_delivery;
mod permissions;
mod renewal_reminders;
mod setup;
mod support;
mod upgrades;
mod wordings;
