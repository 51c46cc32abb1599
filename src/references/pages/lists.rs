//! Every list, with its version.

use actix_web::Responder;
use actix_web::web::Data;
use askama::Template;

use super::SECTION;
use crate::accounts::{Permission, SignedIn};
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Page, filters};
use crate::references::model::{List, Version};
use crate::references::queries::find;

#[derive(Template)]
#[template(path = "references/lists.html")]
struct ListsPage {
    frame: Frame,
    may_import: bool,
    lists: Vec<(List, Version)>,
}

/// Shows the lists.
///
/// # Errors
/// The database's.
pub async fn show(user: SignedIn, db: Data<Db>) -> Result<impl Responder, AppError> {
    let lists = db.read(find::lists).await??;
    Ok(Page(ListsPage {
        frame: user.frame(SECTION),
        may_import: user.account.role.may(Permission::ManagePartners),
        lists,
    }))
}
