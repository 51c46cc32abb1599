//! The whole check, over files of courses.

use crate::datasets::testing::*;
use crate::datasets::*;

fn told(changes: &[(usize, &str)]) -> Vec<String> {
    checked("a.csv", csv_of(&[course_with(1, changes)]).as_bytes()).told()
}

#[test]
fn every_fault_of_a_file_is_found_in_one_go() {
    let rows = [
        course(1),
        course_with(2, &[(4, "empat puluh"), (5, "31-02-2025"), (3, "")]),
        course_with(3, &[(4, "1200")]),
    ];
    let checked = checked("a.csv", csv_of(&rows).as_bytes());
    assert_eq!(
        checked.told(),
        [
            "D3 required",
            "E3 integer-format",
            "F3 date-impossible",
            "E4 number-unusual"
        ]
    );
    let summary = &checked.summary;
    assert_eq!(
        (summary.rows, summary.ready, summary.warned, summary.blocked),
        (3, 1, 1, 1)
    );
    let counted: Vec<_> = summary
        .tallies
        .iter()
        .map(|tally| (tally.code, tally.severity, tally.findings, tally.rows))
        .collect();
    assert!(counted.contains(&(Code::NumberUnusual, Severity::Warning, 1, 1)));
    assert_eq!(
        counted
            .iter()
            .filter(|tally| tally.1 == Severity::Error)
            .count(),
        3
    );
}

#[test]
fn a_faulty_cell_has_no_value_and_the_others_keep_theirs() {
    let checked = checked(
        "a.csv",
        csv_of(&[course_with(1, &[(4, "x"), (5, "2-3-2025")])]).as_bytes(),
    );
    assert_eq!(
        (
            checked.value(0, "jumlah_jam"),
            checked.value(0, "tanggal_kursus")
        ),
        (None, Some("2025-03-02"))
    );
}

#[test]
fn what_was_normalised_is_counted_and_is_no_finding() {
    let checked = checked(
        "a.csv",
        csv_of(&[
            course_with(1, &[(5, "2/3/2025")]),
            course_with(2, &[(1, "'199001012015031902")]),
        ])
        .as_bytes(),
    );
    assert_eq!((checked.told(), checked.summary.ready), (vec![], 2));
    let hints: Vec<_> = checked
        .summary
        .tallies
        .iter()
        .map(|tally| {
            (
                tally.severity,
                tally.code,
                tally.field.as_deref(),
                tally.findings,
            )
        })
        .collect();
    assert_eq!(
        hints,
        [
            (Severity::Hint, Code::Cleaned, Some("nip"), 1),
            (Severity::Hint, Code::Rewritten, Some("tanggal_kursus"), 1)
        ]
    );
}

#[test]
fn id_or_nip_is_enough_and_both_must_be_one_person() {
    assert_eq!(told(&[(0, "")]), [""; 0]);
    assert_eq!(told(&[(1, "null")]), [""; 0]);
    assert_eq!(told(&[(0, ""), (1, "")]), ["A2 one-of-required"]);
    assert_eq!(told(&[(1, &person(2).1)]), ["B2 person-mismatch"]);
}

#[test]
fn nobody_can_tell_an_unknown_person_or_institution_from_anothers() {
    assert_eq!(told(&[(1, &person(77).1)]), ["B2 person-unknown"]);
    assert_eq!(told(&[(0, &person(77).0), (1, "")]), ["A2 person-unknown"]);
    assert_eq!(told(&[(2, OTHER)]), ["C2 institution-not-yours"]);
    assert_eq!(
        told(&[(2, "00000000000000000000000000000000")]),
        ["C2 institution-not-yours"]
    );
}

#[test]
fn a_sender_for_many_institutions_is_held_to_the_reference_list() {
    let run = |institution: &str| {
        let mut trial = Trial {
            institution: None,
            ..Trial::default()
        };
        trial
            .run(
                "a.csv",
                csv_of(&[course_with(1, &[(2, institution)])]).as_bytes(),
            )
            .unwrap();
        trial.kept.rows[0]
            .findings
            .iter()
            .map(|finding| finding.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(run(OTHER), []);
    assert_eq!(
        run("00000000000000000000000000000000"),
        [Code::ReferenceUnknown]
    );
}

#[test]
fn the_year_is_that_of_the_date() {
    assert_eq!(told(&[(6, "2024")]), ["G2 year-differs"]);
}

#[test]
fn a_copy_is_found_also_when_it_is_written_differently() {
    let copy = course_with(1, &[(0, ""), (3, "PELATIHAN DASAR 1"), (5, "2 Maret 2025")]);
    let checked = checked("a.csv", csv_of(&[course(1), course(2), copy]).as_bytes());
    assert_eq!(checked.told(), ["row 4 duplicate-row"]);
    assert_eq!(checked.rows[2].findings[0].params, ["2"]);
}

#[test]
fn the_register_is_asked_once_per_batch_and_progress_is_told() {
    let rows: Vec<_> = (0..2_500)
        .map(|at| course_with(at % 20 + 1, &[(8, &format!("S/{at}"))]))
        .collect();
    let mut trial = Trial::default();
    trial.run("a.csv", csv_of(&rows).as_bytes()).unwrap();
    assert_eq!(
        (trial.register.questions, &trial.kept.batches[..]),
        (3, &[1_000, 1_000, 500][..])
    );
    assert_eq!(
        trial.kept.progress,
        [(0, 2_500), (1_000, 2_500), (2_000, 2_500), (2_500, 2_500)]
    );
    let numbers: Vec<u32> = trial.kept.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (2..=2_501).collect::<Vec<_>>());
}

#[test]
fn a_cancelled_check_stops_at_the_next_batch() {
    let rows: Vec<_> = (0..2_500)
        .map(|at| course_with(1, &[(8, &format!("S/{at}"))]))
        .collect();
    let mut trial = Trial {
        kept: Kept {
            cancel_after: Some(1),
            ..Kept::default()
        },
        ..Trial::default()
    };
    assert!(matches!(
        trial.run("a.csv", csv_of(&rows).as_bytes()),
        Err(CheckError::Cancelled)
    ));
    assert_eq!(trial.kept.batches, [1_000]);
}

#[test]
fn without_a_register_nobody_is_looked_up_and_that_is_said() {
    let mut trial = Trial {
        register: Register {
            is_missing: true,
            ..Register::default()
        },
        ..Trial::default()
    };
    let summary = trial
        .run("a.csv", csv_of(&[course(77)]).as_bytes())
        .unwrap();
    assert_eq!(
        (trial.register.questions, summary.ready, summary.notes),
        (0, 1, vec![Note::RegisterNotLoaded])
    );
}

#[test]
fn a_field_that_is_not_granted_is_neither_wanted_nor_kept() {
    let granted: Vec<String> = HEADER
        .split(',')
        .filter(|name| *name != "nomor_sertifikat")
        .map(str::to_owned)
        .collect();
    let mut trial = Trial {
        granted: Some(granted),
        ..Trial::default()
    };
    let summary = trial.run("a.csv", csv_of(&[course(1)]).as_bytes()).unwrap();
    assert_eq!(
        summary.unknown_columns,
        [(8, "nomor_sertifikat".to_owned())]
    );
    assert_eq!((summary.ready, trial.kept.rows[0].values.get(8)), (1, None));
}

#[test]
fn a_value_is_shown_without_the_characters_that_make_it_dangerous() {
    let checked = checked(
        "a.csv",
        csv_of(&[course_with(1, &[(3, "ab\u{202e}cd\u{1b}")])]).as_bytes(),
    );
    assert_eq!(checked.rows[0].findings[0].value, "ab\u{fffd}cd\u{fffd}");
}

#[test]
fn credits_and_posts_are_checked_by_their_own_declarations() {
    let (id, nip) = person(1);
    let run = |dataset: &'static str, text: &str| {
        let mut trial = Trial {
            dataset,
            ..Trial::default()
        };
        trial.run("a.csv", text.as_bytes()).unwrap();
        trial
            .kept
            .rows
            .iter()
            .flat_map(|row| &row.findings)
            .map(|finding| format!("{} {}", finding.cell().unwrap(), finding.code))
            .collect::<Vec<_>>()
    };
    let credits = format!(
        "pnsId;NIP;nomorSk;tanggalSk;bulanMulaiPenailan;tahunMulaiPenailan;bulanSelesaiPenailan;tahunSelesaiPenailan;kreditUtamaBaru;kreditPenunjangBaru;kreditBaruTotal;Nama jabatan\n\
         {id};{nip};SK-1;17-03-2025;01;2024;12;2024;20,500;4,5;25;Widyaiswara Ahli Muda\n\
         {id};{nip};SK-2;17-03-2025;7;2024;6;2024;20,5;4,5;26;Widyaiswara Ahli Muda\n"
    );
    assert_eq!(
        run("riwayat-angka-kredit", &credits),
        ["H3 period-reversed", "K3 sum-differs"]
    );
    let posts = format!(
        "id_pns,nip,jabatan_fungsional_umum_id,jabatan_fungsional_id,unit_kerja_id,instansi_id,jenis_jabatan_id,tmt_jabatan,nomor_sk,tanggal_sk\n\
         {id},{nip},,,{id},{OWN},2,2027-01-01,SK-1,2026-10-01\n\
         {id},{nip},,{id},{id},{OWN},5,2026-01-01,SK-1,2026-10-01\n"
    );
    assert_eq!(
        run("riwayat-jabatan", &posts),
        ["D2 required-when", "G3 not-allowed"]
    );
}

#[test]
fn a_rule_blocks_warns_or_is_left_out_by_its_stage() {
    let file = csv_of(&[course_with(1, &[(6, "2019")])]);
    let verdict = |stages: &[(&str, Stage)]| {
        let mut trial = Trial {
            stages: stages
                .iter()
                .map(|(rule, stage)| ((*rule).to_owned(), *stage))
                .collect(),
            ..Trial::default()
        };
        trial.run("a.csv", file.as_bytes()).unwrap();
        trial.kept.rows[0].verdict
    };
    assert_eq!(verdict(&[]), Verdict::Blocked);
    assert_eq!(
        verdict(&[("year-of-date", Stage::Warning)]),
        Verdict::Warned
    );
    assert_eq!(
        verdict(&[("year-of-date", Stage::Rehearsal)]),
        Verdict::Ready
    );
}

#[test]
fn indicators_warn_by_their_code_and_only_about_columns_that_are_there() {
    let run = |file: &str| {
        let mut trial = Trial {
            dataset: "data-utama",
            granted: Some(
                file.lines()
                    .next()
                    .unwrap()
                    .split(',')
                    .map(Into::into)
                    .collect(),
            ),
            ..Trial::default()
        };
        trial.register.is_missing = true;
        trial.run("a.csv", file.as_bytes()).unwrap();
        let findings = trial.kept.rows.iter().flat_map(|row| &row.findings);
        let told = findings.map(|found| (found.code.to_string(), found.severity));
        told.collect::<Vec<_>>()
    };
    let (id, _) = person(1);
    let nip = "199001012015031901";
    let short = format!(
        "id_pns,nip,nama,tanggal_lahir,jenis_kelamin,instansi_kerja_id\n\
         {id},{nip},Pegawai Rekaan,1990-01-02,F,{OWN}\n"
    );
    let warned = |code: &str| (code.to_owned(), Severity::Warning);
    assert_eq!(run(&short), [warned("CON_2"), warned("CON_3")]);
    let long = format!(
        "id_pns,nip,nama,tanggal_lahir,jenis_kelamin,instansi_kerja_id,email,tmt_cpns,tmt_pns\n\
         {id},{nip},Pegawai Rekaan,1990-01-01,M,{OWN},,2015-04-01,\n"
    );
    let mut found = run(&long);
    found.sort();
    let expected = ["COM_4", "COM_6", "CON_1", "TIM_3"].map(warned);
    assert_eq!(found, expected);
}
