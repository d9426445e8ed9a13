//! What each subcommand does, one file each. Results go to stdout, reasons to stderr in Indonesian.
//! Exit status: 0 done; 1 findings or refused input, nothing changed; 2 wrong usage.

pub mod audit;
pub mod config;
pub mod deadlines;
pub mod deliver;
pub mod demo;
pub mod export;
pub mod files;
pub mod import;
pub mod migrate;
pub mod remind;
pub mod render;
pub mod schema;
pub mod serve;
pub mod user;

use std::io::Write;

use uuid::Uuid;

use crate::app::App;
use crate::clock::{Clock, Ids};
use crate::config::{Config, Flags};
use crate::store::agreements;

/// Flags of every subcommand; each wins over its variable.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Global {
    /// Folder data (KAWAL_DATA).
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data: Option<String>,
    /// Basis data (DATABASE_URL).
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Alamat dan porta halaman (KAWAL_LISTEN).
    #[arg(long, global = true, value_name = "ALAMAT:PORTA")]
    pub listen: Option<String>,
    /// Alamat yang dibuka orang (BASE_URL).
    #[arg(long, global = true, value_name = "URL")]
    pub base_url: Option<String>,
    /// Server surel (SMTP_URL).
    #[arg(long, global = true, value_name = "URL")]
    pub smtp_url: Option<String>,
}

/// How a command ended, when it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Findings, or refused input; the reason is on stderr.
    Refused,
    /// The command was not understood; the reason is on stderr.
    WrongUsage,
}

impl Global {
    /// The settings: flags over environment over file over default.
    ///
    /// # Errors
    /// One line naming the wrong setting.
    pub fn config(&self) -> anyhow::Result<Config> {
        self.config_over(Flags::new())
    }

    /// The settings, with defaults that this command brings along.
    ///
    /// # Errors
    /// One line naming the wrong setting.
    pub fn config_over(&self, mut flags: Flags) -> anyhow::Result<Config> {
        let given = [
            ("KAWAL_DATA", &self.data),
            ("DATABASE_URL", &self.database_url),
            ("KAWAL_LISTEN", &self.listen),
            ("BASE_URL", &self.base_url),
            ("SMTP_URL", &self.smtp_url),
        ];
        for (name, value) in given {
            if let Some(value) = value {
                flags.insert(name, value.clone());
            }
        }
        Config::read(&flags, &|name| std::env::var(name).ok()).map_err(anyhow::Error::msg)
    }

    /// The application on the machine's clock.
    ///
    /// # Errors
    /// When settings, data folder or database cannot be opened.
    pub fn app(&self) -> anyhow::Result<App> {
        App::open(self.config()?, Clock::System, Ids::Random)
    }
}

/// Says something on stderr.
pub fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "kawal: {text}");
}

/// Prints a line on stdout; a closed pipe ends quietly.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// The one agreement that an id, a number or a unique prefix means, with its office.
///
/// # Errors
/// When there is none, or two match: both are listed.
pub fn the_agreement(app: &App, name: &str) -> anyhow::Result<(Uuid, Uuid)> {
    let mut found = app.store.read_now(|db| agreements::named(db, name))?;
    match found.len() {
        1 => {
            let (id, office, _) = found.remove(0);
            Ok((id, office))
        }
        0 => {
            anyhow::bail!("tidak ada perjanjian \"{name}\"; sebut id, nomor salah satu pihak, atau awalannya")
        }
        _ => {
            let lines: Vec<String> =
                found.into_iter().take(10).map(|(_, _, label)| format!("  {label}")).collect();
            anyhow::bail!("\"{name}\" cocok dengan beberapa perjanjian:\n{}", lines.join("\n"))
        }
    }
}
