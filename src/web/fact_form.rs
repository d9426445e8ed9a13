//! A form over the catalogue of facts: built from what is stored or what was posted, shown with every
//! fault beside its field, read back as the untyped tree that `FactSheet::from_tree` judges.
//!
//! One form of a fact sheet lives through a request as a [`FactForm`]:
//!
//! ```text
//! GET   FactForm::open(FACTS, &facts.to_tree())            → sections()
//! POST  FactForm::posted(FACTS, &posted.pairs)
//!         .reshape(&posted.pairs) is true                  → sections(), nothing is stored
//!         FactSheet::from_tree(form.tree()) fails          → refuse(&faults), sections(), errors()
//! ```
//!
//! Names of fields are the paths of the catalogue: `user.official.name`, `legal_bases.0.number`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::pages::form::{ConflictRow, FormItem, FormSection, id_of};
use crate::domain::fact_sheet::catalogue::{Field, Kind};
use crate::domain::fact_sheet::check::{Fault, MAX_ITEMS, join};

mod read;
mod show;
#[cfg(test)]
mod tests;

/// What stands in a form over some facts of the catalogue, exactly as typed.
#[derive(Debug, Clone)]
pub struct FactForm {
    fields: &'static [Field],
    slots: Vec<Slot>,
    errors: Vec<String>,
}

/// What stands at one field; one slot per field of the catalogue, in its order.
#[derive(Debug, Clone)]
enum Slot {
    /// One fact: the values posted under its name, untouched.
    Fact { values: Vec<String>, errors: Vec<String>, stored_now: Option<String> },
    /// A group of facts.
    Group(Vec<Slot>),
    /// A list of groups.
    List { entries: Vec<Vec<Slot>>, errors: Vec<String> },
}

/// Sections of the form of an agreement: anchor, heading, keys of the catalogue.
pub const AGREEMENT_SECTIONS: &[(&str, &str, &[&str])] = &[
    ("pihak-kesatu", "PIHAK KESATU (Disdukcapil)", &["provider"]),
    ("pihak-kedua", "PIHAK KEDUA (lembaga pengguna)", &["user"]),
    ("pokok", "Pokok perjanjian", &["subject", "recitals"]),
    ("tanda-tangan", "Penandatanganan", &["signing"]),
    ("masa", "Jangka waktu dan perpanjangan", &["term", "renewal"]),
    ("akses", "Hak akses dan elemen data", &["access"]),
    ("jaringan", "Jaringan dan perangkat pembaca", &["network", "card_readers"]),
    ("balikan", "Data balikan", &["feedback"]),
    ("keamanan", "Keamanan dan layanan", &["security", "service"]),
    ("laporan", "Laporan semester dan evaluasi", &["reporting", "evaluation"]),
    ("dasar-hukum", "Dasar hukum", &["legal_bases"]),
    ("surat", "Surat persetujuan dan permohonan", &["approval_letters", "application"]),
    ("orang", "Narahubung dan operator", &["contacts", "operators"]),
    ("naskah", "Naskah pendamping", &["papers"]),
    ("surat-menyurat", "Surat-surat dan perubahan akses", &["letters", "changes", "proofs"]),
    ("berita-acara", "Berita acara, adendum dan laporan", &["handovers", "addenda", "reports"]),
    (
        "pengawasan",
        "Evaluasi, pergantian pejabat dan teguran",
        &["assessments", "official_changes", "warnings", "access_proposals"],
    ),
    ("bentuk", "Bentuk naskah, rangkap dan meterai", &["form", "copies"]),
    ("lain", "Perjanjian sebelumnya dan catatan", &["supersedes", "note"]),
];

impl FactForm {
    /// A form opened on what is stored.
    pub fn open(fields: &'static [Field], tree: &Value) -> Self {
        Self { fields, slots: read::from_tree(fields, tree), errors: Vec::new() }
    }

    /// A form as it was posted. Gaps in lists are closed, so that an index on the page is the index
    /// in the tree; names outside the catalogue are left to the handler.
    pub fn posted(fields: &'static [Field], pairs: &[(String, String)]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, value) in pairs {
            by_name.entry(name).or_default().push(value);
        }
        Self { fields, slots: read::from_names(fields, "", &by_name), errors: Vec::new() }
    }

    /// Adds or removes the entry that `_add` or `_remove` names. True when the form is only to be
    /// shown again.
    pub fn reshape(&mut self, pairs: &[(String, String)]) -> bool {
        let wanted =
            |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, path)| path.as_str());
        if let Some(path) = wanted("_add") {
            if let Some((fields, Slot::List { entries, .. })) = find(self.fields, &mut self.slots, path)
                && entries.len() < MAX_ITEMS
            {
                entries.push(read::from_tree(fields, &Value::Null));
            }
            return true;
        }
        let Some(path) = wanted("_remove") else { return false };
        if let Some((list, index)) = path.rsplit_once('.')
            && let Ok(index) = index.parse::<usize>()
            && let Some((_, Slot::List { entries, .. })) = find(self.fields, &mut self.slots, list)
            && index < entries.len()
        {
            entries.remove(index);
        }
        true
    }

    /// The untyped tree, for `FactSheet::from_tree`. Entries in which nothing was typed are dropped
    /// from the form first, so that the paths of faults fit the form that is shown again.
    pub fn tree(&mut self) -> Value {
        read::drop_blank(self.fields, &mut self.slots);
        Value::Object(read::to_tree(self.fields, &self.slots))
    }

    /// Puts every fault beside its field; what belongs to no field goes to [`Self::errors`].
    pub fn refuse(&mut self, faults: &[Fault]) {
        for fault in faults {
            self.refuse_at(&fault.path, sentence(fault));
        }
    }

    /// Puts a sentence beside the field at a path, or among [`Self::errors`] when there is none.
    pub fn refuse_at(&mut self, path: &str, text: impl Into<String>) {
        let text = text.into();
        let (at, line) = place_of(self.fields, path);
        match find(self.fields, &mut self.slots, at) {
            Some((_, Slot::Fact { values, errors, .. })) => errors.push(match line {
                Some(index) => format!("Baris {}: {text}", line_number(values, index)),
                None => text,
            }),
            Some((_, Slot::List { errors, .. })) => errors.push(text),
            Some((_, Slot::Group(_))) | None => self.errors.push(text),
        }
    }

    /// Whether anything is refused.
    pub fn refused(&self) -> bool {
        !self.errors.is_empty() || any_error(&self.slots)
    }

    /// Faults that belong to no field of this form.
    pub fn errors(&self) -> Vec<String> {
        self.errors.clone()
    }

    /// The facts of some top-level keys as one section. The heading of a key's group is left out when
    /// the section holds nothing else.
    pub fn section(&self, id: &str, title: &str, keys: &[&str]) -> FormSection {
        let mut section = FormSection::new(id, title, self.items(keys));
        section.lacking = self
            .picked(keys)
            .map(|(field, slot)| read::lacking(std::slice::from_ref(field), std::slice::from_ref(slot)))
            .sum();
        section
    }

    /// The form of an agreement, section by section; see [`AGREEMENT_SECTIONS`].
    pub fn sections(&self) -> Vec<FormSection> {
        AGREEMENT_SECTIONS.iter().map(|(id, title, keys)| self.section(id, title, keys)).collect()
    }

    /// The facts of some top-level keys, in the order of the keys.
    pub fn items(&self, keys: &[&str]) -> Vec<FormItem> {
        match self.picked(keys).collect::<Vec<_>>().as_slice() {
            [(field, Slot::Group(slots))] => show::items(field.children(), slots, field.key),
            several => several.iter().map(|(field, slot)| show::item(field, slot, field.key)).collect(),
        }
    }

    /// Every fact of the form, in the order of the catalogue.
    pub fn all_items(&self) -> Vec<FormItem> {
        show::items(self.fields, &self.slots, "")
    }

    /// Brings the form together with what somebody else stored since it was opened (409). `before` has
    /// the words that stood at each path they changed. What this person left alone is taken over; what
    /// both changed stays as typed, with the stored words beside it. One row for each.
    pub fn reconcile(
        &mut self,
        stored: &Value,
        before: &BTreeMap<String, Option<String>>,
    ) -> Vec<ConflictRow> {
        let mut rows = Vec::new();
        let theirs = read::from_tree(self.fields, stored);
        reconcile(self.fields, &mut self.slots, &theirs, before, ("", ""), &mut rows);
        rows
    }

    fn picked<'a>(&'a self, keys: &'a [&str]) -> impl Iterator<Item = (&'static Field, &'a Slot)> {
        keys.iter().filter_map(|key| self.fields.iter().zip(&self.slots).find(|(field, _)| field.key == *key))
    }
}

/// The slot at a path, with the fields of its group or list.
fn find<'a>(
    fields: &'static [Field],
    slots: &'a mut [Slot],
    path: &str,
) -> Option<(&'static [Field], &'a mut Slot)> {
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    let at = fields.iter().position(|field| field.key == key)?;
    let (field, slot) = (fields.get(at)?, slots.get_mut(at)?);
    let Some(rest) = rest else { return Some((field.children(), slot)) };
    match slot {
        Slot::Group(inside) => find(field.children(), inside, rest),
        Slot::List { entries, .. } => {
            let (index, rest) = rest.split_once('.')?;
            find(field.children(), entries.get_mut(index.parse::<usize>().ok()?)?, rest)
        }
        Slot::Fact { .. } => None,
    }
}

/// The field that shows a path, and the line in it: `recitals.2` stands in `recitals`, third line; a
/// fault of a whole entry stands beside its list.
fn place_of<'a>(fields: &'static [Field], path: &'a str) -> (&'a str, Option<usize>) {
    let (parent, last) = path.rsplit_once('.').unwrap_or((path, ""));
    let Ok(index) = last.parse::<usize>() else { return (path, None) };
    let mut here = fields;
    let mut kind = None;
    for part in parent.split('.').filter(|part| part.parse::<usize>().is_err()) {
        let Some(field) = here.iter().find(|field| field.key == part) else { return (path, None) };
        here = field.children();
        kind = Some(field.kind);
    }
    match kind {
        Some(Kind::Texts) => (parent, Some(index)),
        _ => (parent, None),
    }
}

/// The line on the page of the n-th text, counting the empty lines that the tree leaves out.
fn line_number(values: &[String], index: usize) -> usize {
    let lines = values.iter().flat_map(|value| value.lines());
    lines
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .nth(index)
        .map_or(index + 1, |(number, _)| number + 1)
}

/// The fault as people in a browser read it: quotes are a matter of agreement files.
fn sentence(fault: &Fault) -> String {
    let expected = fault.expected.replace(", tanpa tanda kutip", "").replace(" di antara tanda kutip", "");
    Fault { expected, ..fault.clone() }.sentence()
}

fn any_error(slots: &[Slot]) -> bool {
    slots.iter().any(|slot| match slot {
        Slot::Fact { errors, .. } => !errors.is_empty(),
        Slot::Group(inside) => any_error(inside),
        Slot::List { entries, errors } => !errors.is_empty() || entries.iter().any(|entry| any_error(entry)),
    })
}

/// `here` is the path of the group and the words that lead a fact's name.
fn reconcile(
    fields: &'static [Field],
    mine: &mut [Slot],
    theirs: &[Slot],
    before: &BTreeMap<String, Option<String>>,
    (path, owner): (&str, &str),
    rows: &mut Vec<ConflictRow>,
) {
    for ((field, mine), theirs) in fields.iter().zip(mine).zip(theirs) {
        let here = join(path, field.key);
        let row = |was: String, theirs: String, yours: Option<String>| ConflictRow {
            field_id: id_of(&here),
            label: format!("{owner}{}", field.label),
            before: was,
            theirs,
            yours,
        };
        match (mine, theirs) {
            (Slot::Fact { values, stored_now, .. }, Slot::Fact { values: stored, .. }) => {
                let (typed, known) = (show::words(field, values), show::words(field, stored));
                let Some(was) = before.get(&here).filter(|_| typed != known) else { continue };
                let said = |words: Option<String>| words.unwrap_or_else(|| "kosong".to_owned());
                // The log keeps no words of a secret, so nobody can say who left it alone.
                if *was == typed && !field.secret {
                    values.clone_from(stored);
                    rows.push(row(said(was.clone()), said(known), None));
                } else {
                    let known = said(known);
                    *stored_now = Some(known.clone());
                    let was = if field.secret { "rahasia".to_owned() } else { said(was.clone()) };
                    rows.push(row(was, known, Some(said(typed))));
                }
            }
            (Slot::Group(mine), Slot::Group(theirs)) => {
                let owner = format!("{}, ", field.label);
                reconcile(field.children(), mine, theirs, before, (&here, &owner), rows);
            }
            (Slot::List { entries: mine, .. }, Slot::List { entries: theirs, .. }) => {
                let start = format!("{here}.");
                let touched =
                    before.range(start.clone()..).next().is_some_and(|(path, _)| path.starts_with(&start));
                if touched && mine.len() != theirs.len() {
                    let count = |many: usize| match many {
                        0 => "tidak ada".to_owned(),
                        many => format!("{many} butir"),
                    };
                    rows.push(row("—".to_owned(), count(theirs.len()), Some(count(mine.len()))));
                    continue;
                }
                for (index, (mine, theirs)) in mine.iter_mut().zip(theirs).enumerate() {
                    let here = join(&here, &index.to_string());
                    let owner = format!("{} {}, ", field.label, index + 1);
                    reconcile(field.children(), mine, theirs, before, (&here, &owner), rows);
                }
            }
            _ => {}
        }
    }
}
