//! The renewal reminder of one rung, from the facts of its agreement.

use chrono::NaiveDate;

use super::recipient::Recipient;
use crate::documents::papers::{self, juknis_label};
use crate::domain::agreement::Agreement;
use crate::domain::calendar::Calendar;
use crate::domain::deadline::{ClauseRef, Step, deadlines};
use crate::domain::renewal::Rung;
use crate::domain::term::term_end;
use crate::domain::wording::{date_long, date_with_weekday};
use crate::mail::is_usable;
use crate::mail::messages::RenewalReminder;
use crate::secrets::sha256;
use crate::store::offices::Office;
use crate::store::outbox::OutgoingMail;
use crate::store::reminders::HEAD;

/// Code of this mail in the outbox.
pub(super) const KIND: &str = "renewal_reminder";

/// Everything the mail is made of.
pub(super) struct Case<'a> {
    pub(super) office: &'a Office,
    pub(super) calendar: &'a Calendar,
    pub(super) agreement: &'a Agreement,
    pub(super) rung: &'a Rung,
    pub(super) recipient: &'a Recipient,
    /// The day it goes out.
    pub(super) today: NaiveDate,
    /// `BASE_URL`.
    pub(super) base_url: &'a str,
    /// Host in the Message-ID.
    pub(super) host: &'a str,
}

/// Writes the mail.
///
/// # Errors
/// When a template cannot be filled.
pub(super) fn write(case: &Case<'_>) -> askama::Result<OutgoingMail> {
    let Case { office, agreement, rung, recipient, today, .. } = case;
    let facts = agreement.facts();
    let due = date_with_weekday(rung.due_on);
    let duty = deadlines(facts, agreement.acts(), case.calendar, *today)
        .into_iter()
        .find(|deadline| deadline.step == Step::RenewalLetter);
    let source = duty.as_ref().and_then(|duty| match &duty.clause {
        Some(ClauseRef::Cited(clause)) => Some(clause.clone()),
        // Facts of a stored agreement were checked; a wording that cannot be set leaves the rule alone.
        Some(ClauseRef::Juknis(label)) => {
            papers::references(facts).ok().and_then(|clauses| clauses.get(&juknis_label(label)).cloned())
        }
        Some(ClauseRef::Label(label)) => papers::references(facts)
            .ok()
            .and_then(|clauses| clauses.get(*label).map(|cited| format!("PKS {cited}"))),
        None => None,
    });
    let off = !case.calendar.is_working_day(rung.due_on);
    let before = case.calendar.working_day_before(rung.due_on);
    let cc_address =
        office.email.clone().filter(|copy| is_usable(copy) && !copy.eq_ignore_ascii_case(&recipient.address));
    let rendered = RenewalReminder {
        head_name: recipient.name.clone().unwrap_or_else(|| "Bapak/Ibu".to_owned()),
        head_position: recipient.position.clone(),
        agency: agreement.name(),
        agreement_about: facts
            .subject
            .about
            .clone()
            .or_else(|| facts.subject.purpose.clone())
            .unwrap_or_else(|| "pemanfaatan data kependudukan".to_owned()),
        provider_number: facts.provider.number.clone(),
        user_number: facts.user.number.clone(),
        signed_on: facts.signing.on.map(date_long).unwrap_or_default(),
        ends_on: term_end(facts).map(|end| date_long(end.last_day)).unwrap_or_default(),
        letter_due_on: due.clone(),
        due_today: rung.due_on == *today,
        overdue: rung.due_on < *today,
        working_day_before: (off && *today <= before).then(|| date_with_weekday(before)),
        rule_sentence: duty.map(|duty| duty.rule).unwrap_or_default(),
        source_sentence: source.unwrap_or_else(|| "kebijakan kantor".to_owned()),
        next_steps: vec![
            "Tanda tangani surat permohonan perpanjangan yang ditujukan kepada Direktur Jenderal Kependudukan dan Pencatatan Sipil.".to_owned(),
            "Sampaikan surat itu melalui kantor kami, langsung atau dengan membalas surel ini.".to_owned(),
        ],
        office_name: office.name.clone(),
        office_address: office.address.clone(),
        link: recipient
            .has_account
            .then(|| format!("{}/perjanjian/{}", case.base_url, agreement.id())),
        copy_note: cc_address.as_ref().map(|_| format!("Tembusan: {}.", office.short_name)),
    }
    .render()?;
    let key = format!("{}|{}|{}|{}|{HEAD}", agreement.id(), rung.step.code(), rung.due_on, rung.code);
    Ok(OutgoingMail {
        kind: KIND,
        to_name: recipient.name.clone().unwrap_or_else(|| recipient.position.clone()),
        to_address: recipient.address.clone(),
        cc_address,
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        message_id: format!("{}@{}", &sha256(key.as_bytes())[..32], case.host),
    })
}
