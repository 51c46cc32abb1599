//! The paths of submissions (pengiriman data), for partners and for BKN.

use super::entry::{Entry, get, post};
use crate::accounts::{Access, Permission};
use crate::submissions::pages;

/// The address of a part of a version among the partner's pages.
macro_rules! version {
    ($part:literal) => {
        concat!("/pengiriman/{submission}/versi/{n}", $part)
    };
}

/// The address of a part of a version among BKN's pages.
macro_rules! reviewed {
    ($part:literal) => {
        concat!("/tinjauan/{submission}/versi/{n}", $part)
    };
}

/// Submissions (pengiriman data): choosing, uploading, the list.
pub(super) fn upload_routes() -> Vec<Entry> {
    use Access::{May, Upload};
    use Permission::{ReadOwn, SubmitData};
    use pages::{choose, index, thread, upload};
    let form = "/pengiriman/baru/{agreement}/{dataset}";
    let template = "/pengiriman/templat/{agreement}/{dataset}";
    vec![
        get("/pengiriman", May(ReadOwn), index::show),
        get("/pengiriman/baru", May(SubmitData), choose::show),
        get(template, May(SubmitData), choose::template),
        get(form, May(SubmitData), upload::new),
        post(form, Upload, upload::create),
        get("/pengiriman/{submission}", May(ReadOwn), thread::show),
        get(
            "/pengiriman/{submission}/unggah",
            May(SubmitData),
            upload::next,
        ),
        post("/pengiriman/{submission}/unggah", Upload, upload::add),
    ]
}

/// One version of a submission: its check, its result, sending it.
pub(super) fn version_routes() -> Vec<Entry> {
    use Permission::{ReadOwn, SubmitData};
    use pages::{again, compare, downloads, progress, reasons, rules, send, thread, version};
    let (read, submit) = (Access::May(ReadOwn), Access::May(SubmitData));
    vec![
        get(version!(""), read, version::show),
        get(version!("/kemajuan"), read, progress::part),
        post(version!("/batal"), submit, progress::cancel),
        post(version!("/periksa-ulang"), submit, progress::recheck),
        post(version!("/periksa-kembali"), submit, again::check),
        get(version!("/berkas"), read, downloads::original),
        get(version!("/bertanda.xlsx"), read, downloads::marked_xlsx),
        get(version!("/bertanda.csv"), read, downloads::marked_csv),
        get(version!("/temuan.csv"), read, downloads::findings),
        get(version!("/aturan"), read, rules::show),
        get(version!("/banding"), read, compare::show),
        get(version!("/banding.csv"), read, compare::csv),
        get(version!("/peringatan"), read, reasons::show),
        post(version!("/peringatan"), submit, reasons::save),
        get(version!("/kirim"), submit, send::confirm),
        post(version!("/kirim"), submit, send::send),
        get(version!("/tanda-terima"), read, send::receipt),
        get(version!("/perbaikan"), read, thread::corrections),
    ]
}

/// The address of a part of the records that are entered for a new submission.
macro_rules! entered {
    ($part:literal) => {
        concat!("/pengiriman/baru/{agreement}/{dataset}/isian", $part)
    };
}

/// Drafts (konsep): rows mended and records entered in forms.
pub(super) fn draft_routes() -> Vec<Entry> {
    use pages::drafts::{deeds, list, records, row, suggest};
    let submit = Access::May(Permission::SubmitData);
    vec![
        get(version!("/konsep"), submit, list::show),
        get(version!("/konsep/baris/{row}"), submit, row::show),
        post(version!("/konsep/baris/{row}"), submit, row::save),
        post(version!("/konsep/urungkan"), submit, deeds::undo),
        get(version!("/konsep/buang"), submit, deeds::ask),
        post(version!("/konsep/buang"), submit, deeds::discard),
        post(version!("/konsep/periksa"), submit, deeds::finish),
        get(version!("/usulan"), submit, suggest::show),
        post(version!("/usulan"), submit, suggest::take),
        get(entered!(""), submit, records::show),
        get(entered!("/baris/{row}"), submit, row::show),
        post(entered!("/baris/{row}"), submit, row::save),
        get(entered!("/buang"), submit, deeds::ask),
        post(entered!("/buang"), submit, deeds::discard),
        post(entered!("/periksa"), submit, deeds::finish),
    ]
}

/// Reviewing what came in (tinjauan).
pub(super) fn review_routes() -> Vec<Entry> {
    use Permission::{ReadAll, ReviewSubmissions};
    use pages::review::{decide, export, index, version};
    let (read, review) = (Access::May(ReadAll), Access::May(ReviewSubmissions));
    vec![
        get("/tinjauan", read, index::show),
        get(reviewed!(""), read, version::show),
        get(reviewed!("/berkas"), read, export::original),
        get(reviewed!("/ekspor"), review, export::taken_over),
        post(reviewed!("/tanda"), review, version::mark),
        post(reviewed!("/ambil-alih"), review, decide::take_over),
        post(
            reviewed!("/minta-perbaikan"),
            review,
            decide::ask_corrections,
        ),
        post(reviewed!("/kembalikan"), review, decide::return_version),
    ]
}
