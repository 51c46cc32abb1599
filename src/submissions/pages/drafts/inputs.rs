//! The inputs of a record, made from the declaration.

use crate::datasets::{Codes, Dataset, Field, Finding, Kind, Severity};
use crate::submissions::codes::Lists;
use crate::submissions::desk::Desk;

/// Codes that a list of choices shows at most.
const CHOICES: usize = 300;

/// One input.
pub(super) struct Input {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) hint: String,
    pub(super) is_required: bool,
    pub(super) value: String,
    pub(super) choices: Vec<(String, String)>,
    /// The reference list to look a code up in, where there are too many.
    pub(super) list: Option<&'static str>,
    pub(super) is_numeric: bool,
    /// What stands in the file, where it differs.
    pub(super) before: Option<String>,
    /// What somebody else has kept meanwhile.
    pub(super) theirs: Option<String>,
    pub(super) notes: Vec<Note>,
    pub(super) suggestion: Option<String>,
}

/// What is said beside an input.
pub(super) struct Note {
    pub(super) is_error: bool,
    pub(super) problem: String,
    pub(super) remedy: String,
}

impl Input {
    /// The id of its control.
    pub(super) fn id(&self) -> String {
        format!("isi-{}", self.name)
    }

    /// Whether one of its notes is an error.
    pub(super) fn is_wrong(&self) -> bool {
        self.notes.iter().any(|note| note.is_error)
    }

    /// Whether the value is none of the choices.
    pub(super) fn is_strange(&self) -> bool {
        !self.value.is_empty() && !self.choices.iter().any(|(code, _)| *code == self.value)
    }
}

/// The inputs of the granted fields with these texts and findings.
pub(super) fn of(
    desk: &Desk,
    codes: &Lists,
    (texts, before): (&[String], &[String]),
    findings: &[Finding],
) -> Vec<Input> {
    let input = |(at, field): (usize, &'static Field)| {
        let value = texts.get(at).cloned().unwrap_or_default();
        let base = before.get(at).cloned().unwrap_or_default();
        let found = findings
            .iter()
            .filter(|one| one.field.as_deref() == Some(&field.name));
        let found: Vec<&Finding> = found.collect();
        let (choices, list) = choices(field, codes);
        Input {
            name: &field.name,
            title: &field.title,
            hint: hint(field),
            is_required: field.required,
            choices,
            list,
            is_numeric: matches!(field.kind, Kind::Nip | Kind::Integer(_) | Kind::Year { .. }),
            before: (desk.base.is_some() && base != value).then_some(base),
            theirs: None,
            notes: found
                .iter()
                .map(|finding| note(finding, desk.dataset))
                .collect(),
            suggestion: found.iter().find_map(|finding| finding.suggestion()),
            value,
        }
    };
    desk.fields().map(input).collect()
}

/// A finding as it is said beside an input.
pub(super) fn note(finding: &Finding, dataset: &Dataset) -> Note {
    let sentence = finding.sentence(dataset);
    Note {
        is_error: finding.severity == Severity::Error,
        problem: sentence.problem,
        remedy: sentence.remedy,
    }
}

fn choices(field: &'static Field, codes: &Lists) -> (Vec<(String, String)>, Option<&'static str>) {
    if let Kind::Text(limits) = &field.kind
        && !limits.one_of.is_empty()
    {
        let plain = |value: &String| (value.clone(), value.clone());
        return (limits.one_of.iter().map(plain).collect(), None);
    }
    let Some(list) = field.reference.as_deref() else {
        return (Vec::new(), None);
    };
    let entries = codes.entries(list);
    if entries.is_empty() || entries.len() > CHOICES {
        return (Vec::new(), (!entries.is_empty()).then_some(list));
    }
    let named = |(code, name): (String, String)| (code.clone(), format!("{name} ({code})"));
    (entries.into_iter().map(named).collect(), None)
}

fn hint(field: &Field) -> String {
    let unit = field
        .unit
        .as_deref()
        .map(|unit| format!(" Satuan: {unit}."));
    let example = field
        .example
        .as_deref()
        .map(|example| format!(" Contoh: {example}."));
    format!(
        "{}{}{}",
        field.description,
        unit.unwrap_or_default(),
        example.unwrap_or_default()
    )
}
