//! Rule books (aturan pemeriksaan): in which stage each rule of a data set is,
//! since when and why, and which version of the rules a check was made under.
//!
//! The declaration of a data set names its rules and the stage that each begins
//! with; BKN decides on another from a day on, gives the reason, and no decision
//! is ever changed. Whenever what is in force differs from the last version, the
//! next use makes a new one, kept whole, so that an old result can be explained.

mod actions;
mod mails;
mod model;
pub mod pages;
mod queries;
mod text;

pub use actions::{Current, NewDecision, current, decide, is_current, stages, today};
pub use model::{RuleInForce, RuleSet, RuleToday};
pub use queries::rule_set;
pub use text::{stage as stage_label, style as stage_style};
