//! Statements on what concerns one partner.

use diesel::prelude::*;

use crate::accounts::Account;
use crate::audit::AuditEvent;
use crate::institutions::InstitutionId;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{accounts, audit_events, submission_versions, submissions};
use crate::submissions::{Submission, SubmissionVersion};

/// Everybody who has or had an account at a partner, by name.
pub(super) fn people(conn: &mut DbConn, of: InstitutionId) -> QueryResult<Vec<Account>> {
    accounts::table
        .filter(accounts::institution_id.eq(of))
        .select(Account::as_select())
        .order((accounts::name, accounts::nip))
        .load(conn)
}

/// How many versions a partner sent.
pub(super) fn count_sent(conn: &mut DbConn, of: InstitutionId) -> QueryResult<i64> {
    submissions::table
        .inner_join(submission_versions::table)
        .filter(submissions::institution_id.eq(of))
        .filter(submission_versions::sent_at.is_not_null())
        .count()
        .get_result(conn)
}

/// The versions that a partner sent, the latest first.
pub(super) fn sent(
    conn: &mut DbConn,
    of: InstitutionId,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<(Submission, SubmissionVersion)>> {
    submissions::table
        .inner_join(submission_versions::table)
        .filter(submissions::institution_id.eq(of))
        .filter(submission_versions::sent_at.is_not_null())
        .select((Submission::as_select(), SubmissionVersion::as_select()))
        .order((submission_versions::sent_at.desc(), submission_versions::id))
        .limit(limit)
        .offset(offset)
        .load(conn)
}

/// How many events of the trail touch a partner's affairs.
pub(super) fn count_events(conn: &mut DbConn, of: InstitutionId) -> QueryResult<i64> {
    audit_events::table
        .filter(audit_events::institution_id.eq(of.to_string()))
        .count()
        .get_result(conn)
}

/// The events of the trail that touch a partner's affairs, the latest first.
pub(super) fn events(
    conn: &mut DbConn,
    of: InstitutionId,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<AuditEvent>> {
    audit_events::table
        .filter(audit_events::institution_id.eq(of.to_string()))
        .select(AuditEvent::as_select())
        .order(audit_events::sequence.desc())
        .limit(limit)
        .offset(offset)
        .load(conn)
}
