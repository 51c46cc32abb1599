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
use crate::platform::db::DbConn;
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

/// One data set, if the reader may know it.
fn of_name(
    conn: &mut DbConn,
    scope: Scope,
    name: &str,
    now: Moment,
) -> QueryResult<Option<Documented>> {
    let known = within(conn, scope, now)?;
    let is_meant = |one: &Documented| one.dataset().name == name;
    Ok(known.into_iter().find(is_meant))
}

/// The reference lists that these fields and the populations refer to.
fn load_codes(conn: &mut DbConn, one: &Documented) -> QueryResult<LoadedCodes> {
    let fields = one.fields.iter().filter_map(|it| it.reference.as_deref());
    let lists: Vec<&str> = fields
        .chain(agreements::Population::LISTS.iter().copied())
        .collect();
    LoadedCodes::load(conn, &lists)
}
