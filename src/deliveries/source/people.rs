//! Profiles: the data set `profil-pns`.

use diesel::QueryResult;

use super::Rows;
use crate::datasets::{self, Values};
use crate::platform::db::DbConn;
use crate::register::{PeopleStream, Profile};

pub(super) fn next(
    stream: &mut PeopleStream,
    conn: &mut DbConn,
    limit: i64,
) -> QueryResult<Option<Rows>> {
    let dataset = datasets::find(super::PROFILES).ok_or(diesel::result::Error::NotFound)?;
    let people = stream.next_page(conn, limit)?;
    if people.is_empty() {
        return Ok(None);
    }
    let fields = &dataset.fields;
    let of = |one: &Profile| {
        let mut values = Values::with_capacity(fields.len());
        for field in fields {
            values.push(one.value(&field.name).as_deref().unwrap_or_default());
        }
        values
    };
    let values = people.iter().map(of).collect();
    let people = people.into_iter().map(|one| (one.id_pns, one.nip));
    Ok(Some(Rows {
        values,
        people: people.collect(),
    }))
}
