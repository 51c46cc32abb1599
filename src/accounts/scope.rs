//! Whose data a caller may see: the wall between institutions, as a type.

use super::model::Account;
use crate::institutions::InstitutionId;

/// Whose data a query may reach. Queries over partners' data cannot be called
/// without one, and only an account (or the portal's own work) gives one. What
/// is out of scope is not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope(Reach);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Institution(InstitutionId),
    Everything,
}

impl Scope {
    /// The scope of a signed-in person.
    pub(super) fn of(account: &Account) -> Self {
        if account.role.is_staff() {
            Self(Reach::Everything)
        } else {
            Self(Reach::Institution(account.institution_id))
        }
    }

    /// The scope of the portal's own work: jobs, the schedule, the demo.
    pub(crate) fn portal() -> Self {
        Self(Reach::Everything)
    }

    /// The one institution within reach, or `None` when all are.
    pub fn institution(self) -> Option<InstitutionId> {
        match self.0 {
            Reach::Institution(id) => Some(id),
            Reach::Everything => None,
        }
    }

    /// The part of this reach that is one institution's, or `None` when it is
    /// out of reach.
    pub fn narrowed(self, institution: InstitutionId) -> Option<Self> {
        self.reaches(institution)
            .then_some(Self(Reach::Institution(institution)))
    }

    /// Whether an institution's data is within reach.
    pub fn reaches(self, institution: InstitutionId) -> bool {
        self.institution().is_none_or(|own| own == institution)
    }
}
