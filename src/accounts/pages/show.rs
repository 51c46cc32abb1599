//! One account, and what the administrator does with it (A10).

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;
use serde::Deserialize;

use crate::accounts::actions::{self, CloseError, ReopenError, SendLinkError};
use crate::accounts::link::{AccountLink, LinkPurpose};
use crate::accounts::model::{Account, AccountId, State};
use crate::accounts::session::OwnSession;
use crate::accounts::{Permission, SignedIn, queries, text};
use crate::audit::{self, Entry};
use crate::institutions::Institution;
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{AppError, Flash, FormErrors, Frame, filters, rendered, see_other};

/// Longest reason, in characters.
const REASON_LIMIT: usize = 500;

/// Why an account is closed.
#[derive(Debug, Deserialize)]
pub struct CloseForm {
    #[serde(default)]
    alasan: String,
}

#[derive(Template)]
#[template(path = "accounts/show.html")]
struct ShowPage {
    frame: Frame,
    account: Account,
    institution: Institution,
    link: Option<AccountLink>,
    sessions: Vec<OwnSession>,
    now: Moment,
    may_manage: bool,
    is_own: bool,
    reason: String,
    errors: FormErrors,
}

impl ShowPage {
    fn situation(&self) -> &'static str {
        match self.account.state() {
            State::Invited if self.link.as_ref().is_some_and(|link| link.holds(self.now)) => {
                "menunggu kata sandi"
            }
            State::Invited => "belum memiliki tautan yang berlaku",
            State::Open => "aktif",
            State::Closed => "ditutup",
        }
    }
}

/// Shows an account.
///
/// # Errors
/// Not found; the database's.
pub async fn show(
    user: SignedIn,
    id: Path<AccountId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let page = page(&user, id.into_inner(), &db, &clock).await?;
    Ok(rendered(StatusCode::OK, &page))
}

/// Sends a new link: the invitation again, or one for a new password.
///
/// # Errors
/// Why it is not sent.
pub async fn send_link(
    user: SignedIn,
    session: Session,
    id: Path<AccountId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (id, now, by) = (id.into_inner(), clock.now(), user.account.clone());
    let sent = db
        .write(move |conn| actions::send_link(conn, &by, id, now))
        .await??;
    let sentence = match sent {
        LinkPurpose::Invitation => "Undangan baru dikirim. Tautan sebelumnya tidak berlaku lagi.",
        LinkPurpose::Reset => {
            "Tautan atur ulang kata sandi dikirim. Tautan sebelumnya tidak berlaku lagi."
        }
    };
    Flash::put(&session, sentence);
    Ok(see_other(&back(&user, id)))
}

/// Closes the account.
///
/// # Errors
/// Why it is not closed.
pub async fn close(
    user: SignedIn,
    session: Session,
    id: Path<AccountId>,
    form: Form<CloseForm>,
    stores: (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let (db, clock) = stores;
    let (id, now, by) = (id.into_inner(), clock.now(), user.account.clone());
    let reason = form.into_inner().alasan;
    let mut errors = FormErrors::new();
    errors.require("alasan", &reason, "alasan penutupan", REASON_LIMIT);
    if !errors.is_empty() && user.account.role.is_staff() {
        let mut page = page(&user, id, &db, &clock).await?;
        (page.reason, page.errors) = (reason, errors);
        return Ok(rendered(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    if let Some(sentence) = errors.of("alasan") {
        return Err(AppError::Refused(sentence.to_owned()));
    }
    db.write(move |conn| actions::close(conn, &by, id, &reason, now))
        .await??;
    Flash::put(&session, "Akun ditutup. Sesi dan tautannya berakhir.");
    Ok(see_other(&back(&user, id)))
}

/// Opens the account again.
///
/// # Errors
/// Why it is not opened.
pub async fn reopen(
    user: SignedIn,
    session: Session,
    id: Path<AccountId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (id, now, by) = (id.into_inner(), clock.now(), user.account.clone());
    db.write(move |conn| actions::reopen(conn, &by, id, now))
        .await??;
    Flash::put(&session, "Akun dibuka kembali. Undangan baru dikirim.");
    Ok(see_other(&back(&user, id)))
}

/// The page that shows what became of an account.
pub(super) fn back(user: &SignedIn, id: AccountId) -> String {
    if user.account.role.is_staff() {
        format!("/akun/{id}")
    } else {
        "/pic".to_owned()
    }
}

async fn page(
    user: &SignedIn,
    id: AccountId,
    db: &Db,
    clock: &Clock,
) -> Result<ShowPage, AppError> {
    let (now, actor) = (clock.now(), user.actor());
    let found = db.write(move |conn| look(conn, id, actor, now)).await??;
    let (account, institution, link, sessions) = found.ok_or(AppError::NotFound)?;
    Ok(ShowPage {
        frame: user.frame("/akun"),
        is_own: account.id == user.account.id,
        account,
        institution,
        link,
        sessions: sessions
            .into_iter()
            .filter(|session| session.is_live(now))
            .collect(),
        now,
        may_manage: user.account.role.may(Permission::ManagePartners),
        reason: String::new(),
        errors: FormErrors::new(),
    })
}

type Found = (Account, Institution, Option<AccountLink>, Vec<OwnSession>);

/// Reads the account and records the look at a person's data.
fn look(
    conn: &mut DbConn,
    id: AccountId,
    actor: String,
    now: Moment,
) -> diesel::QueryResult<Option<Found>> {
    let Some((account, institution)) = queries::with_institution(conn, id)? else {
        return Ok(None);
    };
    let entry = Entry {
        actor,
        institution: Some(institution.id.to_string()),
        action: "accounts.viewed",
        subject: ("account", id.to_string()),
        detail: serde_json::json!({}),
    };
    audit::record(conn, entry, now)?;
    let link = queries::latest_link(conn, id)?;
    let sessions = queries::sessions_of(conn, id, now)?;
    Ok(Some((account, institution, link, sessions)))
}

impl From<SendLinkError> for AppError {
    fn from(error: SendLinkError) -> Self {
        match error {
            SendLinkError::NotFound => Self::NotFound,
            SendLinkError::Closed => Self::Refused(text::CLOSED.into()),
            SendLinkError::Failed(error) => error.into(),
        }
    }
}

impl From<CloseError> for AppError {
    fn from(error: CloseError) -> Self {
        match error {
            CloseError::NotFound => Self::NotFound,
            CloseError::AlreadyClosed => Self::Refused("Akun ini sudah ditutup.".into()),
            CloseError::OwnAccount => Self::Refused(
                "Anda tidak dapat menutup akun sendiri. Minta administrator lain menutupnya."
                    .into(),
            ),
            CloseError::Failed(error) => error.into(),
        }
    }
}

impl From<ReopenError> for AppError {
    fn from(error: ReopenError) -> Self {
        match error {
            ReopenError::NotFound => Self::NotFound,
            ReopenError::NotClosed => Self::Refused("Akun ini masih aktif.".into()),
            ReopenError::Failed(error) => error.into(),
        }
    }
}
