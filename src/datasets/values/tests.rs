//! Cells as they come, and what is made of them.

use super::*;
use crate::datasets::find;

const FIELDS: [(&str, &str); 8] = [
    ("id", "id_pns"),
    ("nip", "nip"),
    ("text", "nama_kursus"),
    ("hours", "jumlah_jam"),
    ("date", "tanggal_kursus"),
    ("year", "tahun_kursus"),
    ("credit", "angka_kredit_total"),
    ("post", "jenis_jabatan_id"),
];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

fn field(short: &str) -> &'static Field {
    let name = FIELDS.iter().find(|(key, _)| *key == short).unwrap().1;
    let datasets = ["riwayat-kursus", "riwayat-angka-kredit", "riwayat-jabatan"];
    datasets
        .iter()
        .find_map(|dataset| find(dataset).unwrap().field(name))
        .unwrap()
        .1
}

fn cell(short: &str, text: &str, kind: CellKind) -> (Result<Taken, Code>, String) {
    let mut out = String::new();
    let setting = Setting {
        today: today(),
        longest_cell: 4_000,
    };
    let taken = take(field(short), Cell { text, kind }, setting, &mut out);
    (taken.map_err(|fault| fault.code), out)
}

fn value(short: &str, text: &str) -> Result<String, Code> {
    let (taken, out) = cell(short, text, CellKind::Text);
    taken.map(|_| out)
}

fn fault(short: &str, text: &str) -> Fault {
    let setting = Setting {
        today: today(),
        longest_cell: 4_000,
    };
    take(
        field(short),
        Cell {
            text,
            kind: CellKind::Text,
        },
        setting,
        &mut String::new(),
    )
    .unwrap_err()
}

#[test]
fn marks_that_force_text_and_invisible_characters_are_taken_off_a_nip() {
    for text in [
        "197203151996111903",
        "'197203151996111903",
        "=\"197203151996111903\"",
        "19720315 199611 1 903",
        "\u{a0}197203151996111903 ",
        "1972\u{200b}03151996111903",
        "１９７２０３１５１９９６１１１９０３",
    ] {
        assert_eq!(
            value("nip", text).as_deref(),
            Ok("197203151996111903"),
            "{text}"
        );
    }
}

#[test]
fn a_nip_that_lost_digits_is_refused_and_never_mended() {
    for text in [
        "1.97103E+17",
        "1,97103E+17",
        "197203151996111000",
        "'1.97103E+17",
    ] {
        assert_eq!(value("nip", text), Err(Code::NipDamaged), "{text}");
    }
    assert_eq!(
        cell(
            "nip",
            "197203151996111903",
            CellKind::Number(1.972_031_519_961_119e17)
        )
        .0,
        Err(Code::NipDamaged)
    );
    assert_eq!(value("nip", "-"), Err(Code::NipCharacters));
    assert_eq!(value("nip", "19720315199611190O"), Err(Code::NipCharacters));
    assert_eq!(fault("nip", "19720315199611190").params, ["17"]);
}

#[test]
fn an_id_has_one_normal_form() {
    let (taken, out) = cell("id", "488278690bf2fbdbab87a1ed5d275692", CellKind::Text);
    assert_eq!(
        (taken.unwrap().change, out.as_str()),
        (Some(Code::Rewritten), "488278690BF2FBDBAB87A1ED5D275692")
    );
    assert_eq!(
        value("id", "48827869-0bf2-fbdb-ab87-a1ed5d275692").as_deref(),
        Ok("488278690BF2FBDBAB87A1ED5D275692")
    );
    assert_eq!(fault("id", "488278690BF2").params, ["12"]);
    assert_eq!(value("id", "4.88279E+31"), Err(Code::IdDamaged));
}

#[test]
fn dates_are_read_day_first_and_by_their_indonesian_names() {
    for text in [
        "2025-08-17",
        "17/08/2025",
        "17-8-2025",
        "17.08.2025",
        "17 Agustus 2025",
        "17-Agu-2025",
        "17 Ags 2025",
        "17 Agust 2025",
        "Minggu, 17 Agustus 2025",
        "17-Aug-2025",
        "2025/08/17",
        "2025-08-17 00:00:00",
        "2025-08-17T00:00:00Z",
        "17/08/2025 23:59",
        "2025-08-17T08:00:00+07:00",
        "'2025-08-17",
    ] {
        assert_eq!(value("date", text).as_deref(), Ok("2025-08-17"), "{text}");
    }
}

#[test]
fn a_date_that_can_be_read_in_two_ways_is_refused_with_a_suggestion() {
    for (text, suggestion) in [
        ("17/3/26", "2026-03-17"),
        ("17-03-99", "1999-03-17"),
        ("08/17/2025", "2025-08-17"),
        ("45886", "2025-08-17"),
        ("20250817", "2025-08-17"),
        ("2025-08-16T17:30:00Z", "2025-08-17"),
    ] {
        assert_eq!(
            fault("date", text),
            Fault::with(Code::DateUnreadable, [suggestion.to_owned()]),
            "{text}"
        );
    }
    for text in [
        "besok",
        "-",
        "17 Agu",
        "2025",
        "1/2/3/4",
        "17082025",
        "2025-08-17 ab:cd",
    ] {
        assert_eq!(
            fault("date", text),
            Fault::new(Code::DateUnreadable),
            "{text}"
        );
    }
}

#[test]
fn dates_outside_the_calendar_or_the_bounds_are_told_apart() {
    for text in ["31-02-2025", "2025-02-29", "0000-00-00", "32/13/2025"] {
        assert_eq!(value("date", text), Err(Code::DateImpossible), "{text}");
    }
    assert_eq!(value("date", "29-02-2024").as_deref(), Ok("2024-02-29"));
    assert_eq!(value("date", "1900-01-01"), Err(Code::DateTooEarly));
    assert_eq!(value("date", "2026-11-20").as_deref(), Ok("2026-11-20"));
    assert_eq!(value("date", "2026-11-21"), Err(Code::DateInFuture));
}

#[test]
fn a_spreadsheet_date_drops_its_time_and_knows_the_phantom_leap_day() {
    let serial = |days: f64| {
        let (taken, out) = cell("date", "", CellKind::Serial(days));
        taken.map(|_| out)
    };
    assert_eq!(serial(45_886.0).as_deref(), Ok("2025-08-17"));
    assert_eq!(serial(45_886.999_988).as_deref(), Ok("2025-08-17"));
    assert_eq!(serial(60.0), Err(Code::DateImpossible));
    assert_eq!(serial(59.0), Err(Code::DateTooEarly));
    assert_eq!(serial(-1.0), Err(Code::DateTooEarly));
    assert_eq!(serial(1e18), Err(Code::DateInFuture));
    assert_eq!(serial(f64::NAN), Err(Code::DateImpossible));
    assert_eq!(iso_of_serial(1.0), "1900-01-01");
}

#[test]
fn whole_numbers_are_taken_by_their_own_grammar() {
    for (text, expected) in [
        ("40", "40"),
        ("40,0", "40"),
        ("40.00", "40"),
        ("040", "40"),
        (" 40", "40"),
    ] {
        assert_eq!(value("hours", text).as_deref(), Ok(expected), "{text}");
    }
    for text in [
        "40,5", "1.000", "1,000", "NaN", "inf", "1e3", "+40", "0x10", "", "40.", "٤٠", "--1",
    ] {
        assert_eq!(value("hours", text), Err(Code::IntegerFormat), "{text}");
    }
    for text in ["0", "-1", "10000", "99999999999999999999999"] {
        assert_eq!(value("hours", text), Err(Code::NumberRange), "{text}");
    }
    assert_eq!(fault("hours", "40 JP").params, ["40"]);
}

#[test]
fn an_unusual_number_is_taken_with_a_warning() {
    let (taken, out) = cell("hours", "1200", CellKind::Text);
    assert_eq!(out, "1200");
    assert_eq!(
        taken.unwrap().warning,
        Some(Box::new(Fault::with(
            Code::NumberUnusual,
            ["900".to_owned(), "jam".to_owned()]
        )))
    );
}

#[test]
fn a_year_has_four_digits_and_has_begun() {
    assert_eq!(value("year", "2025").as_deref(), Ok("2025"));
    assert_eq!(value("year", "25"), Err(Code::DateTooEarly));
    assert_eq!(value("year", "2027"), Err(Code::DateInFuture));
    assert_eq!(
        value("year", "99999999999999999999"),
        Err(Code::DateInFuture)
    );
}

#[test]
fn decimals_take_comma_or_point_and_refuse_two_readings() {
    for (text, expected) in [
        ("12,5", "12.5"),
        ("12.500", "12.5"),
        ("0.125", "0.125"),
        ("1.250,50", "1250.5"),
        ("1,250.50", "1250.5"),
        ("25", "25"),
        ("25,00", "25"),
        ("0", "0"),
        ("100", "100"),
    ] {
        assert_eq!(value("credit", text).as_deref(), Ok(expected), "{text}");
    }
    assert_eq!(
        fault("credit", "1.250"),
        Fault::with(Code::DecimalFormat, ["1.25".to_owned(), "1250".to_owned()])
    );
    assert_eq!(fault("credit", "1,125").params, ["1.1250", "1125"]);
    assert_eq!(value("credit", "1,1250").as_deref(), Ok("1.125"));
    assert_eq!(cell("credit", "1.125", CellKind::Number(1.125)).1, "1.125");
    for text in ["1e3", "NaN", ",5", "1,2,3", "12,5001", "1 000", "."] {
        assert_eq!(value("credit", text), Err(Code::DecimalFormat), "{text}");
    }
    for text in ["-1", "10000", "1.000.000"] {
        assert_eq!(value("credit", text), Err(Code::NumberRange), "{text}");
    }
}

#[test]
fn text_is_kept_as_typed_but_on_one_line_and_composed() {
    for text in [
        "=2+5",
        "@SUM(1)",
        "<b>x</b>",
        "O'Brien",
        "100% LIKE _",
        "'Aisyiyah",
        "👩\u{200d}🏫 Guru",
    ] {
        assert_eq!(value("text", text).as_deref(), Ok(text), "{text}");
    }
    assert_eq!(
        value("text", "Pelatihan\r\nDasar\tBaru ").as_deref(),
        Ok("Pelatihan Dasar Baru")
    );
    assert_eq!(value("text", "Cafe\u{301}").as_deref(), Ok("Café"));
    assert_eq!(value("text", "'=2+5").as_deref(), Ok("=2+5"));
    assert_eq!(fault("text", "ab\u{1b}[31m").params, ["U+001B"]);
    assert_eq!(value("text", "ab\u{202e}cd"), Err(Code::ControlCharacters));
    assert_eq!(value("text", &"x".repeat(301)), Err(Code::TextTooLong));
    assert_eq!(fault("text", &"é".repeat(4_001)).params, ["4001", "4000"]);
}

#[test]
fn a_value_out_of_a_closed_list_is_refused_with_the_list() {
    assert_eq!(value("post", "2").as_deref(), Ok("2"));
    assert_eq!(fault("post", "5").params, ["1", "2", "3", "4"]);
}

#[test]
fn error_and_formula_cells_are_never_values() {
    assert_eq!(
        cell("text", "#N/A", CellKind::Error).0,
        Err(Code::CellError)
    );
    assert_eq!(cell("hours", "", CellKind::Formula).0, Err(Code::Formula));
    let (taken, out) = cell("hours", "40", CellKind::Computed);
    assert_eq!(
        (taken.unwrap().change, out.as_str()),
        (Some(Code::Cleaned), "40")
    );
}

proptest::proptest! {
    #[test]
    fn no_text_makes_a_grammar_panic_and_a_refusal_leaves_no_half_value(text in "\\PC*|[0-9Ee+.,/: TZ-]{0,30}|\\PC{0,5}[\\x00-\\x20\u{202e}]{0,3}\\PC{0,5}") {
        for (short, _) in FIELDS {
            let _ = cell(short, &text, CellKind::Text);
        }
    }

    #[test]
    fn a_canonical_value_is_taken_as_it_is(text in "[0-9]{1,2}[-/ .](Jan|Mei|[0-9]{1,2})[-/ .][12][0-9]{3}|[0-9]{1,4}([.,][0-9]{1,3})?|[A-Za-z \u{301}]{3,20}") {
        for (short, _) in FIELDS {
            // Three decimals are the one canonical form that people may mean otherwise.
            let is_ambiguous = |text: &str| short == "credit" && text.rsplit_once('.').is_some_and(|(_, fraction)| fraction.len() == 3);
            if let Ok(canonical) = value(short, &text) && !is_ambiguous(&canonical) {
                proptest::prop_assert_eq!(value(short, &canonical), Ok(canonical));
            }
        }
    }

    #[test]
    fn the_quick_way_of_reading_a_date_agrees_with_the_plain_one(day in 0..40, month in 0..20, year in 0..10_000) {
        let quick = super::date::parse(&format!("{day:02}-{month:02}-{year:04}"), today());
        let plain = super::date::parse(&format!("{day:02} {month:02} {year:04}"), today());
        proptest::prop_assert_eq!(quick, plain);
    }

    #[test]
    fn no_number_makes_the_day_count_panic(days: f64) {
        let _ = iso_of_serial(days);
    }
}
