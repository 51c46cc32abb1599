//! Later versions of a reference list: an invented body is founded, and
//! another one takes its place. Nobody has named its successor yet.

use serde_json::{Value, json};

use super::DemoError;
use super::partners::World;
use crate::accounts::Role;
use crate::platform::clock::Moment;
use crate::platform::db::{DbConn, transaction};
use crate::platform::web::OneTimeKey;
use crate::references::{Order, stage, take};

const FILE: &str = "instansi.json";
const FIRST: &str = include_str!("../../references/instansi.json");
/// What each later version has besides the codes of the first: label, code, name.
const LATER: [(&str, &str, &str); 2] = [
    (
        "2026-09 (contoh)",
        "F1C70000000000000000000000000007",
        "Badan Arsip Samudra",
    ),
    (
        "2026-11 (contoh)",
        "F1C70000000000000000000000000008",
        "Badan Arsip dan Pustaka Samudra",
    ),
];

/// Brings the later versions in.
pub(super) fn renew(conn: &mut DbConn, world: &World, now: Moment) -> Result<(), DemoError> {
    let admin = world.staff(Role::Admin)?.id.to_string();
    for (label, code, name) in LATER {
        let content = version(label, code, name)?;
        let order = Order {
            actor: &admin,
            file_name: FILE,
            content: &content,
            label: None,
            form_key: &OneTimeKey::generate(),
        };
        transaction(conn, |conn| stage(conn, order, now))
            .map_err(DemoError::refused)
            .and_then(|import| {
                transaction(conn, |conn| take(conn, &import, &admin, now))
                    .map_err(DemoError::refused)
            })?;
    }
    Ok(())
}

fn version(label: &str, code: &str, name: &str) -> Result<Vec<u8>, DemoError> {
    let mut list: Value = serde_json::from_str(FIRST).map_err(DemoError::refused)?;
    if let Some(codes) = list.get_mut("codes").and_then(Value::as_array_mut) {
        codes.push(json!({ "code": code, "name": name }));
    }
    if let Some(version) = list.get_mut("version") {
        *version = json!(label);
    }
    serde_json::to_vec(&list).map_err(DemoError::refused)
}
