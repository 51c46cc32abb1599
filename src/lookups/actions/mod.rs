//! Looking into the register.

mod answer;
mod look_up;
mod offer;
mod units;

pub use answer::Cell;
pub use look_up::{Answer, Question, look_up};
pub use offer::{Offer, UnitOffer, offers, open, open_units};
pub use units::{UnitQuestion, UnitsFound, search_units};

use chrono::NaiveDate;
use diesel::QueryResult;
use serde_json::{Value, json};

use super::model::{self, Kind, LookUp, LookUpId, Reached};
use super::queries;
use crate::accounts::Account;
use crate::audit::{self, Entry};
use crate::disclosures::DisclosureId;
use crate::platform::clock::Moment;
use crate::platform::config::LookupConfig;
use crate::platform::db::DbConn;

/// Why nothing is looked up.
#[derive(Debug, thiserror::Error)]
pub enum LookUpError {
    /// No Annex within reach grants it.
    #[error("not granted")]
    NotGranted,
    /// The agreement held until this day.
    #[error("the agreement ended on {0}")]
    Ended(NaiveDate),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// What came of a look.
#[derive(Debug, Clone)]
pub enum Looked<T> {
    /// An answer.
    Found(T),
    /// Nothing of this number or code within the Annex.
    Nothing,
    /// A limit is reached: nothing was looked up, and that is recorded.
    Limited(Reached),
}

impl<T> Looked<T> {
    /// As it is, with more made of an answer.
    pub fn and_then<U, E>(self, more: impl FnOnce(T) -> Result<U, E>) -> Result<Looked<U>, E> {
        Ok(match self {
            Self::Found(found) => Looked::Found(more(found)?),
            Self::Nothing => Looked::Nothing,
            Self::Limited(reached) => Looked::Limited(reached),
        })
    }
}

/// The limit that is reached, if one is. No other look of the institution is
/// counted or recorded until this one is.
fn limit_reached(
    conn: &mut DbConn,
    account: &Account,
    kind: Kind,
    set: &LookupConfig,
    now: Moment,
) -> QueryResult<Option<Reached>> {
    queries::hold(conn, account.institution_id)?;
    let (limits, since) = (model::limits(kind, set), model::counted_from(now));
    let own = (account.id, kind);
    let own = queries::looks_of_account(conn, own, since, limits.account.per_day)?;
    let all = (account.institution_id, kind);
    let all = queries::looks_of_institution(conn, all, since, limits.institution.per_day)?;
    Ok(model::reached(&limits, (&own, &all), now))
}

/// What is recorded of a look.
struct Outcome<'a> {
    action: &'static str,
    kind: Kind,
    found: bool,
    purpose: &'a str,
    disclosure: Option<DisclosureId>,
    refused: bool,
}

impl<'a> Outcome<'a> {
    /// Of a look that a limit refuses.
    fn refused(kind: Kind, purpose: &'a str) -> Self {
        Self {
            action: "lookup.refused",
            kind,
            found: false,
            purpose,
            disclosure: None,
            refused: true,
        }
    }
}

/// Records a look, with its event.
fn note(
    conn: &mut DbConn,
    account: &Account,
    offer: &Offer,
    outcome: Outcome<'_>,
    now: Moment,
) -> QueryResult<LookUpId> {
    let look = LookUp {
        id: LookUpId::generate(),
        institution_id: account.institution_id,
        account_id: account.id,
        agreement_id: offer.agreement.id,
        dataset: offer.grant.dataset.clone(),
        kind: outcome.kind,
        found: outcome.found,
        purpose: outcome.purpose.to_owned(),
        disclosure_id: outcome.disclosure,
        at: now,
        refused: outcome.refused,
    };
    queries::insert(conn, &look)?;
    let entry = Entry {
        actor: account.id.to_string(),
        institution: Some(account.institution_id.to_string()),
        action: outcome.action,
        subject: ("lookup", look.id.to_string()),
        detail: facts(&look),
    };
    audit::record(conn, entry, now)?;
    Ok(look.id)
}

fn facts(look: &LookUp) -> Value {
    json!({
        "agreement": look.agreement_id.to_string(),
        "dataset": look.dataset,
        "disclosure": look.disclosure_id.map(|id| id.to_string()),
    })
}
