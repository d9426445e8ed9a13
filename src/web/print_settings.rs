//! Settings of papers: the page, initials, dates and the check mark; with a specimen to look at.

use std::collections::{BTreeMap, HashMap};

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::deeds::{Meanwhile, Outcome, key_of, once};
use super::error::{Answer, WebError};
use super::me::Me;
use super::pages::form::{AsideCard, Conflict, ConflictRow, Form, FormPage, Preview, Typed, id_of};
use super::pages::layout::NavItem;
use super::pages::parts::Crumb;
use super::pages::print_settings::{sections, settings_of, typed_of};
use super::posted::Posted;
use super::{State, conflict, html, invalid, see_other_saying, settings};
use crate::app::App;
use crate::app::stationery::page_style;
use crate::documents::letterhead::letterhead;
use crate::documents::specimen::specimen;
use crate::documents::{Print, Stage, Stationery, pdf};
use crate::domain::audit::Verb;
use crate::domain::fact_sheet::ParafBoxes;
use crate::domain::permission::Act;
use crate::domain::print::PrintSettings;
use crate::store::{offices, print_settings};

const HERE: &str = "/pengaturan/naskah";

fn page(me: &Me, typed: &Typed, version: i32, key: String, clash: Option<Conflict>) -> FormPage {
    FormPage {
        layout: me.layout("Naskah", Some(NavItem::Settings)),
        crumbs: vec![Crumb::to("Pengaturan", "/pengaturan"), Crumb::here("Naskah")],
        heading: "Pengaturan naskah".to_owned(),
        lead: Some("Bagaimana PKS, surat dan lampiran kantor ini dicetak; setiap perubahan dicatat.".to_owned()),
        chips: settings::tabs(HERE),
        form: Form {
            action: HERE.to_owned(),
            key,
            version: Some(version.to_string()),
            sections: sections(typed),
            submit: "Simpan pengaturan".to_owned(),
            preview: Some(Preview { label: "Lihat contoh".to_owned(), href: format!("{HERE}/contoh.pdf") }),
            hint: Some("Contoh memakai isian di atas, tanpa menyimpannya.".to_owned()),
            errors: typed.errors(""),
            changed: typed.refused() || clash.is_some(),
            ..Form::default()
        },
        conflict: clash,
        aside: vec![AsideCard {
            title: "Kode pemeriksaan".to_owned(),
            lines: vec![
                "Setiap naskah terbit mendapat kode acak. Siapa pun yang memegang salinannya dapat membuka alamatnya dan membandingkan berkasnya.".to_owned(),
                "Halaman itu tidak memuat nama orang, dan bukan tanda tangan elektronik.".to_owned(),
            ],
        }],
        ..FormPage::default()
    }
}

/// `GET /pengaturan/naskah`
///
/// # Errors
/// 403 for everybody but administrators.
pub async fn show(app: web::Data<App>, me: Me) -> Answer {
    me.must(Act::Administer)?;
    let office = me.user.office_id;
    let stored = app.store.read(move |db| print_settings::find(db, office)).await?;
    html(&page(&me, &typed_of(&stored), stored.version, key_of(&app, None), None))
}

/// `POST /pengaturan/naskah`
///
/// # Errors
/// 409 with both versions; 422 with what was typed.
pub async fn change(app: web::Data<App>, me: Me, posted: Posted) -> Answer {
    me.must(Act::Administer)?;
    let (office, zone) = (me.user.office_id, me.user.zone);
    let read = posted.version().unwrap_or_default();
    let key = key_of(&app, Some(&posted));
    let mut typed = posted.typed.clone();
    let Some(wanted) = settings_of(&mut typed, read) else {
        return invalid(&page(&me, &typed, read, key, None));
    };
    let saved = wanted.clone();
    let outcome = once(&app, &me, &posted, move |db, deed| {
        print_settings::change(db, deed, &saved)?;
        Ok(HERE.to_owned())
    })
    .await?;
    match outcome {
        Outcome::Done(location) => Ok(see_other_saying(&location, "Pengaturan naskah disimpan.")),
        Outcome::Taken(reason) => Err(WebError::Conflict(reason)),
        Outcome::Stale => {
            let (stored, meanwhile) = app
                .store
                .read(move |db| {
                    let stored = print_settings::find(db, office)?;
                    let steps = stored.version - read;
                    let verbs = [Verb::PrintSettingsChanged.code()];
                    Ok((stored, Meanwhile::since(db, office, zone, office, &verbs, steps)?))
                })
                .await?;
            let (merged, rows) = reconcile(&wanted, &stored, &meanwhile.before);
            let clash = Some(meanwhile.conflict(rows));
            conflict(&page(&me, &merged, stored.version, key, clash))
        }
    }
}

/// What this person left alone is taken over; what both changed stays as typed. One row for each.
fn reconcile(
    mine: &PrintSettings,
    stored: &PrintSettings,
    before: &BTreeMap<String, Option<String>>,
) -> (Typed, Vec<ConflictRow>) {
    let (mut typed, theirs) = (typed_of(mine), typed_of(stored));
    let mut rows = Vec::new();
    for ((name, label, yours), (_, _, now)) in mine.in_words().into_iter().zip(stored.in_words()) {
        let Some(was) = before.get(name).filter(|_| yours != now) else { continue };
        let was = was.clone().unwrap_or_default();
        let untouched = yours == was;
        if untouched {
            match theirs.all(name).first() {
                Some(value) => typed.set(name, value.clone()),
                None => typed.forget(name),
            }
        }
        rows.push(ConflictRow {
            field_id: id_of(name),
            label: label.to_owned(),
            before: was,
            theirs: now,
            yours: (!untouched).then_some(yours),
        });
    }
    (typed, rows)
}

/// `GET /pengaturan/naskah/contoh.pdf`: the specimen with what the form holds, saved or not.
///
/// # Errors
/// 403 for everybody but administrators; 422 where the form does not hold.
pub async fn preview(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    query: web::Query<HashMap<String, String>>,
) -> Answer {
    me.must(Act::Administer)?;
    let office = me.user.office_id;
    let app_in = app.clone();
    let (stored, office, stationery) = app
        .store
        .read(move |db| {
            Ok((
                print_settings::find(db, office)?,
                offices::find(db, office)?,
                app_in.stationery(db, office, None)?,
            ))
        })
        .await?;
    let settings = if query.contains_key("paper") {
        let mut typed = Typed::from_pairs(query.into_inner());
        settings_of(&mut typed, 0).ok_or_else(|| {
            WebError::Invalid("Isian pengaturan belum benar; perbaiki dahulu di formulirnya.".to_owned())
        })?
    } else {
        stored
    };
    let stationery = Stationery { style: page_style(&settings), ..stationery };
    let head = letterhead(
        &office.institution(),
        &stationery.provider_head,
        stationery.provider_logo.as_ref(),
        "kantor",
    );
    let paraf = match settings.paraf {
        ParafBoxes::None => Vec::new(),
        ParafBoxes::UserLeft => vec!["PIHAK KEDUA".to_owned(), "PIHAK KESATU".to_owned()],
        ParafBoxes::ProviderLeft => vec!["PIHAK KESATU".to_owned(), "PIHAK KEDUA".to_owned()],
        ParafBoxes::Offices => vec!["Paraf Disdukcapil".to_owned(), "Paraf Instansi".to_owned()],
    };
    let check = settings.check_mark.then(|| super::check::mark(&app.config.base_url, "0000000000000000"));
    let _turn = super::turn(&state.paper_turn).await?;
    let bytes = web::block(move || {
        let print = Print { stage: Stage::Final, stationery: &stationery };
        pdf::render(&specimen(&print, head, paraf, check))
    })
    .await
    .map_err(|_| WebError::Busy)?
    .map_err(|error| WebError::Internal(error.into()))?;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((header::CONTENT_DISPOSITION, "inline; filename=\"contoh-naskah.pdf\""))
        .body(bytes))
}
