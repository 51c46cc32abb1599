//! Looking one person up.

use diesel::QueryResult;

use super::answer::{self, Cell};
use super::offer::{self, Offer};
use super::{LookUpError, Looked, Outcome, limit_reached, note};
use crate::accounts::{Account, Scope};
use crate::agreements::AgreementId;
use crate::datasets::PersonKey;
use crate::disclosures::{
    self, Access, AccessForm, AccessId, DisclosedPerson, Disclosure, DisclosureId, FieldNames, Via,
};
use crate::lookups::model::{Kind, LookUpId};
use crate::platform::clock::Moment;
use crate::platform::config::LookupConfig;
use crate::platform::db::DbConn;
use crate::register::{self, Profile};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// Under which agreement.
    pub agreement: AgreementId,
    /// In which data set.
    pub dataset: String,
    /// About whom.
    pub key: PersonKey,
    /// What for.
    pub purpose: String,
}

/// What is given.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The look, by which the paper can be found again.
    pub id: LookUpId,
    /// Under which agreement and grant.
    pub offer: Offer,
    /// A line for each record.
    pub lines: Vec<Vec<Cell>>,
}

/// Looks one person up and records it: the look, and what was given of whom to
/// whom. Nothing where nobody within the Annex has this number.
///
/// # Errors
/// Why nothing was looked up; nothing is recorded then.
pub fn look_up(
    conn: &mut DbConn,
    (account, scope): (&Account, Scope),
    question: &Question,
    limits: &LookupConfig,
    now: Moment,
) -> Result<Looked<Answer>, LookUpError> {
    let wanted = (question.agreement, question.dataset.as_str());
    let offer = offer::open(conn, scope, wanted, now.jakarta_date())?;
    if let Some(reached) = limit_reached(conn, account, Kind::Person, limits, now)? {
        let outcome = Outcome::refused(Kind::Person, &question.purpose);
        note(conn, account, &offer, outcome, now)?;
        return Ok(Looked::Limited(reached));
    }
    let reach = offer.reach(conn)?;
    let found = register::find(conn, &reach, question.key)?;
    let mut outcome = Outcome {
        action: "lookup.not_found",
        kind: Kind::Person,
        found: false,
        purpose: &question.purpose,
        disclosure: None,
        refused: false,
    };
    let Some(person) = found else {
        note(conn, account, &offer, outcome, now)?;
        return Ok(Looked::Nothing);
    };
    let lines = answer::lines(conn, &offer.fields, &person)?;
    outcome.disclosure = Some(disclose(conn, account, &offer, &person, now)?);
    (outcome.action, outcome.found) = ("lookup.answered", true);
    let id = note(conn, account, &offer, outcome, now)?;
    Ok(Looked::Found(Answer { id, offer, lines }))
}

/// Records that a person's data were given and, at once, fetched.
fn disclose(
    conn: &mut DbConn,
    account: &Account,
    offer: &Offer,
    person: &Profile,
    now: Moment,
) -> QueryResult<DisclosureId> {
    let id = DisclosureId::generate();
    let disclosure = Disclosure {
        id,
        agreement_id: offer.agreement.id,
        dataset: offer.grant.dataset.clone(),
        fields: FieldNames(offer.fields.names()),
        via: Via::LookUp,
        people: 1,
        made_at: now,
        withdrawn_at: None,
    };
    disclosures::insert(conn, &disclosure)?;
    let whom = DisclosedPerson {
        disclosure_id: id,
        id_pns: person.id_pns.clone(),
        nip: person.nip.clone(),
    };
    disclosures::add_people(conn, &[whom])?;
    let access = Access {
        id: AccessId::generate(),
        disclosure_id: id,
        account_id: account.id,
        form: AccessForm::Page,
        at: now,
    };
    disclosures::note_access(conn, &access)?;
    Ok(id)
}
