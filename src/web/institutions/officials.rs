//! Officials of an institution with their terms of office, acting ones (Plt., Plh., Pj.) included.

use actix_web::web;
use serde_json::Value;
use uuid::Uuid;

use super::super::deeds::{Meanwhile, Outcome, key_of, once};
use super::super::error::{Answer, WebError};
use super::super::fact_form::FactForm;
use super::super::me::Me;
use super::super::pages::form::{AsideCard, Conflict, Form, FormPage};
use super::super::pages::institutions::OfficialRow;
use super::super::pages::layout::NavItem;
use super::super::pages::parts::{Act as Button, Chip, Crumb, Tone};
use super::super::posted::Posted;
use super::super::{conflict, html, invalid, see_other_saying};
use crate::app::App;
use crate::domain::audit::Verb;
use crate::domain::fact_sheet::catalogue::{self, Field, Kind, field};
use crate::domain::fact_sheet::check::faults_in;
use crate::domain::fact_sheet::{Official, format_nip};
use crate::domain::permission::Act;
use crate::domain::wording::date_long;
use crate::store::institutions::{self, Listed};
use crate::store::officials::{self as terms, Term};

/// When an official holds the office.
const TERM: &[Field] = &[
    field("from_on", "Mulai menjabat", Kind::Date),
    field("to_on", "Sampai dengan", Kind::Date)
        .help("Kosongkan selama masih menjabat. Naskah yang sudah ditandatangani tidak berubah."),
];

/// What is known of the person, then of the office held.
const PERSON: &[&str] =
    &["degrees_before", "name", "degrees_after", "nip", "rank", "email", "address", "address_kind"];
const OFFICE: &[&str] = &["position", "capacity"];

fn fields() -> &'static [Field] {
    catalogue::inside("user.official")
}

/// A term of office as a row; `head` holds the office today.
pub(super) fn row(me: &Me, path: &str, term: &Term, head: Option<&Term>) -> OfficialRow {
    let official = &term.official;
    let state = if head.is_some_and(|head| head.id == term.id) {
        Chip::new(Tone::Ok, "menjabat")
    } else if term.covers(me.today) {
        Chip::new(Tone::Quiet, "sedang digantikan")
    } else if term.from_on > me.today {
        Chip::new(Tone::Info, format!("mulai {}", date_long(term.from_on)))
    } else {
        Chip::new(Tone::Quiet, "sudah berakhir")
    };
    OfficialRow {
        name: official.full_name().unwrap_or_default(),
        nip: official
            .nip
            .as_deref()
            .map_or_else(|| "tanpa NIP".to_owned(), |nip| format!("NIP {}", format_nip(nip))),
        position: official.position.clone().unwrap_or_default(),
        capacity: official.capacity.label().to_owned(),
        term: match term.to_on {
            None => format!("sejak {}", date_long(term.from_on)),
            Some(last) => format!("{} sampai dengan {}", date_long(term.from_on), date_long(last)),
        },
        email: official.email.clone(),
        state,
        acts: if me.may(Act::EditOffice) {
            vec![Button::link("Ubah", format!("{path}/pejabat/{}", term.id)).small().bare()]
        } else {
            Vec::new()
        },
    }
}

/// The form of an official: the person, and the term.
struct Forms {
    person: FactForm,
    term: FactForm,
}

impl Forms {
    fn open(official: &Value, term: &Value) -> Self {
        Self { person: FactForm::open(fields(), official), term: FactForm::open(TERM, term) }
    }

    fn posted(posted: &Posted) -> Self {
        Self {
            person: FactForm::posted(fields(), &posted.pairs),
            term: FactForm::posted(TERM, &posted.pairs),
        }
    }

    fn refused(&self) -> bool {
        self.person.refused() || self.term.refused()
    }

    /// What the form describes; what does not hold stands beside its field.
    fn read(&mut self) -> Option<(Official, TermDays)> {
        let mut tree = self.person.tree();
        self.person.refuse(&faults_in(&mut tree, fields()));
        for (key, reason) in [("name", "Isi nama pejabat."), ("position", "Isi jabatannya.")] {
            if tree.get(key).is_none() {
                self.person.refuse_at(key, reason);
            }
        }
        let mut days = self.term.tree();
        self.term.refuse(&faults_in(&mut days, TERM));
        if days.get("from_on").is_none() {
            self.term.refuse_at("from_on", "Isi tanggal mulai menjabat.");
        }
        if self.refused() {
            return None;
        }
        let days: TermDays = serde_json::from_value(days).ok()?;
        if days.to_on.is_some_and(|last| last < days.from_on) {
            self.term.refuse_at("to_on", "Hari terakhir tidak boleh sebelum hari pertama.");
            return None;
        }
        Some((serde_json::from_value(tree).ok()?, days))
    }
}

/// First and last day in office.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
struct TermDays {
    from_on: chrono::NaiveDate,
    #[serde(default)]
    to_on: Option<chrono::NaiveDate>,
}

fn trees(term: &Term) -> (Value, Value) {
    let days = TermDays { from_on: term.from_on, to_on: term.to_on };
    (serde_json::to_value(&term.official).unwrap_or_default(), serde_json::to_value(days).unwrap_or_default())
}

/// The page of an official's form.
struct FormOf<'a> {
    listed: &'a Listed,
    /// The term and the version of its official that is edited.
    term: Option<(Uuid, i32)>,
    forms: &'a Forms,
    key: String,
    conflict: Option<Conflict>,
}

fn form_page(me: &Me, of: FormOf<'_>) -> FormPage {
    let home = format!("/instansi/{}", of.listed.id);
    let heading = if of.term.is_some() { "Ubah pejabat" } else { "Pejabat baru" };
    let mut person = of.forms.person.section("pejabat", "Pejabat", PERSON);
    let mut office = of.forms.person.section("masa-jabatan", "Masa jabatan", OFFICE);
    office.items.0.extend(of.forms.term.all_items());
    person.lacking = 0;
    office.lacking = 0;
    FormPage {
        layout: me.layout(heading, Some(NavItem::Institutions)),
        crumbs: vec![
            Crumb::to("Instansi & pejabat", "/instansi"),
            Crumb::to(of.listed.name(), home.clone()),
            Crumb::here(heading),
        ],
        heading: heading.to_owned(),
        lead: Some(of.listed.name().to_owned()),
        form: Form {
            action: of
                .term
                .map_or_else(|| format!("{home}/pejabat/baru"), |(id, _)| format!("{home}/pejabat/{id}")),
            key: of.key,
            version: of.term.map(|(_, version)| version.to_string()),
            sections: vec![person, office],
            submit: "Simpan pejabat".to_owned(),
            cancel: Some(home),
            errors: of.forms.person.errors(),
            changed: of.forms.refused() || of.conflict.is_some(),
            ..Form::default()
        },
        conflict: of.conflict,
        aside: vec![AsideCard {
            title: "Siapa yang diingatkan".to_owned(),
            lines: vec![
                "Pengingat ditujukan kepada yang menjabat pada hari pengiriman; Plt., Plh., dan Pj. didahulukan."
                    .to_owned(),
                "Pejabat definitif baru mengakhiri masa pejabat definitif sebelumnya sehari sebelum ia mulai."
                    .to_owned(),
            ],
        }],
        ..FormPage::default()
    }
}

/// `GET /instansi/{id}/pejabat/baru`
///
/// # Errors
/// 404 for another office's institution; 403 for readers.
pub async fn new_form(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::EditOffice)?;
    let (office, id) = (me.user.office_id, *id);
    let listed = app.store.read(move |db| institutions::find(db, office, id)).await?;
    let days = serde_json::json!({"from_on": me.today});
    let forms = Forms::open(&serde_json::to_value(Official::default()).unwrap_or_default(), &days);
    let key = key_of(&app, None);
    html(&form_page(&me, FormOf { listed: &listed, term: None, forms: &forms, key, conflict: None }))
}

/// `POST /instansi/{id}/pejabat/baru`
///
/// # Errors
/// 422 with what was typed.
pub async fn add(app: web::Data<App>, me: Me, id: web::Path<Uuid>, posted: Posted) -> Answer {
    me.must(Act::EditOffice)?;
    let (office, id) = (me.user.office_id, *id);
    let listed = app.store.read(move |db| institutions::find(db, office, id)).await?;
    let mut forms = Forms::posted(&posted);
    if let Some((official, days)) = forms.read() {
        let outcome = once(&app, &me, &posted, move |db, deed| {
            terms::appoint(db, deed, id, &official, days.from_on, days.to_on)?;
            Ok(format!("/instansi/{id}"))
        })
        .await?;
        match outcome {
            Outcome::Done(location) => {
                super::super::retry_undeliverable(&app, me.user.office_id).await;
                return Ok(see_other_saying(&location, "Pejabat disimpan."));
            }
            Outcome::Taken(reason) => forms.person.refuse_at("", reason),
            Outcome::Stale => return Err(WebError::NotFound),
        }
    }
    let key = key_of(&app, Some(&posted));
    invalid(&form_page(&me, FormOf { listed: &listed, term: None, forms: &forms, key, conflict: None }))
}

/// `GET /instansi/{id}/pejabat/{term}`
///
/// # Errors
/// 404 for another office's official; 403 for readers.
pub async fn edit_form(app: web::Data<App>, me: Me, path: web::Path<(Uuid, Uuid)>) -> Answer {
    me.must(Act::EditOffice)?;
    let (office, (id, term)) = (me.user.office_id, path.into_inner());
    let (listed, term) = app
        .store
        .read(move |db| Ok((institutions::find(db, office, id)?, terms::find(db, office, id, term)?)))
        .await?;
    let (official, days) = trees(&term);
    let forms = Forms::open(&official, &days);
    let of = FormOf {
        listed: &listed,
        term: Some((term.id, term.version)),
        forms: &forms,
        key: key_of(&app, None),
        conflict: None,
    };
    html(&form_page(&me, of))
}

/// `POST /instansi/{id}/pejabat/{term}`
///
/// # Errors
/// 409 with both versions; 422 with what was typed.
pub async fn change(app: web::Data<App>, me: Me, path: web::Path<(Uuid, Uuid)>, posted: Posted) -> Answer {
    me.must(Act::EditOffice)?;
    let (office, zone, (id, term_id)) = (me.user.office_id, me.user.zone, path.into_inner());
    let (listed, term) = app
        .store
        .read(move |db| Ok((institutions::find(db, office, id)?, terms::find(db, office, id, term_id)?)))
        .await?;
    let read = posted.version().unwrap_or_default();
    let mut forms = Forms::posted(&posted);
    let key = key_of(&app, Some(&posted));
    if let Some((official, days)) = forms.read() {
        let changed = Term { version: read, official, from_on: days.from_on, to_on: days.to_on, ..term };
        let outcome = once(&app, &me, &posted, move |db, deed| {
            terms::change(db, deed, id, &changed)?;
            Ok(format!("/instansi/{id}"))
        })
        .await?;
        match outcome {
            Outcome::Done(location) => {
                super::super::retry_undeliverable(&app, me.user.office_id).await;
                return Ok(see_other_saying(&location, "Pejabat disimpan."));
            }
            Outcome::Taken(reason) => forms.person.refuse_at("", reason),
            Outcome::Stale => {
                let (stored, meanwhile) = app
                    .store
                    .read(move |db| {
                        let stored = terms::find(db, office, id, term_id)?;
                        let (subject, steps) = (stored.official_id, stored.version - read);
                        let verbs = [Verb::OfficialChanged.code()];
                        Ok((stored, Meanwhile::since(db, office, zone, subject, &verbs, steps)?))
                    })
                    .await?;
                let (official, days) = trees(&stored);
                let mut rows = forms.person.reconcile(&official, &meanwhile.before);
                rows.extend(forms.term.reconcile(&days, &meanwhile.before));
                let of = FormOf {
                    listed: &listed,
                    term: Some((term_id, stored.version)),
                    forms: &forms,
                    key,
                    conflict: Some(meanwhile.conflict(rows)),
                };
                return conflict(&form_page(&me, of));
            }
        }
    }
    let of = FormOf { listed: &listed, term: Some((term_id, read)), forms: &forms, key, conflict: None };
    invalid(&form_page(&me, of))
}
