//! `kawal audit verify` and `kawal audit export`: the chain of the log.

use chrono::SecondsFormat;

use super::{Global, Outcome, complain, say};
use crate::domain::audit::Payload;
use crate::store::audit_log::{self, Filter};
use crate::store::offices;

/// What to do with the log.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Clone, clap::Subcommand)]
enum What {
    /// Memeriksa rantai setiap kantor; 1 bila ada yang putus.
    Verify,
    /// Menulis semua catatan sebagai baris JSON.
    Export,
}

/// Verifies or exports.
///
/// # Errors
/// When the database cannot be read.
pub fn run(global: &Global, args: &Args) -> anyhow::Result<Outcome> {
    let app = global.app()?;
    let all = app.store.read_now(offices::all)?;
    let mut outcome = Outcome::Done;
    for office in all {
        match args.what {
            What::Verify => {
                let verdict = app.store.read_now(|db| audit_log::verify(db, office.id))?;
                match verdict.broken {
                    None => say(&format!(
                        "{}: utuh, {} catatan, kepala {}",
                        office.name, verdict.entries, verdict.head
                    )),
                    Some((place, reason)) => {
                        complain(&format!("{}: rantai putus pada catatan {place}: {reason}", office.name));
                        outcome = Outcome::Refused;
                    }
                }
            }
            What::Export => {
                let mut before = None;
                loop {
                    let filter = Filter { before, limit: 1_000, ..Filter::default() };
                    let entries = app.store.read_now(|db| audit_log::list(db, office.id, &filter))?;
                    let Some(last) = entries.last() else { break };
                    before = Some(last.seq);
                    for entry in &entries {
                        let payload: Payload = serde_json::from_str(&entry.payload)?;
                        say(&serde_json::json!({
                            "version": 1, "office": office.name, "seq": entry.seq,
                            "at": entry.at.to_rfc3339_opts(SecondsFormat::Micros, true),
                            "actor": entry.actor_name, "verb": entry.verb, "subject_kind": entry.subject_kind,
                            "subject_id": entry.subject_id, "subject": entry.subject_name,
                            "sentence": entry.sentence(), "changes": payload.changes, "note": payload.note,
                        })
                        .to_string());
                    }
                }
            }
        }
    }
    Ok(outcome)
}
