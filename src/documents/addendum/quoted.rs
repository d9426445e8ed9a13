//! Which provisions of the PKS an addendum changes, with their new text.

use super::settled;
use crate::documents::model::{Align, Block, Document, Heading, Para, Run};
use crate::documents::papers::PaperError;
use crate::documents::pks::pks;
use crate::documents::{Print, facts::known};
use crate::domain::fact_sheet::{Addendum, ArticleChange, FactSheet};

/// An article of a printed PKS.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its heading: "Pasal 4" and, where the paper has no chapters, its title.
    pub heading: Vec<Vec<Run>>,
    /// Its text.
    pub paras: Vec<Para>,
}

/// A provision that an addendum changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Quoted {
    /// What happens to it.
    pub kind: QuotedKind,
    /// As cited, "Pasal 2 ayat (1)"; none while the facts do not say which.
    pub place: Option<String>,
    /// The article after which it is added.
    pub after: Option<String>,
    /// Its heading, where the whole article is quoted.
    pub heading: Vec<Vec<Run>>,
    /// Its new text.
    pub paras: Vec<Para>,
}

/// What happens to a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotedKind {
    /// New text.
    Changed,
    /// A new article behind the last one.
    Added,
    /// An article that falls away.
    Removed,
}

/// Where a provision stands: article and, within it, ayat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    article: usize,
    ayat: Option<usize>,
}

impl Place {
    /// Reads "Pasal 8 ayat (1)"; none for anything else.
    fn parse(cited: &str) -> Option<Self> {
        let mut words = cited.split_whitespace();
        let is = |word: Option<&str>, name: &str| word.is_some_and(|word| word.eq_ignore_ascii_case(name));
        if !is(words.next(), "pasal") {
            return None;
        }
        let article = words.next()?.parse().ok()?;
        let ayat = match words.next() {
            None => None,
            Some(word) if word.eq_ignore_ascii_case("ayat") => {
                Some(words.next()?.strip_prefix('(')?.strip_suffix(')')?.parse().ok()?)
            }
            Some(_) => return None,
        };
        words.next().is_none().then_some(Self { article, ayat })
    }

    fn covers(self, other: Self) -> bool {
        self.article == other.article && (self.ayat.is_none() || self.ayat == other.ayat)
    }

    fn cited(self) -> String {
        match self.ayat {
            Some(ayat) => format!("Pasal {} ayat ({ayat})", self.article),
            None => format!("Pasal {}", self.article),
        }
    }
}

/// The articles of a printed PKS, in order.
pub fn articles_of(document: &Document) -> Vec<Article> {
    let mut articles: Vec<Article> = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(heading) if heading.level == 3 => {
                articles.push(Article { heading: heading.lines.clone(), paras: Vec::new() });
            }
            Block::Para(para) => {
                if let Some(article) = articles.last_mut() {
                    // A quotation is no target of references.
                    article.paras.push(Para { anchor: None, ..para.clone() });
                }
            }
            _ => {}
        }
    }
    articles
}

impl Article {
    /// Its paragraphs by ayat; text before the first one stands alone in front.
    fn ayat(&self) -> Vec<&[Para]> {
        let begins =
            |para: &Para| para.level == 0 && para.label.as_deref().is_some_and(|l| l.starts_with('('));
        let starts: Vec<usize> =
            self.paras.iter().enumerate().filter(|(_, para)| begins(para)).map(|(at, _)| at).collect();
        let ends = starts.iter().skip(1).copied().chain([self.paras.len()]);
        starts.iter().zip(ends).map(|(&start, end)| &self.paras[start..end]).collect()
    }

    /// The only ayat that differs from the same article of another printing, from 1.
    fn only_changed_ayat(&self, other: &Self) -> Option<usize> {
        let (mine, theirs) = (self.ayat(), other.ayat());
        let in_ayat = |all: &[&[Para]], article: &Self| {
            all.iter().map(|ayat| ayat.len()).sum::<usize>() == article.paras.len()
        };
        let comparable = self.heading == other.heading
            && mine.len() > 1
            && mine.len() == theirs.len()
            && in_ayat(&mine, self)
            && in_ayat(&theirs, other);
        let mut changed = (0..mine.len()).filter(|&at| mine[at] != theirs[at]);
        match (comparable, changed.next(), changed.next()) {
            (true, Some(only), None) => Some(only + 1),
            _ => None,
        }
    }
}

/// Everything that the addendum at that place in the list changes, in the order of the articles.
pub(super) fn quoted(
    facts: &FactSheet,
    nth: usize,
    change: &Addendum,
    print: &Print<'_>,
) -> Result<Vec<Quoted>, PaperError> {
    let before_facts = facts.before_addendum(nth);
    let before = articles_of(&pks(&before_facts, &settled(print))?.document);
    let after = articles_of(&pks(&change.applied_to(&before_facts), &settled(print))?.document);

    let own = |change: &Addendum| -> Vec<Place> { change.articles.iter().filter_map(place).collect() };
    let in_own_words = own(change);
    if in_own_words.iter().any(|place| !exists(*place, &after)) {
        return Err(PaperError::Senseless("adendum ini menyebut ketentuan yang tidak ada dalam perjanjian"));
    }
    let computed: Vec<(Place, Quoted)> = differences(&before, &after)
        .into_iter()
        .filter(|(place, _)| !in_own_words.iter().any(|own| own.covers(*place)))
        .collect();
    // The wording does not know what an earlier addendum said in words of its own; printed over it,
    // the new text would silently undo that.
    let earlier: Vec<Place> = facts.addenda.iter().take(nth).flat_map(own).collect();
    let overlaps = |place: Place| earlier.iter().any(|own| own.covers(place) || place.covers(*own));
    if computed.iter().any(|(place, _)| overlaps(*place)) {
        return Err(PaperError::Senseless(
            "adendum ini mengubah ketentuan yang bunyinya sudah ditulis dengan kata sendiri dalam adendum \
             sebelumnya; tulis bunyi barunya pada adendum ini",
        ));
    }
    let mut all: Vec<(Option<Place>, Quoted)> =
        computed.into_iter().map(|(place, quoted)| (Some(place), quoted)).collect();
    for article in &change.articles {
        if known(article.article.as_deref()).is_some() || known(article.text.as_deref()).is_some() {
            all.push((place(article), in_words(article, &after)));
        }
    }
    if all.is_empty() {
        return Err(PaperError::Senseless(
            "adendum ini tidak mengubah apa pun: isi paling sedikit satu perubahan yang berbeda dari perjanjian",
        ));
    }
    // What cannot be placed comes last.
    all.sort_by_key(|(place, _)| (place.is_none(), *place));
    Ok(all.into_iter().map(|(_, quoted)| quoted).collect())
}

fn place(change: &ArticleChange) -> Option<Place> {
    known(change.article.as_deref()).and_then(|cited| Place::parse(&cited))
}

fn exists(place: Place, articles: &[Article]) -> bool {
    let article = place.article.checked_sub(1).and_then(|at| articles.get(at));
    article.is_some_and(|article| place.ayat.is_none_or(|ayat| (1..=article.ayat().len()).contains(&ayat)))
}

/// What differs between two printings, article by article.
fn differences(before: &[Article], after: &[Article]) -> Vec<(Place, Quoted)> {
    let mut differences = Vec::new();
    for (at, new) in after.iter().enumerate() {
        let article = at + 1;
        let whole = |kind| Quoted {
            kind,
            place: Some(format!("Pasal {article}")),
            after: (at > 0).then(|| format!("Pasal {at}")),
            heading: new.heading.clone(),
            paras: new.paras.clone(),
        };
        match before.get(at) {
            None => differences.push((Place { article, ayat: None }, whole(QuotedKind::Added))),
            Some(old) if old == new => {}
            Some(old) => match new.only_changed_ayat(old) {
                Some(ayat) => {
                    let place = Place { article, ayat: Some(ayat) };
                    let paras = new.ayat()[ayat - 1].to_vec();
                    let quoted = Quoted {
                        place: Some(place.cited()),
                        heading: Vec::new(),
                        paras,
                        ..whole(QuotedKind::Changed)
                    };
                    differences.push((place, quoted));
                }
                None => differences.push((Place { article, ayat: None }, whole(QuotedKind::Changed))),
            },
        }
    }
    for at in after.len()..before.len() {
        let place = Place { article: at + 1, ayat: None };
        differences.push((
            place,
            Quoted {
                kind: QuotedKind::Removed,
                place: Some(place.cited()),
                after: None,
                heading: Vec::new(),
                paras: Vec::new(),
            },
        ));
    }
    differences
}

/// A change whose text is given in words.
fn in_words(change: &ArticleChange, after: &[Article]) -> Quoted {
    let cited = known(change.article.as_deref());
    let place = place(change);
    let text = known(change.text.as_deref());
    // An ayat keeps its number, typed or not.
    let label = place.and_then(|place| place.ayat).map(|ayat| format!("({ayat})"));
    let text = text.map(|text| match label.as_ref().and_then(|label| text.strip_prefix(label.as_str())) {
        Some(rest) => rest.trim_start().to_owned(),
        None => text,
    });
    let heading = place
        .filter(|place| place.ayat.is_none())
        .and_then(|place| after.get(place.article - 1))
        .map(|article| article.heading.clone())
        .unwrap_or_default();
    let run = text.map_or_else(|| Run::gap("bunyi ketentuan yang baru"), Run::plain);
    Quoted {
        kind: QuotedKind::Changed,
        place: cited,
        after: None,
        heading,
        paras: vec![Para {
            label,
            level: 0,
            align: Align::Justify,
            runs: vec![run],
            keep_with_next: false,
            anchor: None,
        }],
    }
}

impl Quoted {
    /// Heading and paragraphs, set in by that many levels.
    pub(super) fn blocks(&self, levels: u8) -> Vec<Block> {
        let paras = self
            .paras
            .iter()
            .map(|para| Block::Para(Para { level: para.level.saturating_add(levels), ..para.clone() }));
        let lines = Some(&self.heading).filter(|lines| !lines.is_empty());
        let heading =
            lines.map(|lines| Block::Heading(Heading { level: 3, lines: lines.clone(), anchor: None }));
        heading.into_iter().chain(paras).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_provision_is_read_as_it_is_cited() {
        for cited in ["Pasal 8", "Pasal 8 ayat (1)"] {
            assert_eq!(Place::parse(cited).unwrap().cited(), cited);
        }
        assert_eq!(Place::parse("pasal  8   Ayat (12)").unwrap().cited(), "Pasal 8 ayat (12)");
        for other in [
            "",
            "Pasal",
            "Pasal 8 ayat 1",
            "Pasal 8 huruf a",
            "Pasal I",
            "ayat (1)",
            "Pasal 8 ayat (1) huruf a",
        ] {
            assert_eq!(Place::parse(other), None, "{other}");
        }
    }
}
