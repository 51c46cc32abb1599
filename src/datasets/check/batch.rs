//! Rows that are parsed and wait for the register's answer.

use std::collections::{HashMap, HashSet};

use super::finding;
use crate::datasets::context::{BATCH, CheckError, Context, Person, PersonKey};
use crate::datasets::declaration::{Dataset, RuleUse};
use crate::datasets::header::Header;
use crate::datasets::id::AsnId;
use crate::datasets::model::{CheckedRow, Finding, Severity, Values, Verdict};
use crate::datasets::rules::{Environment, LookUp, Row, Seen, field_bit};
use crate::platform::nip::Nip;

/// A row whose cells are read and whose rules are not.
pub(super) struct Pending {
    pub number: u32,
    pub values: Values,
    pub faulty: u64,
    pub findings: Vec<Finding>,
    pub id: Option<AsnId>,
    pub nip: Option<Nip>,
}

impl Pending {
    pub fn new(number: u32, fields: usize) -> Self {
        Self {
            number,
            values: Values::with_capacity(fields),
            faulty: 0,
            findings: Vec::new(),
            id: None,
            nip: None,
        }
    }

    fn keys(&self) -> impl Iterator<Item = PersonKey> {
        self.id
            .map(PersonKey::Id)
            .into_iter()
            .chain(self.nip.map(PersonKey::Nip))
    }
}

pub(super) struct Batch {
    pub rows: Vec<Pending>,
    /// What each rule remembers of the file.
    seen: Vec<Seen>,
}

type People = HashMap<PersonKey, Person>;

impl Batch {
    pub fn new(dataset: &Dataset) -> Self {
        Self {
            rows: Vec::with_capacity(BATCH),
            seen: dataset.rules.iter().map(|_| Seen::default()).collect(),
        }
    }

    /// Applies the rules to all waiting rows.
    pub fn judge(
        &mut self,
        dataset: &Dataset,
        context: &mut Context<'_>,
        header: &Header,
    ) -> Result<Vec<CheckedRow>, CheckError> {
        let people = self.look_up(context)?;
        let environment = Environment {
            dataset,
            codes: context.codes,
            institutions: &context.institutions,
        };
        let seen = &mut self.seen;
        let rows = self
            .rows
            .drain(..)
            .map(|pending| judge_row(pending, environment, people.as_ref(), header, seen));
        Ok(rows.collect())
    }

    fn look_up(&self, context: &mut Context<'_>) -> Result<Option<People>, CheckError> {
        if !context.people.is_loaded() {
            return Ok(None);
        }
        let keys: HashSet<PersonKey> = self.rows.iter().flat_map(Pending::keys).collect();
        let keys: Vec<PersonKey> = keys.into_iter().collect();
        context
            .people
            .lookup(&keys)
            .map(Some)
            .map_err(CheckError::People)
    }
}

fn judge_row(
    mut pending: Pending,
    environment: Environment<'_>,
    people: Option<&People>,
    header: &Header,
    seen: &mut [Seen],
) -> CheckedRow {
    let look_up = |key: Option<PersonKey>| match (key, people) {
        (Some(key), Some(people)) => people
            .get(&key)
            .map_or(LookUp::Unknown, |person| LookUp::Found(*person)),
        _ => LookUp::NotAsked,
    };
    let (by_id, by_nip) = (
        look_up(pending.id.map(PersonKey::Id)),
        look_up(pending.nip.map(PersonKey::Nip)),
    );
    for (rule, seen) in environment.dataset.rules.iter().zip(seen) {
        let row = Row {
            environment,
            number: pending.number,
            values: &pending.values,
            faulty: pending.faulty,
            by_id,
            by_nip,
        };
        if let Some(found) = apply(rule, &row, header, seen) {
            pending.faulty |= found.1;
            pending.findings.push(found.0);
        }
    }
    pending.findings.sort_by_key(|finding| finding.column);
    let verdict = Verdict::of(&pending.findings);
    CheckedRow {
        number: pending.number,
        values: pending.values,
        verdict,
        findings: pending.findings,
    }
}

/// A broken rule as a finding, and the bit of the field that is faulty now.
fn apply(
    rule: &RuleUse,
    row: &Row<'_>,
    header: &Header,
    seen: &mut Seen,
) -> Option<(Finding, u64)> {
    let broken = rule.rule.check(row, seen)?;
    let column = broken.field.and_then(|field| *header.columns.get(field)?);
    let field = broken.field.and_then(|at| row.field(at));
    let value = broken
        .field
        .and_then(|at| row.values.get(at))
        .unwrap_or_default();
    let bit = match (rule.severity, broken.field) {
        (Severity::Error, Some(field)) => field_bit(field),
        _ => 0,
    };
    Some((
        finding(
            row.number,
            column,
            field,
            rule.severity,
            broken.fault,
            value,
        ),
        bit,
    ))
}
