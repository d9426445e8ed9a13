//! What every page shows, as structs of ready-to-print text.
//!
//! A page struct holds no domain type: handlers decide, format dates and choose words; templates only
//! place them. Each struct stands beside the handler of the same noun and names the template at the
//! same path. Values are escaped by askama; the few parts that render themselves are marked
//! [`askama::filters::HtmlSafe`] here and nowhere else.
//!
//! To add a page: a struct with `#[derive(Template)]` and a `layout: Layout` field, a template that
//! extends `layout/office.html`, a `sample()`, and one line in the test of this module.

pub mod agreement_forms;
pub mod agreements;
pub mod audit;
pub mod dashboard;
pub mod deadlines;
pub mod errors;
pub mod form;
pub mod institutions;
pub mod layout;
pub mod legal_bases;
pub mod life_line;
pub mod outbox;
pub mod parts;
pub mod session;
pub mod settings;
pub mod setup;
pub mod tasks;
pub mod typed;
pub mod wordings;

#[cfg(test)]
mod tests;
