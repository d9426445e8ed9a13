//! What a paper costs: CPU milliseconds per rendering of an agreement of about seven pages, beside
//! yardsticks of the same run, because machines differ and are shared.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::io::Write;
use std::time::Instant;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use kawal::documents::model::{Block, Document};
use kawal::documents::{html, pdf, text};
use sha2::{Digest, Sha256};

const ROUNDS: usize = 200;

fn main() {
    let document = sample();
    let mut number = 0;
    row("pdf, warm, the same agreement", ROUNDS, || pdf::render(&document).unwrap().len());
    row("pdf, warm, other names and numbers", ROUNDS, || {
        number += 1;
        pdf::render(&other(&document, number)).unwrap().len()
    });
    row("html", ROUNDS, || html::render(&document).len());
    row("plain text", ROUNDS, || text::render(&document).len());
    let words = text::render(&document);
    let prose: Vec<u8> = words.bytes().cycle().take(200_000).collect();
    row("yardstick: deflate of 200 KB", 20, || {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&prose).unwrap();
        encoder.finish().unwrap().len()
    });
    let bulk = vec![7u8; 50_000_000];
    row("yardstick: SHA-256 of 50 MB", 3, || usize::from(Sha256::digest(&bulk)[0]));
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

fn row(name: &str, rounds: usize, mut job: impl FnMut() -> usize) {
    for _ in 0..3 {
        job();
    }
    let mut times = Vec::with_capacity(rounds);
    let mut size = 0;
    for _ in 0..rounds {
        let before = cpu();
        size = job();
        times.push(cpu() - before);
    }
    times.sort_by(f64::total_cmp);
    let (least, median) = (times[0], times[rounds / 2]);
    println!("{name:38} median {median:8.2} ms   least {least:8.2} ms   {size} bytes");
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
