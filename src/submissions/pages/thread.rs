//! A submission from its first file to its last decision, and the corrections
//! that BKN asked for.

use actix_web::Responder;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;
use std::collections::HashMap;

use super::{SECTION, number_of, version_address};
use crate::accounts::{AccountId, Permission, SignedIn};
use crate::datasets;
use crate::platform::clock::Moment;
use crate::platform::db::Db;
use crate::platform::files::StoredFile;
use crate::platform::web::{AppError, Frame, Page, Pages, filters};
use crate::submissions::model::{
    RowCorrection, StoredRow, Submission, SubmissionId, SubmissionVersion,
};
use crate::submissions::queries::find::{self, Dossier};
use crate::submissions::queries::{people, rows};
use crate::submissions::text;

/// Corrections on one page.
const PER_PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "submissions/thread.html")]
struct ThreadPage {
    frame: Frame,
    submission: Submission,
    title: String,
    /// Where the newest version stands.
    situation: String,
    versions: Vec<(SubmissionVersion, StoredFile)>,
    events: Vec<Event>,
    may_submit: bool,
}

/// One thing that happened to a submission.
pub(super) struct Event {
    pub(super) at: Moment,
    /// Who did it; none when it was the portal itself.
    pub(super) who: Option<String>,
    pub(super) what: String,
    pub(super) reason: Option<String>,
    pub(super) is_grave: bool,
}

/// Shows every version and what became of it.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    of: Path<SubmissionId>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (scope, id) = (user.scope(), of.into_inner());
    let (submission, versions, names) = db
        .read(move |conn| {
            let found = find::submission(conn, scope, id)?;
            let submission = found.ok_or(AppError::NotFound)?;
            let versions = find::versions_of(conn, id)?;
            let names = people::names(conn, versions.iter().flat_map(|(v, _)| actors(v)))?;
            Ok::<_, AppError>((submission, versions, names))
        })
        .await??;
    let events = versions
        .iter()
        .flat_map(|(v, file)| events(v, file, &names));
    Ok(Page(ThreadPage {
        frame: user.frame(SECTION),
        title: datasets::title_of(&submission.dataset).to_owned(),
        events: in_order(events.collect()),
        situation: versions
            .last()
            .map(|(version, _)| text::thread_title(version))
            .unwrap_or_default(),
        may_submit: user.account.role.may(Permission::SubmitData)
            && !versions.iter().any(|(version, _)| version.is_complete()),
        submission,
        versions,
    }))
}

/// Who did something to a version.
pub(super) fn actors(version: &SubmissionVersion) -> impl Iterator<Item = AccountId> + use<> {
    [
        Some(version.uploaded_by),
        version.sent_by,
        version.decided_by,
    ]
    .into_iter()
    .flatten()
}

/// What happened, the last first.
pub(super) fn in_order(mut events: Vec<Event>) -> Vec<Event> {
    // Stable: what happened at the same moment keeps its order.
    events.sort_by_key(|event| event.at);
    events.reverse();
    events
}

/// What happened to one version.
pub(super) fn events(
    version: &SubmissionVersion,
    file: &StoredFile,
    names: &HashMap<AccountId, String>,
) -> Vec<Event> {
    let name = |id: Option<AccountId>| id.and_then(|id| names.get(&id).cloned());
    let event = |at: Option<Moment>, who: Option<AccountId>, what: String| {
        at.map(|at| Event {
            at,
            who: name(who),
            what,
            reason: None,
            is_grave: false,
        })
    };
    let number = version.version;
    let decided = version
        .decision
        .map(|decision| text::decided_event(number, decision));
    let mut decision = event(
        version.decided_at,
        version.decided_by,
        decided.unwrap_or_default(),
    );
    if let Some(decision) = &mut decision {
        decision.reason = version.decision_reason.clone();
        decision.is_grave =
            version.decision != Some(crate::submissions::model::Decision::TakenOver);
    }
    [
        event(
            Some(version.uploaded_at),
            Some(version.uploaded_by),
            text::uploaded_event(number, &file.name),
        ),
        event(version.checked_at, None, text::checked_event(version)),
        event(version.cancelled_at, None, text::cancelled_event(number)),
        event(
            version.sent_at,
            version.sent_by,
            text::sent_event(number, version.sent_rows.unwrap_or_default()),
        ),
        decision,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Which page the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct PageQuery {
    #[serde(default)]
    hal: String,
}

#[derive(Template)]
#[template(path = "submissions/corrections.html")]
struct CorrectionsPage {
    frame: Frame,
    dossier: Dossier,
    title: String,
    place: String,
    heads: Vec<&'static str>,
    lines: Vec<(RowCorrection, StoredRow)>,
    pages: Pages,
    may_submit: bool,
}

/// Shows the corrections that BKN asked for, once it has decided.
///
/// # Errors
/// Not found, or the database's.
pub async fn corrections(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    query: Query<PageQuery>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (scope, (id, number)) = (user.scope(), of.into_inner());
    let page = number_of(&query.hal);
    let (dossier, pages, lines) = db
        .read(move |conn| {
            let found = find::dossier(conn, scope, id, number)?;
            let dossier = found
                .filter(|dossier| dossier.version.decided_at.is_some())
                .ok_or(AppError::NotFound)?;
            let version = dossier.version.id;
            let list = format!("{}/perbaikan", version_address(&dossier));
            let count = rows::count_corrections(conn, version)?;
            let pages = Pages::new(page, PER_PAGE, count, &list);
            let span = (pages.limit(), pages.offset());
            let lines = rows::page_of_corrections(conn, version, span)?;
            Ok::<_, AppError>((dossier, pages, lines))
        })
        .await??;
    let dataset = datasets::find(&dossier.submission.dataset).ok_or(AppError::NotFound)?;
    Ok(Page(CorrectionsPage {
        frame: user.frame(SECTION),
        title: dataset.title.clone(),
        place: version_address(&dossier),
        heads: dataset
            .fields
            .iter()
            .map(|field| field.title.as_str())
            .collect(),
        may_submit: user.account.role.may(Permission::SubmitData),
        dossier,
        lines,
        pages,
    }))
}
