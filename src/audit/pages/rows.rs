//! Events with the names that belong to their ids.

use diesel::QueryResult;
use std::collections::{BTreeSet, HashMap};

use crate::accounts::Role;
use crate::audit::model::{AuditEvent, SYSTEM};
use crate::audit::{queries, text};
use crate::platform::db::DbConn;

/// An event as it is shown.
pub(super) struct Row {
    pub event: AuditEvent,
    /// The person's name, or who else did it.
    pub actor: String,
    /// The person's role; empty for what is no person.
    pub role: &'static str,
    /// The institution's short name; empty where there is none.
    pub institution: String,
}

/// Finds the names for events: one question for the people. The institutions
/// come with their ids and short names.
pub(super) fn named(
    conn: &mut DbConn,
    events: Vec<AuditEvent>,
    institutions: &[(String, String)],
) -> QueryResult<Vec<Row>> {
    let actors: BTreeSet<&str> = events.iter().map(|event| event.actor.as_str()).collect();
    let people = queries::people(conn, actors)?;
    let people: HashMap<String, (String, String)> = people
        .into_iter()
        .map(|(id, name, role)| (id, (name, role)))
        .collect();
    let institutions = institutions.iter().map(|(id, name)| (id, name));
    let institutions: HashMap<&String, &String> = institutions.collect();
    Ok(events
        .into_iter()
        .map(|event| {
            let (actor, role) = actor(&event, &people);
            let institution = event.institution_id.as_ref();
            let institution = institution.and_then(|id| institutions.get(id).copied());
            Row {
                actor,
                role,
                institution: institution.cloned().unwrap_or_default(),
                event,
            }
        })
        .collect())
}

fn actor(event: &AuditEvent, people: &HashMap<String, (String, String)>) -> (String, &'static str) {
    match people.get(&event.actor) {
        Some((name, role)) => (name.clone(), role.parse::<Role>().map_or("", Role::label)),
        None if event.actor == SYSTEM => (text::PORTAL.to_owned(), ""),
        None => (event.actor.clone(), ""),
    }
}

impl Row {
    /// What was done, in words.
    pub fn action(&self) -> &str {
        text::action_in_words(&self.event.action)
    }

    /// What it was done to, in words.
    pub fn subject(&self) -> &str {
        text::subject(&self.event.subject_kind)
    }

    /// The facts of the deed.
    pub fn details(&self) -> Vec<(String, String)> {
        text::details(&self.event.detail)
    }
}
