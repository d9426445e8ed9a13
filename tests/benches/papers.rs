//! What a paper costs: CPU milliseconds per rendering of an agreement of about seven pages, beside
//! yardsticks of the same run, because machines differ and are shared.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use kawal::documents::model::{Block, CheckMark, Document};
use kawal::documents::{docx, html, pdf, text};
use sha2::{Digest, Sha256};

const BATCH: Duration = Duration::from_millis(500);

fn main() {
    let document = sample();
    let issued = issued(&document);
    let guide = guide(30);
    for (name, document) in [("agreement", &document), ("issued agreement", &issued), ("guide", &guide)] {
        let file = lopdf::Document::load_mem(&pdf::render(document).unwrap()).unwrap();
        println!("{name}: {} pages", file.get_pages().len());
    }
    let mut number = 0;
    row("pdf, warm, the same agreement", || pdf::render(&document).unwrap().len());
    row("pdf, warm, issued (paraf, QR code)", || pdf::render(&issued).unwrap().len());
    row("pdf, warm, other names and numbers", || {
        number += 1;
        pdf::render(&other(&issued, number)).unwrap().len()
    });
    row("pdf, warm, guide (table, 3 columns)", || pdf::render(&guide).unwrap().len());
    memory("after these");
    let papers: Vec<Document> = (0..500).map(|number| other(&issued, number)).collect();
    memory("with 500 agreements as models");
    let total: usize = papers.iter().map(|paper| pdf::render(paper).unwrap().len()).sum();
    memory(&format!("500 files one after the other, {} KB", total / 1000));
    let (before, began) = (cpu(), Instant::now());
    let bundle = pdf::render_all(&papers, "Bundel").unwrap();
    memory(&format!("500 in one file of {} KB", bundle.len() / 1000));
    let each = (cpu() - before) / 500.0;
    println!("500 in one file: {each:.2} ms CPU each, {} ms in all", began.elapsed().as_millis());
    drop((papers, bundle));
    row("docx", || docx::render(&document).unwrap().len());
    row("html", || html::render(&document).len());
    row("plain text", || text::render(&document).len());
    let prose = shuffled(&text::render(&document), 200_000);
    row("yardstick: deflate of 200 KB", || {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&prose).unwrap();
        encoder.finish().unwrap().len()
    });
    let bulk = vec![7u8; 50_000_000];
    row("yardstick: SHA-256 of 50 MB", || usize::from(Sha256::digest(&bulk)[0]));
}

/// Memory of this process now and at its highest since the last call, where the system tells.
fn memory(when: &str) {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let megabytes = |name: &str| -> f64 {
        let line = told.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        let kilobytes = line.trim_matches(|c: char| !c.is_ascii_digit()).parse::<f64>();
        kilobytes.unwrap_or_default() / 1024.0
    };
    println!("memory {when}: now {:.1} MB, peak {:.1} MB", megabytes("VmRSS:"), megabytes("VmHWM:"));
    // Begins a new peak.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The agreement with all that an issued one bears.
fn issued(document: &Document) -> Document {
    let mut document = document.clone();
    document.furniture.check = Some(CheckMark {
        url: "https://kawal.example.id/cek/7H2KQ9ZT4M1XW8RB".to_owned(),
        lines: vec![
            "Naskah ini dapat diperiksa pada kawal.example.id/cek".to_owned(),
            "dengan kode 7H2K-Q9ZT-4M1X-W8RB.".to_owned(),
        ],
    });
    document
}

/// A technical guide of so many rows: three columns, lists in cells, rows that break over pages.
fn guide(rows: usize) -> Document {
    let mut document: Document = serde_json::from_str(include_str!("../fixtures/papers/guide.json")).unwrap();
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            let pattern = table.rows[0].clone();
            table.rows = vec![pattern; rows];
            for (at, row) in table.rows.iter_mut().enumerate() {
                row[0].paras[0].runs[0].text = format!("{}.", at + 1);
            }
        }
    }
    document
}

/// The invented agreement of the tests, as a final paper.
fn sample() -> Document {
    let mut document: Document =
        serde_json::from_str(include_str!("../fixtures/papers/sample.json")).unwrap();
    document.furniture.watermark = None;
    document.furniture.font_size = 12.0;
    document
}

/// The same agreement with words no cache has seen.
fn other(document: &Document, number: usize) -> Document {
    let mut document = document.clone();
    for block in &mut document.blocks {
        if let Block::Para(para) = block
            && let Some(run) = para.runs.first_mut()
        {
            run.text.push_str(&format!(" Nomor {}/{number}/Naskah-{}", number * 7, number * 31));
        }
    }
    document
}

/// As many bytes of a text, its words in an order that does not repeat.
fn shuffled(text: &str, bytes: usize) -> Vec<u8> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (mut prose, mut state) = (Vec::with_capacity(bytes + 64), 1u64);
    while prose.len() < bytes {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        prose.extend_from_slice(words[(state >> 33) as usize % words.len()].as_bytes());
        prose.push(b' ');
    }
    prose
}

/// Five batches, each long enough for the coarse clock of the scheduler.
fn row(name: &str, mut job: impl FnMut() -> usize) {
    let mut size = 0;
    for _ in 0..3 {
        size = job();
    }
    let mut means: Vec<f64> = (0..5)
        .map(|_| {
            let (began, before, mut rounds) = (Instant::now(), cpu(), 0.0);
            while began.elapsed() < BATCH {
                size = job();
                rounds += 1.0;
            }
            (cpu() - before) / rounds
        })
        .collect();
    means.sort_by(f64::total_cmp);
    println!("{name:38} median {:8.2} ms   least {:8.2} ms   {size} bytes", means[2], means[0]);
}

/// CPU milliseconds of this thread; wall time where the system does not tell.
fn cpu() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    match nanoseconds {
        Some(nanoseconds) => nanoseconds / 1e6,
        None => START.get_or_init(Instant::now).elapsed().as_secs_f64() * 1e3,
    }
}
