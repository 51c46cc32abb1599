//! The catalogue in Indonesian.

/// The word for whether a field must be filled in.
pub(super) fn required(is_required: bool) -> &'static str {
    if is_required { "Wajib" } else { "Boleh kosong" }
}
