//! The closed list of what a finding can be about.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)*) => {
        /// What a finding is about. Stored and sent by its text form.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)*
        }

        impl Code {
            /// Every code, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable text form.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The code of this text form.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

codes! {
    /// A required cell is empty.
    Required = "required",
    /// None of several fields has a value. Params: their titles.
    OneOfRequired = "one-of-required",
    /// A field is required because of another one's value. Params: that field's title, its value.
    RequiredWhen = "required-when",
    /// The row has more or fewer cells than the header. Params: cells, columns.
    ColumnCount = "column-count",
    /// More characters than any cell may hold. Params: characters, limit.
    CellTooLong = "cell-too-long",
    /// Control characters or direction overrides. Params: the first one, as U+XXXX.
    ControlCharacters = "control-characters",
    /// A formula cell; never evaluated.
    Formula = "formula",
    /// An error cell such as `#N/A`.
    CellError = "cell-error",
    /// The cell is covered by a merged one.
    MergedCell = "merged-cell",
    /// A NIP has other characters than digits.
    NipCharacters = "nip-characters",
    /// A NIP has not 18 digits. Params: digits.
    NipLength = "nip-length",
    /// 18 digits whose birth date is impossible.
    NipBirthDate = "nip-birth-date",
    /// 18 digits whose month of appointment is impossible.
    NipAppointment = "nip-appointment",
    /// 18 digits whose sex digit is neither 1 nor 2.
    NipSex = "nip-sex",
    /// A spreadsheet has lost the last digits.
    NipDamaged = "nip-damaged",
    /// An ID has not 32 characters. Params: characters.
    IdLength = "id-length",
    /// An ID has other characters than hexadecimal digits.
    IdCharacters = "id-characters",
    /// A spreadsheet has turned an ID into a number.
    IdDamaged = "id-damaged",
    /// Not a date, or more than one date. Params: a suggestion, when there is one.
    DateUnreadable = "date-unreadable",
    /// A date that no calendar has.
    DateImpossible = "date-impossible",
    /// Before the earliest date. Params: the earliest.
    DateTooEarly = "date-too-early",
    /// After today. Params: today.
    DateInFuture = "date-in-future",
    /// Not a whole number. Params: a suggestion, when there is one.
    IntegerFormat = "integer-format",
    /// Not a decimal number. Params: a suggestion, when there is one.
    DecimalFormat = "decimal-format",
    /// Outside the limits. Params: least, greatest.
    NumberRange = "number-range",
    /// Possible but unusual. Params: the usual greatest value, the unit.
    NumberUnusual = "number-unusual",
    /// Fewer characters than allowed. Params: characters, least.
    TextTooShort = "text-too-short",
    /// More characters than allowed. Params: characters, greatest.
    TextTooLong = "text-too-long",
    /// Not of the declared form. Params: an example, when there is one.
    PatternMismatch = "pattern-mismatch",
    /// Not one of the allowed values. Params: the values.
    NotAllowed = "not-allowed",
    /// Not in the reference list. Params: the list, and a suggestion when there
    /// is one.
    ReferenceUnknown = "reference-unknown",
    /// In the reference list no more. Params: the list, the code that took its
    /// place, the day.
    ReferenceReplaced = "reference-replaced",
    /// A code of the sender's own instead of BKN's. Params: the list, BKN's code.
    ReferenceOwn = "reference-own",
    /// A code of the sender's own that it has not handed in. Params: the nearest one, if any.
    OwnCodeUnknown = "own-code-unknown",
    /// A code of the sender's own that BKN has not mapped yet.
    OwnCodeUndecided = "own-code-undecided",
    /// A code of the sender's own for which BKN has none.
    OwnCodeUnmatched = "own-code-unmatched",
    /// Not the code that the sender's own is mapped to. Params: the own one, BKN's.
    OwnCodeDiffers = "own-code-differs",
    /// The institution is not the sender's, or does not exist.
    InstitutionNotYours = "institution-not-yours",
    /// Nobody within reach has this ID or NIP.
    PersonUnknown = "person-unknown",
    /// ID and NIP belong to different people.
    PersonMismatch = "person-mismatch",
    /// The same content as an earlier row. Params: that row.
    DuplicateRow = "duplicate-row",
    /// The same record as an earlier row, with other content. Params: that row.
    DuplicateKey = "duplicate-key",
    /// The same value as an earlier row where each must differ. Params: that row.
    DuplicateValue = "duplicate-value",
    /// Taken over before, with the same content. Params: the day, the
    /// submission's number.
    TakenOver = "taken-over",
    /// The year is not that of the date. Params: the date's title, the date.
    YearDiffers = "year-differs",
    /// The total is not the sum of its parts. Params: the sum.
    SumDiffers = "sum-differs",
    /// A period ends before it begins. Params: its begin.
    PeriodReversed = "period-reversed",
    /// IKD COM_2. The post is of a kind whose position is not named.
    Com2 = "COM_2",
    /// IKD COM_3. The last education is not named.
    Com3 = "COM_3",
    /// IKD COM_4. The day of appointment as a civil servant is not named.
    Com4 = "COM_4",
    /// IKD COM_5. No title, though the education gives one. Params: the titles of the fields.
    Com5 = "COM_5",
    /// IKD COM_6. There is no mail address.
    Com6 = "COM_6",
    /// IKD COM_7. There is no telephone number.
    Com7 = "COM_7",
    /// IKD TIM_3. A candidate for longer than a year. Params: title of the date, the date.
    Tim3 = "TIM_3",
    /// IKD TIM_4. Two hold the same structural post. Params: the earlier row.
    Tim4 = "TIM_4",
    /// IKD TIM_5. Past the age at which the position ends. Params: the age, the day of retirement.
    Tim5 = "TIM_5",
    /// IKD ACC_1. Candidate after being appointed. Params: title of the later date, its value.
    Acc1 = "ACC_1",
    /// IKD ACC_3. A structural post after less than two years. Params: title of the date, the date.
    Acc3 = "ACC_3",
    /// IKD ACC_4. A PPPK with a status that PPPK do not have.
    Acc4 = "ACC_4",
    /// IKD ACC_7. The number of a PPPK names a year without PPPK. Params: the year.
    Acc7 = "ACC_7",
    /// IKD ACC_9. The post of a pelaksana has the name of a functional one. Params: the word.
    Acc9 = "ACC_9",
    /// IKD CON_1. Appointed in another month than the NIP tells. Params: what the NIP tells.
    Con1 = "CON_1",
    /// IKD CON_2. Born on another day than the NIP tells. Params: what the NIP tells.
    Con2 = "CON_2",
    /// IKD CON_3. Of another sex than the NIP tells. Params: what the NIP tells.
    Con3 = "CON_3",
    /// Changed without loss: characters around or inside the value were removed.
    Cleaned = "cleaned",
    /// Changed without loss: another notation became the canonical one.
    Rewritten = "rewritten",
}

impl Code {
    /// Whether a rule over the row finds it, and would again in rows that were
    /// kept; else the cell itself tells it, or what was taken over by then,
    /// whatever the rules are now.
    pub fn is_of_rule(self) -> bool {
        use Code as C;
        let of_record = matches!(
            self,
            C::OneOfRequired
                | C::RequiredWhen
                | C::ReferenceUnknown
                | C::ReferenceReplaced
                | C::InstitutionNotYours
                | C::PersonUnknown
                | C::PersonMismatch
        );
        let of_sender = matches!(
            self,
            C::OwnCodeUnknown | C::OwnCodeUndecided | C::OwnCodeUnmatched | C::OwnCodeDiffers
        );
        let of_file = matches!(self, C::DuplicateRow | C::DuplicateKey | C::DuplicateValue);
        let of_fields = matches!(self, C::YearDiffers | C::SumDiffers | C::PeriodReversed);
        of_record || of_sender || of_file || of_fields || self.is_indicator()
    }

    /// Whether it is one of BKN's data quality indicators.
    pub fn is_indicator(self) -> bool {
        let dimensions = ["COM_", "TIM_", "ACC_", "CON_"];
        dimensions.iter().any(|one| self.as_str().starts_with(one))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_survives_its_text_form() {
        for code in Code::ALL {
            assert_eq!(Code::parse(code.as_str()), Some(*code));
        }
    }
}
