//! One version (P6, P7): being checked, stopped, unreadable, or its result.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;

use super::progress::{self, Progress, Stage};
use super::result::{self, ResultQuery};
use super::{SECTION, version_address};
use crate::accounts::{Permission, SignedIn};
use crate::datasets::FileRefusal;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::jobs;
use crate::platform::web::{AppError, Frame, filters, rendered};
use crate::submissions::jobs::CHECK;
use crate::submissions::model::queue::QueuePlace;
use crate::submissions::model::{SubmissionId, SubmissionState};
use crate::submissions::queries::find::Dossier;
use crate::submissions::queries::{find, people};
use crate::submissions::queue;
use crate::submissions::text;

#[derive(Template)]
#[template(path = "submissions/checking.html")]
struct CheckingPage {
    frame: Frame,
    dossier: Dossier,
    title: &'static str,
    place: String,
    progress: Progress,
    may_submit: bool,
}

#[derive(Template)]
#[template(path = "submissions/stopped.html")]
struct StoppedPage {
    frame: Frame,
    dossier: Dossier,
    title: &'static str,
    place: String,
    cancelled: bool,
    may_submit: bool,
}

#[derive(Template)]
#[template(path = "submissions/refused.html")]
struct RefusedPage {
    frame: Frame,
    dossier: Dossier,
    title: &'static str,
    place: String,
    problem: String,
    remedy: String,
    uploader: String,
    may_submit: bool,
}

/// A version with what its page needs besides.
struct Found {
    dossier: Dossier,
    given_up: bool,
    queued: Option<QueuePlace>,
    uploader: String,
}

/// Shows a version, whatever state it is in.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    query: Query<ResultQuery>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (scope, place, now) = (user.scope(), of.into_inner(), clock.now());
    let Found {
        dossier,
        given_up,
        queued,
        uploader,
    } = db
        .read(move |conn| {
            let found = find::dossier(conn, scope, place.0, place.1)?;
            found_of(conn, found.ok_or(AppError::NotFound)?, now)
        })
        .await??;
    let title = crate::datasets::find(&dossier.submission.dataset)
        .map_or("Data", |dataset| dataset.title.as_str());
    let may_submit = user.account.role.may(Permission::SubmitData);
    let (frame, place) = (user.frame(SECTION), version_address(&dossier));
    let state = dossier.version.state();
    match state {
        SubmissionState::Checking if !given_up => {
            let page = CheckingPage {
                progress: progress::of(&dossier.version, queued, now),
                frame,
                dossier,
                title,
                place,
                may_submit,
            };
            Ok(rendered(StatusCode::OK, &page))
        }
        SubmissionState::Checking | SubmissionState::Cancelled => {
            let cancelled = state == SubmissionState::Cancelled;
            let page = StoppedPage {
                frame,
                dossier,
                title,
                place,
                cancelled,
                may_submit,
            };
            Ok(rendered(StatusCode::OK, &page))
        }
        _ => match refusal(&dossier) {
            Some((problem, remedy)) => {
                let page = RefusedPage {
                    frame,
                    dossier,
                    title,
                    place,
                    problem,
                    remedy,
                    uploader,
                    may_submit,
                };
                Ok(rendered(StatusCode::OK, &page))
            }
            None => result::show(&user, dossier, query.into_inner(), db, now).await,
        },
    }
}

fn found_of(conn: &mut DbConn, dossier: Dossier, now: Moment) -> Result<Found, AppError> {
    let version = &dossier.version;
    let given_up =
        version.checked_at.is_none() && jobs::is_given_up(conn, CHECK, &version.id.to_string())?;
    let queued = match version.checked_at {
        None => queue::standing(conn, version.id, now)?,
        Some(_) => None,
    };
    let mut names = people::names(conn, [version.uploaded_by])?;
    let uploader = names.remove(&version.uploaded_by).unwrap_or_default();
    Ok(Found {
        dossier,
        given_up,
        queued,
        uploader,
    })
}

/// Why the file cannot be used, and what to do.
fn refusal(dossier: &Dossier) -> Option<(String, String)> {
    let stored = dossier.version.refusal.as_deref()?;
    Some(match serde_json::from_str::<FileRefusal>(stored) {
        Ok(refusal) => {
            let sentence = refusal.sentence();
            (sentence.problem, sentence.remedy)
        }
        Err(_) => text::unreadable(),
    })
}
