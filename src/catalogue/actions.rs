//! What is handed out of the catalogue.

use diesel::QueryResult;
use serde_json::json;

use crate::accounts::Scope;
use crate::audit::{self, Entry};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// A file of the catalogue. None holds anybody's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// The blank template.
    Template,
    /// The sample.
    Sample,
}

/// Records that somebody takes a file of a data set along.
///
/// # Errors
/// The database's.
pub fn hand_out(
    conn: &mut DbConn,
    handed: Handed,
    (scope, actor): (Scope, &str),
    dataset: &str,
    now: Moment,
) -> QueryResult<()> {
    let entry = Entry {
        actor: actor.to_owned(),
        institution: scope.institution().map(|id| id.to_string()),
        action: match handed {
            Handed::Template => "catalogue.template_downloaded",
            Handed::Sample => "catalogue.sample_downloaded",
        },
        subject: ("dataset", dataset.to_owned()),
        detail: json!({}),
    };
    audit::record(conn, entry, now)
}
