//! An institution.

use diesel::prelude::*;

use crate::platform::clock::Moment;
use crate::platform::db::schema::institutions;
use crate::platform::ids::{id, words};

id!(
    /// An institution.
    InstitutionId
);

words!(
    /// Which side of the exchange an institution is on.
    InstitutionKind {
        /// BKN itself.
        Home = "home",
        /// A partner of BKN (instansi mitra).
        Partner = "partner",
    }
);

/// A body that exchanges data.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = institutions)]
pub struct Institution {
    /// Names the institution.
    pub id: InstitutionId,
    /// Home or partner.
    pub kind: InstitutionKind,
    /// Full name; unique.
    pub name: String,
    /// Short name, as offices use it.
    pub short_name: String,
    /// BKN's reference ID of the institution: 32 hexadecimal digits.
    pub reference_code: Option<String>,
    /// Both names in lower case, for search.
    pub search_text: String,
    /// When it was recorded.
    pub created_at: Moment,
}

impl Institution {
    /// A partner to be recorded.
    pub fn partner(
        name: &str,
        short_name: &str,
        reference_code: Option<String>,
        now: Moment,
    ) -> Self {
        Self {
            id: InstitutionId::generate(),
            kind: InstitutionKind::Partner,
            name: name.to_owned(),
            short_name: short_name.to_owned(),
            reference_code,
            search_text: format!("{name} {short_name}").to_lowercase(),
            created_at: now,
        }
    }

    /// BKN, recorded once when the portal is set up.
    pub fn home(now: Moment) -> Self {
        let partner = Self::partner("Badan Kepegawaian Negara", "BKN", None, now);
        Self {
            kind: InstitutionKind::Home,
            ..partner
        }
    }
}

/// What an officer states about a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstitutionDetails {
    /// Full name.
    pub name: String,
    /// Short name, as offices use it.
    pub short_name: String,
    /// BKN's reference ID: 32 hexadecimal digits.
    pub reference_code: Option<String>,
}

impl InstitutionDetails {
    /// Digits of a reference ID.
    pub const CODE_DIGITS: usize = 32;

    /// An institution with these details in the place of its own.
    pub fn applied_to(self, institution: &Institution) -> Institution {
        let now = institution.created_at;
        let changed = Institution::partner(&self.name, &self.short_name, self.reference_code, now);
        Institution {
            id: institution.id,
            kind: institution.kind,
            ..changed
        }
    }
}

impl From<&Institution> for InstitutionDetails {
    fn from(institution: &Institution) -> Self {
        Self {
            name: institution.name.clone(),
            short_name: institution.short_name.clone(),
            reference_code: institution.reference_code.clone(),
        }
    }
}

impl Institution {
    /// The facts that the audit trail keeps of it.
    pub fn facts(&self) -> serde_json::Value {
        serde_json::json!({
            "name": self.name,
            "short_name": self.short_name,
            "reference_code": self.reference_code,
        })
    }
}
