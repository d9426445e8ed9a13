//! From slots to the fields of a page.

use super::super::pages::form::{
    Choice, Field as Shown, FieldKind, FormItem, FormItems, Group, GroupEntry, Part, Width,
};
use super::{Field, Kind, Slot, Value, join, read};
use crate::domain::fact_sheet::changes::in_words;
use crate::domain::wording::capitalise;

/// Most choices that are all in sight.
const RADIOS: usize = 3;

/// The facts of a group, in the order of the catalogue.
pub(super) fn items(fields: &'static [Field], slots: &[Slot], path: &str) -> Vec<FormItem> {
    fields.iter().zip(slots).map(|(field, slot)| item(field, slot, &join(path, field.key))).collect()
}

/// One fact, group or list.
pub(super) fn item(field: &'static Field, slot: &Slot, path: &str) -> FormItem {
    match slot {
        Slot::Fact { values, errors, stored_now } => Shown {
            name: path.to_owned(),
            label: field.label.to_owned(),
            help: help(field),
            kind: control(field, values),
            errors: errors.clone(),
            secret: field.secret,
            needed: field.needed,
            stored_now: stored_now.clone(),
            width: width(field),
            // Facts are about other people: a browser would fill in the person at the keyboard.
            autocomplete: matches!(field.kind, Kind::Email | Kind::Phone | Kind::Text).then_some("off"),
        }
        .into(),
        Slot::Group(inside) => FormItem::Part(Part {
            path: path.to_owned(),
            title: field.label.to_owned(),
            items: FormItems(items(field.children(), inside, path)),
        }),
        Slot::List { entries, errors } => {
            let one = match field.kind {
                Kind::List(_, one) => one,
                _ => field.label,
            };
            Group {
                path: path.to_owned(),
                label: field.label.to_owned(),
                help: help(field),
                add_label: format!("Tambah {one}"),
                none: format!("Belum ada {one}."),
                errors: errors.clone(),
                entries: entries
                    .iter()
                    .enumerate()
                    .map(|(index, entry)| {
                        let path = join(path, &index.to_string());
                        GroupEntry {
                            title: format!("{} {}", capitalise(one), index + 1),
                            hint: hint(field.children(), entry),
                            items: FormItems(items(field.children(), entry, &path)),
                            path,
                        }
                    })
                    .collect(),
            }
            .into()
        }
    }
}

fn help(field: &Field) -> Option<String> {
    if !field.help.is_empty() {
        return Some(field.help.to_owned());
    }
    match field.kind {
        Kind::Texts => Some("Satu per baris.".to_owned()),
        Kind::Number => Some("Persis seperti tertulis.".to_owned()),
        _ => None,
    }
}

fn control(field: &Field, values: &[String]) -> FieldKind {
    let text = || values.first().cloned().unwrap_or_default();
    match field.kind {
        Kind::Text | Kind::Number | Kind::Group(_) | Kind::List(..) => FieldKind::Text(text()),
        Kind::Long => FieldKind::TextArea(text()),
        Kind::Date => FieldKind::Date(text()),
        Kind::Year | Kind::Nip | Kind::Nik => FieldKind::Digits(text()),
        Kind::Count(_) => FieldKind::Number(text(), ""),
        Kind::Flag => FieldKind::Checkbox(values.iter().any(|value| !value.trim().is_empty())),
        Kind::Choice(choices) => {
            let mut list = Choice::list(choices, values);
            // A fresh entry: what stands there untouched is the first choice, in a select as in radios.
            if values.is_empty()
                && let Some(first) = list.first_mut()
            {
                first.chosen = true;
            }
            if list.len() <= RADIOS { FieldKind::Radios(list) } else { FieldKind::Select(list) }
        }
        Kind::Choices(choices) => FieldKind::Checkboxes(in_stored_order(choices, values)),
        Kind::Email => FieldKind::Email(text()),
        Kind::Phone => FieldKind::Phone(text()),
        Kind::Texts => FieldKind::Lines(values.to_vec()),
    }
}

/// The boxes in the order of the catalogue; those that are ticked keep the order of the paper among
/// themselves, because a browser posts boxes in the order of the page.
fn in_stored_order(choices: &[(&str, &str)], values: &[String]) -> Vec<Choice> {
    let mut ticked = values.iter().filter_map(|value| choices.iter().find(|(code, _)| code == value));
    choices
        .iter()
        .map(|own| {
            let chosen = values.iter().any(|value| own.0 == value);
            let (code, label) = if chosen { ticked.next().unwrap_or(own) } else { own };
            Choice { value: (*code).to_owned(), label: (*label).to_owned(), note: None, chosen }
        })
        .collect()
}

const fn width(field: &Field) -> Width {
    match field.kind {
        Kind::Date | Kind::Count(_) | Kind::Year => Width::Third,
        Kind::Text | Kind::Number | Kind::Email | Kind::Phone | Kind::Nip | Kind::Nik => Width::Half,
        Kind::Choice(choices) if choices.len() > RADIOS => Width::Half,
        _ => Width::Full,
    }
}

/// What is typed, in the words of the log; none for an unknown fact.
pub(super) fn words(field: &Field, values: &[String]) -> Option<String> {
    let mut value = read::fact(field, values)?;
    if let Value::String(text) = &mut value {
        *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    // NIP and NIK are stored without blanks.
    if let (Kind::Nip | Kind::Nik, Value::String(text)) = (field.kind, &mut value) {
        text.retain(|c| !c.is_whitespace());
    }
    in_words(field, &value)
}

/// The first texts and numbers of an entry, to know it while it is folded: "23 2006 Administrasi …".
fn hint(fields: &[Field], slots: &[Slot]) -> String {
    let told = fields.iter().zip(slots).filter_map(|(field, slot)| match (field.kind, slot) {
        (Kind::Text | Kind::Number | Kind::Year | Kind::Long, Slot::Fact { values, .. }) if !field.secret => {
            values.first().map(String::as_str).filter(|text| !text.is_empty())
        }
        (Kind::Choice(choices), Slot::Fact { values, .. }) => values
            .first()
            .and_then(|code| choices.iter().find(|(known, _)| known == code))
            .map(|(_, label)| *label),
        _ => None,
    });
    let all: Vec<&str> = told.collect();
    // A choice alone is the default of an entry in which nothing was typed yet.
    if all.len() < 2 { String::new() } else { all.join(" · ").chars().take(90).collect() }
}
