//! `kawal render PERJANJIAN bundel`: all papers of an agreement as one ZIP or one PDF.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::sync::Arc;

use super::super::{Global, Outcome, complain, files, the_agreement};
use super::{Args, wrong};
use crate::documents::Stationery;
use crate::documents::papers::PaperGroup;
use crate::export::bundle::{Bundle, BundleFormat, Failure, Tally};
use crate::export::dossier::Dossier;
use crate::store::agreements::Scope;
use crate::store::offices;

/// How the bundle is asked for.
pub(super) const NAME: &str = "bundel";

/// Writes the bundle.
///
/// # Errors
/// When none or several agreements match, or the file cannot be written.
pub(super) fn run(global: &Global, args: &Args, agreement: Option<&str>) -> anyhow::Result<Outcome> {
    let ending = args.out.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    let Some(format) = BundleFormat::ALL.iter().copied().find(|format| format.code() == ending) else {
        return Ok(wrong("akhiri nama berkas tujuan bundel dengan .zip atau .pdf"));
    };
    if args.ready || args.blank_date {
        return Ok(wrong("bundel dicetak apa adanya; --siap dan --tanpa-tanggal hanya untuk satu naskah"));
    }
    let mut dossier = match (&args.from, agreement) {
        (Some(path), _) => match files::from_file(path)? {
            Some(known) => Dossier {
                facts: known.told.facts,
                acts: known.told.acts,
                state: known.told.state,
                calendar: Arc::new(known.calendar),
                today: known.today,
                stationery: Stationery::standard(),
                kept: BTreeMap::new(),
            },
            None => return Ok(Outcome::Refused),
        },
        (None, Some(name)) => stored(global, name)?,
        (None, None) => return Ok(Outcome::WrongUsage),
    };
    dossier.today = args.on.unwrap_or(dossier.today);
    let unwritten =
        |error: &std::io::Error| format!("berkas {} tidak dapat ditulis: {error}", args.out.display());
    let file = File::create(&args.out).map_err(|error| anyhow::anyhow!(unwritten(&error)))?;
    let written = write(&dossier, BufWriter::new(file), format, !args.final_only);
    let (tally, failures) = written.map_err(|error| anyhow::anyhow!(unwritten(&error)))?;
    for failure in &failures {
        complain(&format!("{}: {}", failure.what(), failure.reason));
    }
    if tally.left_out > 0 {
        complain(&format!("{} naskah masih draf dan tidak diikutkan", tally.left_out));
    }
    // What could be printed is in the file; that it is not everything a script has to know.
    Ok(if tally.failed + tally.left_out > 0 { Outcome::Refused } else { Outcome::Done })
}

/// Writes it; what is in it, and what is not.
fn write(
    dossier: &Dossier,
    out: impl Write,
    format: BundleFormat,
    drafts: bool,
) -> std::io::Result<(Tally, Vec<Failure>)> {
    let mut bundle = Bundle::begin(out, format, dossier.today)?;
    bundle.open(dossier)?;
    for paper in dossier.papers(PaperGroup::ALL) {
        bundle.put(paper, dossier.person(paper), dossier.print(paper, drafts))?;
    }
    let tally = bundle.tally();
    let (mut out, failures) = bundle.finish()?;
    out.flush()?;
    Ok((tally, failures))
}

fn stored(global: &Global, name: &str) -> anyhow::Result<Dossier> {
    let app = global.app()?;
    let (id, office) = the_agreement(&app, name)?;
    Ok(app.store.read_now(|db| {
        let today = app.clock.today(offices::find(db, office)?.zone);
        app.dossier(db, Scope::office(office), id, today)
    })?)
}
