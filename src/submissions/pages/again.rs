//! Checking the file of a version again, under the rules and references of today.

use actix_web::HttpResponse;
use actix_web::web::{Data, Form, Path};
use diesel::QueryResult;
use serde::Deserialize;

use crate::accounts::SignedIn;
use crate::datasets::Dataset;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, OneTimeKey, see_other};
use crate::rulebooks;
use crate::submissions::actions::{self, CheckAgainError};
use crate::submissions::model::SubmissionId;
use crate::submissions::queries::again;
use crate::submissions::queries::find::Dossier;
use crate::submissions::text;

/// What the page of a result says about checking it again.
pub(super) struct Again {
    /// The version that this one checked again, if it is such a one.
    pub(super) of: Option<i32>,
    /// Whether it can be checked again.
    pub(super) is_offered: bool,
    /// Whether other rules are in force by now.
    pub(super) rules_changed: bool,
    /// The form's one-time key.
    pub(super) key: String,
}

impl Again {
    /// Of a version that was checked under this version of the rules.
    pub(super) fn load(
        conn: &mut DbConn,
        dossier: &Dossier,
        (dataset, rule_set): (&Dataset, Option<i32>),
        now: Moment,
    ) -> QueryResult<Self> {
        let version = &dossier.version;
        let is_last = again::last_number(conn, version.submission_id)? == Some(version.version);
        let is_current = rule_set.map_or(Ok(false), |number| {
            rulebooks::is_current(conn, dataset, number, now)
        });
        Ok(Self {
            of: again::of(conn, version.id)?,
            is_offered: is_last && version.sent_at.is_none(),
            rules_changed: !is_current?,
            key: OneTimeKey::generate(),
        })
    }

    /// Which version this one checked again, in words.
    pub(super) fn note(&self) -> Option<String> {
        self.of.map(text::checked_again)
    }
}

/// What was posted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AgainForm {
    kunci: String,
}

/// Begins the check and leads to it.
///
/// # Errors
/// The refusal, or the database's.
pub async fn check(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    form: Form<AgainForm>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, of, now) = (user.scope(), of.into_inner(), clock.now());
    let (by, key) = (user.account, form.into_inner().kunci);
    let key = Some(key).filter(|key| OneTimeKey::is_valid(key));
    let key = key.unwrap_or_else(OneTimeKey::generate);
    let (submission, version) = db
        .write(move |conn| actions::check_again(conn, scope, of, (&by, &key), now))
        .await??;
    Ok(see_other(&format!(
        "/pengiriman/{submission}/versi/{version}"
    )))
}

impl From<CheckAgainError> for AppError {
    fn from(error: CheckAgainError) -> Self {
        match error {
            CheckAgainError::NotFound => Self::NotFound,
            CheckAgainError::NotChecked => {
                Self::Refused("Versi ini belum selesai diperiksa.".to_owned())
            }
            CheckAgainError::Sent => Self::Refused(
                "Versi ini sudah dikirim. Hasil pemeriksaannya tidak berubah lagi.".to_owned(),
            ),
            CheckAgainError::Overtaken => Self::Refused(
                "Sudah ada versi yang lebih baru. Periksa kembali versi terakhir.".to_owned(),
            ),
            CheckAgainError::Database(error) => error.into(),
        }
    }
}
