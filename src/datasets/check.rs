//! Checks a file from its first row to its last, in two threads: one reads
//! rows and takes their cells, the other looks persons up, applies the rules
//! and hands the rows over. Between them go batches, in the order of the file.

mod batch;
mod finding;
mod judge;
mod made_from;
mod record;
mod rows;
mod taken;

use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::context::{CheckError, Context, Sink, Upload};
use super::declaration::Dataset;
use super::header::Search;
use super::model::{Note, Summary};
use super::reading::{self, Source};
use super::refusal::FileRefusal;
use super::values::Setting;
use batch::Batch;
use judge::Judge;
pub use record::check_record;
use rows::{Read, Rows};

/// Batches that wait at most, so that memory stays the same for any file.
const WAITING: usize = 2;

/// Reads and checks a file. Rows go to the sink in batches, each with all its
/// findings; the summary comes at the end.
///
/// # Errors
/// [`CheckError::Unreadable`] when the file as a whole is unfit; rows that the
/// sink has got before it are to be thrown away then.
pub fn check(
    upload: Upload<'_>,
    dataset: &Dataset,
    context: &mut Context<'_>,
    sink: &mut dyn Sink,
) -> Result<Summary, CheckError> {
    let granted = dataset
        .fields
        .iter()
        .map(|field| context.grants(&field.name))
        .collect();
    let mut search = Search::new(dataset, granted);
    let mut source = reading::open(upload, &search, context.limits)?;
    let (limit, setting) = (
        context.limits.rows,
        Setting {
            today: context.today,
            longest_cell: context.limits.cell,
        },
    );
    let mut judge = Judge::new(dataset, context, sink, source.rows.saturating_sub(1));
    judge.tell_progress()?;
    let read = thread::scope(|scope| {
        let (give, taken) = sync_channel(WAITING);
        let (give_back, used) = sync_channel(WAITING * 2);
        let exchange = Exchange { give, used };
        let (source, search) = (&mut source, &mut search);
        let reader = thread::Builder::new()
            .name("rows".to_owned())
            .spawn_scoped(scope, move || {
                let rows = Rows::new(dataset, setting, limit, exchange);
                rows.read(source, search)
            })?;
        let judged = judge_all(&mut judge, taken, &give_back);
        let read = reader.join().unwrap_or_else(|panic| resume_unwind(panic));
        judged.and(read)
    });
    let summary = read.and_then(|read| conclude(dataset, judge, read, &source, &search));
    made_from::told(summary, dataset, source.stamp.as_ref())
}

/// The reader's end of the two queues.
struct Exchange {
    /// Full batches.
    give: SyncSender<Batch>,
    /// Batches to be filled again.
    used: Receiver<Batch>,
}

fn judge_all(
    judge: &mut Judge<'_, '_>,
    batches: Receiver<Batch>,
    give_back: &SyncSender<Batch>,
) -> Result<(), CheckError> {
    for mut batch in batches {
        judge.judge(&mut batch)?;
        // The reader may have ended, or has enough of them.
        let _ = give_back.try_send(batch);
    }
    Ok(())
}

fn conclude(
    dataset: &Dataset,
    judge: Judge<'_, '_>,
    read: Read,
    source: &Source<'_>,
    search: &Search<'_>,
) -> Result<Summary, CheckError> {
    let Some(header) = read.header else {
        return Err(search.failure().into());
    };
    if read.rows == 0 {
        return Err(FileRefusal::NoDataRows.into());
    }
    let outside = judge.notes();
    let mut summary = judge.into_summary();
    summary
        .tallies
        .extend(read.changes.into_list(dataset, &header));
    summary.columns = header.uses();
    summary.notes.clone_from(&source.notes);
    summary.notes.extend(read.notes);
    summary.notes.extend(header.notes.iter().cloned());
    summary.notes.extend(outside);
    summary.unknown_columns = summary
        .notes
        .iter()
        .filter_map(Note::unknown_column)
        .collect();
    summary.notes = Note::together(summary.notes);
    Ok(summary)
}

#[cfg(test)]
mod tests;
