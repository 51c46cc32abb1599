//! Deliveries in Indonesian.

use crate::agreements::Agreement;

/// The subject of the mail that tells of a delivery.
pub(super) fn recorded_subject(agreement: &Agreement) -> String {
    format!(
        "Penyerahan data tercatat – PKS Nomor {}",
        agreement.bkn_number
    )
}
