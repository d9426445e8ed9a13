//! Papers of an agreement: `GET /perjanjian/{id}/naskah/{paper}.pdf|.docx|.html|.txt`.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::super::error::{Answer, WebError};
use super::super::me::Me;
use super::super::{State as WebState, assets};
use crate::app::App;
use crate::documents::docx::DocxError;
use crate::documents::model::Document;
use crate::documents::papers::{self, PaperError, PaperFormat, PaperKind, PaperRef};
use crate::documents::pdf::PdfError;
use crate::documents::{Job, Print, Stage, html};
use crate::domain::agreement::{Agreement, State};
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
    paper: PaperRef,
    calendar: &Calendar,
    today: NaiveDate,
) -> Result<Vec<Document>, WebError> {
    if let (PaperKind::Pks, Some(document)) = (paper.kind, frozen) {
        return Ok(vec![document]);
    }
    if paper.kind == PaperKind::RenewalNotice && agreement.state() != State::Signed {
        return Err(WebError::Conflict("Surat ini hanya untuk perjanjian yang sedang berjalan.".to_owned()));
    }
    // A letter of the office gets its number from the register when it is sent.
    let stage = match paper.kind {
        PaperKind::RenewalNotice => Stage::ReadyToSign { blank_date: false },
        _ => Stage::Final,
    };
    let job = Job {
        facts: agreement.facts(),
        acts: agreement.acts(),
        calendar,
        today,
        print: Print { stage, ..Print::standard() },
    };
    Ok(papers::print(paper, &job).map_err(unprintable)?.documents)
}

/// Why a paper cannot be printed, for the person who asked for it.
fn unprintable(error: PaperError) -> WebError {
    match error {
        PaperError::Senseless(text) => WebError::Conflict(capitalise(text)),
        PaperError::NoSuch(_) => WebError::NotFound,
        PaperError::Pdf(error @ PdfError::NoGlyph { .. }) => WebError::Conflict(error.to_string()),
        PaperError::Docx(error @ DocxError::Picture { .. }) => {
            WebError::Conflict(capitalise(&error.to_string()))
        }
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
    state: web::Data<WebState>,
    me: Me,
    path: web::Path<(Uuid, String)>,
) -> Answer {
    me.must(Act::ReadAgreements)?;
    let (id, file) = path.into_inner();
    let (name, ending) = file.rsplit_once('.').ok_or(WebError::NotFound)?;
    let reference: PaperRef = name.parse().map_err(|()| WebError::NotFound)?;
    let format =
        PaperFormat::ALL.iter().copied().find(|format| format.code() == ending).ok_or(WebError::NotFound)?;
    let (scope, app_in) = (me.scope(), app.clone());
    let (agreement, frozen, calendar) = app
        .store
        .read(move |db| {
            let agreement = agreements::find(db, scope, id)?;
            let frozen = frozen_papers::find(db, scope.office_id, id, &reference.to_string())?;
            let calendar = app_in.calendar(db, scope.office_id)?;
            Ok((agreement, frozen, calendar))
        })
        .await?;
    let documents = paper(&agreement, thawed(frozen)?, reference, &calendar, me.today)?;
    // A browser shows all but a DOCX itself.
    let place = if format == PaperFormat::Docx { "attachment" } else { "inline" };
    let disposition = format!("{place}; filename=\"{}\"", file_name(&agreement, reference, format));
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_DISPOSITION, disposition));
    if format == PaperFormat::Html {
        let title = documents.first().map(|document| document.title.as_str()).unwrap_or_default();
        let articles = html::render_all(&documents);
        let body = standing_alone(title, &articles)?;
        return Ok(response.content_type("text/html; charset=utf-8").body(body));
    }
    let _turn = super::super::turn(&state.paper_turn).await?;
    let bytes = web::block(move || papers::write(&documents, format)).await.map_err(|_| WebError::Busy)?;
    Ok(response.content_type(format.content_type()).body(bytes.map_err(unprintable)?))
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
fn file_name(agreement: &Agreement, paper: PaperRef, format: PaperFormat) -> String {
    let name: String = crate::store::key(&agreement.name())
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    format!("{}-{}.{}", paper.to_string().to_uppercase(), name.trim_matches('-'), format.code())
}
