//! Templates, opened again.
