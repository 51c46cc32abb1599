//! What people and the portal do with submissions. One deed, one transaction.

mod check;
mod progress;
mod reasons;
mod review;
mod send;
mod upload;

pub use check::{CancelError, RecheckError, cancel, recheck};
pub(super) use check::{Found, MailedError, conclude, refuse_file};
pub(super) use progress::compare;
pub use reasons::{ConfirmError, confirm};
pub use review::{
    DecideError, Mark, MarkError, ask_corrections, mark_rows, return_version, take_over,
};
pub use send::{Order, SendError, send};
pub use upload::{NewUpload, UploadError, add_version, begin};
