//! The pages on letters and reports.
