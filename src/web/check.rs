//! The public check of a printed paper. No sign-in, no person's name; an uploaded file is hashed as it
//! comes and never kept.

use std::collections::HashMap;

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};

use super::error::{Answer, WebError};
use super::me::outside;
use super::pages::check::{AskPage, CheckPage, Compared, KnownSum};
use super::pages::parts::Tone;
use super::{State, client_address, html, see_other, upload};
use crate::app::App;
use crate::documents::model::CheckMark;
use crate::domain::print::{PrintStage, grouped, read_code};
use crate::domain::wording::date_long;
use crate::secrets::Sum;
use crate::store::offices::Office;
use crate::store::prints::Print;
use crate::store::scans::Scan;
use crate::store::{offices, prints, scans};

/// Largest file that is compared.
const LARGEST_FILE: usize = 20 * 1024 * 1024;

/// What a final paper carries at its foot.
pub fn mark(base_url: &str, code: &str) -> CheckMark {
    let address = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    CheckMark {
        url: format!("{base_url}/periksa/{code}"),
        lines: vec![format!("Periksa salinan: {address}/periksa"), format!("Kode {}", grouped(code))],
    }
}

/// Slows down whoever asks for very many codes.
fn may_ask(request: &HttpRequest, app: &App, state: &State) -> Result<(), WebError> {
    if state.limits.may_check(client_address(request, app)) { Ok(()) } else { Err(WebError::TooMany) }
}

/// Keeps the page out of search engines.
fn unlisted(mut response: HttpResponse) -> HttpResponse {
    response
        .headers_mut()
        .insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    response
}

fn asked(request: &HttpRequest, app: &App, typed: &str, error: Option<&str>) -> Answer {
    let page = AskPage {
        layout: outside(request, app, "Periksa naskah"),
        typed: typed.chars().take(40).collect(),
        error: error.map(str::to_owned),
    };
    Ok(unlisted(html(&page)?))
}

/// The same answer for every code that no print has, whatever it looks like.
fn unknown(request: &HttpRequest, app: &App, typed: &str) -> Answer {
    let mut response = asked(request, app, typed, Some("Tidak ada naskah dengan kode ini."))?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}

/// `GET /periksa`
///
/// # Errors
/// 429 after too many questions.
pub async fn ask(
    request: HttpRequest,
    app: web::Data<App>,
    state: web::Data<State>,
    query: web::Query<HashMap<String, String>>,
) -> Answer {
    let Some(typed) = query.get("kode").map(|text| text.trim()).filter(|text| !text.is_empty()) else {
        return asked(&request, &app, "", None);
    };
    may_ask(&request, &app, &state)?;
    match read_code(typed) {
        Some(code) => Ok(see_other(&format!("/periksa/{code}"))),
        None => unknown(&request, &app, typed),
    }
}

/// A print with its office and scans.
struct Found {
    print: Print,
    office: Office,
    scans: Vec<Scan>,
}

async fn find(app: &web::Data<App>, typed: &str) -> Result<Option<Found>, WebError> {
    let Some(code) = read_code(typed) else { return Ok(None) };
    let found = app.store.read(move |db| {
        let Some(print) = prints::by_code(db, &code)? else { return Ok(None) };
        let office = offices::find(db, print.office_id)?;
        let scans = scans::of_prints(db, print.office_id, &[print.id])?;
        Ok(Some(Found { print, office, scans }))
    });
    Ok(found.await?)
}

/// `GET /periksa/{code}`
///
/// # Errors
/// 429 after too many questions.
pub async fn show(
    request: HttpRequest,
    app: web::Data<App>,
    state: web::Data<State>,
    code: web::Path<String>,
) -> Answer {
    may_ask(&request, &app, &state)?;
    match find(&app, &code).await? {
        Some(found) => Ok(unlisted(html(&page(&request, &app, &found, None))?)),
        None => unknown(&request, &app, &code),
    }
}

/// `POST /periksa/{code}`: compares a file.
///
/// # Errors
/// 400 without a file; 413 for one beyond the limit; 429 after too many questions.
pub async fn compare(
    request: HttpRequest,
    app: web::Data<App>,
    state: web::Data<State>,
    code: web::Path<String>,
    multipart: Multipart,
) -> Answer {
    may_ask(&request, &app, &state)?;
    let Some(found) = find(&app, &code).await? else { return unknown(&request, &app, &code) };
    let mut sum = Sum::default();
    let upload = upload::read(multipart, LARGEST_FILE, |piece| sum.feed(piece)).await?;
    let sent = upload
        .file
        .ok_or_else(|| WebError::BadRequest("Pilih dahulu berkas yang hendak dibandingkan.".to_owned()))?;
    if sent.too_large {
        return Err(WebError::TooLarge);
    }
    let sum = sum.hex();
    let known = sums(&found).into_iter().find(|known| known.sum == sum);
    let compared = Compared {
        tone: if known.is_some() { Tone::Ok } else { Tone::Overdue },
        name: if sent.name.is_empty() { "Berkas itu".to_owned() } else { sent.name },
        result: known.map_or_else(
            || "berbeda dari naskah yang diterbitkan dan dari pindaian yang tercatat".to_owned(),
            |known| known.means,
        ),
        sum,
    };
    Ok(unlisted(html(&page(&request, &app, &found, Some(compared)))?))
}

/// Every file that counts as the same.
fn sums(found: &Found) -> Vec<KnownSum> {
    let print = &found.print;
    let printed = match print.stage {
        PrintStage::Final => ("PDF yang diterbitkan", "sama persis dengan naskah yang diterbitkan"),
        PrintStage::Ready => {
            ("PDF siap tanda tangan", "sama persis dengan naskah siap tanda tangan yang dicetak")
        }
    };
    let mut all = vec![KnownSum {
        label: printed.0.to_owned(),
        sum: print.printed.pdf_sha256.clone(),
        means: printed.1.to_owned(),
    }];
    if let Some(text) = &print.registered {
        all.push(KnownSum {
            label: "PDF dengan nomor yang didaftarkan kemudian".to_owned(),
            sum: text.pdf_sha256.clone(),
            means: "sama persis dengan naskah yang diterbitkan, dengan nomor yang didaftarkan kemudian"
                .to_owned(),
        });
    }
    all.extend(found.scans.iter().map(|scan| KnownSum {
        label: format!("Pindaian bertanda tangan, dicatat {}", found.office.zone.stamp(scan.noted_at)),
        sum: scan.sha256.clone(),
        means: "sama dengan pindaian bertanda tangan yang tercatat".to_owned(),
    }));
    all
}

fn page(request: &HttpRequest, app: &App, found: &Found, compared: Option<Compared>) -> CheckPage {
    let Found { print, office, .. } = found;
    let (tone, verdict, meaning) = verdict(found);
    let mut facts = vec![("Naskah".to_owned(), print.title.clone())];
    facts.extend(print.parties.iter().enumerate().map(|(index, name)| {
        let label = if index == 0 && print.parties.len() > 1 { "Antara" } else { "Dengan" };
        let label = if print.parties.len() == 1 { "Dari" } else { label };
        (label.to_owned(), name.clone())
    }));
    if let Some(on) = print.dated_on {
        facts.push(("Bertanggal".to_owned(), date_long(on)));
    }
    let made = if print.stage == PrintStage::Final { "Diterbitkan" } else { "Dicetak" };
    facts.push((
        made.to_owned(),
        format!("{} oleh {}", office.zone.stamp(print.issued_at), office.short_name),
    ));
    if let Some(at) = print.signed_at {
        facts.push(("Tanda tangan".to_owned(), format!("dicatat {}", office.zone.stamp(at))));
    }
    CheckPage {
        layout: outside(request, app, "Periksa naskah"),
        tone,
        verdict: verdict.to_owned(),
        meaning,
        facts,
        code: grouped(&print.code),
        action: format!("/periksa/{}", print.code),
        sums: sums(found),
        compared,
    }
}

fn verdict(found: &Found) -> (Tone, &'static str, String) {
    let Found { print, office, .. } = found;
    if let Some(withdrawn) = &print.withdrawn {
        return (
            Tone::Overdue,
            "Naskah ini sudah ditarik",
            format!(
                "Ditarik {}. Jangan dipakai; mintalah naskah yang berlaku kepada {}.",
                office.zone.stamp(withdrawn.at),
                office.short_name
            ),
        );
    }
    if print.signed_at.is_some() {
        return (
            Tone::Ok,
            "Naskah ini tercatat ditandatangani",
            "Bandingkan isinya dengan salinan di tangan Anda.".to_owned(),
        );
    }
    if print.replaced_by.is_some() {
        return (
            Tone::Attention,
            "Naskah ini sudah diganti cetakan yang lebih baru",
            format!("Mintalah cetakan terakhirnya kepada {}.", office.short_name),
        );
    }
    match print.stage {
        PrintStage::Final => (
            Tone::Ok,
            "Naskah ini diterbitkan dan berlaku",
            "Bandingkan isinya dengan salinan di tangan Anda.".to_owned(),
        ),
        PrintStage::Ready => (
            Tone::Attention,
            "Naskah ini disiapkan untuk ditandatangani",
            "Belum tercatat ditandatangani; nomornya mungkin masih kosong.".to_owned(),
        ),
    }
}
