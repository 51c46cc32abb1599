//! What an agreement's Annex grants.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::agreement::AgreementId;
use super::population::Population;
use crate::datasets::{self, Dataset, GrantedFields};
use crate::platform::db::schema::grants;
use crate::platform::ids::{id, words};

id!(
    /// A data set granted by an agreement's Annex.
    GrantId
);

words!(
    /// Which way a granted data set flows.
    Direction {
        /// The partner sends it to BKN.
        PartnerToBkn = "partner_to_bkn",
        /// BKN gives it to the partner.
        BknToPartner = "bkn_to_partner",
    }
);

impl Direction {
    /// The way that a declared data set flows.
    pub fn of(dataset: &Dataset) -> Self {
        match dataset.direction {
            datasets::Direction::PartnerToBkn => Self::PartnerToBkn,
            datasets::Direction::BknToPartner => Self::BknToPartner,
        }
    }
}

/// A data set that an agreement's Annex grants, one way, field by field. What
/// an addendum changes is a later version; the earlier ones stay.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = grants)]
pub struct Grant {
    /// Names the grant.
    pub id: GrantId,
    /// Its agreement.
    pub agreement_id: AgreementId,
    /// The data set's name in `datasets/`.
    pub dataset: String,
    /// Which way it flows.
    pub direction: Direction,
    /// The fields granted, a JSON array of names; `None` for all.
    pub fields: Option<String>,
    /// Whose rows may pass.
    pub population: Population,
    /// The article or Annex, cited in full.
    pub article: String,
    /// The page of the signed text.
    pub page: Option<i32>,
    /// The addendum that made this version; `None` for the first.
    pub addendum: Option<String>,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
}

impl Grant {
    /// The names of the granted fields, or `None` for all.
    pub fn field_names(&self) -> Option<Vec<String>> {
        self.fields
            .as_deref()
            .and_then(|names| serde_json::from_str(names).ok())
    }

    /// The fields that may pass; `None` when the data set is declared no more.
    /// BKN's data is granted by name only.
    pub fn granted(&self) -> Option<GrantedFields<'static>> {
        let dataset = datasets::find(&self.dataset)?;
        Some(match (self.field_names(), self.direction) {
            (Some(names), _) => GrantedFields::named(dataset, &names),
            (None, Direction::PartnerToBkn) => GrantedFields::all(dataset),
            (None, Direction::BknToPartner) => GrantedFields::named(dataset, &[]),
        })
    }

    /// Whether an addendum takes the data set back: a version without fields.
    pub fn is_withdrawn(&self) -> bool {
        self.field_names().is_some_and(|names| names.is_empty())
    }

    /// Whether this is another version of the same grant.
    pub fn is_version_of(&self, other: &Self) -> bool {
        (self.agreement_id, self.direction) == (other.agreement_id, other.direction)
            && self.dataset == other.dataset
    }

    /// How it stands on a day among these, its own other versions and others.
    pub fn state<'g>(
        &self,
        mut grants: impl Iterator<Item = &'g Self>,
        day: NaiveDate,
    ) -> GrantState {
        let is_later = |other: &Self| {
            other.is_version_of(self)
                && other.valid_from <= day
                && other.valid_from > self.valid_from
        };
        if self.valid_from > day {
            GrantState::Ahead
        } else if grants.any(is_later) {
            GrantState::Replaced
        } else if self.is_withdrawn() {
            GrantState::Withdrawn
        } else {
            GrantState::InForce
        }
    }
}

/// How a version of a grant stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantState {
    /// It has not begun.
    Ahead,
    /// It holds.
    InForce,
    /// A later version has taken its place.
    Replaced,
    /// It took the data set back.
    Withdrawn,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMED: &str = r#"["nip","nama"]"#;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn version(from: &str, fields: &str) -> Grant {
        Grant {
            id: GrantId::generate(),
            agreement_id: AgreementId::try_from("0198f000-0000-7000-8000-000000000001".to_owned())
                .unwrap(),
            dataset: "profil-pns".into(),
            direction: Direction::BknToPartner,
            fields: Some(fields.into()),
            population: Population::default(),
            article: "Lampiran".into(),
            page: None,
            addendum: None,
            valid_from: day(from),
        }
    }

    fn states(versions: &[Grant], on: &str) -> Vec<GrantState> {
        let state = |grant: &Grant| grant.state(versions.iter(), day(on));
        versions.iter().map(state).collect()
    }

    #[test]
    fn an_addendum_takes_the_place_of_what_held_before_from_its_day_on() {
        use GrantState::{Ahead, InForce, Replaced};
        let versions = [version("2025-05-07", NAMED), version("2026-03-01", NAMED)];
        assert_eq!(states(&versions, "2025-05-06"), [Ahead, Ahead]);
        assert_eq!(states(&versions, "2025-05-07"), [InForce, Ahead]);
        assert_eq!(states(&versions, "2026-02-28"), [InForce, Ahead]);
        assert_eq!(states(&versions, "2026-03-01"), [Replaced, InForce]);
    }

    #[test]
    fn what_an_addendum_withdraws_does_not_fall_back_to_an_earlier_version() {
        use GrantState::{Ahead, InForce, Replaced, Withdrawn};
        let versions = [version("2025-05-07", NAMED), version("2026-07-01", "[]")];
        assert_eq!(states(&versions, "2026-06-30"), [InForce, Ahead]);
        assert_eq!(states(&versions, "2026-07-01"), [Replaced, Withdrawn]);
    }

    #[test]
    fn data_sets_and_directions_are_versions_of_themselves_alone() {
        let other = Grant {
            dataset: "pensiun".into(),
            ..version("2026-03-01", NAMED)
        };
        let grants = [version("2025-05-07", NAMED), other];
        assert_eq!(
            states(&grants, "2026-11-20"),
            [GrantState::InForce, GrantState::InForce]
        );
    }

    #[test]
    fn bkns_data_without_named_fields_grants_none() {
        let silent = Grant {
            fields: None,
            ..version("2025-05-07", NAMED)
        };
        assert!(silent.granted().unwrap().is_empty());
        assert_eq!(
            version("2025-05-07", NAMED).granted().unwrap().names(),
            ["nip", "nama"]
        );
    }
}
