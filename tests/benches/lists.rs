//! What a page of the list costs the server: user + system time of the process over 1,000 signed-in
//! requests, as staff of an office owning 400 agreements and of one owning all.
//!
//! `cargo bench --bench lists -- --agreements 100000` fills a folder under the system's temporary
//! folder once and keeps it; it needs Linux (`/proc`).

// A bench prints, and ends at the first thing that is not as it should be.
#![allow(clippy::print_stdout, clippy::expect_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ADDRESS: &str = "127.0.0.1:18080";
const REQUESTS: usize = 1_000;
const BATCH: usize = 50;

fn main() {
    let agreements = std::env::args()
        .skip_while(|arg| arg != "--agreements")
        .nth(1)
        .and_then(|text| text.parse::<usize>().ok())
        .unwrap_or(100_000);
    if !Path::new("/proc/self/stat").exists() {
        println!("skipped: /proc not found");
        return;
    }
    let folder = std::env::temp_dir().join(format!("kawal-bench-{agreements}"));
    if !folder.join("ready").exists() {
        fill(&folder, agreements);
    }
    let (mut server, start) = serve(&folder);
    println!("agreements {agreements}, start to first page {:.0} ms", start.as_secs_f64() * 1_000.0);
    println!("resident anonymous memory at start {} KiB", anonymous(server.id()));
    for (who, email) in
        [("office with 400", "staf@tirtajaya.example"), ("office with all", "staf@nusakencana.example")]
    {
        let cookie = sign_in(email);
        for (name, path) in [
            ("list", "/perjanjian"),
            ("by end", "/perjanjian?urut=berakhir"),
            ("filter", "/perjanjian?keadaan=in_force"),
            ("filter window", "/perjanjian?keadaan=renewal_window"),
            ("last", "/perjanjian?urut=berakhir&akhir=1"),
            ("jump", "/perjanjian?mulai=2027-09-16"),
        ] {
            measure(server.id(), who, name, path, &cookie);
        }
        for (name, rel) in
            [("next", "title=\"Halaman berikutnya\""), ("previous", "title=\"Halaman sebelumnya\"")]
        {
            let page = get("/perjanjian?mulai=2027-09-16", &cookie);
            if let Some(path) = linked(&page, rel) {
                measure(server.id(), who, name, &path, &cookie);
            }
        }
        measure(server.id(), who, "first screen", "/", &cookie);
    }
    println!("resident anonymous memory at end {} KiB", anonymous(server.id()));
    let _ = server.kill();
    let _ = server.wait();
}

fn binary() -> &'static str {
    env!("CARGO_BIN_EXE_kawal")
}

fn fill(folder: &Path, agreements: usize) {
    println!("filling {} …", folder.display());
    let _ = std::fs::remove_dir_all(folder);
    let begun = Instant::now();
    let done = Command::new(binary())
        .args(["demo", "--fill-only", "--agreements", &agreements.to_string(), "--data"])
        .arg(folder)
        .stdout(Stdio::null())
        .status();
    assert!(done.is_ok_and(|status| status.success()), "the folder could not be filled");
    println!("filled in {:.0} s", begun.elapsed().as_secs_f64());
    let _ = std::fs::write(folder.join("ready"), "");
}

fn serve(folder: &PathBuf) -> (Child, Duration) {
    let begun = Instant::now();
    let mut child = Command::new(binary())
        .args(["serve", "--listen", ADDRESS, "--data"])
        .arg(folder)
        .env("KAWAL_LOG", "error")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the server starts");
    let out = child.stdout.take().expect("a pipe");
    for line in BufReader::new(out).lines().map_while(Result::ok) {
        if line.contains("siap di") {
            break;
        }
    }
    assert!(child.try_wait().is_ok_and(|ended| ended.is_none()), "the server runs; is {ADDRESS} taken?");
    let page = get("/masuk", "");
    assert!(page.contains("Masuk"), "the first page is the sign-in");
    (child, begun.elapsed())
}

/// One request on its own connection, as an old proxy would send it.
fn send(request: &str) -> String {
    let mut stream = TcpStream::connect(ADDRESS).expect("the server listens");
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it answers");
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(path: &str, cookie: &str) -> String {
    send(&format!(
        "GET {path} HTTP/1.1\r\nHost: {ADDRESS}\r\nCookie: {cookie}\r\nAccept-Encoding: {}\r\nConnection: close\r\n\r\n",
        encoding()
    ))
}

/// Browsers take gzip; `--gzip` measures with it.
fn encoding() -> &'static str {
    if std::env::args().any(|arg| arg == "--gzip") { "gzip" } else { "identity" }
}

fn sign_in(email: &str) -> String {
    let body = format!("email={}&password=peragaan-kawal", email.replace('@', "%40"));
    let answer = send(&format!(
        "POST /masuk HTTP/1.1\r\nHost: {ADDRESS}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    ));
    answer
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: ").and_then(|rest| rest.split(';').next()))
        .filter(|cookie| cookie.starts_with("kawal="))
        .expect("the demonstration's password fits")
        .to_owned()
}

/// The address of a link of the pager.
fn linked(page: &str, rel: &str) -> Option<String> {
    let tag = page.split("<a ").find(|tag| tag.split('>').next().is_some_and(|head| head.contains(rel)))?;
    let href = tag.split("href=\"").nth(1)?.split('"').next()?;
    Some(href.replace("&amp;", "&").replace("&#38;", "&"))
}

fn measure(pid: u32, who: &str, name: &str, path: &str, cookie: &str) {
    let page = get(path, cookie);
    assert!(page.starts_with("HTTP/1.1 200"), "{path}: {}", page.lines().next().unwrap_or_default());
    let mut batches: Vec<f64> = (0..REQUESTS / BATCH)
        .map(|_| {
            let before = cpu(pid);
            for _ in 0..BATCH {
                get(path, cookie);
            }
            (cpu(pid) - before) / BATCH as f64
        })
        .collect();
    batches.sort_by(f64::total_cmp);
    println!(
        "{who:<16} {name:<14} median {:.2} ms CPU a request, {} bytes",
        batches[batches.len() / 2],
        page.len()
    );
}

/// User + system time of a process in milliseconds, from the scheduler's nanoseconds.
fn cpu(pid: u32) -> f64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).expect("it runs");
    tasks
        .filter_map(Result::ok)
        .filter_map(|task| std::fs::read_to_string(task.path().join("schedstat")).ok())
        .filter_map(|text| text.split_whitespace().next().and_then(|ns| ns.parse::<f64>().ok()))
        .sum::<f64>()
        / 1e6
}

fn anonymous(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|kib| kib.parse().ok())
        .unwrap_or(0)
}
