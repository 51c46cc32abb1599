//! What is not the domain: clock, database, ids, files, mail, web.

pub mod nip;
