//! Asking for a report, filing it, and deciding on it.

mod decision;
mod filing;
mod letters;

pub use decision::{DecideError, decide};
pub use filing::{FileReportError, FiledReport, file_report};
pub use letters::{
    LetterDetails, NoteReceiptError, RecordLetterError, note_receipt, record_letter,
};

use serde_json::Value;

use crate::agreements::Agreement;
use crate::audit::Entry;
use crate::correspondence::{self, Mail};
use crate::platform::{clock::Moment, db::DbConn};

/// The trail's entry of a deed on an agreement's letters and reports.
fn entry(
    actor: &str,
    agreement: &Agreement,
    action: &'static str,
    subject: (&'static str, String),
    detail: Value,
) -> Entry {
    Entry {
        actor: actor.to_owned(),
        institution: Some(agreement.institution_id.to_string()),
        action,
        subject,
        detail,
    }
}

fn post(
    conn: &mut DbConn,
    mail: askama::Result<Mail>,
    now: Moment,
) -> Result<(), diesel::result::Error> {
    let mail = mail.map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    correspondence::post(conn, &mail, now).map(drop)
}
