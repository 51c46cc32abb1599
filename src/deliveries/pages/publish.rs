//! BKN chooses a data set of the Annex, sees whom and what it would give, and
//! publishes it.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query, ReqData};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::sheet;
use crate::accounts::{Permission, Scope, SignedIn};
use crate::agreements::{self, Agreement, AgreementId, Direction, Grant};
use crate::datasets;
use crate::deliveries::actions::{self, Order, PublishError};
use crate::deliveries::model::{DeliveryId, Offer};
use crate::deliveries::source::{self, Amount};
use crate::institutions::{self, Institution};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{
    AppError, Flash, FormErrors, Frame, OneTimeKey, Page, Stopped, filters, rendered, see_other,
};

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    data: String,
}

/// What is posted: the same, and the form's key.
#[derive(Debug, Deserialize)]
pub struct PublishForm {
    #[serde(default)]
    kunci: String,
    #[serde(default)]
    data: String,
}

#[derive(Template)]
#[template(path = "deliveries/publish.html")]
struct PublishPage {
    frame: Frame,
    agreement: Agreement,
    partner: Institution,
    grants: Vec<Grant>,
    choice: Choice,
    /// Where the partner cannot fetch for now.
    stopped: Option<Stopped>,
    preview: Option<Preview>,
    /// Whether the reader records what an Annex grants.
    may_record: bool,
    key: String,
    errors: FormErrors,
}

/// Whom and what the choice would give.
struct Preview {
    offer: Offer,
    amount: Amount,
    population: Vec<String>,
    /// The day whose state the data show, and the day of the Annex.
    day: NaiveDate,
    today: NaiveDate,
}

/// Shows what can be given, and once something is chosen how much it is.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    id: Path<AgreementId>,
    choice: Query<Choice>,
    (db, clock): (Data<Db>, Data<Clock>),
    stopped: Option<ReqData<Stopped>>,
) -> Result<impl Responder, AppError> {
    let now = clock.now();
    let mut page = PublishPage::of(&user, &db, *id, choice.into_inner(), now).await?;
    page.stopped = stopped.map(ReqData::into_inner);
    Ok(Page(page))
}

/// Publishes what was chosen.
///
/// # Errors
/// Not found, or the database's.
pub async fn create(
    user: SignedIn,
    id: Path<AgreementId>,
    form: Form<PublishForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (id, now, actor, scope) = (*id, clock.now(), user.actor(), user.scope());
    let PublishForm { kunci, data } = form.into_inner();
    let mut errors = FormErrors::new();
    if !OneTimeKey::is_valid(&kunci) {
        errors.add(
            "data",
            "Formulir ini sudah lama terbuka. Muat ulang halamannya.",
        );
    }
    if errors.is_empty() {
        let order = Order {
            agreement: id,
            dataset: data.clone(),
            days: None,
            form_key: kunci,
        };
        let published = published(&db, (scope, actor), order, now).await?;
        match published {
            Ok(publication) => {
                Flash::put(&session, "Penyerahan tercatat. Berkasnya sedang disiapkan.");
                return Ok(see_other(&format!(
                    "/perjanjian/{id}/penyerahan/{publication}"
                )));
            }
            Err(PublishError::PostedTwice) => {
                return Ok(see_other(&format!("/perjanjian/{id}/penyerahan")));
            }
            Err(PublishError::Database(error)) => return Err(error.into()),
            Err(PublishError::NotFound) => return Err(AppError::NotFound),
            Err(refused) => errors.add("data", refused.sentence().unwrap_or_default()),
        }
    }
    let mut page = PublishPage::of(&user, &db, id, Choice { data }, now).await?;
    page.errors = errors;
    Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

async fn published(
    db: &Db,
    (scope, actor): (Scope, String),
    order: Order,
    now: Moment,
) -> Result<Result<DeliveryId, PublishError>, AppError> {
    let today = now.jakarta_date();
    let ready = db
        .read(move |conn| actions::ready(conn, scope, order, today))
        .await?;
    Ok(match ready {
        Ok(ready) => {
            db.write(move |conn| actions::publish(conn, scope, &ready, &actor, now))
                .await?
        }
        Err(refused) => Err(refused),
    })
}

impl PublishPage {
    async fn of(
        user: &SignedIn,
        db: &Db,
        id: AgreementId,
        choice: Choice,
        now: Moment,
    ) -> Result<Self, AppError> {
        let (scope, frame, today) = (user.scope(), user.frame("/perjanjian"), now.jakarta_date());
        let read = db.read(move |conn| Self::read(conn, frame, scope, (id, choice), today));
        let page = read.await??;
        Ok(Self {
            may_record: user.account.role.may(Permission::ManagePartners),
            ..page
        })
    }

    fn read(
        conn: &mut DbConn,
        frame: Frame,
        scope: Scope,
        (id, choice): (AgreementId, Choice),
        today: NaiveDate,
    ) -> Result<Self, AppError> {
        let agreement = agreements::find(conn, scope, id)?.ok_or(AppError::NotFound)?;
        let partner = institutions::find(conn, agreement.institution_id)?;
        let partner = partner.ok_or(AppError::NotFound)?;
        let mut grants = agreements::granted_within(conn, scope, today)?;
        grants.retain(|(of, grant)| of.id == id && grant.direction == Direction::BknToPartner);
        let mut page = Self {
            frame,
            agreement,
            partner,
            grants: grants.into_iter().map(|(_, grant)| grant).collect(),
            choice,
            stopped: None,
            preview: None,
            may_record: false,
            key: OneTimeKey::generate(),
            errors: FormErrors::new(),
        };
        if !page.choice.data.is_empty() {
            page.preview = page.look(conn, scope, today)?;
        }
        Ok(page)
    }

    fn look(
        &mut self,
        conn: &mut DbConn,
        scope: Scope,
        today: NaiveDate,
    ) -> Result<Option<Preview>, AppError> {
        let what = (self.agreement.id, self.choice.data.as_str());
        let offer = match actions::offer(conn, scope, what, today) {
            Ok(offer) => offer,
            Err(PublishError::Database(error)) => return Err(error.into()),
            Err(refused) => {
                let sentence = refused.sentence().unwrap_or_default();
                self.errors.add("data", sentence);
                return Ok(None);
            }
        };
        Ok(Some(Preview {
            amount: source::amount(conn, &offer.selection(None))?,
            population: sheet::population(conn, &offer.grant.dataset, &offer.grant.population)?,
            day: source::day(conn, &offer.grant.dataset, today)?,
            today,
            offer,
        }))
    }
}
