//! Partners (instansi mitra) as BKN manages them: the list, one partner with
//! everything about it, and the forms that record it.
//!
//! The institution itself is a concept that others build on; these pages show
//! what builds on it, and so stand above them.

mod model;
pub mod pages;
mod queries;
mod text;

pub use model::AccessState;
