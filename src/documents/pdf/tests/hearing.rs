//! What those hear who do not see the paper.

use super::super::render;
use super::reading::heard;
use super::{Block, ink, paper, para};
use crate::documents::any_document::{form, guide};
use crate::documents::model::{FactTable, Heading, Para, Run};

fn outline(told: &[(usize, String, String)]) -> Vec<String> {
    let mut lines = Vec::new();
    for (depth, name, text) in told {
        if !text.trim().is_empty() {
            lines.push(format!("{depth} {name} {}", text.trim()));
        }
    }
    lines
}

fn item(level: u8, label: &str, text: &str) -> Block {
    Block::Para(Para { level, label: Some(label.to_owned()), ..para(text) })
}

#[test]
fn lists_are_nested_as_their_labels_are() {
    let heading = Heading { level: 3, lines: vec![vec![Run::plain("Pasal 1")]], anchor: None };
    let blocks = vec![
        Block::Heading(heading),
        item(0, "(1)", "Para pihak:"),
        item(1, "a.", "saling menghormati;"),
        item(1, "b.", "tunduk pada hukum."),
        Block::Para(Para { level: 1, ..para("Hal lain diatur tersendiri.") }),
        item(0, "(2)", "Selesai."),
        Block::Para(para("Demikian.")),
    ];
    let told = heard(&render(&paper(blocks)).unwrap());
    let expected = [
        "1 H3 Pasal 1",
        "3 Lbl (1)",
        "3 LBody Para pihak:",
        "6 Lbl a.",
        "6 LBody saling menghormati;",
        "6 Lbl b.",
        "6 LBody tunduk pada hukum.",
        "4 P Hal lain diatur tersendiri.",
        "3 Lbl (2)",
        "3 LBody Selesai.",
        "1 P Demikian.",
    ];
    assert_eq!(outline(&told), expected);
}

#[test]
fn a_table_is_heard_row_by_row_and_its_cells_stay_whole_over_pages() {
    let told = heard(&render(&guide(9)).unwrap());
    let headers: Vec<&str> =
        told.iter().filter(|(_, tag, _)| tag == "TH").map(|(_, _, text)| text.trim()).collect();
    assert_eq!(headers, ["No.", "Pembahasan", "Kesepakatan"]);
    let all: String = told.iter().map(|(_, _, text)| ink(text)).collect();
    assert_eq!(all.matches("jejakrekam").count(), 9);
    assert_eq!(all.matches("Kesepakatan").count(), 1, "repeated header rows are not told again");
    let subjects = told.iter().filter(|(_, tag, text)| tag == "TD" && text.contains("Hak dan kewajiban"));
    assert_eq!(subjects.count(), 9);
}

#[test]
fn words_at_the_ends_of_lines_do_not_run_together() {
    let told = heard(&render(&guide(3)).unwrap());
    let text: String = told.iter().map(|(_, _, text)| text.as_str()).collect();
    assert!(text.contains("hanya untuk pelayanan yang diperjanjikan, dan mencatat setiap akses dalam"));
    assert!(text.contains("400.8.1.2/9876/Dukcapil/Sesditjen/SIAK/2030 menjadi"), "{text}");
}

#[test]
fn figures_say_what_they_show() {
    let bytes = render(&form()).unwrap();
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let figures: Vec<_> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.get(b"S").and_then(lopdf::Object::as_name).is_ok_and(|name| name == b"Figure"))
        .collect();
    assert_eq!(figures.len(), 4, "logo, two diagrams, picture");
    assert!(figures.iter().all(|figure| figure.has(b"Alt")));
    assert!(figures.iter().filter(|figure| figure.has(b"A")).count() >= 3, "places of those on one page");
    let told = heard(&bytes);
    let captions = told.iter().filter(|(_, tag, text)| tag == "Caption" && text.starts_with("Gambar"));
    assert_eq!(captions.count(), 3);
}

#[test]
fn a_fact_row_that_breaks_over_pages_is_heard_label_first() {
    let words =
        |what: &str, count: usize| (0..count).map(|at| format!("{what}{at}")).collect::<Vec<_>>().join(" ");
    let row = (vec![Run::plain(words("nama", 60))], vec![Run::plain(words("nilai", 900))]);
    for above in 0..40 {
        let mut blocks: Vec<Block> = (0..above).map(|_| Block::Para(para("baris"))).collect();
        blocks.push(Block::Facts(FactTable { label: None, rows: vec![row.clone()] }));
        let told = heard(&render(&paper(blocks)).unwrap());
        let told: String = told.iter().map(|(_, _, text)| ink(text)).collect();
        let row = ink(&format!("{}:{}", words("nama", 60), words("nilai", 900)));
        assert!(told.ends_with(&row), "{above} lines above");
    }
}
