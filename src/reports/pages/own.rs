//! A letter to a partner and what it filed, as its PIC sees them (P13).

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, Responder};
use askama::Template;

use super::filing::LIMITS;
use super::{Answer, download};
use crate::accounts::{Names, Permission, Scope, SignedIn};
use crate::agreements::{self, Agreement, Clause, ClauseKind};
use crate::audit;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::files::FileStore;
use crate::platform::web::{AppError, FormErrors, Frame, OneTimeKey, Page, filters, rendered};
use crate::reports::model::{
    LetterId, LetterState, Report, ReportDecision, ReportId, RequestLetter,
};
use crate::reports::queries;

#[derive(Template)]
#[template(path = "reports/own_letter.html")]
pub(super) struct LetterPage {
    frame: Frame,
    pub(super) case: Case,
    pub(super) may_file: bool,
    pub(super) key: String,
    pub(super) note: String,
    pub(super) errors: FormErrors,
}

/// A letter and everything filed in answer, the latest first.
pub(super) struct Case {
    pub(super) letter: RequestLetter,
    agreement: Agreement,
    /// The clauses that make the report due.
    duties: Vec<Clause>,
    pub(super) answers: Vec<Answer>,
    names: Names,
}

/// Shows a letter, what was filed, and the form where a report is awaited.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    id: Path<LetterId>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let case = case(&db, user.scope(), id.into_inner()).await?;
    Ok(Page(LetterPage::new(&user, case)))
}

/// Hands out a report that the own institution filed.
///
/// # Errors
/// Not found, or the disk's.
pub async fn file(
    user: SignedIn,
    path: Path<(LetterId, ReportId)>,
    (db, clock, files): (Data<Db>, Data<Clock>, Data<FileStore>),
) -> Result<HttpResponse, AppError> {
    let (letter, id) = path.into_inner();
    let case = case(&db, user.scope(), letter).await?;
    let answer = case.answers.into_iter().find(|(report, _)| report.id == id);
    let (report, file) = answer.ok_or(AppError::NotFound)?;
    let (actor, now) = (user.actor(), clock.now());
    let look = super::look(actor, case.agreement.institution_id, &report);
    db.write(move |conn| audit::record(conn, look, now))
        .await??;
    download(files.path(file.id), &file).await
}

/// Reads a letter within reach with its answers; nothing is a 404.
pub(super) async fn case(db: &Db, scope: Scope, id: LetterId) -> Result<Case, AppError> {
    db.read(move |conn| Case::read(conn, scope, id))
        .await??
        .ok_or(AppError::NotFound)
}

impl Case {
    fn read(conn: &mut DbConn, scope: Scope, id: LetterId) -> diesel::QueryResult<Option<Self>> {
        let Some(letter) = queries::letter(conn, scope, id)? else {
            return Ok(None);
        };
        let Some(agreement) = agreements::find(conn, scope, letter.agreement_id)? else {
            return Ok(None);
        };
        let mut duties = agreements::clauses_of(conn, &[agreement.id])?;
        duties.retain(|clause| clause.kind == ClauseKind::RequestedReport);
        let answers = queries::answers(conn, id)?;
        let filers: Vec<String> = answers
            .iter()
            .map(|(r, _)| r.filed_by.to_string())
            .collect();
        let names = Names::of(conn, filers.iter().map(String::as_str))?;
        Ok(Some(Self {
            letter,
            agreement,
            duties,
            answers,
            names,
        }))
    }

    pub(super) fn state(&self) -> LetterState {
        let reports: Vec<Report> = self
            .answers
            .iter()
            .map(|(report, _)| report.clone())
            .collect();
        self.letter.state(&reports)
    }

    fn filer(&self, report: &Report) -> String {
        self.names.name(&report.filed_by.to_string()).to_owned()
    }
}

impl LetterPage {
    /// What a file may weigh, in words.
    fn limit(&self) -> String {
        LIMITS.in_words()
    }

    pub(super) fn new(user: &SignedIn, case: Case) -> Self {
        let permitted = user.account.role.may(Permission::SubmitData);
        Self {
            frame: user.frame("/laporan"),
            may_file: permitted && case.state().takes_a_report(),
            case,
            key: OneTimeKey::generate(),
            note: String::new(),
            errors: FormErrors::new(),
        }
    }

    /// The same page with what is wrong.
    pub(super) fn again(&self) -> HttpResponse {
        rendered(StatusCode::UNPROCESSABLE_ENTITY, self)
    }
}
