//! A partner's code, what is proposed for it, and what was decided.

use diesel::prelude::*;

use crate::accounts::AccountId;
use crate::datasets::AsnId;
use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{mapping_decisions, mappings};
use crate::platform::ids::{id, words};

/// The data set by which partners hand in their codes.
pub const DATASET: &str = "kode-referensi-jf-binaan";
/// BKN's list that they are mapped to.
pub const LIST: &str = "jabatan-fungsional";

id!(
    /// A partner's code with its mapping.
    MappingId
);

words!(
    /// How a mapping stands.
    MappingState {
        /// Nobody has decided.
        Open = "menunggu",
        /// It is this code of BKN's.
        Mapped = "dipetakan",
        /// BKN has no such position.
        Unmatched = "tanpa-padanan",
    }
);

words!(
    /// Why a code of BKN's is proposed.
    Ground {
        /// The partner's code, or the one it names, is BKN's.
        Code = "kode",
        /// Both have the same title.
        Title = "nama",
        /// BKN's title is the nearest one.
        Near = "mirip",
    }
);

/// A partner's code.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = mappings, treat_none_as_default_value = false)]
pub struct Mapping {
    /// Names it.
    pub id: MappingId,
    /// Whose code it is.
    pub institution_id: InstitutionId,
    /// The code as the partner writes it.
    pub code: String,
    /// The code as it is compared; see [`form`].
    pub form: String,
    /// The title that the partner gives it.
    pub name: String,
    /// The title of earlier nomenclature.
    pub former_name: Option<String>,
    /// BKN's code that is proposed.
    pub proposed: Option<String>,
    /// Why.
    pub ground: Option<Ground>,
    /// How alike the titles are, 0 to 100.
    pub likeness: i32,
    /// How it stands.
    pub state: MappingState,
    /// BKN's code, where it is mapped.
    pub bkn_code: Option<String>,
    /// Counts up with each change, so that nobody overwrites what they have not seen.
    pub revision: i32,
    /// The submission that brought it: `PD-2026-0142`.
    pub received_in: String,
    /// When it was taken over.
    pub received_at: Moment,
    /// Code and titles in lower case, for search.
    pub search_text: String,
}

/// What was decided once.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = mapping_decisions, treat_none_as_default_value = false)]
pub struct MappingDecision {
    /// The mapping.
    pub mapping_id: MappingId,
    /// The mapping's revision from then on.
    pub revision: i32,
    /// How it stood from then on.
    pub state: MappingState,
    /// BKN's code, where it was mapped.
    pub bkn_code: Option<String>,
    /// Why, where somebody said.
    pub note: Option<String>,
    /// Who decided.
    pub decided_by: AccountId,
    /// When.
    pub decided_at: Moment,
}

/// A code as a partner hands it in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// The code.
    pub code: String,
    /// Its title.
    pub name: String,
    /// Its title in earlier nomenclature.
    pub former_name: Option<String>,
    /// BKN's code, where the partner knows it.
    pub bkn_code: Option<String>,
}

/// What a list of mappings is narrowed to.
#[derive(Debug, Clone, Default)]
pub(super) struct MappingFilter {
    pub institution: Option<InstitutionId>,
    pub state: Option<MappingState>,
    pub ground: GroundFilter,
    /// Part of a code or title, lower case.
    pub term: String,
}

/// Which proposals are meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum GroundFilter {
    /// Any, or none.
    #[default]
    All,
    /// Those with this ground.
    Only(Ground),
    /// Codes for which nothing is proposed.
    Nothing,
}

/// A code as it is compared: IDs in BKN's notation, others in upper case
/// without blanks around them.
pub(super) fn form(code: &str) -> String {
    let code = code.trim();
    match code.parse::<AsnId>() {
        Ok(id) => id.to_string(),
        Err(_no_id) => code.to_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_compared_without_case_and_ids_in_any_notation() {
        assert_eq!(form(" ppupd-02 "), "PPUPD-02");
        let hex = "FF80808135AD75000135BCF4E80B769C";
        assert_eq!(form(&hex.to_lowercase()), hex);
        assert_eq!(form("ff808081-35ad-7500-0135-bcf4e80b769c"), hex);
    }
}
