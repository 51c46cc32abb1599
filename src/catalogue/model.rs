//! What of the declarations somebody may read.

use chrono::NaiveDate;

use crate::agreements::{Agreement, Direction, Grant};
use crate::datasets::{Dataset, GrantedFields};

/// A data set as one reader may know it.
#[derive(Debug)]
pub struct Documented {
    /// The fields that the reader may know.
    pub fields: GrantedFields<'static>,
    /// What grants them, with its agreement.
    pub grants: Vec<(Agreement, Grant)>,
}

impl Documented {
    /// The data set.
    pub fn dataset(&self) -> &'static Dataset {
        self.fields.dataset()
    }

    /// Which way it flows.
    pub fn direction(&self) -> Direction {
        Direction::of(self.dataset())
    }

    /// How many agreements in force grant it.
    pub fn count_in_force(&self, today: NaiveDate) -> usize {
        let grants = self.grants.iter();
        grants
            .filter(|(agreement, _)| agreement.is_in_force(today))
            .count()
    }

    /// Whether every word of a search, in lower case, is found in its name,
    /// its description or its fields.
    pub fn matches(&self, search: &str) -> bool {
        let dataset = self.dataset();
        let mut text = format!("{} {} {}", dataset.name, dataset.title, dataset.description);
        for field in self.fields.iter() {
            text.push(' ');
            text.push_str(&field.name);
            text.push(' ');
            text.push_str(&field.title);
        }
        let text = text.to_lowercase();
        search.split_whitespace().all(|word| text.contains(word))
    }
}

/// The data sets that a reader may know of these. Staff may know all of each;
/// a partner what is granted on the day by an agreement in force, and what it
/// may still owe to BKN by one that is over.
pub fn documented(
    datasets: &'static [Dataset],
    granted: &[(Agreement, Grant)],
    is_staff: bool,
    today: NaiveDate,
) -> Vec<Documented> {
    let one = |dataset: &'static Dataset| {
        let grants: Vec<_> = granted
            .iter()
            .filter(|(agreement, grant)| {
                grant.dataset == dataset.name
                    && grant.direction == Direction::of(dataset)
                    && (agreement.is_in_force(today) || grant.direction == Direction::PartnerToBkn)
            })
            .cloned()
            .collect();
        let fields = if is_staff {
            GrantedFields::all(dataset)
        } else {
            together(dataset, &grants)
        };
        (!fields.is_empty()).then_some(Documented { fields, grants })
    };
    datasets.iter().filter_map(one).collect()
}

/// The fields that any of the grants gives.
fn together(dataset: &'static Dataset, grants: &[(Agreement, Grant)]) -> GrantedFields<'static> {
    let each = grants.iter().filter_map(|(_, grant)| grant.granted());
    let names: Vec<String> = each.flat_map(|fields| fields.names()).collect();
    GrantedFields::named(dataset, &names)
}
