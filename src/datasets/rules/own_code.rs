//! What a row says by a code of the sender's own agrees with what is known of
//! that code: the sender has handed it in, BKN has mapped it, and to the code
//! that stands beside it (all IDs are BKN's references: PKS LAN-BKN 2019,
//! Lampiran). Where nobody knows the sender's codes nothing is said.

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Row, Rule, RuleError, Seen, parse, position};
use crate::datasets::code::Code;
use crate::datasets::context::OwnCode;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

/// What is asked of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Asks {
    /// Where it stands alone, it was handed in.
    Known,
    /// Where it stands alone, it is mapped.
    Mapped,
    /// It is mapped to the code beside it, where it is mapped.
    Agrees,
}

#[derive(Debug)]
struct OwnCodeRule {
    code: usize,
    bkn: usize,
    asks: Asks,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {
    code: String,
    bkn: String,
    asks: Asks,
}

pub(super) fn build(params: Value, dataset: &Dataset) -> Result<Box<dyn Rule>, RuleError> {
    let params: Params = parse(params)?;
    Ok(Box::new(OwnCodeRule {
        code: position(dataset, &params.code)?,
        bkn: position(dataset, &params.bkn)?,
        asks: params.asks,
    }))
}

impl Rule for OwnCodeRule {
    fn check(&self, row: &Row<'_>, _seen: &mut Seen) -> Option<Broken> {
        let code = row.value(self.code)?;
        let beside = row.value(self.bkn);
        if beside.is_none() == (self.asks == Asks::Agrees) {
            return None;
        }
        let standing = row.environment.codes.own_code(code)?;
        match (self.asks, standing, beside) {
            (Asks::Known, OwnCode::Unknown(nearest), _) => {
                Broken::at(self.code, Fault::with(Code::OwnCodeUnknown, nearest))
            }
            (Asks::Mapped, OwnCode::Undecided, _) => {
                Broken::at(self.code, Fault::new(Code::OwnCodeUndecided))
            }
            (Asks::Mapped, OwnCode::Unmatched, _) => {
                Broken::at(self.code, Fault::new(Code::OwnCodeUnmatched))
            }
            (Asks::Agrees, OwnCode::Mapped(bkn), Some(beside)) if bkn != beside => {
                let params = [code.to_owned(), bkn];
                Broken::at(self.bkn, Fault::with(Code::OwnCodeDiffers, params))
            }
            _ => None,
        }
    }

    fn own_code(&self) -> Option<(usize, usize)> {
        Some((self.code, self.bkn))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    fn broken(asks: &str, code: &str, bkn: &str) -> Option<Told> {
        let params = format!(
            r#"{{"code": "kode_jf_binaan", "bkn": "jabatan_fungsional_id", "asks": "{asks}"}}"#
        );
        rule_of("jf-binaan", "own-code", &params)
            .broken(&[("kode_jf_binaan", code), ("jabatan_fungsional_id", bkn)])
    }

    #[test]
    fn a_code_that_stands_alone_was_handed_in_before() {
        assert_eq!(
            broken("known", "P-20", ""),
            fault("kode_jf_binaan", "own-code-unknown", &["P-2"])
        );
        assert!(broken("known", "P-2", "").is_none());
        assert!(broken("known", "P-20", SIXTY).is_none());
    }

    #[test]
    fn a_code_that_stands_alone_is_mapped() {
        for (code, told) in [
            ("OPEN", "own-code-undecided"),
            ("NONE", "own-code-unmatched"),
        ] {
            assert_eq!(
                broken("mapped", code, ""),
                fault("kode_jf_binaan", told, &[])
            );
        }
        assert!(broken("mapped", "P-2", "").is_none());
        assert!(broken("mapped", "OPEN", SIXTY).is_none());
    }

    #[test]
    fn both_codes_of_a_row_mean_the_same_position() {
        assert!(broken("agrees", "P-2", SIXTY).is_none());
        assert_eq!(
            broken("agrees", "P-2", BACHELOR),
            fault("jabatan_fungsional_id", "own-code-differs", &["P-2", SIXTY])
        );
        assert!(broken("agrees", "OPEN", BACHELOR).is_none());
    }

    #[test]
    fn where_nobody_knows_the_codes_nothing_is_said() {
        assert!(broken("known", "NOBODY", "").is_none());
    }
}
