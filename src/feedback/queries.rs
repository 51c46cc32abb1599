//! Statements on signed statements.

use diesel::prelude::*;

use super::model::Statement;
use crate::accounts::Scope;
use crate::deliveries::DeliveryId;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{accounts, agreements, deliveries, feedback_statements};

/// Every statement within reach, oldest first.
///
/// # Errors
/// The database's.
pub fn statements_within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<Statement>> {
    let mut query = feedback_statements::table
        .inner_join(deliveries::table.inner_join(agreements::table))
        .select(Statement::as_select())
        .order((feedback_statements::signed_at, feedback_statements::id))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

/// The statements on one delivery with the names of who signed them, oldest
/// first.
pub fn of_delivery(
    conn: &mut DbConn,
    delivery: DeliveryId,
) -> QueryResult<Vec<(Statement, String)>> {
    feedback_statements::table
        .inner_join(accounts::table)
        .filter(feedback_statements::delivery_id.eq(delivery))
        .select((Statement::as_select(), accounts::name))
        .order((feedback_statements::signed_at, feedback_statements::id))
        .load(conn)
}

pub fn insert(conn: &mut DbConn, statement: &Statement) -> QueryResult<()> {
    diesel::insert_into(feedback_statements::table)
        .values(statement)
        .execute(conn)
        .map(drop)
}
