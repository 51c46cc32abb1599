//! Which civil servants a rule is about: a NIP tells PNS and PPPK apart (a
//! PPPK's number has a contract code where a PNS's has the month).

use serde::Deserialize;

use super::Row;

/// Whom a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Among {
    #[default]
    All,
    Pns,
    Pppk,
}

impl Among {
    /// Whether the row is about one of them; without a sound NIP nobody knows.
    pub(super) fn has(self, row: &Row<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Pns => row.nip().is_some_and(|nip| !nip.is_pppk()),
            Self::Pppk => row.nip().is_some_and(|nip| nip.is_pppk()),
        }
    }
}
