//! The warnings of a version row by row, each with its reason and where that
//! comes from.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;
use std::collections::HashMap;

use super::{SECTION, has_invisible, number_of, version_address};
use crate::accounts::{Permission, Scope, SignedIn};
use crate::datasets::{self, Dataset};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{
    AppError, Fields, Flash, FormErrors, Frame, Page, Pages, filters, list_address, rendered,
    see_other,
};
use crate::submissions::actions;
use crate::submissions::model::SubmissionId;
use crate::submissions::queries::confirmed::{self, RowWarning};
use crate::submissions::queries::find::{self, Dossier};
use crate::submissions::queries::findings;
use crate::submissions::text;

/// Warnings on one page.
const PER_PAGE: i64 = 25;
/// Characters of a reason.
const REASON: usize = 1_000;

/// Which warnings the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct ReasonsQuery {
    #[serde(default)]
    tampil: String,
    #[serde(default)]
    hal: String,
}

impl ReasonsQuery {
    fn shows_all(&self) -> bool {
        self.tampil == "semua"
    }
}

#[derive(Template)]
#[template(path = "submissions/reasons.html")]
struct ReasonsPage {
    frame: Frame,
    dossier: Dossier,
    title: String,
    place: String,
    open: i64,
    known: i64,
    lines: Vec<Line>,
    pages: Pages,
    query: ReasonsQuery,
    may_submit: bool,
    errors: FormErrors,
}

/// One warning.
struct Line {
    warning: RowWarning,
    id: String,
    cell: String,
    value: String,
    problem: String,
    /// The reason given before, with where.
    given: Option<String>,
    typed: String,
}

/// Shows the warnings of a version.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    query: Query<ReasonsQuery>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (at, query) = (of.into_inner(), query.into_inner());
    page(&user, at, query, &db).await.map(Page)
}

async fn page(
    user: &SignedIn,
    at: (SubmissionId, i32),
    query: ReasonsQuery,
    db: &Db,
) -> Result<ReasonsPage, AppError> {
    let (scope, frame) = (user.scope(), user.frame(SECTION));
    let may_submit = user.account.role.may(Permission::SubmitData);
    db.read(move |conn| {
        let (dossier, dataset) = found(conn, scope, at)?;
        let kinds = confirmed::kinds(conn, &dossier)?;
        let open: i64 = kinds.iter().map(|kind| kind.open).sum();
        let known: i64 = kinds.iter().map(|kind| kind.known).sum();
        let total = if query.shows_all() {
            open + known
        } else {
            open
        };
        let place = version_address(&dossier);
        let list = list_address(&format!("{place}/peringatan"), &[("tampil", &query.tampil)]);
        let pages = Pages::new(number_of(&query.hal), PER_PAGE, total, &list);
        let span = (pages.limit(), pages.offset());
        let warnings = confirmed::page(conn, &dossier, !query.shows_all(), span)?;
        Ok(ReasonsPage {
            frame,
            lines: lines(conn, &dossier, dataset, warnings)?,
            title: dataset.title.clone(),
            may_submit: may_submit && dossier.version.sent_at.is_none(),
            dossier,
            place,
            open,
            known,
            pages,
            query,
            errors: FormErrors::new(),
        })
    })
    .await?
}

fn found(
    conn: &mut DbConn,
    scope: Scope,
    (submission, number): (SubmissionId, i32),
) -> Result<(Dossier, &'static Dataset), AppError> {
    let found = find::dossier(conn, scope, submission, number)?;
    let dossier = found
        .filter(|dossier| dossier.version.was_read())
        .ok_or(AppError::NotFound)?;
    let dataset = datasets::find(&dossier.submission.dataset).ok_or(AppError::NotFound)?;
    Ok((dossier, dataset))
}

fn lines(
    conn: &mut DbConn,
    dossier: &Dossier,
    dataset: &Dataset,
    warnings: Vec<RowWarning>,
) -> Result<Vec<Line>, AppError> {
    let positions: Vec<i64> = warnings.iter().map(|warning| warning.position).collect();
    let stored = findings::at(conn, dossier.version.id, &positions)?;
    let mut findings: HashMap<i64, _> = stored
        .into_iter()
        .filter_map(|stored| Some((stored.position, stored.finding()?)))
        .collect();
    let line = |warning: RowWarning| {
        let finding = findings.remove(&warning.position)?;
        Some(Line {
            id: format!("alasan-{}", warning.position),
            cell: finding.cell().unwrap_or_default(),
            problem: finding.sentence(dataset).problem,
            value: finding.value,
            given: text::given_reason(&warning),
            typed: String::new(),
            warning,
        })
    };
    Ok(warnings.into_iter().filter_map(line).collect())
}

/// Keeps the reasons that were written, without sending anything.
///
/// # Errors
/// The refusal, or the database's.
pub async fn save(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    query: Query<ReasonsQuery>,
    form: Form<Vec<(String, String)>>,
    (db, clock): (Data<Db>, Data<Clock>),
    session: Session,
) -> Result<HttpResponse, AppError> {
    let (scope, now, at) = (user.scope(), clock.now(), of.into_inner());
    let reasons = written(&Fields::new(form));
    let errors = faults(&reasons);
    if !errors.is_empty() {
        let mut page = page(&user, at, query.into_inner(), &db).await?;
        for line in &mut page.lines {
            let typed = reasons.iter().find(|(at, _)| *at == line.warning.position);
            line.typed = typed.map(|(_, reason)| reason.clone()).unwrap_or_default();
        }
        page.errors = errors;
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let by = user.account;
    let saved = db
        .write(move |conn| actions::confirm(conn, scope, at, &reasons, (&by, now)))
        .await??;
    Flash::put(&session, &text::reasons_saved(saved));
    Ok(see_other(&format!(
        "/pengiriman/{}/versi/{}/peringatan",
        at.0, at.1
    )))
}

/// The reasons that were written, by the place of their finding; at most as
/// many as a page has.
fn written(fields: &Fields) -> Vec<(i64, String)> {
    let written = fields.with_prefix("alasan.").filter_map(|(at, reason)| {
        let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        Some((at.parse().ok()?, reason?))
    });
    written.take(PER_PAGE as usize).collect()
}

fn faults(reasons: &[(i64, String)]) -> FormErrors {
    let mut errors = FormErrors::new();
    for (position, reason) in reasons {
        let id = format!("alasan-{position}");
        if has_invisible(reason) {
            errors.add(id, text::invisible());
        } else {
            errors.require(id, reason, "alasan peringatan ini", REASON);
        }
    }
    errors
}
