//! Declarations, good and bad.

use super::embedded::parse;
use super::*;

const KURSUS: &[u8] = include_bytes!("../../../datasets/riwayat-kursus.json");

/// The error of the declaration of courses with one text replaced by another.
fn broken(from: &str, to: &str) -> String {
    let text = String::from_utf8(KURSUS.to_vec()).unwrap();
    assert!(text.contains(from), "{from}");
    parse("riwayat-kursus.json", text.replacen(from, to, 1).as_bytes())
        .unwrap_err()
        .to_string()
}

/// Each data set of the annexes with its direction and the fields named there.
const ANNEXES: [(&str, Direction, &str); 13] = [
    (
        "agregat-apip",
        Direction::BknToPartner,
        "inspektorat_daerah inspektorat_pembantu kategori jenjang jumlah",
    ),
    (
        "data-keluarga",
        Direction::BknToPartner,
        "id_pns nip hubungan nama_anggota tanggal_lahir",
    ),
    (
        "data-utama",
        Direction::BknToPartner,
        "id_pns nip nama instansi_kerja_id jabatan_fungsional_id golongan_terakhir_id",
    ),
    (
        "jf-binaan",
        Direction::PartnerToBkn,
        "id_pns nip jabatan_fungsional_id nomenklatur_lama tmt_jabatan",
    ),
    (
        "kode-referensi-asn",
        Direction::BknToPartner,
        "jenis_referensi kode nama",
    ),
    (
        "kode-referensi-jf-binaan",
        Direction::PartnerToBkn,
        "kode nama jabatan_fungsional_id",
    ),
    (
        "pensiun",
        Direction::BknToPartner,
        "id_pns nip nama nomor_pertek_pensiun tanggal_pertek_pensiun nomor_sk_pensiun tanggal_sk_pensiun tmt_pensiun",
    ),
    (
        "profil-pns",
        Direction::BknToPartner,
        "id_pns nip tempat_lahir nama tanggal_lahir jenis_kelamin email foto tmt_pns nomor_kontak pendidikan_terakhir_id instansi_induk_id instansi_kerja_id unit_kerja_id jenis_jabatan_id jabatan_fungsional_umum_id jabatan_fungsional_id lokasi_kerja_id golongan_terakhir_id",
    ),
    (
        "riwayat-angka-kredit",
        Direction::PartnerToBkn,
        "id_pns nip nomor_sk tanggal_sk bulan_mulai_penilaian tahun_mulai_penilaian bulan_akhir_penilaian tahun_akhir_penilaian angka_kredit_utama angka_kredit_penunjang angka_kredit_total nama_jabatan",
    ),
    (
        "riwayat-jabatan",
        Direction::PartnerToBkn,
        "id_pns nip jabatan_fungsional_umum_id jabatan_fungsional_id unit_kerja_id instansi_id jenis_jabatan_id tmt_jabatan nomor_sk tanggal_sk",
    ),
    (
        "riwayat-jabatan-pns",
        Direction::BknToPartner,
        "id_pns jabatan unit_kerja instansi jenis_jabatan tmt_jabatan nomor_sk tanggal_sk",
    ),
    (
        "riwayat-kursus",
        Direction::PartnerToBkn,
        "id_pns nip instansi_id nama_kursus jumlah_jam tanggal_kursus tahun_kursus institusi_penyelenggara nomor_sertifikat",
    ),
    (
        "unit-kerja",
        Direction::BknToPartner,
        "instansi_kerja_id instansi unit_kerja_id unit_kerja unor_induk",
    ),
];

#[test]
fn every_data_set_of_the_annexes_is_declared_with_its_fields_and_direction() {
    let names: Vec<_> = all().unwrap().iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ANNEXES.map(|(name, _, _)| name));
    for (dataset, (name, direction, fields)) in all().unwrap().iter().zip(ANNEXES) {
        assert_eq!(dataset.direction, direction, "{name}");
        for field in fields.split(' ') {
            assert!(dataset.field(field).is_some(), "{name} lacks {field}");
        }
        assert!(dataset.source.contains("PKS"), "{name}");
        let is_told = |field: &Field| !field.description.is_empty();
        assert!(dataset.fields.iter().all(is_told), "{name}");
    }
}

/// The lists that come with the program.
struct Embedded;

impl crate::datasets::Codes for Embedded {
    fn contains(&self, list: &str, code: &str) -> bool {
        self.entries(list).iter().any(|(known, _)| known == code)
    }

    fn entries(&self, list: &str) -> Vec<(String, String)> {
        let Ok(text) = std::fs::read(format!("references/{list}.json")) else {
            return Vec::new();
        };
        let file: serde_json::Value = serde_json::from_slice(&text).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let codes = file["codes"].as_array().unwrap().iter();
        codes
            .map(|entry| (text(&entry["code"]), text(&entry["name"])))
            .collect()
    }

    fn is_loaded(&self, list: &str) -> bool {
        !self.entries(list).is_empty()
    }
}

#[test]
fn every_example_is_a_sound_value_of_its_field() {
    for dataset in all().unwrap() {
        let row = |cell: fn(&Field) -> String| {
            let cells: Vec<_> = dataset.fields.iter().map(cell).collect();
            cells.join(";")
        };
        let text = format!(
            "{}\n{}\n",
            row(|field| field.name.clone()),
            row(|field| field.example.clone().unwrap_or_default())
        );
        let mut trial = crate::datasets::testing::Trial {
            dataset: &dataset.name,
            codes: &Embedded,
            institution: None,
            ..Default::default()
        };
        trial.register.is_missing = true;
        trial.run("a.csv", text.as_bytes()).unwrap();
        let codes: Vec<_> = trial.kept.rows[0]
            .findings
            .iter()
            .map(|finding| (finding.field.as_deref(), finding.code.as_str()))
            .collect();
        assert_eq!(codes, [], "{}", dataset.name);
    }
}

/// Headers as SIASN writes them: the answers of its web service, the bodies
/// that its clients send, and its export of all employees.
#[test]
fn files_with_the_headers_of_siasn_are_taken_as_they_are() {
    let files = [
        (
            "riwayat-kursus",
            "pnsOrangId,nipBaru,instansiId,namaKursus,jumlahJam,tanggalKursus,tahunKursus,institusiPenyelenggara,nomorSertipikat",
        ),
        (
            "riwayat-angka-kredit",
            "pnsId,nipBaru,nomorSk,tanggalSk,bulanMulaiPenailan,tahunMulaiPenailan,bulanSelesaiPenailan,tahunSelesaiPenailan,kreditUtamaBaru,kreditPenunjangBaru,kreditBaruTotal,namaJabatan",
        ),
        (
            "riwayat-jabatan",
            "pnsId,nipBaru,jabatanFungsionalUmumId,jabatanFungsionalId,unorId,instansiId,jenisJabatan,tmtJabatan,nomorSk,tanggalSk",
        ),
        (
            "pensiun",
            "pnsId,nipBaru,nama,pertekNomor,pertekTgl,skNomor,skTgl,tmtPensiun",
        ),
        (
            "riwayat-jabatan-pns",
            "idPns,namaJabatan,unorNama,instansiKerjaNama,jenisJabatan,tmtJabatan,nomorSk,tanggalSk",
        ),
    ];
    for (name, header) in files {
        let dataset = find(name).unwrap();
        let all = vec![true; dataset.fields.len()];
        let mut row = crate::datasets::reading::RawRow::default();
        row.start(1);
        let cells = header.split(',').map(str::trim);
        cells.for_each(|cell| row.push(cell, crate::datasets::reading::CellKind::Text));
        let found = header::Search::new(dataset, all).offer(&row).unwrap();
        assert_eq!(found.unwrap().notes, [], "{name}");
    }
}

#[test]
fn a_data_set_needs_no_rust_to_be_read_written_and_checked() {
    let json = br#"{
        "padan": {
            "name": "cuti", "title": "Cuti", "version": 3, "direction": "partner-to-bkn",
            "description": "Cuti pegawai.", "source": "PKS rekaan", "rowKey": ["nip"],
            "rules": [{ "rule": "unique-row" }]
        },
        "fields": [
            { "name": "nip", "title": "NIP", "description": "NIP.", "type": "string",
              "constraints": { "required": true }, "x-siasn": ["nipBaru"],
              "padan": { "kind": "nip", "example": "199001012015031901" } },
            { "name": "hari", "title": "Hari", "description": "Lama cuti.", "type": "integer",
              "constraints": { "minimum": 1, "maximum": 90 }, "padan": { "example": "12" } }
        ]
    }"#;
    let dataset: &'static Dataset = Box::leak(Box::new(parse("cuti.json", json).unwrap()));
    let mut template = Vec::new();
    let every = crate::datasets::GrantedFields::all(dataset);
    crate::datasets::write_template(&every, &Embedded, &mut template).unwrap();
    let mut trial = crate::datasets::testing::Trial::default();
    let blank = trial.check(dataset, "templat.xlsx", &template).unwrap_err();
    assert_eq!(
        blank.to_string(),
        "the file cannot be checked: the file has a header but no data rows"
    );
    let file = b"nipBaru;Hari\n199001012015031901;12\n199001012015031901;91\n";
    trial.check(dataset, "cuti.csv", file).unwrap();
    let codes = trial.kept.rows.iter().flat_map(|row| &row.findings);
    let codes: Vec<_> = codes.map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["duplicate-key", "number-range"]);
}

#[test]
fn a_bad_declaration_names_its_file_and_its_field() {
    let error = broken(r#""type": "integer""#, r#""type": "jam""#);
    assert_eq!(
        error,
        "datasets/riwayat-kursus.json: field jumlah_jam: type \"jam\" is not known"
    );
    assert!(
        broken(r#""minimum": 1,"#, r#""minimum": "satu","#)
            .contains("field jumlah_jam: \"satu\" is not a whole number")
    );
    assert!(broken(r#""maxLength": 200"#, r#""pattern": "(""#).contains("field nomor_sertifikat:"));
    assert!(
        broken(r#""x-siasn": ["namaKursus"]"#, r#""x-siasn": ["NIP"]"#)
            .contains("field nama_kursus: header \"nip\" also means nip")
    );
    assert!(
        broken(r#""fields": ["instansi_id"]"#, r#""fields": ["instansi"]"#)
            .contains("field instansi: no such field")
    );
}

#[test]
fn a_rule_that_does_not_exist_or_fit_is_an_error() {
    assert!(broken("year-of-date", "year-of-data").contains("rule year-of-data: no such rule"));
    assert!(
        broken(r#""year": "tahun_kursus""#, r#""year": "tahun""#)
            .contains("field tahun: rule year-of-date: no such field")
    );
    assert!(
        broken(r#""year": "tahun_kursus""#, r#""jahr": "tahun_kursus""#)
            .contains("rule year-of-date: unknown field `jahr`")
    );
    assert!(
        broken(
            r#"{ "rule": "unique-row" }"#,
            r#"{ "rule": "unique-row", "stage": "fatal" }"#
        )
        .contains("unknown stage")
    );
}

#[test]
fn words_that_nobody_reads_are_an_error() {
    assert!(
        broken(r#""notAfterToday": true"#, r#""notAfterTomorrow": true"#)
            .contains("notAfterTomorrow")
    );
    assert!(
        broken(r#""name": "riwayat-kursus""#, r#""name": "kursus""#)
            .contains("is not the file's name")
    );
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_the_reader_of_declarations_panic(bytes: Vec<u8>) {
        let _ = parse("x.json", &bytes);
    }
}
