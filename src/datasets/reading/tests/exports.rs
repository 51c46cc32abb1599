//! Files with the headers that SIASN itself writes.

use super::*;
use crate::datasets::{Dataset, Kind, Summary, find};

/// The 67 columns of "Export Data ASN".
const EXPORT: &str = "\
    pns_id nip_baru nip_lama nama gelar_depan gelar_belakang tempat_lahir_id tempat_lahir_nama \
    tanggal_lahir jenis_kelamin agama_id agama_nama jenis_kawin_id jenis_kawin_nama nik \
    nomor_hp email email_gov alamat npwp_nomor bpjs jenis_pegawai_id jenis_pegawai_nama \
    kedudukan_hukum_id kedudukan_hukum_nama status_cpns_pns kartu_asn_virtual nomor_sk_cpns \
    tanggal_sk_cpns tmt_cpns nomor_sk_pns tanggal_sk_pns tmt_pns gol_awal_id gol_awal_nama \
    gol_akhir_id gol_akhir_nama tmt_golongan mk_tahun mk_bulan jenis_jabatan_id \
    jenis_jabatan_nama jabatan_id jabatan_nama tmt_jabatan tingkat_pendidikan_id \
    tingkat_pendidikan_nama pendidikan_id pendidikan_nama tahun_lulus kpkn_id kpkn_nama \
    lokasi_kerja_id lokasi_kerja_nama unor_id unor_nama instansi_induk_id instansi_induk_nama \
    instansi_kerja_id instansi_kerja_nama satuan_kerja_induk_id satuan_kerja_induk_nama \
    satuan_kerja_kerja_id satuan_kerja_kerja_nama is_valid_nik nama_sekolah flag_ikd";
/// The 128 fields of the answer `data-utama`.
const DATA_UTAMA: &str = "\
    id nipBaru nipLama nama gelarDepan gelarBelakang tempatLahir tempatLahirId tglLahir agama \
    agamaId email emailGov nik alamat noHp noTelp jenisPegawaiId mkTahun mkBulan \
    jenisPegawaiNama kedudukanPnsId kedudukanPnsNama statusPegawai jenisKelamin \
    jenisIdDokumenId jenisIdDokumenNama nomorIdDocument noSeriKarpeg tkPendidikanTerakhirId \
    tkPendidikanTerakhir pendidikanTerakhirId pendidikanTerakhirNama tahunLulus tmtPns \
    tmtPensiun bupPensiun tglSkPns tmtCpns tglSkCpns instansiIndukId instansiIndukNama \
    satuanKerjaIndukId satuanKerjaIndukNama kanregId kanregNama instansiKerjaId \
    instansiKerjaNama instansiKerjaKodeCepat satuanKerjaKerjaId satuanKerjaKerjaNama unorId \
    unorNama unorIndukId unorIndukNama jenisJabatanId jenisJabatan jabatanNama \
    jabatanStrukturalId jabatanStrukturalNama jabatanFungsionalId jabatanFungsionalNama \
    jabatanFungsionalUmumId jabatanFungsionalUmumNama tmtJabatan lokasiKerjaId lokasiKerja \
    golRuangAwalId golRuangAwal golRuangAkhirId golRuangAkhir tmtGolAkhir masaKerja eselon \
    eselonId eselonLevel tmtEselon gajiPokok kpknId kpknNama ktuaId ktuaNama taspenId \
    taspenNama jenisKawinId statusPerkawinan statusHidup tglSuratKeteranganDokter \
    noSuratKeteranganDokter jumlahIstriSuami jumlahAnak noSuratKeteranganBebasNarkoba \
    tglSuratKeteranganBebasNarkoba skck tglSkck akteKelahiran akteMeninggal tglMeninggal \
    noNpwp tglNpwp noAskes bpjs kodePos noSpmt noTaspen bahasa kppnId kppnNama pangkatAkhir \
    tglSttpl nomorSttpl nomorSkCpns nomorSkPns jenjang jabatanAsn kartuAsn validNik \
    pangkatAwal asnJenjangJabatan levelJabatan tanggal_taspen tabrum2 kelas_jabatan \
    karis_karsu tglSpmt kode_jenjang_jabatan path genEmailAsn";
/// The answer `rw-angkakredit`.
const CREDITS: &str = "\
    id pns nomorSk tanggalSk bulanMulaiPenailan tahunMulaiPenailan bulanSelesaiPenailan \
    tahunSelesaiPenailan kreditUtamaBaru kreditPenunjangBaru kreditBaruTotal rwJabatan \
    namaJabatan isAngkaKreditPertama isIntegrasi isKonversi path Sumber created_at updated_at";
/// The answer `rw-jabatan`.
const POSTS: &str = "\
    id idPns nipBaru nipLama jenisJabatan instansiKerjaId instansiKerjaNama satuanKerjaId \
    satuanKerjaNama unorId unorNama unorIndukId unorIndukNama eselon eselonId \
    jabatanFungsionalId jabatanFungsionalNama jabatanFungsionalUmumId \
    jabatanFungsionalUmumNama tmtJabatan nomorSk tanggalSk namaUnor namaJabatan tmtPelantikan \
    path jenisPenugasanId jenisMutasiId subJabatanId tmtMutasi";
/// The answer `list-pensiun-instansi`.
const PENSIONS: &str = "\
    id nama statusUsulan statusUsulanNama pnsId nipBaru pertekNomor skNomor pathSk pathPertek \
    pertekTgl skTgl instansiId instansiNama detailLayananNama tglLahir golonganId \
    golonganKppId tmtPensiun pathSkPreview";
/// What clients send to `kursus/save`.
const COURSE: &str = "id instansiId institusiPenyelenggara jenisDiklatId jenisKursus \
    jenisKursusSertipikat jumlahJam lokasiId namaKursus nomorSertipikat path pnsOrangId \
    tahunKursus tanggalKursus tanggalSelesaiKursus";
/// What clients send to `jabatan/save`.
const POST: &str = "eselonId id instansiId jabatanFungsionalId jabatanFungsionalUmumId \
    jenisJabatan nomorSk path pnsId satuanKerjaId tanggalSk tmtJabatan tmtPelantikan unorId";

/// A value as SIASN writes it: days first, `null` where there is none, an
/// apostrophe before what a spreadsheet would take for a number.
fn value(dataset: &Dataset, header: &str) -> String {
    let form = crate::datasets::header::normal_form(header);
    let mut fields = dataset.fields.iter();
    let field = fields.find(|field| field.headers().any(|known| known == form));
    let Some((field, example)) = field.and_then(|it| Some((it, it.example.clone()?))) else {
        return "null".to_owned();
    };
    let own = matches!(field.reference.as_deref(), Some("instansi"));
    match &field.kind {
        _ if own => OWN.to_lowercase(),
        Kind::Nip => format!("'{example}"),
        Kind::Date { .. } => {
            let parts: Vec<_> = example.split('-').rev().collect();
            parts.join("-")
        }
        _ => example,
    }
}

/// Checks one row under these headers.
fn exported(dataset: &'static str, headers: &str) -> (Summary, Vec<String>) {
    let declared = find(dataset).unwrap();
    let headers: Vec<_> = headers.split(' ').collect();
    let row: Vec<_> = headers.iter().map(|it| value(declared, it)).collect();
    let file = format!("{}\r\n{}\r\n", headers.join(";"), row.join(";"));
    let mut trial = Trial {
        dataset,
        ..Trial::default()
    };
    trial.register.is_missing = true;
    let summary = trial.run("export.csv", file.as_bytes()).unwrap();
    let findings = trial.kept.rows.iter().flat_map(|row| &row.findings);
    let told = findings.map(|it| format!("{:?} {} {:?}", it.field, it.code, it.value));
    (summary, told.collect())
}

#[test]
fn what_siasn_exports_is_taken_by_its_own_headers() {
    for (dataset, headers) in [
        ("profil-pns", EXPORT),
        ("data-utama", EXPORT),
        ("profil-pns", DATA_UTAMA),
        ("data-utama", DATA_UTAMA),
        ("riwayat-kursus", COURSE),
        ("riwayat-angka-kredit", CREDITS),
        ("riwayat-jabatan", POSTS),
        ("riwayat-jabatan", POST),
        ("riwayat-jabatan-pns", POSTS),
        ("pensiun", PENSIONS),
    ] {
        let (summary, found) = exported(dataset, headers);
        let count = headers.split(' ').count();
        assert_eq!(found, Vec::<String>::new(), "{dataset} {count}");
        assert_eq!(summary.ready, 1, "{dataset} {count}");
    }
}

#[test]
fn what_is_not_asked_for_is_left_out_with_one_note() {
    let (summary, _) = exported("profil-pns", EXPORT);
    let unknown: Vec<_> = summary
        .unknown_columns
        .iter()
        .map(|(_, it)| it.as_str())
        .collect();
    assert!(unknown.contains(&"nik") && unknown.contains(&"npwp_nomor"));
    let is_many = |note: &&Note| matches!(note, Note::UnknownColumns { .. });
    assert_eq!(summary.notes.iter().filter(is_many).count(), 1);
    assert!(
        summary
            .notes
            .iter()
            .all(|note| note.unknown_column().is_none())
    );
}

#[test]
fn columns_that_siasn_lacks_are_named_and_count_as_empty() {
    let (summary, _) = exported("riwayat-angka-kredit", CREDITS);
    let absent = Note::AbsentColumns {
        titles: vec!["NIP".into()],
    };
    assert!(summary.notes.contains(&absent), "{:?}", summary.notes);
}

#[test]
fn of_two_columns_for_one_field_the_first_declared_is_read() {
    let (summary, _) = exported("data-utama", DATA_UTAMA);
    let mut uses = summary.columns.iter();
    let contact = uses.find(|it| it.field == "nomor_kontak").unwrap();
    assert_eq!(contact.header, "noHp");
}

#[test]
fn a_required_column_is_missing_in_an_export_too() {
    let file = "idPns;nipBaru;namaKursus;jumlahJam;noSertipikat\r\n1;2;3;4;5\r\n";
    let FileRefusal::MissingColumns { missing, .. } = refused("kursus.csv", file.as_bytes()) else {
        panic!("not refused for its columns");
    };
    assert!(missing.contains(&"instansi_id".to_owned()));
    assert!(!missing.contains(&"nip".to_owned()));
}

#[test]
fn a_file_may_be_200_columns_wide_and_no_wider() {
    let wide = |columns: usize| {
        let more: String = (9..columns).map(|at| format!(",lain_{at}")).collect();
        let cells = ",x".repeat(columns - 9);
        format!("{HEADER}{more}\r\n{}{cells}\r\n", course(1).join(","))
    };
    assert_eq!(checked("a.csv", wide(200).as_bytes()).summary.ready, 1);
    assert_eq!(
        refused("a.csv", wide(201).as_bytes()),
        FileRefusal::TooWide { limit: 200 }
    );
}
