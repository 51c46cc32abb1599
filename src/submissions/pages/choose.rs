//! What to send (P4): the data sets that agreements let an institution send,
//! and their blank templates.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use diesel::QueryResult;
use serde::Deserialize;
use serde_json::json;
use std::io;

use super::SECTION;
use crate::accounts::{Scope, SignedIn};
use crate::agreements::{Agreement, AgreementId, FeedbackHalf, Grant};
use crate::audit::{self, Entry};
use crate::datasets::{self, Dataset};
use crate::deliveries::Delivery;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, Page, XLSX, attachment, filters, streamed};
use crate::submissions::codes::Lists;
use crate::submissions::model::half_of;
use crate::submissions::queries::grants;

#[derive(Template)]
#[template(path = "submissions/choose.html")]
struct ChoosePage {
    frame: Frame,
    choices: Vec<Choice>,
    /// The delivery that is to be answered.
    answered: Option<Delivery>,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChooseQuery {
    penyerahan: String,
}

/// What can be sent, and the delivery that it is to answer.
struct Offer {
    choices: Vec<Choice>,
    answered: Option<Delivery>,
}

/// One data set that can be sent.
struct Choice {
    agreement: Agreement,
    dataset: &'static Dataset,
    article: String,
    last: Option<Moment>,
    deliveries: usize,
    in_force: bool,
}

/// Shows what can be sent; for a delivery that waits for an answer, what can
/// answer it.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    query: Query<ChooseQuery>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (scope, now, wanted) = (user.scope(), clock.now(), query.into_inner().penyerahan);
    let offer = db
        .read(move |conn| offer(conn, scope, &wanted, now))
        .await??;
    Ok(Page(ChoosePage {
        frame: user.frame(SECTION),
        choices: offer.choices,
        answered: offer.answered,
    }))
}

fn offer(conn: &mut DbConn, scope: Scope, wanted: &str, now: Moment) -> QueryResult<Offer> {
    let today = now.jakarta_date();
    let granted = grants::sendable(conn, scope, today)?;
    let last = grants::last_taken_over(conn, scope)?;
    let data = grants::unanswered_deliveries(conn, scope, FeedbackHalf::Data)?;
    let references = grants::unanswered_deliveries(conn, scope, FeedbackHalf::References)?;
    let open = |dataset: &str| match half_of(dataset) {
        FeedbackHalf::Data => &data,
        FeedbackHalf::References => &references,
    };
    let choices = granted.into_iter().filter_map(|(agreement, grant)| {
        let is_same = |(id, name): (AgreementId, &str)| id == agreement.id && name == grant.dataset;
        let last = last.iter().find(|(id, name, _)| is_same((*id, name)));
        let last = last.and_then(|(_, _, at)| *at);
        let open = open(&grant.dataset);
        choice((agreement, grant), last, open, today)
    });
    let mut either = data.iter().chain(&references);
    let answered = either.find(|one| one.id.to_string() == wanted);
    let is_fitting = |choice: &Choice| {
        answered.is_none_or(|one| {
            let open = open(&choice.dataset.name);
            one.agreement_id == choice.agreement.id && open.iter().any(|other| other.id == one.id)
        })
    };
    Ok(Offer {
        choices: choices.filter(is_fitting).collect(),
        answered: answered.cloned(),
    })
}

/// After its end an agreement only lets what is still owed be sent.
fn choice(
    (agreement, grant): (Agreement, Grant),
    last: Option<Moment>,
    open: &[Delivery],
    today: chrono::NaiveDate,
) -> Option<Choice> {
    let waits = |delivery: &&Delivery| delivery.agreement_id == agreement.id;
    let deliveries = open.iter().filter(waits).count();
    let in_force = agreement.is_in_force(today);
    let dataset = datasets::find(&grant.dataset)?;
    (in_force || deliveries > 0).then_some(Choice {
        agreement,
        dataset,
        article: grant.article,
        last,
        deliveries,
        in_force,
    })
}

/// Answers the blank template of a data set, with the granted columns.
///
/// # Errors
/// Not found, the database's, or the disk's.
pub async fn template(
    user: SignedIn,
    of: Path<(AgreementId, String)>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (agreement, name) = of.into_inner();
    let dataset = datasets::find(&name).ok_or(AppError::NotFound)?;
    let (scope, actor, now) = (user.scope(), user.actor(), clock.now());
    let (grant, lists) = db
        .write(move |conn| {
            let found = grants::one(conn, scope, (agreement, &name), now.jakarta_date())?;
            let (agreement, grant) = found.ok_or(AppError::NotFound)?;
            record(conn, actor, (&agreement, &name), now)?;
            Ok::<_, AppError>((grant, Lists::load(conn, dataset)?))
        })
        .await??;
    let granted = grant.granted().ok_or(AppError::NotFound)?;
    let response = attachment(&format!("templat-{}.xlsx", dataset.name), XLSX);
    Ok(streamed(response, move |out| {
        datasets::write_template(&granted, &lists, out).map_err(io::Error::other)
    }))
}

fn record(
    conn: &mut DbConn,
    actor: String,
    (agreement, dataset): (&Agreement, &str),
    now: Moment,
) -> QueryResult<()> {
    let entry = Entry {
        actor,
        institution: Some(agreement.institution_id.to_string()),
        action: "submissions.template_downloaded",
        subject: ("agreement", agreement.id.to_string()),
        detail: json!({ "dataset": dataset }),
    };
    audit::record(conn, entry, now)
}
