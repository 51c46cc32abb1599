//! Nominating somebody: the form of the administrator and of a lead PIC.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Query};
use askama::Template;
use serde::Deserialize;

use super::show::back;
use crate::accounts::actions::{self, NominateError, Nomination};
use crate::accounts::{Role, SignedIn, email, queries, text};
use crate::institutions::{Institution, InstitutionId};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::nip::{self, Nip};
use crate::platform::web::{AppError, FormErrors, Frame, OneTimeKey, rendered, see_other};

/// Longest name, in characters.
const NAME_LIMIT: usize = 120;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct NominateForm {
    #[serde(default)]
    instansi: String,
    #[serde(default)]
    nip: String,
    #[serde(default)]
    nama: String,
    #[serde(default)]
    surel: String,
    #[serde(default)]
    peran: String,
    #[serde(default)]
    kunci: String,
}

/// The institution for which somebody is nominated, from a link.
#[derive(Debug, Deserialize)]
pub struct NominateQuery {
    #[serde(default)]
    instansi: String,
}

#[derive(Template)]
#[template(path = "accounts/new.html")]
struct NewPage {
    frame: Frame,
    form: NominateForm,
    institutions: Vec<Institution>,
    is_own: bool,
    errors: FormErrors,
}

impl NewPage {
    /// The roles that can be given, BKN's last.
    fn roles(&self) -> &'static [Role] {
        if self.is_own {
            &[Role::Pic, Role::Observer]
        } else {
            Role::ALL
        }
    }

    fn address(&self) -> &'static str {
        if self.is_own {
            "/pic/baru"
        } else {
            "/akun/baru"
        }
    }
}

/// Shows the form.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    query: Query<NominateQuery>,
    db: Data<Db>,
) -> Result<HttpResponse, AppError> {
    let form = NominateForm {
        instansi: query.into_inner().instansi,
        kunci: OneTimeKey::generate(),
        ..NominateForm::default()
    };
    let page = page(&user, form, FormErrors::new(), &db).await?;
    Ok(rendered(StatusCode::OK, &page))
}

/// Makes the account and mails the invitation.
///
/// # Errors
/// The database's.
pub async fn nominate(
    user: SignedIn,
    form: Form<NominateForm>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let form = form.into_inner();
    let nomination = match checked(&user, &form) {
        Ok(nomination) => nomination,
        Err(errors) => return again(&user, form, errors, &db).await,
    };
    let (now, by) = (clock.now(), user.account.clone());
    let made = db
        .write(move |conn| actions::nominate(conn, &by, &nomination, now))
        .await?;
    match made {
        Ok(id) => Ok(see_other(&back(&user, id))),
        Err(NominateError::Failed(error)) => Err(error.into()),
        Err(error) => again(&user, form, refusal(&error), &db).await,
    }
}

fn refusal(error: &NominateError) -> FormErrors {
    match error {
        NominateError::NoInstitution => FormErrors::one("instansi", "Pilih instansi."),
        NominateError::RoleNotToGive => FormErrors::one("peran", text::OTHER_ROLE),
        _ => FormErrors::one(
            "nip",
            "NIP ini sudah memiliki akun. Tutup akun itu lebih dahulu bila orangnya pindah instansi.",
        ),
    }
}

fn checked(user: &SignedIn, form: &NominateForm) -> Result<Nomination, FormErrors> {
    let mut errors = FormErrors::new();
    let institution = institution_of(user, form);
    if institution.is_none() {
        errors.add("instansi", "Pilih instansi.");
    }
    let nip = nip::typed(&form.nip).and_then(|nip| nip.parse::<Nip>());
    if let Err(fault) = nip {
        errors.add("nip", text::nip_fault(fault));
    }
    errors.require("nama", &form.nama, "nama", NAME_LIMIT);
    if form.nama.contains(char::is_control) {
        errors.add(
            "nama",
            "Nama memuat karakter yang tidak dapat ditampilkan. Tulis ulang.",
        );
    }
    let email = email::usable(&form.surel);
    if form.surel.trim().is_empty() {
        errors.add("surel", "Isi surel dinas.");
    } else if email.is_none() {
        errors.add("surel", text::WHOLE_ADDRESS);
    }
    let role: Option<Role> = form.peran.parse().ok();
    if role.is_none() {
        errors.add("peran", "Pilih peran.");
    }
    if !OneTimeKey::is_valid(&form.kunci) {
        errors.add("nip", text::FORM_GONE);
    }
    match (institution, nip, email, role, errors.is_empty()) {
        (Some(institution), Ok(nip), Some(email), Some(role), true) => Ok(Nomination {
            institution,
            nip: nip.to_string(),
            name: form.nama.split_whitespace().collect::<Vec<_>>().join(" "),
            email,
            role,
            form_key: form.kunci.clone(),
        }),
        _ => Err(errors),
    }
}

/// A lead PIC nominates for the own institution, whatever was posted.
fn institution_of(user: &SignedIn, form: &NominateForm) -> Option<InstitutionId> {
    user.scope()
        .institution()
        .or_else(|| form.instansi.clone().try_into().ok())
}

async fn again(
    user: &SignedIn,
    form: NominateForm,
    errors: FormErrors,
    db: &Db,
) -> Result<HttpResponse, AppError> {
    let page = page(user, form, errors, db).await?;
    Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

async fn page(
    user: &SignedIn,
    form: NominateForm,
    errors: FormErrors,
    db: &Db,
) -> Result<NewPage, AppError> {
    let is_own = !user.account.role.is_staff();
    let institutions = if is_own {
        Vec::new()
    } else {
        db.read(queries::institutions).await??
    };
    Ok(NewPage {
        frame: user.frame(if is_own { "/pic" } else { "/akun" }),
        form,
        institutions,
        is_own,
        errors,
    })
}
