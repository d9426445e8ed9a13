//! Storing what a file tells: one transaction per file, all or nothing.

use uuid::Uuid;

use super::App;
use crate::clock::Zone;
use crate::domain::agreement::{Agreement, Origin, Refused};
use crate::domain::audit::Actor;
use crate::domain::fact_sheet::Party;
use crate::domain::fact_sheet::catalogue::{FACTS, label};
use crate::domain::fact_sheet::check::Fault;
use crate::import::fault::{FileFault, in_order};
use crate::import::{Source, Told, lists};
use crate::store::connection::Db;
use crate::store::offices::{self, Office};
use crate::store::{self, StoreError, agreements, key};

/// How a file is imported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Says what would happen and writes nothing.
    pub dry_run: bool,
    /// An agreement file whose provider is no office yet opens one.
    pub new_office: bool,
    /// The office of a list, where the installation has several.
    pub office: Option<String>,
}

/// What was stored, or on a dry run would be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Office.
    pub office_id: Uuid,
    /// Its name.
    pub office: String,
    /// Whether the file opened it.
    pub opened: bool,
    /// Id and agency of each agreement.
    pub agreements: Vec<(Uuid, String)>,
}

/// Why nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file does not fit what is stored.
    #[error("berkas ditolak")]
    Refused(Vec<FileFault>),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Stores what a file tells, in one transaction.
    ///
    /// # Errors
    /// [`ImportError::Refused`] with every fault: an office that does not match, a number that is
    /// already used. Nothing is written then.
    pub fn import(&self, source: &Source, options: &Options, actor: &Actor) -> Result<Report, ImportError> {
        let mut faults = Vec::new();
        let mut done = Report::default();
        let outcome = self.store.write_now(|db| {
            let chosen = match source {
                Source::Agreement(told) => office_of(db, &told.facts.provider, options, self)?,
                Source::List(_) => office_of_list(db, options)?,
            };
            let (office, opened) = match chosen {
                Ok(chosen) => chosen,
                Err(fault) => {
                    faults.push(fault);
                    return Err(undone());
                }
            };
            if opened {
                offices::open(db, &self.opening_deed(&office, actor.clone()), &office)?;
            }
            let deed = self.deed(db, office.id, actor.clone())?;
            for (line, told, origin) in entries(source) {
                let mut facts = told.facts.clone();
                if origin == Origin::Registered {
                    facts.provider.institution = office.institution();
                }
                let id = deed.ids.next();
                let change =
                    match Agreement::begin(id, office.id, origin, told.state, facts, told.acts.clone()) {
                        Ok(change) => change,
                        Err(refused) => {
                            faults.push(not_begun(line, &refused));
                            continue;
                        }
                    };
                match agreements::add(db, &deed, &change) {
                    Ok(()) => done.agreements.push((id, change.agreement.name())),
                    Err(StoreError::Taken(reason)) => faults.push(taken(line, told, &reason)),
                    // PostgreSQL refuses everything after a broken rule; that rule is what people are told.
                    Err(_) if !faults.is_empty() => break,
                    Err(error) => return Err(error),
                }
            }
            done.office_id = office.id;
            done.office = office.name;
            done.opened = opened;
            if options.dry_run || !faults.is_empty() { Err(undone()) } else { Ok(()) }
        });
        match outcome {
            _ if !faults.is_empty() => Err(ImportError::Refused(in_order(faults))),
            Err(_) if options.dry_run && !done.office.is_empty() => Ok(done),
            Err(error) => Err(error.into()),
            Ok(()) => Ok(done),
        }
    }
}

/// Ends the transaction without writing; never seen outside.
fn undone() -> StoreError {
    StoreError::Taken("Tidak ada yang disimpan.".to_owned())
}

fn entries(source: &Source) -> Vec<(Option<usize>, &Told, Origin)> {
    match source {
        Source::Agreement(told) => vec![(None, told, Origin::Imported)],
        Source::List(rows) => {
            rows.iter().map(|row| (Some(row.line), &row.told, Origin::Registered)).collect()
        }
    }
}

/// An office with whether it has yet to be opened, or why there is none.
type Chosen = Result<(Office, bool), FileFault>;

/// The office that an agreement file names as PIHAK KESATU.
fn office_of(db: &mut Db, provider: &Party, options: &Options, app: &App) -> store::Result<Chosen> {
    const NAME: &str = "provider.institution.name";
    let Some(name) = provider.institution.name.as_deref() else {
        return Ok(Err(about(NAME, "", "nama Disdukcapil: berkas menyebut kantornya sendiri".to_owned())));
    };
    let known = offices::all(db)?;
    if let Some(office) = known.iter().find(|office| key(&office.name) == key(name)) {
        return Ok(Ok((office.clone(), false)));
    }
    if !known.is_empty() && !options.new_office {
        let names: Vec<&str> = known.iter().map(|office| office.name.as_str()).collect();
        let expected = format!("salah satu kantor: {}; atau jalankan dengan --new-office", names.join("; "));
        return Ok(Err(about(NAME, &format!("\"{name}\""), expected)));
    }
    Ok(new_office(provider, app).map(|office| (office, true)))
}

/// An office as its own agreement describes it.
fn new_office(provider: &Party, app: &App) -> Result<Office, FileFault> {
    let institution = &provider.institution;
    let region = &institution.region;
    let needed = |path: &str, fact: &Option<String>| {
        fact.clone().ok_or_else(|| about(path, "", "diisi: dari sinilah kantor baru dibuka".to_owned()))
    };
    let name = needed("provider.institution.name", &institution.name)?;
    let region_name = needed("provider.institution.region.name", &region.name)?;
    let address = needed("provider.institution.address", &institution.address)?;
    let full_region = format!("{} {region_name}", region.kind.label());
    let short_name = institution.short_name.clone().unwrap_or_else(|| "Disdukcapil".to_owned());
    let sender_name = if key(&short_name).contains(&key(&region_name)) {
        short_name.clone()
    } else {
        format!("{short_name} {full_region}")
    };
    Ok(Office {
        id: app.ids.next(),
        version: 1,
        name,
        short_name,
        region_kind: region.kind,
        region_name,
        region_code: region.code.clone(),
        head_title: region.kind.head_title().to_owned(),
        address,
        phone: institution.phone.clone(),
        email: institution.email.clone(),
        zone: region.code.as_deref().map_or(Zone::Wib, Zone::of_region),
        sender_name,
        reply_to: institution.email.clone(),
    })
}

/// The office of a list: the only one, or the one that is named.
fn office_of_list(db: &mut Db, options: &Options) -> store::Result<Chosen> {
    let known = offices::all(db)?;
    let names: Vec<&str> = known.iter().map(|office| office.name.as_str()).collect();
    let expected = match &options.office {
        Some(name) => match known.iter().find(|office| key(&office.name) == key(name)) {
            Some(office) => return Ok(Ok((office.clone(), false))),
            None => format!("--office dengan salah satu kantor: {}", names.join("; ")),
        },
        None => match known.as_slice() {
            [office] => return Ok(Ok((office.clone(), false))),
            [] => "kantor yang sudah dibuka: impor dahulu satu berkas perjanjian, atau buka kantor pada halaman pertama"
                .to_owned(),
            _ => format!("--office NAMA, karena ada beberapa kantor: {}", names.join("; ")),
        },
    };
    Ok(Err(FileFault::of_file(
        options.office.as_deref().map(|name| format!("\"{name}\"")).unwrap_or_default(),
        expected,
    )))
}

fn about(path: &str, found: &str, expected: String) -> FileFault {
    FileFault::of_fact(Fault::new(path, found, expected), label(FACTS, path))
}

fn not_begun(line: Option<usize>, refused: &Refused) -> FileFault {
    let fault = FileFault::of_file("", format!("perjanjian yang dapat dicatat. {refused}"));
    match line {
        Some(line) => fault.at(line, None),
        None => fault,
    }
}

/// A number that is already used, at the fact that states it.
fn taken(line: Option<usize>, told: &Told, reason: &str) -> FileFault {
    let facts = &told.facts;
    let numbers = [
        ("provider.number", &facts.provider.number),
        ("user.number", &facts.user.number),
        ("papers.juknis.number", &facts.papers.juknis.number),
    ];
    let stated = numbers.into_iter().find(|(_, number)| {
        number.as_ref().is_some_and(|number| reason.contains(&format!("Nomor {number} ")))
    });
    let path = stated.map_or("", |(path, _)| path);
    let found = stated.and_then(|(_, number)| number.as_ref()).map(|number| format!("\"{number}\""));
    let reason = reason.trim_end_matches('.');
    let fault = about(path, &found.unwrap_or_default(), format!("nomor yang belum dipakai. {reason}"));
    match line {
        Some(line) => {
            let field = lists::column_of(path).map(|column| format!("kolom {column}"));
            FileFault { field: field.unwrap_or_default(), ..fault }.at(line, None)
        }
        None => fault,
    }
}
