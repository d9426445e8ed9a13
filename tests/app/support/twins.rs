//! The five twins: invented agreements, one per shape that real offices use.

use std::path::PathBuf;

use kawal::import::Told;
use kawal::import::agreement_file::{Syntax, read};

/// Where they stand.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/twins")
}

/// A twin's file.
pub fn path(name: &str) -> PathBuf {
    folder().join(format!("{name}.yaml"))
}

/// Each twin by the name of its file.
pub fn twins() -> Vec<(String, Told)> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| {
            let bytes = std::fs::read(path(&name)).unwrap();
            let told = read(&bytes, Syntax::Yaml).unwrap_or_else(|faults| panic!("{name}: {faults:#?}"));
            (name, told)
        })
        .collect()
}
