//! What an officer does to an agreement and its parts.

mod agreement;
mod annex;
mod clauses;
mod correspondents;
mod ending;

pub use agreement::{AmendError, RecordError, amend, record};
pub use annex::{GrantError, RevokeError, UseOf, grant, revoke};
pub use clauses::{
    AddClauseError, AmendClauseError, CheckClauseError, add_clause, amend_clause, check_clause,
    remove_clause,
};
pub use correspondents::{
    EndCorrespondentError, NameCorrespondentError, end_correspondent, name_correspondent,
};

pub use ending::{EndAgreementError, Ending, end_agreement};

use serde_json::Value;

use super::model::Agreement;
use crate::audit::Entry;

/// The trail's entry of a deed on an agreement's affairs.
fn entry(
    actor: &str,
    agreement: &Agreement,
    action: &'static str,
    subject: (&'static str, String),
    detail: Value,
) -> Entry {
    Entry {
        actor: actor.to_owned(),
        institution: Some(agreement.institution_id.to_string()),
        action,
        subject,
        detail,
    }
}
