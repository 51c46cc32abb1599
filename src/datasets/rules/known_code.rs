//! A code is in its reference list (all IDs are BKN's references: PKS LAN-BKN
//! 2019, Lampiran). A list that is not loaded refuses nothing.

use super::{Broken, Row, Rule, Seen};
use crate::datasets::code::Code;
use crate::datasets::context::Codes;
use crate::datasets::values::Fault;

#[derive(Debug)]
struct KnownCode {
    field: usize,
    list: String,
}

pub(super) fn rule(field: usize, list: String) -> Box<dyn Rule> {
    Box::new(KnownCode { field, list })
}

/// Zeros that a spreadsheet can have taken away from the front of a code.
const LOST_ZEROS: [&str; 3] = ["0", "00", "000"];

impl KnownCode {
    /// The code that was probably meant: with the zeros that it has lost, or of
    /// the name that was written in its place.
    fn nearest(&self, codes: &dyn Codes, typed: &str) -> Option<String> {
        let padded = LOST_ZEROS.iter().map(|zeros| format!("{zeros}{typed}"));
        padded
            .into_iter()
            .find(|code| codes.contains(&self.list, code))
            .or_else(|| codes.code_named(&self.list, typed))
    }
}

impl Rule for KnownCode {
    fn check(&self, row: &Row<'_>, seen: &mut Seen) -> Option<Broken> {
        let code = row.value(self.field)?;
        if seen.is_known(code) {
            return None;
        }
        let codes = row.environment.codes;
        if !codes.is_loaded(&self.list) {
            return None;
        }
        if codes.contains(&self.list, code) {
            seen.note_known(code);
            return None;
        }
        let fault = match codes.replacement(&self.list, code) {
            Some((by, on)) => Fault::with(
                Code::ReferenceReplaced,
                [self.list.clone(), by, on.to_string()],
            ),
            None => match codes.own(&self.list, code) {
                Some(bkn) => Fault::with(Code::ReferenceOwn, [self.list.clone(), bkn]),
                None => {
                    let list = [self.list.clone()].into_iter();
                    let nearest = self.nearest(codes, code);
                    Fault::with(Code::ReferenceUnknown, list.chain(nearest))
                }
            },
        };
        Broken::at(self.field, fault)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn a_code_outside_its_list_is_refused() {
        let rule = reference("jenis_jabatan_id", "jenis-jabatan");
        assert!(rule.broken(&[("jenis_jabatan_id", "2")]).is_none());
        assert_eq!(
            rule.broken(&[("jenis_jabatan_id", "9")]),
            fault("jenis_jabatan_id", "reference-unknown", &["jenis-jabatan"])
        );
    }

    #[test]
    fn a_code_that_was_replaced_is_told_with_its_successor() {
        assert_eq!(
            reference("jenis_jabatan_id", "jenis-jabatan").broken(&[("jenis_jabatan_id", "8")]),
            fault(
                "jenis_jabatan_id",
                "reference-replaced",
                &["jenis-jabatan", "4", "2026-07-01"]
            )
        );
    }

    #[test]
    fn a_list_that_is_not_loaded_refuses_nothing() {
        assert!(
            reference("jenis_jabatan_id", "jabatan-fungsional")
                .broken(&[("jenis_jabatan_id", "9")])
                .is_none()
        );
    }
}
