//! Where the clauses of a finished paper stand, read off the paper itself: a paper that was signed is
//! cited as it was signed, whatever its wording has become since.

use std::collections::BTreeMap;

use super::model::{Block, Document, Para};

/// Label of a clause → how it is cited, "Pasal 8 ayat (1) huruf b".
pub fn references(document: &Document) -> BTreeMap<String, String> {
    let mut references = BTreeMap::new();
    let mut place = Place::default();
    for block in &document.blocks {
        let (anchor, cited) = match block {
            Block::Heading(heading) if heading.level == 3 => {
                let article =
                    heading.lines.first().map(|line| line.iter().map(|run| run.text.as_str()).collect());
                place = Place { article: article.unwrap_or_default(), ..Place::default() };
                (&heading.anchor, place.cited())
            }
            Block::Para(para) if !place.article.is_empty() => {
                place.step(para);
                (&para.anchor, place.cited())
            }
            _ => continue,
        };
        if let Some(anchor) = anchor {
            references.entry(anchor.clone()).or_insert(cited);
        }
    }
    references
}

#[derive(Default)]
struct Place {
    article: String,
    ayat: Option<String>,
    items: Vec<String>,
}

impl Place {
    fn step(&mut self, para: &Para) {
        match para.label.as_deref() {
            // Running text, or an ayat that stands alone.
            None if para.level == 0 => (self.ayat, self.items) = (None, Vec::new()),
            // A further paragraph of the item above.
            None => {}
            Some(label) if label.starts_with('(') => {
                (self.ayat, self.items) = (Some(format!("ayat {label}")), Vec::new());
            }
            Some(label) => {
                let depth = usize::from(para.level).saturating_sub(usize::from(self.ayat.is_some()));
                self.items.truncate(depth);
                let name = label.trim_end_matches(['.', ')']);
                let kind = if name.starts_with(|c: char| c.is_ascii_digit()) { "angka" } else { "huruf" };
                self.items.push(format!("{kind} {name}"));
            }
        }
    }

    fn cited(&self) -> String {
        let parts = [Some(&self.article), self.ayat.as_ref()].into_iter().flatten().chain(&self.items);
        parts.map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::samples::samples;
    use super::super::{Print, pks};
    use super::*;

    #[test]
    fn a_finished_paper_is_cited_as_it_was_numbered() {
        for sample in samples() {
            let paper = pks::pks(&sample.facts, &Print::standard()).unwrap();
            assert!(paper.references.len() > 20, "{}", sample.code);
            assert_eq!(references(&paper.document), paper.references, "{}", sample.code);
        }
    }
}
