//! `kawal import`: agreement files and lists, all or nothing per file.

use std::path::PathBuf;

use super::{Global, Outcome, files, say};
use crate::app::os_user;
use crate::import::register::{self, ImportError, Options, Report};

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
        match register::import(&app, &source, &options, &os_user()) {
            Ok(report) => told(&path.display().to_string(), &report, args.dry_run),
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
