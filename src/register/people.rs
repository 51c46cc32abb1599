//! The register as checking asks for it: one query a batch.

use std::collections::HashMap;

use super::queries;
use super::reach::Reach;
use crate::datasets::{Outside, People, Person, PersonKey};
use crate::platform::db::DbConn;

/// The persons within one sender's reach.
pub struct RegisterPeople<'a> {
    conn: &'a mut DbConn,
    reach: Reach,
    is_loaded: bool,
}

impl<'a> RegisterPeople<'a> {
    /// The register over a connection: the persons within `reach`.
    ///
    /// # Errors
    /// The database's.
    pub fn new(conn: &'a mut DbConn, reach: Reach) -> Result<Self, diesel::result::Error> {
        let is_loaded = queries::find::is_loaded(conn)?;
        Ok(Self {
            conn,
            reach,
            is_loaded,
        })
    }
}

impl People for RegisterPeople<'_> {
    fn lookup(&mut self, keys: &[PersonKey]) -> Result<HashMap<PersonKey, Person>, Outside> {
        let (mut ids, mut nips) = (Vec::new(), Vec::new());
        for key in keys {
            match key {
                PersonKey::Id(id) => ids.push(id.to_string()),
                PersonKey::Nip(nip) => nips.push(nip.to_string()),
            }
        }
        let mut rows = queries::find::people_of(self.conn, &ids, &nips)?;
        rows.retain(|(_, _, place)| self.reach.covers(place));
        let mut found = HashMap::with_capacity(rows.len() * 2);
        for (id, nip, _) in rows {
            let person = Person {
                id: id.parse()?,
                nip: nip.parse()?,
            };
            found.insert(PersonKey::Id(person.id), person);
            found.insert(PersonKey::Nip(person.nip), person);
        }
        Ok(found)
    }

    fn is_loaded(&self) -> bool {
        self.is_loaded
    }
}
