//! A signed-in person proves to be there by the password.

use crate::accounts::actions::{self, TryError};
use crate::accounts::model::Account;
use crate::accounts::{password, queries};
use crate::platform::clock::Moment;
use crate::platform::db::Db;
use crate::platform::web::AppError;

/// What a typed password proves.
pub(super) enum Proof {
    /// It is the right one.
    Right,
    /// It is not.
    Wrong,
    /// Too many were wrong before; seconds to wait.
    Wait(i64),
}

/// Compares a typed password with the account's. Wrong ones are recorded, and
/// slow down the next as at sign-in.
///
/// # Errors
/// `Busy` when too many passwords wait to be checked; the database's.
pub(super) async fn prove(
    account: &Account,
    typed: &str,
    address: String,
    db: &Db,
    now: Moment,
) -> Result<Proof, AppError> {
    if typed.chars().count() > password::MAX_CHARACTERS {
        return Ok(Proof::Wrong);
    }
    let nip = account.nip.clone();
    let begun = db
        .write(move |conn| actions::begin_try(conn, &nip, &address, now))
        .await?;
    let attempt = match begun {
        Ok(attempt) => attempt,
        Err(TryError::Wait(seconds)) => return Ok(Proof::Wait(seconds)),
        Err(TryError::Failed(error)) => return Err(error.into()),
    };
    if password::matches(typed.to_owned(), account.password_hash.clone()).await? {
        db.write(move |conn| queries::mark_succeeded(conn, attempt))
            .await??;
        return Ok(Proof::Right);
    }
    let account = account.clone();
    db.write(move |conn| actions::fail_check(conn, &account, now))
        .await??;
    Ok(Proof::Wrong)
}
