//! What can be published to an agreement.

use chrono::NaiveDate;
use std::ops::RangeInclusive;

use crate::agreements::{Agreement, Grant, Population};
use crate::datasets::{AsnId, Dataset, GrantedFields};
use crate::institutions::Institution;
use crate::register::{self, Reach};

/// A granted data set that can be published.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The agreement.
    pub agreement: Agreement,
    /// Its partner.
    pub partner: Institution,
    /// What its Annex grants.
    pub grant: Grant,
    /// The fields of it.
    pub fields: GrantedFields<'static>,
}

/// Why a data set cannot be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OfferFault {
    /// The agreement is not in force today.
    #[error("the agreement does not hold")]
    NotInForce,
    /// The Annex does not grant the data set today.
    #[error("not granted")]
    NotGranted,
}

impl Offer {
    /// The grant of today: the register knows no other day.
    ///
    /// # Errors
    /// Why there is nothing to publish.
    pub fn of(
        (agreement, partner): (Agreement, Institution),
        grant: Grant,
        today: NaiveDate,
    ) -> Result<Self, OfferFault> {
        if !agreement.is_in_force(today) {
            return Err(OfferFault::NotInForce);
        }
        let held = |field: &str| register::holds(&grant.dataset, field);
        let fields = grant.granted().map(|fields| fields.only(held));
        let fields = fields.filter(|fields| !fields.is_empty());
        let fields = fields.ok_or(OfferFault::NotGranted)?;
        Ok(Self {
            agreement,
            partner,
            grant,
            fields,
        })
    }

    /// What its file is made of.
    pub fn selection(&self, days: Option<RangeInclusive<NaiveDate>>) -> Selection {
        let own = self.partner.reference_code.as_deref();
        Selection::new(self.fields.dataset(), &self.grant.population, own, days)
    }
}

/// Which rows of a data set a file is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The data set's name.
    pub dataset: String,
    /// Whom the Annex reaches.
    pub reach: Reach,
    /// Only what counts from one of these days.
    pub days: Option<RangeInclusive<NaiveDate>>,
}

impl Selection {
    /// Where the Annex names nobody, data about persons go out about those of
    /// the partner's own institution alone; `own` is its code. Units, codes and
    /// counts are about no person.
    pub fn new(
        dataset: &Dataset,
        population: &Population,
        own: Option<&str>,
        days: Option<RangeInclusive<NaiveDate>>,
    ) -> Self {
        let own = AsnId::of(own);
        let reach = if dataset.is_about_people() || !population.is_unstated() {
            population.reach_of_recipient(own)
        } else {
            Reach::default()
        };
        Self {
            dataset: dataset.name.clone(),
            reach,
            days,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datasets;

    const OWN: &str = "0000000000000000000000000000000A";

    fn reach(dataset: &str, population: &Population, own: Option<&str>) -> Reach {
        let dataset = datasets::find(dataset).unwrap();
        Selection::new(dataset, population, own, None).reach
    }

    #[test]
    fn an_annex_that_names_nobody_reaches_the_own_staff_alone() {
        let silent = Population::default();
        let own = reach("profil-pns", &silent, Some(OWN));
        assert_eq!(own.institutions, Some(vec![OWN.to_owned()]));
        let unknown = reach("profil-pns", &silent, None);
        assert_eq!(unknown.institutions, Some(Vec::new()), "nobody");
        assert_eq!(reach("unit-kerja", &silent, None), Reach::default());
    }

    #[test]
    fn a_grade_alone_reaches_every_institution() {
        let graded = Population {
            grade_at_least: Some("42".into()),
            ..Population::default()
        };
        let found = reach("data-utama", &graded, Some(OWN));
        assert_eq!(
            (found.institutions, found.rank_at_least.as_deref()),
            (None, Some("42"))
        );
    }
}
