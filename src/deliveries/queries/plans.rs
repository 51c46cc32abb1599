//! Statements on plans of periodic deliveries.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::accounts::Scope;
use crate::agreements::{Agreement, AgreementId};
use crate::deliveries::model::{Period, PeriodOutcome, Plan, PlanChange, PlanId, Publication};
use crate::institutions::Institution;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::platform::db::schema::{
    agreements, delivery_periods, delivery_plan_changes, delivery_plans, institutions, publications,
};

/// A plan with whose it is.
pub type PlanDossier = (Plan, Agreement, Institution);

/// A plan within reach, with its agreement and partner.
pub fn dossier(conn: &mut DbConn, scope: Scope, id: PlanId) -> QueryResult<Option<PlanDossier>> {
    let mut query = delivery_plans::table
        .inner_join(agreements::table.inner_join(institutions::table))
        .filter(delivery_plans::id.eq(id))
        .select((
            Plan::as_select(),
            Agreement::as_select(),
            Institution::as_select(),
        ))
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.first(conn).optional()
}

/// The plans within reach, those that go on first, by their next day.
pub fn within(
    conn: &mut DbConn,
    scope: Scope,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<PlanDossier>> {
    let mut query = delivery_plans::table
        .inner_join(agreements::table.inner_join(institutions::table))
        .select((
            Plan::as_select(),
            Agreement::as_select(),
            Institution::as_select(),
        ))
        .order((
            delivery_plans::ended_at.is_not_null(),
            delivery_plans::next_on,
            delivery_plans::recorded_at,
        ))
        .limit(limit)
        .offset(offset)
        .into_boxed();
    if let Some(institution) = scope.institution() {
        query = query.filter(agreements::institution_id.eq(institution));
    }
    query.load(conn)
}

/// How many plans there are, and how many of them go on.
pub fn count(conn: &mut DbConn) -> QueryResult<(i64, i64)> {
    let all = delivery_plans::table.count().get_result(conn)?;
    let open = delivery_plans::table.filter(delivery_plans::ended_at.is_null());
    Ok((all, open.count().get_result(conn)?))
}

/// The plan that a posted form led to.
pub fn by_form_key(
    conn: &mut DbConn,
    agreement: AgreementId,
    key: &str,
) -> QueryResult<Option<PlanId>> {
    delivery_plans::table
        .filter(delivery_plans::agreement_id.eq(agreement))
        .filter(delivery_plans::form_key.eq(key))
        .select(delivery_plans::id)
        .first(conn)
        .optional()
}

pub fn insert(conn: &mut DbConn, plan: &Plan) -> QueryResult<()> {
    diesel::insert_into(delivery_plans::table)
        .values(plan)
        .execute(conn)
        .map(drop)
}

/// The plan that has waited longest for a day that has come, rested ones too.
pub fn first_due(conn: &mut DbConn, today: NaiveDate) -> QueryResult<Option<PlanId>> {
    delivery_plans::table
        .filter(delivery_plans::ended_at.is_null())
        .filter(delivery_plans::next_on.le(today))
        .order((delivery_plans::next_on, delivery_plans::id))
        .select(delivery_plans::id)
        .first(conn)
        .optional()
}

/// Takes a plan's period in hand; 0 when another did, or when it was changed
/// meanwhile.
pub fn advance(conn: &mut DbConn, plan: &Plan, next_on: NaiveDate) -> QueryResult<usize> {
    diesel::update(delivery_plans::table.find(plan.id))
        .filter(delivery_plans::next_on.eq(plan.next_on))
        .filter(delivery_plans::ended_at.is_null())
        .filter(
            delivery_plans::paused_at
                .is_null()
                .eq(plan.paused_at.is_none()),
        )
        .set(delivery_plans::next_on.eq(next_on))
        .execute(conn)
}

/// Has a plan rest, or go on; 0 when it does already, or was ended.
pub fn set_paused(conn: &mut DbConn, id: PlanId, at: Option<Moment>) -> QueryResult<usize> {
    let paused = delivery_plans::paused_at;
    diesel::update(delivery_plans::table.find(id))
        .filter(delivery_plans::ended_at.is_null())
        .filter(paused.is_null().eq(at.is_some()))
        .set(paused.eq(at))
        .execute(conn)
}

/// Ends a plan; 0 when it was ended before.
pub fn set_ended(conn: &mut DbConn, id: PlanId, now: Moment) -> QueryResult<usize> {
    diesel::update(delivery_plans::table.find(id))
        .filter(delivery_plans::ended_at.is_null())
        .set(delivery_plans::ended_at.eq(Some(now)))
        .execute(conn)
}

pub fn insert_change(conn: &mut DbConn, change: &PlanChange) -> QueryResult<()> {
    diesel::insert_into(delivery_plan_changes::table)
        .values(change)
        .execute(conn)
        .map(drop)
}

pub fn insert_period(conn: &mut DbConn, period: &Period) -> QueryResult<()> {
    diesel::insert_into(delivery_periods::table)
        .values(period)
        .execute(conn)
        .map(drop)
}

/// What became of the period before the one that is due on a day.
pub fn outcome_before(
    conn: &mut DbConn,
    plan: PlanId,
    due_on: NaiveDate,
) -> QueryResult<Option<PeriodOutcome>> {
    delivery_periods::table
        .filter(delivery_periods::plan_id.eq(plan))
        .filter(delivery_periods::due_on.lt(due_on))
        .order(delivery_periods::due_on.desc())
        .select(delivery_periods::outcome)
        .first(conn)
        .optional()
}

/// A plan's periods with their publications, the latest first, at most 60.
pub fn periods(conn: &mut DbConn, plan: PlanId) -> QueryResult<Vec<(Period, Option<Publication>)>> {
    delivery_periods::table
        .left_join(publications::table)
        .filter(delivery_periods::plan_id.eq(plan))
        .select((Period::as_select(), Option::<Publication>::as_select()))
        .order(delivery_periods::due_on.desc())
        .limit(60)
        .offset(0)
        .load(conn)
}

/// The periods of some plans that were noted last, the latest first.
pub fn latest_periods(conn: &mut DbConn, plans: &[PlanId]) -> QueryResult<Vec<Period>> {
    let later = diesel::alias!(delivery_periods as later);
    let is_last = diesel::dsl::not(diesel::dsl::exists(
        later
            .filter(
                later
                    .field(delivery_periods::plan_id)
                    .eq(delivery_periods::plan_id),
            )
            .filter(
                later
                    .field(delivery_periods::due_on)
                    .gt(delivery_periods::due_on),
            ),
    ));
    delivery_periods::table
        .filter(delivery_periods::plan_id.eq_any(plans))
        .filter(is_last)
        .select(Period::as_select())
        .order(delivery_periods::due_on.desc())
        .load(conn)
}

/// What was done to a plan, the latest first.
pub fn changes(conn: &mut DbConn, plan: PlanId) -> QueryResult<Vec<PlanChange>> {
    delivery_plan_changes::table
        .filter(delivery_plan_changes::plan_id.eq(plan))
        .select(PlanChange::as_select())
        .order((
            delivery_plan_changes::made_at.desc(),
            delivery_plan_changes::id.desc(),
        ))
        .load(conn)
}
