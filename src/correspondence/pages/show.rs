//! One mail: its text, its way, and sending it again.

use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use diesel::QueryResult;
use serde_json::json;

use crate::accounts::{Permission, SignedIn};
use crate::audit::{self, Entry};
use crate::correspondence::actions::{self, ResendError};
use crate::correspondence::model::{Attempt, MailId, MailState, StoredMail};
use crate::correspondence::{queries, text};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{Db, DbConn};
use crate::platform::mail::Mailer;
use crate::platform::web::{AppError, Flash, Frame, Page, filters, see_other};

#[derive(Template)]
#[template(path = "correspondence/show.html")]
struct ShowPage {
    frame: Frame,
    mail: StoredMail,
    message_id: String,
    attempts: Vec<Attempt>,
    pieces: Vec<text::Piece>,
    is_admin: bool,
    shows_secret: bool,
}

/// Shows a mail. Its text names people: the look is recorded.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    id: Path<MailId>,
    db: Data<Db>,
    clock: Data<Clock>,
    mailer: Data<Mailer>,
) -> Result<impl Responder, AppError> {
    let (id, actor, now) = (id.into_inner(), user.actor(), clock.now());
    let (mail, attempts) = db.write(move |conn| look(conn, id, actor, now)).await??;
    let is_admin = user.account.role.may(Permission::ManagePartners);
    // Where there is no mail server the admin hands one-time links on. With one,
    // nobody but the recipient may see them, however long they wait in the queue.
    let shows_secret = is_admin && mailer.keeps_files() && mail.secret.is_some();
    let body = if shows_secret {
        mail.filled(&mail.body_text, mailer.base_url())
    } else {
        mail.without_secret(&mail.body_text, mailer.base_url())
    };
    Ok(Page(ShowPage {
        frame: user.frame("/surel"),
        pieces: text::with_links(&body, mailer.base_url()),
        message_id: mail.message_id(mailer.base_url()),
        mail,
        attempts,
        is_admin,
        shows_secret,
    }))
}

fn look(
    conn: &mut DbConn,
    id: MailId,
    actor: String,
    now: Moment,
) -> QueryResult<(StoredMail, Vec<Attempt>)> {
    let mail = queries::find(conn, id)?;
    let attempts = queries::attempts(conn, id)?;
    let entry = Entry {
        actor,
        institution: mail.institution_id.clone(),
        action: "mail.read",
        subject: ("mail", id.to_string()),
        detail: json!({ "kind": mail.kind }),
    };
    audit::record(conn, entry, now)?;
    Ok((mail, attempts))
}

/// Sends a mail again.
///
/// # Errors
/// Not found, a refusal, or the database's.
pub async fn resend(
    user: SignedIn,
    session: Session,
    id: Path<MailId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (id, actor, now) = (id.into_inner(), user.actor(), clock.now());
    db.write(move |conn| actions::resend(conn, &actor, id, now))
        .await??;
    Flash::put(&session, "Surel dimasukkan lagi ke dalam antrean.");
    Ok(see_other(&format!("/surel/{id}")))
}

/// Records that a mail of which nobody knew did arrive.
///
/// # Errors
/// Not found, or the database's.
pub async fn settle(
    user: SignedIn,
    session: Session,
    id: Path<MailId>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (id, actor, now) = (id.into_inner(), user.actor(), clock.now());
    db.write(move |conn| actions::settle(conn, &actor, id, now))
        .await??;
    Flash::put(&session, "Surel dicatat sudah sampai.");
    Ok(see_other(&format!("/surel/{id}")))
}

impl ShowPage {
    fn may_settle(&self) -> bool {
        self.is_admin && self.mail.state() == MailState::Unsure
    }

    fn may_resend(&self) -> bool {
        self.is_admin && self.mail.state() != MailState::Waiting && !self.mail.has_lost_its_secret()
    }
}

impl From<ResendError> for AppError {
    fn from(error: ResendError) -> Self {
        match error {
            ResendError::SecretGone => Self::Refused(text::SECRET_GONE.to_owned()),
            ResendError::Database(error) => error.into(),
        }
    }
}
