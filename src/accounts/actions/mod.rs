//! Deeds on accounts.

mod admin;
mod appointing;
mod changing;
mod closing;
mod entering;
mod linking;
mod own;
mod reach;
mod sessions;

pub use admin::{CreateAdminError, FirstAdmin, create_first_admin};
pub use appointing::{NominateError, Nomination, nominate};
pub use changing::{Change, ChangeError, change};
pub use closing::{CloseError, ReopenError, close, reopen};
pub use entering::{TryError, begin_try, fail_check, fail_try, sign_out, succeed};
pub use linking::{SendLinkError, SetPasswordError, ask_reset, send_link, set_password};
pub use own::{accept_statement, change_password};
pub use sessions::{EndSessionsError, Ending, end_own_sessions, end_sessions_of};

/// What can go wrong in any deed that writes and posts mail.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
    /// A mail could not be written.
    #[error("mail: {0}")]
    Mail(#[from] askama::Error),
    /// The operating system had no randomness to give.
    #[error("no randomness: {0}")]
    Randomness(#[from] getrandom::Error),
}

/// Lets a deed's error take in whatever fails beneath it.
macro_rules! takes_failures {
    ($($error:ty),+ $(,)?) => {$(
        impl From<diesel::result::Error> for $error {
            fn from(error: diesel::result::Error) -> Self {
                Self::Failed(error.into())
            }
        }
    )+};
}
use takes_failures;
