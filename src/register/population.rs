//! Everybody an Annex reaches, and what is on record about them, in pages.
//!
//! A stream keeps its place by keys of an index, never by counting rows: the
//! thousandth page costs as much as the first. Each page is one statement;
//! what an import changes between two pages is seen by the later one, whoever
//! keeps their number comes once.

use chrono::NaiveDate;
use diesel::QueryResult;
use std::collections::{HashMap, VecDeque};
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::model::{Profile, Record};
use super::queries::find;
use super::queries::population::{self as pages, Part};
use super::reach::{Branch, Reach};
use crate::platform::db::DbConn;

/// The people within reach.
#[derive(Debug, Clone)]
pub struct PeopleStream {
    /// Each with its branch.
    parts: VecDeque<(Arc<Branch>, Part)>,
    after: i32,
}

impl PeopleStream {
    /// Begins before the first person.
    ///
    /// # Errors
    /// The database's.
    pub fn new(conn: &mut DbConn, reach: Reach) -> QueryResult<Self> {
        let mut parts = VecDeque::new();
        for branch in reach.branches().into_iter().map(Arc::new) {
            let of_branch = parts_of(conn, &branch.reach)?.into_iter();
            parts.extend(of_branch.map(|part| (Arc::clone(&branch), part)));
        }
        Ok(Self { parts, after: 0 })
    }

    /// The next people, at most `limit` (from 1); none when all were given. A
    /// page may hold fewer though more follow.
    ///
    /// # Errors
    /// The database's.
    pub fn next_page(&mut self, conn: &mut DbConn, limit: i64) -> QueryResult<Vec<Profile>> {
        while let Some((branch, part)) = self.parts.front() {
            let page = pages::people_after(conn, branch, part, (self.after, limit))?;
            if let Some(last) = page.last() {
                self.after = last.number;
                return Ok(page);
            }
            self.after = 0;
            self.parts.pop_front();
        }
        Ok(Vec::new())
    }
}

/// Where to look: by the condition that fewest people meet.
fn parts_of(conn: &mut DbConn, reach: &Reach) -> QueryResult<Vec<Part>> {
    if let Some(positions) = &reach.positions {
        return Ok(once_each(positions).map(Part::Position).collect());
    }
    if let Some(institutions) = &reach.institutions {
        let homes = once_each(institutions).map(Part::Home);
        return Ok(homes
            .chain(once_each(institutions).map(Part::Guests))
            .collect());
    }
    match &reach.rank_at_least {
        Some(least) => Ok(pages::ranks_from(conn, least)?
            .into_iter()
            .map(Part::Rank)
            .collect()),
        None => Ok(vec![Part::Everybody]),
    }
}

fn once_each(codes: &[String]) -> impl Iterator<Item = String> {
    let mut codes = codes.to_vec();
    codes.sort();
    codes.dedup();
    codes.into_iter()
}

/// The records of a data set about people within reach: all, or those that
/// count from a day within a time. Records about nobody on record are left out.
#[derive(Debug, Clone)]
pub struct RecordStream {
    dataset: String,
    course: Course,
}

#[derive(Debug, Clone)]
enum Course {
    ByPerson(PeopleStream),
    ByDay {
        reach: Reach,
        days: VecDeque<NaiveDate>,
        after: String,
    },
}

impl RecordStream {
    /// Begins before the first record. With `days` only what counts from one
    /// of them: retirements by their TMT.
    ///
    /// # Errors
    /// The database's.
    pub fn new(
        conn: &mut DbConn,
        dataset: &str,
        reach: Reach,
        days: Option<RangeInclusive<NaiveDate>>,
    ) -> QueryResult<Self> {
        let course = match days {
            None => Course::ByPerson(PeopleStream::new(conn, reach)?),
            Some(days) => Course::ByDay {
                reach,
                days: pages::days_within(conn, dataset, &days)?.into(),
                after: String::new(),
            },
        };
        Ok(Self {
            dataset: dataset.to_owned(),
            course,
        })
    }

    /// The records found with the next `limit` people or records (from 1).
    /// `None` when all were given; a page may be empty though more follow.
    ///
    /// # Errors
    /// The database's.
    pub fn next_page(&mut self, conn: &mut DbConn, limit: i64) -> QueryResult<Option<Vec<Record>>> {
        match &mut self.course {
            Course::ByPerson(people) => {
                let people = people.next_page(conn, limit)?;
                if people.is_empty() {
                    return Ok(None);
                }
                let ids: Vec<&str> = people.iter().map(|one| one.id_pns.as_str()).collect();
                pages::records_about(conn, &self.dataset, &ids).map(Some)
            }
            Course::ByDay { reach, days, after } => {
                while let Some(day) = days.front() {
                    let place = (after.as_str(), limit);
                    let page = pages::records_of_day(conn, &self.dataset, *day, place)?;
                    if let Some(last) = page.last() {
                        last.record_key.clone_into(after);
                        return covered(conn, reach, page).map(Some);
                    }
                    after.clear();
                    days.pop_front();
                }
                Ok(None)
            }
        }
    }
}

/// The records whose persons are within reach.
fn covered(conn: &mut DbConn, reach: &Reach, records: Vec<Record>) -> QueryResult<Vec<Record>> {
    let ids: Vec<String> = records.iter().map(|one| one.id_pns.clone()).collect();
    let people = find::people_by_id(conn, &ids)?;
    let places: HashMap<_, _> = people.into_iter().map(|(id, _, at)| (id, at)).collect();
    let is_covered = |record: &Record| {
        let place = places.get(&record.id_pns);
        place.is_some_and(|place| reach.covers(place))
    };
    Ok(records.into_iter().filter(is_covered).collect())
}
