//! What an office's papers say: its own wording, and that of one agreement.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use super::App;
use crate::documents::clause::Wording;
use crate::documents::model::Document;
use crate::documents::references::references;
use crate::documents::{Print, Stage, Stationery, pks};
use crate::domain::agreement::Agreement;
use crate::domain::fact_sheet::FactSheet;
use crate::store::connection::Db;
use crate::store::wordings::{self, Owner, Version};
use crate::store::{self, frozen_papers};

/// Wordings by office, each with the number of changes it was read at.
pub(super) type KeptWordings = Arc<Mutex<HashMap<Uuid, (i64, Wording)>>>;

impl App {
    /// What the office's papers say; of an agreement, with its own clauses.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn wording(&self, db: &mut Db, office: Uuid, agreement: Option<Uuid>) -> store::Result<Wording> {
        match agreement {
            Some(agreement) => self.wording_of_agreement(db, office, agreement),
            None => self.wording_of_office(db, office),
        }
    }

    /// The office's wording; kept until one is changed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn wording_of_office(&self, db: &mut Db, office: Uuid) -> store::Result<Wording> {
        let owner = Owner::Office(office);
        let changes = wordings::changes(db, owner)?;
        if let Some((kept, wording)) =
            self.wordings.lock().unwrap_or_else(PoisonError::into_inner).get(&office)
            && *kept == changes
        {
            return Ok(wording.clone());
        }
        let wording = with(Wording::standard(), wordings::in_use(db, owner)?);
        self.wordings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(office, (changes, wording.clone()));
        Ok(wording)
    }

    /// The same with the clauses that one agreement has of its own.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn wording_of_agreement(&self, db: &mut Db, office: Uuid, agreement: Uuid) -> store::Result<Wording> {
        let own = wordings::in_use(db, Owner::Agreement(office, agreement))?;
        Ok(with(self.wording_of_office(db, office)?, own))
    }
}

/// A wording with changed texts and added articles.
pub fn with(wording: Wording, own: Vec<Version>) -> Wording {
    own.into_iter().fold(wording, |wording, version| match version.after {
        Some(after) => wording.with_article(version.name, after, version.text),
        None => wording.with(version.name, version.text),
    })
}

/// Where the clauses of an agreement's PKS are read off: the text that was signed, or the wording
/// that it would be printed with today.
#[derive(Debug, Clone)]
pub enum Clauses {
    /// The frozen paper.
    Signed(String),
    /// What a draft, or an agreement that was signed elsewhere, is printed with.
    Composed(Wording),
}

impl App {
    /// Where the clauses of an agreement's PKS are read off.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn clauses(&self, db: &mut Db, agreement: &Agreement) -> store::Result<Clauses> {
        let (office, id) = (agreement.office_id(), agreement.id());
        Ok(match frozen_papers::find(db, office, id, "pks")? {
            Some(frozen) => Clauses::Signed(frozen.text),
            None => Clauses::Composed(self.wording_of_agreement(db, office, id)?),
        })
    }
}

impl Clauses {
    /// Label of a clause → how it is cited; nothing when the wording cannot be set.
    pub fn references(&self, facts: &FactSheet) -> BTreeMap<String, String> {
        match self {
            Self::Signed(text) => {
                serde_json::from_str(text).map(|document: Document| references(&document)).unwrap_or_default()
            }
            Self::Composed(wording) => {
                let stationery = Stationery { wording: wording.clone(), ..Stationery::standard() };
                pks::pks(facts, &Print { stage: Stage::Final, stationery: &stationery })
                    .map(|paper| paper.references)
                    .unwrap_or_default()
            }
        }
    }
}
