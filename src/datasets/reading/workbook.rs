//! Which sheet of a workbook is checked.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxError, open_workbook};

use super::ReadError;
use super::archive::Archive;
use super::markup::Part;
use super::xlsx_file::SheetRows;
use crate::datasets::header::Search;
use crate::datasets::refusal::FileRefusal;
use crate::datasets::text::OUR_SHEETS;

pub(super) type Workbook = Xlsx<BufReader<File>>;

/// Rows looked at to find a header.
const ROWS: usize = 11;

/// Opens a workbook whose archive is within the limits.
pub(super) fn open(path: &Path) -> Result<Workbook, ReadError> {
    open_workbook(path).map_err(refusal)
}

pub(super) fn refusal(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => FileRefusal::PasswordProtected.into(),
        other => FileRefusal::corrupt(other).into(),
    }
}

/// The sheet that is checked, and what else there is.
pub(super) struct Choice {
    pub name: String,
    pub part: Part,
    /// Other visible sheets with data of the same kind.
    pub others: Vec<String>,
}

/// How the first rows of a sheet look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    Empty,
    Foreign,
    Headed,
}

/// Chooses the first visible sheet with a header of the data set; without any,
/// the first with something in it, so that the refusal speaks of that one.
pub(super) fn choose(
    workbook: &mut Workbook,
    mut archive: Archive,
    search: &Search<'_>,
    columns: u16,
) -> Result<Choice, ReadError> {
    let sheets = workbook.sheets_metadata().to_vec();
    let mut looks = Vec::new();
    for sheet in &sheets {
        looks.push(if sheet.typ == SheetType::WorkSheet {
            look(workbook, &sheet.name, search, columns)?
        } else {
            Look::Empty
        });
    }
    let visible = |at: &usize| {
        sheets
            .get(*at)
            .is_some_and(|sheet| sheet.visible == SheetVisible::Visible)
    };
    let looking = |wanted: Look| {
        (0..sheets.len())
            .filter(move |at| looks.get(*at) == Some(&wanted))
            .collect::<Vec<_>>()
    };
    let (headed, foreign) = (looking.clone()(Look::Headed), looking(Look::Foreign));
    let chosen = match (headed.iter().copied().find(visible), headed.first()) {
        (Some(shown), _) => Some(shown),
        (None, Some(_hidden)) => None,
        (None, None) => foreign.iter().copied().find(visible),
    };
    let Some(chosen) = chosen else {
        return Err(nothing_visible(&sheets, headed.iter().chain(&foreign)).into());
    };
    let name = |at: &usize| {
        sheets
            .get(*at)
            .map(|sheet| sheet.name.clone())
            .unwrap_or_default()
    };
    let others = headed
        .iter()
        .filter(|at| **at != chosen && visible(at))
        .map(name);
    let others = others
        .filter(|name| !OUR_SHEETS.contains(&name.as_str()))
        .collect();
    let part = part_of(&mut archive, &sheets, chosen).unwrap_or_default();
    Ok(Choice {
        name: name(&chosen),
        part,
        others,
    })
}

fn nothing_visible<'a>(
    sheets: &[Sheet],
    mut hidden: impl Iterator<Item = &'a usize>,
) -> FileRefusal {
    match hidden.next().and_then(|at| sheets.get(*at)) {
        Some(sheet) => FileRefusal::HiddenData {
            sheet: sheet.name.clone(),
        },
        None => FileRefusal::Empty,
    }
}

/// What was seen in the sheet while the archive was looked through.
fn part_of(archive: &mut Archive, sheets: &[Sheet], at: usize) -> Option<Part> {
    if archive.sheet_ids.len() != sheets.len() {
        return None;
    }
    let target = archive
        .targets
        .get(archive.sheet_ids.get(at)?)?
        .to_lowercase();
    let path = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{}", target.trim_start_matches("./")),
    };
    archive.sheets.remove(&path)
}

fn look(
    workbook: &mut Workbook,
    name: &str,
    search: &Search<'_>,
    columns: u16,
) -> Result<Look, ReadError> {
    let has_1904_epoch = workbook.has_1904_epoch();
    let cells = workbook.worksheet_cells_reader(name).map_err(refusal)?;
    let mut rows = SheetRows::new(cells, has_1904_epoch, &[], columns);
    let mut look = Look::Empty;
    for _ in 0..ROWS {
        let Some(row) = rows.read()? else { break };
        let found = if search.matches(row.cells()) > 0 {
            Look::Headed
        } else {
            Look::Foreign
        };
        look = look.max(found);
    }
    Ok(look)
}
