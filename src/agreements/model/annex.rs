//! What an agreement's Annex grants.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::agreement::AgreementId;
use crate::datasets::{self, Dataset};
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

/// A data set that an agreement's Annex grants, one way, field by field.
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
    /// The article or Annex, cited in full.
    pub article: String,
    /// The page of the signed text.
    pub page: Option<i32>,
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
}
