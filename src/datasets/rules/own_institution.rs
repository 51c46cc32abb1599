//! The institution of a row is the sender's own, or one of those that the
//! agreement lets it speak for. One that does not exist gets the same answer
//! as another's, so that nothing can be probed.

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct OwnInstitution(usize);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {
    field: String,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    Ok(Box::new(OwnInstitution(position(dataset, &params.field)?)))
}

impl Rule for OwnInstitution {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let named = row.value(self.0)?.parse();
        if named.is_ok_and(|named| row.environment.institutions.reach(named)) {
            None
        } else {
            Broken::at(self.0, Fault::new(Code::InstitutionNotYours))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    const RULE: &str = r#"{"field": "instansi_id"}"#;

    #[test]
    fn only_the_senders_own_institution_is_taken() {
        let rule =
            rule("own-institution", RULE).for_institution("8C0F4411EF4A99F3248A122022C9E262");
        assert!(
            rule.broken(&[("instansi_id", "8C0F4411EF4A99F3248A122022C9E262")])
                .is_none()
        );
        assert_eq!(
            rule.broken(&[("instansi_id", "284E0B50A650D6E5BB7DA8CCD44C9FC5")]),
            fault("instansi_id", "institution-not-yours", &[])
        );
    }

    #[test]
    fn a_sender_for_many_institutions_may_name_any() {
        assert!(
            rule("own-institution", RULE)
                .broken(&[("instansi_id", "284E0B50A650D6E5BB7DA8CCD44C9FC5")])
                .is_none()
        );
    }
}
