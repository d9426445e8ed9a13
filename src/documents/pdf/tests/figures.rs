//! Letterheads, diagrams, pictures and frames.

use super::super::{PdfError, render};
use super::reading::{Sheet, read};
use super::{Block, faults, ink, paper, para};
use crate::documents::any_document::{dot, form};
use crate::documents::model::{
    Aside, BoxShape, CheckMark, Diagram, DiagramBox, Document, Figure, Frame, Letterhead, Picture, Run,
};

fn sound(document: &Document) -> Vec<Sheet> {
    let sheets = read(&render(document).unwrap());
    for sheet in &sheets {
        assert_eq!(faults(document, sheet), Vec::<String>::new());
    }
    sheets
}

fn words(count: usize) -> String {
    (0..count).map(|at| format!("kata{at}")).collect::<Vec<_>>().join(" ")
}

fn step(text: &str) -> DiagramBox {
    DiagramBox {
        shape: BoxShape::Step,
        title: Vec::new(),
        text: vec![Run::plain(text)],
        to_next: None,
        aside: None,
    }
}

fn diagram(boxes: Vec<DiagramBox>) -> Block {
    Block::Diagram(Diagram { alt: "Alur".to_owned(), boxes, caption: vec![Run::plain("Gambar 1")] })
}

#[test]
fn a_form_with_all_its_furniture_is_sound() {
    let document = form();
    let sheets = sound(&document);
    for (at, sheet) in sheets.iter().enumerate() {
        let number = format!("{}dari{}", at + 1, sheets.len());
        assert!(ink(&sheet.furniture).contains(&number), "{}", sheet.furniture);
        assert!(ink(&sheet.furniture).contains("Halaman:"));
    }
}

#[test]
fn long_names_wrap_beside_the_logo() {
    for (size, logo) in [(6.0, true), (12.0, true), (20.0, true), (12.0, false)] {
        let long = "DINAS KEPENDUDUKAN, PENCATATAN SIPIL, PEMBERDAYAAN MASYARAKAT, DAN KELUARGA BERENCANA";
        let head = Letterhead {
            logo: logo.then(dot),
            names: vec![vec![Run::plain("PEMERINTAH KABUPATEN NUSA KENCANA TENGAH")], vec![Run::plain(long)]],
            details: vec![vec![Run::plain(words(30))]],
        };
        let mut document = paper(vec![Block::Letterhead(head), Block::Para(para("Yth. Kepala Dinas"))]);
        document.furniture.font_size = size;
        let sheet = &sound(&document)[0];
        if logo {
            // The logo of the test is square: as wide as it is high.
            let right_of_logo = document.furniture.margins.left / 25.4 * 72.0 + 22.0 / 25.4 * 72.0;
            let lines = sheet.text.matches('\n').count();
            let beside = sheet.stretches[..lines].iter().all(|at| at.left > right_of_logo);
            assert!(beside, "{:?}", sheet.stretches);
        }
    }
}

#[test]
fn a_diagram_breaks_only_between_boxes() {
    let text = words(40);
    let boxes: Vec<DiagramBox> = (0..14).map(|_| step(&text)).collect();
    let sheets = sound(&paper(vec![diagram(boxes)]));
    assert!(sheets.len() > 1);
    let whole = ink(&text);
    let boxes: usize = sheets.iter().map(|sheet| ink(&sheet.text).matches(&whole).count()).sum();
    assert_eq!(boxes, 14, "each box stands on one page");
}

#[test]
fn a_box_taller_than_a_page_loses_nothing() {
    let (main, aside) = (words(1500), words(900));
    let mut tall = step(&main);
    tall.shape = BoxShape::Decision;
    tall.to_next = Some(words(12));
    tall.aside = Some(Aside { label: words(30), text: vec![Run::plain(aside.clone())] });
    let sheets = sound(&paper(vec![diagram(vec![tall, step("selesai")])]));
    assert!(sheets.len() >= 3);
    let told = super::reading::heard(&render(&paper(vec![diagram(vec![step(&main)])])).unwrap());
    let told: String = told.iter().map(|(_, _, text)| ink(text)).collect();
    assert!(told.contains(&ink(&main)));
}

#[test]
fn a_caption_stays_with_its_picture() {
    for lines in 20..60 {
        let mut blocks: Vec<Block> = (0..lines).map(|_| Block::Para(para("baris"))).collect();
        let picture = Picture { ..dot() };
        blocks.push(Block::Picture(Figure { picture, caption: vec![Run::plain("Keterangan")] }));
        let sheets = sound(&paper(blocks));
        let with = sheets.iter().find(|sheet| sheet.text.contains("Keterangan")).unwrap();
        assert!(!with.corners.is_empty(), "{lines}: the picture is on another page");
    }
}

#[test]
fn a_picture_that_is_none_is_refused_in_plain_words() {
    let good = dot().png;
    let cut = good[..good.len() - 40].to_owned();
    let mut flipped = good.clone().into_bytes();
    flipped[70] = if flipped[70] == b'A' { b'B' } else { b'A' };
    // A palette picture of one pixel.
    let palette = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAMAAAAoyzS7AAAAA1BMVEX/AAAZ4gk3AAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";
    for broken in ["", "bukan base64!", "aGFsbw==", &cut, &String::from_utf8(flipped).unwrap(), palette] {
        let picture = Picture { png: broken.to_owned(), alt: "Denah kantor".to_owned(), ..dot() };
        let figure = Figure { picture: picture.clone(), caption: Vec::new() };
        let head = Letterhead { logo: Some(picture), names: Vec::new(), details: Vec::new() };
        for block in [Block::Picture(figure), Block::Letterhead(head)] {
            let refused = render(&paper(vec![block])).unwrap_err();
            assert!(matches!(refused, PdfError::Picture { .. }), "{broken}: {refused}");
            assert!(refused.to_string().contains("gambar „Denah kantor” rusak"));
        }
    }
}

#[test]
fn a_picture_keeps_every_pixel_and_a_logo_is_embedded_once() {
    let head = || Letterhead { logo: Some(dot()), names: Vec::new(), details: Vec::new() };
    let bytes = render(&paper(vec![Block::Letterhead(head()), Block::PageBreak, Block::Letterhead(head())]));
    let file = lopdf::Document::load_mem(&bytes.unwrap()).unwrap();
    let images: Vec<_> = file
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| {
            stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name).is_ok_and(|n| n == b"Image")
        })
        .collect();
    assert_eq!(images.len(), 1);
    use base64::Engine;
    let png = base64::engine::general_purpose::STANDARD.decode(dot().png).unwrap();
    let mut decoder = png::Decoder::new(std::io::Cursor::new(&png)).read_info().unwrap();
    let mut pixels = vec![0; decoder.output_buffer_size().unwrap()];
    decoder.next_frame(&mut pixels).unwrap();
    // Undoes what PNG and PDF both call prediction.
    assert_eq!(images[0].decompressed_content().unwrap(), pixels);
}

#[test]
fn a_frame_is_never_larger_than_the_page() {
    let blocks = [(90.0, 55.0), (900.0, 900.0), (f32::NAN, -4.0), (10.0, 6.0)]
        .map(|(width, height)| Block::Frame(Frame { width, height, caption: vec![Run::plain(words(9))] }));
    sound(&paper(blocks.to_vec()));
}

#[test]
fn an_address_too_long_for_a_qr_code_is_refused_in_plain_words() {
    let mut document = form();
    document.furniture.check = Some(CheckMark { url: "x".repeat(5000), lines: Vec::new() });
    let refused = render(&document).unwrap_err();
    assert!(refused.to_string().contains("terlalu panjang untuk kode QR"));
}
