//! As many requests as a server answers: 32 connections that are kept open, each
//! with one request at a time.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 32;

/// A page and where it is served.
pub struct Served {
    pub address: String,
    pub path: &'static str,
    pub cookie: String,
}

/// What a server answered.
pub struct Answered {
    pub a_second: f64,
    bytes: usize,
    times: Vec<Duration>,
}

impl Answered {
    pub fn print(&self, name: &str) {
        let at = |hundredth: usize| self.times[self.times.len() * hundredth / 100];
        println!(
            "| {name} | {} | {:.0} | {:.2} | {:.2} |",
            self.bytes,
            self.a_second,
            at(50).as_secs_f64() * 1e3,
            at(99).as_secs_f64() * 1e3
        );
    }
}

/// Asks for so many seconds, after one in which the server warms up.
pub fn run(served: &Served, seconds: u64) -> Answered {
    ask_all(served, 1);
    ask_all(served, seconds)
}

fn ask_all(served: &Served, seconds: u64) -> Answered {
    let until = Instant::now() + Duration::from_secs(seconds);
    let asked: Vec<(usize, Vec<Duration>)> = thread::scope(|scope| {
        let begin = |_| scope.spawn(|| ask(served, until));
        let all: Vec<_> = (0..CONNECTIONS).map(begin).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let bytes = asked[0].0;
    let mut times: Vec<Duration> = asked.into_iter().flat_map(|(_, times)| times).collect();
    times.sort_unstable();
    Answered {
        a_second: times.len() as f64 / seconds as f64,
        bytes,
        times,
    }
}

/// Bytes of the page, and how long each request took.
fn ask(served: &Served, until: Instant) -> (usize, Vec<Duration>) {
    let mut stream = TcpStream::connect(&served.address).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut answers = BufReader::with_capacity(64 << 10, stream.try_clone().unwrap());
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\n\r\n",
        served.path, served.address, served.cookie
    );
    let (mut body, mut times) = (Vec::new(), Vec::new());
    while Instant::now() < until {
        let began = Instant::now();
        stream.write_all(request.as_bytes()).unwrap();
        take(&mut answers, &mut body);
        times.push(began.elapsed());
    }
    (body.len(), times)
}

fn take(answers: &mut impl BufRead, body: &mut Vec<u8>) {
    let (mut line, mut length, mut status) = (String::new(), 0, String::new());
    loop {
        line.clear();
        answers.read_line(&mut line).unwrap();
        let head = line.trim_end().to_ascii_lowercase();
        if head.is_empty() {
            break;
        }
        if status.is_empty() {
            status.clone_from(&head);
        }
        if let Some(bytes) = head.strip_prefix("content-length:") {
            length = bytes.trim().parse().unwrap();
        }
    }
    assert!(status.contains(" 200"), "{status}");
    body.resize(length, 0);
    answers.read_exact(body).unwrap();
}
