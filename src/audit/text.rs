//! Indonesian words for the trail.

mod actions;

use serde_json::Value;

use actions::ACTIONS;

/// What the portal does by itself is done by this.
pub(super) const PORTAL: &str = "Portal";

/// The head of the CSV file.
pub(super) const CSV_HEAD: [&str; 12] = [
    "nomor",
    "waktu_wib",
    "pelaku",
    "peran",
    "id_pelaku",
    "instansi",
    "tindakan",
    "kode_tindakan",
    "objek",
    "id_objek",
    "rincian",
    "sidik",
];

/// Words for the kinds of things that are acted on.
const SUBJECTS: &[(&str, &str)] = &[
    ("account", "Akun"),
    ("accounts", "Daftar akun"),
    ("agreement", "PKS"),
    ("audit", "Jejak audit"),
    ("clause", "Klausul"),
    ("correspondent", "Narahubung"),
    ("dataset", "Set data"),
    ("delivery", "Penyerahan data"),
    ("delivery_plan", "Jadwal penyerahan"),
    ("publication", "Penyerahan data lewat portal"),
    ("disclosure_trace", "Penelusuran penerima data"),
    ("grant", "Data pada Lampiran PKS"),
    ("institution", "Instansi"),
    ("letter", "Surat permintaan laporan"),
    ("lookup", "Pencarian"),
    ("mail", "Surel"),
    ("mapping", "Pemetaan kode"),
    ("reference_list", "Daftar kode referensi"),
    ("register", "Register ASN"),
    ("report", "Laporan"),
    ("submission", "Pengiriman data"),
    ("suspension", "Penghentian sementara"),
];

/// Words for the facts of a deed.
const DETAILS: &[(&str, &str)] = &[
    ("action", "tindakan"),
    ("added", "baru"),
    ("addressees", "penerima"),
    ("after", "sesudah"),
    ("agreement", "PKS"),
    ("amount", "jumlah"),
    ("anchor", "dihitung dari"),
    ("anew", "akun lama"),
    ("article", "pasal"),
    ("before", "sebelum"),
    ("bkn_number", "nomor BKN"),
    ("blocked", "baris salah"),
    ("by_person", "menurut pelaku"),
    ("changed", "berubah"),
    ("codes", "kode"),
    ("confirmed_on", "tanggal dikonfirmasi"),
    ("corrections", "permintaan perbaikan"),
    ("covers", "masa yang dicakup"),
    ("dataset", "set data"),
    ("day_of_month", "tanggal dalam bulan"),
    ("decision", "putusan"),
    ("delivered_on", "tanggal disampaikan"),
    ("delivery", "penyerahan"),
    ("description", "uraian"),
    ("direction", "arah"),
    ("disclosure", "pengungkapan"),
    ("due_on", "jatuh pada"),
    ("edition", "edisi"),
    ("email", "surel"),
    ("ended", "berakhir"),
    ("every_months", "jarak (bulan)"),
    ("fields", "kolom"),
    ("format", "format"),
    ("from", "dari"),
    ("import", "pemuatan"),
    ("kind", "jenis"),
    ("last_day", "hari terakhir"),
    ("late", "lewat tenggat"),
    ("left_out", "baris ditinggalkan"),
    ("letter", "surat"),
    ("link", "tautan"),
    ("marked", "baris ditandai"),
    ("memo_number", "nomor nota dinas"),
    ("name", "nama"),
    ("note", "catatan"),
    ("number", "nomor"),
    ("office", "jabatan atau unit"),
    ("outcome", "hasil"),
    ("page", "halaman"),
    ("partner_number", "nomor instansi"),
    ("per_months", "dalam bulan"),
    ("ready", "baris siap"),
    ("reason", "alasan"),
    ("reasons", "alasan peringatan"),
    ("received_on", "tanggal diterima"),
    ("recorded_end", "hari terakhir direkam"),
    ("reference_code", "kode referensi"),
    ("refused", "berkas ditolak"),
    ("rejected", "ditolak"),
    ("removed", "dihapus"),
    ("role", "peran"),
    ("rows", "baris"),
    ("sent_on", "tanggal dikirim"),
    ("sessions", "sesi"),
    ("sha256", "SHA-256"),
    ("short_name", "nama singkat"),
    ("shown", "ditampilkan"),
    ("side", "arah hitungan"),
    ("signed_on", "tanggal ditandatangani"),
    ("size", "ukuran (bita)"),
    ("state", "keadaan"),
    ("succeeds", "menggantikan"),
    ("summary", "isi"),
    ("taken_over", "baris diambil alih"),
    ("term_months", "jangka waktu (bulan)"),
    ("text_complete", "naskah lengkap"),
    ("title", "tentang"),
    ("unchanged", "tidak berubah"),
    ("unit", "satuan"),
    ("unmarked", "tanda dihapus"),
    ("until", "sampai"),
    ("valid_from", "berlaku sejak"),
    ("valid_until", "berlaku sampai"),
    ("version", "versi"),
    ("warned", "baris berperingatan"),
];

/// Words for codes that facts hold.
const VALUES: &[(&str, &str)] = &[
    ("admin", "Administrator BKN"),
    ("antre", "Antre"),
    ("auditor", "Auditor BKN"),
    ("empty", "tidak ada data"),
    ("everything", "seluruh isi"),
    ("gagal", "Gagal"),
    ("invitation", "undangan"),
    ("lead_pic", "PIC utama"),
    ("months_ahead", "bulan berikutnya"),
    ("months_past", "bulan sebelumnya"),
    ("not_granted", "Lampiran tidak memberikan"),
    ("not_in_force", "PKS tidak berlaku"),
    ("observer", "Pengamat"),
    ("overtaken", "penyerahan berikutnya sudah tiba"),
    ("paused", "jadwal dijeda"),
    ("pic", "PIC"),
    ("terkirim", "Terkirim"),
    ("verifier", "Verifikator BKN"),
];

/// Every action with its words, in the order of the words.
pub(super) fn actions() -> Vec<(&'static str, &'static str)> {
    let mut actions = ACTIONS.to_vec();
    actions.sort_by_key(|(_, words)| *words);
    actions
}

/// An action in words; one without words is shown as it is.
pub fn action_in_words(action: &str) -> &str {
    word(ACTIONS, action)
}

/// A kind of thing in words; one without words is shown as it is.
pub(super) fn subject(kind: &str) -> &str {
    word(SUBJECTS, kind)
}

/// The facts of a deed, one by one; a change as `before → after`.
pub(super) fn details(json: &str) -> Vec<(String, String)> {
    let Ok(Value::Object(facts)) = serde_json::from_str(json) else {
        return Vec::new();
    };
    let known = facts.iter().filter(|(_, value)| !value.is_null());
    known
        .map(|(key, value)| (word(DETAILS, key).replace('_', " "), plain(value)))
        .collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::Bool(true) => "ya".to_owned(),
        Value::Bool(false) => "tidak".to_owned(),
        Value::String(text) => word(VALUES, text).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(parts) => match (parts.get("before"), parts.get("after")) {
            (None, None) => value.to_string(),
            (before, after) => {
                let side = |side: Option<&Value>| plain(side.unwrap_or(&Value::Null));
                format!("{} → {}", side(before), side(after))
            }
        },
    }
}

fn word<'a>(words: &[(&str, &'static str)], name: &'a str) -> &'a str {
    let known = words.iter().find(|(known, _)| *known == name);
    known.map_or(name, |(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_reads_from_before_to_after() {
        let json = r#"{"role": {"before": "pic", "after": "lead_pic"}, "note": null}"#;
        assert_eq!(
            details(json),
            [("peran".to_owned(), "PIC → PIC utama".to_owned())]
        );
    }

    #[test]
    fn a_detail_that_cannot_be_read_is_left_out() {
        assert!(details("bukan json").is_empty());
    }
}
