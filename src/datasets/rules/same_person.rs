//! Where both ID PNS and NIP stand, they belong to the same person.

use super::{Broken, LookUp, Row, Rule, Seen};
use crate::datasets::code::Code;
use crate::datasets::values::Fault;

#[derive(Debug)]
pub(super) struct SamePerson;

impl Rule for SamePerson {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let (LookUp::Found(by_id), LookUp::Found(by_nip)) = (row.by_id, row.by_nip) else {
            return None;
        };
        if by_id == by_nip {
            return None;
        }
        Broken::at(
            row.environment.dataset.person.nip?,
            Fault::new(Code::PersonMismatch),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn two_keys_of_two_people_are_refused() {
        let rule = rule("same-person", "{}");
        assert_eq!(
            rule.broken_for(found(1), found(2)),
            fault("nip", "person-mismatch", &[])
        );
        assert!(rule.broken_for(found(1), found(1)).is_none());
    }

    #[test]
    fn one_key_alone_cannot_mismatch() {
        assert!(
            rule("same-person", "{}")
                .broken_for(found(1), NOT_ASKED)
                .is_none()
        );
    }
}
