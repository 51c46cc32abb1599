//! Rows by what they belong to.

use std::collections::HashMap;
use std::hash::Hash;

/// The rows of one statement, sorted into those of each key in their order.
pub fn grouped<K: Eq + Hash, T>(all: Vec<T>, key: impl Fn(&T) -> K) -> HashMap<K, Vec<T>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for one in all {
        groups.entry(key(&one)).or_default().push(one);
    }
    groups
}
