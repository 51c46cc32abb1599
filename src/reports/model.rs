//! A request letter and the reports that answer it.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::accounts::AccountId;
use crate::agreements::AgreementId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{reports, request_letters};
use crate::platform::files::FileId;
use crate::platform::ids::{id, words};

id!(
    /// A request letter.
    LetterId
);
id!(
    /// A filed report.
    ReportId
);

words!(
    /// What BKN decided on a report.
    ReportDecision {
        /// Accepted.
        Accepted = "accepted",
        /// Completion was asked for.
        Returned = "returned",
    }
);

/// BKN's letter that asks for a report (surat permintaan laporan). Which of its
/// dates starts the clock is a term of the agreement.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = request_letters)]
pub struct RequestLetter {
    /// Names the letter.
    pub id: LetterId,
    /// Under which agreement.
    pub agreement_id: AgreementId,
    /// BKN's number of the letter.
    pub number: String,
    /// The day it was sent.
    pub sent_on: NaiveDate,
    /// The day it was delivered, once known.
    pub delivered_on: Option<NaiveDate>,
    /// The day the addressee confirmed it, once known.
    pub confirmed_on: Option<NaiveDate>,
    /// The form's one-time key.
    pub form_key: String,
    /// Who recorded it.
    pub recorded_by: String,
    /// When.
    pub recorded_at: Moment,
}

/// A report as the partner filed it: a PDF and a note.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = reports)]
pub struct Report {
    /// Names the report.
    pub id: ReportId,
    /// Under which agreement.
    pub agreement_id: AgreementId,
    /// The letter that it answers.
    pub letter_id: LetterId,
    /// The PDF.
    pub file_id: FileId,
    /// The form's one-time key.
    pub form_key: String,
    /// The partner's note; may be empty.
    pub note: String,
    /// Who filed it.
    pub filed_by: AccountId,
    /// When.
    pub filed_at: Moment,
    /// When BKN decided.
    pub decided_at: Option<Moment>,
    /// Who.
    pub decided_by: Option<AccountId>,
    /// What.
    pub decision: Option<ReportDecision>,
    /// Why.
    pub decision_reason: Option<String>,
}
