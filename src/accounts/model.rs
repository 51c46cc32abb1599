//! An account, its role, and what the role may do.

use diesel::prelude::*;

use crate::institutions::InstitutionId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::accounts;
use crate::platform::ids::{id, words};

id!(
    /// An account.
    AccountId
);

words!(
    /// What a person works as (`domain.md` section 1 calls them actors).
    Role {
        /// PIC instansi: submits, answers, files.
        Pic = "pic",
        /// PIC utama: as a PIC, and nominates PICs.
        LeadPic = "lead_pic",
        /// Pengamat instansi: reads what the own institution sent and received.
        Observer = "observer",
        /// Admin BKN: manages partners and agreements, suspends and restores.
        Admin = "admin",
        /// Verifikator BKN: reviews submissions.
        Verifier = "verifier",
        /// Auditor BKN: reads everything, changes nothing.
        Auditor = "auditor",
    }
);

words!(
    /// How an account stands.
    State {
        /// Invited: no password has been set yet.
        Invited = "diundang",
        /// In use.
        Open = "aktif",
        /// Closed.
        Closed = "ditutup",
    }
);

/// One thing that some roles may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Read the own institution's affairs.
    ReadOwn,
    /// Upload, mend and send data; file reports.
    SubmitData,
    /// Read every institution's affairs.
    ReadAll,
    /// Record institutions, agreements, accounts, deliveries, letters; resend mail.
    ManagePartners,
    /// Take over, ask for correction, return.
    ReviewSubmissions,
    /// Publish BKN's data to partners, and take it back.
    PublishData,
    /// Stop an institution's access and give it back.
    SuspendAccess,
    /// Read the audit trail.
    ReadAudit,
    /// Read the reference lists.
    ReadReferences,
    /// Nominate, replace and remove the PICs of the own institution.
    NominatePics,
    /// Look persons and units up in BKN's register, within the own Annex.
    LookUp,
    /// Ask to whom the data of a person went.
    TraceDisclosures,
    /// Sign a statement that binds the own institution.
    SignStatements,
}

impl Role {
    /// Whether the role is one of BKN's own.
    pub fn is_staff(self) -> bool {
        matches!(self, Self::Admin | Self::Verifier | Self::Auditor)
    }

    /// Whether the role may do something.
    pub fn may(self, permission: Permission) -> bool {
        use Permission as P;
        if permission == P::ReadReferences {
            return true;
        }
        match self {
            Self::Pic => matches!(permission, P::ReadOwn | P::SubmitData | P::LookUp),
            Self::LeadPic => matches!(
                permission,
                P::ReadOwn | P::SubmitData | P::NominatePics | P::LookUp | P::SignStatements
            ),
            Self::Observer => permission == P::ReadOwn,
            Self::Admin => matches!(
                permission,
                P::ReadAll
                    | P::ManagePartners
                    | P::PublishData
                    | P::SuspendAccess
                    | P::ReadAudit
                    | P::TraceDisclosures
            ),
            Self::Verifier => matches!(
                permission,
                P::ReadAll | P::ReviewSubmissions | P::PublishData
            ),
            Self::Auditor => matches!(permission, P::ReadAll | P::ReadAudit | P::TraceDisclosures),
        }
    }

    /// The roles that an institution can give.
    pub fn of_institution(is_home: bool) -> &'static [Self] {
        if is_home {
            &[Self::Admin, Self::Verifier, Self::Auditor]
        } else {
            &[Self::Pic, Self::LeadPic, Self::Observer]
        }
    }

    /// Whether the role nominates people for another, and closes their accounts.
    pub fn appoints(self, role: Self) -> bool {
        match self {
            Self::Admin => true,
            Self::LeadPic => matches!(role, Self::Pic | Self::Observer),
            _ => false,
        }
    }

    /// Characters that a password of the role has at least (OWASP ASVS 5.0,
    /// 6.2.1: twelve; staff of BKN reach every institution's data).
    pub fn least_characters(self) -> usize {
        if self.is_staff() { 15 } else { 12 }
    }

    /// The role's name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pic => "PIC",
            Self::LeadPic => "PIC utama",
            Self::Observer => "Pengamat",
            Self::Admin => "Administrator BKN",
            Self::Verifier => "Verifikator BKN",
            Self::Auditor => "Auditor BKN",
        }
    }
}

/// A person's access.
#[derive(
    Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset,
)]
#[diesel(table_name = accounts, treat_none_as_null = true)]
pub struct Account {
    /// Names the account.
    pub id: AccountId,
    /// Where the person works.
    pub institution_id: InstitutionId,
    /// 18 digits; names the account at sign-in and proves nothing.
    pub nip: String,
    /// The person's name.
    pub name: String,
    /// Where mail to the person goes.
    pub email: String,
    /// What the person works as.
    pub role: Role,
    /// Argon2id in PHC form; none until the one-time link was followed.
    pub password_hash: Option<String>,
    /// When the password was last set.
    pub password_set_at: Option<Moment>,
    /// When the confidentiality statement was accepted.
    pub confidentiality_accepted_at: Option<Moment>,
    /// Name and NIP in lower case, for search.
    pub search_text: String,
    /// When it was made.
    pub created_at: Moment,
    /// When it was closed; its sessions ended then.
    pub deactivated_at: Option<Moment>,
    /// Why it was closed.
    pub deactivation_reason: Option<String>,
    /// The key of the form that nominated the person.
    pub form_key: Option<String>,
}

impl Account {
    /// A new account, without a password yet.
    pub fn new(
        institution_id: InstitutionId,
        nip: &str,
        name: &str,
        email: &str,
        role: Role,
        now: Moment,
    ) -> Self {
        Self {
            id: AccountId::generate(),
            institution_id,
            nip: nip.to_owned(),
            name: name.to_owned(),
            email: email.to_owned(),
            role,
            password_hash: None,
            password_set_at: None,
            confidentiality_accepted_at: None,
            search_text: format!("{name} {nip}").to_lowercase(),
            created_at: now,
            deactivated_at: None,
            deactivation_reason: None,
            form_key: None,
        }
    }

    /// How the account stands.
    pub fn state(&self) -> State {
        match (self.deactivated_at, &self.password_hash) {
            (Some(_), _) => State::Closed,
            (None, None) => State::Invited,
            (None, Some(_)) => State::Open,
        }
    }
}
