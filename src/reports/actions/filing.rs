//! Filing a report.

use diesel::result::{DatabaseErrorKind, Error};
use serde_json::json;

use super::{entry, post};
use crate::accounts::{Account, Scope};
use crate::agreements::{self, Addressee, Agreement, PartySide};
use crate::audit;
use crate::platform::files::StoredFile;
use crate::platform::{clock::Moment, db::DbConn};
use crate::reports::model::{LetterId, Report, ReportId};
use crate::reports::{mails, queries};

/// A report as it came in: its file is kept already.
#[derive(Debug, Clone)]
pub struct FiledReport {
    /// The letter that it answers.
    pub letter: LetterId,
    /// The PDF.
    pub file: StoredFile,
    /// The partner's note; may be empty.
    pub note: String,
    /// The form's one-time key.
    pub form_key: String,
}

/// Why a report is not taken.
#[derive(Debug, thiserror::Error)]
pub enum FileReportError {
    /// There is no such letter within reach.
    #[error("no such letter")]
    NotFound,
    /// A report to the letter waits for BKN, or was accepted.
    #[error("the letter takes no report now")]
    NotAwaited,
    /// The same form came before; the first report stands.
    #[error("posted twice")]
    PostedTwice,
    /// The database's.
    #[error(transparent)]
    Database(Error),
}

impl From<Error> for FileReportError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::PostedTwice,
            error => Self::Database(error),
        }
    }
}

/// Files a report, gives the receipt to the one who filed it, and tells BKN.
///
/// # Errors
/// Why it is refused.
pub fn file_report(
    conn: &mut DbConn,
    scope: Scope,
    filed: FiledReport,
    filer: &Account,
    now: Moment,
) -> Result<ReportId, FileReportError> {
    queries::lock_letter(conn, filed.letter)?;
    let letter = queries::letter(conn, scope, filed.letter)?.ok_or(FileReportError::NotFound)?;
    let agreement = agreements::find(conn, scope, letter.agreement_id)?;
    let agreement = agreement.ok_or(FileReportError::NotFound)?;
    if queries::report_by_key(conn, letter.id, &filed.form_key)?.is_some() {
        return Err(FileReportError::PostedTwice);
    }
    let answers = queries::answers(conn, letter.id)?;
    let answers: Vec<Report> = answers.into_iter().map(|(report, _)| report).collect();
    if !letter.state(&answers).takes_a_report() {
        return Err(FileReportError::NotAwaited);
    }
    let file = filed.file.clone();
    let report = filed.into_report(agreement.id, filer, now);
    file.insert(conn)?;
    queries::insert_report(conn, &report)?;
    let detail =
        json!({ "letter": letter.id.to_string(), "sha256": file.sha256, "size": file.size });
    let subject = ("report", report.id.to_string());
    let actor = filer.id.to_string();
    audit::record(
        conn,
        entry(&actor, &agreement, "report.filed", subject, detail),
        now,
    )?;
    for (side, addressee) in told(conn, &agreement, filer, now)? {
        let mail = mails::filed((side, &addressee), &agreement, &letter, (&report, &file));
        post(conn, mail, now)?;
    }
    Ok(report.id)
}

fn told(
    conn: &mut DbConn,
    agreement: &Agreement,
    filer: &Account,
    now: Moment,
) -> Result<Vec<(PartySide, Addressee)>, Error> {
    let bkn = agreements::bkn_addressees(conn, agreement, now)?;
    let bkn = bkn.into_iter().map(|one| (PartySide::Bkn, one));
    let filer = (PartySide::Partner, Addressee::from(filer.clone()));
    Ok(std::iter::once(filer).chain(bkn).collect())
}

impl FiledReport {
    fn into_report(self, of: agreements::AgreementId, filer: &Account, now: Moment) -> Report {
        Report {
            id: ReportId::generate(),
            agreement_id: of,
            letter_id: self.letter,
            file_id: self.file.id,
            form_key: self.form_key,
            note: self.note,
            filed_by: filer.id,
            filed_at: now,
            decided_at: None,
            decided_by: None,
            decision: None,
            decision_reason: None,
        }
    }
}
