//! One data set, made from its declaration.

use actix_web::Responder;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;

use super::{SECTION, load_codes, of_name};
use crate::accounts::{Permission, SignedIn};
use crate::agreements::{Agreement, Direction};
use crate::catalogue::model::Documented;
use crate::catalogue::text;
use crate::datasets::Stage;
use crate::institutions::{self, Institution};
use crate::mappings;
use crate::platform::clock::Clock;
use crate::platform::db::Db;
use crate::platform::web::{AppError, Frame, Page, filters};
use crate::references::LoadedCodes;
use crate::rulebooks::{self, RuleToday};

/// Longer lists are not printed, only counted.
const SHORT_LIST: usize = 20;

#[derive(Template)]
#[template(path = "catalogue/show.html")]
struct ShowPage {
    frame: Frame,
    one: Documented,
    codes: LoadedCodes,
    rules: Vec<RuleToday>,
    is_staff: bool,
    today: NaiveDate,
    owners: Vec<Institution>,
    may_submit: bool,
}

/// A reference list that a field refers to.
struct List {
    name: String,
    entries: Vec<(String, String)>,
}

/// Shows the data set.
///
/// # Errors
/// Not found, or the database's.
pub async fn show(
    user: SignedIn,
    name: Path<String>,
    (db, clock): (Data<Db>, Data<Clock>),
) -> Result<impl Responder, AppError> {
    let (scope, now) = (user.scope(), clock.now());
    let (one, codes, owners, rules) = db
        .read(move |conn| {
            let one = of_name(conn, scope, &name, now)?.ok_or(AppError::NotFound)?;
            let codes = load_codes(conn, &one)?;
            let owners = match scope.institution() {
                Some(_own) => Vec::new(),
                None => institutions::all_partners(conn)?,
            };
            let rules = rulebooks::today(conn, one.dataset(), now)?;
            Ok::<_, AppError>((one, codes, owners, rules))
        })
        .await??;
    let is_staff = scope.institution().is_none();
    Ok(Page(ShowPage {
        frame: user.frame(SECTION),
        rules: told(rules, &one, is_staff),
        one,
        codes,
        is_staff,
        today: now.jakarta_date(),
        owners,
        may_submit: user.account.role.may(Permission::SubmitData),
    }))
}

/// The rules that concern the reader: about fields that it may know, and not
/// those which BKN only tries out.
fn told(rules: Vec<RuleToday>, one: &Documented, is_staff: bool) -> Vec<RuleToday> {
    let concerns = |it: &RuleToday| {
        let is_known = it.rule.fields.iter().all(|name| one.fields.has(name));
        let is_applied = it.rule.stage != Stage::Rehearsal || it.next.is_some();
        is_known && (is_staff || is_applied)
    };
    rules.into_iter().filter(concerns).collect()
}

impl ShowPage {
    /// Whether the reader sends this data set.
    fn is_sent(&self) -> bool {
        self.may_submit && self.one.direction() == Direction::PartnerToBkn
    }

    /// Whether the reader sends it under several agreements, whose Annexes may
    /// name different fields.
    fn has_several_templates(&self) -> bool {
        self.is_sent() && self.one.grants.len() > 1
    }

    /// Whether BKN gives it to partners.
    fn is_given(&self) -> bool {
        self.one.direction() == Direction::BknToPartner
    }

    /// Whose an agreement is, for BKN.
    fn owner(&self, agreement: &Agreement) -> Option<&str> {
        let mut owners = self.owners.iter();
        let owner = owners.find(|one| one.id == agreement.institution_id)?;
        Some(&owner.name)
    }

    /// Whether its rows are codes that BKN maps to its own.
    fn is_mapped(&self) -> bool {
        self.one.dataset().name == mappings::DATASET
    }

    /// Whether a reference list is there to be read.
    fn is_loaded(&self, list: &str) -> bool {
        self.codes.knows(list)
    }

    /// The reference lists of the fields, each once.
    fn lists(&self) -> Vec<List> {
        let mut names: Vec<String> = self
            .one
            .fields
            .iter()
            .filter_map(|field| field.reference.clone())
            .collect();
        names.sort();
        names.dedup();
        let list = |name: String| List {
            entries: self.codes.of(&name),
            name,
        };
        names.into_iter().map(list).collect()
    }
}

impl List {
    fn is_short(&self) -> bool {
        !self.entries.is_empty() && self.entries.len() <= SHORT_LIST
    }
}
