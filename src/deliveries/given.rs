//! Whether a grant was made use of.

use diesel::QueryResult;

use super::queries::publications;
use crate::agreements::AgreementId;
use crate::disclosures;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// Whether a data set was published or looked up under an agreement from a
/// moment on, before another.
///
/// # Errors
/// The database's.
pub fn was_given(
    conn: &mut DbConn,
    of: (AgreementId, &str),
    between: (Moment, Option<Moment>),
) -> QueryResult<bool> {
    Ok(publications::is_any_between(conn, of, between)?
        || disclosures::is_any_between(conn, of, between)?)
}
