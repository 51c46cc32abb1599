//! A disclosure, and fetching it.

use diesel::prelude::*;

use crate::accounts::AccountId;
use crate::agreements::AgreementId;
use crate::platform::clock::Moment;
use crate::platform::db::schema::{
    disclosed_people, disclosure_accesses, disclosure_traces, disclosures,
};
use crate::platform::ids::{id, text_column, words};

id!(
    /// Data made available.
    DisclosureId
);

id!(
    /// A fetch of data made available.
    AccessId
);

id!(
    /// An inquiry into where a person's data went.
    TraceId
);

words!(
    /// By which way data were made available.
    Via {
        /// BKN published a data set to the agreement.
        Delivery = "delivery",
        /// A PIC looked one person up.
        LookUp = "look_up",
    }
);

words!(
    /// In which form data were fetched.
    AccessForm {
        /// A page of the portal.
        Page = "page",
        /// A CSV file.
        Csv = "csv",
        /// An XLSX file.
        Xlsx = "xlsx",
    }
);

/// The names of the fields that were made available.
#[derive(
    Debug, Clone, PartialEq, Eq, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct FieldNames(pub Vec<String>);

text_column!(
    FieldNames,
    |names| serde_json::to_string(&names.0)?,
    |text| Ok(FieldNames(serde_json::from_str(&text)?))
);

/// Data of some persons, made available under an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = disclosures)]
pub struct Disclosure {
    /// Names it; what was delivered keeps it.
    pub id: DisclosureId,
    /// The agreement.
    pub agreement_id: AgreementId,
    /// The data set.
    pub dataset: String,
    /// The fields, in the order of the declaration.
    pub fields: FieldNames,
    /// By which way.
    pub via: Via,
    /// How many persons.
    pub people: i64,
    /// When.
    pub made_at: Moment,
    /// When BKN took it back.
    pub withdrawn_at: Option<Moment>,
}

/// What became of data that were made available.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They were fetched: the partner has them.
    Fetched,
    /// They can be fetched.
    Available,
    /// BKN took them back before anybody fetched them.
    Withdrawn,
}

/// A person whose data were made available.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = disclosed_people, treat_none_as_default_value = false)]
pub struct DisclosedPerson {
    /// The disclosure.
    pub disclosure_id: DisclosureId,
    /// 32 upper-case hexadecimal digits.
    pub id_pns: String,
    /// Their NIP at the time.
    pub nip: String,
}

/// That an account fetched what was made available.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = disclosure_accesses)]
pub struct Access {
    /// Names it.
    pub id: AccessId,
    /// What was fetched.
    pub disclosure_id: DisclosureId,
    /// Who fetched it.
    pub account_id: AccountId,
    /// In which form.
    pub form: AccessForm,
    /// When.
    pub at: Moment,
}

/// That somebody asked to whom a person's data went.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = disclosure_traces, treat_none_as_default_value = false)]
pub struct Trace {
    /// Names it.
    pub id: TraceId,
    /// Who asked.
    pub account_id: AccountId,
    /// About whom, if there is such a person.
    pub id_pns: Option<String>,
    /// Why.
    pub reason: String,
    /// How many disclosures there were.
    pub found: i64,
    /// In which form the answer was given.
    pub form: AccessForm,
    /// When.
    pub at: Moment,
}
