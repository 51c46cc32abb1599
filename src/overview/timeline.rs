//! Geometry of a partner's timeline. What it shows stands below it as tasks.

use chrono::{Datelike, Days, NaiveDate};

use crate::obligations::{Obligation, SOON_DAYS};
use crate::platform::dates;

/// Days that the timeline shows.
const TIMELINE_DAYS: u32 = 42;
/// Its left end and its length, in units of the picture.
const LEFT: i64 = 20;
const LENGTH: i64 = 1_040;
/// How near two labels on one level may come.
const NEAR: i64 = 150;

/// One date on the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) x: i64,
    /// 0 nearest to the line.
    pub(super) level: i64,
    pub(super) date: NaiveDate,
    pub(super) label: String,
    pub(super) is_soon: bool,
}

impl Point {
    /// `4 Des`.
    pub(super) fn day(&self) -> String {
        short(self.date)
    }

    /// Where the text stands so that it does not leave the picture.
    pub(super) fn text_anchor(&self) -> &'static str {
        match self.x {
            ..100 => "start",
            1_000.. => "end",
            _ => "middle",
        }
    }
}

/// A week's beginning on the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tick {
    pub(super) x: i64,
    pub(super) label: String,
}

/// Six weeks from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Timeline {
    pub(super) points: Vec<Point>,
    pub(super) ticks: Vec<Tick>,
    /// Units added above for a second level of labels.
    pub(super) rise: i64,
}

impl Timeline {
    /// The dates in words, for who does not see the picture.
    pub(super) fn words(&self) -> String {
        let points: Vec<String> = self
            .points
            .iter()
            .map(|point| format!("{} {}", dates::long(point.date), point.label))
            .collect();
        points.join("; ")
    }
}

/// The timeline of what is due in the next six weeks; none when nothing is.
pub(super) fn timeline(obligations: &[&Obligation], today: NaiveDate) -> Option<Timeline> {
    let mut due: Vec<(NaiveDate, &str)> = obligations
        .iter()
        .filter(|one| !one.is_met())
        .filter_map(|one| Some((one.due?, one.kind.label())))
        .filter(|(due, _)| (0..=i64::from(TIMELINE_DAYS)).contains(&(*due - today).num_days()))
        .collect();
    due.sort_unstable();
    due.dedup();
    let mut points: Vec<Point> = Vec::new();
    for (date, label) in due {
        match points.last_mut() {
            Some(last) if last.date == date => last.label = format!("{}, {label}", last.label),
            _ => points.push(point(date, label, &points, today)),
        }
    }
    let rise = if points.iter().any(|point| point.level > 0) {
        38
    } else {
        0
    };
    (!points.is_empty()).then(|| Timeline {
        ticks: ticks(today),
        points,
        rise,
    })
}

fn point(date: NaiveDate, label: &str, before: &[Point], today: NaiveDate) -> Point {
    let x = position(date, today);
    let is_crowded = before
        .last()
        .is_some_and(|last| last.level == 0 && x - last.x < NEAR);
    Point {
        x,
        level: i64::from(is_crowded),
        date,
        label: label.to_owned(),
        is_soon: (date - today).num_days() <= SOON_DAYS,
    }
}

fn position(date: NaiveDate, today: NaiveDate) -> i64 {
    LEFT + (date - today).num_days() * LENGTH / i64::from(TIMELINE_DAYS)
}

/// The Mondays, but none so near the beginning that it meets the word for today.
fn ticks(today: NaiveDate) -> Vec<Tick> {
    (3..TIMELINE_DAYS)
        .filter_map(|days| today.checked_add_days(Days::new(days.into())))
        .filter(|day| day.weekday() == chrono::Weekday::Mon)
        .map(|day| Tick {
            x: position(day, today),
            label: short(day),
        })
        .filter(|tick| tick.x > 150)
        .collect()
}

fn short(date: NaiveDate) -> String {
    format!("{} {}", date.day(), dates::short_month(date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_would_meet_its_neighbour_is_raised() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let after = |days| today.checked_add_days(Days::new(days)).unwrap();
        let first = point(after(10), "Laporan", &[], today);
        let near = point(after(12), "Laporan", std::slice::from_ref(&first), today);
        let far = point(after(20), "Laporan", std::slice::from_ref(&first), today);
        assert_eq!((first.level, near.level, far.level), (0, 1, 0));
        assert!(first.is_soon && !far.is_soon);
    }

    #[test]
    fn nothing_due_makes_no_picture() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        assert_eq!(timeline(&[], today), None);
    }
}
