//! One rule: its stage, its history, and deciding on another stage.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::{Label, SECTION, declared};
use crate::accounts::{Permission, SignedIn};
use crate::datasets::{Dataset, DeclaredRule, Stage};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{
    AppError, Flash, FormErrors, Frame, OneTimeKey, Page, filters, rendered, see_other,
};
use crate::rulebooks::actions::{self, DecideError, NewDecision};
use crate::rulebooks::model::{RuleDecision, in_force};
use crate::rulebooks::{queries, text};

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    tahap: String,
    sejak: String,
    alasan: String,
    kunci: String,
}

#[derive(Template)]
#[template(path = "rulebooks/rule.html")]
struct RulePage {
    frame: Frame,
    dataset: &'static Dataset,
    rule: DeclaredRule,
    label: Label,
    stage: Stage,
    decision: Option<RuleDecision>,
    today: NaiveDate,
    /// The decisions with who made them, the last first.
    history: Vec<(RuleDecision, Label, String)>,
    may_decide: bool,
    form: DecisionForm,
    errors: FormErrors,
}

impl RulePage {
    fn stages(&self) -> [(Stage, &'static str, &'static str); 3] {
        Stage::ALL.map(|stage| (stage, text::stage(stage), text::meaning(stage)))
    }

    /// What was typed; the stage that holds when nothing was.
    fn is_chosen(&self, stage: &Stage) -> bool {
        Stage::parse(&self.form.tahap).unwrap_or(self.stage) == *stage
    }
}

type Of = Path<(String, String)>;

/// Shows a rule.
///
/// # Errors
/// Not found; the database's.
pub async fn show(
    user: SignedIn,
    of: Of,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let now = clock.now();
    let (dataset, rule) = found(of)?;
    let form = DecisionForm {
        sejak: now.jakarta_date().to_string(),
        kunci: OneTimeKey::generate(),
        ..DecisionForm::default()
    };
    let page = page(&user, &db, (dataset, rule), (form, FormErrors::new()), now);
    Ok(Page(page.await?))
}

/// Decides on a stage.
///
/// # Errors
/// Not found, the refusal, or the database's.
pub async fn decide(
    user: SignedIn,
    of: Of,
    form: Form<DecisionForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (form, now, by) = (form.into_inner(), clock.now(), user.account.id);
    let (dataset, rule) = found(of)?;
    let mut errors = FormErrors::new();
    if let Some(new) = form.decision(&rule, &mut errors) {
        let (stage, from) = (new.stage, new.valid_from);
        let decided =
            db.write(move |conn: &mut DbConn| actions::decide(conn, dataset, new, by, now));
        match decided.await? {
            Err(DecideError::Past) => errors.add("sejak", text::PAST),
            Err(DecideError::Unchanged) => errors.add("tahap", text::UNCHANGED),
            done => {
                done?;
                Flash::put(&session, &text::decided(stage, from));
                return Ok(see_other(&address(dataset, &rule.key)));
            }
        }
    }
    let page = page(&user, &db, (dataset, rule), (form, errors), now).await?;
    Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

fn address(dataset: &Dataset, rule: &str) -> String {
    format!("{SECTION}/{}/tahap/{rule}", dataset.name)
}

fn found(of: Of) -> Result<(&'static Dataset, DeclaredRule), AppError> {
    let (name, key) = of.into_inner();
    let dataset = declared(&name)?;
    let mut rules = dataset.staged_rules().into_iter();
    let rule = rules.find(|rule| rule.key == key);
    Ok((dataset, rule.ok_or(AppError::NotFound)?))
}

async fn page(
    user: &SignedIn,
    db: &Db,
    (dataset, rule): (&'static Dataset, DeclaredRule),
    (form, errors): (DecisionForm, FormErrors),
    now: Moment,
) -> Result<RulePage, AppError> {
    let (key, today) = (rule.key.clone(), now.jakarta_date());
    let history = db
        .read(move |conn| queries::history(conn, &dataset.name, &key))
        .await??;
    let made: Vec<RuleDecision> = history.iter().rev().map(|(one, _)| one.clone()).collect();
    let decision = in_force(&made, &rule.key, today).cloned();
    let stage = decision.as_ref().map_or(rule.stage, RuleDecision::stage);
    let line = |(decision, name): (RuleDecision, String)| {
        let label = Label::of(decision.stage());
        (decision, label, name)
    };
    Ok(RulePage {
        frame: user.frame(SECTION),
        label: Label::of(stage),
        history: history.into_iter().map(line).collect(),
        may_decide: user.account.role.may(Permission::ManagePartners),
        dataset,
        rule,
        stage,
        decision,
        today,
        form,
        errors,
    })
}

impl DecisionForm {
    fn decision(&self, rule: &DeclaredRule, errors: &mut FormErrors) -> Option<NewDecision> {
        let stage = Stage::parse(&self.tahap);
        if stage.is_none() {
            errors.add("tahap", "Pilih tahap.");
        }
        let valid_from = errors.date("sejak", &self.sejak, "tanggal mulai berlaku");
        let reason = errors.text("alasan", &self.alasan, "alasan", 500);
        if !OneTimeKey::is_valid(&self.kunci) {
            errors.add("alasan", "Muat ulang halaman ini, lalu isi kembali.");
        }
        let (stage, valid_from) = (stage?, valid_from?);
        errors.is_empty().then(|| NewDecision {
            rule: rule.key.clone(),
            stage,
            valid_from,
            reason,
            form_key: self.kunci.clone(),
        })
    }
}
