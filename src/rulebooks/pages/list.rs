//! Every data set with the stages of its rules.

use actix_web::Responder;
use actix_web::web::Data;
use askama::Template;
use chrono::NaiveDate;

use super::SECTION;
use crate::accounts::SignedIn;
use crate::datasets::{self, Dataset, Direction, Stage};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, grouped};
use crate::platform::web::{AppError, Frame, Page, filters};
use crate::rulebooks::model::{RuleDecision, RuleSet, planned};
use crate::rulebooks::queries;

#[derive(Template)]
#[template(path = "rulebooks/list.html")]
struct ListPage {
    frame: Frame,
    incoming: Vec<Line>,
    outgoing: Vec<Line>,
}

/// One data set.
struct Line {
    dataset: &'static Dataset,
    number: Option<i32>,
    /// Rules in rehearsal, warning, blocking.
    counts: [usize; 3],
    next: Option<NaiveDate>,
}

impl ListPage {
    fn groups(&self) -> [(&'static str, &[Line]); 2] {
        [
            ("Dari instansi ke BKN", &self.incoming),
            ("Dari BKN ke instansi", &self.outgoing),
        ]
    }
}

/// Shows the data sets.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let now = clock.now();
    let (decisions, numbers) = db
        .read(|conn| {
            let decisions = queries::all_decisions(conn)?;
            Ok::<_, diesel::result::Error>((decisions, queries::last_numbers(conn)?))
        })
        .await??;
    let decisions = grouped(decisions, |one: &RuleDecision| one.dataset.clone());
    let all = datasets::all().map_err(|error| AppError::Internal(error.to_string()))?;
    let lines = all.iter().map(|dataset| {
        let number = numbers.iter().find(|(name, _)| *name == dataset.name);
        let made = decisions.get(&dataset.name).map_or(&[][..], Vec::as_slice);
        line(dataset, number.and_then(|(_, number)| *number), made, now)
    });
    let (incoming, outgoing) =
        lines.partition(|line| line.dataset.direction == Direction::PartnerToBkn);
    Ok(Page(ListPage {
        frame: user.frame(SECTION),
        incoming,
        outgoing,
    }))
}

fn line(
    dataset: &'static Dataset,
    number: Option<i32>,
    decisions: &[RuleDecision],
    now: Moment,
) -> Line {
    let today = now.jakarta_date();
    let rules = RuleSet::on(dataset, decisions, today, now).rules();
    let count = |stage: Stage| rules.iter().filter(|rule| rule.stage == stage).count();
    Line {
        dataset,
        number,
        counts: Stage::ALL.map(count),
        next: planned(decisions, today)
            .first()
            .map(|decision| decision.valid_from),
    }
}
