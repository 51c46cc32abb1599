//! By what a row is found again in another file: the declaration's row key.

use sha2::{Digest, Sha256};
use std::borrow::Cow;

use super::declaration::Dataset;
use super::model::{CheckedRow, Severity, Values};

/// By what a row is found again in another file of the same data set.
///
/// A row whose key can be read has one that is not negative: the hash of its
/// key. Any other row (a fault in the key itself, a second row with the same
/// key) has a negative one, the hash of all that stands in it, so that it is
/// found again only while nobody touches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowKey(i64);

impl RowKey {
    /// The number as it is stored.
    pub fn as_i64(self) -> i64 {
        self.0
    }

    /// The key of a record: the first 63 bits of the digest.
    pub(super) fn of_record(digest: Sha256) -> Self {
        Self((first_bits(digest) >> 1).cast_signed())
    }

    fn of_content(digest: Sha256) -> Self {
        Self(!(first_bits(digest) >> 1).cast_signed())
    }
}

fn first_bits(digest: Sha256) -> u64 {
    let digest = digest.finalize();
    let bytes = digest.iter().take(8);
    bytes.fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}

impl Dataset {
    /// By what this row is found again.
    pub fn row_key(&self, row: &CheckedRow) -> RowKey {
        let errors = || {
            row.findings
                .iter()
                .filter(|finding| finding.severity == Severity::Error)
        };
        let is_faulty = |field: &str| {
            errors().any(|finding| finding.field.as_deref().is_none_or(|name| name == field))
        };
        match self.key_digest(&row.values, is_faulty) {
            Some(digest) => RowKey::of_record(digest),
            None => RowKey::of_content(content_digest(row)),
        }
    }

    /// The key of a record; none when it cannot be read or is empty.
    pub(super) fn record_key(
        &self,
        values: &Values,
        is_faulty: impl Fn(&str) -> bool,
    ) -> Option<RowKey> {
        self.key_digest(values, is_faulty).map(RowKey::of_record)
    }

    /// Whether two rows with one key say the same, compared without case.
    pub(super) fn says_the_same(&self, one: &Values, other: &Values) -> bool {
        let text =
            |values: &Values, field| folded(values.get(field).unwrap_or_default()).into_owned();
        (0..self.fields.len())
            .filter(|field| !self.is_key_part(*field))
            .all(|field| {
                one.get(field) == other.get(field) || text(one, field) == text(other, field)
            })
    }

    /// The digest of the key; none when it cannot be read or is empty.
    pub(super) fn key_digest(
        &self,
        values: &Values,
        is_faulty: impl Fn(&str) -> bool,
    ) -> Option<Sha256> {
        let mut digest = Sha256::new();
        let mut is_empty = true;
        for (at, field) in self.key_fields(values) {
            if is_faulty(&self.fields.get(field)?.name) {
                return None;
            }
            let value = values.get(field);
            is_empty &= value.is_none();
            digest.update(at.to_le_bytes());
            digest.update(folded(value.unwrap_or_default()).as_bytes());
        }
        (!is_empty).then_some(digest)
    }

    /// Whether a field can be a part of the key.
    pub(super) fn is_key_part(&self, field: usize) -> bool {
        self.row_key.contains(&field)
            || (self.person.nip == Some(field)
                && self.person.id.is_some_and(|id| self.row_key.contains(&id)))
    }

    /// The values of the key's fields, compared without case; none where there
    /// is none.
    pub(super) fn key_parts(&self, values: &Values) -> Vec<Option<String>> {
        let part = |(_, field)| values.get(field).map(|value| folded(value).into_owned());
        self.key_fields(values).map(part).collect()
    }

    /// Whether a text stands for no value.
    pub(super) fn means_none(&self, text: &str) -> bool {
        self.missing
            .iter()
            .any(|missing| missing.eq_ignore_ascii_case(text))
    }

    /// The fields of the key: whoever has no ID PNS is known by the NIP.
    fn key_fields(&self, values: &Values) -> impl Iterator<Item = (u64, usize)> {
        let without_id = self.person.id.is_some_and(|id| values.get(id).is_none());
        let field = move |field: usize| match self.person.nip {
            Some(nip) if without_id && self.person.id == Some(field) => nip,
            _ => field,
        };
        (0..).zip(self.row_key.iter().map(move |at| field(*at)))
    }
}

/// All that stands in a row, as far as it is known: values, and what was typed
/// where there is none. A row of which nothing is known is its place.
fn content_digest(row: &CheckedRow) -> Sha256 {
    let mut digest = Sha256::new();
    for value in row.values.iter() {
        digest.update(folded(value.unwrap_or_default()).as_bytes());
        digest.update([0xff]);
    }
    for finding in &row.findings {
        digest.update(finding.value.as_bytes());
        digest.update([0xfe]);
    }
    if row.values.iter().all(|value| value.is_none()) {
        digest.update(row.number.to_le_bytes());
    }
    digest
}

/// Letters are compared without case.
pub(super) fn folded(value: &str) -> Cow<'_, str> {
    if value
        .bytes()
        .any(|byte| !byte.is_ascii() || byte.is_ascii_uppercase())
    {
        Cow::Owned(value.to_lowercase())
    } else {
        Cow::Borrowed(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datasets::{Code, Finding, Verdict, find};

    const ID: &str = "00000000000000000000000000000A01";

    fn row(values: [&str; 9], faults: &[(&str, &str)]) -> CheckedRow {
        let finding = |(field, value): &(&str, &str)| Finding {
            row: 2,
            column: Some(0),
            field: Some((*field).to_owned()).filter(|field| !field.is_empty()),
            code: Code::Required,
            severity: Severity::Error,
            value: (*value).to_owned(),
            params: vec![],
        };
        CheckedRow {
            number: 2,
            values: values.map(Some).into_iter().collect(),
            verdict: Verdict::Ready,
            findings: faults.iter().map(finding).collect(),
        }
    }

    fn course(id: &'static str, nip: &'static str, name: &'static str) -> [&'static str; 9] {
        [id, nip, "", name, "40", "2026-03-17", "2026", "", "S-1"]
    }

    fn key(values: [&str; 9], faults: &[(&str, &str)]) -> RowKey {
        find("riwayat-kursus")
            .unwrap()
            .row_key(&row(values, faults))
    }

    #[test]
    fn a_record_keeps_its_key_when_other_fields_change() {
        let before = key(course(ID, "", "Dasar"), &[("jumlah_jam", "x")]);
        let mut mended = course(ID, "", "DASAR");
        mended[4] = "80";
        assert_eq!(before, key(mended, &[]));
        assert!(before.as_i64() >= 0);
        assert_ne!(before, key(course(ID, "", "Lanjutan"), &[]));
    }

    #[test]
    fn whoever_has_no_id_is_known_by_the_nip() {
        let by_nip = |nip| key(course("", nip, "Dasar"), &[]);
        assert_ne!(by_nip("199001012015031901"), by_nip("199001012015031902"));
    }

    #[test]
    fn a_row_with_a_fault_in_its_key_is_known_by_all_that_stands_in_it() {
        let typed = |date| key(course(ID, "", "Dasar"), &[("tanggal_kursus", date)]);
        assert!(typed("17/3/26").as_i64() < 0);
        assert_eq!(typed("17/3/26"), typed("17/3/26"));
        assert_ne!(typed("17/3/26"), typed("18/3/26"));
    }

    #[test]
    fn a_second_row_with_the_same_key_does_not_take_it() {
        let second = key(course(ID, "", "Dasar"), &[("", "")]);
        assert_ne!(second, key(course(ID, "", "Dasar"), &[]));
    }
}
