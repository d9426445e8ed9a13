//! What commands share that read an agreement from the database or from a file.

use std::path::Path;

use chrono::NaiveDate;

use super::{Global, complain, the_agreement};
use crate::clock::{Clock, Zone};
use crate::documents::Stationery;
use crate::domain::agreement::Agreement;
use crate::domain::calendar::Calendar;
use crate::import::fault::FileFault;
use crate::import::{Source, Told};
use crate::store::agreements::{self, Scope};
use crate::store::offices;

/// An agreement with what its deadlines are counted by.
pub struct Known {
    /// The agreement.
    pub told: Told,
    /// The office's days off.
    pub calendar: Calendar,
    /// Today in the office's zone.
    pub today: NaiveDate,
}

/// The agreement that a name means, with its office's calendar and today, and what the office prints it
/// with.
///
/// # Errors
/// When none or several match, or the database cannot be read.
pub fn stored(global: &Global, name: &str) -> anyhow::Result<(Agreement, Known, Stationery)> {
    let app = global.app()?;
    let (id, office) = the_agreement(&app, name)?;
    let (agreement, calendar, zone, stationery) = app.store.read_now(|db| {
        let agreement = agreements::find(db, Scope::office(office), id)?;
        let stationery = app.stationery(db, office, Some(id))?;
        Ok((agreement, app.calendar(db, office)?, offices::find(db, office)?.zone, stationery))
    })?;
    let told =
        Told { facts: agreement.facts().clone(), state: agreement.state(), acts: agreement.acts().clone() };
    let known = Known { told, calendar: (*calendar).clone(), today: app.clock.today(zone) };
    Ok((agreement, known, stationery))
}

/// The agreement of a file, without a database: national calendar, zone of the provider's region.
/// None when the file is refused; its faults are on stderr.
///
/// # Errors
/// When the file cannot be opened.
pub fn from_file(path: &Path) -> anyhow::Result<Option<Known>> {
    let source = read(path)?;
    let told = match source {
        Ok(Source::Agreement(told)) => *told,
        Ok(Source::List(_)) => {
            complain(&format!(
                "{}: diharapkan berkas perjanjian (.yaml, .json), bukan daftar",
                path.display()
            ));
            return Ok(None);
        }
        Err(faults) => {
            tell(path, &faults);
            return Ok(None);
        }
    };
    let zone = told.facts.provider.institution.region.code.as_deref().map_or(Zone::Wib, Zone::of_region);
    Ok(Some(Known { told, calendar: Calendar::national(), today: Clock::System.today(zone) }))
}

/// What a file tells, or its faults.
///
/// # Errors
/// When it cannot be opened.
pub fn read(path: &Path) -> anyhow::Result<Result<Source, Vec<FileFault>>> {
    let bytes = std::fs::read(path)
        .map_err(|error| anyhow::anyhow!("berkas {} tidak dapat dibuka: {error}", path.display()))?;
    Ok(Source::read(path, &bytes))
}

/// Says the faults of a file, one line each.
pub fn tell(path: &Path, faults: &[FileFault]) {
    for fault in faults {
        complain(&format!("{}: {fault}", path.display()));
    }
}

/// Writes a file whole or not at all.
///
/// # Errors
/// When it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let fail =
        |error: std::io::Error| anyhow::anyhow!("berkas {} tidak dapat ditulis: {error}", path.display());
    let mut beside = path.as_os_str().to_owned();
    beside.push(".tulis");
    std::fs::write(&beside, bytes).map_err(fail)?;
    std::fs::rename(&beside, path).map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        fail(error)
    })
}
