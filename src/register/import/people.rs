//! Profiles: the data set `profil-pns`.

use diesel::QueryResult;
use std::collections::{HashMap, HashSet};

use super::batch::{Differing, Names, Target};
use super::cells::{Cells, Fault};
use crate::platform::db::DbConn;
use crate::register::model::{Profile, RejectReason};
use crate::register::queries::{bulk, find, indexes, removal};

/// The fields, in the order in which `read` asks for them.
pub const FIELDS: [&str; 18] = [
    "id_pns",
    "nip",
    "nama",
    "tempat_lahir",
    "tanggal_lahir",
    "jenis_kelamin",
    "email",
    "tmt_pns",
    "nomor_kontak",
    "pendidikan_terakhir_id",
    "instansi_induk_id",
    "instansi_kerja_id",
    "unit_kerja_id",
    "jenis_jabatan_id",
    "jabatan_fungsional_umum_id",
    "jabatan_fungsional_id",
    "lokasi_kerja_id",
    "golongan_terakhir_id",
];

/// The columns that a file must have.
pub const NEEDED: [&str; 4] = ["id_pns", "nip", "nama", "instansi_induk_id"];

const NIP: &str = FIELDS[1];

pub struct People;

impl Target for People {
    type Row = Profile;

    fn read(&self, cells: &Cells<'_>) -> Result<Profile, Fault> {
        Ok(Profile {
            number: 0,
            id_pns: cells.needed_id(0)?,
            nip: cells.nip(1)?,
            name: cells.needed(2)?,
            birth_place: cells.owned(3)?,
            birth_date: cells.date(4)?,
            sex: cells.owned(5)?,
            email: cells.owned(6)?,
            appointed_on: cells.date(7)?,
            phone: cells.owned(8)?,
            education_code: cells.id(9)?,
            institution_code: cells.needed_id(10)?,
            workplace_code: cells.id(11)?,
            unit_code: cells.id(12)?,
            position_kind: cells.owned(13)?,
            executive_code: cells.id(14)?,
            position_code: cells.id(15)?,
            place_code: cells.id(16)?,
            rank_code: cells.owned(17)?,
        })
    }

    fn key(row: &Profile) -> &str {
        &row.id_pns
    }

    fn begin(&self, conn: &mut DbConn) -> QueryResult<()> {
        if find::is_loaded(conn)? {
            return Ok(());
        }
        indexes::set_aside(conn)
    }

    fn end(&self, conn: &mut DbConn) -> QueryResult<()> {
        indexes::restore(conn)
    }

    const ABOUT: &'static str = FIELDS[0];
    const BY_PERSON: bool = false;

    fn names(&self, cells: &Cells<'_>) -> Names {
        Names::alone(cells.needed_id(0).ok())
    }

    fn named_after(&self, conn: &mut DbConn, key: &str, limit: i64) -> QueryResult<Vec<Names>> {
        let ids = removal::people_after(conn, key, limit)?;
        Ok(ids.into_iter().map(|id| Names::alone(Some(id))).collect())
    }

    fn remove(&self, conn: &mut DbConn, keys: &[&str]) -> QueryResult<usize> {
        removal::people(conn, keys)
    }

    fn standing(&self, conn: &mut DbConn, keys: &[&str]) -> QueryResult<Vec<Profile>> {
        bulk::people(conn, keys)
    }

    /// Whoever had a NIP that another gets gives it up first.
    fn replace(&self, conn: &mut DbConn, rows: &[Profile]) -> QueryResult<()> {
        let wanted: HashMap<&str, &str> = rows
            .iter()
            .map(|row| (row.nip.as_str(), row.id_pns.as_str()))
            .collect();
        let nips: Vec<&str> = wanted.keys().copied().collect();
        let mut holders = bulk::holders(conn, &nips)?;
        holders.retain(|(id, nip)| wanted.get(nip.as_str()) != Some(&id.as_str()));
        if !holders.is_empty() {
            let ids: Vec<&str> = holders.iter().map(|(id, _)| id.as_str()).collect();
            bulk::give_up_nips(conn, &ids)?;
        }
        bulk::replace_people(conn, rows)
    }

    fn insert(&self, conn: &mut DbConn, rows: &[Profile]) -> QueryResult<()> {
        bulk::insert_people(conn, rows)
    }

    fn number(&self, conn: &mut DbConn, rows: &mut [Profile]) -> QueryResult<()> {
        let last = bulk::last_number(conn)?;
        for (number, row) in (last + 1..).zip(rows) {
            row.number = number;
        }
        Ok(())
    }

    fn succeed(row: &mut Profile, before: &Profile) {
        row.number = before.number;
    }

    /// A NIP names one person only: on record, and in the batch. One that its
    /// holder gives up in the same batch is free.
    fn clashes(
        &self,
        conn: &mut DbConn,
        rows: &[Differing<Profile>],
    ) -> QueryResult<HashMap<String, Fault>> {
        let nips: Vec<&str> = rows.iter().map(|it| it.row.nip.as_str()).collect();
        let holders: HashMap<String, String> = bulk::holders(conn, &nips)?
            .into_iter()
            .map(|(id, nip)| (nip, id))
            .collect();
        let clashing = clashing(rows, &holders);
        let rejected = rows.iter().filter(|it| clashing.contains(&*it.row.id_pns));
        Ok(rejected.map(|it| it.row.nip_taken()).collect())
    }
}

impl Profile {
    fn nip_taken(&self) -> (String, Fault) {
        let fault = Fault {
            field: NIP,
            reason: RejectReason::NipTaken,
            value: self.nip.clone(),
        };
        (self.id_pns.clone(), fault)
    }
}

/// Whose NIP belongs to somebody else. Whoever is rejected keeps the NIP that
/// another may have counted on.
fn clashing<'a>(
    rows: &'a [Differing<Profile>],
    holders: &'a HashMap<String, String>,
) -> HashSet<&'a str> {
    let rows = || rows.iter().map(|it| (&*it.row.id_pns, &*it.row.nip));
    let moves: HashMap<&str, &str> = rows().collect();
    let held = holders.iter().map(|(nip, holder)| (&**holder, &**nip));
    let held: HashMap<&str, &str> = held.collect();
    let mut claimed: HashMap<&str, &str> = HashMap::new();
    let mut rejected = Vec::new();
    for (id, nip) in rows() {
        let is_first = *claimed.entry(nip).or_insert(id) == id;
        let holder = holders.get(nip).filter(|holder| *holder != id);
        let stays = |holder: &String| moves.get(&**holder).is_none_or(|to| *to == nip);
        if !is_first || holder.is_some_and(stays) {
            rejected.push(id);
        }
    }
    let mut clashing = HashSet::new();
    while let Some(id) = rejected.pop() {
        if clashing.insert(id) {
            let other = held.get(id).and_then(|nip| claimed.get(nip));
            rejected.extend(other.filter(|other| **other != id));
        }
    }
    clashing
}
