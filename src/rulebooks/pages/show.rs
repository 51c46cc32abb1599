//! The rules of one data set, what is planned, and the versions.

use actix_web::Responder;
use actix_web::web::{Data, Path};
use askama::Template;

use super::{Label, SECTION, declared};
use crate::accounts::SignedIn;
use crate::datasets::{Dataset, Direction, Stage};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Page, filters};
use crate::rulebooks::model::{RuleDecision, RuleInForce, RuleSet, planned};
use crate::rulebooks::queries;

#[derive(Template)]
#[template(path = "rulebooks/show.html")]
struct ShowPage {
    frame: Frame,
    dataset: &'static Dataset,
    lines: Vec<Line>,
    blocking: usize,
    warning: usize,
    rehearsed: usize,
    versions: Vec<RuleSet>,
}

impl ShowPage {
    /// Whether BKN hands the data over, so that no upload is checked by the rules.
    fn is_handed_over(&self) -> bool {
        self.dataset.direction == Direction::BknToPartner
    }
}

/// One rule, with the next decision that will hold.
struct Line {
    rule: RuleInForce,
    label: Label,
    next: Option<(Label, RuleDecision)>,
}

/// Shows the rules.
///
/// # Errors
/// Not found; the database's.
pub async fn show(
    user: SignedIn,
    name: Path<String>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (dataset, now) = (declared(&name)?, clock.now());
    let (decisions, versions) = db
        .read(move |conn| {
            let decisions = queries::decisions(conn, &dataset.name)?;
            let versions = queries::rule_sets_of(conn, &dataset.name)?;
            Ok::<_, diesel::result::Error>((decisions, versions))
        })
        .await??;
    let today = now.jakarta_date();
    let to_come = planned(&decisions, today);
    let rules = RuleSet::on(dataset, &decisions, today, now).rules();
    let count = |stage: Stage| rules.iter().filter(|rule| rule.stage == stage).count();
    let line = |rule: &RuleInForce| {
        let next = to_come.iter().find(|decision| decision.rule == rule.rule);
        Line {
            label: Label::of(rule.stage),
            next: next.map(|next| (Label::of(next.stage()), (*next).clone())),
            rule: rule.clone(),
        }
    };
    Ok(Page(ShowPage {
        frame: user.frame(SECTION),
        dataset,
        blocking: count(Stage::Blocking),
        warning: count(Stage::Warning),
        rehearsed: count(Stage::Rehearsal),
        lines: rules.iter().map(line).collect(),
        versions,
    }))
}
