//! What happened between the demo's partners and BKN, replayed deed by deed
//! through the portal's own actions, in the order of the days, each with the
//! clock of its day. What the screens show was therefore really done.

use super::facts::{
    AnswerState, DeliveryFact, EnteredFact, EventsFact, Facts, LetterFact, PublishedFact,
    ReportFact, StatementFact, SubmissionFact, day,
};
use super::partners::{World, unknown};
use super::{DemoError, published, reports, submissions, unfinished};
use crate::accounts::{Role, Scope};
use crate::agreements::AgreementId;
use crate::deliveries::actions::{DeliveryDetails, record as record_delivery};
use crate::feedback;
use crate::platform::clock::Moment;
use crate::platform::db::transaction;
use crate::platform::web::OneTimeKey;
use crate::server::Parts;
use crate::suspensions::actions::{Order, start as suspend};

/// A deed of one day.
enum Deed<'a> {
    Deliver(&'a DeliveryFact),
    Publish(&'a PublishedFact),
    Fetch(&'a PublishedFact),
    AskForReport(&'a LetterFact),
    Submit(&'a SubmissionFact),
    Review(&'a SubmissionFact),
    Enter(&'a EnteredFact),
    Sign(&'a StatementFact),
    FileReport(&'a ReportFact),
    DecideOnReport(&'a ReportFact),
    Suspend(&'a str),
}

/// Where and when a deed is done.
pub struct Scene<'a> {
    /// The portal.
    pub parts: &'a Parts,
    /// The demo's files.
    pub facts: &'a Facts,
    /// Under which agreement.
    pub agreement: AgreementId,
    /// The key of the agreement in the files.
    pub key: &'a str,
    /// The moment of the deed.
    pub now: Moment,
}

impl Scene<'_> {
    /// The same scene some hours later.
    pub(super) fn hours_later(&self, hours: i64) -> Self {
        Self {
            now: self.now.plus_seconds(hours * 3600),
            ..*self
        }
    }
}

/// Replays everything that happened, oldest first.
pub(super) async fn replay(
    parts: &Parts,
    facts: &Facts,
    world: &mut World,
    now: Moment,
) -> Result<(), DemoError> {
    let events = &facts.fictional.events;
    let mut deeds: Vec<_> = events
        .iter()
        .flat_map(|events| {
            deeds_of(events)
                .into_iter()
                .map(move |(at, deed)| (at, events, deed))
        })
        .collect();
    deeds.sort_by_key(|(at, ..)| *at);
    for (at, events, deed) in deeds {
        let (agreement, _) = world.agreement(&events.agreement)?;
        let now = morning(now, at);
        perform(
            &Scene {
                parts,
                facts,
                agreement,
                key: &events.agreement,
                now,
            },
            world,
            deed,
        )
        .await?;
    }
    Ok(())
}

fn deeds_of(events: &EventsFact) -> Vec<(i64, Deed<'_>)> {
    let mut deeds = Vec::new();
    deeds.extend(
        events
            .deliveries
            .iter()
            .map(|fact| (fact.received, Deed::Deliver(fact))),
    );
    deeds.extend(
        events
            .letters
            .iter()
            .map(|fact| (fact.sent, Deed::AskForReport(fact))),
    );
    deeds.extend(
        events
            .suspension
            .iter()
            .map(|fact| (fact.started, Deed::Suspend(&fact.reason))),
    );
    for fact in &events.published {
        deeds.push((fact.on, Deed::Publish(fact)));
        deeds.extend(fact.received.map(|at| (at, Deed::Fetch(fact))));
    }
    for fact in &events.submissions {
        deeds.push((fact.sent, Deed::Submit(fact)));
        deeds.extend(fact.decided.map(|at| (at, Deed::Review(fact))));
    }
    let entered = events.entered.iter();
    deeds.extend(entered.map(|fact| (fact.on, Deed::Enter(fact))));
    let signed = events.statements.iter();
    deeds.extend(signed.map(|fact| (fact.signed, Deed::Sign(fact))));
    for fact in &events.reports {
        deeds.push((fact.filed, Deed::FileReport(fact)));
        deeds.extend(fact.decided.map(|at| (at, Deed::DecideOnReport(fact))));
    }
    deeds
}

/// Half past nine in the morning, `offset` days from now.
fn morning(now: Moment, offset: i64) -> Moment {
    Moment::start_of(day(now.jakarta_date(), offset)).plus_seconds(9 * 3600 + 1800)
}

async fn perform(scene: &Scene<'_>, world: &mut World, deed: Deed<'_>) -> Result<(), DemoError> {
    match deed {
        Deed::Deliver(fact) => deliver(scene, world, fact),
        Deed::Publish(fact) => published::publish(scene, world, fact).await,
        Deed::Fetch(fact) => published::fetch(scene, world, fact),
        Deed::AskForReport(fact) => reports::ask(scene, world, fact),
        Deed::Submit(fact) => submissions::submit(scene, world, fact).await,
        Deed::Review(fact) => submissions::review(scene, world, fact),
        Deed::Enter(fact) => unfinished::enter(scene, world, fact),
        Deed::Sign(fact) => sign_statement(scene, world, fact),
        Deed::FileReport(fact) => reports::file(scene, world, fact),
        Deed::DecideOnReport(fact) => reports::decide(scene, world, fact),
        Deed::Suspend(reason) => stop_access(scene, world, reason),
    }
}

fn sign_statement(scene: &Scene<'_>, world: &World, fact: &StatementFact) -> Result<(), DemoError> {
    let delivery = match &fact.answers {
        Some(key) => world.deliveries.get(key),
        None => world.received.get(scene.key),
    };
    let delivery = *delivery.ok_or_else(|| unknown(scene.key))?;
    let signer = world.lead_of(scene.key)?;
    let of = (Scope::portal(), delivery, fact.half);
    let key = OneTimeKey::generate();
    transaction(&mut *scene.parts.db.connection()?, |conn| {
        feedback::actions::sign(conn, of, &key, (signer, scene.now))
    })
    .map_err(DemoError::refused)
}

fn deliver(scene: &Scene<'_>, world: &mut World, fact: &DeliveryFact) -> Result<(), DemoError> {
    let admin = world.staff(Role::Admin)?.id.to_string();
    let details = DeliveryDetails {
        description: fact.title.clone(),
        received_on: scene.now.jakarta_date(),
        evidence: "Catatan web service".to_owned(),
        form_key: OneTimeKey::generate(),
    };
    let conn = &mut *scene.parts.db.connection()?;
    let id = transaction(conn, |conn| {
        record_delivery(conn, scene.agreement, details, &admin, scene.now)
    })
    .map_err(DemoError::refused)?;
    world.deliveries.insert(fact.key.clone(), id);
    Ok(())
}

fn stop_access(scene: &Scene<'_>, world: &World, reason: &str) -> Result<(), DemoError> {
    let order = Order {
        agreement: scene.agreement,
        actor: world.staff(Role::Admin)?.id.to_string(),
        memo_number: "DEMO/ND/01".to_owned(),
        reason: String::new(),
        internal_note: reason.to_owned(),
        form_key: OneTimeKey::generate(),
    };
    let conn = &mut *scene.parts.db.connection()?;
    transaction(conn, |conn| {
        suspend(conn, Scope::portal(), &order, scene.now)
    })
    .map_err(DemoError::refused)
}

impl AnswerState {
    /// Whether BKN accepted the answer.
    pub(super) fn is_accepted(self) -> bool {
        self == Self::Accepted
    }
}
