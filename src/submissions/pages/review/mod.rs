//! BKN's pages (A8): what came in, one version with its rows, the decision,
//! and what goes on to SIASN.

pub mod decide;
pub mod export;
pub mod index;
pub mod version;

use crate::accounts::Scope;
use crate::platform::db::DbConn;
use crate::platform::web::AppError;
use crate::submissions::model::SubmissionId;
use crate::submissions::queries::find::{self, Dossier};

/// The section of BKN's pages.
const SECTION: &str = "/tinjauan";

/// A version that was sent: what was not is the partner's own affair.
fn sent(
    conn: &mut DbConn,
    scope: Scope,
    (submission, number): (SubmissionId, i32),
) -> Result<Dossier, AppError> {
    let found = find::dossier(conn, scope, submission, number)?;
    found
        .filter(|dossier| dossier.version.sent_at.is_some())
        .ok_or(AppError::NotFound)
}

/// The address of a version among BKN's pages.
fn address_of((submission, number): (SubmissionId, i32)) -> String {
    format!("/tinjauan/{submission}/versi/{number}")
}
