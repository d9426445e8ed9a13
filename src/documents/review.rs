//! Whether a changed wording may be kept: every paper that is made of it is printed with every sample,
//! each of its conditions both ways, and a PKS still has what the law wants it to have.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Value;
use minijinja::value::merge_maps;

use super::clause::check::{Fault, check};
use super::clause::scan::{Condition, scan};
use super::clause::{Asked, ClauseError, Shape, Wording, gap};
use super::model::{Block, Run};
use super::papers::{PaperError, PaperKind};
use super::samples::{Sample, samples};
use super::titles::title;
use super::vocabulary::{Known, Node, of, print};
use super::{Paper, Print, Stage, Stationery, clause, pks};

/// A part that a PKS must have (Permendagri 102/2019), by the label at which it is found.
struct Part {
    label: &'static str,
    name: &'static str,
    at: &'static str,
}

const PARTS: [Part; 9] = [
    Part { label: "purpose", name: "maksud dan tujuan", at: "judul pasalnya" },
    Part { label: "duties", name: "kewajiban para pihak", at: "judul pasalnya" },
    Part { label: "rights", name: "hak para pihak", at: "judul pasalnya" },
    Part { label: "term", name: "jangka waktu", at: "ayat yang memuatnya" },
    Part { label: "reporting", name: "pelaporan", at: "ayat yang memuatnya" },
    Part { label: "evaluation", name: "evaluasi", at: "ayat yang memuatnya" },
    Part { label: "financing", name: "pembiayaan", at: "ayat yang memuatnya" },
    Part { label: "secrecy", name: "larangan memberikan data kepada pihak lain", at: "butir yang memuatnya" },
    Part {
        label: "purpose_limit",
        name: "larangan menggunakan data di luar maksud dan tujuan",
        at: "butir yang memuatnya",
    },
];

/// Most variants of facts that one wording is printed with.
const MOST_VARIANTS: usize = 120;

/// What is wrong with the wording `name`, as it stands in `wording`. Empty when it may be kept.
pub fn review(wording: &Wording, name: &str) -> Vec<Fault> {
    let text = wording.get(name).unwrap_or_default();
    let Some(known) = of(name) else { return Vec::new() };
    let (read, mut faults) = check(text, &known.vocabulary);
    if !faults.is_empty() {
        return faults;
    }
    faults.extend(missing_labels(wording, name, known));
    if !faults.is_empty() {
        return faults;
    }
    let mut told = BTreeSet::new();
    let mut variants = 0;
    for &kind in &known.papers {
        for sample in samples() {
            let (printed, asked) = print(kind, sample, wording);
            if let Err(PaperError::Wording(error)) = printed {
                told.insert(located(&error, name, wording));
            }
            let asked = asked.iter().filter(|asked| asked.files.iter().any(|file| file == name));
            for asked in asked {
                for condition in &read.conditions {
                    for facts in both_ways(&asked.facts, condition, &known.vocabulary) {
                        variants += 1;
                        if variants <= MOST_VARIANTS
                            && let Err(error) = again(wording, asked, &facts)
                        {
                            told.insert(located(&error, name, wording));
                        }
                    }
                }
            }
        }
    }
    if told.is_empty() && known.papers.contains(&PaperKind::Pks) {
        told.extend(missing_parts(wording));
    }
    faults.extend(told);
    faults
}

/// References of the papers' articles that no wording of them has a label for, in any branch.
fn missing_labels(wording: &Wording, name: &str, known: &Known) -> Vec<Fault> {
    let mut faults = BTreeSet::new();
    for &kind in &known.papers {
        for sample in samples() {
            let (_, asked) = print(kind, sample, wording);
            for Asked { files, .. } in
                asked.into_iter().filter(|asked| asked.files.iter().any(|file| file == name))
            {
                let scans: BTreeMap<&str, _> = files
                    .iter()
                    .map(|file| (file.as_str(), scan(wording.get(file).unwrap_or_default())))
                    .collect();
                let labels: BTreeSet<&str> = scans
                    .values()
                    .flat_map(|scan| scan.labels.iter().map(|(label, _)| label.as_str()))
                    .collect();
                for (file, scan) in &scans {
                    for (label, _) in
                        scan.references.iter().filter(|(label, _)| !labels.contains(label.as_str()))
                    {
                        let error =
                            ClauseError::DanglingReference { file: (*file).to_owned(), label: label.clone() };
                        faults.insert(located(&error, name, wording));
                    }
                }
            }
        }
    }
    faults.into_iter().collect()
}

/// Prints the same articles or text again with other facts.
fn again(wording: &Wording, asked: &Asked, facts: &Value) -> Result<(), ClauseError> {
    let files: Vec<&str> = asked.files.iter().map(String::as_str).collect();
    match (asked.shape, files.first()) {
        (Shape::Articles { chapters }, _) => clause::articles(wording, &files, facts, chapters).map(|_| ()),
        (Shape::Prose, Some(file)) => clause::prose(wording, file, facts).map(|_| ()),
        (Shape::Line, Some(file)) => clause::line(wording, file, facts).map(|_| ()),
        (_, None) => Ok(()),
    }
}

/// The facts with a condition turned to yes and to no, as far as facts can be so.
fn both_ways(facts: &Value, condition: &Condition, vocabulary: &Node) -> Vec<Value> {
    match condition {
        Condition::Is(path, code) => vec![forced(facts, path, Value::from(code.as_str()))],
        Condition::Truth(path) => {
            let Some(node) = vocabulary.at(path) else { return Vec::new() };
            let to = if node.yes_no {
                vec![Value::from(true), Value::from(false)]
            } else if node.entry.is_some() {
                vec![Value::from(Vec::<Value>::new())]
            } else if node.printable {
                let absent = if node.optional { Value::from(()) } else { gap("isian") };
                vec![absent, Value::from(node.example.clone().unwrap_or_else(|| "contoh".to_owned()))]
            } else {
                Vec::new()
            };
            to.into_iter().map(|value| forced(facts, path, value)).collect()
        }
    }
}

fn forced(facts: &Value, path: &[String], to: Value) -> Value {
    let Some((part, rest)) = path.split_first() else { return to };
    let below = forced(&facts.get_attr(part).unwrap_or_default(), rest, to);
    merge_maps([facts.clone(), Value::from(BTreeMap::from([(part.clone(), below)]))])
}

/// An error of the clause engine with its line, said to the author of the wording `name`.
fn located(error: &ClauseError, name: &str, wording: &Wording) -> Fault {
    let (file, line, text) = match error {
        ClauseError::MissingWording { file } => (file, None, "redaksi ini tidak ada".to_owned()),
        ClauseError::Placeholder { file, line, reason } => {
            (file, Some(*line).filter(|line| *line > 0), reason.clone())
        }
        ClauseError::Markup { file, what } => {
            let words = scan(wording.get(file).unwrap_or_default()).words;
            let first = words.lines().position(|line| !line.trim().is_empty()).map(|at| at + 1);
            (file, first, format!("{what} tidak dapat dicetak di sini"))
        }
        ClauseError::DuplicateLabel { file, label } => {
            let labels = scan(wording.get(file).unwrap_or_default()).labels;
            let last = labels.iter().rev().find(|(known, _)| known == label).map(|(_, line)| *line);
            (file, last, format!("label “^{label}” dipakai dua kali dalam naskah ini"))
        }
        ClauseError::DanglingReference { file, label } => {
            let references = scan(wording.get(file).unwrap_or_default()).references;
            let line = references.iter().find(|(known, _)| known == label).map(|(_, line)| *line);
            (file, line, format!("rujukan ke label “{label}” tidak menemukan “^{label}” dalam naskah ini"))
        }
    };
    if file == name {
        return Fault { line, text };
    }
    let place = line.map(|line| format!(" baris {line}")).unwrap_or_default();
    let mend = match error {
        ClauseError::DanglingReference { label, .. } => {
            format!("; pertahankan “^{label}” di sini, atau ubah dahulu rujukan itu")
        }
        _ => String::new(),
    };
    Fault::whole(format!("pada redaksi “{}”{place}: {text}{mend}", title(file)))
}

/// Parts that a PKS must have and that one printed with this wording has not, while one printed with
/// the standard wording has.
fn missing_parts(wording: &Wording) -> BTreeSet<Fault> {
    let mut faults = BTreeSet::new();
    for sample in samples() {
        let (Some(own), Some(standard)) =
            (agreement(sample, wording), agreement(sample, &Wording::standard()))
        else {
            continue;
        };
        for part in PARTS.iter().filter(|part| standard.references.contains_key(part.label)) {
            let Part { label, name, at } = part;
            if !own.references.contains_key(*label) {
                faults.insert(Fault::whole(format!(
                    "bagian yang wajib ada dalam PKS tidak ditemukan: {name}; tulis bagian itu, lalu beri label “^{label}” di akhir {at} (Permendagri Nomor 102 Tahun 2019)"
                )));
            } else if says_nothing(&own, label) {
                faults.insert(Fault::whole(format!(
                    "bagian berlabel “^{label}” tidak berisi; PKS wajib memuat {name} (Permendagri Nomor 102 Tahun 2019)"
                )));
            }
        }
    }
    faults
}

fn agreement(sample: &Sample, wording: &Wording) -> Option<Paper> {
    let stationery = Stationery { wording: wording.clone(), ..Stationery::standard() };
    pks::pks(&sample.facts, &Print { stage: Stage::Final, stationery: &stationery }).ok()
}

/// Fewest words that say anything.
const FEWEST_WORDS: usize = 4;

/// Whether hardly a word stands under a label.
fn says_nothing(paper: &Paper, label: &str) -> bool {
    let count = |runs: &[Run]| runs.iter().map(|run| run.text.split_whitespace().count()).sum::<usize>();
    let mut words = 0;
    let mut inside: Option<Option<u8>> = None;
    for block in &paper.document.blocks {
        match (block, inside) {
            (Block::Heading(heading), None) if heading.anchor.as_deref() == Some(label) => {
                inside = Some(None)
            }
            (Block::Heading(_), Some(_)) => break,
            (Block::Para(para), None) if para.anchor.as_deref() == Some(label) => {
                inside = Some(Some(para.level));
                words += count(&para.runs);
            }
            // Items below a labelled one are deeper; what follows on its level is another clause.
            (Block::Para(para), Some(Some(level))) if para.level <= level => break,
            (Block::Para(para), Some(_)) => words += count(&para.runs),
            _ => {}
        }
    }
    words < FEWEST_WORDS
}

#[cfg(test)]
mod tests;
