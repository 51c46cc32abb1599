//! Where a partner stands.

use chrono::NaiveDate;

use crate::agreements::{AgreementState, ClauseKind};
use crate::institutions::Institution;
use crate::obligations::{AgreementFacts, Obligation, ObligationKind, SOON_DAYS, obligations_of};
use crate::suspensions::{
    AccessState, Ground, Restoration, Suspension, access_on, grounds, restoration,
};

/// One agreement, seen from a day.
#[derive(Debug, Clone)]
pub(super) struct AgreementView {
    pub(super) facts: AgreementFacts,
    pub(super) state: AgreementState,
    pub(super) obligations: Vec<Obligation>,
    pub(super) access: AccessState,
    pub(super) suspension: Option<Suspension>,
    /// Why access may be suspended; empty while it is.
    pub(super) grounds: Vec<Ground>,
    /// How far the cure has come, while access is suspended.
    pub(super) restoration: Option<Restoration>,
}

impl AgreementView {
    pub(super) fn new(
        facts: AgreementFacts,
        suspension: Option<Suspension>,
        today: NaiveDate,
    ) -> Self {
        let obligations = obligations_of(&facts, today);
        let access = access_on(&facts.agreement, suspension.is_some(), today);
        let grounds = match access {
            AccessState::Active => grounds(&obligations, &facts.clauses),
            AccessState::Suspended | AccessState::Ended => Vec::new(),
        };
        let restoration = suspension
            .as_ref()
            .filter(|_| access == AccessState::Suspended)
            .map(|one| restoration(&obligations, &facts.clauses, one.started_at.jakarta_date()));
        Self {
            state: facts.state(today),
            facts,
            obligations,
            access,
            suspension,
            grounds,
            restoration,
        }
    }

    /// Whether it holds on the day.
    pub(super) fn is_in_force(&self) -> bool {
        matches!(
            self.state,
            AgreementState::InForce | AgreementState::NoticeWindow
        )
    }

    /// Whether access is suspended and both conditions are met.
    pub(super) fn is_ready(&self) -> bool {
        self.restoration.as_ref().is_some_and(Restoration::is_ready)
    }

    /// Whether the notice window is open and no successor is signed.
    pub(super) fn needs_notice(&self) -> bool {
        self.state == AgreementState::NoticeWindow
            && self.facts.successor.is_none()
            && self.facts.agreement.ended_on.is_none()
    }

    fn regulates(&self, kind: ObligationKind) -> bool {
        let of_kind = |clause: ClauseKind| match kind {
            ObligationKind::DataFeedback => !clause.feedback_halves().is_empty(),
            ObligationKind::RequestedReport => clause == ClauseKind::RequestedReport,
            ObligationKind::EndNotice => clause == ClauseKind::EndNotice,
            ObligationKind::AgreementEnd => clause == ClauseKind::Term,
        };
        self.facts.clauses.iter().any(|one| of_kind(one.kind))
    }
}

/// One partner and all its agreements, oldest first.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub(super) institution: Institution,
    pub(super) agreements: Vec<AgreementView>,
}

impl Standing {
    /// The agreement that counts now: of those in force the one that lasts
    /// longest, or else the last that ended.
    pub(super) fn current(&self) -> Option<&AgreementView> {
        self.agreements
            .iter()
            .max_by_key(|view| (view.is_in_force(), view.facts.agreement.last_day()))
    }

    /// Everything due under any of its agreements.
    pub(super) fn obligations(&self) -> impl Iterator<Item = &Obligation> {
        self.agreements.iter().flat_map(|view| &view.obligations)
    }

    /// What the partner owes and is late with.
    pub(super) fn overdue(&self) -> impl Iterator<Item = &Obligation> {
        self.obligations().filter(|one| one.is_overdue())
    }

    /// What the partner owes within the next fourteen days, today included.
    pub(super) fn soon(&self, today: NaiveDate) -> impl Iterator<Item = &Obligation> {
        self.obligations().filter(move |one| {
            let left = one.days_left(today);
            one.is_open() && left.is_some_and(|days| (0..=SOON_DAYS).contains(&days))
        })
    }

    /// Whether an agreement that counts has a clause on it, or something is due
    /// by it still.
    pub(super) fn regulates(&self, kind: ObligationKind) -> bool {
        self.current().is_some_and(|view| view.regulates(kind))
            || self.obligations().any(|one| one.kind == kind)
    }

    /// The agreements under which access is suspended now.
    pub(super) fn suspended(&self) -> impl Iterator<Item = &AgreementView> {
        self.agreements
            .iter()
            .filter(|view| view.access == AccessState::Suspended)
    }

    /// How much it presses, the smallest first: what is late by its due date,
    /// then what awaits a decision, then by the next date.
    pub(super) fn urgency(&self, today: NaiveDate) -> (u8, NaiveDate) {
        let open = self.obligations().filter(|one| one.is_open());
        let next = open.filter_map(|one| one.due).min();
        let waits = self.suspended().next().is_some()
            || self.agreements.iter().any(AgreementView::needs_notice);
        let rank = match next {
            Some(due) if due < today => 0,
            _ if waits => 1,
            Some(_) => 2,
            None => 3,
        };
        (rank, next.unwrap_or(NaiveDate::MAX))
    }
}
