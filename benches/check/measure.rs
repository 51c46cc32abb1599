//! What a process costs: seconds on the clock and of the processor, and the
//! most memory that it held.

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The cost of one run, and what it printed.
pub struct Usage {
    pub wall: f64,
    pub cpu: f64,
    pub megabytes: f64,
    pub said: String,
}

/// Runs a command through a process that runs nothing else: the system tells
/// the usage of all children together.
pub fn run(command: &[String]) -> Usage {
    let output = super::measured(command).stderr(Stdio::inherit()).output();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    let (said, figures) = text.trim_end().rsplit_once('\n').unwrap_or(("", &text));
    let figures: Vec<f64> = figures
        .split_whitespace()
        .map(|figure| figure.parse().unwrap())
        .collect();
    Usage {
        wall: figures[0],
        cpu: figures[1],
        megabytes: figures[2],
        said: said.to_owned(),
    }
}

/// The other side of [`run`].
pub fn child(program: &str, arguments: &[&str]) {
    let began = Instant::now();
    Command::new(program).args(arguments).status().unwrap();
    let wall = began.elapsed().as_secs_f64();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let cpu = usage.user_time() + usage.system_time();
    let cpu = cpu.num_microseconds() as f64 / 1e6;
    println!("{wall} {cpu} {}", usage.max_rss() as f64 / 1024.0);
}

pub fn median(usages: &[Usage], of: impl Fn(&Usage) -> f64) -> f64 {
    let mut figures: Vec<f64> = usages.iter().map(of).collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Prints one line of the table, and what the program said.
pub fn print(name: &str, usages: &[Usage], bare: f64) {
    let cpu = median(usages, |usage| usage.cpu);
    println!(
        "\n{name:<12} wall {:.2} s, cpu {cpu:.2} s ({:.1} x bare), {:.0} MB",
        median(usages, |usage| usage.wall),
        cpu / bare,
        median(usages, |usage| usage.megabytes)
    );
    println!("{}", usages[0].said);
}
