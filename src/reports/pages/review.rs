//! What BKN does with filed reports. Verifiers decide, not the admin who asked
//! for the report and may suspend over it: asking and judging are kept apart.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use super::{Answer, download, look};
use crate::accounts::{Names, Permission, Scope, SignedIn};
use crate::agreements::{self, Agreement, AgreementId};
use crate::audit;
use crate::institutions::{self, Institution};
use crate::platform::clock::Clock;
use crate::platform::db::{Db, DbConn};
use crate::platform::files::FileStore;
use crate::platform::web::{
    AppError, Flash, FormErrors, Frame, Page, Pages, filters, list_address, rendered, see_other,
};
use crate::reports::actions::{self, DecideError};
use crate::reports::model::{LetterState, Report, ReportDecision, ReportId, RequestLetter};
use crate::reports::queries;

const PAGE_SIZE: i64 = 25;

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListFilter {
    keadaan: String,
    hal: Option<i64>,
}

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    putusan: String,
    alasan: String,
}

#[derive(Template)]
#[template(path = "reports/inbox.html")]
struct InboxPage {
    frame: Frame,
    filter: ListFilter,
    waiting: i64,
    rows: Vec<Row>,
    pages: Pages,
}

struct Row {
    report: Report,
    letter: RequestLetter,
    partner: Institution,
}

#[derive(Template)]
#[template(path = "reports/review.html")]
struct ReviewPage {
    frame: Frame,
    case: Case,
    may_decide: bool,
    form: DecisionForm,
    errors: FormErrors,
}

/// A filed report and everything around it.
struct Case {
    report: Report,
    file: crate::platform::files::StoredFile,
    /// The other reports to the same letter.
    others: Vec<Answer>,
    letter: RequestLetter,
    agreement: Agreement,
    partner: Institution,
    names: Names,
}

/// Lists what was filed, what waits first.
///
/// # Errors
/// The database's.
pub async fn inbox(
    user: SignedIn,
    filter: Query<ListFilter>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (scope, filter) = (user.scope(), filter.into_inner());
    let (state, page) = (filter.state(), filter.hal);
    let address = list_address("/laporan-masuk", &[("keadaan", &filter.keadaan)]);
    let (waiting, pages, rows) = db
        .read(move |conn| {
            let waiting = queries::count_filed(conn, scope, Some(LetterState::Filed))?;
            let total = queries::count_filed(conn, scope, state)?;
            let pages = Pages::new(page, PAGE_SIZE, total, &address);
            let span = (pages.limit(), pages.offset());
            let rows = queries::page_filed(conn, scope, state, span)?;
            Ok::<_, diesel::result::Error>((waiting, pages, rows))
        })
        .await??;
    Ok(Page(InboxPage {
        frame: user.frame("/laporan-masuk"),
        filter,
        waiting,
        rows: rows.into_iter().map(Row::from).collect(),
        pages,
    }))
}

impl From<(Report, RequestLetter, Institution)> for Row {
    fn from((report, letter, partner): (Report, RequestLetter, Institution)) -> Self {
        Self {
            report,
            letter,
            partner,
        }
    }
}

/// Shows a filed report.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    path: Path<(AgreementId, ReportId)>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let case = case(&db, user.scope(), path.into_inner()).await?;
    Ok(Page(ReviewPage::new(&user, case, DecisionForm::default())))
}

/// Hands out the PDF.
///
/// # Errors
/// Not found, or the disk's.
pub async fn file(
    user: SignedIn,
    path: Path<(AgreementId, ReportId)>,
    (db, clock, files): (Data<Db>, Data<Clock>, Data<FileStore>),
) -> Result<HttpResponse, AppError> {
    let case = case(&db, user.scope(), path.into_inner()).await?;
    let look = look(user.actor(), case.partner.id, &case.report);
    let now = clock.now();
    db.write(move |conn| audit::record(conn, look, now))
        .await??;
    download(files.path(case.file.id), &case.file).await
}

/// Accepts a report or returns it.
///
/// # Errors
/// Why it is refused.
pub async fn decide(
    user: SignedIn,
    path: Path<(AgreementId, ReportId)>,
    form: Form<DecisionForm>,
    (db, clock, session): (Data<Db>, Data<Clock>, Session),
) -> Result<HttpResponse, AppError> {
    let path = path.into_inner();
    let case = case(&db, user.scope(), path).await?;
    let mut page = ReviewPage::new(&user, case, form.into_inner());
    let Some((decision, reason)) = page.decision() else {
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let (by, now) = (user.account.id, clock.now());
    db.write(move |conn| actions::decide(conn, path, (decision, &reason), by, now))
        .await??;
    let sentence = match decision {
        ReportDecision::Accepted => "Laporan diterima. Pengirimnya diberi tahu lewat surel.",
        ReportDecision::Returned => "Laporan dikembalikan. Pengirimnya diberi tahu lewat surel.",
    };
    Flash::put(&session, sentence);
    Ok(see_other(&format!(
        "/perjanjian/{}/laporan/{}",
        path.0, path.1
    )))
}

async fn case(db: &Db, scope: Scope, path: (AgreementId, ReportId)) -> Result<Case, AppError> {
    db.read(move |conn| Case::read(conn, scope, path))
        .await??
        .ok_or(AppError::NotFound)
}

impl Case {
    fn read(
        conn: &mut DbConn,
        scope: Scope,
        (of, id): (AgreementId, ReportId),
    ) -> diesel::QueryResult<Option<Self>> {
        let report = queries::report(conn, scope, id)?;
        let Some(report) = report.filter(|report| report.agreement_id == of) else {
            return Ok(None);
        };
        let agreement = agreements::find(conn, scope, of)?;
        let letter = queries::letter(conn, scope, report.letter_id)?;
        let (Some(agreement), Some(letter)) = (agreement, letter) else {
            return Ok(None);
        };
        let Some(partner) = institutions::find(conn, agreement.institution_id)? else {
            return Ok(None);
        };
        let mut others = queries::answers(conn, letter.id)?;
        let Some(own) = others.iter().position(|(other, _)| other.id == id) else {
            return Ok(None);
        };
        let (report, file) = others.remove(own);
        let mut people = vec![report.filed_by.to_string()];
        people.extend(report.decided_by.map(|by| by.to_string()));
        let names = Names::of(conn, people.iter().map(String::as_str))?;
        Ok(Some(Self {
            report,
            file,
            others,
            letter,
            agreement,
            partner,
            names,
        }))
    }

    fn filer(&self) -> &str {
        self.named(Some(self.report.filed_by))
    }

    fn decider(&self) -> &str {
        self.named(self.report.decided_by)
    }

    fn named(&self, account: Option<crate::accounts::AccountId>) -> &str {
        account.map_or("", |id| self.names.of_account(id))
    }
}

impl ListFilter {
    /// The state that the address asks for; none for all of them.
    fn state(&self) -> Option<LetterState> {
        match self.keadaan.as_str() {
            "menunggu" => Some(LetterState::Filed),
            "diterima" => Some(LetterState::Accepted),
            "dikembalikan" => Some(LetterState::Returned),
            _ => None,
        }
    }
}

impl ReviewPage {
    fn new(user: &SignedIn, case: Case, form: DecisionForm) -> Self {
        let permitted = user.account.role.may(Permission::ReviewSubmissions);
        Self {
            frame: user.frame("/laporan-masuk"),
            may_decide: permitted && case.report.decision.is_none(),
            case,
            form,
            errors: FormErrors::new(),
        }
    }

    fn decision(&mut self) -> Option<(ReportDecision, String)> {
        let (form, errors) = (&self.form, &mut self.errors);
        let decision = errors.choice("putusan", &form.putusan, "putusannya");
        let reason = match decision {
            Some(ReportDecision::Returned) => {
                errors.text("alasan", &form.alasan, "yang perlu dilengkapi", 1_000)
            }
            _ => errors
                .text_or_none("alasan", &form.alasan, "catatan", 1_000)
                .unwrap_or_default(),
        };
        decision
            .filter(|_| errors.is_empty())
            .map(|decision| (decision, reason))
    }
}

impl From<DecideError> for AppError {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::NotFound => Self::NotFound,
            DecideError::NoReason => Self::Refused("Isi yang perlu dilengkapi.".into()),
            DecideError::Decided => Self::Refused("Laporan ini sudah diputus.".into()),
            DecideError::Database(error) => error.into(),
        }
    }
}
