//! Whom a partner's agreement reaches.

use diesel::QueryResult;

use super::model::{Place, Profile};
use super::queries;
use crate::datasets::PersonKey;
use crate::platform::db::DbConn;

/// Whom the Annex of an agreement reaches: whoever meets every condition. One
/// that is not set is met by everybody; one that is set to an empty list by
/// nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// BKN's codes of institutions that the person belongs to or works at.
    pub institutions: Option<Vec<String>>,
    /// Codes of functional positions.
    pub positions: Option<Vec<String>>,
    /// The lowest golongan: `42` is IV/b (PKS Setneg-BKN 2022).
    pub rank_at_least: Option<String>,
    /// BKN's code of an institution whose people are reached besides, whatever
    /// the conditions (LAN 2019, API 3: all who work there).
    pub besides: Option<String>,
}

/// People within reach who are found by the same conditions. Nobody is in two
/// branches of one reach.
#[derive(Debug, Clone)]
pub(super) struct Branch {
    /// The conditions.
    pub reach: Reach,
    /// The institution whose people are in the other branch.
    pub except: Option<String>,
}

impl Reach {
    /// Everybody who belongs to an institution or works at it.
    fn of_institution(code: String) -> Self {
        Self {
            institutions: Some(vec![code]),
            ..Self::default()
        }
    }

    /// The branches that together are this reach.
    pub(super) fn branches(&self) -> Vec<Branch> {
        let mut reach = self.clone();
        let except = reach.besides.take();
        let besides = except.clone().map(|code| Branch {
            reach: Self::of_institution(code),
            except: None,
        });
        let met = Branch { reach, except };
        std::iter::once(met).chain(besides).collect()
    }

    /// Whether everybody whom another reach covers is within this one, as far as
    /// the conditions alone tell.
    pub fn includes(&self, other: &Self) -> bool {
        let own = self.besides.clone().map(Self::of_institution);
        other.branches().iter().all(|branch| {
            self.demands_no_more_than(&branch.reach) || own.as_ref() == Some(&branch.reach)
        })
    }

    fn demands_no_more_than(&self, other: &Self) -> bool {
        let all = |wide: &Option<Vec<String>>, narrow: &Option<Vec<String>>| match (wide, narrow) {
            (None, _) => true,
            (Some(wide), Some(narrow)) => narrow.iter().all(|code| wide.contains(code)),
            (Some(_), None) => false,
        };
        let high_enough = match (&self.rank_at_least, &other.rank_at_least) {
            (None, _) => true,
            (Some(wide), Some(narrow)) => wide.len() == narrow.len() && wide <= narrow,
            (Some(_), None) => false,
        };
        all(&self.institutions, &other.institutions)
            && all(&self.positions, &other.positions)
            && high_enough
    }

    /// Whether a person who stands there is within it.
    pub fn covers(&self, person: &Place) -> bool {
        let is_there = |code: &String| {
            person.institution_code == *code || person.workplace_code.as_ref() == Some(code)
        };
        self.is_met_by(person) || self.besides.as_ref().is_some_and(is_there)
    }

    fn is_met_by(&self, person: &Place) -> bool {
        let is_one = |codes: &Option<Vec<String>>, code: Option<&String>| {
            let Some(codes) = codes else { return true };
            code.is_some_and(|code| codes.contains(code))
        };
        let at_home = is_one(&self.institutions, Some(&person.institution_code));
        let at_work = is_one(&self.institutions, person.workplace_code.as_ref());
        let high_enough = self.rank_at_least.as_ref().is_none_or(|least| {
            // The codes of PNS ranks have two digits in the order of rank.
            let rank = person.rank_code.as_ref();
            rank.is_some_and(|rank| rank.len() == least.len() && rank >= least)
        });
        (at_home || at_work)
            && is_one(&self.positions, person.position_code.as_ref())
            && high_enough
    }
}

/// The person of this key, if there is one within reach: who is out of reach
/// and who is not there are told alike.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut DbConn, reach: &Reach, key: PersonKey) -> QueryResult<Option<Profile>> {
    let found = match key {
        PersonKey::Id(id) => queries::find::by_id(conn, &id.to_string())?,
        PersonKey::Nip(nip) => queries::find::by_nip(conn, &nip.to_string())?,
    };
    Ok(found.filter(|person| reach.covers(&person.place())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Place {
        Place {
            institution_code: "A".to_owned(),
            workplace_code: Some("B".to_owned()),
            position_code: Some("P".to_owned()),
            rank_code: Some("42".to_owned()),
        }
    }

    fn one(code: &str) -> Option<Vec<String>> {
        Some(vec![code.to_owned()])
    }

    #[test]
    fn an_empty_reach_covers_everybody_and_an_empty_list_nobody() {
        assert!(Reach::default().covers(&person()));
        let nobody = Reach {
            positions: Some(Vec::new()),
            ..Reach::default()
        };
        assert!(!nobody.covers(&person()));
    }

    #[test]
    fn a_reach_includes_one_with_more_conditions_and_not_one_with_fewer() {
        let everybody = Reach::default();
        let at_a = Reach {
            institutions: one("A"),
            ..Reach::default()
        };
        let high_at_a = Reach {
            rank_at_least: Some("42".to_owned()),
            ..at_a.clone()
        };
        let higher_at_a = Reach {
            rank_at_least: Some("43".to_owned()),
            ..at_a.clone()
        };
        let includes = [
            (&everybody, &at_a),
            (&at_a, &high_at_a),
            (&high_at_a, &higher_at_a),
        ];
        for (wide, narrow) in includes {
            assert!(wide.includes(narrow) && wide.includes(wide));
            assert!(!narrow.includes(wide));
        }
    }

    #[test]
    fn home_and_workplace_both_count() {
        for (code, covered) in [("A", true), ("B", true), ("C", false)] {
            let reach = Reach {
                institutions: one(code),
                ..Reach::default()
            };
            assert_eq!(reach.covers(&person()), covered, "{code}");
        }
    }

    #[test]
    fn the_rank_is_compared_in_its_order() {
        for (least, covered) in [("41", true), ("42", true), ("43", false)] {
            let reach = Reach {
                rank_at_least: Some(least.to_owned()),
                ..Reach::default()
            };
            assert_eq!(reach.covers(&person()), covered, "{least}");
        }
    }
}
