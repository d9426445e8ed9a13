//! What differs between two fact sheets, fact by fact, in words people read.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::FactSheet;
use super::catalogue::{FACTS, Field, Kind};
use super::check::join;
use crate::domain::wording;

/// One fact that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactChange {
    /// Path in the fact sheet.
    pub path: String,
    /// Name of the fact, with its owner: "Nama pejabat (PIHAK KEDUA)".
    pub label: String,
    /// What stood there, in words; none when nothing did.
    pub from: Option<String>,
    /// What stands there now, in words; none when nothing does.
    pub to: Option<String>,
    /// Personal or confidential: the log keeps a commitment instead of the words.
    pub secret: bool,
}

/// Every fact that differs, in the order of the catalogue. Lists of groups are compared entry by entry.
pub fn changes(old: &FactSheet, new: &FactSheet) -> Vec<FactChange> {
    let mut found = Vec::new();
    compare(&old.to_tree(), &new.to_tree(), FACTS, "", "", &mut found);
    found
}

/// The changes of something that comes into being, compared with a blank one: nobody said what a blank
/// one assumes, so nothing stood there before.
pub fn entered(mut changes: Vec<FactChange>) -> Vec<FactChange> {
    changes.iter_mut().for_each(|change| change.from = None);
    changes
}

/// Every fact that differs between two trees over some facts of the catalogue, paths from there.
pub fn changes_in(fields: &[Field], old: &Value, new: &Value) -> Vec<FactChange> {
    let mut found = Vec::new();
    compare(old, new, fields, "", "", &mut found);
    found
}

fn compare(old: &Value, new: &Value, fields: &[Field], path: &str, owner: &str, found: &mut Vec<FactChange>) {
    let nothing = Value::Null;
    for field in fields {
        let (a, b) = (old.get(field.key).unwrap_or(&nothing), new.get(field.key).unwrap_or(&nothing));
        if a == b {
            continue;
        }
        let here = join(path, field.key);
        match field.kind {
            Kind::Group(children) => compare(a, b, children, &here, &named(owner, field), found),
            Kind::List(children, one) => {
                let count = a.as_array().map_or(0, Vec::len).max(b.as_array().map_or(0, Vec::len));
                for index in 0..count {
                    let owner = format!("{one} ke-{}", index + 1);
                    let entry = |list: &Value| list.get(index).cloned().unwrap_or(Value::Object(Map::new()));
                    compare(&entry(a), &entry(b), children, &join(&here, &index.to_string()), &owner, found);
                }
            }
            _ => found.push(FactChange {
                path: here,
                label: if owner.is_empty() {
                    field.label.to_owned()
                } else {
                    format!("{} ({owner})", field.label)
                },
                from: in_words(field, a),
                to: in_words(field, b),
                // An official's home address is personal, the office's is not.
                secret: field.secret || (field.key == "address" && (is_home(old) || is_home(new))),
            }),
        }
    }
}

/// Whether the address of this official or statement is a home.
fn is_home(person: &Value) -> bool {
    person.get("address_kind").and_then(Value::as_str) == Some(super::AddressKind::Home.code())
}

/// The owner that a fact's name is told with: the outermost group that says enough.
fn named(owner: &str, field: &Field) -> String {
    let name = field.label.split(" (").next().unwrap_or(field.label);
    if owner.starts_with("PIHAK") { owner.to_owned() } else { name.to_owned() }
}

/// A fact as people read it; none for an unknown one.
pub fn in_words(field: &Field, value: &Value) -> Option<String> {
    match (field.kind, value) {
        (_, Value::Null) => None,
        (Kind::Flag, Value::Bool(yes)) => Some(if *yes { "Ya" } else { "Tidak" }.to_owned()),
        (Kind::Date, Value::String(date)) => {
            Some(date.parse::<NaiveDate>().map_or_else(|_| date.clone(), wording::date_long))
        }
        (Kind::Choice(choices), Value::String(code)) => Some(choice_label(choices, code)),
        (Kind::Choices(choices), Value::Array(codes)) => Some(
            codes
                .iter()
                .filter_map(Value::as_str)
                .map(|code| choice_label(choices, code))
                .collect::<Vec<_>>()
                .join(", "),
        ),
        (Kind::Nip, Value::String(digits)) => Some(super::format_nip(digits)),
        (_, Value::Array(items)) => {
            Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "))
        }
        (_, Value::String(text)) => Some(text.clone()),
        (Kind::Count(_), Value::Number(number)) => {
            Some(number.as_u64().map_or_else(|| number.to_string(), wording::figures))
        }
        (_, other) => Some(other.to_string()),
    }
}

fn choice_label(choices: &[(&str, &str)], code: &str) -> String {
    choices.iter().find(|(known, _)| *known == code).map_or(code, |(_, label)| label).to_owned()
}
