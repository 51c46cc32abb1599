//! One list: search, versions, download.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpResponse, Responder};
use askama::Template;
use serde::Deserialize;
use std::io::{self, Write};

use super::SECTION;
use crate::accounts::{Permission, SignedIn};
use crate::platform::db::{Db, DbConn};
use crate::platform::web::{
    AppError, CSV, Frame, Page, Pages, attachment, csv_cell, filters, list_address, search_term,
    streamed,
};
use crate::references::model::{Code, CodeFilter, List, Version};
use crate::references::queries::find;
use crate::references::text;

const PAGE_SIZE: i64 = 50;

/// Codes that a download reads at a time.
const CHUNK: i64 = 2_000;

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CodeQuery {
    cari: String,
    keadaan: String,
    hal: String,
}

#[derive(Template)]
#[template(path = "references/list.html")]
struct ListPage {
    frame: Frame,
    may_import: bool,
    list: List,
    current: Option<Version>,
    versions: Vec<Version>,
    codes: Vec<Code>,
    download: String,
    query: CodeQuery,
    pages: Pages,
}

impl CodeQuery {
    const ENDED: &'static str = "berakhir";

    fn is_ended(&self) -> bool {
        self.keadaan == Self::ENDED
    }

    fn filter(&self, list: &str) -> CodeFilter {
        CodeFilter {
            list: list.to_owned(),
            term: normal_term(&self.cari),
            ended: self.is_ended(),
        }
    }

    fn address(&self, path: &str) -> String {
        list_address(path, &[("cari", &self.cari), ("keadaan", &self.keadaan)])
    }

    fn is_set(&self) -> bool {
        !(self.cari.trim().is_empty() && self.keadaan.is_empty())
    }
}

impl ListPage {
    /// Where the successor of a code that ended is named.
    fn successor_place(&self, code: &Code) -> String {
        let place = format!("{SECTION}/{}/pengganti", self.list.name);
        list_address(&place, &[("kode", &code.code)])
    }
}

/// A search for an ID finds it in any of its notations.
fn normal_term(typed: &str) -> String {
    search_term(&crate::references::reading::normal_code(typed))
}

/// Shows a list.
///
/// # Errors
/// Not found; the database's.
pub async fn show(
    user: SignedIn,
    name: Path<String>,
    query: Query<CodeQuery>,
    db: Data<Db>,
) -> Result<impl Responder, AppError> {
    let (name, query) = (name.into_inner(), query.into_inner());
    let (filter, address) = (
        query.filter(&name),
        query.address(&format!("{SECTION}/{name}")),
    );
    let page = query.hal.parse().ok();
    let (list, versions, codes, pages) = db
        .read(move |conn| {
            let list = find::list(conn, &name)?.ok_or(AppError::NotFound)?;
            let count = find::count_codes(conn, &filter)?;
            let pages = Pages::new(page, PAGE_SIZE, count, &address);
            let codes = find::codes(conn, &filter, (pages.limit(), pages.offset()))?;
            Ok::<_, AppError>((list, find::versions(conn, &name)?, codes, pages))
        })
        .await??;
    let in_force = |version: &&Version| version.number == list.current_version;
    Ok(Page(ListPage {
        frame: user.frame(SECTION),
        may_import: user.account.role.may(Permission::ManagePartners),
        current: versions.iter().find(in_force).cloned(),
        download: query.address(&format!("{SECTION}/{}/unduh", list.name)),
        list,
        versions,
        codes,
        query,
        pages,
    }))
}

/// Downloads what the filter finds, as CSV.
///
/// # Errors
/// Not found; the database's.
pub async fn download(
    _user: SignedIn,
    name: Path<String>,
    query: Query<CodeQuery>,
    db: Data<Db>,
) -> Result<HttpResponse, AppError> {
    let filter = query.filter(&name);
    let asked = name.into_inner();
    let list = db.read(move |conn| find::list(conn, &asked)).await??;
    let list = list.ok_or(AppError::NotFound)?;
    let file = format!("referensi-{}-versi-{}.csv", list.name, list.current_version);
    let response = attachment(&file, CSV);
    let db = db.get_ref().clone();
    Ok(streamed(response, move |out| {
        let mut conn = db.connection().map_err(io::Error::other)?;
        write(&mut conn, &filter, out)
    }))
}

/// Spreadsheets in Indonesian part cells at the semicolon, and read UTF-8 only
/// after the mark at the front.
fn write(conn: &mut DbConn, filter: &CodeFilter, out: &mut (dyn Write + Send)) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().delimiter(b';').from_writer(out);
    csv.write_record(text::CSV_HEAD)?;
    let mut after = (String::new(), 0);
    loop {
        let codes = find::codes_after(conn, filter, &after, CHUNK).map_err(io::Error::other)?;
        let Some(last) = codes.last() else {
            return csv.flush();
        };
        after = (last.code.clone(), last.since);
        for code in &codes {
            csv.write_record(cells(code).map(|cell| csv_cell(&cell)))?;
        }
    }
}

fn cells(code: &Code) -> [String; 6] {
    let attributes = code.attributes();
    let said: Vec<String> = attributes
        .iter()
        .map(|(k, v)| format!("{k}: {v}"))
        .collect();
    [
        code.code.clone(),
        code.name.clone(),
        said.join("; "),
        code.since.to_string(),
        code.until.map(|it| it.to_string()).unwrap_or_default(),
        code.replaced_by.clone().unwrap_or_default(),
    ]
}
