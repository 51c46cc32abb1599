//! Indonesian words for mails.

use super::model::{Attempt, MailState, Outcome};
