//! One agreement with everything it says (A3).

use actix_web::Responder;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use super::with_partner;
use crate::accounts::{Names, Permission, Scope, SignedIn};
use crate::agreements::model::{
    Agreement, AgreementId, AgreementState, Clause, ClauseId, ClauseKind, Correspondent, Grant,
    GrantState, Population,
};
use crate::agreements::queries;
use crate::institutions::Institution;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, Page, filters};
use crate::references::LoadedCodes;

/// Everything on record of an agreement, with the names of those who recorded it.
pub(super) struct Record {
    pub(super) agreement: Agreement,
    pub(super) partner: Institution,
    pub(super) clauses: Vec<Clause>,
    pub(super) grants: Vec<Grant>,
    pub(super) correspondents: Vec<Correspondent>,
    /// The other agreements of the same partner.
    pub(super) others: Vec<Agreement>,
    pub(super) names: Names,
    /// The reference lists, where a grant states a population.
    pub(super) codes: LoadedCodes,
}

#[derive(Template)]
#[template(path = "agreements/show.html")]
struct ShowPage {
    frame: Frame,
    record: Record,
    today: NaiveDate,
    actor: String,
    may_manage: bool,
}

/// Shows the agreement.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    id: Path<AgreementId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (scope, id) = (user.scope(), id.into_inner());
    let record = db.read(move |conn| read_record(conn, scope, id)).await??;
    Ok(Page(ShowPage {
        frame: user.frame("/perjanjian"),
        record: record.ok_or(AppError::NotFound)?,
        today: clock.now().jakarta_date(),
        actor: user.actor(),
        may_manage: user.account.role.may(Permission::ManagePartners),
    }))
}

/// Reads an agreement's record, if it is within reach.
pub(super) fn read_record(
    conn: &mut DbConn,
    scope: Scope,
    id: AgreementId,
) -> diesel::QueryResult<Option<Record>> {
    let Some((agreement, partner)) = with_partner(conn, scope, id)? else {
        return Ok(None);
    };
    let clauses = queries::clauses_of(conn, &[id])?;
    let recorders = clauses.iter().map(|clause| clause.recorded_by.as_str());
    let checkers = clauses
        .iter()
        .filter_map(|clause| clause.checked_by.as_deref());
    let actors = recorders
        .chain(checkers)
        .chain([agreement.recorded_by.as_str()]);
    let names = Names::of(conn, actors)?;
    let mut others = queries::of_institution(conn, scope, partner.id)?;
    others.retain(|other| other.id != id);
    let grants = queries::grants_of(conn, id)?;
    let codes = if grants.iter().all(|grant| grant.population.is_unstated()) {
        LoadedCodes::default()
    } else {
        LoadedCodes::load(conn, Population::LISTS)?
    };
    Ok(Some(Record {
        grants,
        codes,
        correspondents: queries::correspondents_of(conn, id)?,
        agreement,
        partner,
        clauses,
        others,
        names,
    }))
}

impl ShowPage {
    fn state(&self) -> AgreementState {
        self.record.state(self.today)
    }

    fn clause_path(&self, clause: &ClauseId) -> String {
        format!("/perjanjian/{}/klausul/{clause}", self.record.agreement.id)
    }

    fn holds(&self, person: &Correspondent) -> bool {
        person.is_in_force(self.today)
    }
}

impl Record {
    /// The grants with how each stands on a day.
    pub(super) fn grants_on(&self, day: NaiveDate) -> impl Iterator<Item = (&Grant, GrantState)> {
        let state = move |grant: &Grant| grant.state(self.grants.iter(), day);
        self.grants.iter().map(move |grant| (grant, state(grant)))
    }

    /// The grants that hold on a day.
    pub(super) fn grants_in_force(&self, day: NaiveDate) -> impl Iterator<Item = &Grant> {
        let in_force = |(_, state): &(&Grant, GrantState)| *state == GrantState::InForce;
        self.grants_on(day).filter(in_force).map(|(grant, _)| grant)
    }

    pub(super) fn state(&self, today: NaiveDate) -> AgreementState {
        self.agreement.state(&self.clauses, today)
    }

    /// The agreement whose place this one takes.
    pub(super) fn before(&self) -> Option<&Agreement> {
        let before = self.agreement.succeeds_id?;
        self.others.iter().find(|other| other.id == before)
    }

    /// The agreement that takes the place of this one.
    pub(super) fn after(&self) -> Option<&Agreement> {
        let id = self.agreement.id;
        self.others
            .iter()
            .find(|other| other.succeeds_id == Some(id))
    }

    /// What the agreement is silent about; feedback is one thing, whichever
    /// halves of it are asked for.
    pub(super) fn silent_on(&self) -> impl Iterator<Item = ClauseKind> {
        let topic = |kind: ClauseKind| match kind.feedback_halves() {
            [] => kind,
            _ => ClauseKind::DataFeedback,
        };
        let said = move |kind| self.clauses.iter().any(|clause| topic(clause.kind) == kind);
        let topics = ClauseKind::ALL.iter().copied();
        topics
            .filter(move |kind| topic(*kind) == *kind)
            .filter(move |kind| !said(*kind))
    }

    /// The clause that sets the term, which the last day is counted by.
    pub(super) fn term(&self) -> Option<&Clause> {
        let is_term = |clause: &&Clause| clause.kind == ClauseKind::Term;
        self.clauses.iter().find(is_term)
    }

    /// How many clauses nobody compared with the text yet.
    pub(super) fn unchecked(&self) -> usize {
        self.clauses
            .iter()
            .filter(|clause| !clause.is_checked())
            .count()
    }
}
