//! The administrator ends sessions of another.

use actix_session::Session;
use actix_web::HttpResponse;
use actix_web::web::{Data, Form, Path};
use serde::Deserialize;

use super::show::back;
use crate::accounts::SignedIn;
use crate::accounts::actions::{self, EndSessionsError, Ending};
use crate::accounts::model::AccountId;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Flash, see_other};

/// Which session to end; empty means all.
#[derive(Debug, Deserialize)]
pub struct EndForm {
    #[serde(default)]
    sesi: String,
}

/// Ends one session, or all.
///
/// # Errors
/// Not found; the database's.
pub async fn end(
    user: SignedIn,
    session: Session,
    id: Path<AccountId>,
    form: Form<EndForm>,
    stores: (Data<Db>, Data<Clock>),
) -> Result<HttpResponse, AppError> {
    let (db, clock) = stores;
    let (id, now, by) = (id.into_inner(), clock.now(), user.account.clone());
    let asked = form.into_inner().sesi;
    let which = if asked.is_empty() {
        Ending::All
    } else {
        Ending::One(asked)
    };
    db.write(move |conn| actions::end_sessions_of(conn, &by, id, &which, now))
        .await??;
    Flash::put(&session, "Sesi diakhiri. Pemilik akun harus masuk lagi.");
    Ok(see_other(&back(&user, id)))
}

impl From<EndSessionsError> for AppError {
    fn from(error: EndSessionsError) -> Self {
        match error {
            EndSessionsError::NotFound => Self::NotFound,
            EndSessionsError::Failed(error) => error.into(),
        }
    }
}
