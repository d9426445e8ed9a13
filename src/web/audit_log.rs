//! The log as sentences by day, narrowed by agreement, person, kind of deed and days. The chain is
//! checked only on demand: that reads every entry.

use std::collections::HashMap;

use actix_web::web;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::agreements::{day, rows::event};
use super::error::Answer;
use super::me::Me;
use super::pages::audit::{AuditDay, AuditPage};
use super::pages::form::Choice;
use super::pages::layout::NavItem;
use super::pages::parts::{Chip, Event, Pager, Tone};
use super::{encode, html};
use crate::app::App;
use crate::clock::Zone;
use crate::domain::audit::{Entry, Verb};
use crate::domain::dates::day_after;
use crate::domain::permission::Act;
use crate::domain::wording::figures;
use crate::store::agreements::{self, Scope};
use crate::store::audit_log::{self, Filter, Verdict};
use crate::store::users;

/// Entries on a page.
const PAGE: usize = 50;

/// Kinds of deeds: value in the address, name, verbs.
pub const KINDS: &[(&str, &str, &[Verb])] = &[
    (
        "perjanjian",
        "Perjanjian dibuat atau didaftarkan",
        &[Verb::AgreementDrafted, Verb::AgreementRegistered, Verb::AgreementImported],
    ),
    ("fakta", "Perubahan fakta", &[Verb::FactsRevised]),
    ("tandatangan", "Penandatanganan dan pengakhiran", &[Verb::AgreementSigned, Verb::AgreementEnded]),
    ("kewajiban", "Surat perpanjangan dan kewajiban", &[Verb::RenewalLetterLogged, Verb::DutyMet]),
    (
        "pengingat",
        "Pengingat dan surel",
        &[
            Verb::ReminderQueued,
            Verb::ReminderUndeliverable,
            Verb::MailSent,
            Verb::MailRefused,
            Verb::MailRequeued,
            Verb::TaskDone,
            Verb::ScanConfirmed,
        ],
    ),
    (
        "data",
        "Instansi, pejabat, dan dasar hukum",
        &[
            Verb::InstitutionAdded,
            Verb::InstitutionChanged,
            Verb::OfficialAdded,
            Verb::OfficialChanged,
            Verb::LegalBasisAdded,
            Verb::LegalBasisChanged,
        ],
    ),
    ("redaksi", "Redaksi naskah", &[Verb::WordingChanged, Verb::WordingReturned, Verb::ClauseChanged]),
    ("kantor", "Kantor dan pengguna", &[Verb::OfficeOpened, Verb::OfficeChanged, Verb::UserAdded]),
    ("masuk", "Masuk dan keluar", &[Verb::SignedIn, Verb::SignedOut, Verb::SignInRefused]),
];

/// Actors that are no people: value in the address, name, kind in the log.
const MACHINES: &[(&str, &str, &str)] =
    &[("sistem", "Kawal (jadwal)", "system"), ("perintah", "Baris perintah", "command")];

/// What the address asks for, with the text to write it again.
#[derive(Debug, Clone, Default)]
struct Query {
    filter: Filter,
    agreement: Option<Uuid>,
    actor: String,
    kind: String,
    from: String,
    until: String,
}

fn read(query: &HashMap<String, String>, zone: Zone) -> Query {
    let get = |name: &str| query.get(name).map_or("", |text| text.trim());
    let mut this = Query { agreement: Uuid::parse_str(get("perjanjian")).ok(), ..Query::default() };
    let filter = &mut this.filter;
    filter.limit = i64::try_from(PAGE).unwrap_or(50) + 1;
    filter.subject = this.agreement;
    if let Ok(id) = Uuid::parse_str(get("siapa")) {
        filter.actor = Some(id);
        get("siapa").clone_into(&mut this.actor);
    } else if let Some((code, _, kind)) = MACHINES.iter().find(|(code, _, _)| *code == get("siapa")) {
        filter.actor_kind = Some((*kind).to_owned());
        (*code).clone_into(&mut this.actor);
    }
    if let Some((code, _, verbs)) = KINDS.iter().find(|(code, _, _)| *code == get("jenis")) {
        filter.verbs = verbs.iter().map(|verb| verb.code()).collect();
        (*code).clone_into(&mut this.kind);
    }
    if let Ok(first) = get("dari").parse::<NaiveDate>() {
        filter.since = Some(midnight(first, zone));
        this.from = first.to_string();
    }
    if let Ok(last) = get("sampai").parse::<NaiveDate>() {
        filter.until = Some(midnight(day_after(last), zone));
        this.until = last.to_string();
    }
    filter.before = get("sebelum").parse().ok();
    filter.after = if filter.before.is_none() { get("sesudah").parse().ok() } else { None };
    this
}

/// The first instant of a civil date in a zone.
fn midnight(date: NaiveDate, zone: Zone) -> DateTime<Utc> {
    date.and_time(NaiveTime::MIN).and_utc() - chrono::Duration::hours(i64::from(zone.hours()))
}

impl Query {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if let Some(id) = self.agreement {
            pairs.push(("perjanjian", id.to_string()));
        }
        for (name, value) in
            [("siapa", &self.actor), ("jenis", &self.kind), ("dari", &self.from), ("sampai", &self.until)]
        {
            if !value.is_empty() {
                pairs.push((name, value.clone()));
            }
        }
        pairs
    }

    fn href(&self, without: &str, step: Option<(&'static str, String)>) -> String {
        let pairs: Vec<String> = self
            .pairs()
            .into_iter()
            .filter(|(name, _)| *name != without)
            .chain(step)
            .map(|(name, value)| format!("{name}={}", encode(&value)))
            .collect();
        if pairs.is_empty() { "/catatan".to_owned() } else { format!("/catatan?{}", pairs.join("&")) }
    }
}

/// `GET /catatan`
///
/// # Errors
/// 403 without the right to the log; 404 for another office's agreement.
pub async fn list(app: web::Data<App>, me: Me, query: web::Query<HashMap<String, String>>) -> Answer {
    me.must(Act::ReadLog)?;
    let checked = query.contains_key("periksa");
    let query = read(&query, me.user.zone);
    let (office, filter, agreement) = (me.user.office_id, query.filter.clone(), query.agreement);
    let (entries, members, narrowed, verdict) = app
        .store
        .read(move |db| {
            let narrowed = match agreement {
                Some(id) => Some(agreements::find(db, Scope::office(office), id)?.name()),
                None => None,
            };
            let verdict = if checked { Some(audit_log::verify(db, office)?) } else { None };
            Ok((audit_log::list(db, office, &filter)?, users::members(db, office)?, narrowed, verdict))
        })
        .await?;
    let people: Vec<(String, String)> =
        members.into_iter().map(|member| (member.user_id.to_string(), member.name)).collect();
    html(&print(&me, &query, entries, &people, narrowed, verdict.as_ref()))
}

fn print(
    me: &Me,
    query: &Query,
    mut entries: Vec<Entry>,
    people: &[(String, String)],
    narrowed: Option<String>,
    verdict: Option<&Verdict>,
) -> AuditPage {
    let more = entries.len() > PAGE;
    let backward = query.filter.after.is_some();
    if backward && more {
        // Read towards the newer end: the surplus entry is the newest.
        entries.remove(0);
    }
    entries.truncate(PAGE);
    let (has_previous, has_next) =
        if backward { (more, true) } else { (query.filter.before.is_some(), more) };
    let edge = |entry: Option<&Entry>| entry.map_or_else(String::new, |entry| entry.seq.to_string());
    let (first, last) = (edge(entries.first()), edge(entries.last()));
    let mut actors = vec![("", "Semua orang")];
    actors.extend(people.iter().map(|(id, name)| (id.as_str(), name.as_str())));
    actors.extend(MACHINES.iter().map(|(code, name, _)| (*code, *name)));
    let mut kinds = vec![("", "Semua perbuatan")];
    kinds.extend(KINDS.iter().map(|(code, name, _)| (*code, *name)));
    AuditPage {
        layout: me.layout("Catatan", Some(NavItem::AuditLog)),
        summary: format!("Siapa, kapan, apa, dari apa menjadi apa. Waktu dalam {}.", me.user.zone.label()),
        chain: chain(verdict),
        check_href: verdict.is_none().then(|| query.href("", Some(("periksa", "1".to_owned())))),
        narrowed: narrowed.map(|name| (format!("Perjanjian dengan {name}"), query.href("perjanjian", None))),
        actors: Choice::list(&actors, &[query.actor.as_str()]),
        kinds: Choice::list(&kinds, &[query.kind.as_str()]),
        from: query.from.clone(),
        until: query.until.clone(),
        keep: query.agreement.iter().map(|id| ("perjanjian".to_owned(), id.to_string())).collect(),
        pager: Pager {
            shown: format!("Menampilkan {} catatan, terbaru dahulu", entries.len()),
            first: has_previous.then(|| query.href("", None)),
            previous: has_previous.then(|| query.href("", Some(("sesudah", first)))),
            next: has_next.then(|| query.href("", Some(("sebelum", last)))),
            ..Pager::default()
        },
        days: by_day(&entries, me.user.zone),
        nothing: "Tidak ada catatan yang cocok.".to_owned(),
    }
}

fn chain(verdict: Option<&Verdict>) -> Chip {
    match verdict {
        None => Chip::new(Tone::Quiet, "Rantai catatan belum diperiksa pada kunjungan ini"),
        Some(Verdict { broken: Some((seq, reason)), .. }) => Chip::new(
            Tone::Overdue,
            format!("Rantai putus pada no. {}: {reason}", figures(seq.unsigned_abs())),
        ),
        Some(verdict) => {
            Chip::new(Tone::Ok, format!("Rantai utuh sampai no. {}", figures(verdict.entries.unsigned_abs())))
        }
    }
}

fn by_day(entries: &[Entry], zone: Zone) -> Vec<AuditDay> {
    let mut days: Vec<(NaiveDate, AuditDay)> = Vec::new();
    for entry in entries {
        let date = zone.date(entry.at);
        let mut told: Event = event(entry, zone);
        told.when = format!("pukul {} {}", zone.local(entry.at).format("%H.%M"), zone.label());
        told.href = match entry.subject_kind.as_str() {
            "agreement" => Some(format!("/perjanjian/{}", entry.subject_id)),
            "institution" => Some(format!("/instansi/{}", entry.subject_id)),
            "mail" => Some(format!("/surel/{}", entry.subject_id)),
            _ => None,
        };
        match days.last_mut() {
            Some((known, page)) if *known == date => page.events.push(told),
            _ => days.push((date, AuditDay { title: day(date), events: vec![told] })),
        }
    }
    days.into_iter().map(|(_, page)| page).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deed_is_of_exactly_one_kind() {
        for verb in Verb::ALL {
            let kinds = KINDS.iter().filter(|(_, _, verbs)| verbs.contains(verb)).count();
            assert_eq!(kinds, 1, "{}", verb.code());
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_the_offices_zone() {
        let first = NaiveDate::from_ymd_opt(2027, 7, 16).unwrap_or_default();
        assert_eq!(midnight(first, Zone::Wib).to_rfc3339(), "2027-07-15T17:00:00+00:00");
        assert_eq!(Zone::Wit.date(midnight(first, Zone::Wit)), first);
    }
}
