//! No fact is write-only: changing any fact of a twin changes its paper, a deadline or its page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use chrono::{Days, NaiveDate};
use kawal::documents::model::Document;
use kawal::documents::papers::{self, PaperKind};
use kawal::documents::{Job, Print, pks};
use kawal::domain::acts::Acts;
use kawal::domain::agreement::is_on_pks;
use kawal::domain::calendar::Calendar;
use kawal::domain::deadline::{Deadline, deadlines};
use kawal::domain::fact_sheet::catalogue::{FACTS, Field, Kind};
use kawal::domain::fact_sheet::shown::{ShownSection, facts_shown};
use kawal::domain::fact_sheet::{FactSheet, RenewalSource};
use serde_json::{Map, Value, json};

use super::support::twins;

/// What people can see of a fact sheet.
#[derive(PartialEq)]
struct Seen {
    paper: Document,
    deadlines: Vec<Deadline>,
    page: Vec<ShownSection>,
}

impl Seen {
    fn of(facts: &FactSheet) -> Self {
        let today = NaiveDate::from_ymd_opt(2026, 1, 15).unwrap();
        Self {
            paper: pks::pks(facts, &Print::standard()).unwrap().document,
            deadlines: deadlines(facts, &Acts::default(), &Calendar::national(), today),
            page: facts_shown(facts, true),
        }
    }
}

/// Where a change of a fact is seen.
#[derive(Debug, Default, Clone, Copy)]
struct Where {
    paper: bool,
    deadline: bool,
    page: bool,
}

/// Every single fact of a tree: its path with entries of lists, and its description. A list without
/// entries is walked as if it had one.
fn facts_of(tree: &Value, fields: &'static [Field], path: &[String], found: &mut Vec<(Vec<String>, Field)>) {
    for field in fields {
        let here: Vec<String> = path.iter().cloned().chain([field.key.to_owned()]).collect();
        match field.kind {
            Kind::Group(inner) => facts_of(&tree[field.key], inner, &here, found),
            Kind::List(inner, _) => {
                let items = tree[field.key].as_array().map_or(0, Vec::len).max(1);
                for index in 0..items {
                    let entry: Vec<String> = here.iter().cloned().chain([index.to_string()]).collect();
                    facts_of(&tree[field.key][index], inner, &entry, found);
                }
            }
            _ => found.push((here, *field)),
        }
    }
}

/// Other values that the fact could have.
fn others(field: &Field, now: &Value) -> Vec<Value> {
    let more =
        |text: &str| json!(now.as_str().map_or_else(|| text.to_owned(), |now| format!("{now} {text}")));
    let count = now.as_u64();
    match field.kind {
        Kind::Text | Kind::Long => vec![more("Sembarang")],
        Kind::Number | Kind::Phone => vec![more("77")],
        Kind::Date => {
            let day = now
                .as_str()
                .map_or_else(|| NaiveDate::from_ymd_opt(2026, 5, 5).unwrap(), |day| day.parse().unwrap());
            vec![json!(day + Days::new(1)), json!(day - Days::new(1)), json!(day + Days::new(900))]
        }
        Kind::Year => vec![json!(count.unwrap_or(2010) + 1)],
        Kind::Count(_) => vec![json!(count.unwrap_or(0) + 1), json!(count.unwrap_or(2).saturating_sub(1))],
        Kind::Flag => vec![json!(!now.as_bool().unwrap_or(false))],
        Kind::Choice(choices) => {
            choices.iter().map(|(code, _)| json!(code)).filter(|code| code != now).collect()
        }
        Kind::Choices(choices) => {
            let codes: Vec<Value> = now.as_array().cloned().unwrap_or_default();
            let absent = choices.iter().map(|(code, _)| json!(code)).find(|code| !codes.contains(code));
            vec![match absent {
                Some(absent) => codes.into_iter().chain([absent]).collect(),
                None => codes[1..].iter().cloned().collect(),
            }]
        }
        Kind::Email => vec![json!("lain@contoh.example")],
        Kind::Nip => vec![json!("197505052000031007")],
        Kind::Nik => vec![json!("9901015505800007")],
        Kind::Texts => {
            let texts = now.as_array().cloned().unwrap_or_default();
            vec![texts.into_iter().chain([json!("sembarang")]).collect()]
        }
        Kind::Group(_) | Kind::List(..) => Vec::new(),
    }
}

fn get<'a>(tree: &'a Value, path: &[String]) -> &'a Value {
    path.iter().fold(tree, |tree, key| match key.parse::<usize>() {
        Ok(index) => &tree[index],
        Err(_) => &tree[key.as_str()],
    })
}

fn set(tree: &mut Value, path: &[String], value: Value) {
    let Some((key, rest)) = path.split_first() else {
        *tree = value;
        return;
    };
    if let Ok(index) = key.parse::<usize>() {
        if tree.is_null() {
            *tree = json!([]);
        }
        let items = tree.as_array_mut().unwrap();
        if index == items.len() {
            items.push(Value::Object(Map::new()));
        }
        set(&mut items[index], rest, value);
    } else {
        set(&mut tree[key.as_str()], rest, value);
    }
}

/// The twins, and one with the renewal duty in its PKS, which none of them has.
fn sheets() -> Vec<(String, FactSheet)> {
    let mut sheets: Vec<(String, FactSheet)> =
        twins().into_iter().map(|(name, told)| (name, told.facts)).collect();
    let mut renewed = sheets[0].1.clone();
    renewed.renewal.stated_in = RenewalSource::Pks;
    sheets.push(("perpanjangan".to_owned(), renewed));
    sheets
}

/// For every fact of the catalogue, where a change of it is seen in some twin.
fn changed() -> &'static BTreeMap<String, Where> {
    static CHANGED: OnceLock<BTreeMap<String, Where>> = OnceLock::new();
    CHANGED.get_or_init(|| {
        let mut all = BTreeMap::new();
        for (name, sheet) in sheets() {
            let tree = sheet.to_tree();
            let before = Seen::of(&sheet);
            let mut facts = Vec::new();
            facts_of(&tree, FACTS, &[], &mut facts);
            for (path, field) in facts {
                let here = path.join(".");
                let mut seen = Where::default();
                let mut tried = 0;
                for other in others(&field, get(&tree, &path)) {
                    let mut tree = tree.clone();
                    set(&mut tree, &path, other);
                    let Ok(facts) = FactSheet::from_tree(tree) else { continue };
                    let after = Seen::of(&facts);
                    tried += 1;
                    seen.paper |= after.paper != before.paper;
                    seen.deadline |= after.deadlines != before.deadlines;
                    seen.page |= after.page != before.page;
                }
                assert!(tried > 0, "{name}: no other value of {here} is possible");
                assert!(
                    seen.paper || seen.deadline || seen.page,
                    "{name}: {here} can be changed and nobody sees it"
                );
                let fact: Vec<&str> =
                    path.iter().filter(|key| key.parse::<usize>().is_err()).map(String::as_str).collect();
                let entry: &mut Where = all.entry(fact.join(".")).or_default();
                entry.paper |= seen.paper;
                entry.deadline |= seen.deadline;
                entry.page |= seen.page;
            }
        }
        all
    })
}

#[test]
fn no_fact_of_a_twin_is_write_only() {
    assert!(changed().values().all(|seen| seen.page), "every fact stands on the page");
}

/// A signed agreement refuses to change what its paper states, and only that.
#[test]
fn what_a_signed_paper_states_is_known_exactly() {
    let printed: BTreeSet<&str> =
        changed().iter().filter(|(_, seen)| seen.paper).map(|(path, _)| path.as_str()).collect();
    let stated: BTreeSet<&str> =
        changed().keys().map(String::as_str).filter(|path| is_on_pks(path)).collect();
    let unprinted: Vec<_> = stated.difference(&printed).collect();
    let unstated: Vec<_> = printed.difference(&stated).collect();
    assert!(
        unprinted.is_empty() && unstated.is_empty(),
        "frozen though not printed: {unprinted:#?}\nprinted though not frozen: {unstated:#?}"
    );
}

/// What minutes, addenda and reports print, or why not.
fn records(facts: &FactSheet) -> Vec<Result<Vec<Document>, String>> {
    let (acts, calendar) = (Acts::default(), Calendar::national());
    let today = NaiveDate::from_ymd_opt(2026, 1, 15).unwrap();
    let job = Job { facts, acts: &acts, calendar: &calendar, today, print: Print::standard() };
    [PaperKind::Handover, PaperKind::Addendum, PaperKind::Report]
        .into_iter()
        .map(|kind| match papers::print(kind.into(), &job) {
            Ok(printed) => Ok(printed.documents),
            Err(refused) => Err(refused.to_string()),
        })
        .collect()
}

#[test]
fn every_fact_of_a_record_is_printed_on_it() {
    let mut printed: BTreeMap<String, bool> = BTreeMap::new();
    for (_, sheet) in sheets() {
        let tree = sheet.to_tree();
        let before = records(&sheet);
        let mut facts = Vec::new();
        facts_of(&tree, FACTS, &[], &mut facts);
        let of_records = |path: &[String]| matches!(path[0].as_str(), "handovers" | "addenda" | "reports");
        for (path, field) in facts.into_iter().filter(|(path, _)| of_records(path)) {
            let name: Vec<&str> =
                path.iter().filter(|key| key.parse::<usize>().is_err()).map(String::as_str).collect();
            let seen = printed.entry(name.join(".")).or_default();
            for other in others(&field, get(&tree, &path)) {
                if *seen {
                    break;
                }
                let mut tree = tree.clone();
                set(&mut tree, &path, other);
                let Ok(facts) = FactSheet::from_tree(tree) else { continue };
                *seen = records(&facts) != before;
            }
        }
    }
    let unprinted: Vec<_> = printed.iter().filter(|(_, seen)| !**seen).map(|(path, _)| path).collect();
    assert!(printed.len() > 40, "{}", printed.len());
    assert!(unprinted.is_empty(), "{unprinted:#?}");
}
