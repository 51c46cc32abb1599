//! What an officer states about an agreement and its parts.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::agreement::{Agreement, AgreementId};
use super::annex::{Direction, Grant, GrantId};
use super::clause::{Clause, ClauseId, ClauseKind};
use super::correspondent::{Correspondent, CorrespondentId, PartySide};
use super::population::Population;
use super::shape::Terms;
use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;

/// What is stated about an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementDetails {
    /// The partner's number.
    pub partner_number: String,
    /// BKN's number.
    pub bkn_number: String,
    /// What it is about.
    pub title: String,
    /// The day it was signed.
    pub signed_on: NaiveDate,
    /// How long it holds, in calendar months.
    pub term_months: i32,
    /// The last day it holds, where the text says another than the term.
    pub recorded_end: Option<NaiveDate>,
    /// Whether the text on record has all its pages.
    pub text_complete: bool,
    /// The agreement whose place it takes.
    pub succeeds_id: Option<AgreementId>,
}

impl AgreementDetails {
    /// The agreement with a partner that these details make.
    pub fn into_agreement(self, of: InstitutionId, by: &str, now: Moment) -> Agreement {
        let search_text = self.search_text();
        Agreement {
            id: AgreementId::generate(),
            institution_id: of,
            partner_number: self.partner_number,
            bkn_number: self.bkn_number,
            title: self.title,
            signed_on: self.signed_on,
            term_months: self.term_months,
            recorded_end: self.recorded_end,
            ended_on: None,
            text_complete: self.text_complete,
            succeeds_id: self.succeeds_id,
            search_text,
            recorded_by: by.to_owned(),
            recorded_at: now,
        }
    }

    /// An agreement with these details in the place of its own.
    pub fn applied_to(self, agreement: &Agreement) -> Agreement {
        let search_text = self.search_text();
        Agreement {
            partner_number: self.partner_number,
            bkn_number: self.bkn_number,
            title: self.title,
            signed_on: self.signed_on,
            term_months: self.term_months,
            recorded_end: self.recorded_end,
            text_complete: self.text_complete,
            succeeds_id: self.succeeds_id,
            search_text,
            ..agreement.clone()
        }
    }

    fn search_text(&self) -> String {
        let Self {
            partner_number,
            bkn_number,
            title,
            ..
        } = self;
        format!("{partner_number} {bkn_number} {title}").to_lowercase()
    }
}

impl From<&Agreement> for AgreementDetails {
    fn from(agreement: &Agreement) -> Self {
        Self {
            partner_number: agreement.partner_number.clone(),
            bkn_number: agreement.bkn_number.clone(),
            title: agreement.title.clone(),
            signed_on: agreement.signed_on,
            term_months: agreement.term_months,
            recorded_end: agreement.recorded_end,
            text_complete: agreement.text_complete,
            succeeds_id: agreement.succeeds_id,
        }
    }
}

impl Agreement {
    /// The facts that the audit trail keeps of it.
    pub fn facts(&self) -> Value {
        json!({
            "partner_number": self.partner_number,
            "bkn_number": self.bkn_number,
            "title": self.title,
            "signed_on": self.signed_on,
            "term_months": self.term_months,
            "recorded_end": self.recorded_end,
            "text_complete": self.text_complete,
            "succeeds": self.succeeds_id.map(|id| id.to_string()),
        })
    }
}

/// What is stated about a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseDetails {
    /// What it settles.
    pub kind: ClauseKind,
    /// How it counts.
    pub terms: Terms,
    /// The article, cited in full.
    pub article: String,
    /// The page of the signed text.
    pub page: Option<i32>,
    /// What it says, as shown to people.
    pub summary: String,
}

impl ClauseDetails {
    /// The clause of an agreement that these details make, not yet checked.
    pub fn into_clause(self, id: ClauseId, of: AgreementId, by: &str, now: Moment) -> Clause {
        Clause {
            id,
            agreement_id: of,
            kind: self.kind,
            amount: self.terms.amount,
            unit: self.terms.unit,
            per_months: self.terms.per_months,
            anchor: self.terms.anchor,
            side: self.terms.side,
            article: self.article,
            page: self.page,
            summary: self.summary,
            recorded_by: by.to_owned(),
            recorded_at: now,
            checked_by: None,
            checked_at: None,
        }
    }
}

impl From<&Clause> for ClauseDetails {
    fn from(clause: &Clause) -> Self {
        Self {
            kind: clause.kind,
            terms: Terms {
                amount: clause.amount,
                unit: clause.unit,
                per_months: clause.per_months,
                anchor: clause.anchor,
                side: clause.side,
            },
            article: clause.article.clone(),
            page: clause.page,
            summary: clause.summary.clone(),
        }
    }
}

impl Clause {
    /// The facts that the audit trail keeps of it.
    pub fn facts(&self) -> Value {
        json!({
            "kind": self.kind,
            "amount": self.amount,
            "unit": self.unit,
            "per_months": self.per_months,
            "anchor": self.anchor,
            "side": self.side,
            "article": self.article,
            "page": self.page,
            "summary": self.summary,
        })
    }
}

/// What is stated about a data set granted by an Annex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantDetails {
    /// The data set's name in `datasets/`.
    pub dataset: String,
    /// Which way it flows.
    pub direction: Direction,
    /// The names of the fields granted; none where an addendum withdraws them.
    pub fields: Vec<String>,
    /// Whose rows may pass.
    pub population: Population,
    /// The article or Annex, cited in full.
    pub article: String,
    /// The page of the signed text.
    pub page: Option<i32>,
    /// The addendum that states it; `None` for the agreement's own Annex.
    pub addendum: Option<String>,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
}

impl GrantDetails {
    /// The grant of an agreement that these details make.
    pub fn into_grant(self, of: AgreementId) -> Grant {
        Grant {
            id: GrantId::generate(),
            agreement_id: of,
            dataset: self.dataset,
            direction: self.direction,
            fields: Some(Value::from(self.fields).to_string()),
            population: self.population,
            article: self.article,
            page: self.page,
            addendum: self.addendum,
            valid_from: self.valid_from,
        }
    }
}

impl Grant {
    /// The facts that the audit trail keeps of it.
    pub fn facts(&self) -> Value {
        json!({
            "dataset": self.dataset,
            "direction": self.direction,
            "fields": self.field_names(),
            "population": self.population,
            "article": self.article,
            "page": self.page,
            "addendum": self.addendum,
            "valid_from": self.valid_from,
        })
    }
}

/// What is stated about a correspondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrespondentDetails {
    /// Of which party.
    pub side: PartySide,
    /// Office or function.
    pub office: String,
    /// Address for mail.
    pub email: String,
    /// The article that names it.
    pub article: String,
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
}

impl CorrespondentDetails {
    /// The correspondent of an agreement that these details make.
    pub fn into_correspondent(self, of: AgreementId) -> Correspondent {
        Correspondent {
            id: CorrespondentId::generate(),
            agreement_id: of,
            side: self.side,
            office: self.office,
            email: self.email,
            article: self.article,
            valid_from: self.valid_from,
            valid_until: None,
        }
    }
}

impl Correspondent {
    /// The facts that the audit trail keeps of it; the address is not one.
    pub fn facts(&self) -> Value {
        json!({
            "side": self.side,
            "office": self.office,
            "article": self.article,
            "valid_from": self.valid_from,
            "valid_until": self.valid_until,
        })
    }
}
