//! `kawal schema`: the JSON Schema of agreement files.

use super::{Global, Outcome, say};
use crate::import::schema::schema;

/// No arguments of its own.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints the schema.
///
/// # Errors
/// Never.
pub fn run(_global: &Global, _args: &Args) -> anyhow::Result<Outcome> {
    say(schema().trim_end());
    Ok(Outcome::Done)
}
