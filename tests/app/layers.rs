//! The layers of docs/ARCHITECTURE.md, held by reading the sources: a `use` that points back fails, and
//! so does a crate outside the one place that knows it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Every module of the crate, from the ground up, with the modules it may use. What is not named here
/// it may not; a new module needs a line.
#[rustfmt::skip]
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain",    &[]),
    ("secrets",   &[]),
    ("password",  &[]),
    ("clock",     &["domain"]),
    ("documents", &["domain"]),
    ("mail",      &["domain"]),
    ("store",     &["domain", "clock", "secrets"]),
    ("import",    &["domain"]),
    ("export",    &["domain", "import"]),
    ("config",    &["mail", "store"]),
    ("app",       &["domain", "clock", "config", "secrets", "store", "documents", "import"]),
    ("jobs",      &["domain", "clock", "secrets", "store", "documents", "mail", "app"]),
    ("demo",      &["domain", "clock", "password", "store", "documents", "import", "app"]),
    ("web",       &["domain", "clock", "secrets", "password", "store", "documents", "import", "export", "app", "jobs"]),
    ("commands",  &["domain", "clock", "config", "secrets", "password", "store", "documents", "mail", "import", "export", "app", "jobs", "demo", "web"]),
];

/// The only crates of the domain: no I/O, no time, no chance.
const OF_THE_DOMAIN: &[&str] = &[
    "chrono",
    "serde",
    "serde_json",
    "serde_path_to_error",
    "serde_saphyr",
    "thiserror",
    "uuid",
    "validator",
];

/// Crates that one place knows.
const AT_HOME: &[(&str, &[&str])] = &[
    ("diesel", &["store/"]),
    ("diesel_migrations", &["store/"]),
    ("libsqlite3_sys", &["store/"]),
    ("lettre", &["mail/"]),
    ("printpdf", &["documents/pdf/", "documents/pdf.rs"]),
    ("lopdf", &["documents/pdf/"]),
    ("rustybuzz", &["documents/pdf/"]),
    ("subsetter", &["documents/pdf/"]),
    ("minijinja", &["documents/"]),
    ("pulldown_cmark", &["documents/"]),
    ("actix_web", &["web/", "commands/serve.rs"]),
    ("governor", &["web/"]),
    ("askama", &["web/", "mail/", "jobs/"]),
    ("argon2", &["password.rs"]),
    ("hmac", &["secrets.rs"]),
    ("calamine", &["import/"]),
    ("clap", &["commands/", "main.rs"]),
    ("tracing_subscriber", &["commands/"]),
];

/// A source file without comments and without its tests.
struct Source {
    /// Path under `src`.
    path: String,
    code: String,
}

impl Source {
    /// Its top-level module.
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// How many `super::` lead to the root of the crate.
    fn depth(&self) -> usize {
        let parts = self.path.split('/').count();
        if self.path.ends_with("/mod.rs") { parts - 1 } else { parts }
    }

    /// The first names after `crate::`, or after as many `super::` as lead to the root.
    fn used_modules(&self) -> BTreeSet<String> {
        let root = "super::".repeat(self.depth());
        let mut used = BTreeSet::new();
        for (at, prefix) in ["crate::", root.as_str()]
            .into_iter()
            .flat_map(|prefix| self.code.match_indices(prefix).map(move |(at, _)| (at, prefix)))
        {
            let before = self.code[..at].chars().next_back().unwrap_or(' ');
            if before.is_alphanumeric() || before == '_' || before == ':' || before == '$' {
                continue;
            }
            let after = &self.code[at + prefix.len()..];
            let names = match after.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap().split(',').map(first_name).collect(),
                None => vec![first_name(after)],
            };
            used.extend(names.into_iter().filter(|name| MAY_USE.iter().any(|(module, _)| module == name)));
        }
        used
    }

    fn uses_crate(&self, name: &str) -> bool {
        let path = format!("{name}::");
        let by_path = self.code.match_indices(&path).any(|(at, _)| {
            let before = self.code[..at].chars().next_back().unwrap_or(' ');
            !(before.is_alphanumeric() || before == '_' || before == ':')
        });
        by_path
            || self.code.contains(&format!("use {name};"))
            || self.code.contains(&format!("use {name} as"))
    }
}

fn first_name(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    files(&src)
        .into_iter()
        .filter_map(|file| {
            let path = file.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
            if !path.ends_with(".rs") || path.contains("/tests") || path.ends_with("_samples.rs") {
                return None;
            }
            let text = std::fs::read_to_string(&file).unwrap();
            let before_tests = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            let before_tests = before_tests.split("#[cfg(test)]\n#[allow(").next().unwrap();
            let code: Vec<&str> =
                before_tests.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            Some(Source { path, code: code.join("\n") })
        })
        .collect()
}

#[test]
fn no_layer_uses_one_above_it() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for source in sources() {
        let module = source.module().to_owned();
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let Some(may) = allowed.get(module.as_str()) else {
            wrong.push(format!("{}: {module} has no line in MAY_USE", source.path));
            continue;
        };
        for used in source.used_modules() {
            if used != module && !may.contains(&used.as_str()) {
                wrong.push(format!("{}: {module} uses {used}", source.path));
            }
            seen.insert((module.clone(), used));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The test reads what it thinks it reads.
    for (module, used) in [("web", "domain"), ("commands", "web"), ("store", "domain"), ("config", "store")] {
        assert!(seen.contains(&(module.to_owned(), used.to_owned())), "{module} was not seen to use {used}");
    }
    // From the ground up: no line allows a module that stands further down.
    for (place, (module, may)) in MAY_USE.iter().enumerate() {
        for used in *may {
            let stands = MAY_USE.iter().position(|(known, _)| known == used);
            assert!(
                stands.is_some_and(|stands| stands < place),
                "{module} may use {used}, which is above it"
            );
        }
    }
}

#[test]
fn each_crate_is_known_where_it_is_at_home() {
    let cargo = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let cargo: toml::Table = cargo.parse().unwrap();
    let dependencies: Vec<String> =
        cargo["dependencies"].as_table().unwrap().keys().map(|name| name.replace('-', "_")).collect();
    let mut wrong = Vec::new();
    for source in sources() {
        for name in &dependencies {
            if !source.uses_crate(name) {
                continue;
            }
            if source.module() == "domain" && !OF_THE_DOMAIN.contains(&name.as_str()) {
                wrong.push(format!("{}: the domain uses {name}", source.path));
            }
            if let Some((_, home)) = AT_HOME.iter().find(|(known, _)| known == name)
                && !home.iter().any(|place| source.path.starts_with(place))
            {
                wrong.push(format!("{}: uses {name}, which is at home in {home:?}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (name, _) in AT_HOME {
        assert!(dependencies.iter().any(|known| known == name), "{name} is no dependency any more");
    }
}

#[test]
fn values_become_markup_or_statements_nowhere() {
    let mut wrong = Vec::new();
    for source in sources() {
        // The paper's own writer has escaped what `papers.rs` puts on a page.
        if source.code.contains("|safe") && source.path != "web/agreements/papers.rs" {
            wrong.push(format!("{}: |safe", source.path));
        }
        for call in ["sql_query(format!", "sql_query(&format!", "Command::new"] {
            if source.code.contains(call) {
                wrong.push(format!("{}: {call}", source.path));
            }
        }
    }
    // A mail has no style sheet of its own.
    let mails = root().join("templates/mail");
    for file in files(&root().join("templates")).into_iter().filter(|file| !file.starts_with(&mails)) {
        let text = std::fs::read_to_string(&file).unwrap();
        if text.contains("|safe")
            || text.contains("| safe")
            || text.contains("style=\"")
            || text.contains(" onclick=")
        {
            wrong.push(format!("{}: |safe, style= or onclick=", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
