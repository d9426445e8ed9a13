//! A signed scan is noted beside its print: hash, size, name and date. The file itself is not kept.

use actix_multipart::Multipart;
use actix_web::web;
use uuid::Uuid;

use super::super::deeds::{key_of, press};
use super::super::error::{Answer, WebError};
use super::super::me::Me;
use super::super::pages::form::AsideCard;
use super::super::pages::layout::NavItem;
use super::super::pages::parts::Crumb;
use super::super::pages::prints::{UploadForm, UploadPage};
use super::super::{html, invalid, upload};
use super::prints::{SCANS_NOTE, find};
use crate::app::App;
use crate::domain::agreement::Agreement;
use crate::domain::permission::Act;
use crate::domain::print::{grouped, short_hash};
use crate::secrets::Sum;
use crate::store::prints::Print;
use crate::store::{StoreError, agreements, prints};

/// Largest scan.
const LARGEST_SCAN: usize = 20 * 1024 * 1024;

/// First bytes of what a scanner makes.
const SCANNED: [&[u8]; 3] = [b"%PDF-", &[0xFF, 0xD8, 0xFF], &[0x89, b'P', b'N', b'G']];

fn page(app: &App, me: &Me, (agreement, print): (&Agreement, &Print), error: Option<String>) -> UploadPage {
    let home = format!("/perjanjian/{}", agreement.id());
    UploadPage {
        layout: me.layout("Catat pindaian", Some(NavItem::Agreements)),
        crumbs: vec![
            Crumb::to("Perjanjian", "/perjanjian"),
            Crumb::to(agreement.name(), home.clone()),
            Crumb::to("Naskah", format!("{home}/naskah")),
            Crumb::here("Catat pindaian"),
        ],
        heading: "Catat pindaian bertanda tangan".to_owned(),
        lead: format!(
            "{}, kode {}, sidik jari {}…",
            print.title,
            grouped(&print.code),
            short_hash(&print.current().sha256)
        ),
        uploads: vec![UploadForm {
            id: "pindaian".to_owned(),
            title: "Pindaian".to_owned(),
            help: "PDF, JPEG atau PNG, paling banyak 20 MB.".to_owned(),
            accept: ".pdf,.jpg,.jpeg,.png",
            action: format!("{home}/cetakan/{}/pindaian", print.id),
            key: key_of(app, None),
            error,
            submit: "Catat pindaian".to_owned(),
            ..UploadForm::default()
        }],
        aside: vec![AsideCard {
            title: "Yang terjadi".to_owned(),
            lines: vec![
                SCANS_NOTE.to_owned(),
                "Pada halaman pemeriksaan, berkas yang sama dengan pindaian ini dikenali sebagai pindaian bertanda tangan.".to_owned(),
            ],
        }],
        ..UploadPage::default()
    }
}

/// `GET /perjanjian/{id}/cetakan/{print}/pindaian`
///
/// # Errors
/// 404 out of sight; 403 for readers; 409 once it is withdrawn.
pub async fn form(app: web::Data<App>, me: Me, path: web::Path<(Uuid, Uuid)>) -> Answer {
    me.must(Act::EditAgreements)?;
    let (agreement, print) = find(&app, &me, path.0, path.1).await?;
    stands(&print)?;
    html(&page(&app, &me, (&agreement, &print), None))
}

fn stands(print: &Print) -> Result<(), WebError> {
    match print.withdrawn {
        None => Ok(()),
        Some(_) => Err(WebError::Conflict("Naskah ini sudah ditarik.".to_owned())),
    }
}

/// `POST /perjanjian/{id}/cetakan/{print}/pindaian`
///
/// # Errors
/// 409 for a scan that is noted already; 422 for what is no scan.
pub async fn note(
    app: web::Data<App>,
    me: Me,
    path: web::Path<(Uuid, Uuid)>,
    multipart: Multipart,
) -> Answer {
    me.must(Act::EditAgreements)?;
    let (id, office) = (path.0, me.user.office_id);
    let (agreement, print) = find(&app, &me, id, path.1).await?;
    let (mut sum, mut head) = (Sum::default(), Vec::with_capacity(8));
    let sent = upload::read(multipart, LARGEST_SCAN, |piece| {
        head.extend(piece.iter().take(8usize.saturating_sub(head.len())));
        sum.feed(piece);
    })
    .await?;
    let refuse = |why: &str| invalid(&page(&app, &me, (&agreement, &print), Some(why.to_owned())));
    let Some(file) = sent.file else { return refuse("Pilih berkas pindaiannya.") };
    if file.too_large {
        return refuse("Berkas ini lebih dari 20 MB; pindai dengan resolusi lebih rendah.");
    }
    if !SCANNED.iter().any(|start| head.starts_with(start)) {
        return refuse("Berkas ini bukan PDF, JPEG atau PNG.");
    }
    stands(&print)?;
    let (sum, print_id) = (sum.hex(), print.id);
    if sum == print.printed.pdf_sha256 || Some(&sum) == print.registered.as_ref().map(|text| &text.pdf_sha256)
    {
        return refuse("Berkas ini PDF cetakannya sendiri, belum ditandatangani.");
    }
    let name = if file.name.is_empty() { "tanpa nama".to_owned() } else { file.name };
    let size = i64::try_from(file.size).unwrap_or(i64::MAX);
    let subject = agreements::subject(&agreement);
    press(&app, &me, &sent.posted, "Pindaian dicatat menurut sidik jarinya.", move |db, deed| {
        let print = prints::find(db, office, id, print_id)?;
        if print.withdrawn.is_some() {
            return Err(StoreError::Taken("Naskah ini baru saja ditarik.".to_owned()));
        }
        prints::note_scan(db, deed, &subject, &print, (&sum, size, &name))?;
        Ok(format!("/perjanjian/{id}/naskah"))
    })
    .await
}
