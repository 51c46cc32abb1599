//! Statements on suspensions and on whom they are told to.

use diesel::prelude::*;

use super::model::{Suspension, SuspensionId};
use crate::accounts::Scope;
use crate::agreements::AgreementId;
use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{mails, suspensions};

/// The suspensions within reach that hold now.
///
/// # Errors
/// The database's.
pub fn open_within(conn: &mut DbConn, scope: Scope) -> QueryResult<Vec<Suspension>> {
    let mut query = suspensions::table
        .filter(suspensions::ended_at.is_null())
        .select(Suspension::as_select())
        .order(suspensions::started_at)
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(suspensions::institution_id.eq(institution));
    }
    query.load(conn)
}

/// Every suspension under an agreement within reach, newest first.
///
/// # Errors
/// The database's.
pub fn of_agreement(
    conn: &mut DbConn,
    scope: Scope,
    agreement: AgreementId,
) -> QueryResult<Vec<Suspension>> {
    let mut query = suspensions::table
        .filter(suspensions::agreement_id.eq(agreement))
        .select(Suspension::as_select())
        .order(suspensions::started_at.desc())
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(suspensions::institution_id.eq(institution));
    }
    query.load(conn)
}

/// Whether access under an agreement within reach is stopped now.
pub(super) fn is_open(
    conn: &mut DbConn,
    scope: Scope,
    agreement: AgreementId,
) -> QueryResult<bool> {
    let open = suspensions::table
        .filter(suspensions::agreement_id.eq(agreement))
        .filter(suspensions::ended_at.is_null())
        .select(suspensions::institution_id)
        .first::<InstitutionId>(conn)
        .optional()?;
    Ok(open.is_some_and(|institution| scope.reaches(institution)))
}

pub(super) fn insert(conn: &mut DbConn, suspension: &Suspension) -> QueryResult<usize> {
    diesel::insert_into(suspensions::table)
        .values(suspension)
        .execute(conn)
}

/// What a restoration notes on the suspension that it ends.
#[derive(AsChangeset)]
#[diesel(table_name = suspensions)]
pub(super) struct End<'a> {
    pub(super) ended_at: Moment,
    pub(super) ended_by: &'a str,
    pub(super) end_reason: &'a str,
    pub(super) end_memo_number: &'a str,
    pub(super) end_note: &'a str,
    pub(super) end_form_key: &'a str,
}

/// Ends a suspension that still holds; 0 when somebody else did before.
pub(super) fn end(conn: &mut DbConn, id: SuspensionId, end: &End<'_>) -> QueryResult<usize> {
    diesel::update(suspensions::table)
        .filter(suspensions::id.eq(id))
        .filter(suspensions::ended_at.is_null())
        .set(end)
        .execute(conn)
}

/// A mail about a partner's affairs, as the chronology names it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = mails)]
pub(super) struct MailLine {
    pub(super) subject: String,
    pub(super) recipient_name: String,
    pub(super) created_at: Moment,
    pub(super) sent_at: Option<Moment>,
}

/// The last mails about an institution's affairs; those about its accounts are
/// left out.
pub(super) fn mails_about(
    conn: &mut DbConn,
    institution: InstitutionId,
) -> QueryResult<Vec<MailLine>> {
    mails::table
        .filter(mails::institution_id.eq(institution.to_string()))
        .filter(mails::kind.not_like("accounts.%"))
        .select(MailLine::as_select())
        .order((mails::created_at.desc(), mails::id))
        .limit(20)
        .offset(0)
        .load(conn)
}
