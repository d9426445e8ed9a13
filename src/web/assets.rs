//! Styles, scripts, icons and fonts, embedded in the binary; their addresses carry a version, so
//! they may be kept for ever.

use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use rust_embed::RustEmbed;

use super::error::{Answer, WebError};
use crate::secrets::sha256;

#[derive(RustEmbed)]
#[folder = "assets/"]
#[include = "css/*"]
#[include = "js/*"]
#[include = "icons/*.svg"]
#[include = "fonts/web/*.woff2"]
struct Files;

/// Changes whenever an embedded file changes.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let mut names: Vec<_> = Files::iter().collect();
        names.sort();
        let hashes: Vec<u8> = names
            .iter()
            .filter_map(|name| Files::get(name))
            .flat_map(|file| file.metadata.sha256_hash())
            .collect();
        sha256(&hashes)[..12].to_owned()
    });
    &VERSION
}

/// `/assets/{file}`; the version stands in the query.
///
/// # Errors
/// [`WebError::NotFound`] for a file that is not embedded.
pub async fn show(path: web::Path<String>) -> Answer {
    let name = path.into_inner();
    let file = Files::get(&name).ok_or(WebError::NotFound)?;
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => return Err(WebError::NotFound),
    };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(file.data.into_owned()))
}
