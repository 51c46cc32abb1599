//! The fields of a data set that may pass.

use super::declaration::{Dataset, Field};
use super::model::Values;

/// The fields that an agreement lets pass, of one data set. Whatever names
/// fields or hands out values to a partner takes this and no bare [`Dataset`],
/// so that the others cannot leave by oversight.
#[derive(Debug, Clone)]
pub struct GrantedFields<'d> {
    dataset: &'d Dataset,
    positions: Vec<usize>,
}

impl<'d> GrantedFields<'d> {
    /// Every field: for BKN, whose data sets they are, and where an Annex
    /// names none.
    pub fn all(dataset: &'d Dataset) -> Self {
        Self {
            dataset,
            positions: (0..dataset.fields.len()).collect(),
        }
    }

    /// The fields of these names; names that are not declared grant nothing.
    pub fn named(dataset: &'d Dataset, names: &[String]) -> Self {
        let fields = dataset.fields.iter().enumerate();
        let granted = fields.filter(|(_, field)| names.contains(&field.name));
        Self {
            dataset,
            positions: granted.map(|(at, _)| at).collect(),
        }
    }

    /// Of these the ones that are wanted.
    pub fn only(mut self, is_wanted: impl Fn(&str) -> bool) -> Self {
        let fields = &self.dataset.fields;
        let named = |at: &usize| fields.get(*at).is_some_and(|field| is_wanted(&field.name));
        self.positions.retain(named);
        self
    }

    /// The data set.
    pub fn dataset(&self) -> &'d Dataset {
        self.dataset
    }

    /// The fields, in the order of the declaration.
    pub fn iter(&self) -> impl Iterator<Item = &'d Field> {
        let field = |at: &usize| self.dataset.fields.get(*at);
        self.positions.iter().filter_map(field)
    }

    /// Their names.
    pub fn names(&self) -> Vec<String> {
        self.iter().map(|field| field.name.clone()).collect()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.positions.len()
    }

    /// Whether nothing may pass.
    pub fn is_empty(&self) -> bool {
        self.positions.is_empty()
    }

    /// Whether this field may pass.
    pub fn has(&self, name: &str) -> bool {
        self.iter().any(|field| field.name == name)
    }

    /// Of a record's values, in the order of the declaration, those that may
    /// pass.
    pub fn pick<'v>(&self, values: &'v Values) -> impl Iterator<Item = Option<&'v str>> {
        self.positions.iter().map(|at| values.get(*at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datasets::{all, find};

    #[test]
    fn of_every_data_set_only_granted_values_are_picked() {
        for dataset in all().unwrap() {
            let values: Values = dataset
                .fields
                .iter()
                .map(|field| Some(field.name.as_str()))
                .collect();
            for field in &dataset.fields {
                let others: Vec<_> = dataset.fields.iter().map(|one| one.name.clone()).collect();
                let others: Vec<_> = others
                    .into_iter()
                    .filter(|one| *one != field.name)
                    .collect();
                let granted = GrantedFields::named(dataset, &others);
                assert!(!granted.has(&field.name), "{} {}", dataset.name, field.name);
                let picked: Vec<_> = granted.pick(&values).flatten().collect();
                assert_eq!(picked, others, "{}", dataset.name);
            }
        }
    }

    #[test]
    fn a_name_that_is_not_declared_grants_nothing() {
        let dataset = find("profil-pns").unwrap();
        let granted = GrantedFields::named(dataset, &["gaji_pokok".into()]);
        assert!(granted.is_empty());
        assert_eq!(GrantedFields::all(dataset).len(), dataset.fields.len());
    }
}
