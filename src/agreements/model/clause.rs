//! What an agreement says about one thing.

use diesel::prelude::*;

use super::agreement::AgreementId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::clauses;
use crate::platform::ids::{id, words};

id!(
    /// A clause of an agreement.
    ClauseId
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
        /// Data alone owed back after receiving data.
        DataOnlyFeedback = "data_only_feedback",
        /// References alone owed back after receiving data.
        ReferenceFeedback = "reference_feedback",
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
    /// One half of what is owed back after receiving data.
    FeedbackHalf {
        /// Data (data balikan).
        Data = "data",
        /// References (referensi balikan).
        References = "references",
    }
);

impl ClauseKind {
    /// The kinds that ask for something back after receiving data.
    pub const FEEDBACK: [Self; 3] = [
        Self::DataFeedback,
        Self::DataOnlyFeedback,
        Self::ReferenceFeedback,
    ];

    /// The halves of feedback that a clause of this kind asks for.
    pub fn feedback_halves(self) -> &'static [FeedbackHalf] {
        match self {
            Self::DataFeedback => FeedbackHalf::ALL,
            Self::DataOnlyFeedback => &[FeedbackHalf::Data],
            Self::ReferenceFeedback => &[FeedbackHalf::References],
            _ => &[],
        }
    }
}

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

impl Clause {
    /// Tells one wording of a clause from a later one: when it was recorded,
    /// in microseconds.
    pub fn version(&self) -> i64 {
        self.recorded_at.utc().timestamp_micros()
    }

    /// Where it stands among the articles: the numbers and letters of its
    /// citation, so that Pasal 3 comes before Pasal 10.
    pub fn place(&self) -> Vec<u32> {
        let words = self.article.split(|c: char| !c.is_ascii_alphanumeric());
        let number = |word: &str| match word.as_bytes() {
            [letter @ b'a'..=b'z'] => Some(u32::from(letter - b'a') + 1),
            _ => word.parse().ok(),
        };
        words.filter_map(number).collect()
    }

    /// Whether a second person compared it with the text.
    pub fn is_checked(&self) -> bool {
        self.checked_by.is_some()
    }
}
