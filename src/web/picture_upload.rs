//! A picture for papers is taken in: read with its limits, judged, flattened, kept; or taken away.

use actix_multipart::Multipart;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::deeds::press;
use super::error::{Answer, WebError};
use super::me::Me;
use super::posted::Posted;
use super::{State, upload};
use crate::app::App;
use crate::documents::picture::{Bounds, prepare};
use crate::domain::audit::Subject;
use crate::store;
use crate::store::connection::Db;
use crate::store::deed::Deed;
use crate::store::pictures::{self, Place};

/// What became of an upload.
pub(super) enum Taken {
    /// It is kept; where to go on.
    Kept(HttpResponse),
    /// It is no picture for a paper; why, for the form.
    Refused(String),
}

/// Whose picture it is, where it stands and where its page is.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// Whom it belongs to, as the log names it.
    pub(super) owner: Subject,
    /// Where it stands.
    pub(super) place: Place,
    /// Its page.
    pub(super) page: String,
}

/// Reads a picture and keeps it. `allowed` is asked again in the transaction.
///
/// # Errors
/// 400 for what cannot be read; 409 when somebody else was faster; 503 when busy.
pub(super) async fn take(
    app: &web::Data<App>,
    state: &web::Data<State>,
    me: &Me,
    frame: Frame,
    (multipart, bounds): (Multipart, Bounds),
    allowed: impl FnOnce(&mut Db) -> store::Result<()> + Send + 'static,
) -> Result<Taken, WebError> {
    let (sent, bytes) = upload::read_whole(multipart, bounds.bytes).await?;
    let Some(file) = sent.file else {
        return Ok(Taken::Refused("Pilih gambarnya.".to_owned()));
    };
    if file.too_large {
        let most = bounds.bytes / (1024 * 1024);
        return Ok(Taken::Refused(format!("Berkas ini terlalu besar; paling banyak {most} MB.")));
    }
    let prepared = {
        let _turn = super::turn(&state.paper_turn).await?;
        web::block(move || prepare(&bytes, bounds)).await.map_err(|_| WebError::Busy)?
    };
    let prepared = match prepared {
        Ok(prepared) => prepared,
        Err(error) => return Ok(Taken::Refused(error.to_string())),
    };
    let read = sent.posted.version().unwrap_or_default();
    let kept = press(app, me, &sent.posted, "Gambar disimpan.", move |db: &mut Db, deed: &Deed| {
        allowed(db)?;
        let picture = (prepared.width, prepared.height, prepared.png);
        pictures::put(db, deed, &frame.owner, frame.place, read, picture)?;
        Ok(frame.page)
    });
    Ok(Taken::Kept(kept.await?))
}

/// Takes a picture away.
///
/// # Errors
/// 409 when it is not the one that was seen.
pub(super) async fn remove(
    app: &web::Data<App>,
    me: &Me,
    posted: &Posted,
    frame: Frame,
    allowed: impl FnOnce(&mut Db) -> store::Result<()> + Send + 'static,
) -> Answer {
    let read = posted.version().unwrap_or_default();
    press(app, me, posted, "Gambar dihapus.", move |db, deed| {
        allowed(db)?;
        pictures::remove(db, deed, &frame.owner, frame.place, read)?;
        Ok(frame.page)
    })
    .await
}

/// The picture itself.
///
/// # Errors
/// 404 where there is none.
pub(super) async fn show(app: &web::Data<App>, office: Uuid, owner: Uuid, place: Place) -> Answer {
    let kept = app.store.read(move |db| pictures::find(db, office, owner, place)).await?;
    let kept = kept.ok_or(WebError::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type("image/png")
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .body(kept.png))
}
