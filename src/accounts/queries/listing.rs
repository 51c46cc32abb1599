//! The list of accounts with its filters.

use diesel::prelude::*;

use crate::accounts::model::{Account, Role, State};
use crate::institutions::InstitutionId;
use crate::platform::db::schema::{accounts, institutions};
use crate::platform::db::{DbConn, MultiBackend};
use crate::platform::web::Pages;

/// Which accounts are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of one institution.
    pub institution: Option<InstitutionId>,
    /// With one role.
    pub role: Option<Role>,
    /// In one state.
    pub state: Option<State>,
    /// Whose name or NIP holds this, in lower case.
    pub search: String,
}

/// An account in the list, with the short name of its institution.
pub type Listed = (Account, String);

type Boxed<'a> = diesel::helper_types::IntoBoxed<
    'a,
    diesel::helper_types::InnerJoin<accounts::table, institutions::table>,
    MultiBackend,
>;

impl Filter {
    fn apply(&self) -> Boxed<'_> {
        let mut query = accounts::table
            .inner_join(institutions::table)
            .into_boxed::<MultiBackend>();
        if let Some(institution) = self.institution {
            query = query.filter(accounts::institution_id.eq(institution));
        }
        if let Some(role) = self.role {
            query = query.filter(accounts::role.eq(role));
        }
        query = match self.state {
            None => query,
            Some(State::Closed) => query.filter(accounts::deactivated_at.is_not_null()),
            Some(State::Invited) => query
                .filter(accounts::deactivated_at.is_null())
                .filter(accounts::password_hash.is_null()),
            Some(State::Open) => query
                .filter(accounts::deactivated_at.is_null())
                .filter(accounts::password_hash.is_not_null()),
        };
        if !self.search.is_empty() {
            let pattern = like_pattern(&self.search);
            query = query.filter(accounts::search_text.like(pattern).escape('\\'));
        }
        query
    }
}

/// The text as a LIKE pattern that finds it anywhere.
fn like_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// A page of the accounts that match, by name, and where it stands.
pub(in crate::accounts) fn list(
    conn: &mut DbConn,
    filter: &Filter,
    pages: impl FnOnce(i64) -> Pages,
) -> QueryResult<(Vec<Listed>, Pages)> {
    let total = filter.apply().count().get_result(conn)?;
    let pages = pages(total);
    let rows = filter
        .apply()
        .order((accounts::name, accounts::id))
        .limit(pages.limit())
        .offset(pages.offset())
        .select((Account::as_select(), institutions::short_name))
        .load(conn)?;
    Ok((rows, pages))
}
