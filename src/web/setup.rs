//! The one-time link that opens an empty installation: its first page asks for the office.

use actix_web::{HttpRequest, web};

use super::error::{Answer, WebError};
use super::me::outside;
use super::pages::form::{Form, Typed};
use super::pages::setup::SetupPage;
use super::posted::Posted;
use super::settings::{office_from, typed_of};
use super::{State, html, invalid, see_other_saying};
use crate::app::App;
use crate::domain::audit::Actor;
use crate::domain::permission::Role;
use crate::password;
use crate::secrets::token_hash;
use crate::store::offices::Office;
use crate::store::{self, offices, users};

fn page(request: &HttpRequest, app: &App, token: &str, typed: &Typed) -> SetupPage {
    SetupPage {
        layout: outside(request, app, "Siapkan Kawal"),
        form: Form {
            action: format!("/siapkan/{token}"),
            key: app.ids.next().to_string(),
            sections: super::pages::settings::setup_sections(typed),
            submit: "Siapkan Kawal".to_owned(),
            changed: typed.refused(),
            ..Form::default()
        },
    }
}

/// `GET /siapkan/{token}`
///
/// # Errors
/// 404 when the link was used or the installation has users.
pub async fn show(request: HttpRequest, app: web::Data<App>, token: web::Path<String>) -> Answer {
    let hash = token_hash(&token);
    let opened = app
        .store
        .read(move |db| {
            let opens = users::setup_link_opens(db, &hash)?;
            Ok(if opens { Some(offices::all(db)?) } else { None })
        })
        .await?;
    let typed = match opened.ok_or(WebError::NotFound)?.as_slice() {
        // An agreement file was imported first and has opened its office: only its people are missing.
        [office] => typed_of(office),
        _ => {
            let mut typed = Typed::default();
            typed.set("zone", "wib");
            typed.set("region_kind", "kabupaten");
            typed
        }
    };
    html(&page(&request, &app, &token, &typed))
}

/// `POST /siapkan/{token}`: the office, its calendar and catalogue, and the first administrator.
///
/// # Errors
/// 404 for a used link; 422 with what was typed.
pub async fn set_up(
    request: HttpRequest,
    app: web::Data<App>,
    state: web::Data<State>,
    token: web::Path<String>,
    posted: Posted,
) -> Answer {
    let hash = token_hash(&token);
    let checked = hash.clone();
    if !app.store.read(move |db| users::setup_link_opens(db, &checked)).await? {
        return Err(WebError::NotFound);
    }
    let mut typed = posted.typed.clone();
    let office = office_from(&mut typed, app.ids.next(), 1);
    let (name, email) = (typed.text("admin_name").to_owned(), typed.text("admin_email").to_owned());
    let secret = posted.raw("admin_password").to_owned();
    if name.is_empty() {
        typed.refuse("admin_name", "Isi nama pengelola.");
    }
    if !validator::ValidateEmail::validate_email(&email) {
        typed.refuse("admin_email", "Isi alamat surel yang lengkap.");
    }
    if let Err(reason) = password::check(&secret, &email) {
        typed.refuse("admin_password", reason);
    } else if secret != posted.raw("admin_password_again") {
        typed.refuse("admin_password_again", "Tidak sama dengan kata sandi di atas.");
    }
    let (Some(office), false) = (office, typed.refused()) else {
        return invalid(&page(&request, &app, &token, &typed));
    };
    let password_hash = {
        let _turn = super::turn(&state.hash_turn).await?;
        let cost = state.cost;
        web::block(move || password::hash(&secret, cost)).await.map_err(|_| WebError::Busy)??
    };
    let app_in = app.clone();
    app.store
        .write(move |db| {
            let known = offices::all(db)?
                .into_iter()
                .find(|known| store::key(&known.name) == store::key(&office.name));
            let office = match &known {
                // The office that an import has opened; the form may have completed it.
                Some(known) => Office { id: known.id, version: known.version, ..office },
                None => office,
            };
            let deed = app_in.opening_deed(&office, Actor::System);
            users::use_setup_link(db, &hash, deed.now)?;
            match known {
                Some(_) => offices::change_settings(db, &deed, &office)?,
                None => offices::open(db, &deed, &office)?,
            }
            users::add(db, &deed, &email, &name, Some(&password_hash), Role::Admin, None)?;
            Ok(())
        })
        .await?;
    Ok(see_other_saying("/masuk", "Kawal siap. Masuklah dengan surel dan kata sandi yang baru dibuat."))
}
