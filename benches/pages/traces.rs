//! Fills what deeds leave behind: mails and the audit trail.

use diesel::prelude::*;
use padan::accounts::Account;
use padan::audit::{AuditEvent, Entry};
use padan::institutions::Institution;
use padan::per_backend;
use padan::platform::clock::Moment;
use padan::platform::db::{DbConn, schema};
use padan::submissions::Submission;
use serde_json::json;

/// Mails and events of the trail a partner.
const MAILS: usize = 100;
const EVENTS: usize = 300;
/// The mail that is opened.
pub const MAIL: &str = "01990000-0000-7000-8000-000000000001";

/// A hundred mails to each partner.
pub fn write_mails(conn: &mut DbConn, institutions: &[Institution], now: Moment) {
    use schema::mails;
    let body = "Yth. Pejabat Penghubung, berkas contoh sudah diterima. ".repeat(20);
    for (place, partner) in institutions.iter().enumerate() {
        let all = (0..MAILS).map(|mail| {
            let id = match (place, mail) {
                (0, 0) => MAIL.to_owned(),
                _ => uuid::Uuid::now_v7().to_string(),
            };
            let at = now.plus_seconds(-900 * (place * MAILS + mail) as i64);
            let address = format!("orang{mail}@contoh.example");
            (
                mails::message_id.eq(format!("<{id}@padan.example>")),
                mails::id.eq(id),
                mails::kind.eq(["submissions.received", "reports.decided"][mail % 2]),
                mails::institution_id.eq(partner.id.to_string()),
                mails::recipient_name.eq("Orang Contoh"),
                mails::search_text.eq(format!("orang contoh {address}")),
                mails::recipient.eq(address),
                mails::subject.eq("Berkas diterima"),
                mails::body_text.eq(body.clone()),
                mails::body_html.eq(body.clone()),
                mails::created_at.eq(at),
                mails::run_after.eq(at),
                mails::attempts.eq(1),
                mails::sent_at.eq((mail % 50 > 0).then_some(at)),
                mails::failed_at.eq((mail % 50 == 0).then_some(at)),
            )
        });
        let all: Vec<_> = all.collect();
        per_backend!(conn, |conn| {
            diesel::insert_into(mails::table)
                .values(all)
                .execute(conn)
                .unwrap();
        });
    }
}

/// Three hundred events of the trail of each partner, behind those that signing in left.
pub fn write_trail(
    conn: &mut DbConn,
    (institutions, accounts, submissions): (&[Institution], &[Account], &[Submission]),
    now: Moment,
) {
    let actions = [
        "submissions.uploaded",
        "submissions.sent",
        "accounts.signed_in",
    ];
    let total = (institutions.len() * EVENTS) as i64;
    let (before, mut hash): (i64, String) = schema::audit_head::table
        .select((schema::audit_head::sequence, schema::audit_head::hash))
        .first(conn)
        .unwrap();
    let mut events = Vec::new();
    for sequence in 1..=total {
        let place = sequence as usize % institutions.len();
        let entry = Entry {
            actor: accounts[place * 3].id.to_string(),
            institution: Some(institutions[place].id.to_string()),
            action: actions[sequence as usize % 3],
            subject: ("submission", submissions[place].id.to_string()),
            detail: json!({ "rows": 12 }),
        };
        let at = now.plus_seconds(-400 * (total - sequence));
        let event = AuditEvent::following(entry, before + sequence, hash, at);
        hash = event.hash.clone();
        events.push(event);
    }
    per_backend!(conn, |conn| for chunk in events.chunks(500) {
        diesel::insert_into(schema::audit_events::table)
            .values(chunk)
            .execute(conn)
            .unwrap();
    });
    diesel::update(schema::audit_head::table)
        .set((
            schema::audit_head::sequence.eq(before + total),
            schema::audit_head::hash.eq(hash),
        ))
        .execute(conn)
        .unwrap();
}
