//! Geometry of the two pictures: the timeline of a partner and the bars of the
//! weeks to come. Everything in a picture stands beside it as text or table.

use chrono::{Datelike, Days, NaiveDate};

use crate::obligations::{Obligation, ObligationKind};
use crate::platform::dates;

/// Days that the timeline shows.
const TIMELINE_DAYS: u32 = 42;
/// Its left end and its length, in units of the picture.
const LEFT: i64 = 20;
const LENGTH: i64 = 1_040;
/// How near two labels on one level may come.
const NEAR: i64 = 150;
/// Weeks that the bars show.
const WEEKS: usize = 8;

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
        is_soon: (date - today).num_days() <= crate::obligations::SOON_DAYS,
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
