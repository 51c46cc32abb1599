//! A data set that BKN publishes to an agreement.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::delivery::{Delivery, DeliveryId};
use super::offer::Selection;
use crate::accounts::AccountId;
use crate::agreements::{Agreement, AgreementId, Grant, Population};
use crate::datasets::{self, GrantedFields};
use crate::disclosures::{DisclosureId, FieldNames};
use crate::institutions::Institution;
use crate::platform::clock::Moment;
use crate::platform::db::schema::publications;
use crate::platform::files::FileId;
use crate::platform::ids::words;

words!(
    /// How it is known that the partner has it.
    Receipt {
        /// Somebody fetched the file.
        Download = "download",
        /// Somebody confirmed it.
        Confirmation = "confirmation",
    }
);

/// A data set that BKN publishes to an agreement: what the Annex grants on a
/// day, made into a file. The partner's receipt makes it a [`Delivery`] of the
/// same id.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = publications, treat_none_as_default_value = false)]
pub struct Publication {
    /// Names it, and the delivery that it becomes.
    pub id: DeliveryId,
    /// `PYD-2026-0001`.
    pub number: String,
    /// To which agreement.
    pub agreement_id: AgreementId,
    /// The data set.
    pub dataset: String,
    /// The fields granted, in the order of the declaration.
    pub fields: FieldNames,
    /// Whose rows.
    pub population: Population,
    /// The article or Annex that grants it.
    pub article: String,
    /// The day whose Annex holds for it: that of publishing.
    pub as_of: NaiveDate,
    /// Only what counts from this day on; `None` for all.
    pub counts_from: Option<NaiveDate>,
    /// Only what counts up to this day.
    pub counts_until: Option<NaiveDate>,
    /// The form's one-time key, or what names the period of a schedule.
    pub form_key: String,
    /// Who published it.
    pub published_by: String,
    /// When.
    pub published_at: Moment,
    /// The disclosure of its persons, once the file is being made.
    pub disclosure_id: Option<DisclosureId>,
    /// The file, once it is made.
    pub file_id: Option<FileId>,
    /// Rows of the file.
    pub row_count: Option<i64>,
    /// Persons in it.
    pub people: Option<i64>,
    /// When the file was made.
    pub made_at: Option<Moment>,
    /// When making it was given up.
    pub failed_at: Option<Moment>,
    /// When BKN took it back, which it may before the receipt.
    pub withdrawn_at: Option<Moment>,
    /// Who took it back.
    pub withdrawn_by: Option<String>,
    /// Why, as told to the partner.
    pub withdrawal_reason: Option<String>,
    /// When the partner received it.
    pub received_at: Option<Moment>,
    /// Who received it.
    pub received_by: Option<AccountId>,
    /// How that is known.
    pub receipt: Option<Receipt>,
    /// The day whose state the data show, once the file is made: that of the
    /// register's extract.
    pub data_as_of: Option<NaiveDate>,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents {
    /// Rows.
    pub rows: i64,
    /// Persons whom they are about.
    pub people: i64,
    /// The day whose state they show.
    pub day: NaiveDate,
}

/// Why a file that is there cannot be fetched any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// The agreement does not hold any more: data stop with it.
    Ended,
    /// The Annex grants less than the file holds by now.
    GrantedLess,
}

/// How far a publication has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PublicationState {
    /// The file is being made.
    Preparing,
    /// The partner can fetch it.
    Available,
    /// The partner has it.
    Received,
    /// The file could not be made.
    Failed,
    /// BKN took it back.
    Withdrawn,
}

impl PublicationState {
    /// Every state, in the order of its life.
    pub const ALL: [Self; 5] = [
        Self::Preparing,
        Self::Available,
        Self::Received,
        Self::Failed,
        Self::Withdrawn,
    ];
}

impl Publication {
    /// How far it has come.
    pub fn state(&self) -> PublicationState {
        if self.withdrawn_at.is_some() {
            PublicationState::Withdrawn
        } else if self.received_at.is_some() {
            PublicationState::Received
        } else if self.file_id.is_some() {
            PublicationState::Available
        } else if self.failed_at.is_some() {
            PublicationState::Failed
        } else {
            PublicationState::Preparing
        }
    }

    /// Whether the partner can fetch the file.
    pub fn is_open(&self) -> bool {
        matches!(
            self.state(),
            PublicationState::Available | PublicationState::Received
        )
    }

    /// Why its file, once there, cannot be fetched on a day on which the Annex
    /// gives this data set as `grant` has it.
    pub fn bar(
        &self,
        (agreement, partner): (&Agreement, &Institution),
        grant: Option<&Grant>,
        today: NaiveDate,
    ) -> Option<Bar> {
        if !agreement.is_in_force(today) {
            return Some(Bar::Ended);
        }
        let gives = |grant: &Grant| {
            let fields = grant.granted()?;
            let own = partner.reference_code.as_deref();
            let reach = |whom| Selection::new(fields.dataset(), whom, own, None).reach;
            let all = self.fields.0.iter().all(|one| fields.has(one));
            Some(all && reach(&grant.population).includes(&reach(&self.population)))
        };
        let is_given = grant.and_then(gives).unwrap_or_default();
        (!is_given).then_some(Bar::GrantedLess)
    }

    /// What people call its data set.
    pub fn title(&self) -> &str {
        datasets::title_of(&self.dataset)
    }

    /// The fields that it carries; `None` when the data set is declared no more.
    pub fn granted(&self) -> Option<GrantedFields<'static>> {
        let dataset = datasets::find(&self.dataset)?;
        Some(GrantedFields::named(dataset, &self.fields.0))
    }

    /// The day whose state its data show; that of publishing, until the file is
    /// made.
    pub fn day(&self) -> NaiveDate {
        self.data_as_of.unwrap_or(self.as_of)
    }

    /// The name of its file with this ending.
    pub fn file_name(&self, ending: &str) -> String {
        let day = self.day();
        format!("{}-{}-{day}.{ending}", self.number, self.dataset)
    }

    /// The delivery that the receipt makes of it; the two texts tell what was
    /// given and how the receipt is known.
    pub(crate) fn received(
        &self,
        (description, evidence): (String, String),
        by: AccountId,
        now: Moment,
    ) -> Delivery {
        Delivery {
            id: self.id,
            agreement_id: self.agreement_id,
            description,
            received_on: now.jakarta_date(),
            evidence,
            form_key: format!("publication {}", self.id),
            recorded_by: by.to_string(),
            recorded_at: now,
        }
    }
}
