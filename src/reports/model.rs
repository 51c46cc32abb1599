//! A request letter and the reports that answer it.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::accounts::AccountId;
use crate::agreements::{AgreementId, Anchor, Clause, Span};
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

impl RequestLetter {
    /// The date of the letter that a clause counts from, once it is known.
    pub fn counted_from(&self, anchor: Anchor) -> Option<NaiveDate> {
        match anchor {
            Anchor::LetterDelivered => self.delivered_on,
            Anchor::LetterConfirmed => self.confirmed_on,
            _ => Some(self.sent_on),
        }
    }

    /// By when the report is due under a clause, once the clock has started.
    pub fn due(&self, clause: &Clause) -> Option<NaiveDate> {
        let event = self.counted_from(clause.anchor.unwrap_or(Anchor::LetterSent))?;
        Span::of(clause)?.due(event, &[])
    }

    /// How far the answers to this letter have come. `reports` may hold those
    /// to other letters too.
    pub fn state(&self, reports: &[Report]) -> LetterState {
        let own = reports.iter().filter(|report| report.letter_id == self.id);
        match own.max_by_key(|report| report.filed_at) {
            None => LetterState::Open,
            Some(report) => report.state(),
        }
    }
}

impl Report {
    /// The state of the letter whose latest report this is.
    pub fn state(&self) -> LetterState {
        match self.decision {
            None => LetterState::Filed,
            Some(ReportDecision::Returned) => LetterState::Returned,
            Some(ReportDecision::Accepted) => LetterState::Accepted,
        }
    }
}

/// How far the answers to a letter have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterState {
    /// No report was filed.
    Open,
    /// A report waits for BKN.
    Filed,
    /// BKN asked for completion.
    Returned,
    /// BKN accepted the report.
    Accepted,
}

impl LetterState {
    /// Whether a report can be filed now.
    pub fn takes_a_report(self) -> bool {
        matches!(self, Self::Open | Self::Returned)
    }
}

/// The dates of a letter. Each later one lies on or after the sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetterDates {
    /// The day it was sent.
    pub sent_on: NaiveDate,
    /// The day it was delivered, once known.
    pub delivered_on: Option<NaiveDate>,
    /// The day the addressee confirmed it, once known.
    pub confirmed_on: Option<NaiveDate>,
}

/// Which date of a letter cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterDateFault {
    /// It was sent on a later day, or before the agreement was signed.
    Sent,
    /// It was delivered before it was sent, or on a later day.
    Delivered,
    /// It was confirmed before it was sent or delivered, or on a later day.
    Confirmed,
}

impl LetterDates {
    /// Which of the dates cannot be, for a letter under an agreement signed on
    /// a day, seen from today.
    pub fn faults(&self, signed_on: NaiveDate, today: NaiveDate) -> Vec<LetterDateFault> {
        let known = |day: NaiveDate, from: NaiveDate| from <= day && day <= today;
        let arrived = self.delivered_on.unwrap_or(self.sent_on);
        let delivered = self.delivered_on.is_none_or(|day| known(day, self.sent_on));
        let confirmed = self.confirmed_on.is_none_or(|day| known(day, arrived));
        [
            (!known(self.sent_on, signed_on)).then_some(LetterDateFault::Sent),
            (!delivered).then_some(LetterDateFault::Delivered),
            (!confirmed).then_some(LetterDateFault::Confirmed),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl From<&RequestLetter> for LetterDates {
    fn from(letter: &RequestLetter) -> Self {
        Self {
            sent_on: letter.sent_on,
            delivered_on: letter.delivered_on,
            confirmed_on: letter.confirmed_on,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn faults(
        sent: &str,
        delivered: Option<&str>,
        confirmed: Option<&str>,
    ) -> Vec<LetterDateFault> {
        let dates = LetterDates {
            sent_on: day(sent),
            delivered_on: delivered.map(day),
            confirmed_on: confirmed.map(day),
        };
        dates.faults(day("2025-05-07"), day("2026-11-20"))
    }

    #[test]
    fn a_letter_goes_out_arrives_and_is_confirmed_in_that_order() {
        assert_eq!(
            faults("2026-10-12", Some("2026-10-13"), Some("2026-10-14")),
            []
        );
        assert_eq!(faults("2026-10-12", None, Some("2026-10-12")), []);
        assert_eq!(faults("2026-11-21", None, None), [LetterDateFault::Sent]);
        assert_eq!(faults("2025-05-06", None, None), [LetterDateFault::Sent]);
        assert_eq!(
            faults("2026-10-12", Some("2026-10-11"), Some("2026-11-21")),
            [LetterDateFault::Delivered, LetterDateFault::Confirmed]
        );
        assert_eq!(
            faults("2026-10-12", Some("2026-10-20"), Some("2026-10-19")),
            [LetterDateFault::Confirmed]
        );
    }
}
