//! Typed cells, sheets, and archives that mean harm.

use super::*;

fn data(rows: &str) -> Vec<u8> {
    workbook(&(xml_header(1) + rows))
}

/// A workbook with one course, some of whose cells are given as markup.
fn course_in_xml(changes: &[(usize, &str)]) -> Checked {
    checked("a.xlsx", &data(&xml_course(2, 1, changes)))
}

#[test]
fn typed_cells_are_read_as_a_person_sees_them() {
    let checked = course_in_xml(&[
        (4, r#"<c r="REF"><v>40</v></c>"#),
        (5, r#"<c r="REF" s="1"><v>45718.75</v></c>"#),
        (6, r#"<c r="REF"><v>2025</v></c>"#),
    ]);
    assert_eq!(checked.told(), [""; 0]);
    assert_eq!(
        (
            checked.value(0, "jumlah_jam"),
            checked.value(0, "tanggal_kursus")
        ),
        (Some("40"), Some("2025-03-02"))
    );
}

#[test]
fn dates_count_from_1904_where_the_workbook_says_so() {
    let rows = xml_header(1) + &xml_course(2, 1, &[(5, r#"<c r="REF" s="1"><v>44256</v></c>"#)]);
    let file = zipped(&parts(
        &[("Data", "visible", sheet(&rows, ""))],
        r#"<workbookPr date1904="1"/>"#,
    ));
    assert_eq!(
        checked("a.xlsx", &file).value(0, "tanggal_kursus"),
        Some("2025-03-02")
    );
}

#[test]
fn a_number_in_a_nip_cell_is_damaged_whatever_its_digits() {
    assert_eq!(
        course_in_xml(&[(1, r#"<c r="REF"><v>199001012015031901</v></c>"#)]).told(),
        ["B2 nip-damaged"]
    );
    assert_eq!(
        course_in_xml(&[(0, r#"<c r="REF"><v>1E31</v></c>"#)]).told(),
        ["A2 id-damaged"]
    );
    assert_eq!(
        course_in_xml(&[(8, r#"<c r="REF"><v>12345678901234567890</v></c>"#)]).told(),
        ["I2 id-damaged"]
    );
}

#[test]
fn numbers_are_held_to_the_same_grammar_as_text() {
    assert_eq!(
        course_in_xml(&[(4, r#"<c r="REF"><v>40.000000001</v></c>"#)]).told(),
        ["E2 integer-format"]
    );
    assert_eq!(
        course_in_xml(&[(4, r#"<c r="REF"><v>1e300</v></c>"#)]).told(),
        ["E2 number-range"]
    );
    assert_eq!(
        course_in_xml(&[(5, r#"<c r="REF" s="1"><v>1e300</v></c>"#)]).told(),
        ["F2 date-in-future"]
    );
    assert_eq!(
        course_in_xml(&[(5, r#"<c r="REF"><v>45718</v></c>"#)]).told(),
        ["F2 date-unreadable"]
    );
}

#[test]
fn a_formula_counts_by_its_last_value_and_without_one_is_refused() {
    let computed = course_in_xml(&[
        (6, r#"<c r="REF"><f>YEAR(F2)</f><v>2025</v></c>"#),
        (3, r#"<c r="REF" t="str"><f>A1</f><v>Kursus</v></c>"#),
    ]);
    assert_eq!(
        (computed.told(), computed.value(0, "nama_kursus")),
        (vec![], Some("Kursus"))
    );
    assert_eq!(
        course_in_xml(&[(3, r#"<c r="REF" t="str"><f>A1</f></c>"#)]).told(),
        ["D2 formula"]
    );
    assert_eq!(
        course_in_xml(&[(3, r##"<c r="REF" t="e"><f>A1</f><v>#N/A</v></c>"##)]).told(),
        ["D2 cell-error"]
    );
}

#[test]
fn cells_covered_by_a_merged_one_are_pointed_at() {
    let rows = xml_header(1)
        + &xml_course(2, 1, &[])
        + &xml_course(3, 2, &[(1, "")])
        + &xml_course(4, 3, &[(1, "")]);
    let part = sheet(
        &rows,
        r#"<mergeCells><mergeCell ref="B2:B3"/></mergeCells>"#,
    );
    let file = zipped(&parts(&[("Data", "visible", part)], ""));
    assert_eq!(checked("a.xlsx", &file).told(), ["B3 merged-cell"]);
}

#[test]
fn hidden_rows_are_checked_and_counted() {
    let rows = xml_header(1)
        + &xml_course(2, 1, &[])
        + &xml_course(3, 2, &[]).replace("<row ", "<row hidden=\"1\" ");
    let checked = checked("a.xlsx", &workbook(&rows));
    assert_eq!(
        (checked.summary.rows, checked.summary.notes),
        (2, vec![Note::HiddenRows { rows: 1 }])
    );
}

#[test]
fn the_first_visible_sheet_with_the_headers_is_checked() {
    let (guide, rows) = (
        sheet(&xml_row(1, &["Isi lembar Data"]), ""),
        sheet(&(xml_header(1) + &xml_course(2, 1, &[])), ""),
    );
    let file = |sheets: &[(&str, &str, String)]| zipped(&parts(sheets, ""));
    let guided = file(&[
        ("Petunjuk", "visible", guide.clone()),
        ("Data", "visible", rows.clone()),
    ]);
    assert_eq!(checked("a.xlsx", &guided).summary.notes, []);
    let doubled = file(&[
        ("Data", "visible", rows.clone()),
        ("Data 2", "visible", rows.clone()),
        ("Lama", "hidden", rows.clone()),
    ]);
    let note = Note::OtherSheets {
        checked: "Data".into(),
        others: vec!["Data 2".into()],
    };
    assert_eq!(checked("a.xlsx", &doubled).summary.notes, [note]);
    for state in ["hidden", "veryHidden"] {
        let hidden = file(&[
            ("Petunjuk", "visible", guide.clone()),
            ("Data", state, rows.clone()),
        ]);
        assert_eq!(
            refused("a.xlsx", &hidden),
            FileRefusal::HiddenData {
                sheet: "Data".into()
            }
        );
    }
}

#[test]
fn rows_and_cells_without_their_numbers_are_counted() {
    let rows = (xml_header(1) + &xml_course(2, 1, &[(4, "x")])).replace(" r=\"", " x=\"");
    assert_eq!(
        checked("a.xlsx", &workbook(&rows)).told(),
        ["E2 integer-format"]
    );
}

#[test]
fn cells_out_of_order_are_refused_rather_than_shifted() {
    let swapped = r#"<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>"#;
    assert_eq!(refused("a.xlsx", &data(swapped)).code(), "corrupt");
    assert_eq!(
        refused(
            "a.xlsx",
            &data(&(xml_course(3, 1, &[]) + &xml_course(2, 2, &[])))
        )
        .code(),
        "corrupt"
    );
}

#[test]
fn a_workbook_that_carries_or_fetches_code_is_refused() {
    let with = |name: &str, content: &str| {
        let mut parts = parts(
            &[(
                "Data",
                "visible",
                sheet(&(xml_header(1) + &xml_course(2, 1, &[])), ""),
            )],
            "",
        );
        parts.push((name.to_owned(), content.as_bytes().to_vec()));
        refused("a.xlsx", &zipped(&parts))
    };
    assert_eq!(with("xl/vbaProject.bin", "x"), FileRefusal::Macros);
    assert_eq!(
        with("xl/externalLinks/externalLink1.xml", "<x/>"),
        FileRefusal::ExternalContent
    );
    assert_eq!(
        with(
            "docProps/app.xml",
            "<!DOCTYPE x SYSTEM 'http://x.example'><x/>"
        ),
        FileRefusal::ExternalContent
    );
    assert_eq!(with("../outside.xml", "<x/>").code(), "corrupt");
    let rows = format!(
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>{}",
        sheet(&xml_header(1), "")
    );
    assert_eq!(
        refused("a.xlsx", &zipped(&parts(&[("Data", "visible", rows)], ""))),
        FileRefusal::ExternalContent
    );
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_refused_before_it_does() {
    let bomb = |name: &str, size: usize| {
        let mut parts = parts(&[("Data", "visible", sheet("", ""))], "");
        parts.push((name.to_owned(), vec![b' '; size]));
        refused("a.xlsx", &zipped(&parts))
    };
    assert_eq!(
        bomb("xl/sharedStrings.xml", 30 << 20),
        FileRefusal::TooBigUnpacked
    );
    assert_eq!(
        bomb("xl/theme/theme1.xml", 21 << 20),
        FileRefusal::TooBigUnpacked
    );
    let many: Vec<_> = (0..2_001)
        .map(|at| (format!("xl/{at}.xml"), Vec::new()))
        .collect();
    assert_eq!(
        refused("a.xlsx", &zipped(&many)),
        FileRefusal::TooBigUnpacked
    );
}

#[test]
fn a_workbook_cut_off_or_with_a_flipped_bit_is_refused() {
    let whole = data(&xml_course(2, 1, &[]));
    assert_eq!(
        refused("a.xlsx", &whole[..whole.len() / 2]).code(),
        "corrupt"
    );
    let mut stored = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts(
        &[(
            "Data",
            "visible",
            sheet(&(xml_header(1) + &xml_course(2, 1, &[])), ""),
        )],
        "",
    ) {
        stored.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut stored, &content).unwrap();
    }
    let mut flipped = stored.finish().unwrap().into_inner();
    assert_eq!(checked("a.xlsx", &flipped).summary.ready, 1);
    let at = flipped
        .windows(9)
        .position(|bytes| bytes == b"Pelatihan")
        .unwrap();
    flipped[at] ^= 1;
    assert_eq!(refused("a.xlsx", &flipped).code(), "corrupt");
}

#[test]
fn a_header_below_titles_is_found_and_said() {
    let rows = xml_row(1, &["Laporan kursus"]) + &xml_header(4) + &xml_course(5, 1, &[(4, "x")]);
    let checked = checked("a.xlsx", &workbook(&rows));
    assert_eq!(
        (checked.told(), checked.summary.notes),
        (
            vec!["E5 integer-format".to_owned()],
            vec![Note::HeaderBelow { row: 4 }]
        )
    );
}
