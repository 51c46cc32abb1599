//! What an institution may look into.

use chrono::NaiveDate;
use diesel::QueryResult;

use super::LookUpError;
use crate::accounts::Scope;
use crate::agreements::{self, Agreement, AgreementId, Direction, Grant};
use crate::datasets::{AsnId, GrantedFields};
use crate::institutions;
use crate::platform::db::DbConn;
use crate::references::{LoadedCodes, code_names};
use crate::register::{self, Reach};

/// The data set whose rows are units.
pub const UNITS: &str = "unit-kerja";
const INSTITUTIONS: &str = "instansi";

/// A data set that an Annex opens to looks.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The agreement.
    pub agreement: Agreement,
    /// What its Annex grants.
    pub grant: Grant,
    /// The fields of it.
    pub fields: GrantedFields<'static>,
}

impl Offer {
    fn of((agreement, grant): (Agreement, Grant)) -> Option<Self> {
        let held = |field: &str| register::holds(&grant.dataset, field);
        let fields = grant.granted()?.only(held);
        if fields.is_empty() {
            return None;
        }
        let is_open = fields.dataset().is_about_people() || fields.dataset().name == UNITS;
        (is_open && grant.direction == Direction::BknToPartner).then_some(Self {
            agreement,
            grant,
            fields,
        })
    }

    /// Whether it is about units.
    pub fn is_units(&self) -> bool {
        self.grant.dataset == UNITS
    }

    /// Whom its answers may be about.
    pub(super) fn reach(&self, conn: &mut DbConn) -> QueryResult<Reach> {
        let partner = institutions::find(conn, self.agreement.institution_id)?;
        let own = partner.and_then(|partner| partner.reference_code);
        let own = AsnId::of(own.as_deref());
        Ok(self.grant.population.reach_of_recipient(own))
    }
}

/// Whatever Annexes in force within reach open to looks on a day.
pub fn offers(conn: &mut DbConn, scope: Scope, today: NaiveDate) -> QueryResult<Vec<Offer>> {
    let granted = agreements::granted_within(conn, scope, today)?;
    let in_force = |(agreement, _): &(Agreement, Grant)| agreement.is_in_force(today);
    let granted = granted.into_iter().filter(in_force);
    Ok(granted.filter_map(Offer::of).collect())
}

/// A data set about persons that may be looked into today.
///
/// # Errors
/// Why it may not.
pub fn open(
    conn: &mut DbConn,
    scope: Scope,
    (agreement, dataset): (AgreementId, &str),
    today: NaiveDate,
) -> Result<Offer, LookUpError> {
    let offer = any(conn, scope, (agreement, dataset), today)?;
    (!offer.is_units())
        .then_some(offer)
        .ok_or(LookUpError::NotGranted)
}

fn any(
    conn: &mut DbConn,
    scope: Scope,
    (agreement, dataset): (AgreementId, &str),
    today: NaiveDate,
) -> Result<Offer, LookUpError> {
    let wanted = (agreement, dataset, Direction::BknToPartner);
    let granted = agreements::granted(conn, scope, wanted, today)?;
    let offer = granted.and_then(Offer::of).ok_or(LookUpError::NotGranted)?;
    if !offer.agreement.is_in_force(today) {
        return Err(LookUpError::Ended(offer.agreement.last_day()));
    }
    Ok(offer)
}

/// Units that may be searched.
#[derive(Debug, Clone)]
pub struct UnitOffer {
    /// Under which agreement.
    pub offer: Offer,
    /// Code and name of the institutions whose units they are, by name.
    pub institutions: Vec<(String, String)>,
}

impl UnitOffer {
    /// The name of an institution, if its units may be searched.
    pub fn institution(&self, code: &str) -> Option<&str> {
        let found = self.institutions.iter().find(|(one, _)| one == code);
        found.map(|(_, name)| name.as_str())
    }

    /// Whether units may be searched by text: what is searched in must be
    /// granted, or the search itself would tell it.
    pub fn is_searchable(&self) -> bool {
        self.offer.fields.has("unit_kerja") && self.offer.fields.has("unit_kerja_id")
    }
}

/// The units that may be searched today. Where the Annex names no institution
/// they are those of all: units are about no person.
///
/// # Errors
/// Why they may not.
pub fn open_units(
    conn: &mut DbConn,
    scope: Scope,
    agreement: AgreementId,
    today: NaiveDate,
) -> Result<UnitOffer, LookUpError> {
    let offer = any(conn, scope, (agreement, UNITS), today)?;
    let mut institutions = match &offer.grant.population.institutions {
        Some(named) => named_ones(conn, named)?,
        None => LoadedCodes::load(conn, &[INSTITUTIONS])?.of(INSTITUTIONS),
    };
    institutions.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(UnitOffer {
        offer,
        institutions,
    })
}

fn named_ones(conn: &mut DbConn, named: &[AsnId]) -> QueryResult<Vec<(String, String)>> {
    let codes: Vec<String> = named.iter().map(AsnId::to_string).collect();
    let wanted: Vec<(&str, &str)> = codes
        .iter()
        .map(|code| (INSTITUTIONS, code.as_str()))
        .collect();
    let names = code_names(conn, &wanted)?;
    let named = codes.iter().map(|code| {
        let name = names.name(INSTITUTIONS, code).unwrap_or(code);
        (code.clone(), name.to_owned())
    });
    Ok(named.collect())
}
