//! Pages of a list, kept in the address.

/// Where a list stands: which rows of how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    page: i64,
    size: i64,
    total: i64,
    address: String,
}

/// A link under a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLink {
    /// The page's number, or `None` for a gap.
    pub page: Option<i64>,
    /// Its address.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

impl Pages {
    /// Page `page` (from 1; out of range is brought into it) of `total` rows,
    /// `size` a page. `address` is the list's with its filters, without `hal`.
    pub fn new(page: Option<i64>, size: i64, total: i64, address: &str) -> Self {
        let last = ((total + size - 1) / size).max(1);
        let page = page.unwrap_or(1).clamp(1, last);
        Self {
            page,
            size,
            total,
            address: address.to_owned(),
        }
    }

    /// Rows before the page.
    pub fn offset(&self) -> i64 {
        (self.page - 1) * self.size
    }

    /// Rows on a page at most.
    pub fn limit(&self) -> i64 {
        self.size
    }

    /// The rows of this page, of a list held in memory.
    pub fn of<T>(&self, rows: Vec<T>) -> Vec<T> {
        let before = usize::try_from(self.offset()).unwrap_or(usize::MAX);
        let size = usize::try_from(self.size).unwrap_or_default();
        rows.into_iter().skip(before).take(size).collect()
    }

    /// Number of the first row shown, from 1; 0 when there is none.
    pub fn first(&self) -> i64 {
        if self.total == 0 {
            0
        } else {
            self.offset() + 1
        }
    }

    /// Number of the last row shown.
    pub fn last(&self) -> i64 {
        (self.offset() + self.size).min(self.total)
    }

    /// Rows in all.
    pub fn total(&self) -> i64 {
        self.total
    }

    /// Whether there is more than one page.
    pub fn is_many(&self) -> bool {
        self.total > self.size
    }

    /// The address of the page after this, if there is one.
    pub fn next(&self) -> Option<String> {
        (self.page < self.count()).then(|| self.href(self.page + 1))
    }

    /// First, last, and the pages around this one, with gaps between.
    pub fn links(&self) -> Vec<PageLink> {
        let mut links = Vec::new();
        let mut before = 0;
        for page in self.shown() {
            if page > before + 1 {
                links.push(PageLink {
                    page: None,
                    href: String::new(),
                    current: false,
                });
            }
            links.push(PageLink {
                page: Some(page),
                href: self.href(page),
                current: page == self.page,
            });
            before = page;
        }
        links
    }

    fn shown(&self) -> impl Iterator<Item = i64> {
        let (from, to) = (
            (self.page - 2).max(2),
            (self.page + 2).min(self.count() - 1),
        );
        let last = (self.count() > 1).then_some(self.count());
        std::iter::once(1).chain(from..=to).chain(last)
    }

    fn count(&self) -> i64 {
        ((self.total + self.size - 1) / self.size).max(1)
    }

    fn href(&self, page: i64) -> String {
        let joint = if self.address.contains('?') { '&' } else { '?' };
        format!("{}{joint}hal={page}", self.address)
    }
}

/// The address of a list with its filters; empty ones are left out.
pub fn list_address(path: &str, filters: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in filters.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    match query.finish() {
        empty if empty.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_out_of_range_is_brought_into_it() {
        let pages = Pages::new(Some(99), 25, 60, "/instansi");
        assert_eq!((pages.first(), pages.last(), pages.next()), (51, 60, None));
        assert_eq!(Pages::new(Some(-3), 25, 60, "/instansi").offset(), 0);
    }

    #[test]
    fn an_empty_list_has_no_first_row() {
        let pages = Pages::new(None, 25, 0, "/instansi");
        assert_eq!(
            (pages.first(), pages.last(), pages.is_many()),
            (0, 0, false)
        );
    }

    #[test]
    fn filters_stay_in_the_address() {
        let filters = [("cari", "a & b"), ("keadaan", "")];
        assert_eq!(
            list_address("/instansi", &filters),
            "/instansi?cari=a+%26+b"
        );
        assert_eq!(list_address("/instansi", &[("cari", "")]), "/instansi");
    }

    #[test]
    fn far_pages_are_left_out() {
        let pages = Pages::new(Some(10), 1, 20, "/a?cari=b");
        let shown: Vec<_> = pages.links().iter().map(|link| link.page).collect();
        assert_eq!(
            shown,
            [
                Some(1),
                None,
                Some(8),
                Some(9),
                Some(10),
                Some(11),
                Some(12),
                None,
                Some(20)
            ]
        );
        assert_eq!(pages.next().as_deref(), Some("/a?cari=b&hal=11"));
    }
}
