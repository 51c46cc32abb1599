//! A submission, its versions, and how far they have come.

pub(super) mod drafts;
mod progress;
pub(super) mod queue;
mod rows;

use diesel::prelude::*;

use crate::accounts::AccountId;
use crate::agreements::{AgreementId, FeedbackHalf};
use crate::datasets;
use crate::deliveries::DeliveryId;
use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{submission_versions, submissions};
use crate::platform::files::FileId;
use crate::platform::ids::{id, words};

pub use progress::{FindingProgress, VersionProgress};
pub use rows::{
    FindingTotal, RowCorrection, RowOutcome, StoredFinding, StoredKey, StoredRow, WarningReason,
};

id!(
    /// A submission.
    SubmissionId
);
id!(
    /// One version of a submission: one file.
    VersionId
);

words!(
    /// What BKN decided on a sent version.
    Decision {
        /// Every row sent was taken over.
        TakenOver = "taken_over",
        /// Some rows were taken over, for others a correction was asked.
        CorrectionAsked = "correction_asked",
        /// The whole version was returned with a reason.
        Returned = "returned",
    }
);

/// How far a version has come; the words on screen are the closed list of the
/// design for `Pengiriman`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmissionState {
    /// The file is waiting or being checked.
    Checking,
    /// The check was cancelled by the PIC.
    Cancelled,
    /// The file cannot be read, or has rows that must be mended.
    NeedsMending,
    /// Nothing stands in the way of sending.
    ReadyToSend,
    /// BKN has it.
    Sent,
    /// BKN took over all of it.
    Accepted,
    /// BKN asked for corrections or returned it.
    Returned,
}

/// Why a version cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Hindrance {
    /// It is waiting or being checked.
    #[error("not checked yet")]
    NotChecked,
    /// Its check was cancelled.
    #[error("the check was cancelled")]
    Cancelled,
    /// It was sent before.
    #[error("sent before")]
    AlreadySent,
    /// Its file cannot be read.
    #[error("the file cannot be read")]
    Unreadable,
    /// Every row has a fault.
    #[error("no row can be sent")]
    NoSendableRow,
}

/// A partner's data on its way to BKN.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = submissions)]
pub struct Submission {
    /// Names the submission.
    pub id: SubmissionId,
    /// The number people use: `PD-2026-0142`.
    pub number: String,
    /// Whose data.
    pub institution_id: InstitutionId,
    /// Under which agreement.
    pub agreement_id: AgreementId,
    /// The data set's name.
    pub dataset: String,
    /// The delivery that it answers as feedback, if any.
    pub delivery_id: Option<DeliveryId>,
    /// Who began it.
    pub created_by: AccountId,
    /// When.
    pub created_at: Moment,
}

/// One file of a submission and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = submission_versions)]
pub struct SubmissionVersion {
    /// Names the version.
    pub id: VersionId,
    /// Its submission.
    pub submission_id: SubmissionId,
    /// 1, 2, 3, …
    pub version: i32,
    /// The file as uploaded.
    pub file_id: FileId,
    /// The upload form's one-time key.
    pub form_key: String,
    /// Who uploaded it.
    pub uploaded_by: AccountId,
    /// When.
    pub uploaded_at: Moment,
    /// Rows of data in the file, once counted.
    pub rows_total: Option<i64>,
    /// Rows checked so far.
    pub rows_done: i64,
    /// Rows without a fault.
    pub rows_ready: i64,
    /// Rows with warnings only.
    pub rows_warned: i64,
    /// Rows with a fault.
    pub rows_blocked: i64,
    /// When the check began.
    pub check_started_at: Option<Moment>,
    /// When the check ended.
    pub checked_at: Option<Moment>,
    /// Why the file as a whole cannot be used: a code and its parameters, JSON.
    pub refusal: Option<String>,
    /// What the check noted besides findings: headers, normalising; JSON.
    pub summary: Option<String>,
    /// When the PIC cancelled the check.
    pub cancelled_at: Option<Moment>,
    /// When it was sent to BKN.
    pub sent_at: Option<Moment>,
    /// By whom.
    pub sent_by: Option<AccountId>,
    /// How many rows were sent.
    pub sent_rows: Option<i64>,
    /// When BKN decided.
    pub decided_at: Option<Moment>,
    /// Who.
    pub decided_by: Option<AccountId>,
    /// What.
    pub decision: Option<Decision>,
    /// Why.
    pub decision_reason: Option<String>,
    /// How long the check took, in milliseconds.
    pub check_millis: Option<i64>,
    /// The version whose rows it mends, when its file held mended rows only.
    pub merges_into: Option<i32>,
    /// The file with the mended rows, once it is merged; then `file_id` is the
    /// merged file.
    pub part_file_id: Option<FileId>,
    /// What the merge came to: a `MergeReport`, JSON.
    pub merge_report: Option<String>,
}

impl Submission {
    /// The number of the `sequence`-th submission of a year.
    pub fn number_of(year: i32, sequence: i64) -> String {
        format!("PD-{year}-{sequence:04}")
    }
}

impl SubmissionVersion {
    /// A version whose file was just uploaded.
    pub fn uploaded(
        submission: SubmissionId,
        version: i32,
        file: FileId,
        form_key: &str,
        by: AccountId,
        now: Moment,
    ) -> Self {
        Self {
            id: VersionId::generate(),
            submission_id: submission,
            version,
            file_id: file,
            form_key: form_key.to_owned(),
            uploaded_by: by,
            uploaded_at: now,
            rows_total: None,
            rows_done: 0,
            rows_ready: 0,
            rows_warned: 0,
            rows_blocked: 0,
            check_started_at: None,
            checked_at: None,
            refusal: None,
            summary: None,
            cancelled_at: None,
            sent_at: None,
            sent_by: None,
            sent_rows: None,
            decided_at: None,
            decided_by: None,
            decision: None,
            decision_reason: None,
            check_millis: None,
            merges_into: None,
            part_file_id: None,
            merge_report: None,
        }
    }

    /// Whether mended rows may be merged into it: its file was read, and BKN
    /// has taken over none of its rows.
    pub fn may_be_mended(&self) -> bool {
        let is_with_bkn = self.sent_at.is_some() && self.decision != Some(Decision::Returned);
        self.was_read() && !is_with_bkn
    }

    /// Which of a submission's versions (the first first) mended rows are
    /// merged into: the last one that was read.
    pub fn to_be_mended<'a>(
        versions: impl DoubleEndedIterator<Item = &'a Self>,
    ) -> Option<&'a Self> {
        let mut read = versions.rev().filter(|version| version.was_read());
        read.next().filter(|version| version.may_be_mended())
    }

    /// Whether the version of this number is the one that may be mended: no
    /// version after it was read or is still to be read.
    pub fn is_to_be_mended<'a>(
        versions: impl Iterator<Item = &'a Self> + Clone,
        number: i32,
    ) -> bool {
        let is_superseded = versions.clone().any(|version| version.supersedes(number));
        let mut meant = versions.filter(|version| version.version == number);
        !is_superseded && meant.any(Self::may_be_mended)
    }

    /// Whether it takes the place of an earlier version: its check was not
    /// cancelled, and its file could be read as far as is known.
    pub fn supersedes(&self, earlier: i32) -> bool {
        self.version > earlier && self.cancelled_at.is_none() && self.refusal.is_none()
    }

    /// Rows that may be sent: without a fault, with or without warnings.
    pub fn rows_sendable(&self) -> i64 {
        self.rows_ready + self.rows_warned
    }

    /// Whether its file was checked to the end and has rows.
    pub fn was_read(&self) -> bool {
        self.checked_at.is_some() && self.refusal.is_none()
    }

    /// What stands in the way of sending, if anything.
    pub fn sending_hindrance(&self) -> Option<Hindrance> {
        match self.state() {
            SubmissionState::Checking => Some(Hindrance::NotChecked),
            SubmissionState::Cancelled => Some(Hindrance::Cancelled),
            SubmissionState::Sent | SubmissionState::Accepted | SubmissionState::Returned => {
                Some(Hindrance::AlreadySent)
            }
            _ if self.refusal.is_some() => Some(Hindrance::Unreadable),
            _ if self.rows_sendable() == 0 => Some(Hindrance::NoSendableRow),
            _ => None,
        }
    }
}

/// What tells how far a version has come.
#[derive(Debug, Clone, Copy, Queryable)]
pub(super) struct Course {
    pub(super) decision: Option<Decision>,
    pub(super) sent_at: Option<Moment>,
    pub(super) cancelled_at: Option<Moment>,
    pub(super) checked_at: Option<Moment>,
    pub(super) is_refused: bool,
    pub(super) rows_blocked: i64,
}

impl Course {
    pub(super) fn state(self) -> SubmissionState {
        match self.decision {
            Some(Decision::TakenOver) => return SubmissionState::Accepted,
            Some(Decision::CorrectionAsked | Decision::Returned) => {
                return SubmissionState::Returned;
            }
            None => {}
        }
        if self.sent_at.is_some() {
            SubmissionState::Sent
        } else if self.cancelled_at.is_some() {
            SubmissionState::Cancelled
        } else if self.checked_at.is_none() {
            SubmissionState::Checking
        } else if self.is_refused || self.rows_blocked > 0 {
            SubmissionState::NeedsMending
        } else {
            SubmissionState::ReadyToSend
        }
    }
}

impl SubmissionVersion {
    /// Whether BKN has every row of the file.
    pub fn is_complete(&self) -> bool {
        self.state() == SubmissionState::Accepted && self.sent_rows == self.rows_total
    }

    /// How many rows BKN took over, having asked for so many corrections.
    pub fn rows_taken_over(&self, corrections: i64) -> i64 {
        let sent = self.sent_rows.unwrap_or_default();
        match self.decision {
            Some(Decision::TakenOver) => sent,
            Some(Decision::CorrectionAsked) => sent - corrections,
            Some(Decision::Returned) | None => 0,
        }
    }

    /// How far the version has come.
    pub fn state(&self) -> SubmissionState {
        let course = Course {
            decision: self.decision,
            sent_at: self.sent_at,
            cancelled_at: self.cancelled_at,
            checked_at: self.checked_at,
            is_refused: self.refusal.is_some(),
            rows_blocked: self.rows_blocked,
        };
        course.state()
    }
}

/// Which half of the feedback on a delivery a data set answers: codes are
/// references, persons are data.
pub fn half_of(dataset: &str) -> FeedbackHalf {
    match datasets::find(dataset) {
        Some(found) if !found.is_about_people() => FeedbackHalf::References,
        _ => FeedbackHalf::Data,
    }
}

/// The data sets that answer a half.
pub(super) fn datasets_of(half: FeedbackHalf) -> Vec<&'static str> {
    let all = datasets::all().unwrap_or_default().iter();
    all.map(|dataset| dataset.name.as_str())
        .filter(|name| half_of(name) == half)
        .collect()
}
