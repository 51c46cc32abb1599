//! Institutions and agreements of the demo.

use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

use super::events::Scene;
use super::facts::{AgreementFact, Facts, InstitutionFact};
use super::{DemoError, people};
use crate::accounts::{Account, Role};
use crate::agreements::{
    Agreement, AgreementId, Clause, ClauseId, Correspondent, CorrespondentId, Grant, GrantId,
};
use crate::audit::SYSTEM;
use crate::deliveries::DeliveryId;
use crate::institutions::{Institution, InstitutionId};
use crate::platform::clock::Moment;
use crate::platform::db::{DbConn, schema};
use crate::reports::{LetterId, ReportId};
use crate::submissions::SubmissionId;

/// What was made, under the names of the files.
#[derive(Default)]
pub struct World {
    institutions: HashMap<String, InstitutionId>,
    agreements: HashMap<String, (AgreementId, InstitutionId)>,
    /// Deliveries by key.
    pub deliveries: HashMap<String, DeliveryId>,
    /// What was published, by agreement and day, until it is received.
    pub published: HashMap<(String, i64), DeliveryId>,
    /// What was published and received last, by agreement.
    pub received: HashMap<String, DeliveryId>,
    /// Request letters by key.
    pub letters: HashMap<String, LetterId>,
    /// Filed reports by the key of the letter they answer.
    pub reports: HashMap<String, ReportId>,
    /// Sent submissions by agreement and day, until they are reviewed.
    pub submissions: HashMap<(String, i64), SubmissionId>,
    /// Accounts with the key of their institution.
    pub people: Vec<(String, Account)>,
}

impl World {
    /// The institution of a key.
    pub fn institution(&self, key: &str) -> Result<InstitutionId, DemoError> {
        self.institutions
            .get(key)
            .copied()
            .ok_or_else(|| unknown(key))
    }

    /// The agreement of a key, and whose it is.
    pub fn agreement(&self, key: &str) -> Result<(AgreementId, InstitutionId), DemoError> {
        self.agreements
            .get(key)
            .copied()
            .ok_or_else(|| unknown(key))
    }

    /// Somebody of an institution who works as `role`.
    pub fn person(&self, institution: InstitutionId, role: Role) -> Result<&Account, DemoError> {
        self.people
            .iter()
            .map(|(_, account)| account)
            .find(|account| account.institution_id == institution && account.role == role)
            .ok_or_else(|| unknown(role.word()))
    }

    /// The code of the scene's partner in the list `instansi`.
    pub fn code_of(&self, scene: &Scene<'_>) -> Result<String, DemoError> {
        let (_, institution) = self.agreement(scene.key)?;
        let codes = &scene.facts.fictional.instansi_codes;
        let key = self
            .institutions
            .iter()
            .find(|(_, id)| **id == institution)
            .map(|(key, _)| key);
        key.and_then(|key| codes.get(key))
            .cloned()
            .ok_or_else(|| unknown(scene.key))
    }

    /// A PIC of the partner of an agreement.
    pub fn pic_of(&self, agreement: &str) -> Result<&Account, DemoError> {
        let (_, institution) = self.agreement(agreement)?;
        self.person(institution, Role::Pic)
            .or_else(|_| self.person(institution, Role::LeadPic))
    }

    /// Who signs for the partner of an agreement.
    pub fn lead_of(&self, agreement: &str) -> Result<&Account, DemoError> {
        let (_, institution) = self.agreement(agreement)?;
        self.person(institution, Role::LeadPic)
    }

    /// Who records a clause, and who compares it with the text.
    fn two_admins(&self) -> Result<[String; 2], DemoError> {
        let mut admins = self
            .people
            .iter()
            .filter(|(_, account)| account.role == Role::Admin);
        let mut next = || admins.next().map(|(_, account)| account.id.to_string());
        next()
            .zip(next())
            .map(<[String; 2]>::from)
            .ok_or_else(|| unknown("bkn_admin"))
    }

    /// Somebody of BKN's staff.
    pub fn staff(&self, role: Role) -> Result<&Account, DemoError> {
        self.person(self.institution("bkn")?, role)
    }
}

/// A key that no file explains.
pub(super) fn unknown(key: &str) -> DemoError {
    DemoError::File {
        file: "fictional.json",
        reason: format!("unknown key {key}"),
    }
}

/// Loads institutions, people and agreements.
pub(super) fn load(conn: &mut DbConn, facts: &Facts, now: Moment) -> Result<World, DemoError> {
    let mut world = World::default();
    let home = Institution::home(now);
    insert_institution(conn, &mut world, "bkn", &home)?;
    for fact in facts.institutions() {
        let partner = institution(facts, fact, now);
        insert_institution(conn, &mut world, &fact.key, &partner)?;
    }
    people::load(conn, facts, &mut world, now)?;
    for fact in facts.agreements(now.jakarta_date()) {
        agreement(conn, &mut world, &fact, now)?;
    }
    Ok(world)
}

fn institution(facts: &Facts, fact: &InstitutionFact, now: Moment) -> Institution {
    let code = facts.fictional.instansi_codes.get(&fact.key).cloned();
    Institution::partner(&fact.name, &fact.short_name, code, now)
}

fn insert_institution(
    conn: &mut DbConn,
    world: &mut World,
    key: &str,
    institution: &Institution,
) -> Result<(), DemoError> {
    diesel::insert_into(schema::institutions::table)
        .values(institution)
        .execute(conn)?;
    world.institutions.insert(key.to_owned(), institution.id);
    Ok(())
}

fn agreement(
    conn: &mut DbConn,
    world: &mut World,
    fact: &AgreementFact,
    now: Moment,
) -> Result<(), DemoError> {
    let institution_id = world.institution(&fact.institution)?;
    let succeeds = fact
        .succeeds
        .as_deref()
        .map(|key| world.agreement(key))
        .transpose()?;
    let agreement = Agreement {
        id: AgreementId::generate(),
        institution_id,
        partner_number: fact.partner_number.clone(),
        bkn_number: fact.bkn_number.clone(),
        title: fact.title.clone(),
        signed_on: fact.signed_on,
        term_months: fact.term_months,
        recorded_end: None,
        ended_on: None,
        text_complete: fact.text_complete,
        succeeds_id: succeeds.map(|(id, _)| id),
        search_text: format!("{} {} {}", fact.partner_number, fact.bkn_number, fact.title)
            .to_lowercase(),
        recorded_by: SYSTEM.to_owned(),
        recorded_at: now,
    };
    diesel::insert_into(schema::agreements::table)
        .values(&agreement)
        .execute(conn)?;
    world
        .agreements
        .insert(fact.key.clone(), (agreement.id, institution_id));
    clauses(conn, world, agreement.id, fact, now)?;
    correspondents(conn, agreement.id, fact)?;
    grants(conn, agreement.id, fact)
}

fn clauses(
    conn: &mut DbConn,
    world: &World,
    agreement_id: AgreementId,
    fact: &AgreementFact,
    now: Moment,
) -> Result<(), DemoError> {
    let [recorder, checker] = world.two_admins()?;
    for clause in &fact.clauses {
        let clause = clause.clone();
        let clause = Clause {
            id: ClauseId::generate(),
            agreement_id,
            kind: clause.kind,
            amount: clause.amount,
            unit: clause.unit,
            per_months: clause.per_months,
            anchor: clause.anchor,
            side: clause.side,
            article: clause.article,
            page: clause.page,
            summary: clause.summary,
            recorded_by: recorder.clone(),
            recorded_at: now,
            checked_by: Some(checker.clone()),
            checked_at: Some(now),
        };
        diesel::insert_into(schema::clauses::table)
            .values(&clause)
            .execute(conn)?;
    }
    Ok(())
}

fn correspondents(
    conn: &mut DbConn,
    agreement_id: AgreementId,
    fact: &AgreementFact,
) -> Result<(), DemoError> {
    for named in &fact.correspondents {
        let correspondent = Correspondent {
            id: CorrespondentId::generate(),
            agreement_id,
            side: named.side,
            office: named.office.clone(),
            email: named.email.clone(),
            article: named.article.clone(),
            valid_from: fact.signed_on,
            valid_until: None,
        };
        diesel::insert_into(schema::correspondents::table)
            .values(&correspondent)
            .execute(conn)?;
    }
    Ok(())
}

fn grants(
    conn: &mut DbConn,
    agreement_id: AgreementId,
    fact: &AgreementFact,
) -> Result<(), DemoError> {
    for granted in &fact.grants {
        let grant = grant(agreement_id, granted, fact.signed_on)?;
        diesel::insert_into(schema::grants::table)
            .values(&grant)
            .execute(conn)?;
    }
    Ok(())
}

fn grant(
    agreement_id: AgreementId,
    fact: &super::facts::GrantFact,
    valid_from: NaiveDate,
) -> Result<Grant, DemoError> {
    let fields = fact.fields.as_ref().map(serde_json::to_string).transpose();
    let fields = fields.map_err(|error| DemoError::Refused(error.to_string()))?;
    Ok(Grant {
        id: GrantId::generate(),
        agreement_id,
        dataset: fact.dataset.clone(),
        direction: fact.direction,
        fields,
        population: fact.population.clone(),
        article: fact.article.clone(),
        page: fact.page,
        addendum: None,
        valid_from,
    })
}
