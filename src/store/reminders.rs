//! Reminders: each at most once by (agreement, step, due date, rung, recipient). The edit version is
//! never part of the key: a corrected address re-routes what is unsent and re-sends nothing.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::outbox::{self, OutgoingMail};
use super::schema::{agreements::dsl as a, outbox::dsl as m, reminders::dsl as t};
use super::types::RowId;
use super::{Result, agreements, audit_log, tasks};
use crate::domain::agreement::{Agreement, State};
use crate::domain::audit::{Event, Verb};
use crate::domain::renewal::{Rung, ladder, next_rung_on};
use crate::domain::wording::date_long;

/// To whom the renewal reminder goes: whoever holds the agency's office on the day of sending.
pub const HEAD: &str = "user_head";

/// What becomes of a rung that has come.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// A mail goes into the outbox.
    Queue(OutgoingMail),
    /// Nobody can be written to; the reason, for the task.
    Undeliverable(String),
    /// A later rung of the same duty goes out instead.
    Superseded,
}

/// A rung with what becomes of it.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Agreement.
    pub agreement_id: Uuid,
    /// To whom it goes: name, or position where no person is known.
    pub recipient_name: String,
    /// The rung.
    pub rung: Rung,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// A reminder as pages and commands show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Id.
    pub id: Uuid,
    /// Agreement.
    pub agreement_id: Uuid,
    /// Code of the step.
    pub step: String,
    /// Last day of the duty.
    pub due_on: NaiveDate,
    /// Place on the ladder.
    pub rung: String,
    /// Day of the rung.
    pub rung_on: NaiveDate,
    /// `queued`, `superseded`, `undeliverable`, `cancelled`.
    pub state: String,
    /// Why it is undeliverable or cancelled.
    pub reason: Option<String>,
}

type Row = (RowId, RowId, String, NaiveDate, String, NaiveDate, String, Option<String>);

fn reminder((id, agreement, step, due_on, rung, rung_on, state, reason): Row) -> Reminder {
    Reminder { id: id.0, agreement_id: agreement.0, step, due_on, rung, rung_on, state, reason }
}

/// The reminders of an agreement, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_agreement(db: &mut Db, office: Uuid, agreement: Uuid) -> Result<Vec<Reminder>> {
    let rows: Vec<Row> = t::reminders
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::agreement_id.eq(RowId(agreement)))
        .order((t::rung_on.asc(), t::id.asc()))
        .select((t::id, t::agreement_id, t::step, t::due_on, t::rung, t::rung_on, t::state, t::reason))
        .load(db)?;
    Ok(rows.into_iter().map(reminder).collect())
}

/// Undeliverable reminders of an office whose agreement still runs on the day: a corrected address
/// sends them on their way.
///
/// # Errors
/// When the database cannot be read.
pub fn undeliverable(db: &mut Db, office: Uuid, on: NaiveDate) -> Result<Vec<Reminder>> {
    let rows: Vec<Row> = t::reminders
        .inner_join(a::agreements.on(a::id.eq(t::agreement_id)))
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::state.eq("undeliverable"))
        .filter(a::ends_on.ge(on))
        .order((t::rung_on.asc(), t::id.asc()))
        .select((t::id, t::agreement_id, t::step, t::due_on, t::rung, t::rung_on, t::state, t::reason))
        .load(db)?;
    Ok(rows.into_iter().map(reminder).collect())
}

/// Keys of the rungs of an agreement that are recorded, in whatever state but cancelled.
///
/// # Errors
/// When the database cannot be read.
pub fn recorded(db: &mut Db, agreement: Uuid) -> Result<BTreeSet<(String, NaiveDate)>> {
    let keys: Vec<(String, NaiveDate)> = t::reminders
        .filter(t::agreement_id.eq(RowId(agreement)))
        .filter(t::state.ne("cancelled"))
        .select((t::rung, t::due_on))
        .load(db)?;
    Ok(keys.into_iter().collect())
}

/// After a change of an agreement: takes back what is unsent and no longer due, and sets the day of
/// the next rung.
///
/// # Errors
/// When the database refuses.
pub fn follow(db: &mut Db, deed: &Deed, agreement: &Agreement) -> Result<()> {
    let rungs = rungs_of(agreement, deed);
    let open: Vec<(RowId, String, NaiveDate)> = t::reminders
        .filter(t::agreement_id.eq(RowId(agreement.id())))
        .filter(t::state.eq_any(["queued", "undeliverable"]))
        .select((t::id, t::rung, t::due_on))
        .load(db)?;
    for (id, rung, due_on) in open {
        if rungs.iter().any(|known| known.code == rung && known.due_on == due_on) {
            continue;
        }
        let unsent = diesel::update(
            m::outbox.filter(m::reminder_id.eq(id)).filter(m::state.eq_any(["queued", "unknown"])),
        )
        .set((m::state.eq("cancelled"), m::reply.eq("tidak lagi perlu")))
        .execute(db)?;
        let sent: i64 = m::outbox
            .filter(m::reminder_id.eq(id))
            .filter(m::state.ne("cancelled"))
            .count()
            .get_result(db)?;
        if unsent > 0 || sent == 0 {
            diesel::update(t::reminders.find(id))
                .set((t::state.eq("cancelled"), t::reason.eq("tidak lagi perlu")))
                .execute(db)?;
        }
        tasks::close(db, deed, &task_key(agreement.id(), &rung, due_on))?;
    }
    let next = next_rung_on(&rungs, &recorded(db, agreement.id())?);
    agreements::set_next_rung(db, agreement.id(), next)
}

/// The ladder of an agreement; a draft has none.
pub fn rungs_of(agreement: &Agreement, deed: &Deed) -> Vec<Rung> {
    match agreement.state() {
        State::Signed => ladder(agreement.facts(), agreement.acts(), &deed.calendar),
        State::Drafting | State::Ended => Vec::new(),
    }
}

/// Writes decisions: reminder, mail or task, and log, in the caller's transaction. A rung that is
/// recorded meanwhile, by another process or an earlier scan, is left alone.
///
/// # Errors
/// When the database refuses; then nothing of the batch is written.
pub fn record(db: &mut Db, deed: &Deed, decisions: &[Decision]) -> Result<Vec<Decision>> {
    audit_log::lock_office(db, deed.office_id)?;
    let mut written = Vec::new();
    for decision in decisions {
        if record_one(db, deed, decision)? {
            written.push(decision.clone());
        }
    }
    Ok(written)
}

fn record_one(db: &mut Db, deed: &Deed, decision: &Decision) -> Result<bool> {
    // Read again inside the transaction: an act may have made the rung moot since it was planned.
    let agreement =
        match agreements::find(db, agreements::Scope::office(deed.office_id), decision.agreement_id) {
            Ok(agreement) => agreement,
            Err(super::StoreError::NotFound) => return Ok(false),
            Err(error) => return Err(error),
        };
    let rungs = rungs_of(&agreement, deed);
    let rung = &decision.rung;
    if !rungs.contains(rung) {
        return Ok(false);
    }
    let existing: Option<(RowId, String)> = t::reminders
        .filter(t::agreement_id.eq(RowId(decision.agreement_id)))
        .filter(t::step.eq(rung.step.code()))
        .filter(t::due_on.eq(rung.due_on))
        .filter(t::rung.eq(&rung.code))
        .filter(t::recipient.eq(HEAD))
        .select((t::id, t::state))
        .first(db)
        .optional()?;
    let (state, reason) = match &decision.outcome {
        Outcome::Queue(_) => ("queued", None),
        Outcome::Undeliverable(reason) => ("undeliverable", Some(reason.clone())),
        Outcome::Superseded => ("superseded", None),
    };
    let id = match existing {
        None => {
            let id = RowId(deed.ids.next());
            diesel::insert_into(t::reminders)
                .values((
                    t::id.eq(id),
                    t::office_id.eq(RowId(deed.office_id)),
                    t::agreement_id.eq(RowId(decision.agreement_id)),
                    t::step.eq(rung.step.code()),
                    t::due_on.eq(rung.due_on),
                    t::rung.eq(&rung.code),
                    t::rung_on.eq(rung.on),
                    t::recipient.eq(HEAD),
                    t::state.eq(state),
                    t::reason.eq(&reason),
                    t::created_at.eq(deed.at()),
                ))
                .execute(db)?;
            id
        }
        Some((id, before)) if before == "undeliverable" && state != "undeliverable" => {
            diesel::update(t::reminders.find(id))
                .set((t::state.eq(state), t::reason.eq(&reason)))
                .execute(db)?;
            tasks::close(db, deed, &task_key(decision.agreement_id, &rung.code, rung.due_on))?;
            id
        }
        // The same rung came back after it was cancelled, say because a wrong end date was put right.
        Some((id, before)) if before == "cancelled" => {
            diesel::update(t::reminders.find(id))
                .set((t::state.eq(state), t::reason.eq(&reason)))
                .execute(db)?;
            id
        }
        Some(_) => return Ok(false),
    };
    let subject = agreements::subject(&agreement);
    let what = format!("{} paling lambat {}", rung.step.label(), date_long(rung.due_on));
    match &decision.outcome {
        Outcome::Queue(mail) => {
            supersede_unsent(db, deed, decision)?;
            outbox::put(db, deed, Some(decision.agreement_id), Some(id.0), mail)?;
            audit_log::append(
                db,
                deed,
                &subject,
                &Event::noted(Verb::ReminderQueued, format!("{what}, kepada {}", mail.to_name)),
            )?;
        }
        Outcome::Undeliverable(reason) => {
            let key = task_key(decision.agreement_id, &rung.code, rung.due_on);
            undeliverable_task(db, deed, &agreement, &key, reason)?;
            audit_log::append(
                db,
                deed,
                &subject,
                &Event::noted(Verb::ReminderUndeliverable, format!("{what}: {reason}")),
            )?;
        }
        Outcome::Superseded => {}
    }
    let next = next_rung_on(&rungs, &recorded(db, decision.agreement_id)?);
    agreements::set_next_rung(db, decision.agreement_id, next)?;
    Ok(true)
}

/// An older reminder of the same duty that has not gone out yet, because there was no relay, never
/// will: the newer one says all it said.
fn supersede_unsent(db: &mut Db, deed: &Deed, decision: &Decision) -> Result<()> {
    let older: Vec<(RowId, RowId)> = t::reminders
        .inner_join(m::outbox.on(m::reminder_id.eq(t::id.nullable())))
        .filter(t::agreement_id.eq(RowId(decision.agreement_id)))
        .filter(t::step.eq(decision.rung.step.code()))
        .filter(t::due_on.eq(decision.rung.due_on))
        .filter(t::rung_on.lt(decision.rung.on))
        .filter(t::recipient.eq(HEAD))
        .filter(m::state.eq_any(["queued", "unknown"]))
        .select((t::id, m::id))
        .load(db)?;
    for (reminder, mail) in older {
        if outbox::cancel(db, deed.office_id, mail.0, "digantikan pengingat yang lebih baru")? {
            diesel::update(t::reminders.find(reminder)).set(t::state.eq("superseded")).execute(db)?;
        }
    }
    Ok(())
}

/// One reminder of the office.
///
/// # Errors
/// [`super::StoreError::NotFound`].
pub fn find(db: &mut Db, office: Uuid, id: Uuid) -> Result<Reminder> {
    let row: Row = t::reminders
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::id.eq(RowId(id)))
        .select((t::id, t::agreement_id, t::step, t::due_on, t::rung, t::rung_on, t::state, t::reason))
        .first(db)?;
    Ok(reminder(row))
}

/// Takes back a reminder's mail that must not go out any more: the duty is moot, or `unreachable`
/// says why nobody can be written to. Answers false when it is on its way meanwhile.
///
/// # Errors
/// When the database refuses.
pub fn withdraw(
    db: &mut Db,
    deed: &Deed,
    mail: &outbox::Mail,
    reminder: &Reminder,
    unreachable: Option<&str>,
) -> Result<bool> {
    let why = unreachable.unwrap_or("tidak lagi perlu");
    if !outbox::cancel(db, deed.office_id, mail.id, why)? {
        return Ok(false);
    }
    let state = if unreachable.is_some() { "undeliverable" } else { "cancelled" };
    diesel::update(t::reminders.find(RowId(reminder.id)))
        .set((t::state.eq(state), t::reason.eq(why)))
        .execute(db)?;
    let agreement = agreements::find(db, agreements::Scope::office(deed.office_id), reminder.agreement_id)?;
    if let Some(reason) = unreachable {
        let key = task_key(reminder.agreement_id, &reminder.rung, reminder.due_on);
        undeliverable_task(db, deed, &agreement, &key, reason)?;
        let what = format!("batas {} ({}): {reason}", date_long(reminder.due_on), reminder.rung);
        audit_log::append(
            db,
            deed,
            &agreements::subject(&agreement),
            &Event::noted(Verb::ReminderUndeliverable, what),
        )?;
    }
    let next = next_rung_on(&rungs_of(&agreement, deed), &recorded(db, agreement.id())?);
    agreements::set_next_rung(db, agreement.id(), next)?;
    Ok(true)
}

fn undeliverable_task(
    db: &mut Db,
    deed: &Deed,
    agreement: &Agreement,
    key: &str,
    reason: &str,
) -> Result<()> {
    let title = format!("Sampaikan pengingat perpanjangan kepada {} tanpa surel", agreement.name());
    tasks::open(db, deed, Some(agreement.id()), "undeliverable", key, &title, reason)
}

/// Key of the task that an undeliverable reminder opens.
fn task_key(agreement: Uuid, rung: &str, due_on: NaiveDate) -> String {
    format!("undeliverable:{agreement}:{rung}:{due_on}")
}
