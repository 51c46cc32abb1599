//! No record twice in a file, and no value twice where each must differ. Keeps
//! hashes of the rows seen, never the rows: 16 bytes each.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::{BuildHasher, Hash, Hasher};

use super::{Broken, Row, Rule};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::values::Fault;

/// The earlier rows of a file, by the hash of their key.
#[derive(Debug, Default)]
pub(in crate::datasets) struct Seen {
    /// Keyed anew for each file, so that nobody can prepare collisions.
    keys: RandomState,
    rows: HashMap<u64, Earlier>,
}

#[derive(Debug, Clone, Copy)]
struct Earlier {
    row: u32,
    /// Part of the hash of all values; enough to tell a copy from a variant.
    content: u32,
}

#[derive(Debug)]
pub(super) struct UniqueRow {
    key: Vec<usize>,
    is_one_value: bool,
}

/// The rule that a field's values all differ.
pub(super) fn of_value(field: usize) -> Box<dyn Rule> {
    Box::new(UniqueRow {
        key: vec![field],
        is_one_value: true,
    })
}

impl UniqueRow {
    /// The rule that no record stands twice.
    pub(super) fn of_record(dataset: &Dataset) -> Self {
        Self {
            key: dataset.row_key.clone(),
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
        let key = hash(&seen.keys, row, self.key.iter().copied());
        let content = hash(&seen.keys, row, 0..row.values.len()) as u32;
        match seen.rows.entry(key) {
            Entry::Vacant(free) => {
                free.insert(Earlier {
                    row: row.number,
                    content,
                });
                None
            }
            Entry::Occupied(earlier) => {
                let earlier = *earlier.get();
                let fault = Fault::with(
                    self.code(earlier.content == content),
                    [earlier.row.to_string()],
                );
                Some(Broken {
                    field: self
                        .is_one_value
                        .then(|| self.key.first().copied())
                        .flatten(),
                    fault,
                })
            }
        }
    }
}

/// Letters are compared without case; whoever is known in the register is the
/// same person by ID and by NIP.
fn hash(keys: &RandomState, row: &Row<'_>, fields: impl Iterator<Item = usize>) -> u64 {
    let person = row.environment.dataset.person;
    let mut hasher = keys.build_hasher();
    for field in fields {
        match row.person() {
            Some(known) if person.id == Some(field) => known.id.hash(&mut hasher),
            Some(_) if person.nip == Some(field) => {}
            _ if person.id == Some(field) && row.is_empty(field) => {
                fold(&mut hasher, person.nip.and_then(|nip| row.value(nip)))
            }
            _ => fold(&mut hasher, row.value(field)),
        }
        hasher.write_u8(0xff);
    }
    hasher.finish()
}

fn fold(hasher: &mut impl Hasher, value: Option<&str>) {
    let Some(value) = value else { return };
    if !value.is_ascii() {
        return hasher.write(value.to_lowercase().as_bytes());
    }
    for chunk in value.as_bytes().chunks(64) {
        let mut lower = [0; 64];
        for (lower, byte) in lower.iter_mut().zip(chunk) {
            *lower = byte.to_ascii_lowercase();
        }
        hasher.write(lower.get(..chunk.len()).unwrap_or_default());
    }
}

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
