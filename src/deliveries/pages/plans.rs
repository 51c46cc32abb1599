//! Plans of periodic deliveries: all of them, and one with its history.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use chrono::NaiveDate;
use diesel::QueryResult;
use serde::Deserialize;

use super::PER_PAGE;
use super::all::SECTION;
use crate::accounts::{Names, Permission, Scope, SignedIn};
use crate::agreements::Agreement;
use crate::deliveries::actions::{self, ChangePlanError};
use crate::deliveries::model::{
    Period, Plan, PlanChange, PlanDeed, PlanId, PlanState, Publication,
};
use crate::deliveries::queries::plans::{self as queries, PlanDossier};
use crate::institutions::Institution;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{
    AppError, Flash, FormErrors, Frame, Page, Pages, filters, rendered, see_other,
};

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PlansQuery {
    hal: String,
}

#[derive(Template)]
#[template(path = "deliveries/plans.html")]
struct PlansPage {
    frame: Frame,
    lines: Vec<PlanDossier>,
    open: i64,
    pages: Pages,
}

/// Lists the plans of all agreements, by their next day.
///
/// # Errors
/// The database's.
pub async fn list(
    user: SignedIn,
    query: Query<PlansQuery>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (scope, frame) = (user.scope(), user.frame(SECTION));
    let hal = query.hal.parse().ok();
    let read = db.read(move |conn| {
        let (all, open) = queries::count(conn)?;
        let pages = Pages::new(hal, PER_PAGE, all, &format!("{SECTION}/jadwal"));
        let lines = queries::within(conn, scope, (pages.limit(), pages.offset()))?;
        QueryResult::Ok(PlansPage {
            frame,
            lines,
            open,
            pages,
        })
    });
    Ok(Page(read.await??))
}

/// What is to be done to a plan, and why.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    tindakan: String,
    alasan: String,
}

#[derive(Template)]
#[template(path = "deliveries/plan.html")]
struct PlanPage {
    frame: Frame,
    plan: Plan,
    agreement: Agreement,
    partner: Institution,
    next: Vec<NaiveDate>,
    periods: Vec<(Period, Option<Publication>)>,
    changes: Vec<PlanChange>,
    names: Names,
    may_change: bool,
    form: ChangeForm,
    errors: FormErrors,
}

/// Shows one plan: when it is due, what became of it, who changed it.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    plan: Path<PlanId>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    Ok(Page(
        PlanPage::of(&user, &db, *plan, ChangeForm::default()).await?,
    ))
}

/// Has a plan rest, go on or end.
///
/// # Errors
/// Not found, refused, or the database's.
pub async fn change(
    user: SignedIn,
    plan: Path<PlanId>,
    form: Form<ChangeForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let mut page = PlanPage::of(&user, &db, *plan, form.into_inner()).await?;
    let (form, errors) = (&page.form, &mut page.errors);
    let deed = errors.choice::<PlanDeed>("tindakan", &form.tindakan, "tindakan");
    let reason = errors.text("alasan", &form.alasan, "alasan", 500);
    let Some(deed) = deed.filter(|_| page.errors.is_empty()) else {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let (of, actor, now) = ((user.scope(), *plan), user.actor(), clock.now());
    db.write(move |conn| actions::change_plan(conn, of, (deed, &actor, &reason), now))
        .await??;
    Flash::put(&session, &format!("{}.", deed.label()));
    Ok(see_other(&format!("{SECTION}/jadwal/{plan}")))
}

impl From<ChangePlanError> for AppError {
    fn from(error: ChangePlanError) -> Self {
        match (error.sentence(), error) {
            (Some(sentence), _) => Self::Refused(sentence.to_owned()),
            (None, ChangePlanError::Database(error)) => error.into(),
            (None, _) => Self::NotFound,
        }
    }
}

impl PlanPage {
    async fn of(user: &SignedIn, db: &Db, id: PlanId, form: ChangeForm) -> Result<Self, AppError> {
        let (scope, frame) = (user.scope(), user.frame(SECTION));
        let may_change = user.account.role.may(Permission::ManagePartners);
        let found = db
            .read(move |conn| Self::read(conn, (scope, id), frame))
            .await??;
        Ok(Self {
            may_change,
            form,
            ..found.ok_or(AppError::NotFound)?
        })
    }

    fn read(
        conn: &mut DbConn,
        (scope, id): (Scope, PlanId),
        frame: Frame,
    ) -> QueryResult<Option<Self>> {
        let Some((plan, agreement, partner)) = queries::dossier(conn, scope, id)? else {
            return Ok(None);
        };
        let changes = queries::changes(conn, id)?;
        let is_ended = plan.state() == PlanState::Ended;
        let until = agreement.last_day();
        let next = plan
            .next_days()
            .take_while(|day| !is_ended && *day <= until);
        Ok(Some(Self {
            frame,
            next: next.take(3).collect(),
            periods: queries::periods(conn, id)?,
            names: Names::of(conn, changes.iter().map(|one| one.made_by.as_str()))?,
            plan,
            agreement,
            partner,
            changes,
            may_change: false,
            form: ChangeForm::default(),
            errors: FormErrors::new(),
        }))
    }
}
