//! The halves on the page of their delivery.

use diesel::QueryResult;

use crate::accounts::Scope;
use crate::deliveries::DeliveryId;
use crate::deliveries::pages::HalfLine;
use crate::feedback::actions::Dossier;
use crate::platform::db::DbConn;

/// What is there of the feedback on a delivery, and what is missing; nothing
/// before its receipt.
///
/// # Errors
/// The database's.
pub fn lines(conn: &mut DbConn, scope: Scope, id: DeliveryId) -> QueryResult<Vec<HalfLine>> {
    let Some(dossier) = Dossier::read(conn, scope, id)? else {
        return Ok(Vec::new());
    };
    let lines = dossier.halves().map(|one| HalfLine {
        label: one.half.label(),
        mark: one.mark(),
        met_by: one.met_by(),
    });
    Ok(lines.collect())
}
