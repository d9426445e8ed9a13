//! The JSON Schema of agreement files, generated from the catalogue: editors complete keys by it.

use serde_json::{Map, Value, json};

use super::agreement_file::FORMAT;
use crate::domain::agreement::LIFE;
use crate::domain::fact_sheet::catalogue::{FACTS, Field, Kind};
use crate::domain::fact_sheet::check::{MAX_ITEMS, MAX_LONG, MAX_TEXT};

/// The schema as text, JSON Schema 2020-12.
pub fn schema() -> String {
    let mut file = group(FACTS, false);
    if let (Some(Value::Object(properties)), Value::Object(life)) =
        (file.get_mut("properties"), group(LIFE, true))
    {
        let version = json!({"const": FORMAT, "description": "Versi berkas perjanjian; kunci pertama."});
        properties.insert("kawal".to_owned(), version);
        if let Some(Value::Object(life)) = life.get("properties").cloned() {
            properties.extend(life);
        }
    }
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Berkas perjanjian Kawal",
        "description": "Satu perjanjian kerja sama pemanfaatan data kependudukan, dalam YAML 1.2 atau JSON. \
            NIP, NIK, telepon, nomor dan kode ditulis di antara tanda kutip.",
        "required": ["kawal"],
    });
    if let (Value::Object(schema), Value::Object(file)) = (&mut schema, file) {
        schema.extend(file);
    }
    format!("{schema:#}\n")
}

/// A group of facts. Facts may be unknown; acts may not be half told.
fn group(fields: &[Field], all_needed: bool) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.key.to_owned(), described(field, all_needed))).collect();
    let mut group = json!({"type": "object", "additionalProperties": false, "properties": properties});
    let needed: Vec<&str> =
        fields.iter().filter(|field| all_needed && field.needed).map(|field| field.key).collect();
    if !needed.is_empty() {
        group["required"] = json!(needed);
    }
    group
}

fn described(field: &Field, all_needed: bool) -> Value {
    let mut value = kind(field.kind, all_needed);
    let help = if field.help.is_empty() { String::new() } else { format!(" {}", field.help) };
    value["description"] = json!(format!("{}.{help}", field.label));
    value
}

fn kind(kind: Kind, all_needed: bool) -> Value {
    let text = |most: usize| json!({"type": "string", "minLength": 1, "maxLength": most});
    let digits = |count: usize| json!({"type": "string", "pattern": format!(r"^\s*(\d\s*){{{count}}}$")});
    let number = |least: u32, most: u32| json!({"type": "integer", "minimum": least, "maximum": most});
    let one_of = |choices: &[(&str, &str)]| -> Value {
        let choices: Vec<Value> =
            choices.iter().map(|(code, label)| json!({"const": code, "title": label})).collect();
        json!({"oneOf": choices})
    };
    match kind {
        Kind::Text | Kind::Phone => text(MAX_TEXT),
        Kind::Number => text(100),
        Kind::Long => text(MAX_LONG),
        Kind::Date => json!({"type": "string", "format": "date"}),
        Kind::Year => number(1900, 2200),
        Kind::Count(most) => number(0, most),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Choice(choices) => one_of(choices),
        Kind::Choices(choices) => json!({"type": "array", "uniqueItems": true, "items": one_of(choices)}),
        Kind::Email => json!({"type": "string", "format": "email", "maxLength": 254}),
        Kind::Nip => digits(18),
        Kind::Nik => digits(16),
        Kind::Texts => json!({"type": "array", "maxItems": MAX_ITEMS, "items": text(MAX_LONG)}),
        Kind::Group(fields) => group(fields, all_needed),
        Kind::List(fields, _) => {
            json!({"type": "array", "maxItems": MAX_ITEMS, "items": group(fields, all_needed)})
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_schema_is_the_generated_one() {
        assert_eq!(
            include_str!("../../docs/agreement.schema.json"),
            schema(),
            "run: cargo run -- schema > docs/agreement.schema.json"
        );
    }
}
