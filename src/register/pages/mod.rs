//! Pages on the register for BKN's staff.

pub mod list;
pub mod show;
pub mod upload;

use super::model::{ImportState, RegisterImport};
use super::text;
use crate::datasets;

const SECTION: &str = "/register";

fn address(import: &RegisterImport) -> String {
    format!("{SECTION}/muat/{}", import.id)
}

/// An import in a list, and on its own page.
pub struct Line {
    import: RegisterImport,
    title: &'static str,
    state: &'static str,
    style: &'static str,
    icon: &'static str,
}

impl Line {
    fn of(import: RegisterImport) -> Self {
        let state = import.state();
        let (style, icon) = text::mark(state);
        Self {
            title: datasets::find(&import.dataset).map_or("", |it| it.title.as_str()),
            state: text::state(state),
            style,
            icon,
            import,
        }
    }

    fn address(&self) -> String {
        address(&self.import)
    }

    fn is_finished(&self) -> bool {
        self.import.state() == ImportState::Finished
    }
}
