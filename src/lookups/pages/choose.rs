//! Where to look, when the Annexes open more than one data set.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::SECTION;
use crate::accounts::{Permission, SignedIn};
use crate::lookups::actions::{self, Offer};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, filters, rendered, see_other};

#[derive(Template)]
#[template(path = "lookups/choose.html")]
struct ChoosePage {
    frame: Frame,
    offers: Vec<Offer>,
}

/// Shows what can be looked into; where that is one data set, leads there.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    if !user.account.role.may(Permission::LookUp) {
        return Ok(see_other("/pencarian/riwayat"));
    }
    let (scope, today) = (user.scope(), clock.now().jakarta_date());
    let offers = db
        .read(move |conn| actions::offers(conn, scope, today))
        .await??;
    if let [only] = offers.as_slice() {
        return Ok(see_other(&only.address()));
    }
    let frame = user.frame(SECTION);
    Ok(rendered(StatusCode::OK, &ChoosePage { frame, offers }))
}

impl Offer {
    /// Where it is looked into.
    fn address(&self) -> String {
        let agreement = self.agreement.id;
        match self.is_units() {
            true => format!("/unit-kerja/{agreement}"),
            false => format!("{SECTION}/{agreement}/{}", self.grant.dataset),
        }
    }
}
