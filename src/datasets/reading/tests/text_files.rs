//! Encodings, delimiters, quotes and shapes of text files.

use super::*;

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(bytes)
        .collect()
}

fn windows_1252(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

#[test]
fn text_is_read_in_four_encodings_with_and_without_mark() {
    let text = csv_of(&[course_with(1, &[(3, "Café – “Dasar”")])]);
    let marked = format!("\u{feff}{text}");
    let files = [
        text.clone().into_bytes(),
        marked.into_bytes(),
        utf16(&text, u16::to_le_bytes),
        utf16(&text, u16::to_be_bytes),
        windows_1252(&text),
    ];
    let notes = files.iter().map(|file| {
        let checked = checked("a.csv", file);
        assert_eq!(checked.value(0, "nama_kursus"), Some("Café – “Dasar”"));
        checked.summary.notes
    });
    let encoding = |name: &str| vec![Note::Encoding { name: name.into() }];
    let expected = [
        vec![],
        vec![],
        encoding("UTF-16"),
        encoding("UTF-16"),
        encoding("Windows-1252"),
    ];
    assert_eq!(notes.collect::<Vec<_>>(), expected);
}

#[test]
fn letters_far_down_in_the_file_still_decide_the_encoding() {
    let mut rows: Vec<_> = (0..2_000)
        .map(|at| course_with(1, &[(8, &format!("S/{at}"))]))
        .collect();
    rows.push(course_with(2, &[(3, "Café")]));
    let checked = checked("a.csv", &windows_1252(&csv_of(&rows)));
    assert_eq!(checked.value(2_000, "nama_kursus"), Some("Café"));
}

#[test]
fn what_is_text_in_no_encoding_is_refused_with_its_line() {
    let line = |bytes: &[u8]| match refused("a.csv", bytes) {
        FileRefusal::Encoding { line } => line,
        other => panic!("{other}"),
    };
    let mut damaged = good().into_bytes();
    damaged.splice(damaged.len() - 3..damaged.len() - 2, *b"\xc3\x28");
    assert_eq!(line(&damaged), 4);
    let mixed = [
        csv_of(&[course_with(1, &[(3, "Café")])]).into_bytes(),
        b"Caf\xe9,x\r\n".to_vec(),
    ]
    .concat();
    assert_eq!(line(&mixed), 3);
    let unmarked: Vec<u8> = good().encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(line(&unmarked), 1);
}

#[test]
fn a_single_nul_is_a_fault_of_its_cell() {
    let text = csv_of(&[course(1), course_with(2, &[(3, "a\0bc")])]);
    assert_eq!(
        checked("a.csv", text.as_bytes()).told(),
        ["D3 control-characters"]
    );
}

#[test]
fn the_delimiter_is_found_and_its_hint_line_is_no_row() {
    for delimiter in [';', '\t', '|'] {
        let text = csv_of(&[course_with(1, &[(4, "x")])]).replace(',', &delimiter.to_string());
        assert_eq!(
            checked("a.csv", text.as_bytes()).told(),
            ["E2 integer-format"]
        );
        let hinted = format!("sep={delimiter}\r\n{text}");
        assert_eq!(
            checked("a.csv", hinted.as_bytes()).told(),
            ["E2 integer-format"]
        );
    }
}

#[test]
fn rows_are_numbered_as_the_spreadsheet_shows_them() {
    let quoted = good().replace("Pelatihan Dasar 1", "\"Pelatihan\r\nDasar\n1\"");
    let text = quoted + "\r\n\r\n" + &course_with(4, &[(4, "x")]).join(",");
    let checked = checked("a.csv", text.as_bytes());
    assert_eq!(checked.told(), ["E7 integer-format"]);
    assert_eq!(checked.value(0, "nama_kursus"), Some("Pelatihan Dasar 1"));
}

#[test]
fn all_three_line_ends_are_taken() {
    for ending in ["\n", "\r", "\r\n"] {
        let checked = checked("a.csv", good().replace("\r\n", ending).as_bytes());
        assert_eq!((checked.summary.rows, checked.summary.ready), (3, 3));
    }
    let with_end_of_file_mark = good() + "\u{1a}";
    assert_eq!(
        checked("a.csv", with_end_of_file_mark.as_bytes())
            .summary
            .rows,
        3
    );
}

#[test]
fn an_open_quote_is_refused_with_its_line() {
    let text = good().replace("Pelatihan Dasar 2", "\"Pelatihan Dasar 2");
    assert_eq!(
        refused("a.csv", text.as_bytes()),
        FileRefusal::UnclosedQuote { line: 3 }
    );
}

#[test]
fn a_line_that_no_row_can_be_is_refused() {
    let text = good() + &"x".repeat(2 << 20);
    assert_eq!(
        refused("a.csv", text.as_bytes()),
        FileRefusal::RowTooLong {
            row: 5,
            limit: 1 << 20
        }
    );
}

#[test]
fn a_row_with_too_few_or_too_many_cells_is_blocked_as_a_whole() {
    let text = good()
        + "A,B,C\r\n"
        + &course(4).join(",")
        + ",lebih\r\n"
        + &course(5).join(",")
        + ",,\r\n";
    let checked = checked("a.csv", text.as_bytes());
    assert_eq!(checked.told(), ["row 5 column-count", "row 6 column-count"]);
    assert_eq!(checked.rows[3].findings[0].params, ["3", "9"]);
    assert_eq!(checked.rows[5].verdict, Verdict::Ready);
}

#[test]
fn empty_columns_at_the_end_are_passed_over_and_filled_ones_are_noted() {
    let text: String = good().replace("\r\n", ",,\r\n");
    assert_eq!(checked("a.csv", text.as_bytes()).summary.notes, []);
    let filled = text.replacen("S/2,,", "S/2,,catatan", 1);
    assert_eq!(
        checked("a.csv", filled.as_bytes()).summary.notes,
        [Note::UnnamedColumn { column: 10 }]
    );
}

#[test]
fn a_cell_that_is_too_long_is_a_fault_of_its_row() {
    let text = csv_of(&[course(1), course_with(2, &[(3, &"x".repeat(40_000))])]);
    let checked = checked("a.csv", text.as_bytes());
    assert_eq!(checked.told(), ["D3 cell-too-long"]);
    assert_eq!(checked.rows[1].findings[0].value.chars().count(), 200);
    assert_eq!(checked.rows[1].findings[0].code, Code::CellTooLong);
}
