//! The second of the two threads: asks the register, applies the rules, counts,
//! and hands the rows over.

use super::super::code::Code;
use super::super::context::{CheckError, Context, Flow, Person, PersonKey, Sink, TakenRow};
use super::super::declaration::{Dataset, RuleUse};
use super::super::header::{Header, short};
use super::super::model::{CheckedRow, Finding, Note, Severity, Summary, Tallies, Verdict};
use super::super::rules::{Environment, LookUp, Row, Seen, TAKEN_OVER, field_bit};
use super::batch::{Batch, Marks};
use super::taken::Taken;

pub(super) struct Judge<'r, 'c> {
    dataset: &'r Dataset,
    context: &'r mut Context<'c>,
    sink: &'r mut dyn Sink,
    /// Rows in the file, as far as that is known.
    total: u64,
    /// The rules in force; those in rehearsal are left out.
    rules: Vec<InForce<'r>>,
    people: Answers,
    taken: Taken,
    tallies: Tallies,
    summary: Summary,
}

/// A rule in force, with what it remembers of the file.
struct InForce<'r> {
    rule: &'r RuleUse,
    severity: Severity,
    seen: Seen,
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
        let in_force = |rule| {
            context.stages.of(rule).severity().map(|severity| InForce {
                rule,
                severity,
                seen: Seen::of(total),
            })
        };
        let rules: Vec<InForce<'_>> = dataset.rules.iter().filter_map(in_force).collect();
        let compares = rules.iter().any(|one| one.rule.key == TAKEN_OVER);
        Self {
            rules,
            taken: Taken::new(compares && context.taken.is_some()),
            dataset,
            context,
            sink,
            total,
            people: Answers::default(),
            tallies: Tallies::default(),
            summary: Summary::default(),
        }
    }

    /// Applies the rules to a batch and hands it over.
    pub fn judge(&mut self, batch: &mut Batch) -> Result<(), CheckError> {
        let is_asked = self.look_up(batch)?;
        if let Some(rows) = self.context.taken.as_deref_mut() {
            self.taken.look_up(self.dataset, batch, rows)?;
        }
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
            today: self.context.today,
            codes: self.context.codes,
            institutions: &self.context.institutions,
        };
        for (at, (row, marks)) in batch.each().enumerate() {
            recognise_codes(environment, &mut row.findings);
            let known = Known {
                by_id: answer(marks.id.is_some()),
                by_nip: answer(marks.nip.is_some()),
                repeats: self.taken.repeated(at),
            };
            apply_all(environment, (row, marks), known, &header, &mut self.rules);
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

    /// What to say when rows name persons and there is nobody to compare with,
    /// and of rows that were taken over before.
    pub fn notes(&self) -> Vec<Note> {
        let is_due = !self.context.people.is_loaded() && self.dataset.person.id.is_some();
        let register = is_due.then_some(Note::RegisterNotLoaded).into_iter();
        register.chain(self.taken.notes()).collect()
    }

    /// Rows and findings, counted.
    pub fn into_summary(self) -> Summary {
        Summary {
            tallies: self.tallies.into_list(),
            ..self.summary
        }
    }
}

/// A partner's own code and a name in place of a code are no IDs, so they were
/// found as something else before anybody looked into the lists.
fn recognise_codes(environment: Environment<'_>, findings: &mut [Finding]) {
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
        } else if let Some(code) = environment.codes.code_named(list, &found.value) {
            found.params.push(code);
        }
    }
}

/// What is known of a row from elsewhere.
struct Known<'a> {
    by_id: LookUp,
    by_nip: LookUp,
    repeats: Option<&'a TakenRow>,
}

fn apply_all(
    environment: Environment<'_>,
    (checked, marks): (&mut CheckedRow, &Marks),
    known: Known<'_>,
    header: &Header,
    rules: &mut [InForce<'_>],
) {
    let CheckedRow {
        values, findings, ..
    } = checked;
    let mut row = Row {
        environment,
        number: checked.number,
        values,
        faulty: marks.faulty,
        by_id: known.by_id,
        by_nip: known.by_nip,
        repeats: known.repeats,
    };
    for rule in rules {
        if let Some((finding, faulty)) = apply(rule, &row, header) {
            row.faulty |= faulty;
            findings.push(finding);
        }
    }
    findings.sort_by_key(|finding| finding.column);
    checked.verdict = Verdict::of(findings);
}

/// A broken rule as a finding, and the bit of the field that is faulty now. An
/// indicator says nothing about a column that the file does not have.
fn apply(in_force: &mut InForce<'_>, row: &Row<'_>, header: &Header) -> Option<(Finding, u64)> {
    let InForce {
        rule,
        severity,
        seen,
    } = in_force;
    let mut broken = rule.rule.check(row, seen)?;
    let column = broken.field.and_then(|field| *header.columns.get(field)?);
    if let Some(indicator) = rule.indicator {
        column?;
        broken.fault.code = indicator;
    }
    let field = broken.field.and_then(|at| row.field(at));
    let value = broken
        .field
        .and_then(|at| row.values.get(at))
        .unwrap_or_default();
    let bit = match (*severity, broken.field) {
        (Severity::Error, Some(field)) => field_bit(field),
        _ => 0,
    };
    let place = (column.map(short), field);
    let finding = Finding::of(row.number, place, *severity, broken.fault, value);
    Some((finding, bit))
}
