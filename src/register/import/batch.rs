//! One batch: what of it is new, changed or as it was.

use diesel::QueryResult;
use std::collections::HashMap;

use super::cells::{Cells, Fault};
use crate::platform::db::DbConn;

/// The rows of a data set, and where they are kept.
pub trait Target {
    /// A row as it is kept.
    type Row: PartialEq;

    /// Reads a row.
    fn read(&self, cells: &Cells<'_>) -> Result<Self::Row, Fault>;
    /// What sets a row apart from the others.
    fn key(row: &Self::Row) -> &str;
    /// The field that tells what a row is about.
    const ABOUT: &'static str;
    /// Whether a file has all rows of whomever it names: those that it no longer
    /// has are taken out.
    const BY_PERSON: bool;
    /// What a row names, as far as that can be told; the rest is not looked at.
    fn names(&self, cells: &Cells<'_>) -> Names;
    /// The rows on record with these keys.
    fn standing(&self, conn: &mut DbConn, keys: &[&str]) -> QueryResult<Vec<Self::Row>>;
    /// Writes rows in the place of those with their keys.
    fn replace(&self, conn: &mut DbConn, rows: &[Self::Row]) -> QueryResult<()>;
    /// Writes rows, all or none.
    fn insert(&self, conn: &mut DbConn, rows: &[Self::Row]) -> QueryResult<()>;
    /// What rows on record name, in the order of their keys, after one of them.
    fn named_after(&self, conn: &mut DbConn, key: &str, limit: i64) -> QueryResult<Vec<Names>>;
    /// Takes rows out; how many there were.
    fn remove(&self, conn: &mut DbConn, keys: &[&str]) -> QueryResult<usize>;
    /// Prepares the tables for a whole extract, before its first row.
    fn begin(&self, _conn: &mut DbConn) -> QueryResult<()> {
        Ok(())
    }
    /// Undoes that, also where the extract broke off.
    fn end(&self, _conn: &mut DbConn) -> QueryResult<()> {
        Ok(())
    }
    /// Gives new rows what only the register can give them.
    fn number(&self, _conn: &mut DbConn, _rows: &mut [Self::Row]) -> QueryResult<()> {
        Ok(())
    }
    /// Lets a row keep what the one on record was given.
    fn succeed(_row: &mut Self::Row, _before: &Self::Row) {}
    /// Rows that cannot be kept beside what is on record, by their keys.
    fn clashes(
        &self,
        _conn: &mut DbConn,
        _rows: &[Differing<Self::Row>],
    ) -> QueryResult<HashMap<String, Fault>> {
        Ok(HashMap::new())
    }
}

/// What a row is about, and what sets it apart; none where that is not readable.
pub struct Names {
    pub about: Option<String>,
    pub key: Option<String>,
}

impl Names {
    /// Of a row that is set apart by what it is about.
    pub fn alone(id: Option<String>) -> Self {
        Self {
            about: id.clone(),
            key: id,
        }
    }
}

/// A row that is not on record as it is.
pub struct Differing<R> {
    /// Its number in the file.
    pub number: i64,
    pub row: R,
    /// Nothing is on record with its key.
    pub is_new: bool,
}

/// What became of a batch.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub added: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub rejected: Vec<(i64, Fault)>,
}

/// The rows of a batch, each key once, in the order of their keys: neighbours in
/// the file of the database are then written together.
pub struct Rows<R> {
    /// Of each row its number in the file.
    numbers: Vec<i64>,
    rows: Vec<R>,
    /// How many were left out because a later one has the same key.
    repeated: i64,
}

impl<R> Rows<R> {
    /// Of the rows with the same key the last, which is the latest.
    pub fn of<T: Target<Row = R>>(mut rows: Vec<(i64, R)>) -> Self {
        let all = rows.len();
        // Within a key the last comes first, which is the one that is kept.
        rows.sort_unstable_by(|a, b| T::key(&a.1).cmp(T::key(&b.1)).then(b.0.cmp(&a.0)));
        rows.dedup_by(|a, b| T::key(&a.1) == T::key(&b.1));
        let repeated = whole(all - rows.len());
        let (numbers, rows) = rows.into_iter().unzip();
        Self {
            numbers,
            rows,
            repeated,
        }
    }
}

/// Writes a batch of which nothing is on record, without looking: that costs
/// nothing, and a row that is there after all ends it with a unique violation.
///
/// # Errors
/// The database's; then the transaction is to be rolled back.
pub fn as_new<T: Target>(
    target: &T,
    conn: &mut DbConn,
    batch: &mut Rows<T::Row>,
) -> QueryResult<Outcome> {
    target.number(conn, &mut batch.rows)?;
    target.insert(conn, &batch.rows)?;
    Ok(Outcome {
        added: whole(batch.rows.len()),
        unchanged: batch.repeated,
        ..Outcome::default()
    })
}

/// Writes what of a batch is not on record as it is.
///
/// # Errors
/// The database's.
pub fn compared<T: Target>(
    target: &T,
    conn: &mut DbConn,
    batch: Rows<T::Row>,
) -> QueryResult<Outcome> {
    let mut outcome = Outcome {
        unchanged: batch.repeated,
        ..Outcome::default()
    };
    let rows = batch.numbers.into_iter().zip(batch.rows).collect();
    write_differing(target, conn, rows, &mut outcome)?;
    Ok(outcome)
}

fn write_differing<T: Target>(
    target: &T,
    conn: &mut DbConn,
    rows: Vec<(i64, T::Row)>,
    outcome: &mut Outcome,
) -> QueryResult<()> {
    let rows = differing(target, conn, rows, outcome)?;
    let clashes = target.clashes(conn, &rows)?;
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for Differing {
        number,
        row,
        is_new,
    } in rows
    {
        match clashes.get(T::key(&row)) {
            Some(fault) => outcome.rejected.push((number, fault.clone())),
            None if is_new => new.push(row),
            None => changed.push(row),
        }
    }
    outcome.added += whole(new.len());
    outcome.changed += whole(changed.len());
    if !changed.is_empty() {
        target.replace(conn, &changed)?;
    }
    if !new.is_empty() {
        target.number(conn, &mut new)?;
        target.insert(conn, &new)?;
    }
    Ok(())
}

/// The rows that are not on record so already; the others are counted.
fn differing<T: Target>(
    target: &T,
    conn: &mut DbConn,
    rows: Vec<(i64, T::Row)>,
    outcome: &mut Outcome,
) -> QueryResult<Vec<Differing<T::Row>>> {
    let keys: Vec<&str> = rows.iter().map(|(_, row)| T::key(row)).collect();
    let standing = target.standing(conn, &keys)?;
    let standing: HashMap<&str, &T::Row> = standing.iter().map(|row| (T::key(row), row)).collect();
    let mut differing = Vec::new();
    for (number, mut row) in rows {
        let before = standing.get(T::key(&row));
        if let Some(before) = before {
            T::succeed(&mut row, before);
            if **before == row {
                outcome.unchanged += 1;
                continue;
            }
        }
        let is_new = before.is_none();
        differing.push(Differing {
            number,
            row,
            is_new,
        });
    }
    Ok(differing)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
