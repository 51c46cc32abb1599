//! Nothing is sent again that was taken over before and has not changed. Other
//! content under the same key is a change, which is no fault.

use super::{Broken, Row, Rule, Seen};
use crate::datasets::code::Code;
use crate::datasets::values::Fault;

#[derive(Debug)]
pub(super) struct TakenOver;

impl Rule for TakenOver {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let taken = row.repeats?;
        let params = [taken.on.to_string(), taken.submission.to_string()];
        Some(Broken {
            field: None,
            fault: Fault::with(Code::TakenOver, params),
        })
    }
}
