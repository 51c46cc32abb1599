//! A complete form for every route that takes one, so that what refuses a
//! stranger is the wall between institutions and not a field left empty.

use super::estate::{Estate, LOOKED_UP};
use crate::reports::PDF;
use crate::support::Actor;
use crate::support::lookups::person_nip;
use crate::support::submissions::{csv, form_key, good_row};
use padan::routes::Entry;
use reqwest::{Method, Response};

type Fields = Vec<(&'static str, String)>;

/// What is posted.
enum Form {
    Fields(Fields),
    File(&'static str, Vec<u8>, Fields),
}

/// Asks for an address of a route as somebody; posts come with a whole form.
pub async fn ask(who: &Actor, entry: &Entry, address: &str, owner: &Estate) -> Response {
    if entry.method == "GET" {
        return who.get(address).await;
    }
    match form(entry.path, owner) {
        Form::Fields(fields) => {
            let request = who.request(Method::POST, address).form(&fields);
            request.send().await.unwrap()
        }
        Form::File(name, content, fields) => {
            let fields: Vec<_> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
            who.upload(address, name, content, &fields).await
        }
    }
}

fn form(path: &str, owner: &Estate) -> Form {
    let upload = |row| Form::File("kursus.csv", csv([good_row(row)]), keyed(&[]));
    let fields = match path {
        "/pengiriman/baru/{agreement}/{dataset}" => return upload(11),
        "/pengiriman/{submission}/unggah" => return upload(12),
        "/laporan/{letter}" => return Form::File("laporan.pdf", PDF.to_vec(), keyed(&[])),
        path if path.starts_with("/akun/") || path.starts_with("/pic/") => {
            account_form(path.rsplit('/').next())
        }
        path if path.starts_with("/pengiriman/") || path.starts_with("/tinjauan/") => {
            version_form(path.rsplit('/').next())
        }
        "/pemetaan-kode/{mapping}" => Some(plain(&[("putusan", "tanpa"), ("dilihat", "0")])),
        "/pencarian/{agreement}/{dataset}" => Some(vec![
            ("pegawai", person_nip(LOOKED_UP)),
            ("keperluan", "Surat tugas 7/ST/2026".to_owned()),
        ]),
        path if path.contains("jadwal") => Some(plan_form(path)),
        path if path.starts_with("/balikan/") => Some(keyed(&[("pernyataan", "ya")])),
        path if path.contains("{publication}") => publication_form(path.rsplit('/').next()),
        path if path.contains("/klausul/") => clause_form(path, owner),
        path => agreement_form(path, owner),
    };
    let fields = fields.unwrap_or_else(|| panic!("no form is known for POST {path}: write it"));
    Form::Fields(fields)
}

fn account_form(deed: Option<&str>) -> Option<Fields> {
    match deed? {
        "tutup" => Some(plain(&[("alasan", "Pindah tugas ke unit lain.")])),
        "undangan" | "buka" | "sesi" => Some(plain(&[])),
        "ubah" => Some(plain(&[
            ("peran", "observer"),
            ("surel", "baru@contoh.example"),
            ("peran_semula", "pic"),
            ("surel_semula", "lama@contoh.example"),
        ])),
        _ => None,
    }
}

fn publication_form(deed: Option<&str>) -> Option<Fields> {
    match deed? {
        "tarik" => Some(plain(&[("alasan", "Cakupan keliru.")])),
        "terima" | "siapkan-ulang" => Some(plain(&[])),
        _ => None,
    }
}

fn plan_form(path: &str) -> Fields {
    if path.ends_with("{plan}") {
        return plain(&[("tindakan", "paused"), ("alasan", "Register dimuat ulang.")]);
    }
    keyed(&[
        ("data", "profil-pns"),
        ("bulan", "1"),
        ("tanggal", "25"),
        ("cakupan", "everything"),
        ("pasal", "Lampiran angka I"),
        ("mulai", "2027-01-01"),
    ])
}

fn version_form(deed: Option<&str>) -> Option<Fields> {
    match deed? {
        "kirim" => Some(plain(&[("pernyataan", "ya")])),
        "tanda" => Some(plain(&[
            ("halaman", "2"),
            ("baris", "2"),
            ("alasan.2", "Nomor sertifikat tidak terdaftar."),
        ])),
        "peringatan" => Some(plain(&[("alasan.0", "Sesuai sertifikat.")])),
        "{row}" => Some(plain(&[("isi.jumlah_jam", "44"), ("aksi", "konsep")])),
        "urungkan" => Some(plain(&[("baris", "2"), ("kolom", "jumlah_jam")])),
        "usulan" => Some(plain(&[("aturan", "integer-format:jumlah_jam")])),
        "periksa" => Some(plain(&[("konsep", "0198f000-0000-7000-8000-000000000001")])),
        "buang" => Some(plain(&[])),
        "kembalikan" => Some(plain(&[("alasan", "Berkas salah instansi.")])),
        "batal" | "periksa-ulang" | "periksa-kembali" | "ambil-alih" | "minta-perbaikan" => {
            Some(plain(&[]))
        }
        _ => None,
    }
}

fn clause_form(path: &str, owner: &Estate) -> Option<Fields> {
    match path.rsplit('/').next()? {
        "baru" => Some(plain(&[
            ("jenis", "periodic_report"),
            ("jumlah", "1"),
            ("per_bulan", "12"),
            ("pasal", "Pasal 9"),
            ("ringkasan", "Laporan tahunan."),
        ])),
        "ubah" => Some(plain(&[
            ("jenis", "data_feedback"),
            ("jumlah", "7"),
            ("satuan", "months"),
            ("sisi", "after"),
            ("pemicu", "data_received"),
            ("pasal", "Pasal 4 ayat (1) huruf b angka 1)"),
            ("ringkasan", "Umpan balik data."),
        ])),
        "periksa" => Some(vec![("dibaca", owner.clause_version.to_string())]),
        "hapus" => Some(plain(&[])),
        _ => None,
    }
}

fn agreement_form(path: &str, owner: &Estate) -> Option<Fields> {
    match path {
        "/instansi/{id}/ubah" => Some(vec![
            ("nama", format!("{} Baru", owner.partner.name)),
            ("singkatan", "IB".to_owned()),
        ]),
        "/instansi/{id}/perjanjian/baru" | "/perjanjian/{id}/ubah" => Some(terms()),
        "/perjanjian/{id}/lampiran/baru" => Some(plain(&[
            ("data", "riwayat-jabatan"),
            ("kolom", "nip"),
            ("pasal", "Lampiran API 3"),
            ("sejak", "2025-05-07"),
        ])),
        "/perjanjian/{id}/narahubung/baru" => Some(plain(&[
            ("pihak", "partner"),
            ("jabatan", "Pusat Data Contoh"),
            ("surel", "pusat@contoh.example"),
            ("pasal", "Pasal 8"),
            ("sejak", "2026-11-01"),
        ])),
        // Still in force on every day of the test.
        "/perjanjian/{id}/akhiri" => Some(plain(&[
            ("sampai", "2028-05-06"),
            ("alasan", "Kesepakatan tertulis Nomor 7/KSP/2026."),
        ])),
        "/perjanjian/{id}/penyerahan/baru" => Some(keyed(&[("data", "unit-kerja")])),
        "/perjanjian/{id}/narahubung/{one}/akhiri" => Some(plain(&[("sampai", "2026-11-19")])),
        "/perjanjian/{id}/lampiran/{grant}/hapus"
        | "/surel/{id}/kirim-ulang"
        | "/surel/{id}/sudah-sampai" => Some(plain(&[])),
        other => exchange_form(other),
    }
}

fn exchange_form(path: &str) -> Option<Fields> {
    match path {
        "/perjanjian/{id}/penyerahan" => Some(keyed(&[
            ("uraian", "Profil PNS"),
            ("diterima", "2026-11-02"),
            ("bukti", "Log layanan"),
        ])),
        "/perjanjian/{id}/surat-permintaan" => {
            Some(keyed(&[("nomor", "18/B/2026"), ("dikirim", "2026-10-12")]))
        }
        "/perjanjian/{id}/surat-permintaan/{letter}" => Some(plain(&[
            ("sampai", "2026-10-02"),
            ("dikonfirmasi", "2026-10-03"),
        ])),
        "/perjanjian/{id}/laporan/{report}" => Some(plain(&[("putusan", "accepted")])),
        "/perjanjian/{id}/penghentian" | "/perjanjian/{id}/pemulihan" => Some(keyed(&[
            ("nota", "12/ND/2026"),
            ("alasan", "Kewajiban dipenuhi terlambat."),
            ("catatan", "Sudah ditelepon."),
            ("setuju", "ya"),
        ])),
        _ => None,
    }
}

/// The terms of an agreement, under a number that no other has.
fn terms() -> Fields {
    let mut fields = plain(&[
        ("nomor_instansi", "4/S.1/HKM.03.2"),
        ("judul", "Pertukaran dan Pemanfaatan Data"),
        ("ditandatangani", "2025-05-07"),
        ("bulan", "36"),
        ("naskah", "lengkap"),
    ]);
    fields.push(("nomor_bkn", form_key()));
    fields
}

fn plain(fields: &[(&'static str, &str)]) -> Fields {
    fields
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect()
}

fn keyed(fields: &[(&'static str, &str)]) -> Fields {
    let mut fields = plain(fields);
    fields.push(("kunci", form_key()));
    fields
}
