//! Papers longer and words wider than any template expects.

use super::super::render;
use super::reading::{heard, read};
use super::{Block, expected, faults, ink, paper, para};
use crate::documents::any_document::{guide, sample, signatures};
use crate::documents::model::{Align, Cell, Document, FontFamily, Para, Run, Table};

/// Every page is sound and every word is there, in order.
fn sound(document: &Document) -> usize {
    let bytes = render(document).unwrap();
    let sheets = read(&bytes);
    for (number, sheet) in sheets.iter().enumerate() {
        assert_eq!(faults(document, sheet), Vec::<String>::new(), "page {}", number + 1);
    }
    let told: String = heard(&bytes).iter().map(|(_, _, text)| ink(text)).collect();
    let whole: String = expected(document).into_iter().map(|(text, _)| text).collect();
    assert!(told == whole, "words lost or out of order");
    sheets.len()
}

fn cell(text: &str) -> Cell {
    Cell { paras: vec![Para { align: Align::Left, ..para(text) }] }
}

#[test]
fn a_guide_of_sixty_pages_loses_nothing() {
    assert!(sound(&guide(170)) >= 60);
}

#[test]
fn eighty_elements_and_forty_legal_bases_stand_inside_the_margins() {
    let mut document = sample();
    let law = |at: usize| {
        let text = format!(
            "Peraturan Menteri Dalam Negeri Nomor {at}/PER/400.12.2.{at}/9876/Dukcapil/Sesditjen/SIAK/20{at:02} tentang Pemberian Hak Akses;"
        );
        Block::Para(Para { level: 0, label: Some(format!("{at}.")), ..para(&text) })
    };
    let element = |at: usize| {
        let name = format!("nomor kartu keluarga elemen ke-{at}");
        vec![cell(&format!("{at}.")), cell(&name), cell("NIK/KK"), cell("baca")]
    };
    let table = Table {
        widths: vec![0.1, 0.5, 0.2, 0.2],
        header: vec![["No.", "Elemen data", "Kunci", "Hak"].map(cell).to_vec()],
        rows: (1..=80).map(element).collect(),
    };
    document.blocks.splice(4..4, (1..=40).map(law).chain([Block::Table(table)]));
    for family in [FontFamily::Bonum, FontFamily::Liberation] {
        document.furniture.font = family;
        sound(&document);
    }
}

#[test]
fn words_of_a_header_stay_whole_in_five_columns() {
    let header = ["Nomor", "Penanggungjawab", "Kependudukan", "Keterangan", "Pertanggungjawaban"];
    for widths in [vec![0.2; 5], vec![0.4, 0.1, 0.1, 0.3, 0.1], vec![f32::NAN; 5]] {
        let table = Table {
            widths,
            header: vec![header.map(cell).to_vec()],
            rows: vec![["1.", "Sekretaris", "siap", "400.8.1.2/1675/Dukcapil", "selesai"].map(cell).to_vec()],
        };
        let document = paper(vec![Block::Table(table), Block::Signatures(signatures())]);
        sound(&document);
        let sheet = &read(&render(&document).unwrap())[0];
        for word in header {
            assert!(sheet.text.contains(word), "{word} is cut: {}", sheet.text);
        }
    }
}

#[test]
fn words_wider_than_any_column_are_cut_and_none_is_lost() {
    let long = "abcdefghij".repeat(40);
    let table = Table {
        widths: vec![0.2; 5],
        header: vec![vec![cell(&long); 5]],
        rows: vec![vec![cell(&long); 5], vec![cell("192.168.100.100,192.168.100.101,192.168.100.102"); 3]],
    };
    let blocks = vec![
        Block::Table(table),
        Block::Para(Para { label: Some(long.clone()), ..para(&long) }),
        Block::Para(Para { runs: vec![Run::bold(long.clone()), Run::italic(long)], ..para("") }),
    ];
    sound(&paper(blocks));
}

#[test]
fn lines_of_a_cell_are_not_left_alone_by_a_page() {
    for rows in 3..12 {
        let sheets = read(&render(&guide(rows)).unwrap());
        for sheet in &sheets {
            let first = sheet.text.lines().next().unwrap_or_default();
            assert!(!first.starts_with("meninggal dunia"), "{rows} rows: {first}");
        }
    }
}

#[test]
fn narrow_cells_are_not_stretched() {
    let text = "Surat Direktur Jenderal tentang penyelenggaraan administrasi kependudukan yang berlaku";
    let justified = Cell { paras: vec![para(text)] };
    let table =
        Table { widths: vec![0.3, 0.7], header: Vec::new(), rows: vec![vec![justified, cell("isi")]] };
    let document = paper(vec![Block::Table(table)]);
    let bytes = render(&document).unwrap();
    let told = heard(&bytes);
    assert!(told.iter().any(|(_, tag, words)| tag == "TD" && ink(words) == ink(text)));
    let sheet = &read(&bytes)[0];
    let lefts: Vec<f32> = sheet.stretches.iter().map(|at| at.left).collect();
    let rights: Vec<f32> =
        sheet.stretches.iter().filter(|at| at.left == lefts[0]).map(|at| at.right).collect();
    let ragged = rights.windows(2).any(|pair| (pair[0] - pair[1]).abs() > 3.0);
    assert!(rights.len() >= 4 && ragged, "{rights:?}");
}
