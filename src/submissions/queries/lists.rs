//! Lists of submissions: the partner's own, and what came in at BKN.

use diesel::prelude::*;

use crate::accounts::Scope;
use crate::institutions::{Institution, InstitutionId};
use crate::platform::db::schema::{files, institutions, submission_versions, submissions};
use crate::platform::db::{DbConn, MultiBackend};
use crate::platform::files::StoredFile;
use crate::submissions::model::{Decision, Submission, SubmissionState, SubmissionVersion};

/// Which submissions to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// Only whose version has come this far.
    pub state: Option<SubmissionState>,
    /// Only of this data set.
    pub dataset: Option<String>,
    /// Only with this in the number, upper case.
    pub number: Option<String>,
    /// Only this institution's.
    pub institution: Option<InstitutionId>,
}

/// A submission in a list.
pub type Listed = (Submission, SubmissionVersion, StoredFile, Institution);

/// The joined lists, boxed, with their filters: written once for both the count
/// and the page, whose types differ.
macro_rules! filtered {
    ($scope:expr, $filter:expr) => {{
        let filter: &ListFilter = $filter;
        let mut query = submissions::table
            .inner_join(submission_versions::table.inner_join(files::table))
            .inner_join(institutions::table)
            .into_boxed::<MultiBackend>();
        if let Some(institution) = $scope.institution().or(filter.institution) {
            query = query.filter(submissions::institution_id.eq(institution));
        }
        if let Some(dataset) = filter.dataset.clone() {
            query = query.filter(submissions::dataset.eq(dataset));
        }
        if let Some(number) = &filter.number {
            let pattern = format!("%{}%", escaped(number));
            query = query.filter(submissions::number.like(pattern).escape('\\'));
        }
        match filter.state {
            None => query,
            Some(state) => in_state!(query, state),
        }
    }};
}

/// `SubmissionVersion::state` as conditions.
macro_rules! in_state {
    ($query:expr, $state:expr) => {{
        use submission_versions as v;
        let unsent = v::sent_at.is_null();
        let open = v::sent_at.is_null().and(v::cancelled_at.is_null());
        match $state {
            SubmissionState::Accepted => $query.filter(v::decision.eq(Decision::TakenOver)),
            SubmissionState::Returned => {
                $query.filter(v::decision.eq_any([Decision::CorrectionAsked, Decision::Returned]))
            }
            SubmissionState::Sent => $query
                .filter(v::sent_at.is_not_null())
                .filter(v::decided_at.is_null()),
            SubmissionState::Cancelled => {
                $query.filter(unsent).filter(v::cancelled_at.is_not_null())
            }
            SubmissionState::Checking => $query.filter(open).filter(v::checked_at.is_null()),
            SubmissionState::NeedsMending => $query
                .filter(open)
                .filter(v::checked_at.is_not_null())
                .filter(v::refusal.is_not_null().or(v::rows_blocked.gt(0))),
            SubmissionState::ReadyToSend => $query
                .filter(open)
                .filter(v::checked_at.is_not_null())
                .filter(v::refusal.is_null())
                .filter(v::rows_blocked.eq(0)),
        }
    }};
}

/// That no later version of the same submission is there.
macro_rules! last_version {
    ($later:ident) => {
        diesel::dsl::not(diesel::dsl::exists(
            $later
                .filter(
                    $later
                        .field(submission_versions::submission_id)
                        .eq(submission_versions::submission_id),
                )
                .filter(
                    $later
                        .field(submission_versions::version)
                        .gt(submission_versions::version),
                ),
        ))
    };
}

/// How many submissions pass the filter, each by its last version.
pub fn count_own(conn: &mut DbConn, scope: Scope, filter: &ListFilter) -> QueryResult<i64> {
    let later = diesel::alias!(submission_versions as later);
    filtered!(scope, filter)
        .filter(last_version!(later))
        .count()
        .get_result(conn)
}

/// A page of submissions, each with its last version, the newest first.
pub fn page_own(
    conn: &mut DbConn,
    scope: Scope,
    filter: &ListFilter,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<Listed>> {
    let later = diesel::alias!(submission_versions as later);
    filtered!(scope, filter)
        .filter(last_version!(later))
        .order((submissions::created_at.desc(), submissions::number.desc()))
        .limit(limit)
        .offset(offset)
        .select((
            Submission::as_select(),
            SubmissionVersion::as_select(),
            StoredFile::as_select(),
            Institution::as_select(),
        ))
        .load(conn)
}

/// How many sent versions pass the filter.
pub fn count_sent(conn: &mut DbConn, scope: Scope, filter: &ListFilter) -> QueryResult<i64> {
    filtered!(scope, filter)
        .filter(submission_versions::sent_at.is_not_null())
        .count()
        .get_result(conn)
}

/// A page of sent versions, the one that waits longest first.
pub fn page_sent(
    conn: &mut DbConn,
    scope: Scope,
    filter: &ListFilter,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<Listed>> {
    filtered!(scope, filter)
        .filter(submission_versions::sent_at.is_not_null())
        .order((submission_versions::sent_at.asc(), submissions::number))
        .limit(limit)
        .offset(offset)
        .select((
            Submission::as_select(),
            SubmissionVersion::as_select(),
            StoredFile::as_select(),
            Institution::as_select(),
        ))
        .load(conn)
}

/// The institutions that sent something, for the filter.
pub fn senders(conn: &mut DbConn) -> QueryResult<Vec<(InstitutionId, String)>> {
    let sent = submissions::table
        .inner_join(submission_versions::table)
        .filter(submission_versions::sent_at.is_not_null())
        .select(submissions::institution_id);
    institutions::table
        .filter(institutions::id.eq_any(sent))
        .select((institutions::id, institutions::short_name))
        .order(institutions::short_name)
        .load(conn)
}

/// The text with the signs escaped that a pattern would read.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}
