//! Whom to write to.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::agreement::AgreementId;
use crate::platform::db::schema::correspondents;
use crate::platform::ids::{id, words};

id!(
    /// A correspondent named by an agreement.
    CorrespondentId
);

words!(
    /// A party of an agreement.
    PartySide {
        /// The partner (pihak kesatu).
        Partner = "partner",
        /// BKN (pihak kedua).
        Bkn = "bkn",
    }
);

/// Whom to write to, as an agreement names them.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = correspondents)]
pub struct Correspondent {
    /// Names the correspondent.
    pub id: CorrespondentId,
    /// The agreement.
    pub agreement_id: AgreementId,
    /// Of which party.
    pub side: PartySide,
    /// Office or function.
    pub office: String,
    /// Address for mail.
    pub email: String,
    /// The article that names it.
    pub article: String,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// The last day; none while it holds.
    pub valid_until: Option<NaiveDate>,
}

impl Correspondent {
    /// Whether one writes to it on a day.
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|last| day <= last)
    }
}
