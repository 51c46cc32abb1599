//! No record twice in a file, and no value twice where each must differ. Keeps
//! hashes of the rows seen, never the rows: 16 bytes each.

use super::seen::{Earlier, Seen};
use super::{Broken, Row, Rule};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

#[derive(Debug)]
pub(super) struct UniqueRow {
    key: Vec<usize>,
    /// The other fields, by which a copy is told from a variant.
    rest: Vec<usize>,
    is_one_value: bool,
}

/// The rule that a field's values all differ.
pub(super) fn of_value(field: usize) -> Box<dyn Rule> {
    Box::new(UniqueRow {
        key: vec![field],
        rest: Vec::new(),
        is_one_value: true,
    })
}

impl UniqueRow {
    /// The rule that no record stands twice.
    pub(super) fn of_record(dataset: &Dataset) -> Self {
        Self {
            key: dataset.row_key.clone(),
            rest: (0..dataset.fields.len())
                .filter(|field| !dataset.row_key.contains(field))
                .collect(),
            is_one_value: false,
        }
    }

    fn code(&self, is_copy: bool) -> Code {
        match (self.is_one_value, is_copy) {
            (true, _) => Code::DuplicateValue,
            (false, true) => Code::DuplicateRow,
            (false, false) => Code::DuplicateKey,
        }
    }
}

impl Rule for UniqueRow {
    fn check(&self, row: &Row<'_>, seen: &mut Seen) -> Option<Broken> {
        if self.key.iter().any(|field| row.is_faulty(*field))
            || self.key.iter().all(|field| row.is_empty(*field))
        {
            return None;
        }
        let known = row.person();
        let person = known.map(|person| person.id);
        let key = seen.hash(person, |out| put(out, row, &self.key, known.is_some()));
        let content = seen.hash(person, |out| put(out, row, &self.rest, known.is_some())) as u32;
        let this = Earlier {
            key,
            row: row.number,
            content,
        };
        let earlier = seen.earlier(this)?;
        let code = self.code(earlier.content == content);
        let field = self.key.first().copied();
        Some(Broken {
            field: field.filter(|_| self.is_one_value),
            fault: Fault::with(code, [earlier.row.to_string()]),
        })
    }
}

/// Writes the values of the fields. Whoever is known in the register is the
/// same person by ID and by NIP: neither is written.
fn put(out: &mut String, row: &Row<'_>, fields: &[usize], is_known: bool) {
    let person = row.environment.dataset.person;
    for field in fields {
        let value = match Some(*field) {
            at if at == person.id && is_known => None,
            at if at == person.nip && is_known => continue,
            at if at == person.id && row.is_empty(*field) => {
                person.nip.and_then(|nip| row.value(nip))
            }
            _ => row.value(*field),
        };
        out.push_str(value.unwrap_or_default());
        out.push(END);
    }
}

/// No value holds control characters.
const END: char = '\0';

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    const COURSE: [(&str, &str); 5] = [
        ("id_pns", "488278690BF2FBDBAB87A1ED5D275692"),
        ("nama_kursus", "Pelatihan Dasar"),
        ("tanggal_kursus", "2025-03-02"),
        ("nomor_sertifikat", "S-1"),
        ("jumlah_jam", "40"),
    ];

    fn with(field: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
        COURSE
            .iter()
            .map(|&(name, old)| (name, if name == field { value } else { old }))
            .collect()
    }

    #[test]
    fn a_copy_names_the_row_it_copies() {
        let rule = rule("unique-row", "{}");
        assert!(rule.broken(&COURSE).is_none());
        assert_eq!(rule.broken(&COURSE), row_fault("duplicate-row", &["2"]));
        assert_eq!(
            rule.broken(&with("nama_kursus", "PELATIHAN dasar")),
            row_fault("duplicate-row", &["2"])
        );
    }

    #[test]
    fn the_same_record_with_other_content_is_told_apart_from_a_copy() {
        let rule = rule("unique-row", "{}");
        assert!(rule.broken(&COURSE).is_none());
        assert_eq!(
            rule.broken(&with("jumlah_jam", "80")),
            row_fault("duplicate-key", &["2"])
        );
        assert!(rule.broken(&with("tanggal_kursus", "2025-03-03")).is_none());
    }

    #[test]
    fn a_person_is_the_same_by_id_and_by_nip() {
        let rule = rule("unique-row", "{}");
        let by_nip: Vec<_> = COURSE
            .iter()
            .map(|&(name, value)| {
                if name == "id_pns" {
                    ("nip", "197203151996111903")
                } else {
                    (name, value)
                }
            })
            .collect();
        assert!(rule.broken_of(&COURSE, found(1), NOT_ASKED).is_none());
        assert_eq!(
            rule.broken_of(&by_nip, NOT_ASKED, found(1)),
            row_fault("duplicate-row", &["2"])
        );
    }

    #[test]
    fn a_row_with_a_faulty_key_is_compared_with_none() {
        let rule = rule("unique-row", "{}");
        assert!(rule.broken_with_faulty(&COURSE, "tanggal_kursus").is_none());
        assert!(rule.broken(&COURSE).is_none());
    }
}
