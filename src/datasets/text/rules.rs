//! What each rule asks, for the page and the template of a data set.

use super::{either, grouped, indicators, inside};
use crate::datasets::declaration::{Dataset, Field, Kind};
use crate::datasets::granted::GrantedFields;
use crate::datasets::told::ToldRule;
use crate::datasets::values::write_decimal;

impl GrantedFields<'_> {
    /// What is asked of the rows, a sentence each. A rule that mentions a
    /// field which is not granted is left out.
    pub fn rules(&self) -> Vec<String> {
        let dataset = self.dataset();
        let is_granted = |rule: &&ToldRule| {
            let fields = rule.fields(dataset);
            fields.into_iter().all(|name| self.has(name))
        };
        let declared = dataset.told.iter().filter(is_granted);
        let declared = declared.filter_map(|rule| sentence(rule, dataset));
        declared.chain(self.iter().flat_map(of_field)).collect()
    }

    /// What is asked of single cells beyond their form, a sentence each; no
    /// stage says how.
    pub fn rules_of_cells(&self) -> Vec<String> {
        self.iter().flat_map(of_cell).collect()
    }
}

/// What a declared rule asks.
pub(super) fn sentence(rule: &ToldRule, dataset: &Dataset) -> Option<String> {
    let title = |key: &str| title_of(dataset, rule.text(key));
    let titles = |key: &str| -> Vec<String> {
        let names = rule.texts(key).into_iter();
        names.map(|name| title_of(dataset, name)).collect()
    };
    Some(match rule.name.as_str() {
        "one-of" => format!("Isi paling sedikit satu: {}.", either(&titles("fields"))),
        "person-known" => {
            "Pegawai terdaftar di BKN dan termasuk pegawai yang dicakup PKS.".to_owned()
        }
        "same-person" => {
            let titles: Vec<_> = dataset
                .person_fields()
                .map(|field| field.title.clone())
                .collect();
            format!("{} menunjuk pegawai yang sama.", titles.join(" dan "))
        }
        "own-institution" => format!(
            "{} adalah instansi pengirim, atau instansi lain yang disebut Lampiran.",
            title("field")
        ),
        "own-code" => own_code(rule.text("asks"), &title("code"), &inside(&title("bkn"))),
        "year-of-date" => format!(
            "{} sama dengan tahun pada {}.",
            title("year"),
            inside(&title("date"))
        ),
        "sum" => format!(
            "{} sama dengan jumlah {}.",
            title("total"),
            inner(&titles("parts")).join(" dan ")
        ),
        "period-order" => format!(
            "{} dan {} tidak mendahului {} dan {}.",
            title("endMonth"),
            inside(&title("endYear")),
            inside(&title("startMonth")),
            inside(&title("startYear"))
        ),
        "required-when" => format!(
            "{} wajib diisi bila {} berisi {}.",
            title("field"),
            inside(&title("when")),
            rule.text("is")
        ),
        "unique-row" => {
            let titles: Vec<_> = dataset
                .row_key_fields()
                .map(|field| field.title.clone())
                .collect();
            format!(
                "Data yang sama tidak boleh tertulis dua kali. Data dikenali dari {}.",
                inner(&titles).join(", ")
            )
        }
        _ => return indicators::told(rule, dataset),
    })
}

/// What is asked of a code of the sender's own.
fn own_code(asks: &str, code: &str, bkn: &str) -> String {
    match asks {
        "known" => format!("{code} sudah dikirim sebagai kode referensi, bila {bkn} kosong."),
        "mapped" => format!("{code} sudah dipetakan BKN, bila {bkn} kosong."),
        _ => format!("{code} dan {bkn} menunjuk jabatan yang sama menurut pemetaan BKN."),
    }
}

/// What a field asks beyond its form.
fn of_field(field: &Field) -> Vec<String> {
    let mut told = of_cell(field);
    if field.unique {
        told.push(format!(
            "{} tidak boleh berulang dalam satu berkas.",
            field.title
        ));
    }
    told
}

/// What a field asks of each cell beyond its form.
fn of_cell(field: &Field) -> Vec<String> {
    let mut told = Vec::new();
    if field.not_after_today {
        told.push(format!("{} tidak boleh setelah hari ini.", field.title));
    }
    if let Some(limit) = warned_above(field) {
        let unit = field.unit.as_ref().map(|unit| format!(" {unit}"));
        told.push(format!(
            "{} di atas {limit}{} diterima dengan alasan.",
            field.title,
            unit.unwrap_or_default()
        ));
    }
    told
}

fn warned_above(field: &Field) -> Option<String> {
    match &field.kind {
        Kind::Integer(limits) => limits.warn_above.map(|limit| grouped(limit.unsigned_abs())),
        Kind::Decimal(limits) => limits.warn_above.map(|limit| {
            let mut text = String::new();
            write_decimal(limit, limits.places, &mut text);
            match text.parse() {
                Ok(whole) => grouped(whole),
                Err(_fraction) => text.replace('.', ","),
            }
        }),
        _ => None,
    }
}

/// The title of a field; its name where it is not declared.
pub(super) fn title_of(dataset: &Dataset, name: &str) -> String {
    let field = dataset.field(name);
    field.map_or_else(|| name.to_owned(), |(_, field)| field.title.clone())
}

fn inner(titles: &[String]) -> Vec<String> {
    titles.iter().map(|title| inside(title)).collect()
}
