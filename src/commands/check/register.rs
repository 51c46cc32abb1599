//! The persons of a register in memory: about 100 bytes each, found
//! by ID or by NIP in one step.

use anyhow::{Context, Result};
use foldhash::quality::RandomState;
use hashbrown::HashTable;
use padan::datasets::{AsnId, Outside, People, Person, PersonKey};
use std::collections::HashMap;
use std::fs::File;
use std::hash::BuildHasher;
use std::path::Path;

/// Headers that mean a person's ID, a NIP, an institution: ours, and SIASN's.
const ID: [&str; 4] = ["id_pns", "pnsOrangId", "pns_id", "id"];
const NIP: [&str; 3] = ["nip", "nipBaru", "nip_baru"];
const INSTITUTION: [&str; 2] = ["instansi_id", "instansiId"];

/// A register, or none when no file was named.
#[derive(Default)]
pub struct Register {
    by_id: HashTable<Person>,
    by_nip: HashTable<Person>,
    hashes: RandomState,
    is_loaded: bool,
}

impl Register {
    /// Reads a CSV file. With an institution only its people are within reach,
    /// as far as the file says whose they are.
    pub fn read(path: &Path, institution: Option<AsnId>) -> Result<Self> {
        let context = || format!("--register {}", path.display());
        let mut csv = csv::Reader::from_reader(File::open(path).with_context(context)?);
        let headers = csv.headers().with_context(context)?.clone();
        let column = |names: &[&str]| headers.iter().position(|header| names.contains(&header));
        let id = column(&ID).with_context(|| format!("{}: no column id_pns", context()))?;
        let nip = column(&NIP).with_context(|| format!("{}: no column nip", context()))?;
        let whose = institution.zip(column(&INSTITUTION));
        let mut register = Self {
            is_loaded: true,
            ..Self::default()
        };
        let mut row = csv::StringRecord::new();
        while csv.read_record(&mut row).with_context(context)? {
            let cell = |column: usize| row.get(column).unwrap_or_default();
            if whose.is_some_and(|(own, column)| cell(column).parse() != Ok(own)) {
                continue;
            }
            let line = || format!("{}, line {}", context(), csv_line(&row));
            register.add(Person {
                id: cell(id).parse().with_context(line)?,
                nip: cell(nip).parse().with_context(line)?,
            });
        }
        Ok(register)
    }

    fn add(&mut self, person: Person) {
        let hashes = &self.hashes;
        self.by_id
            .insert_unique(hashes.hash_one(person.id), person, |other| {
                hashes.hash_one(other.id)
            });
        self.by_nip
            .insert_unique(hashes.hash_one(person.nip), person, |other| {
                hashes.hash_one(other.nip)
            });
    }

    fn person(&self, key: PersonKey) -> Option<Person> {
        let found = match key {
            PersonKey::Id(id) => self
                .by_id
                .find(self.hashes.hash_one(id), |person| person.id == id),
            PersonKey::Nip(nip) => self
                .by_nip
                .find(self.hashes.hash_one(nip), |person| person.nip == nip),
        };
        found.copied()
    }
}

fn csv_line(row: &csv::StringRecord) -> u64 {
    row.position().map_or(0, csv::Position::line)
}

impl People for Register {
    fn lookup(&mut self, keys: &[PersonKey]) -> Result<HashMap<PersonKey, Person>, Outside> {
        let found = keys
            .iter()
            .filter_map(|key| Some((*key, self.person(*key)?)));
        Ok(found.collect())
    }

    fn find(&mut self, keys: &[PersonKey], found: &mut Vec<Option<Person>>) -> Result<(), Outside> {
        found.extend(keys.iter().map(|key| self.person(*key)));
        Ok(())
    }

    fn is_loaded(&self) -> bool {
        self.is_loaded
    }
}
