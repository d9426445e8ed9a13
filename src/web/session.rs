//! Signing in and out.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::error::{Answer, WebError};
use super::me::{Me, cookie_name, outside};
use super::pages::session::{DemoAccount, SignInPage};
use super::posted::Posted;
use super::{State, html, see_other};
use crate::app::App;
use crate::domain::audit::{Event, Subject, Verb};
use crate::password;
use crate::secrets::{new_token, token_hash};
use crate::store::{audit_log, users};

/// Where a sign-in leads back to: only a path of our own.
fn own_path(next: &str) -> Option<String> {
    let plain = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.chars().any(char::is_control)
        && !next.starts_with("/masuk");
    plain.then(|| next.to_owned())
}

fn page(request: &HttpRequest, app: &App, state: &State, next: Option<String>) -> SignInPage {
    SignInPage {
        layout: outside(request, app, "Masuk"),
        lead: "Untuk petugas Disdukcapil, kepala instansi, dan auditor.".to_owned(),
        key: app.ids.next().to_string(),
        next,
        demo_accounts: state
            .demo_accounts
            .iter()
            .map(|(role, email, password)| DemoAccount {
                role: role.clone(),
                email: email.clone(),
                password: password.clone(),
            })
            .collect(),
        ..SignInPage::default()
    }
}

/// `GET /masuk`
///
/// # Errors
/// When the page cannot be rendered.
pub async fn show(
    request: HttpRequest,
    app: web::Data<App>,
    state: web::Data<State>,
    query: web::Query<std::collections::HashMap<String, String>>,
) -> Answer {
    let next = query.get("next").and_then(|next| own_path(next));
    html(&page(&request, &app, &state, next))
}

/// `POST /masuk`: the same answer and the same work for a known and an unknown address.
///
/// # Errors
/// 429 after too many tries.
pub async fn sign_in(
    request: HttpRequest,
    app: web::Data<App>,
    state: web::Data<State>,
    posted: Posted,
) -> Answer {
    let email = posted.typed.text("email").to_lowercase();
    let client = super::client_address(&request, &app);
    if !state.limits.may_sign_in(client, &email) {
        return Err(WebError::TooMany);
    }
    let wanted = email.clone();
    let account = app.store.read(move |db| users::by_email(db, &wanted)).await?;
    let known = account
        .as_ref()
        .filter(|account| !account.disabled)
        .and_then(|account| account.password_hash.clone());
    let hash = known.clone().unwrap_or_else(|| state.decoy.clone());
    // The password is taken as typed: blanks at its ends may be part of it.
    let password = posted
        .pairs
        .iter()
        .find(|(name, _)| name == "password")
        .map_or_else(String::new, |(_, value)| value.clone());
    let fits = {
        let _turn = super::turn(&state.hash_turn).await?;
        web::block(move || password::fits(&password, &hash)).await.map_err(|_| WebError::Busy)?
    };
    let next = own_path(posted.typed.text("lanjut"));
    let account = match account {
        Some(account) if fits && known.is_some() => account,
        other => {
            if let Some(account) = other {
                let app_in = app.clone();
                app.store
                    .write(move |db| {
                        for office in users::offices_of(db, account.id)? {
                            let subject =
                                Subject { kind: "user", id: account.id, name: account.name.clone() };
                            let deed = app_in.deed(
                                db,
                                office,
                                crate::domain::audit::Actor::User {
                                    id: account.id,
                                    name: account.name.clone(),
                                },
                            )?;
                            audit_log::append(
                                db,
                                &deed,
                                &subject,
                                &Event::new(Verb::SignInRefused, Vec::new()),
                            )?;
                        }
                        Ok(())
                    })
                    .await?;
            }
            let mut refused = page(&request, &app, &state, next);
            refused.email = email;
            refused.error = Some("Surel atau kata sandi tidak cocok. Periksa lagi; setelah beberapa kali salah, masuk ditunda beberapa menit.".to_owned());
            let mut response = html(&refused)?;
            *response.status_mut() = actix_web::http::StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        }
    };
    let token = new_token()?;
    let hash = token_hash(&token);
    let app_in = app.clone();
    let entered = app
        .store
        .write(move |db| {
            let Some(office) = users::offices_of(db, account.id)?.into_iter().next() else {
                return Ok(false);
            };
            let actor = crate::domain::audit::Actor::User { id: account.id, name: account.name.clone() };
            let deed = app_in.deed(db, office, actor)?;
            users::open_session(db, &hash, account.id, office, deed.now)?;
            let subject = Subject { kind: "user", id: account.id, name: account.name.clone() };
            audit_log::append(db, &deed, &subject, &Event::new(Verb::SignedIn, Vec::new()))?;
            Ok(true)
        })
        .await?;
    if !entered {
        return Err(WebError::Forbidden);
    }
    let cookie = Cookie::build(cookie_name(&app), token)
        .path("/")
        .http_only(true)
        .secure(app.config.is_https())
        .same_site(SameSite::Lax)
        .finish();
    let mut response = see_other(next.as_deref().unwrap_or("/"));
    response.add_cookie(&cookie).map_err(|error| WebError::Internal(error.into()))?;
    Ok(response)
}

/// `POST /keluar`
///
/// # Errors
/// When the session cannot be ended.
pub async fn sign_out(app: web::Data<App>, me: Me) -> Answer {
    let (app_in, me_in) = (app.clone(), me.clone());
    app.store
        .write(move |db| {
            users::end_session(db, &me_in.session)?;
            let deed = me_in.deed(&app_in, db)?;
            let subject = Subject { kind: "user", id: me_in.user.user_id, name: me_in.user.name.clone() };
            audit_log::append(db, &deed, &subject, &Event::new(Verb::SignedOut, Vec::new()))
        })
        .await?;
    let mut response: HttpResponse = see_other("/masuk");
    let mut gone =
        Cookie::build(cookie_name(&app), "").path("/").http_only(true).secure(app.config.is_https()).finish();
    gone.make_removal();
    response.add_cookie(&gone).map_err(|error| WebError::Internal(error.into()))?;
    response.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn a_sign_in_leads_only_to_our_own_pages() {
        assert_eq!(own_path("/perjanjian?urut=akhir").as_deref(), Some("/perjanjian?urut=akhir"));
        for foreign in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/a\r\nX: y",
            "/masuk",
        ] {
            assert_eq!(own_path(foreign), None, "{foreign}");
        }
    }
}
