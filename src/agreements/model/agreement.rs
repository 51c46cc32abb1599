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
    /// The last day on which the agreement holds: the same calendar date its
    /// term later, clamped to the month's end, unless its record says another.
    pub fn last_day(&self) -> NaiveDate {
        let months = Months::new(self.term_months.unsigned_abs());
        let by_term = self
            .signed_on
            .checked_add_months(months)
            .unwrap_or(NaiveDate::MAX);
        self.ended_on.or(self.recorded_end).unwrap_or(by_term)
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
