//! Several papers in one file.

use lopdf::Object;

use super::super::{render, render_all};
use super::reading::{heard, read};
use super::{ink, sample};
use crate::documents::any_document::{form, guide};

#[test]
fn each_paper_of_a_bundle_keeps_its_own_page_and_numbers() {
    let papers = [sample(), form(), guide(4)];
    let bundle = render_all(&papers, "Bundel PKS").unwrap();
    let sheets = read(&bundle);
    let mut rest = sheets.as_slice();
    for paper in &papers {
        let alone = read(&render(paper).unwrap());
        assert!(alone.len() >= 2 && rest.len() >= alone.len());
        for (sheet, alone) in rest.iter().zip(&alone) {
            assert_eq!(sheet.text, alone.text);
            assert_eq!(sheet.furniture, alone.furniture);
        }
        rest = &rest[alone.len()..];
    }
    assert!(rest.is_empty());
    let file = lopdf::Document::load_mem(&bundle).unwrap();
    let page_of = |number: u32| file.get_dictionary(file.get_pages()[&number]).unwrap();
    let width = |number| page_of(number).get(b"MediaBox").unwrap().as_array().unwrap()[2].as_float().unwrap();
    let first_of_form = read(&render(&sample()).unwrap()).len() as u32 + 1;
    assert!((width(1) - 609.45).abs() < 0.1, "F4");
    assert!((width(first_of_form) - 595.28).abs() < 0.1, "A4");
}

#[test]
fn a_bundle_has_one_outline_entry_for_each_paper_and_shares_its_faces() {
    let papers = [sample(), guide(3), sample()];
    let file = lopdf::Document::load_mem(&render_all(&papers, "Bundel").unwrap()).unwrap();
    let outline = file.catalog().unwrap().get(b"Outlines").unwrap().as_reference().unwrap();
    let outline = file.get_dictionary(outline).unwrap();
    assert_eq!(outline.get(b"Count").unwrap().as_i64().unwrap(), 3);
    let mut titles = Vec::new();
    let mut next = outline.get(b"First").ok().cloned();
    while let Some(Object::Reference(id)) = next {
        let entry = file.get_dictionary(id).unwrap();
        titles.push(entry.get(b"Title").unwrap().as_str().unwrap().to_vec());
        assert!(entry.has(b"First"), "headings stand below their paper");
        next = entry.get(b"Next").ok().cloned();
    }
    assert_eq!(titles.len(), 3);
    assert!(titles[0] == titles[2] && titles[0] != titles[1]);
    let faces = file.objects.values().filter_map(|object| object.as_dict().ok());
    assert_eq!(faces.filter(|dict| dict.has_type(b"FontDescriptor")).count(), 4);
}

#[test]
fn a_bundle_is_heard_paper_by_paper() {
    let papers = [guide(2), form()];
    let told = heard(&render_all(&papers, "Bundel").unwrap());
    assert_eq!(told[0].1, "Document");
    let sections: Vec<usize> = told
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0].1 == "Document" && pair[1].1 == "Sect")
        .map(|(at, _)| at)
        .collect();
    assert_eq!(sections.len(), 2);
    let text: String = told.iter().map(|(_, _, text)| ink(text)).collect();
    let alone = |at: usize| -> String {
        heard(&render(&papers[at]).unwrap()).iter().map(|(_, _, text)| ink(text)).collect()
    };
    assert_eq!(text, alone(0) + &alone(1));
}

#[test]
fn five_hundred_papers_take_no_more_than_their_own_bytes() {
    let one = guide(1);
    let papers = vec![one.clone(); 500];
    let bundle = render_all(&papers, "Lima ratus").unwrap();
    let alone = render(&one).unwrap().len();
    // Faces, profile and metadata stand in the file once.
    assert!(bundle.len() < 500 * alone / 2, "{} of {alone} each", bundle.len());
    assert_eq!(lopdf::Document::load_mem(&bundle).unwrap().get_pages().len() % 500, 0);
}
