//! Statements on request letters and reports.

use diesel::prelude::*;

use super::model::{Report, RequestLetter};
use crate::accounts::Scope;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{agreements, reports, request_letters};

/// Every request letter within reach, oldest first.
///
/// # Errors
/// The database's.
pub fn letters_within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<RequestLetter>> {
    let mut query = request_letters::table
        .inner_join(agreements::table)
        .select(RequestLetter::as_select())
        .order(request_letters::sent_on)
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

/// Every filed report within reach, oldest first.
///
/// # Errors
/// The database's.
pub fn reports_within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<Report>> {
    let mut query = reports::table
        .inner_join(agreements::table)
        .select(Report::as_select())
        .order(reports::filed_at)
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}
