//! The pages of the catalogue: the list, one data set, and its files.

pub mod files;
pub mod list;
pub mod show;

use diesel::QueryResult;

use super::model::{Documented, documented};
use crate::accounts::Scope;
use crate::agreements;
use crate::datasets;
use crate::platform::clock::Moment;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::AppError;
use crate::references::LoadedCodes;

/// The address of the list.
pub(super) const SECTION: &str = "/set-data";

/// What a reader may know.
fn within(conn: &mut DbConn, scope: Scope, now: Moment) -> QueryResult<Vec<Documented>> {
    let today = now.jakarta_date();
    let granted = agreements::granted_within(conn, scope, today)?;
    let all = datasets::all().unwrap_or_default();
    let is_staff = scope.institution().is_none();
    Ok(documented(all, &granted, is_staff, today))
}

/// One data set that a reader may know; any other is a 404.
async fn found(db: &Db, scope: Scope, name: String, now: Moment) -> Result<Documented, AppError> {
    let known = db.read(move |conn| within(conn, scope, now)).await??;
    let is_meant = |one: &Documented| one.dataset().name == name;
    known.into_iter().find(is_meant).ok_or(AppError::NotFound)
}

/// The reference lists that these fields and the populations refer to.
fn load_codes(conn: &mut DbConn, one: &Documented) -> QueryResult<LoadedCodes> {
    let fields = one.fields.iter().filter_map(|it| it.reference.as_deref());
    let lists: Vec<&str> = fields
        .chain(agreements::Population::LISTS.iter().copied())
        .collect();
    LoadedCodes::load(conn, &lists)
}
