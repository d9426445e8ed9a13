//! One finished PDF on its way into a joined file.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;

use lopdf::{Dictionary, Document, Object, ObjectId};
use sha2::{Digest, Sha256};

use super::super::PdfError;
use super::Shared;
use super::file::{File, Names, push_object};
use super::outline::Below;

/// A page and its upper edge.
pub(super) type Place = (u32, f32);

/// Streams that are remembered, so that equal ones are written once. More would take memory and are
/// not found again anyway: equal streams come from one agency or one office.
const MOST_STREAMS: usize = 4_096;

/// Attributes that a page has from the nodes above it (ISO 32000-1, 7.7.3.4).
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// A finished PDF.
pub(super) struct Paper {
    doc: Document,
    pages: Vec<ObjectId>,
    /// New number of each object.
    numbers: HashMap<ObjectId, u32>,
    /// Objects to write.
    order: Vec<ObjectId>,
    /// What is added to the keys of its parent tree.
    keys: i64,
}

impl Paper {
    /// Reads a file.
    pub(super) fn read(pdf: &[u8]) -> Result<Self, PdfError> {
        let doc = Document::load_mem(pdf)?;
        let pages: Vec<ObjectId> = doc.page_iter().collect();
        if pages.is_empty() || !doc.catalog()?.has(b"Pages") {
            return Err(PdfError::Structure(lopdf::Error::PageNumberNotFound(1)));
        }
        Ok(Self { doc, pages, numbers: HashMap::new(), order: Vec::new(), keys: 0 })
    }

    /// Where it hangs in the joined file: its entry of the outline, its node of the page tree, and the
    /// structure element above it. They stand for its own roots, which are not written.
    pub(super) fn stands_at(&mut self, item: u32, node: u32, part: u32) {
        for (id, object) in &self.doc.objects {
            if object.as_dict().is_ok_and(|dict| dict.has_type(b"Pages")) {
                self.numbers.insert(*id, node);
            }
        }
        for (key, number) in [(b"Outlines".as_slice(), item), (b"StructTreeRoot", part)] {
            if let Some(id) = self.root_id(key) {
                self.numbers.insert(id, number);
            }
        }
    }

    /// Gives a number to everything that its pages, outline and structure lead to.
    pub(super) fn number<W: Write>(&mut self, file: &mut File<W>, shared: &mut Shared, first: bool) {
        self.keys = shared.next_key;
        let mut queue = self.beginnings(first);
        queue.reverse();
        while let Some(id) = queue.pop() {
            let Ok(object) = self.doc.get_object(id) else { continue };
            if self.numbers.contains_key(&id) {
                continue;
            }
            let mut below = Vec::new();
            references(object, &mut below);
            let equal = object.as_stream().ok().filter(|_| below.is_empty()).map(fingerprint);
            if let Some(known) = equal.and_then(|hash| shared.streams.get(&hash)) {
                self.numbers.insert(id, *known);
                continue;
            }
            let number = file.reserve();
            if let Some(hash) = equal.filter(|_| shared.streams.len() < MOST_STREAMS) {
                shared.streams.insert(hash, number);
            }
            self.numbers.insert(id, number);
            self.order.push(id);
            queue.extend(below.into_iter().rev());
        }
    }

    /// What everything else follows from.
    fn beginnings(&self, first: bool) -> Vec<ObjectId> {
        let mut found = self.pages.clone();
        for page in &self.pages {
            self.inherited(*page).iter().for_each(|(_, value)| references(value, &mut found));
        }
        if let Some(outlines) = self.root(b"Outlines") {
            outlines.get(b"First").into_iter().for_each(|entry| references(entry, &mut found));
        }
        if let Some(kids) = self.root(b"StructTreeRoot").and_then(|tree| tree.get(b"K").ok()) {
            match self.resolved(kids) {
                Object::Array(kids) => kids.iter().for_each(|kid| references(kid, &mut found)),
                _ => references(kids, &mut found),
            }
        }
        self.owned().values().for_each(|value| references(value, &mut found));
        if let Some(intents) = self.output_intents().filter(|_| first) {
            references(intents, &mut found);
        }
        found
    }

    /// Writes its objects.
    pub(super) fn write<W: Write>(&self, file: &mut File<W>) -> Result<(), PdfError> {
        for id in &self.order {
            let (Some(number), Ok(object)) = (self.numbers.get(id), self.doc.get_object(*id)) else {
                continue;
            };
            let whole = self.page(*id, object);
            file.object(*number, |out| self.push(out, whole.as_ref().unwrap_or(object)))?;
        }
        Ok(())
    }

    /// A page with what it has from above, where that is anything.
    fn page(&self, id: ObjectId, object: &Object) -> Option<Object> {
        let mut dict = object.as_dict().ok().filter(|dict| dict.has_type(b"Page"))?.clone();
        let inherited = self.inherited(id);
        if inherited.is_empty() {
            return None;
        }
        for (key, value) in inherited {
            dict.set(key.to_vec(), value.clone());
        }
        Some(Object::Dictionary(dict))
    }

    fn inherited(&self, page: ObjectId) -> Vec<(&'static [u8], &Object)> {
        let mut found: Vec<(&'static [u8], &Object)> = Vec::new();
        let Ok(own) = self.doc.get_dictionary(page) else { return found };
        let mut above = own;
        // A damaged file may go in a circle.
        for _ in 0..64 {
            let parent = above.get(b"Parent").and_then(Object::as_reference);
            let Some(node) = parent.ok().and_then(|id| self.doc.get_dictionary(id).ok()) else { break };
            for key in INHERITED {
                if let Ok(value) = node.get(key)
                    && !own.has(key)
                    && !found.iter().any(|(known, _)| *known == key)
                {
                    found.push((key, value));
                }
            }
            above = node;
        }
        found
    }

    /// Its pages.
    pub(super) fn pages(&self) -> Vec<u32> {
        self.pages.iter().filter_map(|page| self.numbers.get(page).copied()).collect()
    }

    /// Its first page.
    pub(super) fn first_page(&self) -> Option<Place> {
        let page = self.pages.first()?;
        let dict = self.doc.get_dictionary(*page).ok()?;
        let inherited = self.inherited(*page);
        let media = dict.get(b"MediaBox").ok();
        let media =
            media.or_else(|| inherited.iter().find(|(key, _)| *key == b"MediaBox").map(|(_, value)| *value));
        let top = media.and_then(|media| self.resolved(media).as_array().ok()?.get(3)?.as_float().ok());
        Some((*self.numbers.get(page)?, top.unwrap_or(842.0)))
    }

    /// Its own entries of the outline.
    pub(super) fn outline(&self) -> Below {
        let outlines = self.root(b"Outlines")?;
        let end = |key: &[u8]| {
            let id = outlines.get(key).and_then(Object::as_reference).ok()?;
            Some((id, *self.numbers.get(&id)?))
        };
        let ((first, first_number), (_, last_number)) = (end(b"First")?, end(b"Last")?);
        let (mut shown, mut at) = (0, Some(first));
        while let Some(entry) = at.and_then(|id| self.doc.get_dictionary(id).ok()) {
            let below = entry.get(b"Count").and_then(Object::as_i64).unwrap_or(0);
            shown += 1 + usize::try_from(below).unwrap_or(0);
            at = entry
                .get(b"Next")
                .and_then(Object::as_reference)
                .ok()
                .filter(|_| shown < self.doc.objects.len());
        }
        Some((first_number, last_number, shown))
    }

    /// The root elements of its structure tree; none for a paper without one.
    pub(super) fn roots(&self) -> Option<Vec<u8>> {
        let kids = self.resolved(self.root(b"StructTreeRoot")?.get(b"K").ok()?);
        let mut out = Vec::new();
        match kids {
            Object::Array(kids) => kids.iter().for_each(|kid| self.push(&mut out, kid)),
            _ => self.push(&mut out, self.root(b"StructTreeRoot")?.get(b"K").ok()?),
        }
        (!out.is_empty()).then_some(out)
    }

    /// Its parent tree as pairs under the keys of the joined file, with the lowest and highest.
    pub(super) fn owners(&self) -> Option<(Vec<u8>, i64, i64)> {
        let pairs = self.owned();
        let (lowest, highest) = (*pairs.first_key_value()?.0, *pairs.last_key_value()?.0);
        let mut out = Vec::new();
        for (key, value) in pairs {
            let _ = write!(out, " {}", key + self.keys);
            self.push(&mut out, value);
        }
        Some((out, lowest + self.keys, highest + self.keys))
    }

    fn owned(&self) -> BTreeMap<i64, &Object> {
        let mut pairs = BTreeMap::new();
        if let Some(tree) = self.root(b"StructTreeRoot").and_then(|tree| tree.get(b"ParentTree").ok()) {
            self.number_tree(tree, 0, &mut pairs);
        }
        pairs
    }

    fn number_tree<'a>(&'a self, node: &'a Object, depth: usize, pairs: &mut BTreeMap<i64, &'a Object>) {
        let Some(node) = self.resolved(node).as_dict().ok().filter(|_| depth < 16) else { return };
        let array = |key: &[u8]| node.get(key).ok().and_then(|value| self.resolved(value).as_array().ok());
        for pair in array(b"Nums").into_iter().flat_map(|nums| nums.chunks_exact(2)) {
            if let Ok(key) = pair[0].as_i64() {
                pairs.insert(key, &pair[1]);
            }
        }
        array(b"Kids").into_iter().flatten().for_each(|kid| self.number_tree(kid, depth + 1, pairs));
    }

    /// Adds its roles to those of the papers before; a role that is known stays.
    pub(super) fn roles(&self, roles: &mut BTreeMap<Vec<u8>, Vec<u8>>) {
        let map = self.root(b"StructTreeRoot").and_then(|tree| tree.get(b"RoleMap").ok());
        for (name, role) in map.and_then(|map| self.resolved(map).as_dict().ok()).into_iter().flatten() {
            roles.entry(name.clone()).or_insert_with(|| {
                let mut out = Vec::new();
                self.push(&mut out, role);
                out
            });
        }
    }

    /// Its output intents, as they stand in a catalog.
    pub(super) fn intents(&self) -> Vec<u8> {
        let mut out = Vec::new();
        if let Some(intents) = self.output_intents() {
            self.push(&mut out, intents);
        }
        out
    }

    fn output_intents(&self) -> Option<&Object> {
        Some(self.resolved(self.doc.catalog().ok()?.get(b"OutputIntents").ok()?))
    }

    fn push(&self, out: &mut Vec<u8>, object: &Object) {
        let number = |id: ObjectId| self.numbers.get(&id).copied();
        push_object(out, object, &Names { number: &number, keys: self.keys });
    }

    fn root_id(&self, key: &[u8]) -> Option<ObjectId> {
        self.doc.catalog().ok()?.get(key).and_then(Object::as_reference).ok()
    }

    fn root(&self, key: &[u8]) -> Option<&Dictionary> {
        self.doc.catalog().ok()?.get(key).ok().and_then(|root| self.resolved(root).as_dict().ok())
    }

    fn resolved<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.doc.dereference(object).map_or(object, |(_, object)| object)
    }
}

/// The objects that an object names.
fn references(object: &Object, found: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => found.push(*id),
        Object::Array(items) => items.iter().for_each(|item| references(item, found)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, value)| references(value, found)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, value)| references(value, found)),
        _ => {}
    }
}

/// Equal for equal streams.
fn fingerprint(stream: &lopdf::Stream) -> [u8; 32] {
    let mut entries = Vec::new();
    push_object(
        &mut entries,
        &Object::Dictionary(stream.dict.clone()),
        &Names { number: &|_| None, keys: 0 },
    );
    let mut hash = Sha256::new();
    hash.update(&entries);
    hash.update(&stream.content);
    hash.finalize().into()
}
