//! Counts the statements that the portal sends to its database.

use diesel::connection::{Connection, InstrumentationEvent};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::TestApp;

/// Statements since the counter was made.
#[derive(Clone, Default)]
pub struct Statements(Arc<AtomicUsize>);

impl Statements {
    /// How many there were so far.
    pub fn so_far(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    fn note(&self, event: &InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            if std::env::var_os("SHOW_STATEMENTS").is_some() {
                println!("{query}");
            }
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl TestApp {
    /// Counts from now on. Takes every connection of the pool once.
    pub fn statements(&self) -> Statements {
        let counted = Statements::default();
        let all: Vec<_> = (0..Self::CONNECTIONS)
            .map(|_| self.db.connection().unwrap())
            .collect();
        for mut connection in all {
            let counted = counted.clone();
            connection
                .set_instrumentation(move |event: InstrumentationEvent<'_>| counted.note(&event));
        }
        counted
    }
}
