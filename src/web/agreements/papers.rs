//! Papers of an agreement: `GET /perjanjian/{id}/naskah/{paper}.pdf|.html|.txt`.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::super::error::{Answer, WebError};
use super::super::me::Me;
use super::super::{State, assets};
use crate::app::App;
use crate::documents::model::Document;
use crate::documents::papers::{self, PaperError, PaperFormat, PaperKind};
use crate::documents::pdf::PdfError;
use crate::documents::{Job, Print, Stationery, html};
use crate::domain::agreement::{Agreement, State as Stage};
use crate::domain::calendar::Calendar;
use crate::domain::permission::Act;
use crate::domain::wording::capitalise;
use crate::store::{agreements, frozen_papers};

/// A paper of an agreement as it stands: the frozen text once it was signed here, else from the facts.
///
/// # Errors
/// When the wording is faulty, or the letter has no date to speak of.
fn paper(
    agreement: &Agreement,
    frozen: Option<Document>,
    kind: PaperKind,
    calendar: &Calendar,
    today: NaiveDate,
    stationery: &Stationery,
) -> Result<Document, WebError> {
    if let (PaperKind::Pks, Some(document)) = (kind, frozen) {
        return Ok(document);
    }
    if kind == PaperKind::RenewalNotice && agreement.state() != Stage::Signed {
        return Err(WebError::Conflict("Surat ini hanya untuk perjanjian yang sedang berjalan.".to_owned()));
    }
    let job = Job {
        facts: agreement.facts(),
        acts: agreement.acts(),
        calendar,
        today,
        print: Print { stage: crate::documents::Stage::Final, stationery },
    };
    Ok(papers::print_job(kind, &job).map_err(unprintable)?.marked().document)
}

/// Why a paper cannot be printed, for the person who asked for it.
pub fn unprintable(error: PaperError) -> WebError {
    match error {
        PaperError::Senseless(text) => WebError::Conflict(capitalise(text)),
        // An own wording may meet facts that its check did not foresee.
        PaperError::Wording(error) => WebError::Conflict(error.to_string()),
        PaperError::Pdf(error @ PdfError::NoGlyph { .. }) => WebError::Conflict(error.to_string()),
        other => WebError::Internal(other.into()),
    }
}

/// The document of a frozen paper.
///
/// # Errors
/// When the stored text is no document.
pub fn thawed(frozen: Option<frozen_papers::Frozen>) -> Result<Option<Document>, WebError> {
    let read = |frozen: frozen_papers::Frozen| serde_json::from_str(&frozen.text);
    frozen.map(read).transpose().map_err(|error| WebError::Internal(error.into()))
}

/// `GET /perjanjian/{id}/naskah/{paper}.{format}`
///
/// # Errors
/// 404 for an unknown paper or format, or an agreement out of sight.
pub async fn show(
    app: web::Data<App>,
    state: web::Data<State>,
    me: Me,
    path: web::Path<(Uuid, String)>,
) -> Answer {
    me.must(Act::ReadAgreements)?;
    let (id, file) = path.into_inner();
    let (name, ending) = file.rsplit_once('.').ok_or(WebError::NotFound)?;
    let kind = PaperKind::ALL.iter().copied().find(|kind| kind.code() == name).ok_or(WebError::NotFound)?;
    let format =
        PaperFormat::ALL.iter().copied().find(|format| format.code() == ending).ok_or(WebError::NotFound)?;
    let (scope, app_in) = (me.scope(), app.clone());
    let (agreement, frozen, calendar, stationery) = app
        .store
        .read(move |db| {
            let agreement = agreements::find(db, scope, id)?;
            let frozen = frozen_papers::find(db, scope.office_id, id, kind.code())?;
            let calendar = app_in.calendar(db, scope.office_id)?;
            let stationery = app_in.stationery(db, scope.office_id, Some(id))?;
            Ok((agreement, frozen, calendar, stationery))
        })
        .await?;
    let document = paper(&agreement, thawed(frozen)?, kind, &calendar, me.today, &stationery)?;
    let disposition = format!("inline; filename=\"{}\"", file_name(&agreement, kind, format));
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_DISPOSITION, disposition));
    if format == PaperFormat::Html {
        let body = standing_alone(&document, &html::render(&document))?;
        return Ok(response.content_type("text/html; charset=utf-8").body(body));
    }
    let _turn = super::super::turn(&state.paper_turn).await?;
    let bytes = web::block(move || papers::write(&document, format)).await.map_err(|_| WebError::Busy)?;
    let content = if format == PaperFormat::Pdf { "application/pdf" } else { "text/plain; charset=utf-8" };
    Ok(response.content_type(content).body(bytes.map_err(unprintable)?))
}

/// The paper as a page of its own.
fn standing_alone(document: &Document, article: &str) -> Result<String, WebError> {
    #[derive(askama::Template)]
    #[template(
        source = "<!doctype html><html lang=\"id\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{{ title }}</title><link rel=\"stylesheet\" href=\"/assets/css/paper.css?v={{ version }}\"></head><body class=\"paper-page\">{{ article|safe }}</body></html>",
        ext = "html"
    )]
    struct Page<'a> {
        title: &'a str,
        version: &'a str,
        /// Rendered and escaped by the paper's own writer.
        article: &'a str,
    }
    Ok(askama::Template::render(&Page { title: &document.title, version: assets::version(), article })?)
}

/// "PKS-dinas-perikanan-kabupaten-nusa-kencana.pdf".
fn file_name(agreement: &Agreement, kind: PaperKind, format: PaperFormat) -> String {
    let name: String = crate::store::key(&agreement.name())
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    format!("{}-{}.{}", kind.code().to_uppercase(), name.trim_matches('-'), format.code())
}
