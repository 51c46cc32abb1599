//! Checking again what BKN has, and how the results differ.

use actix_web::web::{Data, Form, Path};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::SECTION;
use crate::accounts::{Permission, SignedIn};
use crate::datasets::{self, Code, Dataset};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, OneTimeKey, Page, filters, see_other};
use crate::rehearsals::actions::{self, AskRecheckError};
use crate::rehearsals::queries;
use crate::rehearsals::recheck::{KindChange, Outcome, Recheck, RecheckId};
use crate::rehearsals::text;
use crate::submissions::SubmissionId;

/// Earlier results that are shown.
const EARLIER: i64 = 20;

/// What was posted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RecheckForm {
    kunci: String,
}

#[derive(Template)]
#[template(path = "rehearsals/recheck.html")]
struct RecheckPage {
    frame: Frame,
    dataset: &'static Dataset,
    recheck: Recheck,
    submission: SubmissionId,
    number: String,
    version: i32,
    title: String,
    outcome: Option<Outcome>,
}

impl RecheckPage {
    /// Names of the figures, with the rows before and now.
    fn figures(&self) -> Vec<(&'static str, i64, i64)> {
        let Some(outcome) = &self.outcome else {
            return Vec::new();
        };
        let names = ["Tanpa temuan", "Dengan peringatan", "Perlu diperbaiki"];
        let rows = outcome.before.iter().zip(outcome.now);
        names
            .into_iter()
            .zip(rows)
            .map(|(name, (before, now))| (name, *before, now))
            .collect()
    }

    fn title_of(&self, kind: &KindChange) -> String {
        let title = Code::parse(&kind.code).map_or("", Code::title);
        match self.dataset.field(&kind.field) {
            Some((_, field)) => format!("{title}: {}", field.title),
            None => title.to_owned(),
        }
    }
}

/// Where a version is checked again.
#[derive(Template)]
#[template(path = "rehearsals/recheck_new.html")]
struct NewPage {
    frame: Frame,
    dataset: &'static Dataset,
    number: String,
    /// The address of the version.
    place: String,
    version: i32,
    earlier: Vec<Recheck>,
    may_ask: bool,
    key: String,
}

/// Shows the form and what came of it before.
///
/// # Errors
/// Not found; the database's.
pub async fn new(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (submission, version) = of.into_inner();
    let (number, dataset, earlier) = db
        .read(move |conn| {
            let found = queries::sent_version(conn, (submission, version))?;
            let (id, number, dataset) = found.ok_or(AppError::NotFound)?;
            let earlier = queries::rechecks_of(conn, id, EARLIER)?;
            Ok::<_, AppError>((number, dataset, earlier))
        })
        .await??;
    Ok(Page(NewPage {
        frame: user.frame(SECTION),
        dataset: datasets::find(&dataset).ok_or(AppError::NotFound)?,
        number,
        place: format!("/tinjauan/{submission}/versi/{version}"),
        version,
        earlier,
        may_ask: user.account.role.may(Permission::ReviewSubmissions),
        key: OneTimeKey::generate(),
    }))
}

/// Begins checking a version again.
///
/// # Errors
/// Not found; the database's.
pub async fn create(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    form: Form<RecheckForm>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (of, by, now) = (of.into_inner(), user.account.id, clock.now());
    let key = Some(form.into_inner().kunci).filter(|key| OneTimeKey::is_valid(key));
    let key = key.unwrap_or_else(OneTimeKey::generate);
    let id = db
        .write(move |conn| actions::ask_recheck(conn, of, key, by, now))
        .await??;
    Ok(see_other(&format!("/periksa-kembali/{id}")))
}

/// Shows how the results differ.
///
/// # Errors
/// Not found; the database's.
pub async fn show(
    user: SignedIn,
    id: Path<RecheckId>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let id = id.into_inner();
    let found = db
        .read(move |conn| queries::find_recheck(conn, id))
        .await??;
    let (recheck, submission, number, dataset, version) = found.ok_or(AppError::NotFound)?;
    let outcome = recheck.outcome();
    Ok(Page(RecheckPage {
        frame: user.frame(SECTION),
        dataset: datasets::find(&dataset).ok_or(AppError::NotFound)?,
        title: text::recheck_title(outcome.as_ref()),
        outcome,
        recheck,
        submission,
        number,
        version,
    }))
}

impl From<AskRecheckError> for AppError {
    fn from(error: AskRecheckError) -> Self {
        match error {
            AskRecheckError::NotFound => Self::NotFound,
            AskRecheckError::Database(error) => error.into(),
        }
    }
}
