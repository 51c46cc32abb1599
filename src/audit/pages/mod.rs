//! Pages of the trail (A12).

mod download;
mod list;
mod rows;

pub use download::download;
pub use list::list;
