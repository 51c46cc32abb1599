//! The rules under which a version was checked, as its sender may read them.

use actix_web::Responder;
use actix_web::web::{Data, Path};
use askama::Template;

use super::{SECTION, version_address};
use crate::accounts::{Scope, SignedIn};
use crate::datasets::{self, GrantedFields};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Frame, Page, filters};
use crate::rulebooks::{self, RuleInForce, RuleSet};
use crate::submissions::model::SubmissionId;
use crate::submissions::queries::find::Dossier;
use crate::submissions::queries::{find, grants, rule_sets};

#[derive(Template)]
#[template(path = "submissions/rules.html")]
struct RulesPage {
    frame: Frame,
    dossier: Dossier,
    title: &'static str,
    place: String,
    set: RuleSet,
    rules: Vec<(RuleInForce, &'static str)>,
}

/// Shows the rules. One that mentions a field which the Annex does not grant is
/// left out: it was never applied.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    of: Path<(SubmissionId, i32)>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (scope, (id, number)) = (user.scope(), of.into_inner());
    let (dossier, granted, set) = db
        .read(move |conn| {
            let found = find::dossier(conn, scope, id, number)?;
            let dossier = found.ok_or(AppError::NotFound)?;
            let granted = granted(conn, scope, &dossier)?;
            let used = rule_sets::used(conn, dossier.version.id)?.ok_or(AppError::NotFound)?;
            let set = rulebooks::rule_set(conn, &dossier.submission.dataset, used)?;
            Ok::<_, AppError>((dossier, granted, set.ok_or(AppError::NotFound)?))
        })
        .await??;
    let dataset = datasets::find(&dossier.submission.dataset).ok_or(AppError::NotFound)?;
    let may_read = |rule: &RuleInForce| rule.fields.iter().all(|name| granted.has(name));
    let labelled = |rule: RuleInForce| {
        let label = rulebooks::stage_label(rule.stage);
        (rule, label)
    };
    Ok(Page(RulesPage {
        frame: user.frame(SECTION),
        title: &dataset.title,
        place: version_address(&dossier),
        rules: set
            .rules()
            .into_iter()
            .filter(may_read)
            .map(labelled)
            .collect(),
        dossier,
        set,
    }))
}

/// The fields that the agreement granted when a version was uploaded.
pub(super) fn granted(
    conn: &mut DbConn,
    scope: Scope,
    dossier: &Dossier,
) -> Result<GrantedFields<'static>, AppError> {
    let name = dossier.submission.dataset.as_str();
    let dataset = datasets::find(name).ok_or(AppError::NotFound)?;
    let day = dossier.version.uploaded_at.jakarta_date();
    let found = grants::one(conn, scope, (dossier.submission.agreement_id, name), day)?;
    let granted = found.as_ref().and_then(|(_, grant)| grant.granted());
    Ok(granted.unwrap_or_else(|| GrantedFields::named(dataset, &[])))
}
