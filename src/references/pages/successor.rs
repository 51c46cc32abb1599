//! Naming what took the place of a code that is in force no more.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::SECTION;
use crate::accounts::SignedIn;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Flash, FormErrors, Frame, Page, rendered, see_other};
use crate::references::model::{Code, List};
use crate::references::queries::find;
use crate::references::reading::normal_code;
use crate::references::successor::{Successor, SuccessorError, name_successor};
use crate::references::text;

/// Characters of a reason at most.
const REASON: usize = 500;
/// Characters of a code at most.
const CODE: usize = 100;

/// Which code is meant.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CodeQuery {
    kode: String,
}

/// What took its place.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SuccessorForm {
    kode: String,
    pengganti: String,
    alasan: String,
}

#[derive(Template)]
#[template(path = "references/successor.html")]
struct SuccessorPage {
    frame: Frame,
    list: List,
    code: Code,
    form: SuccessorForm,
    errors: FormErrors,
}

/// Shows the form.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    list: Path<String>,
    query: Query<CodeQuery>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (list, code) = ended(&db, list.into_inner(), query.into_inner().kode).await?;
    let form = SuccessorForm {
        pengganti: code.replaced_by.clone().unwrap_or_default(),
        ..SuccessorForm::default()
    };
    Ok(Page(SuccessorPage {
        frame: user.frame(SECTION),
        list,
        code,
        form,
        errors: FormErrors::new(),
    }))
}

/// Notes what took its place.
///
/// # Errors
/// Not found, the refusal, or the database's.
pub async fn name(
    user: SignedIn,
    list: Path<String>,
    form: Form<SuccessorForm>,
    session: Session,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let form = form.into_inner();
    let (list, code) = ended(&db, list.into_inner(), form.kode.clone()).await?;
    let order = match order_of(&form, &list, &code) {
        Ok(order) => order,
        Err(errors) => return Ok(again(&user, (list, code), form, errors)),
    };
    let (actor, now, by) = (user.actor(), clock.now(), order.by.clone());
    let done = db
        .write(move |conn| name_successor(conn, &order, &actor, now))
        .await?;
    match done {
        Err(SuccessorError::NotInForce) => {
            let errors = FormErrors::one("pengganti", text::NOT_IN_FORCE);
            Ok(again(&user, (list, code), form, errors))
        }
        Err(error) => Err(error.into()),
        Ok(()) => {
            Flash::put(&session, &text::successor_named(&code.code, &by));
            Ok(see_other(&format!(
                "{SECTION}/{}?keadaan=berakhir",
                list.name
            )))
        }
    }
}

/// A code of a list as it stood when it ended.
async fn ended(db: &Db, list: String, code: String) -> Result<(List, Code), AppError> {
    let found = db
        .read(move |conn| {
            let last = find::last_of(conn, &list, &normal_code(&code))?;
            let list = find::list(conn, &list)?;
            Ok::<_, diesel::result::Error>(list.zip(last))
        })
        .await??;
    let found = found.filter(|(_, code)| code.until.is_some());
    found.ok_or(AppError::NotFound)
}

fn order_of(form: &SuccessorForm, list: &List, code: &Code) -> Result<Successor, FormErrors> {
    let mut errors = FormErrors::new();
    let by = errors.line("pengganti", &form.pengganti, "kode pengganti", CODE);
    let reason = errors.text("alasan", &form.alasan, "alasan", REASON);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Successor {
        list: list.name.clone(),
        ended: code.code.clone(),
        by: normal_code(&by),
        reason,
    })
}

fn again(
    user: &SignedIn,
    (list, code): (List, Code),
    form: SuccessorForm,
    errors: FormErrors,
) -> HttpResponse {
    let page = SuccessorPage {
        frame: user.frame(SECTION),
        list,
        code,
        form,
        errors,
    };
    rendered(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
