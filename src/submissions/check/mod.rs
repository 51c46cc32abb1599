//! What the child process does: check one uploaded file, or mark one.

mod amend;
mod keep;
mod mark;
mod merge;
mod run;
mod store;
mod taken;

pub use mark::{MarkUploadError, mark_upload};
pub(super) use run::what;
pub use run::{CheckUploadError, check_upload};
