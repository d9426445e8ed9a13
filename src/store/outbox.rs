//! The outbox: mails written with the deed that promises them, delivered afterwards.
//!
//! `queued` → `sending` (claimed by a boot) → `sent` | `queued` again later | `unknown` (the process
//! died while it talked to the relay: goes out again with the same Message-ID) | `dead` (refused for
//! good) | `cancelled` (no longer due).

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::Db;
use super::deed::Deed;
use super::schema::{boots::dsl as b, outbox::dsl as t};
use super::types::RowId;
use super::{Result, StoreError, audit_log, tasks};
use crate::domain::audit::{Event, Subject, Verb};

/// A mail to be put into the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// Code of the kind of mail, e.g. `renewal_reminder`.
    pub kind: &'static str,
    /// Name of the recipient.
    pub to_name: String,
    /// Address of the recipient.
    pub to_address: String,
    /// Address that gets a copy.
    pub cc_address: Option<String>,
    /// Subject, one line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
    /// Stable over every try; without angle brackets.
    pub message_id: String,
}

/// A mail in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Id.
    pub id: Uuid,
    /// Office that sends it.
    pub office_id: Uuid,
    /// Agreement it is about.
    pub agreement_id: Option<Uuid>,
    /// Reminder it carries.
    pub reminder_id: Option<Uuid>,
    /// Kind of mail.
    pub kind: String,
    /// Name of the recipient.
    pub to_name: String,
    /// Address of the recipient.
    pub to_address: String,
    /// Copy.
    pub cc_address: Option<String>,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
    /// Message-ID without angle brackets.
    pub message_id: String,
    /// State.
    pub state: String,
    /// Tries so far.
    pub attempts: i32,
    /// Not before.
    pub next_attempt_at: DateTime<Utc>,
    /// What the relay said, or why it was cancelled.
    pub reply: Option<String>,
    /// When it was put here.
    pub queued_at: DateTime<Utc>,
    /// When the relay took it.
    pub sent_at: Option<DateTime<Utc>>,
}

#[derive(Queryable)]
struct Row {
    id: RowId,
    office_id: RowId,
    agreement_id: Option<RowId>,
    reminder_id: Option<RowId>,
    kind: String,
    to_name: String,
    to_address: String,
    cc_address: Option<String>,
    subject: String,
    body_text: String,
    body_html: String,
    message_id: String,
    state: String,
    attempts: i32,
    next_attempt_at: NaiveDateTime,
    _boot_id: Option<RowId>,
    reply: Option<String>,
    queued_at: NaiveDateTime,
    sent_at: Option<NaiveDateTime>,
}

impl Row {
    fn mail(self) -> Mail {
        Mail {
            id: self.id.0,
            office_id: self.office_id.0,
            agreement_id: self.agreement_id.map(Uuid::from),
            reminder_id: self.reminder_id.map(Uuid::from),
            kind: self.kind,
            to_name: self.to_name,
            to_address: self.to_address,
            cc_address: self.cc_address,
            subject: self.subject,
            text: self.body_text,
            html: self.body_html,
            message_id: self.message_id,
            state: self.state,
            attempts: self.attempts,
            next_attempt_at: self.next_attempt_at.and_utc(),
            reply: self.reply,
            queued_at: self.queued_at.and_utc(),
            sent_at: self.sent_at.map(|at| at.and_utc()),
        }
    }
}

/// Minutes until the next try after the n-th failure: soon at first, for greylisting and our own
/// relay, then every three hours (RFC 5321 4.5.4.1); after five days the mail is given up.
const BACK_OFF_MINUTES: [i64; 5] = [1, 5, 15, 30, 60];
const LATER_MINUTES: i64 = 180;
const GIVE_UP_AFTER: Duration = Duration::days(5);

/// Puts a mail into the outbox. Call it in the transaction of the deed that promises it.
///
/// # Errors
/// When the database refuses.
pub fn put(
    db: &mut Db,
    deed: &Deed,
    agreement: Option<Uuid>,
    reminder: Option<Uuid>,
    mail: &OutgoingMail,
) -> Result<()> {
    // A rung that was cancelled and came back keeps its mail and its Message-ID.
    let revived =
        diesel::update(t::outbox.filter(t::message_id.eq(&mail.message_id)).filter(t::state.eq("cancelled")))
            .set((
                t::state.eq("queued"),
                t::to_name.eq(&mail.to_name),
                t::to_address.eq(&mail.to_address),
                t::cc_address.eq(&mail.cc_address),
                t::subject.eq(&mail.subject),
                t::body_text.eq(&mail.text),
                t::body_html.eq(&mail.html),
                t::reply.eq(None::<String>),
                t::attempts.eq(0),
                t::next_attempt_at.eq(deed.at()),
                t::queued_at.eq(deed.at()),
            ))
            .execute(db)?;
    if revived > 0 {
        return Ok(());
    }
    diesel::insert_into(t::outbox)
        .values((
            t::id.eq(RowId(deed.ids.next())),
            t::office_id.eq(RowId(deed.office_id)),
            t::agreement_id.eq(agreement.map(RowId)),
            t::reminder_id.eq(reminder.map(RowId)),
            t::kind.eq(mail.kind),
            t::to_name.eq(&mail.to_name),
            t::to_address.eq(&mail.to_address),
            t::cc_address.eq(&mail.cc_address),
            t::subject.eq(&mail.subject),
            t::body_text.eq(&mail.text),
            t::body_html.eq(&mail.html),
            t::message_id.eq(&mail.message_id),
            t::state.eq("queued"),
            t::attempts.eq(0),
            t::next_attempt_at.eq(deed.at()),
            t::queued_at.eq(deed.at()),
        ))
        .execute(db)?;
    Ok(())
}

diesel::define_sql_function! {
    /// Small letters; of ASCII letters at least.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// What a list of mails asks for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Only these states; all when empty.
    pub states: Vec<&'static str>,
    /// Every word must occur in the subject, or in the name or address of the recipient.
    pub search: String,
    /// From where.
    pub from: From,
    /// Mails on a page.
    pub limit: usize,
}

/// From where a page begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum From {
    /// The newest.
    #[default]
    First,
    /// After this mail, towards older ones.
    After(Uuid),
    /// Before this mail, towards newer ones.
    Before(Uuid),
}

/// A page of mails.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Newest first.
    pub mails: Vec<Mail>,
    /// Whether there are newer ones.
    pub has_previous: bool,
    /// Whether there are older ones.
    pub has_next: bool,
}

/// Mails of an office, newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn page(db: &mut Db, office: Uuid, asked: &Asked) -> Result<Page> {
    let mut query = t::outbox.filter(t::office_id.eq(RowId(office))).into_boxed();
    if !asked.states.is_empty() {
        query = query.filter(t::state.eq_any(asked.states.clone()));
    }
    for word in super::key(&asked.search).split(' ').filter(|word| !word.is_empty()).take(8) {
        let word = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let pattern = format!("%{word}%");
        query = query.filter(
            lower(t::subject)
                .like(pattern.clone())
                .escape('!')
                .or(lower(t::to_name).like(pattern.clone()).escape('!'))
                .or(lower(t::to_address).like(pattern).escape('!')),
        );
    }
    let backward = matches!(asked.from, From::Before(_));
    if let From::After(id) | From::Before(id) = asked.from {
        let at: NaiveDateTime = t::outbox
            .filter(t::office_id.eq(RowId(office)))
            .filter(t::id.eq(RowId(id)))
            .select(t::queued_at)
            .first(db)?;
        query = if backward {
            query.filter(t::queued_at.ge(at).and(t::queued_at.gt(at).or(t::id.gt(RowId(id)))))
        } else {
            query.filter(t::queued_at.le(at).and(t::queued_at.lt(at).or(t::id.lt(RowId(id)))))
        };
    }
    query = if backward {
        query.order((t::queued_at.asc(), t::id.asc()))
    } else {
        query.order((t::queued_at.desc(), t::id.desc()))
    };
    let limit = i64::try_from(asked.limit).unwrap_or(50);
    let mut rows: Vec<Row> = query.limit(limit + 1).load(db)?;
    let more = rows.len() > asked.limit;
    rows.truncate(asked.limit);
    if backward {
        rows.reverse();
    }
    Ok(Page {
        mails: rows.into_iter().map(Row::mail).collect(),
        has_previous: if backward { more } else { asked.from != From::First },
        has_next: backward || more,
    })
}

/// How many mails of an office are in these states, counted to `cap` at most.
///
/// # Errors
/// When the database cannot be read.
pub fn count(db: &mut Db, office: Uuid, states: &[&'static str], cap: usize) -> Result<usize> {
    let ids: Vec<RowId> = t::outbox
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::state.eq_any(states.to_vec()))
        .select(t::id)
        .limit(i64::try_from(cap).unwrap_or(100))
        .load(db)?;
    Ok(ids.len())
}

/// Mails about an agreement, newest first.
///
/// # Errors
/// When the database cannot be read.
pub fn of_agreement(db: &mut Db, office: Uuid, agreement: Uuid) -> Result<Vec<Mail>> {
    let rows: Vec<Row> = t::outbox
        .filter(t::office_id.eq(RowId(office)))
        .filter(t::agreement_id.eq(RowId(agreement)))
        .order((t::queued_at.desc(), t::id.desc()))
        .limit(200)
        .load(db)?;
    Ok(rows.into_iter().map(Row::mail).collect())
}

/// One mail of the office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn find(db: &mut Db, office: Uuid, id: Uuid) -> Result<Mail> {
    let row: Row = t::outbox.filter(t::office_id.eq(RowId(office))).filter(t::id.eq(RowId(id))).first(db)?;
    Ok(row.mail())
}

/// The next mail that may go out, oldest first; none when nothing is due.
///
/// # Errors
/// When the database cannot be read.
pub fn next_due(db: &mut Db, now: DateTime<Utc>) -> Result<Option<Mail>> {
    let row: Option<Row> = t::outbox
        .filter(t::state.eq_any(["queued", "unknown"]))
        .filter(t::next_attempt_at.le(now.naive_utc()))
        .order((t::next_attempt_at.asc(), t::id.asc()))
        .first(db)
        .optional()?;
    Ok(row.map(Row::mail))
}

/// Claims a mail for a boot, with the words it goes out with. False when somebody else has it or it
/// was cancelled meanwhile.
///
/// # Errors
/// When the database refuses.
pub fn claim(db: &mut Db, mail: &Mail, boot: Uuid) -> Result<bool> {
    let claimed = diesel::update(
        t::outbox.filter(t::id.eq(RowId(mail.id))).filter(t::state.eq_any(["queued", "unknown"])),
    )
    .set((
        t::state.eq("sending"),
        t::boot_id.eq(Some(RowId(boot))),
        t::attempts.eq(t::attempts + 1),
        t::to_name.eq(&mail.to_name),
        t::to_address.eq(&mail.to_address),
        t::cc_address.eq(&mail.cc_address),
        t::subject.eq(&mail.subject),
        t::body_text.eq(&mail.text),
        t::body_html.eq(&mail.html),
    ))
    .execute(db)?;
    Ok(claimed == 1)
}

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// The relay took it; its words.
    Accepted(String),
    /// Perhaps later.
    Later(String),
    /// Refused for good.
    Refused(String),
    /// The connection broke when the relay may have taken it already: again in half an hour.
    Unknown(String),
}

/// Writes down what became of a mail that `boot` had claimed.
///
/// # Errors
/// When the database refuses; the row then stays claimed and is taken over after the next start.
pub fn settle(db: &mut Db, deed: &Deed, mail: &Mail, boot: Uuid, tried: &Tried) -> Result<()> {
    let mine = t::outbox
        .filter(t::id.eq(RowId(mail.id)))
        .filter(t::state.eq("sending"))
        .filter(t::boot_id.eq(Some(RowId(boot))));
    let given_up = deed.now - mail.queued_at > GIVE_UP_AFTER;
    match tried {
        Tried::Accepted(reply) => {
            diesel::update(mine)
                .set((
                    t::state.eq("sent"),
                    t::sent_at.eq(deed.at()),
                    t::reply.eq(reply),
                    t::boot_id.eq(None::<RowId>),
                ))
                .execute(db)?;
        }
        Tried::Later(reply) | Tried::Unknown(reply) if !given_up => {
            let unknown = matches!(tried, Tried::Unknown(_));
            let tries = usize::try_from(mail.attempts).unwrap_or(0);
            let minutes =
                if unknown { 30 } else { BACK_OFF_MINUTES.get(tries).copied().unwrap_or(LATER_MINUTES) };
            diesel::update(mine)
                .set((
                    t::state.eq(if unknown { "unknown" } else { "queued" }),
                    t::next_attempt_at.eq((deed.now + Duration::minutes(minutes)).naive_utc()),
                    t::reply.eq(reply),
                    t::boot_id.eq(None::<RowId>),
                ))
                .execute(db)?;
        }
        Tried::Refused(reply) | Tried::Later(reply) | Tried::Unknown(reply) => {
            diesel::update(mine)
                .set((t::state.eq("dead"), t::reply.eq(reply), t::boot_id.eq(None::<RowId>)))
                .execute(db)?;
            let title = format!("Surel kepada {} tidak terkirim: hubungi instansinya", mail.to_name);
            tasks::open(
                db,
                deed,
                mail.agreement_id,
                "mail_refused",
                &format!("dead:{}", mail.id),
                &title,
                reply,
            )?;
        }
    }
    Ok(())
}

/// Gives a claimed mail back untried: the relay wanted nothing at all, and the mail is not to blame.
///
/// # Errors
/// When the database refuses.
pub fn release(db: &mut Db, mail: &Mail, boot: Uuid, reply: &str) -> Result<()> {
    diesel::update(
        t::outbox
            .filter(t::id.eq(RowId(mail.id)))
            .filter(t::state.eq("sending"))
            .filter(t::boot_id.eq(Some(RowId(boot)))),
    )
    .set((
        t::state.eq(&mail.state),
        t::attempts.eq(mail.attempts),
        t::reply.eq(reply),
        t::boot_id.eq(None::<RowId>),
    ))
    .execute(db)?;
    Ok(())
}

/// Takes back a mail that is not on its way. Answers whether it was still there to be taken back.
///
/// # Errors
/// When the database refuses.
pub fn cancel(db: &mut Db, office: Uuid, id: Uuid, reason: &str) -> Result<bool> {
    let cancelled = diesel::update(
        t::outbox
            .filter(t::office_id.eq(RowId(office)))
            .filter(t::id.eq(RowId(id)))
            .filter(t::state.eq_any(["queued", "unknown"])),
    )
    .set((t::state.eq("cancelled"), t::reply.eq(reason)))
    .execute(db)?;
    Ok(cancelled == 1)
}

/// Of each office with mails that may go out now: since when the oldest could have. For the notice
/// that the relay does not answer.
///
/// # Errors
/// When the database cannot be read.
pub fn waiting(db: &mut Db, now: DateTime<Utc>) -> Result<Vec<(Uuid, DateTime<Utc>)>> {
    let rows: Vec<(RowId, Option<NaiveDateTime>)> = t::outbox
        .filter(t::state.eq_any(["queued", "unknown"]))
        .filter(t::next_attempt_at.le(now.naive_utc()))
        .group_by(t::office_id)
        .select((t::office_id, diesel::dsl::min(t::next_attempt_at)))
        .load(db)?;
    Ok(rows.into_iter().filter_map(|(office, at)| Some((office.0, at?.and_utc()))).collect())
}

/// How many mails wait to go out, in the whole installation: for commands.
///
/// # Errors
/// When the database cannot be read.
pub fn waiting_count(db: &mut Db) -> Result<i64> {
    Ok(t::outbox.filter(t::state.eq_any(["queued", "unknown"])).count().get_result(db)?)
}

/// Puts a dead or waiting mail back to the front of the queue, and logs it.
///
/// # Errors
/// [`StoreError::NotFound`] when it is on its way, sent or cancelled.
pub fn retry(db: &mut Db, deed: &Deed, id: Uuid) -> Result<()> {
    let mail = find(db, deed.office_id, id)?;
    let changed = diesel::update(
        t::outbox
            .filter(t::office_id.eq(RowId(deed.office_id)))
            .filter(t::id.eq(RowId(id)))
            .filter(t::state.eq_any(["queued", "unknown", "dead"])),
    )
    .set((t::state.eq("queued"), t::next_attempt_at.eq(deed.at()), t::queued_at.eq(deed.at())))
    .execute(db)?;
    if changed == 0 {
        return Err(StoreError::NotFound);
    }
    tasks::close(db, deed, &format!("dead:{id}"))?;
    let subject =
        Subject { kind: "mail", id, name: format!("“{}” kepada {}", mail.subject, mail.to_name) };
    audit_log::append(db, deed, &subject, &Event::new(Verb::MailRequeued, Vec::new()))
}

/// Registers a delivering process.
///
/// # Errors
/// When the database refuses.
pub fn boot(db: &mut Db, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    diesel::insert_into(b::boots)
        .values((b::id.eq(RowId(id)), b::started_at.eq(now.naive_utc())))
        .execute(db)?;
    Ok(())
}

/// After the delivery lock was obtained no other process delivers: whatever earlier boots had claimed
/// is of unknown outcome and goes out again with the same Message-ID. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn take_over(db: &mut Db, own: Uuid, now: DateTime<Utc>) -> Result<usize> {
    let taken = diesel::update(
        t::outbox.filter(t::state.eq("sending")).filter(t::boot_id.is_null().or(t::boot_id.ne(RowId(own)))),
    )
    .set((
        t::state.eq("unknown"),
        t::boot_id.eq(None::<RowId>),
        t::next_attempt_at.eq(now.naive_utc()),
        t::reply.eq("proses pengirim terhenti; hasil tidak diketahui"),
    ))
    .execute(db)?;
    diesel::update(b::boots.filter(b::ended_at.is_null()).filter(b::id.ne(RowId(own))))
        .set(b::ended_at.eq(now.naive_utc()))
        .execute(db)?;
    Ok(taken)
}

/// Notes that a delivering process ended in good order.
///
/// # Errors
/// When the database refuses.
pub fn end_boot(db: &mut Db, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    diesel::update(b::boots.find(RowId(id))).set(b::ended_at.eq(now.naive_utc())).execute(db)?;
    Ok(())
}
