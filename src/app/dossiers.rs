//! Loading what the papers of an agreement are printed from.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::App;
use crate::documents::model::Document;
use crate::documents::papers::PaperRef;
use crate::export::dossier::Dossier;
use crate::store::agreements::{self, Scope};
use crate::store::connection::Db;
use crate::store::{self, StoreError, frozen_papers};

impl App {
    /// The dossier of an agreement within the scope.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] also when it exists outside the scope.
    pub fn dossier(&self, db: &mut Db, scope: Scope, id: Uuid, today: NaiveDate) -> store::Result<Dossier> {
        let agreement = agreements::find(db, scope, id)?;
        Ok(Dossier {
            facts: agreement.facts().clone(),
            acts: agreement.acts().clone(),
            state: agreement.state(),
            calendar: self.calendar(db, scope.office_id)?,
            today,
            stationery: self.stationery(db, scope.office_id, Some(id))?,
            kept: kept(db, scope.office_id, id)?,
        })
    }
}

/// Papers as they were signed. One whose text was altered outside Kawal is told, and the others stand.
fn kept(db: &mut Db, office: Uuid, id: Uuid) -> store::Result<BTreeMap<PaperRef, Result<Document, String>>> {
    let mut kept = BTreeMap::new();
    for name in frozen_papers::names(db, office, id)? {
        let Ok(paper) = name.parse::<PaperRef>() else { continue };
        let text = match frozen_papers::find(db, office, id, &name) {
            Ok(frozen) => frozen.map(|frozen| {
                serde_json::from_str(&frozen.text).map_err(|_| "teks yang dibekukan tidak terbaca".to_owned())
            }),
            Err(StoreError::Database(cause)) => {
                tracing::error!(agreement = %id, paper = name, error = format!("{cause:#}"), "naskah beku");
                Some(Err(
                    "teks yang dibekukan tidak terbaca, atau tidak cocok dengan sidik jarinya".to_owned()
                ))
            }
            Err(other) => return Err(other),
        };
        kept.extend(text.map(|text| (paper, text)));
    }
    Ok(kept)
}
