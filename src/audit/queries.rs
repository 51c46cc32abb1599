//! Statements on the trail.

use diesel::prelude::*;

use super::model::{AuditEvent, SYSTEM, TrailFilter};
use crate::platform::db::schema::{accounts, audit_events, audit_head, institutions};
use crate::platform::db::{DbConn, MultiBackend, containing};

type Boxed<'a> = audit_events::BoxedQuery<'a, MultiBackend>;

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

/// The number and the hash of the last event.
pub(super) fn head(conn: &mut DbConn) -> QueryResult<(i64, String)> {
    audit_head::table
        .select((audit_head::sequence, audit_head::hash))
        .first(conn)
}

/// Events after number `after` and up to `last`, in order.
pub(super) fn chunk(
    conn: &mut DbConn,
    after: i64,
    last: i64,
    limit: i64,
) -> QueryResult<Vec<AuditEvent>> {
    audit_events::table
        .filter(audit_events::sequence.gt(after))
        .filter(audit_events::sequence.le(last))
        .order(audit_events::sequence)
        .limit(limit)
        .select(AuditEvent::as_select())
        .load(conn)
}

/// How many events a filter finds. The trail has no gaps: all of it is the head's number.
pub(super) fn count(conn: &mut DbConn, filter: &TrailFilter) -> QueryResult<i64> {
    if *filter == TrailFilter::default() {
        return head(conn).map(|(sequence, _)| sequence);
    }
    filtered(filter).count().get_result(conn)
}

/// A page of the events that a filter finds, the latest first.
pub(super) fn page(
    conn: &mut DbConn,
    filter: &TrailFilter,
    limit: i64,
    offset: i64,
) -> QueryResult<Vec<AuditEvent>> {
    filtered(filter)
        .order(audit_events::sequence.desc())
        .select(AuditEvent::as_select())
        .limit(limit)
        .offset(offset)
        .load(conn)
}

/// Events that a filter finds before number `before`, the latest first.
pub(super) fn before(
    conn: &mut DbConn,
    filter: &TrailFilter,
    before: i64,
    limit: i64,
) -> QueryResult<Vec<AuditEvent>> {
    filtered(filter)
        .filter(audit_events::sequence.lt(before))
        .order(audit_events::sequence.desc())
        .select(AuditEvent::as_select())
        .limit(limit)
        .load(conn)
}

/// Ids, names and roles of the people among these actors.
pub(super) fn people<'a>(
    conn: &mut DbConn,
    actors: impl IntoIterator<Item = &'a str>,
) -> QueryResult<Vec<(String, String, String)>> {
    accounts::table
        .filter(accounts::id.eq_any(actors))
        .select((accounts::id, accounts::name, accounts::role))
        .load(conn)
}

/// Ids and short names of all institutions.
pub(super) fn institutions(conn: &mut DbConn) -> QueryResult<Vec<(String, String)>> {
    institutions::table
        .select((institutions::id, institutions::short_name))
        .order(institutions::short_name)
        .load(conn)
}

fn filtered(filter: &TrailFilter) -> Boxed<'_> {
    let mut query = by_actor(audit_events::table.into_boxed(), filter.actor.trim());
    if let Some(from) = filter.from {
        query = query.filter(audit_events::at.ge(from));
    }
    if let Some(until) = filter.until {
        query = query.filter(audit_events::at.lt(until));
    }
    if let Some(institution) = &filter.institution {
        query = query.filter(audit_events::institution_id.eq(institution));
    }
    if let Some(action) = &filter.action {
        query = query.filter(audit_events::action.eq(action));
    }
    if !filter.subject.is_empty() {
        query = query.filter(audit_events::subject_id.eq(&filter.subject));
    }
    query
}

fn by_actor<'a>(query: Boxed<'a>, actor: &'a str) -> Boxed<'a> {
    if actor.is_empty() {
        return query;
    }
    if actor == SYSTEM || uuid::Uuid::parse_str(actor).is_ok() {
        return query.filter(audit_events::actor.eq(actor));
    }
    let named = accounts::table
        .filter(accounts::search_text.like(containing(actor)).escape('\\'))
        .select(accounts::id);
    query.filter(audit_events::actor.eq_any(named))
}
