//! What a deed changed, as the trail keeps it.

use serde_json::{Map, Value, json};

/// The facts that differ, each as it was before and as it is after.
pub fn changes(before: &Value, after: &Value) -> Value {
    let none = Map::new();
    let was = before.as_object().unwrap_or(&none);
    let is = after.as_object().unwrap_or(&none);
    let changed = is.iter().filter_map(|(name, now)| {
        let then = was.get(name).unwrap_or(&Value::Null);
        (then != now).then(|| (name.clone(), json!({ "before": then, "after": now })))
    });
    Value::Object(changed.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_kept() {
        let before = json!({ "title": "Lama", "term_months": 24, "page": null });
        let after = json!({ "title": "Baru", "term_months": 24, "page": 3 });
        let expected = json!({
            "title": { "before": "Lama", "after": "Baru" },
            "page": { "before": null, "after": 3 },
        });
        assert_eq!(changes(&before, &after), expected);
        assert_eq!(changes(&after, &after), json!({}));
    }
}
