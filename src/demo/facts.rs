//! The demo's files, as they are written; `demo/README.md` explains each key.

use chrono::{Days, NaiveDate};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

use super::DemoError;
use crate::agreements::{
    Anchor, ClauseKind, Direction, FeedbackHalf, PartySide, Population, Side, Unit,
};

const AGREEMENTS: &str = include_str!("../../demo/agreements.json");
const FICTIONAL: &str = include_str!("../../demo/fictional.json");

/// Everything the demo is made of.
pub struct Facts {
    /// The five agreements and their institutions.
    pub real: Real,
    /// What is invented.
    pub fictional: Fictional,
}

#[derive(Deserialize)]
pub struct Real {
    pub institutions: Vec<InstitutionFact>,
    pub agreements: Vec<AgreementFact>,
}

#[derive(Deserialize)]
pub struct Fictional {
    pub form: FormFact,
    pub institutions: Vec<InstitutionFact>,
    pub instansi_codes: BTreeMap<String, String>,
    pub agreements: Vec<FictionalAgreement>,
    pub outgoing: Vec<OutgoingFact>,
    pub events: Vec<EventsFact>,
    pub people: Vec<PersonFact>,
}

#[derive(Deserialize)]
pub struct InstitutionFact {
    pub key: String,
    pub name: String,
    pub short_name: String,
}

#[derive(Deserialize, Clone)]
pub struct AgreementFact {
    pub key: String,
    pub institution: String,
    pub partner_number: String,
    pub bkn_number: String,
    pub title: String,
    pub signed_on: NaiveDate,
    pub term_months: i32,
    pub text_complete: bool,
    pub succeeds: Option<String>,
    pub clauses: Vec<ClauseFact>,
    pub correspondents: Vec<CorrespondentFact>,
    pub grants: Vec<GrantFact>,
}

/// What BKN gives under an agreement: the demo's choice, as the Annexes are
/// lost.
#[derive(Deserialize)]
pub struct OutgoingFact {
    pub agreement: String,
    pub grants: Vec<GrantFact>,
}

/// What the invented agreements share.
#[derive(Deserialize)]
pub struct FormFact {
    pub title: String,
    pub term_months: i32,
    pub text_complete: bool,
    pub clauses: Vec<ClauseFact>,
    pub grants: Vec<GrantFact>,
}

#[derive(Deserialize)]
pub struct FictionalAgreement {
    pub key: String,
    pub institution: String,
    pub partner_number: String,
    pub bkn_number: String,
    pub signed_offset: i64,
    pub correspondents: Vec<CorrespondentFact>,
}

#[derive(Deserialize, Clone)]
pub struct ClauseFact {
    pub kind: ClauseKind,
    pub amount: Option<i32>,
    pub unit: Option<Unit>,
    pub per_months: Option<i32>,
    pub anchor: Option<Anchor>,
    pub side: Option<Side>,
    pub article: String,
    pub page: Option<i32>,
    pub summary: String,
}

#[derive(Deserialize, Clone)]
pub struct CorrespondentFact {
    pub side: PartySide,
    pub office: String,
    pub email: String,
    pub article: String,
}

#[derive(Deserialize, Clone)]
pub struct GrantFact {
    pub dataset: String,
    pub direction: Direction,
    pub fields: Option<Vec<String>>,
    #[serde(default)]
    pub population: Population,
    pub article: String,
    pub page: Option<i32>,
}

/// What happened under one agreement; days count from the day of loading.
#[derive(Deserialize)]
pub struct EventsFact {
    pub agreement: String,
    pub deliveries: Vec<DeliveryFact>,
    #[serde(default)]
    pub published: Vec<PublishedFact>,
    pub letters: Vec<LetterFact>,
    pub submissions: Vec<SubmissionFact>,
    #[serde(default)]
    pub entered: Vec<EnteredFact>,
    #[serde(default)]
    pub statements: Vec<StatementFact>,
    pub reports: Vec<ReportFact>,
    pub suspension: Option<SuspensionFact>,
}

#[derive(Deserialize)]
pub struct DeliveryFact {
    pub key: String,
    pub title: String,
    pub received: i64,
}

/// A data set that BKN published from the register.
#[derive(Deserialize)]
pub struct PublishedFact {
    pub dataset: String,
    pub on: i64,
    pub received: Option<i64>,
    pub again: Option<AgainFact>,
}

/// That it goes out again every so many months.
#[derive(Deserialize)]
pub struct AgainFact {
    pub months: i32,
    pub article: String,
}

#[derive(Deserialize)]
pub struct LetterFact {
    pub key: String,
    pub number: String,
    pub sent: i64,
    pub delivered: Option<i64>,
    pub confirmed: Option<i64>,
}

#[derive(Deserialize)]
pub struct SubmissionFact {
    pub dataset: String,
    pub answers: Option<String>,
    pub sent: i64,
    pub state: AnswerState,
    pub decided: Option<i64>,
    pub rows: usize,
    pub reason: Option<String>,
    /// One file for each attempt that had faults: the row from which they
    /// still stand. Without any there is one file, and it is right.
    #[serde(default)]
    pub faulty_from: Vec<usize>,
    /// The rows, from 1, whose value is unusual: a warning each. All but one
    /// got the reason.
    #[serde(default)]
    pub unusual: Vec<usize>,
    /// What was mended in forms and is no version yet.
    #[serde(default)]
    pub mended: Vec<MendedFact>,
}

/// Rows that a PIC has typed into forms and not sent to be checked.
#[derive(Deserialize)]
pub struct EnteredFact {
    pub dataset: String,
    pub on: i64,
    pub rows: usize,
}

/// A cell that was empty and is not any more, in a draft.
#[derive(Deserialize)]
pub struct MendedFact {
    pub row: i32,
    pub field: String,
    pub value: String,
}

/// A statement that one half of the feedback has nothing to change.
#[derive(Deserialize)]
pub struct StatementFact {
    /// The key of the delivery; none for what was published and received.
    pub answers: Option<String>,
    pub half: FeedbackHalf,
    pub signed: i64,
}

#[derive(Deserialize)]
pub struct ReportFact {
    pub answers: String,
    pub filed: i64,
    pub state: AnswerState,
    pub decided: Option<i64>,
}

/// How far an answer came.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum AnswerState {
    /// Uploaded and checked only.
    Unsent,
    Sent,
    Accepted,
    /// Taken over but for some rows.
    CorrectionAsked,
    Returned,
}

#[derive(Deserialize)]
pub struct SuspensionFact {
    pub started: i64,
    pub reason: String,
}

#[derive(Deserialize)]
pub struct PersonFact {
    pub institution: String,
    pub role: String,
    pub name: String,
    pub nip: String,
    pub email: String,
}

impl Facts {
    /// Reads the files, which are part of the program.
    pub fn read() -> Result<Self, DemoError> {
        Ok(Self {
            real: parse("agreements.json", AGREEMENTS)?,
            fictional: parse("fictional.json", FICTIONAL)?,
        })
    }

    /// All eleven agreements in one form, dated from `today`.
    pub fn agreements(&self, today: NaiveDate) -> Vec<AgreementFact> {
        let form = &self.fictional.form;
        let fictional = self.fictional.agreements.iter().map(|fact| AgreementFact {
            key: fact.key.clone(),
            institution: fact.institution.clone(),
            partner_number: fact.partner_number.clone(),
            bkn_number: fact.bkn_number.clone(),
            title: form.title.clone(),
            signed_on: day(today, fact.signed_offset),
            term_months: form.term_months,
            text_complete: form.text_complete,
            succeeds: None,
            clauses: form.clauses.clone(),
            correspondents: fact.correspondents.clone(),
            grants: form.grants.clone(),
        });
        let real = self.real.agreements.iter().cloned();
        let mut all: Vec<_> = real.chain(fictional).collect();
        for fact in &mut all {
            let outgoing = self.fictional.outgoing.iter();
            let own = outgoing.filter(|one| one.agreement == fact.key);
            fact.grants.extend(own.flat_map(|one| one.grants.clone()));
        }
        all
    }

    /// All ten institutions.
    pub fn institutions(&self) -> impl Iterator<Item = &InstitutionFact> {
        self.real
            .institutions
            .iter()
            .chain(&self.fictional.institutions)
    }
}

/// The day `offset` days from `today`.
pub fn day(today: NaiveDate, offset: i64) -> NaiveDate {
    let days = Days::new(offset.unsigned_abs());
    let moved = if offset < 0 {
        today.checked_sub_days(days)
    } else {
        today.checked_add_days(days)
    };
    moved.unwrap_or(today)
}

fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, DemoError> {
    serde_json::from_str(text).map_err(|error| DemoError::File {
        file,
        reason: error.to_string(),
    })
}
