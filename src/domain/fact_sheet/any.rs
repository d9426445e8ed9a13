//! Any fact sheet that may exist, for property tests: built by walking the catalogue.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::FactSheet;
use super::catalogue::{FACTS, Field, Kind};

/// Any fact sheet; facts that would contradict each other are put right.
pub(crate) fn any_facts() -> impl Strategy<Value = FactSheet> {
    group(FACTS).prop_filter_map("contradictory", |mut tree| {
        loop {
            match FactSheet::from_tree(tree.clone()) {
                Ok(facts) => return Some(facts),
                Err(faults) => {
                    let path = &faults.first()?.path;
                    let (section, _) = path.split_once('.')?;
                    tree.as_object_mut()?.remove(section)?;
                }
            }
        }
    })
}

fn group(fields: &'static [Field]) -> BoxedStrategy<Value> {
    let each: Vec<BoxedStrategy<Option<Value>>> =
        fields.iter().map(|field| proptest::option::of(value(field)).boxed()).collect();
    each.prop_map(move |values| {
        let known = fields.iter().zip(values);
        Value::Object(
            known.filter_map(|(field, value)| Some((field.key.to_owned(), value?))).collect::<Map<_, _>>(),
        )
    })
    .boxed()
}

fn value(field: &'static Field) -> BoxedStrategy<Value> {
    match field.kind {
        Kind::Text | Kind::Phone | Kind::Long => text().prop_map(Value::from).boxed(),
        Kind::Number => {
            prop_oneof!["[0-9]{1,12}", "[0-9]{1,4}/[A-Z. ]{1,8}[0-9]{4}", "0[0-9]{2}", "[0-9]e[0-9]"]
                .prop_map(|number: String| Value::from(number.trim()))
                .boxed()
        }
        Kind::Date => (0..40_000_u64)
            .prop_map(|days| {
                let day =
                    NaiveDate::from_ymd_opt(1990, 1, 1).and_then(|day| day.checked_add_days(Days::new(days)));
                Value::from(day.unwrap_or_default().to_string())
            })
            .boxed(),
        Kind::Year => (1945..2100_u32).prop_map(Value::from).boxed(),
        Kind::Count(most) => (0..=most).prop_map(Value::from).boxed(),
        Kind::Flag => any::<bool>().prop_map(Value::from).boxed(),
        Kind::Choice(choices) => {
            proptest::sample::select(choices).prop_map(|(code, _)| Value::from(code)).boxed()
        }
        Kind::Choices(choices) => proptest::sample::subsequence(choices, 0..=choices.len())
            .prop_shuffle()
            .prop_map(|chosen| chosen.iter().map(|(code, _)| *code).collect())
            .boxed(),
        Kind::Email => "[a-z]{1,12}@[a-z]{1,12}\\.example".prop_map(Value::from).boxed(),
        Kind::Nip => {
            (0..9999_u32).prop_map(|n| json!(format!("19800101200501{}{:03}", n % 2 + 1, n % 1000))).boxed()
        }
        Kind::Nik => (1..9999_u32).prop_map(|n| json!(format!("990101410190{n:04}"))).boxed(),
        Kind::Texts => {
            proptest::collection::vec(text().prop_map(Value::from), 0..3).prop_map(Value::from).boxed()
        }
        Kind::Group(fields) => group(fields),
        Kind::List(fields, _) => proptest::collection::vec(group(fields), 0..3).prop_map(Value::from).boxed(),
    }
}

/// Clean text: words as people write them, and words that mean something else to a reader of YAML.
fn text() -> impl Strategy<Value = String> {
    let tricky = proptest::sample::select(vec![
        "null",
        "~",
        "yes",
        "No",
        "on",
        "true",
        "1.5",
        "012",
        "0x1F",
        "2025-09-16",
        "- a",
        "a: b",
        "a #b",
        "#a",
        "[a]",
        "{a}",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "'a'",
        "\"a\"",
        "a\\b",
        "|",
        ">",
        "?",
        ":",
        "a:",
        "=",
        "<<",
        "---",
        "...",
        "é",
        "Ä, b",
        "kop.",
        "1e3",
        ".inf",
        "Nama, S.Sos.",
    ])
    .prop_map(ToOwned::to_owned);
    let words = "[A-Za-zÀ-ÿ0-9.,:;'\"#&*!|>%@`?/(){}\\[\\]\\\\=~_+<$^-]{1,12}( [A-Za-z0-9:#-]{1,9}){0,3}";
    prop_oneof![1 => tricky, 2 => words]
}
