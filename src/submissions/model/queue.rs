//! In which order files are checked: small ones first, institutions in turn,
//! and whoever waits moves forward.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::VersionId;
use crate::institutions::InstitutionId;

/// Seconds of waiting that are worth one turn, and over which it counts how
/// often an institution had its turn.
pub const TURN_SECONDS: i64 = 600;

/// Bytes that are checked in a second where nothing was measured yet.
const USUAL_BYTES_PER_SECOND: i64 = 2_000_000;

/// A file that waits for its check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The version.
    pub version: VersionId,
    /// Whose it is.
    pub institution: InstitutionId,
    /// How long its check will take, in milliseconds.
    pub work: i64,
    /// Seconds since it came.
    pub waited: i64,
}

impl Waiting {
    fn turns_waited(&self) -> i64 {
        self.waited.max(0) / TURN_SECONDS
    }
}

/// The files in the order of their checks.
///
/// Each institution lines up its own files, the smallest first. A file's turn
/// is its place in that line, and one later for each file of the institution
/// that had its turn lately (`served`), and one earlier for every
/// [`TURN_SECONDS`] of waiting: so nobody is overtaken without end. Within a
/// turn the smallest comes first.
pub fn in_order(mut waiting: Vec<Waiting>, served: &HashMap<InstitutionId, i64>) -> Vec<Waiting> {
    waiting.sort_by_key(|file| {
        let turns = Reverse(file.turns_waited());
        (turns, file.work, Reverse(file.waited), file.version)
    });
    let mut lines: HashMap<InstitutionId, i64> = served.clone();
    let mut turns: Vec<(i64, Waiting)> = waiting
        .into_iter()
        .map(|file| {
            let line = lines.entry(file.institution).or_default();
            let turn = *line - file.turns_waited();
            *line += 1;
            (turn, file)
        })
        .collect();
    turns.sort_by_key(|(turn, file)| (*turn, file.work, Reverse(file.waited), file.version));
    turns.into_iter().map(|(_, file)| file).collect()
}

/// A check that ended, as a measure of the next ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The type of its file.
    pub media_type: String,
    /// Bytes of its file.
    pub bytes: i64,
    /// How long the check took, in milliseconds.
    pub millis: i64,
}

/// How long a file of this type and size will take, in milliseconds, after the
/// checks that ended last.
pub fn expected_work(measured: &[Measured], media_type: &str, bytes: i64) -> i64 {
    let alike = measured
        .iter()
        .filter(|done| done.media_type == media_type && done.millis > 0);
    let sums = alike.fold((0_i64, 0_i64), |(size, time), done| {
        (
            size.saturating_add(done.bytes),
            time.saturating_add(done.millis),
        )
    });
    let (size, time) = match sums {
        (0, _) | (_, 0) => (USUAL_BYTES_PER_SECOND, 1_000),
        sums => sums,
    };
    bytes.max(0).saturating_mul(time) / size
}

/// Where a file stands in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueuePlace {
    /// 1 when it is the next.
    pub place: usize,
    /// How many wait.
    pub of: usize,
    /// Seconds until its result, after what was measured.
    pub seconds: i64,
}

/// Where a version stands, when `running` milliseconds of work are in hand.
pub fn place_of(ordered: &[Waiting], version: VersionId, running: i64) -> Option<QueuePlace> {
    let before = ordered.iter().position(|file| file.version == version)?;
    let work = ordered.iter().take(before + 1).map(|file| file.work);
    let millis = work.fold(running, i64::saturating_add);
    Some(QueuePlace {
        place: before + 1,
        of: ordered.len(),
        seconds: millis.saturating_add(999) / 1_000,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn institutions(count: usize) -> Vec<InstitutionId> {
        (0..count).map(|_| InstitutionId::generate()).collect()
    }

    fn file(institution: InstitutionId, work: i64, waited: i64) -> Waiting {
        Waiting {
            version: VersionId::generate(),
            institution,
            work,
            waited,
        }
    }

    fn files(of: Vec<(usize, i64, i64)>) -> Vec<Waiting> {
        let institutions = institutions(5);
        of.into_iter()
            .map(|(at, work, waited)| file(institutions[at], work, waited))
            .collect()
    }

    fn any_files(waited: std::ops::Range<i64>) -> impl Strategy<Value = Vec<Waiting>> {
        proptest::collection::vec((0_usize..5, 1_i64..100_000, waited), 0..40).prop_map(files)
    }

    proptest! {
        #[test]
        fn every_file_has_one_place(waiting in any_files(0..5_000)) {
            let ordered = in_order(waiting.clone(), &HashMap::new());
            prop_assert_eq!(ordered.len(), waiting.len());
            for file in &waiting {
                prop_assert_eq!(ordered.iter().filter(|other| *other == file).count(), 1);
            }
        }

        #[test]
        fn the_order_does_not_depend_on_how_the_files_are_listed(
            waiting in any_files(0..5_000)
        ) {
            let mut turned = waiting.clone();
            turned.reverse();
            let none = HashMap::new();
            prop_assert_eq!(in_order(waiting, &none), in_order(turned, &none));
        }

        #[test]
        fn every_institution_has_one_file_before_any_has_two(waiting in any_files(0..600)) {
            let ordered = in_order(waiting, &HashMap::new());
            let mut counts: HashMap<InstitutionId, i64> = HashMap::new();
            let mut last = 0;
            for file in ordered {
                let count = counts.entry(file.institution).or_default();
                *count += 1;
                prop_assert!(*count >= last, "{count} after {last}");
                last = *count;
            }
        }

        #[test]
        fn the_smaller_file_of_an_institution_comes_first(waiting in any_files(0..600)) {
            let mut largest: HashMap<InstitutionId, i64> = HashMap::new();
            for file in in_order(waiting, &HashMap::new()) {
                let before = largest.insert(file.institution, file.work).unwrap_or(0);
                prop_assert!(before <= file.work);
            }
        }

        /// One check a minute; every minute each of the others brings a file
        /// smaller than the one that waits.
        #[test]
        fn nobody_starves_however_many_small_files_come(others in 1_usize..5, size in 1_i64..50) {
            let all = institutions(others + 1);
            let big = file(all[0], 1_000_000, 0);
            let (mut waiting, mut begun) = (vec![big], Vec::new());
            for minute in 0..(TURN_SECONDS / 60 * 30) {
                waiting.extend(all.iter().skip(1).map(|other| file(*other, size, 0)));
                let mut served = HashMap::new();
                for (at, institution) in &begun {
                    if minute - at < TURN_SECONDS / 60 {
                        *served.entry(*institution).or_insert(0) += 1;
                    }
                }
                let next = in_order(waiting.clone(), &served)[0];
                if next.version == big.version {
                    prop_assert!(minute <= TURN_SECONDS / 60 + 1, "begun after {minute} minutes");
                    return Ok(());
                }
                begun.push((minute, next.institution));
                waiting.retain(|file| file.version != next.version);
                waiting.iter_mut().for_each(|file| file.waited += 60);
            }
            prop_assert!(false, "never begun");
        }
    }

    #[test]
    fn a_file_of_somebody_new_goes_before_the_second_of_somebody_who_was_served() {
        let both = institutions(2);
        let (small, large) = (file(both[0], 10, 0), file(both[1], 9_000, 0));
        let served = HashMap::from([(both[0], 1)]);
        let ordered = in_order(vec![small, large], &served);
        assert_eq!(ordered, [large, small]);
    }

    #[test]
    fn the_expected_time_follows_what_was_measured() {
        let done = |media_type: &str, bytes, millis| Measured {
            media_type: media_type.to_owned(),
            bytes,
            millis,
        };
        let measured = [
            done("text/csv", 1_000_000, 500),
            done("text/csv", 3_000_000, 1_500),
            done("other", 10, 90_000),
        ];
        assert_eq!(expected_work(&measured, "text/csv", 8_000_000), 4_000);
        assert_eq!(expected_work(&[], "text/csv", 4_000_000), 2_000);
    }

    #[test]
    fn the_place_counts_the_work_before_it() {
        let both = institutions(2);
        let waiting = [file(both[0], 2_000, 0), file(both[1], 3_500, 0)];
        let place = place_of(&waiting, waiting[1].version, 1_000).unwrap();
        assert_eq!((place.place, place.of, place.seconds), (2, 2, 7));
        assert!(place_of(&waiting, VersionId::generate(), 0).is_none());
    }
}
