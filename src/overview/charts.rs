//! What falls due in the weeks to come, and the geometry of its bars. The same
//! figures stand beside them as a table.

use chrono::{Datelike, Days, NaiveDate};

use crate::obligations::{Obligation, ObligationKind};
use crate::platform::dates;

/// Weeks that the bars show.
const WEEKS: usize = 8;

/// What falls due in one week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Week {
    /// Its Monday.
    pub(super) starts: NaiveDate,
    /// Feedback, reports, agreements that end.
    pub(super) counts: [i64; 3],
}

impl Week {
    pub(super) fn total(&self) -> i64 {
        self.counts.iter().sum()
    }
}

/// The names of [`Week::counts`], with their colours.
pub(super) const SERIES: [(&str, &str); 3] = [
    ("Data balikan", "#20457c"),
    ("Laporan", "#6f93c6"),
    ("PKS berakhir", "#b57a2b"),
];

/// What falls due in this week, from today on, and in the seven after it.
pub(super) fn weeks<'a>(
    obligations: impl Iterator<Item = &'a Obligation>,
    today: NaiveDate,
) -> Vec<Week> {
    let monday = today.week(chrono::Weekday::Mon).first_day();
    let mut weeks: Vec<Week> = (0..WEEKS)
        .filter_map(|week| monday.checked_add_days(Days::new(7 * week as u64)))
        .map(|starts| Week {
            starts,
            counts: [0; 3],
        })
        .collect();
    for one in obligations.filter(|one| !one.is_met()) {
        let series = match one.kind {
            ObligationKind::DataFeedback => 0,
            ObligationKind::RequestedReport => 1,
            ObligationKind::AgreementEnd => 2,
            ObligationKind::EndNotice => continue,
        };
        let Some(due) = one.due.filter(|due| today <= *due) else {
            continue;
        };
        let index = usize::try_from((due - monday).num_days() / 7);
        let week = index.ok().and_then(|index| weeks.get_mut(index));
        if let Some(count) = week.and_then(|week| week.counts.get_mut(series)) {
            *count += 1;
        }
    }
    weeks
}

/// A piece of a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) y: i64,
    pub(super) height: i64,
    pub(super) colour: &'static str,
}

/// The bar of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) x: i64,
    pub(super) middle: i64,
    pub(super) day: u32,
    pub(super) month: &'static str,
    pub(super) total: i64,
    pub(super) top: i64,
    pub(super) pieces: Vec<Piece>,
}

/// A line across the chart with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) y: i64,
    pub(super) value: i64,
}

/// The chart at one width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chart {
    pub(super) class: &'static str,
    pub(super) width: i64,
    pub(super) bar_width: i64,
    pub(super) bars: Vec<Bar>,
    pub(super) lines: Vec<Line>,
}

/// Where a value of nothing stands, and the height of the highest.
const FLOOR: i64 = 178;
const HEIGHT: i64 = 140;

/// The chart for wide and for narrow screens.
pub(super) fn charts(weeks: &[Week]) -> [Chart; 2] {
    [
        chart(weeks, "lebar-b", 560, 32),
        chart(weeks, "sempit", 320, 20),
    ]
}

fn chart(weeks: &[Week], class: &'static str, width: i64, bar_width: i64) -> Chart {
    let highest = weeks.iter().map(Week::total).max().unwrap_or(0);
    let step = (highest + 2) / 3;
    let step = step.max(1);
    let scale = |value: i64| value * HEIGHT / (3 * step);
    let room = (width - 30) / weeks.len().max(1) as i64;
    let bars = weeks.iter().zip(0..).map(|(week, index)| {
        let x = 28 + index * room + (room - bar_width) / 2;
        bar(week, x, bar_width, &scale)
    });
    Chart {
        class,
        width,
        bar_width,
        bars: bars.collect(),
        lines: (0..=3)
            .map(|line| Line {
                y: FLOOR - scale(line * step),
                value: line * step,
            })
            .collect(),
    }
}

fn bar(week: &Week, x: i64, width: i64, scale: &impl Fn(i64) -> i64) -> Bar {
    let mut below = 0;
    let mut pieces = Vec::new();
    for (count, (_, colour)) in week.counts.into_iter().zip(SERIES) {
        let (from, to) = (scale(below), scale(below + count));
        below += count;
        if count > 0 {
            pieces.push(Piece {
                y: FLOOR - to,
                height: (to - from - 1).max(1),
                colour,
            });
        }
    }
    Bar {
        x,
        middle: x + width / 2,
        day: week.starts.day(),
        month: dates::short_month(week.starts),
        total: week.total(),
        top: FLOOR - scale(week.total()) - 6,
        pieces,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_without_anything_due_has_an_empty_bar() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let weeks = weeks(std::iter::empty(), today);
        assert_eq!(weeks.len(), WEEKS);
        assert_eq!(weeks[0].starts.to_string(), "2026-11-16");
        let [wide, narrow] = charts(&weeks);
        assert!(wide.bars.iter().all(|bar| bar.pieces.is_empty()));
        assert!(narrow.bars.iter().all(|bar| bar.x + 20 <= narrow.width));
    }
}
