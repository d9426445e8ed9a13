//! Acts upon an agreement: sign, renewal letter, end, duty met. Each is a form and a POST; the POST
//! runs the domain verb and records its change.

use actix_web::web;
use chrono::NaiveDate;
use uuid::Uuid;

use super::super::deeds::{Outcome, once};
use super::super::error::{Answer, WebError};
use super::super::me::Me;
use super::super::pages::agreement_forms::{
    end_sections, met_sections, renewal_letter_sections, sign_sections,
};
use super::super::pages::form::{AsideCard, Form, FormPage, FormSection, Typed};
use super::super::pages::layout::NavItem;
use super::super::pages::parts::{Crumb, Loudness};
use super::super::posted::Posted;
use super::super::{html, invalid, see_other_saying};
use super::papers::unprintable;
use crate::app::App;
use crate::documents::{Print, pks};
use crate::domain::acts::{EndCause, Ended, LetterIn, MetDuty};
use crate::domain::agreement::{Agreement, Change, Refused};
use crate::domain::dates::day_after;
use crate::domain::deadline::Step;
use crate::domain::fact_sheet::FactSheet;
use crate::domain::permission::Act;
use crate::domain::wording::date_long;
use crate::store::{StoreError, agreements, frozen_papers};

/// What an act's page says.
struct Words {
    path: &'static str,
    heading: &'static str,
    lead: String,
    submit: &'static str,
    loudness: Loudness,
    aside: Vec<AsideCard>,
}

fn page(
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
    frozen: Option<String>,
    verb: impl FnOnce(Agreement) -> Result<Change, Refused> + Send + 'static,
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
        if let Some(text) = &frozen {
            frozen_papers::freeze(db, deed, id, "pks", text)?;
        }
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
fn day(typed: &mut Typed, name: &str, needed: bool) -> Option<NaiveDate> {
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

fn sign_words(agreement: &Agreement) -> Words {
    let unknown = crate::domain::fact_sheet::check::missing(agreement.facts());
    let mut aside = vec![AsideCard {
        title: "Yang terjadi".to_owned(),
        lines: vec![
            "Teks PKS dibekukan: perubahan pejabat, peraturan atau fakta sesudahnya tidak mengubahnya."
                .to_owned(),
            "Tenggat dihitung dan pengingat perpanjangan dijadwalkan.".to_owned(),
        ],
    }];
    let elsewhere: Vec<String> = unknown
        .into_iter()
        .filter(|(path, _)| !["provider.number", "user.number", "signing.on"].contains(&path.as_str()))
        .map(|(_, label)| label)
        .collect();
    if !elsewhere.is_empty() {
        aside.insert(
            0,
            AsideCard { title: "Masih kurang, isi dahulu lewat Ubah fakta".to_owned(), lines: elsewhere },
        );
    }
    Words {
        path: "tandatangan",
        heading: "Catat penandatanganan",
        lead: format!("Isi seperti tertulis pada naskah yang ditandatangani dengan {}.", agreement.name()),
        submit: "Catat sebagai ditandatangani",
        loudness: Loudness::Primary,
        aside,
    }
}

fn signing_typed(facts: &FactSheet) -> Typed {
    let mut typed = Typed::default();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let date = |value: Option<NaiveDate>| value.map_or_else(String::new, |day| day.to_string());
    typed.set("signed_on", date(facts.signing.on));
    typed.set("place", text(&facts.signing.place));
    typed.set("provider_number", text(&facts.provider.number));
    typed.set("user_number", text(&facts.user.number));
    typed.set("provider_signed_on", date(facts.signing.provider_on));
    typed.set("user_signed_on", date(facts.signing.user_on));
    typed
}

/// `GET /perjanjian/{id}/tandatangan`
///
/// # Errors
/// 404 out of sight; 403 for roles that may not sign.
pub async fn sign_form(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::SignAgreements)?;
    let agreement = load(&app, &me, *id).await?;
    let typed = signing_typed(agreement.facts());
    html(&page(&app, &me, &agreement, sign_words(&agreement), sign_sections(&typed), &typed))
}

/// `POST /perjanjian/{id}/tandatangan`
///
/// # Errors
/// 409 when somebody changed it meanwhile; 422 with what was typed.
pub async fn sign(app: web::Data<App>, me: Me, id: web::Path<Uuid>, posted: Posted) -> Answer {
    me.must(Act::SignAgreements)?;
    let agreement = load(&app, &me, *id).await?;
    let mut typed = posted.typed.clone();
    let mut facts = agreement.facts().clone();
    let text = |typed: &Typed, name: &str| {
        Some(typed.text(name).split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|text| !text.is_empty())
    };
    facts.signing.on = day(&mut typed, "signed_on", true);
    facts.signing.place = text(&typed, "place");
    facts.signing.provider_on = day(&mut typed, "provider_signed_on", false);
    facts.signing.user_on = day(&mut typed, "user_signed_on", false);
    facts.provider.number = text(&typed, "provider_number");
    facts.user.number = text(&typed, "user_number");
    for (name, number) in [("provider_number", &facts.provider.number), ("user_number", &facts.user.number)] {
        if number.is_none() {
            typed.refuse(name, "Isi nomornya persis seperti tertulis.");
        }
    }
    if let Err(faults) = FactSheet::from_tree(facts.to_tree()) {
        for fault in faults {
            let name = match fault.path.as_str() {
                "provider.number" => "provider_number",
                "user.number" => "user_number",
                "signing.place" => "place",
                "signing.on" | "term.start_on" | "term.end_on" => "signed_on",
                _ => "",
            };
            typed.refuse(name, fault.sentence());
        }
    }
    if !typed.refused() {
        let (app_in, office, agreement_id) = (app.clone(), me.user.office_id, *id);
        let stationery = app.store.read(move |db| app_in.stationery(db, office, Some(agreement_id))).await?;
        let print = Print { stage: crate::documents::Stage::Final, stationery: &stationery };
        let paper = pks::pks(&facts, &print).map_err(|error| unprintable(error.into()))?;
        let text =
            serde_json::to_string(&paper.document).map_err(|error| WebError::Internal(error.into()))?;
        match record(&app, &me, &posted, *id, Some(text), move |agreement| agreement.sign(facts)).await? {
            Ok(()) => {
                super::super::remind_at_once(&app, me.user.office_id, *id).await;
                return Ok(see_other_saying(
                    &format!("/perjanjian/{id}"),
                    "Penandatanganan dicatat. Tenggat dan pengingat sudah dijadwalkan.",
                ));
            }
            Err(reason) => typed.refuse("", reason),
        }
    }
    invalid(&page(&app, &me, &agreement, sign_words(&agreement), sign_sections(&typed), &typed))
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
        match record(&app, &me, &posted, *id, None, move |agreement| {
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
        match record(&app, &me, &posted, *id, None, move |agreement| agreement.end(ended)).await? {
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
        match record(&app, &me, &posted, id, None, move |agreement| {
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
