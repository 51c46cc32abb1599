//! A data set as its declaration tells it: fields, types, limits, references
//! and rules. One JSON file each under `datasets/`, Frictionless Table Schema
//! with our own extensions under the key `padan` (see `datasets/README.md`).

mod embedded;
mod raw;

use chrono::NaiveDate;
use regex::Regex;

use super::code::Code;
use super::header;
use super::rules::{Attribute, Rule};
use super::stage::Stage;
use super::told::ToldRule;
use crate::platform::secret;

pub use embedded::{DeclarationError, all, find, parse, title_of};

/// One declared data set.
#[derive(Debug)]
pub struct Dataset {
    /// The file's name without its extension: `riwayat-kursus`.
    pub name: String,
    /// The name people read: "Riwayat kursus".
    pub title: String,
    /// What the rows are, in Indonesian.
    pub description: String,
    /// The agreement and annex that ask for it.
    pub source: String,
    /// Counts up with each change of the fields; printed in the template.
    pub version: u32,
    /// Which side gives it to which.
    pub direction: Direction,
    /// The columns, in the order of the declaration.
    pub fields: Vec<Field>,
    /// Texts that mean "no value".
    pub(super) missing: Vec<String>,
    /// The fields that say who a row is about.
    pub(super) person: PersonFields,
    /// Positions of the fields by which two rows are the same record.
    pub(super) row_key: Vec<usize>,
    pub(super) rules: Vec<RuleUse>,
    /// The declaration itself, JSON in one form.
    pub(super) content: String,
    /// The declared ones among the rules, to be put into words.
    pub(super) told: Vec<ToldRule>,
}

/// Who gives the data to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The partner institution sends, BKN receives.
    PartnerToBkn,
    /// BKN gives, the partner institution receives.
    BknToPartner,
}

/// One column.
#[derive(Debug)]
pub struct Field {
    /// The column's name in files: `tanggal_kursus`.
    pub name: String,
    /// The name people read: "Tanggal kursus".
    pub title: String,
    /// What belongs into it, in Indonesian.
    pub description: String,
    /// What a value looks like.
    pub kind: Kind,
    /// Whether each row must have a value.
    pub required: bool,
    /// An example value.
    pub example: Option<String>,
    /// The unit of a number: "jam".
    pub unit: Option<String>,
    /// What the clients and exports of SIASN call this column.
    pub siasn: Vec<String>,
    /// Other headers that mean this column.
    pub aliases: Vec<String>,
    /// The reference list that the value must be in.
    pub reference: Option<String>,
    /// Whether a date or year may lie after today.
    pub not_after_today: bool,
    /// Whether no two rows of a file may hold the same value.
    pub unique: bool,
}

/// What a value looks like.
#[derive(Debug)]
pub enum Kind {
    /// 32 hexadecimal digits.
    Id,
    /// 18 digits of a NIP or NI PPPK.
    Nip,
    /// Text on one line.
    Text(TextLimits),
    /// A whole number.
    Integer(IntegerLimits),
    /// A number with a fixed count of decimals.
    Decimal(DecimalLimits),
    /// A calendar date.
    Date {
        /// The earliest date taken.
        earliest: Option<NaiveDate>,
    },
    /// A year of four digits.
    Year {
        /// The earliest year taken.
        earliest: i32,
    },
}

/// Limits of a text, in characters.
#[derive(Debug)]
pub struct TextLimits {
    /// The least number of characters.
    pub min: usize,
    /// The greatest number of characters.
    pub max: usize,
    /// What the whole text must match.
    pub pattern: Option<Regex>,
    /// The only texts allowed; empty when any is.
    pub one_of: Vec<String>,
}

/// Limits of a whole number, both inclusive.
#[derive(Debug)]
pub struct IntegerLimits {
    /// The least value.
    pub min: i64,
    /// The greatest value.
    pub max: i64,
    /// A greater value is possible but has to be explained.
    pub warn_above: Option<i64>,
}

/// Limits of a decimal number, both inclusive, in units of `10^-places`.
#[derive(Debug)]
pub struct DecimalLimits {
    /// The least value.
    pub min: i64,
    /// The greatest value.
    pub max: i64,
    /// A greater value is possible but has to be explained.
    pub warn_above: Option<i64>,
    /// Digits after the decimal sign, 0 to 6.
    pub places: u32,
}

/// Positions of the fields that say who a row is about.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PersonFields {
    pub id: Option<usize>,
    pub nip: Option<usize>,
}

/// A rule as one data set uses it.
#[derive(Debug)]
pub(super) struct RuleUse {
    /// Names it within its data set.
    pub key: String,
    /// The stage that it is declared with.
    pub stage: Stage,
    /// The indicator that its findings are told as.
    pub indicator: Option<Code>,
    pub rule: Box<dyn Rule>,
}

impl Dataset {
    /// Whether its rows are about persons.
    pub fn is_about_people(&self) -> bool {
        self.person.id.is_some() || self.person.nip.is_some()
    }

    /// The declaration itself: JSON with sorted keys and no spaces.
    pub fn declaration(&self) -> &str {
        &self.content
    }

    /// What names the declaration where no version of the rules is kept:
    /// `deklarasi 1`.
    pub fn declared_version(&self) -> String {
        format!("deklarasi {}", self.version)
    }

    /// SHA-256 of the declaration, in hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        secret::sha256_hex(self.content.as_bytes())
    }

    /// The field of this name and its position.
    pub fn field(&self, name: &str) -> Option<(usize, &Field)> {
        self.fields
            .iter()
            .enumerate()
            .find(|(_, field)| field.name == name)
    }

    /// What its rules ask of reference codes besides their names.
    pub fn rule_attributes(&self) -> impl Iterator<Item = &Attribute> + Clone {
        self.rules.iter().filter_map(|it| it.rule.attribute())
    }

    /// The positions of the fields of a code of the sender's own, and of BKN's
    /// for it.
    pub fn own_code(&self) -> Option<(usize, usize)> {
        self.rules.iter().find_map(|it| it.rule.own_code())
    }

    /// The fields that say who a row is about.
    pub(super) fn person_fields(&self) -> impl Iterator<Item = &Field> {
        let places = [self.person.id, self.person.nip].into_iter().flatten();
        places.filter_map(|at| self.fields.get(at))
    }

    /// The fields by which two rows are the same record.
    pub(super) fn row_key_fields(&self) -> impl Iterator<Item = &Field> {
        self.row_key.iter().filter_map(|at| self.fields.get(*at))
    }

    /// Positions of the fields by which two rows are the same record.
    pub fn key_positions(&self) -> &[usize] {
        &self.row_key
    }
}

impl Field {
    /// Every header that means this field, in the form that headers are compared in.
    pub(super) fn headers(&self) -> impl Iterator<Item = String> {
        [&self.name, &self.title]
            .into_iter()
            .chain(&self.siasn)
            .chain(&self.aliases)
            .map(|header| header::normal_form(header))
    }

    /// Those of its headers that only SIASN uses.
    pub(super) fn headers_of_siasn(&self) -> impl Iterator<Item = String> {
        let own = [&self.name, &self.title].map(|own| header::normal_form(own));
        let theirs = self.siasn.iter().map(|theirs| header::normal_form(theirs));
        theirs.filter(move |theirs| !own.contains(theirs))
    }
}

#[cfg(test)]
mod tests;
