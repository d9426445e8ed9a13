//! Delivery: one process at a time takes mails out of the outbox and hands them to the relay.
//!
//! A mail is claimed in a short transaction, sent outside any, and settled in another. Accepted at
//! least once; a second copy only where the outcome of the first is unknown, with the same Message-ID.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::recipient::{self, Reach};
use super::renewal_mail::{self, Case};
use crate::app::App;
use crate::domain::audit::{Actor, Event, Subject, Verb};
use crate::domain::term::term_end;
use crate::mail::{Answer, Letter, Relay, Session, is_usable};
use crate::store::connection::Db;
use crate::store::deed::Deed;
use crate::store::delivery_lock::DeliveryLock;
use crate::store::offices::Office;
use crate::store::outbox::{self, Mail, Tried};
use crate::store::reminders::{self, Reminder};
use crate::store::{self, StoreError, agreements, audit_log, offices, tasks};

/// A relay that does not answer is told to staff once a mail has waited this long.
const ALARM_AFTER: Duration = Duration::hours(1);
/// Kind and key of the task that tells them.
const RELAY: &str = "relay";

/// What one round did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivered {
    /// The relay took them.
    pub sent: usize,
    /// To be tried again later.
    pub later: usize,
    /// Refused for good; a task says so.
    pub refused: usize,
    /// The connection broke when the relay may have had them: again, with the same Message-ID.
    pub unknown: usize,
    /// No longer due, taken back.
    pub cancelled: usize,
    /// Nobody can be written to any more; a task says so.
    pub undeliverable: usize,
    /// The relay takes nothing at all; why.
    pub paused: Option<String>,
}

impl Delivered {
    /// Whether anything happened.
    pub fn is_quiet(&self) -> bool {
        *self == Self::default()
    }
}

/// Delivers what is due once; none when another process delivers.
///
/// # Errors
/// When the lock or the database cannot be opened or refuses.
pub fn once(app: &App, relay: &Relay, actor: &Actor) -> anyhow::Result<Option<Delivered>> {
    let Some(mut courier) = Courier::begin(app, actor)? else { return Ok(None) };
    let delivered = courier.round(relay, &AtomicBool::new(false));
    courier.end()?;
    delivered.map(Some)
}

/// The delivering process: holds the delivery lock for its life.
pub struct Courier {
    app: App,
    actor: Actor,
    lock: DeliveryLock,
    boot: Uuid,
}

impl Courier {
    /// Takes the lock and what dead processes had claimed; none when another process delivers.
    ///
    /// # Errors
    /// When the lock or the database cannot be opened or refuses.
    pub fn begin(app: &App, actor: &Actor) -> anyhow::Result<Option<Self>> {
        let Some(lock) = DeliveryLock::take(app.store.url(), &app.config.data)? else { return Ok(None) };
        let boot = app.ids.next();
        let now = app.clock.now();
        let taken = app.store.write_now(|db| {
            outbox::boot(db, boot, now)?;
            outbox::take_over(db, boot, now)
        })?;
        if taken > 0 {
            tracing::warn!(job = "deliver", taken, "kiriman proses yang terhenti diambil alih");
        }
        Ok(Some(Self { app: app.clone(), actor: actor.clone(), lock, boot }))
    }

    /// Whether this process may still deliver.
    pub fn holds_the_lock(&mut self) -> bool {
        self.lock.is_held()
    }

    /// Notes the end in good order and gives the lock up.
    ///
    /// # Errors
    /// When the database refuses; the lock is given up all the same.
    pub fn end(self) -> anyhow::Result<()> {
        let now = self.app.clock.now();
        Ok(self.app.store.write_now(|db| outbox::end_boot(db, self.boot, now))?)
    }

    /// Delivers what is due, oldest first, until nothing is or `stop` is set.
    ///
    /// # Errors
    /// When the database refuses; a claimed mail is then taken over after the next start.
    pub fn round(&mut self, relay: &Relay, stop: &AtomicBool) -> anyhow::Result<Delivered> {
        let started = Instant::now();
        let mut round = Round { courier: self, relay, session: None, delivered: Delivered::default() };
        let outcome = round.run(stop);
        let Round { session, delivered, .. } = round;
        if let Some(session) = session {
            session.close();
        }
        if !delivered.is_quiet() {
            tracing::info!(
                job = "deliver",
                sent = delivered.sent,
                later = delivered.later,
                refused = delivered.refused,
                unknown = delivered.unknown,
                cancelled = delivered.cancelled,
                undeliverable = delivered.undeliverable,
                paused = delivered.paused.is_some(),
                ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            );
        }
        outcome.map(|()| delivered)
    }
}

/// One round with its connection to the relay.
struct Round<'a> {
    courier: &'a mut Courier,
    relay: &'a Relay,
    session: Option<Session>,
    delivered: Delivered,
}

impl Round<'_> {
    fn run(&mut self, stop: &AtomicBool) -> anyhow::Result<()> {
        let mut tried = HashSet::new();
        while !stop.load(Ordering::Relaxed) && self.delivered.paused.is_none() {
            if !self.courier.holds_the_lock() {
                anyhow::bail!("kunci pengiriman terlepas");
            }
            let now = self.courier.app.clock.now();
            let next = self.courier.app.store.read_now(|db| outbox::next_due(db, now))?;
            let Some(mail) = next.filter(|mail| tried.insert(mail.id)) else { return Ok(()) };
            self.deliver(mail)?;
        }
        Ok(())
    }

    fn deliver(&mut self, mail: Mail) -> anyhow::Result<()> {
        let (office, state) = self.prepare(&mail)?;
        let ready = match state {
            Prepared::Ready(ready) => *ready,
            Prepared::Withdrawn(unreachable) => {
                match unreachable {
                    true => self.delivered.undeliverable += 1,
                    false => self.delivered.cancelled += 1,
                }
                return Ok(());
            }
            Prepared::Faulty(reason) => {
                if self.claim(&mail)? {
                    self.settle(&mail, &Tried::Later(reason))?;
                }
                return Ok(());
            }
        };
        // Connected before the claim: while the relay is away no mail is to blame and none is touched.
        if let Err(reason) = self.connect() {
            return self.pause(&reason.to_string(), reason.is_about_us());
        }
        if !self.claim(&ready)? {
            return Ok(());
        }
        let letter = letter(&office, self.relay, &ready, self.courier.app.clock.now());
        let answer = match self.session.as_mut() {
            Some(session) => session.send(&letter),
            None => Answer::Later("tidak tersambung".to_owned()),
        };
        match answer {
            Answer::Accepted(reply) => self.settle(&ready, &Tried::Accepted(reply)),
            Answer::Later(reply) => self.settle(&ready, &Tried::Later(reply)),
            Answer::Refused(reply) => self.settle(&ready, &Tried::Refused(reply)),
            Answer::Unknown(reply) => self.settle(&ready, &Tried::Unknown(reply)),
            Answer::Closed(reply) => {
                let boot = self.courier.boot;
                self.courier.app.store.write_now(|db| outbox::release(db, &mail, boot, &reply))?;
                self.pause(&reply, true)
            }
        }
    }

    fn connect(&mut self) -> Result<(), crate::mail::Unreachable> {
        if self.session.as_mut().is_some_and(Session::is_ready) {
            return Ok(());
        }
        self.session = Some(self.relay.open()?);
        Ok(())
    }

    /// The mail as it goes out today: a reminder is addressed to whoever holds the office today, and
    /// taken back when it is no longer due.
    fn prepare(&self, mail: &Mail) -> anyhow::Result<(Office, Prepared)> {
        let app = &self.courier.app;
        let office = app.store.read_now(|db| offices::find(db, mail.office_id))?;
        let Some(reminder_id) = mail.reminder_id else {
            return Ok((office, Prepared::Ready(Box::new(mail.clone()))));
        };
        let read = app.store.read_now(|db| {
            let deed = app.deed(db, office.id, self.courier.actor.clone())?;
            let reminder = reminders::find(db, office.id, reminder_id)?;
            let scope = agreements::Scope::office(office.id);
            let agreement = agreements::find(db, scope, reminder.agreement_id)?;
            let reach = recipient::of(db, &agreement, deed.today())?;
            Ok((deed, reminder, agreement, reach))
        });
        let (deed, reminder, agreement, reach) = match read {
            Ok(read) => read,
            // One unreadable row does not hold the others back.
            Err(error @ (StoreError::NotFound | StoreError::Database(_))) => {
                return Ok((office, Prepared::Faulty(format!("surel tidak dapat disusun: {error}"))));
            }
            Err(error) => return Err(error.into()),
        };
        let today = deed.today();
        let still_runs = term_end(agreement.facts()).is_some_and(|end| today <= end.last_day);
        let rung = reminders::rungs_of(&agreement, &deed)
            .into_iter()
            .find(|rung| still_runs && rung.code == reminder.rung && rung.due_on == reminder.due_on);
        let Some(rung) = rung else {
            return Ok((office, self.withdraw(&deed, mail, &reminder, None)?));
        };
        let recipient = match reach {
            Reach::To(recipient) => recipient,
            Reach::Nobody { reason, .. } => {
                return Ok((office, self.withdraw(&deed, mail, &reminder, Some(&reason))?));
            }
        };
        if mail.state == "unknown" && mail.to_address == recipient.address {
            // Perhaps it arrived: the second copy says the same words.
            return Ok((office, Prepared::Ready(Box::new(mail.clone()))));
        }
        let written = renewal_mail::write(&Case {
            office: &office,
            calendar: &deed.calendar,
            agreement: &agreement,
            rung: &rung,
            recipient: &recipient,
            today,
            base_url: &app.config.base_url,
            host: app.config.host(),
        });
        let ready = match written {
            Ok(written) => Prepared::Ready(Box::new(Mail {
                to_name: written.to_name,
                to_address: written.to_address,
                cc_address: written.cc_address,
                subject: written.subject,
                text: written.text,
                html: written.html,
                ..mail.clone()
            })),
            Err(error) => Prepared::Faulty(format!("surel tidak dapat disusun: {error}")),
        };
        Ok((office, ready))
    }

    fn withdraw(
        &self,
        deed: &Deed,
        mail: &Mail,
        reminder: &Reminder,
        unreachable: Option<&str>,
    ) -> anyhow::Result<Prepared> {
        self.courier.app.store.write_now(|db| reminders::withdraw(db, deed, mail, reminder, unreachable))?;
        Ok(Prepared::Withdrawn(unreachable.is_some()))
    }

    fn claim(&self, mail: &Mail) -> anyhow::Result<bool> {
        let boot = self.courier.boot;
        Ok(self.courier.app.store.write_now(|db| outbox::claim(db, mail, boot))?)
    }

    fn settle(&mut self, mail: &Mail, tried: &Tried) -> anyhow::Result<()> {
        let Courier { app, actor, boot, .. } = &*self.courier;
        app.store.write_now(|db| {
            let deed = app.deed(db, mail.office_id, actor.clone())?;
            outbox::settle(db, &deed, mail, *boot, tried)?;
            tell(db, &deed, mail, tried)
        })?;
        match tried {
            Tried::Accepted(_) => self.delivered.sent += 1,
            Tried::Later(_) => self.delivered.later += 1,
            Tried::Refused(_) => self.delivered.refused += 1,
            Tried::Unknown(_) => self.delivered.unknown += 1,
        }
        Ok(())
    }

    /// The queue waits. Staff are told at once when the relay does not want us, and after an hour
    /// when it is merely away.
    fn pause(&mut self, reason: &str, at_once: bool) -> anyhow::Result<()> {
        let Courier { app, actor, .. } = &*self.courier;
        let now = app.clock.now();
        for (office, since) in app.store.read_now(|db| outbox::waiting(db, now))? {
            if !at_once && now - since < ALARM_AFTER {
                continue;
            }
            app.store.write_now(|db| {
                let deed = app.deed(db, office, actor.clone())?;
                let title = "Surel tertahan: server surel tidak menerima kiriman";
                tasks::open(db, &deed, None, RELAY, RELAY, title, reason)
            })?;
        }
        self.delivered.paused = Some(reason.to_owned());
        Ok(())
    }
}

/// What a mail became when it was looked at again before sending.
enum Prepared {
    /// It goes out so.
    Ready(Box<Mail>),
    /// It was taken back; true when nobody can be written to.
    Withdrawn(bool),
    /// It cannot be written; why.
    Faulty(String),
}

fn letter(office: &Office, relay: &Relay, mail: &Mail, now: DateTime<Utc>) -> Letter {
    Letter {
        from_name: office.sender_name.clone(),
        from_address: relay.sender().to_owned(),
        reply_to: office.reply_to.clone().or_else(|| office.email.clone()).filter(|to| is_usable(to)),
        to_name: mail.to_name.clone(),
        to_address: mail.to_address.clone(),
        cc_address: mail.cc_address.clone(),
        subject: mail.subject.clone(),
        text: mail.text.clone(),
        html: mail.html.clone(),
        message_id: mail.message_id.clone(),
        date: now,
    }
}

/// The line in the log, and what an accepted mail puts an end to.
fn tell(db: &mut Db, deed: &Deed, mail: &Mail, tried: &Tried) -> store::Result<()> {
    let event = match tried {
        Tried::Accepted(_) => {
            tasks::close_kind(db, deed, RELAY)?;
            let again =
                if mail.state == "unknown" { " (kiriman ulang, hasil pertama tidak diketahui)" } else { "" };
            Event::noted(Verb::MailSent, format!("“{}” kepada {}{again}", mail.subject, mail.to_name))
        }
        Tried::Refused(reply) => {
            Event::noted(Verb::MailRefused, format!("“{}” kepada {}: {reply}", mail.subject, mail.to_name))
        }
        Tried::Later(_) | Tried::Unknown(_) => return Ok(()),
    };
    let subject = match mail.agreement_id {
        Some(id) => {
            let scope = agreements::Scope::office(deed.office_id);
            agreements::subject(&agreements::find(db, scope, id)?)
        }
        None => Subject { kind: "mail", id: mail.id, name: mail.subject.clone() },
    };
    audit_log::append(db, deed, &subject, &event)
}
