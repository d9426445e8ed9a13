//! `kawal import`: agreement files and lists, all or nothing per file.

use std::path::PathBuf;

use super::{Global, Outcome, complain, files, say};
use crate::app::import::{ImportError, Options, Report};
use crate::app::{App, os_user};
use crate::jobs::remind;

/// What to import, and how.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Berkas perjanjian (.yaml, .json) atau daftar (.csv, .xlsx).
    #[arg(required = true, value_name = "BERKAS")]
    files: Vec<PathBuf>,
    /// Hanya memeriksa; tidak menyimpan apa pun.
    #[arg(long)]
    dry_run: bool,
    /// Membuka kantor baru bila Disdukcapil pada berkas belum ada.
    #[arg(long)]
    new_office: bool,
    /// Nama kantor untuk daftar, bila ada beberapa kantor.
    #[arg(long, value_name = "NAMA")]
    office: Option<String>,
}

/// Imports each file; a refused one does not keep the others out.
///
/// # Errors
/// When a file cannot be opened or the database does not answer.
pub fn run(global: &Global, args: &Args) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Done;
    let mut sound = Vec::new();
    for path in &args.files {
        match files::read(path)? {
            Ok(source) => sound.push((path, source)),
            Err(faults) => {
                files::tell(path, &faults);
                outcome = Outcome::Refused;
            }
        }
    }
    if sound.is_empty() {
        return Ok(outcome);
    }
    let app = global.app()?;
    let options = Options { dry_run: args.dry_run, new_office: args.new_office, office: args.office.clone() };
    for (path, source) in sound {
        match app.import(&source, &options, &os_user()) {
            Ok(report) => {
                told(&path.display().to_string(), &report, args.dry_run);
                if !args.dry_run {
                    remind_at_once(&app, &report);
                }
            }
            Err(ImportError::Refused(faults)) => {
                files::tell(path, &faults);
                outcome = Outcome::Refused;
            }
            Err(ImportError::Store(error)) => return Err(error.into()),
        }
    }
    Ok(outcome)
}

fn told(file: &str, report: &Report, dry_run: bool) {
    let verb = if dry_run { "akan " } else { "" };
    if report.opened {
        say(&format!("{file}: kantor {} {verb}dibuka", report.office));
    }
    for (id, agency) in &report.agreements {
        if dry_run {
            say(&format!("{file}: {agency} akan disimpan pada {}", report.office));
        } else {
            say(&format!("{file}: {agency} disimpan pada {} dengan id {id}", report.office));
        }
    }
}

/// An agreement that is already inside its renewal window is reminded now. When that fails it stays
/// stored, and the next scan catches up.
fn remind_at_once(app: &App, report: &Report) {
    for (id, agency) in &report.agreements {
        match remind::catch_up(app, report.office_id, *id) {
            Ok(scanned) => {
                for line in &scanned.queued {
                    let address = line.address.as_deref().unwrap_or_default();
                    say(&format!(
                        "{agency}: pengingat perpanjangan disiapkan untuk {} <{address}>",
                        line.recipient_name
                    ));
                }
                for line in &scanned.undeliverable {
                    let reason = line.reason.as_deref().unwrap_or_default();
                    complain(&format!("{agency}: pengingat perpanjangan tidak dapat dikirim: {reason}"));
                }
            }
            Err(error) => complain(&format!(
                "{agency}: pengingat belum dapat disiapkan ({error:#}); disusul pada pemindaian berikutnya"
            )),
        }
    }
}
