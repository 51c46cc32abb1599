//! `padan check`: the engine without a portal around it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const HEADER: &str = "id_pns,nip,instansi_id,nama_kursus,jumlah_jam,tanggal_kursus,tahun_kursus,institusi_penyelenggara,nomor_sertifikat";
const KNOWN: &str = "8C0F4411EF4A99F3248A122022C9E262";
const FORMER: &str = "8C0F4411EF4A99F3248A122022C9E200";
const ID: &str = "0000000000000000000000000000A001";
const NIP: &str = "199001012015031901";

/// Files in a folder of their own.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let list = format!(
            r#"{{"list":"instansi","title":"Instansi","source":"Contoh","version":"2026-08","codes":[
                {{"code":"{KNOWN}","name":"Lembaga Contoh Alfa"}},
                {{"code":"{FORMER}","name":"Badan Contoh","replacedBy":"{KNOWN}"}}]}}"#
        );
        std::fs::create_dir(desk.path("lists")).unwrap();
        desk.put("lists/instansi.json", &list);
        desk.put("register.csv", &format!("id_pns,nip\n{ID},{NIP}\n"));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn put_courses(&self, rows: &[String]) {
        self.put("kursus.csv", &format!("{HEADER}\n{}\n", rows.join("\n")));
    }

    fn check(&self, options: &[&str]) -> Output {
        check(
            self.0.path(),
            &[&["riwayat-kursus", "kursus.csv"], options].concat(),
        )
    }
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_padan"))
        .arg("check")
        .args(arguments)
        .args(["--on", "2026-11-20"])
        .current_dir(folder)
        .env_clear()
        .output()
        .unwrap()
}

fn course(institution: &str, hours: &str, certificate: &str) -> String {
    format!(
        "{ID},{NIP},{institution},Pelatihan Dasar,{hours},02-03-2025,2025,Lembaga Contoh,{certificate}"
    )
}

fn said(output: &Output) -> String {
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout.clone()).unwrap()
}

const AGAINST: [&str; 4] = ["--references", "lists", "--register", "register.csv"];

#[test]
fn a_file_without_faults_ends_with_0() {
    let desk = Desk::new();
    desk.put_courses(&[course(KNOWN, "40", "S-1")]);
    let output = desk.check(&AGAINST);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.starts_with("ready: 1 rows, 1 ready, 0 with warnings, 0 blocked\n"));
    assert!(said.contains("rows per second"));
}

#[test]
fn findings_end_with_1_and_are_told_by_rule_with_their_cells() {
    let desk = Desk::new();
    desk.put_courses(&[
        course(KNOWN, "empat", "S-1"),
        course(ID, "40", "S-2"),
        course(KNOWN, "lima", "S-3"),
    ]);
    let output = desk.check(&AGAINST);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("error integer-format jumlah_jam: 2\n  E2, E4\n  Jumlah jam"));
    assert!(said.contains("error reference-unknown instansi_id: 1\n  C3\n"));
}

#[test]
fn lists_are_read_as_the_portal_reads_them() {
    let desk = Desk::new();
    std::fs::remove_file(desk.path("lists/instansi.json")).unwrap();
    let dashed = "8c0f4411-ef4a-99f3-248a-122022c9e262";
    let bkn = format!("\u{feff}[{{\"id\":\"{dashed}\",\"nama\":\"Lembaga Contoh Alfa\"}}]");
    desk.put("lists/instansi.json", &bkn);
    desk.put_courses(&[course(KNOWN, "40", "S-1")]);
    let output = desk.check(&AGAINST);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn a_replaced_code_and_a_name_in_place_of_a_code_get_the_code_that_counts() {
    let desk = Desk::new();
    desk.put_courses(&[
        course(FORMER, "40", "S-1"),
        course("lembaga  contoh ALFA", "40", "S-2"),
    ]);
    let output = desk.check(&AGAINST);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("reference-replaced instansi_id: 1"), "{told}");
    assert!(told.contains("1 Agustus 2026"), "{told}");
    let named = format!("dengan kodenya, {KNOWN}.");
    assert!(told.contains(&named), "{told}");
}

#[test]
fn json_is_one_object_a_line_and_the_summary_comes_last() {
    let desk = Desk::new();
    desk.put_courses(&[course(KNOWN, "40", "S-1"), course(KNOWN, "1200", "S-2")]);
    let output = desk.check(&["--json"]);
    let said = said(&output);
    let lines: Vec<serde_json::Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!((output.status.code(), lines.len()), (Some(1), 2));
    assert_eq!(lines[0]["type"], "finding");
    assert_eq!(lines[0]["cell"], "E3");
    assert_eq!(lines[0]["rule"], "number-unusual");
    assert_eq!(lines[0]["severity"], "warning");
    assert_eq!(lines[0]["value"], "1200");
    assert_eq!(lines[1]["type"], "summary");
    assert_eq!(lines[1]["verdict"], "warned");
    assert_eq!(lines[1]["rows"], 2);
    assert_eq!(lines[1]["ready"], 1);
}

#[test]
fn every_finding_is_written_to_the_file_that_was_asked_for() {
    let desk = Desk::new();
    let rows: Vec<_> = (0..50)
        .map(|at| course(KNOWN, "x", &format!("S-{at}")))
        .collect();
    desk.put_courses(&rows);
    assert_eq!(
        desk.check(&["--findings", "temuan.csv"]).status.code(),
        Some(1)
    );
    let found = std::fs::read_to_string(desk.path("temuan.csv")).unwrap();
    assert_eq!(found.lines().count(), 51);
    assert!(
        found
            .lines()
            .nth(50)
            .unwrap()
            .starts_with("51;E51;jumlah_jam;")
    );
}

#[test]
fn people_outside_the_register_are_found_and_without_one_nobody_is_looked_up() {
    let desk = Desk::new();
    desk.put("empty.csv", "id_pns,nip\n");
    desk.put_courses(&[course(KNOWN, "40", "S-1")]);
    let unknown = desk.check(&["--register", "empty.csv"]);
    assert!(said(&unknown).contains("error person-unknown id_pns: 1\n"));
    let unasked = desk.check(&[]);
    assert_eq!(unasked.status.code(), Some(0), "{}", said(&unasked));
}

#[test]
fn a_file_that_cannot_be_checked_ends_with_2_and_its_reason() {
    let desk = Desk::new();
    desk.put("kursus.csv", "apa,saja\n1,2\n");
    let output = desk.check(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).starts_with("unreadable (no-header): Baris pertama"));
    let json = desk.check(&["--json"]);
    let line: serde_json::Value = serde_json::from_str(&said(&json)).unwrap();
    assert_eq!(
        (&line["type"], &line["reason"]),
        (&"unreadable".into(), &"no-header".into())
    );
}

#[test]
fn what_is_asked_wrongly_ends_with_2_and_one_sentence() {
    let desk = Desk::new();
    desk.put_courses(&[course(KNOWN, "40", "S-1")]);
    desk.put("lists/rusak.json", "{");
    for (arguments, reason) in [
        (
            vec!["apa-saja", "kursus.csv"],
            "there is no data set apa-saja",
        ),
        (
            vec!["riwayat-kursus", "tidak-ada.csv"],
            "reading the stored file",
        ),
        (
            vec!["riwayat-kursus", "kursus.csv", "--references", "lists"],
            "rusak.json",
        ),
        (
            vec!["riwayat-kursus", "kursus.csv", "--register", "kursus.txt"],
            "--register kursus.txt",
        ),
        (
            vec!["riwayat-kursus", "kursus.csv", "--institution", "1"],
            "--institution",
        ),
    ] {
        let output = check(desk.0.path(), &arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(
            told.starts_with("padan: ") && told.contains(reason),
            "{told}"
        );
    }
}

#[test]
fn indicators_are_told_from_what_the_lists_say_of_their_codes() {
    const POSITION: &str = "A5EB03E24055F6A0E040640A040252AD";
    const BACHELOR: &str = "FF80808147E76FFD0147F25421A11F19";
    let desk = Desk::new();
    let lists = [
        ("jabatan-fungsional", POSITION, "usiaBup", "60"),
        ("pendidikan", BACHELOR, "tingkatPendidikanId", "40"),
    ];
    for (list, code, key, value) in lists {
        let entry =
            format!(r#"{{"code":"{code}","name":"Nama","attributes":{{"{key}":"{value}"}}}}"#);
        let list_file = format!(
            r#"{{"list":"{list}","title":"Daftar","source":"Uji","version":"2026-01","codes":[{entry}]}}"#
        );
        desk.put(&format!("lists/{list}.json"), &list_file);
    }
    let dataset = padan::datasets::find("data-utama").unwrap();
    let names: Vec<&str> = dataset.fields.iter().map(|it| it.name.as_str()).collect();
    let row = |nip: &str, birth: &str, title: &str| {
        let value = |name: &&str| match *name {
            "id_pns" => ID.to_owned(),
            "nip" => nip.to_owned(),
            "nama" => "Pegawai Rekaan".to_owned(),
            "tanggal_lahir" => birth.to_owned(),
            "jenis_kelamin" => "M".to_owned(),
            "gelar_belakang" => title.to_owned(),
            "pendidikan_terakhir_id" => BACHELOR.to_owned(),
            "instansi_kerja_id" => KNOWN.to_owned(),
            "jenis_jabatan_id" => "2".to_owned(),
            "jabatan_fungsional_id" => POSITION.to_owned(),
            _ => String::new(),
        };
        names.iter().map(value).collect::<Vec<_>>().join(",")
    };
    let told = |rows: &[String]| {
        desk.put(
            "utama.csv",
            &format!("{}\n{}\n", names.join(","), rows.join("\n")),
        );
        let arguments = ["data-utama", "utama.csv", "--references", "lists"];
        said(&check(desk.0.path(), &arguments))
    };
    let past = told(&[row("196610311990031001", "1966-10-31", "")]);
    assert!(past.contains("warning TIM_5 tanggal_lahir: 1\n"), "{past}");
    assert!(past.contains("warning COM_5 gelar_belakang: 1\n"), "{past}");
    let sound = told(&[row("196611011990031001", "1966-11-01", "S.E.")]);
    assert!(
        !sound.contains("TIM_5") && !sound.contains("COM_5"),
        "{sound}"
    );
}
