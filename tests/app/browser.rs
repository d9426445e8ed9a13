//! The real binary in a real browser: somebody signs in and makes an agreement
//! (`tests/browser/sign_in_and_draft.mjs`). Without Node, its packages or Chromium the test says so in
//! one line and passes; with `KAWAL_CI=1` it fails.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A program on the path.
fn found(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}

/// A demonstration that ends with the test.
struct Demo {
    process: Child,
    base: String,
    email: String,
    password: String,
}

impl Demo {
    /// Starts on a free port with a folder of its own and waits until it says that it serves.
    fn start(folder: &std::path::Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_kawal"))
            .args(["demo", "--listen", "127.0.0.1:0"])
            .current_dir(folder)
            .env_clear()
            .env("TMPDIR", folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut email, mut password) = (String::new(), String::new());
        for line in BufReader::new(process.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            if line.trim_start().starts_with("Staf Disdukcapil, Kabupaten") {
                let words: Vec<&str> = line.split_whitespace().collect();
                let at = words.iter().position(|word| word.contains('@')).unwrap();
                email = words[at].to_owned();
                password = words[at + 1..].join(" ");
            }
            if let Some(base) = line.strip_prefix("Kawal siap di ") {
                assert!(!email.is_empty(), "no sign-in of a staff member was printed");
                assert!(!base.ends_with(":0"), "{base} is not the address that was bound");
                return Self { process, base: base.to_owned(), email, password };
            }
        }
        panic!("the demonstration ended: {:?}", process.wait());
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What the browser test needs, or what is missing.
fn tools() -> Result<(PathBuf, PathBuf, PathBuf), &'static str> {
    let scripts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let node = found(&["node", "nodejs"]).ok_or("node is not installed")?;
    let chromium =
        found(&["chromium", "chromium-browser", "google-chrome"]).ok_or("chromium is not installed")?;
    if !scripts.join("node_modules/playwright-core").is_dir() {
        return Err("its packages are not installed (npm ci in tests/browser)");
    }
    Ok((node, chromium, scripts))
}

#[test]
fn somebody_signs_in_and_makes_an_agreement_in_a_browser() {
    let (node, chromium, scripts) = match tools() {
        Ok(tools) => tools,
        Err(missing) => {
            assert!(std::env::var_os("KAWAL_CI").is_none(), "the browser test cannot run: {missing}");
            // Past the capture of the test harness, so that it is seen.
            use std::io::Write;
            let _ = writeln!(std::io::stderr(), "skipped: browser test, {missing}");
            return;
        }
    };
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(folder.path());
    let output = Command::new(node)
        .arg(scripts.join("sign_in_and_draft.mjs"))
        .args([&demo.base, &demo.email, &demo.password])
        .arg(chromium)
        .current_dir(&scripts)
        .env("HOME", folder.path())
        .output()
        .unwrap();
    let (said, found) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{found}{said}");
    assert!(said.contains("24 pages checked, 0 findings"), "{said}");
}
