//! The only place that reads the system clock.

use chrono::{
    DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, TimeDelta, Utc,
};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::Timestamp;
use diesel::sqlite::Sqlite;
use std::sync::{Arc, Mutex, PoisonError};

use super::db::MultiBackend;

/// Seconds that Jakarta (WIB) is ahead of UTC. Indonesia keeps no summer time.
const JAKARTA_OFFSET: i32 = 7 * 3600;

/// A moment in UTC, in whole microseconds (what PostgreSQL keeps), so that a
/// value read back equals the value written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = Timestamp)]
pub struct Moment(DateTime<Utc>);

impl Moment {
    /// The moment, cut to whole microseconds.
    pub fn new(at: DateTime<Utc>) -> Self {
        Self(at.trunc_subsecs(6))
    }

    /// The start of a calendar day in Jakarta.
    pub fn start_of(day: NaiveDate) -> Self {
        let midnight = day.and_time(NaiveTime::MIN) - TimeDelta::seconds(JAKARTA_OFFSET.into());
        Self(midnight.and_utc())
    }

    /// The moment in UTC.
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// The wall clock in Jakarta (WIB).
    pub fn jakarta(self) -> NaiveDateTime {
        match FixedOffset::east_opt(JAKARTA_OFFSET) {
            Some(offset) => self.0.with_timezone(&offset).naive_local(),
            None => self.0.naive_utc(),
        }
    }

    /// The calendar date in Jakarta: deadlines are counted in these.
    pub fn jakarta_date(self) -> NaiveDate {
        self.jakarta().date()
    }

    /// This moment moved by a number of seconds.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + TimeDelta::seconds(seconds))
    }

    /// Whole seconds from `earlier` to this moment; negative if it is later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_seconds()
    }
}

/// Tells the time: the system's in production, a set one in tests.
#[derive(Clone)]
pub struct Clock(Option<Arc<Mutex<Moment>>>);

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stands still until it is set.
    pub fn fixed(at: Moment) -> Self {
        Self(Some(Arc::new(Mutex::new(at))))
    }

    /// The present moment.
    #[expect(clippy::disallowed_methods, reason = "the one place that may")]
    pub fn now(&self) -> Moment {
        match &self.0 {
            None => Moment::new(Utc::now()),
            Some(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a fixed clock; the machine's clock is left alone.
    pub fn set(&self, to: Moment) {
        if let Some(at) = &self.0 {
            *at.lock().unwrap_or_else(PoisonError::into_inner) = to;
        }
    }
}

impl ToSql<Timestamp, Pg> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Timestamp, Pg>::to_sql(&self.0.naive_utc(), &mut out.reborrow())
    }
}

impl ToSql<Timestamp, Sqlite> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.naive_utc().format("%F %T%.6f").to_string());
        Ok(IsNull::No)
    }
}

impl ToSql<Timestamp, MultiBackend> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Timestamp, self));
        Ok(IsNull::No)
    }
}

impl<DB: Backend> FromSql<Timestamp, DB> for Moment
where
    NaiveDateTime: FromSql<Timestamp, DB>,
{
    fn from_sql(raw: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(NaiveDateTime::from_sql(raw)?.and_utc()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_in_jakarta_at_seventeen_utc() {
        let before = Moment::new("2026-11-20T16:59:59Z".parse().unwrap());
        let after = Moment::new("2026-11-20T17:00:00Z".parse().unwrap());
        assert_eq!(before.jakarta_date().to_string(), "2026-11-20");
        assert_eq!(after.jakarta_date().to_string(), "2026-11-21");
        assert_eq!(Moment::start_of(after.jakarta_date()), after);
    }
}
