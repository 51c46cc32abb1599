//! Marked files, read again.
