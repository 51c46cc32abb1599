//! Recording what an agreement's Annex grants: first the data set, then its fields.

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use askama::Template;
use serde::Deserialize;

use super::found;
use crate::accounts::SignedIn;
use crate::agreements::actions::{self, GrantError};
use crate::agreements::model::{Agreement, AgreementId, Direction, GrantDetails, GrantId};
use crate::datasets::{self, Dataset};
use crate::institutions::Institution;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Fields, Flash, FormErrors, Frame, rendered, see_other};

/// Which data set is to be granted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DatasetChoice {
    data: String,
}

#[derive(Template)]
#[template(path = "agreements/grant_choice.html")]
struct ChoicePage {
    frame: Frame,
    agreement: Agreement,
    partner: Institution,
    datasets: &'static [Dataset],
}

#[derive(Template)]
#[template(path = "agreements/grant_form.html")]
struct GrantPage {
    frame: Frame,
    agreement: Agreement,
    partner: Institution,
    dataset: &'static Dataset,
    form: Typed,
    errors: FormErrors,
}

/// What was typed.
struct Typed {
    fields: Vec<String>,
    article: String,
    page: String,
    valid_from: String,
}

/// Asks for the data set, then shows its form.
///
/// # Errors
/// Not found, or the database's.
pub async fn new(
    user: SignedIn,
    id: Path<AgreementId>,
    choice: Query<DatasetChoice>,
    db: Data<Db>,
) -> Result<HttpResponse, AppError> {
    let (agreement, partner) = found(&db, user.scope(), id.into_inner()).await?;
    let frame = user.frame("/perjanjian");
    let Some(dataset) = datasets::find(&choice.data) else {
        let page = ChoicePage {
            frame,
            agreement,
            partner,
            datasets: datasets::all().unwrap_or_default(),
        };
        return Ok(rendered(StatusCode::OK, &page));
    };
    let form = Typed {
        fields: names_of(dataset),
        article: String::new(),
        page: String::new(),
        valid_from: agreement.signed_on.to_string(),
    };
    let errors = FormErrors::new();
    let page = GrantPage {
        frame,
        agreement,
        partner,
        dataset,
        form,
        errors,
    };
    Ok(rendered(StatusCode::OK, &page))
}

/// Grants a data set.
///
/// # Errors
/// Why it is refused.
pub async fn create(
    user: SignedIn,
    id: Path<AgreementId>,
    form: Form<Vec<(String, String)>>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (id, form) = (id.into_inner(), Fields::new(form));
    let (agreement, partner) = found(&db, user.scope(), id).await?;
    let Some(dataset) = datasets::find(form.get("data")) else {
        return Ok(see_other(&format!("/perjanjian/{id}/lampiran/baru")));
    };
    let (frame, form, errors) = (
        user.frame("/perjanjian"),
        Typed::of(&form),
        FormErrors::new(),
    );
    let mut page = GrantPage {
        frame,
        agreement,
        partner,
        dataset,
        form,
        errors,
    };
    let Some(details) = page.details() else {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let (actor, now) = (user.actor(), clock.now());
    db.write(move |conn| actions::grant(conn, id, details, &actor, now))
        .await??;
    Flash::put(&session, "Data Lampiran tercatat.");
    Ok(see_other(&format!("/perjanjian/{id}#lampiran")))
}

/// Takes a grant off the record.
///
/// # Errors
/// Not found, or the database's.
pub async fn remove(
    user: SignedIn,
    path: Path<(AgreementId, GrantId)>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let (id, grant) = path.into_inner();
    found(&db, user.scope(), id).await?;
    let (actor, now) = (user.actor(), clock.now());
    db.write(move |conn| actions::revoke(conn, (id, grant), &actor, now))
        .await??;
    Flash::put(&session, "Data dihapus dari Lampiran.");
    Ok(see_other(&format!("/perjanjian/{id}#lampiran")))
}

fn names_of(dataset: &Dataset) -> Vec<String> {
    let names = dataset.fields.iter().map(|field| field.name.clone());
    names.collect()
}

impl Typed {
    fn of(form: &Fields) -> Self {
        Self {
            fields: form.all("kolom").map(str::to_owned).collect(),
            article: form.get("pasal").to_owned(),
            page: form.get("halaman").to_owned(),
            valid_from: form.get("sejak").to_owned(),
        }
    }

    fn has(&self, field: &str) -> bool {
        self.fields.iter().any(|chosen| chosen == field)
    }
}

impl GrantPage {
    fn details(&mut self) -> Option<GrantDetails> {
        let (form, errors, dataset) = (&self.form, &mut self.errors, self.dataset);
        let mut granted = names_of(dataset);
        granted.retain(|name| form.has(name));
        if granted.is_empty() {
            errors.add("kolom", "Pilih paling sedikit satu kolom.");
        }
        let article = errors.line("pasal", &form.article, "pasal atau bagian Lampiran", 120);
        let page = errors.number_or_none("halaman", &form.page, (1, 999));
        let valid_from = errors.date("sejak", &form.valid_from, "tanggal mulai berlaku")?;
        if valid_from < self.agreement.signed_on {
            errors.add(
                "sejak",
                "Tanggal mulai berlaku tidak boleh sebelum PKS ditandatangani.",
            );
        }
        let details = GrantDetails {
            dataset: dataset.name.clone(),
            direction: Direction::of(dataset),
            fields: (granted.len() < dataset.fields.len()).then_some(granted),
            article,
            page,
            valid_from,
        };
        errors.is_empty().then_some(details)
    }
}

impl From<GrantError> for AppError {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::NotFound => Self::NotFound,
            GrantError::Granted => Self::Refused(
                "Data ini sudah tercatat dalam Lampiran. Hapus dahulu bila kolomnya berubah."
                    .into(),
            ),
            GrantError::Database(error) => error.into(),
        }
    }
}
