//! Which row of one version is which row of another, as a part of a statement.

/// The number of the row of version `$other` that is the row `r`: the one with
/// the same key, or else, where one of both keys cannot be read, the one in
/// the same place that is nobody else's.
///
/// Both databases take numbered parameters that first appear in order.
macro_rules! pair_of {
    ($other:literal) => {
        concat!(
            "COALESCE((SELECT MIN(o.row_number) FROM row_keys o WHERE o.version_id = ",
            $other,
            " AND o.row_key = r.row_key), (SELECT o.row_number FROM submission_rows o \
             WHERE o.version_id = ",
            $other,
            " AND o.row_number = r.row_number AND (o.row_key < 0 OR r.row_key < 0) \
             AND NOT EXISTS (SELECT 1 FROM row_keys s WHERE s.version_id = r.version_id \
             AND s.row_key = o.row_key)))"
        )
    };
}

pub(super) use pair_of;
