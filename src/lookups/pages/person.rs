//! Looking one person up: the number is posted, so that it stands in no
//! address and no log.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::web::{Data, Form, Path};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::{SECTION, refused, seconds_until};
use crate::accounts::SignedIn;
use crate::agreements::AgreementId;
use crate::datasets::{Kind as FieldKind, PersonKey};
use crate::lookups::actions::{self, Answer, Cell, Looked, Offer, Question};
use crate::lookups::model::{Kind, limits};
use crate::lookups::text;
use crate::platform::clock::{Clock, Moment};
use crate::platform::config::{Config, LookupConfig};
use crate::platform::dates;
use crate::platform::db::Db;
use crate::platform::web::{AppError, FormErrors, Frame, filters, rendered};

/// The longest purpose, in characters.
const PURPOSE_LIMIT: usize = 200;
/// Characters of a number that are shown again.
const KEY_CHARACTERS: usize = 60;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    pegawai: String,
    keperluan: String,
}

#[derive(Template)]
#[template(path = "lookups/ask.html")]
struct AskPage {
    frame: Frame,
    offer: Offer,
    form: PersonForm,
    errors: FormErrors,
    is_missing: bool,
    /// That a limit is reached, and until when.
    limited: Option<String>,
}

#[derive(Template)]
#[template(path = "lookups/answer.html")]
struct AnswerPage {
    frame: Frame,
    answer: Answer,
    purpose: String,
    asker: String,
    at: Moment,
}

/// Asks whom to look up.
///
/// # Errors
/// Not found where the Annex does not grant it; the database's.
pub async fn show(
    user: SignedIn,
    path: Path<(AgreementId, String)>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let form = PersonForm::default();
    let wanted = path.into_inner();
    let page = AskPage::of(&user, wanted, form, (&db, clock.now())).await?;
    Ok(rendered(StatusCode::OK, &page))
}

/// Looks a person up and shows what the Annex grants of them.
///
/// # Errors
/// Not found where the Annex does not grant it; the limit; the database's.
pub async fn ask(
    user: SignedIn,
    path: Path<(AgreementId, String)>,
    form: Form<PersonForm>,
    (db, clock, config): (Data<Db>, Data<Clock>, Data<Config>),
) -> Result<HttpResponse, AppError> {
    let (now, set) = (clock.now(), config.lookups);
    let (agreement, dataset) = path.into_inner();
    let mut errors = FormErrors::new();
    let wanted = (agreement, dataset.clone());
    let Some((key, purpose)) = form.read(&mut errors) else {
        let mut page = AskPage::of(&user, wanted, form.0, (&db, now)).await?;
        page.errors = errors;
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let question = Question {
        agreement,
        dataset,
        key,
        purpose: purpose.clone(),
    };
    let (account, scope) = (user.account.clone(), user.scope());
    let found = db
        .write(move |conn| actions::look_up(conn, (&account, scope), &question, &set, now))
        .await?
        .map_err(refused)?;
    let answer = match found {
        Looked::Found(answer) => answer,
        other => {
            let page = AskPage::of(&user, wanted, form.0, (&db, now)).await?;
            return Ok(page.without_answer(&other, &set, now));
        }
    };
    let page = AnswerPage {
        frame: user.frame(SECTION),
        asker: user.account.name.clone(),
        answer,
        purpose,
        at: now,
    };
    Ok(rendered(StatusCode::OK, &page))
}

impl AskPage {
    async fn of(
        user: &SignedIn,
        (agreement, dataset): (AgreementId, String),
        form: PersonForm,
        (db, now): (&Db, Moment),
    ) -> Result<Self, AppError> {
        let scope = user.scope();
        let offer = db
            .read(move |conn| actions::open(conn, scope, (agreement, &dataset), now.jakarta_date()))
            .await?
            .map_err(refused)?;
        Ok(Self {
            frame: user.frame(SECTION),
            offer,
            form: PersonForm {
                pegawai: form.pegawai.chars().take(KEY_CHARACTERS).collect(),
                keperluan: form.keperluan,
            },
            errors: FormErrors::new(),
            is_missing: false,
            limited: None,
        })
    }

    /// The form as it was sent, with why there is no answer.
    fn without_answer(
        mut self,
        looked: &Looked<Answer>,
        set: &LookupConfig,
        now: Moment,
    ) -> HttpResponse {
        let Looked::Limited(reached) = *looked else {
            self.is_missing = true;
            return rendered(StatusCode::NOT_FOUND, &self);
        };
        self.limited = Some(text::limited(reached, &limits(Kind::Person, set), now));
        let mut response = rendered(StatusCode::TOO_MANY_REQUESTS, &self);
        let seconds = HeaderValue::from(seconds_until(reached, now));
        response.headers_mut().insert(RETRY_AFTER, seconds);
        response
    }
}

impl PersonForm {
    fn read(&self, errors: &mut FormErrors) -> Option<(PersonKey, String)> {
        let key = self.pegawai.parse::<PersonKey>();
        if let Err(fault) = key {
            errors.add("pegawai", text::key_fault(fault));
        }
        let purpose = errors.line("keperluan", &self.keperluan, "keperluan", PURPOSE_LIMIT);
        errors.refuse_nip("keperluan", &purpose);
        key.ok().filter(|_| errors.is_empty()).zip(Some(purpose))
    }
}

impl Cell {
    /// The value as people read it.
    fn shown(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }

    /// The value as a date, where it is one.
    fn day(&self) -> Option<String> {
        let is_date = matches!(self.field.kind, FieldKind::Date { .. });
        let day: NaiveDate = self.shown().parse().ok().filter(|_| is_date)?;
        Some(dates::long(day))
    }

    /// Whether it is a number that has no words.
    fn is_code(&self) -> bool {
        matches!(self.field.kind, FieldKind::Id | FieldKind::Nip)
    }
}
