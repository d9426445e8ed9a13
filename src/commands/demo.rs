//! `kawal demo`: the same as `serve` on a throw-away data folder filled with fictional offices.

use super::{Global, Outcome, say};
use crate::app::App;
use crate::clock::{Clock, Ids};
use crate::config::Flags;
use crate::demo;
use crate::jobs::remind::{self, Scan};
use crate::password::Cost;
use crate::web::State;

/// How large the demonstration shall be.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Jumlah perjanjian paling sedikit.
    #[arg(long, default_value_t = 45)]
    pub agreements: usize,
    /// Isi folder data (--data) lalu berhenti, tanpa menjalankan halaman.
    #[arg(long)]
    pub fill_only: bool,
}

/// Fills and serves.
///
/// # Errors
/// When the folder cannot be made or the address is taken.
pub fn run(global: &Global, args: &Args) -> anyhow::Result<Outcome> {
    let folder = match (&global.data, args.fill_only) {
        (Some(data), true) => std::path::PathBuf::from(data),
        _ => std::env::temp_dir().join(format!("kawal-demo-{}", std::process::id())),
    };
    let mut flags = Flags::from([("KAWAL_DATA", folder.to_string_lossy().into_owned())]);
    if global.database_url.is_none() {
        flags.insert("DATABASE_URL", format!("sqlite:{}", folder.join("kawal.db").display()));
    }
    flags.insert("KAWAL_KEY_FILE", folder.join("kunci").to_string_lossy().into_owned());
    let mut config = Global { data: None, smtp_url: None, ..global.clone() }.config_over(flags)?;
    // Nobody fictional shall get a real mail: the demonstration keeps its mails in the outbox page.
    config.smtp_url = None;
    super::serve::log_to_stderr(if config.sources.contains_key("KAWAL_LOG") { &config.log } else { "warn" });
    let listener = if args.fill_only { None } else { Some(super::serve::bind(&mut config)?) };
    let app = App::open(config, Clock::System, Ids::Random)?;
    say("Mengisi dua kantor rekaan …");
    let accounts = demo::fill(&app, args.agreements)?;
    for office in app.store.read_now(crate::store::offices::all)? {
        let today = app.clock.today(office.zone);
        remind::scan(&app, office.id, today, &Scan::Scheduled)?;
    }
    let Some(listener) = listener else { return Ok(Outcome::Done) };
    say("\nKantor rekaan siap. Semua orang, nomor dan tempat di dalamnya rekaan.\n");
    for account in &accounts {
        say(&format!("  {:<44} {:<36} {}", account.role, account.email, demo::PASSWORD));
    }
    say(
        "\nSurel tidak dikirim ke mana pun; baca di halaman Surel. Berhenti dengan Ctrl+C; datanya lalu dibuang.\n",
    );
    let mut state = State::new(Cost::Full);
    state.demo_accounts = accounts
        .iter()
        .map(|account| (account.role.clone(), account.email.clone(), demo::PASSWORD.to_owned()))
        .collect();
    let served = super::serve::serve(app, state, listener);
    let swept = std::fs::remove_dir_all(&folder);
    served?;
    swept?;
    Ok(Outcome::Done)
}
