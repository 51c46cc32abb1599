//! What the register holds, and an import's state.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::platform::clock::Moment;
use crate::platform::db::schema::{
    register_imports, register_people, register_records, register_rejects, register_units,
};
use crate::platform::files::FileId;
use crate::platform::ids::{id, words};

id!(
    /// An import of a file into the register.
    RegisterImportId
);

words!(
    /// Why a row was not taken.
    RejectReason {
        /// It has another number of cells than the header.
        Cells = "cells",
        /// A cell that must be filled is empty.
        Empty = "empty",
        /// Not UTF-8 text.
        NotText = "not_text",
        /// Longer than any such value is.
        TooLong = "too_long",
        /// Not an ID of 32 hexadecimal digits.
        Id = "id",
        /// Not a possible NIP.
        Nip = "nip",
        /// Not a date.
        Date = "date",
        /// The NIP is on record for another ID PNS.
        NipTaken = "nip_taken",
        /// A NUL stands in it, which no text holds.
        Nul = "nul",
    }
);

words!(
    /// Why an import came to no end.
    ImportFailure {
        /// The file cannot be read as CSV with these columns.
        Unreadable = "unreadable",
        /// It broke off again and again.
        BrokenOff = "broken_off",
        /// Somebody ended it.
        Cancelled = "cancelled",
    }
);

/// A civil servant as the register holds them (data set `profil-pns`; PKS
/// LAN-BKN 2019, Lampiran, API 1 BKN). Codes are those of BKN's lists.
#[derive(
    Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset,
)]
#[diesel(table_name = register_people, primary_key(number))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Profile {
    /// Its place in the order in which the register took people in, from 1; 0
    /// before that.
    pub number: i32,
    /// 32 upper-case hexadecimal digits.
    pub id_pns: String,
    /// 18 digits.
    pub nip: String,
    /// Name without titles.
    pub name: String,
    /// Where they were born.
    pub birth_place: Option<String>,
    /// When.
    pub birth_date: Option<NaiveDate>,
    /// `M` or `F`, as SIASN has it.
    pub sex: Option<String>,
    /// Their address for mail.
    pub email: Option<String>,
    /// TMT PNS.
    pub appointed_on: Option<NaiveDate>,
    /// Their telephone number.
    pub phone: Option<String>,
    /// Last education.
    pub education_code: Option<String>,
    /// The institution they belong to (instansi induk).
    pub institution_code: String,
    /// The institution they work at (instansi kerja).
    pub workplace_code: Option<String>,
    /// The unit they work in.
    pub unit_code: Option<String>,
    /// Jenis jabatan.
    pub position_kind: Option<String>,
    /// Jabatan fungsional umum.
    pub executive_code: Option<String>,
    /// Jabatan fungsional.
    pub position_code: Option<String>,
    /// Where they work.
    pub place_code: Option<String>,
    /// Last golongan.
    pub rank_code: Option<String>,
}

/// By what an Annex tells whether it reaches a person.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = register_people)]
pub struct Place {
    /// The institution they belong to.
    pub institution_code: String,
    /// The institution they work at.
    pub workplace_code: Option<String>,
    /// Jabatan fungsional.
    pub position_code: Option<String>,
    /// Last golongan.
    pub rank_code: Option<String>,
}

impl Profile {
    /// Where the person stands.
    pub fn place(&self) -> Place {
        Place {
            institution_code: self.institution_code.clone(),
            workplace_code: self.workplace_code.clone(),
            position_code: self.position_code.clone(),
            rank_code: self.rank_code.clone(),
        }
    }
}

/// A unit of an institution (data set `unit-kerja`; API 3 BKN).
#[derive(
    Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset,
)]
#[diesel(table_name = register_units, primary_key(id))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Unit {
    /// 32 upper-case hexadecimal digits.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The institution's code.
    pub institution_code: String,
    /// The institution's name, as the extract has it.
    pub institution_name: Option<String>,
    /// The unit above it (unor induk), as the extract has it.
    pub parent: Option<String>,
    /// Id and name in lower case, for search.
    pub search_text: String,
}

/// A record of another data set about a person.
#[derive(
    Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset,
)]
#[diesel(table_name = register_records, primary_key(dataset, record_key))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Record {
    /// The data set.
    pub dataset: String,
    /// What sets it apart from the data set's others.
    pub record_key: String,
    /// Whom it is about.
    pub id_pns: String,
    /// The day from which it counts, by which periodic deliveries choose.
    pub effective_on: Option<NaiveDate>,
    /// Its values by field, a JSON object of texts.
    pub cells: String,
}

impl Record {
    /// The value of a field, if it has one.
    pub fn value(&self, field: &str) -> Option<String> {
        let cells: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&self.cells).ok()?;
        cells.get(field)?.as_str().map(str::to_owned)
    }
}

/// The import of one file.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = register_imports)]
pub struct RegisterImport {
    /// Names it.
    pub id: RegisterImportId,
    /// The upload form's one-time key.
    pub form_key: String,
    /// The data set.
    pub dataset: String,
    /// The file's name.
    pub file_name: String,
    /// The stored file, where it was uploaded.
    pub file_id: Option<FileId>,
    /// SHA-256 of the file: it goes on only with the same content.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    /// Who started it.
    pub started_by: String,
    /// When.
    pub started_at: Moment,
    /// Bytes that are done.
    pub position: i64,
    /// Rows that are done.
    pub rows_done: i64,
    /// Rows that were not on record.
    pub added: i64,
    /// Rows that were on record with other values.
    pub changed: i64,
    /// Rows that were on record so already.
    pub unchanged: i64,
    /// Rows that were not taken.
    pub rejected: i64,
    /// When it ended.
    pub finished_at: Option<Moment>,
    /// Why it came to no end.
    pub failure: Option<ImportFailure>,
    /// The day whose state the extract shows, as far as it was told.
    pub as_of: Option<NaiveDate>,
    /// When it was last begun or taken up again.
    pub run_began_at: Option<Moment>,
    /// The byte at which that was.
    pub run_began_position: i64,
    /// Whether the file holds all that there is of the data set: whatever else
    /// is on record is taken out at the end.
    pub complete: bool,
    /// Rows that were taken out, because the file has them no more.
    pub removed: i64,
}

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// It waits for its turn.
    Waiting,
    /// Rows are being taken.
    Running,
    /// All rows were read.
    Finished,
    /// It came to no end, and why.
    Ended(ImportFailure),
}

impl RegisterImport {
    /// An import of a file not yet named, before its first row.
    pub(super) fn new(dataset: &str, form_key: &str, started_by: &str, now: Moment) -> Self {
        Self {
            id: RegisterImportId::generate(),
            form_key: form_key.to_owned(),
            dataset: dataset.to_owned(),
            file_name: String::new(),
            file_id: None,
            sha256: String::new(),
            size: 0,
            started_by: started_by.to_owned(),
            started_at: now,
            position: 0,
            rows_done: 0,
            added: 0,
            changed: 0,
            unchanged: 0,
            rejected: 0,
            finished_at: None,
            failure: None,
            as_of: None,
            run_began_at: None,
            run_began_position: 0,
            complete: false,
            removed: 0,
        }
    }

    /// Where it stands.
    pub fn state(&self) -> ImportState {
        match (self.failure, self.finished_at, self.run_began_at) {
            (Some(why), ..) => ImportState::Ended(why),
            (None, Some(_), _) => ImportState::Finished,
            (None, None, Some(_)) => ImportState::Running,
            (None, None, None) => ImportState::Waiting,
        }
    }

    /// Whether it waits or runs.
    pub fn is_open(&self) -> bool {
        matches!(self.state(), ImportState::Waiting | ImportState::Running)
    }

    /// How much of the file is done, from 0 to 100.
    pub fn percent(&self) -> i64 {
        100 * self.position.clamp(0, self.size) / self.size.max(1)
    }

    /// Seconds until the file is read, at the speed of this run; none before
    /// that can be told.
    pub fn seconds_left(&self, now: Moment) -> Option<i64> {
        let elapsed = now.seconds_since(self.run_began_at?);
        let done = self.position - self.run_began_position;
        (elapsed > 2 && done > 0).then(|| elapsed * (self.size - self.position).max(0) / done)
    }
}

words!(
    /// By what a list of imports is narrowed.
    ImportStanding {
        /// They wait or run.
        Open = "berjalan",
        /// All rows were read.
        Finished = "selesai",
        /// They came to no end.
        Ended = "berhenti",
    }
);

/// Which imports are listed; what is not set narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportFilter {
    /// The data set.
    pub dataset: Option<String>,
    /// Where they stand.
    pub standing: Option<ImportStanding>,
}

/// How many rows of a data set the register holds, and since which extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The data set's name.
    pub dataset: String,
    /// Rows.
    pub held: i64,
    /// The last extract that was taken to its end, and the day it shows.
    pub latest: Option<(RegisterImportId, Moment, Option<NaiveDate>)>,
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = register_rejects, treat_none_as_default_value = false)]
pub struct Reject {
    /// The import.
    pub import_id: RegisterImportId,
    /// Its number in the file, from 1, the header not counted.
    pub row_number: i64,
    /// The field at fault; empty where it is the row.
    pub field: String,
    /// What is wrong.
    pub reason: RejectReason,
    /// What stands there, shortened.
    pub value: String,
}
