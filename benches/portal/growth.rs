//! How costs grow with the file, as one picture: seconds to the verdict beside
//! the target (100,000 rows a second), and memory.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;

/// Rows at the left edge and at the right edge.
const ROWS: (f64, f64) = (1e4, 1e6);
/// Seconds at the lower edge and at the upper edge.
const SECONDS: (f64, f64) = (0.1, 20.0);
/// Megabytes at the upper edge: the target.
const MEGABYTES: f64 = 250.0;
/// Where the panels begin and how large they are.
const PANELS: [f64; 2] = [60.0, 440.0];
const TOP: f64 = 50.0;
const SIZE: (f64, f64) = (290.0, 200.0);
/// Colour of a line and height of its name.
const LINES: [(&str, &str, f64); 2] =
    [("SQLite", "#20457c", 22.0), ("PostgreSQL", "#a4471b", 38.0)];

/// What one file cost.
struct Point {
    database: String,
    rows: f64,
    seconds: f64,
    megabytes: f64,
}

fn figures() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/target/bench/growth.csv"
    ))
}

/// Forgets what an earlier run noted.
pub fn begin() {
    let _none_yet = fs::remove_file(figures());
}

/// Notes what one file cost.
pub fn note(database: &str, rows: u64, seconds: f64, megabytes: f64) {
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(figures())
        .unwrap();
    writeln!(file, "{database},{rows},{seconds},{megabytes}").unwrap();
}

/// Draws what was noted into `benches/growth.svg`.
pub fn draw() {
    let noted = fs::read_to_string(figures()).unwrap();
    let points: Vec<Point> = noted.lines().map(point).collect();
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 300\" role=\"img\" \
         font-family=\"sans-serif\" font-size=\"12\" fill=\"#2b2620\">\
         <title>Seconds and memory from the upload to the verdict, by rows</title>\
         <rect width=\"760\" height=\"300\" fill=\"#fff\"/>\n",
    );
    panel(
        &mut svg,
        PANELS[0],
        "seconds to the verdict (log)",
        &[0.1, 1.0, 10.0],
        height_of_seconds,
    );
    panel(
        &mut svg,
        PANELS[1],
        "peak memory, MB",
        &[0.0, 50.0, 100.0, 150.0, 200.0, 250.0],
        height_of_megabytes,
    );
    let target = [
        (ROWS.0, height_of_seconds(ROWS.0 / 1e5)),
        (ROWS.1, height_of_seconds(ROWS.1 / 1e5)),
    ];
    line(
        &mut svg,
        PANELS[0],
        &target,
        "#b9b0a2\" stroke-dasharray=\"4 4",
    );
    for (database, colour, name) in LINES {
        let own = || points.iter().filter(|point| point.database == database);
        let seconds: Vec<_> = own()
            .map(|one| (one.rows, height_of_seconds(one.seconds)))
            .collect();
        let megabytes: Vec<_> = own()
            .map(|one| (one.rows, height_of_megabytes(one.megabytes)))
            .collect();
        if seconds.is_empty() {
            continue;
        }
        line(&mut svg, PANELS[0], &seconds, colour);
        line(&mut svg, PANELS[1], &megabytes, colour);
        writeln!(
            svg,
            "<text x=\"{}\" y=\"{name}\" fill=\"{colour}\">{database}</text>",
            PANELS[0]
        )
        .unwrap();
    }
    svg.push_str("</svg>\n");
    fs::write(
        concat!(env!("CARGO_MANIFEST_DIR"), "/benches/growth.svg"),
        svg,
    )
    .unwrap();
}

fn point(line: &str) -> Point {
    let mut parts = line.split(',');
    let database = parts.next().unwrap().to_owned();
    let mut number = || parts.next().unwrap().parse().unwrap();
    Point {
        database,
        rows: number(),
        seconds: number(),
        megabytes: number(),
    }
}

fn share(value: f64, (from, to): (f64, f64)) -> f64 {
    (value / from).log10() / (to / from).log10()
}

fn height_of_seconds(seconds: f64) -> f64 {
    TOP + SIZE.1 * (1.0 - share(seconds, SECONDS))
}

fn height_of_megabytes(megabytes: f64) -> f64 {
    TOP + SIZE.1 * (1.0 - megabytes / MEGABYTES)
}

fn panel(svg: &mut String, left: f64, title: &str, marks: &[f64], height: fn(f64) -> f64) {
    let (right, foot) = (left + SIZE.0, TOP + SIZE.1);
    for mark in marks {
        let y = height(*mark);
        writeln!(svg, "<path d=\"M{left} {y:.1}H{right}\" stroke=\"#e6dfd2\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{mark}</text>", left - 8.0, y + 4.0).unwrap();
    }
    for (rows, label) in [(1e4, "10,000"), (1e5, "100,000"), (1e6, "1,000,000")] {
        let x = left + SIZE.0 * share(rows, ROWS);
        writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{label}</text>",
            foot + 18.0
        )
        .unwrap();
    }
    writeln!(
        svg,
        "<text x=\"{right}\" y=\"38\" text-anchor=\"end\">{title}</text>"
    )
    .unwrap();
}

fn line(svg: &mut String, left: f64, points: &[(f64, f64)], colour: &str) {
    let place =
        |(rows, y): &(f64, f64)| format!("{:.1} {y:.1}", left + SIZE.0 * share(*rows, ROWS));
    let places: Vec<String> = points.iter().map(place).collect();
    writeln!(
        svg,
        "<path d=\"M{}\" fill=\"none\" stroke-width=\"2\" stroke=\"{colour}\"/>",
        places.join(" L")
    )
    .unwrap();
}
