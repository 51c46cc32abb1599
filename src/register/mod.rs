//! The register: BKN's ASN records as the portal holds them, for looking up
//! whom a row is about. Who is out of a sender's reach is not found.

mod people;
mod queries;

pub use people::RegisterPeople;
