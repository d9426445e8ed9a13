//! Who is signed in, what that person may do, and the frame of that person's pages.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use chrono::{Duration, NaiveDate};

use super::door::RequestId;
use super::error::WebError;
use super::pages::layout::{Badge, Flash, Layout, NavItem, navigation};
use super::pages::parts::Tone;
use super::{State, assets};
use crate::app::App;
use crate::domain::audit::Actor;
use crate::domain::permission::Act;
use crate::secrets::token_hash;
use crate::store::agreements::Scope;
use crate::store::connection::Db;
use crate::store::deed::Deed;
use crate::store::users::SignedIn;
use crate::store::{self, tasks, users};

/// The signed-in person of a request.
#[derive(Debug, Clone)]
pub struct Me {
    /// Who.
    pub user: SignedIn,
    /// The session, by the hash of its token.
    pub session: String,
    /// Open tasks of the office, for the badge.
    pub open_tasks: i64,
    /// Today in the office's zone.
    pub today: NaiveDate,
    request_id: String,
    flash: Option<Flash>,
    banner: Option<String>,
    sign_out_key: String,
}

impl Me {
    /// Refuses with 403 when the role may not do it.
    ///
    /// # Errors
    /// [`WebError::Forbidden`].
    pub const fn must(&self, act: Act) -> Result<(), WebError> {
        if self.may(act) { Ok(()) } else { Err(WebError::Forbidden) }
    }

    /// Whether the role may do it.
    pub const fn may(&self, act: Act) -> bool {
        self.user.role.may(act)
    }

    /// Which agreements this person may see.
    pub fn scope(&self) -> Scope {
        // A head without an institution sees nothing rather than everything.
        let own = self.user.institution_id.unwrap_or(uuid::Uuid::nil());
        Scope {
            office_id: self.user.office_id,
            institution_id: self.user.role.sees_own_institution_only().then_some(own),
        }
    }

    /// The person as the log names them.
    pub fn actor(&self) -> Actor {
        Actor::User { id: self.user.user_id, name: self.user.name.clone() }
    }

    /// The circumstances of a deed of this person.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deed(&self, app: &App, db: &mut Db) -> store::Result<Deed> {
        app.deed(db, self.user.office_id, self.actor())
    }

    /// The frame of a page.
    pub fn layout(&self, title: &str, active: Option<NavItem>) -> Layout {
        let tasks = self.open_tasks;
        let seen: Vec<NavItem> = NavItem::ALL.into_iter().filter(|item| self.may(needed(*item))).collect();
        Layout {
            title: title.to_owned(),
            nav: navigation(&seen, active, |item| {
                (item == NavItem::Tasks && tasks > 0).then(|| Badge {
                    count: if tasks >= 100 { "99+".to_owned() } else { tasks.to_string() },
                    means: format!("{tasks} tugas menunggu"),
                    tone: Tone::Attention,
                })
            }),
            user_name: self.user.name.clone(),
            user_role: self.user.role.label().to_owned(),
            office_name: self.user.office_name.clone(),
            flash: self.flash.clone(),
            banner: self.banner.clone(),
            request_id: self.request_id.clone(),
            asset_version: assets::version().to_owned(),
            sign_out_key: self.sign_out_key.clone(),
        }
    }
}

/// What a page of the navigation needs.
const fn needed(item: NavItem) -> Act {
    match item {
        NavItem::Dashboard | NavItem::Agreements | NavItem::Deadlines => Act::ReadAgreements,
        NavItem::Tasks
        | NavItem::Institutions
        | NavItem::LegalBases
        | NavItem::Wordings
        | NavItem::Outbox => Act::ReadOffice,
        NavItem::AuditLog => Act::ReadLog,
        NavItem::Settings => Act::Administer,
    }
}

/// The standing notice of an installation that people reach without encryption.
pub fn banner(app: &App) -> Option<String> {
    app.config.insecure.then(|| {
        "Sambungan ini tidak dienkripsi (KAWAL_INSECURE=1). Jangan dipakai di luar jaringan percobaan."
            .to_owned()
    })
}

/// A frame for pages before anybody is signed in.
pub fn outside(request: &HttpRequest, app: &App, title: &str) -> Layout {
    Layout {
        title: title.to_owned(),
        flash: flash(request),
        banner: banner(app),
        request_id: request_id(request),
        asset_version: assets::version().to_owned(),
        ..Layout::default()
    }
}

/// Name of the session cookie: `__Host-` binds it to this host, but asks for https.
pub fn cookie_name(app: &App) -> &'static str {
    if app.config.is_https() { "__Host-kawal" } else { "kawal" }
}

/// Name of the cookie that carries one sentence to the next page.
pub const FLASH: &str = "kawal-pesan";

fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map_or_else(String::new, |id| id.0.clone())
}

fn flash(request: &HttpRequest) -> Option<Flash> {
    let cookie = request.cookie(FLASH)?;
    let text = super::decode(cookie.value())?;
    let (tone, text) = text.split_once('|')?;
    let tone = if tone == "!" { Tone::Attention } else { Tone::Ok };
    Some(Flash { tone, text: text.chars().take(300).collect() })
}

impl FromRequest for Me {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { who(&request).await })
    }
}

async fn who(request: &HttpRequest) -> Result<Me, WebError> {
    let app = request.app_data::<web::Data<App>>().ok_or(WebError::Busy)?.clone();
    let back = match request.headers().get(header::ACCEPT) {
        _ if request.method() != actix_web::http::Method::GET => "/".to_owned(),
        _ => request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
    };
    let Some(cookie) = request.cookie(cookie_name(&app)) else { return Err(WebError::SignIn(back)) };
    let hash = token_hash(cookie.value());
    let now = app.clock.now();
    let wanted = hash.clone();
    let found = app
        .store
        .read(move |db| {
            let Some(user) = users::session(db, &wanted, now)? else { return Ok(None) };
            let open =
                if user.role.may(Act::ReadOffice) { tasks::open_count(db, user.office_id)? } else { 0 };
            Ok(Some((user, open)))
        })
        .await?;
    let Some((user, open_tasks)) = found else { return Err(WebError::SignIn(back)) };
    if let Some(state) = request.app_data::<web::Data<State>>()
        && now - user.seen_at > Duration::minutes(5)
    {
        state.seen.note(hash.clone(), now);
    }
    Ok(Me {
        today: app.clock.today(user.zone),
        session: hash,
        open_tasks,
        request_id: request_id(request),
        flash: flash(request),
        banner: banner(&app),
        sign_out_key: app.ids.next().to_string(),
        user,
    })
}
