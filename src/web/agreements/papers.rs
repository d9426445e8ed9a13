//! Papers of an agreement: `GET /perjanjian/{id}/naskah/{paper}.pdf|.docx|.html|.txt`.

use actix_web::http::header;
use actix_web::{HttpResponse, HttpResponseBuilder, web};
use uuid::Uuid;

use super::super::error::{Answer, WebError};
use super::super::me::Me;
use super::super::{State, assets};
use super::paper_lines::Desk;
use crate::app::App;
use crate::documents::Stage;
use crate::documents::docx::DocxError;
use crate::documents::html;
use crate::documents::model::Document;
use crate::documents::papers::{self, PaperError, PaperFormat, PaperKind};
use crate::documents::pdf::PdfError;
use crate::domain::agreement::{Agreement, State as Standing};
use crate::domain::permission::Act;
use crate::domain::wording::capitalise;
use crate::store::{agreements, frozen_papers};

/// A paper of an agreement as it stands: the frozen text once it was signed here; a draft while the
/// agreement is one; else what the facts say, marked as a draft only where one is missing.
///
/// # Errors
/// When the wording is faulty, or the letter has no date to speak of.
fn paper(
    agreement: &Agreement,
    frozen: Option<Document>,
    name: &str,
    desk: &Desk<'_>,
) -> Result<Vec<Document>, WebError> {
    if let ("pks", Some(document)) = (name, frozen) {
        return Ok(vec![document]);
    }
    if name == PaperKind::RenewalNotice.code() && agreement.state() != Standing::Signed {
        return Err(WebError::Conflict("Surat ini hanya untuk perjanjian yang sedang berjalan.".to_owned()));
    }
    let stage = if agreement.state() == Standing::Drafting { Stage::Draft } else { Stage::Final };
    let printed = desk.print(name, stage).ok_or(WebError::NotFound)?.map_err(unprintable)?;
    Ok(printed.documents)
}

/// Why a paper cannot be printed, for the person who asked for it.
pub(super) fn unprintable(error: PaperError) -> WebError {
    match error {
        PaperError::Senseless(text) => WebError::Conflict(capitalise(text)),
        PaperError::NoSuch(_) => WebError::NotFound,
        PaperError::Docx(error @ DocxError::Picture { .. }) => {
            WebError::Conflict(capitalise(&error.to_string()))
        }
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
    let format =
        PaperFormat::ALL.iter().copied().find(|format| format.code() == ending).ok_or(WebError::NotFound)?;
    let (scope, app_in, wanted) = (me.scope(), app.clone(), name.to_owned());
    let (agreement, frozen, calendar, stationery) = app
        .store
        .read(move |db| {
            let agreement = agreements::find(db, scope, id)?;
            let frozen = frozen_papers::find(db, scope.office_id, id, &wanted)?;
            let calendar = app_in.calendar(db, scope.office_id)?;
            Ok((agreement, frozen, calendar, app_in.stationery(db, scope.office_id, Some(id))?))
        })
        .await?;
    let desk = Desk {
        agreement: &agreement,
        calendar: &calendar,
        stationery: &stationery,
        today: me.today,
        blank_dates: false,
    };
    let documents = paper(&agreement, thawed(frozen)?, name, &desk)?;
    let (mut response, bytes) = answer(&state, &agreement, name, documents, format).await?;
    Ok(response.body(bytes))
}

/// A document as a file: the answer without its body, and the body.
///
/// # Errors
/// 503 when papers are being printed for too long; 409 for a letter that no font has.
pub(super) async fn answer(
    state: &web::Data<State>,
    agreement: &Agreement,
    name: &str,
    documents: Vec<Document>,
    format: PaperFormat,
) -> Result<(HttpResponseBuilder, Vec<u8>), WebError> {
    // A browser shows all but a DOCX itself.
    let place = if format == PaperFormat::Docx { "attachment" } else { "inline" };
    let disposition = format!("{place}; filename=\"{}\"", file_name(agreement, name, format));
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_DISPOSITION, disposition));
    if format == PaperFormat::Html {
        let title = documents.first().map(|document| document.title.as_str()).unwrap_or_default();
        let body = standing_alone(title, &html::render_all(&documents))?;
        response.content_type("text/html; charset=utf-8");
        return Ok((response, body.into_bytes()));
    }
    let _turn = super::super::turn(&state.paper_turn).await?;
    let bytes = web::block(move || papers::write(&documents, format)).await.map_err(|_| WebError::Busy)?;
    response.content_type(format.content_type());
    Ok((response, bytes.map_err(unprintable)?))
}

/// The paper as a page of its own.
fn standing_alone(title: &str, article: &str) -> Result<String, WebError> {
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
    Ok(askama::Template::render(&Page { title, version: assets::version(), article })?)
}

/// "PKS-dinas-perikanan-kabupaten-nusa-kencana.pdf".
fn file_name(agreement: &Agreement, paper: &str, format: PaperFormat) -> String {
    let agency: String = crate::store::key(&agreement.name())
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    format!("{}-{}.{}", paper.to_uppercase(), agency.trim_matches('-'), format.code())
}
