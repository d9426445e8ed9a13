//! The agreement file back: one canonical spelling, so that reading and writing again changes no byte.

use serde_json::Value;

use crate::domain::acts::Acts;
use crate::domain::agreement::{Agreement, LIFE, State};
use crate::domain::fact_sheet::FactSheet;
use crate::domain::fact_sheet::catalogue::{FACTS, Field, Kind};
use crate::import::Told;
use crate::import::agreement_file::FORMAT;

/// Writes an agreement as an agreement file in YAML.
pub fn write_yaml(agreement: &Agreement) -> String {
    write(agreement.facts(), agreement.state(), agreement.acts())
}

/// Writes what a file told, in the canonical spelling.
pub fn write_told(told: &Told) -> String {
    write(&told.facts, told.state, &told.acts)
}

fn write(facts: &FactSheet, state: State, acts: &Acts) -> String {
    let mut text = format!("kawal: {FORMAT}\n");
    group(&facts.to_tree(), FACTS, 0, &mut text);
    let mut life = serde_json::json!({"state": state.code()});
    if let (Ok(acts), Value::Object(life)) = (serde_json::to_value(acts), &mut life)
        && acts.as_object().is_some_and(|acts| !acts.is_empty())
    {
        life.insert("acts".to_owned(), acts);
    }
    group(&life, LIFE, 0, &mut text);
    text
}

/// The facts of a group in the order of the catalogue.
fn group(tree: &Value, fields: &[Field], depth: usize, text: &mut String) {
    for field in fields {
        let Some(value) = tree.get(field.key).filter(|value| !value.is_null()) else { continue };
        let indent = "  ".repeat(depth);
        match (field.kind, value) {
            (Kind::Group(children), _) => {
                text.push_str(&format!("{indent}{}:\n", field.key));
                group(value, children, depth + 1, text);
            }
            (Kind::List(children, _), Value::Array(items)) => {
                text.push_str(&format!("{indent}{}:\n", field.key));
                items.iter().for_each(|item| entry(item, children, depth, text));
            }
            (Kind::Choices(_), Value::Array(codes)) => {
                let codes: Vec<String> = codes.iter().map(scalar).collect();
                text.push_str(&format!("{indent}{}: [{}]\n", field.key, codes.join(", ")));
            }
            (_, Value::Array(items)) => {
                text.push_str(&format!("{indent}{}:\n", field.key));
                items.iter().for_each(|item| text.push_str(&format!("{indent}- {}\n", scalar(item))));
            }
            _ => text.push_str(&format!("{indent}{}: {}\n", field.key, scalar(value))),
        }
    }
}

/// One entry of a list: its first fact stands behind the dash.
fn entry(item: &Value, fields: &[Field], depth: usize, text: &mut String) {
    let mut inner = String::new();
    group(item, fields, depth + 1, &mut inner);
    let indent = "  ".repeat(depth);
    match inner.strip_prefix(&"  ".repeat(depth + 1)) {
        Some(inner) => text.push_str(&format!("{indent}- {inner}")),
        None => text.push_str(&format!("{indent}- {{}}\n")),
    }
}

/// A value on one line. Text goes without quotes only where no reader of YAML 1.1 or 1.2 could take
/// it for anything else; a date needs none.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        Value::String(text) => Value::String(text.clone()).to_string(),
        other => other.to_string(),
    }
}

fn is_plain(text: &str) -> bool {
    let date = text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok();
    let starts_with_letter = text.chars().next().is_some_and(char::is_alphabetic);
    let word = || {
        let lower = text.to_lowercase();
        !matches!(
            lower.as_str(),
            "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "nan" | "inf"
        )
    };
    let harmless = |c: char| c.is_alphanumeric() || " .,/()-_+'&;@%?=".contains(c);
    date || (starts_with_letter && word() && !text.ends_with(' ') && text.chars().all(harmless))
}
