//! One version of the rules, as it was in force.

use actix_web::Responder;
use actix_web::web::{Data, Path};
use askama::Template;

use super::{Label, SECTION, declared};
use crate::accounts::SignedIn;
use crate::datasets::Dataset;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Page, filters};
use crate::rulebooks::model::{RuleInForce, RuleSet};
use crate::rulebooks::queries;

#[derive(Template)]
#[template(path = "rulebooks/version.html")]
struct VersionPage {
    frame: Frame,
    dataset: &'static Dataset,
    set: RuleSet,
    rules: Vec<(RuleInForce, Label)>,
}

/// Shows a version.
///
/// # Errors
/// Not found; the database's.
pub async fn show(
    user: SignedIn,
    of: Path<(String, i32)>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (name, number) = of.into_inner();
    let dataset = declared(&name)?;
    let found = db.read(move |conn| queries::rule_set(conn, &name, number));
    let set = found.await??.ok_or(AppError::NotFound)?;
    let labelled = |rule: RuleInForce| {
        let label = Label::of(rule.stage);
        (rule, label)
    };
    Ok(Page(VersionPage {
        frame: user.frame(SECTION),
        dataset,
        rules: set.rules().into_iter().map(labelled).collect(),
        set,
    }))
}
