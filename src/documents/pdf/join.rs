//! Joins finished PDF files into one, as they come: each is read, written out under new object numbers
//! and forgotten, so that five hundred bundles take the memory of one paper. What is kept is a few
//! bytes per object for the cross-reference table, which stands at the end.
//!
//! The result is PDF/A-1b when the files are: metadata, output intent, language and outline are its
//! own. Structure trees are kept: the trees of all files hang under one root, group by group.
//! Destinations are expected to name their page, as ours do, not to be looked up by a name.

mod file;
mod outline;
mod paper;

use std::collections::{BTreeMap, HashMap};
use std::io::Write;

use chrono::{Datelike, NaiveDate};

use super::PdfError;
use super::archive::{PRODUCER, xmp};
use file::{File, push_references, push_text};
use outline::{Item, Row};
use paper::{Paper, Place};

/// PDF/A-1 allows arrays of 8191 elements (ISO 19005-1, 6.1.12).
const MOST_GROUPS: usize = 8_000;

/// One PDF in the making.
pub struct Joiner<W: Write> {
    file: File<W>,
    ids: Ids,
    group: Option<Group>,
    /// Page nodes, structure elements and parent trees of the groups that are complete.
    pages: Vec<u32>,
    page_count: usize,
    parts: Vec<u32>,
    parent_trees: Vec<u32>,
    outline: Row,
    shared: Shared,
    /// The output intents of the first paper, as they stand in the catalog.
    intents: Vec<u8>,
    papers: usize,
    untagged: usize,
}

/// Objects that others refer to before they are written.
struct Ids {
    catalog: u32,
    pages: u32,
    outline: u32,
    structure: u32,
    /// The one element below the root: readers expect a tree with one trunk.
    whole: u32,
}

/// What papers have in common.
#[derive(Default)]
struct Shared {
    /// Streams that stand in the file already, by their hash: logos, equal subsets.
    streams: HashMap<[u8; 32], u32>,
    /// Roles of the structure trees.
    roles: BTreeMap<Vec<u8>, Vec<u8>>,
    /// First key of the parent tree that is free.
    next_key: i64,
}

/// Papers under one heading.
struct Group {
    title: String,
    item: u32,
    pages: u32,
    part: u32,
    page_nodes: Vec<u32>,
    page_count: usize,
    first_page: Option<Place>,
    /// Root elements of the papers' structure trees.
    roots: Vec<u8>,
    /// Leaves of the parent tree with their lowest and highest key.
    leaves: Vec<(u32, i64, i64)>,
    outline: Row,
}

impl<W: Write> Joiner<W> {
    /// Begins the file.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn new(out: W) -> Result<Self, PdfError> {
        let mut file = File::new(out)?;
        let ids = Ids {
            catalog: file.reserve(),
            pages: file.reserve(),
            outline: file.reserve(),
            structure: file.reserve(),
            whole: file.reserve(),
        };
        Ok(Self {
            outline: Row::new(ids.outline),
            file,
            ids,
            group: None,
            pages: Vec::new(),
            page_count: 0,
            parts: Vec::new(),
            parent_trees: Vec::new(),
            shared: Shared::default(),
            intents: Vec::new(),
            papers: 0,
            untagged: 0,
        })
    }

    /// Begins a group: what is added next stands under this heading of the outline. A group without
    /// papers leaves no trace.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn group(&mut self, title: &str) -> Result<(), PdfError> {
        self.close_group()?;
        if self.pages.len() == MOST_GROUPS {
            return Err(PdfError::Write(std::io::Error::other("too many groups for one file")));
        }
        let item = self.file.reserve();
        self.group = Some(Group {
            title: title.to_owned(),
            item,
            pages: self.file.reserve(),
            part: self.file.reserve(),
            page_nodes: Vec::new(),
            page_count: 0,
            first_page: None,
            roots: Vec::new(),
            leaves: Vec::new(),
            outline: Row::new(item),
        });
        Ok(())
    }

    /// Adds a finished PDF under the present group. A file that cannot be read is refused before
    /// anything of it is written, so that others can follow.
    ///
    /// # Errors
    /// [`PdfError::Structure`] for what is no PDF or has no page; [`PdfError::Write`] when nothing can
    /// be written, after which the whole file is lost.
    pub fn add(&mut self, title: &str, pdf: &[u8]) -> Result<(), PdfError> {
        let mut paper = Paper::read(pdf)?;
        if self.group.is_none() {
            self.group(title)?;
        }
        let Some(group) = &mut self.group else { return Ok(()) };
        let (file, shared) = (&mut self.file, &mut self.shared);
        let (item, node) = (file.reserve(), file.reserve());
        paper.stands_at(item, node, group.part);
        paper.number(file, shared, self.papers == 0);
        paper.write(file)?;

        let kids = paper.pages();
        let parent = group.pages;
        file.object(node, |out| {
            let _ = write!(out, "<</Type/Pages/Parent {parent} 0 R/Count {}/Kids", kids.len());
            push_references(out, &kids);
            out.extend_from_slice(b">>");
        })?;
        if let Some((nums, lowest, highest)) = paper.owners() {
            let leaf = file.add(|out| {
                let _ = write!(out, "<</Limits[{lowest} {highest}]/Nums[");
                out.extend_from_slice(&nums);
                out.extend_from_slice(b"]>>");
            })?;
            group.leaves.push((leaf, lowest, highest));
            shared.next_key = highest + 1;
        }
        match paper.roots() {
            Some(roots) => group.roots.extend(roots),
            None => self.untagged += 1,
        }
        paper.roles(&mut shared.roles);
        group.page_nodes.push(node);
        group.page_count += kids.len();
        let place = paper.first_page();
        group.first_page = group.first_page.or(place);
        let entry = Item { id: item, title: title.to_owned(), place, below: paper.outline() };
        group.outline.push(file, entry)?;
        if self.papers == 0 {
            self.intents = paper.intents();
        }
        self.papers += 1;
        Ok(())
    }

    /// How many papers it holds.
    pub const fn papers(&self) -> usize {
        self.papers
    }

    /// Writes what stands at the end of the file.
    ///
    /// # Errors
    /// When nothing can be written, or there is no paper in it.
    pub fn finish(mut self, title: &str, dated: Option<NaiveDate>) -> Result<W, PdfError> {
        self.close_group()?;
        if self.papers == 0 {
            return Err(PdfError::Structure(lopdf::Error::PageNumberNotFound(1)));
        }
        let (count, kids) = (self.page_count, std::mem::take(&mut self.pages));
        self.file.object(self.ids.pages, |out| {
            let _ = write!(out, "<</Type/Pages/Count {count}/Kids");
            push_references(out, &kids);
            out.extend_from_slice(b">>");
        })?;
        self.outline.close_root(&mut self.file)?;
        self.structure()?;
        // A file without a date still needs one that does not move.
        let dated = dated.or_else(|| NaiveDate::from_ymd_opt(2000, 1, 1)).unwrap_or_default();
        let (year, month, day) = (dated.year(), dated.month(), dated.day());
        let info = self.file.add(|out| {
            out.extend_from_slice(b"<</Title");
            push_text(out, title);
            let _ = write!(
                out,
                "/Producer({PRODUCER})/Creator({PRODUCER})\
                 /CreationDate(D:{year:04}{month:02}{day:02}000000+00'00')\
                 /ModDate(D:{year:04}{month:02}{day:02}000000+00'00')>>"
            );
        })?;
        let packet = xmp(title, &format!("{year:04}-{month:02}-{day:02}T00:00:00+00:00"));
        let metadata = self.file.add(|out| {
            let length = packet.len();
            // The archive standard wants the packet readable by eye: not deflated.
            let _ = write!(out, "<</Type/Metadata/Subtype/XML/Length {length}>>stream\n{packet}\nendstream");
        })?;
        let (ids, intents, tagged) = (&self.ids, &self.intents, self.untagged == 0);
        let structure = !self.parts.is_empty();
        self.file.object(ids.catalog, |out| {
            let _ = write!(
                out,
                "<</Type/Catalog/Pages {} 0 R/Outlines {} 0 R/PageMode/UseOutlines/Lang(id-ID)\
                 /Metadata {metadata} 0 R/ViewerPreferences<</DisplayDocTitle true>>",
                ids.pages, ids.outline
            );
            if !intents.is_empty() {
                out.extend_from_slice(b"/OutputIntents");
                out.extend_from_slice(intents);
            }
            if structure {
                let _ = write!(out, "/MarkInfo<</Marked {tagged}>>/StructTreeRoot {} 0 R", ids.structure);
            }
            out.extend_from_slice(b">>");
        })?;
        self.file.finish(self.ids.catalog, info)
    }

    /// Writes what the present group still owes.
    fn close_group(&mut self) -> Result<(), PdfError> {
        let Some(mut group) = self.group.take() else { return Ok(()) };
        if group.page_nodes.is_empty() {
            return Ok(());
        }
        let (file, ids) = (&mut self.file, &self.ids);
        file.object(group.pages, |out| {
            let _ = write!(out, "<</Type/Pages/Parent {} 0 R/Count {}/Kids", ids.pages, group.page_count);
            push_references(out, &group.page_nodes);
            out.extend_from_slice(b">>");
        })?;
        if !group.roots.is_empty() {
            file.object(group.part, |out| {
                let _ = write!(out, "<</Type/StructElem/S/Part/P {} 0 R/T", ids.whole);
                push_text(out, &group.title);
                out.extend_from_slice(b"/K[");
                out.extend_from_slice(&group.roots);
                out.extend_from_slice(b"]>>");
            })?;
            self.parts.push(group.part);
        }
        if let (Some((_, lowest, _)), Some((_, _, highest))) = (group.leaves.first(), group.leaves.last()) {
            let leaves: Vec<u32> = group.leaves.iter().map(|(leaf, ..)| *leaf).collect();
            self.parent_trees.push(file.add(|out| {
                let _ = write!(out, "<</Limits[{lowest} {highest}]/Kids");
                push_references(out, &leaves);
                out.extend_from_slice(b">>");
            })?);
        }
        self.pages.push(group.pages);
        self.page_count += group.page_count;
        let below = group.outline.close(file)?;
        let entry = Item { id: group.item, title: group.title, place: group.first_page, below };
        self.outline.push(file, entry)
    }

    /// The root of the structure tree, where papers have one.
    fn structure(&mut self) -> Result<(), PdfError> {
        if self.parts.is_empty() {
            return Ok(());
        }
        let (parts, trees, shared) = (&self.parts, &self.parent_trees, &self.shared);
        let owners = self.file.add(|out| {
            out.extend_from_slice(b"<</Kids");
            push_references(out, trees);
            out.extend_from_slice(b">>");
        })?;
        let Ids { structure, whole, .. } = self.ids;
        self.file.object(whole, |out| {
            let _ = write!(out, "<</Type/StructElem/S/Document/P {structure} 0 R/K");
            push_references(out, parts);
            out.extend_from_slice(b">>");
        })?;
        self.file.object(structure, |out| {
            let next = shared.next_key;
            let _ = write!(out, "<</Type/StructTreeRoot/ParentTree {owners} 0 R/ParentTreeNextKey {next}/K");
            push_references(out, &[whole]);
            if !shared.roles.is_empty() {
                out.extend_from_slice(b"/RoleMap<<");
                for (name, role) in &shared.roles {
                    file::push_name(out, name);
                    out.extend_from_slice(role);
                }
                out.extend_from_slice(b">>");
            }
            out.extend_from_slice(b">>");
        })
    }
}
