//! The deeds of deliveries.

mod period;
mod plan;
mod publish;
mod receive;
mod record;
mod settle;

pub(super) use period::{due_period, make_period};
pub use plan::{ChangePlanError, EnterPlanError, PlanDetails, change_plan, enter_plan};
pub use publish::{Order, PublishError, offer, publish, ready};
pub use receive::{Place, ReceiveError, bar, confirm, fetch, open};
pub use record::{DeliveryDetails, RecordDeliveryError, record};
pub use settle::{SettleError, make_again, withdraw};
pub(super) use settle::{complete, give_up};

use serde_json::{Value, json};

use super::model::Publication;
use crate::agreements::Agreement;
use crate::audit::Entry;

/// The audit entry of a deed on a publication.
fn entry(
    actor: &str,
    (publication, agreement): (&Publication, &Agreement),
    action: &'static str,
    detail: Value,
) -> Entry {
    let mut facts = json!({
        "number": publication.number,
        "agreement": agreement.id.to_string(),
        "dataset": publication.dataset,
    });
    if let (Some(facts), Value::Object(detail)) = (facts.as_object_mut(), detail) {
        facts.extend(detail);
    }
    Entry {
        actor: actor.to_owned(),
        institution: Some(agreement.institution_id.to_string()),
        action,
        subject: ("publication", publication.id.to_string()),
        detail: facts,
    }
}
