//! How far a check has come (P6), cancelling it and beginning it again.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

use super::version_address;
use crate::accounts::SignedIn;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::Db;
use crate::platform::jobs;
use crate::platform::web::{AppError, filters, rendered, see_other};
use crate::submissions::actions;
use crate::submissions::jobs::CHECK;
use crate::submissions::model::queue::QueuePlace;
use crate::submissions::model::{SubmissionId, SubmissionState, SubmissionVersion};
use crate::submissions::queries::find;
use crate::submissions::queue;

/// Width of the bar, in its own units.
const BAR: i64 = 128;

/// How far a check has come.
pub(super) struct Progress {
    pub(super) done: i64,
    pub(super) total: Option<i64>,
    pub(super) stage: Stage,
    pub(super) seconds_left: Option<i64>,
    pub(super) place: Option<QueuePlace>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Waiting,
    Columns,
    Rows,
}

impl Progress {
    pub(super) fn bar(&self) -> i64 {
        self.total.map_or(0, |total| BAR * self.done / total.max(1))
    }

    pub(super) fn percent(&self) -> i64 {
        self.total.map_or(0, |total| 100 * self.done / total.max(1))
    }
}

/// How far a version's check has come.
pub(super) fn of(version: &SubmissionVersion, place: Option<QueuePlace>, now: Moment) -> Progress {
    let (done, total) = (version.rows_done, version.rows_total);
    let stage = match (version.check_started_at, total) {
        (None, _) => Stage::Waiting,
        (_, None) => Stage::Columns,
        _ => Stage::Rows,
    };
    let elapsed = version.check_started_at.map(|at| now.seconds_since(at));
    let seconds_left = match (elapsed, total) {
        (Some(elapsed), Some(total)) if done > 0 && elapsed > 2 => {
            Some(elapsed * (total - done) / done)
        }
        _ => place.map(|place| place.seconds),
    };
    Progress {
        done,
        total,
        stage,
        seconds_left,
        place,
    }
}

#[derive(Template)]
#[template(path = "submissions/_progress.html")]
struct ProgressPart {
    progress: Progress,
}

/// Answers the part of the page that changes; goes on to the page itself as
/// soon as the check is over.
///
/// # Errors
/// Not found, or the database's.
pub async fn part(
    user: SignedIn,
    of_version: Path<(SubmissionId, i32)>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, (id, number)) = (user.scope(), of_version.into_inner());
    let now = clock.now();
    let (dossier, given_up, place) = db
        .read(move |conn| {
            let found = find::dossier(conn, scope, id, number)?;
            let dossier = found.ok_or(AppError::NotFound)?;
            let job = dossier.version.id.to_string();
            let place = queue::standing(conn, dossier.version.id, now)?;
            let given_up = jobs::is_given_up(conn, CHECK, &job)?;
            Ok::<_, AppError>((dossier, given_up, place))
        })
        .await??;
    if given_up || dossier.version.state() != SubmissionState::Checking {
        return Ok(see_other(&version_address(&dossier)));
    }
    let progress = of(&dossier.version, place, now);
    Ok(rendered(StatusCode::OK, &ProgressPart { progress }))
}

/// Cancels a check.
///
/// # Errors
/// The refusal, or the database's.
pub async fn cancel(
    user: SignedIn,
    of_version: Path<(SubmissionId, i32)>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, now, place) = (user.scope(), clock.now(), of_version.into_inner());
    let by = user.account;
    db.write(move |conn| actions::cancel(conn, scope, place, &by, now))
        .await??;
    Ok(see_other(&format!(
        "/pengiriman/{}/versi/{}",
        place.0, place.1
    )))
}

/// Begins a check again that was cancelled or given up.
///
/// # Errors
/// The refusal, or the database's.
pub async fn recheck(
    user: SignedIn,
    of_version: Path<(SubmissionId, i32)>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, now, place) = (user.scope(), clock.now(), of_version.into_inner());
    let by = user.account;
    db.write(move |conn| actions::recheck(conn, scope, place, &by, now))
        .await??;
    Ok(see_other(&format!(
        "/pengiriman/{}/versi/{}",
        place.0, place.1
    )))
}
