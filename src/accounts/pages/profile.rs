//! A person's own account: data and sessions.

use actix_session::Session;
use actix_web::web::{Data, Form};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;

use crate::accounts::actions::{self, Ending};
use crate::accounts::model::Account;
use crate::accounts::session::{self as own_session, OwnSession};
use crate::accounts::{SignedIn, queries};
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Flash, Frame, Page, filters, see_other};

#[derive(Template)]
#[template(path = "accounts/profile.html")]
struct ProfilePage {
    frame: Frame,
    account: Account,
    institution: String,
    sessions: Vec<OwnSession>,
    mark: String,
}

/// Which session to end; empty means every other.
#[derive(Debug, Deserialize)]
pub struct EndForm {
    #[serde(default)]
    sesi: String,
}

/// Shows the own data and sessions.
///
/// # Errors
/// The database's.
pub async fn show(
    user: SignedIn,
    session: Session,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<impl Responder, AppError> {
    let (id, now) = (user.account.id, clock.now());
    let (sessions, found) = db
        .read(move |conn| {
            let sessions = queries::sessions_of(conn, id, now)?;
            Ok::<_, diesel::result::Error>((sessions, queries::with_institution(conn, id)?))
        })
        .await??;
    let (account, institution) = found.ok_or(AppError::NotFound)?;
    Ok(Page(ProfilePage {
        frame: user.frame("/profil"),
        account,
        institution: institution.name,
        sessions: sessions
            .into_iter()
            .filter(|session| session.is_live(now))
            .collect(),
        mark: own_session::mark(&session),
    }))
}

/// Ends one session, or every other one.
///
/// # Errors
/// The database's.
pub async fn end(
    user: SignedIn,
    session: Session,
    form: Form<EndForm>,
    db: Data<Db>,
    clock: Data<Clock>,
) -> Result<HttpResponse, AppError> {
    let (now, own, asked) = (
        clock.now(),
        own_session::mark(&session),
        form.into_inner().sesi,
    );
    let which = if asked.is_empty() {
        Ending::AllBut(own)
    } else {
        Ending::One(asked)
    };
    db.write(move |conn| actions::end_own_sessions(conn, &user.account, &which, now))
        .await??;
    Flash::put(&session, "Sesi diakhiri.");
    Ok(see_other("/profil"))
}
