//! `kawal render`: a paper of an agreement, from the database or from a file.

mod bundle;

use std::path::PathBuf;

use chrono::NaiveDate;

use super::{Global, Outcome, complain, files};
use crate::documents::papers::{self, PaperFormat, PaperKind, PaperRef};
use crate::documents::{Job, Print, Stage, Stationery};

/// Which paper of which agreement, and where to.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Perjanjian (id, nomor salah satu pihak, atau awalannya) lalu nama naskah; dengan --from cukup nama
    /// naskah. Naskah "bundel": semua naskah perjanjian itu, sebagai .zip atau satu .pdf.
    #[arg(required = true, num_args = 1..=2, value_names = ["PERJANJIAN", "NASKAH"])]
    what: Vec<String>,
    /// Berkas perjanjian; tanpa basis data.
    #[arg(long, value_name = "BERKAS")]
    from: Option<PathBuf>,
    /// Berkas tujuan; akhirannya menentukan bentuk: .pdf, .docx, .html, .txt.
    #[arg(long, value_name = "BERKAS")]
    out: PathBuf,
    /// Menolak naskah yang masih berupa draf.
    #[arg(long = "final")]
    final_only: bool,
    /// Naskah siap tanda tangan: nomor yang belum ada menjadi titik-titik.
    #[arg(long = "siap")]
    ready: bool,
    /// Seperti --siap, dengan tanggal yang juga dikosongkan.
    #[arg(long = "tanpa-tanggal")]
    blank_date: bool,
    /// Tanggal surat (TTTT-BB-HH); bawaan: hari ini.
    #[arg(long, value_name = "TANGGAL")]
    on: Option<NaiveDate>,
}

/// Prints the paper.
///
/// # Errors
/// When none or several agreements match, the paper cannot be printed or the file not be written.
pub fn run(global: &Global, args: &Args) -> anyhow::Result<Outcome> {
    let (agreement, name) = match (args.what.as_slice(), &args.from) {
        ([name], Some(_)) => (None, name),
        ([agreement, name], None) => (Some(agreement), name),
        ([_, ..], Some(_)) => return Ok(wrong("dengan --from cukup sebut nama naskahnya")),
        _ => return Ok(wrong("sebut perjanjiannya lalu nama naskahnya, atau pakai --from BERKAS")),
    };
    if name == bundle::NAME {
        return bundle::run(global, args, agreement.map(String::as_str));
    }
    let Ok(paper) = name.parse::<PaperRef>() else {
        let mut known: Vec<&str> = PaperKind::ALL.iter().map(|kind| kind.code()).collect();
        known.push(bundle::NAME);
        return Ok(wrong(&format!("naskah \"{name}\" tidak dikenal; pilih {}", known.join(", "))));
    };
    let ending = args.out.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    let Some(format) = PaperFormat::ALL.iter().copied().find(|format| format.code() == ending) else {
        return Ok(wrong("akhiri nama berkas tujuan dengan .pdf, .docx, .html atau .txt"));
    };
    let (known, stationery) = match (&args.from, agreement) {
        (Some(path), _) => match files::from_file(path)? {
            Some(known) => (known, Stationery::standard()),
            None => return Ok(Outcome::Refused),
        },
        (None, Some(agreement)) => {
            let (_, known, stationery) = files::stored(global, agreement)?;
            (known, stationery)
        }
        (None, None) => return Ok(Outcome::WrongUsage),
    };
    let day = args.on.unwrap_or(known.today);
    let stage = match (args.ready, args.blank_date) {
        (false, false) => Stage::Final,
        (_, blank_date) => Stage::ReadyToSign { blank_date },
    };
    let job = Job {
        facts: &known.told.facts,
        acts: &known.told.acts,
        calendar: &known.calendar,
        today: day,
        print: Print { stage, stationery: &stationery },
    };
    let printed = papers::print(paper, &job)?;
    if !printed.gaps.is_empty() {
        let gaps = printed.gaps.join("; ");
        if args.final_only {
            complain(&format!("belum dapat dicetak final; belum diketahui: {gaps}"));
            return Ok(Outcome::Refused);
        }
        complain(&format!("dicetak sebagai DRAF; belum diketahui: {gaps}"));
    }
    files::write(&args.out, &papers::write(&printed.documents, format)?)?;
    Ok(Outcome::Done)
}

fn wrong(reason: &str) -> Outcome {
    complain(reason);
    Outcome::WrongUsage
}
