//! What every story starts from.
// A story uses what it needs of this; no story needs all of it.
#![allow(dead_code)]

pub mod browser;
pub mod cast;
pub mod database;
pub mod html;
pub mod mailbox;
pub mod rows;
pub mod test_app;
pub mod twins;
pub mod web;

pub use mailbox::{Fault, Mailbox};
pub use test_app::TestApp;
pub use twins::twins;
pub use web::{Browser, Page, Site};
