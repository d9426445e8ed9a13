//! Institutions: the list, one institution with its officials, and its form. Officials and their terms
//! of office have their forms in [`officials`].

use std::collections::HashMap;

use actix_web::web;
use serde_json::Value;
use uuid::Uuid;

use super::deeds::{Meanwhile, Outcome, key_of, once};
use super::error::{Answer, WebError};
use super::fact_form::FactForm;
use super::me::Me;
use super::pages::agreements::{Empty, Fact, FactValue};
use super::pages::form::{AsideCard, Conflict, Form, FormPage};
use super::pages::institutions::{InstitutionListPage, InstitutionPage, InstitutionRow};
use super::pages::layout::NavItem;
use super::pages::parts::{Act as Button, Chip, Crumb, FilterChip, Notice, Pager, Tone};
use super::posted::Posted;
use super::{conflict, encode, html, invalid, see_other_saying};
use crate::app::App;
use crate::domain::audit::Verb;
use crate::domain::fact_sheet::changes::in_words;
use crate::domain::fact_sheet::check::faults_in;
use crate::domain::fact_sheet::{Institution, catalogue};
use crate::domain::permission::Act;
use crate::domain::wording::figures;
use crate::store::agreement_lines::{self, AgreementLine};
use crate::store::institution_lines::{self, Asked, InstitutionLine, Lack, Page};
use crate::store::institutions::Listed;
use crate::store::officials::Term;
use crate::store::{institutions, offices, officials as terms};

pub mod officials;

/// Institutions on a page.
const PAGE: usize = 50;
/// Agreements shown on an institution's page.
const AGREEMENTS: usize = 50;

fn fields() -> &'static [catalogue::Field] {
    catalogue::inside("user.institution")
}

/// `GET /instansi`
///
/// # Errors
/// 403 for people of other agencies.
pub async fn list(app: web::Data<App>, me: Me, query: web::Query<HashMap<String, String>>) -> Answer {
    me.must(Act::ReadOffice)?;
    let get = |name: &str| query.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let asked = Asked {
        search: get("cari").unwrap_or_default().chars().take(200).collect(),
        lack: match get("kurang").as_deref() {
            Some("kepala") => Some(Lack::Head),
            Some("surel") => Some(Lack::Email),
            _ => None,
        },
        after: get("sesudah"),
        before: get("sebelum"),
        limit: PAGE,
    };
    let (office, today, asked_in) = (me.user.office_id, me.today, asked.clone());
    let (page, total) = app
        .store
        .read(move |db| {
            Ok((
                institution_lines::page(db, office, today, &asked_in)?,
                institution_lines::total(db, office)?,
            ))
        })
        .await?;
    html(&print_list(&me, &asked, &page, total))
}

fn href(asked: &Asked, lack: Option<Lack>, step: Option<(&str, &str)>) -> String {
    let mut pairs = Vec::new();
    if !asked.search.is_empty() {
        pairs.push(format!("cari={}", encode(&asked.search)));
    }
    match lack {
        Some(Lack::Head) => pairs.push("kurang=kepala".to_owned()),
        Some(Lack::Email) => pairs.push("kurang=surel".to_owned()),
        None => {}
    }
    if let Some((name, cursor)) = step {
        pairs.push(format!("{name}={}", encode(cursor)));
    }
    if pairs.is_empty() { "/instansi".to_owned() } else { format!("/instansi?{}", pairs.join("&")) }
}

fn print_list(me: &Me, asked: &Asked, page: &Page, total: i64) -> InstitutionListPage {
    let mut acts = Vec::new();
    if me.may(Act::EditOffice) {
        acts.push(Button::link("Instansi baru", "/instansi/baru").primary().icon("plus"));
    }
    let chip = |label: &str, count: String, lack: Option<Lack>| FilterChip {
        label: label.to_owned(),
        count,
        href: href(asked, lack.filter(|_| asked.lack != lack), None),
        current: asked.lack == lack,
    };
    let cursor = |line: Option<&InstitutionLine>| line.map(|line| line.cursor.clone()).unwrap_or_default();
    let (first, last) = (cursor(page.lines.first()), cursor(page.lines.last()));
    let filtered = !asked.search.is_empty() || asked.lack.is_some();
    let total = figures(total.unsigned_abs());
    InstitutionListPage {
        layout: me.layout("Instansi & pejabat", Some(NavItem::Institutions)),
        summary: format!("{total} instansi dan siapa yang menjabat hari ini"),
        search: asked.search.clone(),
        chips: vec![
            chip("Semua", total.clone(), None),
            chip("Tanpa kepala", String::new(), Some(Lack::Head)),
            chip("Tanpa surel", String::new(), Some(Lack::Email)),
        ],
        rows: page.lines.iter().map(row).collect(),
        pager: Pager {
            shown: if filtered {
                format!("Menampilkan {} instansi yang cocok", page.lines.len())
            } else {
                format!("Menampilkan {} dari {total} instansi", page.lines.len())
            },
            first: page.has_previous.then(|| href(asked, asked.lack, None)),
            previous: page.has_previous.then(|| href(asked, asked.lack, Some(("sebelum", &first)))),
            next: page.has_next.then(|| href(asked, asked.lack, Some(("sesudah", &last)))),
            ..Pager::default()
        },
        empty: page.lines.is_empty().then(|| empty(filtered, &acts)),
        acts,
    }
}

fn empty(filtered: bool, acts: &[Button]) -> Empty {
    if filtered {
        return Empty {
            title: "Tidak ada yang cocok".to_owned(),
            text: "Ubah kata yang dicari, atau hapus saringannya.".to_owned(),
            acts: vec![Button::link("Hapus saringan", "/instansi")],
        };
    }
    Empty {
        title: "Belum ada instansi".to_owned(),
        text: "Instansi tercatat sendiri saat perjanjiannya didaftarkan; dapat juga ditambah lebih dahulu."
            .to_owned(),
        acts: acts.to_vec(),
    }
}

fn row(line: &InstitutionLine) -> InstitutionRow {
    let institution = &line.listed.institution;
    let email =
        line.head.as_ref().and_then(|head| head.official.email.clone()).or_else(|| institution.email.clone());
    InstitutionRow {
        href: format!("/instansi/{}", line.listed.id),
        name: line.listed.name().to_owned(),
        kind: institution.kind.label().to_owned(),
        head: line.head.as_ref().map(name_with_capacity),
        state: match (&line.head, &email) {
            (None, _) => Some(Chip::new(Tone::Overdue, "tanpa kepala")),
            (Some(_), None) => Some(Chip::new(Tone::Attention, "tanpa surel")),
            _ => None,
        },
        email,
        agreements: match line.agreements {
            0 => "belum ada perjanjian".to_owned(),
            many => format!("{} perjanjian", figures(many.unsigned_abs())),
        },
    }
}

/// "Plt. Drs. Wira Adinata, M.Si."
fn name_with_capacity(term: &Term) -> String {
    let name = term.official.full_name().unwrap_or_default();
    match term.official.capacity.abbreviation() {
        Some(acting) => format!("{acting} {name}"),
        None => name,
    }
}

/// `GET /instansi/{id}`
///
/// # Errors
/// 404 for another office's institution.
pub async fn show(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::ReadOffice)?;
    let (office, today, id) = (me.user.office_id, me.today, *id);
    let scope = me.scope();
    let (listed, terms, head, agreements) = app
        .store
        .read(move |db| {
            let listed = institutions::find(db, office, id)?;
            let asked = agreement_lines::Asked {
                institution: Some(id),
                sort: agreement_lines::Sort::End,
                descending: true,
                limit: AGREEMENTS,
                ..agreement_lines::Asked::default()
            };
            Ok((
                listed,
                terms::terms(db, office, id)?,
                terms::holder(db, office, id, today)?,
                agreement_lines::page(db, scope, today, &asked)?.lines,
            ))
        })
        .await?;
    html(&print(&me, &listed, &terms, head.as_ref(), &agreements))
}

fn print(
    me: &Me,
    listed: &Listed,
    terms: &[Term],
    head: Option<&Term>,
    agreements: &[AgreementLine],
) -> InstitutionPage {
    let path = format!("/instansi/{}", listed.id);
    let institution = &listed.institution;
    let editable = me.may(Act::EditOffice);
    let kind = [Some(institution.kind.label().to_owned()), institution.region.full_name()];
    InstitutionPage {
        layout: me.layout(listed.name(), Some(NavItem::Institutions)),
        crumbs: vec![Crumb::to("Instansi & pejabat", "/instansi"), Crumb::here(listed.name())],
        name: listed.name().to_owned(),
        kind: kind.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        acts: if editable {
            vec![
                Button::link("Kop surat", format!("{path}/kop")).icon("stamp"),
                Button::link("Ubah instansi", format!("{path}/ubah")).icon("pencil"),
            ]
        } else {
            Vec::new()
        },
        notices: notices(me, listed, head, &path),
        facts: facts(institution),
        officials: terms.iter().map(|term| officials::row(me, &path, term, head)).collect(),
        add_official: editable
            .then(|| Button::link("Tambah pejabat", format!("{path}/pejabat/baru")).icon("plus").small()),
        agreements: agreements
            .iter()
            .map(|line| {
                let mut row = super::agreements::row(line, me.today);
                if row.purpose.is_empty() {
                    "Kegunaan belum dicatat".clone_into(&mut row.purpose);
                }
                row
            })
            .collect(),
    }
}

fn facts(institution: &Institution) -> Vec<Fact> {
    let tree = serde_json::to_value(institution).unwrap_or_default();
    fields()
        .iter()
        .filter(|field| !matches!(field.key, "name" | "kind" | "region"))
        .filter_map(|field| {
            let value = match in_words(field, tree.get(field.key).unwrap_or(&Value::Null)) {
                Some(words) => FactValue::Text(words),
                None if matches!(field.key, "address" | "email") => FactValue::Missing,
                None => return None,
            };
            Some(Fact { label: field.label.to_owned(), value, note: None })
        })
        .collect()
}

fn notices(me: &Me, listed: &Listed, head: Option<&Term>, path: &str) -> Vec<Notice> {
    let act = |label: &str, to: String| {
        if me.may(Act::EditOffice) { vec![Button::link(label, to).primary()] } else { Vec::new() }
    };
    match head {
        None => vec![Notice {
            tone: Tone::Overdue,
            title: "Belum ada yang menjabat hari ini".to_owned(),
            body: "Pengingat tidak tahu harus ditujukan kepada siapa.".to_owned(),
            why: None,
            acts: act("Tambah pejabat", format!("{path}/pejabat/baru")),
        }],
        Some(term) if term.official.email.is_none() && listed.institution.email.is_none() => vec![Notice {
            tone: Tone::Attention,
            title: "Tidak ada alamat surel".to_owned(),
            body: "Pengingat tidak dapat dikirim; suratnya harus dicetak dan diantar.".to_owned(),
            why: None,
            acts: act("Isi surel pejabat", format!("{path}/pejabat/{}", term.id)),
        }],
        Some(_) => Vec::new(),
    }
}

/// The page of an institution's form.
struct FormOf<'a> {
    listed: Option<&'a Listed>,
    form: &'a FactForm,
    key: String,
    conflict: Option<Conflict>,
}

fn form_page(me: &Me, of: FormOf<'_>) -> FormPage {
    let home = of.listed.map(|listed| format!("/instansi/{}", listed.id));
    let heading = if of.listed.is_some() { "Ubah instansi" } else { "Instansi baru" };
    let mut crumbs = vec![Crumb::to("Instansi & pejabat", "/instansi")];
    if let (Some(listed), Some(home)) = (of.listed, &home) {
        crumbs.push(Crumb::to(listed.name(), home.clone()));
    }
    crumbs.push(Crumb::here(heading));
    let keys: Vec<&str> = fields().iter().map(|field| field.key).collect();
    let mut section = of.form.section("instansi", "", &keys);
    section.lacking = 0;
    FormPage {
        layout: me.layout(heading, Some(NavItem::Institutions)),
        crumbs,
        heading: heading.to_owned(),
        lead: of.listed.map(|listed| listed.name().to_owned()),
        form: Form {
            action: home.as_ref().map_or_else(|| "/instansi/baru".to_owned(), |home| format!("{home}/ubah")),
            key: of.key,
            version: of.listed.map(|listed| listed.version.to_string()),
            sections: vec![section],
            submit: "Simpan instansi".to_owned(),
            cancel: Some(home.unwrap_or_else(|| "/instansi".to_owned())),
            errors: of.form.errors(),
            changed: of.form.refused() || of.conflict.is_some(),
            ..Form::default()
        },
        conflict: of.conflict,
        aside: vec![AsideCard {
            title: "Yang tidak berubah".to_owned(),
            lines: vec![
                "Naskah yang sudah ditandatangani tetap memakai nama dan alamat saat itu.".to_owned(),
                "Rancangan memakai data instansi yang tertulis padanya; ubah di rancangan itu.".to_owned(),
            ],
        }],
        ..FormPage::default()
    }
}

/// The institution that the form describes; what does not hold stands beside its field.
fn institution_from(form: &mut FactForm) -> Option<Institution> {
    let mut tree = form.tree();
    form.refuse(&faults_in(&mut tree, fields()));
    if tree.get("name").is_none() {
        form.refuse_at("name", "Isi nama instansi.");
    }
    if form.refused() {
        return None;
    }
    serde_json::from_value(tree).ok()
}

/// `GET /instansi/baru`
///
/// # Errors
/// 403 for readers.
pub async fn new_form(app: web::Data<App>, me: Me) -> Answer {
    me.must(Act::EditOffice)?;
    let office = me.user.office_id;
    let office = app.store.read(move |db| offices::find(db, office)).await?;
    let blank = Institution { region: office.institution().region, ..Institution::default() };
    let form = FactForm::open(fields(), &serde_json::to_value(blank).unwrap_or_default());
    html(&form_page(&me, FormOf { listed: None, form: &form, key: key_of(&app, None), conflict: None }))
}

/// `POST /instansi/baru`
///
/// # Errors
/// 422 with what was typed.
pub async fn add(app: web::Data<App>, me: Me, posted: Posted) -> Answer {
    me.must(Act::EditOffice)?;
    let mut form = FactForm::posted(fields(), &posted.pairs);
    if let Some(institution) = institution_from(&mut form) {
        let outcome = once(&app, &me, &posted, move |db, deed| {
            Ok(format!("/instansi/{}", institutions::add(db, deed, institution)?))
        })
        .await?;
        match outcome {
            Outcome::Done(location) => {
                return Ok(see_other_saying(&location, "Instansi disimpan. Tambahkan pejabatnya."));
            }
            Outcome::Taken(reason) => form.refuse_at("name", reason),
            Outcome::Stale => return Err(WebError::NotFound),
        }
    }
    let key = key_of(&app, Some(&posted));
    invalid(&form_page(&me, FormOf { listed: None, form: &form, key, conflict: None }))
}

/// `GET /instansi/{id}/ubah`
///
/// # Errors
/// 404 for another office's institution; 403 for readers.
pub async fn edit_form(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::EditOffice)?;
    let (office, id) = (me.user.office_id, *id);
    let listed = app.store.read(move |db| institutions::find(db, office, id)).await?;
    let form = FactForm::open(fields(), &serde_json::to_value(&listed.institution).unwrap_or_default());
    let key = key_of(&app, None);
    html(&form_page(&me, FormOf { listed: Some(&listed), form: &form, key, conflict: None }))
}

/// `POST /instansi/{id}/ubah`
///
/// # Errors
/// 409 with both versions; 422 with what was typed.
pub async fn change(app: web::Data<App>, me: Me, id: web::Path<Uuid>, posted: Posted) -> Answer {
    me.must(Act::EditOffice)?;
    let (office, zone, id) = (me.user.office_id, me.user.zone, *id);
    let stored = app.store.read(move |db| institutions::find(db, office, id)).await?;
    let read = posted.version().unwrap_or_default();
    let mut form = FactForm::posted(fields(), &posted.pairs);
    let key = key_of(&app, Some(&posted));
    if let Some(institution) = institution_from(&mut form) {
        let changed = Listed { id, version: read, institution };
        let outcome = once(&app, &me, &posted, move |db, deed| {
            institutions::change(db, deed, &changed)?;
            Ok(format!("/instansi/{id}"))
        })
        .await?;
        match outcome {
            Outcome::Done(location) => {
                super::retry_undeliverable(&app, office).await;
                return Ok(see_other_saying(&location, "Instansi disimpan."));
            }
            Outcome::Taken(reason) => form.refuse_at("name", reason),
            Outcome::Stale => {
                let (stored, meanwhile) = app
                    .store
                    .read(move |db| {
                        let stored = institutions::find(db, office, id)?;
                        let steps = stored.version - read;
                        let verbs = [Verb::InstitutionChanged.code()];
                        Ok((stored, Meanwhile::since(db, office, zone, id, &verbs, steps)?))
                    })
                    .await?;
                let tree = serde_json::to_value(&stored.institution).unwrap_or_default();
                let rows = form.reconcile(&tree, &meanwhile.before);
                let clash = Some(meanwhile.conflict(rows));
                let of = FormOf { listed: Some(&stored), form: &form, key, conflict: clash };
                return conflict(&form_page(&me, of));
            }
        }
    }
    // Still the version that was read: a change of somebody else is told when this one is in order.
    let shown = Listed { version: read, ..stored };
    invalid(&form_page(&me, FormOf { listed: Some(&shown), form: &form, key, conflict: None }))
}
