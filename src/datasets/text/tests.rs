//! Words of findings and refusals.
