//! A number that came after the paper was printed or signed fills its blank: generic by slot, logged
//! with both hashes, and no other word of the paper changes.

use std::collections::BTreeMap;

use actix_web::web;
use chrono::NaiveDate;
use uuid::Uuid;

use super::super::deeds::key_of;
use super::super::error::{Answer, WebError};
use super::super::me::Me;
use super::super::pages::form::{AsideCard, FieldKind, Form, FormItem, FormPage, FormSection, Typed};
use super::super::pages::layout::NavItem;
use super::super::pages::parts::{Crumb, Loudness};
use super::super::posted::Posted;
use super::super::{State, html, invalid, see_other_saying};
use super::acts::{day, record_and};
use super::prints::{document, find, fixed, name_of};
use crate::app::App;
use crate::documents::facts::date_at;
use crate::documents::model::Document;
use crate::domain::agreement::Agreement;
use crate::domain::fact_sheet::catalogue::{self, Kind};
use crate::domain::permission::Act;
use crate::domain::print::{RegisteredPaper, fact_of, grouped, is_number, short_hash};
use crate::store::prints::Print;
use crate::store::{StoreError, frozen_papers, prints};

/// Facts that wait to be registered, in reading order, each once.
fn open_facts(document: &Document) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    for slot in document.blanks() {
        let fact = fact_of(&slot).to_owned();
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    facts
}

/// Whether the fact is a date rather than a number.
fn is_date(fact: &str) -> bool {
    catalogue::find(fact).is_some_and(|field| matches!(field.kind, Kind::Date)) || !is_number(fact)
}

fn page(
    app: &App,
    me: &Me,
    (agreement, print): (&Agreement, &Print),
    facts: &[String],
    typed: &Typed,
    posted: Option<&Posted>,
) -> FormPage {
    let home = format!("/perjanjian/{}", agreement.id());
    let items: Vec<FormItem> = facts
        .iter()
        .map(|fact| {
            let value = typed.text(fact).to_owned();
            let kind = if is_date(fact) { FieldKind::Date(value) } else { FieldKind::Text(value) };
            typed.field(fact, &name_of(fact), kind).half().into()
        })
        .collect();
    FormPage {
        layout: me.layout("Daftarkan nomor", Some(NavItem::Agreements)),
        crumbs: vec![
            Crumb::to("Perjanjian", "/perjanjian"),
            Crumb::to(agreement.name(), home.clone()),
            Crumb::to("Naskah", format!("{home}/naskah")),
            Crumb::here("Daftarkan nomor"),
        ],
        heading: "Daftarkan nomor".to_owned(),
        lead: Some(format!(
            "{}, kode {}, sidik jari {}…",
            print.title,
            grouped(&print.code),
            short_hash(&print.current().sha256)
        )),
        form: Form {
            action: format!("{home}/cetakan/{}/nomor", print.id),
            key: key_of(app, posted),
            version: Some(agreement.version().to_string()),
            sections: vec![
                FormSection::new("nomor", "Yang masih kosong", items)
                    .intro("Yang belum ada boleh dibiarkan kosong dan didaftarkan kemudian."),
            ],
            submit: "Daftarkan".to_owned(),
            loudness: Loudness::Primary,
            cancel: Some(format!("{home}/naskah")),
            errors: typed.errors(""),
            changed: typed.refused(),
            ..Form::default()
        },
        aside: vec![AsideCard {
            title: "Yang terjadi".to_owned(),
            lines: vec![
                "Nomor diisikan pada titik-titik yang disediakan naskah; tidak ada kata lain yang berubah."
                    .to_owned(),
                "Sidik jari sebelum dan sesudahnya dicatat, dan cetakan semula tetap dapat dibuka."
                    .to_owned(),
            ],
        }],
        ..FormPage::default()
    }
}

/// What is open on a print; refuses one that takes no number.
fn open(print: &Print) -> Result<(Document, Vec<String>), WebError> {
    let refuse = |text: &str| Err(WebError::Conflict(text.to_owned()));
    if print.withdrawn.is_some() {
        return refuse("Naskah ini sudah ditarik.");
    }
    if print.paper == "pks" && print.signed_at.is_none() {
        return refuse("Nomor PKS diisikan saat penandatanganan dicatat.");
    }
    let document = document(print.current())?;
    let facts = open_facts(&document);
    if facts.is_empty() {
        return refuse("Tidak ada nomor yang masih kosong pada naskah ini.");
    }
    Ok((document, facts))
}

/// `GET /perjanjian/{id}/cetakan/{print}/nomor`
///
/// # Errors
/// 404 out of sight; 403 for roles that may not; 409 where nothing is open.
pub async fn form(app: web::Data<App>, me: Me, path: web::Path<(Uuid, Uuid)>) -> Answer {
    me.must(Act::SignAgreements)?;
    let (agreement, print) = find(&app, &me, path.0, path.1).await?;
    let (_, facts) = open(&print)?;
    let mut typed = Typed::default();
    let tree = agreement.facts().to_tree();
    for fact in &facts {
        let known = tree.pointer(&format!("/{}", fact.replace('.', "/"))).and_then(|value| value.as_str());
        typed.set(fact.as_str(), known.unwrap_or_default());
    }
    html(&page(&app, &me, (&agreement, &print), &facts, &typed, None))
}

/// What was typed, by fact; refuses beside the field what cannot be.
fn typed_values(typed: &mut Typed, facts: &[String]) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    for fact in facts {
        if is_date(fact) {
            if let Some(on) = day(typed, fact, false) {
                values.insert(fact.clone(), on.to_string());
            }
            continue;
        }
        let number = typed.text(fact).split_whitespace().collect::<Vec<_>>().join(" ");
        if number.chars().count() > 100 {
            typed.refuse(fact.as_str(), "Paling banyak 100 huruf.");
        } else if !number.is_empty() {
            values.insert(fact.clone(), number);
        }
    }
    if values.is_empty() && !typed.refused() {
        typed.refuse(facts[0].as_str(), "Isi sekurang-kurangnya satu.");
    }
    values
}

/// `POST /perjanjian/{id}/cetakan/{print}/nomor`
///
/// # Errors
/// 409 when somebody changed it meanwhile; 422 with what was typed.
pub async fn register(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(Uuid, Uuid)>,
    posted: Posted,
) -> Answer {
    me.must(Act::SignAgreements)?;
    let (id, office) = (path.0, me.user.office_id);
    let (agreement, print) = find(&app, &me, id, path.1).await?;
    if let Some(done) = super::super::deeds::already(&app, &me, &posted).await? {
        return Ok(done);
    }
    let (mut document, facts) = open(&print)?;
    let mut typed = posted.typed.clone();
    let values = typed_values(&mut typed, &facts);
    if typed.refused() {
        return invalid(&page(&app, &me, (&agreement, &print), &facts, &typed, Some(&posted)));
    }
    let case = agreement.facts().form.date_words;
    for slot in document.blanks() {
        let Some(value) = values.get(fact_of(&slot)) else { continue };
        let text = match value.parse::<NaiveDate>() {
            Ok(on) if is_date(fact_of(&slot)) => date_at(&slot, on, case),
            _ => value.clone(),
        };
        document.fill(&slot, &text);
    }
    let text = fixed(&state, document).await?;
    let before = print.current().sha256.clone();
    let paper =
        RegisteredPaper { title: print.title.clone(), before: before.clone(), after: text.sha256.clone() };
    let (print_id, seen) = (print.id, print.clone());
    let verb = move |agreement: Agreement| agreement.register(&values, &paper);
    let outcome = record_and(&app, &me, &posted, id, verb, move |db, deed| {
        let stored = prints::find(db, office, id, print_id)?;
        if stored.withdrawn.is_some() {
            return Err(StoreError::Taken("Naskah ini baru saja ditarik.".to_owned()));
        }
        prints::register(db, deed, &seen, &text)?;
        if stored.signed_at.is_some() {
            frozen_papers::fill(db, deed, id, &stored.paper, &before, &text.document)?;
        }
        Ok(())
    });
    match outcome.await? {
        Ok(()) => Ok(see_other_saying(
            &format!("/perjanjian/{id}/naskah"),
            "Nomor didaftarkan dan diisikan pada naskahnya.",
        )),
        Err(reason) => {
            typed.refuse("", reason);
            invalid(&page(&app, &me, (&agreement, &print), &facts, &typed, Some(&posted)))
        }
    }
}
