//! Signing that there is nothing to change.

use diesel::result::Error;
use serde_json::json;

use super::mails;
use super::model::{self, HalfStanding, Statement, StatementId};
use super::queries;
use super::text;
use crate::accounts::{Account, Scope};
use crate::agreements::{self, Agreement, Clause, FeedbackHalf, PartySide};
use crate::audit;
use crate::correspondence;
use crate::deliveries::{self, Delivery, DeliveryId};
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::submissions;

/// The feedback on one delivery.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// What was received.
    pub delivery: Delivery,
    /// Under which agreement.
    pub agreement: Agreement,
    /// The clauses that ask for something back, with how far each half is.
    pub owed: Vec<(Clause, Vec<HalfStanding>)>,
    /// Every statement with the name of who signed it, oldest first.
    pub statements: Vec<(Statement, String)>,
    /// Every submission that answers it, by its number.
    pub submissions: Vec<submissions::FeedbackAnswer>,
}

impl Dossier {
    /// Reads it, where it is within reach; a delivery is there from its receipt
    /// on.
    ///
    /// # Errors
    /// The database's.
    pub fn read(conn: &mut DbConn, scope: Scope, id: DeliveryId) -> Result<Option<Self>, Error> {
        let Some((delivery, agreement)) = deliveries::find(conn, scope, id)? else {
            return Ok(None);
        };
        let answers = submissions::answers_to(conn, id)?;
        let statements = queries::of_delivery(conn, id)?;
        let signed: Vec<Statement> = statements.iter().map(|(one, _)| one.clone()).collect();
        let clauses = agreements::clauses_of(conn, &[agreement.id])?;
        let owed = clauses.into_iter().filter_map(|clause| {
            let halves = model::halves_of(clause.kind, id, &answers, &signed);
            (!halves.is_empty()).then_some((clause, halves))
        });
        Ok(Some(Self {
            owed: owed.collect(),
            delivery,
            agreement,
            statements,
            submissions: answers,
        }))
    }

    /// How far a half has come, if it is asked for.
    pub fn half(&self, half: FeedbackHalf) -> Option<&HalfStanding> {
        let halves = self.owed.iter().flat_map(|(_, halves)| halves);
        halves.into_iter().find(|one| one.half == half)
    }

    /// The halves asked for, each once.
    pub fn halves(&self) -> impl Iterator<Item = &HalfStanding> {
        FeedbackHalf::ALL.iter().filter_map(|half| self.half(*half))
    }

    /// The sentence that is signed for a half.
    pub fn wording(&self, half: FeedbackHalf) -> String {
        text::wording(half, &self.delivery, &self.agreement)
    }

    /// Whether the half can be settled by a statement now.
    ///
    /// # Errors
    /// Why not.
    pub fn may_sign(&self, half: FeedbackHalf) -> Result<(), SignError> {
        match self.half(half) {
            None => Err(SignError::NotAsked),
            Some(one) if one.standing.is_in() => Err(SignError::AlreadyIn),
            Some(_) => Ok(()),
        }
    }
}

/// Why nothing is signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// There is no such delivery, or it was not received yet.
    #[error("no such delivery")]
    NotFound,
    /// No clause of the agreement asks for this half.
    #[error("not asked for")]
    NotAsked,
    /// The half is in.
    #[error("the half is in")]
    AlreadyIn,
    /// The database's.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Signs that a half of the feedback on a delivery has nothing to change, and
/// tells both sides. The same form posted again changes nothing.
///
/// # Errors
/// Why not.
pub fn sign(
    conn: &mut DbConn,
    (scope, delivery, half): (Scope, DeliveryId, FeedbackHalf),
    form_key: &str,
    (by, now): (&Account, Moment),
) -> Result<(), SignError> {
    // Who signs the same half at the same moment waits here.
    deliveries::hold(conn, delivery)?;
    let found = Dossier::read(conn, scope, delivery)?;
    let dossier = found.ok_or(SignError::NotFound)?;
    let mut signed = dossier.statements.iter();
    if signed.any(|(one, _)| one.form_key == form_key && one.half == half) {
        return Ok(());
    }
    dossier.may_sign(half)?;
    let statement = Statement {
        id: StatementId::generate(),
        delivery_id: delivery,
        half,
        wording: dossier.wording(half),
        form_key: form_key.to_owned(),
        signed_by: by.id,
        signed_at: now,
    };
    queries::insert(conn, &statement)?;
    audit::record(conn, entry(&dossier.agreement, &statement), now)?;
    Ok(tell(conn, &dossier, (&statement, by), now)?)
}

fn entry(agreement: &Agreement, statement: &Statement) -> audit::Entry {
    audit::Entry {
        actor: statement.signed_by.to_string(),
        institution: Some(agreement.institution_id.to_string()),
        action: "feedback.statement_signed",
        subject: ("delivery", statement.delivery_id.to_string()),
        detail: json!({
            "agreement": agreement.id.to_string(),
            "half": statement.half.word(),
            "statement": statement.id.to_string(),
        }),
    }
}

fn tell(
    conn: &mut DbConn,
    dossier: &Dossier,
    (statement, by): (&Statement, &Account),
    now: Moment,
) -> Result<(), Error> {
    let agreement = &dossier.agreement;
    let bkn = agreements::bkn_addressees(conn, agreement, now)?;
    let bkn = bkn.into_iter().map(|one| (PartySide::Bkn, one));
    let partner = agreements::partner_addressees(conn, agreement, now)?;
    let partner = partner.into_iter().map(|one| (PartySide::Partner, one));
    for (side, addressee) in partner.chain(bkn) {
        let mail = mails::signed((side, &addressee), agreement, (statement, &by.name));
        let mail = mail.map_err(|error| Error::SerializationError(error.into()))?;
        correspondence::post(conn, &mail, now)?;
    }
    Ok(())
}
