//! Publishing what a plan has due.

use chrono::NaiveDate;
use diesel::result::Error;
use serde_json::json;

use super::publish::{Order, PublishError, Ready, publish, ready};
use super::record::unwritten;
use crate::accounts::{self, AccountId, Scope};
use crate::agreements::{self, Addressee, Agreement};
use crate::audit::{self, Entry, SYSTEM};
use crate::correspondence;
use crate::deliveries::mails;
use crate::deliveries::model::{OfferFault, Period, PeriodOutcome, Plan, PlanId};
use crate::deliveries::queries::plans as queries;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// The period that has been due longest, with what was found for it.
pub struct DuePeriod {
    plan: PlanId,
    due_on: NaiveDate,
    found: Result<Ready, PeriodOutcome>,
}

/// Looks what the period that has been due longest would give; `None` when none
/// is due. That may count the whole register and writes nothing.
///
/// # Errors
/// The database's.
pub fn due_period(conn: &mut DbConn, today: NaiveDate) -> Result<Option<DuePeriod>, Error> {
    let Some(id) = queries::first_due(conn, today)? else {
        return Ok(None);
    };
    let Some((plan, agreement, _)) = queries::dossier(conn, Scope::portal(), id)? else {
        return Ok(None);
    };
    let found = match standing(&plan, &agreement, today) {
        Some(outcome) => Err(outcome),
        None => match ready(conn, Scope::portal(), order(&plan), today) {
            Ok(ready) => Ok(ready),
            Err(refused) => Err(outcome_of(refused)?),
        },
    };
    Ok(Some(DuePeriod {
        plan: plan.id,
        due_on: plan.next_on,
        found,
    }))
}

/// Publishes a period that is due, or notes why not. A period is taken in hand
/// by moving the plan to its next day in the same transaction: no second program
/// makes it again, nor does this one when the clock is set back.
///
/// # Errors
/// The database's.
pub fn make_period(conn: &mut DbConn, due: DuePeriod, now: Moment) -> Result<(), Error> {
    let found = queries::dossier(conn, Scope::portal(), due.plan)?;
    let (plan, agreement, _) = found.ok_or(Error::NotFound)?;
    let next = plan.next_days().nth(1).ok_or(Error::NotFound)?;
    let standing = standing(&plan, &agreement, now.jakarta_date());
    // What somebody changed since is looked at anew, in the next round.
    let is_changed = match standing {
        None => due.found.as_ref().is_err_and(|outcome| lasts(*outcome)),
        Some(_) => false,
    };
    if is_changed || plan.next_on != due.due_on || queries::advance(conn, &plan, next)? == 0 {
        return Ok(());
    }
    let found = standing.map_or(due.found, Err);
    let period = period(conn, &plan, found, now)?;
    let before = queries::outcome_before(conn, plan.id, plan.next_on)?;
    queries::insert_period(conn, &period)?;
    if period.outcome != PeriodOutcome::Published {
        audit::record(conn, skipped(&plan, &agreement, &period), now)?;
    }
    if is_news(period.outcome, before) {
        tell_bkn(conn, (&plan, &agreement), &period, now)?;
    }
    Ok(())
}

/// Why a plan's period is passed over without looking for its data.
fn standing(plan: &Plan, agreement: &Agreement, today: NaiveDate) -> Option<PeriodOutcome> {
    if plan.paused_at.is_some() {
        Some(PeriodOutcome::Paused)
    } else if !agreement.is_in_force(today) {
        Some(PeriodOutcome::NotInForce)
    } else {
        let is_overtaken = plan.is_overtaken(today);
        is_overtaken.then_some(PeriodOutcome::Overtaken)
    }
}

/// Whether an outcome is one that [`standing`] tells.
fn lasts(outcome: PeriodOutcome) -> bool {
    matches!(
        outcome,
        PeriodOutcome::Paused | PeriodOutcome::NotInForce | PeriodOutcome::Overtaken
    )
}

fn order(plan: &Plan) -> Order {
    Order {
        agreement: plan.agreement_id,
        dataset: plan.dataset.clone(),
        days: plan.days(plan.next_on),
        form_key: format!("plan {} {}", plan.id, plan.next_on),
    }
}

fn period(
    conn: &mut DbConn,
    plan: &Plan,
    found: Result<Ready, PeriodOutcome>,
    now: Moment,
) -> Result<Period, Error> {
    let days = plan.days(plan.next_on);
    let (outcome, publication_id) = match found {
        Err(outcome) => (outcome, None),
        Ok(ready) => match publish(conn, Scope::portal(), &ready, SYSTEM, now) {
            Ok(publication) => (PeriodOutcome::Published, Some(publication)),
            Err(refused) => (outcome_of(refused)?, None),
        },
    };
    Ok(Period {
        plan_id: plan.id,
        due_on: plan.next_on,
        counts_from: days.as_ref().map(|days| *days.start()),
        counts_until: days.as_ref().map(|days| *days.end()),
        outcome,
        publication_id,
        noted_at: now,
    })
}

fn outcome_of(refused: PublishError) -> Result<PeriodOutcome, Error> {
    match refused {
        PublishError::Empty => Ok(PeriodOutcome::Empty),
        PublishError::Fault(OfferFault::NotInForce) => Ok(PeriodOutcome::NotInForce),
        PublishError::Fault(_) => Ok(PeriodOutcome::NotGranted),
        PublishError::Database(error) => Err(error),
        PublishError::NotFound | PublishError::PostedTwice => Err(Error::NotFound),
    }
}

/// That nobody is in a period is told each time; what lasts is told once.
fn is_news(outcome: PeriodOutcome, before: Option<PeriodOutcome>) -> bool {
    match outcome {
        PeriodOutcome::Published | PeriodOutcome::Paused => false,
        PeriodOutcome::Empty => true,
        PeriodOutcome::NotInForce | PeriodOutcome::NotGranted | PeriodOutcome::Overtaken => {
            before != Some(outcome)
        }
    }
}

fn skipped(plan: &Plan, agreement: &Agreement, period: &Period) -> Entry {
    Entry {
        actor: SYSTEM.to_owned(),
        institution: Some(agreement.institution_id.to_string()),
        action: "delivery_plan.skipped",
        subject: ("delivery_plan", plan.id.to_string()),
        detail: json!({
            "agreement": plan.agreement_id.to_string(),
            "dataset": plan.dataset,
            "due_on": period.due_on,
            "outcome": period.outcome.word(),
        }),
    }
}

/// BKN's correspondents of the agreement and whoever entered the plan.
fn tell_bkn(
    conn: &mut DbConn,
    (plan, agreement): (&Plan, &Agreement),
    period: &Period,
    now: Moment,
) -> Result<(), Error> {
    let offices = agreements::bkn_addressees(conn, agreement, now)?;
    let author = AccountId::try_from(plan.recorded_by.clone()).ok();
    let author = author.map(|id| accounts::find_open(conn, id)).transpose()?;
    let author = author.flatten().map(Addressee::from);
    for addressee in agreements::each_once(author.into_iter().chain(offices)) {
        let mail = mails::skipped(&addressee, agreement, (plan, period)).map_err(unwritten)?;
        correspondence::post(conn, &mail, now)?;
    }
    Ok(())
}
