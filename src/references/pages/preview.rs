//! What an import would change, and taking it.

use actix_session::Session;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::SECTION;
use crate::accounts::SignedIn;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Flash, Frame, Page, Pages, filters, list_address, see_other};
use crate::references::actions::{self, Taken};
use crate::references::model::{Change, ChangeKind, ReferenceImport, ReferenceImportId};
use crate::references::queries::find;
use crate::references::text;

const PAGE_SIZE: i64 = 50;

/// Which changes the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PreviewQuery {
    jenis: String,
    hal: String,
}

#[derive(Template)]
#[template(path = "references/preview.html")]
struct PreviewPage {
    frame: Frame,
    import: ReferenceImport,
    kind: &'static str,
    tabs: Vec<Tab>,
    changes: Vec<Change>,
    pages: Pages,
}

/// One kind of change, to choose.
struct Tab {
    word: &'static str,
    title: &'static str,
    count: i64,
    is_open: bool,
}

impl PreviewPage {
    /// A great part of the list would end: more likely a cut-off file than a
    /// new version.
    fn ends_much(&self) -> bool {
        let before = self.import.codes - self.import.added + self.import.ended;
        self.import.ended * 5 > before
    }
}

/// Shows what an import would change, or changed.
///
/// # Errors
/// Not found; the database's.
pub async fn show(
    user: SignedIn,
    id: Path<ReferenceImportId>,
    query: Query<PreviewQuery>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (id, query) = (id.into_inner(), query.into_inner());
    let page = query.hal.parse().ok();
    let (import, kind, changes, pages) = db
        .read(move |conn| {
            let import = find::import(conn, id)?.ok_or(AppError::NotFound)?;
            let kind = query.jenis.parse().unwrap_or_else(|_| first_kind(&import));
            let place = format!("{SECTION}/impor/{id}");
            let address = list_address(&place, &[("jenis", kind.word())]);
            let pages = Pages::new(page, PAGE_SIZE, import.count(kind), &address);
            let changes = find::changes(conn, id, kind, (pages.limit(), pages.offset()))?;
            Ok::<_, AppError>((import, kind, changes, pages))
        })
        .await??;
    let tab = |one: &ChangeKind| Tab {
        word: one.word(),
        title: text::kind(*one),
        count: import.count(*one),
        is_open: *one == kind,
    };
    Ok(Page(PreviewPage {
        frame: user.frame(SECTION),
        tabs: ChangeKind::ALL.iter().map(tab).collect(),
        import,
        kind: text::kind(kind),
        changes,
        pages,
    }))
}

/// What is worth looking at first: what ends, then what changes.
fn first_kind(import: &ReferenceImport) -> ChangeKind {
    let by_weight = [ChangeKind::Ended, ChangeKind::Changed];
    let found = by_weight.into_iter().find(|kind| import.count(*kind) > 0);
    found.unwrap_or(ChangeKind::Added)
}

/// Takes the import.
///
/// # Errors
/// Not found, the refusal, or the database's.
pub async fn take(
    user: SignedIn,
    id: Path<ReferenceImportId>,
    session: Session,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (id, actor, now) = (id.into_inner(), user.actor(), clock.now());
    let (import, taken) = db
        .write(move |conn| {
            let import = find::import(conn, id)?.ok_or(AppError::NotFound)?;
            let taken = actions::take(conn, &import, &actor, now)?;
            Ok::<_, AppError>((import, taken))
        })
        .await??;
    let said = match taken {
        Taken::Version(number) => text::taken(&import.title, number),
        Taken::Nothing(_) => text::nothing_taken(&import.title),
    };
    Flash::put(&session, &said);
    Ok(see_other(&format!("{SECTION}/{}", import.list)))
}
