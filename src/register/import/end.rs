//! What an import does after its last row.

use csv::StringRecord;
use std::collections::HashSet;
use std::io::{Read, Seek};

use super::batch::{self, Names, Rows, Target};
use super::gone::Named;
use super::run::{BATCH, ImportError, Run, whole};
use crate::platform::db::{self, DbConn};
use crate::register::model::{RegisterImport, RejectReason};
use crate::register::queries::{holdings, imports};

impl<R: Read + Seek> Run<R> {
    /// Takes the rows again whose NIP somebody had who gave it up further on in
    /// the file.
    pub fn take_again<T: Target>(
        &mut self,
        conn: &mut DbConn,
        target: &T,
    ) -> Result<(), ImportError> {
        let (id, taken) = (self.state.id, RejectReason::NipTaken);
        let numbers = imports::rows_rejected_for(conn, id, taken, whole(BATCH))?;
        if numbers.is_empty() {
            return Ok(());
        }
        let rows = self.rows(target, &numbers)?;
        db::transaction(conn, |conn| {
            let outcome = batch::compared(target, conn, Rows::of::<T>(rows))?;
            let still: HashSet<i64> = outcome.rejected.iter().map(|(number, _)| *number).collect();
            let mut numbers = numbers;
            numbers.retain(|number| !still.contains(number));
            imports::drop_rejects(conn, id, &numbers)?;
            self.state.rejected -= whole(numbers.len());
            self.advance(conn, &outcome, self.place())
        })
    }

    /// The rows with these numbers, which are in order.
    fn rows<T: Target>(
        &mut self,
        target: &T,
        numbers: &[i64],
    ) -> Result<Vec<(i64, T::Row)>, ImportError> {
        self.file.rewind()?;
        let (mut rows, mut row) = (Vec::new(), StringRecord::new());
        let mut wanted = numbers.iter().peekable();
        for number in 1.. {
            if wanted.peek().is_none() {
                break;
            }
            let Some(read) = self.file.next(&mut row)? else {
                break;
            };
            if wanted.next_if_eq(&&number).is_some() && read.is_ok() {
                let read = target.read(&self.file.columns.of(&row));
                rows.extend(read.ok().map(|row| (number, row)));
            }
        }
        Ok(rows)
    }

    /// Takes out what the register holds and the file no longer has: of the
    /// persons it names, or of all where it has all there is. Nothing, where
    /// nobody can tell what some row is about. After a break the whole of it is
    /// done again, which finds the rest.
    pub fn take_out<T: Target>(
        &mut self,
        conn: &mut DbConn,
        target: &T,
        told: &mut dyn FnMut(&RegisterImport),
    ) -> Result<(), ImportError> {
        let (id, has_all) = (self.state.id, self.state.complete);
        let all_is_new = holdings::held(conn, &self.state.dataset)? == self.state.added;
        if !(has_all || T::BY_PERSON) || all_is_new || imports::has_unnamed(conn, id, T::ABOUT)? {
            return Ok(());
        }
        let named = self.named(target)?;
        let mut after = String::new();
        loop {
            let page = target.named_after(conn, &after, whole(BATCH))?;
            let Some(last) = page.last().and_then(|names| names.key.clone()) else {
                return Ok(());
            };
            after = last;
            let gone: Vec<&str> = page.iter().filter_map(|names| named.gone(names)).collect();
            if !gone.is_empty() {
                db::transaction(conn, |conn| self.remove(conn, target, &gone))?;
                told(&self.state);
            }
        }
    }

    fn remove<T: Target>(
        &mut self,
        conn: &mut DbConn,
        target: &T,
        keys: &[&str],
    ) -> Result<(), ImportError> {
        let before = self.place();
        let removed = whole(target.remove(conn, keys)?);
        holdings::add(conn, &self.state.dataset, -removed)?;
        self.state.removed += removed;
        self.advance(conn, &batch::Outcome::default(), before)
    }

    /// What the file names.
    fn named<T: Target>(&mut self, target: &T) -> Result<Named, ImportError> {
        self.file.rewind()?;
        let mut named = Named::new(self.state.complete);
        let mut row = StringRecord::new();
        while let Some(read) = self.file.next(&mut row)? {
            if read.is_ok() {
                let names: Names = target.names(&self.file.columns.of(&row));
                named.take(&names);
            }
        }
        named.sort();
        Ok(named)
    }
}
