//! One submission or version, within a reader's reach.

use diesel::prelude::*;

use crate::accounts::{AccountId, Scope};
use crate::agreements::AgreementId;
use crate::institutions::{Institution, InstitutionId};
use crate::platform::db::DbConn;
use crate::platform::db::schema::{
    agreements, files, institutions, submission_versions, submissions,
};
use crate::platform::files::StoredFile;
use crate::submissions::model::{Submission, SubmissionId, SubmissionVersion, VersionId};

/// A version with all that names it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The submission.
    pub submission: Submission,
    /// The version.
    pub version: SubmissionVersion,
    /// The file as uploaded.
    pub file: StoredFile,
    /// The sender.
    pub institution: Institution,
    /// The partner's number of the agreement.
    pub partner_number: String,
    /// BKN's number of the agreement.
    pub bkn_number: String,
}

type Parts = (
    Submission,
    SubmissionVersion,
    StoredFile,
    Institution,
    String,
    String,
);

impl From<Parts> for Dossier {
    fn from((submission, version, file, institution, partner_number, bkn_number): Parts) -> Self {
        Self {
            submission,
            version,
            file,
            institution,
            partner_number,
            bkn_number,
        }
    }
}

/// Version `number` of a submission within reach.
pub fn dossier(
    conn: &mut DbConn,
    scope: Scope,
    submission: SubmissionId,
    number: i32,
) -> QueryResult<Option<Dossier>> {
    let mut query = submission_versions::table
        .inner_join(submissions::table.inner_join(institutions::table))
        .inner_join(files::table)
        .inner_join(agreements::table.on(agreements::id.eq(submissions::agreement_id)))
        .filter(submissions::id.eq(submission))
        .filter(submission_versions::version.eq(number))
        .select((
            Submission::as_select(),
            SubmissionVersion::as_select(),
            StoredFile::as_select(),
            Institution::as_select(),
            agreements::partner_number,
            agreements::bkn_number,
        ))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(submissions::institution_id.eq(institution));
    }
    let found: Option<Parts> = query.first(conn).optional()?;
    Ok(found.map(Dossier::from))
}

/// Version by id, for the portal's own work.
pub fn place_of(conn: &mut DbConn, id: VersionId) -> QueryResult<Option<(SubmissionId, i32)>> {
    submission_versions::table
        .find(id)
        .select((
            submission_versions::submission_id,
            submission_versions::version,
        ))
        .first(conn)
        .optional()
}

/// The id of a version of a submission that was found within reach before.
pub fn id_of(
    conn: &mut DbConn,
    submission: SubmissionId,
    number: i32,
) -> QueryResult<Option<VersionId>> {
    submission_versions::table
        .filter(submission_versions::submission_id.eq(submission))
        .filter(submission_versions::version.eq(number))
        .select(submission_versions::id)
        .first(conn)
        .optional()
}

/// The file of a version of a submission, for the portal's own work.
pub fn file_of(
    conn: &mut DbConn,
    submission: SubmissionId,
    number: i32,
) -> QueryResult<StoredFile> {
    submission_versions::table
        .inner_join(files::table)
        .filter(submission_versions::submission_id.eq(submission))
        .filter(submission_versions::version.eq(number))
        .select(StoredFile::as_select())
        .first(conn)
}

/// A submission within reach.
pub fn submission(
    conn: &mut DbConn,
    scope: Scope,
    id: SubmissionId,
) -> QueryResult<Option<Submission>> {
    let mut query = submissions::table
        .filter(submissions::id.eq(id))
        .select(Submission::as_select())
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(submissions::institution_id.eq(institution));
    }
    query.first(conn).optional()
}

/// Every version of a submission with its file, the first first. The
/// submission was found within the reader's reach before.
pub fn versions_of(
    conn: &mut DbConn,
    id: SubmissionId,
) -> QueryResult<Vec<(SubmissionVersion, StoredFile)>> {
    submission_versions::table
        .inner_join(files::table)
        .filter(submission_versions::submission_id.eq(id))
        .order(submission_versions::version)
        .select((SubmissionVersion::as_select(), StoredFile::as_select()))
        .load(conn)
}

/// Where an account's upload with this form key went, if it came before.
pub fn by_form_key(
    conn: &mut DbConn,
    key: &str,
    by: AccountId,
) -> QueryResult<Option<(SubmissionId, i32)>> {
    submission_versions::table
        .filter(submission_versions::form_key.eq(key))
        .filter(submission_versions::uploaded_by.eq(by))
        .select((
            submission_versions::submission_id,
            submission_versions::version,
        ))
        .first(conn)
        .optional()
}

/// The first version of an institution's data set under an agreement whose
/// file had the same content and whose check was not cancelled.
pub fn same_content(
    conn: &mut DbConn,
    of: (InstitutionId, AgreementId, &str),
    sha256: &str,
) -> QueryResult<Option<(SubmissionId, String, i32)>> {
    let (institution, agreement, dataset) = of;
    submission_versions::table
        .inner_join(submissions::table)
        .inner_join(files::table)
        .filter(files::sha256.eq(sha256))
        .filter(submissions::institution_id.eq(institution))
        .filter(submissions::agreement_id.eq(agreement))
        .filter(submissions::dataset.eq(dataset))
        .filter(submission_versions::cancelled_at.is_null())
        .order(submission_versions::uploaded_at)
        .select((
            submissions::id,
            submissions::number,
            submission_versions::version,
        ))
        .first(conn)
        .optional()
}
