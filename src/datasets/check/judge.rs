//! The second of the two threads: asks the register, applies the rules, counts,
//! and hands the rows over.

use super::super::code::Code;
use super::super::context::{CheckError, Context, Flow, Person, PersonKey, Sink};
use super::super::declaration::{Dataset, RuleUse};
use super::super::header::{Header, short};
use super::super::model::{CheckedRow, Finding, Note, Severity, Summary, Tallies, Verdict};
use super::super::rules::{Environment, LookUp, Row, Seen, field_bit};
use super::batch::{Batch, Marks};

pub(super) struct Judge<'r, 'c> {
    dataset: &'r Dataset,
    context: &'r mut Context<'c>,
    sink: &'r mut dyn Sink,
    /// Rows in the file, as far as that is known.
    total: u64,
    /// What each rule remembers of the file.
    seen: Vec<Seen>,
    people: Answers,
    tallies: Tallies,
    summary: Summary,
}

/// What the register said about a batch: in the order of the questions.
#[derive(Default)]
struct Answers {
    keys: Vec<PersonKey>,
    found: Vec<Option<Person>>,
}

impl<'r, 'c> Judge<'r, 'c> {
    pub fn new(
        dataset: &'r Dataset,
        context: &'r mut Context<'c>,
        sink: &'r mut dyn Sink,
        total: u64,
    ) -> Self {
        Self {
            dataset,
            context,
            sink,
            total,
            seen: dataset.rules.iter().map(|_| Seen::of(total)).collect(),
            people: Answers::default(),
            tallies: Tallies::default(),
            summary: Summary::default(),
        }
    }

    /// Applies the rules to a batch and hands it over.
    pub fn judge(&mut self, batch: &mut Batch) -> Result<(), CheckError> {
        let is_asked = self.look_up(batch)?;
        let mut answers = self.people.found.iter();
        let mut answer = |is_named: bool| match (is_named && is_asked, &mut answers) {
            (true, answers) => answers
                .next()
                .copied()
                .flatten()
                .map_or(LookUp::Unknown, LookUp::Found),
            (false, _) => LookUp::NotAsked,
        };
        let header = std::sync::Arc::clone(&batch.header);
        let environment = Environment {
            dataset: self.dataset,
            codes: self.context.codes,
            institutions: &self.context.institutions,
        };
        for (row, marks) in batch.each() {
            recognise_own(environment, &mut row.findings);
            let people = (answer(marks.id.is_some()), answer(marks.nip.is_some()));
            apply_all(environment, (row, marks), people, &header, &mut self.seen);
            self.summary.count(row.verdict);
            row.findings
                .iter()
                .for_each(|found| self.tallies.count(found));
        }
        self.sink.batch(batch.rows()).map_err(CheckError::Sink)?;
        self.tell_progress()
    }

    /// Whether there is a register that could be asked.
    fn look_up(&mut self, batch: &Batch) -> Result<bool, CheckError> {
        if !self.context.people.is_loaded() {
            return Ok(false);
        }
        let Answers { keys, found } = &mut self.people;
        keys.clear();
        found.clear();
        for marks in batch.marks() {
            keys.extend(marks.id.map(PersonKey::Id));
            keys.extend(marks.nip.map(PersonKey::Nip));
        }
        self.context
            .people
            .find(keys, found)
            .map_err(CheckError::People)?;
        Ok(true)
    }

    /// Tells how far it is, and hears whether to go on.
    pub fn tell_progress(&mut self) -> Result<(), CheckError> {
        let done = self.summary.rows;
        let flow = self.sink.progress(done, self.total.max(done));
        match flow.map_err(CheckError::Sink)? {
            Flow::Continue => Ok(()),
            Flow::Cancel => Err(CheckError::Cancelled),
        }
    }

    /// What to say when rows name persons and there is nobody to compare with.
    pub fn note(&self) -> Option<Note> {
        let is_due = !self.context.people.is_loaded() && self.dataset.person.id.is_some();
        is_due.then_some(Note::RegisterNotLoaded)
    }

    /// Rows and findings, counted.
    pub fn into_summary(self) -> Summary {
        Summary {
            tallies: self.tallies.into_list(),
            ..self.summary
        }
    }
}

/// A partner's own code is no ID, so it was found as something else before
/// anybody looked into the lists.
fn recognise_own(environment: Environment<'_>, findings: &mut [Finding]) {
    let is_no_id = |found: &&mut Finding| matches!(found.code, Code::IdLength | Code::IdCharacters);
    for found in findings.iter_mut().filter(is_no_id) {
        let name = found.field.as_deref().unwrap_or_default();
        let field = environment.dataset.field(name);
        let Some(list) = field.and_then(|(_, field)| field.reference.as_deref()) else {
            continue;
        };
        if let Some(bkn) = environment.codes.own(list, &found.value) {
            found.code = Code::ReferenceOwn;
            found.params = vec![list.to_owned(), bkn];
        }
    }
}

fn apply_all(
    environment: Environment<'_>,
    (checked, marks): (&mut CheckedRow, &Marks),
    (by_id, by_nip): (LookUp, LookUp),
    header: &Header,
    seen: &mut [Seen],
) {
    let CheckedRow {
        values, findings, ..
    } = checked;
    let mut row = Row {
        environment,
        number: checked.number,
        values,
        faulty: marks.faulty,
        by_id,
        by_nip,
    };
    for (rule, seen) in environment.dataset.rules.iter().zip(seen) {
        if let Some((finding, faulty)) = apply(rule, &row, header, seen) {
            row.faulty |= faulty;
            findings.push(finding);
        }
    }
    findings.sort_by_key(|finding| finding.column);
    checked.verdict = Verdict::of(findings);
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
    let place = (column.map(short), field);
    let finding = Finding::of(row.number, place, rule.severity, broken.fault, value);
    Some((finding, bit))
}
