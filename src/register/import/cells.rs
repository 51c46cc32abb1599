//! The columns of a file, and the cells of one row.

use chrono::NaiveDate;
use csv::StringRecord;

use crate::datasets::{AsnId, Dataset, Field};
use crate::platform::nip::Nip;
use crate::register::model::RejectReason;

/// Characters of a value at most.
const LONGEST: usize = 500;

/// What is wrong with a row: the field, why, and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub field: &'static str,
    pub reason: RejectReason,
    pub value: String,
}

/// Which column holds which field.
#[derive(Debug, Clone)]
pub struct Columns {
    names: Vec<&'static str>,
    places: Vec<Option<usize>>,
}

impl Columns {
    /// Finds the fields in a header, by their names and the other headers that
    /// the data set's declaration lists. The missing ones of `needed` otherwise.
    pub fn find(
        names: &[&'static str],
        needed: &[&'static str],
        dataset: Option<&Dataset>,
        header: &StringRecord,
    ) -> Result<Self, Vec<String>> {
        let header: Vec<String> = header.iter().map(normal_form).collect();
        let place = |name: &str| {
            let field = dataset.and_then(|dataset| dataset.field(name));
            let known = headers(name, field.map(|(_, field)| field));
            header.iter().position(|title| known.contains(title))
        };
        let columns = Self {
            names: names.to_vec(),
            places: names.iter().map(|name| place(name)).collect(),
        };
        let missing = needed.iter().filter(|name| columns.place(name).is_none());
        let missing: Vec<String> = missing.map(|name| (*name).to_owned()).collect();
        match missing.is_empty() {
            true => Ok(columns),
            false => Err(missing),
        }
    }

    /// How many of the fields the file has.
    pub fn known(&self) -> usize {
        self.places.iter().flatten().count()
    }

    fn place(&self, name: &str) -> Option<usize> {
        let at = self.names.iter().position(|known| *known == name)?;
        *self.places.get(at)?
    }

    /// The cells of a row.
    pub fn of<'a>(&'a self, row: &'a StringRecord) -> Cells<'a> {
        Cells { columns: self, row }
    }
}

/// Every header that means a field, in the form that headers are compared in.
fn headers(name: &str, field: Option<&Field>) -> Vec<String> {
    let mut known = vec![normal_form(name)];
    if let Some(field) = field {
        known.push(normal_form(&field.title));
        known.extend(field.aliases.iter().map(|alias| normal_form(alias)));
    }
    known
}

/// A header as it is compared: letters and digits, in lower case.
fn normal_form(header: &str) -> String {
    header
        .chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The cells of one row.
pub struct Cells<'a> {
    columns: &'a Columns,
    row: &'a StringRecord,
}

impl<'a> Cells<'a> {
    /// The value of the field at a place, without what SIASN's exports put
    /// around it: an apostrophe before digits, `null` for nothing.
    pub fn text(&self, at: usize) -> Result<Option<&'a str>, Fault> {
        let column = self.columns.places.get(at).copied().flatten();
        let cell = column.and_then(|column| self.row.get(column));
        let cell = cell.unwrap_or_default().trim().trim_start_matches('\'');
        if cell.is_empty() || cell.eq_ignore_ascii_case("null") || cell == "\\N" {
            return Ok(None);
        }
        if cell.contains('\0') {
            return Err(self.fault(at, RejectReason::Nul, cell));
        }
        // Most values are short: bytes tell that without counting characters.
        if cell.len() > LONGEST && cell.chars().count() > LONGEST {
            return Err(self.fault(at, RejectReason::TooLong, cell));
        }
        Ok(Some(cell))
    }

    /// As `text`, owned.
    pub fn owned(&self, at: usize) -> Result<Option<String>, Fault> {
        Ok(self.text(at)?.map(str::to_owned))
    }

    /// As `owned`; nothing there is a fault.
    pub fn needed(&self, at: usize) -> Result<String, Fault> {
        let empty = || self.fault(at, RejectReason::Empty, "");
        self.owned(at)?.ok_or_else(empty)
    }

    /// An ID in its normal form; whatever else is no ID of 32 digits.
    pub fn id(&self, at: usize) -> Result<Option<String>, Fault> {
        let Some(text) = self.text(at)? else {
            return Ok(None);
        };
        match text.parse::<AsnId>() {
            Ok(id) => Ok(Some(id.to_string())),
            Err(_) => Err(self.fault(at, RejectReason::Id, text)),
        }
    }

    /// As `id`; nothing there is a fault.
    pub fn needed_id(&self, at: usize) -> Result<String, Fault> {
        let empty = || self.fault(at, RejectReason::Empty, "");
        self.id(at)?.ok_or_else(empty)
    }

    /// A NIP; nothing there is a fault.
    pub fn nip(&self, at: usize) -> Result<String, Fault> {
        let text = self.needed(at)?;
        match text.parse::<Nip>() {
            Ok(nip) => Ok(nip.to_string()),
            Err(_) => Err(self.fault(at, RejectReason::Nip, &text)),
        }
    }

    /// A date, year first or day first as SIASN writes it.
    pub fn date(&self, at: usize) -> Result<Option<NaiveDate>, Fault> {
        let Some(text) = self.text(at)? else {
            return Ok(None);
        };
        match date(text) {
            Some(date) => Ok(Some(date)),
            None => Err(self.fault(at, RejectReason::Date, text)),
        }
    }

    /// A fault of the field at a place.
    pub fn fault(&self, at: usize, reason: RejectReason, value: &str) -> Fault {
        Fault {
            field: self.columns.names.get(at).copied().unwrap_or_default(),
            reason,
            value: value.chars().filter(|it| *it != '\0').take(60).collect(),
        }
    }
}

/// `2026-03-17`, `17-03-2026` or `17/03/2026`, a time behind it left out.
fn date(text: &str) -> Option<NaiveDate> {
    let day = text.split(['T', ' ']).next()?;
    let mut parts = day.split(['-', '/']);
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, day) = match first.len() {
        4 => (first, last),
        _ => (last, first),
    };
    let whole = parts.next().is_none() && year.len() == 4;
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_both_orders_and_nothing_else_is() {
        let expected = NaiveDate::from_ymd_opt(2026, 3, 17);
        for text in [
            "2026-03-17",
            "17-03-2026",
            "17/3/2026",
            "2026-03-17T00:00:00Z",
        ] {
            assert_eq!(date(text), expected, "{text}");
        }
        for text in [
            "",
            "31-02-2026",
            "17-03-26",
            "2026-03",
            "17-03-2026-1",
            "a-b-cccc",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_date_panic(text in "\\PC*") {
            let _ = date(&text);
        }
    }
}
