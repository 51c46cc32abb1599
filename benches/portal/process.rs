//! What the program and its children cost, as the system tells it.

use std::collections::HashMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Ticks of the processor's clock in a second, on every Linux.
const TICKS: f64 = 100.0;

/// Looks at the program while something is done.
pub struct Watch {
    stop: Arc<AtomicBool>,
    looking: JoinHandle<u64>,
    process: u32,
    cpu: f64,
}

impl Watch {
    pub fn begin(process: u32) -> Self {
        // The highest mark so far is forgotten.
        let _kept_where_forbidden = fs::write(format!("/proc/{process}/clear_refs"), "5");
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        Self {
            stop,
            looking: thread::spawn(move || peak(process, &stopped)),
            process,
            cpu: cpu_seconds(process),
        }
    }

    /// Seconds of the processor, children included, and the most memory that
    /// the program and each of its children held, added up, in MB.
    pub fn end(self) -> (f64, f64) {
        self.stop.store(true, Ordering::Relaxed);
        let kilobytes = self.looking.join().unwrap();
        (
            cpu_seconds(self.process) - self.cpu,
            kilobytes as f64 / 1024.0,
        )
    }
}

fn peak(process: u32, stopped: &AtomicBool) -> u64 {
    let mut marks: HashMap<u32, u64> = HashMap::new();
    while !stopped.load(Ordering::Relaxed) {
        for id in children(process).into_iter().chain([process]) {
            let mark = marks.entry(id).or_default();
            *mark = high_water(id).max(*mark);
        }
        thread::sleep(Duration::from_millis(10));
    }
    let own = marks.remove(&process).unwrap_or_default();
    own + marks.into_values().max().unwrap_or_default()
}

fn children(process: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{process}/task")).into_iter();
    let lists = tasks.flatten().flatten();
    let lists = lists.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    lists
        .flat_map(|list| {
            let ids = list.split_whitespace().filter_map(|id| id.parse().ok());
            ids.collect::<Vec<u32>>()
        })
        .collect()
}

fn high_water(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    kilobytes.unwrap_or_default()
}

fn cpu_seconds(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let figures = stat.rsplit(')').next().unwrap().split_whitespace();
    let ticks: f64 = figures
        .skip(11)
        .take(4)
        .map(|ticks| ticks.parse::<f64>().unwrap())
        .sum();
    ticks / TICKS
}
