//! What a handler answers when it does not answer a page.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};

use crate::domain::agreement::Refused;
use crate::store::StoreError;

/// Why a request was not served.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// Nobody is signed in: to the sign-in page, and back to this path.
    #[error("belum masuk")]
    SignIn(String),
    /// Not there, or not for this person: both look the same.
    #[error("tidak ada")]
    NotFound,
    /// The role may not do this.
    #[error("tidak boleh")]
    Forbidden,
    /// The address takes other methods; which.
    #[error("metode lain: {0}")]
    WrongMethod(String),
    /// Somebody changed it meanwhile, or the act does not fit the state.
    #[error("{0}")]
    Conflict(String),
    /// The address or form cannot be read.
    #[error("{0}")]
    BadRequest(String),
    /// The form is too large.
    #[error("terlalu besar")]
    TooLarge,
    /// What was typed does not hold; pages usually show it beside the field instead.
    #[error("{0}")]
    Invalid(String),
    /// Too many tries.
    #[error("terlalu sering")]
    TooMany,
    /// Too busy; come back.
    #[error("sedang sibuk")]
    Busy,
    /// Anything else: logged, never shown.
    #[error("galat: {0}")]
    Internal(#[source] anyhow::Error),
}

/// What a handler answers.
pub type Answer = Result<HttpResponse, WebError>;

impl WebError {
    /// The sentence for the error page, where the status alone does not say enough.
    pub fn told(&self) -> Option<String> {
        match self {
            Self::Conflict(text) | Self::BadRequest(text) | Self::Invalid(text) => Some(text.clone()),
            _ => None,
        }
    }
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Stale { .. } => {
                Self::Conflict("Seseorang sudah mengubahnya sejak halaman ini dibuka.".to_owned())
            }
            StoreError::Taken(text) => Self::Conflict(text),
            StoreError::Busy(_) => Self::Busy,
            StoreError::Database(cause) => Self::Internal(cause),
        }
    }
}

impl From<Refused> for WebError {
    fn from(refused: Refused) -> Self {
        Self::Conflict(refused.to_string())
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<anyhow::Error> for WebError {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::SignIn(_) => StatusCode::SEE_OTHER,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::WrongMethod(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        match self {
            Self::SignIn(path) => {
                let target = if path == "/" {
                    "/masuk".to_owned()
                } else {
                    format!("/masuk?next={}", super::encode(path))
                };
                response.insert_header((header::LOCATION, target));
            }
            Self::WrongMethod(taken) => {
                response.insert_header((header::ALLOW, taken.as_str()));
            }
            Self::TooMany => {
                response.insert_header((header::RETRY_AFTER, "180"));
            }
            Self::Busy => {
                response.insert_header((header::RETRY_AFTER, "5"));
            }
            Self::Internal(cause) => tracing::error!(error = format!("{cause:#}"), "permintaan gagal"),
            _ => {}
        }
        response.finish()
    }
}
