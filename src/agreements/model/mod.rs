//! An agreement and what it says.

mod agreement;
mod annex;
mod clause;
mod correspondent;
mod details;
mod population;
mod shape;
mod span;

pub use agreement::{Agreement, AgreementId, AgreementState, Notice};
pub use annex::{Direction, Grant, GrantId, GrantState};
pub use clause::{Anchor, Clause, ClauseId, ClauseKind, FeedbackHalf, Side, Unit};
pub use correspondent::{Correspondent, CorrespondentId, PartySide};
pub use details::{AgreementDetails, ClauseDetails, CorrespondentDetails, GrantDetails};
pub use population::Population;
pub use shape::{Counting, Terms, TermsFault};
pub use span::Span;
