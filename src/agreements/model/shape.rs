//! Which figures make sense for which kind of clause.

use super::clause::{Anchor, ClauseKind, Side, Unit};

/// How a clause counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Terms {
    /// How many of `unit`.
    pub amount: Option<i32>,
    /// In what `amount` is counted.
    pub unit: Option<Unit>,
    /// For `Unit::Times`: in how many months.
    pub per_months: Option<i32>,
    /// From which event it counts.
    pub anchor: Option<Anchor>,
    /// Before or after that event.
    pub side: Option<Side>,
}

/// In which way clauses of a kind count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// A length of time before or after an event.
    Period {
        /// In what it may be counted.
        units: &'static [Unit],
        /// From which events it may count.
        anchors: &'static [Anchor],
        /// On which sides of the event it may lie.
        sides: &'static [Side],
    },
    /// At least so many times in so many months.
    Cadence {
        /// Whether the agreement must give the figure ("when needed" gives none).
        required: bool,
    },
    /// A standing right or duty without a figure.
    Standing {
        /// The events that it may follow; it may also follow none.
        anchors: &'static [Anchor],
    },
}

/// What is wrong with the terms of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermsFault {
    /// The amount is missing.
    AmountMissing,
    /// The amount is not between 1 and the largest that its unit allows.
    AmountOutOfRange {
        /// The largest.
        most: i32,
    },
    /// The unit is missing, or none of the kind's.
    Unit,
    /// The months of a cadence are missing or not between 1 and 120.
    PerMonths,
    /// The event is missing, or none of the kind's.
    Anchor,
    /// The side is missing, or none of the kind's.
    Side,
    /// A figure stands where the kind has none.
    NotHere,
}

const LETTER: &[Anchor] = &[
    Anchor::LetterSent,
    Anchor::LetterDelivered,
    Anchor::LetterConfirmed,
];
const DATA_OR_LETTER: &[Anchor] = &[
    Anchor::DataReceived,
    Anchor::LetterSent,
    Anchor::LetterDelivered,
    Anchor::LetterConfirmed,
];
const DUE: &[Unit] = &[Unit::Months, Unit::CalendarDays, Unit::WorkingDays];
const AFTER: &[Side] = &[Side::After];

impl ClauseKind {
    /// In which way clauses of this kind count, after the five agreements.
    pub fn counting(self) -> Counting {
        use Counting::{Cadence, Period, Standing};
        let after = |units, anchors| Period {
            units,
            anchors,
            sides: AFTER,
        };
        match self {
            Self::Term => after(&[Unit::Months], &[Anchor::Signature]),
            Self::EndNotice => Period {
                units: &[Unit::Months, Unit::CalendarDays],
                anchors: &[Anchor::AgreementEnd, Anchor::Event],
                sides: &[Side::Before],
            },
            Self::DataFeedback | Self::DataOnlyFeedback | Self::ReferenceFeedback => {
                after(DUE, &[Anchor::DataReceived])
            }
            Self::RequestedReport => after(DUE, LETTER),
            Self::Suspension | Self::Restoration => after(DUE, DATA_OR_LETTER),
            Self::CorrespondentChange => Period {
                units: DUE,
                anchors: &[Anchor::ChangeEffective],
                sides: &[Side::After, Side::Before],
            },
            Self::ForceMajeureNotice => after(
                &[Unit::CalendarDays, Unit::WorkingDays, Unit::Hours],
                &[Anchor::Event],
            ),
            Self::ForceMajeureEnd => after(&[Unit::CalendarDays, Unit::Months], &[Anchor::Event]),
            Self::PeriodicReport | Self::Evaluation => Cadence { required: true },
            Self::MatchingMinutes => Cadence { required: false },
            Self::SurvivingDuties | Self::ConfidentialityOutlives => Standing {
                anchors: &[Anchor::AgreementEnd],
            },
            Self::NoticeReceipt => Standing { anchors: LETTER },
            Self::ForceMajeurePause | Self::TechnicalNotice => Standing {
                anchors: &[Anchor::Event],
            },
            Self::CorrectionList
            | Self::ReferenceCodes
            | Self::Competence
            | Self::Aggregates
            | Self::PicRights
            | Self::SourceNamed => Standing { anchors: &[] },
        }
    }
}

impl Terms {
    /// Everything that is wrong with these terms for a clause of a kind.
    pub fn faults(&self, kind: ClauseKind) -> Vec<TermsFault> {
        match kind.counting() {
            Counting::Period {
                units,
                anchors,
                sides,
            } => self.period_faults(units, anchors, sides),
            Counting::Cadence { required } => self.cadence_faults(required),
            Counting::Standing { anchors } => self.standing_faults(anchors),
        }
    }

    fn period_faults(&self, units: &[Unit], anchors: &[Anchor], sides: &[Side]) -> Vec<TermsFault> {
        let one_of = |ok: bool, fault| (!ok).then_some(fault);
        [
            self.amount_fault(),
            one_of(
                self.unit.is_some_and(|u| units.contains(&u)),
                TermsFault::Unit,
            ),
            one_of(
                self.anchor.is_some_and(|a| anchors.contains(&a)),
                TermsFault::Anchor,
            ),
            one_of(
                self.side.is_some_and(|s| sides.contains(&s)),
                TermsFault::Side,
            ),
            one_of(self.per_months.is_none(), TermsFault::NotHere),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn cadence_faults(&self, required: bool) -> Vec<TermsFault> {
        let none = *self == Self::default();
        if none && !required {
            return Vec::new();
        }
        let months = self.per_months.is_some_and(|m| (1..=120).contains(&m));
        let unit = self.unit == Some(Unit::Times);
        let other = self.anchor.is_some() || self.side.is_some();
        [
            self.amount_fault(),
            (!months).then_some(TermsFault::PerMonths),
            (!unit).then_some(TermsFault::Unit),
            other.then_some(TermsFault::NotHere),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn standing_faults(&self, anchors: &[Anchor]) -> Vec<TermsFault> {
        let figure = self.amount.is_some() || self.unit.is_some() || self.per_months.is_some();
        let known = self.anchor.is_none_or(|a| anchors.contains(&a));
        let side = match self.anchor {
            Some(_) => self.side == Some(Side::After),
            None => self.side.is_none(),
        };
        [
            figure.then_some(TermsFault::NotHere),
            (!known).then_some(TermsFault::Anchor),
            (!side).then_some(TermsFault::Side),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn amount_fault(&self) -> Option<TermsFault> {
        let most = match self.unit {
            Some(Unit::Months) | None => 600,
            Some(Unit::Times) => 366,
            Some(Unit::CalendarDays | Unit::WorkingDays) => 3_660,
            Some(Unit::Hours) => 8_784,
        };
        match self.amount {
            None => Some(TermsFault::AmountMissing),
            Some(amount) if (1..=most).contains(&amount) => None,
            Some(_) => Some(TermsFault::AmountOutOfRange { most }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Recorded {
        kind: ClauseKind,
        amount: Option<i32>,
        unit: Option<Unit>,
        per_months: Option<i32>,
        anchor: Option<Anchor>,
        side: Option<Side>,
    }

    fn recorded(list: &serde_json::Value) -> Vec<Recorded> {
        serde_json::from_value(list.clone()).unwrap()
    }

    fn faults(clause: &Recorded) -> Vec<TermsFault> {
        let terms = Terms {
            amount: clause.amount,
            unit: clause.unit,
            per_months: clause.per_months,
            anchor: clause.anchor,
            side: clause.side,
        };
        terms.faults(clause.kind)
    }

    #[test]
    fn every_clause_of_the_recorded_agreements_can_be_recorded() {
        let real: serde_json::Value =
            serde_json::from_str(include_str!("../../../demo/agreements.json")).unwrap();
        let fictional: serde_json::Value =
            serde_json::from_str(include_str!("../../../demo/fictional.json")).unwrap();
        let mut clauses = recorded(&fictional["form"]["clauses"]);
        for agreement in real["agreements"].as_array().unwrap() {
            clauses.extend(recorded(&agreement["clauses"]));
        }
        assert!(clauses.len() > 60);
        for clause in clauses {
            assert_eq!(faults(&clause), [], "{}", clause.kind);
        }
    }

    #[test]
    fn feedback_needs_its_amount_its_unit_and_its_event() {
        assert_eq!(
            Terms::default().faults(ClauseKind::DataFeedback),
            [
                TermsFault::AmountMissing,
                TermsFault::Unit,
                TermsFault::Anchor,
                TermsFault::Side
            ]
        );
    }

    #[test]
    fn a_clause_of_one_kind_cannot_count_like_another() {
        let from_a_letter = Terms {
            amount: Some(6),
            unit: Some(Unit::Months),
            per_months: None,
            anchor: Some(Anchor::LetterSent),
            side: Some(Side::After),
        };
        assert_eq!(
            from_a_letter.faults(ClauseKind::DataFeedback),
            [TermsFault::Anchor]
        );
        assert_eq!(
            from_a_letter.faults(ClauseKind::CorrectionList),
            [TermsFault::NotHere, TermsFault::Anchor]
        );
        let cadence = Terms {
            amount: Some(2),
            unit: Some(Unit::Times),
            ..Terms::default()
        };
        assert_eq!(
            cadence.faults(ClauseKind::PeriodicReport),
            [TermsFault::PerMonths]
        );
    }

    #[test]
    fn an_amount_has_a_least_and_a_most() {
        let months = |amount| Terms {
            amount: Some(amount),
            unit: Some(Unit::Months),
            per_months: None,
            anchor: Some(Anchor::Signature),
            side: Some(Side::After),
        };
        assert_eq!(months(600).faults(ClauseKind::Term), []);
        for amount in [0, -1, 601, i32::MAX] {
            assert_eq!(
                months(amount).faults(ClauseKind::Term),
                [TermsFault::AmountOutOfRange { most: 600 }]
            );
        }
    }
}
