//! Making the file of a publication from the register: rows into the file and
//! persons into a list beside it, out of one snapshot; then the persons into
//! the disclosure, in batches; then the file in its place. Killed anywhere, it
//! is begun anew, and what was half done is never seen.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::actions;
use super::files::CsvFile;
use super::model::{Contents, DeliveryId, Publication, PublicationState, Selection};
use super::queries::publications::{self as queries, Dossier};
use super::source::{self, Source};
use crate::accounts::Scope;
use crate::disclosures::{self, DisclosedPerson, Disclosure, DisclosureId, Via};
use crate::platform::clock::{Clock, Moment};
use crate::platform::db::{self, Db, DbConn, DbError};
use crate::platform::files::{FileStore, NewFile, StoredFile};
use crate::platform::jobs::{self, Job};

/// Persons that one transaction notes.
const BATCH: usize = 5_000;
/// Between two renewals of the claim, well within its lease.
const RENEWAL: Duration = Duration::from_secs(4);

/// Why a file was not made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// Another worker has the job by now.
    #[error("the claim was lost")]
    ClaimLost,
    /// There is no such publication, or its data set is declared no more.
    #[error("no such publication or data set")]
    NotFound,
    /// There is no connection.
    #[error(transparent)]
    Pool(#[from] DbError),
    /// The database's.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
    /// The disk's.
    #[error("file: {0}")]
    Io(#[from] io::Error),
    /// The file could not be written.
    #[error("file: {0}")]
    Csv(#[from] csv::Error),
}

/// A file that was written, and how much is in it.
struct Written {
    file: NewFile,
    holds: Contents,
    list: PeopleList,
}

/// Makes the file that a job names. What needs none any more is left alone.
///
/// # Errors
/// Why it was not made.
pub fn make(db: &Db, clock: &Clock, files: &FileStore, job: &Job) -> Result<(), MakeError> {
    let id = DeliveryId::try_from(job.subject.clone()).ok();
    let id = id.ok_or(MakeError::NotFound)?;
    let conn = &mut *db.connection()?;
    let found = queries::dossier(conn, Scope::portal(), id)?;
    let mut dossier = found.ok_or(MakeError::NotFound)?;
    discard(conn, &dossier.0)?;
    if dossier.0.state() != PublicationState::Preparing {
        return Ok(());
    }
    let mut held = Held::new(db, clock, job);
    let today = clock.now().jakarta_date();
    let written = db::snapshot(conn, |conn| {
        dossier.0.data_as_of = Some(source::day(conn, &dossier.0.dataset, today)?);
        write(conn, files, &dossier, &mut held)
    })?;
    let disclosure = disclose(conn, &dossier.0, &written, clock.now())?;
    note_people(conn, disclosure, &written.list, &mut held)?;
    let name = dossier.0.file_name("csv");
    let file = written.file.keep(&name, "text/csv", clock.now())?;
    put(conn, files, (id, job), (&file, written.holds), clock.now())
}

/// Puts the file in its place, or takes it away again.
fn put(
    conn: &mut DbConn,
    files: &FileStore,
    (id, job): (DeliveryId, &Job),
    (file, holds): (&StoredFile, Contents),
    now: Moment,
) -> Result<(), MakeError> {
    let put = db::transaction(conn, |conn| {
        if !jobs::renew(conn, job, now)? {
            return Err(MakeError::ClaimLost);
        }
        match actions::complete(conn, id, (file, holds), now)? {
            true => Ok(()),
            false => Err(MakeError::NotFound),
        }
    });
    match put {
        Err(MakeError::NotFound) => {
            files.discard(file.id)?;
            forget(conn, id)
        }
        Err(error) => {
            files.discard(file.id)?;
            Err(error)
        }
        Ok(()) => Ok(()),
    }
}

/// Takes away what was noted of a publication that has no file after all.
///
/// # Errors
/// The database's.
pub fn forget(conn: &mut DbConn, id: DeliveryId) -> Result<(), MakeError> {
    match queries::dossier(conn, Scope::portal(), id)? {
        Some((publication, ..)) => discard(conn, &publication),
        None => Ok(()),
    }
}

fn write(
    conn: &mut DbConn,
    files: &FileStore,
    (publication, agreement, partner): &Dossier,
    held: &mut Held<'_>,
) -> Result<Written, MakeError> {
    let granted = publication.granted().ok_or(MakeError::NotFound)?;
    let days = publication.counts_from.zip(publication.counts_until);
    let selection = Selection::new(
        granted.dataset(),
        &publication.population,
        partner.reference_code.as_deref(),
        days.map(|(from, until)| from..=until),
    );
    let mut file = CsvFile::start(files.begin()?, &granted, (publication, agreement))?;
    let mut list = PeopleList::start(files.scratch_path())?;
    let mut holds = Contents {
        rows: 0,
        people: 0,
        day: publication.day(),
    };
    let mut source = Source::open(conn, &selection)?;
    while let Some(page) = source.next(conn)? {
        for values in &page.values {
            file.write(values)?;
        }
        list.add(&page.people)?;
        holds.rows += whole(page.values.len());
        holds.people += whole(page.people.len());
        held.renew()?;
    }
    list.finish()?;
    Ok(Written {
        file: file.finish()?,
        holds,
        list,
    })
}

fn disclose(
    conn: &mut DbConn,
    publication: &Publication,
    written: &Written,
    now: Moment,
) -> Result<DisclosureId, MakeError> {
    let disclosure = Disclosure {
        id: DisclosureId::generate(),
        agreement_id: publication.agreement_id,
        dataset: publication.dataset.clone(),
        fields: publication.fields.clone(),
        via: Via::Delivery,
        people: written.holds.people,
        made_at: now,
        withdrawn_at: None,
    };
    db::transaction(conn, |conn| {
        disclosures::insert(conn, &disclosure)?;
        queries::set_disclosure(conn, publication.id, Some(disclosure.id))?;
        Ok(disclosure.id)
    })
}

/// A batch a transaction, so that nobody else waits long to write.
fn note_people(
    conn: &mut DbConn,
    disclosure_id: DisclosureId,
    list: &PeopleList,
    held: &mut Held<'_>,
) -> Result<(), MakeError> {
    let mut lines = BufReader::new(File::open(&list.path)?).lines();
    loop {
        let some = lines.by_ref().take(BATCH);
        let some: io::Result<Vec<_>> = some.map(|line| Ok(person(disclosure_id, &line?))).collect();
        let some: Vec<DisclosedPerson> = some?.into_iter().flatten().collect();
        if some.is_empty() {
            return Ok(());
        }
        db::transaction(conn, |conn| disclosures::add_people(conn, &some))?;
        held.renew()?;
    }
}

fn person(disclosure_id: DisclosureId, line: &str) -> Option<DisclosedPerson> {
    let (id_pns, nip) = line.split_once(' ')?;
    Some(DisclosedPerson {
        disclosure_id,
        id_pns: id_pns.to_owned(),
        nip: nip.to_owned(),
    })
}

/// Takes away what an attempt noted that did not come to its end: nobody was
/// given those persons' data.
fn discard(conn: &mut DbConn, publication: &Publication) -> Result<(), MakeError> {
    let Some(before) = publication
        .disclosure_id
        .filter(|_| publication.file_id.is_none())
    else {
        return Ok(());
    };
    let is_done = |conn: &mut DbConn| {
        queries::set_disclosure(conn, publication.id, None)?;
        let is_done = disclosures::discard_some(conn, before)?;
        if !is_done {
            queries::set_disclosure(conn, publication.id, Some(before))?;
        }
        diesel::QueryResult::Ok(is_done)
    };
    while !db::transaction(conn, is_done)? {}
    Ok(())
}

/// The persons of a file, beside it until they are noted.
struct PeopleList {
    path: PathBuf,
    out: BufWriter<File>,
}

impl PeopleList {
    fn start(path: PathBuf) -> io::Result<Self> {
        let out = BufWriter::new(File::create_new(&path)?);
        Ok(Self { path, out })
    }

    fn add(&mut self, people: &[(String, String)]) -> io::Result<()> {
        people
            .iter()
            .try_for_each(|(id, nip)| writeln!(self.out, "{id} {nip}"))
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for PeopleList {
    fn drop(&mut self) {
        // Forgotten, it is cleared by a later start.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// The claim on the job, renewed while the work goes on.
struct Held<'a> {
    db: &'a Db,
    clock: &'a Clock,
    job: &'a Job,
    renewed: Instant,
}

impl<'a> Held<'a> {
    fn new(db: &'a Db, clock: &'a Clock, job: &'a Job) -> Self {
        Self {
            db,
            clock,
            job,
            renewed: Instant::now(),
        }
    }

    fn renew(&mut self) -> Result<(), MakeError> {
        if self.renewed.elapsed() < RENEWAL {
            return Ok(());
        }
        let conn = &mut *self.db.connection()?;
        let now = self.clock.now();
        if !db::transaction(conn, |conn| jobs::renew(conn, self.job, now))? {
            return Err(MakeError::ClaimLost);
        }
        self.renewed = Instant::now();
        Ok(())
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
