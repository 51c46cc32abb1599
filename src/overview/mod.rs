//! The first page of each side: a partner's own affairs (beranda), and all
//! partners side by side for BKN (ikhtisar). Nothing is kept here; everything
//! shown follows from the facts of the other concepts.

mod charts;
mod decisions;
mod filter;
mod matrix;
mod model;
pub mod pages;
mod queries;
mod text;
mod timeline;
