//! What a rule sees of a row.

use chrono::NaiveDate;

use crate::datasets::context::{Codes, Institutions, Person, TakenRow};
use crate::datasets::declaration::{Dataset, Field};
use crate::datasets::model::Values;
use crate::platform::nip::Nip;

/// What the register said about a key of the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookUp {
    /// There was no key, or a faulty one, or there is no register.
    NotAsked,
    /// Nobody within reach.
    Unknown,
    /// This person.
    Found(Person),
}

/// What holds for all rows of a file.
#[derive(Clone, Copy)]
pub struct Environment<'a> {
    pub dataset: &'a Dataset,
    /// Today in Jakarta.
    pub today: NaiveDate,
    pub codes: &'a dyn Codes,
    pub institutions: &'a Institutions,
}

/// A row with the canonical values of its sound cells.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    pub environment: Environment<'a>,
    pub number: u32,
    pub values: &'a Values,
    /// A bit for each field with an error.
    pub faulty: u64,
    pub by_id: LookUp,
    pub by_nip: LookUp,
    /// The row of an earlier submission, taken over, that says the same.
    pub repeats: Option<&'a TakenRow>,
}

impl<'a> Row<'a> {
    /// The value of a field; none when it is empty or faulty.
    pub fn value(&self, field: usize) -> Option<&'a str> {
        self.values.get(field).filter(|_| !self.is_faulty(field))
    }

    /// Whether an error was found in the field.
    pub fn is_faulty(&self, field: usize) -> bool {
        self.faulty & field_bit(field) != 0
    }

    /// Whether the field is empty without being faulty.
    pub fn is_empty(&self, field: usize) -> bool {
        !self.is_faulty(field) && self.values.get(field).is_none()
    }

    /// Who the row is about, where that is known.
    pub fn person(&self) -> Option<Person> {
        match (self.by_id, self.by_nip) {
            (LookUp::Found(person), _) | (_, LookUp::Found(person)) => Some(person),
            _ => None,
        }
    }

    /// The NIP that the row names, where it names a sound one.
    pub fn nip(&self) -> Option<Nip> {
        let field = self.environment.dataset.person.nip?;
        self.value(field)?.parse().ok()
    }

    /// The date in a field.
    pub fn date(&self, field: usize) -> Option<NaiveDate> {
        self.value(field)?.parse().ok()
    }

    /// The declared field.
    pub fn field(&self, position: usize) -> Option<&'a Field> {
        self.environment.dataset.fields.get(position)
    }

    /// The title of a field.
    pub fn title(&self, position: usize) -> String {
        self.field(position)
            .map(|field| field.title.clone())
            .unwrap_or_default()
    }
}

/// The bit of a field in a row's set of faulty fields.
pub fn field_bit(field: usize) -> u64 {
    u32::try_from(field)
        .ok()
        .and_then(|shift| 1_u64.checked_shl(shift))
        .unwrap_or(0)
}
