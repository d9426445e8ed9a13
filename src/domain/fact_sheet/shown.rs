//! The known facts as a page shows them: in the order of the catalogue, each with its name and its words.
//!
//! Every fact that is known stands in some row, so that nothing can be entered and then never seen.

use serde_json::Value;

use super::catalogue::{FACTS, Field, Kind};
use super::changes::in_words;
use super::check::join;
use super::{AddressKind, FactSheet, Gazette, LegalBasis, Regulation};

/// What stands in place of a secret that the reader has not asked to see; says nothing of its length.
pub const MASK: &str = "••••••••";

/// A section of the fact sheet with its known facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownSection {
    /// Key of the section: `user`, `term`.
    pub key: &'static str,
    /// Its name.
    pub title: &'static str,
    /// Its facts; never empty.
    pub rows: Vec<ShownFact>,
}

/// One known fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownFact {
    /// Path in the fact sheet; a regulation is one row with the path of the whole.
    pub path: String,
    /// Heading inside the section, "Pejabat PIHAK KEDUA", "Operator ke-2"; empty right under the title.
    pub group: String,
    /// Name of the fact.
    pub label: String,
    /// The fact in words, or [`MASK`].
    pub text: String,
    /// Personal or confidential: shown only when asked for.
    pub secret: bool,
}

/// Every known fact by section. Secrets are masked unless `reveal`; the home address of an official
/// is one of them.
pub fn facts_shown(facts: &FactSheet, reveal: bool) -> Vec<ShownSection> {
    let tree = facts.to_tree();
    let mut sections = Vec::new();
    for field in FACTS {
        let Some(value) = tree.get(field.key) else { continue };
        let mut rows = Vec::new();
        match field.key {
            "legal_bases" => rows = regulations(&facts.legal_bases),
            "papers" => {
                let unknown = FactSheet::default().to_tree();
                for paper in field.children() {
                    let said = value.get(paper.key);
                    if said != unknown.get(field.key).and_then(|papers| papers.get(paper.key))
                        && let Some(said) = said
                    {
                        show(said, paper, field.key, "", paper.secret, reveal, &mut rows);
                    }
                }
            }
            _ => match field.kind {
                Kind::Group(children) => inside(value, children, field.key, "", reveal, &mut rows),
                _ => show(value, field, "", "", field.secret, reveal, &mut rows),
            },
        }
        if !rows.is_empty() {
            sections.push(ShownSection { key: field.key, title: field.label, rows });
        }
    }
    sections
}

/// Rows of a fact, a group or a list that stands under `path`.
fn show(
    value: &Value,
    field: &Field,
    path: &str,
    group: &str,
    secret: bool,
    reveal: bool,
    rows: &mut Vec<ShownFact>,
) {
    let here = join(path, field.key);
    match field.kind {
        Kind::Group(children) => inside(value, children, &here, field.label, reveal, rows),
        Kind::List(children, one) => {
            for (index, entry) in value.as_array().into_iter().flatten().enumerate() {
                let mut heading = format!("{} ke-{}", crate::domain::wording::capitalise(one), index + 1);
                if !group.is_empty() {
                    heading = format!("{group}, {one} ke-{}", index + 1);
                }
                inside(entry, children, &join(&here, &index.to_string()), &heading, reveal, rows);
            }
        }
        _ => {
            let Some(words) = in_words(field, value) else { return };
            let masked = secret && !reveal;
            rows.push(ShownFact {
                path: here,
                group: group.to_owned(),
                label: field.label.to_owned(),
                text: if masked { MASK.to_owned() } else { words },
                secret,
            });
        }
    }
}

fn inside(value: &Value, fields: &[Field], path: &str, group: &str, reveal: bool, rows: &mut Vec<ShownFact>) {
    for field in fields {
        if let Some(inner) = value.get(field.key) {
            show(inner, field, path, group, is_secret(field, value), reveal, rows);
        }
    }
}

/// Whether a fact is secret among its siblings: a home address is, an office address is not.
fn is_secret(field: &Field, siblings: &Value) -> bool {
    let at_home = || siblings.get("address_kind").and_then(Value::as_str) == Some(AddressKind::Home.code());
    field.secret || (field.key == "address" && at_home())
}

/// One row for each regulation: eight rows would hide the list.
fn regulations(bases: &[LegalBasis]) -> Vec<ShownFact> {
    bases
        .iter()
        .enumerate()
        .map(|(index, basis)| ShownFact {
            path: format!("legal_bases.{index}"),
            group: String::new(),
            label: format!("Dasar hukum ke-{}", index + 1),
            text: in_full(basis),
            secret: false,
        })
        .collect()
}

/// A regulation with everything known of it: subject, gazettes, amendments.
fn in_full(basis: &LegalBasis) -> String {
    let mut text = regulation(&basis.regulation);
    if basis.amended_several_times {
        text.push_str(", diubah beberapa kali");
    }
    for (index, amendment) in basis.amended_by.iter().enumerate() {
        text.push_str(if index == 0 { ", diubah dengan " } else { "; " });
        text.push_str(&regulation(amendment));
    }
    text
}

fn regulation(regulation: &Regulation) -> String {
    let mut text = LegalBasis { regulation: regulation.clone(), ..LegalBasis::default() }.one_line();
    let gazettes: Vec<String> = regulation.gazettes.iter().map(Gazette::citation).collect();
    if !gazettes.is_empty() {
        text.push_str(&format!(" ({})", gazettes.join(", ")));
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rows(tree: Value, reveal: bool) -> Vec<ShownFact> {
        let facts = FactSheet::from_tree(tree).unwrap();
        facts_shown(&facts, reveal).into_iter().flat_map(|section| section.rows).collect()
    }

    fn text(rows: &[ShownFact], path: &str) -> Option<String> {
        rows.iter().find(|row| row.path == path).map(|row| row.text.clone())
    }

    #[test]
    fn facts_are_told_in_words_under_their_heading() {
        let rows = rows(
            json!({
                "user": {"official": {"name": "Wira Adinata", "nip": "198001012005011001"}},
                "signing": {"on": "2025-09-16"},
                "access": {"elements": ["nik", "agama"], "quota": [{"stage": "before_poc", "per_day": 1000}]},
            }),
            false,
        );
        assert_eq!(text(&rows, "signing.on").as_deref(), Some("16 September 2025"));
        assert_eq!(text(&rows, "user.official.nip").as_deref(), Some("19800101 200501 1 001"));
        assert_eq!(text(&rows, "access.elements").as_deref(), Some("NIK, agama"));
        assert_eq!(text(&rows, "access.quota.0.per_day").as_deref(), Some("1.000"));
        let group = |path: &str| rows.iter().find(|row| row.path == path).unwrap().group.clone();
        assert_eq!(group("user.official.name"), "Pejabat PIHAK KEDUA");
        assert_eq!(group("access.quota.0.per_day"), "Kuota ke-1");
    }

    #[test]
    fn secrets_are_masked_until_they_are_asked_for() {
        let tree = json!({
            "operators": [{"name": "Sari", "nik": "9901014101900001"}],
            "user": {"official": {"address": "Jalan Teratai 4", "address_kind": "home"}},
            "provider": {"official": {"address": "Jalan Merdeka 1"}},
        });
        let masked = rows(tree.clone(), false);
        assert_eq!(text(&masked, "operators.0.nik").as_deref(), Some(MASK));
        assert_eq!(text(&masked, "user.official.address").as_deref(), Some(MASK));
        assert_eq!(text(&masked, "provider.official.address").as_deref(), Some("Jalan Merdeka 1"));
        let open = rows(tree, true);
        assert_eq!(text(&open, "operators.0.nik").as_deref(), Some("9901014101900001"));
        assert_eq!(text(&open, "user.official.address").as_deref(), Some("Jalan Teratai 4"));
    }

    #[test]
    fn a_regulation_is_one_row_with_everything_known_of_it() {
        let rows = rows(
            json!({"legal_bases": [{
                "kind": "permendagri", "number": "102", "year": 2019, "about": "Hak Akses",
                "gazettes": [{"kind": "bn", "year": 2019, "number": "1611"}],
                "amended_by": [{"kind": "permendagri", "number": "17", "year": 2023}],
            }]}),
            false,
        );
        assert_eq!(
            text(&rows, "legal_bases.0").as_deref(),
            Some(
                "Permendagri 102/2019 tentang Hak Akses (Berita Negara Republik Indonesia Tahun 2019 \
                 Nomor 1611), diubah dengan Permendagri 17/2023"
            )
        );
    }

    #[test]
    fn a_companion_paper_that_nothing_is_known_of_has_no_rows() {
        let without = rows(json!({}), false);
        assert!(!without.iter().any(|row| row.path.starts_with("papers.")), "{without:?}");
        let with = rows(json!({"papers": {"sptjm": {"form": "fr_01_rev_01"}}}), false);
        assert_eq!(
            text(&with, "papers.sptjm.form").as_deref(),
            Some("FR.01-SOP-08/DITJEN-DUKCAPIL revisi 01")
        );
    }
}
