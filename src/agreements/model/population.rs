//! Whose rows an Annex lets pass.

use serde::{Deserialize, Serialize};

use crate::datasets::{AsnId, Institutions};
use crate::platform::ids::text_column;
use crate::register::Reach;

/// The people whose rows an Annex lets pass, in either direction: those who
/// meet every condition that is stated (LAN 2025 and Itjen Kemendagri 2025
/// name functional positions, Setneg 2022 a grade and all institutions), and
/// besides them the partner's own staff where it says so (LAN 2019, API 3).
#[derive(
    Debug,
    Clone,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// They work at one of these institutions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institutions: Option<Vec<AsnId>>,
    /// They hold one of these functional positions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub functional_positions: Option<Vec<AsnId>>,
    /// Their grade has this code of the list `golongan` or a higher one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade_at_least: Option<String>,
    /// The Annex names all civil servants; no condition is stated then. Said
    /// nowhere, an Annex that states none means the partner's own staff.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub everybody: bool,
    /// Besides whoever meets the conditions, all who belong to the partner's own
    /// institution or work there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_staff: bool,
}

text_column!(
    Population,
    |population| serde_json::to_string(population)?,
    |text| Ok(serde_json::from_str(&text)?)
);

impl Population {
    /// The reference lists that its codes are of.
    pub const LISTS: &[&str] = &["golongan", "instansi", "jabatan-fungsional"];

    /// All civil servants, as an Annex says so.
    pub fn of_everybody() -> Self {
        Self {
            everybody: true,
            ..Self::default()
        }
    }

    /// Whether no condition is stated. The own staff are meant then anyway.
    pub fn is_unstated(&self) -> bool {
        let Self {
            institutions,
            functional_positions,
            grade_at_least,
            everybody,
            own_staff: _,
        } = self;
        let is_limited = institutions.is_some() || functional_positions.is_some();
        !is_limited && grade_at_least.is_none() && !everybody
    }

    /// The institutions that rows sent by an institution may name. Where the
    /// Annex says nothing, a sender speaks for itself alone; whoever is asked
    /// for all holders of a position finds them at any institution.
    pub fn institutions_of_sender(&self, own: Option<AsnId>) -> Institutions {
        match (&self.institutions, &self.functional_positions, own) {
            (Some(named), _, own) => {
                let own = own.filter(|own| self.own_staff && !named.contains(own));
                Institutions::Only(named.iter().copied().chain(own).collect())
            }
            (None, None, Some(own)) if !self.everybody => Institutions::Only(vec![own]),
            _ => Institutions::Any,
        }
    }

    /// Whom rows that an institution sends may be about.
    pub fn reach_of_sender(&self, own: Option<AsnId>) -> Reach {
        let besides = own.filter(|_| self.own_staff && !self.is_unstated());
        match (&self.institutions, self.institutions_of_sender(own)) {
            (Some(named), _) => self.reach(Some(named), besides),
            (None, Institutions::Only(own)) => self.reach(Some(&own), besides),
            (None, Institutions::Any) => self.reach(None, besides),
        }
    }

    /// Whom BKN's data about persons may be about. Where the Annex names nobody
    /// that is the receiving institution's own staff alone.
    pub fn reach_of_recipient(&self, own: Option<AsnId>) -> Reach {
        if self.is_unstated() {
            return self.reach(Some(own.as_slice()), None);
        }
        let besides = own.filter(|_| self.own_staff);
        self.reach(self.institutions.as_deref(), besides)
    }

    fn reach(&self, institutions: Option<&[AsnId]>, besides: Option<AsnId>) -> Reach {
        let codes = |ids: &[AsnId]| ids.iter().map(AsnId::to_string).collect();
        Reach {
            institutions: institutions.map(codes),
            positions: self.functional_positions.as_deref().map(codes),
            rank_at_least: self.grade_at_least.clone(),
            besides: besides.as_ref().map(AsnId::to_string),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u32) -> AsnId {
        format!("{number:032X}").parse().unwrap()
    }

    #[test]
    fn a_sender_speaks_for_itself_where_the_annex_says_nothing() {
        let silent = Population::default();
        assert_eq!(
            silent.institutions_of_sender(Some(id(1))),
            Institutions::Only(vec![id(1)])
        );
        let by_grade = Population {
            grade_at_least: Some("42".into()),
            ..silent
        };
        assert_eq!(
            by_grade.institutions_of_sender(Some(id(1))),
            Institutions::Only(vec![id(1)])
        );
    }

    #[test]
    fn holders_of_a_position_may_work_anywhere_unless_the_annex_names_where() {
        let guided = Population {
            functional_positions: Some(vec![id(7)]),
            ..Population::default()
        };
        assert_eq!(
            guided.institutions_of_sender(Some(id(1))),
            Institutions::Any
        );
        let named = Population {
            institutions: Some(vec![id(2), id(3)]),
            ..guided
        };
        assert_eq!(
            named.institutions_of_sender(Some(id(1))),
            Institutions::Only(vec![id(2), id(3)])
        );
    }

    #[test]
    fn an_annex_that_names_nobody_gives_the_own_staff_alone() {
        let silent = Population::default();
        let own = silent.reach_of_recipient(Some(id(1))).institutions;
        assert_eq!(own, Some(vec![id(1).to_string()]));
        let nobody = silent.reach_of_recipient(None).institutions;
        assert_eq!(nobody, Some(Vec::new()));
    }

    #[test]
    fn everybody_is_reached_only_where_the_annex_says_so() {
        let all = Population::of_everybody();
        assert_eq!(all.reach_of_recipient(Some(id(1))), Reach::default());
        assert_eq!(all.reach_of_sender(Some(id(1))), Reach::default());
        let text = serde_json::to_string(&all).unwrap();
        assert_eq!(text, r#"{"everybody":true}"#);
        let silent: Population = serde_json::from_str("{}").unwrap();
        assert!(silent.is_unstated());
    }

    #[test]
    fn a_grade_alone_gives_people_of_every_institution() {
        let graded = Population {
            grade_at_least: Some("42".into()),
            ..Population::default()
        };
        let given = graded.reach_of_recipient(Some(id(1)));
        assert_eq!(given.institutions, None);
        assert_eq!(given.rank_at_least.as_deref(), Some("42"));
        let sent = graded.reach_of_sender(Some(id(1)));
        assert_eq!(sent.institutions, Some(vec![id(1).to_string()]));
    }

    #[test]
    fn the_own_staff_may_be_meant_besides_the_holders_of_positions() {
        let both = Population {
            functional_positions: Some(vec![id(7)]),
            own_staff: true,
            ..Population::default()
        };
        let own = Some(id(1).to_string());
        assert_eq!(both.reach_of_recipient(Some(id(1))).besides, own);
        assert_eq!(both.reach_of_sender(Some(id(1))).besides, own);
        let at_two = Population {
            institutions: Some(vec![id(2)]),
            ..both
        };
        assert_eq!(
            at_two.institutions_of_sender(Some(id(1))),
            Institutions::Only(vec![id(2), id(1)])
        );
        let given = at_two.reach_of_sender(Some(id(1)));
        assert_eq!(given.institutions, Some(vec![id(2).to_string()]));
        let alone = Population {
            own_staff: true,
            ..Population::default()
        };
        let silent = Population::default();
        assert_eq!(
            alone.reach_of_recipient(Some(id(1))),
            silent.reach_of_recipient(Some(id(1)))
        );
    }

    #[test]
    fn a_population_is_kept_as_text_and_read_back() {
        let population = Population {
            functional_positions: Some(vec![id(7)]),
            grade_at_least: Some("42".into()),
            ..Population::default()
        };
        let text = serde_json::to_string(&population).unwrap();
        assert!(!text.contains("institutions"));
        assert_eq!(
            serde_json::from_str::<Population>(&text).unwrap(),
            population
        );
    }
}
