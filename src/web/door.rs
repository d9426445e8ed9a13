//! The door: what every request passes and every answer carries.
//!
//! Request id, same-origin rule, one log line, security headers, error pages, and a panic that
//! becomes a page instead of a broken connection.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, ResponseError, web};
use askama::Template;

use super::error::WebError;
use super::pages::errors::{Again, ErrorPage};
use super::pages::layout::Layout;
use crate::app::App;

/// Identifies a request in its page and in the log.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Styles, scripts, fonts and pictures come from here only; nothing inline; never framed.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors 'none'; \
                      object-src 'none'; manifest-src 'self'";

/// Everything that every request passes.
///
/// # Errors
/// Only for a panic or a failure outside any handler; the error carries its page.
pub async fn pass(
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<EitherBody<BoxBody>>, Error> {
    let started = Instant::now();
    // No copy of the request may be kept across `next`: routing needs it for itself alone.
    let app = request.app_data::<web::Data<App>>().cloned();
    let id = app.as_ref().map_or_else(String::new, |app| app.ids.next().to_string());
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    let app = app.as_ref().map(web::Data::get_ref);
    let secure = app.is_some_and(|app| app.config.is_https());

    let outcome = if allowed(&request, app.map(|app| app.config.base_url.as_str())) {
        Guarded(Box::pin(next.call(request))).await
    } else {
        Some(Ok(request.into_response(HttpResponse::Forbidden().finish())))
    };
    let ms = || started.elapsed().as_secs_f64() * 1_000.0;
    let mut response = match outcome {
        Some(Ok(response)) => response.map_into_left_body(),
        broken => {
            let status = match &broken {
                Some(Err(error)) => error.as_response_error().status_code(),
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            tracing::error!(request_id = %id, method = %method, status = status.as_u16(), ms = ms(), "request broken");
            return Err(Broken { page: page(status, None, None, app, &id), status, id, secure }.into());
        }
    };
    let status = response.status();
    if (status.is_client_error() || status.is_server_error()) && !is_html(&response) {
        response = error_page(response, app, &id);
    }
    add_headers(response.headers_mut(), &id, secure);
    let route = response.request().match_pattern().unwrap_or_else(|| "(tidak ada)".to_owned());
    tracing::info!(request_id = %id, method = %method, route, status = status.as_u16(), ms = ms(), "request");
    Ok(response)
}

/// A request that no handler answered: it carries its own page and headers.
#[derive(Debug)]
struct Broken {
    page: String,
    status: StatusCode,
    id: String,
    secure: bool,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("request broken")
    }
}

impl ResponseError for Broken {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response =
            HttpResponse::build(self.status).content_type("text/html; charset=utf-8").body(self.page.clone());
        add_headers(response.headers_mut(), &self.id, self.secure);
        response
    }
}

/// Same-origin rule: a request that may change something comes from our own pages. Browsers say so
/// in `Sec-Fetch-Site`; older ones name the `Origin`. With neither it is refused.
fn allowed(request: &ServiceRequest, base_url: Option<&str>) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => Some(origin) == base_url,
        (None, None) => false,
    }
}

fn is_html<B>(response: &ServiceResponse<B>) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// The page of an error in Indonesian: what happened, what to do next, and the request id.
fn page(
    status: StatusCode,
    told: Option<String>,
    again: Option<Again>,
    app: Option<&App>,
    id: &str,
) -> String {
    let layout = Layout {
        request_id: id.to_owned(),
        asset_version: super::assets::version().to_owned(),
        banner: app.and_then(super::me::banner),
        ..Layout::default()
    };
    let mut page = ErrorPage::of(status.as_u16(), layout);
    if let Some(text) = told {
        page = page.because(text);
    }
    page.again = again;
    page.render().unwrap_or_else(|_| format!("Galat {status}. Nomor permintaan {id}."))
}

/// Replaces an empty error answer by its page.
fn error_page(
    response: ServiceResponse<EitherBody<BoxBody>>,
    app: Option<&App>,
    id: &str,
) -> ServiceResponse<EitherBody<BoxBody>> {
    let status = response.status();
    let told =
        response.response().error().and_then(|error| error.as_error::<WebError>()).and_then(WebError::told);
    let again = (status == StatusCode::SERVICE_UNAVAILABLE)
        .then(|| response.request().extensions_mut().remove::<Again>())
        .flatten()
        .filter(|again| !again.pairs.is_empty());
    let body = page(status, told, again, app, id);
    let (request, old) = response.into_parts();
    let mut fresh = HttpResponse::build(status);
    for name in [header::RETRY_AFTER, header::ALLOW, header::SET_COOKIE] {
        for value in old.headers().get_all(&name) {
            fresh.append_header((name.clone(), value.clone()));
        }
    }
    let fresh = fresh.content_type("text/html; charset=utf-8").body(body);
    ServiceResponse::new(request, fresh).map_into_right_body()
}

/// Headers of every answer, errors and files included.
fn add_headers(headers: &mut actix_web::http::header::HeaderMap, id: &str, secure: bool) {
    let fixed = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
        ("x-frame-options", "DENY"),
    ];
    for (name, value) in fixed {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    if secure {
        // Whatever sets a cookie, over https it is for https only.
        let cookies: Vec<HeaderValue> = headers.remove(header::SET_COOKIE).collect();
        for cookie in cookies {
            let text = cookie.to_str().unwrap_or_default();
            let bound = if text.contains("; Secure") {
                Ok(cookie.clone())
            } else {
                format!("{text}; Secure").try_into()
            };
            headers.append(header::SET_COOKIE, bound.unwrap_or(cookie));
        }
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
}

/// A future whose panic is an answer: `None`.
struct Guarded<F>(Pin<Box<F>>);

impl<F: Future> Future for Guarded<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let inner = &mut self.0;
        match std::panic::catch_unwind(AssertUnwindSafe(|| inner.as_mut().poll(cx))) {
            Ok(Poll::Ready(output)) => Poll::Ready(Some(output)),
            Ok(Poll::Pending) => Poll::Pending,
            Err(_) => Poll::Ready(None),
        }
    }
}

/// Boxes the body of the inner service, so that [`pass`] has one type to speak of.
///
/// # Errors
/// What the inner service answers.
pub async fn boxed(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}
