//! What surrounds the content of every page: who is signed in, where they are.

use std::future::Future;

use super::flash::Flash;

tokio::task_local! {
    static AROUND: Frame;
}

/// What the layout shows around a page.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Who is signed in, if anybody.
    pub viewer: Option<Viewer>,
    /// The sections this viewer can open.
    pub nav: Vec<NavItem>,
    /// The sentence left by the deed before.
    pub flash: Option<Flash>,
}

/// Who is signed in, as the head of the page names them.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The person's name.
    pub name: String,
    /// Role and institution.
    pub role: String,
    /// Whether the person is of BKN's staff, whose pages are wide.
    pub is_staff: bool,
}

/// A section of the portal.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// Its address.
    pub href: &'static str,
    /// Its name.
    pub text: &'static str,
    /// The name of the group in which it stands, where the menu has groups.
    pub group: Option<&'static str>,
    /// Whether the page belongs to it.
    pub current: bool,
}

/// Sections that stand together in the menu.
#[derive(Debug, Clone, Copy)]
pub struct NavGroup<'f> {
    /// The group's name, if it has one.
    pub name: Option<&'static str>,
    /// Its sections.
    pub items: &'f [NavItem],
}

impl<'f> NavGroup<'f> {
    fn of(items: &'f [NavItem]) -> Option<Self> {
        let name = items.first()?.group;
        Some(Self { name, items })
    }

    /// Whether the page belongs to one of its sections.
    pub fn is_current(&self) -> bool {
        self.items.iter().any(|item| item.current)
    }
}

impl Frame {
    /// The frame of a page that knows nobody.
    pub fn bare() -> Self {
        Self::default()
    }

    /// Answers a request within this frame: error pages show it too, wherever
    /// the error comes from.
    pub async fn around<F: Future>(self, answer: F) -> F::Output {
        AROUND.scope(self, answer).await
    }

    /// The frame of the request that this task answers; bare when nobody is known.
    pub(super) fn of_request() -> Self {
        AROUND.try_with(Clone::clone).unwrap_or_default()
    }

    /// Whether the page is one of the wide ones with large tables.
    pub fn is_wide(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.is_staff)
    }

    /// The menu by its groups, in its order; what stands alone is a group
    /// without a name.
    pub fn menu(&self) -> Vec<NavGroup<'_>> {
        let alike = |a: &NavItem, b: &NavItem| a.group == b.group;
        let groups = self.nav.chunk_by(alike);
        groups.filter_map(NavGroup::of).collect()
    }

    /// The name of the section that the page belongs to.
    pub fn section(&self) -> &'static str {
        self.nav
            .iter()
            .find(|item| item.current)
            .map_or("", |item| item.text)
    }
}

impl Viewer {
    /// Two letters for the round mark.
    pub fn initials(&self) -> String {
        self.name
            .split_whitespace()
            .filter_map(|word| word.chars().next())
            .take(2)
            .collect()
    }
}
