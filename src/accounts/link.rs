//! One-time links: how an account gets its first password, or a new one.

use diesel::prelude::*;

use super::model::AccountId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::account_links;
use crate::platform::ids::{id, words};
use crate::platform::secret;

id!(
    /// A one-time link.
    LinkId
);

words!(
    /// Why a link was given.
    LinkPurpose {
        /// A new account: valid for 72 hours.
        Invitation = "invitation",
        /// A forgotten password: valid for 30 minutes.
        Reset = "reset",
    }
);

impl LinkPurpose {
    /// Seconds that the link holds.
    pub fn seconds(self) -> i64 {
        match self {
            Self::Invitation => 72 * 3600,
            Self::Reset => 30 * 60,
        }
    }
}

/// A link as it is kept: the secret in it is known by its hash only.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = account_links)]
pub struct AccountLink {
    /// Names the link.
    pub id: LinkId,
    /// Whose password it sets.
    pub account_id: AccountId,
    /// SHA-256 of the secret.
    pub token_hash: String,
    /// Why it was given.
    pub purpose: LinkPurpose,
    /// When it was given.
    pub created_at: Moment,
    /// From when on it no longer holds.
    pub expires_at: Moment,
    /// When it was used, or withdrawn by a newer one.
    pub used_at: Option<Moment>,
}

impl AccountLink {
    /// A new link, known by the hash of its secret.
    pub fn new(account: AccountId, token: &str, purpose: LinkPurpose, now: Moment) -> Self {
        Self {
            id: LinkId::generate(),
            account_id: account,
            token_hash: secret::sha256_hex(token.as_bytes()),
            purpose,
            created_at: now,
            expires_at: now.plus_seconds(purpose.seconds()),
            used_at: None,
        }
    }

    /// Whether the link can still be used.
    pub fn holds(&self, now: Moment) -> bool {
        self.used_at.is_none() && now < self.expires_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_holds_for_72_hours_and_a_reset_for_30_minutes() {
        let now = Moment::new("2026-11-20T02:00:00Z".parse().unwrap());
        for (purpose, seconds) in [
            (LinkPurpose::Invitation, 259_200),
            (LinkPurpose::Reset, 1_800),
        ] {
            let link = AccountLink::new(AccountId::generate(), "rahasia", purpose, now);
            assert!(link.holds(now.plus_seconds(seconds - 1)), "{purpose}");
            assert!(!link.holds(now.plus_seconds(seconds)), "{purpose}");
            assert!(!link.token_hash.contains("rahasia"));
        }
    }
}
