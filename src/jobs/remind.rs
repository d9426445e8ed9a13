//! The reminder scan: which rungs have come, to whom they go, into the outbox with them.
//!
//! It decides nothing: the ladder and what a missed rung becomes are rules of
//! [`crate::domain::renewal`]. Whatever it finds twice the store records once, so running it again
//! is always safe.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use uuid::Uuid;

use super::recipient::{self, Reach};
use super::renewal_mail::{self, Case};
use crate::app::App;
use crate::clock::Zone;
use crate::domain::agreement::Agreement;
use crate::domain::audit::{Actor, Event, Subject, Verb};
use crate::domain::calendar::Calendar;
use crate::domain::renewal::{self, Rung};
use crate::domain::term::term_end;
use crate::store::connection::Db;
use crate::store::deed::Deed;
use crate::store::offices::Office;
use crate::store::reminders::{self, Decision, Outcome};
use crate::store::scan_marks::{self, REMIND};
use crate::store::{self, agreements, audit_log, offices, tasks};

/// Hour in the office's zone from which a day is scanned.
const HOUR: i64 = 6;
/// A longer gap since the last scan may be a wrong clock; a person confirms first.
const LONGEST_GAP_DAYS: i64 = 45;
/// Agreements per transaction.
const BATCH: i64 = 100;
/// Key of the task that a held scan opens.
pub const HELD: &str = "scan_held";

/// Who asks for a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// The schedule: moves the mark, and is held after a long gap.
    Scheduled,
    /// A person: never held, and the mark stays.
    ByPerson(Actor),
}

/// One reminder of a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Agreement.
    pub agreement: Uuid,
    /// Code of the duty.
    pub step: &'static str,
    /// Place on the ladder.
    pub rung: String,
    /// Last day of the duty.
    pub due_on: NaiveDate,
    /// Name of the person, or position where no person is known.
    pub recipient_name: String,
    /// Address, where the mail has one.
    pub address: Option<String>,
    /// Subject of the mail.
    pub subject: Option<String>,
    /// Why nobody can be written to.
    pub reason: Option<String>,
}

/// What a scan of one office did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanned {
    /// Day it was evaluated for.
    pub on: NaiveDate,
    /// Put into the outbox.
    pub queued: Vec<Line>,
    /// Never to be sent, because a later one says it all.
    pub superseded: Vec<Line>,
    /// Without a usable address.
    pub undeliverable: Vec<Line>,
    /// Nothing was done: the last scan was on this day, too long ago to be sure of the clock.
    pub held_since: Option<NaiveDate>,
}

impl Scanned {
    const fn nothing(on: NaiveDate) -> Self {
        Self { on, queued: Vec::new(), superseded: Vec::new(), undeliverable: Vec::new(), held_since: None }
    }

    fn add(&mut self, decisions: Vec<Decision>) {
        for decision in decisions {
            let mut line = Line {
                agreement: decision.agreement_id,
                step: decision.rung.step.code(),
                rung: decision.rung.code,
                due_on: decision.rung.due_on,
                recipient_name: decision.recipient_name,
                address: None,
                subject: None,
                reason: None,
            };
            match decision.outcome {
                Outcome::Queue(mail) => {
                    line.address = Some(mail.to_address);
                    line.subject = Some(mail.subject);
                    self.queued.push(line);
                }
                Outcome::Undeliverable(reason) => {
                    line.reason = Some(reason);
                    self.undeliverable.push(line);
                }
                Outcome::Superseded => self.superseded.push(line),
            }
        }
    }
}

/// The last day whose 06:00 has come in the zone.
pub fn scan_day(zone: Zone, now: DateTime<Utc>) -> NaiveDate {
    zone.date(now - Duration::hours(HOUR))
}

/// Runs the scan of every office whose hour has come and that was not scanned for that day. One
/// office's trouble does not keep the others waiting; it is logged.
///
/// # Errors
/// When the offices cannot be read.
pub fn scheduled(app: &App) -> anyhow::Result<Vec<(Uuid, Scanned)>> {
    let now = app.clock.now();
    let mut done = Vec::new();
    for office in app.store.read_now(offices::all)? {
        let on = scan_day(office.zone, now);
        let mark = app.store.read_now(|db| scan_marks::find(db, office.id, REMIND))?;
        let is_done = mark.is_some_and(|mark| mark.on >= on);
        let waits = mark.is_some_and(|mark| mark.held && is_long_gap(mark.on, on));
        if is_done || waits {
            continue;
        }
        match scan(app, office.id, on, &Scan::Scheduled) {
            Ok(scanned) => done.push((office.id, scanned)),
            Err(error) => tracing::error!(job = "remind", office = %office.id, error = %format!("{error:#}")),
        }
    }
    Ok(done)
}

/// Scans one office as of a day.
///
/// # Errors
/// When the database cannot be read or refuses; batches that were written stay written.
pub fn scan(app: &App, office: Uuid, on: NaiveDate, by: &Scan) -> anyhow::Result<Scanned> {
    let started = std::time::Instant::now();
    let scanned = match by {
        Scan::ByPerson(actor) => run(app, office, on, actor, Write::Yes)?,
        Scan::Scheduled => scan_by_schedule(app, office, on)?,
    };
    log(office, &scanned, started);
    Ok(scanned)
}

/// What a scan would do, without doing it.
///
/// # Errors
/// When the database cannot be read.
pub fn dry_run(app: &App, office: Uuid, on: NaiveDate) -> anyhow::Result<Scanned> {
    run(app, office, on, &Actor::System, Write::No)
}

/// Scans one office as of today for a person who thereby confirms that the clock is right: a held
/// schedule goes on.
///
/// # Errors
/// When the database cannot be read or refuses.
pub fn confirm(app: &App, office: Uuid, actor: &Actor) -> anyhow::Result<Scanned> {
    let today = app.clock.today(app.store.read_now(|db| offices::find(db, office))?.zone);
    let scanned = scan(app, office, today, &Scan::ByPerson(actor.clone()))?;
    app.store.write_now(|db| {
        let deed = app.deed(db, office, actor.clone())?;
        let was_held = scan_marks::find(db, office, REMIND)?.is_some_and(|mark| mark.held);
        scan_marks::set(db, &deed, REMIND, today, false)?;
        if was_held {
            tasks::close(db, &deed, HELD)?;
            let name = offices::find(db, office)?.short_name;
            let subject = Subject { kind: "office", id: office, name };
            audit_log::append(db, &deed, &subject, &Event::new(Verb::ScanConfirmed, Vec::new()))?;
        }
        Ok(())
    })?;
    refresh_due(app, office)?;
    Ok(scanned)
}

/// Reminds of one agreement what is due by today: after it was registered or changed within its
/// window, so that nobody waits for tomorrow's scan.
///
/// # Errors
/// When the database cannot be read or refuses.
pub fn catch_up(app: &App, office: Uuid, agreement: Uuid) -> anyhow::Result<Scanned> {
    let place = Place::of(app, office, &Actor::System)?;
    let mut scanned = Scanned::nothing(place.deed.today());
    let agreement =
        app.store.read_now(|db| agreements::find(db, agreements::Scope::office(office), agreement))?;
    batch(app, &place, vec![agreement], Write::Yes, &mut scanned)?;
    Ok(scanned)
}

/// Tries again what could not be delivered: after an address was corrected.
///
/// # Errors
/// When the database cannot be read or refuses.
pub fn retry_undeliverable(app: &App, office: Uuid) -> anyhow::Result<Scanned> {
    let place = Place::of(app, office, &Actor::System)?;
    let mut scanned = Scanned::nothing(place.deed.today());
    undeliverable(app, &place, &BTreeSet::new(), Write::Yes, &mut scanned)?;
    Ok(scanned)
}

fn scan_by_schedule(app: &App, office: Uuid, on: NaiveDate) -> anyhow::Result<Scanned> {
    let held_since = app.store.write_now(|db| {
        let deed = app.deed(db, office, Actor::System)?;
        let mark = scan_marks::find(db, office, REMIND)?;
        let Some(mark) = mark else { return Ok(None) };
        if is_long_gap(mark.on, on) {
            hold(db, &deed, mark.on, on)?;
            return Ok(Some(mark.on));
        }
        if mark.held {
            // The clock was put right again: the gap is gone.
            scan_marks::set(db, &deed, REMIND, mark.on, false)?;
            tasks::close(db, &deed, HELD)?;
        }
        if mark.on > on {
            tracing::warn!(job = "remind", %office, mark = %mark.on, today = %on, "jam mundur");
        }
        Ok(None)
    })?;
    if held_since.is_some() {
        return Ok(Scanned { held_since, ..Scanned::nothing(on) });
    }
    let scanned = run(app, office, on, &Actor::System, Write::Yes)?;
    app.store.write_now(|db| {
        let deed = app.deed(db, office, Actor::System)?;
        scan_marks::set(db, &deed, REMIND, on.min(deed.today()), false)
    })?;
    refresh_due(app, office)?;
    Ok(scanned)
}

fn is_long_gap(mark: NaiveDate, on: NaiveDate) -> bool {
    (on - mark).num_days() > LONGEST_GAP_DAYS
}

fn hold(db: &mut Db, deed: &Deed, mark: NaiveDate, on: NaiveDate) -> store::Result<()> {
    scan_marks::set(db, deed, REMIND, mark, true)?;
    let reason = format!(
        "Pemindaian terakhir tanggal {}, sekarang {}. Bila tanggal komputer benar, lanjutkan; bila salah, perbaiki dahulu.",
        crate::domain::wording::date_long(mark),
        crate::domain::wording::date_long(on)
    );
    tasks::open(db, deed, None, HELD, HELD, "Pengingat tertahan: periksa tanggal komputer", &reason)
}

/// What every batch of a scan needs of the office.
struct Place {
    office: Office,
    deed: Deed,
    calendar: Arc<Calendar>,
    on: NaiveDate,
}

impl Place {
    fn of(app: &App, office: Uuid, actor: &Actor) -> anyhow::Result<Self> {
        let (office, deed) = app
            .store
            .read_now(|db| Ok((offices::find(db, office)?, app.deed(db, office, actor.clone())?)))?;
        Ok(Self { on: deed.today(), calendar: Arc::clone(&deed.calendar), office, deed })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Write {
    Yes,
    No,
}

fn run(app: &App, office: Uuid, on: NaiveDate, actor: &Actor, write: Write) -> anyhow::Result<Scanned> {
    let place = Place { on, ..Place::of(app, office, actor)? };
    let mut scanned = Scanned::nothing(on);
    let mut seen = BTreeSet::new();
    let mut last = None;
    loop {
        let page = app.store.read_now(|db| agreements::with_rung_by(db, office, on, last, BATCH))?;
        let Some(tail) = page.last() else { break };
        last = Some(tail.id());
        seen.extend(page.iter().map(Agreement::id));
        batch(app, &place, page, write, &mut scanned)?;
    }
    undeliverable(app, &place, &seen, write, &mut scanned)?;
    Ok(scanned)
}

/// The agreements with reminders that nobody could be written to, less those seen already.
fn undeliverable(
    app: &App,
    place: &Place,
    seen: &BTreeSet<Uuid>,
    write: Write,
    scanned: &mut Scanned,
) -> anyhow::Result<()> {
    let stuck = app.store.read_now(|db| reminders::undeliverable(db, place.office.id, place.on))?;
    let ids: BTreeSet<Uuid> = stuck.into_iter().map(|reminder| reminder.agreement_id).collect();
    let ids: Vec<Uuid> = ids.difference(seen).copied().collect();
    for ids in ids.chunks(usize::try_from(BATCH)?) {
        let scope = agreements::Scope::office(place.office.id);
        let page =
            app.store.read_now(|db| ids.iter().map(|id| agreements::find(db, scope, *id)).collect())?;
        batch(app, place, page, write, scanned)?;
    }
    Ok(())
}

/// One batch: what is due is read, the mails are written outside any transaction, and all of it is
/// recorded in one.
fn batch(
    app: &App,
    place: &Place,
    page: Vec<Agreement>,
    write: Write,
    scanned: &mut Scanned,
) -> anyhow::Result<()> {
    let due = app.store.read_now(|db| {
        page.into_iter().map(|agreement| Due::of(db, place, agreement)).collect::<store::Result<Vec<_>>>()
    })?;
    let mut decisions = Vec::new();
    for due in &due {
        due.decide(app, place, &mut decisions)?;
    }
    if write == Write::Yes && !decisions.is_empty() {
        decisions = app.store.write_now(|db| reminders::record(db, &place.deed, &decisions))?;
    }
    scanned.add(decisions);
    Ok(())
}

/// What has come for one agreement.
struct Due {
    agreement: Agreement,
    reach: Reach,
    plan: renewal::Plan,
}

impl Due {
    fn of(db: &mut Db, place: &Place, agreement: Agreement) -> store::Result<Self> {
        let reach = recipient::of(db, &agreement, place.on)?;
        let ladder = reminders::rungs_of(&agreement, &place.deed);
        let recorded = reminders::recorded(db, agreement.id())?;
        let stuck: BTreeSet<_> = reminders::of_agreement(db, place.office.id, agreement.id())?
            .into_iter()
            .filter(|reminder| reminder.state == "undeliverable")
            .map(|reminder| (reminder.rung, reminder.due_on))
            .collect();
        let end = term_end(agreement.facts()).map(|end| end.last_day).filter(|end| place.on <= *end);
        let mut plan =
            end.map_or_else(renewal::Plan::default, |end| renewal::plan(&ladder, &recorded, place.on, end));
        let again = renewal::second_try(&ladder, &stuck);
        if plan.due.is_some() {
            plan.superseded.extend(again.superseded.into_iter().chain(again.due));
        } else if end.is_some() && matches!(reach, Reach::To(_)) {
            plan.due = again.due;
            plan.superseded.extend(again.superseded);
        }
        Ok(Self { agreement, reach, plan })
    }

    fn decide(&self, app: &App, place: &Place, decisions: &mut Vec<Decision>) -> anyhow::Result<()> {
        let recipient_name = match &self.reach {
            Reach::To(recipient) => recipient.name.clone().unwrap_or_else(|| recipient.position.clone()),
            Reach::Nobody { who, .. } => who.clone(),
        };
        let decision = |rung: &Rung, outcome: Outcome| Decision {
            agreement_id: self.agreement.id(),
            recipient_name: recipient_name.clone(),
            rung: rung.clone(),
            outcome,
        };
        decisions.extend(self.plan.superseded.iter().map(|rung| decision(rung, Outcome::Superseded)));
        let Some(rung) = &self.plan.due else { return Ok(()) };
        let outcome = match &self.reach {
            Reach::Nobody { reason, .. } => Outcome::Undeliverable(reason.clone()),
            Reach::To(recipient) => Outcome::Queue(
                renewal_mail::write(&Case {
                    office: &place.office,
                    calendar: &place.calendar,
                    agreement: &self.agreement,
                    rung,
                    recipient,
                    today: place.on,
                    base_url: &app.config.base_url,
                    host: app.config.host(),
                })
                .context("surel tidak dapat disusun")?,
            ),
        };
        decisions.push(decision(rung, outcome));
        Ok(())
    }
}

/// Refreshes the next due day of agreements whose own has passed by time alone.
fn refresh_due(app: &App, office: Uuid) -> anyhow::Result<()> {
    let place = Place::of(app, office, &Actor::System)?;
    let mut last = None;
    loop {
        let page =
            app.store.read_now(|db| agreements::with_due_moved_by_time(db, office, place.on, last, BATCH))?;
        let Some(tail) = page.last() else { return Ok(()) };
        last = Some(*tail);
        app.store.write_now(|db| agreements::refresh_due(db, &place.deed, &page))?;
    }
}

fn log(office: Uuid, scanned: &Scanned, started: std::time::Instant) {
    tracing::info!(
        job = "remind",
        %office,
        on = %scanned.on,
        queued = scanned.queued.len(),
        superseded = scanned.superseded.len(),
        undeliverable = scanned.undeliverable.len(),
        held = scanned.held_since.is_some(),
        ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    );
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_scanned_from_six_in_the_morning_of_the_offices_zone() {
        let day = |zone, at: &str| scan_day(zone, at.parse().unwrap()).to_string();
        assert_eq!(day(Zone::Wib, "2027-07-15T22:59:59Z"), "2027-07-15");
        assert_eq!(day(Zone::Wib, "2027-07-15T23:00:00Z"), "2027-07-16");
        assert_eq!(day(Zone::Wita, "2027-07-15T22:00:00Z"), "2027-07-16");
        assert_eq!(day(Zone::Wit, "2027-07-15T21:00:00Z"), "2027-07-16");
        assert_eq!(day(Zone::Wit, "2027-07-15T20:59:59Z"), "2027-07-15");
    }
}
