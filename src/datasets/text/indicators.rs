//! What the rules behind the data quality indicators ask.

use super::rules::title_of;
use super::{either, inside};
use crate::datasets::code::Code;
use crate::datasets::declaration::Dataset;
use crate::datasets::told::ToldRule;

/// What a rule asks, with the indicator that it stands for.
pub(super) fn told(rule: &ToldRule, dataset: &Dataset) -> Option<String> {
    let asked = asked(rule, dataset)?;
    Some(match Code::parse(rule.text("indicator")) {
        Some(indicator) => format!("{}: {asked}", indicator.title()),
        None => asked,
    })
}

fn asked(rule: &ToldRule, dataset: &Dataset) -> Option<String> {
    let title = |key: &str| title_of(dataset, rule.text(key));
    let within = |key: &str| inside(&title(key));
    Some(match rule.name.as_str() {
        "filled" => format!("{} terisi{}.", title("field"), among(rule)),
        "filled-from-level" => format!(
            "{} terisi bila {} bertingkat {} ke atas.",
            either(&titles(rule, dataset)),
            within("of"),
            level(rule)
        ),
        "past-age" => format!(
            "Batas usia pensiun menurut {} belum lewat bila {} berisi {}.",
            within("position"),
            within("when"),
            rule.text("is")
        ),
        "codes-among" => format!(
            "{}{} salah satu dari {}.",
            title("field"),
            among(rule),
            rule.texts("codes").join(", ")
        ),
        "date-order" => format!("{} tidak sesudah {}.", title("first"), within("then")),
        "time-since" if rule.params.contains_key("atMost") => format!(
            "{} terisi paling lambat {} bulan sesudah {}.",
            title("when"),
            number(rule, "atMost"),
            within("date")
        ),
        "time-since" => format!(
            "{} {} paling cepat {} bulan sesudah {}.",
            title("when"),
            rule.text("is"),
            number(rule, "atLeast"),
            within("date")
        ),
        "unique-when" => format!(
            "{} tidak berulang pada baris yang {} berisi {}.",
            title("field"),
            within("when"),
            rule.text("is")
        ),
        "without-words" => format!(
            "{} tidak memuat {} bila {} berisi {}.",
            title("field"),
            rule.texts("words").join(", "),
            within("when"),
            rule.text("is")
        ),
        "nip-part" => match rule.text("part") {
            "first-contract" => format!(
                "Tahun pengangkatan pada NI PPPK tidak sebelum {}.",
                number(rule, "earliest")
            ),
            _ => format!("{} sama dengan yang termuat dalam NIP.", title("field")),
        },
        _ => return None,
    })
}

/// The titles of the fields of which one is enough.
fn titles(rule: &ToldRule, dataset: &Dataset) -> Vec<String> {
    let names = rule.texts("fields").into_iter();
    names.map(|name| title_of(dataset, name)).collect()
}

/// The least level of education, by BKN's numbers for them.
fn level(rule: &ToldRule) -> String {
    match number(rule, "from").as_str() {
        "20" => "diploma".to_owned(),
        "40" => "sarjana".to_owned(),
        other => other.to_owned(),
    }
}

fn among(rule: &ToldRule) -> &'static str {
    match rule.text("among") {
        "pns" => " bagi PNS",
        "pppk" => " bagi PPPK",
        _ => "",
    }
}

fn number(rule: &ToldRule, key: &str) -> String {
    rule.params
        .get(key)
        .map(ToString::to_string)
        .unwrap_or_default()
}
