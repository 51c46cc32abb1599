//! Rules run over rows that were checked before, to see what they would find.
//! The rows are those that were kept: canonical values, and which cells could
//! not be read. What other rules found is left out of account.

use super::code::Code;
use super::context::{Codes, Institutions, Outside, People, Person, PersonKey};
use super::declaration::{Dataset, RuleUse};
use super::id::AsnId;
use super::model::{Severity, Values};
use super::rules::{Environment, LookUp, Row, Seen, field_bit};
use super::stage::Stages;
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

/// Rules on their way through one file.
pub struct Rehearsal<'a> {
    dataset: &'a Dataset,
    rules: Vec<Running<'a>>,
    file: PastFile<'a>,
}

struct Running<'a> {
    rule: &'a RuleUse,
    severity: Severity,
    seen: Seen,
}

/// What a rule would find in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsed {
    /// The row as a spreadsheet shows it.
    pub row: u32,
    /// The field's name; none when the row is meant.
    pub field: Option<String>,
    /// What it is about.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
}

impl<'a> Rehearsal<'a> {
    /// One rule, whatever its stage, at the top of a file; none where the data
    /// set has no such rule.
    pub fn of(dataset: &'a Dataset, rule: &str, file: PastFile<'a>) -> Option<Self> {
        let rule = dataset.rules.iter().find(|one| one.key == rule)?;
        let running = Running::of(rule, Severity::Warning);
        Some(Self {
            dataset,
            rules: vec![running],
            file,
        })
    }

    /// Every rule that is in force, at the top of a file.
    pub fn of_all(dataset: &'a Dataset, stages: &Stages, file: PastFile<'a>) -> Self {
        let in_force = |rule| {
            let severity = stages.of(rule).severity()?;
            Some(Running::of(rule, severity))
        };
        Self {
            dataset,
            rules: dataset.rules.iter().filter_map(in_force).collect(),
            file,
        }
    }

    /// What the rules would find in the next rows.
    ///
    /// # Errors
    /// The register's.
    pub fn next(&mut self, rows: &[PastRow]) -> Result<Vec<Rehearsed>, Outside> {
        let is_loaded = self.file.people.is_loaded();
        let mut found = self.look_up(rows)?.into_iter();
        let mut told = Vec::new();
        for row in rows {
            let mut answer = |is_asked: bool| match is_asked && is_loaded {
                true => found
                    .next()
                    .flatten()
                    .map_or(LookUp::Unknown, LookUp::Found),
                false => LookUp::NotAsked,
            };
            let (id, nip) = named(self.dataset, row);
            let people = (answer(id.is_some()), answer(nip.is_some()));
            self.judge(row, people, &mut told);
        }
        Ok(told)
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

    fn judge(
        &mut self,
        past: &PastRow,
        (by_id, by_nip): (LookUp, LookUp),
        told: &mut Vec<Rehearsed>,
    ) {
        let unread = past.unread.iter().map(|field| field_bit(*field));
        let mut row = Row {
            environment: Environment {
                dataset: self.dataset,
                today: self.file.today,
                codes: self.file.codes,
                institutions: &self.file.institutions,
            },
            number: past.number,
            values: &past.values,
            faulty: unread.fold(0, |all, bit| all | bit),
            by_id,
            by_nip,
            repeats: None,
        };
        for running in &mut self.rules {
            let Some(found) = running.find(&row, &self.file.columns) else {
                continue;
            };
            let field = found.field.as_deref();
            let at = field.and_then(|name| self.dataset.field(name));
            if let (Some((at, _)), Severity::Error) = (at, found.severity) {
                row.faulty |= field_bit(at);
            }
            told.push(found);
        }
    }
}

impl<'a> Running<'a> {
    fn of(rule: &'a RuleUse, severity: Severity) -> Self {
        Self {
            rule,
            severity,
            seen: Seen::default(),
        }
    }

    /// What the rule finds. As in a check, an indicator says nothing about a
    /// column that is not there.
    fn find(&mut self, row: &Row<'_>, columns: &[String]) -> Option<Rehearsed> {
        let broken = self.rule.rule.check(row, &mut self.seen)?;
        let field = broken.field.and_then(|at| row.field(at));
        let field = field.map(|field| field.name.clone());
        let is_there = || field.as_ref().is_some_and(|name| columns.contains(name));
        if self.rule.indicator.is_some() && !is_there() {
            return None;
        }
        Some(Rehearsed {
            row: row.number,
            field,
            code: self.rule.indicator.unwrap_or(broken.fault.code),
            severity: self.severity,
        })
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
    use crate::datasets::{CheckedRow, find};

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
        let mut hit = rehearsal.next(first).unwrap();
        hit.extend(rehearsal.next(rest).unwrap());
        hit.iter().map(|found| found.row).collect()
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
        /// All rules over the rows of a check find what that check found.
        #[test]
        fn checking_again_under_the_same_rules_finds_the_same(
            rows in proptest::collection::vec((0..30_u32, 0..3_usize, 0..4_usize), 1..40),
        ) {
            let dates = ["2026-03-17", "2025-03-17", "17 Maret", ""];
            let lines = rows.iter().map(|(number, name, date)| {
                course(*number, ["Dasar", "", "Akhir"][*name], dates[*date], "2026")
            });
            let file = format!("{HEADER}\n{}\n", lines.collect::<Vec<_>>().join("\n"));
            let mut trial = Trial::default();
            trial.run("a.csv", file.as_bytes()).unwrap();
            let mut people = Register::default();
            let file = PastFile {
                codes: &Lists,
                people: &mut people,
                today: "2026-11-20".parse().unwrap(),
                institutions: Institutions::Only(vec![OWN.parse().unwrap()]),
                columns: Vec::new(),
            };
            let dataset = find("riwayat-kursus").unwrap();
            let mut all = Rehearsal::of_all(dataset, &Stages::default(), file);
            let past: Vec<PastRow> = trial.kept.rows.iter().map(past).collect();
            let mut again: Vec<_> = all.next(&past).unwrap().into_iter().collect();
            let found = trial.kept.rows.iter().flat_map(|row| &row.findings);
            let found = found.filter(|finding| finding.code.is_of_rule());
            let mut found: Vec<Rehearsed> = found.map(|finding| Rehearsed {
                row: finding.row,
                field: finding.field.clone(),
                code: finding.code,
                severity: finding.severity,
            }).collect();
            let order = |one: &Rehearsed| (one.row, one.code, one.field.clone());
            again.sort_by_key(order);
            found.sort_by_key(order);
            proptest::prop_assert_eq!(again, found);
        }

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
