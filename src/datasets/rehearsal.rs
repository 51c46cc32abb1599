//! One rule run over rows that were checked before, to see what it would find.
//! The rows are those that were kept: canonical values, and which cells could
//! not be read. What other rules found is left out of account.

use super::context::{Codes, Institutions, Outside, People, Person, PersonKey};
use super::declaration::{Dataset, RuleUse};
use super::id::AsnId;
use super::model::Values;
use super::rules::{Environment, LookUp, Row, Seen, field_bit};
use crate::platform::nip::Nip;
use chrono::NaiveDate;

/// A row that was checked before.
#[derive(Debug, Clone, Default)]
pub struct PastRow {
    /// The row as a spreadsheet shows it.
    pub number: u32,
    /// Canonical values in the order of the declaration.
    pub values: Values,
    /// Positions of the fields whose cell could not be read.
    pub unread: Vec<usize>,
}

/// What the file of these rows was checked with.
pub struct PastFile<'a> {
    /// The reference lists.
    pub codes: &'a dyn Codes,
    /// The register.
    pub people: &'a mut dyn People,
    /// The day that counts as today, in Jakarta.
    pub today: NaiveDate,
    /// The institutions that rows may name.
    pub institutions: Institutions,
    /// The names of the fields that the file has a column for.
    pub columns: Vec<String>,
}

/// A rule on its way through one file.
pub struct Rehearsal<'a> {
    dataset: &'a Dataset,
    rule: &'a RuleUse,
    file: PastFile<'a>,
    seen: Seen,
}

impl<'a> Rehearsal<'a> {
    /// Begins at the top of a file; none where the data set has no such rule.
    pub fn of(dataset: &'a Dataset, rule: &str, file: PastFile<'a>) -> Option<Self> {
        let rule = dataset.rules.iter().find(|one| one.key == rule)?;
        Some(Self {
            dataset,
            rule,
            file,
            seen: Seen::default(),
        })
    }

    /// Which of the next rows it would hit: the number of each.
    ///
    /// # Errors
    /// The register's.
    pub fn hits(&mut self, rows: &[PastRow]) -> Result<Vec<u32>, Outside> {
        let found = self.look_up(rows)?;
        let mut found = found.into_iter();
        let mut hit = Vec::new();
        for row in rows {
            let mut answer = |is_asked: bool| {
                if is_asked {
                    let person = found.next().flatten();
                    person.map_or(LookUp::Unknown, LookUp::Found)
                } else {
                    LookUp::NotAsked
                }
            };
            let is_loaded = self.file.people.is_loaded();
            let (id, nip) = named(self.dataset, row);
            let people = (
                answer(is_loaded && id.is_some()),
                answer(is_loaded && nip.is_some()),
            );
            if self.is_hit(row, people) {
                hit.push(row.number);
            }
        }
        Ok(hit)
    }

    fn look_up(&mut self, rows: &[PastRow]) -> Result<Vec<Option<Person>>, Outside> {
        let mut found = Vec::new();
        if self.file.people.is_loaded() {
            let keys = rows.iter().flat_map(|row| {
                let (id, nip) = named(self.dataset, row);
                let id = id.map(PersonKey::Id).into_iter();
                id.chain(nip.map(PersonKey::Nip))
            });
            let keys: Vec<PersonKey> = keys.collect();
            self.file.people.find(&keys, &mut found)?;
        }
        Ok(found)
    }

    fn is_hit(&mut self, row: &PastRow, (by_id, by_nip): (LookUp, LookUp)) -> bool {
        let unread = row.unread.iter().map(|field| field_bit(*field));
        let row = Row {
            environment: Environment {
                dataset: self.dataset,
                today: self.file.today,
                codes: self.file.codes,
                institutions: &self.file.institutions,
            },
            number: row.number,
            values: &row.values,
            faulty: unread.fold(0, |all, bit| all | bit),
            by_id,
            by_nip,
        };
        let Some(broken) = self.rule.rule.check(&row, &mut self.seen) else {
            return false;
        };
        let field = broken.field.and_then(|at| row.field(at));
        // As in a check: an indicator says nothing about a column that is not there.
        self.rule.indicator.is_none()
            || field.is_some_and(|field| self.file.columns.contains(&field.name))
    }
}

/// Who the row is about, as far as it tells.
fn named(dataset: &Dataset, row: &PastRow) -> (Option<AsnId>, Option<Nip>) {
    let value = |field: Option<usize>| {
        let field = field.filter(|at| !row.unread.contains(at))?;
        row.values.get(field)
    };
    let id = value(dataset.person.id).and_then(|text| text.parse().ok());
    let nip = value(dataset.person.nip).and_then(|text| text.parse().ok());
    (id, nip)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HEADER, Lists, OWN, Register, Trial, person};
    use super::*;
    use crate::datasets::{CheckedRow, Code, find};

    fn past(row: &CheckedRow) -> PastRow {
        let dataset = find("riwayat-kursus").unwrap();
        let fields = row.findings.iter().filter_map(|one| one.field.as_deref());
        let at = fields.filter_map(|name| dataset.field(name).map(|(at, _)| at));
        PastRow {
            number: row.number,
            values: row.values.clone(),
            unread: at.filter(|at| row.values.get(*at).is_none()).collect(),
        }
    }

    fn course(number: u32, name: &str, date: &str, year: &str) -> String {
        let (id, nip) = person(number);
        format!("{id},{nip},{OWN},{name},40,{date},{year},Lembaga Contoh,S-{number}")
    }

    fn rehearsed(rule: &str, rows: &[CheckedRow], split: usize) -> Vec<u32> {
        let mut people = Register::default();
        let file = PastFile {
            codes: &Lists,
            people: &mut people,
            today: "2026-11-20".parse().unwrap(),
            institutions: Institutions::Only(vec![OWN.parse().unwrap()]),
            columns: Vec::new(),
        };
        let mut rehearsal = Rehearsal::of(find("riwayat-kursus").unwrap(), rule, file).unwrap();
        let past: Vec<PastRow> = rows.iter().map(past).collect();
        let (first, rest) = past.split_at(split.min(past.len()));
        let mut hit = rehearsal.hits(first).unwrap();
        hit.extend(rehearsal.hits(rest).unwrap());
        hit
    }

    #[test]
    fn a_rule_that_does_not_exist_is_not_rehearsed() {
        let mut people = Register::default();
        let file = PastFile {
            codes: &Lists,
            people: &mut people,
            today: "2026-11-20".parse().unwrap(),
            institutions: Institutions::Any,
            columns: Vec::new(),
        };
        assert!(Rehearsal::of(find("riwayat-kursus").unwrap(), "sum", file).is_none());
    }

    proptest::proptest! {
        /// What a rehearsal hits in rows that no other rule speaks about is what a
        /// check finds, wherever the rows are parted.
        #[test]
        fn a_rehearsal_hits_what_a_check_finds(
            rows in proptest::collection::vec((0..30_u32, 0..3_usize, 0..4_usize), 1..40),
            split in 0..40_usize,
        ) {
            let dates = ["2026-03-17", "2025-03-17", "17 Maret", ""];
            let names = ["Dasar", "Lanjutan", "Akhir"];
            let lines = rows.iter().map(|(number, name, date)| {
                course(*number, names[*name], dates[*date], "2026")
            });
            let file = format!("{HEADER}\n{}\n", lines.collect::<Vec<_>>().join("\n"));
            let mut trial = Trial::default();
            trial.run("a.csv", file.as_bytes()).unwrap();
            for (rule, code) in [
                ("year-of-date", Code::YearDiffers),
                ("person-known", Code::PersonUnknown),
            ] {
                let found = trial.kept.rows.iter().filter(|row| {
                    row.findings.iter().any(|finding| finding.code == code)
                });
                let found: Vec<u32> = found.map(|row| row.number).collect();
                proptest::prop_assert_eq!(rehearsed(rule, &trial.kept.rows, split), found);
            }
        }
    }
}
