//! What is done with a draft as a whole, or with one change of it.

use actix_session::Session;
use actix_web::web::{Data, Form};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::{At, Head, address_of, found};
use crate::accounts::SignedIn;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::files::FileStore;
use crate::platform::web::{AppError, Flash, Frame, Page, filters, see_other};
use crate::submissions::actions::{self, DraftError, Making, UploadError};
use crate::submissions::desk::Place;
use crate::submissions::model::drafts::DraftId;
use crate::submissions::pages::SECTION;
use crate::submissions::queries::drafted::{self, CellFilter};
use crate::submissions::text;

#[derive(Template)]
#[template(path = "submissions/drafts/discard.html")]
struct DiscardPage {
    frame: Frame,
    head: Head,
    cells: i64,
}

/// Which change is undone.
#[derive(Debug, Deserialize)]
pub struct Undone {
    #[serde(default)]
    baris: String,
    #[serde(default)]
    kolom: String,
}

/// Which draft is finished, and what it answers.
#[derive(Debug, Deserialize)]
pub struct Finished {
    #[serde(default)]
    konsep: String,
    #[serde(default)]
    penyerahan: String,
}

/// Undoes the change of a cell or a row.
///
/// # Errors
/// The refusal, or the database's.
pub async fn undo(
    user: SignedIn,
    at: At,
    form: Form<Undone>,
    (db, clock): (Data<Db>, Data<Clock>),
    session: Session,
) -> Result<HttpResponse, AppError> {
    let (scope, now, by) = (user.scope(), clock.now(), user.account);
    let (address, undone) = (address_of(&at.place), form.into_inner());
    let row = undone.baris.parse().ok().ok_or(AppError::NotFound)?;
    db.write(move |conn| actions::undo(conn, scope, at.place, (row, &undone.kolom), (&by, now)))
        .await??;
    Flash::put(&session, text::undone());
    Ok(see_other(&address))
}

/// Asks whether the draft is to be thrown away.
///
/// # Errors
/// Not found, or the database's.
pub async fn ask(
    user: SignedIn,
    at: At,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (scope, frame, now) = (user.scope(), user.frame(SECTION), clock.now());
    let page = db
        .read(move |conn| {
            let desk = found(conn, scope, &at.place, now)?;
            let cells = match &desk.draft {
                Some(draft) => drafted::count_cells(conn, draft.id, &CellFilter::default())?,
                None => 0,
            };
            let head = at.head(&desk);
            Ok::<_, AppError>(DiscardPage { frame, head, cells })
        })
        .await??;
    Ok(Page(page))
}

/// Throws the draft away.
///
/// # Errors
/// The refusal, or the database's.
pub async fn discard(
    user: SignedIn,
    at: At,
    (db, clock): (Data<Db>, Data<Clock>),
    session: Session,
) -> Result<HttpResponse, AppError> {
    let (scope, now, by) = (user.scope(), clock.now(), user.account);
    let address = format!("{}{}", address_of(&at.place), at.answers.tail());
    db.write(move |conn| actions::discard(conn, scope, at.place, (&by, now)))
        .await??;
    Flash::put(&session, text::discarded());
    Ok(see_other(&address))
}

/// Makes the draft a version and has it checked.
///
/// # Errors
/// The refusal, or the database's.
pub async fn finish(
    user: SignedIn,
    at: At,
    form: Form<Finished>,
    (db, clock): (Data<Db>, Data<Clock>),
    files: Data<FileStore>,
) -> Result<HttpResponse, AppError> {
    let (scope, now, by) = (user.scope(), clock.now(), user.account);
    let form = form.into_inner();
    let draft = DraftId::try_from(form.konsep);
    let making = Making::new(files.get_ref().clone());
    let within = making.clone();
    let made = db
        .write(move |conn| {
            let place = at.place.clone();
            found(conn, scope, &place, now)?;
            let draft = draft.ok().ok_or(DraftError::Empty)?;
            let made = match place {
                Place::Version(submission, number) => {
                    actions::finish_changes(conn, scope, (submission, number), draft, (&by, now))
                }
                Place::New(..) => {
                    let delivery = Some(form.penyerahan).filter(|id| !id.is_empty());
                    let delivery = delivery.map(TryInto::try_into).transpose().ok();
                    let delivery = delivery.ok_or(UploadError::UnknownDelivery);
                    let delivery = delivery.map_err(DraftError::Upload)?;
                    let what = (place, delivery, draft);
                    actions::finish_records(conn, scope, what, &within, (&by, now))
                }
            };
            made.map_err(AppError::from)
        })
        .await;
    if !matches!(made, Ok(Ok(_))) {
        making.discard()?;
    }
    let made = made??;
    Ok(see_other(&format!(
        "/pengiriman/{}/versi/{}",
        made.0, made.1
    )))
}
