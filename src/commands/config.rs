//! `kawal config`: every setting, its value, where it came from and what it means.

use super::{Global, Outcome, say};
use crate::config::SETTINGS;

/// No arguments of its own.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Lists the settings.
///
/// # Errors
/// When one of them is wrong.
pub fn run(global: &Global, _args: &Args) -> anyhow::Result<Outcome> {
    let config = global.config()?;
    for setting in SETTINGS {
        let (value, source) = match config.sources.get(setting.name) {
            Some(_) if setting.secret => ("(diisi)".to_owned(), config.sources[setting.name].1),
            Some((value, source)) => (value.clone(), *source),
            None => (setting.default.to_owned(), "bawaan"),
        };
        say(&format!("{} = {value}  [{source}]\n    {}", setting.name, setting.meaning));
    }
    Ok(Outcome::Done)
}
