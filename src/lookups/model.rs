//! A look into the register, and how often one may look.

use diesel::prelude::*;

use crate::accounts::AccountId;
use crate::agreements::AgreementId;
use crate::disclosures::DisclosureId;
use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::config::{LookupConfig, Quota};
use crate::platform::db::schema::lookups;
use crate::platform::ids::{id, words};

id!(
    /// A look into the register.
    LookUpId
);

words!(
    /// What was looked for.
    Kind {
        /// One person.
        Person = "person",
        /// The units of an institution.
        Units = "units",
    }
);

/// That somebody looked. Whom it was about stands in the disclosure alone.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = lookups, treat_none_as_default_value = false)]
pub struct LookUp {
    /// Names it.
    pub id: LookUpId,
    /// Whose officer looked.
    pub institution_id: InstitutionId,
    /// Who.
    pub account_id: AccountId,
    /// Under which agreement.
    pub agreement_id: AgreementId,
    /// In which data set.
    pub dataset: String,
    /// For what.
    pub kind: Kind,
    /// Whether there was an answer.
    pub found: bool,
    /// What it was needed for; empty for units.
    pub purpose: String,
    /// The data given of a person.
    pub disclosure_id: Option<DisclosureId>,
    /// When.
    pub at: Moment,
    /// A limit was reached: nothing was looked up.
    pub refused: bool,
}

/// Whose looks are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// One account's.
    Account,
    /// Those of all accounts of an institution.
    Institution,
}

/// A limit that is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// Whose.
    pub whose: Whose,
    /// When the next look is possible.
    pub until: Moment,
}

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// How many times more searches for units there may be than for persons.
const UNIT_FACTOR: u32 = 10;

/// The earliest moment that still counts.
pub fn counted_from(now: Moment) -> Moment {
    now.plus_seconds(-DAY)
}

/// How often one may look for this.
pub fn limits(kind: Kind, set: &LookupConfig) -> LookupConfig {
    let times = |quota: Quota, factor: u32| Quota {
        per_hour: quota.per_hour.saturating_mul(factor),
        per_day: quota.per_day.saturating_mul(factor),
    };
    let factor = match kind {
        Kind::Person => 1,
        Kind::Units => UNIT_FACTOR,
    };
    LookupConfig {
        account: times(set.account, factor),
        institution: times(set.institution, factor),
    }
}

/// Which limit is reached: the one that holds longest. `account` and
/// `institution` are the moments of their looks, the latest first.
pub fn reached(
    limits: &LookupConfig,
    (account, institution): (&[Moment], &[Moment]),
    now: Moment,
) -> Option<Reached> {
    let of = |whose, quota, looks| {
        let until = next_look(quota, looks, now)?;
        Some(Reached { whose, until })
    };
    let own = of(Whose::Account, limits.account, account);
    let all = of(Whose::Institution, limits.institution, institution);
    own.into_iter().chain(all).max_by_key(|one| one.until)
}

/// When the next look is possible, if not now.
fn next_look(quota: Quota, looks: &[Moment], now: Moment) -> Option<Moment> {
    let free_at = |most: u32, window: i64| {
        let last = usize::try_from(most).ok()?.checked_sub(1)?;
        let free = looks.get(last)?.plus_seconds(window);
        (free > now).then_some(free)
    };
    free_at(quota.per_hour, HOUR).max(free_at(quota.per_day, DAY))
}

/// How much an institution looked within a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Use {
    /// Looks for a person that were answered.
    pub found: i64,
    /// Looks for a person who was not there, or outside the Annex.
    pub missed: i64,
    /// Searches for units.
    pub units: i64,
    /// Looks that a limit refused.
    pub refused: i64,
}

impl Use {
    /// Looks for persons from which on the share of those not found says
    /// something.
    const TELLING: i64 = 10;
    /// The share of looks not found, in percent, from which on it is unusual.
    const UNUSUAL_PERCENT: i64 = 30;

    /// Looks for persons.
    pub fn people(&self) -> i64 {
        self.found + self.missed
    }

    /// The share of those that found nobody, in percent, rounded down.
    pub fn missed_percent(&self) -> i64 {
        100 * self.missed / self.people().max(1)
    }

    /// Whether it looks like trying numbers.
    pub fn is_guessing(&self) -> bool {
        self.people() >= Self::TELLING && self.missed_percent() >= Self::UNUSUAL_PERCENT
    }

    /// Whether it comes near a day's limit of persons.
    pub fn is_heavy(&self, per_day: i64) -> bool {
        5 * self.people() >= 4 * per_day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::new(text.parse().unwrap())
    }

    fn quota(per_hour: u32, per_day: u32) -> Quota {
        Quota { per_hour, per_day }
    }

    #[test]
    fn the_next_look_waits_until_the_oldest_of_the_hour_counts_no_more() {
        let now = moment("2026-11-20T10:00:00Z");
        let looks = [
            moment("2026-11-20T09:50:00Z"),
            moment("2026-11-20T09:20:00Z"),
        ];
        assert_eq!(next_look(quota(3, 9), &looks, now), None);
        let free = next_look(quota(2, 9), &looks, now);
        assert_eq!(free, Some(moment("2026-11-20T10:20:00Z")));
        let exactly_then = next_look(quota(2, 9), &looks, moment("2026-11-20T10:20:00Z"));
        assert_eq!(exactly_then, None);
    }

    #[test]
    fn the_limit_that_holds_longest_is_told() {
        let now = moment("2026-11-20T10:00:00Z");
        let limits = LookupConfig {
            account: quota(1, 9),
            institution: quota(9, 2),
        };
        let own = [moment("2026-11-20T09:50:00Z")];
        let all = [own[0], moment("2026-11-19T20:00:00Z")];
        let told = reached(&limits, (&own, &all), now).unwrap();
        assert_eq!(told.whose, Whose::Institution);
        assert_eq!(told.until, moment("2026-11-20T20:00:00Z"));
        assert_eq!(reached(&limits, (&[], &[]), now), None);
    }

    #[test]
    fn guessing_shows_by_the_share_of_those_not_found() {
        let looked = |found, missed| Use {
            found,
            missed,
            ..Use::default()
        };
        assert!(!looked(0, 9).is_guessing());
        assert!(looked(7, 3).is_guessing());
        assert!(!looked(71, 29).is_guessing());
        assert!(looked(80, 0).is_heavy(100) && !looked(79, 0).is_heavy(100));
    }
}
