//! Indonesian words for the trail.

use serde_json::Value;

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

/// Words for actions. A test compares them with the actions that are recorded
/// anywhere in the code.
const ACTIONS: &[(&str, &str)] = &[
    ("accounts.admin_created", "Membuat administrator pertama"),
    ("accounts.changed", "Mengubah peran atau surel akun"),
    ("accounts.closed", "Menutup akun"),
    (
        "accounts.confidentiality_accepted",
        "Menyetujui pernyataan kerahasiaan",
    ),
    ("accounts.invited_again", "Mengirim undangan baru"),
    ("accounts.listed", "Melihat daftar akun"),
    ("accounts.nominated", "Menunjuk pemegang akun"),
    ("accounts.password_changed", "Mengganti kata sandi"),
    (
        "accounts.password_check_failed",
        "Salah menulis kata sandi sendiri",
    ),
    ("accounts.password_set", "Mengatur kata sandi"),
    ("accounts.reopened", "Membuka kembali akun"),
    (
        "accounts.reset_asked",
        "Meminta tautan atur ulang kata sandi",
    ),
    (
        "accounts.reset_sent",
        "Mengirim tautan atur ulang kata sandi",
    ),
    ("accounts.sessions_ended", "Mengakhiri sesi akun"),
    ("accounts.sign_in_failed", "Gagal masuk"),
    ("accounts.signed_in", "Masuk"),
    ("accounts.signed_out", "Keluar"),
    ("accounts.viewed", "Melihat akun"),
    ("agreement.amended", "Mengubah PKS"),
    ("agreement.clause_added", "Menambah klausul PKS"),
    ("agreement.clause_amended", "Mengubah klausul PKS"),
    (
        "agreement.clause_checked",
        "Menyatakan klausul PKS sudah diperiksa",
    ),
    ("agreement.clause_removed", "Menghapus klausul PKS"),
    ("agreement.correspondent_ended", "Mengakhiri narahubung"),
    ("agreement.correspondent_named", "Menambah narahubung"),
    (
        "agreement.dataset_granted",
        "Mencatat data pada Lampiran PKS",
    ),
    (
        "agreement.grant_removed",
        "Menghapus data dari Lampiran PKS",
    ),
    ("agreement.ended", "Mengakhiri PKS lebih awal"),
    ("agreement.recorded", "Mencatat PKS"),
    ("audit.exported", "Mengunduh jejak audit"),
    ("delivery.downloaded", "Mengunduh data dari BKN"),
    ("delivery.failed", "Gagal menyiapkan penyerahan data"),
    ("delivery.made", "Menyiapkan berkas penyerahan data"),
    (
        "delivery.made_again",
        "Menyiapkan ulang berkas penyerahan data",
    ),
    ("delivery.published", "Menyerahkan data"),
    ("delivery.received", "Menerima data dari BKN"),
    ("delivery.recorded", "Mencatat penyerahan data"),
    ("delivery.withdrawn", "Menarik penyerahan data"),
    ("delivery_plan.ended", "Mengakhiri jadwal penyerahan"),
    ("delivery_plan.entered", "Mencatat jadwal penyerahan"),
    ("delivery_plan.paused", "Menjeda jadwal penyerahan"),
    ("delivery_plan.resumed", "Melanjutkan jadwal penyerahan"),
    ("delivery_plan.skipped", "Melewati masa penyerahan berkala"),
    (
        "disclosure.trace_downloaded",
        "Mengunduh hasil penelusuran penerima data",
    ),
    ("disclosure.traced", "Menelusuri penerima data seseorang"),
    ("institution.amended", "Mengubah data instansi"),
    ("institution.recorded", "Mencatat instansi"),
    ("mappings.decided", "Memutuskan pemetaan kode"),
    (
        "mappings.proposals_accepted",
        "Mengonfirmasi usulan pemetaan kode",
    ),
    ("lookup.answered", "Mencari pegawai: ditemukan"),
    ("lookup.not_found", "Mencari pegawai: tidak ditemukan"),
    (
        "lookup.refused",
        "Mencari pegawai atau unit kerja: batas tercapai",
    ),
    ("lookup.units_downloaded", "Mengunduh unit kerja"),
    ("lookup.units_searched", "Mencari unit kerja"),
    ("mail.read", "Membuka surel"),
    ("mail.resent", "Mengirim ulang surel"),
    ("mail.settled", "Mencatat surel sudah sampai"),
    (
        "references.staged",
        "Mengunggah daftar kode referensi untuk dibandingkan",
    ),
    (
        "references.successor_named",
        "Menetapkan pengganti kode referensi",
    ),
    ("references.taken", "Memberlakukan versi kode referensi"),
    ("register.import_cancelled", "Membatalkan pemuatan register"),
    ("register.import_failed", "Menghentikan pemuatan register"),
    (
        "register.import_finished",
        "Menyelesaikan pemuatan register",
    ),
    ("register.import_resumed", "Melanjutkan pemuatan register"),
    ("register.import_started", "Memulai pemuatan register"),
    (
        "register.rejects_downloaded",
        "Mengunduh baris yang tidak dimuat ke register",
    ),
    ("rules.stage_decided", "Memutuskan tahap aturan pemeriksaan"),
    (
        "feedback.statement_signed",
        "Menandatangani pernyataan tidak ada perubahan",
    ),
    ("report.accepted", "Menerima laporan"),
    ("report.downloaded", "Mengunduh berkas laporan"),
    ("report.filed", "Menyampaikan laporan"),
    (
        "report.request_receipt_noted",
        "Mencatat penerimaan surat permintaan",
    ),
    ("report.requested", "Mencatat surat permintaan laporan"),
    ("report.returned", "Mengembalikan laporan"),
    ("submissions.check_cancelled", "Membatalkan pemeriksaan"),
    ("submissions.check_repeated", "Meminta pemeriksaan ulang"),
    ("submissions.checked", "Memeriksa berkas"),
    (
        "submissions.checked_again",
        "Memeriksa kembali berkas dengan aturan terbaru",
    ),
    ("submissions.correction_asked", "Meminta perbaikan data"),
    ("submissions.draft_discarded", "Membuang konsep perbaikan"),
    ("submissions.draft_finished", "Memeriksa konsep perbaikan"),
    ("submissions.draft_row_kept", "Menyimpan baris dalam konsep"),
    (
        "submissions.draft_row_removed",
        "Menghapus baris dalam konsep",
    ),
    ("submissions.draft_undone", "Mengurungkan perubahan konsep"),
    (
        "submissions.suggestions_taken",
        "Menerapkan usulan perbaikan",
    ),
    ("submissions.downloaded", "Mengunduh berkas pengiriman"),
    ("submissions.exported", "Mengunduh baris pengiriman"),
    ("submissions.returned", "Mengembalikan data"),
    ("submissions.rows_marked", "Menandai baris untuk diperbaiki"),
    ("submissions.rows_viewed", "Melihat baris pengiriman"),
    ("submissions.versions_compared", "Membandingkan dua versi"),
    (
        "submissions.warnings_confirmed",
        "Memberi alasan untuk peringatan",
    ),
    ("submissions.sent", "Mengirim data ke BKN"),
    ("submissions.taken_over", "Menerima data"),
    ("submissions.template_downloaded", "Mengunduh templat"),
    ("submissions.uploaded", "Mengunggah berkas"),
    ("suspension.ended", "Memulihkan akses"),
    ("suspension.started", "Menghentikan sementara akses"),
];

/// Words for the kinds of things that are acted on.
const SUBJECTS: &[(&str, &str)] = &[
    ("account", "Akun"),
    ("accounts", "Daftar akun"),
    ("agreement", "PKS"),
    ("audit", "Jejak audit"),
    ("catalogue.sample_downloaded", "Mengunduh contoh set data"),
    (
        "catalogue.template_downloaded",
        "Mengunduh templat set data",
    ),
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
