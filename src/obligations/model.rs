//! What an obligation is made of.

use chrono::NaiveDate;

use crate::agreements::{Agreement, AgreementId, AgreementState, Anchor, Clause, ClauseKind, Span};
use crate::deliveries::{Delivery, DeliveryId};
use crate::feedback::{HalfStanding, Statement};
use crate::reports::{LetterId, Report, RequestLetter};
use crate::submissions::{FeedbackAnswer, SubmissionId};

/// All that is known of one agreement and bears on what is due under it.
#[derive(Debug, Clone)]
pub struct AgreementFacts {
    /// The agreement.
    pub agreement: Agreement,
    /// What it says.
    pub clauses: Vec<Clause>,
    /// The data that BKN gave under it.
    pub deliveries: Vec<Delivery>,
    /// The partner's answers to them, version by version.
    pub answers: Vec<FeedbackAnswer>,
    /// Its statements that there is nothing to change.
    pub statements: Vec<Statement>,
    /// BKN's letters that ask for a report.
    pub letters: Vec<RequestLetter>,
    /// The reports filed.
    pub reports: Vec<Report>,
    /// The agreement that takes its place, if one is signed.
    pub successor: Option<Agreement>,
}

impl AgreementFacts {
    /// What the agreement says about one thing.
    pub fn clauses(&self, kind: ClauseKind) -> impl Iterator<Item = &Clause> {
        self.clauses
            .iter()
            .filter(move |clause| clause.kind == kind)
    }

    /// How far the agreement's life has come on a day.
    pub fn state(&self, today: NaiveDate) -> AgreementState {
        self.agreement.state(&self.clauses, today)
    }
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObligationKind {
    /// Data and reference feedback on a delivery.
    DataFeedback,
    /// The report that a letter asks for.
    RequestedReport,
    /// Word on whether to extend or to end the agreement.
    EndNotice,
    /// The last day of the agreement.
    AgreementEnd,
}

impl ObligationKind {
    /// Whether the partner owes it. The notice and the end are dates to keep in
    /// view: nobody is late who lets an agreement run out.
    pub fn is_owed(self) -> bool {
        matches!(self, Self::DataFeedback | Self::RequestedReport)
    }
}

/// How far an obligation has come: the closed list of the design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObligationState {
    /// The event that starts its clock has not come.
    NotStartable,
    /// Nothing was done for it yet.
    NotStarted,
    /// Something is being prepared, or the notice window is open.
    InProgress,
    /// BKN returned what was sent or asked for corrections.
    NeedsMending,
    /// It was sent and BKN has not decided.
    AwaitingBkn,
    /// It is met.
    Accepted,
    /// The due date has passed and nothing meets it.
    Overdue,
}

/// The record from which an obligation follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A delivery and what was given.
    Delivery(DeliveryId, String),
    /// A request letter, its number and the day it was sent.
    Letter(LetterId, String, NaiveDate),
    /// The agreement itself.
    Agreement(AgreementId),
}

/// What meets an obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fulfilment {
    /// The day on which it was sent or signed.
    pub on: NaiveDate,
    /// The number by which people know it, if it has one.
    pub by: Option<String>,
    /// Whether BKN accepted it.
    pub accepted: bool,
    /// Whether it came after the due date.
    pub late: bool,
}

/// One thing that is due under an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// What is due.
    pub kind: ObligationKind,
    /// Under which agreement.
    pub agreement_id: AgreementId,
    /// The record from which it follows.
    pub source: Source,
    /// Which event starts the clock.
    pub anchor: Anchor,
    /// When that was; none while it has not come.
    pub event_on: Option<NaiveDate>,
    /// How the due date follows from the event.
    pub span: Span,
    /// The last day on which it is in time; none while the clock stands.
    pub due: Option<NaiveDate>,
    /// The article.
    pub article: String,
    /// The page of the signed text.
    pub page: Option<i32>,
    /// The halves of feedback asked for; empty for what has none.
    pub halves: Vec<HalfStanding>,
    /// What meets it.
    pub fulfilment: Option<Fulfilment>,
    /// Whether the last word on it was that BKN returned what was sent; also
    /// told when it is overdue by now.
    pub is_returned: bool,
    /// The submission to go on with, while what was begun or returned does not
    /// meet it.
    pub begun_with: Option<SubmissionId>,
    /// How far it has come.
    pub state: ObligationState,
}

impl Obligation {
    /// Whether something meets it: sent counts as met while BKN reviews,
    /// returned does not.
    pub fn is_met(&self) -> bool {
        self.fulfilment.is_some()
    }

    /// Whether its due date has passed and nothing meets it.
    pub fn is_overdue(&self) -> bool {
        self.state == ObligationState::Overdue
    }

    /// Whether the partner still has to do something for it.
    pub fn is_open(&self) -> bool {
        self.kind.is_owed() && !self.is_met()
    }

    /// Days until it is due, negative when late; none while the clock stands.
    pub fn days_left(&self, today: NaiveDate) -> Option<i64> {
        self.due.map(|due| (due - today).num_days())
    }
}
