//! `kawal migrate`: brings the database up to date, then ends.

use super::{Global, Outcome, say};
use crate::app::App;
use crate::clock::{Clock, Ids};

/// No arguments of its own.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Migrates, also when `KAWAL_MIGRATE` is off: that is what this command is for.
///
/// # Errors
/// When the database cannot be opened or is newer than this binary.
pub fn run(global: &Global, _args: &Args) -> anyhow::Result<Outcome> {
    let mut config = global.config()?;
    config.migrate = true;
    App::open(config, Clock::System, Ids::Random)?;
    say("Basis data sudah mutakhir.");
    Ok(Outcome::Done)
}
