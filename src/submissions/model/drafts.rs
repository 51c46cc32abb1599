//! Drafts: changes that were typed into forms and are no version yet.

use diesel::prelude::*;

use super::{SubmissionId, VersionId};
use crate::accounts::AccountId;
use crate::agreements::AgreementId;
use crate::datasets::{CheckedRow, Code, Finding, Severity};
use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{draft_cells, draft_rows, drafts};
use crate::platform::files::FileId;
use crate::platform::ids::{id, words};

id!(
    /// A draft.
    DraftId
);

words!(
    /// Where a changed value comes from.
    Origin {
        /// Somebody typed it.
        Typed = "typed",
        /// The check computed it, and somebody took it.
        Suggested = "suggested",
    }
);

/// Records that a draft holds at most beside those of its base.
pub const NEW_RECORDS: usize = 200;

/// Changes to the rows of a version, or records for a new submission. All PICs
/// of the institution work on the same one; a version has at most one open.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = drafts)]
pub struct Draft {
    /// Names the draft.
    pub id: DraftId,
    /// Whose it is.
    pub institution_id: InstitutionId,
    /// Under which agreement.
    pub agreement_id: AgreementId,
    /// The data set's name.
    pub dataset: String,
    /// The submission whose rows it changes; none for records on their own.
    pub submission_id: Option<SubmissionId>,
    /// Which of its versions.
    pub base_version: Option<i32>,
    /// Who began it.
    pub created_by: AccountId,
    /// When.
    pub created_at: Moment,
    /// When it became a version.
    pub finished_at: Option<Moment>,
    /// When it was thrown away.
    pub discarded_at: Option<Moment>,
    /// The version that it became.
    pub version_id: Option<VersionId>,
    /// How many changes went into it.
    pub changes: i64,
    /// The file that was made of it, once it is made.
    pub file_id: Option<FileId>,
}

/// What is known of one row of a draft as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = draft_rows, treat_none_as_default_value = false)]
pub struct DraftRow {
    /// The draft.
    pub draft_id: DraftId,
    /// The row of the base as a spreadsheet shows it; -1, -2, … for new records.
    pub row_number: i32,
    /// Counts up with every change.
    pub revision: i32,
    /// Whether the row is left out.
    pub is_removed: bool,
    /// What a check of the row on its own came to; none when it was not checked
    /// since it was changed.
    pub verdict: Option<String>,
    /// Who changed it last.
    pub edited_by: AccountId,
    /// When.
    pub edited_at: Moment,
}

/// One changed cell of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = draft_cells)]
pub struct DraftCell {
    /// The draft.
    pub draft_id: DraftId,
    /// The row, as in [`DraftRow`].
    pub row_number: i32,
    /// The field's name.
    pub field: String,
    /// What stood there before, as far as it is known.
    pub before: String,
    /// What is to stand there.
    pub value: String,
    /// Where that comes from.
    pub origin: Origin,
}

/// The texts of one row, by the position of their fields, and what the check
/// of its version found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BaseRow {
    /// What stood in the cells: canonical, or as typed where it was faulty.
    pub texts: Vec<String>,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl Draft {
    /// Whether it can be changed.
    pub fn is_open(&self) -> bool {
        self.finished_at.is_none() && self.discarded_at.is_none()
    }
}

impl BaseRow {
    /// The findings of a row whose texts are these now, `checked` among them:
    /// what was found in a cell that no form can hold (a formula, lost digits)
    /// stays until another text stands there.
    pub fn findings_now(
        &self,
        texts: &[String],
        checked: &CheckedRow,
        names: &[&str],
    ) -> Vec<Finding> {
        let is_same = |finding: &&Finding| {
            let at = names
                .iter()
                .position(|name| Some(*name) == finding.field.as_deref());
            at.is_some_and(|at| texts.get(at) == self.texts.get(at))
        };
        let of_the_cell = self
            .findings
            .iter()
            .filter(|finding| is_of_the_cell(finding.code));
        let mut now: Vec<Finding> = of_the_cell.filter(is_same).cloned().collect();
        let is_known = |finding: &Finding| now.iter().any(|other| other.field == finding.field);
        let fresh: Vec<Finding> = checked
            .findings
            .iter()
            .filter(|one| !is_known(one))
            .cloned()
            .collect();
        now.extend(fresh);
        now
    }

    /// What only the rest of the file can tell, or is told of the row as a whole.
    pub fn of_the_file(&self) -> impl Iterator<Item = &Finding> {
        let is_meant = |finding: &&Finding| {
            matches!(
                finding.code,
                Code::DuplicateRow | Code::DuplicateKey | Code::DuplicateValue | Code::ColumnCount
            )
        };
        self.findings.iter().filter(is_meant)
    }
}

/// Faults of a cell that its text does not show.
fn is_of_the_cell(code: Code) -> bool {
    matches!(
        code,
        Code::Formula
            | Code::CellError
            | Code::MergedCell
            | Code::IdDamaged
            | Code::NipDamaged
            | Code::CellTooLong
    )
}

/// Whether one of the findings blocks the row.
pub fn has_errors(findings: &[Finding]) -> bool {
    findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
}
