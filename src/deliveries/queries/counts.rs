//! How much of the register is within reach.

use diesel::dsl::{count, count_star};
use diesel::prelude::*;

use crate::deliveries::model::Selection;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{
    reference_codes, register_people, register_records, register_units,
};
use crate::register::{Place, Reach};

/// How such units are called.
const INSPECTORATE: &str = "%inspektorat%";

/// Narrows a boxed query over people as `Reach::covers` decides for one.
macro_rules! within {
    ($query:ident, $reach:expr) => {
        use register_people::dsl;
        if let Some(positions) = $reach.positions.clone() {
            $query = $query.filter(dsl::position_code.eq_any(positions));
        }
        if let Some(institutions) = $reach.institutions.clone() {
            let at_home = dsl::institution_code.eq_any(institutions.clone());
            let at_work = dsl::workplace_code.assume_not_null().eq_any(institutions);
            $query = $query.filter(at_home.or(at_work));
        }
        if let Some(least) = $reach.rank_at_least.clone() {
            let as_long = "_".repeat(least.chars().count());
            $query = $query.filter(dsl::rank_code.ge(least));
            $query = $query.filter(dsl::rank_code.like(as_long));
        }
    };
}

/// How many persons.
pub fn people(conn: &mut DbConn, reach: &Reach) -> QueryResult<i64> {
    let mut query = register_people::table.select(count_star()).into_boxed();
    within!(query, reach);
    query.first(conn)
}

/// How many records, and of how many persons.
pub fn records(conn: &mut DbConn, selection: &Selection) -> QueryResult<(i64, i64)> {
    let of = register_records::id_pns.eq(register_people::id_pns);
    let mut query = register_records::table
        .inner_join(register_people::table.on(of))
        .select((
            count_star(),
            count(register_records::id_pns).aggregate_distinct(),
        ))
        .filter(register_records::dataset.eq(&selection.dataset))
        .into_boxed();
    within!(query, selection.reach);
    if let Some(days) = &selection.days {
        query = query
            .filter(register_records::effective_on.ge(*days.start()))
            .filter(register_records::effective_on.le(*days.end()));
    }
    query.first(conn)
}

/// How many units of the institutions.
pub fn units(conn: &mut DbConn, reach: &Reach) -> QueryResult<i64> {
    let mut query = register_units::table.select(count_star()).into_boxed();
    if let Some(institutions) = &reach.institutions {
        query = query.filter(register_units::institution_code.eq_any(institutions));
    }
    query.first(conn)
}

/// How many codes these lists ever had.
pub fn codes(conn: &mut DbConn, lists: &[&str]) -> QueryResult<i64> {
    let counts: Vec<i64> = reference_codes::table
        .filter(reference_codes::list.eq_any(lists))
        .group_by(reference_codes::list)
        .select(count(reference_codes::code).aggregate_distinct())
        .load(conn)?;
    Ok(counts.iter().sum())
}

/// A regional inspectorate, or a part of it.
#[derive(Debug, Clone, Queryable)]
pub struct Seat {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub unit: String,
    /// The unit above it, as the extract has it.
    pub parent: Option<String>,
    /// The institution's name.
    pub institution: Option<String>,
}

/// Every unit that is called an inspectorate.
pub fn seats(conn: &mut DbConn) -> QueryResult<Vec<Seat>> {
    register_units::table
        .filter(register_units::search_text.like(INSPECTORATE))
        .select((
            register_units::id,
            register_units::name,
            register_units::parent,
            register_units::institution_name,
        ))
        .load(conn)
}

/// How many persons stand at the same place of an inspectorate.
#[derive(Debug, Clone, Queryable)]
pub struct Heads {
    /// The unit's ID.
    pub unit: Option<String>,
    institution_code: String,
    workplace_code: Option<String>,
    /// Jabatan fungsional; none for others.
    pub position: Option<String>,
    rank_code: Option<String>,
    /// How many.
    pub heads: i64,
}

impl Heads {
    /// Where they stand.
    pub fn place(&self) -> Place {
        Place {
            institution_code: self.institution_code.clone(),
            workplace_code: self.workplace_code.clone(),
            position_code: self.position.clone(),
            rank_code: self.rank_code.clone(),
        }
    }
}

/// The persons of every inspectorate, counted by where they stand.
pub fn heads(conn: &mut DbConn) -> QueryResult<Vec<Heads>> {
    use register_people::dsl;
    let seats = register_units::table
        .filter(register_units::search_text.like(INSPECTORATE))
        .select(register_units::id.nullable());
    let place = (
        dsl::unit_code,
        dsl::institution_code,
        dsl::workplace_code,
        dsl::position_code,
        dsl::rank_code,
    );
    dsl::register_people
        .filter(dsl::unit_code.eq_any(seats))
        .group_by(place)
        .select((
            dsl::unit_code,
            dsl::institution_code,
            dsl::workplace_code,
            dsl::position_code,
            dsl::rank_code,
            count_star(),
        ))
        .load(conn)
}
