//! Everything that a decision on an agreement's access rests on.

use chrono::NaiveDate;
use diesel::QueryResult;

use super::model::{self, AccessState, Ground, Restoration, Suspension};
use super::queries;
use crate::accounts::Scope;
use crate::agreements::{self, Addressee, AgreementId, PartySide};
use crate::institutions::{self, Institution};
use crate::obligations::{self, AgreementFacts, Obligation};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;

/// An agreement's access, seen from a day.
#[derive(Debug, Clone)]
pub struct Case {
    /// The day.
    pub today: NaiveDate,
    /// The partner.
    pub institution: Institution,
    /// The agreement and what happened under it.
    pub facts: AgreementFacts,
    /// What is due under it.
    pub obligations: Vec<Obligation>,
    /// Every suspension so far, newest first.
    pub history: Vec<Suspension>,
    /// Whom a decision is told, correspondents before PICs.
    pub addressees: Vec<Addressee>,
    /// Whether an office of the partner is among them.
    pub is_office_told: bool,
    /// BKN's office that signs, as the agreement names it.
    pub sender: String,
}

impl Case {
    /// The suspension that holds now.
    pub fn open(&self) -> Option<&Suspension> {
        self.history.iter().find(|one| one.ended_at.is_none())
    }

    /// Whether data flows.
    pub fn access(&self) -> AccessState {
        model::access_on(&self.facts.agreement, self.open().is_some(), self.today)
    }

    /// Why access may be suspended now.
    pub fn grounds(&self) -> Vec<Ground> {
        model::grounds(&self.obligations, &self.facts.clauses)
    }

    /// Whether the agreement has a clause on suspension.
    pub fn has_clause(&self) -> bool {
        model::may_suspend(&self.facts.clauses)
    }

    /// How far the cure of a suspension has come.
    pub fn restoration(&self, of: &Suspension) -> Restoration {
        let since = of.started_at.jakarta_date();
        model::restoration(&self.obligations, &self.facts.clauses, since)
    }
}

/// The case of an agreement within reach.
///
/// # Errors
/// The database's.
pub fn case_of(
    conn: &mut DbConn,
    scope: Scope,
    agreement: AgreementId,
    now: Moment,
) -> QueryResult<Option<Case>> {
    let today = now.jakarta_date();
    let Some(facts) = obligations::facts_of(conn, scope, agreement)? else {
        return Ok(None);
    };
    let partner = facts.agreement.institution_id;
    let Some(institution) = institutions::find(conn, partner)? else {
        return Ok(None);
    };
    let bkn = agreements::correspondents_in_force(conn, agreement, PartySide::Bkn, today)?;
    let offices = agreements::correspondents_in_force(conn, agreement, PartySide::Partner, today)?;
    Ok(Some(Case {
        today,
        obligations: obligations::obligations_of(&facts, today),
        history: queries::of_agreement(conn, scope, agreement)?,
        addressees: agreements::partner_addressees(conn, &facts.agreement, now)?,
        is_office_told: !offices.is_empty(),
        sender: bkn
            .into_iter()
            .next()
            .map_or_else(String::new, |one| one.office),
        facts,
        institution,
    }))
}
