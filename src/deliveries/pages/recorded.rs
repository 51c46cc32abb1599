//! The deliveries under an agreement, and the form that records one.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::PER_PAGE;
use super::lines::{self, Line};
use crate::accounts::{Names, Permission, SignedIn};
use crate::agreements::{self, Agreement, AgreementId};
use crate::deliveries::actions::{self, DeliveryDetails, RecordDeliveryError};
use crate::deliveries::model::Delivery;
use crate::deliveries::queries::publications::{self, ListFilter};
use crate::deliveries::queries::received;
use crate::institutions::{self, Institution};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{
    AppError, Flash, FormErrors, Frame, OneTimeKey, Page, Pages, filters, rendered, see_other,
};

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DeliveryForm {
    kunci: String,
    uraian: String,
    diterima: String,
    bukti: String,
}

/// Which page of what was published.
#[derive(Debug, Default, Deserialize)]
pub struct PageQuery {
    #[serde(default)]
    hal: String,
}

#[derive(Template)]
#[template(path = "deliveries/list.html")]
struct ListPage {
    frame: Frame,
    agreement: Agreement,
    partner: Institution,
    deliveries: Vec<Delivery>,
    published: Vec<Line>,
    pages: Pages,
    names: Names,
    may_manage: bool,
    may_publish: bool,
    form: DeliveryForm,
    errors: FormErrors,
}

/// Lists the deliveries under an agreement.
///
/// # Errors
/// Not found, or the database's.
pub async fn list(
    user: SignedIn,
    id: Path<AgreementId>,
    query: Query<PageQuery>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<impl Responder, AppError> {
    let today = clock.now().jakarta_date();
    let form = DeliveryForm {
        kunci: OneTimeKey::generate(),
        ..DeliveryForm::default()
    };
    let place = (id.into_inner(), query.hal.parse().ok());
    Ok(Page(ListPage::of(&user, &db, place, (form, today)).await?))
}

/// Records a delivery.
///
/// # Errors
/// Why it is refused.
pub async fn create(
    user: SignedIn,
    id: Path<AgreementId>,
    form: Form<DeliveryForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (id, now, actor) = (id.into_inner(), clock.now(), user.actor());
    let form = (form.into_inner(), now.jakarta_date());
    let mut page = ListPage::of(&user, &db, (id, None), form).await?;
    let Some(details) = page.form.details(&mut page.errors) else {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let recorded = db
        .write(move |conn| actions::record(conn, id, details, &actor, now))
        .await?;
    let sentence = match recorded {
        Ok(_) | Err(RecordDeliveryError::PostedTwice) => {
            Flash::put(
                &session,
                "Penyerahan data tercatat. Instansi diberi tahu lewat surel.",
            );
            return Ok(see_other(&format!("/perjanjian/{id}/penyerahan")));
        }
        Err(RecordDeliveryError::LiesAhead) => "Tanggal diterima tidak boleh setelah hari ini.",
        Err(RecordDeliveryError::OutsideAgreement) => {
            "PKS ini tidak berlaku pada tanggal tersebut."
        }
        Err(RecordDeliveryError::NotFound) => return Err(AppError::NotFound),
        Err(RecordDeliveryError::Database(error)) => return Err(error.into()),
    };
    page.errors.add("diterima", sentence);
    Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

impl ListPage {
    async fn of(
        user: &SignedIn,
        db: &Db,
        (id, hal): (AgreementId, Option<i64>),
        (form, today): (DeliveryForm, NaiveDate),
    ) -> Result<Self, AppError> {
        let (scope, frame) = (user.scope(), user.frame("/perjanjian"));
        let role = user.account.role;
        let read = db.read(move |conn| {
            let agreement = agreements::find(conn, scope, id)?.ok_or(AppError::NotFound)?;
            let partner = institutions::find(conn, agreement.institution_id)?;
            let deliveries = received::of_agreement(conn, scope, id)?;
            let actors = deliveries.iter().map(|one| one.recorded_by.as_str());
            let names = Names::of(conn, actors)?;
            let filter = ListFilter {
                agreement: Some(id),
                ..ListFilter::default()
            };
            let count = publications::count(conn, scope, &filter)?;
            let pages = Pages::new(
                hal,
                PER_PAGE,
                count,
                &format!("/perjanjian/{id}/penyerahan"),
            );
            let span = (pages.limit(), pages.offset());
            let published = publications::page(conn, scope, &filter, span)?;
            Ok(Self {
                frame,
                agreement,
                partner: partner.ok_or(AppError::NotFound)?,
                deliveries,
                published: lines::of(conn, scope, published, today)?,
                pages,
                names,
                may_manage: role.may(Permission::ManagePartners),
                may_publish: role.may(Permission::PublishData),
                form,
                errors: FormErrors::new(),
            })
        });
        read.await?
    }
}

impl DeliveryForm {
    fn details(&self, errors: &mut FormErrors) -> Option<DeliveryDetails> {
        if !OneTimeKey::is_valid(&self.kunci) {
            errors.add(
                "uraian",
                "Formulir ini sudah lama terbuka. Muat ulang halamannya.",
            );
        }
        let description = errors.text("uraian", &self.uraian, "data yang diserahkan", 500);
        let received_on = errors.date("diterima", &self.diterima, "tanggal diterima");
        let evidence = errors.text("bukti", &self.bukti, "bukti penerimaan", 500);
        let details = DeliveryDetails {
            description,
            received_on: received_on?,
            evidence,
            form_key: self.kunci.clone(),
        };
        errors.is_empty().then_some(details)
    }
}
