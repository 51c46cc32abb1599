//! The confidentiality statement, accepted once before any data is seen.
//!
//! The agreements make each side see to it that its people keep the data
//! confidential (Setneg 2022 Pasal 11, BPS 2023 Pasal 9, LAN 2025 Pasal 9,
//! Itjen Kemendagri 2025 Pasal 10; each in ayat (5)).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Query};
use askama::Template;
use serde::Deserialize;

use crate::accounts::{SignedIn, actions};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::Db;
use crate::platform::web::{AppError, FormErrors, Frame, filters, local_path, rendered, see_other};

/// Which wording a person accepted; raised when the wording changes.
const EDITION: &str = "2026-11";

/// Whether the box was ticked, and where to go then.
#[derive(Debug, Deserialize)]
pub struct StatementForm {
    #[serde(default)]
    setuju: String,
    #[serde(default)]
    tujuan: String,
}

/// Where to go afterwards.
#[derive(Debug, Deserialize)]
pub struct StatementQuery {
    #[serde(default)]
    tujuan: String,
}

#[derive(Template)]
#[template(path = "accounts/statement.html")]
struct StatementPage {
    frame: Frame,
    name: String,
    accepted_at: Option<Moment>,
    tujuan: String,
    errors: FormErrors,
}

impl StatementPage {
    fn of(user: &SignedIn, tujuan: &str, errors: FormErrors) -> Self {
        Self {
            frame: user.frame(""),
            name: user.account.name.clone(),
            accepted_at: user.account.confidentiality_accepted_at,
            tujuan: local_path(tujuan).unwrap_or_default(),
            errors,
        }
    }
}

/// Shows the statement.
pub async fn show(user: SignedIn, query: Query<StatementQuery>) -> HttpResponse {
    let page = StatementPage::of(&user, &query.tujuan, FormErrors::new());
    rendered(StatusCode::OK, &page)
}

/// Records that it was accepted.
///
/// # Errors
/// The database's.
pub async fn accept(
    user: SignedIn,
    form: Form<StatementForm>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    if form.setuju != "ya" {
        let sentence = "Beri tanda pada pernyataan ini untuk melanjutkan.";
        let page = StatementPage::of(&user, &form.tujuan, FormErrors::one("setuju", sentence));
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let now = clock.now();
    db.write(move |conn| actions::accept_statement(conn, &user.account, EDITION, now))
        .await??;
    Ok(see_other(
        local_path(&form.tujuan).as_deref().unwrap_or("/"),
    ))
}
