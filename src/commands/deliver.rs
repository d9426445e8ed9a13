//! `kawal deliver`: delivers what is in the outbox once, and says what happened.

use super::{Global, Outcome, complain, say};
use crate::app::{App, os_user};
use crate::jobs::deliver::{self, Delivered};
use crate::mail::Relay;
use crate::store::outbox;

/// How to say it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Delivers.
///
/// # Errors
/// When settings are wrong or the database refuses.
pub fn run(global: &Global, args: &Args) -> anyhow::Result<Outcome> {
    let app = global.app()?;
    let Some(relay) = the_relay(&app)? else {
        let waiting = app.store.read_now(outbox::waiting_count)?;
        complain(&format!(
            "SMTP_URL belum diisi; {waiting} surel menunggu dan dapat dibaca di halaman Surel"
        ));
        return Ok(Outcome::Refused);
    };
    let Some(delivered) = deliver::once(&app, &relay, &os_user())? else {
        complain(
            "surel sedang dikirim oleh proses lain (`kawal serve` yang berjalan); tidak ada yang perlu dijalankan",
        );
        return Ok(Outcome::Refused);
    };
    if args.json {
        say(&serde_json::json!({
            "version": 1,
            "sent": delivered.sent,
            "later": delivered.later,
            "refused": delivered.refused,
            "unknown": delivered.unknown,
            "cancelled": delivered.cancelled,
            "undeliverable": delivered.undeliverable,
            "paused": delivered.paused,
        })
        .to_string());
    } else {
        tell(&delivered);
    }
    match delivered.paused {
        None => Ok(Outcome::Done),
        Some(reason) => {
            complain(&format!("{reason}; surel tetap menunggu"));
            Ok(Outcome::Refused)
        }
    }
}

/// The relay of the settings; none when SMTP_URL is not set.
///
/// # Errors
/// One line that names the wrong setting.
pub fn the_relay(app: &App) -> anyhow::Result<Option<Relay>> {
    match (&app.config.smtp_url, &app.config.mail_from) {
        (Some(url), Some(from)) => Relay::new(url, from).map(Some).map_err(anyhow::Error::msg),
        (None, _) | (_, None) => Ok(None),
    }
}

fn tell(delivered: &Delivered) {
    say(&format!("{} terkirim", delivered.sent));
    for (count, what) in [
        (delivered.later, "ditunda; dicoba lagi nanti"),
        (delivered.refused, "ditolak; lihat halaman Tugas"),
        (delivered.unknown, "belum pasti; dikirim ulang setengah jam lagi dengan Message-ID yang sama"),
        (delivered.cancelled, "dibatalkan karena tidak lagi perlu"),
        (delivered.undeliverable, "tanpa alamat; lihat halaman Tugas"),
    ] {
        if count > 0 {
            say(&format!("{count} {what}"));
        }
    }
}
