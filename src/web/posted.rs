//! What was posted: read with a limit and a deadline, kept as typed.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use super::error::WebError;
use super::pages::errors::Again;
use super::pages::form::Typed;

/// Largest form, in bytes: a fact sheet with hundreds of entries fits many times.
pub const LARGEST_FORM: usize = 1024 * 1024;
/// Most fields of a form.
const MOST_FIELDS: usize = 20_000;
/// How long a body may take; actix itself waits for ever.
const PATIENCE: Duration = Duration::from_secs(20);

/// A posted form.
#[derive(Debug, Clone, Default)]
pub struct Posted {
    /// Fields as typed.
    pub typed: Typed,
    /// The same as pairs, in their order.
    pub pairs: Vec<(String, String)>,
}

impl Posted {
    /// The one-time key of the form.
    pub fn key(&self) -> &str {
        self.typed.text("_key")
    }

    /// The first value of that name, blanks included: for passwords.
    pub fn raw(&self, name: &str) -> &str {
        self.typed.all(name).first().map_or("", String::as_str)
    }

    /// The version that was read, for forms that change something.
    pub fn version(&self) -> Option<i32> {
        self.typed.text("_version").parse().ok()
    }
}

impl FromRequest for Posted {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = Bytes::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let bytes = tokio::time::timeout(PATIENCE, bytes)
                .await
                .map_err(|_| {
                    WebError::BadRequest(
                        "Kiriman terlalu lambat diterima. Periksa sambungan, lalu kirim lagi.".to_owned(),
                    )
                })?
                .map_err(|error| match error.as_response_error().status_code().as_u16() {
                    413 => WebError::TooLarge,
                    _ => WebError::BadRequest(
                        "Kiriman tidak terbaca utuh. Kirim lagi dari formulirnya.".to_owned(),
                    ),
                })?;
            let pairs = pairs(&bytes)?;
            // Kept beside the request: should the store be too busy, the page offers it to be sent again.
            let kept = pairs.iter().filter(|(name, _)| !name.contains("password")).cloned().collect();
            request.extensions_mut().insert(Again { action: request.path().to_owned(), pairs: kept });
            Ok(Self { typed: Typed::from_pairs(pairs.clone()), pairs })
        })
    }
}

/// The pairs of an `application/x-www-form-urlencoded` body, or of the query of an address.
///
/// # Errors
/// For what is not encoded rightly, and for too many fields.
pub fn pairs(body: &[u8]) -> Result<Vec<(String, String)>, WebError> {
    let unreadable = || WebError::BadRequest("Isian memuat tanda yang tidak dikenal.".to_owned());
    if body.is_empty() {
        return Ok(Vec::new());
    }
    let text = std::str::from_utf8(body).map_err(|_| unreadable())?;
    let mut pairs = Vec::new();
    for part in text.split('&') {
        if pairs.len() == MOST_FIELDS {
            return Err(WebError::TooLarge);
        }
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let plain = |text: &str| super::decode(&text.replace('+', " ")).ok_or_else(unreadable);
        let value = plain(value)?;
        if value.contains('\0') {
            return Err(unreadable());
        }
        pairs.push((plain(name)?, value));
    }
    Ok(pairs)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_read_as_typed() {
        let read = pairs(b"a=satu+dua&b=%C3%A9%20%26&a=tiga&c").unwrap();
        let read: Vec<(&str, &str)> =
            read.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(read, [("a", "satu dua"), ("b", "é &"), ("a", "tiga"), ("c", "")]);
        assert!(pairs(b"a=%FF").is_err() && pairs(b"a=%00").is_err());
    }
}
