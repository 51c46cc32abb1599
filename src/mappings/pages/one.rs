//! One code: what is proposed, what else it could be, what was decided.

use actix_session::Session;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use diesel::QueryResult;
use serde::Deserialize;

use super::{PLACE, SECTION};
use crate::accounts::{Permission, Scope, SignedIn};
use crate::institutions::{self, Institution};
use crate::mappings::actions::{self, DecideError, Order, Verdict};
use crate::mappings::model::{LIST, Mapping, MappingDecision, MappingId, MappingState};
use crate::mappings::propose::Titles;
use crate::mappings::queries::find;
use crate::mappings::text;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Flash, FormErrors, Frame, Page, filters, see_other};
use crate::references::LoadedCodes;

/// Candidates that are offered.
const CANDIDATES: usize = 8;
/// Characters of a note at most.
const NOTE: usize = 500;
/// Characters of a code at most.
const CODE: usize = 40;

/// What the candidates are sought by, instead of the code's own title.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OneQuery {
    cari: String,
}

/// What is decided.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecideForm {
    putusan: String,
    kode: String,
    catatan: String,
    dilihat: String,
}

struct Loaded {
    mapping: Mapping,
    owner: Option<Institution>,
    history: Vec<(MappingDecision, String)>,
    codes: LoadedCodes,
}

#[derive(Template)]
#[template(path = "mappings/one.html")]
struct OnePage {
    frame: Frame,
    one: Loaded,
    may_decide: bool,
    is_staff: bool,
    sought: String,
    candidates: Vec<(String, i32)>,
    form: DecideForm,
    errors: FormErrors,
}

impl OnePage {
    fn of(user: &SignedIn, one: Loaded, sought: String) -> Self {
        let name = if sought.trim().is_empty() {
            &one.mapping.name
        } else {
            &sought
        };
        let titles = Titles::of(one.codes.of(LIST));
        Self {
            frame: user.frame(SECTION),
            may_decide: user.account.role.may(Permission::ReviewSubmissions),
            is_staff: user.scope().institution().is_none(),
            candidates: titles.like(name, CANDIDATES),
            one,
            sought,
            form: DecideForm::default(),
            errors: FormErrors::new(),
        }
    }

    /// BKN's name of a code.
    fn name(&self, code: &str) -> &str {
        self.one
            .codes
            .name(LIST, code)
            .unwrap_or("tidak berlaku lagi")
    }
}

/// Shows the code.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    id: Path<MappingId>,
    query: Query<OneQuery>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (scope, id) = (user.scope(), id.into_inner());
    let one = db.read(move |conn| load(conn, scope, id)).await??;
    let sought: String = query.into_inner().cari.chars().take(100).collect();
    Ok(Page(OnePage::of(
        &user,
        one.ok_or(AppError::NotFound)?,
        sought,
    )))
}

fn load(conn: &mut DbConn, scope: Scope, id: MappingId) -> QueryResult<Option<Loaded>> {
    let Some(mapping) = find::one(conn, scope, id)? else {
        return Ok(None);
    };
    Ok(Some(Loaded {
        owner: institutions::find(conn, mapping.institution_id)?,
        history: find::decisions(conn, id)?,
        codes: LoadedCodes::load(conn, &[LIST])?,
        mapping,
    }))
}

/// Decides what the code is mapped to.
///
/// # Errors
/// The refusal, or the database's.
pub async fn decide(
    user: SignedIn,
    id: Path<MappingId>,
    form: Form<DecideForm>,
    session: Session,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let (scope, id, form, now) = (
        user.scope(),
        id.into_inner(),
        form.into_inner(),
        clock.now(),
    );
    let one = db.read(move |conn| load(conn, scope, id)).await??;
    let one = one.ok_or(AppError::NotFound)?;
    let order = match order_of(&form, id) {
        Ok(order) => order,
        Err(errors) => return Ok(again(&user, one, form, errors)),
    };
    let (by, is_mapped) = (user.account.clone(), order.verdict != Verdict::Nothing);
    let done = db
        .write(move |conn| actions::decide(conn, scope, &order, (&by, now)))
        .await?;
    match done {
        Err(DecideError::UnknownCode) => {
            let errors = FormErrors::one("kode", text::UNKNOWN_CODE);
            Ok(again(&user, one, form, errors))
        }
        Err(error) => Err(error.into()),
        Ok(()) => {
            Flash::put(&session, &text::decided(&one.mapping.code, is_mapped));
            Ok(see_other(&format!("{PLACE}/{id}")))
        }
    }
}

fn order_of(form: &DecideForm, mapping: MappingId) -> Result<Order, FormErrors> {
    let mut errors = FormErrors::new();
    let verdict = match form.putusan.as_str() {
        "tanpa" => Verdict::Nothing,
        "kode" => Verdict::Code(errors.line("kode", &form.kode, "kode BKN", CODE)),
        chosen => match chosen.strip_prefix("kode:") {
            Some(code) => Verdict::Code(code.chars().take(CODE).collect()),
            None => {
                errors.add("putusan", text::NO_VERDICT);
                Verdict::Nothing
            }
        },
    };
    let note = errors.text_or_none("catatan", &form.catatan, "catatan", NOTE);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Order {
        mapping,
        seen: form.dilihat.parse().unwrap_or(-1),
        verdict,
        note,
    })
}

fn again(user: &SignedIn, one: Loaded, form: DecideForm, errors: FormErrors) -> HttpResponse {
    let page = OnePage::of(user, one, String::new());
    let page = OnePage {
        form,
        errors,
        ..page
    };
    crate::platform::web::rendered(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY, &page)
}
