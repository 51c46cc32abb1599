//! Entering a plan of periodic deliveries, and changing it.

use chrono::NaiveDate;
use diesel::result::{DatabaseErrorKind, Error};
use serde_json::json;

use super::publish::{PublishError, offer};
use crate::accounts::Scope;
use crate::agreements::{Agreement, AgreementId};
use crate::audit::{self, Entry};
use crate::datasets::Dataset;
use crate::deliveries::model::{
    Cadence, Cover, OfferFault, Plan, PlanChange, PlanChangeId, PlanDeed, PlanId,
};
use crate::deliveries::queries::plans as queries;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::register;

/// What was typed of a plan.
#[derive(Debug, Clone)]
pub struct PlanDetails {
    /// The data set.
    pub dataset: String,
    /// From one delivery to the next, 1 to 12 months.
    pub every_months: i32,
    /// On which day of the month, 1 to 31.
    pub day_of_month: i32,
    /// What each delivery holds.
    pub covers: Cover,
    /// The article that asks for it.
    pub article: String,
    /// No period is due before this day.
    pub starts_on: NaiveDate,
    /// The form's one-time key.
    pub form_key: String,
}

/// Why a plan is not entered.
#[derive(Debug, thiserror::Error)]
pub enum EnterPlanError {
    /// There is no such agreement.
    #[error("no such agreement")]
    NotFound,
    /// Today's Annex gives no such data.
    #[error(transparent)]
    Fault(#[from] OfferFault),
    /// Its records count from no day.
    #[error("no day to choose by")]
    NoDays,
    /// It would begin before today: what is past is published by hand.
    #[error("begins in the past")]
    Past,
    /// The agreement ends before the first day due.
    #[error("the agreement ends before")]
    AfterEnd,
    /// The data set has a plan already, or the form came twice at once.
    #[error("planned already")]
    Planned,
    /// The database's.
    #[error(transparent)]
    Database(Error),
}

impl From<Error> for EnterPlanError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Planned,
            error => Self::Database(error),
        }
    }
}

impl From<PublishError> for EnterPlanError {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::Fault(fault) => Self::Fault(fault),
            PublishError::Database(error) => error.into(),
            _ => Self::NotFound,
        }
    }
}

/// Enters a plan. The same form posted again changes nothing.
///
/// # Errors
/// Why it is not entered.
pub fn enter_plan(
    conn: &mut DbConn,
    (scope, agreement): (Scope, AgreementId),
    details: PlanDetails,
    actor: &str,
    now: Moment,
) -> Result<PlanId, EnterPlanError> {
    if let Some(first) = queries::by_form_key(conn, agreement, &details.form_key)? {
        return Ok(first);
    }
    let today = now.jakarta_date();
    let what = (agreement, details.dataset.as_str());
    let offer = offer(conn, scope, what, today)?;
    let next_on = first_day(&details, offer.fields.dataset(), &offer.agreement, today)?;
    let plan = Plan {
        id: PlanId::generate(),
        agreement_id: agreement,
        dataset: details.dataset,
        every_months: details.every_months,
        day_of_month: details.day_of_month,
        covers: details.covers,
        article: details.article,
        starts_on: details.starts_on,
        next_on,
        paused_at: None,
        ended_at: None,
        form_key: details.form_key,
        recorded_by: actor.to_owned(),
        recorded_at: now,
    };
    queries::insert(conn, &plan)?;
    let of = (&plan, &offer.agreement);
    note(conn, of, (PlanDeed::Entered, actor, &plan.article), now)?;
    Ok(plan.id)
}

fn first_day(
    details: &PlanDetails,
    dataset: &Dataset,
    agreement: &Agreement,
    today: NaiveDate,
) -> Result<NaiveDate, EnterPlanError> {
    if details.covers != Cover::Everything && register::effective_field(dataset).is_none() {
        return Err(EnterPlanError::NoDays);
    }
    if details.starts_on < today {
        return Err(EnterPlanError::Past);
    }
    let cadence = Cadence::new(
        details.starts_on,
        details.every_months,
        details.day_of_month,
    );
    let first = cadence.begin().filter(|day| *day <= agreement.last_day());
    first.ok_or(EnterPlanError::AfterEnd)
}

/// Why a plan stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum ChangePlanError {
    /// There is no such plan.
    #[error("no such plan")]
    NotFound,
    /// It is so already, or was ended.
    #[error("nothing to change")]
    Unfit,
    /// The database's.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Has a plan rest, go on or end, with a reason.
///
/// # Errors
/// Why it stays as it is.
pub fn change_plan(
    conn: &mut DbConn,
    (scope, id): (Scope, PlanId),
    (deed, actor, reason): (PlanDeed, &str, &str),
    now: Moment,
) -> Result<(), ChangePlanError> {
    let found = queries::dossier(conn, scope, id)?;
    let (plan, agreement, _) = found.ok_or(ChangePlanError::NotFound)?;
    let changed = match deed {
        PlanDeed::Entered => 0,
        PlanDeed::Paused => queries::set_paused(conn, id, Some(now))?,
        PlanDeed::Resumed => queries::set_paused(conn, id, None)?,
        PlanDeed::Ended => queries::set_ended(conn, id, now)?,
    };
    if changed == 0 {
        return Err(ChangePlanError::Unfit);
    }
    Ok(note(conn, (&plan, &agreement), (deed, actor, reason), now)?)
}

fn note(
    conn: &mut DbConn,
    (plan, agreement): (&Plan, &Agreement),
    (deed, actor, reason): (PlanDeed, &str, &str),
    now: Moment,
) -> Result<(), Error> {
    let change = PlanChange {
        id: PlanChangeId::generate(),
        plan_id: plan.id,
        deed,
        reason: reason.to_owned(),
        made_by: actor.to_owned(),
        made_at: now,
    };
    queries::insert_change(conn, &change)?;
    let action = match deed {
        PlanDeed::Entered => "delivery_plan.entered",
        PlanDeed::Paused => "delivery_plan.paused",
        PlanDeed::Resumed => "delivery_plan.resumed",
        PlanDeed::Ended => "delivery_plan.ended",
    };
    let entry = Entry {
        actor: actor.to_owned(),
        institution: Some(agreement.institution_id.to_string()),
        action,
        subject: ("delivery_plan", plan.id.to_string()),
        detail: json!({
            "agreement": plan.agreement_id.to_string(),
            "dataset": plan.dataset,
            "every_months": plan.every_months,
            "day_of_month": plan.day_of_month,
            "covers": plan.covers.word(),
            "reason": reason,
        }),
    };
    audit::record(conn, entry, now)
}
