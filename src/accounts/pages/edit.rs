//! Changing role and e-mail address of an account (A10).

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;
use serde::Deserialize;

use super::show::back;
use crate::accounts::actions::{self, Change, ChangeError};
use crate::accounts::model::{Account, AccountId};
use crate::accounts::{Role, SignedIn, email, queries, text};
use crate::institutions::{Institution, InstitutionKind};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Flash, FormErrors, Frame, rendered, see_other};

/// What was typed, and what the form showed before.
#[derive(Debug, Clone, Deserialize)]
pub struct EditForm {
    #[serde(default)]
    peran: String,
    #[serde(default)]
    surel: String,
    #[serde(default)]
    peran_semula: String,
    #[serde(default)]
    surel_semula: String,
}

#[derive(Template)]
#[template(path = "accounts/edit.html")]
struct EditPage {
    frame: Frame,
    account: Account,
    institution: Institution,
    is_own: bool,
    form: EditForm,
    errors: FormErrors,
}

impl EditPage {
    fn roles(&self) -> &'static [Role] {
        Role::of_institution(self.institution.kind == InstitutionKind::Home)
    }
}

/// Shows the form.
///
/// # Errors
/// Not found; refused for a closed account.
pub async fn show(
    user: SignedIn,
    id: Path<AccountId>,
    db: Data<Db>,
) -> Result<HttpResponse, AppError> {
    let page = page(&user, id.into_inner(), None, FormErrors::new(), &db).await?;
    Ok(rendered(StatusCode::OK, &page))
}

/// Changes the account.
///
/// # Errors
/// Why it is not changed.
pub async fn change(
    user: SignedIn,
    session: Session,
    id: Path<AccountId>,
    form: Form<EditForm>,
    stores: (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let (db, clock) = stores;
    let (id, form) = (id.into_inner(), form.into_inner());
    let change = match checked(&form) {
        Ok(change) => change,
        Err(errors) => return again(&user, id, form, errors, &db).await,
    };
    let (now, by) = (clock.now(), user.account.clone());
    let changed = db
        .write(move |conn| actions::change(conn, &by, id, &change, now))
        .await?;
    match changed {
        Err(ChangeError::RoleNotToGive) => {
            let errors = FormErrors::one("peran", text::OTHER_ROLE);
            again(&user, id, form, errors, &db).await
        }
        changed => {
            changed?;
            Flash::put(&session, "Perubahan disimpan. Sesi akun itu diakhiri.");
            Ok(see_other(&back(&user, id)))
        }
    }
}

fn checked(form: &EditForm) -> Result<Change, FormErrors> {
    let mut errors = FormErrors::new();
    let role = form.peran.parse::<Role>().ok();
    if role.is_none() {
        errors.add("peran", "Pilih peran.");
    }
    let email = email::usable(&form.surel);
    if email.is_none() {
        errors.add("surel", text::WHOLE_ADDRESS);
    }
    let seen_role = form.peran_semula.parse::<Role>().ok();
    if seen_role.is_none() {
        errors.add("peran", text::FORM_GONE);
    }
    match (role, email, seen_role) {
        (Some(role), Some(email), Some(seen_role)) => Ok(Change {
            role,
            email,
            seen_role,
            seen_email: form.surel_semula.clone(),
        }),
        _ => Err(errors),
    }
}

async fn again(
    user: &SignedIn,
    id: AccountId,
    form: EditForm,
    errors: FormErrors,
    db: &Db,
) -> Result<HttpResponse, AppError> {
    let page = page(user, id, Some(form), errors, db).await?;
    Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

async fn page(
    user: &SignedIn,
    id: AccountId,
    typed: Option<EditForm>,
    errors: FormErrors,
    db: &Db,
) -> Result<EditPage, AppError> {
    let found = db
        .read(move |conn| queries::with_institution(conn, id))
        .await??;
    let (account, institution) = found.ok_or(AppError::NotFound)?;
    if account.deactivated_at.is_some() {
        return Err(ChangeError::Closed.into());
    }
    Ok(EditPage {
        frame: user.frame("/akun"),
        is_own: account.id == user.account.id,
        form: typed.unwrap_or_else(|| EditForm::of(&account)),
        account,
        institution,
        errors,
    })
}

impl EditForm {
    /// The form as it is first shown.
    fn of(account: &Account) -> Self {
        Self {
            peran: account.role.to_string(),
            surel: account.email.clone(),
            peran_semula: account.role.to_string(),
            surel_semula: account.email.clone(),
        }
    }
}

impl From<ChangeError> for AppError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Self::NotFound,
            ChangeError::Closed => Self::Refused(text::CLOSED.into()),
            ChangeError::Overtaken => Self::Refused(
                "Akun ini baru saja diubah oleh orang lain. Buka lagi halamannya untuk melihat \
                keadaan terakhir, lalu ulangi bila masih perlu."
                    .into(),
            ),
            ChangeError::OwnRole => Self::Refused(
                "Anda tidak dapat mengubah peran sendiri. Minta administrator lain mengubahnya."
                    .into(),
            ),
            ChangeError::RoleNotToGive => Self::Refused(text::OTHER_ROLE.into()),
            ChangeError::Failed(error) => error.into(),
        }
    }
}
