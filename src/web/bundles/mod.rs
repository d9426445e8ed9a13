//! Bundles: all papers of an agreement, or of up to five hundred, as one ZIP or one PDF.
//!
//! `GET /perjanjian/{id}/berkas.zip|.pdf` · `GET /perjanjian/kumpulan` says what a selection holds and
//! asks how · `POST /perjanjian/kumpulan` answers the file itself, printed while it is sent ·
//! `GET /perjanjian/kumpulan/{unduhan}[/kemajuan]` tells how far it is.

mod order;
pub mod progress;
mod stream;

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;

use super::error::{Answer, WebError};
use super::me::Me;
use super::pages::bundles::{
    BundleAgreement, BundleFailure, BundleForm, BundlePage, BundleProgressPage, BundleStanding,
};
use super::pages::layout::NavItem;
use super::pages::parts::Crumb;
use super::posted::Posted;
use super::{PATIENCE, State, html};
use crate::app::App;
use crate::documents::papers::PaperGroup;
use crate::domain::audit::{Event, Subject, Verb};
use crate::domain::permission::Act;
use crate::domain::wording::figures;
use crate::export::bundle::{Bundle, BundleFormat, names};
use crate::export::dossier::{Dossier, Outcome};
use crate::store::agreements::{self, Scope};
use crate::store::{StoreError, audit_log};
use order::{Order, Selection};
use progress::{Failed, Now, Phase, Progress};
use stream::{Watch, Writing};

/// Most agreements of one bundle.
pub const MOST: usize = 500;

/// `GET /perjanjian/kumpulan`: what will be in it, and the choice of how.
///
/// # Errors
/// 422 when nothing was picked, or too much.
pub async fn choose(app: web::Data<App>, me: Me, request: HttpRequest) -> Answer {
    me.must(Act::ReadAgreements)?;
    let selection = Selection::read(request.query_string())?;
    let (scope, today) = (me.scope(), me.today);
    let found = app.store.read(move |db| selection.find(db, scope, today)).await?;
    let picked = match found {
        order::Found::Picked(picked) => picked,
        order::Found::TooMany(count) => return Err(too_many(count)),
        order::Found::Nothing => return Err(nothing()),
    };
    let job = app.ids.next();
    html(&BundlePage {
        layout: me.layout("Cetak kumpulan naskah", Some(NavItem::Agreements)),
        crumbs: vec![Crumb::to("Perjanjian", "/perjanjian"), Crumb::here("Cetak kumpulan")],
        count: figures(picked.len() as u64),
        agreements: picked
            .into_iter()
            .map(|(id, name)| BundleAgreement { id: id.to_string(), href: format!("/perjanjian/{id}"), name })
            .collect(),
        form: BundleForm::standard(&job.to_string()),
    })
}

/// `POST /perjanjian/kumpulan`: the bundle.
///
/// # Errors
/// 422 for a choice that cannot be; 404 when an agreement is out of sight; 503 while too many run.
pub async fn start(app: web::Data<App>, state: web::Data<State>, me: Me, posted: Posted) -> Answer {
    me.must(Act::ReadAgreements)?;
    let order = Order::read(&posted)?;
    let (scope, ids) = (me.scope(), order.ids.clone());
    let seen = app.store.read(move |db| agreements::names(db, scope, &ids)).await?;
    if seen.len() != order.ids.len() {
        return Err(WebError::NotFound);
    }
    let turn = bundle_turn(&state).await?;
    let (user, now) = (me.user.user_id, app.clock.now());
    let progress = state
        .downloads
        .begin(order.job, user, scope.office_id, order.ids.len(), now)
        .ok_or(WebError::Busy)?;
    let (count, note) = (order.ids.len(), order.told());
    let (app_in, me_in) = (app.clone(), me.clone());
    app.store
        .write(move |db| {
            let deed = me_in.deed(&app_in, db)?;
            let name = format!("dari {} perjanjian", figures(count as u64));
            let subject = Subject { kind: "office", id: scope.office_id, name };
            audit_log::append(db, &deed, &subject, &Event::noted(Verb::BundlePrinted, note))
        })
        .await?;
    let name = format!("kumpulan-naskah_{}_{count}-perjanjian", me.today);
    Ok(stream_of(&app, &state, &me, order, progress, turn, &name))
}

/// `GET /perjanjian/{id}/berkas.zip`
///
/// # Errors
/// 404 out of sight.
pub async fn zip(app: web::Data<App>, state: web::Data<State>, me: Me, id: web::Path<Uuid>) -> Answer {
    whole(app, state, me, id.into_inner(), BundleFormat::Zip).await
}

/// `GET /perjanjian/{id}/berkas.pdf`
///
/// # Errors
/// 404 out of sight.
pub async fn pdf(app: web::Data<App>, state: web::Data<State>, me: Me, id: web::Path<Uuid>) -> Answer {
    whole(app, state, me, id.into_inner(), BundleFormat::Pdf).await
}

/// All papers of one agreement, drafts too. As with a single paper, reading it is no deed.
async fn whole(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    id: Uuid,
    format: BundleFormat,
) -> Answer {
    me.must(Act::ReadAgreements)?;
    let scope = me.scope();
    let agreement = app.store.read(move |db| agreements::find(db, scope, id)).await?;
    let turn = bundle_turn(&state).await?;
    let order =
        Order { job: app.ids.next(), ids: vec![id], groups: PaperGroup::ALL.to_vec(), format, drafts: true };
    let user = me.user.user_id;
    let progress =
        state.downloads.begin(order.job, user, scope.office_id, 1, app.clock.now()).ok_or(WebError::Busy)?;
    let agency = &agreement.facts().user.institution;
    let short = agency.short_name.clone().unwrap_or_else(|| agreement.name());
    let name = names::folder(
        agreement.state() == crate::domain::agreement::State::Drafting,
        agreement.facts().signing.on,
        agreement.facts().provider.number.as_deref(),
        &short,
    );
    Ok(stream_of(&app, &state, &me, order, progress, turn, &name))
}

/// `GET /perjanjian/kumpulan/{unduhan}`: how far it is, as a page.
///
/// # Errors
/// 404 for a download of nobody or somebody else.
pub async fn standing(state: web::Data<State>, me: Me, job: web::Path<String>) -> Answer {
    let progress = find(&state, &me, &job)?;
    let told = told(&progress);
    html(&BundleProgressPage {
        layout: me.layout("Kemajuan unduhan", Some(NavItem::Agreements)),
        crumbs: vec![Crumb::to("Perjanjian", "/perjanjian"), Crumb::here("Kemajuan unduhan")],
        here: format!("/perjanjian/kumpulan/{}", job.as_str()),
        standing: told,
    })
}

/// `GET /perjanjian/kumpulan/{unduhan}/kemajuan`: the same as JSON, for the page that waits.
///
/// # Errors
/// 404 for a download of nobody or somebody else.
pub async fn standing_json(state: web::Data<State>, me: Me, job: web::Path<String>) -> Answer {
    let progress = find(&state, &me, &job)?;
    let Now { phase, tally, failures } = progress.now();
    let told = told(&progress);
    let failures: Vec<serde_json::Value> = failures
        .iter()
        .map(|failed| {
            serde_json::json!({
                "agreement": failed.agreement,
                "href": format!("/perjanjian/{}", failed.id),
                "paper": failed.paper,
                "reason": failed.reason,
            })
        })
        .collect();
    let body = serde_json::json!({
        "version": 1,
        "state": phase.code(),
        "done": tally.agreements,
        "total": progress.total,
        "papers": tally.papers,
        "failed": tally.failed,
        "left_out": tally.left_out,
        "sentence": told.sentence,
        "failures": failures,
    });
    Ok(HttpResponse::Ok().content_type("application/json").body(body.to_string()))
}

fn find(state: &State, me: &Me, job: &str) -> Result<Arc<Progress>, WebError> {
    me.must(Act::ReadAgreements)?;
    let id = Uuid::parse_str(job).map_err(|_| WebError::NotFound)?;
    state.downloads.find(id, me.user.user_id, me.user.office_id).ok_or(WebError::NotFound)
}

/// Where a download stands, in words.
fn told(progress: &Progress) -> BundleStanding {
    let Now { phase, tally, failures } = progress.now();
    let count = |count: usize| figures(count as u64);
    let mut sentence = match phase {
        Phase::Running => format!("{} dari {} perjanjian", count(tally.agreements), count(progress.total)),
        Phase::Done => {
            format!("Selesai: {} perjanjian, {} naskah", count(tally.agreements), count(tally.papers))
        }
        Phase::Stopped => format!(
            "Terhenti pada perjanjian {} dari {}; unduhan dibatalkan atau terputus",
            count(tally.agreements),
            count(progress.total)
        ),
    };
    if tally.left_out > 0 {
        sentence.push_str(&format!(", {} draf tidak diikutkan", count(tally.left_out)));
    }
    if tally.failed > 0 {
        sentence.push_str(&format!(", {} gagal", count(tally.failed)));
    }
    BundleStanding {
        running: phase == Phase::Running,
        done: tally.agreements,
        total: progress.total,
        sentence,
        more: match tally.failed.saturating_sub(failures.len()) {
            0 => None,
            more => Some(format!("dan {} lagi, lihat kegagalan.txt di dalam unduhan", count(more))),
        },
        failures: failures
            .into_iter()
            .map(|failed| BundleFailure {
                href: format!("/perjanjian/{}", failed.id),
                agreement: failed.agreement,
                paper: failed.paper,
                reason: failed.reason,
            })
            .collect(),
    }
}

fn too_many(count: i64) -> WebError {
    let count = super::agreements::list::capped(count);
    WebError::Invalid(format!(
        "Pilihan ini memuat {count} perjanjian; satu kumpulan paling banyak {MOST}. Persempit saringannya, \
         misalnya menurut keadaan atau bulan berakhir, lalu cetak beberapa kumpulan."
    ))
}

fn nothing() -> WebError {
    WebError::Invalid(
        "Belum ada perjanjian yang dipilih. Centang perjanjiannya di daftar, lalu tekan “Cetak kumpulan”."
            .to_owned(),
    )
}

/// One's turn at a bundle; after five seconds in the queue the answer is 503.
async fn bundle_turn(state: &State) -> Result<OwnedSemaphorePermit, WebError> {
    match tokio::time::timeout(PATIENCE, Arc::clone(&state.bundle_turn).acquire_owned()).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(WebError::Busy),
    }
}

/// The answer, whose body is printed on a thread of its own while it is read.
fn stream_of(
    app: &web::Data<App>,
    state: &web::Data<State>,
    me: &Me,
    order: Order,
    progress: Arc<Progress>,
    turn: OwnedSemaphorePermit,
    name: &str,
) -> HttpResponse {
    let runtime = tokio::runtime::Handle::current();
    let (writing, reading) = stream::body(runtime.clone());
    let disposition = format!("attachment; filename=\"{name}.{}\"", order.format.code());
    let content = match order.format {
        BundleFormat::Zip => "application/zip",
        BundleFormat::Pdf => "application/pdf",
    };
    let press = Press {
        app: app.clone(),
        state: state.clone(),
        scope: me.scope(),
        today: me.today,
        order,
        progress,
        runtime,
    };
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        press.run(writing);
    });
    HttpResponse::Ok()
        .content_type(content)
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        // Deflated already; compressing it again would only hold it back.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .body(reading)
}

/// Prints a bundle.
struct Press {
    app: web::Data<App>,
    state: web::Data<State>,
    scope: Scope,
    today: chrono::NaiveDate,
    order: Order,
    progress: Arc<Progress>,
    runtime: tokio::runtime::Handle,
}

/// Whatever happens, nobody waits for a download that no longer runs.
struct Ended<'a>(&'a Progress);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        if self.0.now().phase == Phase::Running {
            self.0.end(Phase::Stopped);
        }
    }
}

impl Press {
    fn run(&self, writing: Writing) {
        let ended = Ended(&self.progress);
        match self.print(writing) {
            Ok(()) => self.progress.end(Phase::Done),
            Err(error) => tracing::info!(
                job = "bundle",
                done = self.progress.now().tally.agreements,
                total = self.progress.total,
                error = %error,
                "kumpulan terhenti"
            ),
        }
        drop(ended);
    }

    fn print(&self, writing: Writing) -> std::io::Result<()> {
        let watch = writing.watch();
        let mut bundle = Bundle::begin(writing, self.order.format, self.today)?;
        for id in &self.order.ids {
            let known = bundle.failures().len();
            self.agreement(*id, &mut bundle, &watch)?;
            let failed = bundle.failures().iter().skip(known).map(|failure| Failed {
                id: *id,
                agreement: failure.agreement(),
                paper: failure.what().to_owned(),
                reason: failure.reason.clone(),
            });
            self.progress.note(bundle.tally(), failed);
        }
        bundle.finish()?.0.end()
    }

    fn agreement(&self, id: Uuid, bundle: &mut Bundle<Writing>, watch: &Watch) -> std::io::Result<()> {
        let dossier = self.app.store.read_now(|db| self.app.dossier(db, self.scope, id, self.today));
        let dossier = match dossier {
            Ok(dossier) => dossier,
            Err(StoreError::NotFound) => {
                bundle.miss(id.to_string(), None, "tidak ada lagi, atau tidak dapat Anda lihat".to_owned());
                return Ok(());
            }
            Err(error) => {
                tracing::error!(job = "bundle", agreement = %id, error = %error, "tidak terbaca");
                bundle.miss(id.to_string(), None, "tidak dapat dibaca; coba lagi".to_owned());
                return Ok(());
            }
        };
        bundle.open(&dossier)?;
        for paper in dossier.papers(&self.order.groups) {
            if watch.is_gone() || self.progress.is_stopped() {
                return Err(std::io::ErrorKind::BrokenPipe.into());
            }
            let outcome = {
                // Paper by paper, so that others print in between.
                let _turn = self.runtime.block_on(self.state.paper_turn.acquire());
                self.paper(&dossier, paper)
            };
            bundle.put(paper, dossier.person(paper), outcome)?;
        }
        Ok(())
    }

    /// A fault of ours in one paper is no reason to lose the others.
    fn paper(&self, dossier: &Dossier, paper: crate::documents::papers::PaperRef) -> Outcome {
        let print = AssertUnwindSafe(|| dossier.print(paper, self.order.drafts));
        std::panic::catch_unwind(print).unwrap_or_else(|_| {
            tracing::error!(job = "bundle", paper = %paper, "pencetakan naskah gagal");
            Outcome::Failed("galat di dalam Kawal; laporkan kepada pengelola".to_owned())
        })
    }
}

/// The pairs of an address, for [`super::agreements::list`].
fn as_map(pairs: &[(String, String)]) -> HashMap<String, String> {
    pairs.iter().cloned().collect()
}
