//! Reading typed values, and saying what is wrong with one that cannot be read.

use chrono::{Datelike, NaiveDate};
use lettre::Address;
use std::str::FromStr;

use super::forms::FormErrors;
use crate::platform::nip;

/// Years that a typed date may lie in.
const YEARS: std::ops::RangeInclusive<i32> = 1945..=2150;

impl FormErrors {
    /// One line of text, trimmed; a fault where it is empty or too long.
    pub fn line(&mut self, field: &'static str, text: &str, name: &str, limit: usize) -> String {
        let text = text.trim();
        self.require(field, text, name, limit);
        self.refuse_control(field, text, |c| c.is_control());
        text.to_owned()
    }

    /// A fault where a NIP stands in a text that others read.
    pub fn refuse_nip(&mut self, field: &'static str, text: &str) {
        if nip::stands_in(text) {
            self.add(
                field,
                "Hapus NIP dari isian ini. Tulis nomor surat atau jenis layanannya saja.",
            );
        }
    }

    /// As [`Self::line`], but nothing may stand in it too.
    pub fn line_or_none(
        &mut self,
        field: &'static str,
        text: &str,
        name: &str,
        limit: usize,
    ) -> Option<String> {
        (!text.trim().is_empty()).then(|| self.line(field, text, name, limit))
    }

    /// Text of several lines, trimmed; a fault where it is empty or too long.
    pub fn text(&mut self, field: &'static str, text: &str, name: &str, limit: usize) -> String {
        let text = text.trim().replace("\r\n", "\n");
        self.require(field, &text, name, limit);
        self.refuse_control(field, &text, |c| c.is_control() && c != '\n' && c != '\t');
        text
    }

    /// As [`Self::text`], but nothing may stand in it too.
    pub fn text_or_none(
        &mut self,
        field: &'static str,
        text: &str,
        name: &str,
        limit: usize,
    ) -> Option<String> {
        (!text.trim().is_empty()).then(|| self.text(field, text, name, limit))
    }

    /// A calendar date, `2026-11-20` or `20-11-2026`.
    pub fn date(&mut self, field: &'static str, text: &str, name: &str) -> Option<NaiveDate> {
        let text = text.trim();
        if text.is_empty() {
            self.add(field, format!("Isi {name}."));
            return None;
        }
        match read_date(text) {
            Ok(date) => Some(date),
            Err(DateFault::Unreadable) => {
                let sentence = format!("Tulis {name} seperti 2026-11-20 atau 20-11-2026.");
                self.add(field, sentence);
                None
            }
            Err(DateFault::Impossible) => {
                self.add(field, format!("{text} tidak ada dalam kalender."));
                None
            }
        }
    }

    /// As [`Self::date`], but nothing may stand in it too.
    pub fn date_or_none(
        &mut self,
        field: &'static str,
        text: &str,
        name: &str,
    ) -> Option<NaiveDate> {
        (!text.trim().is_empty())
            .then(|| self.date(field, text, name))
            .flatten()
    }

    /// An address for mail, with a domain that has a dot.
    pub fn email(&mut self, field: &'static str, text: &str) -> String {
        let text = self.line(field, text, "alamat surel", 254);
        let domain = text.rsplit_once('@').map_or("", |(_, domain)| domain);
        let sound = text.is_ascii() && domain.contains('.') && text.parse::<Address>().is_ok();
        if self.of(field).is_none() && !sound {
            self.add(field, "Tulis alamat surel seperti nama@instansi.go.id.");
        }
        text
    }

    /// A whole number between two others; nothing may stand in it too.
    pub fn number_or_none(
        &mut self,
        field: &'static str,
        text: &str,
        (least, most): (i32, i32),
    ) -> Option<i32> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match text.parse() {
            Ok(number) if (least..=most).contains(&number) => Some(number),
            _ => {
                self.add(
                    field,
                    format!("Tulis bilangan bulat {least} sampai {most}."),
                );
                None
            }
        }
    }

    /// One of a closed list; nothing may stand in it too.
    pub fn choice_or_none<T: FromStr>(&mut self, field: &'static str, text: &str) -> Option<T> {
        if text.is_empty() {
            return None;
        }
        let choice = text.parse().ok();
        if choice.is_none() {
            self.add(field, "Pilih salah satu pilihan yang tersedia.");
        }
        choice
    }

    /// One of a closed list.
    pub fn choice<T: FromStr>(&mut self, field: &'static str, text: &str, name: &str) -> Option<T> {
        if text.is_empty() {
            self.add(field, format!("Pilih {name}."));
        }
        self.choice_or_none(field, text)
    }

    /// PostgreSQL keeps no NUL, and nobody sees the others.
    fn refuse_control(&mut self, field: &'static str, text: &str, bad: fn(char) -> bool) {
        if self.of(field).is_none() && text.contains(bad) {
            self.add(field, "Hapus karakter yang tidak tampak, lalu coba lagi.");
        }
    }
}

/// What was searched for: trimmed, lower-case, without control characters, at
/// most 100 characters.
pub fn search_term(text: &str) -> String {
    let visible = text.trim().chars().filter(|c| !c.is_control());
    visible.take(100).collect::<String>().to_lowercase()
}

enum DateFault {
    Unreadable,
    Impossible,
}

fn read_date(text: &str) -> Result<NaiveDate, DateFault> {
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let digits = |part: &str, most: usize| {
        let short = !part.is_empty() && part.len() <= most;
        (short && part.bytes().all(|b| b.is_ascii_digit())).then_some(())
    };
    let number = |part: &str| part.parse::<u32>().unwrap_or_default();
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (year, month, day),
        [day, month, year] if year.len() == 4 => (year, month, day),
        _ => return Err(DateFault::Unreadable),
    };
    digits(year, 4)
        .and(digits(month, 2))
        .and(digits(day, 2))
        .ok_or(DateFault::Unreadable)?;
    let year = i32::try_from(number(year)).unwrap_or_default();
    NaiveDate::from_ymd_opt(year, number(month), number(day))
        .filter(|date| YEARS.contains(&date.year()))
        .ok_or(DateFault::Impossible)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> (Option<String>, Option<String>) {
        let mut errors = FormErrors::new();
        let date = errors.date("tanggal", text, "tanggal surat");
        let sentence = errors.of("tanggal").map(str::to_owned);
        (date.map(|date| date.to_string()), sentence)
    }

    #[test]
    fn a_date_is_read_in_both_orders() {
        for text in ["2026-11-20", "20-11-2026", "20/11/2026", " 2026/11/20 "] {
            assert_eq!(date(text), (Some("2026-11-20".into()), None), "{text}");
        }
        assert_eq!(date("3-2-2026").0.as_deref(), Some("2026-02-03"));
    }

    #[test]
    fn an_impossible_date_is_told_from_an_unreadable_one() {
        let said = |text| date(text).1.unwrap();
        assert_eq!(said("31-02-2026"), "31-02-2026 tidak ada dalam kalender.");
        assert_eq!(said("0001-01-01"), "0001-01-01 tidak ada dalam kalender.");
        assert_eq!(said(""), "Isi tanggal surat.");
        for text in ["kemarin", "17/3/26", "2026-11", "-2026-11-20", "2026-1١-20"] {
            assert!(
                said(text).starts_with("Tulis tanggal surat seperti"),
                "{text}"
            );
        }
    }

    #[test]
    fn an_address_needs_a_domain_with_a_dot() {
        let said = |text: &str| {
            let mut errors = FormErrors::new();
            errors.email("surel", text);
            errors.of("surel").is_some()
        };
        assert!(!said(" data@instansi.example "));
        for text in [
            "",
            "data",
            "data@lokal",
            "a b@c.example",
            "a@b.example\nBcc: x@y.example",
        ] {
            assert!(said(text), "{text}");
        }
    }

    #[test]
    fn a_line_holds_nothing_that_cannot_be_seen() {
        let mut errors = FormErrors::new();
        errors.line("judul", "Pertukaran\0Data", "judul", 50);
        errors.text("catatan", "baris satu\r\nbaris dua", "catatan", 50);
        assert!(errors.of("judul").is_some());
        assert_eq!(errors.of("catatan"), None);
    }

    #[test]
    fn a_search_is_lower_case_and_bounded() {
        assert_eq!(search_term("  LAN\0 2025 "), "lan 2025");
        assert_eq!(search_term(&"a".repeat(500)).len(), 100);
    }
}
