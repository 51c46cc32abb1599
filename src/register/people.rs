//! The register as checking asks for it: one query a batch.

use std::collections::{HashMap, HashSet};

use foldhash::quality::RandomState;

use super::queries;
use super::reach::Reach;
use crate::datasets::{Outside, People, Person, PersonKey};
use crate::platform::db::DbConn;

/// Answers that are remembered at most, some 40 MB: the rows of one person often
/// come in a row, and a large file names most of its institution.
const REMEMBERED: usize = 450_000;

/// The persons within one sender's reach.
pub struct RegisterPeople<'a> {
    conn: &'a mut DbConn,
    reach: Reach,
    is_loaded: bool,
    known: HashMap<PersonKey, Option<Person>, RandomState>,
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
            known: HashMap::default(),
        })
    }

    /// Asks for those of the keys that were not asked for before.
    fn learn(&mut self, keys: &[PersonKey]) -> Result<(), Outside> {
        if self.known.len() + keys.len() * 2 > REMEMBERED {
            self.known.clear();
        }
        let is_new = |key: &&PersonKey| !self.known.contains_key(*key);
        let new: HashSet<PersonKey, RandomState> = keys.iter().filter(is_new).copied().collect();
        // Who is found by ID answers for the NIP too, mostly the same row's.
        let (ids, nips): (Vec<_>, Vec<_>) = new.into_iter().partition(PersonKey::is_id);
        self.ask(ids)?;
        let is_new = |key: &PersonKey| !self.known.contains_key(key);
        let nips = nips.into_iter().filter(is_new).collect();
        self.ask(nips)
    }

    fn ask(&mut self, keys: Vec<PersonKey>) -> Result<(), Outside> {
        if keys.is_empty() {
            return Ok(());
        }
        let found = self.lookup(&keys)?;
        self.known.extend(keys.into_iter().map(|key| (key, None)));
        let found = found.into_iter();
        self.known
            .extend(found.map(|(key, person)| (key, Some(person))));
        Ok(())
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
        let mut rows = Vec::new();
        if !ids.is_empty() {
            rows = queries::find::people_by_id(self.conn, &ids)?;
        }
        if !nips.is_empty() {
            rows.extend(queries::find::people_by_nip(self.conn, &nips)?);
        }
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

    fn find(&mut self, keys: &[PersonKey], found: &mut Vec<Option<Person>>) -> Result<(), Outside> {
        self.learn(keys)?;
        found.extend(
            keys.iter()
                .map(|key| self.known.get(key).copied().flatten()),
        );
        Ok(())
    }

    fn is_loaded(&self) -> bool {
        self.is_loaded
    }
}
