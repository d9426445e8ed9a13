//! Pages over actix. A handler reads: load what the actor may see, parse the form, domain verb,
//! `store.write`, redirect or render. The whole route table stands below, in reading order.
//!
//! To add a page: a struct in [`pages`], its template at the same path, a handler in the file of its
//! noun, a line in [`routes`], and a row in the permission test (`tests/app/permissions.rs`).

pub mod agreements;
pub mod assets;
pub mod audit_log;
pub mod counts;
mod dashboard;
mod deadlines;
mod deeds;
mod door;
pub mod error;
pub mod fact_form;
mod institutions;
mod legal_bases;
pub mod limits;
mod me;
mod outbox;
pub mod pages;
mod posted;
mod session;
mod settings;
mod setup;
mod tasks;
mod wordings;

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::{LazyLock, Mutex, PoisonError};

use actix_web::body::MessageBody;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{ResourceDef, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::from_fn;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::app::App;
use crate::password::{self, Cost};
use error::{Answer, WebError};
use limits::Limits;

/// How long a request waits for a dear thing before it is told to come back.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

/// Makes of the table below both the routes and a list of them, which tests hold against it.
macro_rules! table {
    ($(.route($path:literal, web::$method:ident().to($handler:path)))+) => {
        /// Method and address of every route.
        pub const ROUTES: &[(&str, &str)] = &[$((stringify!($method), $path)),+];

        /// Every address of Kawal.
        pub fn routes(to: &mut web::ServiceConfig) {
            to$(.route($path, web::$method().to($handler)))+;
        }
    };
}

table! {
        // Before anybody is signed in.
        .route("/assets/{file:.+}",                 web::get().to(assets::show))
        .route("/sehat",                            web::get().to(healthy))
        .route("/siapkan/{token}",                  web::get().to(setup::show))
        .route("/siapkan/{token}",                  web::post().to(setup::set_up))
        .route("/masuk",                            web::get().to(session::show))
        .route("/masuk",                            web::post().to(session::sign_in))
        .route("/keluar",                           web::post().to(session::sign_out))
        // The office's day.
        .route("/",                                 web::get().to(dashboard::show))
        .route("/tenggat",                          web::get().to(deadlines::list))
        .route("/tugas",                            web::get().to(tasks::list))
        .route("/tugas/lanjutkan-pengingat",        web::post().to(tasks::confirm_scan))
        .route("/tugas/{id}/selesai",               web::post().to(tasks::finish))
        // Agreements.
        .route("/perjanjian",                       web::get().to(agreements::list::show))
        .route("/perjanjian/baru",                  web::get().to(agreements::facts::new_form))
        .route("/perjanjian/baru",                  web::post().to(agreements::facts::add))
        .route("/perjanjian/baru/pilih",            web::get().to(agreements::facts::pick_form))
        .route("/perjanjian/baru/pilih",            web::post().to(agreements::facts::pick))
        .route("/perjanjian/daftarkan",             web::get().to(agreements::register::show))
        .route("/perjanjian/daftarkan",             web::post().to(agreements::register::register))
        .route("/perjanjian/{id}",                  web::get().to(agreements::show::show))
        .route("/perjanjian/{id}/ubah",             web::get().to(agreements::facts::edit_form))
        .route("/perjanjian/{id}/ubah",             web::post().to(agreements::facts::edit))
        .route("/perjanjian/{id}/tandatangan",      web::get().to(agreements::acts::sign_form))
        .route("/perjanjian/{id}/tandatangan",      web::post().to(agreements::acts::sign))
        .route("/perjanjian/{id}/surat-perpanjangan", web::get().to(agreements::acts::letter_form))
        .route("/perjanjian/{id}/surat-perpanjangan", web::post().to(agreements::acts::log_letter))
        .route("/perjanjian/{id}/akhiri",           web::get().to(agreements::acts::end_form))
        .route("/perjanjian/{id}/akhiri",           web::post().to(agreements::acts::end))
        .route("/perjanjian/{id}/selesai/{step}/{due_on}", web::get().to(agreements::acts::met_form))
        .route("/perjanjian/{id}/selesai/{step}/{due_on}", web::post().to(agreements::acts::meet))
        .route("/perjanjian/{id}/naskah/{file}",    web::get().to(agreements::papers::show))
        .route("/perjanjian/{id}/redaksi",          web::get().to(agreements::wordings::list))
        .route("/perjanjian/{id}/redaksi/{paper}/{part}", web::get().to(agreements::wordings::edit_form))
        .route("/perjanjian/{id}/redaksi/{paper}/{part}", web::post().to(agreements::wordings::save))
        .route("/perjanjian/{id}/redaksi/{paper}/{part}/pratinjau", web::post().to(agreements::wordings::show_preview))
        .route("/perjanjian/{id}/redaksi/{paper}/{part}/versi", web::get().to(agreements::wordings::versions))
        .route("/perjanjian/{id}/redaksi/{paper}/{part}/batal", web::get().to(agreements::wordings::return_form))
        .route("/perjanjian/{id}/redaksi/{paper}/{part}/batal", web::post().to(agreements::wordings::give_back))
        // Institutions and their officials.
        .route("/instansi",                         web::get().to(institutions::list))
        .route("/instansi/baru",                    web::get().to(institutions::new_form))
        .route("/instansi/baru",                    web::post().to(institutions::add))
        .route("/instansi/{id}",                    web::get().to(institutions::show))
        .route("/instansi/{id}/ubah",               web::get().to(institutions::edit_form))
        .route("/instansi/{id}/ubah",               web::post().to(institutions::change))
        .route("/instansi/{id}/pejabat/baru",       web::get().to(institutions::officials::new_form))
        .route("/instansi/{id}/pejabat/baru",       web::post().to(institutions::officials::add))
        .route("/instansi/{id}/pejabat/{term}",     web::get().to(institutions::officials::edit_form))
        .route("/instansi/{id}/pejabat/{term}",     web::post().to(institutions::officials::change))
        // Regulations.
        .route("/dasar-hukum",                      web::get().to(legal_bases::list))
        .route("/dasar-hukum/baru",                 web::get().to(legal_bases::new_form))
        .route("/dasar-hukum/baru",                 web::post().to(legal_bases::add))
        .route("/dasar-hukum/{id}",                 web::get().to(legal_bases::edit_form))
        .route("/dasar-hukum/{id}",                 web::post().to(legal_bases::change))
        // Wordings of papers.
        .route("/redaksi",                          web::get().to(wordings::list))
        .route("/redaksi/{paper}/{part}",           web::get().to(wordings::edit_form))
        .route("/redaksi/{paper}/{part}",           web::post().to(wordings::save))
        .route("/redaksi/{paper}/{part}/pratinjau", web::post().to(wordings::show_preview))
        .route("/redaksi/{paper}/{part}/versi",     web::get().to(wordings::versions::show))
        .route("/redaksi/{paper}/{part}/bawaan",    web::get().to(wordings::return_form))
        .route("/redaksi/{paper}/{part}/bawaan",    web::post().to(wordings::give_back))
        // Oversight.
        .route("/surel",                            web::get().to(outbox::list))
        .route("/surel/{id}",                       web::get().to(outbox::show))
        .route("/surel/{id}/html",                  web::get().to(outbox::html_part))
        .route("/surel/{id}/kirim",                 web::post().to(outbox::retry))
        .route("/catatan",                          web::get().to(audit_log::list))
        .route("/pengaturan",                       web::get().to(settings::show))
        .route("/pengaturan",                       web::post().to(settings::change))
        .route("/pengaturan/pengguna",              web::get().to(settings::members))
        .route("/pengaturan/pengguna",              web::post().to(settings::add_member))
}

/// What pages share besides the application.
#[derive(Debug)]
pub struct State {
    /// Tries at the door.
    pub limits: Limits,
    /// A hash nobody's password fits.
    pub decoy: String,
    /// How dear a password hash is.
    pub cost: Cost,
    /// At most two passwords are hashed at once.
    pub hash_turn: Semaphore,
    /// At most two papers are printed at once.
    pub paper_turn: Semaphore,
    /// Sessions seen, written in batches.
    pub seen: Seen,
    /// Counts by status and month.
    pub counts: counts::KeptCounts,
    /// Accounts of the demo: role, address, password.
    pub demo_accounts: Vec<(String, String, String)>,
}

impl State {
    /// The state of a server.
    pub fn new(cost: Cost) -> Self {
        Self {
            limits: Limits::default(),
            decoy: password::decoy(cost),
            cost,
            hash_turn: Semaphore::new(2),
            paper_turn: Semaphore::new(2),
            seen: Seen::default(),
            counts: counts::KeptCounts::default(),
            demo_accounts: Vec::new(),
        }
    }
}

/// When sessions were last seen, kept until the next batch.
#[derive(Debug, Default)]
pub struct Seen(Mutex<HashMap<String, DateTime<Utc>>>);

impl Seen {
    /// Notes that a session was seen.
    pub fn note(&self, session: String, at: DateTime<Utc>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(session, at);
    }

    /// Takes what was noted.
    pub fn take(&self) -> Vec<(String, DateTime<Utc>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).drain().collect()
    }
}

/// Limits, routes and what happens beside them.
fn configure(
    app: &web::Data<App>,
    state: &web::Data<State>,
) -> impl FnOnce(&mut web::ServiceConfig) + Clone + use<> {
    let (app, state) = (app.clone(), state.clone());
    move |to| {
        to.app_data(app)
            .app_data(state)
            .app_data(web::PayloadConfig::new(posted::LARGEST_FORM))
            .app_data(web::QueryConfig::default().error_handler(|_, _| unreadable_address()))
            .app_data(web::PathConfig::default().error_handler(|_, _| WebError::NotFound.into()))
            .configure(routes)
            .default_service(web::to(nowhere));
    }
}

/// The whole service of one worker, door included: what `serve` runs and tests call.
pub fn service(
    app: web::Data<App>,
    state: web::Data<State>,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    actix_web::App::new()
        .configure(configure(&app, &state))
        .wrap(from_fn(door::boxed))
        .wrap(from_fn(door::pass))
}

fn unreadable_address() -> actix_web::Error {
    WebError::BadRequest("Alamat halaman tidak lengkap.".to_owned()).into()
}

/// What no route serves: an address that takes other methods, or none at all.
async fn nowhere(request: HttpRequest) -> Answer {
    static PATHS: LazyLock<Vec<(&str, ResourceDef)>> =
        LazyLock::new(|| ROUTES.iter().map(|(method, path)| (*method, ResourceDef::new(*path))).collect());
    let fitting = PATHS.iter().filter(|(_, path)| path.is_match(request.path()));
    let taken: Vec<String> =
        fitting.map(|(method, _)| method.to_uppercase()).collect::<BTreeSet<_>>().into_iter().collect();
    if taken.is_empty() { Err(WebError::NotFound) } else { Err(WebError::WrongMethod(taken.join(", "))) }
}

/// `GET /sehat`: the database answers.
async fn healthy(app: web::Data<App>) -> Answer {
    app.store.read(|db| crate::store::users::any(db).map(|_| ())).await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("sehat\n"))
}

/// One's turn at something dear; after five seconds in the queue the answer is 503.
async fn turn(semaphore: &Semaphore) -> Result<SemaphorePermit<'_>, WebError> {
    match tokio::time::timeout(PATIENCE, semaphore.acquire()).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(WebError::Busy),
    }
}

/// A page.
fn html(page: &impl askama::Template) -> Answer {
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(gone_flash())
        .body(page.render()?))
}

/// A page with what was typed and why it does not hold.
fn invalid(page: &impl askama::Template) -> Answer {
    let mut response = html(page)?;
    *response.status_mut() = actix_web::http::StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// A page that shows both versions.
fn conflict(page: &impl askama::Template) -> Answer {
    let mut response = html(page)?;
    *response.status_mut() = actix_web::http::StatusCode::CONFLICT;
    Ok(response)
}

/// After a POST.
fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).finish()
}

/// After a POST, with one sentence for the next page.
fn see_other_saying(path: &str, text: &str) -> HttpResponse {
    let cookie = Cookie::build(me::FLASH, encode(&format!("|{text}")))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish();
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).cookie(cookie).finish()
}

/// Takes the sentence away once it was said.
fn gone_flash() -> (header::HeaderName, String) {
    (header::SET_COOKIE, format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", me::FLASH))
}

/// The client's address: the peer's, or what a trusted proxy says.
fn client_address(request: &HttpRequest, app: &App) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.ip());
    if !app.config.trusted_proxies.contains(&peer) {
        return peer;
    }
    request
        .headers()
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok())
        .and_then(|list| {
            list.rsplit(',')
                .map(str::trim)
                .filter_map(|one| one.parse().ok())
                .find(|ip| !app.config.trusted_proxies.contains(ip))
        })
        .unwrap_or(peer)
}

/// An agreement that is already inside its renewal window is reminded at once, not tomorrow. A
/// failure is logged and made good by the next scan.
async fn remind_at_once(app: &web::Data<App>, office: uuid::Uuid, agreement: uuid::Uuid) {
    let app = app.clone();
    match web::block(move || crate::jobs::remind::catch_up(&app, office, agreement)).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => {
            tracing::warn!(job = "remind", agreement = %agreement, error = format!("{error:#}"), "menyusul")
        }
        Err(error) => tracing::warn!(job = "remind", agreement = %agreement, error = %error, "menyusul"),
    }
}

/// After an address or a holder changed: reminders that reached nobody go on their way. A failure is
/// logged and made good by the next scan.
async fn retry_undeliverable(app: &web::Data<App>, office: uuid::Uuid) {
    let app = app.clone();
    match web::block(move || crate::jobs::remind::retry_undeliverable(&app, office)).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => {
            tracing::warn!(job = "remind", office = %office, error = format!("{error:#}"), "menyusul")
        }
        Err(error) => tracing::warn!(job = "remind", office = %office, error = %error, "menyusul"),
    }
}

/// Percent-encodes everything that is not unreserved.
fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// Undoes [`encode`]; none for what is not UTF-8 or not encoded rightly.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
