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
    /// The year is not that of the date. Params: the date's title, the date.
    YearDiffers = "year-differs",
    /// The total is not the sum of its parts. Params: the sum.
    SumDiffers = "sum-differs",
    /// A period ends before it begins. Params: its begin.
    PeriodReversed = "period-reversed",
    /// Changed without loss: characters around or inside the value were removed.
    Cleaned = "cleaned",
    /// Changed without loss: another notation became the canonical one.
    Rewritten = "rewritten",
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
