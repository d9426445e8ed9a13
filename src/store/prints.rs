//! Prints that left the house: ready to be signed, or final. What was printed is never rewritten;
//! a number registered later stands in a copy beside it, with hashes of its own.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::prints::dsl as t;
use super::types::RowId;
use super::{Result, StoreError, audit_log, scans};
use crate::domain::audit::{Event, Subject, Verb};
use crate::domain::fact_sheet::changes::FactChange;
use crate::domain::print::{PrintStage, grouped};
use crate::secrets::sha256;

/// A document with the hashes of its text and of its PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The paper as `documents` wrote it down.
    pub document: String,
    /// SHA-256 of that.
    pub sha256: String,
    /// SHA-256 of its PDF.
    pub pdf_sha256: String,
}

impl Text {
    /// A text and the hash of its PDF.
    pub fn new(document: String, pdf_sha256: String) -> Self {
        Self { sha256: sha256(document.as_bytes()), document, pdf_sha256 }
    }
}

/// A print that left the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Id.
    pub id: Uuid,
    /// Office.
    pub office_id: Uuid,
    /// Agreement.
    pub agreement_id: Uuid,
    /// Name of the paper: "pks", "nda-2".
    pub paper: String,
    /// How far it was.
    pub stage: PrintStage,
    /// By which anybody can look it up.
    pub code: String,
    /// What people call it.
    pub title: String,
    /// The institutions it is between or from; never a person.
    pub parties: Vec<String>,
    /// The date it carries.
    pub dated_on: Option<NaiveDate>,
    /// As it was printed.
    pub printed: Text,
    /// The same with the numbers that were registered later.
    pub registered: Option<Text>,
    /// When.
    pub issued_at: DateTime<Utc>,
    /// By whom.
    pub issued_by: String,
    /// When it was recorded that this print was signed.
    pub signed_at: Option<DateTime<Utc>>,
    /// When, by whom and why it was withdrawn.
    pub withdrawn: Option<Withdrawn>,
    /// The print that took its place.
    pub replaced_by: Option<Uuid>,
}

/// A withdrawal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl Print {
    /// As it stands today: with registered numbers where there are any.
    pub fn current(&self) -> &Text {
        self.registered.as_ref().unwrap_or(&self.printed)
    }

    /// Neither withdrawn nor replaced.
    pub const fn stands(&self) -> bool {
        self.withdrawn.is_none() && self.replaced_by.is_none()
    }
}

/// What a new print is made of.
#[derive(Debug, Clone)]
pub struct NewPrint {
    /// Agreement.
    pub agreement: Subject,
    /// Name of the paper.
    pub paper: String,
    /// How far it is.
    pub stage: PrintStage,
    /// Its code.
    pub code: String,
    /// What people call it.
    pub title: String,
    /// The institutions it is between or from.
    pub parties: Vec<String>,
    /// The date it carries.
    pub dated_on: Option<NaiveDate>,
    /// The text.
    pub text: Text,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = super::schema::prints)]
struct Row {
    id: RowId,
    office_id: RowId,
    agreement_id: RowId,
    paper: String,
    stage: String,
    code: String,
    title: String,
    parties: String,
    dated_on: Option<NaiveDate>,
    document: String,
    document_sha256: String,
    pdf_sha256: String,
    registered: Option<String>,
    registered_sha256: Option<String>,
    registered_pdf_sha256: Option<String>,
    issued_at: NaiveDateTime,
    issued_by: String,
    signed_at: Option<NaiveDateTime>,
    withdrawn_at: Option<NaiveDateTime>,
    withdrawn_by: Option<String>,
    withdrawn_reason: Option<String>,
    replaced_by: Option<RowId>,
}

impl Row {
    /// The print, where its texts fit their hashes.
    fn print(self) -> Result<Print> {
        let whole = |document: String, hash: String, pdf_sha256: String| {
            if sha256(document.as_bytes()) == hash {
                Ok(Text { document, sha256: hash, pdf_sha256 })
            } else {
                Err(StoreError::Database(anyhow::anyhow!(
                    "naskah {} tidak cocok dengan sidik jarinya",
                    self.id.0
                )))
            }
        };
        let registered = match (self.registered, self.registered_sha256, self.registered_pdf_sha256) {
            (Some(document), Some(hash), Some(pdf)) => Some(whole(document, hash, pdf)?),
            _ => None,
        };
        Ok(Print {
            id: self.id.0,
            office_id: self.office_id.0,
            agreement_id: self.agreement_id.0,
            paper: self.paper,
            stage: PrintStage::ALL
                .iter()
                .copied()
                .find(|stage| stage.code() == self.stage)
                .unwrap_or_default(),
            code: self.code,
            title: self.title,
            parties: self.parties.lines().map(str::to_owned).collect(),
            dated_on: self.dated_on,
            printed: whole(self.document, self.document_sha256, self.pdf_sha256)?,
            registered,
            issued_at: self.issued_at.and_utc(),
            issued_by: self.issued_by,
            signed_at: self.signed_at.map(|at| at.and_utc()),
            withdrawn: self.withdrawn_at.map(|at| Withdrawn {
                at: at.and_utc(),
                by: self.withdrawn_by.unwrap_or_default(),
                reason: self.withdrawn_reason.unwrap_or_default(),
            }),
            replaced_by: self.replaced_by.map(Uuid::from),
        })
    }
}

/// The prints of an agreement, newest first.
///
/// # Errors
/// When the database cannot be read, or a text does not fit its hash.
pub fn of_agreement(db: &mut Db, office: Uuid, agreement: Uuid) -> Result<Vec<Print>> {
    let rows: Vec<Row> = t::prints
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::agreement_id.eq(RowId(agreement)))
        .order((t::issued_at.desc(), t::id.desc()))
        .load(db)?;
    rows.into_iter().map(Row::print).collect()
}

/// One print of an agreement.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn find(db: &mut Db, office: Uuid, agreement: Uuid, id: Uuid) -> Result<Print> {
    let row: Row = t::prints
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::agreement_id.eq(RowId(agreement)))
        .filter(t::id.eq(RowId(id)))
        .first(db)?;
    row.print()
}

/// The print of a code, of whichever office: for the public page. None for an unknown code.
///
/// # Errors
/// When the database cannot be read.
pub fn by_code(db: &mut Db, code: &str) -> Result<Option<Print>> {
    let row: Option<Row> = t::prints.filter(t::code.eq(code)).first(db).optional()?;
    row.map(Row::print).transpose()
}

/// Keeps a print with its log entry. Older prints of the same paper and stage are replaced by it; a
/// signed one stands, because ink is not replaced by paper.
///
/// # Errors
/// When the database refuses.
pub fn add(db: &mut Db, deed: &Deed, new: &NewPrint) -> Result<Uuid> {
    let id = deed.ids.next();
    let row = Row {
        id: RowId(id),
        office_id: RowId(deed.office_id),
        agreement_id: RowId(new.agreement.id),
        paper: new.paper.clone(),
        stage: new.stage.code().to_owned(),
        code: new.code.clone(),
        title: new.title.clone(),
        parties: new.parties.join("\n"),
        dated_on: new.dated_on,
        document: new.text.document.clone(),
        document_sha256: new.text.sha256.clone(),
        pdf_sha256: new.text.pdf_sha256.clone(),
        registered: None,
        registered_sha256: None,
        registered_pdf_sha256: None,
        issued_at: deed.at(),
        issued_by: deed.actor.name(),
        signed_at: None,
        withdrawn_at: None,
        withdrawn_by: None,
        withdrawn_reason: None,
        replaced_by: None,
    };
    diesel::insert_into(t::prints).values(row).execute(db)?;
    diesel::update(
        t::prints
            .filter(t::office_id.eq(RowId(deed.office_id)))
            .filter(t::agreement_id.eq(RowId(new.agreement.id)))
            .filter(t::paper.eq(&new.paper))
            .filter(t::stage.eq(new.stage.code()))
            .filter(t::id.ne(RowId(id)))
            .filter(t::signed_at.is_null())
            .filter(t::withdrawn_at.is_null())
            .filter(t::replaced_by.is_null()),
    )
    .set(t::replaced_by.eq(RowId(id)))
    .execute(db)?;
    let verb = match new.stage {
        PrintStage::Ready => Verb::PrintedToSign,
        PrintStage::Final => Verb::PaperIssued,
    };
    let changes = vec![
        told("print.paper", "Naskah", None, Some(new.title.clone())),
        told("print.code", "Kode pemeriksaan", None, Some(grouped(&new.code))),
        told("print.document_sha256", "SHA-256 naskah", None, Some(new.text.sha256.clone())),
        told("print.pdf_sha256", "SHA-256 PDF", None, Some(new.text.pdf_sha256.clone())),
    ];
    audit_log::append(db, deed, &new.agreement, &Event::new(verb, changes))?;
    Ok(id)
}

/// Withdraws a print with a reason.
///
/// # Errors
/// [`StoreError::Taken`] when it is withdrawn already.
pub fn withdraw(db: &mut Db, deed: &Deed, agreement: &Subject, print: &Print, reason: &str) -> Result<()> {
    let changed = diesel::update(
        t::prints
            .filter(t::office_id.eq(RowId(deed.office_id)))
            .filter(t::id.eq(RowId(print.id)))
            .filter(t::withdrawn_at.is_null()),
    )
    .set((
        t::withdrawn_at.eq(deed.at()),
        t::withdrawn_by.eq(deed.actor.name()),
        t::withdrawn_reason.eq(reason),
    ))
    .execute(db)?;
    if changed == 0 {
        return Err(StoreError::Taken("Naskah ini sudah ditarik.".to_owned()));
    }
    let changes = vec![
        told("print.paper", "Naskah", None, Some(print.title.clone())),
        told("print.code", "Kode pemeriksaan", None, Some(grouped(&print.code))),
    ];
    let event = Event { note: Some(reason.to_owned()), ..Event::new(Verb::PrintWithdrawn, changes) };
    audit_log::append(db, deed, agreement, &event)
}

/// Records, in the transaction of the signing, that this print was signed.
///
/// # Errors
/// [`StoreError::Taken`] when it was withdrawn or signed meanwhile.
pub fn mark_signed(db: &mut Db, deed: &Deed, print: Uuid) -> Result<()> {
    let changed = diesel::update(
        t::prints
            .filter(t::office_id.eq(RowId(deed.office_id)))
            .filter(t::id.eq(RowId(print)))
            .filter(t::withdrawn_at.is_null())
            .filter(t::signed_at.is_null()),
    )
    .set(t::signed_at.eq(deed.at()))
    .execute(db)?;
    if changed == 0 {
        return Err(StoreError::Taken(
            "Naskah yang dipilih sudah ditarik atau sudah tercatat ditandatangani.".to_owned(),
        ));
    }
    Ok(())
}

/// Puts the text with registered numbers beside the print; what was printed stays.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else registered one since the print was read.
pub fn register(db: &mut Db, deed: &Deed, read: &Print, text: &Text) -> Result<()> {
    let mine = t::prints.filter(t::office_id.eq(RowId(deed.office_id))).filter(t::id.eq(RowId(read.id)));
    let now: Option<String> = mine.select(t::registered_sha256).first(db)?;
    if now.as_ref() != read.registered.as_ref().map(|text| &text.sha256) {
        return Err(StoreError::Stale { read: 0, now: 1 });
    }
    diesel::update(mine)
        .set((
            t::registered.eq(&text.document),
            t::registered_sha256.eq(&text.sha256),
            t::registered_pdf_sha256.eq(&text.pdf_sha256),
        ))
        .execute(db)?;
    Ok(())
}

/// Notes a scan of the signed print by its hash.
///
/// # Errors
/// [`StoreError::Taken`] when the same file is noted already.
pub fn note_scan(
    db: &mut Db,
    deed: &Deed,
    agreement: &Subject,
    print: &Print,
    (sha256, size, name): (&str, i64, &str),
) -> Result<()> {
    scans::add(db, deed, print.id, sha256, size, name)?;
    let changes = vec![
        told("print.paper", "Naskah", None, Some(print.title.clone())),
        told("scan.name", "Berkas", None, Some(name.to_owned())),
        told("scan.sha256", "SHA-256 pindaian", None, Some(sha256.to_owned())),
        told("print.pdf_sha256", "SHA-256 PDF", None, Some(print.printed.pdf_sha256.clone())),
    ];
    audit_log::append(db, deed, agreement, &Event::new(Verb::ScanNoted, changes))
}

/// A line of the log.
pub fn told(path: &str, label: &str, from: Option<String>, to: Option<String>) -> FactChange {
    FactChange { path: path.to_owned(), label: label.to_owned(), from, to, secret: false }
}
