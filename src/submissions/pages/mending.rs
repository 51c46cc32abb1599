//! How a version stands among the others, and what is drafted for it.

use diesel::QueryResult;

use crate::datasets::{Note, Summary};
use crate::platform::db::DbConn;
use crate::submissions::model::SubmissionVersion;
use crate::submissions::queries::{drafted, find};
use crate::submissions::text;

/// How the version stands among the others, and what is drafted for it.
#[derive(Default)]
pub(super) struct Mending {
    /// How its file was made, where it was made of another version.
    pub(super) made_from: Option<String>,
    /// The latest version that took its place.
    pub(super) newer: Option<i32>,
    /// Whether it is the one to be mended.
    pub(super) is_open: bool,
    /// Changes that are drafted.
    pub(super) drafted: i64,
    /// The first row that is still wrong.
    pub(super) faulty: Option<i32>,
}

impl Mending {
    /// Asks the database.
    ///
    /// # Errors
    /// The database's.
    pub(super) fn load(conn: &mut DbConn, version: &SubmissionVersion) -> QueryResult<Self> {
        let number = version.version;
        let versions = find::versions_of(conn, version.submission_id)?;
        let versions = versions.iter().map(|(version, _)| version);
        let newer = versions.clone().filter(|other| other.supersedes(number));
        let newer = newer.map(|other| other.version).max();
        let made = drafted::behind(conn, version.id)?;
        let draft = drafted::open_of(conn, (version.submission_id, number))?;
        let draft = draft.map(|draft| draft.id);
        Ok(Self {
            made_from: made.map(|draft| text::made_from(draft.base_version, draft.changes)),
            newer,
            is_open: SubmissionVersion::is_to_be_mended(versions, number),
            drafted: match draft {
                Some(draft) => drafted::count_changes(conn, draft)?,
                None => 0,
            },
            faulty: drafted::next_faulty(conn, version.id, draft, 0)?,
        })
    }
}

/// What is said of the file as a whole: how it was made, how it was read.
pub(super) fn notes(
    version: &SubmissionVersion,
    summary: &Summary,
    own: [Option<String>; 2],
) -> Vec<String> {
    let report = version.merge_report.as_deref();
    let report = report.and_then(|report| serde_json::from_str(report).ok());
    let merged = version.merges_into.zip(report);
    let merged = merged.map(|(base, report)| text::merged(base, &report));
    let notes = summary.notes.iter().map(Note::sentence);
    own.into_iter()
        .flatten()
        .chain(merged)
        .chain(notes)
        .collect()
}
