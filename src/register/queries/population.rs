//! Whom an Annex reaches, page by page in the order of an index: what a page
//! costs grows neither with the register nor with the pages before it.

use chrono::NaiveDate;
use diesel::prelude::*;
use std::ops::RangeInclusive;

use crate::platform::db::schema::{register_people, register_records};
use crate::platform::db::{DbConn, MultiBackend};
use crate::register::model::{Profile, Record};
use crate::register::reach::{Branch, Reach};

/// People who stand together in one index, in the order of their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Everybody,
    /// They hold this functional position.
    Position(String),
    /// They belong to this institution.
    Home(String),
    /// They work at this institution and belong to another.
    Guests(String),
    /// They have this golongan.
    Rank(String),
}

/// Narrows a boxed query over people, or over people beside something else, to
/// those of a branch, as [`Reach::covers`] decides for one.
macro_rules! within {
    ($query:expr, $branch:expr) => {{
        use $crate::platform::db::schema::register_people::dsl;
        let (mut query, Branch { reach, except }) = ($query, $branch);
        if let Some(other) = except {
            let works_elsewhere = dsl::workplace_code.assume_not_null().ne(other.clone());
            query = query
                .filter(dsl::institution_code.ne(other))
                .filter(dsl::workplace_code.is_null().or(works_elsewhere));
        }
        if let Some(positions) = reach.positions {
            query = query.filter(dsl::position_code.eq_any(positions));
        }
        if let Some(institutions) = reach.institutions {
            let at_home = dsl::institution_code.eq_any(institutions.clone());
            let at_work = dsl::workplace_code.assume_not_null().eq_any(institutions);
            query = query.filter(at_home.or(at_work));
        }
        if let Some(least) = reach.rank_at_least {
            let as_long = "_".repeat(least.chars().count());
            query = query.filter(dsl::rank_code.ge(least));
            query = query.filter(dsl::rank_code.like(as_long));
        }
        query
    }};
}
pub(super) use within;

type People = register_people::BoxedQuery<'static, MultiBackend>;

/// The people of a part of a branch after a number.
pub fn people_after(
    conn: &mut DbConn,
    branch: &Branch,
    part: &Part,
    (number, limit): (i32, i64),
) -> QueryResult<Vec<Profile>> {
    of_part(part, branch)
        .filter(register_people::number.gt(number))
        .order(register_people::number)
        .select(Profile::as_select())
        .limit(limit)
        .load(conn)
}

/// The condition that the part stands for is not asked twice: its index is
/// then the plain choice.
fn of_part(part: &Part, branch: &Branch) -> People {
    use register_people::dsl;
    let people = dsl::register_people.into_boxed();
    let mut branch = branch.clone();
    let rest: &mut Reach = &mut branch.reach;
    let people = match part.clone() {
        Part::Everybody => people,
        Part::Position(code) => {
            rest.positions = None;
            people.filter(dsl::position_code.eq(code))
        }
        Part::Home(code) => {
            rest.institutions = None;
            people.filter(dsl::institution_code.eq(code))
        }
        Part::Guests(code) => {
            // Who belongs to one of the institutions is there already.
            let homes = rest.institutions.take().unwrap_or_default();
            people
                .filter(dsl::workplace_code.eq(code))
                .filter(dsl::workplace_code.ne(dsl::institution_code.nullable()))
                .filter(dsl::institution_code.ne_all(homes))
        }
        Part::Rank(code) => {
            rest.rank_at_least = None;
            people.filter(dsl::rank_code.eq(code))
        }
    };
    within!(people, branch)
}

/// The codes of golongan on record from one upward.
pub fn ranks_from(conn: &mut DbConn, least: &str) -> QueryResult<Vec<String>> {
    use register_people::dsl;
    dsl::register_people
        .filter(dsl::rank_code.ge(least))
        .filter(dsl::rank_code.like("_".repeat(least.chars().count())))
        .select(dsl::rank_code.assume_not_null())
        .distinct()
        .order(dsl::rank_code.assume_not_null())
        .load(conn)
}

/// The records of a data set about these persons.
pub fn records_about(
    conn: &mut DbConn,
    dataset: &str,
    people: &[&str],
) -> QueryResult<Vec<Record>> {
    register_records::table
        .filter(register_records::dataset.eq(dataset))
        .filter(register_records::id_pns.eq_any(people))
        .order((register_records::id_pns, register_records::record_key))
        .select(Record::as_select())
        .load(conn)
}

/// The days within a time from which records of a data set count.
pub fn days_within(
    conn: &mut DbConn,
    dataset: &str,
    days: &RangeInclusive<NaiveDate>,
) -> QueryResult<Vec<NaiveDate>> {
    use register_records::dsl;
    dsl::register_records
        .filter(dsl::dataset.eq(dataset))
        .filter(dsl::effective_on.ge(*days.start()))
        .filter(dsl::effective_on.le(*days.end()))
        .select(dsl::effective_on.assume_not_null())
        .distinct()
        .order(dsl::effective_on.assume_not_null())
        .load(conn)
}

/// The records of a data set that count from a day, after a key.
pub fn records_of_day(
    conn: &mut DbConn,
    dataset: &str,
    day: NaiveDate,
    (key, limit): (&str, i64),
) -> QueryResult<Vec<Record>> {
    use register_records::dsl;
    dsl::register_records
        .filter(dsl::dataset.eq(dataset))
        .filter(dsl::effective_on.eq(day))
        .filter(dsl::record_key.gt(key))
        .order(dsl::record_key)
        .select(Record::as_select())
        .limit(limit)
        .load(conn)
}
