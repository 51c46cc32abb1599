//! Reading no further than a record may go: a quote that is not closed makes one
//! of the whole file, which is not to be held in memory.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

/// Bytes of a row at most.
pub const LONGEST: usize = 1024 * 1024;

/// How many bytes may still be read for the record in hand.
#[derive(Debug, Clone, Default)]
pub struct Room(Rc<Cell<usize>>);

impl Room {
    /// A record begins that may have so many bytes.
    pub fn make(&self, bytes: usize) {
        self.0.set(bytes);
    }

    /// Whether a record went on past its room.
    pub fn is_gone(&self) -> bool {
        self.0.get() == 0
    }
}

/// A file of which no more is read than there is room for.
pub struct Bounded<R> {
    inner: R,
    room: Room,
}

impl<R> Bounded<R> {
    pub fn new(inner: R, room: Room) -> Self {
        Self { inner, room }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        if self.room.is_gone() {
            return Err(io::Error::other("a record does not end"));
        }
        let read = self.inner.read(piece)?;
        self.room.make(self.room.0.get().saturating_sub(read));
        Ok(read)
    }
}

impl<R: Seek> Seek for Bounded<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
