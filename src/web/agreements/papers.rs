//! Papers of an agreement: `GET /perjanjian/{id}/naskah/{paper}.pdf|.html|.txt`.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::super::error::{Answer, WebError};
use super::super::me::Me;
use super::super::{State, assets};
use crate::app::App;
use crate::documents::model::Document;
use crate::documents::{self, PrintState, html, letter, pdf, pks, text};
use crate::domain::agreement::{Agreement, State as Stage};
use crate::domain::deadline::{Step, deadlines};
use crate::domain::permission::Act;
use crate::store::{agreements, frozen_papers};

/// Papers that can be printed now: name in addresses and commands, title.
pub const PAPERS: &[(&str, &str)] = &[
    ("pks", "Perjanjian Kerja Sama (PKS)"),
    ("surat-pemberitahuan", "Surat pemberitahuan masa berlaku akan berakhir"),
];

/// A paper of an agreement as it stands: the frozen text once it was signed here, else from the facts.
///
/// # Errors
/// When the wording is faulty, or the letter has no date to speak of.
pub fn paper(
    agreement: &Agreement,
    frozen: Option<Document>,
    name: &str,
    calendar: &crate::domain::calendar::Calendar,
    today: chrono::NaiveDate,
) -> Result<Document, WebError> {
    let faulty = |error: documents::clause::ClauseError| {
        WebError::Internal(anyhow::anyhow!("susunan naskah: {error}"))
    };
    match name {
        "pks" => {
            if let Some(document) = frozen {
                return Ok(document);
            }
            let print = PrintState { draft: agreement.state() == Stage::Drafting, ..PrintState::default() };
            Ok(pks::pks(agreement.facts(), &print).map_err(faulty)?.document)
        }
        "surat-pemberitahuan" => {
            let due = deadlines(agreement.facts(), agreement.acts(), calendar, today)
                .into_iter()
                .find(|deadline| deadline.step == Step::RenewalLetter);
            let end = crate::domain::deadline::term_end(agreement.facts());
            let (Some(due), Some(end), Stage::Signed) = (due, end, agreement.state()) else {
                return Err(WebError::Conflict(
                    "Surat ini baru ada setelah perjanjian ditandatangani dan hari terakhirnya diketahui."
                        .to_owned(),
                ));
            };
            let notice = letter::RenewalNotice {
                dated: today,
                letter_due_on: due.due_on,
                ends_on: end.last_day,
                rule: &due.rule,
            };
            Ok(letter::renewal_notice(agreement.facts(), &notice, &PrintState::default())
                .map_err(faulty)?
                .document)
        }
        _ => Err(WebError::NotFound),
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
    let (name, format) = file.rsplit_once('.').ok_or(WebError::NotFound)?;
    if !PAPERS.iter().any(|(known, _)| *known == name) || !["pdf", "html", "txt"].contains(&format) {
        return Err(WebError::NotFound);
    }
    let (scope, wanted, app_in) = (me.scope(), name.to_owned(), app.clone());
    let (agreement, frozen, calendar) = app
        .store
        .read(move |db| {
            let agreement = agreements::find(db, scope, id)?;
            let frozen = frozen_papers::find(db, scope.office_id, id, &wanted)?;
            let calendar = app_in.calendar(db, scope.office_id)?;
            Ok((agreement, frozen, calendar))
        })
        .await?;
    let document = paper(&agreement, thawed(frozen)?, name, &calendar, me.today)?;
    let disposition = format!("inline; filename=\"{}\"", file_name(&agreement, name, format));
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_DISPOSITION, disposition));
    match format {
        "pdf" => {
            let _turn = super::super::turn(&state.paper_turn).await?;
            let bytes = web::block(move || pdf::render(&document)).await.map_err(|_| WebError::Busy)?;
            let bytes = bytes
                .map_err(|error| WebError::Internal(anyhow::anyhow!("naskah tidak tercetak: {error}")))?;
            Ok(response.content_type("application/pdf").body(bytes))
        }
        "html" => Ok(response
            .content_type("text/html; charset=utf-8")
            .body(standing_alone(&document, &html::render(&document)))),
        _ => Ok(response.content_type("text/plain; charset=utf-8").body(text::render(&document))),
    }
}

/// The paper as a page of its own.
fn standing_alone(document: &Document, article: &str) -> String {
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
    askama::Template::render(&Page { title: &document.title, version: assets::version(), article })
        .unwrap_or_default()
}

/// "PKS-dinas-perikanan-kabupaten-nusa-kencana.pdf".
fn file_name(agreement: &Agreement, paper: &str, format: &str) -> String {
    let name: String = crate::store::key(&agreement.name())
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    format!("{}-{}.{format}", paper.to_uppercase(), name.trim_matches('-'))
}
