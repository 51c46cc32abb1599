//! Style, script, font and icons, part of the program.

use actix_web::http::header;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use std::collections::HashMap;
use std::sync::LazyLock;

use super::error::AppError;
use crate::platform::secret;

#[derive(rust_embed::RustEmbed)]
#[folder = "static/"]
struct Assets;

/// Eight digits of each file's hash: a changed file has a new address.
static VERSIONS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    Assets::iter()
        .filter_map(|name| {
            let hash = secret::hex(&Assets::get(&name)?.metadata.sha256_hash());
            Some((name.into_owned(), hash.get(..8)?.to_owned()))
        })
        .collect()
});

/// The address of a file under `static/`.
pub fn asset(name: &str) -> String {
    let version = VERSIONS.get(name).map_or("", String::as_str);
    format!("/statis/{name}?v={version}")
}

/// Answers a file under `static/`, cacheable for a year under its version.
///
/// # Errors
/// Not found.
pub async fn serve(request: HttpRequest, name: Path<String>) -> Result<HttpResponse, AppError> {
    let file = Assets::get(&name).ok_or(AppError::NotFound)?;
    let mut response = HttpResponse::Ok();
    let versioned = request.query_string().starts_with("v=");
    let cache = if versioned {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=3600"
    };
    Ok(response
        .content_type(media_type(&name))
        .insert_header((header::CACHE_CONTROL, cache))
        .body(file.data.into_owned()))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}
