//! Recording what an agreement's Annex grants: first the data set, then its fields.

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use askama::Template;
use serde::Deserialize;

use super::found;
use super::population::TypedPopulation;
use crate::accounts::SignedIn;
use crate::agreements::actions::{self, GrantError, RevokeError, UseOf};
use crate::agreements::model::{
    Agreement, AgreementId, Direction, Grant, GrantDetails, GrantId, Population,
};
use crate::agreements::queries;
use crate::datasets::{self, Dataset};
use crate::institutions::Institution;
use crate::platform::clock::Clock;
use crate::platform::dates;
use crate::platform::db::Db;
use crate::platform::web::{
    AppError, Fields, Flash, FormErrors, Frame, filters, rendered, see_other,
};
use crate::references::LoadedCodes;

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
    /// The latest version on record, which an addendum is to follow.
    held: Option<Grant>,
    codes: LoadedCodes,
    form: Typed,
    errors: FormErrors,
}

/// What was typed.
struct Typed {
    fields: Vec<String>,
    /// An addendum takes the data set back.
    withdraws: bool,
    population: TypedPopulation,
    article: String,
    page: String,
    addendum: String,
    valid_from: String,
}

/// Asks for the data set, then shows its form: blank, or as it stands on
/// record where an addendum is to change it.
///
/// # Errors
/// Not found, or the database's.
pub async fn new(
    user: SignedIn,
    id: Path<AgreementId>,
    choice: Query<DatasetChoice>,
    db: Data<Db>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (agreement, partner) = found(&db, user.scope(), id).await?;
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
    let (held, codes) = record(&db, id, dataset).await?;
    let form = Typed::first(held.as_ref(), (dataset, &agreement), &codes);
    let page = GrantPage {
        frame,
        agreement,
        partner,
        dataset,
        held,
        codes,
        form,
        errors: FormErrors::new(),
    };
    Ok(rendered(StatusCode::OK, &page))
}

/// Grants a data set, or changes by an addendum how it is granted.
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
    let (held, codes) = record(&db, id, dataset).await?;
    let mut page = GrantPage {
        frame: user.frame("/perjanjian"),
        agreement,
        partner,
        dataset,
        held,
        codes,
        form: Typed::of(&form),
        errors: FormErrors::new(),
    };
    let Some(details) = page.details() else {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let (actor, now) = (user.actor(), clock.now());
    let granted = db
        .write(move |conn| actions::grant(conn, id, details, &actor, now))
        .await;
    if let Err(error) = granted? {
        page.add(error)?;
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    Flash::put(&session, "Data Lampiran tercatat.");
    Ok(see_other(&format!("/perjanjian/{id}#lampiran")))
}

/// The latest version of a data set's grant, and the reference lists.
async fn record(
    db: &Db,
    id: AgreementId,
    dataset: &'static Dataset,
) -> Result<(Option<Grant>, LoadedCodes), AppError> {
    let record = db.read(move |conn| {
        let mut versions = queries::grants_of(conn, id)?;
        let direction = Direction::of(dataset);
        versions.retain(|grant| grant.dataset == dataset.name && grant.direction == direction);
        let held = versions.into_iter().max_by_key(|grant| grant.valid_from);
        Ok::<_, diesel::result::Error>((held, LoadedCodes::load(conn, Population::LISTS)?))
    });
    Ok(record.await??)
}

/// Takes a grant off the record.
///
/// # Errors
/// Not found, or the database's.
pub async fn remove(
    user: SignedIn,
    path: Path<(AgreementId, GrantId)>,
    (db, clock, session, is_used): (Data<Db>, Data<Clock>, Session, Data<UseOf>),
) -> Result<HttpResponse, AppError> {
    let (id, grant) = path.into_inner();
    let is_used = **is_used;
    found(&db, user.scope(), id).await?;
    let (actor, now) = (user.actor(), clock.now());
    db.write(move |conn| actions::revoke(conn, (id, grant), is_used, &actor, now))
        .await??;
    Flash::put(&session, "Data dihapus dari Lampiran.");
    Ok(see_other(&format!("/perjanjian/{id}#lampiran")))
}

impl From<RevokeError> for AppError {
    fn from(error: RevokeError) -> Self {
        match error {
            RevokeError::NotFound => Self::NotFound,
            RevokeError::Used => Self::Refused(
                "Data sudah diserahkan atau dikirim menurut catatan ini, sehingga tidak dapat dihapus. Catat perubahannya dengan adendum."
                    .into(),
            ),
            RevokeError::Database(error) => error.into(),
        }
    }
}

/// What is chosen before anybody chose: of what leaves BKN nothing, so that no
/// field is granted by oversight.
fn fields_at_first(dataset: &Dataset) -> Vec<String> {
    match Direction::of(dataset) {
        Direction::BknToPartner => Vec::new(),
        Direction::PartnerToBkn => names_of(dataset),
    }
}

fn names_of(dataset: &Dataset) -> Vec<String> {
    let names = dataset.fields.iter().map(|field| field.name.clone());
    names.collect()
}

impl Typed {
    /// What the form shows before anything is typed.
    fn first(
        held: Option<&Grant>,
        (dataset, agreement): (&Dataset, &Agreement),
        codes: &LoadedCodes,
    ) -> Self {
        let fields = held.and_then(Grant::granted).map(|fields| fields.names());
        let population = held.map(|grant| TypedPopulation::from(&grant.population, codes));
        Self {
            fields: fields.unwrap_or_else(|| fields_at_first(dataset)),
            withdraws: false,
            population: population.unwrap_or_default(),
            article: held.map(|grant| grant.article.clone()).unwrap_or_default(),
            page: String::new(),
            addendum: String::new(),
            valid_from: match held {
                Some(_) => String::new(),
                None => agreement.signed_on.to_string(),
            },
        }
    }

    fn of(form: &Fields) -> Self {
        Self {
            fields: form.all("kolom").map(str::to_owned).collect(),
            withdraws: form.get("berhenti") == "ya",
            population: TypedPopulation::of(form),
            article: form.get("pasal").to_owned(),
            page: form.get("halaman").to_owned(),
            addendum: form.get("adendum").to_owned(),
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
        let withdraws = form.withdraws && self.held.is_some();
        let mut fields = names_of(dataset);
        fields.retain(|name| !withdraws && form.has(name));
        if fields.is_empty() && !withdraws {
            errors.add("kolom", "Pilih paling sedikit satu kolom.");
        }
        let population = form.population.read(dataset, &self.codes, errors);
        let article = errors.line("pasal", &form.article, "pasal atau bagian Lampiran", 120);
        let page = errors.number_or_none("halaman", &form.page, (1, 999));
        let addendum = errors.line_or_none("adendum", &form.addendum, "nomor adendum", 120);
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
            fields,
            population,
            article,
            page,
            addendum,
            valid_from,
        };
        errors.is_empty().then_some(details)
    }

    /// Puts a refusal that the form can mend beside its field.
    fn add(&mut self, error: GrantError) -> Result<(), AppError> {
        match error {
            GrantError::NotFound => return Err(AppError::NotFound),
            GrantError::AddendumMissing => self.errors.add(
                "adendum",
                "Data ini sudah tercatat dalam Lampiran. Isi nomor adendum yang mengubahnya.",
            ),
            GrantError::NotLater(before) => self.errors.add(
                "sejak",
                format!(
                    "Isi tanggal setelah {}, hari mulai ketentuan sebelumnya.",
                    dates::long(before)
                ),
            ),
            GrantError::Database(error) => return Err(error.into()),
        }
        Ok(())
    }

    fn grades(&self) -> Vec<(String, String)> {
        self.codes.of("golongan")
    }
}
