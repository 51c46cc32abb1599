//! Statements on the trail.

use diesel::prelude::*;

use super::model::AuditEvent;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{audit_events, audit_head};

/// Takes the next place in the trail: its number and the hash before it. The
/// row stays locked until the transaction ends, which keeps the chain single.
pub(super) fn advance_head(conn: &mut DbConn) -> QueryResult<(i64, String)> {
    diesel::update(audit_head::table)
        .set(audit_head::sequence.eq(audit_head::sequence + 1))
        .returning((audit_head::sequence, audit_head::hash))
        .get_result(conn)
}

/// Adds the event and makes it the head.
pub(super) fn append(conn: &mut DbConn, event: &AuditEvent) -> QueryResult<()> {
    diesel::insert_into(audit_events::table)
        .values(event)
        .execute(conn)?;
    diesel::update(audit_head::table)
        .set(audit_head::hash.eq(&event.hash))
        .execute(conn)
        .map(drop)
}
