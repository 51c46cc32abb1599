//! The draft of a version: what is changed in which cell, before and after.

use actix_web::Responder;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use super::{At, Head, found};
use crate::accounts::SignedIn;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, Page, Pages, filters, list_address};
use crate::submissions::desk::Desk;
use crate::submissions::model::drafts::{DraftCell, DraftId, Origin};
use crate::submissions::pages::{SECTION, number_of, word_of};
use crate::submissions::queries::drafted::{self, CellFilter};
use crate::submissions::text;

/// Changed cells on one page.
const PER_PAGE: i64 = 50;
/// Rows that are left out, shown at most.
const REMOVED: i64 = 200;

/// Which changes the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct DraftQuery {
    #[serde(default)]
    kolom: String,
    #[serde(default)]
    baris: String,
    #[serde(default)]
    asal: String,
    #[serde(default)]
    hal: String,
}

impl DraftQuery {
    fn is_set(&self) -> bool {
        [&self.kolom, &self.baris, &self.asal]
            .iter()
            .any(|typed| !typed.is_empty())
    }

    fn filter(&self) -> CellFilter {
        CellFilter {
            field: word_of(&self.kolom),
            row: number_of(&self.baris),
            origin: Origin::of_filter(&self.asal),
        }
    }
}

#[derive(Template)]
#[template(path = "submissions/drafts/list.html")]
struct ListPage {
    frame: Frame,
    head: Head,
    draft: Option<DraftId>,
    is_current: bool,
    /// Changed cells in all.
    cells: i64,
    /// Rows that are left out in all.
    removed: i64,
    removed_rows: Vec<i32>,
    lines: Vec<Line>,
    fields: Vec<(&'static str, &'static str)>,
    pages: Pages,
    query: DraftQuery,
    /// The first row with a fault that is not put right.
    faulty: Option<i32>,
}

/// One changed cell.
struct Line {
    row: String,
    title: String,
    origin: &'static str,
    cell: DraftCell,
}

/// Shows the draft of a version.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    at: At,
    query: Query<DraftQuery>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (scope, frame, now) = (user.scope(), user.frame(SECTION), clock.now());
    let query = query.into_inner();
    let page = db
        .read(move |conn| {
            let desk = found(conn, scope, &at.place, now)?;
            page(conn, frame, &desk, query)
        })
        .await??;
    Ok(Page(page))
}

fn page(
    conn: &mut DbConn,
    frame: Frame,
    desk: &Desk,
    query: DraftQuery,
) -> Result<ListPage, AppError> {
    let (head, draft) = (Head::of(desk), desk.draft.as_ref().map(|draft| draft.id));
    let filters = [
        ("kolom", &query.kolom),
        ("baris", &query.baris),
        ("asal", &query.asal),
    ];
    let filters = filters.map(|(name, value)| (name, value.as_str()));
    let list = list_address(&head.address, &filters);
    let count = |conn: &mut DbConn, filter: &CellFilter| match draft {
        Some(draft) => drafted::count_cells(conn, draft, filter),
        None => Ok(0),
    };
    let cells = count(conn, &CellFilter::default())?;
    let filter = query.filter();
    let shown = count(conn, &filter)?;
    let pages = Pages::new(number_of(&query.hal), PER_PAGE, shown, &list);
    let (found, removed, removed_rows) = match draft {
        Some(draft) => (
            drafted::page_of_cells(conn, draft, &filter, (pages.limit(), pages.offset()))?,
            drafted::count_removed(conn, draft)?,
            drafted::removed(conn, draft, REMOVED)?,
        ),
        None => Default::default(),
    };
    let base = desk.base.as_ref().map(|base| base.version.id);
    let faulty = match base {
        Some(version) => drafted::next_faulty(conn, version, draft, 0)?,
        None => None,
    };
    Ok(ListPage {
        frame,
        lines: found.into_iter().map(|cell| line(desk, cell)).collect(),
        fields: desk
            .fields()
            .map(|(_, field)| (field.name.as_str(), field.title.as_str()))
            .collect(),
        is_current: desk.is_current,
        head,
        draft,
        cells,
        removed,
        removed_rows,
        pages,
        query,
        faulty,
    })
}

fn line(desk: &Desk, cell: DraftCell) -> Line {
    let field = desk.dataset.field(&cell.field);
    Line {
        row: text::row_name(cell.row_number),
        title: field.map_or_else(|| cell.field.clone(), |(_, field)| field.title.clone()),
        origin: cell.origin.label(),
        cell,
    }
}
