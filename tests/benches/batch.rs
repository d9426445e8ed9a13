//! What bundles cost: CPU per bundle and the most memory the process ever took, for 50 and for 500
//! bundles, as ZIP and as one PDF. The memory must not grow with the number.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::Instant;

use kawal::documents::Stationery;
use kawal::documents::papers::PaperGroup;
use kawal::domain::calendar::Calendar;
use kawal::export::bundle::{Bundle, BundleFormat};
use kawal::export::dossier::Dossier;
use kawal::import::agreement_file::{Syntax, read};

fn main() {
    let twins: Vec<Dossier> = twins();
    // Fonts and word caches are warm before anything is counted.
    written(&twins, BundleFormat::Zip, twins.len());
    for format in BundleFormat::ALL {
        for count in [50, 500] {
            forget_peak();
            let (began, before) = (Instant::now(), cpu());
            let (bytes, papers, failed) = written(&twins, *format, count);
            let (ms, wall) = (cpu() - before, began.elapsed());
            println!(
                "{:3} {count:4} bundles: {papers} papers, {failed} failed, {:6.1} MB   {:7.2} ms CPU per bundle   \
                 peak {:5.1} MB   {:5.1} s",
                format.code(),
                bytes as f64 / 1e6,
                ms / count as f64,
                peak() as f64 / 1e3,
                wall.as_secs_f64()
            );
        }
    }
}

/// The invented twins of the tests.
fn twins() -> Vec<Dossier> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/twins");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let calendar = Arc::new(Calendar::national());
    files
        .iter()
        .map(|file| {
            let told = read(&std::fs::read(file).unwrap(), Syntax::Yaml).unwrap();
            Dossier {
                facts: told.facts,
                acts: told.acts,
                state: told.state,
                calendar: Arc::clone(&calendar),
                today: "2026-11-02".parse().unwrap(),
                stationery: Stationery::standard(),
                kept: BTreeMap::new(),
            }
        })
        .collect()
}

/// Writes so many bundles to nowhere; bytes, papers, failures.
fn written(twins: &[Dossier], format: BundleFormat, count: usize) -> (u64, usize, usize) {
    let mut bundle = Bundle::begin(Counted(0), format, twins[0].today).unwrap();
    for number in 0..count {
        let mut dossier = twins[number % twins.len()].clone();
        // Names and numbers that no cache has seen.
        dossier.facts.provider.number = Some(format!("400.12/{number}/DUKCAPIL/{}", 2020 + number % 7));
        dossier.facts.user.institution.name = Some(format!("Lembaga Percobaan Nomor {number}"));
        bundle.open(&dossier).unwrap();
        for paper in dossier.papers(PaperGroup::ALL) {
            bundle.put(paper, dossier.person(paper), dossier.print(paper, true)).unwrap();
        }
    }
    let tally = bundle.tally();
    (bundle.finish().unwrap().0.0, tally.papers, tally.failed)
}

struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Lets the kernel begin anew with the highest amount of memory; where it cannot, the peaks add up.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Highest resident memory in KB; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
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
