//! The letters that ask a partner for a report, each with its due date (P13).
//! It stands here because the due date follows from the obligations.

use actix_web::Responder;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;
use std::cmp::Reverse;

use crate::accounts::{Scope, SignedIn};
use crate::agreements::Agreement;
use crate::obligations::{self, AgreementFacts, Obligation, Source, obligations_of};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, Page, Pages, filters};
use crate::reports::{LetterId, LetterState, RequestLetter};

const PAGE_SIZE: i64 = 25;

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListPlace {
    hal: Option<i64>,
}

#[derive(Template)]
#[template(path = "overview/letters.html")]
struct LettersPage {
    frame: Frame,
    rows: Vec<Row>,
    open: usize,
    pages: Pages,
}

/// A letter and what follows from it.
struct Row {
    letter: RequestLetter,
    agreement: Agreement,
    state: LetterState,
    /// The report that it makes due, where the agreement has the clause.
    duty: Option<Duty>,
}

/// By when the report is due, and why.
struct Duty {
    due: Option<NaiveDate>,
    remaining: Option<String>,
    is_overdue: bool,
    reason: String,
}

/// Lists the letters, those to answer first, by due date.
///
/// # Errors
/// The database's.
pub async fn list(
    user: SignedIn,
    place: Query<ListPlace>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (scope, today) = (user.scope(), clock.now().jakarta_date());
    let rows = db.read(move |conn| rows(conn, scope, today)).await??;
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let pages = Pages::new(place.hal, PAGE_SIZE, total, "/laporan");
    Ok(Page(LettersPage {
        frame: user.frame("/laporan"),
        open: rows.iter().filter(|row| row.state.takes_a_report()).count(),
        rows: pages.of(rows),
        pages,
    }))
}

fn rows(conn: &mut DbConn, scope: Scope, today: NaiveDate) -> diesel::QueryResult<Vec<Row>> {
    let facts = obligations::facts_within(conn, scope)?;
    let mut rows: Vec<Row> = facts
        .iter()
        .flat_map(|facts| of_agreement(facts, today))
        .collect();
    rows.sort_by_key(|row| {
        let settled = !row.state.takes_a_report();
        let due = row.duty.as_ref().and_then(|duty| duty.due);
        let due = due.filter(|_| !settled);
        (settled, due.is_none(), due, Reverse(row.letter.sent_on))
    });
    Ok(rows)
}

fn of_agreement(facts: &AgreementFacts, today: NaiveDate) -> impl Iterator<Item = Row> {
    let obligations = obligations_of(facts, today);
    let row = move |letter: &RequestLetter| Row {
        letter: letter.clone(),
        agreement: facts.agreement.clone(),
        state: letter.state(&facts.reports),
        duty: obligations
            .iter()
            .find(|one| asks_for(one, letter.id))
            .map(|one| Duty::of(one, today)),
    };
    facts.letters.iter().map(row)
}

fn asks_for(one: &Obligation, wanted: LetterId) -> bool {
    matches!(one.source, Source::Letter(id, ..) if id == wanted)
}

impl Duty {
    fn of(one: &Obligation, today: NaiveDate) -> Self {
        Self {
            due: one.due,
            remaining: one.remaining(today),
            is_overdue: one.is_overdue(),
            reason: one.reason(),
        }
    }
}
