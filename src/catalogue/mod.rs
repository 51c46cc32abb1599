//! The catalogue: what each data set holds, made from its declaration, for
//! those who fill it in and those who receive it. A partner finds the data
//! sets and the fields that its Annexes grant, and no other.

mod actions;
mod model;
pub mod pages;
mod text;

pub use model::{Documented, documented};
