//! How much the register holds: counted as rows come, not when it is asked.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::per_backend;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{register_holdings, register_imports};
use crate::register::model::{Holding, RegisterImportId};

/// Adds to a data set's rows.
pub fn add(conn: &mut DbConn, dataset: &str, rows: i64) -> QueryResult<()> {
    let row = (
        register_holdings::dataset.eq(dataset),
        register_holdings::held.eq(rows),
    );
    per_backend!(conn, |c| diesel::insert_into(register_holdings::table)
        .values(row)
        .on_conflict(register_holdings::dataset)
        .do_update()
        .set(register_holdings::held.eq(register_holdings::held + rows))
        .execute(c))
    .map(drop)
}

/// The day that a data set's last finished extract shows.
pub fn as_of(conn: &mut DbConn, dataset: &str) -> QueryResult<Option<NaiveDate>> {
    let day: Option<Option<NaiveDate>> = register_holdings::table
        .inner_join(register_imports::table)
        .filter(register_holdings::dataset.eq(dataset))
        .select(register_imports::as_of)
        .first(conn)
        .optional()?;
    Ok(day.flatten())
}

/// How many rows of a data set are held.
pub fn held(conn: &mut DbConn, dataset: &str) -> QueryResult<i64> {
    let held: Option<i64> = register_holdings::table
        .find(dataset)
        .select(register_holdings::held)
        .first(conn)
        .optional()?;
    Ok(held.unwrap_or_default())
}

/// Names the extract that a data set was last brought to.
pub fn note_extract(conn: &mut DbConn, dataset: &str, import: RegisterImportId) -> QueryResult<()> {
    diesel::update(register_holdings::table.find(dataset))
        .set(register_holdings::import_id.eq(import))
        .execute(conn)
        .map(drop)
}

/// The day whose state a data set shows: as its latest extract was told to, or
/// the day on which that came in; none where no extract did.
///
/// # Errors
/// The database's.
pub fn day_of(conn: &mut DbConn, dataset: &str) -> QueryResult<Option<NaiveDate>> {
    let latest: Option<(Option<NaiveDate>, Option<Moment>)> = register_holdings::table
        .inner_join(register_imports::table)
        .filter(register_holdings::dataset.eq(dataset))
        .select((register_imports::as_of, register_imports::finished_at))
        .first(conn)
        .optional()?;
    Ok(latest.and_then(|(as_of, at)| as_of.or(at.map(Moment::jakarta_date))))
}

/// What the register holds, by data set.
pub fn all(conn: &mut DbConn) -> QueryResult<Vec<Holding>> {
    type Row = (
        String,
        i64,
        Option<(RegisterImportId, Option<Moment>, Option<NaiveDate>)>,
    );
    let rows: Vec<Row> = register_holdings::table
        .left_join(register_imports::table)
        .order(register_holdings::dataset)
        .select((
            register_holdings::dataset,
            register_holdings::held,
            (
                register_imports::id,
                register_imports::finished_at,
                register_imports::as_of,
            )
                .nullable(),
        ))
        .load(conn)?;
    let holding = |(dataset, held, latest): Row| Holding {
        dataset,
        held,
        latest: latest.and_then(|(id, at, as_of)| Some((id, at?, as_of))),
    };
    Ok(rows.into_iter().map(holding).collect())
}
