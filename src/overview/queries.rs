//! What the first pages show, in a fixed number of statements.

use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

use super::model::{AgreementView, Standing};
use crate::accounts::Scope;
use crate::institutions::{self, Institution, InstitutionId};
use crate::platform::db::DbConn;
use crate::platform::db::schema::{submission_versions, submissions};
use crate::submissions::{Submission, SubmissionVersion};
use crate::{obligations, suspensions};

/// Every partner within reach and where it stands, by name.
pub(super) fn standings(
    conn: &mut DbConn,
    scope: Scope,
    today: NaiveDate,
) -> QueryResult<Vec<Standing>> {
    let institutions = match scope.institution() {
        Some(own) => institutions::find(conn, own)?.into_iter().collect(),
        None => institutions::all_partners(conn)?,
    };
    let open = suspensions::open_within(conn, scope)?;
    let mut open: HashMap<_, _> = open
        .into_iter()
        .map(|one| (one.agreement_id, one))
        .collect();
    let mut views: HashMap<InstitutionId, Vec<AgreementView>> = HashMap::new();
    for facts in obligations::facts_within(conn, scope)? {
        let suspension = open.remove(&facts.agreement.id);
        let institution = facts.agreement.institution_id;
        let view = AgreementView::new(facts, suspension, today);
        views.entry(institution).or_default().push(view);
    }
    let standing = |institution: Institution| Standing {
        agreements: views.remove(&institution.id).unwrap_or_default(),
        institution,
    };
    Ok(institutions.into_iter().map(standing).collect())
}

/// The last versions that an institution within reach uploaded, newest first.
pub(super) fn recent_versions(
    conn: &mut DbConn,
    scope: Scope,
) -> QueryResult<Vec<(Submission, SubmissionVersion)>> {
    let mut query = submissions::table
        .inner_join(submission_versions::table)
        .select((Submission::as_select(), SubmissionVersion::as_select()))
        .order((
            submission_versions::uploaded_at.desc(),
            submission_versions::id.desc(),
        ))
        .limit(15)
        .offset(0)
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(submissions::institution_id.eq(institution));
    }
    query.load(conn)
}
