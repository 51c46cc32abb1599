//! Running a rule over one file after the other. Memory holds a batch of rows
//! and what the rule itself remembers of a file.

use diesel::result::Error as DieselError;
use std::collections::HashMap;

use super::model::{PastVersion, Rehearsal, RehearsalResult, last_of_each};
use super::queries;
use crate::datasets::{self, Dataset, Outside, PastFile, PastRow, Values, Verdict};
use crate::platform::clock::Moment;
use crate::platform::db::{self, Db, DbConn, DbError, grouped};
use crate::register::RegisterPeople;
use crate::submissions::{Lists, VersionId, setting_of};

/// Rows that are read at a time.
const BATCH: i64 = 1_000;

/// Why a rehearsal broke off.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Its data set or its rule is declared no more.
    #[error("the rule is not declared")]
    NotDeclared,
    /// There is no connection.
    #[error(transparent)]
    Pool(#[from] DbError),
    /// The database's.
    #[error(transparent)]
    Database(#[from] DieselError),
    /// The register's.
    #[error("asking the register")]
    Register(#[source] Outside),
    /// Another worker has taken it up.
    #[error("the claim was lost")]
    ClaimLost,
}

/// Runs what is left of a rehearsal. `go_on` is asked after each batch.
///
/// # Errors
/// See [`RunError`]; what is done stays done.
pub fn run(
    db: &Db,
    rehearsal: &Rehearsal,
    go_on: &mut dyn FnMut(&mut DbConn) -> Result<bool, DieselError>,
) -> Result<(), RunError> {
    let conn = &mut *db.connection()?;
    let dataset = datasets::find(&rehearsal.dataset).ok_or(RunError::NotDeclared)?;
    let span = (Moment::start_of(rehearsal.checked_from), rehearsal.asked_at);
    let mut versions = last_of_each(&queries::versions_read(conn, &dataset.name, span)?);
    let done = queries::done(conn, rehearsal.id)?;
    versions.retain(|version| !done.contains(&version.id));
    let codes = Lists::load(conn, dataset)?;
    for version in versions {
        let setting = setting_of(conn, version.id)?;
        let mut people = db.connection()?;
        let mut people = RegisterPeople::new(&mut people, setting.reach)?;
        let file = PastFile {
            codes: &codes,
            people: &mut people,
            today: rehearsal.asked_at.jakarta_date(),
            institutions: setting.institutions,
            columns: setting.columns,
        };
        let rule = datasets::Rehearsal::of(dataset, &rehearsal.rule, file);
        let rule = rule.ok_or(RunError::NotDeclared)?;
        let result = over_file(conn, dataset, (rehearsal, version), rule, go_on)?;
        db::transaction(conn, |conn| queries::insert_result(conn, &result))?;
    }
    Ok(())
}

fn over_file(
    conn: &mut DbConn,
    dataset: &Dataset,
    (rehearsal, version): (&Rehearsal, PastVersion),
    mut rule: datasets::Rehearsal<'_>,
    go_on: &mut dyn FnMut(&mut DbConn) -> Result<bool, DieselError>,
) -> Result<RehearsalResult, RunError> {
    let mut count = Count::default();
    let mut after = i32::MIN;
    while let Some(batch) = Batch::after(conn, dataset, version.id, after)? {
        let hit = rule.hits(&batch.rows).map_err(RunError::Register)?;
        count.add(&batch, &hit);
        after = batch.last;
        if !go_on(conn)? {
            return Err(RunError::ClaimLost);
        }
    }
    let shown = if version.sent_at.is_some() {
        count.examples
    } else {
        Vec::new()
    };
    Ok(RehearsalResult {
        rehearsal_id: rehearsal.id,
        version_id: version.id,
        rows_total: count.rows,
        rows_hit: count.hit,
        rows_hit_anew: count.anew,
        examples: serde_json::to_string(&shown).unwrap_or_default(),
    })
}

#[derive(Default)]
struct Count {
    rows: i64,
    hit: i64,
    anew: i64,
    examples: Vec<u32>,
}

impl Count {
    fn add(&mut self, batch: &Batch, hit: &[u32]) {
        self.rows += i64::try_from(batch.rows.len()).unwrap_or_default();
        for row in hit {
            self.hit += 1;
            self.anew += i64::from(!batch.is_blocked(*row));
            if self.examples.len() < RehearsalResult::EXAMPLES {
                self.examples.push(*row);
            }
        }
    }
}

/// Rows that follow one another in a file.
struct Batch {
    rows: Vec<PastRow>,
    blocked: Vec<u32>,
    last: i32,
}

impl Batch {
    /// The rows after this one; none at the end of the file.
    fn after(
        conn: &mut DbConn,
        dataset: &Dataset,
        version: VersionId,
        after: i32,
    ) -> Result<Option<Self>, DieselError> {
        let read = queries::rows_after(conn, version, after, BATCH)?;
        let (Some((first, ..)), Some((last, ..))) = (read.first(), read.last()) else {
            return Ok(None);
        };
        let (first, last) = (*first, *last);
        let faults = queries::faults_in(conn, version, (first, last))?;
        let faults = grouped(faults, |(row, _)| *row);
        let is_blocked = |(_, _, verdict): &&(i32, String, String)| {
            Verdict::parse(verdict) == Some(Verdict::Blocked)
        };
        let blocked = read.iter().filter(is_blocked);
        Ok(Some(Self {
            blocked: blocked.map(|(number, ..)| whole(*number)).collect(),
            rows: read
                .iter()
                .map(|(number, cells, _)| past(dataset, (*number, cells), &faults))
                .collect(),
            last,
        }))
    }

    fn is_blocked(&self, row: u32) -> bool {
        self.blocked.binary_search(&row).is_ok()
    }
}

/// A row as it was kept. A field with an error and without a value could not be
/// read; where the row itself has one and no value at all, none could.
fn past(
    dataset: &Dataset,
    (number, cells): (i32, &str),
    faults: &HashMap<i32, Vec<(i32, String)>>,
) -> PastRow {
    let cells: Vec<Option<String>> = serde_json::from_str(cells).unwrap_or_default();
    let values: Values = cells.iter().map(Option::as_deref).collect();
    let faults = faults.get(&number).map_or(&[][..], Vec::as_slice);
    let is_faulty = |field: &str| faults.iter().any(|(_, name)| name == field);
    let is_void = is_faulty("") && values.iter().all(|value| value.is_none());
    let fields = dataset.fields.iter().enumerate();
    let unread = fields
        .filter(|(at, field)| values.get(*at).is_none() && (is_void || is_faulty(&field.name)));
    PastRow {
        number: whole(number),
        unread: unread.map(|(at, _)| at).collect(),
        values,
    }
}

fn whole(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}
