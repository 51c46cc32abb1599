//! Checking one uploaded file from its first row to its result.

use diesel::QueryResult;
use diesel::result::Error::NotFound;
use std::collections::BTreeMap;
use std::time::Instant;

use super::super::actions::{self, MailedError};
use super::super::codes::Lists;
use super::super::model::{FindingTotal, VersionId};
use super::super::queries::change::CheckResult;
use super::super::queries::find::Dossier;
use super::super::queries::{bulk, change, find, grants, references};
use super::amend::amend;
use super::keep::Keeping;
use super::merge::{MergeUploadError, merge};
use crate::accounts::Scope;
use crate::agreements::{Grant, Population};
use crate::datasets::{
    self, AsnId, CheckError, Context, Dataset, Institutions, Limits, MergeError, Severity, Summary,
    Upload,
};
use crate::platform::clock::Moment;
use crate::platform::db::{self, Db, DbConn, DbError};
use crate::platform::files::{FileStore, StoredFile};
use crate::register::{Reach, RegisterPeople};

/// Why a check came to no result.
#[derive(Debug, thiserror::Error)]
pub enum CheckUploadError {
    /// Its data set is not declared any more.
    #[error("the data set {0} is not declared")]
    NoDataset(String),
    /// The mended rows could not be merged.
    #[error(transparent)]
    Merge(#[from] MergeUploadError),
    /// The check broke off.
    #[error(transparent)]
    Check(CheckError),
    /// There is no connection.
    #[error(transparent)]
    Pool(#[from] DbError),
    /// The result could not be recorded.
    #[error(transparent)]
    Conclude(#[from] MailedError),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Checks an uploaded file and records rows, findings and the result. Whatever
/// an interrupted run left is removed first, so that it can always be repeated.
/// `began` is the moment on the portal's clock; a cancelled check ends quietly.
///
/// # Errors
/// See [`CheckUploadError`]; then nothing is recorded as a result.
pub fn check_upload(
    db: &Db,
    files: &FileStore,
    version: VersionId,
    began: Moment,
) -> Result<(), CheckUploadError> {
    let started = Instant::now();
    let conn = &mut *db.connection()?;
    let (mut dossier, granted) = what(conn, version)?;
    let name = dossier.submission.dataset.clone();
    let dataset = datasets::find(&name).ok_or(CheckUploadError::NoDataset(name))?;
    let codes = Lists::load(conn, dataset)?;
    let is_due = db::transaction(conn, |conn| {
        let is_due = change::begin_check(conn, version, began)?;
        if is_due {
            bulk::clear(conn, version)?;
            references::clear(conn, version)?;
            references::note(conn, version, codes.versions())?;
        }
        Ok::<_, diesel::result::Error>(is_due)
    })?;
    if !is_due {
        return Ok(());
    }
    let mut keeping = Keeping::new(db.connection()?, (version, began), dataset);
    let merged = made_file(conn, files, (&dossier, dataset, &granted.fields), began);
    match merged {
        Ok(Some(file)) => dossier.file = file,
        Ok(None) => {}
        Err(MergeUploadError::Merge(MergeError::Refused(refusal))) => {
            keeping.abandon(|conn| {
                actions::refuse_file(conn, &dossier, began, &refusal, began).map(drop)
            })?;
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    }
    let outcome = check(
        conn,
        files,
        (&dossier, dataset, &granted),
        (&codes, &mut keeping),
    );
    let millis = i64::try_from(started.elapsed().as_millis()).unwrap_or_default();
    let now = began.plus_seconds(millis / 1_000);
    match outcome {
        Ok(summary) => keeping.finish(|conn| {
            let (result, totals) = (
                result_of(&summary, now, millis),
                totals_of(version, &summary),
            );
            actions::conclude(conn, &dossier, began, &result, &totals)
        })?,
        Err(CheckError::Unreadable(refusal)) => keeping
            .abandon(|conn| actions::refuse_file(conn, &dossier, began, &refusal, now).map(drop))?,
        Err(CheckError::Cancelled) => {
            keeping.abandon(|conn| bulk::clear(conn, version).map_err(MailedError::from))?;
        }
        Err(error) => return Err(CheckUploadError::Check(error)),
    }
    Ok(())
}

/// The file of a version that is made of another one's, by forms or by merging.
fn made_file(
    conn: &mut DbConn,
    files: &FileStore,
    of: (&Dossier, &Dataset, &[String]),
    now: Moment,
) -> Result<Option<StoredFile>, MergeUploadError> {
    match amend(conn, files, of, now)? {
        None => merge(conn, files, of, now),
        made => Ok(made),
    }
}

/// What an agreement let its partner send on the day that a file came in.
pub(super) struct Granted {
    /// The names of the fields.
    pub fields: Vec<String>,
    /// Whose rows.
    pub population: Population,
}

/// A version with what its agreement granted.
pub(super) fn what(conn: &mut DbConn, id: VersionId) -> QueryResult<(Dossier, Granted)> {
    let scope = Scope::portal();
    let (submission, number) = find::place_of(conn, id)?.ok_or(NotFound)?;
    let dossier = find::dossier(conn, scope, submission, number)?.ok_or(NotFound)?;
    let (agreement, dataset) = (dossier.submission.agreement_id, &dossier.submission.dataset);
    let day = dossier.version.uploaded_at.jakarta_date();
    let grant = grants::one(conn, scope, (agreement, dataset), day)?.map(|(_, grant)| grant);
    let fields = grant.as_ref().and_then(Grant::granted);
    let granted = Granted {
        fields: fields.map(|fields| fields.names()).unwrap_or_default(),
        population: grant.map(|grant| grant.population).unwrap_or_default(),
    };
    Ok((dossier, granted))
}

fn check(
    conn: &mut DbConn,
    files: &FileStore,
    (dossier, dataset, granted): (&Dossier, &Dataset, &Granted),
    (codes, keeping): (&Lists, &mut Keeping),
) -> Result<Summary, CheckError> {
    let outside = |error: diesel::result::Error| CheckError::People(error.into());
    let code = dossier.institution.reference_code.clone();
    let institution = code.as_deref().and_then(|code| code.parse::<AsnId>().ok());
    let institutions = granted.population.institutions_of_sender(institution);
    let reach = reach_of(&granted.population, &institutions);
    let mut people = RegisterPeople::new(conn, reach).map_err(outside)?;
    let path = files.path(dossier.file.id);
    let upload = Upload {
        path: &path,
        original_name: &dossier.file.name,
    };
    let mut context = Context {
        codes,
        people: &mut people,
        today: keeping.began().jakarta_date(),
        institutions,
        granted: Some(&granted.fields),
        limits: Limits::default(),
    };
    datasets::check(upload, dataset, &mut context, keeping)
}

/// Whom the rows may be about, as the register is asked.
pub(in crate::submissions) fn reach_of(
    population: &Population,
    institutions: &Institutions,
) -> Reach {
    let codes = |ids: &Vec<AsnId>| ids.iter().map(AsnId::to_string).collect();
    Reach {
        institutions: match institutions {
            Institutions::Only(named) => Some(codes(named)),
            Institutions::Any => None,
        },
        positions: population.functional_positions.as_ref().map(codes),
        rank_at_least: population.grade_at_least.clone(),
    }
}

fn result_of(summary: &Summary, now: Moment, millis: i64) -> CheckResult {
    let rows = whole(summary.rows);
    CheckResult {
        checked_at: Some(now),
        check_millis: Some(millis.max(1)),
        rows_total: Some(rows),
        rows_done: rows,
        rows_ready: whole(summary.ready),
        rows_warned: whole(summary.warned),
        rows_blocked: whole(summary.blocked),
        refusal: None,
        summary: serde_json::to_string(summary).ok(),
    }
}

/// Errors and warnings by code and field; hints stay in the summary.
fn totals_of(version: VersionId, summary: &Summary) -> Vec<FindingTotal> {
    let mut totals: BTreeMap<(&str, &str), FindingTotal> = BTreeMap::new();
    let counted = summary
        .tallies
        .iter()
        .filter(|tally| tally.severity != Severity::Hint);
    for tally in counted {
        let (code, field) = (tally.code.as_str(), tally.field.as_deref().unwrap_or(""));
        let total = totals.entry((code, field)).or_insert_with(|| FindingTotal {
            version_id: version,
            code: code.to_owned(),
            field: field.to_owned(),
            severity: tally.severity.as_str().to_owned(),
            findings: 0,
            rows: 0,
        });
        total.findings += whole(tally.findings);
        total.rows += whole(tally.rows);
    }
    totals.into_values().collect()
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
