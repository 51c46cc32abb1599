//! From a column's type and constraints to its [`Kind`].

use chrono::NaiveDate;
use regex::Regex;
use serde_json::Value;

use super::Column;
use crate::datasets::declaration::{DecimalLimits, IntegerLimits, Kind, TextLimits};
use crate::datasets::values::parse_decimal;

const LONGEST_TEXT: usize = 4_000;

pub(super) fn kind(column: &Column) -> Result<Kind, String> {
    match (column.r#type.as_str(), column.padan.kind.as_deref()) {
        ("string", Some("id")) => Ok(Kind::Id),
        ("string", Some("nip")) => Ok(Kind::Nip),
        ("string", None) => text(column).map(Kind::Text),
        ("integer", None) => integer(column).map(Kind::Integer),
        ("number", None) => decimal(column).map(Kind::Decimal),
        ("date", None) => Ok(Kind::Date {
            earliest: date(column)?,
        }),
        ("year", None) => Ok(Kind::Year {
            earliest: i32::try_from(whole(column.constraints.minimum.as_ref(), 1000)?)
                .map_err(|error| error.to_string())?,
        }),
        (other, Some(kind)) => Err(format!("type {other:?} with kind {kind:?} is not known")),
        (other, None) => Err(format!("type {other:?} is not known")),
    }
}

fn text(column: &Column) -> Result<TextLimits, String> {
    let constraints = &column.constraints;
    let pattern = constraints
        .pattern
        .as_ref()
        .map(|pattern| Regex::new(&format!("^(?:{pattern})$")));
    Ok(TextLimits {
        min: constraints.min_length.unwrap_or(0),
        max: constraints.max_length.unwrap_or(LONGEST_TEXT),
        pattern: pattern.transpose().map_err(|error| error.to_string())?,
        one_of: constraints.one_of.clone(),
    })
}

fn integer(column: &Column) -> Result<IntegerLimits, String> {
    Ok(IntegerLimits {
        min: whole(column.constraints.minimum.as_ref(), i64::MIN)?,
        max: whole(column.constraints.maximum.as_ref(), i64::MAX)?,
        warn_above: column.padan.warn_above,
    })
}

fn decimal(column: &Column) -> Result<DecimalLimits, String> {
    let places = column.padan.decimals.unwrap_or(3);
    if places > 6 {
        return Err("padan.decimals is at most 6".into());
    }
    let unit = 10_i64.pow(places);
    let scaled = |value: Option<&Value>, otherwise: i64| match value {
        None => Ok(otherwise),
        Some(number) => {
            parse_decimal(&number.to_string(), places).ok_or(format!("{number} is not a number"))
        }
    };
    Ok(DecimalLimits {
        min: scaled(column.constraints.minimum.as_ref(), i64::MIN)?,
        max: scaled(column.constraints.maximum.as_ref(), i64::MAX)?,
        warn_above: column
            .padan
            .warn_above
            .map(|value| value.saturating_mul(unit)),
        places,
    })
}

fn whole(value: Option<&Value>, otherwise: i64) -> Result<i64, String> {
    value.map_or(Ok(otherwise), |number| {
        number
            .as_i64()
            .ok_or(format!("{number} is not a whole number"))
    })
}

fn date(column: &Column) -> Result<Option<NaiveDate>, String> {
    let Some(value) = &column.constraints.minimum else {
        return Ok(None);
    };
    let date = value.as_str().and_then(|text| text.parse().ok());
    date.map(Some).ok_or(format!("{value} is not a date"))
}
