//! Merged cells: only the first of them has a value.

/// A rectangle of cells; rows count from 1, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    top: u32,
    bottom: u32,
    left: usize,
    right: usize,
}

impl Range {
    /// Reads `B2:C9`.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':')?;
        let ((top, left), (bottom, right)) = (cell(first)?, cell(last)?);
        Some(Self {
            top,
            bottom,
            left,
            right,
        })
    }

    fn covers(&self, row: u32, column: usize) -> bool {
        let is_inside =
            (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&column);
        is_inside && (row, column) != (self.top, self.left)
    }
}

fn cell(text: &str) -> Option<(u32, usize)> {
    let text = text.trim_start_matches('$');
    let digits = text.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = text.split_at_checked(digits)?;
    let letters = letters.trim_end_matches('$');
    if letters.is_empty()
        || letters.len() > 3
        || !letters.bytes().all(|byte| byte.is_ascii_alphabetic())
    {
        return None;
    }
    let column = letters.bytes().fold(0, |sum, byte| {
        sum * 26 + usize::from(byte.to_ascii_uppercase() - b'A') + 1
    });
    Some((row.parse().ok()?, column - 1))
}

/// The merged cells of a sheet, asked row by row from top to bottom.
#[derive(Debug, Default)]
pub(super) struct Merges {
    /// By their first row, the last one first.
    ahead: Vec<Range>,
    around: Vec<Range>,
}

impl Merges {
    pub fn new(ranges: &[Range]) -> Self {
        let mut ahead = ranges.to_vec();
        ahead.sort_by_key(|range| std::cmp::Reverse(range.top));
        Self {
            ahead,
            around: Vec::new(),
        }
    }

    /// Goes on to this row.
    pub fn enter(&mut self, row: u32) {
        while let Some(range) = self.ahead.pop_if(|range| range.top <= row) {
            self.around.push(range);
        }
        self.around.retain(|range| range.bottom >= row);
    }

    /// Whether the cell is covered by a merged one that begins elsewhere.
    pub fn cover(&self, row: u32, column: usize) -> bool {
        self.around.iter().any(|range| range.covers(row, column))
    }

    /// Covered columns of the row, up to so many.
    pub fn rightmost(&self, limit: usize) -> usize {
        self.around
            .iter()
            .map(|range| range.right.min(limit) + 1)
            .max()
            .unwrap_or(0)
            .min(limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_the_first_cell_are_covered() {
        let mut merges = Merges::new(&[
            Range::parse("B2:B4").unwrap(),
            Range::parse("$D$3:$E$3").unwrap(),
        ]);
        merges.enter(2);
        assert!(!merges.cover(2, 1));
        merges.enter(3);
        assert!(
            merges.cover(3, 1) && merges.cover(3, 4) && !merges.cover(3, 3) && !merges.cover(3, 0)
        );
        merges.enter(5);
        assert!(!merges.cover(5, 1));
    }

    #[test]
    fn what_is_no_range_is_none() {
        for text in ["", "A1", "1:2", "A0x:B2", "AAAA1:B2", ":", "A1:"] {
            assert_eq!(Range::parse(text), None, "{text}");
        }
    }
}
