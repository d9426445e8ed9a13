//! `kawal export`: the agreement file back.

use std::path::PathBuf;

use super::{Global, Outcome, complain, files};
use crate::export::agreement_file::write_yaml;

/// Which agreement, and where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, nomor salah satu pihak, atau awalannya.
    #[arg(value_name = "PERJANJIAN")]
    agreement: String,
    /// Berkas tujuan (.yaml).
    #[arg(long, value_name = "BERKAS")]
    out: PathBuf,
}

/// Writes the agreement file.
///
/// # Errors
/// When none or several agreements match, or the file cannot be written.
pub fn run(global: &Global, args: &Args) -> anyhow::Result<Outcome> {
    if !matches!(args.out.extension().and_then(|ending| ending.to_str()), Some("yaml" | "yml")) {
        complain("berkas perjanjian ditulis sebagai YAML: akhiri nama berkas dengan .yaml");
        return Ok(Outcome::WrongUsage);
    }
    let (agreement, ..) = files::stored(global, &args.agreement)?;
    files::write(&args.out, write_yaml(&agreement).as_bytes())?;
    Ok(Outcome::Done)
}
