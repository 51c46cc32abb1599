//! What the register holds, by the names of declared fields.

use std::borrow::Cow;

use super::model::{Profile, Unit};

/// Whether the register holds a field at all: of a photograph nothing, until an
/// agreement says how the files themselves are handed over.
pub fn holds(dataset: &str, field: &str) -> bool {
    (dataset, field) != ("profil-pns", "foto")
}

impl Profile {
    /// The value of a field of `profil-pns`, if it has one. Of a photograph the
    /// register holds nothing.
    pub fn value(&self, field: &str) -> Option<Cow<'_, str>> {
        let text = match field {
            "id_pns" => Some(&self.id_pns),
            "nip" => Some(&self.nip),
            "nama" => Some(&self.name),
            "instansi_induk_id" => Some(&self.institution_code),
            "tempat_lahir" => self.birth_place.as_ref(),
            "tanggal_lahir" => return self.birth_date.map(|day| day.to_string().into()),
            "jenis_kelamin" => self.sex.as_ref(),
            "email" => self.email.as_ref(),
            "tmt_pns" => return self.appointed_on.map(|day| day.to_string().into()),
            "nomor_kontak" => self.phone.as_ref(),
            "pendidikan_terakhir_id" => self.education_code.as_ref(),
            "instansi_kerja_id" => self.workplace_code.as_ref(),
            "unit_kerja_id" => self.unit_code.as_ref(),
            "jenis_jabatan_id" => self.position_kind.as_ref(),
            "jabatan_fungsional_umum_id" => self.executive_code.as_ref(),
            "jabatan_fungsional_id" => self.position_code.as_ref(),
            "lokasi_kerja_id" => self.place_code.as_ref(),
            "golongan_terakhir_id" => self.rank_code.as_ref(),
            _ => None,
        };
        text.map(|text| text.as_str().into())
    }
}

impl Unit {
    /// The value of a field of `unit-kerja`, if it has one.
    pub fn value(&self, field: &str) -> Option<&str> {
        match field {
            "unit_kerja_id" => Some(&self.id),
            "unit_kerja" => Some(&self.name),
            "instansi_kerja_id" => Some(&self.institution_code),
            "instansi" => self.institution_name.as_deref(),
            "unor_induk" => self.parent.as_deref(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datasets;

    #[test]
    fn every_declared_field_but_the_photograph_has_its_value() {
        let filled = |text: &str| Some(text.to_owned());
        let day = "1990-01-02".parse().ok();
        let person = Profile {
            number: 1,
            id_pns: "id_pns".into(),
            nip: "nip".into(),
            name: "nama".into(),
            birth_place: filled("tempat_lahir"),
            birth_date: day,
            sex: filled("jenis_kelamin"),
            email: filled("email"),
            appointed_on: day,
            phone: filled("nomor_kontak"),
            education_code: filled("pendidikan_terakhir_id"),
            institution_code: "instansi_induk_id".into(),
            workplace_code: filled("instansi_kerja_id"),
            unit_code: filled("unit_kerja_id"),
            position_kind: filled("jenis_jabatan_id"),
            executive_code: filled("jabatan_fungsional_umum_id"),
            position_code: filled("jabatan_fungsional_id"),
            place_code: filled("lokasi_kerja_id"),
            rank_code: filled("golongan_terakhir_id"),
        };
        for field in &datasets::find("profil-pns").unwrap().fields {
            let value = person.value(&field.name);
            match field.name.as_str() {
                "foto" => assert_eq!(value, None),
                "tanggal_lahir" | "tmt_pns" => assert_eq!(value.unwrap(), "1990-01-02"),
                name => assert_eq!(value.as_deref(), Some(name)),
            }
        }
    }
}
