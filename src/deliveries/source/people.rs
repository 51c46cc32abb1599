//! Profiles: the data set `profil-pns`.

use diesel::QueryResult;

use super::Rows;
use crate::datasets::{self, Dataset, Values};
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
    let values = people.iter().map(|one| values(dataset, one)).collect();
    let people = people.into_iter().map(|one| (one.id_pns, one.nip));
    Ok(Some(Rows {
        values,
        people: people.collect(),
    }))
}

fn values(dataset: &Dataset, one: &Profile) -> Values {
    let mut values = Values::with_capacity(dataset.fields.len());
    for field in &dataset.fields {
        match field.name.as_str() {
            "tanggal_lahir" => push_date(&mut values, one.birth_date),
            "tmt_pns" => push_date(&mut values, one.appointed_on),
            name => values.push(text(one, name)),
        }
    }
    values
}

fn push_date(values: &mut Values, date: Option<chrono::NaiveDate>) {
    let text = date.map(|date| date.to_string());
    values.push(text.as_deref().unwrap_or_default());
}

/// What the register holds of a field; of a photograph it holds nothing.
fn text<'p>(one: &'p Profile, field: &str) -> &'p str {
    let optional = match field {
        "id_pns" => return &one.id_pns,
        "nip" => return &one.nip,
        "nama" => return &one.name,
        "instansi_induk_id" => return &one.institution_code,
        "tempat_lahir" => &one.birth_place,
        "jenis_kelamin" => &one.sex,
        "email" => &one.email,
        "nomor_kontak" => &one.phone,
        "pendidikan_terakhir_id" => &one.education_code,
        "instansi_kerja_id" => &one.workplace_code,
        "unit_kerja_id" => &one.unit_code,
        "jenis_jabatan_id" => &one.position_kind,
        "jabatan_fungsional_umum_id" => &one.executive_code,
        "jabatan_fungsional_id" => &one.position_code,
        "lokasi_kerja_id" => &one.place_code,
        "golongan_terakhir_id" => &one.rank_code,
        _ => return "",
    };
    optional.as_deref().unwrap_or_default()
}
