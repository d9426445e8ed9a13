//! The outbox: every mail that was promised, and what became of it.

use std::collections::HashMap;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::agreements::rows::{mail_chip, mail_row};
use super::deeds::press;
use super::error::Answer;
use super::me::Me;
use super::pages::layout::NavItem;
use super::pages::outbox::{Attempt, MailPage, OutboxPage};
use super::pages::parts::{Act as Button, Crumb, FilterChip, Notice, Pager, Tone};
use super::posted::Posted;
use super::{encode, html};
use crate::app::App;
use crate::domain::permission::Act;
use crate::store::agreements::{self, Scope};
use crate::store::outbox::{self, Asked, From, Mail};
use crate::store::{StoreError, offices};

/// Mails on a page.
const PAGE: usize = 50;
/// Counting stops here.
const CAP: usize = 100;

/// Policy of the HTML part: nothing loads, nothing runs, and only our own page frames it.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; \
                           form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

/// Filters: value in the address, name, states.
const FILTERS: &[(&str, &str, &[&str])] = &[
    ("menunggu", "Menunggu", &["queued", "sending", "unknown"]),
    ("terkirim", "Terkirim", &["sent"]),
    ("gagal", "Tidak dapat dikirim", &["dead"]),
    ("dibatalkan", "Dibatalkan", &["cancelled"]),
];

/// `GET /surel`
///
/// # Errors
/// 403 for people of other agencies.
pub async fn list(app: web::Data<App>, me: Me, query: web::Query<HashMap<String, String>>) -> Answer {
    me.must(Act::ReadOffice)?;
    let get = |name: &str| query.get(name).map_or("", |text| text.trim());
    let filter = FILTERS.iter().find(|(code, _, _)| *code == get("keadaan"));
    let id = |name: &str| Uuid::parse_str(get(name)).ok();
    let asked = Asked {
        states: filter.map_or_else(Vec::new, |(_, _, states)| states.to_vec()),
        search: get("cari").chars().take(200).collect(),
        from: match (id("sesudah"), id("sebelum")) {
            (Some(id), _) => From::After(id),
            (None, Some(id)) => From::Before(id),
            (None, None) => From::First,
        },
        limit: PAGE,
    };
    let (office, asked_in) = (me.user.office_id, asked.clone());
    let (page, waiting, dead) = app
        .store
        .read(move |db| {
            Ok((
                outbox::page(db, office, &asked_in)?,
                outbox::count(db, office, FILTERS[0].2, CAP)?,
                outbox::count(db, office, FILTERS[2].2, CAP)?,
            ))
        })
        .await?;
    html(&print_list(&app, &me, &asked, filter.map(|(code, _, _)| *code), &page, (waiting, dead)))
}

fn capped(count: usize) -> String {
    if count >= CAP { format!("{}+", CAP - 1) } else { count.to_string() }
}

fn print_list(
    app: &App,
    me: &Me,
    asked: &Asked,
    filter: Option<&str>,
    page: &outbox::Page,
    (waiting, dead): (usize, usize),
) -> OutboxPage {
    let href = |filter: Option<&str>, step: Option<(&str, Uuid)>| {
        let pairs: Vec<String> = [
            (!asked.search.is_empty()).then(|| format!("cari={}", encode(&asked.search))),
            filter.map(|code| format!("keadaan={code}")),
            step.map(|(name, id)| format!("{name}={id}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        if pairs.is_empty() { "/surel".to_owned() } else { format!("/surel?{}", pairs.join("&")) }
    };
    let mut chips = vec![FilterChip {
        label: "Semua".to_owned(),
        count: String::new(),
        href: href(None, None),
        current: filter.is_none(),
    }];
    chips.extend(FILTERS.iter().map(|(code, label, _)| FilterChip {
        label: (*label).to_owned(),
        count: match *code {
            "menunggu" => capped(waiting),
            "gagal" => capped(dead),
            _ => String::new(),
        },
        href: href((filter != Some(code)).then_some(code), None),
        current: filter == Some(code),
    }));
    let edge = |mail: Option<&Mail>| mail.map(|mail| mail.id).unwrap_or_default();
    let (first, last) = (edge(page.mails.first()), edge(page.mails.last()));
    OutboxPage {
        layout: me.layout("Surel", Some(NavItem::Outbox)),
        summary: format!("{} menunggu, {} tidak dapat dikirim", capped(waiting), capped(dead)),
        notices: no_relay(app),
        acts: Vec::new(),
        search: asked.search.clone(),
        chips,
        mails: page.mails.iter().map(|mail| mail_row(mail, me.user.zone)).collect(),
        nothing: if asked.search.is_empty() && filter.is_none() {
            "Belum ada surel. Pengingat muncul di sini pada harinya.".to_owned()
        } else {
            "Tidak ada surel yang cocok.".to_owned()
        },
        pager: Pager {
            shown: format!("Menampilkan {} surel, terbaru dahulu", page.mails.len()),
            first: page.has_previous.then(|| href(filter, None)),
            previous: page.has_previous.then(|| href(filter, Some(("sebelum", first)))),
            next: page.has_next.then(|| href(filter, Some(("sesudah", last)))),
            ..Pager::default()
        },
    }
}

/// Without a relay mails stay here, and that is said.
fn no_relay(app: &App) -> Vec<Notice> {
    if app.config.smtp_url.is_some() {
        return Vec::new();
    }
    vec![Notice {
        tone: Tone::Info,
        title: "Surel disimpan di sini".to_owned(),
        body:
            "Server surel belum diatur, jadi surel tidak keluar dari Kawal. Isinya dapat dibaca dan dicetak."
                .to_owned(),
        why: Some("Pengelola mengaturnya dengan SMTP_URL.".to_owned()),
        acts: Vec::new(),
    }]
}

/// `GET /surel/{id}`
///
/// # Errors
/// 404 for another office's mail.
pub async fn show(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::ReadOffice)?;
    let (office, id) = (me.user.office_id, *id);
    let (mail, agreement, sender) = app
        .store
        .read(move |db| {
            let mail = outbox::find(db, office, id)?;
            let agreement = match mail.agreement_id {
                Some(id) => Some(agreements::find(db, Scope::office(office), id)?),
                None => None,
            };
            Ok((
                mail,
                agreement.map(|agreement| (agreement.name(), agreement.id())),
                offices::find(db, office)?,
            ))
        })
        .await?;
    let zone = me.user.zone;
    let mut headers = vec![
        ("Kepada".to_owned(), format!("{} <{}>", mail.to_name, mail.to_address)),
        ("Dari".to_owned(), sender.sender_name),
        ("Dibuat".to_owned(), zone.stamp(mail.queued_at)),
    ];
    if let Some(copy) = &mail.cc_address {
        headers.insert(1, ("Tembusan".to_owned(), copy.clone()));
    }
    headers.push(("Message-ID".to_owned(), format!("<{}>", mail.message_id)));
    let page = MailPage {
        layout: me.layout("Surel", Some(NavItem::Outbox)),
        crumbs: vec![Crumb::to("Surel", "/surel"), Crumb::here(mail.subject.clone())],
        subject: mail.subject.clone(),
        state: mail_chip(&mail.state),
        notices: notices(&app, &me, &mail),
        acts: Vec::new(),
        headers,
        agreement: agreement
            .map(|(name, id)| (format!("Perjanjian dengan {name}"), format!("/perjanjian/{id}"))),
        text: mail.text.clone(),
        html_href: Some(format!("/surel/{id}/html")),
        attempts: attempts(&me, &mail),
    };
    html(&page)
}

fn notices(app: &App, me: &Me, mail: &Mail) -> Vec<Notice> {
    let letter = mail.agreement_id.map(|id| {
        Button::link("Cetak sebagai surat", format!("/perjanjian/{id}/naskah/surat-pemberitahuan.pdf"))
    });
    let retry =
        || Button::post("Kirim lagi", format!("/surel/{}/kirim", mail.id), app.ids.next().to_string());
    match mail.state.as_str() {
        "dead" => {
            let mut acts = Vec::new();
            if me.may(Act::EditOffice) {
                acts.push(retry().primary());
            }
            acts.extend(letter);
            vec![Notice {
                tone: Tone::Overdue,
                title: "Surel ini tidak sampai".to_owned(),
                body: "Perbaiki alamat pejabatnya lalu kirim lagi, atau cetak sebagai surat.".to_owned(),
                why: mail.reply.clone(),
                acts,
            }]
        }
        "queued" | "unknown" if mail.attempts > 0 => vec![Notice {
            tone: Tone::Attention,
            title: "Belum terkirim; dicoba lagi sendiri".to_owned(),
            body: format!("Percobaan berikutnya {}.", me.user.zone.stamp(mail.next_attempt_at)),
            why: mail.reply.clone(),
            acts: if me.may(Act::EditOffice) { vec![retry()] } else { Vec::new() },
        }],
        "queued" => no_relay(app),
        _ => Vec::new(),
    }
}

fn attempts(me: &Me, mail: &Mail) -> Vec<Attempt> {
    let zone = me.user.zone;
    let mut steps = vec![Attempt {
        when: zone.stamp(mail.queued_at),
        outcome: "Masuk antrean".to_owned(),
        tone: Tone::Quiet,
    }];
    let said = |text: &str| {
        mail.reply.as_deref().map_or_else(|| text.to_owned(), |reply| format!("{text}: {reply}"))
    };
    let tries = format!("percobaan ke-{}", mail.attempts);
    match mail.state.as_str() {
        "sent" => steps.push(Attempt {
            when: mail.sent_at.map(|at| zone.stamp(at)).unwrap_or_default(),
            outcome: said("Diterima server surel"),
            tone: Tone::Ok,
        }),
        "dead" => steps.push(Attempt { when: tries, outcome: said("Ditolak"), tone: Tone::Overdue }),
        "cancelled" => {
            steps.push(Attempt { when: String::new(), outcome: said("Dibatalkan"), tone: Tone::Quiet });
        }
        _ if mail.attempts > 0 => {
            steps.push(Attempt { when: tries, outcome: said("Belum berhasil"), tone: Tone::Attention });
        }
        _ => {}
    }
    steps
}

/// `GET /surel/{id}/html`: the HTML part, under its own policy.
///
/// # Errors
/// 404 for another office's mail.
pub async fn html_part(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::ReadOffice)?;
    let (office, id) = (me.user.office_id, *id);
    let mail = app.store.read(move |db| outbox::find(db, office, id)).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, MAIL_POLICY))
        .body(mail.html))
}

/// `POST /surel/{id}/kirim`: back to the front of the queue.
///
/// # Errors
/// 404 for another office's mail; 409 when it was sent or cancelled meanwhile.
pub async fn retry(app: web::Data<App>, me: Me, id: web::Path<Uuid>, posted: Posted) -> Answer {
    me.must(Act::EditOffice)?;
    let (office, id) = (me.user.office_id, *id);
    press(&app, &me, &posted, "Surel masuk antrean lagi.", move |db, deed| {
        outbox::find(db, office, id)?;
        match outbox::retry(db, deed, id) {
            Err(StoreError::NotFound) => Err(StoreError::Taken(
                "Surel ini sudah terkirim, sedang dikirim, atau dibatalkan.".to_owned(),
            )),
            other => other,
        }?;
        Ok(format!("/surel/{id}"))
    })
    .await
}
