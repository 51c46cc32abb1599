//! Statements that change an agreement and its parts.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::agreements::model::{
    Agreement, AgreementId, Clause, ClauseId, Correspondent, CorrespondentId, Grant, GrantId,
};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{agreements, clauses, correspondents, grants};

pub(in crate::agreements) fn insert(conn: &mut DbConn, agreement: &Agreement) -> QueryResult<()> {
    diesel::insert_into(agreements::table)
        .values(agreement)
        .execute(conn)
        .map(drop)
}

pub(in crate::agreements) fn update(conn: &mut DbConn, agreement: &Agreement) -> QueryResult<()> {
    diesel::update(agreements::table.find(agreement.id))
        .set((
            agreements::partner_number.eq(&agreement.partner_number),
            agreements::bkn_number.eq(&agreement.bkn_number),
            agreements::title.eq(&agreement.title),
            agreements::signed_on.eq(agreement.signed_on),
            agreements::term_months.eq(agreement.term_months),
            agreements::recorded_end.eq(agreement.recorded_end),
            agreements::text_complete.eq(agreement.text_complete),
            agreements::succeeds_id.eq(agreement.succeeds_id),
            agreements::search_text.eq(&agreement.search_text),
        ))
        .execute(conn)
        .map(drop)
}

/// Sets the last day of an agreement that ends early.
pub(in crate::agreements) fn end(
    conn: &mut DbConn,
    id: AgreementId,
    last_day: NaiveDate,
) -> QueryResult<()> {
    diesel::update(agreements::table.find(id))
        .set(agreements::ended_on.eq(last_day))
        .execute(conn)
        .map(drop)
}

pub(in crate::agreements) fn insert_clause(conn: &mut DbConn, clause: &Clause) -> QueryResult<()> {
    diesel::insert_into(clauses::table)
        .values(clause)
        .execute(conn)
        .map(drop)
}

pub(in crate::agreements) fn update_clause(conn: &mut DbConn, clause: &Clause) -> QueryResult<()> {
    diesel::update(clauses::table.find(clause.id))
        .set((
            clauses::amount.eq(clause.amount),
            clauses::unit.eq(clause.unit),
            clauses::per_months.eq(clause.per_months),
            clauses::anchor.eq(clause.anchor),
            clauses::side.eq(clause.side),
            clauses::article.eq(&clause.article),
            clauses::page.eq(clause.page),
            clauses::summary.eq(&clause.summary),
            clauses::recorded_by.eq(&clause.recorded_by),
            clauses::recorded_at.eq(clause.recorded_at),
            clauses::checked_by.eq(None::<String>),
            clauses::checked_at.eq(None::<Moment>),
        ))
        .execute(conn)
        .map(drop)
}

pub(in crate::agreements) fn delete_clause(conn: &mut DbConn, id: ClauseId) -> QueryResult<()> {
    diesel::delete(clauses::table.find(id))
        .execute(conn)
        .map(drop)
}

/// Notes who compared a clause with the text.
pub(in crate::agreements) fn mark_checked(
    conn: &mut DbConn,
    id: ClauseId,
    by: &str,
    now: Moment,
) -> QueryResult<()> {
    diesel::update(clauses::table.find(id))
        .set((clauses::checked_by.eq(by), clauses::checked_at.eq(now)))
        .execute(conn)
        .map(drop)
}

pub(in crate::agreements) fn insert_grant(conn: &mut DbConn, grant: &Grant) -> QueryResult<()> {
    diesel::insert_into(grants::table)
        .values(grant)
        .execute(conn)
        .map(drop)
}

pub(in crate::agreements) fn delete_grant(conn: &mut DbConn, id: GrantId) -> QueryResult<()> {
    diesel::delete(grants::table.find(id))
        .execute(conn)
        .map(drop)
}

pub(in crate::agreements) fn insert_correspondent(
    conn: &mut DbConn,
    correspondent: &Correspondent,
) -> QueryResult<()> {
    diesel::insert_into(correspondents::table)
        .values(correspondent)
        .execute(conn)
        .map(drop)
}

/// Sets the last day of a correspondent.
pub(in crate::agreements) fn end_correspondent(
    conn: &mut DbConn,
    id: CorrespondentId,
    last_day: NaiveDate,
) -> QueryResult<()> {
    diesel::update(correspondents::table.find(id))
        .set(correspondents::valid_until.eq(last_day))
        .execute(conn)
        .map(drop)
}
