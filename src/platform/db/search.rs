//! Search in the stored lower-case column `search_text`.

/// The `LIKE` pattern of texts that contain `text`, whatever its case. Signs
/// that mean something to `LIKE` stand for themselves: to be used with
/// `.escape('\\')`.
pub fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for sign in text.trim().to_lowercase().chars() {
        if matches!(sign, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::containing;

    #[test]
    fn signs_of_like_stand_for_themselves() {
        assert_eq!(containing(" 100%_A "), "%100\\%\\_a%");
    }
}
