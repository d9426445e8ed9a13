//! Acts upon an agreement: renewal letter, end, duty met; signing has a file of its own. Each is a form
//! and a POST; the POST runs the domain verb and records its change.

use actix_web::web;
use chrono::NaiveDate;
use uuid::Uuid;

use super::super::deeds::{Outcome, once};
use super::super::error::{Answer, WebError};
use super::super::me::Me;
use super::super::pages::agreement_forms::{end_sections, met_sections, renewal_letter_sections};
use super::super::pages::form::{AsideCard, Form, FormPage, FormSection, Typed};
use super::super::pages::layout::NavItem;
use super::super::pages::parts::{Crumb, Loudness};
use super::super::posted::Posted;
use super::super::{html, invalid, see_other_saying};
use crate::app::App;
use crate::domain::acts::{EndCause, Ended, LetterIn, MetDuty};
use crate::domain::agreement::{Agreement, Change, Refused};
use crate::domain::dates::day_after;
use crate::domain::deadline::Step;
use crate::domain::permission::Act;
use crate::domain::wording::date_long;
use crate::store::connection::Db;
use crate::store::deed::Deed;
use crate::store::{self, StoreError, agreements};

/// What an act's page says.
pub(super) struct Words {
    pub(super) path: &'static str,
    pub(super) heading: &'static str,
    pub(super) lead: String,
    pub(super) submit: &'static str,
    pub(super) loudness: Loudness,
    pub(super) aside: Vec<AsideCard>,
}

pub(super) fn page(
    app: &App,
    me: &Me,
    agreement: &Agreement,
    words: Words,
    sections: Vec<FormSection>,
    typed: &Typed,
) -> FormPage {
    let home = format!("/perjanjian/{}", agreement.id());
    let key = if typed.text("_key").is_empty() {
        app.ids.next().to_string()
    } else {
        typed.text("_key").to_owned()
    };
    FormPage {
        layout: me.layout(words.heading, Some(NavItem::Agreements)),
        crumbs: vec![
            Crumb::to("Perjanjian", "/perjanjian"),
            Crumb::to(agreement.name(), home.clone()),
            Crumb::here(words.heading),
        ],
        heading: words.heading.to_owned(),
        lead: Some(words.lead),
        form: Form {
            action: format!("{home}/{}", words.path),
            key,
            version: Some(agreement.version().to_string()),
            sections,
            submit: words.submit.to_owned(),
            loudness: words.loudness,
            cancel: Some(home),
            errors: typed.errors(""),
            changed: typed.refused(),
            ..Form::default()
        },
        aside: words.aside,
        ..FormPage::default()
    }
}

async fn load(app: &web::Data<App>, me: &Me, id: Uuid) -> Result<Agreement, WebError> {
    let scope = me.scope();
    Ok(app.store.read(move |db| agreements::find(db, scope, id)).await?)
}

/// Records what a verb answers. `Ok(Err(reason))` is a refusal to be shown on the form.
async fn record(
    app: &web::Data<App>,
    me: &Me,
    posted: &Posted,
    id: Uuid,
    verb: impl FnOnce(Agreement) -> Result<Change, Refused> + Send + 'static,
) -> Result<Result<(), String>, WebError> {
    record_and(app, me, posted, id, verb, |_, _| Ok(())).await
}

/// The same with what else belongs to the deed, in its transaction.
pub(super) async fn record_and(
    app: &web::Data<App>,
    me: &Me,
    posted: &Posted,
    id: Uuid,
    verb: impl FnOnce(Agreement) -> Result<Change, Refused> + Send + 'static,
    then: impl FnOnce(&mut Db, &Deed) -> store::Result<()> + Send + 'static,
) -> Result<Result<(), String>, WebError> {
    let (scope, read) = (me.scope(), posted.version());
    let outcome = once(app, me, posted, move |db, deed| {
        let agreement = agreements::find(db, scope, id)?;
        if let Some(read) = read.filter(|read| *read != agreement.version()) {
            return Err(StoreError::Stale { read, now: agreement.version() });
        }
        // A refusal rolls everything back and reaches the form as its sentence.
        let change = verb(agreement).map_err(|refused| StoreError::Taken(refused.to_string()))?;
        agreements::record(db, deed, &change)?;
        then(db, deed)?;
        Ok(format!("/perjanjian/{id}"))
    });
    match outcome.await? {
        Outcome::Done(_) => Ok(Ok(())),
        Outcome::Taken(reason) => Ok(Err(reason)),
        Outcome::Stale => {
            Err(WebError::Conflict("Seseorang sudah mengubahnya sejak halaman ini dibuka.".to_owned()))
        }
    }
}

/// A day typed as `YYYY-MM-DD` or `dd/mm/yyyy`; refuses anything else beside its field.
pub(super) fn day(typed: &mut Typed, name: &str, needed: bool) -> Option<NaiveDate> {
    let text = typed.text(name).to_owned();
    if text.is_empty() {
        if needed {
            typed.refuse(name, "Isi tanggalnya.");
        }
        return None;
    }
    let day = text.parse().or_else(|_| NaiveDate::parse_from_str(&text, "%d/%m/%Y")).ok();
    if day.is_none() {
        typed.refuse(name, "Tanggal ini tidak ada di kalender; tulis misalnya 16/09/2027.");
    }
    day
}

fn letter_words(agreement: &Agreement) -> Words {
    Words {
        path: "surat-perpanjangan",
        heading: "Catat surat perpanjangan",
        lead: format!("Surat permohonan perpanjangan dari {}.", agreement.name()),
        submit: "Catat surat",
        loudness: Loudness::Primary,
        aside: vec![AsideCard {
            title: "Yang terjadi".to_owned(),
            lines: vec![
                "Pengingat perpanjangan kepada instansi ini berhenti; yang belum terkirim dibatalkan."
                    .to_owned(),
            ],
        }],
    }
}

/// `GET /perjanjian/{id}/surat-perpanjangan`
///
/// # Errors
/// 404 out of sight; 403 for readers.
pub async fn letter_form(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::EditAgreements)?;
    let agreement = load(&app, &me, *id).await?;
    let mut typed = Typed::default();
    typed.set("letter_on", me.today.to_string());
    html(&page(&app, &me, &agreement, letter_words(&agreement), renewal_letter_sections(&typed), &typed))
}

/// `POST /perjanjian/{id}/surat-perpanjangan`
///
/// # Errors
/// 409; 422 with what was typed.
pub async fn log_letter(app: web::Data<App>, me: Me, id: web::Path<Uuid>, posted: Posted) -> Answer {
    me.must(Act::EditAgreements)?;
    let agreement = load(&app, &me, *id).await?;
    let mut typed = posted.typed.clone();
    let number = typed.text("letter_number").split_whitespace().collect::<Vec<_>>().join(" ");
    if number.is_empty() || number.chars().count() > 100 {
        typed.refuse("letter_number", "Isi nomor surat, paling banyak 100 huruf.");
    }
    let on = day(&mut typed, "letter_on", true);
    if on.is_some_and(|on| on > me.today) {
        typed.refuse("letter_on", "Surat yang sudah masuk tidak bertanggal sesudah hari ini.");
    }
    if let (Some(on), false) = (on, typed.refused()) {
        match record(&app, &me, &posted, *id, move |agreement| {
            agreement.log_renewal_letter(LetterIn { number, on })
        })
        .await?
        {
            Ok(()) => {
                return Ok(see_other_saying(
                    &format!("/perjanjian/{id}"),
                    "Surat perpanjangan dicatat. Pengingat berhenti.",
                ));
            }
            Err(reason) => typed.refuse("", reason),
        }
    }
    invalid(&page(&app, &me, &agreement, letter_words(&agreement), renewal_letter_sections(&typed), &typed))
}

fn end_words(agreement: &Agreement) -> Words {
    Words {
        path: "akhiri",
        heading: "Akhiri perjanjian",
        lead: format!("Mencatat berakhirnya perjanjian dengan {} sebelum waktunya.", agreement.name()),
        submit: "Akhiri perjanjian",
        loudness: Loudness::Danger,
        aside: vec![AsideCard {
            title: "Yang terjadi".to_owned(),
            lines: vec![
                "Pengingat berhenti dan tenggat yang belum jatuh gugur.".to_owned(),
                "Kewajiban menjaga kerahasiaan tetap berlaku. Pengakhiran tidak dapat dibatalkan di sini."
                    .to_owned(),
            ],
        }],
    }
}

/// `GET /perjanjian/{id}/akhiri`
///
/// # Errors
/// 404 out of sight; 403 for roles that may not end.
pub async fn end_form(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::SignAgreements)?;
    let agreement = load(&app, &me, *id).await?;
    let typed = Typed::default();
    html(&page(&app, &me, &agreement, end_words(&agreement), end_sections(&typed), &typed))
}

/// `POST /perjanjian/{id}/akhiri`
///
/// # Errors
/// 409; 422 with what was typed.
pub async fn end(app: web::Data<App>, me: Me, id: web::Path<Uuid>, posted: Posted) -> Answer {
    me.must(Act::SignAgreements)?;
    let agreement = load(&app, &me, *id).await?;
    let mut typed = posted.typed.clone();
    let cause = EndCause::ALL.iter().copied().find(|cause| cause.code() == typed.text("cause"));
    if cause.is_none() {
        typed.refuse("cause", "Pilih sebabnya.");
    }
    let last_day = day(&mut typed, "ended_on", true);
    let letter = Some(typed.text("letter_number").to_owned()).filter(|text| !text.is_empty());
    if let (Some(cause), Some(last_day), false) = (cause, last_day, typed.refused()) {
        // The page asks for the last day in force; the fact is the first day without it.
        let ended = Ended { on: day_after(last_day), cause, letter };
        match record(&app, &me, &posted, *id, move |agreement| agreement.end(ended)).await? {
            Ok(()) => {
                let text =
                    format!("Berakhirnya perjanjian dicatat; hari terakhir berlaku {}.", date_long(last_day));
                return Ok(see_other_saying(&format!("/perjanjian/{id}"), &text));
            }
            Err(reason) => typed.refuse("", reason),
        }
    }
    invalid(&page(&app, &me, &agreement, end_words(&agreement), end_sections(&typed), &typed))
}

fn duty(step: &str, due_on: &str) -> Result<(Step, NaiveDate), WebError> {
    let step = Step::ALL
        .iter()
        .copied()
        .find(|known| known.code() == step && !matches!(known, Step::RenewalLetter | Step::AgreementEnd))
        .ok_or(WebError::NotFound)?;
    Ok((step, due_on.parse().map_err(|_| WebError::NotFound)?))
}

fn met_page(
    app: &App,
    me: &Me,
    agreement: &Agreement,
    step: Step,
    due_on: NaiveDate,
    typed: &Typed,
) -> FormPage {
    let words = Words {
        path: "selesai",
        heading: "Catat kewajiban selesai",
        lead: format!("{} {}, tenggat {}.", step.label(), agreement.name(), date_long(due_on)),
        submit: "Catat selesai",
        loudness: Loudness::Primary,
        aside: Vec::new(),
    };
    let mut page = page(app, me, agreement, words, met_sections(typed), typed);
    page.form.action = format!("/perjanjian/{}/selesai/{}/{due_on}", agreement.id(), step.code());
    page
}

/// `GET /perjanjian/{id}/selesai/{step}/{due_on}`
///
/// # Errors
/// 404 for an unknown duty; 403 for readers.
pub async fn met_form(app: web::Data<App>, me: Me, path: web::Path<(Uuid, String, String)>) -> Answer {
    me.must(Act::EditAgreements)?;
    let (id, step, due_on) = path.into_inner();
    let (step, due_on) = duty(&step, &due_on)?;
    let agreement = load(&app, &me, id).await?;
    let mut typed = Typed::default();
    typed.set("met_on", me.today.to_string());
    html(&met_page(&app, &me, &agreement, step, due_on, &typed))
}

/// `POST /perjanjian/{id}/selesai/{step}/{due_on}`
///
/// # Errors
/// 409; 422 with what was typed.
pub async fn meet(
    app: web::Data<App>,
    me: Me,
    path: web::Path<(Uuid, String, String)>,
    posted: Posted,
) -> Answer {
    me.must(Act::EditAgreements)?;
    let (id, step, due_on) = path.into_inner();
    let (step, due_on) = duty(&step, &due_on)?;
    let agreement = load(&app, &me, id).await?;
    let mut typed = posted.typed.clone();
    let on = day(&mut typed, "met_on", true);
    if on.is_some_and(|on| on > me.today) {
        typed.refuse("met_on", "Tanggal ini belum tiba.");
    }
    let note = Some(typed.text("note").chars().take(500).collect::<String>()).filter(|text| !text.is_empty());
    if let (Some(on), false) = (on, typed.refused()) {
        match record(&app, &me, &posted, id, move |agreement| {
            agreement.meet(MetDuty { step, due_on, on, note })
        })
        .await?
        {
            Ok(()) => {
                return Ok(see_other_saying(
                    &format!("/perjanjian/{id}#tenggat"),
                    "Kewajiban dicatat selesai.",
                ));
            }
            Err(reason) => typed.refuse("", reason),
        }
    }
    invalid(&met_page(&app, &me, &agreement, step, due_on, &typed))
}
