//! Documents for tests: an invented agreement, and any document at all.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::model::{
    Align, Aside, Block, BoxShape, Cell, CheckMark, Diagram, DiagramBox, Document, FactTable, Figure,
    FontFamily, FormHeader, Frame, Furniture, Heading, Letterhead, Margins, Paper, Para, Picture, Run,
    SignatureBlock, SignatureColumn, Table,
};

/// An invented agreement with every kind of block.
pub(crate) fn sample() -> Document {
    serde_json::from_str(include_str!("../../tests/fixtures/papers/sample.json")).unwrap()
}

/// An invented form with every kind of furniture, and the blocks that no agreement has.
pub(crate) fn form() -> Document {
    serde_json::from_str(include_str!("../../tests/fixtures/papers/form.json")).unwrap()
}

/// A technical guide: a table of so many rows, with lists in its cells.
pub(crate) fn guide(rows: usize) -> Document {
    let guide = include_str!("../../tests/fixtures/papers/guide.json");
    let mut document: Document = serde_json::from_str(guide).unwrap();
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            let pattern = table.rows[0].clone();
            table.rows = vec![pattern; rows];
            for (at, row) in table.rows.iter_mut().enumerate() {
                row[0].paras[0].runs = vec![Run::plain(format!("{}.", at + 1))];
            }
        }
    }
    document
}

/// Running text.
pub(crate) fn para(text: &str) -> Para {
    Para {
        label: None,
        level: 0,
        align: Align::Justify,
        runs: vec![Run::plain(text)],
        keep_with_next: false,
        anchor: None,
    }
}

/// A paper of the given blocks, without furniture.
pub(crate) fn paper(blocks: Vec<Block>) -> Document {
    let furniture = Furniture::plain(Paper::F4, FontFamily::Bonum, 11.0);
    Document { title: "Contoh".to_owned(), dated: None, furniture, blocks }
}

/// Two signatories.
pub(crate) fn signatures() -> SignatureBlock {
    let column = |name: &str| SignatureColumn {
        heading: vec![vec![Run::bold("PIHAK")], vec![Run::plain("KEPALA DINAS")]],
        name: vec![Run::plain(name)],
        below: vec![vec![Run::plain("NIP 19700101 199503 2 000")]],
        stamp_box: true,
    };
    let columns = vec![column("RATNA WIDURI"), column("BAGAS SAMUDRA")];
    SignatureBlock { place_and_date: None, columns, heading: None }
}

/// Each block and each piece of furniture that the sample agreement does not have.
pub(crate) fn everything() -> Document {
    let line = |text: &str| vec![Run::plain(text)];
    let one = |shape, title: &str, text: &str, to_next: Option<&str>| DiagramBox {
        shape,
        title: vec![Run::bold(title)],
        text: line(text),
        to_next: to_next.map(str::to_owned),
        aside: None,
    };
    let aside = Aside { label: "Tidak".to_owned(), text: line("Berkas dikembalikan untuk dilengkapi") };
    let boxes = vec![
        one(BoxShape::Terminal, "Pemohon", "datang dengan KTP-el", None),
        one(BoxShape::Step, "Petugas", "memasukkan NIK pada aplikasi layanan", Some("NIK")),
        DiagramBox {
            aside: Some(aside),
            ..one(BoxShape::Decision, "Petugas", "NIK dan nama sesuai?", Some("Ya"))
        },
        one(BoxShape::Node, "Peladen", "mencatat hasil verifikasi", None),
        one(BoxShape::Terminal, "Pemohon", "menerima layanan", None),
    ];
    let labelled = |label: &str, level: u8, text: &str| {
        Block::Para(Para { label: Some(label.to_owned()), level, ..para(text) })
    };
    let mut document = paper(vec![
        Block::Letterhead(Letterhead {
            logo: Some(dot()),
            names: vec![line("PEMERINTAH KABUPATEN NUSA KENCANA"), line("DINAS PERIKANAN")],
            details: vec![line("Jalan Bahari Nomor 1, Nusa Kencana"), line("Surel: dinas@contoh.id")],
        }),
        Block::Para(Para { align: Align::Right, ..para("Nusa Kencana, 2 Mei 2031") }),
        Block::Para(Para { align: Align::Left, runs: vec![Run::slot("nomor", None)], ..para("") }),
        labelled("1.", 0, "Yang pertama:"),
        labelled("a.", 1, "bagian awal;"),
        labelled("b.", 1, "bagian akhir."),
        labelled("2.", 0, "Yang kedua."),
        labelled("Pasal 2 ayat (1)", 0, "tidak dihitung."),
        Block::Diagram(Diagram {
            alt: "Alur layanan".to_owned(),
            boxes,
            caption: line("Gambar 1. Alur layanan"),
        }),
        Block::PageBreak,
        Block::Picture(Figure { picture: dot(), caption: line("Gambar 2. Topologi") }),
        Block::Frame(Frame { width: 90.0, height: 58.0, caption: line("Tempel salinan KTP-el di sini") }),
        Block::Para(para("Demikian pernyataan ini dibuat dengan sebenarnya.")),
        Block::Signatures(SignatureBlock {
            place_and_date: Some(line("Nusa Kencana, 2 Mei 2031")),
            heading: Some(line("MENGETAHUI:")),
            ..signatures()
        }),
    ]);
    let text = str::to_owned;
    document.furniture.mark = vec![text("INTERNAL"), text("Terbatas")];
    document.furniture.paraf = vec![text("Paraf Satu"), text("Paraf Dua")];
    document.furniture.form = Some(FormHeader {
        kind: text("FORMULIR"),
        title: vec![text("SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK")],
        rows: vec![(text("No. Dokumen"), text("FR-01/2031")), (text("Revisi"), text("00"))],
        page_label: text("Halaman"),
    });
    document.furniture.check = Some(CheckMark {
        url: text("https://naskah.contoh.id/periksa/1"),
        lines: vec![text("Keaslian salinan dapat diperiksa di:")],
    });
    document
}

/// Any document that a sound template could make, and many that it should not.
pub(crate) fn any_document() -> impl Strategy<Value = Document> {
    let furniture = (
        prop_oneof![Just(Paper::F4), Just(Paper::A4)],
        prop_oneof![Just(FontFamily::Bonum), Just(FontFamily::Liberation)],
        8.0f32..14.0,
        any::<bool>(),
        vec("[A-Z]{3,9}( [A-Z]{3,9})?", 0..3),
        option::of(Just("DRAF".to_owned())),
    )
        .prop_map(|(paper, font, font_size, page_numbers, paraf, watermark)| Furniture {
            page_numbers,
            paraf,
            watermark,
            ..Furniture::plain(paper, font, font_size)
        });
    (furniture, around(), vec(block(), 1..14)).prop_map(|(furniture, around, blocks)| Document {
        title: "Naskah <uji> & „coba”".to_owned(),
        dated: chrono::NaiveDate::from_ymd_opt(2031, 2, 28),
        furniture: Furniture {
            margins: around.margins,
            line_spacing: around.line_spacing,
            mark: around.mark,
            form: around.form,
            check: around.check,
            ..furniture
        },
        blocks,
    })
}

/// Margins and what stands in them.
fn around() -> impl Strategy<Value = Furniture> {
    let words = || "[A-Za-z]{1,9}( [A-Za-z0-9./-]{1,12}){0,5}";
    let margins = (5.0f32..60.0, 5.0f32..60.0, 5.0f32..60.0, 5.0f32..60.0)
        .prop_map(|(top, right, bottom, left)| Margins { top, right, bottom, left });
    let form = (words(), vec(words(), 0..3), vec((words(), words()), 0..5), "(Halaman)?")
        .prop_map(|(kind, title, rows, page_label)| FormHeader { kind, title, rows, page_label });
    let check = ("https://[a-z]{3,20}\\.example/[A-Z0-9]{16,60}", vec(words(), 0..5))
        .prop_map(|(url, lines)| CheckMark { url, lines });
    let margins = prop_oneof![Just(Margins::default()), margins];
    (margins, 0.5f32..2.0, vec(words(), 0..3), option::of(form), option::of(check)).prop_map(
        |(margins, line_spacing, mark, form, check)| Furniture {
            margins,
            line_spacing,
            mark,
            form,
            check,
            ..Furniture::plain(Paper::A4, FontFamily::Bonum, 11.0)
        },
    )
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        2 => (0u8..5, vec(runs(6), 0..4), option::of("[a-z]{1,6}"))
            .prop_map(|(level, lines, anchor)| Block::Heading(Heading { level, lines, anchor })),
        6 => any_para(90).prop_map(Block::Para),
        2 => (option::of(label()), vec((runs(4), runs(20)), 0..6))
            .prop_map(|(label, rows)| Block::Facts(FactTable { label, rows })),
        2 => table().prop_map(Block::Table),
        1 => (option::of(runs(4)), vec(signatory(), 1..4), option::of(runs(3))).prop_map(
            |(place_and_date, columns, heading)| {
                Block::Signatures(SignatureBlock { place_and_date, columns, heading })
            }
        ),
        1 => (vec(runs(5), 1..3), vec(runs(9), 0..3), any::<bool>()).prop_map(|(names, details, logo)| {
            Block::Letterhead(Letterhead { logo: logo.then(dot), names, details })
        }),
        1 => (vec(diagram_box(), 0..5), runs(5)).prop_map(|(boxes, caption)| {
            Block::Diagram(Diagram { alt: "Alur".to_owned(), boxes, caption })
        }),
        1 => runs(5).prop_map(|caption| Block::Picture(Figure { picture: dot(), caption })),
        1 => (10.0f32..400.0, 5.0f32..500.0, runs(5))
            .prop_map(|(width, height, caption)| Block::Frame(Frame { width, height, caption })),
        1 => (-1.0f32..9.0).prop_map(|lines| Block::Space { lines }),
        1 => Just(Block::PageBreak),
    ]
}

/// A picture of four pixels.
pub(crate) fn dot() -> Picture {
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEUlEQVR42mM4IachYtPDAKEAG8AD1WiNMgIAAAAASUVORK5CYII=";
    Picture { width: 2, height: 2, png: png.to_owned(), alt: "Titik".to_owned() }
}

fn diagram_box() -> impl Strategy<Value = DiagramBox> {
    let shape = prop_oneof![
        Just(BoxShape::Terminal),
        Just(BoxShape::Step),
        Just(BoxShape::Decision),
        Just(BoxShape::Node)
    ];
    let words = || "[a-z]{2,8}( [a-z]{2,8}){0,3}";
    let aside = (words(), runs(12)).prop_map(|(label, text)| Aside { label, text });
    (shape, runs(4), runs(25), option::of(words()), option::of(aside))
        .prop_map(|(shape, title, text, to_next, aside)| DiagramBox { shape, title, text, to_next, aside })
}

fn table() -> impl Strategy<Value = Table> {
    let cell = || vec(any_para(25), 0..3).prop_map(|paras| Cell { paras });
    (1usize..6).prop_flat_map(move |columns| {
        (vec(0.0f32..1.0, columns), vec(vec(cell(), columns), 0..2), vec(vec(cell(), 0..=columns), 0..7))
            .prop_map(|(widths, header, rows)| Table { widths, header, rows })
    })
}

fn signatory() -> impl Strategy<Value = SignatureColumn> {
    (vec(runs(5), 0..3), runs(5), vec(runs(5), 0..3), any::<bool>())
        .prop_map(|(heading, name, below, stamp_box)| SignatureColumn { heading, name, below, stamp_box })
}

fn any_para(words: usize) -> impl Strategy<Value = Para> {
    let align = prop_oneof![Just(Align::Justify), Just(Align::Left), Just(Align::Center), Just(Align::Right)];
    (option::of(label()), prop_oneof![9 => 0u8..4, 1 => any::<u8>()], align, runs(words), any::<bool>())
        .prop_map(|(label, level, align, runs, keep_with_next)| Para {
            label,
            level,
            align,
            runs,
            keep_with_next,
            anchor: None,
        })
}

fn label() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "\\([1-9]{1,2}\\)|[a-z]\\.|[1-9]{1,2}\\.",
        1 => "Pasal [0-9]{1,3} ayat \\([0-9]\\)( huruf [a-z]){0,6}",
    ]
}

fn runs(words: usize) -> impl Strategy<Value = Vec<Run>> {
    let word = prop_oneof![
        12 => "[a-zA-Z]{1,12}[,.;:]?",
        2 => "[0-9]{1,4}(\\.[0-9]{1,3}){0,3}(/[A-Za-z0-9-]{1,12}){0,6}",
        1 => "[a-z]{2,7}-[a-z]{2,7}",
        1 => "[A-Za-z]{30,120}",
        1 => "„[éñüÅçα-ωА-я]{1,8}” – \\(…\\)",
        1 => "[!-~]{1,10}",
        1 => " |\u{a0}|\t",
    ];
    let run = (vec(word, 0..=words), 0u8..12).prop_map(|(words, style)| Run {
        text: words.join(" "),
        bold: style & 3 == 1,
        italic: style == 2 || style == 5,
        gap: style == 11,
        slot: (style == 7).then(|| "nomor".to_owned()),
    });
    vec(run, 0..4)
}

/// Every stretch of text a document holds, in reading order: labels, fact labels, cells, names.
pub(crate) fn stretches(document: &Document) -> Vec<String> {
    let joined = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let paras = |paras: &[Para]| -> Vec<String> {
        let label = |para: &Para| para.label.clone().unwrap_or_default();
        paras.iter().flat_map(|para| [label(para), joined(&para.runs)]).collect()
    };
    let mut all = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => all.extend(heading.lines.iter().map(|line| joined(line))),
            Block::Para(para) => all.extend(paras(std::slice::from_ref(para))),
            Block::Facts(table) => {
                for (at, (label, value)) in table.rows.iter().enumerate() {
                    let number = table.label.clone().filter(|_| at == 0).unwrap_or_default();
                    all.extend([number, joined(label), ":".to_owned(), joined(value)]);
                }
            }
            Block::Table(table) => {
                for cell in table.header.iter().chain(&table.rows).flatten() {
                    all.extend(paras(&cell.paras));
                }
            }
            Block::Letterhead(head) => {
                all.extend(head.names.iter().chain(&head.details).map(|runs| joined(runs)));
            }
            Block::Diagram(diagram) => {
                for one in &diagram.boxes {
                    all.extend([joined(&one.title), joined(&one.text)]);
                    all.extend(one.aside.iter().flat_map(|aside| [aside.label.clone(), joined(&aside.text)]));
                    all.extend(one.to_next.clone());
                }
                all.push(joined(&diagram.caption));
            }
            Block::Picture(figure) => all.push(joined(&figure.caption)),
            Block::Frame(frame) => all.push(joined(&frame.caption)),
            Block::Signatures(block) => {
                all.extend(block.heading.iter().map(|runs| joined(runs)));
                all.extend(block.place_and_date.iter().map(|runs| joined(runs)));
                for column in &block.columns {
                    all.extend(column.heading.iter().map(|runs| joined(runs)));
                    all.extend(column.stamp_box.then(|| SignatureColumn::STAMP.to_owned()));
                    all.push(joined(&column.name));
                    all.extend(column.below.iter().map(|runs| joined(runs)));
                }
            }
            Block::Space { .. } | Block::PageBreak => {}
        }
    }
    all
}
