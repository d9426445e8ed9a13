//! The structure of a paper for those who do not see it: headings, paragraphs, lists, tables and
//! figures in reading order (ISO 32000-1, 14.7 and 14.8). Layout grows the tree, the page writer
//! marks which content belongs to which node, and the file takes it all.

use std::io::Write;

use super::file::{File, Id, push_text};
use crate::documents::model::Para;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// A whole paper alone in its file.
    Document,
    /// A whole paper among others.
    Sect,
    /// Things that belong together.
    Div,
    /// A heading of a level from 1 to 6.
    H(u8),
    /// A paragraph.
    P,
    /// A list.
    L,
    /// An item of a list.
    Li,
    /// Its number.
    Lbl,
    /// Its text.
    LBody,
    /// A table.
    Table,
    /// A row.
    Tr,
    /// A cell of a header row.
    Th,
    /// A cell.
    Td,
    /// A picture or a diagram.
    Figure,
    /// What stands below it.
    Caption,
}

impl Tag {
    /// Its name in the file.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Sect => "Sect",
            Self::Div => "Div",
            Self::H(level) => ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from(level.clamp(1, 6) - 1)],
            Self::P => "P",
            Self::L => "L",
            Self::Li => "LI",
            Self::Lbl => "Lbl",
            Self::LBody => "LBody",
            Self::Table => "Table",
            Self::Tr => "TR",
            Self::Th => "TH",
            Self::Td => "TD",
            Self::Figure => "Figure",
            Self::Caption => "Caption",
        }
    }
}

/// A node of the tree of one paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NodeId(u32);

impl NodeId {
    /// The paper as a whole.
    pub(super) const ROOT: Self = Self(0);

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// Content of a page that belongs to a node.
#[derive(Debug, Clone, Copy)]
struct Mark {
    order: u32,
    page: usize,
    number: usize,
}

#[derive(Debug)]
struct Node {
    tag: Tag,
    parent: NodeId,
    /// The place in reading order at which it was opened.
    born: u32,
    marks: Vec<Mark>,
    alt: Option<Box<str>>,
    /// Where a figure stands, in points from the lower left corner of its page.
    place: Option<[f32; 4]>,
}

/// The tree of one paper.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

impl Default for Tree {
    fn default() -> Self {
        let root = Node {
            tag: Tag::Document,
            parent: NodeId::ROOT,
            born: 0,
            marks: Vec::new(),
            alt: None,
            place: None,
        };
        Self { nodes: vec![root] }
    }
}

impl Tree {
    /// A new last child.
    pub(super) fn add(&mut self, parent: NodeId, tag: Tag, born: u32) -> NodeId {
        let node = Node { tag, parent, born, marks: Vec::new(), alt: None, place: None };
        self.nodes.push(node);
        NodeId((self.nodes.len() - 1) as u32)
    }

    /// Says what a figure shows.
    pub(super) fn describe(&mut self, node: NodeId, alt: &str) {
        self.nodes[node.index()].alt = Some(alt.into());
    }

    /// What a node is.
    pub(super) fn tag(&self, node: NodeId) -> Tag {
        self.nodes[node.index()].tag
    }

    /// The content numbered `number` of a page belongs to the node.
    pub(super) fn mark(&mut self, node: NodeId, order: u32, page: usize, number: usize) {
        self.nodes[node.index()].marks.push(Mark { order, page, number });
    }

    /// A figure covers this place, too.
    pub(super) fn covers(&mut self, node: NodeId, [left, foot, right, top]: [f32; 4]) {
        let place = &mut self.nodes[node.index()].place;
        *place = Some(match *place {
            Some([l, f, r, t]) => [l.min(left), f.min(foot), r.max(right), t.max(top)],
            None => [left, foot, right, top],
        });
    }

    /// Writes all nodes under `parent`; answers the topmost one and, page by page, the node of each
    /// numbered content.
    pub(super) fn write(
        &self,
        file: &mut File,
        parent: Id,
        root_tag: Tag,
        pages: &[Id],
    ) -> (Id, Vec<Vec<Id>>) {
        let count = self.nodes.len();
        // Nothing is said of what has no content; a table keeps its empty cells.
        let mut alive = vec![false; count];
        let mut kids: Vec<Vec<usize>> = vec![Vec::new(); count];
        alive[0] = true;
        for at in (1..count).rev() {
            let node = &self.nodes[at];
            alive[at] |= !node.marks.is_empty() || matches!(node.tag, Tag::Td | Tag::Th);
            if alive[at] {
                alive[node.parent.index()] = true;
                kids[node.parent.index()].push(at);
            }
        }
        let ids: Vec<Option<Id>> = alive.iter().map(|alive| alive.then(|| file.reserve())).collect();
        let mut owners: Vec<Vec<Id>> = vec![Vec::new(); pages.len()];
        let mut root = parent;
        for (at, node) in self.nodes.iter().enumerate() {
            let Some(id) = ids[at] else { continue };
            let above = if at == 0 { parent } else { ids[node.parent.index()].unwrap_or(parent) };
            if at == 0 {
                root = id;
            }
            let mut order: Vec<(u32, bool, usize)> = Vec::with_capacity(node.marks.len() + kids[at].len());
            order.extend(node.marks.iter().enumerate().map(|(n, mark)| (mark.order, false, n)));
            order.extend(kids[at].iter().map(|&kid| (self.nodes[kid].born, true, kid)));
            order.sort_unstable();
            for mark in &node.marks {
                let owners = &mut owners[mark.page];
                if owners.len() <= mark.number {
                    owners.resize(mark.number + 1, parent);
                }
                owners[mark.number] = id;
            }
            let home = node.marks.iter().map(|mark| mark.page).min();
            let tag = if at == 0 { root_tag } else { node.tag };
            file.object(id, |out| {
                let _ = write!(out, "<</S/{}/P {above}", tag.name());
                if let Some(home) = home {
                    let _ = write!(out, "/Pg {}", pages[home]);
                }
                if let Some(alt) = &node.alt {
                    out.extend_from_slice(b"/Alt");
                    push_text(out, alt);
                }
                self.attributes(node, out);
                if !order.is_empty() {
                    out.extend_from_slice(if order.len() == 1 { b"/K " } else { b"/K[" });
                    for (n, (_, is_node, which)) in order.iter().enumerate() {
                        if n > 0 {
                            out.push(b' ');
                        }
                        if *is_node {
                            if let Some(kid) = ids[*which] {
                                let _ = write!(out, "{kid}");
                            }
                            continue;
                        }
                        let mark = node.marks[*which];
                        let _ = if Some(mark.page) == home {
                            write!(out, "{}", mark.number)
                        } else {
                            write!(out, "<</Type/MCR/Pg {}/MCID {}>>", pages[mark.page], mark.number)
                        };
                    }
                    if order.len() > 1 {
                        out.push(b']');
                    }
                }
                out.extend_from_slice(b">>");
            });
        }
        (root, owners)
    }

    fn attributes(&self, node: &Node, out: &mut Vec<u8>) {
        let first = node.marks.first().map(|mark| mark.page);
        let one_page = node.marks.iter().all(|mark| Some(mark.page) == first);
        match (node.tag, node.place) {
            (Tag::Th, _) => out.extend_from_slice(b"/A<</O/Table/Scope/Column>>"),
            (Tag::Figure, Some([left, foot, right, top])) if one_page => {
                let _ = write!(
                    out,
                    "/A<</O/Layout/Placement/Block/BBox[{left:.0} {foot:.0} {right:.0} {top:.0}]>>"
                );
            }
            _ => {}
        }
    }
}

/// The lists that are open while paragraphs follow each other, outermost first.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<(u8, NodeId, NodeId)>,
}

impl Lists {
    /// Where a paragraph inside `container` stands: the node of its label, if that hangs in front, and
    /// the node of its text.
    pub(super) fn place(
        &mut self,
        tree: &mut Tree,
        container: NodeId,
        para: &Para,
        hangs: bool,
        born: u32,
    ) -> (Option<NodeId>, NodeId) {
        let labelled = para.label.is_some();
        let closed = |level: u8| level > para.level || (level == para.level && !labelled);
        while self.open.last().is_some_and(|(level, ..)| closed(*level)) {
            self.open.pop();
        }
        if !labelled {
            let parent = self.open.last().map_or(container, |(_, _, body)| *body);
            return (None, tree.add(parent, Tag::P, born));
        }
        let list = match self.open.last().copied() {
            Some((level, list, _)) if level == para.level => {
                self.open.pop();
                list
            }
            Some((_, _, body)) => tree.add(body, Tag::L, born),
            None => tree.add(container, Tag::L, born),
        };
        let item = tree.add(list, Tag::Li, born);
        let label = hangs.then(|| tree.add(item, Tag::Lbl, born));
        let body = tree.add(item, Tag::LBody, born);
        self.open.push((para.level, list, body));
        (label, body)
    }
}
