//! An event of the audit trail and its place in the chain.

use diesel::prelude::*;
use serde_json::Value;

use crate::platform::clock::Moment;
use crate::platform::db::schema::audit_events;
use crate::platform::secret::sha256_hex;

/// The actor of what the portal does by itself.
pub const SYSTEM: &str = "sistem";

/// What is to be recorded of a deed.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Who did it: an account's id, or [`SYSTEM`].
    pub actor: String,
    /// Whose data or affairs it touches, if one institution's.
    pub institution: Option<String>,
    /// `concept.past_tense`.
    pub action: &'static str,
    /// What it was done to: kind and id.
    pub subject: (&'static str, String),
    /// Facts of the deed, as JSON; never names, NIPs or file contents.
    pub detail: Value,
}

/// An event as it stands in the trail.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_events)]
pub struct AuditEvent {
    /// Its place in the trail, from 1, without gaps.
    pub sequence: i64,
    /// When.
    pub at: Moment,
    /// Who: an account's id, or [`SYSTEM`].
    pub actor: String,
    /// Whose affairs it touches.
    pub institution_id: Option<String>,
    /// `concept.past_tense`.
    pub action: String,
    /// The kind of thing it was done to.
    pub subject_kind: String,
    /// Its id.
    pub subject_id: String,
    /// Facts of the deed, JSON.
    pub detail: String,
    /// The hash of the event before; empty for the first.
    pub previous_hash: String,
    /// The hash of this one.
    pub hash: String,
}

impl AuditEvent {
    /// The event that follows one with `sequence - 1` and `previous_hash`.
    pub fn following(entry: Entry, sequence: i64, previous_hash: String, at: Moment) -> Self {
        let mut event = Self {
            sequence,
            at,
            actor: entry.actor,
            institution_id: entry.institution,
            action: entry.action.to_owned(),
            subject_kind: entry.subject.0.to_owned(),
            subject_id: entry.subject.1,
            detail: entry.detail.to_string(),
            previous_hash,
            hash: String::new(),
        };
        event.hash = event.computed_hash();
        event
    }

    /// Whether the event stands after number `sequence` with `hash`, unchanged.
    pub fn follows(&self, sequence: i64, hash: &str) -> bool {
        self.sequence == sequence + 1
            && self.previous_hash == hash
            && self.hash == self.computed_hash()
    }

    /// The hash that the event must carry: SHA-256 over its fields, each with
    /// its length before it so that no two events read the same.
    pub fn computed_hash(&self) -> String {
        let institution = self.institution_id.as_deref().unwrap_or_default();
        let at = self.at.utc().timestamp_micros().to_string();
        let sequence = self.sequence.to_string();
        let fields = [
            sequence.as_str(),
            &at,
            &self.actor,
            institution,
            &self.action,
            &self.subject_kind,
            &self.subject_id,
            &self.detail,
            &self.previous_hash,
        ];
        let text: String = fields
            .iter()
            .map(|field| format!("{}:{field}", field.len()))
            .collect();
        sha256_hex(text.as_bytes())
    }
}

/// Which events a list shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct TrailFilter {
    /// Not before this moment.
    pub from: Option<Moment>,
    /// Before this moment.
    pub until: Option<Moment>,
    /// An account's id, [`SYSTEM`], or part of a person's name or NIP.
    pub actor: String,
    pub institution: Option<String>,
    pub action: Option<String>,
    /// An id.
    pub subject: String,
}
