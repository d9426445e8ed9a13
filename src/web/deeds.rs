//! What every posted form shares: done once, told when somebody else was faster.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::error::WebError;
use super::me::Me;
use super::pages::form::{Conflict, ConflictRow};
use super::posted::Posted;
use super::{see_other, see_other_saying};
use crate::app::App;
use crate::clock::Zone;
use crate::domain::audit::{Entry, Payload};
use crate::store::audit_log::{self, Filter};
use crate::store::connection::Db;
use crate::store::deed::Deed;
use crate::store::{self, StoreError, form_keys};

/// Longest one-time key that is kept.
const LONGEST_KEY: usize = 64;

/// What became of a posted form.
#[derive(Debug)]
pub enum Outcome {
    /// It was done now, or by an earlier POST of the same form; where its result is.
    Done(String),
    /// A rule of uniqueness would be broken; the sentence says which.
    Taken(String),
    /// Somebody else changed the same thing since the form was opened.
    Stale,
}

/// Runs a deed and keeps its one-time key, in one transaction; the deed answers where its result is.
///
/// # Errors
/// 404 for what is not there, 503 when busy; 400 for a form without its key.
pub async fn once(
    app: &web::Data<App>,
    me: &Me,
    posted: &Posted,
    deed: impl FnOnce(&mut Db, &Deed) -> store::Result<String> + Send + 'static,
) -> Result<Outcome, WebError> {
    let key = one_time_key(posted)?;
    let (app_in, me_in, key_in, user) = (app.clone(), me.clone(), key.clone(), me.user.user_id);
    let outcome = app
        .store
        .write(move |db| {
            if let Some(location) = form_keys::used(db, user, &key_in)? {
                return Ok(location);
            }
            let circumstances = me_in.deed(&app_in, db)?;
            let location = deed(db, &circumstances)?;
            form_keys::keep(db, &circumstances, user, &key_in, &location)?;
            Ok(location)
        })
        .await;
    match outcome {
        Ok(location) => Ok(Outcome::Done(location)),
        Err(StoreError::Stale { .. }) => Ok(Outcome::Stale),
        // The same form may have been posted twice at the same moment: the other one has the key.
        Err(StoreError::Taken(reason)) => {
            let known = app.store.read(move |db| form_keys::used(db, user, &key)).await?;
            Ok(known.map_or(Outcome::Taken(reason), Outcome::Done))
        }
        Err(other) => Err(other.into()),
    }
}

/// Runs the deed of a button: done once, or 409 when it no longer fits.
///
/// # Errors
/// As [`once`], and 409.
pub async fn press(
    app: &web::Data<App>,
    me: &Me,
    posted: &Posted,
    said: &str,
    deed: impl FnOnce(&mut Db, &Deed) -> store::Result<String> + Send + 'static,
) -> Result<HttpResponse, WebError> {
    match once(app, me, posted, deed).await? {
        Outcome::Done(location) => Ok(see_other_saying(&location, said)),
        Outcome::Taken(reason) => Err(WebError::Conflict(reason)),
        Outcome::Stale => Err(WebError::Conflict("Keadaannya sudah berubah. Muat ulang halaman.".to_owned())),
    }
}

/// The one-time key of a posted form. Without one a second POST could not be told from the first.
///
/// # Errors
/// 400 for a form without its key.
pub fn one_time_key(posted: &Posted) -> Result<String, WebError> {
    let key = posted.key();
    if key.is_empty() || key.len() > LONGEST_KEY {
        return Err(WebError::BadRequest("Formulir ini tidak lengkap. Buka lagi halamannya.".to_owned()));
    }
    Ok(key.to_owned())
}

/// Where the first POST of this form led, for forms that are shown again before anything is stored.
///
/// # Errors
/// When the database cannot be read; 400 for a form without its key.
pub async fn already(
    app: &web::Data<App>,
    me: &Me,
    posted: &Posted,
) -> Result<Option<HttpResponse>, WebError> {
    let (user, key) = (me.user.user_id, one_time_key(posted)?);
    let location = app.store.read(move |db| form_keys::used(db, user, &key)).await?;
    Ok(location.map(|location| see_other(&location)))
}

/// The key of a form that is shown: its own when it was posted before, else a fresh one.
pub fn key_of(app: &App, posted: Option<&Posted>) -> String {
    posted
        .map(Posted::key)
        .filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY)
        .map_or_else(|| app.ids.next().to_string(), str::to_owned)
}

/// What others changed since a version was read.
#[derive(Debug, Clone, Default)]
pub struct Meanwhile {
    who: String,
    when: String,
    /// The words that stood at each path they changed.
    pub before: BTreeMap<String, Option<String>>,
}

impl Meanwhile {
    /// From the log: each step of the version is one entry of these verbs about the subject.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn since(
        db: &mut Db,
        office: Uuid,
        zone: Zone,
        subject: Uuid,
        verbs: &[&'static str],
        steps: i32,
    ) -> store::Result<Self> {
        let filter = Filter {
            subject: Some(subject),
            verbs: verbs.to_vec(),
            limit: i64::from(steps.clamp(0, 100)),
            ..Filter::default()
        };
        Ok(Self::of(&audit_log::list(db, office, &filter)?, zone))
    }

    /// From entries of the log, newest first.
    fn of(entries: &[Entry], zone: Zone) -> Self {
        let mut this = Self::default();
        if let Some(latest) = entries.first() {
            this.who.clone_from(&latest.actor_name);
            this.when = zone.stamp(latest.at);
        }
        for entry in entries {
            let payload: Payload = serde_json::from_str(&entry.payload).unwrap_or_default();
            for change in payload.changes {
                // Older entries come later and overwrite: what stood there at first counts.
                this.before.insert(change.path, change.from);
            }
        }
        this
    }

    /// The comparison above a form.
    pub fn conflict(self, rows: Vec<ConflictRow>) -> Conflict {
        let who = if self.who.is_empty() { "Seseorang".to_owned() } else { self.who };
        Conflict { who, when: self.when, rows }
    }
}
