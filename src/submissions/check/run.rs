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
use super::super::queries::{bulk, change, find, grants, references, rule_sets};
use super::amend::amend;
use super::keep::Keeping;
use super::merge::{MergeUploadError, merge};
use super::taken::TakenBefore;
use crate::accounts::Scope;
use crate::agreements::{Grant, Population};
use crate::datasets::{
    self, AsnId, CheckError, Context, Dataset, FileRefusal, Limits, MergeError, Severity, Stages,
    Summary, TakenRows, Upload,
};
use crate::platform::clock::Moment;
use crate::platform::db::{self, Db, DbConn, DbError};
use crate::platform::files::{FileStore, StoredFile};
use crate::register::RegisterPeople;
use crate::rulebooks;

/// From so many rows a file changes what the database knows of its tables.
const MANY_ROWS: u64 = 20_000;

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
    /// There is no thread.
    #[error(transparent)]
    Io(#[from] std::io::Error),
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
    let codes = Lists::load_for(conn, dataset, dossier.institution.id)?;
    let Some(rules) = begin(conn, (version, began), dataset, &codes)? else {
        return Ok(());
    };
    let mut keeping = Keeping::new(db.connection()?, (version, began), dataset)?;
    let merged = made_file(conn, files, (&dossier, dataset, &granted.fields), began);
    match merged {
        Ok(Some(file)) => dossier.file = file,
        Ok(None) => {}
        Err(MergeUploadError::Merge(MergeError::Refused(refusal))) => {
            return refuse(keeping, &dossier, &refusal, began);
        }
        Err(error) => return Err(error.into()),
    }
    let mut taken = TakenBefore::of(db, conn, &dossier.submission)?;
    let outcome = check(
        (conn, taken.as_mut()),
        files,
        (&dossier, dataset, &granted),
        (&codes, rules, &mut keeping),
    );
    match outcome {
        Ok(summary) => finish(keeping, &dossier, &summary, started),
        Err(CheckError::Unreadable(refusal)) => {
            let now = later(began, started);
            refuse(keeping, &dossier, &refusal, now)
        }
        Err(CheckError::Cancelled) => {
            let conn = &mut *keeping.abandon()?;
            clear_cancelled(conn, version)
        }
        Err(error) => Err(CheckUploadError::Check(error)),
    }
}

/// Records the result when all rows are stored. What takes time, comparing the
/// version with the one before it, is done before the transaction: nobody who
/// wants to write waits for it.
fn finish(
    keeping: Keeping,
    dossier: &Dossier,
    summary: &Summary,
    started: Instant,
) -> Result<(), CheckUploadError> {
    let (version, began) = (&dossier.version, keeping.began());
    let Some(mut conn) = keeping.complete()? else {
        return Ok(());
    };
    let compared = actions::compare(&mut conn, version)?;
    let now = later(began, started);
    let millis = i64::try_from(started.elapsed().as_millis()).unwrap_or_default();
    let result = result_of(summary, now, millis);
    let found = actions::Found {
        totals: totals_of(version.id, summary),
        compared,
    };
    let conclude =
        |conn: &mut DbConn| actions::conclude(conn, dossier, began, &result, &found).map(drop);
    db::transaction(&mut conn, conclude)?;
    if summary.rows >= MANY_ROWS {
        bulk::count_anew(&mut conn)?;
    }
    Ok(())
}

/// Records that the file cannot be used.
fn refuse(
    keeping: Keeping,
    dossier: &Dossier,
    refusal: &FileRefusal,
    now: Moment,
) -> Result<(), CheckUploadError> {
    let began = keeping.began();
    let deed =
        |conn: &mut DbConn| actions::refuse_file(conn, dossier, began, refusal, now).map(drop);
    Ok(db::transaction(&mut *keeping.abandon()?, deed)?)
}

/// Removes what was stored, unless another run has taken this one's place.
fn clear_cancelled(conn: &mut DbConn, version: VersionId) -> Result<(), CheckUploadError> {
    db::transaction(conn, |conn| {
        if change::is_cancelled(conn, version)? {
            bulk::clear(conn, version)?;
        }
        Ok(())
    })
}

/// The portal's clock after what has passed here.
fn later(began: Moment, started: Instant) -> Moment {
    let seconds = i64::try_from(started.elapsed().as_secs()).unwrap_or_default();
    began.plus_seconds(seconds)
}

/// Begins a run: removes what an interrupted one left, and notes which versions
/// of references and rules this one uses. None when the check is not due.
fn begin(
    conn: &mut DbConn,
    (version, began): (VersionId, Moment),
    dataset: &Dataset,
    codes: &Lists,
) -> QueryResult<Option<Stages>> {
    db::transaction(conn, |conn| {
        if !change::begin_check(conn, version, began)? {
            return Ok(None);
        }
        bulk::clear(conn, version)?;
        references::clear(conn, version)?;
        references::note(conn, version, codes.versions())?;
        let rules = rulebooks::current(conn, dataset, began)?;
        rule_sets::clear(conn, version)?;
        rule_sets::note(conn, version, rules.number)?;
        Ok(Some(rules.stages))
    })
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
pub(in crate::submissions) struct Granted {
    /// The names of the fields.
    pub fields: Vec<String>,
    /// Whose rows.
    pub population: Population,
}

/// A version with what its agreement granted.
pub(in crate::submissions) fn what(
    conn: &mut DbConn,
    id: VersionId,
) -> QueryResult<(Dossier, Granted)> {
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
    (conn, taken): (&mut DbConn, Option<&mut TakenBefore>),
    files: &FileStore,
    (dossier, dataset, granted): (&Dossier, &Dataset, &Granted),
    (codes, stages, keeping): (&Lists, Stages, &mut Keeping),
) -> Result<Summary, CheckError> {
    let outside = |error: diesel::result::Error| CheckError::People(error.into());
    let institution = AsnId::of(dossier.institution.reference_code.as_deref());
    let institutions = granted.population.institutions_of_sender(institution);
    let reach = granted.population.reach_of_sender(institution);
    let mut people = RegisterPeople::new(conn, reach).map_err(outside)?;
    let path = files.path(dossier.file.id);
    let upload = Upload {
        path: &path,
        original_name: &dossier.file.name,
    };
    let mut context = Context {
        codes,
        people: &mut people,
        taken: taken.map(|taken| taken as &mut dyn TakenRows),
        today: keeping.began().jakarta_date(),
        institutions,
        granted: Some(&granted.fields),
        stages,
        limits: Limits::default(),
    };
    datasets::check(upload, dataset, &mut context, keeping)
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
