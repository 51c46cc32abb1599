//! The values of one row, packed into one piece of memory.

/// Values by position; none where a cell is empty or faulty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    text: String,
    ends: Vec<u32>,
}

impl Values {
    /// Room for so many values.
    pub fn with_capacity(fields: usize) -> Self {
        Self {
            text: String::with_capacity(fields * 16),
            ends: Vec::with_capacity(fields),
        }
    }

    /// Takes all values away and keeps the memory.
    pub(in crate::datasets) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Adds the next value. The empty text means none.
    pub fn push(&mut self, value: &str) {
        self.text.push_str(value);
        self.close();
    }

    /// Adds what `write` appends as the next value; what it appended before
    /// failing is taken back and the value is none.
    pub(in crate::datasets) fn push_with<T, E>(
        &mut self,
        write: impl FnOnce(&mut String) -> Result<T, E>,
    ) -> Result<T, E> {
        let before = self.text.len();
        let result = write(&mut self.text);
        if result.is_err() {
            self.text.truncate(before);
        }
        self.close();
        result
    }

    fn close(&mut self) {
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// The value at this position; none where it is empty.
    pub fn get(&self, position: usize) -> Option<&str> {
        let end = *self.ends.get(position)? as usize;
        let start = position
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |start| *start as usize);
        self.text.get(start..end).filter(|value| !value.is_empty())
    }

    /// All values in order.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.ends.len()).map(|position| self.get(position))
    }

    /// How many values, empty ones included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no value at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl<'a> FromIterator<Option<&'a str>> for Values {
    fn from_iter<I: IntoIterator<Item = Option<&'a str>>>(values: I) -> Self {
        let mut packed = Self::default();
        values
            .into_iter()
            .for_each(|value| packed.push(value.unwrap_or_default()));
        packed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_by_position_and_empty_ones_as_none() {
        let values: Values = [Some("a"), None, Some("bc")].into_iter().collect();
        assert_eq!(
            (values.get(0), values.get(1), values.get(2), values.get(3)),
            (Some("a"), None, Some("bc"), None)
        );
        assert_eq!(values.iter().count(), 3);
    }

    #[test]
    fn a_value_that_fails_half_way_leaves_nothing() {
        let mut values = Values::default();
        let failed = values.push_with(|text| {
            text.push_str("half");
            Err::<(), _>("no")
        });
        assert_eq!((failed, values.get(0)), (Err("no"), None));
        values.push("whole");
        assert_eq!(values.get(1), Some("whole"));
    }
}
