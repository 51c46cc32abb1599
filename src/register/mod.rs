//! The register: BKN's ASN records as the portal holds them, for looking up
//! whom a row is about and for what BKN delivers. Who is out of a partner's
//! reach is not found.
//!
//! Records come as CSV files by declared data set, in batches: each batch, how
//! far the file was read and what was rejected stand in one transaction, so
//! that an import that was killed goes on where it stopped.

mod actions;
mod import;
pub mod jobs;
mod model;
pub mod pages;
mod people;
mod population;
mod queries;
mod reach;
mod text;
mod unit_names;
mod values;

pub use import::{ImportError, Source, effective_field, import, write_rejects};
pub use model::{Place, Profile, Record, RegisterImport, RegisterImportId, Unit};
pub use people::RegisterPeople;
pub use population::{PeopleStream, RecordStream};
pub use queries::counts::{Heads, count_people, count_records, count_units_within, heads_of_units};
pub use queries::find::{
    count_units, people_by_id, records_of, units_after, units_named, units_of,
};
pub use queries::holdings::day_of;
pub use queries::indexes::restore as restore_indexes;
pub use reach::{Reach, find};
pub use unit_names::unit_names;
pub use values::holds;
