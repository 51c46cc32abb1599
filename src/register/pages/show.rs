//! One import: how far it is, and what came of it.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use std::io;

use super::{Line, SECTION, address};
use crate::accounts::{Permission, SignedIn};
use crate::datasets;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{
    AppError, CSV, Flash, Frame, Page, attachment, filters, rendered, see_other, streamed,
};
use crate::register::actions::{self, ChangeError};
use crate::register::import::{takes_out_nothing, write_rejects};
use crate::register::model::{ImportFailure, ImportState, RegisterImportId};
use crate::register::queries::imports;
use crate::register::text;

/// Width of the bar, in its own units.
const BAR: i64 = 128;

#[derive(Template)]
#[template(path = "register/show.html")]
struct ShowPage {
    frame: Frame,
    may_import: bool,
    line: Line,
    rejects: Vec<(String, &'static str, i64)>,
    /// Nothing was taken out, because some rows do not tell what they are about.
    nothing_removed: bool,
    bar: i64,
    seconds_left: Option<i64>,
}

#[derive(Template)]
#[template(path = "register/_progress.html")]
struct ProgressPart {
    line: Line,
    bar: i64,
    seconds_left: Option<i64>,
}

impl ShowPage {
    fn is_unreadable(&self) -> bool {
        self.line.import.state() == ImportState::Ended(ImportFailure::Unreadable)
    }

    fn is_broken(&self) -> bool {
        self.line.import.state() == ImportState::Ended(ImportFailure::BrokenOff)
    }
}

/// Shows an import.
///
/// # Errors
/// Not found; the database's.
pub async fn show(
    user: SignedIn,
    id: Path<RegisterImportId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let id = id.into_inner();
    let (import, counts) = db
        .read(move |conn| {
            let import = imports::find(conn, id)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((import, imports::reject_counts(conn, id)?))
        })
        .await??;
    let fields = datasets::find(&import.dataset);
    let title = |name: &str| {
        let field = fields.and_then(|dataset| dataset.field(name));
        field.map_or_else(|| name.to_owned(), |(_, field)| field.title.clone())
    };
    let nothing_removed = takes_out_nothing(&import, &counts);
    let said =
        |(field, reason, count): (String, _, i64)| (title(&field), text::reason(reason), count);
    Ok(Page(ShowPage {
        frame: user.frame(SECTION),
        may_import: user.account.role.may(Permission::ManagePartners),
        rejects: counts.into_iter().map(said).collect(),
        nothing_removed,
        bar: BAR * import.percent() / 100,
        seconds_left: import.seconds_left(clock.now()),
        line: Line::of(import),
    }))
}

/// Answers the part of the page that changes; goes on to the page itself as
/// soon as the import has ended.
///
/// # Errors
/// Not found; the database's.
pub async fn progress(
    _user: SignedIn,
    id: Path<RegisterImportId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let found = db.read(move |conn| imports::find(conn, id)).await??;
    let import = found.ok_or(AppError::NotFound)?;
    if !import.is_open() {
        return Ok(see_other(&address(&import)));
    }
    let part = ProgressPart {
        bar: BAR * import.percent() / 100,
        seconds_left: import.seconds_left(clock.now()),
        line: Line::of(import),
    };
    Ok(rendered(StatusCode::OK, &part))
}

/// Ends an import.
///
/// # Errors
/// The refusal, or the database's.
pub async fn cancel(
    user: SignedIn,
    id: Path<RegisterImportId>,
    session: Session,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let (id, now, actor) = (id.into_inner(), clock.now(), user.actor());
    let done = db
        .write(move |conn| actions::cancel(conn, id, &actor, now))
        .await?;
    done.map_err(|error| refusal(error, text::NOT_OPEN))?;
    Flash::put(&session, text::CANCELLED);
    Ok(see_other(&format!("{SECTION}/muat/{id}")))
}

/// Takes an import up again that broke off.
///
/// # Errors
/// The refusal, or the database's.
pub async fn resume(
    user: SignedIn,
    id: Path<RegisterImportId>,
    session: Session,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let (id, now, actor) = (id.into_inner(), clock.now(), user.actor());
    let done = db
        .write(move |conn| actions::resume(conn, id, &actor, now))
        .await?;
    done.map_err(|error| refusal(error, text::NOT_BROKEN))?;
    Flash::put(&session, text::RESUMED);
    Ok(see_other(&format!("{SECTION}/muat/{id}")))
}

fn refusal(error: ChangeError, elsewhere: &str) -> AppError {
    match error {
        ChangeError::NotFound => AppError::NotFound,
        ChangeError::Elsewhere => AppError::Refused(elsewhere.to_owned()),
        ChangeError::Database(error) => error.into(),
    }
}

/// Downloads the rows that an import did not take.
///
/// # Errors
/// Not found; the database's.
pub async fn rejects(
    user: SignedIn,
    id: Path<RegisterImportId>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let (id, now, actor) = (id.into_inner(), clock.now(), user.actor());
    let noted = db
        .write(move |conn| actions::note_download(conn, id, &actor, now))
        .await?;
    let import = noted.map_err(|error| refusal(error, text::NOT_OPEN))?;
    let name = format!("tidak-dimuat-{}.csv", import.dataset);
    let response = attachment(&name, CSV);
    let db = db.get_ref().clone();
    Ok(streamed(response, move |mut out| {
        let mut conn = db.connection().map_err(io::Error::other)?;
        write_rejects(&mut conn, id, &mut out)
    }))
}
