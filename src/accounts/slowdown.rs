//! How long the next try to sign in must wait. Time is an argument.
//!
//! Three brakes, none of them for good, so that nobody can lock another out:
//! failures in a row under one NIP from anywhere, failures under one NIP from
//! one address, and failures from one address. They count NIPs as typed, so
//! that a NIP that nobody has behaves like one that somebody has.

use crate::platform::clock::Moment;

/// What happened before: when tries failed, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Failures under the NIP since it last signed in, within [`WINDOW_SECONDS`].
    pub of_nip: Vec<Moment>,
    /// Failures under the NIP from the address, within a minute.
    pub of_nip_here: Vec<Moment>,
    /// Failures from the address, within a minute.
    pub of_address: Vec<Moment>,
}

/// Failures under a NIP are forgotten after this many seconds: a day.
pub const WINDOW_SECONDS: i64 = 24 * 3600;
/// Seconds in which failures from one address are counted.
pub const MINUTE: i64 = 60;

/// Seconds to wait after the first, second, … failure in a row under one NIP;
/// the last one holds from there on. The first is free: people mistype.
const PAUSES: [i64; 5] = [0, 1, 3, 5, 10];
/// Failures a minute under one NIP from one address.
const NIP_HERE_A_MINUTE: usize = 5;
/// Failures a minute from one address.
const ADDRESS_A_MINUTE: usize = 20;

impl History {
    /// Seconds until the next try is taken, or nothing when it is taken now.
    pub fn wait(&self, now: Moment) -> Option<i64> {
        [self.pause(now), self.crowding(now)]
            .into_iter()
            .flatten()
            .max()
    }

    /// As [`History::wait`], without the pause after each failure: for asking
    /// for a reset link, where nothing can be guessed.
    pub fn crowding(&self, now: Moment) -> Option<i64> {
        let here = full(&self.of_nip_here, NIP_HERE_A_MINUTE, now);
        let address = full(&self.of_address, ADDRESS_A_MINUTE, now);
        [here, address].into_iter().flatten().max()
    }

    fn pause(&self, now: Moment) -> Option<i64> {
        let last = *self.of_nip.iter().max()?;
        let step = self.of_nip.len().min(PAUSES.len()) - 1;
        let pause = PAUSES.get(step).copied().unwrap_or_default();
        remaining(last.plus_seconds(pause), now)
    }
}

/// Seconds until one of the latest `limit` failures is a minute old.
fn full(failures: &[Moment], limit: usize, now: Moment) -> Option<i64> {
    let mut latest: Vec<Moment> = failures.to_vec();
    latest.sort_unstable_by(|a, b| b.cmp(a));
    let oldest = *latest.get(limit - 1)?;
    remaining(oldest.plus_seconds(MINUTE), now)
}

/// Whole seconds until `then`, rounded up.
fn remaining(then: Moment, now: Moment) -> Option<i64> {
    let ms = (then.utc() - now.utc()).num_milliseconds();
    (ms > 0).then(|| (ms + 999) / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn start() -> Moment {
        Moment::new("2026-11-20T02:00:00Z".parse().unwrap())
    }

    fn failed(count: usize) -> History {
        History {
            of_nip: vec![start(); count],
            ..History::default()
        }
    }

    #[test]
    fn the_pause_grows_with_each_failure_in_a_row_and_ends() {
        let waits: Vec<_> = (0..8).map(|n| failed(n).wait(start())).collect();
        let ten = Some(10);
        assert_eq!(
            waits,
            [None, None, Some(1), Some(3), Some(5), ten, ten, ten]
        );
        assert_eq!(failed(100).wait(start().plus_seconds(9)), Some(1));
        assert_eq!(failed(100).wait(start().plus_seconds(10)), None);
    }

    #[test]
    fn five_failures_a_minute_under_one_nip_from_one_address_are_enough() {
        let history = |count| History {
            of_nip_here: vec![start(); count],
            ..History::default()
        };
        assert_eq!(history(4).wait(start()), None);
        assert_eq!(history(5).wait(start().plus_seconds(20)), Some(40));
        assert_eq!(history(5).wait(start().plus_seconds(60)), None);
    }

    #[test]
    fn twenty_failures_a_minute_from_one_address_are_enough() {
        let of_address = (0..20).map(|n| start().plus_seconds(n)).collect();
        let history = History {
            of_address,
            ..History::default()
        };
        assert_eq!(history.wait(start().plus_seconds(20)), Some(40));
        assert_eq!(history.crowding(start().plus_seconds(20)), Some(40));
        assert_eq!(history.wait(start().plus_seconds(61)), None);
    }

    #[test]
    fn a_part_of_a_second_counts_as_one() {
        let at = Moment::new("2026-11-20T02:00:00.4Z".parse().unwrap());
        assert_eq!(failed(2).wait(at), Some(1));
    }

    proptest! {
        #[test]
        fn no_history_locks_for_longer_than_a_minute(
            nip in prop::collection::vec(0_i64..86_400, 0..200),
            here in prop::collection::vec(0_i64..60, 0..50),
            address in prop::collection::vec(0_i64..60, 0..50),
        ) {
            let moments = |ages: &[i64]| ages.iter().map(|age| start().plus_seconds(-age)).collect();
            let history = History {
                of_nip: moments(&nip),
                of_nip_here: moments(&here),
                of_address: moments(&address),
            };
            let wait = history.wait(start());
            prop_assert!(wait.is_none_or(|seconds| (1..=60).contains(&seconds)));
            let after = start().plus_seconds(wait.unwrap_or(0));
            prop_assert_eq!(history.wait(after), None);
        }

        #[test]
        fn one_more_failure_never_shortens_the_wait(ages in prop::collection::vec(0_i64..60, 0..30)) {
            let moments: Vec<_> = ages.iter().map(|age| start().plus_seconds(-age)).collect();
            let history = |of_nip: Vec<Moment>| History {
                of_nip_here: of_nip.clone(),
                of_address: of_nip.clone(),
                of_nip,
            };
            let mut more = moments.clone();
            more.push(start());
            prop_assert!(history(more).wait(start()).unwrap_or(0) >= history(moments).wait(start()).unwrap_or(0));
        }
    }
}
