//! Which wordings each paper is made of, and which facts each of them may name.
//!
//! Nothing of this is written down twice: every paper is printed with every sample while a
//! [`Hearing`] listens, so what is known here is what papers really ask.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use minijinja::Value;
use minijinja::value::ValueKind;

use super::clause::scan::{EACH, scan};
use super::clause::{Asked, Hearing, Shape, Wording, gap_name, slot_text, standard, standard_names};
use super::meanings::meaning;
use super::papers::{self, PaperKind};
use super::samples::{Sample, samples};
use super::{Job, Print, Stage, Stationery};
use crate::domain::acts::Acts;
use crate::domain::calendar::Calendar;

/// What may be named at one place of the facts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Node {
    /// What is below it by name.
    pub fields: BTreeMap<String, Node>,
    /// An entry, for a list.
    pub entry: Option<Box<Node>>,
    /// Whether it can be printed.
    pub printable: bool,
    /// Whether it is yes or no.
    pub yes_no: bool,
    /// Whether it may be absent, so that it is printed behind a condition.
    pub optional: bool,
    /// An invented value.
    pub example: Option<String>,
    /// Its name where it is missing.
    pub missing: Option<String>,
}

impl Node {
    fn learn(&mut self, value: &Value) {
        if let Some(name) = gap_name(value) {
            self.printable = true;
            self.missing.get_or_insert_with(|| name.to_owned());
            return;
        }
        if let Some(text) = slot_text(value) {
            self.printable = true;
            if let Some(text) = text {
                self.example.get_or_insert_with(|| text.to_owned());
            }
            return;
        }
        match value.kind() {
            ValueKind::String | ValueKind::Number => {
                self.printable = true;
                self.example.get_or_insert_with(|| value.to_string());
            }
            ValueKind::Bool => self.yes_no = true,
            ValueKind::Map => {
                for key in value.try_iter().into_iter().flatten() {
                    if let (Some(name), Ok(below)) = (key.as_str(), value.get_item(&key)) {
                        self.fields.entry(name.to_owned()).or_default().learn(&below);
                    }
                }
            }
            ValueKind::Seq | ValueKind::Iterable => {
                let entry = self.entry.get_or_insert_default();
                for below in value.try_iter().into_iter().flatten() {
                    entry.learn(&below);
                }
            }
            _ => self.optional = true,
        }
    }

    /// Lets a path be named although no sample reaches it.
    fn allow(&mut self, path: &[String], printed: bool) {
        match path.split_first() {
            None => self.printable |= printed,
            Some((part, rest)) if part == EACH => self.entry.get_or_insert_default().allow(rest, printed),
            Some((part, rest)) => self.fields.entry(part.clone()).or_default().allow(rest, printed),
        }
    }

    /// What stands at a path.
    pub fn at(&self, path: &[String]) -> Option<&Self> {
        match path.split_first() {
            None => Some(self),
            Some((part, rest)) if part == EACH => self.entry.as_deref()?.at(rest),
            Some((part, rest)) => self.fields.get(part)?.at(rest),
        }
    }

    /// Every path below this one that ends at a value or a list, with what stands there.
    pub fn leaves(&self) -> Vec<(String, &Self)> {
        let mut leaves = Vec::new();
        self.collect("", &mut leaves);
        leaves
    }

    fn collect<'a>(&'a self, path: &str, leaves: &mut Vec<(String, &'a Self)>) {
        for (name, node) in &self.fields {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if node.fields.is_empty() {
                leaves.push((path, node));
            } else {
                node.collect(&path, leaves);
            }
        }
    }
}

/// What is known of a wording.
#[derive(Debug, Clone)]
pub struct Known {
    /// Papers that are made of it.
    pub papers: Vec<PaperKind>,
    /// As what it is printed; none where no sample leads to it.
    pub shape: Option<Shape>,
    /// What it may name.
    pub vocabulary: Node,
    /// Codes of the samples whose papers hold it.
    pub samples: Vec<&'static str>,
}

/// Every standard wording by name.
pub fn known() -> &'static BTreeMap<String, Known> {
    static KNOWN: LazyLock<BTreeMap<String, Known>> = LazyLock::new(listen);
    &KNOWN
}

/// What is known of a wording; of one that Kawal does not ship, what every article of the PKS may name.
pub fn of(name: &str) -> Option<&'static Known> {
    known().get(name).or_else(|| known().get("pks/purpose"))
}

fn listen() -> BTreeMap<String, Known> {
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    for &kind in PaperKind::ALL {
        for sample in samples() {
            let (_, asked) = print(kind, sample, &Wording::standard());
            for Asked { files, shape, facts } in asked {
                let mut vocabulary = Node::default();
                vocabulary.learn(&facts);
                for file in files {
                    let known = known.entry(file).or_insert_with(|| Known {
                        papers: Vec::new(),
                        shape: None,
                        vocabulary: Node::default(),
                        samples: Vec::new(),
                    });
                    if !known.samples.contains(&sample.code) {
                        known.samples.push(sample.code);
                    }
                    if !known.papers.contains(&kind) {
                        known.papers.push(kind);
                    }
                    known.shape = Some(shape);
                    known.vocabulary.learn(&facts);
                }
            }
        }
    }
    // What no sample reaches may still be named where Kawal's own text names it.
    let common = known.values().next().map(|known| known.vocabulary.clone()).unwrap_or_default();
    for name in standard_names() {
        let known = known.entry(name.to_owned()).or_insert_with(|| Known {
            papers: Vec::new(),
            shape: None,
            vocabulary: common.clone(),
            samples: Vec::new(),
        });
        for used in scan(standard(name).unwrap_or_default()).uses {
            if let Some(path) = used.path {
                known.vocabulary.allow(&path, used.printed);
            }
        }
    }
    known
}

/// Prints a paper about a sample, and what it asked of the wording meanwhile.
pub(super) fn print(
    kind: PaperKind,
    sample: &Sample,
    wording: &Wording,
) -> (Result<papers::Printed, papers::PaperError>, Vec<Asked>) {
    static NATIONAL: LazyLock<Calendar> = LazyLock::new(Calendar::national);
    let hearing = Hearing::default();
    let stationery = Stationery { wording: wording.clone().heard_by(&hearing), ..Stationery::standard() };
    let job = Job {
        facts: &sample.facts,
        acts: &Acts::default(),
        calendar: &NATIONAL,
        today: sample.day(),
        print: Print { stage: Stage::Final, stationery: &stationery },
    };
    (papers::print_job(kind, &job), hearing.asked())
}

/// A placeholder that a wording may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// As it is written: "user.name".
    pub path: String,
    /// What it means.
    pub meaning: String,
    /// An invented value; empty where there is none.
    pub example: String,
    /// How it is used.
    pub usage: Usage,
}

/// How a placeholder is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// Printed; a gap while it is unknown.
    Printed,
    /// Printed behind a condition, because it may be absent.
    Optional,
    /// Only asked for in a condition.
    Condition,
    /// Gone through entry by entry.
    List,
}

/// Every placeholder of a wording.
pub fn placeholders(name: &str) -> Vec<Placeholder> {
    let Some(known) = of(name) else { return Vec::new() };
    known
        .vocabulary
        .leaves()
        .into_iter()
        .map(|(path, node)| Placeholder {
            meaning: meaning(&path).map_or_else(
                || node.missing.clone().unwrap_or_else(|| "hanya pada naskah ini".to_owned()),
                ToOwned::to_owned,
            ),
            example: match (&node.entry, &node.example) {
                (Some(entry), _) => entries(entry),
                (None, example) => example.clone().unwrap_or_default(),
            },
            usage: match node {
                Node { entry: Some(_), .. } => Usage::List,
                Node { printable: false, .. } => Usage::Condition,
                Node { optional: true, .. } => Usage::Optional,
                _ => Usage::Printed,
            },
            path,
        })
        .collect()
}

/// What an entry of a list has, for people who write a loop.
fn entries(entry: &Node) -> String {
    let names: Vec<&str> = entry.fields.keys().map(String::as_str).collect();
    if names.is_empty() { entry.example.clone().unwrap_or_default() } else { names.join(", ") }
}
