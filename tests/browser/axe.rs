//! Accessibility faults of the page that is shown, found by axe-core.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

use crate::session::Browser;

/// axe-core 4.14.1 by Deque Systems, MPL-2.0, as published on npm.
const AXE: &str = include_str!("axe.min.js");

/// All rules that axe runs by default, and the size of targets (WCAG 2.2, 2.5.8),
/// which it leaves off. Loads nothing over the network: the policy forbids it.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const options = { preload: false, rules: { 'target-size': { enabled: true } } };
    axe.run(document, options).then((found) => done(found.violations),
                                    (fault) => done(String(fault)));";

/// A rule of axe that the page breaks.
#[derive(Debug, Deserialize)]
pub struct Violation {
    /// The rule's name, such as `image-alt`.
    pub id: String,
    /// What the rule asks for.
    pub help: String,
    /// The elements that break it.
    pub nodes: Vec<Node>,
}

/// An element that breaks a rule.
#[derive(Debug, Deserialize)]
pub struct Node {
    /// The element as it stands in the page.
    pub html: String,
    /// What would mend it.
    #[serde(rename = "failureSummary")]
    pub summary: Option<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}: {}", self.id, self.help)?;
        for node in &self.nodes {
            let summary = node.summary.as_deref().unwrap_or_default();
            writeln!(out, "    {}\n      {summary}", node.html)?;
        }
        Ok(())
    }
}

/// Runs axe on the page that the browser shows; empty when it finds nothing.
pub async fn axe(browser: &Browser) -> Vec<Violation> {
    browser.client.execute(AXE, vec![]).await.unwrap();
    let found = browser.client.execute_async(RUN, vec![]).await.unwrap();
    match found {
        Value::String(fault) => panic!("axe did not run: {fault}"),
        violations => serde_json::from_value(violations).unwrap(),
    }
}
