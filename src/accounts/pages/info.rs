//! Pages for everybody: help, accessibility, data protection, health.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, Responder};
use askama::Template;
use diesel::prelude::*;

use crate::accounts::SignedIn;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Page};

#[derive(Template)]
#[template(path = "info/help.html")]
struct HelpPage {
    frame: Frame,
}

#[derive(Template)]
#[template(path = "info/accessibility.html")]
struct AccessibilityPage {
    frame: Frame,
}

#[derive(Template)]
#[template(path = "info/privacy.html")]
struct PrivacyPage {
    frame: Frame,
}

/// Help.
pub async fn help(user: Option<SignedIn>) -> impl Responder {
    Page(HelpPage { frame: frame(user) })
}

/// What is done for accessibility, and what is not yet.
pub async fn accessibility(user: Option<SignedIn>) -> impl Responder {
    Page(AccessibilityPage { frame: frame(user) })
}

/// Which personal data the portal holds and why.
pub async fn privacy(user: Option<SignedIn>) -> impl Responder {
    Page(PrivacyPage { frame: frame(user) })
}

/// Whether the portal can work: the database answers. Tells nothing else.
///
/// # Errors
/// `Busy` when it does not.
pub async fn health(db: Data<Db>) -> Result<HttpResponse, AppError> {
    let answered = db
        .read(|conn| diesel::select(1_i32.into_sql::<diesel::sql_types::Integer>()).execute(conn))
        .await;
    if !matches!(answered, Ok(Ok(_))) {
        return Err(AppError::Busy("the database does not answer"));
    }
    Ok(HttpResponse::build(StatusCode::OK)
        .content_type("text/plain; charset=utf-8")
        .body("baik\n"))
}

fn frame(user: Option<SignedIn>) -> Frame {
    user.filter(|user| !user.is_idle())
        .map_or_else(Frame::bare, |user| user.frame(""))
}
