//! `kawal remind`: puts what is due by a day into the outbox, and says what.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{Global, Outcome, say};
use crate::app::os_user;
use crate::domain::wording::date_long;
use crate::jobs::remind::{self, Line, Scan, Scanned};
use crate::store::offices::{self, Office};

/// Which day, and how to say it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Dinilai per tanggal ini (TTTT-BB-HH), bukan hari ini; batas pemindaian harian tidak bergeser.
    #[arg(long, value_name = "TANGGAL")]
    on: Option<NaiveDate>,
    /// Hanya menyebutkan; tidak menulis apa pun.
    #[arg(long)]
    dry_run: bool,
    /// Sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Scans every office. Without `--on` this is a person's word that today's date is right, so a held
/// schedule goes on.
///
/// # Errors
/// When the database cannot be read or refuses.
pub fn run(global: &Global, args: &Args) -> anyhow::Result<Outcome> {
    let app = global.app()?;
    let mut all: Vec<(Office, Scanned)> = Vec::new();
    for office in app.store.read_now(offices::all)? {
        let today = app.clock.today(office.zone);
        let scanned = match (args.on, args.dry_run) {
            (on, true) => remind::dry_run(&app, office.id, on.unwrap_or(today))?,
            (Some(on), false) => remind::scan(&app, office.id, on, &Scan::ByPerson(os_user()))?,
            (None, false) => remind::confirm(&app, office.id, &os_user())?,
        };
        all.push((office, scanned));
    }
    if args.json {
        say(&as_json(args.on, &all).to_string());
    } else {
        for (office, scanned) in &all {
            tell(office, scanned, args.dry_run);
        }
    }
    Ok(Outcome::Done)
}

/// `{"version", "on", "queued", "superseded", "undeliverable"}`; `on` is the latest day of all offices
/// when none was given, and every line names its own.
fn as_json(on: Option<NaiveDate>, all: &[(Office, Scanned)]) -> Value {
    let lines = |pick: fn(&Scanned) -> &Vec<Line>| -> Vec<Value> {
        all.iter()
            .flat_map(|(office, scanned)| {
                pick(scanned).iter().map(move |line| {
                    json!({
                        "agreement": line.agreement,
                        "step": line.step,
                        "rung": line.rung,
                        "due_on": line.due_on,
                        "recipient": line.address.as_ref().unwrap_or(&line.recipient_name),
                        "recipient_name": line.recipient_name,
                        "subject": line.subject,
                        "reason": line.reason,
                        "office": office.name,
                        "on": scanned.on,
                    })
                })
            })
            .collect()
    };
    json!({
        "version": 1,
        "on": on.or_else(|| all.iter().map(|(_, scanned)| scanned.on).max()),
        "queued": lines(|scanned| &scanned.queued),
        "superseded": lines(|scanned| &scanned.superseded),
        "undeliverable": lines(|scanned| &scanned.undeliverable),
    })
}

fn tell(office: &Office, scanned: &Scanned, dry_run: bool) {
    let would = if dry_run { " (tidak ditulis)" } else { "" };
    say(&format!(
        "{}, {}{would}: {} ke antrean, {} digantikan, {} tanpa alamat",
        office.short_name,
        date_long(scanned.on),
        scanned.queued.len(),
        scanned.superseded.len(),
        scanned.undeliverable.len()
    ));
    for line in &scanned.queued {
        let (address, subject) = (line.address.as_deref(), line.subject.as_deref());
        say(&format!(
            "  {} <{}>: {}",
            line.recipient_name,
            address.unwrap_or_default(),
            subject.unwrap_or_default()
        ));
    }
    for line in &scanned.undeliverable {
        say(&format!("  {}: {}", line.agreement, line.reason.as_deref().unwrap_or_default()));
    }
}
