//! What became of a plan on the days on which it was due.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::delivery::DeliveryId;
use super::plan::PlanId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{delivery_periods, delivery_plan_changes};
use crate::platform::ids::{id, words};

id!(
    /// A change of a plan.
    PlanChangeId
);

words!(
    /// What became of a period.
    PeriodOutcome {
        /// Its data were published.
        Published = "published",
        /// Nobody and nothing is in it.
        Empty = "empty",
        /// The agreement did not hold.
        NotInForce = "not_in_force",
        /// The Annex did not grant the data set.
        NotGranted = "not_granted",
        /// The plan rested.
        Paused = "paused",
        /// The portal stood still, and later periods were due as well.
        Overtaken = "overtaken",
    }
);

/// A period of a plan that is done with. Each is noted once.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = delivery_periods, treat_none_as_default_value = false)]
pub struct Period {
    /// The plan.
    pub plan_id: PlanId,
    /// The day on which it was due.
    pub due_on: NaiveDate,
    /// Of what counts from this day on; `None` for all.
    pub counts_from: Option<NaiveDate>,
    /// Of what counts up to this day.
    pub counts_until: Option<NaiveDate>,
    /// What became of it.
    pub outcome: PeriodOutcome,
    /// Its publication.
    pub publication_id: Option<DeliveryId>,
    /// When that was noted.
    pub noted_at: Moment,
}

words!(
    /// What was done to a plan.
    PlanDeed {
        /// It was entered.
        Entered = "entered",
        /// It rests.
        Paused = "paused",
        /// It goes on.
        Resumed = "resumed",
        /// It makes no more.
        Ended = "ended",
    }
);

/// That somebody changed a plan.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = delivery_plan_changes)]
pub struct PlanChange {
    /// Names it.
    pub id: PlanChangeId,
    /// The plan.
    pub plan_id: PlanId,
    /// What was done.
    pub deed: PlanDeed,
    /// Why; on entering, the article.
    pub reason: String,
    /// Who did it.
    pub made_by: String,
    /// When.
    pub made_at: Moment,
}
