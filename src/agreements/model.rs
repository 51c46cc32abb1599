//! An agreement and what it says.

use chrono::{Months, NaiveDate};
use diesel::prelude::*;

use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{agreements, clauses, correspondents, grants};
use crate::platform::ids::{id, words};

id!(
    /// An agreement.
    AgreementId
);
id!(
    /// A clause of an agreement.
    ClauseId
);
id!(
    /// A data set granted by an agreement's Annex.
    GrantId
);
id!(
    /// A correspondent named by an agreement.
    CorrespondentId
);

words!(
    /// What a clause settles.
    ClauseKind {
        /// How long the agreement holds (jangka waktu).
        Term = "term",
        /// How long before the end it must be said whether to extend or to end.
        EndNotice = "end_notice",
        /// Duties that outlive the end.
        SurvivingDuties = "surviving_duties",
        /// Data and references owed back after receiving data.
        DataFeedback = "data_feedback",
        /// The report owed after a request letter.
        RequestedReport = "requested_report",
        /// The report owed by cadence.
        PeriodicReport = "periodic_report",
        /// The minutes of matching.
        MatchingMinutes = "matching_minutes",
        /// Monitoring and evaluation.
        Evaluation = "evaluation",
        /// BKN's right to suspend access, one clause per condition.
        Suspension = "suspension",
        /// The partner's right to have access back, one clause per condition.
        Restoration = "restoration",
        /// Correction lists.
        CorrectionList = "correction_list",
        /// Reference codes given.
        ReferenceCodes = "reference_codes",
        /// Notice of a change of correspondent.
        CorrespondentChange = "correspondent_change",
        /// When a notice counts as received.
        NoticeReceipt = "notice_receipt",
        /// Notice of force majeure.
        ForceMajeureNotice = "force_majeure_notice",
        /// Duties paused during force majeure.
        ForceMajeurePause = "force_majeure_pause",
        /// The end that long force majeure allows.
        ForceMajeureEnd = "force_majeure_end",
        /// Competence development.
        Competence = "competence",
        /// Aggregates.
        Aggregates = "aggregates",
        /// Notice of technical trouble and change.
        TechnicalNotice = "technical_notice",
        /// PIC rights.
        PicRights = "pic_rights",
        /// Confidentiality that outlives the agreement.
        ConfidentialityOutlives = "confidentiality_outlives",
        /// The data's source is named in use.
        SourceNamed = "source_named",
    }
);

words!(
    /// In what an amount of time is counted.
    Unit {
        /// Calendar months.
        Months = "months",
        /// Calendar days.
        CalendarDays = "calendar_days",
        /// Days without Saturday, Sunday and the holidays on record.
        WorkingDays = "working_days",
        /// Hours.
        Hours = "hours",
        /// A number of times in `per_months` months.
        Times = "times",
    }
);

words!(
    /// The event from which a clause counts.
    Anchor {
        /// The agreement was signed.
        Signature = "signature",
        /// The partner received data.
        DataReceived = "data_received",
        /// A letter was sent.
        LetterSent = "letter_sent",
        /// A letter was delivered.
        LetterDelivered = "letter_delivered",
        /// The addressee confirmed a letter.
        LetterConfirmed = "letter_confirmed",
        /// The agreement ends.
        AgreementEnd = "agreement_end",
        /// A change takes effect.
        ChangeEffective = "change_effective",
        /// Something happened (force majeure, a leak).
        Event = "event",
    }
);

words!(
    /// On which side of its event a due date lies.
    Side {
        /// At the latest so long after it.
        After = "after",
        /// At the latest so long before it.
        Before = "before",
    }
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

words!(
    /// Which way a granted data set flows.
    Direction {
        /// The partner sends it to BKN.
        PartnerToBkn = "partner_to_bkn",
        /// BKN gives it to the partner.
        BknToPartner = "bkn_to_partner",
    }
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
}

/// What an agreement says about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = clauses)]
pub struct Clause {
    /// Names the clause.
    pub id: ClauseId,
    /// Its agreement.
    pub agreement_id: AgreementId,
    /// What it settles.
    pub kind: ClauseKind,
    /// How many of `unit`.
    pub amount: Option<i32>,
    /// In what `amount` is counted.
    pub unit: Option<Unit>,
    /// For `Unit::Times`: in how many months.
    pub per_months: Option<i32>,
    /// From which event it counts.
    pub anchor: Option<Anchor>,
    /// Before or after that event.
    pub side: Option<Side>,
    /// The article, cited in full.
    pub article: String,
    /// The page of the signed text.
    pub page: Option<i32>,
    /// What it says, as shown to people.
    pub summary: String,
    /// Who recorded it.
    pub recorded_by: String,
    /// When.
    pub recorded_at: Moment,
    /// Who compared it with the text.
    pub checked_by: Option<String>,
    /// When.
    pub checked_at: Option<Moment>,
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
