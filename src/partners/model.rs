//! Where a partner stands.

use chrono::NaiveDate;

use crate::agreements::{Agreement, AgreementState, Clause};
use crate::institutions::Institution;

/// Whether a partner may have BKN's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessState {
    /// An agreement is in force and access is open.
    Active,
    /// Access is suspended for the time being.
    Suspended,
    /// Its agreements are over.
    Ended,
    /// No agreement is on record, or none has begun.
    NoAgreement,
}

/// A partner and where it stands on a day.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The partner.
    pub partner: Institution,
    /// Its access.
    pub access: AccessState,
    /// The agreement that counts: the latest in force, or else the latest.
    pub agreement: Option<(Agreement, AgreementState)>,
}

impl Standing {
    /// Where a partner stands. `agreements` are its own, `notices` may hold
    /// clauses of others too.
    pub fn on(
        day: NaiveDate,
        partner: Institution,
        agreements: &[Agreement],
        notices: &[Clause],
        is_suspended: bool,
    ) -> Self {
        let latest = |in_force: bool| {
            let fitting = agreements
                .iter()
                .filter(|one| !in_force || one.is_in_force(day));
            fitting.max_by_key(|agreement| agreement.signed_on)
        };
        let agreement = latest(true).or_else(|| latest(false));
        let agreement = agreement.map(|one| (one.clone(), one.state(notices, day)));
        let access = match agreement.as_ref().map(|(_, state)| *state) {
            _ if is_suspended => AccessState::Suspended,
            Some(AgreementState::InForce | AgreementState::NoticeWindow) => AccessState::Active,
            Some(AgreementState::Ended) => AccessState::Ended,
            Some(AgreementState::Ahead) | None => AccessState::NoAgreement,
        };
        Self {
            partner,
            access,
            agreement,
        }
    }

    /// The last day of the agreement that counts.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.agreement.as_ref().map(|(one, _)| one.last_day())
    }

    /// How far the life of the agreement that counts has come.
    pub fn agreement_state(&self) -> Option<AgreementState> {
        self.agreement.as_ref().map(|(_, state)| *state)
    }
}
