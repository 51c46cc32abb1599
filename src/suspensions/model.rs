//! A suspension, what allows it, and what ends it. Pure.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::agreements::{Agreement, AgreementId, Anchor, Clause, ClauseKind};
use crate::institutions::InstitutionId;
use crate::obligations::{Obligation, ObligationKind, ObligationState};
use crate::platform::clock::Moment;
use crate::platform::db::schema::suspensions;
use crate::platform::ids::id;

id!(
    /// A suspension.
    SuspensionId
);

/// An interval in which an agreement's access is stopped. It holds now while it
/// has no end.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = suspensions)]
pub struct Suspension {
    /// Names the suspension.
    pub id: SuspensionId,
    /// Whose access is stopped.
    pub agreement_id: AgreementId,
    /// The partner of the agreement.
    pub institution_id: InstitutionId,
    /// The articles that allow it.
    pub article: String,
    /// What was late, as told to the partner.
    pub reason: String,
    /// Number of the internal memo that approved it (nota dinas).
    pub memo_number: String,
    /// A note for BKN alone; may be empty.
    pub internal_note: String,
    /// The form's one-time key.
    pub form_key: String,
    /// When it began.
    pub started_at: Moment,
    /// Who decided it.
    pub started_by: String,
    /// When access was given back.
    pub ended_at: Option<Moment>,
    /// Who decided that.
    pub ended_by: Option<String>,
    /// Why, where the cure came late.
    pub end_reason: Option<String>,
    /// Number of the memo that approved the restoration.
    pub end_memo_number: Option<String>,
    /// A note for BKN alone on the restoration.
    pub end_note: Option<String>,
    /// The restoration form's one-time key.
    pub end_form_key: Option<String>,
}

/// Whether BKN's data flows under an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccessState {
    /// It does.
    Active,
    /// It was stopped for now.
    Suspended,
    /// The agreement is over.
    Ended,
}

/// The state of access on a day. An agreement that is over gives none, suspended
/// or not.
pub fn access_on(agreement: &Agreement, is_suspended: bool, today: NaiveDate) -> AccessState {
    if today > agreement.last_day() {
        AccessState::Ended
    } else if is_suspended {
        AccessState::Suspended
    } else {
        AccessState::Active
    }
}

/// The two halves of what a partner owes for its access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Half {
    /// Data and reference feedback.
    Feedback,
    /// The report that a letter asks for.
    Report,
}

impl Half {
    /// Both, in the order of the agreements.
    pub const BOTH: [Self; 2] = [Self::Feedback, Self::Report];

    fn kind(self) -> ObligationKind {
        match self {
            Self::Feedback => ObligationKind::DataFeedback,
            Self::Report => ObligationKind::RequestedReport,
        }
    }

    /// Which half a clause on suspension or restoration is about.
    fn of(clause: &Clause) -> Option<Self> {
        match clause.anchor? {
            Anchor::DataReceived => Some(Self::Feedback),
            Anchor::LetterSent | Anchor::LetterDelivered | Anchor::LetterConfirmed => {
                Some(Self::Report)
            }
            _ => None,
        }
    }
}

/// Whether the agreement lets BKN suspend access at all.
pub fn may_suspend(clauses: &[Clause]) -> bool {
    clauses
        .iter()
        .any(|clause| clause.kind == ClauseKind::Suspension && Half::of(clause).is_some())
}

/// One reason for which access may be suspended now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Which half is late.
    pub half: Half,
    /// The clause that allows it.
    pub clause: Clause,
    /// What is late.
    pub obligation: Obligation,
}

/// Every reason for which access may be suspended now, the longest overdue
/// first: either half being late is enough, where the agreement has the clause.
pub fn grounds(obligations: &[Obligation], clauses: &[Clause]) -> Vec<Ground> {
    let allowing = clauses
        .iter()
        .filter(|clause| clause.kind == ClauseKind::Suspension);
    let mut all: Vec<Ground> = allowing
        .filter_map(|clause| Some((Half::of(clause)?, clause)))
        .flat_map(|(half, clause)| {
            let late = obligations
                .iter()
                .filter(move |one| one.kind == half.kind() && one.is_overdue());
            late.map(move |obligation| Ground {
                half,
                clause: clause.clone(),
                obligation: obligation.clone(),
            })
        })
        .collect();
    all.sort_by_key(|ground| (ground.obligation.due, ground.half));
    all
}

/// How one condition of restoration stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConditionState {
    /// Nothing was asked for: it does not stand in the way.
    NotAsked,
    /// This is still to come.
    Owed(Obligation),
    /// It is in; these show it, the newest last. Never empty.
    In(Vec<Obligation>),
}

/// One of the two conditions of restoration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Which half.
    pub half: Half,
    /// The clause that names it, if the agreement has one.
    pub clause: Option<Clause>,
    /// How it stands.
    pub state: ConditionState,
}

impl Condition {
    /// Whether it no longer stands in the way.
    pub fn is_met(&self) -> bool {
        !matches!(self.state, ConditionState::Owed(_))
    }

    /// Whether what came in came after its due date.
    pub fn is_late(&self) -> bool {
        let late = |one: &Obligation| one.fulfilment.as_ref().is_some_and(|met| met.late);
        matches!(&self.state, ConditionState::In(evidence) if evidence.iter().any(late))
    }
}

/// What stands between a suspended partner and its access: both conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restoration {
    /// Feedback, then report.
    pub conditions: [Condition; 2],
}

impl Restoration {
    /// Whether feedback *and* report are in, or were never asked for.
    pub fn is_ready(&self) -> bool {
        self.conditions.iter().all(Condition::is_met)
    }

    /// Whether the cure came late, so that giving access back is a decision
    /// that needs a reason.
    pub fn is_late(&self) -> bool {
        self.conditions.iter().any(Condition::is_late)
    }
}

/// How far a suspended partner has come with its cure. `since` is the first day
/// of the suspension: what came in from then on is the cure.
pub fn restoration(
    obligations: &[Obligation],
    clauses: &[Clause],
    since: NaiveDate,
) -> Restoration {
    Restoration {
        conditions: Half::BOTH.map(|half| Condition {
            half,
            clause: clauses
                .iter()
                .find(|clause| {
                    clause.kind == ClauseKind::Restoration && Half::of(clause) == Some(half)
                })
                .cloned(),
            state: condition(obligations, half, since),
        }),
    }
}

/// What is overdue stands in the way; after that, what is in counts; what was
/// asked for and is not yet due still has to come when nothing else is in.
fn condition(obligations: &[Obligation], half: Half, since: NaiveDate) -> ConditionState {
    let owed: Vec<&Obligation> = obligations
        .iter()
        .filter(|one| one.kind == half.kind())
        .collect();
    if let Some(late) = owed.iter().find(|one| one.is_overdue()) {
        return ConditionState::Owed((*late).clone());
    }
    let mut met: Vec<Obligation> = owed
        .iter()
        .filter(|one| one.is_met())
        .map(|one| (*one).clone())
        .collect();
    met.sort_by_key(met_on);
    if let Some(last) = met.last().cloned() {
        let cure: Vec<_> = met
            .into_iter()
            .filter(|one| met_on(one) >= Some(since))
            .collect();
        return ConditionState::In(if cure.is_empty() { vec![last] } else { cure });
    }
    owed.into_iter()
        .find(|one| one.state != ObligationState::NotStartable)
        .map_or(ConditionState::NotAsked, |open| {
            ConditionState::Owed(open.clone())
        })
}

fn met_on(one: &Obligation) -> Option<NaiveDate> {
    one.fulfilment.as_ref().map(|met| met.on)
}
