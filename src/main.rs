//! The commands of the portal.

fn main() {}
