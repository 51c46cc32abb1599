//! How much of the register is within reach.

use chrono::NaiveDate;
use diesel::dsl::{count, count_star};
use diesel::prelude::*;
use std::ops::RangeInclusive;

use super::population::within;
use crate::platform::db::schema::{register_people, register_records, register_units};
use crate::platform::db::{DbConn, containing};
use crate::register::model::Place;
use crate::register::reach::{Branch, Reach};

/// A share of a branch that one index holds; nobody is in two shares.
enum Share {
    /// All of them.
    All,
    /// They belong to one of these institutions.
    Homes(Vec<String>),
    /// They work at one of these institutions and belong to none of them.
    Guests(Vec<String>),
}

/// Where people are chosen by institution alone, each column has its index.
fn shares(mut rest: Branch) -> Vec<(Share, Branch)> {
    let conditions = &mut rest.reach;
    let has_positions = conditions.positions.is_some();
    match conditions.institutions.take_if(|_| !has_positions) {
        Some(codes) => vec![
            (Share::Homes(codes.clone()), rest.clone()),
            (Share::Guests(codes), rest),
        ],
        None => vec![(Share::All, rest)],
    }
}

fn shares_of(reach: &Reach) -> impl Iterator<Item = (Share, Branch)> {
    reach.branches().into_iter().flat_map(shares)
}

macro_rules! sharing {
    ($query:expr, $share:expr) => {{
        use register_people::dsl;
        match $share {
            Share::All => $query,
            Share::Homes(codes) => $query.filter(dsl::institution_code.eq_any(codes)),
            Share::Guests(codes) => $query
                .filter(dsl::workplace_code.assume_not_null().eq_any(codes.clone()))
                .filter(dsl::workplace_code.ne(dsl::institution_code.nullable()))
                .filter(dsl::institution_code.ne_all(codes)),
        }
    }};
}

/// How many persons are within reach.
///
/// # Errors
/// The database's.
pub fn count_people(conn: &mut DbConn, reach: &Reach) -> QueryResult<i64> {
    let of = |(share, rest): (Share, Branch)| {
        let people = register_people::table.select(count_star()).into_boxed();
        within!(sharing!(people, share), rest).first::<i64>(conn)
    };
    shares_of(reach).map(of).sum()
}

/// How many records of a data set about persons within reach, and about how many
/// of them; with `days` only what counts from one of these.
///
/// # Errors
/// The database's.
pub fn count_records(
    conn: &mut DbConn,
    dataset: &str,
    reach: &Reach,
    days: Option<&RangeInclusive<NaiveDate>>,
) -> QueryResult<(i64, i64)> {
    use register_records::dsl;
    let (mut rows, mut persons) = (0, 0);
    for (share, rest) in shares_of(reach) {
        let of = dsl::id_pns.eq(register_people::id_pns);
        let query = dsl::register_records
            .inner_join(register_people::table.on(of))
            .select((count_star(), count(dsl::id_pns).aggregate_distinct()))
            .filter(dsl::dataset.eq(dataset))
            .into_boxed();
        let mut query = within!(sharing!(query, share), rest);
        if let Some(days) = days {
            query = query
                .filter(dsl::effective_on.ge(*days.start()))
                .filter(dsl::effective_on.le(*days.end()));
        }
        let (of_rows, of_persons): (i64, i64) = query.first(conn)?;
        rows += of_rows;
        persons += of_persons;
    }
    Ok((rows, persons))
}

/// How many units the institutions within reach have.
///
/// # Errors
/// The database's.
pub fn count_units_within(conn: &mut DbConn, reach: &Reach) -> QueryResult<i64> {
    let mut query = register_units::table.select(count_star()).into_boxed();
    if let Some(institutions) = &reach.institutions {
        query = query.filter(register_units::institution_code.eq_any(institutions));
    }
    query.first(conn)
}

/// How many persons of a unit stand alike.
#[derive(Debug, Clone, Queryable)]
pub struct Heads {
    /// The unit's ID.
    pub unit: Option<String>,
    /// Jenis jabatan.
    pub position_kind: Option<String>,
    /// Where they stand.
    pub place: Place,
    /// How many.
    pub heads: i64,
}

/// The persons of every unit with `term` (lower case) in its name, counted by
/// where they stand.
///
/// # Errors
/// The database's.
pub fn heads_of_units(conn: &mut DbConn, term: &str) -> QueryResult<Vec<Heads>> {
    use register_people::dsl;
    let place = (
        dsl::institution_code,
        dsl::workplace_code,
        dsl::position_code,
        dsl::rank_code,
    );
    let is_called = register_units::search_text.like(containing(term));
    let units = register_units::table
        .filter(is_called.escape('\\'))
        .select(register_units::id.nullable());
    dsl::register_people
        .filter(dsl::unit_code.eq_any(units))
        .group_by((dsl::unit_code, dsl::position_kind, place))
        .select((dsl::unit_code, dsl::position_kind, place, count_star()))
        .load(conn)
}
