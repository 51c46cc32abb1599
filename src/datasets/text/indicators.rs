//! What the rules behind the data quality indicators ask.

use super::inside;
use super::rules::title_of;
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
