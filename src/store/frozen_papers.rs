//! Papers as they were signed: finished text that no later change of facts, officials, wording or
//! regulations rewrites. Only a number registered later fills the slot that the paper left blank for it.

use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::frozen_papers::dsl as t;
use super::types::RowId;
use super::{Result, StoreError};
use crate::secrets::sha256;

/// A frozen paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Frozen {
    /// The paper as `documents` wrote it down.
    pub text: String,
    /// SHA-256 of its stored text.
    pub sha256: String,
}

/// The frozen paper of an agreement, if it was signed here.
///
/// # Errors
/// When the stored text does not fit its hash: it was altered outside Kawal.
pub fn find(db: &mut Db, office: Uuid, agreement: Uuid, paper: &str) -> Result<Option<Frozen>> {
    let row: Option<(String, String)> = t::frozen_papers
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::agreement_id.eq(RowId(agreement)))
        .filter(t::paper.eq(paper))
        .select((t::document, t::sha256))
        .first(db)
        .optional()?;
    let Some((text, hash)) = row else { return Ok(None) };
    if sha256(text.as_bytes()) != hash {
        return Err(StoreError::Database(anyhow::anyhow!(
            "naskah {paper} perjanjian {agreement} tidak cocok dengan sidik jarinya"
        )));
    }
    Ok(Some(Frozen { text, sha256: hash }))
}

/// Names of the frozen papers of an agreement.
///
/// # Errors
/// When the database cannot be read.
pub fn names(db: &mut Db, office: Uuid, agreement: Uuid) -> Result<Vec<String>> {
    let mine =
        t::frozen_papers.filter(t::office_id.eq(RowId(office))).filter(t::agreement_id.eq(RowId(agreement)));
    Ok(mine.order(t::paper.asc()).select(t::paper).load(db)?)
}

/// Freezes a paper; call it in the transaction of the signing.
///
/// # Errors
/// When the database refuses; a paper is frozen once.
pub fn freeze(db: &mut Db, deed: &Deed, agreement: Uuid, paper: &str, text: &str) -> Result<String> {
    let hash = sha256(text.as_bytes());
    diesel::insert_into(t::frozen_papers)
        .values((
            t::agreement_id.eq(RowId(agreement)),
            t::paper.eq(paper),
            t::office_id.eq(RowId(deed.office_id)),
            t::document.eq(text),
            t::sha256.eq(&hash),
            t::frozen_at.eq(deed.at()),
        ))
        .execute(db)?;
    Ok(hash)
}

/// Puts the text with a number registered later in the place of the one that left it blank; call it in
/// the transaction that logs both hashes.
///
/// # Errors
/// [`StoreError::Stale`] when another text is kept by now.
pub fn fill(db: &mut Db, deed: &Deed, agreement: Uuid, paper: &str, before: &str, text: &str) -> Result<()> {
    let mine = t::frozen_papers
        .filter(t::office_id.eq(RowId(deed.office_id)))
        .filter(t::agreement_id.eq(RowId(agreement)))
        .filter(t::paper.eq(paper))
        .filter(t::sha256.eq(before));
    let changed = diesel::update(mine)
        .set((t::document.eq(text), t::sha256.eq(sha256(text.as_bytes()))))
        .execute(db)?;
    if changed == 0 {
        return Err(StoreError::Stale { read: 0, now: 1 });
    }
    Ok(())
}
