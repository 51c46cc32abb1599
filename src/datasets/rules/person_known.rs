//! The person of a row is in the register and within the sender's reach. The
//! answer does not tell the two apart, so that nothing can be probed.

use super::{Broken, LookUp, Row, Rule, Seen};
use crate::datasets::code::Code;
use crate::datasets::values::Fault;

#[derive(Debug)]
pub(super) struct PersonKnown;

impl Rule for PersonKnown {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let person = row.environment.dataset.person;
        let unknown = |found, field: Option<usize>| {
            if found == LookUp::Unknown {
                field
            } else {
                None
            }
        };
        let field = unknown(row.by_id, person.id).or_else(|| unknown(row.by_nip, person.nip))?;
        Broken::at(field, Fault::new(Code::PersonUnknown))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn an_unknown_id_is_pointed_at_before_an_unknown_nip() {
        let rule = rule("person-known", "{}");
        assert_eq!(
            rule.broken_for(UNKNOWN, UNKNOWN),
            fault("id_pns", "person-unknown", &[])
        );
        assert_eq!(
            rule.broken_for(found(1), UNKNOWN),
            fault("nip", "person-unknown", &[])
        );
        assert!(rule.broken_for(found(1), found(1)).is_none());
    }

    #[test]
    fn nobody_is_unknown_who_was_not_asked_for() {
        assert!(
            rule("person-known", "{}")
                .broken_for(NOT_ASKED, NOT_ASKED)
                .is_none()
        );
    }
}
