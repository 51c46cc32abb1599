//! What every page must pass, whatever it is for.

use crate::axe::axe;
use crate::session::Browser;

/// The elements that stick out to the right of the viewport and make the page
/// scroll sideways; those inside a box that scrolls by itself do not.
const TOO_WIDE: &str = "
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.body.querySelectorAll('*')]
        .filter((it) => it.getBoundingClientRect().right > root.clientWidth + 0.5)
        .map((it) => it.cloneNode(false).outerHTML);";

/// The elements that make the page scroll sideways; empty when it does not.
pub async fn too_wide(browser: &Browser) -> Vec<String> {
    let found = browser.client.execute(TOO_WIDE, vec![]).await.unwrap();
    serde_json::from_value(found).unwrap()
}

/// Fails, naming the page, when it breaks a rule of axe, scrolls sideways or has
/// put anything on the console.
pub async fn assert_sound(browser: &Browser) {
    let page = browser.client.current_url().await.unwrap();
    let violations = axe(browser).await;
    let listed: String = violations.iter().map(ToString::to_string).collect();
    assert!(violations.is_empty(), "{page} breaks axe:\n{listed}");
    let wide = too_wide(browser).await;
    assert!(wide.is_empty(), "{page} scrolls sideways: {wide:#?}");
    let mut console = browser.console().await;
    // Chromium reports a page that is itself an answer of 404 or 422; that is meant.
    console.retain(|line| !line.contains(&format!("{page} - Failed to load resource")));
    assert!(console.is_empty(), "{page} on the console: {console:#?}");
}
