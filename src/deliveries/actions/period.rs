//! Publishing what a plan has due.

use diesel::result::Error;
use serde_json::json;

use super::publish::{Order, PublishError, publish};
use super::record::unwritten;
use crate::accounts::{self, AccountId, Scope};
use crate::agreements::{self, Addressee, Agreement, PartySide};
use crate::audit::{self, Entry, SYSTEM};
use crate::correspondence;
use crate::deliveries::mails;
use crate::deliveries::model::{OfferFault, Period, PeriodOutcome, Plan};
use crate::deliveries::queries::plans as queries;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// Publishes the period that has been due longest, or notes why not; `false`
/// when none is due. A period is taken in hand by moving the plan to its next
/// day in the same transaction: no second program makes it again, nor does this
/// one when the clock is set back.
///
/// # Errors
/// The database's.
pub fn make_due_period(conn: &mut DbConn, now: Moment) -> Result<bool, Error> {
    let today = now.jakarta_date();
    let Some(id) = queries::first_due(conn, today)? else {
        return Ok(false);
    };
    let Some((plan, agreement, _)) = queries::dossier(conn, Scope::portal(), id)? else {
        return Ok(false);
    };
    let next = plan.next_days().nth(1);
    if queries::advance(conn, &plan, next.ok_or(Error::NotFound)?)? == 0 {
        return Ok(true);
    }
    let period = period(conn, (&plan, &agreement), now)?;
    let before = queries::outcome_before(conn, plan.id, plan.next_on)?;
    queries::insert_period(conn, &period)?;
    if period.outcome != PeriodOutcome::Published {
        audit::record(conn, skipped(&plan, &agreement, &period), now)?;
    }
    if is_news(period.outcome, before) {
        tell_bkn(conn, (&plan, &agreement), &period, now)?;
    }
    Ok(true)
}

fn period(
    conn: &mut DbConn,
    (plan, agreement): (&Plan, &Agreement),
    now: Moment,
) -> Result<Period, Error> {
    let today = now.jakarta_date();
    let due_on = plan.next_on;
    let days = plan.days(due_on);
    let order = Order {
        agreement: plan.agreement_id,
        dataset: plan.dataset.clone(),
        as_of: today,
        days: days.clone(),
        form_key: format!("plan {} {due_on}", plan.id),
    };
    let (outcome, publication_id) = if plan.paused_at.is_some() {
        (PeriodOutcome::Paused, None)
    } else if !agreement.is_in_force(today) {
        (PeriodOutcome::NotInForce, None)
    } else if plan.is_overtaken(today) {
        (PeriodOutcome::Overtaken, None)
    } else {
        match publish(conn, Scope::portal(), &order, SYSTEM, now) {
            Ok(publication) => (PeriodOutcome::Published, Some(publication)),
            Err(refused) => (outcome_of(refused)?, None),
        }
    };
    Ok(Period {
        plan_id: plan.id,
        due_on,
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
    let (side, day) = (PartySide::Bkn, now.jakarta_date());
    let offices = agreements::correspondents_in_force(conn, agreement.id, side, day)?;
    let author = AccountId::try_from(plan.recorded_by.clone()).ok();
    let author = author.map(|id| accounts::find_open(conn, id)).transpose()?;
    let author = author.flatten().map(|one| Addressee {
        name: one.name,
        email: one.email,
    });
    let mut told: Vec<Addressee> = author.into_iter().collect();
    let is_told = |email: &str| told.iter().any(|one| one.email.eq_ignore_ascii_case(email));
    let offices: Vec<_> = offices
        .into_iter()
        .filter(|office| !is_told(&office.email))
        .collect();
    told.extend(offices.into_iter().map(|office| Addressee {
        name: office.office,
        email: office.email,
    }));
    for addressee in told {
        let mail = mails::skipped(&addressee, agreement, (plan, period)).map_err(unwritten)?;
        correspondence::post(conn, &mail, now)?;
    }
    Ok(())
}
