//! Pages of suspensions: the decision to suspend (A5), to restore (A6), and an
//! agreement's access with its history.

pub mod access;
mod gate;
mod parts;
pub mod restore;
pub mod suspend;

pub use gate::{telling, while_open};

use actix_web::web::Data;

use super::actions::{Order, RestoreError, StartError};
use super::case::{self, Case};
use super::chronology::{self, Event};
use super::queries;
use crate::accounts::SignedIn;
use crate::agreements::AgreementId;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, FormErrors, OneTimeKey};

/// The longest memo number.
const MEMO_LIMIT: usize = 100;
/// The longest reason or note.
const NOTE_LIMIT: usize = 2_000;

/// The case and its chronology, if the agreement is within the person's reach.
async fn load(
    user: &SignedIn,
    agreement: AgreementId,
    db: &Db,
    clock: &Data<Clock>,
) -> Result<(Case, Vec<Event>), AppError> {
    let (scope, now) = (user.scope(), clock.now());
    let found = db
        .read(move |conn| {
            let Some(case) = case::case_of(conn, scope, agreement, now)? else {
                return Ok(None);
            };
            let mails = queries::mails_about(conn, case.institution.id)?;
            Ok::<_, diesel::result::Error>(Some((case, mails)))
        })
        .await??;
    let (case, mails) = found.ok_or(AppError::NotFound)?;
    let events = chronology::chronology(&case, &mails);
    Ok((case, events))
}

/// What both decision forms ask.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct DecisionForm {
    #[serde(default)]
    nota: String,
    #[serde(default)]
    alasan: String,
    #[serde(default)]
    catatan: String,
    #[serde(default)]
    setuju: String,
    #[serde(default)]
    kunci: String,
}

impl DecisionForm {
    fn empty() -> Self {
        Self {
            kunci: OneTimeKey::generate(),
            ..Self::default()
        }
    }

    /// What is wrong with it; `agreed` is the sentence that must be ticked.
    fn faults(&self, is_reason_needed: bool, agreed: &str) -> FormErrors {
        let mut errors = FormErrors::new();
        errors.require(
            "nota",
            &self.nota,
            "nomor nota dinas persetujuan",
            MEMO_LIMIT,
        );
        if is_reason_needed {
            errors.require("alasan", &self.alasan, "alasan pemulihan", NOTE_LIMIT);
        }
        if self.catatan.chars().count() > NOTE_LIMIT {
            errors.add(
                "catatan",
                "Tulis catatan internal paling banyak 2.000 karakter.",
            );
        }
        if self.setuju.is_empty() {
            errors.add("setuju", agreed);
        }
        errors
    }

    fn order(self, agreement: AgreementId, actor: String) -> Result<Order, AppError> {
        if !OneTimeKey::is_valid(&self.kunci) {
            let sentence = "Formulir ini tidak lengkap. Buka lagi halamannya, lalu coba lagi.";
            return Err(AppError::BadRequest(sentence.into()));
        }
        Ok(Order {
            agreement,
            actor,
            memo_number: self.nota.trim().to_owned(),
            reason: self.alasan.trim().to_owned(),
            internal_note: self.catatan.trim().to_owned(),
            form_key: self.kunci,
        })
    }
}

impl From<StartError> for AppError {
    fn from(error: StartError) -> Self {
        let sentence = match error {
            StartError::NotFound => return Self::NotFound,
            StartError::Template(error) => return error.into(),
            StartError::Database(error) => return error.into(),
            StartError::NoClause => {
                "PKS ini tidak memuat klausul penghentian sementara. Akses tidak dapat dihentikan melalui portal."
            }
            StartError::Ended => {
                "PKS ini sudah berakhir. Akses datanya tidak perlu dihentikan sementara."
            }
            StartError::NoGround => {
                "Tidak ada kewajiban yang lewat tenggat pada PKS ini. Akses tidak dapat dihentikan."
            }
            StartError::AlreadySuspended => {
                "Akses menurut PKS ini sudah dihentikan sementara. Muat ulang halaman aksesnya untuk melihat keputusan itu."
            }
        };
        Self::Refused(sentence.to_owned())
    }
}

impl From<RestoreError> for AppError {
    fn from(error: RestoreError) -> Self {
        let sentence = match error {
            RestoreError::NotFound => return Self::NotFound,
            RestoreError::Template(error) => return error.into(),
            RestoreError::Database(error) => return error.into(),
            RestoreError::NotSuspended => {
                "Akses menurut PKS ini tidak sedang dihentikan. Tidak ada yang perlu dipulihkan."
            }
            RestoreError::NotReady => {
                "Data balikan dan laporan belum keduanya diterima. Akses belum dapat dipulihkan."
            }
            RestoreError::NoReason => {
                "Kewajiban dipenuhi sesudah tenggat. Tulis alasan pemulihan akses."
            }
        };
        Self::Refused(sentence.to_owned())
    }
}
