//! Second pass: Markdown → articles, paragraphs and lists, nothing else.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use super::ClauseError;
use super::fill::{Fill, Filled};

/// One wording as a tree.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) file: String,
    pub(super) fills: Vec<Fill>,
    pub(super) articles: Vec<Article>,
}

/// An article, or running text without a title.
#[derive(Debug, Default)]
pub(super) struct Article {
    pub(super) title: Text,
    pub(super) nodes: Vec<Node>,
}

#[derive(Debug)]
pub(super) enum Node {
    Para(Text),
    List(List),
}

#[derive(Debug)]
pub(super) struct List {
    /// Ordered in Markdown: ayat in an article, "1." in running text.
    pub(super) ordered: bool,
    pub(super) items: Vec<Item>,
}

#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) paras: Vec<Text>,
    pub(super) lists: Vec<List>,
}

/// Text of a block with its markers taken off.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) spans: Vec<Span>,
    pub(super) label: Option<String>,
    /// Items below it are joined by "atau".
    pub(super) either: bool,
}

/// A stretch in one style; its text may hold tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

pub(super) fn articles(file: &str, filled: Filled) -> Result<Part, ClauseError> {
    let refuse = |what| Err(ClauseError::Markup { file: file.to_owned(), what });
    let mut builder = Builder::default();
    let mut articles: Vec<Article> = Vec::new();
    builder.read(file, &filled.markdown, |node| match (node, articles.last_mut()) {
        (Read::Title(title), _) => {
            articles.push(Article { title, nodes: Vec::new() });
            Ok(())
        }
        (Read::Node(node), Some(article)) => {
            article.nodes.push(node);
            Ok(())
        }
        (Read::Node(_), None) => refuse("teks sebelum judul pasal"),
    })?;
    Ok(Part { file: file.to_owned(), fills: filled.fills, articles })
}

pub(super) fn prose(file: &str, filled: Filled) -> Result<Part, ClauseError> {
    let refuse = |what| Err(ClauseError::Markup { file: file.to_owned(), what });
    let mut text = Article::default();
    Builder::default().read(file, &filled.markdown, |node| match node {
        Read::Node(node) => {
            text.nodes.push(node);
            Ok(())
        }
        Read::Title(_) => refuse("judul pasal di luar pasal"),
    })?;
    Ok(Part { file: file.to_owned(), fills: filled.fills, articles: vec![text] })
}

/// What no paper can hold, in the author's words; none for what it can.
fn refusal(event: &Event<'_>) -> Option<&'static str> {
    Some(match event {
        Event::HardBreak => "baris baru paksa",
        Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => return None,
        Event::Start(Tag::Heading { .. }) => "judul selain tingkat satu",
        Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => "kode (teks menjorok atau `)",
        Event::Start(Tag::Link { .. } | Tag::Image { .. }) => "tautan atau gambar",
        Event::Start(Tag::HtmlBlock) | Event::Html(_) | Event::InlineHtml(_) => "HTML",
        Event::Start(Tag::BlockQuote(_)) => "kutipan (>)",
        Event::Rule => "garis pemisah",
        _ => return None,
    })
}

/// Markup that no paper can hold, with the line of each; in a text without tags.
pub(super) fn refused_markup(words: &str) -> Vec<(usize, &'static str)> {
    let line_of = |at: usize| words[..at].matches('\n').count() + 1;
    let mut found: Vec<(usize, &'static str)> = Parser::new_ext(words, Options::empty())
        .into_offset_iter()
        .filter_map(|(event, range)| Some((line_of(range.start), refusal(&event)?)))
        .collect();
    found.dedup();
    found
}

enum Read {
    Title(Text),
    Node(Node),
}

/// Lists that are still open, from outside in, and the text being read.
#[derive(Default)]
struct Builder {
    lists: Vec<List>,
    spans: Vec<Span>,
    bold: bool,
    italic: bool,
}

impl Builder {
    fn read(
        &mut self,
        file: &str,
        markdown: &str,
        mut see: impl FnMut(Read) -> Result<(), ClauseError>,
    ) -> Result<(), ClauseError> {
        let refuse = |what| Err(ClauseError::Markup { file: file.to_owned(), what });
        for event in Parser::new_ext(markdown, Options::empty()) {
            match event {
                Event::Text(text) => self.push(&text),
                Event::SoftBreak => self.push(" "),
                Event::Start(Tag::Strong) => self.bold = true,
                Event::End(pulldown_cmark::TagEnd::Strong) => self.bold = false,
                Event::Start(Tag::Emphasis) => self.italic = true,
                Event::End(pulldown_cmark::TagEnd::Emphasis) => self.italic = false,
                // A tight item has no paragraph of its own: its text ends where the next list begins.
                Event::Start(Tag::List(start)) => {
                    self.close_item_text();
                    self.lists.push(List { ordered: start.is_some(), items: Vec::new() });
                }
                Event::Start(Tag::Item) => {
                    if let Some(list) = self.lists.last_mut() {
                        list.items.push(Item::default());
                    }
                }
                Event::End(pulldown_cmark::TagEnd::Item) => self.close_item_text(),
                Event::End(pulldown_cmark::TagEnd::List(_)) => {
                    if let Some(list) = self.lists.pop() {
                        match self.lists.last_mut().and_then(|outer| outer.items.last_mut()) {
                            Some(item) => item.lists.push(list),
                            None => see(Read::Node(Node::List(list)))?,
                        }
                    }
                }
                Event::Start(Tag::Paragraph | Tag::Heading { level: HeadingLevel::H1, .. }) => {}
                Event::End(pulldown_cmark::TagEnd::Heading(_)) => see(Read::Title(self.take_text()))?,
                Event::End(pulldown_cmark::TagEnd::Paragraph) if self.lists.is_empty() => {
                    see(Read::Node(Node::Para(self.take_text())))?;
                }
                Event::End(pulldown_cmark::TagEnd::Paragraph) => self.close_item_text(),
                other => return refuse(refusal(&other).unwrap_or("bentuk yang tidak dikenal")),
            }
        }
        Ok(())
    }

    fn push(&mut self, text: &str) {
        let (bold, italic) = (self.bold, self.italic);
        match self.spans.last_mut() {
            Some(span) if span.bold == bold && span.italic == italic => span.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), bold, italic }),
        }
    }

    fn close_item_text(&mut self) {
        if self.spans.is_empty() {
            return;
        }
        let text = self.take_text();
        if let Some(item) = self.lists.last_mut().and_then(|list| list.items.last_mut()) {
            item.paras.push(text);
        }
    }

    fn take_text(&mut self) -> Text {
        let mut text = Text { spans: std::mem::take(&mut self.spans), label: None, either: false };
        while let Some(marker) = text.take_marker() {
            if marker == "or" {
                text.either = true;
            } else {
                text.label = Some(marker);
            }
        }
        text
    }
}

impl Text {
    /// Takes ` ^name` off the end.
    fn take_marker(&mut self) -> Option<String> {
        let last = self.spans.last_mut()?;
        let trimmed = last.text.trim_end();
        let (before, marker) = trimmed.rsplit_once('^')?;
        let is_name = |c: char| c.is_ascii_lowercase() || c == '_' || c == '.';
        if marker.is_empty() || !marker.chars().all(is_name) {
            return None;
        }
        let marker = marker.to_owned();
        last.text = before.trim_end().to_owned();
        if last.text.is_empty() {
            self.spans.pop();
        }
        Some(marker)
    }
}
