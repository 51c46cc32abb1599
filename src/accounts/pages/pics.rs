//! The PICs of the own institution, for its lead PIC.

use actix_web::Responder;
use actix_web::web::Data;
use askama::Template;

use crate::accounts::model::Account;
use crate::accounts::{Role, SignedIn, queries};
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Page, filters};

#[derive(Template)]
#[template(path = "accounts/pics.html")]
struct PicsPage {
    frame: Frame,
    people: Vec<Account>,
    own_role: Role,
}

impl PicsPage {
    fn may_end(&self, account: &Account) -> bool {
        self.own_role.appoints(account.role)
    }
}

/// Shows who works for the institution.
///
/// # Errors
/// The database's.
pub async fn show(user: SignedIn, db: Data<Db>) -> Result<impl Responder, AppError> {
    let institution = user.account.institution_id;
    let people = db
        .read(move |conn| {
            let roles = Role::of_institution(false);
            queries::colleagues(conn, institution, roles)
        })
        .await??;
    Ok(Page(PicsPage {
        frame: user.frame("/pic"),
        people,
        own_role: user.account.role,
    }))
}
