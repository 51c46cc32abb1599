//! Profiles: the data set `profil-pns`.

use diesel::QueryResult;
use std::collections::HashMap;

use super::batch::{Differing, Target};
use super::cells::{Cells, Fault};
use crate::platform::db::DbConn;
use crate::register::model::{Profile, RejectReason};
use crate::register::queries::bulk;

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

    fn standing(&self, conn: &mut DbConn, keys: &[&str]) -> QueryResult<Vec<Profile>> {
        bulk::people(conn, keys)
    }

    fn replace(&self, conn: &mut DbConn, rows: &[Profile]) -> QueryResult<()> {
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

    /// A NIP names one person only: on record, and in the batch.
    fn clashes(
        &self,
        conn: &mut DbConn,
        rows: &[Differing<Profile>],
    ) -> QueryResult<HashMap<String, Fault>> {
        let nips: Vec<&str> = rows.iter().map(|it| it.row.nip.as_str()).collect();
        let mut holders: HashMap<String, String> = bulk::holders(conn, &nips)?
            .into_iter()
            .map(|(id, nip)| (nip, id))
            .collect();
        let mut clashes = HashMap::new();
        for Differing { row, .. } in rows {
            let holder = holders
                .entry(row.nip.clone())
                .or_insert_with(|| row.id_pns.clone());
            if *holder != row.id_pns {
                let fault = Fault {
                    field: NIP,
                    reason: RejectReason::NipTaken,
                    value: row.nip.clone(),
                };
                clashes.insert(row.id_pns.clone(), fault);
            }
        }
        Ok(clashes)
    }
}
