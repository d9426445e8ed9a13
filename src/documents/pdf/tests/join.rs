//! Joined files as readers see them.

use std::io::Write;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::{ink, reading, sample};
use crate::documents::pdf::join::Joiner;
use crate::documents::pdf::{PdfError, render};

/// Titles with files.
type Papers<'a> = &'a [(&'a str, Vec<u8>)];

fn joined(groups: &[(&str, Papers<'_>)]) -> Vec<u8> {
    let mut joiner = Joiner::new(Vec::new()).unwrap();
    for (group, papers) in groups {
        joiner.group(group).unwrap();
        for (title, pdf) in *papers {
            joiner.add(title, pdf).unwrap();
        }
    }
    joiner.finish("Kumpulan naskah", chrono::NaiveDate::from_ymd_opt(2031, 1, 23)).unwrap()
}

/// Asks qpdf, which has to be there in the project's own checks.
fn qpdf_is_content(pdf: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kumpulan.pdf");
    std::fs::write(&path, pdf).unwrap();
    match std::process::Command::new("qpdf").arg("--check").arg(&path).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(_) => {
            assert!(std::env::var_os("KAWAL_CI").is_none(), "qpdf not found");
            // Past the test harness, which would swallow it.
            writeln!(std::io::stderr(), "skipped: qpdf not found").unwrap();
        }
    }
}

/// Asks Apache PDFBox Preflight, which has to be there in the project's own checks.
fn preflight_is_content(pdf: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kumpulan.pdf");
    std::fs::write(&path, pdf).unwrap();
    let jars =
        ["pdfbox2", "preflight", "xmpbox", "fontbox2", "commons-logging", "jaxb-api", "javax.activation"]
            .map(|jar| format!("/usr/share/java/{jar}.jar"));
    let there = jars.iter().all(|jar| std::path::Path::new(jar).exists());
    let validator = "org.apache.pdfbox.preflight.Validator_A1b";
    let mut java = std::process::Command::new("java");
    match java.args(["-cp", &jars.join(":"), validator]).arg(&path).output() {
        Ok(output) if there => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(said.contains("is a valid PDF/A-1b file"), "{said}");
        }
        _ => {
            assert!(std::env::var_os("KAWAL_CI").is_none(), "PDFBox Preflight not found");
            writeln!(std::io::stderr(), "skipped: PDFBox Preflight not found").unwrap();
        }
    }
}

/// Text, in the order of the pages.
fn text(pdf: &[u8]) -> String {
    reading::read(pdf).iter().map(|sheet| sheet.text.as_str()).collect()
}

fn catalog(file: &Document) -> &Dictionary {
    file.catalog().unwrap()
}

fn follow<'a>(file: &'a Document, dict: &'a Dictionary, key: &[u8]) -> &'a Object {
    file.dereference(dict.get(key).unwrap()).unwrap().1
}

/// Titles of the outline, each with its depth.
fn titles(file: &Document) -> Vec<(usize, String)> {
    fn row(file: &Document, above: &Dictionary, depth: usize, found: &mut Vec<(usize, String)>) {
        let parent_count = above.get(b"Count").map_or(0, |count| count.as_i64().unwrap().abs());
        let (mut at, mut before, mut count) = (above.get(b"First").ok().cloned(), None, 0);
        while let Some(reference) = at {
            let item = file.get_dictionary(reference.as_reference().unwrap()).unwrap();
            assert_eq!(item.get(b"Prev").ok(), before.as_ref());
            let dest = item.get(b"Dest").unwrap().as_array().unwrap();
            assert!(file.get_dictionary(dest[0].as_reference().unwrap()).unwrap().has_type(b"Page"));
            let title = lopdf::decode_text_string(item.get(b"Title").unwrap()).unwrap();
            found.push((depth, title));
            row(file, item, depth + 1, found);
            (count, before) = (count + 1, Some(reference));
            at = item.get(b"Next").ok().cloned();
        }
        assert_eq!(above.get(b"Last").ok(), before.as_ref());
        assert!(parent_count >= count, "{parent_count} entries are said to be {count}");
    }
    let mut found = Vec::new();
    row(file, follow(file, catalog(file), b"Outlines").as_dict().unwrap(), 0, &mut found);
    found
}

#[test]
fn every_word_of_every_paper_arrives_in_order_under_its_agreement() {
    let mut other = sample();
    other.title = "Petunjuk Teknis".to_owned();
    other.dated = None;
    other.blocks.truncate(12);
    let (first, second) = (render(&sample()).unwrap(), render(&other).unwrap());
    let pdf = joined(&[
        ("Dinas Perikanan", &[("PKS", first.clone()), ("Petunjuk Teknis", second.clone())]),
        ("Tanpa naskah", &[]),
        ("Dinas Kesehatan – Kota", &[("PKS", first.clone())]),
    ]);
    assert_eq!(ink(&text(&pdf)), ink(&(text(&first) + &text(&second) + &text(&first))));
    let file = Document::load_mem(&pdf).unwrap();
    let own = titles(&Document::load_mem(&first).unwrap());
    let outline = titles(&file);
    let top: Vec<&str> =
        outline.iter().filter(|(depth, _)| *depth == 0).map(|(_, title)| title.as_str()).collect();
    assert_eq!(top, ["Dinas Perikanan", "Dinas Kesehatan – Kota"]);
    let last: Vec<(usize, String)> = outline[outline.len() - own.len()..].to_vec();
    let deeper: Vec<(usize, String)> = own.into_iter().map(|(depth, title)| (depth + 2, title)).collect();
    assert_eq!(last, deeper, "the paper's own headings stand below it");
    assert!(outline.contains(&(1, "Petunjuk Teknis".to_owned())));
}

#[test]
fn the_joined_file_is_an_archive_copy_with_an_identity_of_its_own() {
    let paper = render(&sample()).unwrap();
    let pdf = joined(&[("Satu", &[("PKS", paper.clone()), ("PKS", paper.clone())])]);
    assert!(pdf == joined(&[("Satu", &[("PKS", paper.clone()), ("PKS", paper.clone())])]));
    assert!(pdf != joined(&[("Dua", &[("PKS", paper.clone()), ("PKS", paper.clone())])]));
    // What both papers share, fonts above all, stands in it once.
    assert!(pdf.len() < paper.len() * 3 / 2, "{} of {}", pdf.len(), paper.len());
    let file = Document::load_mem(&pdf).unwrap();
    assert_eq!(file.version, "1.4");
    assert_eq!(catalog(&file).get(b"Lang").unwrap().as_str().unwrap(), b"id-ID");
    let intents = follow(&file, catalog(&file), b"OutputIntents").as_array().unwrap();
    assert_eq!(intents.len(), 1);
    assert_eq!(intents[0].as_dict().unwrap().get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFA1");
    let packet = follow(&file, catalog(&file), b"Metadata").as_stream().unwrap().content.clone();
    let packet = String::from_utf8(packet).unwrap();
    assert!(packet.contains("<pdfaid:part>1</pdfaid:part>") && packet.contains("Kumpulan naskah"));
    preflight_is_content(&pdf);
    let ids = file.trailer.get(b"ID").unwrap().as_array().unwrap();
    assert_eq!(ids[0], ids[1]);
    qpdf_is_content(&pdf);
}

#[test]
fn a_damaged_file_is_refused_and_leaves_no_trace() {
    let paper = render(&sample()).unwrap();
    let mut joiner = Joiner::new(Vec::new()).unwrap();
    joiner.group("Dinas Perikanan").unwrap();
    assert!(matches!(joiner.add("PKS", b"bukan PDF"), Err(PdfError::Structure(_))));
    assert!(matches!(joiner.add("PKS", &paper[..paper.len() / 2]), Err(PdfError::Structure(_))));
    joiner.add("PKS", &paper).unwrap();
    assert_eq!(joiner.papers(), 1);
    let pdf = joiner.finish("Kumpulan", None).unwrap();
    assert_eq!(text(&pdf), text(&paper));
    assert_eq!(titles(&Document::load_mem(&pdf).unwrap())[1], (1, "PKS".to_owned()));
    assert!(Joiner::new(Vec::new()).unwrap().finish("Kosong", None).is_err());
}

#[test]
fn nothing_more_is_written_once_the_reader_is_gone() {
    struct Gone(usize);
    impl Write for Gone {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::BrokenPipe)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut joiner = Joiner::new(Gone(2_000)).unwrap();
    joiner.group("Satu").unwrap();
    assert!(matches!(joiner.add("PKS", &render(&sample()).unwrap()), Err(PdfError::Write(_))));
}

/// A tagged paper of two pages, made by hand: a heading on the first, a paragraph over both.
fn tagged(words: &str) -> Vec<u8> {
    let mut doc = Document::with_version("1.4");
    let (root, tree, heading, para) =
        (doc.new_object_id(), doc.new_object_id(), doc.new_object_id(), doc.new_object_id());
    let (document, nodes) = (doc.new_object_id(), doc.new_object_id());
    let mut pages = Vec::new();
    for number in 0..2 {
        let content = format!("/P <</MCID 0>> BDC ({words} {number}) Tj EMC");
        let content = doc.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
        pages.push(doc.add_object(dictionary! {
            "Type" => "Page", "Parent" => nodes, "Contents" => content, "StructParents" => number,
        }));
    }
    let kids: Vec<Object> = pages.iter().map(|page| Object::Reference(*page)).collect();
    doc.set_object(nodes, dictionary! {
        "Type" => "Pages", "Kids" => kids, "Count" => 2, "MediaBox" => vec![0.into(), 0.into(), 610.into(), 935.into()],
        "Resources" => dictionary! { "ProcSet" => vec!["PDF".into()] },
    });
    let part = |page| dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => 0 };
    doc.set_object(
        heading,
        dictionary! {
            "Type" => "StructElem", "S" => "Judul", "P" => document, "K" => vec![part(pages[0]).into()],
        },
    );
    doc.set_object(
        para,
        dictionary! {
            "Type" => "StructElem", "S" => "P", "P" => document, "K" => vec![part(pages[1]).into()],
        },
    );
    doc.set_object(
        document,
        dictionary! {
            "Type" => "StructElem", "S" => "Document", "P" => root, "K" => vec![heading.into(), para.into()],
        },
    );
    doc.set_object(tree, dictionary! {
        "Nums" => vec![0.into(), vec![Object::from(heading)].into(), 1.into(), vec![Object::from(para)].into()],
    });
    doc.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot", "K" => document, "ParentTree" => tree, "ParentTreeNextKey" => 2,
            "RoleMap" => dictionary! { "Judul" => "H1" },
        },
    );
    let catalog = doc.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => nodes, "StructTreeRoot" => root,
        "MarkInfo" => dictionary! { "Marked" => true },
    });
    doc.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn structure_trees_become_one_and_each_page_finds_its_owners() {
    let pdf = joined(&[
        ("Dinas Perikanan", &[("PKS", tagged("satu")), ("NDA", tagged("dua"))]),
        ("Dinas Kesehatan", &[("PKS", tagged("tiga"))]),
    ]);
    let file = Document::load_mem(&pdf).unwrap();
    let marked = follow(&file, catalog(&file), b"MarkInfo").as_dict().unwrap();
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    let root_id = catalog(&file).get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let root = file.get_dictionary(root_id).unwrap();
    assert_eq!(
        follow(&file, root, b"RoleMap").as_dict().unwrap().get(b"Judul").unwrap().as_name().unwrap(),
        b"H1"
    );
    assert_eq!(root.get(b"ParentTreeNextKey").unwrap().as_i64().unwrap(), 6);
    // One trunk, a part per agreement, below it the papers.
    let trunk = root.get(b"K").unwrap().as_array().unwrap();
    assert_eq!(trunk.len(), 1);
    let trunk_id = trunk[0].as_reference().unwrap();
    let trunk = file.get_dictionary(trunk_id).unwrap();
    assert_eq!(trunk.get(b"P").unwrap().as_reference().unwrap(), root_id);
    let parts = trunk.get(b"K").unwrap().as_array().unwrap();
    let papers: Vec<usize> = parts
        .iter()
        .map(|part| {
            let part_id = part.as_reference().unwrap();
            let part = file.get_dictionary(part_id).unwrap();
            assert_eq!(part.get(b"P").unwrap().as_reference().unwrap(), trunk_id);
            let kids = part.get(b"K").unwrap().as_array().unwrap();
            for kid in kids {
                let paper = file.get_dictionary(kid.as_reference().unwrap()).unwrap();
                assert_eq!(paper.get(b"S").unwrap().as_name().unwrap(), b"Document");
                assert_eq!(paper.get(b"P").unwrap().as_reference().unwrap(), part_id);
            }
            kids.len()
        })
        .collect();
    assert_eq!(papers, [2, 1]);

    // Through the tree of keys from each page to the element that owns its text, and back.
    let mut owners = std::collections::BTreeMap::new();
    let tree = follow(&file, root, b"ParentTree").as_dict().unwrap();
    for group in tree.get(b"Kids").unwrap().as_array().unwrap() {
        let group = file.get_dictionary(group.as_reference().unwrap()).unwrap();
        assert!(group.has(b"Limits"));
        for leaf in group.get(b"Kids").unwrap().as_array().unwrap() {
            let leaf = file.get_dictionary(leaf.as_reference().unwrap()).unwrap();
            for pair in leaf.get(b"Nums").unwrap().as_array().unwrap().chunks_exact(2) {
                owners.insert(pair[0].as_i64().unwrap(), pair[1].as_array().unwrap()[0].clone());
            }
        }
    }
    let pages: Vec<_> = file.page_iter().collect();
    assert_eq!((pages.len(), owners.len()), (6, 6));
    for page in pages {
        let dict = file.get_dictionary(page).unwrap();
        assert!(dict.has(b"MediaBox") && dict.has(b"Resources"), "what stood above the page came with it");
        let key = dict.get(b"StructParents").unwrap().as_i64().unwrap();
        let owner = file.get_dictionary(owners[&key].as_reference().unwrap()).unwrap();
        let content = owner.get(b"K").unwrap().as_array().unwrap()[0].as_dict().unwrap();
        assert_eq!(content.get(b"Pg").unwrap().as_reference().unwrap(), page);
    }
    qpdf_is_content(&pdf);
}

#[test]
fn a_file_with_an_untagged_paper_does_not_claim_to_be_tagged() {
    let pdf = joined(&[("Satu", &[("PKS", tagged("satu")), ("NDA", untagged())])]);
    let file = Document::load_mem(&pdf).unwrap();
    let marked = follow(&file, catalog(&file), b"MarkInfo").as_dict().unwrap();
    assert!(!marked.get(b"Marked").unwrap().as_bool().unwrap());
    let pdf = joined(&[("Satu", &[("NDA", untagged())])]);
    assert!(!catalog(&Document::load_mem(&pdf).unwrap()).has(b"StructTreeRoot"));
}

/// The same paper without its structure.
fn untagged() -> Vec<u8> {
    let mut doc = Document::load_mem(&tagged("polos")).unwrap();
    let catalog = doc.catalog_mut().unwrap();
    catalog.remove(b"StructTreeRoot");
    catalog.remove(b"MarkInfo");
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    bytes
}
