//! Taking partners' codes in, and deciding what they are mapped to.

use diesel::QueryResult;
use serde_json::json;
use std::collections::{HashMap, HashSet};

use super::model::{LIST, Mapping, MappingDecision, MappingId, MappingState, Received, form};
use super::propose::Titles;
use super::queries::{change, find};
use crate::accounts::{Account, Scope};
use crate::audit::{self, Entry};
use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::references::LoadedCodes;

/// Rows written by one statement.
const BATCH: usize = 200;

/// Takes the codes of a submission that BKN has taken over. A code with a new
/// title waits for a decision again; one that is as it was is left alone.
///
/// # Errors
/// The database's.
pub fn receive(
    conn: &mut DbConn,
    owner: InstitutionId,
    received: &[Received],
    submission: &str,
    now: Moment,
) -> QueryResult<usize> {
    let titles = Titles::of(LoadedCodes::load(conn, &[LIST])?.of(LIST));
    let known = find::of_institution(conn, owner)?;
    let known: HashMap<&str, &Mapping> = known.iter().map(|it| (it.form.as_str(), it)).collect();
    let mut met = HashSet::new();
    let news: Vec<Mapping> = received
        .iter()
        .filter(|code| met.insert(form(&code.code)))
        .map(|code| mapping(owner, code, &titles, (submission, now)))
        .filter_map(|code| match known.get(code.form.as_str()) {
            Some(before) => renewed(code, before),
            None => Some(code),
        })
        .collect();
    for batch in news.chunks(BATCH) {
        change::upsert(conn, batch)?;
    }
    Ok(news.len())
}

fn mapping(
    owner: InstitutionId,
    received: &Received,
    titles: &Titles,
    (submission, now): (&str, Moment),
) -> Mapping {
    let proposal = titles.propose(received);
    let former = received.former_name.as_deref().unwrap_or_default();
    let text = format!("{} {} {former}", received.code, received.name);
    Mapping {
        id: MappingId::generate(),
        institution_id: owner,
        code: received.code.clone(),
        form: form(&received.code),
        name: received.name.clone(),
        former_name: received.former_name.clone(),
        likeness: proposal.as_ref().map_or(0, |it| it.likeness),
        ground: proposal.as_ref().map(|it| it.ground),
        proposed: proposal.map(|it| it.code),
        state: MappingState::Open,
        bkn_code: None,
        revision: 0,
        received_in: submission.to_owned(),
        received_at: now,
        search_text: text.to_lowercase(),
    }
}

/// The code as it is to stand, where it is not as it was.
fn renewed(code: Mapping, before: &Mapping) -> Option<Mapping> {
    let has_title = code.name == before.name && code.former_name == before.former_name;
    let has_proposal = code.proposed == before.proposed || before.state != MappingState::Open;
    (!has_title || !has_proposal).then(|| Mapping {
        id: before.id,
        revision: before.revision + 1,
        ..code
    })
}

/// What is decided about a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is this code of BKN's.
    Code(String),
    /// BKN has no such position.
    Nothing,
}

/// Why a mapping was not decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// Out of reach, or there is none.
    #[error("no such mapping")]
    NotFound,
    /// It was changed since it was looked at.
    #[error("changed since it was looked at")]
    Overtaken,
    /// BKN's list has no such code in force.
    #[error("no such code in force")]
    UnknownCode,
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// A decision on one mapping.
#[derive(Debug, Clone)]
pub struct Order {
    /// Which.
    pub mapping: MappingId,
    /// The revision that was looked at.
    pub seen: i32,
    /// What it is.
    pub verdict: Verdict,
    /// Why, where somebody says.
    pub note: Option<String>,
}

/// Decides what one code is mapped to.
///
/// # Errors
/// See [`DecideError`].
pub fn decide(
    conn: &mut DbConn,
    scope: Scope,
    order: &Order,
    (by, now): (&Account, Moment),
) -> Result<(), DecideError> {
    let mapping = find::one(conn, scope, order.mapping)?.ok_or(DecideError::NotFound)?;
    let bkn_code = match &order.verdict {
        Verdict::Code(code) => Some(form(code)),
        Verdict::Nothing => None,
    };
    if let Some(code) = &bkn_code
        && !LoadedCodes::load(conn, &[LIST])?.has(LIST, code)
    {
        return Err(DecideError::UnknownCode);
    }
    let state = match bkn_code {
        Some(_) => MappingState::Mapped,
        None => MappingState::Unmatched,
    };
    let seen = (mapping.id, order.seen);
    if !change::settle(conn, seen, (state, bkn_code.as_deref()))? {
        return Err(DecideError::Overtaken);
    }
    let decision = decided(&mapping, (state, bkn_code), order.note.clone(), (by, now));
    change::insert_decisions(conn, std::slice::from_ref(&decision))?;
    let entry = Entry {
        actor: by.id.to_string(),
        institution: Some(mapping.institution_id.to_string()),
        action: "mappings.decided",
        subject: ("mapping", mapping.id.to_string()),
        detail: json!({ "state": state, "bkn_code": decision.bkn_code, "from": mapping.bkn_code }),
    };
    Ok(audit::record(conn, entry, now)?)
}

/// Maps open codes to what is proposed for them; the number of those that
/// were. Each is chosen with the revision that was looked at: codes that were
/// renewed or decided since, or without a proposal, stay.
///
/// # Errors
/// When one of them is changed at the same moment; the database's.
pub fn accept(
    conn: &mut DbConn,
    scope: Scope,
    chosen: &HashMap<MappingId, i32>,
    (by, now): (&Account, Moment),
) -> Result<usize, DecideError> {
    let wanted: Vec<MappingId> = chosen.keys().copied().collect();
    // Held until the end, so that what is written is what was read.
    change::hold(conn, &wanted)?;
    let found = find::among(conn, scope, &wanted)?;
    let is_as_seen = |it: &Mapping| chosen.get(&it.id) == Some(&it.revision);
    let is_open = |it: &Mapping| it.state == MappingState::Open && it.proposed.is_some();
    let open = found.into_iter().filter(is_open);
    let open: Vec<Mapping> = open.filter(is_as_seen).collect();
    let ids: Vec<MappingId> = open.iter().map(|mapping| mapping.id).collect();
    if change::accept_proposals(conn, &ids)? != ids.len() {
        return Err(DecideError::Overtaken);
    }
    let accepted = |it: &Mapping| {
        let what = (MappingState::Mapped, it.proposed.clone());
        decided(it, what, None, (by, now))
    };
    let decisions: Vec<MappingDecision> = open.iter().map(accepted).collect();
    if decisions.is_empty() {
        return Ok(0);
    }
    change::insert_decisions(conn, &decisions)?;
    let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let owners: HashSet<InstitutionId> = open.iter().map(|it| it.institution_id).collect();
    let only = owners.iter().next().filter(|_| owners.len() == 1);
    let entry = Entry {
        actor: by.id.to_string(),
        institution: only.map(ToString::to_string),
        action: "mappings.proposals_accepted",
        subject: ("mapping", names.first().cloned().unwrap_or_default()),
        detail: json!({ "mappings": names }),
    };
    audit::record(conn, entry, now)?;
    Ok(decisions.len())
}

fn decided(
    mapping: &Mapping,
    (state, bkn_code): (MappingState, Option<String>),
    note: Option<String>,
    (by, now): (&Account, Moment),
) -> MappingDecision {
    MappingDecision {
        mapping_id: mapping.id,
        revision: mapping.revision + 1,
        state,
        bkn_code,
        note,
        decided_by: by.id,
        decided_at: now,
    }
}
