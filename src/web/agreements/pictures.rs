//! Drawings for the attachments of an agreement's Juknis: topology and service flow. They may change
//! until the Juknis is issued.

use actix_multipart::Multipart;
use actix_web::web;
use uuid::Uuid;

use super::super::error::{Answer, WebError};
use super::super::me::Me;
use super::super::pages::form::AsideCard;
use super::super::pages::layout::NavItem;
use super::super::pages::parts::{Crumb, Notice, Tone};
use super::super::pages::prints::{UploadForm, UploadPage};
use super::super::picture_upload::{self, Frame, Taken};
use super::super::posted::Posted;
use super::super::{State, html, invalid};
use crate::app::App;
use crate::documents::picture::DRAWING;
use crate::domain::agreement::{Agreement, State as Standing};
use crate::domain::permission::Act;
use crate::domain::print::PrintStage;
use crate::store::agreements::Scope;
use crate::store::connection::Db;
use crate::store::pictures::{self, Place};
use crate::store::{self, StoreError, agreements, prints};

/// The drawings of an agreement and what each stands in.
const DRAWINGS: [(Place, &str, &str); 2] = [
    (Place::Topology, "topologi", "Lampiran I: topologi jaringan"),
    (Place::ServiceFlow, "alur-layanan", "Lampiran II: alur layanan"),
];

fn place(name: &str) -> Result<Place, WebError> {
    let found = DRAWINGS.iter().find(|(_, known, _)| *known == name);
    found.map(|(place, ..)| *place).ok_or(WebError::NotFound)
}

/// Why the drawings no longer change, where that is so.
fn closed(db: &mut Db, scope: Scope, id: Uuid) -> store::Result<Option<&'static str>> {
    if agreements::find(db, scope, id)?.state() == Standing::Ended {
        return Ok(Some("Perjanjian ini sudah berakhir; gambarnya tidak diubah lagi."));
    }
    let issued = prints::of_agreement(db, scope.office_id, id)?
        .iter()
        .any(|print| print.paper == "juknis" && print.stage == PrintStage::Final && print.stands());
    Ok(issued
        .then_some("Petunjuk teknisnya sudah terbit; tarik dahulu naskah itu sebelum mengganti gambarnya."))
}

/// The same as a refusal of a deed.
fn open(scope: Scope, id: Uuid) -> impl FnOnce(&mut Db) -> store::Result<()> + Send + 'static {
    move |db| match closed(db, scope, id)? {
        Some(why) => Err(StoreError::Taken(why.to_owned())),
        None => Ok(()),
    }
}

async fn page(
    app: &web::Data<App>,
    me: &Me,
    id: Uuid,
    refused: Option<(Place, String)>,
) -> Result<UploadPage, WebError> {
    let scope = me.scope();
    let (agreement, closed, kept) = app
        .store
        .read(move |db| {
            let agreement = agreements::find(db, scope, id)?;
            let mut versions = Vec::new();
            for (place, ..) in DRAWINGS {
                versions.push(pictures::find(db, scope.office_id, id, place)?.map(|kept| kept.version));
            }
            Ok((agreement, closed(db, scope, id)?, versions))
        })
        .await?;
    let home = format!("/perjanjian/{id}");
    let mut notices = Vec::new();
    if let Some(why) = closed {
        notices.push(Notice {
            tone: Tone::Info,
            title: "Gambar tidak dapat diganti sekarang".to_owned(),
            body: why.to_owned(),
            ..Notice::default()
        });
    }
    let uploads = DRAWINGS
        .iter()
        .zip(kept)
        .map(|((place, name, title), version)| {
            let here = format!("{home}/gambar/{name}");
            UploadForm {
                id: (*name).to_owned(),
                title: (*title).to_owned(),
                help: "PNG atau JPEG, paling banyak 5 MB dan 3000 × 3000 piksel.".to_owned(),
                accept: ".png,.jpg,.jpeg",
                key: app.ids.next().to_string(),
                version: version.unwrap_or_default().to_string(),
                error: refused.as_ref().filter(|(which, _)| which == place).map(|(_, why)| why.clone()),
                submit: if version.is_some() { "Ganti gambar" } else { "Unggah gambar" }.to_owned(),
                kept: version.map(|version| (format!("{here}?v={version}"), place.label().to_owned())),
                remove: version.is_some().then(|| (format!("{here}/hapus"), app.ids.next().to_string())),
                action: here,
            }
        })
        .collect();
    Ok(UploadPage {
        layout: me.layout("Gambar lampiran", Some(NavItem::Agreements)),
        crumbs: vec![
            Crumb::to("Perjanjian", "/perjanjian"),
            Crumb::to(agreement.name(), home.clone()),
            Crumb::to("Naskah", format!("{home}/naskah")),
            Crumb::here("Gambar lampiran"),
        ],
        heading: "Gambar lampiran".to_owned(),
        lead: format!("Untuk petunjuk teknis {}", agreement.name()),
        notices,
        uploads,
        aside: vec![AsideCard {
            title: "Tanpa gambar pun dapat".to_owned(),
            lines: vec![
                "Bila tidak ada gambar, topologi dan alur layanan digambar dari fakta perjanjian.".to_owned(),
                "Gambar diratakan di atas putih dan disimpan ulang; keterangan lain di dalam berkas dibuang."
                    .to_owned(),
            ],
        }],
        ..UploadPage::default()
    })
}

/// `GET /perjanjian/{id}/gambar`
///
/// # Errors
/// 404 out of sight; 403 for readers.
pub async fn show(app: web::Data<App>, me: Me, id: web::Path<Uuid>) -> Answer {
    me.must(Act::EditAgreements)?;
    html(&page(&app, &me, *id, None).await?)
}

/// `GET /perjanjian/{id}/gambar/{place}`
///
/// # Errors
/// 404 out of sight, or where there is none.
pub async fn picture(app: web::Data<App>, me: Me, path: web::Path<(Uuid, String)>) -> Answer {
    me.must(Act::ReadAgreements)?;
    let (id, name) = path.into_inner();
    let scope = me.scope();
    app.store.read(move |db| agreements::find(db, scope, id)).await?;
    picture_upload::show(&app, me.user.office_id, id, place(&name)?).await
}

async fn frame(app: &web::Data<App>, me: &Me, id: Uuid, name: &str) -> Result<Frame, WebError> {
    let scope = me.scope();
    let agreement: Agreement = app.store.read(move |db| agreements::find(db, scope, id)).await?;
    Ok(Frame {
        owner: agreements::subject(&agreement),
        place: place(name)?,
        page: format!("/perjanjian/{id}/gambar"),
    })
}

/// `POST /perjanjian/{id}/gambar/{place}`
///
/// # Errors
/// 409 once the Juknis is issued; 422 for what is no picture.
pub async fn put(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(Uuid, String)>,
    multipart: Multipart,
) -> Answer {
    me.must(Act::EditAgreements)?;
    let (id, name) = path.into_inner();
    let frame = frame(&app, &me, id, &name).await?;
    let place = frame.place;
    match picture_upload::take(&app, &state, &me, frame, (multipart, DRAWING), open(me.scope(), id)).await? {
        Taken::Kept(response) => Ok(response),
        Taken::Refused(why) => invalid(&page(&app, &me, id, Some((place, why))).await?),
    }
}

/// `POST /perjanjian/{id}/gambar/{place}/hapus`
///
/// # Errors
/// 409 once the Juknis is issued, or when it is not the one that was seen.
pub async fn remove(app: web::Data<App>, me: Me, path: web::Path<(Uuid, String)>, posted: Posted) -> Answer {
    me.must(Act::EditAgreements)?;
    let (id, name) = path.into_inner();
    let frame = frame(&app, &me, id, &name).await?;
    picture_upload::remove(&app, &me, &posted, frame, open(me.scope(), id)).await
}
