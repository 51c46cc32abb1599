//! The JSON of a declaration, and how it becomes a [`Dataset`].

mod kind;

use serde::Deserialize;
use serde_json::Value;

use super::{Dataset, Direction, Field, PersonFields, RuleUse};
use crate::datasets::code::Code;
use crate::datasets::rules;
use crate::datasets::stage::Stage;
use crate::datasets::told::ToldRule;

/// What is wrong, and in which field.
pub(super) struct Fault {
    pub field: Option<String>,
    pub reason: String,
}

impl Fault {
    fn new(reason: impl ToString) -> Self {
        Self {
            field: None,
            reason: reason.to_string(),
        }
    }

    fn of(field: &str, reason: impl ToString) -> Self {
        Self {
            field: Some(field.to_owned()),
            reason: reason.to_string(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Schema {
    #[serde(rename = "$schema")]
    _profile: Option<String>,
    padan: Extension,
    fields: Vec<Column>,
    #[serde(default)]
    primary_key: Vec<String>,
    #[serde(default)]
    foreign_keys: Vec<ForeignKey>,
    #[serde(default)]
    missing_values: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Extension {
    name: String,
    title: String,
    description: String,
    source: String,
    version: u32,
    direction: String,
    #[serde(default)]
    person: PersonNames,
    #[serde(default)]
    row_key: Vec<String>,
    #[serde(default)]
    rules: Vec<serde_json::Map<String, Value>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct PersonNames {
    id: Option<String>,
    nip: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    name: String,
    title: String,
    description: String,
    r#type: String,
    format: Option<String>,
    #[serde(default)]
    constraints: Constraints,
    #[serde(default, rename = "x-siasn")]
    siasn: Vec<String>,
    #[serde(default)]
    padan: ColumnExtension,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Constraints {
    #[serde(default)]
    required: bool,
    #[serde(default)]
    unique: bool,
    pattern: Option<String>,
    #[serde(default, rename = "enum")]
    one_of: Vec<String>,
    minimum: Option<Value>,
    maximum: Option<Value>,
    min_length: Option<usize>,
    max_length: Option<usize>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ColumnExtension {
    kind: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    unit: Option<String>,
    example: Option<String>,
    warn_above: Option<i64>,
    decimals: Option<u32>,
    #[serde(default)]
    not_after_today: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ForeignKey {
    fields: Vec<String>,
    reference: Reference,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reference {
    resource: String,
    #[serde(rename = "fields")]
    _fields: Vec<String>,
}

pub(super) fn parse(json: &[u8]) -> Result<Dataset, Fault> {
    let content: Value = serde_json::from_slice(json).map_err(Fault::new)?;
    let schema: Schema = serde_json::from_slice(json).map_err(Fault::new)?;
    let mut fields = schema
        .fields
        .into_iter()
        .map(field)
        .collect::<Result<Vec<_>, _>>()?;
    refuse_doubled_headers(&fields)?;
    for key in &schema.foreign_keys {
        refer(&mut fields, key)?;
    }
    let padan = schema.padan;
    let row_key = if padan.row_key.is_empty() {
        schema.primary_key
    } else {
        padan.row_key
    };
    let row_key = row_key
        .iter()
        .map(|name| position(&fields, name))
        .collect::<Result<Vec<_>, _>>()?;
    let person = person(&padan.person, &fields)?;
    let mut dataset = Dataset {
        name: padan.name,
        title: padan.title,
        description: padan.description,
        source: padan.source,
        version: padan.version,
        direction: direction(&padan.direction)?,
        fields,
        missing: schema.missing_values,
        person,
        row_key,
        rules: Vec::new(),
        content: content.to_string(),
        told: padan.rules.iter().filter_map(told).collect(),
    };
    dataset.rules = padan
        .rules
        .into_iter()
        .map(|rule| rule_use(rule, &dataset))
        .collect::<Result<_, _>>()?;
    dataset.rules.extend(rules::implied(&dataset));
    refuse_doubled_keys(&dataset.rules)?;
    Ok(dataset)
}

fn direction(text: &str) -> Result<Direction, Fault> {
    match text {
        "partner-to-bkn" => Ok(Direction::PartnerToBkn),
        "bkn-to-partner" => Ok(Direction::BknToPartner),
        other => Err(Fault::new(format!("unknown direction {other:?}"))),
    }
}

fn field(column: Column) -> Result<Field, Fault> {
    if column
        .format
        .as_deref()
        .is_some_and(|format| format != "default")
    {
        return Err(Fault::of(
            &column.name,
            "only the format \"default\" is known",
        ));
    }
    let kind = kind::kind(&column).map_err(|reason| Fault::of(&column.name, reason))?;
    Ok(Field {
        name: column.name,
        title: column.title,
        description: column.description,
        kind,
        required: column.constraints.required,
        unique: column.constraints.unique,
        example: column.padan.example,
        unit: column.padan.unit,
        siasn: column.siasn,
        aliases: column.padan.aliases,
        reference: None,
        not_after_today: column.padan.not_after_today,
    })
}

fn person(names: &PersonNames, fields: &[Field]) -> Result<PersonFields, Fault> {
    let at = |name: &Option<String>| {
        name.as_deref()
            .map(|name| position(fields, name))
            .transpose()
    };
    Ok(PersonFields {
        id: at(&names.id)?,
        nip: at(&names.nip)?,
    })
}

fn position(fields: &[Field], name: &str) -> Result<usize, Fault> {
    fields
        .iter()
        .position(|field| field.name == name)
        .ok_or_else(|| Fault::of(name, "no such field"))
}

fn refer(fields: &mut [Field], key: &ForeignKey) -> Result<(), Fault> {
    for name in &key.fields {
        let at = position(fields, name)?;
        fields[at].reference = Some(key.reference.resource.clone());
    }
    Ok(())
}

/// Two fields that answer to one header would make reading a matter of luck.
fn refuse_doubled_headers(fields: &[Field]) -> Result<(), Fault> {
    let mut seen = std::collections::HashMap::new();
    for field in fields {
        for header in field.headers() {
            if let Some(other) = seen.insert(header.clone(), &field.name)
                && other != &field.name
            {
                return Err(Fault::of(
                    &field.name,
                    format!("header {header:?} also means {other}"),
                ));
            }
        }
    }
    Ok(())
}

fn told(params: &serde_json::Map<String, Value>) -> Option<ToldRule> {
    let name = params.get("rule")?.as_str()?.to_owned();
    let params = params.clone();
    Some(ToldRule { name, params })
}

/// Stages, versions and results name a rule by its key.
fn refuse_doubled_keys(rules: &[RuleUse]) -> Result<(), Fault> {
    let mut seen = std::collections::HashSet::new();
    let doubled = rules.iter().find(|rule| !seen.insert(&rule.key));
    doubled.map_or(Ok(()), |rule| {
        let key = &rule.key;
        Err(Fault::new(format!("two rules {key}: give one a \"key\"")))
    })
}

fn rule_use(
    mut params: serde_json::Map<String, Value>,
    dataset: &Dataset,
) -> Result<RuleUse, Fault> {
    let name = taken(&mut params, "rule")?.ok_or_else(|| Fault::new("a rule without \"rule\""))?;
    let wrong =
        |word: &str, text: &str| Fault::new(format!("rule {name}: unknown {word} {text:?}"));
    let indicator = taken(&mut params, "indicator")?;
    let indicator = indicator
        .map(|text| Code::parse(&text).ok_or_else(|| wrong("indicator", &text)))
        .transpose()?;
    let by_default = if indicator.is_some() {
        Stage::Warning
    } else {
        Stage::Blocking
    };
    let stage = taken(&mut params, "stage")?.map_or(Ok(by_default), |text| {
        Stage::parse(&text).ok_or_else(|| wrong("stage", &text))
    })?;
    let key = taken(&mut params, "key")?;
    let rule = rules::build(&name, Value::Object(params), dataset).map_err(|error| Fault {
        field: error.field,
        reason: format!("rule {name}: {}", error.reason),
    })?;
    Ok(RuleUse {
        key: key
            .or(indicator.map(|code| code.to_string()))
            .unwrap_or(name),
        stage,
        indicator,
        rule,
    })
}

/// Takes a text out of a rule's parameters.
fn taken(params: &mut serde_json::Map<String, Value>, word: &str) -> Result<Option<String>, Fault> {
    match params.remove(word) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(Fault::new(format!("{word}: {other} is not a text"))),
    }
}
