//! A plan of periodic deliveries, and the days on which it is due.

use chrono::{Datelike, Days, Months, NaiveDate};
use diesel::prelude::*;
use std::ops::RangeInclusive;

use crate::agreements::AgreementId;
use crate::datasets;
use crate::platform::clock::Moment;
use crate::platform::db::schema::delivery_plans;
use crate::platform::ids::{id, words};

id!(
    /// A plan of periodic deliveries.
    PlanId
);

words!(
    /// Which records a period's delivery holds, by the day from which they count.
    Cover {
        /// All of them.
        Everything = "everything",
        /// Those of the months behind the month in which it is due.
        MonthsPast = "months_past",
        /// Those of the months ahead of it.
        MonthsAhead = "months_ahead",
    }
);

/// Periods that are made after the portal stood still, the latest ones; what is
/// older is noted as overtaken.
const CATCH_UP: usize = 12;

/// That a data set goes to an agreement every so many months.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = delivery_plans)]
pub struct Plan {
    /// Names it.
    pub id: PlanId,
    /// To which agreement.
    pub agreement_id: AgreementId,
    /// The data set.
    pub dataset: String,
    /// From one delivery to the next, 1 to 12 months.
    pub every_months: i32,
    /// On which day of the month, 1 to 31; on the last of a shorter month.
    pub day_of_month: i32,
    /// What each delivery holds.
    pub covers: Cover,
    /// The article or Annex that asks for it.
    pub article: String,
    /// No period is due before this day.
    pub starts_on: NaiveDate,
    /// The first period that was neither made nor skipped is due on this day.
    pub next_on: NaiveDate,
    /// Since when it rests.
    pub paused_at: Option<Moment>,
    /// When it was ended.
    pub ended_at: Option<Moment>,
    /// The form's one-time key.
    pub form_key: String,
    /// Who entered it.
    pub recorded_by: String,
    /// When.
    pub recorded_at: Moment,
}

/// How far a plan has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanState {
    /// Its periods are made.
    Running,
    /// Its periods are passed over.
    Paused,
    /// It makes no more.
    Ended,
}

impl Plan {
    /// How far it has come.
    pub fn state(&self) -> PlanState {
        match (self.ended_at, self.paused_at) {
            (Some(_), _) => PlanState::Ended,
            (None, Some(_)) => PlanState::Paused,
            (None, None) => PlanState::Running,
        }
    }

    /// What people call its data set.
    pub fn title(&self) -> &str {
        datasets::title_of(&self.dataset)
    }

    /// When it is due.
    pub fn cadence(&self) -> Cadence {
        Cadence::new(self.starts_on, self.every_months, self.day_of_month)
    }

    /// The next days on which it is due, beginning with `next_on`.
    pub fn next_days(&self) -> impl Iterator<Item = NaiveDate> {
        let cadence = self.cadence();
        std::iter::successors(Some(self.next_on), move |day| cadence.after(*day))
    }

    /// The records of the period that is due on a day; `None` for all. The
    /// periods lie side by side: as long as the cadence, in whole months.
    pub fn days(&self, due_on: NaiveDate) -> Option<RangeInclusive<NaiveDate>> {
        let span = Months::new(positive(self.every_months));
        let month = due_on.with_day(1)?;
        let first = match self.covers {
            Cover::Everything => return None,
            Cover::MonthsPast => month.checked_sub_months(span)?,
            Cover::MonthsAhead => month.checked_add_months(Months::new(1))?,
        };
        let behind = first.checked_add_months(span)?;
        Some(first..=behind.checked_sub_days(Days::new(1))?)
    }

    /// Whether enough later periods are due by today that this one needs no
    /// delivery of its own: of whole copies only the latest says anything.
    pub fn is_overtaken(&self, today: NaiveDate) -> bool {
        let most = match self.covers {
            Cover::Everything => 1,
            Cover::MonthsPast | Cover::MonthsAhead => CATCH_UP,
        };
        let open = self.next_days().take_while(|day| *day <= today);
        open.take(most + 1).count() > most
    }
}

/// Every so many months on a day of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cadence {
    /// Month of the first day due, counted from the year 0.
    first: i32,
    every: i32,
    day: u32,
}

impl Cadence {
    /// The first day due is the first such day that is not before `starts_on`.
    pub fn new(starts_on: NaiveDate, every_months: i32, day_of_month: i32) -> Self {
        let cadence = Self {
            first: month_of(starts_on),
            every: every_months.max(1),
            day: positive(day_of_month),
        };
        match cadence.day_in(cadence.first) {
            Some(day) if day < starts_on => Self {
                first: cadence.first + 1,
                ..cadence
            },
            _ => cadence,
        }
    }

    /// The first day due; none beyond the calendar.
    pub fn begin(self) -> Option<NaiveDate> {
        self.day_in(self.first)
    }

    /// The first day due after another; none beyond the calendar.
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        let gone = (month_of(day) - self.first).max(0) / self.every;
        let month = self.first + gone * self.every;
        let same = self.day_in(month).filter(|due| *due > day);
        same.or_else(|| self.day_in(month + self.every))
    }

    fn day_in(self, month: i32) -> Option<NaiveDate> {
        let (year, month) = (month.div_euclid(12), positive(month.rem_euclid(12) + 1));
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        first.with_day(self.day.clamp(1, u32::from(first.num_days_in_month())))
    }
}

fn month_of(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0().cast_signed()
}

fn positive(number: i32) -> u32 {
    number.max(1).unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(cadence: Cadence, count: usize) -> Vec<String> {
        let all = std::iter::successors(cadence.begin(), |day| cadence.after(*day));
        all.take(count).map(|day| day.to_string()).collect()
    }

    fn plan(starts_on: NaiveDate, every: i32, on: i32, covers: Cover) -> Plan {
        Plan {
            id: PlanId::generate(),
            agreement_id: AgreementId::generate(),
            dataset: "pensiun".into(),
            every_months: every,
            day_of_month: on,
            covers,
            article: "Lampiran".into(),
            starts_on,
            next_on: Cadence::new(starts_on, every, on).begin().unwrap(),
            paused_at: None,
            ended_at: None,
            form_key: "kunci".into(),
            recorded_by: "system".into(),
            recorded_at: Moment::start_of(starts_on),
        }
    }

    #[test]
    fn the_thirty_first_is_the_last_of_a_shorter_month_leap_years_too() {
        let monthly = Cadence::new(day("2028-01-15"), 1, 31);
        let expected = ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"];
        assert_eq!(days(monthly, 4), expected);
        let yearly = Cadence::new(day("2027-02-01"), 12, 29);
        assert_eq!(days(yearly, 2), ["2027-02-28", "2028-02-29"]);
    }

    #[test]
    fn a_day_that_is_over_in_the_first_month_is_first_due_in_the_next() {
        let quarterly = Cadence::new(day("2026-11-21"), 3, 20);
        assert_eq!(
            days(quarterly, 3),
            ["2026-12-20", "2027-03-20", "2027-06-20"]
        );
        assert_eq!(
            days(Cadence::new(day("2026-11-20"), 3, 20), 1),
            ["2026-11-20"]
        );
    }

    #[test]
    fn a_period_is_of_whole_months_beside_the_one_in_which_it_is_due() {
        let start = day("2026-11-20");
        let ahead = plan(start, 1, 20, Cover::MonthsAhead).days(day("2026-12-20"));
        assert_eq!(ahead, Some(day("2027-01-01")..=day("2027-01-31")));
        let past = plan(start, 3, 20, Cover::MonthsPast).days(day("2027-02-20"));
        assert_eq!(past, Some(day("2026-11-01")..=day("2027-01-31")));
        assert_eq!(plan(start, 1, 20, Cover::Everything).days(start), None);
    }

    #[test]
    fn a_year_is_caught_up_and_of_whole_copies_the_last_alone() {
        let start = day("2026-01-10");
        let ahead = plan(start, 1, 10, Cover::MonthsAhead);
        assert!(!ahead.is_overtaken(day("2026-12-31")), "twelve are due");
        assert!(ahead.is_overtaken(day("2027-01-10")), "thirteen are");
        let whole = plan(start, 1, 10, Cover::Everything);
        assert!(!whole.is_overtaken(day("2026-02-09")));
        assert!(whole.is_overtaken(day("2026-02-10")));
    }

    prop_compose! {
        fn any_plan()(
            start in 0_i32..60_000, every in 1_i32..=12, on in 1_i32..=31, ahead in any::<bool>(),
        ) -> Plan {
            let start = day("1990-01-01") + Days::new(u64::from(start.unsigned_abs()));
            let covers = if ahead { Cover::MonthsAhead } else { Cover::MonthsPast };
            plan(start, every, on, covers)
        }
    }

    proptest! {
        #[test]
        fn days_due_follow_each_other_a_cadence_apart_on_their_day(plan in any_plan()) {
            let due: Vec<NaiveDate> = plan.next_days().take(30).collect();
            prop_assert!(due[0] >= plan.starts_on);
            prop_assert!(month_of(due[0]) - month_of(plan.starts_on) <= 1);
            for (index, one) in due.iter().enumerate() {
                let last = u32::from(one.num_days_in_month());
                prop_assert_eq!(one.day(), plan.day_of_month.unsigned_abs().min(last));
                let gone = i32::try_from(index).unwrap() * plan.every_months;
                prop_assert_eq!(month_of(*one) - month_of(due[0]), gone);
            }
        }

        #[test]
        fn no_day_is_due_between_two_whatever_day_is_asked_from(plan in any_plan(), later in 0_u64..4_000) {
            let cadence = plan.cadence();
            let asked = plan.starts_on + Days::new(later);
            let next = cadence.after(asked).unwrap();
            prop_assert!(next > asked);
            let listed = plan.next_days().find(|day| *day > asked);
            prop_assert_eq!(Some(next), listed);
        }

        #[test]
        fn periods_lie_side_by_side_so_that_nobody_is_left_out_or_given_twice(plan in any_plan()) {
            let due: Vec<NaiveDate> = plan.next_days().take(20).collect();
            for pair in due.windows(2) {
                let (one, next) = (plan.days(pair[0]).unwrap(), plan.days(pair[1]).unwrap());
                prop_assert!(one.start() <= one.end());
                prop_assert_eq!(one.end().succ_opt().unwrap(), *next.start());
            }
        }
    }
}
