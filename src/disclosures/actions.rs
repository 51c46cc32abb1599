//! Asking to whom a person's data went.

use diesel::QueryResult;
use serde_json::json;
use std::collections::HashSet;

use super::model::{AccessForm, Trace, TraceId};
use super::queries::trace::{self as queries, Line};
use crate::accounts::AccountId;
use crate::audit::{self, Entry};
use crate::datasets::PersonKey;
use crate::platform::clock::Moment;
use crate::platform::db::DbConn;
use crate::register::{self, Profile, Reach};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Inquiry {
    /// About whom: by a NIP also whoever had it when data were given.
    pub key: PersonKey,
    /// Disclosures made before are left out, unless they were fetched since.
    pub from: Option<Moment>,
    /// Disclosures made then or later are left out.
    pub until: Option<Moment>,
    /// Why.
    pub reason: String,
    /// In which form the answer is given.
    pub form: AccessForm,
}

/// What is known.
#[derive(Debug, Clone)]
pub struct Traced {
    /// The person as the register has them today, if it does.
    pub person: Option<Profile>,
    /// Every disclosure with each of its fetches, the latest first.
    pub lines: Vec<Line>,
    /// How many disclosures these are.
    pub disclosures: usize,
}

/// Finds every disclosure about a person and records that it was asked for.
/// Four statements, however many there are.
///
/// # Errors
/// The database's.
pub fn trace(
    conn: &mut DbConn,
    inquiry: &Inquiry,
    account: AccountId,
    now: Moment,
) -> QueryResult<Traced> {
    let person = register::find(conn, &Reach::default(), inquiry.key)?;
    let mut ids = match inquiry.key {
        PersonKey::Id(id) => vec![id.to_string()],
        PersonKey::Nip(nip) => queries::ids_disclosed_under(conn, &nip.to_string())?,
    };
    ids.extend(person.iter().map(|person| person.id_pns.clone()));
    ids.sort();
    ids.dedup();
    let lines = queries::lines(conn, &ids, (inquiry.from, inquiry.until))?;
    let disclosures: HashSet<_> = lines.iter().map(|line| line.disclosure.id).collect();
    let traced = Traced {
        disclosures: disclosures.len(),
        person,
        lines,
    };
    let about = (!traced.lines.is_empty() || traced.person.is_some())
        .then(|| ids.first().cloned())
        .flatten();
    note(conn, inquiry, account, (about, &traced), now)?;
    Ok(traced)
}

fn note(
    conn: &mut DbConn,
    inquiry: &Inquiry,
    account: AccountId,
    (about, traced): (Option<String>, &Traced),
    now: Moment,
) -> QueryResult<()> {
    let trace = Trace {
        id: TraceId::generate(),
        account_id: account,
        id_pns: about,
        reason: inquiry.reason.clone(),
        found: i64::try_from(traced.disclosures).unwrap_or(i64::MAX),
        form: inquiry.form,
        at: now,
    };
    queries::insert(conn, &trace)?;
    let day = |at: Option<Moment>| at.map(|at| at.jakarta_date().to_string());
    let entry = Entry {
        actor: account.to_string(),
        institution: None,
        action: match inquiry.form {
            AccessForm::Page => "disclosure.traced",
            AccessForm::Csv | AccessForm::Xlsx => "disclosure.trace_downloaded",
        },
        subject: ("disclosure_trace", trace.id.to_string()),
        detail: json!({
            "shown": trace.found,
            "from": day(inquiry.from),
            "until": day(inquiry.until),
        }),
    };
    audit::record(conn, entry, now)
}
