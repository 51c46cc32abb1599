//! What people and the portal do with submissions. One deed, one transaction.

mod again;
mod check;
mod drafts;
mod own_codes;
mod progress;
mod reasons;
mod review;
mod send;
mod upload;

pub use again::{CheckAgainError, check_again};
pub use check::{CancelError, RecheckError, cancel, recheck};
pub(super) use check::{Found, MailedError, conclude, refuse_file};
pub(super) use drafts::next_new;
pub use drafts::{
    DraftError, Making, Rule, TypedCell, TypedRow, discard, finish_changes, finish_records,
    keep_row, remove_row, suggestions_on_from, take_suggestions, undo,
};
pub(super) use progress::compare;
pub use reasons::{ConfirmError, confirm};
pub use review::{
    DecideError, Mark, MarkError, ask_corrections, mark_rows, return_version, take_over,
};
pub(super) use send::refuse_second;
pub use send::{Order, SendError, send};
pub use upload::{NewUpload, UploadError, add_version, begin};
