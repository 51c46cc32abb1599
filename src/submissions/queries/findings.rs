//! Findings of a version. The version was found within the reader's reach
//! before.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::platform::db::schema::{finding_totals, row_findings};
use crate::platform::db::{DbConn, MultiBackend};
use crate::submissions::model::{FindingProgress, FindingTotal, StoredFinding, VersionId};

/// Which findings to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindingFilter {
    /// Only of this code and field.
    pub rule: Option<(String, String)>,
    /// Only in this field.
    pub field: Option<String>,
    /// Only in this row.
    pub row: Option<i32>,
    /// Only those that the version before had too, or had not.
    pub standing: Option<(VersionId, Standing)>,
}

impl FindingFilter {
    /// Whether findings of a kind can pass.
    pub fn covers(&self, code: &str, field: &str) -> bool {
        let is_of_rule = self
            .rule
            .as_ref()
            .is_none_or(|rule| (rule.0.as_str(), rule.1.as_str()) == (code, field));
        is_of_rule && self.field.as_ref().is_none_or(|name| name == field)
    }

    /// How many findings pass, where no row is named: the sum of what was
    /// counted when the check ended, so that nobody counts a million for a page.
    pub fn counted(&self, totals: &[FindingTotal], kinds: &[FindingProgress]) -> i64 {
        let totals = totals.iter().filter(|it| self.covers(&it.code, &it.field));
        let kinds = kinds.iter().filter(|it| self.covers(&it.code, &it.field));
        match self.standing {
            None => totals.map(|total| total.findings).sum(),
            Some((_, Standing::Remaining)) => kinds.map(|kind| kind.remaining).sum(),
            Some((_, Standing::Fresh)) => kinds.map(|kind| kind.fresh).sum(),
        }
    }
}

/// How a finding compares with the version before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It was there before.
    Remaining,
    /// It was not.
    Fresh,
}

/// What was found how often, errors first, the most frequent first.
pub fn totals(conn: &mut DbConn, id: VersionId) -> QueryResult<Vec<FindingTotal>> {
    finding_totals::table
        .filter(finding_totals::version_id.eq(id))
        .order((
            finding_totals::severity,
            finding_totals::rows.desc(),
            finding_totals::code,
        ))
        .select(FindingTotal::as_select())
        .load(conn)
}

/// How many findings pass a filter that names a row, or of a version whose
/// findings were not counted.
pub fn count(conn: &mut DbConn, id: VersionId, filter: &FindingFilter) -> QueryResult<i64> {
    filtered(id, filter).count().get_result(conn)
}

/// A page of findings, in the order of the file.
pub fn page(
    conn: &mut DbConn,
    id: VersionId,
    filter: &FindingFilter,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<StoredFinding>> {
    filtered(id, filter)
        .order(row_findings::position)
        .limit(limit)
        .offset(offset)
        .load(conn)
}

type Filtered<'a> = diesel::helper_types::IntoBoxed<
    'a,
    diesel::dsl::Select<row_findings::table, diesel::dsl::AsSelect<StoredFinding, MultiBackend>>,
    MultiBackend,
>;

fn filtered<'a>(id: VersionId, filter: &FindingFilter) -> Filtered<'a> {
    let mut query = row_findings::table
        .select(StoredFinding::as_select())
        .into_boxed()
        .filter(row_findings::version_id.eq(id));
    if let Some((code, field)) = filter.rule.clone() {
        query = query
            .filter(row_findings::code.eq(code))
            .filter(row_findings::field.eq(field));
    }
    if let Some(field) = filter.field.clone() {
        query = query.filter(row_findings::field.eq(field));
    }
    if let Some(row) = filter.row {
        query = query.filter(row_findings::row_number.eq(row));
    }
    match filter.standing {
        None => query,
        Some((before, Standing::Remaining)) => query.filter(was_there(before)),
        Some((before, Standing::Fresh)) => query.filter(diesel::dsl::not(was_there(before))),
    }
}

type Part = diesel::expression::SqlLiteral<Bool>;
type Bound<T> = diesel::expression::UncheckedBind<T, diesel::dsl::AsExprOf<VersionId, Text>>;
type Then<T> = diesel::expression::SqlLiteral<Bool, T>;
type WasThere = Then<Bound<Then<Bound<Then<Bound<Part>>>>>>;

/// That the version `before` has the same finding in the same row. Nothing is
/// appended to code and field for the reason told in `progress`.
fn was_there(before: VersionId) -> WasThere {
    const HEAD: &str = "EXISTS (SELECT 1 FROM submission_rows r JOIN row_findings g \
        ON g.code || '' = row_findings.code AND g.field || '' = row_findings.field \
        WHERE r.version_id = row_findings.version_id \
        AND r.row_number = row_findings.row_number AND g.version_id = ";
    const BY_KEY: &str = " AND g.row_number = COALESCE((SELECT MIN(o.row_number) \
        FROM row_keys o WHERE o.row_key = r.row_key AND o.version_id = ";
    const BY_PLACE: &str = "), (SELECT o.row_number FROM submission_rows o \
        WHERE o.row_number = r.row_number AND (o.row_key < 0 OR r.row_key < 0) \
        AND NOT EXISTS (SELECT 1 FROM row_keys s WHERE s.version_id = r.version_id \
        AND s.row_key = o.row_key) AND o.version_id = ";
    sql::<Bool>(HEAD)
        .bind::<Text, _>(before)
        .sql(BY_KEY)
        .bind::<Text, _>(before)
        .sql(BY_PLACE)
        .bind::<Text, _>(before)
        .sql(")))")
}

/// The first finding of each kind, to say how that kind is mended: looked up
/// kind by kind, never by reading all findings.
pub fn first_of_each(conn: &mut DbConn, id: VersionId) -> QueryResult<Vec<StoredFinding>> {
    let first_of_kind = row_findings::table
        .filter(row_findings::version_id.eq(finding_totals::version_id))
        .filter(row_findings::code.eq(finding_totals::code))
        .filter(row_findings::field.eq(finding_totals::field))
        .select(diesel::dsl::min(row_findings::position))
        .single_value();
    let firsts: Vec<Option<i64>> = finding_totals::table
        .filter(finding_totals::version_id.eq(id))
        .select(first_of_kind)
        .load(conn)?;
    row_findings::table
        .filter(row_findings::version_id.eq(id))
        .filter(row_findings::position.eq_any(firsts.into_iter().flatten()))
        .select(StoredFinding::as_select())
        .load(conn)
}

/// The next findings after a position, in the order of the file.
pub fn after(
    conn: &mut DbConn,
    id: VersionId,
    position: i64,
    limit: i64,
) -> QueryResult<Vec<StoredFinding>> {
    row_findings::table
        .filter(row_findings::version_id.eq(id))
        .filter(row_findings::position.gt(position))
        .order(row_findings::position)
        .limit(limit)
        .select(StoredFinding::as_select())
        .load(conn)
}

/// The findings in these places.
pub fn at(conn: &mut DbConn, id: VersionId, positions: &[i64]) -> QueryResult<Vec<StoredFinding>> {
    row_findings::table
        .filter(row_findings::version_id.eq(id))
        .filter(row_findings::position.eq_any(positions))
        .order(row_findings::position)
        .select(StoredFinding::as_select())
        .load(conn)
}

/// The findings in some rows.
pub fn in_rows(conn: &mut DbConn, id: VersionId, rows: &[i32]) -> QueryResult<Vec<StoredFinding>> {
    row_findings::table
        .filter(row_findings::version_id.eq(id))
        .filter(row_findings::row_number.eq_any(rows))
        .order(row_findings::position)
        .select(StoredFinding::as_select())
        .load(conn)
}
