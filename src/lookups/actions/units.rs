//! Searching the units of an institution.

use super::offer::{self, UnitOffer};
use super::{LookUpError, Looked, Outcome, limit_reached, note};
use crate::accounts::{Account, Scope};
use crate::agreements::AgreementId;
use crate::disclosures::AccessForm;
use crate::lookups::model::Kind;
use crate::platform::clock::Moment;
use crate::platform::config::LookupConfig;
use crate::platform::db::DbConn;
use crate::register;

/// What is searched for.
#[derive(Debug, Clone)]
pub struct UnitQuestion {
    /// Under which agreement.
    pub agreement: AgreementId,
    /// BKN's code of the institution.
    pub institution: String,
    /// Part of name or ID in lower case; empty for all.
    pub term: String,
    /// Whether it is for a page or a file.
    pub form: AccessForm,
}

/// How many units there are.
#[derive(Debug, Clone)]
pub struct UnitsFound {
    /// What may be searched.
    pub offer: UnitOffer,
    /// What was searched for; empty where the Annex lets nobody search by it.
    pub term: String,
    /// How many were found.
    pub total: i64,
}

/// Counts the units that are searched for and records the search. Nothing where
/// the institution is outside the Annex, or there is none of this code.
///
/// # Errors
/// Why nothing was searched.
pub fn search_units(
    conn: &mut DbConn,
    (account, scope): (&Account, Scope),
    question: &UnitQuestion,
    limits: &LookupConfig,
    now: Moment,
) -> Result<Looked<UnitsFound>, LookUpError> {
    let offer = offer::open_units(conn, scope, question.agreement, now.jakarta_date())?;
    if let Some(reached) = limit_reached(conn, account, Kind::Units, limits, now)? {
        let outcome = Outcome::refused(Kind::Units, "");
        note(conn, account, &offer.offer, outcome, now)?;
        return Ok(Looked::Limited(reached));
    }
    let is_within = offer.institution(&question.institution).is_some();
    let term = match offer.is_searchable() {
        true => question.term.clone(),
        false => String::new(),
    };
    let total = match is_within {
        true => register::count_units(conn, &question.institution, &term)?,
        false => 0,
    };
    let outcome = Outcome {
        action: match question.form {
            AccessForm::Page => "lookup.units_searched",
            AccessForm::Csv | AccessForm::Xlsx => "lookup.units_downloaded",
        },
        kind: Kind::Units,
        found: total > 0,
        purpose: "",
        disclosure: None,
        refused: false,
    };
    note(conn, account, &offer.offer, outcome, now)?;
    Ok(match is_within {
        true => Looked::Found(UnitsFound { offer, term, total }),
        false => Looked::Nothing,
    })
}
