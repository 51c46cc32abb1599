//! BKN enters a plan of periodic deliveries, beginning with what the agreement
//! says of it.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::all::SECTION;
use crate::accounts::SignedIn;
use crate::agreements::{self, Agreement, AgreementId, Direction};
use crate::datasets;
use crate::deliveries::actions::{self, EnterPlanError, PlanDetails};
use crate::deliveries::model::{Cover, Proposal};
use crate::deliveries::text;
use crate::institutions::{self, Institution};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::Db;
use crate::platform::web::{
    AppError, Flash, FormErrors, Frame, OneTimeKey, Page, list_address, rendered, see_other,
};

/// What was typed, or what a proposal fills in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PlanForm {
    kunci: String,
    data: String,
    bulan: String,
    tanggal: String,
    cakupan: String,
    pasal: String,
    mulai: String,
}

#[derive(Template)]
#[template(path = "deliveries/plan_form.html")]
struct PlanFormPage {
    frame: Frame,
    agreement: Agreement,
    partner: Institution,
    proposals: Vec<Proposal>,
    form: PlanForm,
    errors: FormErrors,
}

/// Shows the form.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    id: Path<AgreementId>,
    form: Query<PlanForm>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<impl Responder, AppError> {
    let now = clock.now();
    let mut form = form.into_inner();
    form.kunci = OneTimeKey::generate();
    if form.mulai.is_empty() {
        form.mulai = now.jakarta_date().to_string();
    }
    Ok(Page(PlanFormPage::of(&user, &db, (*id, form), now).await?))
}

/// Enters the plan.
///
/// # Errors
/// Not found, or the database's.
pub async fn create(
    user: SignedIn,
    id: Path<AgreementId>,
    form: Form<PlanForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (id, now, actor, scope) = (*id, clock.now(), user.actor(), user.scope());
    let mut page = PlanFormPage::of(&user, &db, (id, form.into_inner()), now).await?;
    let Some(details) = page.form.details(&mut page.errors) else {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let entered = db
        .write(move |conn| actions::enter_plan(conn, (scope, id), details, &actor, now))
        .await?;
    match entered {
        Ok(plan) => {
            Flash::put(&session, "Jadwal penyerahan tercatat.");
            Ok(see_other(&format!("{SECTION}/jadwal/{plan}")))
        }
        Err(EnterPlanError::Database(error)) => Err(error.into()),
        Err(EnterPlanError::NotFound) => Err(AppError::NotFound),
        Err(refused) => {
            let sentence = refused.sentence().unwrap_or_default();
            page.errors.add(field_of(&refused), sentence);
            Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
    }
}

fn field_of(error: &EnterPlanError) -> &'static str {
    match error {
        EnterPlanError::NoDays => "cakupan",
        EnterPlanError::Past | EnterPlanError::AfterEnd => "mulai",
        _ => "data",
    }
}

impl PlanForm {
    fn details(&self, errors: &mut FormErrors) -> Option<PlanDetails> {
        if !OneTimeKey::is_valid(&self.kunci) {
            errors.add(
                "data",
                "Formulir ini sudah lama terbuka. Muat ulang halamannya.",
            );
        }
        let dataset = errors.line("data", &self.data, "data yang diserahkan", 100);
        for (field, typed, name) in [
            ("bulan", &self.bulan, "jarak antarpenyerahan"),
            ("tanggal", &self.tanggal, "tanggal penyerahan"),
        ] {
            if typed.trim().is_empty() {
                errors.add(field, format!("Isi {name}."));
            }
        }
        let every_months = errors.number_or_none("bulan", &self.bulan, (1, 12));
        let day_of_month = errors.number_or_none("tanggal", &self.tanggal, (1, 31));
        let covers = errors.choice::<Cover>("cakupan", &self.cakupan, "cakupan masa");
        let article = errors.line("pasal", &self.pasal, "dasar penyerahan", 200);
        let starts_on = errors.date("mulai", &self.mulai, "tanggal mulai");
        let details = PlanDetails {
            dataset,
            every_months: every_months?,
            day_of_month: day_of_month?,
            covers: covers?,
            article,
            starts_on: starts_on?,
            form_key: self.kunci.clone(),
        };
        errors.is_empty().then_some(details)
    }
}

impl PlanFormPage {
    async fn of(
        user: &SignedIn,
        db: &Db,
        (id, form): (AgreementId, PlanForm),
        now: Moment,
    ) -> Result<Self, AppError> {
        let (scope, frame, today) = (user.scope(), user.frame(SECTION), now.jakarta_date());
        let read = db.read(move |conn| {
            let agreement = agreements::find(conn, scope, id)?.ok_or(AppError::NotFound)?;
            let partner = institutions::find(conn, agreement.institution_id)?;
            let clauses = agreements::clauses_of(conn, &[id])?;
            let mut grants = agreements::granted_within(conn, scope, today)?;
            grants.retain(|(of, grant)| of.id == id && grant.direction == Direction::BknToPartner);
            let proposals = grants
                .iter()
                .map(|(_, grant)| Proposal::of(grant, &clauses));
            Ok(Self {
                frame,
                agreement,
                partner: partner.ok_or(AppError::NotFound)?,
                proposals: proposals.collect(),
                form,
                errors: FormErrors::new(),
            })
        });
        read.await?
    }

    /// The form filled in with a proposal.
    fn filled(&self, proposal: &Proposal) -> String {
        let months = proposal.every_months.map(|months| months.to_string());
        let filled = [
            ("data", proposal.dataset.as_str()),
            ("bulan", months.as_deref().unwrap_or_default()),
            ("tanggal", "1"),
            ("cakupan", proposal.covers.word()),
            ("pasal", &proposal.article),
        ];
        list_address(
            &format!("/perjanjian/{}/jadwal-penyerahan/baru", self.agreement.id),
            &filled,
        )
    }
}
