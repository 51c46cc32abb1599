//! What the check suggests for all findings of one rule, before it is taken.

use actix_session::Session;
use actix_web::web::{Data, Form, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;
use std::collections::HashSet;

use super::{At, Head, address_of, found};
use crate::accounts::SignedIn;
use crate::datasets::{Code, Summary};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Flash, Frame, Page, filters, list_address, see_other};
use crate::submissions::actions::{self, Rule};
use crate::submissions::desk::{Desk, Place};
use crate::submissions::pages::{SECTION, word_of};
use crate::submissions::text;

/// Suggestions on one page.
const PER_PAGE: usize = 50;
/// Rows that are left out by hand at most.
const EXCEPT: usize = 200;

/// Which suggestions the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct SuggestQuery {
    #[serde(default)]
    aturan: String,
    /// Rows that are left out, separated by commas.
    #[serde(default)]
    kecuali: String,
    /// The place after which the page begins.
    #[serde(default)]
    sesudah: String,
}

impl SuggestQuery {
    fn rule(&self) -> Option<Rule> {
        let rule = word_of(&self.aturan)?;
        let (code, field) = rule.split_once(':')?;
        Some(Rule {
            code: code.to_owned(),
            field: field.to_owned(),
        })
    }

    fn except(&self) -> Vec<i32> {
        let rows = self
            .kecuali
            .split(',')
            .filter_map(|row| row.trim().parse().ok());
        rows.take(EXCEPT).collect()
    }

    fn after(&self) -> i64 {
        self.sesudah.parse().unwrap_or(-1)
    }
}

#[derive(Template)]
#[template(path = "submissions/drafts/suggest.html")]
struct SuggestPage {
    frame: Frame,
    head: Head,
    place: String,
    rule: String,
    title: &'static str,
    field: String,
    except: Vec<i32>,
    except_text: String,
    total: i64,
    lines: Vec<Line>,
    is_current: bool,
    next: Option<String>,
}

/// One suggestion.
struct Line {
    row: u32,
    before: String,
    after: String,
    is_left_out: bool,
    /// The same page with the row left out, or taken in again.
    toggle: String,
}

/// Shows what would be changed.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    at: At,
    query: Query<SuggestQuery>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (scope, frame, now) = (user.scope(), user.frame(SECTION), clock.now());
    let query = query.into_inner();
    let page = db
        .read(move |conn| {
            let desk = found(conn, scope, &at.place, now)?;
            page(conn, frame, &desk, &query)
        })
        .await??;
    Ok(Page(page))
}

fn page(
    conn: &mut DbConn,
    frame: Frame,
    desk: &Desk,
    query: &SuggestQuery,
) -> Result<SuggestPage, AppError> {
    let rule = query
        .rule()
        .ok_or_else(|| AppError::Refused(text::no_rule()))?;
    let code = Code::parse(&rule.code).ok_or(AppError::NotFound)?;
    let base = desk.base.as_ref().ok_or(AppError::NotFound)?;
    let field = desk
        .dataset
        .field(&rule.field)
        .filter(|_| desk.granted.has(&rule.field));
    let (_, field) = field.ok_or(AppError::NotFound)?;
    let asked = (query.after(), PER_PAGE + 1);
    let mut found = actions::suggestions_on_from(conn, (base.version.id, &rule), asked)?;
    let is_more = found.len() > PER_PAGE;
    found.truncate(PER_PAGE);
    let (head, except) = (Head::of(desk), query.except());
    let place = format!("{}/usulan", head.back.0);
    let last = found.last().map(|(position, ..)| position.to_string());
    let next = last.filter(|_| is_more);
    let lines = found.into_iter().map(|(_, finding, after)| {
        let row = i32::try_from(finding.row).unwrap_or_default();
        Line {
            row: finding.row,
            before: finding.value,
            after,
            is_left_out: except.contains(&row),
            toggle: address(&place, query, &toggled(&except, row), &query.sesudah),
        }
    });
    Ok(SuggestPage {
        frame,
        lines: lines.collect(),
        next: next.map(|next| address(&place, query, &joined(&except), &next)),
        rule: query.aturan.clone(),
        title: code.title(),
        field: field.title.clone(),
        except_text: joined(&except),
        except,
        total: total(base.version.summary.as_deref(), &rule),
        is_current: desk.is_current,
        head,
        place,
    })
}

/// How many suggestions the check has counted.
fn total(summary: Option<&str>, rule: &Rule) -> i64 {
    let summary = summary.and_then(|summary| serde_json::from_str::<Summary>(summary).ok());
    summary.map_or(0, |summary| summary.suggested(&rule.code, &rule.field))
}

fn joined(rows: &[i32]) -> String {
    let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
    rows.join(",")
}

/// The rows with this one added or taken away.
fn toggled(except: &[i32], row: i32) -> String {
    let mut rows: Vec<i32> = except
        .iter()
        .copied()
        .filter(|other| *other != row)
        .collect();
    if rows.len() == except.len() {
        rows.push(row);
    }
    joined(&rows)
}

fn address(place: &str, query: &SuggestQuery, except: &str, after: &str) -> String {
    let filters = [
        ("aturan", query.aturan.as_str()),
        ("kecuali", except),
        ("sesudah", after),
    ];
    list_address(place, &filters)
}

/// Takes the suggestions.
///
/// # Errors
/// The refusal, or the database's.
pub async fn take(
    user: SignedIn,
    at: At,
    form: Form<SuggestQuery>,
    (db, clock): (Data<Db>, Data<Clock>),
    session: Session,
) -> Result<HttpResponse, AppError> {
    let (scope, now, by) = (user.scope(), clock.now(), user.account);
    let (address, query) = (address_of(&at.place), form.into_inner());
    let Place::Version(submission, number) = at.place else {
        return Err(AppError::NotFound);
    };
    let taken = db
        .write(move |conn| {
            found(conn, scope, &Place::Version(submission, number), now)?;
            let rule = query.rule().ok_or(AppError::Refused(text::no_rule()))?;
            let except: HashSet<i32> = query.except().into_iter().collect();
            let of = (submission, number);
            let taken = actions::take_suggestions(conn, scope, of, (&rule, &except), (&by, now));
            taken.map_err(AppError::from)
        })
        .await??;
    Flash::put(&session, &text::suggestions_taken(taken));
    Ok(see_other(&address))
}
