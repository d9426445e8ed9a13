//! Everything the application is made of, built once and shared by web, jobs, commands and tests.

pub mod import;
pub mod stationery;
pub mod wording;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use uuid::Uuid;

use crate::clock::{Clock, Ids};
use crate::config::Config;
use crate::domain::audit::Actor;
use crate::domain::calendar::Calendar;
use crate::secrets::Secrets;
use crate::store::connection::{self, DatabaseUrl, Db};
use crate::store::deed::Deed;
use crate::store::{self, Store, calendars, offices};

/// Calendars by office, each with the version it was read at.
type KeptCalendars = HashMap<Uuid, (i32, Arc<Calendar>)>;

/// The application.
#[derive(Clone)]
pub struct App {
    /// Data.
    pub store: Store,
    /// Time.
    pub clock: Clock,
    /// Ids.
    pub ids: Ids,
    /// Keys.
    pub secrets: Secrets,
    /// Settings.
    pub config: Arc<Config>,
    calendars: Arc<Mutex<KeptCalendars>>,
    wordings: wording::KeptWordings,
}

impl App {
    /// Opens the data folder, the key and the database, and brings the database up to date.
    ///
    /// # Errors
    /// When one of them cannot be opened, or the database is newer than this binary.
    pub fn open(config: Config, clock: Clock, ids: Ids) -> anyhow::Result<Self> {
        private_folder(&config.data)
            .with_context(|| format!("folder data {} tidak dapat dibuat", config.data.display()))?;
        let secrets = Secrets::open(&config.key_file)?;
        bring_up_to_date(&config)?;
        let store = Store::open(&config.database).context("basis data tidak dapat dibuka")?;
        Ok(Self::of(store, clock, ids, secrets, config))
    }

    /// An application of ready parts: for tests.
    pub fn of(store: Store, clock: Clock, ids: Ids, secrets: Secrets, config: Config) -> Self {
        Self {
            store,
            clock,
            ids,
            secrets,
            config: Arc::new(config),
            calendars: Arc::default(),
            wordings: Arc::default(),
        }
    }

    /// The circumstances of a deed in an office.
    ///
    /// # Errors
    /// [`store::StoreError::NotFound`] for an unknown office.
    pub fn deed(&self, db: &mut Db, office_id: Uuid, actor: Actor) -> store::Result<Deed> {
        let office = offices::find(db, office_id)?;
        Ok(Deed {
            office_id,
            zone: office.zone,
            calendar: self.calendar(db, office_id)?,
            actor,
            now: self.clock.now(),
            ids: self.ids.clone(),
            secrets: self.secrets.clone(),
        })
    }

    /// The circumstances of opening an office that is not there yet.
    pub fn opening_deed(&self, office: &offices::Office, actor: Actor) -> Deed {
        Deed {
            office_id: office.id,
            zone: office.zone,
            calendar: Arc::new(Calendar::national()),
            actor,
            now: self.clock.now(),
            ids: self.ids.clone(),
            secrets: self.secrets.clone(),
        }
    }

    /// The office's calendar; kept until its version changes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn calendar(&self, db: &mut Db, office: Uuid) -> store::Result<Arc<Calendar>> {
        let version = calendars::version(db, office)?;
        if let Some((kept, calendar)) =
            self.calendars.lock().unwrap_or_else(PoisonError::into_inner).get(&office)
            && *kept == version
        {
            return Ok(Arc::clone(calendar));
        }
        let calendar = Arc::new(calendars::load(db, office)?);
        self.calendars
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(office, (version, Arc::clone(&calendar)));
        Ok(calendar)
    }
}

/// The account of the operating system, for the log of command-line deeds.
pub fn os_user() -> Actor {
    let os_user = std::env::var("USER")
        .or_else(|_| std::env::var("LOGNAME"))
        .unwrap_or_else(|_| "tidak dikenal".to_owned());
    Actor::Command { os_user }
}

/// Makes the data folder for its owner's eyes only; a folder that is there keeps its rights.
fn private_folder(path: &std::path::Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Migrates, after saving a copy of a SQLite file beside it; refuses a newer database.
fn bring_up_to_date(config: &Config) -> anyhow::Result<()> {
    let mut db = connection::open(&config.database).context("basis data tidak dapat dibuka")?;
    let state = connection::schema_state(&mut db)?;
    if !state.unknown.is_empty() {
        anyhow::bail!(
            "basis data lebih baru daripada program ini (versi {}); pasang versi kawal yang lebih baru",
            state.unknown.join(", ")
        );
    }
    if state.pending.is_empty() {
        return Ok(());
    }
    if !config.migrate && !state.empty {
        anyhow::bail!("basis data belum diperbarui; jalankan `kawal migrate`, atau setel KAWAL_MIGRATE=auto");
    }
    if let (DatabaseUrl::Sqlite(path), false) = (&config.database, state.empty) {
        let copy = free_name(path, &state.pending[0]);
        store::connection::copy_sqlite(&mut db, &copy).with_context(|| {
            format!("salinan {copy} sebelum pembaruan tidak dapat dibuat; tidak ada yang diubah")
        })?;
        tracing::info!(job = "migrate", copy = %copy, "salinan basis data disimpan");
    }
    connection::migrate(&mut db).context("pembaruan basis data gagal dan dibatalkan")
}

/// A name beside the database that no file has yet.
fn free_name(path: &str, version: &str) -> String {
    let first = format!("{path}.sebelum-{version}");
    (1..)
        .map(|n| if n == 1 { first.clone() } else { format!("{first}.{n}") })
        .find(|name| !std::path::Path::new(name).exists())
        .unwrap_or(first)
}
