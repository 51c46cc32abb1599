//! Counting from an event to a due date, in the ways that agreements count.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::clause::{Clause, Side, Unit};

/// More of any unit than this is a slip of the record, not a term.
const LONGEST: u32 = 10_000;

/// How far from its event a due date lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// How many of `unit`, up to 10,000.
    pub amount: u32,
    /// In what it is counted; never [`Unit::Times`], which is a cadence.
    pub unit: Unit,
    /// Before or after the event.
    pub side: Side,
}

impl Span {
    /// How a clause counts, or nothing when it names no span of time.
    pub fn of(clause: &Clause) -> Option<Self> {
        let amount = clause.amount?.try_into().ok()?;
        let unit = clause.unit.filter(|unit| *unit != Unit::Times)?;
        let side = clause.side.unwrap_or(Side::After);
        (amount <= LONGEST).then_some(Self { amount, unit, side })
    }

    /// The due date that follows from the date of the event. Months are calendar
    /// months, cut back to the end of a shorter month; hours count as whole days;
    /// working days leave out Saturday, Sunday and the holidays.
    pub fn due(self, event: NaiveDate, holidays: &[NaiveDate]) -> Option<NaiveDate> {
        match self.unit {
            Unit::Months => self.months(event),
            Unit::CalendarDays => self.days(event, self.amount),
            Unit::Hours => self.days(event, self.amount.div_ceil(24)),
            Unit::WorkingDays => self.working_days(event, holidays),
            Unit::Times => None,
        }
    }

    fn months(self, event: NaiveDate) -> Option<NaiveDate> {
        let months = Months::new(self.amount);
        match self.side {
            Side::After => event.checked_add_months(months),
            Side::Before => event.checked_sub_months(months),
        }
    }

    fn days(self, event: NaiveDate, days: u32) -> Option<NaiveDate> {
        let days = Days::new(days.into());
        match self.side {
            Side::After => event.checked_add_days(days),
            Side::Before => event.checked_sub_days(days),
        }
    }

    fn working_days(self, event: NaiveDate, holidays: &[NaiveDate]) -> Option<NaiveDate> {
        let mut day = event;
        let mut left = self.amount;
        while left > 0 {
            day = self.days(day, 1)?;
            if is_working_day(day, holidays) {
                left -= 1;
            }
        }
        Some(day)
    }
}

fn is_working_day(day: NaiveDate, holidays: &[NaiveDate]) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !holidays.contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (2000..2100, 1..=366_u32).prop_filter_map("no leap year", |(year, day)| {
            NaiveDate::from_yo_opt(year, day)
        })
    }

    fn months(amount: u32, side: Side) -> Span {
        Span {
            amount,
            unit: Unit::Months,
            side,
        }
    }

    proptest! {
        #[test]
        fn months_keep_the_day_or_end_on_the_last_of_a_shorter_month(day in any_day(), n in 0..120_u32) {
            let due = months(n, Side::After).due(day, &[]).unwrap();
            let is_last = due.checked_add_days(Days::new(1)).unwrap().day() == 1;
            prop_assert!(due.day() == day.day() || (due.day() < day.day() && is_last));
            let months_between = (due.year() - day.year()) * 12 + due.month0() as i32 - day.month0() as i32;
            prop_assert_eq!(months_between, n as i32);
        }

        #[test]
        fn a_later_event_is_never_due_earlier(a in any_day(), b in any_day(), n in 0..120_u32) {
            let (first, second) = (a.min(b), a.max(b));
            for unit in [Unit::Months, Unit::CalendarDays, Unit::WorkingDays, Unit::Hours] {
                let span = Span { amount: n, unit, side: Side::After };
                prop_assert!(span.due(first, &[]) <= span.due(second, &[]));
            }
        }

        #[test]
        fn working_days_end_on_a_working_day(day in any_day(), n in 1..60_u32, holiday in any_day()) {
            let span = Span { amount: n, unit: Unit::WorkingDays, side: Side::After };
            prop_assert!(is_working_day(span.due(day, &[holiday]).unwrap(), &[holiday]));
        }
    }

    #[test]
    fn three_days_are_owed_for_seventy_two_hours() {
        let span = Span {
            amount: 72,
            unit: Unit::Hours,
            side: Side::After,
        };
        let event = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        assert_eq!(span.due(event, &[]), NaiveDate::from_ymd_opt(2026, 11, 23));
    }
}
