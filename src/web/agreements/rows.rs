//! Rows that several pages show: facts, deadlines, mails, acts of the log.

use std::collections::BTreeMap;

use super::super::pages::agreements::{DeadlineRow, Fact, FactGroup, FactValue, MailRow};
use super::super::pages::parts::{Chip, Event, FactChange, Tone};
use super::{day, plain_day};
use crate::clock::Zone;
use crate::documents::papers::juknis_label;
use crate::domain::acts::Acts;
use crate::domain::agreement::Agreement;
use crate::domain::audit::{Entry, Payload};
use crate::domain::calendar::Calendar;
use crate::domain::deadline::{ClauseRef, Deadline, DeadlineSource, DeadlineState, term_end};
use crate::domain::fact_sheet::shown::facts_shown;
use crate::domain::fact_sheet::{FactSheet, RenewalSource, Side};
use crate::domain::wording::{distance, figures, join_list, length_with_words, number_with_words};
use crate::store::outbox::Mail;

/// The facts people look for first, then every known fact by section.
pub fn fact_groups(facts: &FactSheet, acts: &Acts, office: bool) -> Vec<FactGroup> {
    let mut groups = vec![FactGroup { title: String::new(), facts: key_facts(facts, acts) }];
    groups.extend(facts_shown(facts, office).into_iter().map(|section| {
        FactGroup {
            title: section.title.to_owned(),
            facts: section
                .rows
                .into_iter()
                .map(|row| Fact {
                    label: if row.group.is_empty() {
                        row.label
                    } else {
                        format!("{}: {}", row.group, row.label)
                    },
                    value: if row.secret && !office { FactValue::Secret } else { FactValue::Text(row.text) },
                    note: (row.secret && office).then(|| "rahasia".to_owned()),
                })
                .collect(),
        }
    }));
    groups
}

fn key_facts(facts: &FactSheet, acts: &Acts) -> Vec<Fact> {
    let fact = |label: &str, value: Option<String>, note: Option<String>| Fact {
        label: label.to_owned(),
        value: value.map_or(FactValue::Missing, FactValue::Text),
        note,
    };
    let end = term_end(facts);
    let start = crate::domain::term::starts_on(facts);
    let elements: Vec<&str> = facts
        .access
        .elements
        .iter()
        .map(|element| element.label())
        .chain(facts.access.other_elements.iter().map(String::as_str))
        .collect();
    let quota: Vec<String> = facts
        .access
        .quota
        .iter()
        .map(|quota| match quota.per_day {
            Some(hits) => format!("{}: {} hit NIK per hari", quota.stage.label(), figures(u64::from(hits))),
            None => format!("{}: tanpa batas", quota.stage.label()),
        })
        .collect();
    let methods: Vec<&str> = facts.access.methods.iter().map(|method| method.label()).collect();
    let mut rows = vec![
        fact("Tentang", facts.subject.about.clone(), None),
        fact("Pihak Kesatu", facts.provider.official.full_name(), facts.provider.official.full_position()),
        fact("Pihak Kedua", facts.user.official.full_name(), facts.user.official.full_position()),
        fact(
            "Jangka waktu",
            match (start, &end) {
                (Some(start), Some(end)) => {
                    Some(format!("{} sampai dengan {}", plain_day(start), plain_day(end.last_day)))
                }
                (None, _) => facts
                    .term
                    .months
                    .map(|months| format!("{} sejak ditandatangani", length_with_words(months))),
                (Some(start), None) => {
                    Some(format!("sejak {}; hari terakhir belum diketahui", plain_day(start)))
                }
            },
            end.map(|end| end.rule_sentence),
        ),
        fact("Kegunaan data", facts.subject.purpose.clone(), None),
        fact(
            "Elemen data",
            (!elements.is_empty())
                .then(|| format!("{}: {}", number_with_words(elements.len() as u64), join_list(&elements))),
            None,
        ),
        fact(
            "Metode akses",
            (!methods.is_empty()).then(|| join_list(&methods)),
            (!quota.is_empty()).then(|| quota.join("; ")),
        ),
        fact(
            "Data balikan",
            (!facts.feedback.items.is_empty()).then(|| join_list(&facts.feedback.items)),
            None,
        ),
        fact(
            "Dasar hukum",
            (!facts.legal_bases.is_empty()).then(|| {
                format!(
                    "{} peraturan, {} surat persetujuan",
                    facts.legal_bases.len(),
                    facts.approval_letters.len()
                )
            }),
            None,
        ),
    ];
    if let Some(letter) = &acts.renewal_letter {
        rows.push(fact(
            "Surat perpanjangan",
            Some(format!("{}, {}", letter.number, plain_day(letter.on))),
            None,
        ));
    }
    if let Some(ended) = &acts.ended {
        let letter = ended.letter.as_ref().map(|letter| format!("Surat {letter}"));
        rows.push(fact(
            "Diakhiri",
            Some(format!("{}, tidak berlaku sejak {}", ended.cause.label(), plain_day(ended.on))),
            letter,
        ));
    }
    rows
}

/// A deadline as a row; also used by the list over all agreements.
pub fn deadline_row(
    agreement: &Agreement,
    deadline: &Deadline,
    clauses: &BTreeMap<String, String>,
    calendar: &Calendar,
    today: chrono::NaiveDate,
) -> DeadlineRow {
    let tone = match deadline.state {
        DeadlineState::Met | DeadlineState::Waived => Tone::Quiet,
        DeadlineState::Overdue => Tone::Overdue,
        DeadlineState::Open if deadline.due_on <= today + chrono::Days::new(30) => Tone::Attention,
        DeadlineState::Open => Tone::Info,
    };
    let holder = match deadline.holder {
        Side::Provider => agreement
            .facts()
            .provider
            .institution
            .short_name
            .clone()
            .unwrap_or_else(|| "Disdukcapil".to_owned()),
        Side::User => agreement
            .facts()
            .user
            .institution
            .short_name
            .clone()
            .or_else(|| agreement.facts().user.institution.name.clone())
            .unwrap_or_else(|| "Pihak Kedua".to_owned()),
    };
    let mut rule = deadline.rule.clone();
    if matches!(deadline.state, DeadlineState::Open | DeadlineState::Overdue)
        && !calendar.is_working_day(deadline.due_on)
    {
        rule.push_str(&format!(
            " Hari libur; hari kerja sebelumnya {}.",
            day(calendar.working_day_before(deadline.due_on))
        ));
    }
    DeadlineRow {
        due_on: day(deadline.due_on),
        due_note: match deadline.state {
            DeadlineState::Open | DeadlineState::Overdue => distance(deadline.due_on, today),
            DeadlineState::Met | DeadlineState::Waived => String::new(),
        },
        tone,
        what: deadline.title(),
        holder: format!("oleh {holder}"),
        rule,
        source: source(deadline, clauses),
        state: Chip::new(
            match deadline.state {
                DeadlineState::Met => Tone::Ok,
                DeadlineState::Overdue => Tone::Overdue,
                DeadlineState::Open => tone,
                DeadlineState::Waived => Tone::Quiet,
            },
            deadline.state.label(),
        ),
        href: None,
        act: None,
    }
}

/// "PKS Pasal 8 ayat (1)", "Petunjuk Teknis angka VI huruf F", "Kebijakan kantor".
pub fn source(deadline: &Deadline, clauses: &BTreeMap<String, String>) -> String {
    match (&deadline.clause, deadline.source) {
        (Some(ClauseRef::Cited(text)), _) => text.clone(),
        (Some(ClauseRef::Label(label)), DeadlineSource::Paper) => {
            clauses.get(*label).map_or_else(|| "Perjanjian".to_owned(), |cited| format!("PKS {cited}"))
        }
        (Some(ClauseRef::Juknis(label)), _) => clauses
            .get(&juknis_label(label))
            .cloned()
            .unwrap_or_else(|| RenewalSource::Juknis.label().to_owned()),
        (_, source) => source.label().to_owned(),
    }
}

/// A mail as a row.
pub fn mail_row(mail: &Mail, zone: Zone) -> MailRow {
    MailRow {
        href: format!("/surel/{}", mail.id),
        when: zone.stamp(mail.sent_at.unwrap_or(mail.queued_at)),
        subject: mail.subject.clone(),
        recipient: format!("{} <{}>", mail.to_name, mail.to_address),
        state: mail_chip(&mail.state),
    }
}

/// The state of a mail in a word.
pub fn mail_chip(state: &str) -> Chip {
    match state {
        "sent" => Chip::new(Tone::Ok, "terkirim"),
        "sending" => Chip::new(Tone::Info, "sedang dikirim"),
        "unknown" => Chip::new(Tone::Attention, "hasil belum pasti"),
        "cancelled" => Chip::new(Tone::Quiet, "dibatalkan"),
        "dead" => Chip::new(Tone::Overdue, "gagal"),
        _ => Chip::new(Tone::Info, "menunggu"),
    }
}

/// An entry of the log as a page shows it.
pub fn event(entry: &Entry, zone: Zone) -> Event {
    let payload: Payload = serde_json::from_str(&entry.payload).unwrap_or_default();
    let mut sentence = entry.sentence();
    if let Some(note) = &payload.note {
        sentence.push_str(": ");
        sentence.push_str(note);
    }
    Event {
        sentence,
        when: zone.stamp(entry.at),
        when_iso: entry.at.to_rfc3339(),
        changes: payload
            .changes
            .into_iter()
            .map(|change| FactChange {
                secret: change.commitment.is_some(),
                label: change.label,
                from: change.from,
                to: change.to,
            })
            .collect(),
        href: None,
        sequence: Some(format!("no. {}", crate::domain::wording::figures(entry.seq.unsigned_abs()))),
    }
}
