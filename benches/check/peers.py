"""The checks of riwayat-kursus that the bench's file can break, in Polars and
in DuckDB: `peers.py polars|duckdb COURSES REGISTER REFERENCES TODAY FINDINGS`.

Prints the findings of each rule and writes all of them to FINDINGS. Less than
`padan check` does: no sentences, no suggestions, no other spellings of dates.
"""

import json
import sys
from pathlib import Path

_, tool, courses, register, references, today, findings = sys.argv
CODES = json.loads(Path(references, "instansi.json").read_text())["codes"]
CODES = [entry["code"] for entry in CODES]

# rule, column, condition; `{t}` is the cell. Later rules look at sound cells only.
SQL = """
with typed as (
  select *, row_number() over () + 1 as row,
    try_cast(jumlah_jam as bigint) as hours,
    try_strptime(tanggal_kursus, '%d-%m-%Y')::date as day,
    try_cast(tahun_kursus as int) as year,
    regexp_full_match(id_pns, '[0-9A-Fa-f]{{32}}') as id_sound,
    regexp_full_match(nip, '[0-9]{{18}}') as nip_sound,
    regexp_full_match(instansi_id, '[0-9A-Fa-f]{{32}}') as institution_sound
  from courses),
known as (
  select typed.*, a.nip is not null as id_known, b.id_pns is not null as nip_known,
    b.id_pns as id_of_nip
  from typed left join register a on typed.id_pns = a.id_pns
  left join register b on typed.nip = b.nip),
keyed as (
  select *, id_sound and id_known and length(nama_kursus) between 3 and 300
      and day is not null and day between '1950-01-01' and '{today}'
      and length(nomor_sertifikat) between 1 and 200 as key_sound from known),
numbered as (
  select *, key_sound and row_number() over (
      partition by id_pns, lower(nama_kursus), day, lower(nomor_sertifikat), key_sound
      order by row) > 1 as is_twice from keyed)
select row, rule, value from (
  select row, unnest([
    case when id_pns is null then null when not regexp_full_match(id_pns, '[0-9A-Fa-f]*')
      then {{'rule': 'id-characters', 'value': id_pns}} when length(id_pns) != 32
      then {{'rule': 'id-length', 'value': id_pns}} when not id_known
      then {{'rule': 'person-unknown', 'value': id_pns}} end,
    case when not nip_sound then {{'rule': 'nip-characters', 'value': nip}}
      when id_sound and id_known and not nip_known then {{'rule': 'person-unknown', 'value': nip}}
      when id_sound and id_known and id_of_nip != id_pns
      then {{'rule': 'person-mismatch', 'value': nip}} end,
    case when not institution_sound then {{'rule': 'id-characters', 'value': instansi_id}}
      when instansi_id not in (select code from codes)
      then {{'rule': 'reference-unknown', 'value': instansi_id}} end,
    case when nama_kursus is null or length(nama_kursus) < 3 then {{'rule': 'text-too-short', 'value': nama_kursus}}
      when length(nama_kursus) > 300 then {{'rule': 'text-too-long', 'value': nama_kursus}} end,
    case when hours is null then {{'rule': 'integer-format', 'value': jumlah_jam}}
      when hours not between 1 and 9999 then {{'rule': 'number-range', 'value': jumlah_jam}}
      when hours > 900 then {{'rule': 'number-unusual', 'value': jumlah_jam}} end,
    case when day is null then {{'rule': 'date-impossible', 'value': tanggal_kursus}}
      when day < '1950-01-01' then {{'rule': 'date-too-early', 'value': tanggal_kursus}}
      when day > '{today}' then {{'rule': 'date-in-future', 'value': tanggal_kursus}} end,
    case when year is null then {{'rule': 'integer-format', 'value': tahun_kursus}}
      when year(day) != year then {{'rule': 'year-differs', 'value': tahun_kursus}} end,
    case when institusi_penyelenggara is null or length(institusi_penyelenggara) not between 2 and 300
      then {{'rule': 'text-length', 'value': institusi_penyelenggara}} end,
    case when nomor_sertifikat is null or length(nomor_sertifikat) > 200
      then {{'rule': 'text-length', 'value': nomor_sertifikat}} end,
    case when is_twice then {{'rule': 'duplicate-row', 'value': ''}} end
  ], recursive := true) from numbered) where rule is not null
"""


def with_duckdb():
    import duckdb

    db = duckdb.connect()
    db.execute("set threads to 2")
    read = "create table {} as select * from read_csv(?, all_varchar = true)"
    db.execute(read.format("courses"), [courses])
    db.execute(read.format("register"), [register])
    db.execute("create table codes as select unnest(?) as code", [CODES])
    db.execute("create table found as " + SQL.format(today=today))
    db.execute("copy found to '" + findings.replace("'", "''") + "'")
    counts = db.execute("select rule, count(*) from found group by rule").fetchall()
    return f"duckdb {duckdb.__version__}", dict(counts)


def with_polars():
    import polars as pl

    col, day = pl.col, pl.date(*map(int, today.split("-")))
    text = pl.scan_csv(courses, infer_schema=False).with_row_index("row", offset=2)
    people = pl.scan_csv(register, infer_schema=False)
    hex_32 = r"^[0-9A-Fa-f]{32}$"
    rows = (
        text.join(people.select("id_pns", nip_of_id="nip"), on="id_pns", how="left", maintain_order="left")
        .join(people.select("nip", id_of_nip="id_pns"), on="nip", how="left", maintain_order="left")
        .with_columns(
            hours=col("jumlah_jam").cast(pl.Int64, strict=False),
            day=col("tanggal_kursus").str.to_date("%d-%m-%Y", strict=False),
            year=col("tahun_kursus").cast(pl.Int32, strict=False),
            id_sound=col("id_pns").str.contains(hex_32) & col("nip_of_id").is_not_null(),
        )
        .with_columns(
            key_sound=col("id_sound")
            & col("nama_kursus").str.len_chars().is_between(3, 300)
            & col("day").is_between(pl.date(1950, 1, 1), day)
            & col("nomor_sertifikat").str.len_chars().is_between(1, 200)
        )
        .with_columns(
            key=pl.when("key_sound").then(
                pl.struct("id_pns", col("nama_kursus").str.to_lowercase(), "day", col("nomor_sertifikat").str.to_lowercase())
            )
        )
    )
    length, when = lambda name: col(name).str.len_chars(), pl.when
    rules = {
        "id_pns": when(~col("id_pns").str.contains("^[0-9A-Fa-f]*$")).then(pl.lit("id-characters"))
        .when(length("id_pns") != 32).then(pl.lit("id-length"))
        .when(col("nip_of_id").is_null()).then(pl.lit("person-unknown")),
        "nip": when(~col("nip").str.contains("^[0-9]{18}$")).then(pl.lit("nip-characters"))
        .when(col("id_sound") & col("id_of_nip").is_null()).then(pl.lit("person-unknown"))
        .when(col("id_sound") & (col("id_of_nip") != col("id_pns"))).then(pl.lit("person-mismatch")),
        "instansi_id": when(~col("instansi_id").str.contains(hex_32)).then(pl.lit("id-characters"))
        .when(~col("instansi_id").is_in(CODES)).then(pl.lit("reference-unknown")),
        "nama_kursus": when(length("nama_kursus") < 3).then(pl.lit("text-too-short"))
        .when(length("nama_kursus") > 300).then(pl.lit("text-too-long")),
        "jumlah_jam": when(col("hours").is_null()).then(pl.lit("integer-format"))
        .when(~col("hours").is_between(1, 9999)).then(pl.lit("number-range"))
        .when(col("hours") > 900).then(pl.lit("number-unusual")),
        "tanggal_kursus": when(col("day").is_null()).then(pl.lit("date-impossible"))
        .when(col("day") < pl.date(1950, 1, 1)).then(pl.lit("date-too-early"))
        .when(col("day") > day).then(pl.lit("date-in-future")),
        "tahun_kursus": when(col("year").is_null()).then(pl.lit("integer-format"))
        .when(col("day").dt.year() != col("year")).then(pl.lit("year-differs")),
        "institusi_penyelenggara": when(~length("institusi_penyelenggara").is_between(2, 300)).then(pl.lit("text-length")),
        "nomor_sertifikat": when(~length("nomor_sertifikat").is_between(1, 200)).then(pl.lit("text-length")),
        "whole": when(col("key_sound") & ~col("key").is_first_distinct()).then(pl.lit("duplicate-row")),
    }
    marked = rows.select("row", *text.collect_schema().names()[1:], **{f"rule_{name}": rule for name, rule in rules.items()})
    broken = marked.filter(pl.any_horizontal(col("^rule_.*$").is_not_null())).collect(engine="streaming")
    parts = [
        broken.filter(col(f"rule_{name}").is_not_null()).select(
            "row", rule=f"rule_{name}", value=pl.lit("") if name == "whole" else col(name))
        for name in rules
    ]
    found = pl.concat(parts).sort("row")
    found.write_csv(findings)
    return f"polars {pl.__version__}", dict(found.group_by("rule").len().iter_rows())


version, counts = {"polars": with_polars, "duckdb": with_duckdb}[tool]()
print(version)
for rule in sorted(counts):
    print(f"  {rule}: {counts[rule]}")
