//! The fact sheet as a form: new and edit.

use std::collections::HashMap;

use actix_web::web;
use uuid::Uuid;

use super::super::deeds::{Meanwhile, Outcome, already, key_of, once};
use super::super::error::{Answer, WebError};
use super::super::fact_form::FactForm;
use super::super::me::Me;
use super::super::pages::form::{FieldKind, Form, FormPage, FormSection, Typed};
use super::super::pages::layout::NavItem;
use super::super::pages::parts::{Act as Button, Crumb, Loudness, Notice, Tone};
use super::super::posted::Posted;
use super::super::{conflict, html, invalid, see_other, see_other_saying};
use crate::app::App;
use crate::domain::acts::Acts;
use crate::domain::agreement::{Agreement, Origin, State as Stage};
use crate::domain::fact_sheet::FactSheet;
use crate::domain::fact_sheet::catalogue::FACTS;
use crate::domain::permission::Act;
use crate::store::agreements::Scope;
use crate::store::connection::Db;
use crate::store::{self, agreement_lines, agreements, institutions, legal_bases, offices, officials};

const HINT: &str = "Belum lengkap pun boleh disimpan; yang kurang disebut menurut namanya.";

/// A new fact sheet with everything the office knows already: itself, its head, the regulations in
/// force, and, when an institution is named, that institution and who holds it today.
fn prefilled(db: &mut Db, me: &Me, institution: Option<Uuid>) -> store::Result<FactSheet> {
    let office = offices::find(db, me.user.office_id)?;
    let mut facts = FactSheet::default();
    let latest = agreement_lines::Asked { limit: 1, ..Default::default() };
    if let Some(line) = agreement_lines::page(db, Scope::office(office.id), me.today, &latest)?.lines.first()
    {
        let last = agreements::find(db, Scope::office(office.id), line.id)?;
        facts.provider.official = last.facts().provider.official.clone();
        facts.provider.standing = last.facts().provider.standing.clone();
        facts.form = last.facts().form.clone();
    }
    facts.provider.institution = office.institution();
    facts.legal_bases = legal_bases::list(db, office.id)?
        .into_iter()
        .filter(|entry| entry.in_force(me.today) && entry.basis.regulation.region.is_none())
        .map(|entry| entry.basis)
        .collect();
    facts.term.months = Some(24);
    facts.copies.count = Some(2);
    facts.copies.stamped = Some(2);
    facts.user.institution.region = facts.provider.institution.region.clone();
    if let Some(id) = institution {
        facts.user.institution = institutions::find(db, office.id, id)?.institution;
        if let Some(term) = officials::holder(db, office.id, id, me.today)? {
            facts.user.official = term.official;
        }
    }
    Ok(facts)
}

fn page(
    app: &App,
    me: &Me,
    agreement: Option<&Agreement>,
    form: &FactForm,
    posted: Option<&Posted>,
) -> FormPage {
    let (action, heading, crumbs) = match agreement {
        Some(agreement) => {
            let home = format!("/perjanjian/{}", agreement.id());
            let crumbs = vec![
                Crumb::to("Perjanjian", "/perjanjian"),
                Crumb::to(agreement.name(), home.clone()),
                Crumb::here("Ubah fakta"),
            ];
            (format!("{home}/ubah"), "Ubah fakta", crumbs)
        }
        None => (
            "/perjanjian/baru".to_owned(),
            "Perjanjian baru",
            vec![Crumb::to("Perjanjian", "/perjanjian"), Crumb::here("Baru")],
        ),
    };
    let mut notices = Vec::new();
    if agreement.is_none() && posted.is_none() {
        notices.push(Notice {
            tone: Tone::Info,
            title: "Instansinya sudah tercatat?".to_owned(),
            body: "Pilih dari daftar; nama, alamat, pejabat dan surelnya terisi sendiri.".to_owned(),
            why: None,
            acts: vec![Button::link("Pilih instansi", "/perjanjian/baru/pilih")],
        });
    }
    if agreement.is_some_and(Agreement::frozen) {
        notices.push(Notice {
            tone: Tone::Info,
            title: "Naskah ini sudah ditandatangani".to_owned(),
            body: "Yang tertulis pada naskah tidak dapat diganti di sini; narahubung, operator, surel dan naskah pendamping tetap dapat dilengkapi.".to_owned(),
            why: None,
            acts: Vec::new(),
        });
    }
    let key = key_of(app, posted);
    FormPage {
        layout: me.layout(heading, Some(NavItem::Agreements)),
        crumbs,
        heading: heading.to_owned(),
        lead: agreement.map(Agreement::name),
        notices,
        form: Form {
            cancel: Some(agreement.map_or_else(
                || "/perjanjian".to_owned(),
                |agreement| format!("/perjanjian/{}", agreement.id()),
            )),
            action,
            key,
            version: agreement.map(|agreement| agreement.version().to_string()),
            sections: form.sections(),
            submit: "Simpan".to_owned(),
            loudness: Loudness::Primary,
            hint: Some(HINT.to_owned()),
            errors: form.errors(),
            long: true,
            changed: posted.is_some(),
        },
        ..FormPage::default()
    }
}

/// `GET /perjanjian/baru`
///
/// # Errors
/// 403 for readers; 404 for an institution out of sight.
pub async fn new_form(app: web::Data<App>, me: Me, query: web::Query<HashMap<String, String>>) -> Answer {
    me.must(Act::EditAgreements)?;
    let institution = match query.get("instansi") {
        Some(text) => Some(Uuid::parse_str(text).map_err(|_| WebError::NotFound)?),
        None => None,
    };
    let me_in = me.clone();
    let facts = app.store.read(move |db| prefilled(db, &me_in, institution)).await?;
    let form = FactForm::open(FACTS, &facts.to_tree());
    let mut shown = page(&app, &me, None, &form, None);
    if institution.is_some() {
        shown.notices.clear();
    }
    html(&shown)
}

/// `GET /perjanjian/baru/pilih`: which institution the agreement is with.
///
/// # Errors
/// 403 for readers.
pub async fn pick_form(app: web::Data<App>, me: Me) -> Answer {
    me.must(Act::EditAgreements)?;
    let office = me.user.office_id;
    let listed = app.store.read(move |db| institutions::list(db, office)).await?;
    let choices: Vec<(String, String)> =
        listed.into_iter().map(|listed| (listed.id.to_string(), listed.name().to_owned())).collect();
    let pairs: Vec<(&str, &str)> = choices.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    let chosen: [&str; 0] = [];
    let mut field = Typed::default().select_field("instansi", "Instansi", &pairs);
    field.kind = FieldKind::Select(super::super::pages::form::Choice::list(&pairs, &chosen));
    html(&FormPage {
        layout: me.layout("Pilih instansi", Some(NavItem::Agreements)),
        crumbs: vec![Crumb::to("Perjanjian", "/perjanjian"), Crumb::here("Pilih instansi")],
        heading: "Perjanjian baru dengan siapa?".to_owned(),
        form: Form {
            action: "/perjanjian/baru/pilih".to_owned(),
            key: app.ids.next().to_string(),
            sections: vec![FormSection::new("instansi", "", vec![field.into()])],
            submit: "Lanjut".to_owned(),
            loudness: Loudness::Primary,
            cancel: Some("/perjanjian/baru".to_owned()),
            ..Form::default()
        },
        ..FormPage::default()
    })
}

/// `POST /perjanjian/baru/pilih`: changes nothing, leads on.
///
/// # Errors
/// 403 for readers.
pub async fn pick(me: Me, posted: Posted) -> Answer {
    me.must(Act::EditAgreements)?;
    let id = Uuid::parse_str(posted.typed.text("instansi"))
        .map_err(|_| WebError::BadRequest("Pilih instansinya dahulu.".to_owned()))?;
    Ok(see_other(&format!("/perjanjian/baru?instansi={id}")))
}

/// `POST /perjanjian/baru`
///
/// # Errors
/// 422 with what was typed.
pub async fn add(app: web::Data<App>, me: Me, posted: Posted) -> Answer {
    me.must(Act::EditAgreements)?;
    if let Some(done) = already(&app, &me, &posted).await? {
        return Ok(done);
    }
    let mut form = FactForm::posted(FACTS, &posted.pairs);
    if form.reshape(&posted.pairs) {
        return html(&page(&app, &me, None, &form, Some(&posted)));
    }
    let facts = match FactSheet::from_tree(form.tree()) {
        Ok(facts) => facts,
        Err(faults) => {
            form.refuse(&faults);
            return invalid(&page(&app, &me, None, &form, Some(&posted)));
        }
    };
    let id = app.ids.next();
    let change =
        Agreement::begin(id, me.user.office_id, Origin::Drafted, Stage::Drafting, facts, Acts::default())?;
    let outcome = once(&app, &me, &posted, move |db, deed| {
        agreements::add(db, deed, &change)?;
        Ok(format!("/perjanjian/{id}"))
    });
    match outcome.await? {
        Outcome::Done(location) => Ok(see_other_saying(&location, "Rancangan disimpan.")),
        Outcome::Taken(reason) => {
            form.refuse_at("provider.number", reason);
            invalid(&page(&app, &me, None, &form, Some(&posted)))
        }
        Outcome::Stale => Err(WebError::Busy),
    }
}

async fn load(app: &web::Data<App>, me: &Me, id: Uuid) -> Result<Agreement, WebError> {
    let scope = me.scope();
    Ok(app.store.read(move |db| agreements::find(db, scope, id)).await?)
}

/// `GET /perjanjian/{id}/ubah`
///
/// # Errors
/// 404 out of sight; 403 for readers.
pub async fn edit_form(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::EditAgreements)?;
    let agreement = load(&app, &me, *id).await?;
    let form = FactForm::open(FACTS, &agreement.facts().to_tree());
    html(&page(&app, &me, Some(&agreement), &form, None))
}

/// `POST /perjanjian/{id}/ubah`
///
/// # Errors
/// 409 with both versions when somebody changed it meanwhile; 422 with what was typed.
pub async fn edit(app: web::Data<App>, me: Me, id: web::Path<Uuid>, posted: Posted) -> Answer {
    me.must(Act::EditAgreements)?;
    if let Some(done) = already(&app, &me, &posted).await? {
        return Ok(done);
    }
    let agreement = load(&app, &me, *id).await?;
    let mut form = FactForm::posted(FACTS, &posted.pairs);
    let read = posted.version();
    let keep_version = |mut page: FormPage| {
        page.form.version = read.map(|version| version.to_string());
        page
    };
    if form.reshape(&posted.pairs) {
        return html(&keep_version(page(&app, &me, Some(&agreement), &form, Some(&posted))));
    }
    let facts = match FactSheet::from_tree(form.tree()) {
        Ok(facts) => facts,
        Err(faults) => {
            form.refuse(&faults);
            return invalid(&keep_version(page(&app, &me, Some(&agreement), &form, Some(&posted))));
        }
    };
    if read != Some(agreement.version()) {
        return both_versions(&app, &me, &agreement, form, &posted).await;
    }
    let change = match agreement.clone().revise(facts) {
        Ok(change) => change,
        Err(crate::domain::agreement::Refused::Nothing) => {
            return Ok(see_other_saying(&format!("/perjanjian/{id}"), "Tidak ada yang berubah."));
        }
        Err(refused) => {
            form.refuse_at("", refused.to_string());
            return invalid(&page(&app, &me, Some(&agreement), &form, Some(&posted)));
        }
    };
    let agreement_id = *id;
    let outcome = once(&app, &me, &posted, move |db, deed| {
        agreements::record(db, deed, &change)?;
        Ok(format!("/perjanjian/{agreement_id}"))
    });
    match outcome.await? {
        Outcome::Done(location) => {
            super::super::remind_at_once(&app, me.user.office_id, agreement_id).await;
            Ok(see_other_saying(&location, "Fakta disimpan."))
        }
        Outcome::Taken(reason) => {
            form.refuse_at("provider.number", reason);
            invalid(&page(&app, &me, Some(&agreement), &form, Some(&posted)))
        }
        Outcome::Stale => {
            let fresh = load(&app, &me, agreement_id).await?;
            both_versions(&app, &me, &fresh, form, &posted).await
        }
    }
}

/// The form again, with what somebody else stored beside what was typed; posting it once more
/// stores what is then in the fields.
async fn both_versions(
    app: &web::Data<App>,
    me: &Me,
    agreement: &Agreement,
    mut form: FactForm,
    posted: &Posted,
) -> Answer {
    let (office, zone, id) = (me.user.office_id, me.user.zone, agreement.id());
    let steps = agreement.version() - posted.version().unwrap_or(0);
    // Each of these moves the version by one, whether it changes facts or not.
    let verbs = [
        "facts_revised",
        "clause_changed",
        "agreement_signed",
        "renewal_letter_logged",
        "agreement_ended",
        "duty_met",
    ];
    let meanwhile = app.store.read(move |db| Meanwhile::since(db, office, zone, id, &verbs, steps)).await?;
    let rows = form.reconcile(&agreement.facts().to_tree(), &meanwhile.before);
    let mut page = page(app, me, Some(agreement), &form, Some(posted));
    page.conflict = Some(meanwhile.conflict(rows));
    // The second try is a new form: the first one stored nothing.
    page.form.key = app.ids.next().to_string();
    conflict(&page)
}
