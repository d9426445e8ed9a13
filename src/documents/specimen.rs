//! A page that shows an office its own settings: every part that they change, in words about itself.

use super::Print;
use super::model::{
    Align, Block, Cell, CheckMark, Document, Furniture, Heading, Letterhead, Para, Run, SignatureBlock,
    SignatureColumn, Table,
};

/// The specimen on a letterhead. `paraf` are the labels of the boxes, `check` the mark at the foot.
pub fn specimen(
    print: &Print<'_>,
    head: Letterhead,
    paraf: Vec<String>,
    check: Option<CheckMark>,
) -> Document {
    let mut blocks = vec![
        Block::Letterhead(head),
        Block::Heading(Heading {
            level: 1,
            lines: vec![vec![Run::bold("CONTOH NASKAH")], vec![Run::bold("MENURUT PENGATURAN KANTOR")]],
            anchor: None,
        }),
        Block::Space { lines: 1.0 },
    ];
    blocks.extend(SENTENCES.iter().enumerate().map(|(index, text)| para(Some(index + 1), text)));
    blocks.push(Block::Table(Table {
        widths: vec![0.12, 0.38, 0.5],
        header: vec![["No", "Pembahasan", "Kesepakatan"].map(|text| cell(text, true)).to_vec()],
        rows: ROWS
            .iter()
            .enumerate()
            .map(|(index, (left, right))| {
                vec![cell(&(index + 1).to_string(), false), cell(left, false), cell(right, false)]
            })
            .collect(),
    }));
    // A second page, so that the boxes for initials and the page number have where to stand.
    blocks.push(Block::PageBreak);
    blocks.push(para(None, CLOSING));
    blocks.push(Block::Signatures(SignatureBlock {
        place_and_date: None,
        columns: ["PIHAK KESATU,", "PIHAK KEDUA,"]
            .map(|role| SignatureColumn {
                heading: vec![vec![Run::bold(role)]],
                name: vec![Run::bold("Nama Pejabat")],
                below: Vec::new(),
                stamp_box: false,
            })
            .to_vec(),
        heading: None,
    }));
    Document {
        title: "Contoh naskah".to_owned(),
        dated: None,
        furniture: Furniture { paraf, check, ..print.furniture() },
        blocks,
    }
}

const SENTENCES: [&str; 3] = [
    "Tepi kertas, jenis dan ukuran huruf, serta jarak baris pada halaman ini mengikuti pengaturan yang sedang dibuka, sehingga kantor dapat menilainya sebelum menyimpan.",
    "Kedua tepi teks diratakan, baris pertama setiap butir menjorok, dan nomor halaman ditulis mulai halaman kedua pada naskah yang sesungguhnya.",
    "Kotak paraf berada di kaki setiap halaman selain halaman terakhir. Kode QR hanya ada pada naskah yang diterbitkan.",
];

const ROWS: [(&str, &str); 2] = [
    ("Lebar lajur", "Lajur yang sempit diratakan ke kiri supaya jarak antarkata tetap wajar."),
    ("Tabel panjang", "Baris judul diulang pada setiap halaman."),
];

const CLOSING: &str = "Halaman terakhir memuat tanda tangan, tanpa kotak paraf. Contoh ini tidak disimpan dan bukan naskah apa pun.";

fn para(number: Option<usize>, text: &str) -> Block {
    Block::Para(Para {
        label: number.map(|number| format!("({number})")),
        level: 0,
        align: Align::Justify,
        runs: vec![Run::plain(text)],
        keep_with_next: false,
        anchor: None,
    })
}

fn cell(text: &str, bold: bool) -> Cell {
    let run = if bold { Run::bold(text) } else { Run::plain(text) };
    Cell {
        paras: vec![Para {
            label: None,
            level: 0,
            align: if bold { Align::Center } else { Align::Left },
            runs: vec![run],
            keep_with_next: false,
            anchor: None,
        }],
    }
}
