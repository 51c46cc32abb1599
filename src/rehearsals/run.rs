//! Running a rule over one file after the other. Memory holds a batch of rows
//! and what the rule itself remembers of a file.

use chrono::NaiveDate;
use diesel::result::Error as DieselError;
use std::collections::HashMap;

use super::model::{PastVersion, Rehearsal, RehearsalResult, last_of_each};
use super::queries;
use crate::datasets::{self, Code, Dataset, Outside, PastFile, PastRow, Severity, Values, Verdict};
use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::db::{self, Db, DbConn, DbError};
use crate::register::RegisterPeople;
use crate::submissions::{Lists, Setting, VersionId, setting_of};

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
    let mut codes = Lists::load(conn, dataset)?;
    for version in versions {
        let (setting, mut people) = (setting_for(conn, version.id)?, db.connection()?);
        let mut people = setting.people(&mut people)?;
        codes.turn_to(conn, setting.sender())?;
        let file = setting.file((&codes, &mut people), rehearsal.asked_at.jakarta_date());
        let rule = datasets::Rehearsal::of(dataset, &rehearsal.rule, file);
        let rule = rule.ok_or(RunError::NotDeclared)?;
        let result = over_file(conn, dataset, (rehearsal, version), rule, go_on)?;
        db::transaction(conn, |conn| queries::insert_result(conn, &result))?;
    }
    Ok(())
}

/// What a file is looked at with.
pub(super) struct FileSetting(Setting);

pub(super) fn setting_for(
    conn: &mut DbConn,
    version: VersionId,
) -> Result<FileSetting, DieselError> {
    setting_of(conn, version).map(FileSetting)
}

impl FileSetting {
    /// Whose file it is.
    pub fn sender(&self) -> InstitutionId {
        self.0.sender
    }

    /// The register within the sender's reach.
    pub fn people<'c>(&self, conn: &'c mut DbConn) -> Result<RegisterPeople<'c>, DieselError> {
        RegisterPeople::new(conn, self.0.reach.clone())
    }

    /// The file, with the references and the register of today.
    pub fn file<'a>(
        &self,
        (codes, people): (&'a Lists, &'a mut RegisterPeople<'_>),
        today: NaiveDate,
    ) -> PastFile<'a> {
        PastFile {
            codes,
            people,
            today,
            institutions: self.0.institutions.clone(),
            columns: self.0.columns.clone(),
        }
    }
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
        let found = rule.next(&batch.rows).map_err(RunError::Register)?;
        let hit: Vec<u32> = found.iter().map(|one| one.row).collect();
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

/// Rows that follow one another in a file, with what was found in them.
pub(super) struct Batch {
    pub rows: Vec<PastRow>,
    blocked: Vec<u32>,
    found: HashMap<u32, Vec<Found>>,
    /// The number of the last row.
    pub last: i32,
}

/// What a check found.
pub(super) struct Found {
    pub field: String,
    pub code: Code,
    pub severity: Severity,
}

impl Batch {
    /// The rows after this one; none at the end of the file.
    pub fn after(
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
        let mut found: HashMap<u32, Vec<Found>> = HashMap::new();
        for (row, field, code, severity) in queries::findings_in(conn, version, (first, last))? {
            if let (Some(code), Some(severity)) = (Code::parse(&code), Severity::parse(&severity)) {
                let one = Found {
                    field,
                    code,
                    severity,
                };
                found.entry(whole(row)).or_default().push(one);
            }
        }
        let blocked = read
            .iter()
            .filter(|(_, _, verdict)| Verdict::parse(verdict) == Some(Verdict::Blocked));
        Ok(Some(Self {
            blocked: blocked.map(|(number, ..)| whole(*number)).collect(),
            rows: read
                .iter()
                .map(|(number, cells, _)| past(dataset, (whole(*number), cells), &found))
                .collect(),
            found,
            last,
        }))
    }

    /// What was found in a row.
    pub fn findings_of(&self, row: u32) -> &[Found] {
        self.found.get(&row).map_or(&[], Vec::as_slice)
    }

    fn is_blocked(&self, row: u32) -> bool {
        self.blocked.binary_search(&row).is_ok()
    }
}

/// A row as it was kept. A field with an error and without a value could not be
/// read; where the row itself has one and no value at all, none could.
fn past(
    dataset: &Dataset,
    (number, cells): (u32, &str),
    found: &HashMap<u32, Vec<Found>>,
) -> PastRow {
    let cells: Vec<Option<String>> = serde_json::from_str(cells).unwrap_or_default();
    let values: Values = cells.iter().map(Option::as_deref).collect();
    let found = found.get(&number).map_or(&[][..], Vec::as_slice);
    let is_faulty = |field: &str| {
        let of_cell = |one: &Found| one.severity == Severity::Error && !one.code.is_of_rule();
        found.iter().any(|one| one.field == field && of_cell(one))
    };
    let is_void = is_faulty("") && values.iter().all(|value| value.is_none());
    let fields = dataset.fields.iter().enumerate();
    let unread = fields
        .filter(|(at, field)| values.get(*at).is_none() && (is_void || is_faulty(&field.name)));
    PastRow {
        number,
        unread: unread.map(|(at, _)| at).collect(),
        values,
    }
}

fn whole(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}
