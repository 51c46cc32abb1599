//! Dates, times and numbers as Indonesian offices write them.

use chrono::{Datelike, NaiveDate};

use super::clock::Moment;

const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const SHORT_MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
];
const WEEKDAYS: [&str; 7] = [
    "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu",
];

/// `30 November 2026`.
pub fn long(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// `Senin, 30 November 2026`, for deadlines.
pub fn with_weekday(date: NaiveDate) -> String {
    let weekday = WEEKDAYS[date.weekday().num_days_from_monday() as usize];
    format!("{weekday}, {}", long(date))
}

/// `November`.
pub fn month(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize]
}

/// `Nov`.
pub fn short_month(date: NaiveDate) -> &'static str {
    SHORT_MONTHS[date.month0() as usize]
}

/// `30 November 2026 pukul 14.32`, the wall clock in Jakarta.
pub fn with_time(at: Moment) -> String {
    format!("{} pukul {}", long(at.jakarta_date()), time(at))
}

/// `14.32`, the wall clock in Jakarta.
pub fn time(at: Moment) -> String {
    at.jakarta().format("%H.%M").to_string()
}

/// `12.480`: thousands parted by points.
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        out.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// `98,0%`: the share of `part` in `whole`, one decimal; `0,0%` of nothing.
pub fn percent(part: i64, whole: i64) -> String {
    let tenths = if whole == 0 {
        0
    } else {
        (part * 1000 + whole / 2) / whole
    };
    format!("{},{}%", tenths / 10, tenths % 10)
}

/// `2,4 MB`, `812 KB`: a size in bytes, in decimal units.
pub fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_read_as_offices_write_them() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        assert_eq!(with_weekday(date), "Senin, 30 November 2026");
        assert_eq!(number(12480), "12.480");
        assert_eq!(number(-1_000_000), "-1.000.000");
        assert_eq!(number(999), "999");
        assert_eq!(percent(12_236, 12_480), "98,0%");
        assert_eq!(size(2_400_000), "2,4 MB");
    }

    #[test]
    fn the_clock_is_read_in_jakarta() {
        let at = Moment::new("2026-11-20T07:32:00Z".parse().unwrap());
        assert_eq!(with_time(at), "20 November 2026 pukul 14.32");
    }
}
