//! An agreement, the day it ends, and the day by which that must be said.

use chrono::{Days, Months, NaiveDate};
use diesel::prelude::*;

use super::clause::{Anchor, Clause, ClauseKind, Side, Unit};
use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::agreements;
use crate::platform::ids::id;

id!(
    /// An agreement.
    AgreementId
);

/// A cooperation agreement between BKN and one partner.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = agreements)]
pub struct Agreement {
    /// Names the agreement.
    pub id: AgreementId,
    /// The partner.
    pub institution_id: InstitutionId,
    /// The partner's number.
    pub partner_number: String,
    /// BKN's number; unique.
    pub bkn_number: String,
    /// What it is about.
    pub title: String,
    /// The day it was signed.
    pub signed_on: NaiveDate,
    /// How long it holds, in calendar months.
    pub term_months: i32,
    /// The last day it holds, where its record says another than the term.
    pub recorded_end: Option<NaiveDate>,
    /// The last day it held, where it was ended early.
    pub ended_on: Option<NaiveDate>,
    /// Whether the text on record has all its pages.
    pub text_complete: bool,
    /// The agreement whose place it takes.
    pub succeeds_id: Option<AgreementId>,
    /// Numbers and title in lower case, for search.
    pub search_text: String,
    /// Who recorded it: an account's id, or the portal.
    pub recorded_by: String,
    /// When it was recorded.
    pub recorded_at: Moment,
}

impl Agreement {
    /// The last day on which the agreement holds: the agreed one, unless it was
    /// ended early.
    pub fn last_day(&self) -> NaiveDate {
        self.ended_on.unwrap_or_else(|| self.agreed_last_day())
    }

    /// The last day as it was agreed on: the same calendar date its term later,
    /// clamped to the month's end, unless its record says another.
    pub fn agreed_last_day(&self) -> NaiveDate {
        let months = Months::new(self.term_months.unsigned_abs());
        let by_term = self
            .signed_on
            .checked_add_months(months)
            .unwrap_or(NaiveDate::MAX);
        self.recorded_end.unwrap_or(by_term)
    }

    /// Whether the agreement can be ended early with this as its last day.
    pub fn may_end_on(&self, day: NaiveDate) -> bool {
        self.signed_on <= day && day < self.agreed_last_day()
    }

    /// Whether the agreement holds on a day.
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.signed_on <= day && day <= self.last_day()
    }

    /// By when it must be said whether to extend or to end, with the clause
    /// that asks for it; the earliest where several clauses do. `None` where
    /// the agreement does not count that notice from its end.
    pub fn notice<'a>(&self, clauses: &'a [Clause]) -> Option<Notice<'a>> {
        clauses
            .iter()
            .filter(|clause| clause.agreement_id == self.id)
            .filter_map(|clause| {
                let last_day = notice_deadline(clause, self.last_day())?;
                Some(Notice { last_day, clause })
            })
            .min_by_key(|notice| notice.last_day)
    }

    /// How far its life has come on a day.
    pub fn state(&self, clauses: &[Clause], day: NaiveDate) -> AgreementState {
        if day < self.signed_on {
            return AgreementState::Ahead;
        }
        if self.last_day() < day {
            return AgreementState::Ended;
        }
        match self.notice(clauses) {
            Some(notice) if notice.last_day <= day => AgreementState::NoticeWindow,
            _ => AgreementState::InForce,
        }
    }
}

/// The last day on which a notice about an agreement's end is in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice<'a> {
    /// That day.
    pub last_day: NaiveDate,
    /// The clause that asks for the notice.
    pub clause: &'a Clause,
}

/// How far the life of an agreement has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgreementState {
    /// It begins on a later day.
    Ahead,
    /// It holds, and notice of its end is still in time.
    InForce,
    /// It holds, from the last day on which notice is in time until its end.
    NoticeWindow,
    /// It is over.
    Ended,
}

/// Working days need the holidays on record, which no agreement asks for here.
fn notice_deadline(clause: &Clause, end: NaiveDate) -> Option<NaiveDate> {
    let counts_back =
        clause.anchor == Some(Anchor::AgreementEnd) && clause.side == Some(Side::Before);
    if clause.kind != ClauseKind::EndNotice || !counts_back {
        return None;
    }
    let amount = u32::try_from(clause.amount?).ok()?;
    match clause.unit? {
        Unit::Months => end.checked_sub_months(Months::new(amount)),
        Unit::CalendarDays => end.checked_sub_days(Days::new(amount.into())),
        Unit::WorkingDays | Unit::Hours | Unit::Times => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreements::model::{AgreementDetails, ClauseDetails, ClauseId, Terms};
    use serde_json::Value;

    fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
        serde_json::from_value(value.clone()).unwrap()
    }

    fn agreement(record: &Value) -> Agreement {
        let details = AgreementDetails {
            partner_number: read(&record["partner_number"]),
            bkn_number: read(&record["bkn_number"]),
            title: read(&record["title"]),
            signed_on: read(&record["signed_on"]),
            term_months: read(&record["term_months"]),
            recorded_end: None,
            text_complete: read(&record["text_complete"]),
            succeeds_id: None,
        };
        details.into_agreement(
            InstitutionId::generate(),
            "sistem",
            Moment::start_of(today()),
        )
    }

    fn clauses(record: &Value, of: AgreementId) -> Vec<Clause> {
        let records = record["clauses"].as_array().unwrap();
        let clause = |record: &Value| {
            let details = ClauseDetails {
                kind: read(&record["kind"]),
                terms: Terms {
                    amount: read(&record["amount"]),
                    unit: read(&record["unit"]),
                    per_months: read(&record["per_months"]),
                    anchor: read(&record["anchor"]),
                    side: read(&record["side"]),
                },
                article: read(&record["article"]),
                page: read(&record["page"]),
                summary: read(&record["summary"]),
            };
            details.into_clause(
                ClauseId::generate(),
                of,
                "sistem",
                Moment::start_of(today()),
            )
        };
        records.iter().map(clause).collect()
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
    }

    fn recorded(key: &str) -> (Agreement, Vec<Clause>) {
        let demo: Value =
            serde_json::from_str(include_str!("../../../demo/agreements.json")).unwrap();
        let mut records = demo["agreements"].as_array().unwrap().iter();
        let record = records.find(|record| record["key"] == key).unwrap();
        let agreement = agreement(record);
        let clauses = clauses(record, agreement.id);
        (agreement, clauses)
    }

    #[test]
    fn the_five_agreements_end_and_ask_for_notice_on_the_days_worked_out_by_hand() {
        let cases: Value =
            serde_json::from_str(include_str!("../../../tests/data/due_dates.json")).unwrap();
        let mut compared = 0;
        for case in cases["cases"].as_array().unwrap() {
            let key = case["agreement"].as_str().unwrap();
            let (agreement, clauses) = recorded(key);
            let due: Option<NaiveDate> = read(&case["due"]);
            let state = agreement.state(&clauses, today());
            match (case["kind"].as_str(), case["anchor"].as_str()) {
                (Some("term"), _) => {
                    assert_eq!(Some(agreement.last_day()), due, "{key}");
                    let ended = state == AgreementState::Ended;
                    assert_eq!(ended, case["state"] == "ended", "{key}");
                }
                (Some("end_notice"), Some("agreement_end")) => {
                    let notice = agreement.notice(&clauses).unwrap();
                    assert_eq!(Some(notice.last_day), due, "{key}");
                    assert_eq!(notice.clause.article, case["article"], "{key}");
                    let expected = match case["state"].as_str() {
                        Some("ended") => AgreementState::Ended,
                        Some("in_window") => AgreementState::NoticeWindow,
                        _ => AgreementState::InForce,
                    };
                    assert_eq!(state, expected, "{key}");
                }
                _ => continue,
            }
            compared += 1;
        }
        assert_eq!(compared, 10);
    }

    #[test]
    fn the_window_opens_on_the_last_day_for_notice_and_closes_with_the_agreement() {
        let (bps, clauses) = recorded("bps-2023");
        let on = |text: &str| bps.state(&clauses, text.parse().unwrap());
        assert_eq!(on("2023-12-03"), AgreementState::Ahead);
        assert_eq!(on("2023-12-04"), AgreementState::InForce);
        assert_eq!(on("2026-11-03"), AgreementState::InForce);
        assert_eq!(on("2026-11-04"), AgreementState::NoticeWindow);
        assert_eq!(on("2026-12-04"), AgreementState::NoticeWindow);
        assert_eq!(on("2026-12-05"), AgreementState::Ended);
    }

    #[test]
    fn a_month_that_is_too_short_ends_the_term_on_its_last_day() {
        let (mut agreement, _) = recorded("lan-2025");
        agreement.signed_on = "2024-02-29".parse().unwrap();
        agreement.term_months = 12;
        assert_eq!(agreement.last_day().to_string(), "2025-02-28");
        agreement.recorded_end = "2025-06-30".parse().ok();
        assert_eq!(agreement.last_day().to_string(), "2025-06-30");
        agreement.ended_on = "2025-01-15".parse().ok();
        assert_eq!(agreement.last_day().to_string(), "2025-01-15");
    }

    #[test]
    fn an_agreement_without_such_a_clause_knows_no_notice() {
        let (lan, clauses) = recorded("lan-2025");
        let others: Vec<Clause> = clauses
            .iter()
            .filter(|clause| clause.kind != ClauseKind::EndNotice)
            .cloned()
            .collect();
        assert_eq!(lan.notice(&others), None);
        let (_, foreign) = recorded("bps-2023");
        assert_eq!(lan.notice(&foreign), None);
    }
}
