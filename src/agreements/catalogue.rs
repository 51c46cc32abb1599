//! The data sets that an Annex can grant, as `datasets/` declares them.

use super::model::Direction;

/// A declared data set.
#[derive(Debug, Clone, Copy)]
pub struct Declared {
    /// Its name in `datasets/`.
    pub name: &'static str,
    /// The name people read.
    pub title: &'static str,
    /// Which way it flows.
    pub direction: Direction,
    /// The columns' names.
    pub fields: &'static [&'static str],
}

/// Every declared data set.
pub fn declared() -> &'static [Declared] {
    DECLARED
}

/// What people call a data set; its name where it is declared no more.
pub fn title_of(name: &str) -> &str {
    DECLARED
        .iter()
        .find(|declared| declared.name == name)
        .map_or(name, |declared| declared.title)
}

const DECLARED: &[Declared] = &[
    Declared {
        name: "riwayat-angka-kredit",
        title: "Riwayat angka kredit",
        direction: Direction::PartnerToBkn,
        fields: &[
            "id_pns",
            "nip",
            "nomor_sk",
            "tanggal_sk",
            "bulan_mulai_penilaian",
            "tahun_mulai_penilaian",
            "bulan_akhir_penilaian",
            "tahun_akhir_penilaian",
            "angka_kredit_utama",
            "angka_kredit_penunjang",
            "angka_kredit_total",
            "nama_jabatan",
        ],
    },
    Declared {
        name: "riwayat-jabatan",
        title: "Riwayat jabatan",
        direction: Direction::PartnerToBkn,
        fields: &[
            "id_pns",
            "nip",
            "jabatan_fungsional_umum_id",
            "jabatan_fungsional_id",
            "unit_kerja_id",
            "instansi_id",
            "jenis_jabatan_id",
            "tmt_jabatan",
            "nomor_sk",
            "tanggal_sk",
        ],
    },
    Declared {
        name: "riwayat-kursus",
        title: "Riwayat kursus",
        direction: Direction::PartnerToBkn,
        fields: &[
            "id_pns",
            "nip",
            "instansi_id",
            "nama_kursus",
            "jumlah_jam",
            "tanggal_kursus",
            "tahun_kursus",
            "institusi_penyelenggara",
            "nomor_sertifikat",
        ],
    },
];
