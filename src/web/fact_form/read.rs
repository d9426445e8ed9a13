//! From a tree or posted names to slots, and back to a tree.

use super::{BTreeMap, BTreeSet, Field, Kind, Map, Slot, Value, join};

/// Slots with what a tree says; a missing fact is empty.
pub(super) fn from_tree(fields: &'static [Field], tree: &Value) -> Vec<Slot> {
    fields
        .iter()
        .map(|field| {
            let value = tree.get(field.key).unwrap_or(&Value::Null);
            match field.kind {
                Kind::Group(children) => Slot::Group(from_tree(children, value)),
                Kind::List(children, _) => Slot::List {
                    entries: value
                        .as_array()
                        .map(|items| items.iter().map(|item| from_tree(children, item)).collect())
                        .unwrap_or_default(),
                    errors: Vec::new(),
                },
                _ => fact_slot(values_of(field, value)),
            }
        })
        .collect()
}

fn fact_slot(values: Vec<String>) -> Slot {
    Slot::Fact { values, errors: Vec::new(), stored_now: None }
}

/// What a browser would post for a stored fact.
fn values_of(field: &Field, value: &Value) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match (field.kind, value) {
        (_, Value::Null) => Vec::new(),
        (Kind::Flag, value) => {
            if value.as_bool() == Some(true) {
                vec!["ya".to_owned()]
            } else {
                Vec::new()
            }
        }
        (Kind::Texts, Value::Array(items)) => {
            vec![items.iter().map(text).collect::<Vec<_>>().join("\n")]
        }
        (_, Value::Array(items)) => items.iter().map(text).collect(),
        (_, value) => vec![text(value)],
    }
}

/// Slots with what was posted under the names of the catalogue.
pub(super) fn from_names(
    fields: &'static [Field],
    path: &str,
    by_name: &BTreeMap<&str, Vec<&str>>,
) -> Vec<Slot> {
    fields
        .iter()
        .map(|field| {
            let here = join(path, field.key);
            match field.kind {
                Kind::Group(children) => Slot::Group(from_names(children, &here, by_name)),
                Kind::List(children, _) => Slot::List {
                    entries: indexes(&here, by_name)
                        .into_iter()
                        .map(|index| from_names(children, &join(&here, &index.to_string()), by_name))
                        .collect(),
                    errors: Vec::new(),
                },
                _ => fact_slot(by_name.get(here.as_str()).map_or_else(Vec::new, |values| {
                    values.iter().map(|value| (*value).to_owned()).collect()
                })),
            }
        })
        .collect()
}

/// The indexes posted for a list, in order.
fn indexes(path: &str, by_name: &BTreeMap<&str, Vec<&str>>) -> BTreeSet<u32> {
    let start = format!("{path}.");
    by_name
        .range(start.as_str()..)
        .map_while(|(name, _)| name.strip_prefix(start.as_str()))
        .filter_map(|rest| {
            let digits = rest.split('.').next()?;
            let index: u32 = digits.parse().ok()?;
            // "007" and "7" would name one entry twice.
            (index.to_string() == digits).then_some(index)
        })
        .collect()
}

/// The tree of what was typed.
pub(super) fn to_tree(fields: &'static [Field], slots: &[Slot]) -> Map<String, Value> {
    let mut tree = Map::new();
    for (field, slot) in fields.iter().zip(slots) {
        let value = match slot {
            Slot::Fact { values, .. } => fact(field, values),
            Slot::Group(inside) => {
                let inside = to_tree(field.children(), inside);
                (!inside.is_empty()).then_some(Value::Object(inside))
            }
            Slot::List { entries, .. } => (!entries.is_empty()).then(|| {
                Value::Array(
                    entries.iter().map(|entry| Value::Object(to_tree(field.children(), entry))).collect(),
                )
            }),
        };
        if let Some(value) = value {
            tree.insert(field.key.to_owned(), value);
        }
    }
    tree
}

/// The fact that was typed: none when it is unknown, text as typed where it does not fit its kind, so
/// that the fault names what is expected.
pub(super) fn fact(field: &Field, values: &[String]) -> Option<Value> {
    let first = values.first().map_or("", |value| value.trim());
    let text = || Value::String(first.to_owned());
    match field.kind {
        Kind::Flag => Some(Value::Bool(!first.is_empty())),
        Kind::Choices(_) => {
            let chosen: Vec<Value> =
                values.iter().filter(|value| !value.is_empty()).cloned().map(Value::String).collect();
            (!chosen.is_empty()).then_some(Value::Array(chosen))
        }
        Kind::Texts => {
            let lines: Vec<Value> = values
                .iter()
                .flat_map(|value| value.lines())
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(|line| Value::String(line.to_owned()))
                .collect();
            (!lines.is_empty()).then_some(Value::Array(lines))
        }
        _ if first.is_empty() => None,
        Kind::Count(_) | Kind::Year => {
            Some(whole_number(first).map_or_else(text, |number| Value::Number(number.into())))
        }
        Kind::Date => Some(Value::String(iso_date(first).unwrap_or_else(|| first.to_owned()))),
        _ => Some(text()),
    }
}

/// "1000", and "1.000" as Indonesian groups thousands.
fn whole_number(text: &str) -> Option<u64> {
    let mut groups = text.split('.');
    let head = groups.next()?;
    let grouped = (1..=3).contains(&head.len()) && groups.clone().all(|group| group.len() == 3);
    let plain = groups.next().is_none();
    let digits: String = text.chars().filter(|c| *c != '.').collect();
    let readable = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (readable && (plain || grouped)).then(|| digits.parse().ok()).flatten()
}

/// "16/09/2026", also with hyphens or points, as `2026-09-16`; none for any other shape.
fn iso_date(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    if year.len() != 4 || day.len() > 2 || month.len() > 2 {
        return None;
    }
    let (day, month): (u32, u32) = (day.parse().ok()?, month.parse().ok()?);
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// Drops entries in which nothing was typed. A list without any words (quota by stage) keeps them: there
/// the entry itself says something.
pub(super) fn drop_blank(fields: &'static [Field], slots: &mut [Slot]) {
    for (field, slot) in fields.iter().zip(slots) {
        let children = field.children();
        match slot {
            Slot::Fact { .. } => {}
            Slot::Group(inside) => drop_blank(children, inside),
            Slot::List { entries, .. } => {
                entries.iter_mut().for_each(|entry| drop_blank(children, entry));
                if children.iter().any(has_words) {
                    entries.retain(|entry| !is_blank(children, entry));
                }
            }
        }
    }
}

const fn has_words(field: &Field) -> bool {
    !matches!(field.kind, Kind::Choice(_) | Kind::Count(_) | Kind::Flag)
}

fn is_blank(fields: &'static [Field], slots: &[Slot]) -> bool {
    fields.iter().zip(slots).all(|(field, slot)| match slot {
        Slot::Fact { values, .. } => match field.kind {
            // A select always posts something; its first choice is what stood there untouched.
            Kind::Choice(choices) => {
                values.iter().all(|value| choices.first().is_some_and(|(code, _)| code == value))
            }
            _ => values.iter().all(|value| value.trim().is_empty()),
        },
        Slot::Group(inside) => is_blank(field.children(), inside),
        Slot::List { entries, .. } => entries.is_empty(),
    })
}

/// How many facts that a final paper needs are not typed.
pub(super) fn lacking(fields: &'static [Field], slots: &[Slot]) -> usize {
    fields
        .iter()
        .zip(slots)
        .map(|(field, slot)| match slot {
            Slot::Fact { values, .. } => usize::from(field.needed && fact(field, values).is_none()),
            Slot::Group(inside) => lacking(field.children(), inside),
            Slot::List { entries, .. } => usize::from(field.needed && entries.is_empty()),
        })
        .sum()
}
