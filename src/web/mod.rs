//! Pages over actix. A handler reads: load what the actor may see, parse the form, domain verb,
//! `store.write`, redirect or render. The whole route table stands below, in reading order.
//!
//! To add a page: a struct in [`pages`], its template at the same path, a handler in the file of its
//! noun, a line in [`routes`], and a row in the permission test (`tests/app/permissions.rs`).

pub mod agreements;
pub mod assets;
pub mod audit_log;
mod bundles;
mod check;
pub mod counts;
mod dashboard;
mod deadlines;
mod deeds;
mod door;
pub mod error;
pub mod fact_form;
mod institutions;
mod legal_bases;
mod letterheads;
pub mod limits;
mod me;
mod outbox;
pub mod pages;
mod picture_upload;
mod posted;
mod print_settings;
mod session;
mod settings;
mod setup;
mod tasks;
mod upload;

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

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
        // For whoever holds a copy of a paper.
        .route("/periksa",                          web::get().to(check::ask))
        .route("/periksa/{code}",                   web::get().to(check::show))
        .route("/periksa/{code}",                   web::post().to(check::compare))
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
        .route("/perjanjian/kumpulan",              web::get().to(bundles::choose))
        .route("/perjanjian/kumpulan",              web::post().to(bundles::start))
        .route("/perjanjian/kumpulan/{unduhan}",    web::get().to(bundles::standing))
        .route("/perjanjian/kumpulan/{unduhan}/kemajuan", web::get().to(bundles::standing_json))
        .route("/perjanjian/{id}",                  web::get().to(agreements::show::show))
        .route("/perjanjian/{id}/ubah",             web::get().to(agreements::facts::edit_form))
        .route("/perjanjian/{id}/ubah",             web::post().to(agreements::facts::edit))
        .route("/perjanjian/{id}/tandatangan",      web::get().to(agreements::signing::form))
        .route("/perjanjian/{id}/tandatangan",      web::post().to(agreements::signing::sign))
        .route("/perjanjian/{id}/surat-perpanjangan", web::get().to(agreements::acts::letter_form))
        .route("/perjanjian/{id}/surat-perpanjangan", web::post().to(agreements::acts::log_letter))
        .route("/perjanjian/{id}/akhiri",           web::get().to(agreements::acts::end_form))
        .route("/perjanjian/{id}/akhiri",           web::post().to(agreements::acts::end))
        .route("/perjanjian/{id}/selesai/{step}/{due_on}", web::get().to(agreements::acts::met_form))
        .route("/perjanjian/{id}/selesai/{step}/{due_on}", web::post().to(agreements::acts::meet))
        .route("/perjanjian/{id}/naskah",           web::get().to(agreements::prints::list))
        .route("/perjanjian/{id}/naskah/{file}",    web::get().to(agreements::papers::show))
        .route("/perjanjian/{id}/naskah/{paper}/siap", web::post().to(agreements::prints::make_ready))
        .route("/perjanjian/{id}/naskah/{paper}/terbit", web::post().to(agreements::prints::issue))
        .route("/perjanjian/{id}/cetakan/{print}/tarik", web::get().to(agreements::prints::withdraw_form))
        .route("/perjanjian/{id}/cetakan/{print}/tarik", web::post().to(agreements::prints::withdraw))
        .route("/perjanjian/{id}/cetakan/{print}/nomor", web::get().to(agreements::numbers::form))
        .route("/perjanjian/{id}/cetakan/{print}/nomor", web::post().to(agreements::numbers::register))
        .route("/perjanjian/{id}/cetakan/{print}/pindaian", web::get().to(agreements::scans::form))
        .route("/perjanjian/{id}/cetakan/{print}/pindaian", web::post().to(agreements::scans::note))
        .route("/perjanjian/{id}/cetakan/{print}/{file}", web::get().to(agreements::prints::open))
        .route("/perjanjian/{id}/gambar",           web::get().to(agreements::pictures::show))
        .route("/perjanjian/{id}/gambar/{place}",   web::get().to(agreements::pictures::picture))
        .route("/perjanjian/{id}/gambar/{place}",   web::post().to(agreements::pictures::put))
        .route("/perjanjian/{id}/gambar/{place}/hapus", web::post().to(agreements::pictures::remove))
        .route("/perjanjian/{id}/berkas.zip",       web::get().to(bundles::zip))
        .route("/perjanjian/{id}/berkas.pdf",       web::get().to(bundles::pdf))
        // Institutions and their officials.
        .route("/instansi",                         web::get().to(institutions::list))
        .route("/instansi/baru",                    web::get().to(institutions::new_form))
        .route("/instansi/baru",                    web::post().to(institutions::add))
        .route("/instansi/{id}",                    web::get().to(institutions::show))
        .route("/instansi/{id}/ubah",               web::get().to(institutions::edit_form))
        .route("/instansi/{id}/ubah",               web::post().to(institutions::change))
        .route("/instansi/{id}/kop",                web::get().to(letterheads::of_institution))
        .route("/instansi/{id}/kop",                web::post().to(letterheads::change_of_institution))
        .route("/instansi/{id}/kop/logo",           web::get().to(letterheads::logo_of_institution))
        .route("/instansi/{id}/kop/logo",           web::post().to(letterheads::put_of_institution))
        .route("/instansi/{id}/kop/logo/hapus",     web::post().to(letterheads::remove_of_institution))
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
        // Oversight.
        .route("/surel",                            web::get().to(outbox::list))
        .route("/surel/{id}",                       web::get().to(outbox::show))
        .route("/surel/{id}/html",                  web::get().to(outbox::html_part))
        .route("/surel/{id}/kirim",                 web::post().to(outbox::retry))
        .route("/catatan",                          web::get().to(audit_log::list))
        .route("/pengaturan",                       web::get().to(settings::show))
        .route("/pengaturan",                       web::post().to(settings::change))
        .route("/pengaturan/naskah",                web::get().to(print_settings::show))
        .route("/pengaturan/naskah",                web::post().to(print_settings::change))
        .route("/pengaturan/naskah/contoh.pdf",     web::get().to(print_settings::preview))
        .route("/pengaturan/kop",                   web::get().to(letterheads::of_office))
        .route("/pengaturan/kop",                   web::post().to(letterheads::change_of_office))
        .route("/pengaturan/kop/logo",              web::get().to(letterheads::logo_of_office))
        .route("/pengaturan/kop/logo",              web::post().to(letterheads::put_of_office))
        .route("/pengaturan/kop/logo/hapus",        web::post().to(letterheads::remove_of_office))
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
    /// At most four bundles are sent at once; each takes its turn at the papers one by one.
    pub bundle_turn: Arc<Semaphore>,
    /// How far their downloads are.
    pub downloads: bundles::progress::Downloads,
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
            bundle_turn: Arc::new(Semaphore::new(4)),
            downloads: bundles::progress::Downloads::default(),
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
