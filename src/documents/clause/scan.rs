//! A wording as its author wrote it: which facts it names, which labels it sets and refers to, line by
//! line and in every branch, whether or not the facts of the day lead there.
//!
//! The language of wordings is smaller than that of the template engine on purpose: facts, `if`, `for`,
//! `ref` and one filter. What is more than that is refused here with a sentence.

use std::collections::HashMap;

/// What a wording holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// Facts that are named.
    pub uses: Vec<Use>,
    /// Labels that are referred to, with their lines.
    pub references: Vec<(String, usize)>,
    /// Labels that are set, with their lines.
    pub labels: Vec<(String, usize)>,
    /// Single conditions.
    pub conditions: Vec<Condition>,
    /// What cannot be read, with its line.
    pub faults: Vec<(usize, String)>,
    /// The text line by line without its tags; "x" stands for what is printed.
    pub words: String,
}

/// A fact that is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Path from the root; [`EACH`] stands for any entry of a list. None where it cannot be told.
    pub path: Option<Vec<String>>,
    /// As it was written.
    pub written: String,
    /// Its line, from 1.
    pub line: usize,
    /// Whether it is printed as it is.
    pub printed: bool,
}

/// Any entry of a list in a path.
pub const EACH: &str = "[]";

/// A condition on one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Whether the fact is there, or true.
    Truth(Vec<String>),
    /// Whether it is this code.
    Is(Vec<String>, String),
}

/// Words of the language that are no facts.
const WORDS: &[&str] = &["and", "or", "not", "in", "is", "if", "else", "true", "false", "none"];
/// What `loop` has.
const LOOP: &[&str] = &["first", "last", "index", "index0", "length", "revindex", "revindex0"];
/// Filters there are.
const FILTERS: &[&str] = &["upper"];

/// Reads a wording.
pub fn scan(text: &str) -> Scan {
    let mut reader = Reader::default();
    let mut words = String::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).chain(rest.find("{#")).min() {
        let (before, tag) = rest.split_at(at);
        words.push_str(before);
        line += lines_in(before);
        let (kind, inner) = tag.split_at(2);
        let end = match kind {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let Some((inner, after)) = split_tag(inner, end) else {
            reader.scan.faults.push((line, format!("“{kind}” tidak ditutup dengan “{end}”")));
            rest = "";
            break;
        };
        match kind {
            "{{" => reader.printed(trimmed(inner), line),
            "{%" => reader.statement(trimmed(inner), line),
            _ => {}
        }
        // A tag is a word to what stands around it, and keeps its lines.
        words.push_str(if kind == "{{" { "x" } else { "" });
        words.extend(std::iter::repeat_n('\n', lines_in(inner)));
        line += lines_in(inner);
        rest = after;
    }
    words.push_str(rest);
    for (line, tag) in std::mem::take(&mut reader.open) {
        reader.scan.faults.push((line, format!("“{{% {tag} … %}}” tidak ditutup dengan “{{% end{tag} %}}”")));
    }
    let labels =
        words.lines().zip(1..).flat_map(|(text, line)| labels_in(text).map(move |label| (label, line)));
    reader.scan.labels = labels.collect();
    reader.scan.words = words;
    reader.scan.faults.sort();
    reader.scan
}

fn lines_in(text: &str) -> usize {
    text.matches('\n').count()
}

/// Splits at the end of a tag, which may stand inside quotes.
fn split_tag<'a>(inner: &'a str, end: &str) -> Option<(&'a str, &'a str)> {
    let mut quote = None;
    for (at, c) in inner.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if (c == '"' || c == '\'') && end != "#}" => quote = Some(c),
            None if inner[at..].starts_with(end) => return Some((&inner[..at], &inner[at + end.len()..])),
            None => {}
        }
    }
    None
}

fn trimmed(inner: &str) -> &str {
    inner.trim_start_matches(['-', '+']).trim_end_matches(['-', '+'])
}

/// Names behind a `^` at the end of a word.
fn labels_in(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().filter_map(|word| {
        let name = word.strip_prefix('^')?;
        let is_name = |c: char| c.is_ascii_lowercase() || c == '_' || c == '.';
        (!name.is_empty() && name != "or" && name.chars().all(is_name)).then(|| name.to_owned())
    })
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A name with what is behind its dots.
    Path(Vec<String>),
    Text(String),
    Number,
    Sign(char),
    Equals,
}

#[derive(Default)]
struct Reader {
    scan: Scan,
    /// Tags that wait for their end.
    open: Vec<(usize, &'static str)>,
    /// What loop variables stand for, the innermost last.
    scopes: Vec<HashMap<String, Option<Vec<String>>>>,
}

impl Reader {
    fn fault(&mut self, line: usize, text: impl Into<String>) {
        self.scan.faults.push((line, text.into()));
    }

    fn printed(&mut self, inner: &str, line: usize) {
        let tokens = tokens(inner);
        if tokens.is_empty() {
            self.fault(line, "isian “{{ }}” kosong");
        }
        // "user.name" or "user.name | upper" prints the fact itself.
        let itself = matches!(tokens.as_slice(), [Token::Path(_)] | [Token::Path(_), Token::Sign('|'), ..]);
        self.expression(&tokens, line, itself);
    }

    fn statement(&mut self, inner: &str, line: usize) {
        let (verb, rest) = inner.trim().split_once(char::is_whitespace).unwrap_or((inner.trim(), ""));
        let tokens = tokens(rest);
        match verb {
            "if" | "elif" => {
                if verb == "if" {
                    self.open.push((line, "if"));
                } else if self.open.last().is_none_or(|(_, tag)| *tag != "if") {
                    self.fault(line, "“{% elif … %}” tanpa “{% if … %}”");
                }
                if tokens.is_empty() {
                    self.fault(line, format!("“{{% {verb} %}}” tanpa syarat"));
                }
                self.conditions(&tokens);
                self.expression(&tokens, line, false);
            }
            "else" => {
                if self.open.is_empty() {
                    self.fault(line, "“{% else %}” tanpa “{% if … %}”");
                }
            }
            "for" => {
                self.open.push((line, "for"));
                self.each(&tokens, line);
            }
            "endif" | "endfor" => match self.open.pop() {
                Some((_, tag)) if verb.ends_with(tag) => {
                    if tag == "for" {
                        self.scopes.pop();
                    }
                }
                Some((opened, tag)) => {
                    let text = format!("“{{% {verb} %}}” menutup “{{% {tag} … %}}” dari baris {opened}");
                    self.fault(line, text);
                }
                None => self.fault(line, format!("“{{% {verb} %}}” tanpa pembukanya")),
            },
            "" => self.fault(line, "“{% %}” kosong"),
            other => {
                let text = format!(
                    "perintah “{other}” tidak ada; yang ada hanya if, elif, else, endif, for, endfor"
                );
                self.fault(line, text);
            }
        }
    }

    fn each(&mut self, tokens: &[Token], line: usize) {
        let mut scope = HashMap::new();
        let at = tokens.iter().position(|token| matches!(token, Token::Path(path) if path[..] == ["in"]));
        let Some(at) = at else {
            self.fault(line, "ulangan ditulis “{% for nama in daftar %}”");
            self.scopes.push(scope);
            return;
        };
        let (names, list) = (&tokens[..at], &tokens[at + 1..]);
        self.expression(list, line, false);
        let of = match list {
            [Token::Path(path)] => self.resolve(path).map(|mut path| {
                path.push(EACH.to_owned());
                path
            }),
            _ => None,
        };
        for token in names {
            if let Token::Path(path) = token
                && let [name] = path.as_slice()
            {
                scope.insert(name.clone(), of.clone().filter(|_| names.len() == 1));
            }
        }
        self.scopes.push(scope);
    }

    /// The path from the root of a written one; none inside what cannot be followed.
    fn resolve(&self, path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        match self.scopes.iter().rev().find_map(|scope| scope.get(first)) {
            Some(Some(of)) => Some(of.iter().chain(rest).cloned().collect()),
            Some(None) => None,
            None => Some(path.to_vec()),
        }
    }

    fn expression(&mut self, tokens: &[Token], line: usize, printed: bool) {
        for (at, token) in tokens.iter().enumerate() {
            let Token::Path(path) = token else { continue };
            let before = at.checked_sub(1).and_then(|at| tokens.get(at));
            let after = tokens.get(at + 1);
            let name = path[0].as_str();
            if path.len() == 1 && WORDS.contains(&name) {
                continue;
            }
            match (before, after) {
                (Some(Token::Sign('|')), _) => {
                    if path.len() > 1 || !FILTERS.contains(&name) {
                        let text =
                            format!("penyaring “{}” tidak ada; yang ada hanya “upper”", path.join("."));
                        self.fault(line, text);
                    }
                }
                (Some(Token::Path(word)), _) if word[..] == ["is"] => {
                    self.fault(
                        line,
                        format!("pemeriksa “is {name}” tidak ada; tulis “{{% if isian %}}” saja"),
                    );
                }
                (_, Some(Token::Sign('('))) => {
                    if path[..] != ["ref"] {
                        self.fault(
                            line,
                            format!("“{}(…)” tidak ada; yang ada hanya ref(\"label\")", path.join(".")),
                        );
                    }
                    match tokens.get(at + 2) {
                        Some(Token::Text(label)) => self.scan.references.push((label.clone(), line)),
                        _ => self.fault(line, "rujukan ditulis {{ ref(\"label\") }}"),
                    }
                }
                _ if name == "loop" && !self.scopes.is_empty() => {
                    if path.get(1).is_some_and(|what| !LOOP.contains(&what.as_str())) {
                        self.fault(line, format!("“{}” tidak ada; misalnya loop.first", path.join(".")));
                    }
                }
                _ => {
                    let (path, written) = (self.resolve(path), path.join("."));
                    self.scan.uses.push(Use { path, written, line, printed: printed && at == 0 });
                }
            }
        }
    }

    fn conditions(&mut self, tokens: &[Token]) {
        for (at, token) in tokens.iter().enumerate() {
            let Token::Path(path) = token else { continue };
            if path.len() == 1 && (WORDS.contains(&path[0].as_str()) || path[0] == "ref") {
                continue;
            }
            let Some(path) = self.resolve(path).filter(|path| !path.iter().any(|part| part == EACH)) else {
                continue;
            };
            if path[0] == "loop" {
                continue;
            }
            let condition = match (tokens.get(at + 1), tokens.get(at + 2)) {
                (Some(Token::Equals), Some(Token::Text(code))) => Condition::Is(path, code.clone()),
                _ => Condition::Truth(path),
            };
            if !self.scan.conditions.contains(&condition) {
                self.scan.conditions.push(condition);
            }
        }
    }
}

/// Splits an expression; what is unknown to it stays a sign, for the engine to refuse.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let taken = if first == '"' || first == '\'' {
            let inner = &rest[1..];
            let end = inner.find(first).unwrap_or(inner.len());
            tokens.push(Token::Text(inner[..end].to_owned()));
            (end + 2).min(rest.len())
        } else if first.is_ascii_digit() {
            tokens.push(Token::Number);
            rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len())
        } else if is_name(first) {
            let end = rest.find(|c: char| !is_name(c) && c != '.').unwrap_or(rest.len());
            let word = rest[..end].trim_end_matches('.');
            // ").name" belongs to what was computed before, not to a fact.
            tokens.push(Token::Path(word.split('.').map(ToOwned::to_owned).collect()));
            word.len()
        } else if rest.starts_with("==") || rest.starts_with("!=") {
            tokens.push(Token::Equals);
            2
        } else {
            tokens.push(Token::Sign(first));
            first.len_utf8()
        };
        rest = rest[taken..].trim_start();
    }
    tokens
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<(String, usize)> {
        scan(text)
            .uses
            .into_iter()
            .map(|one| (one.path.map_or_else(|| "?".to_owned(), |path| path.join("/")), one.line))
            .collect()
    }

    #[test]
    fn facts_are_found_in_every_branch_with_their_lines() {
        let text = "# A\n\n{% if user.name and not x %}\n1. {{ user.name | upper }}\n{% elif kind == \"desa\" %}\n1. {{ y }}\n{% endif %}";
        let found = paths(text);
        let expected = [("user/name", 3), ("x", 3), ("user/name", 4), ("kind", 5), ("y", 6)];
        assert_eq!(found, expected.map(|(path, line)| (path.to_owned(), line)));
        assert_eq!(
            scan(text).conditions,
            [
                Condition::Truth(vec!["user".into(), "name".into()]),
                Condition::Truth(vec!["x".into()]),
                Condition::Is(vec!["kind".into()], "desa".into()),
            ]
        );
    }

    #[test]
    fn a_loop_variable_stands_for_an_entry_of_its_list() {
        let text = "{% for b in bases %}{{ b.title }}{% for g in b.gazettes %}{{ g.name }}{% if loop.last %})\n{% endif %}{% endfor %}{% endfor %}{{ b.title }}";
        let found: Vec<String> = paths(text).into_iter().map(|(path, _)| path).collect();
        assert_eq!(
            found,
            ["bases", "bases/[]/title", "bases/[]/gazettes", "bases/[]/gazettes/[]/name", "b/title"],
            "outside its loop it is a fact again"
        );
        assert_eq!(scan(text).faults, []);
    }

    #[test]
    fn labels_and_references_are_found_with_their_lines() {
        let scan = scan(
            "# Hak ^rights\n\n1. Lihat {{ ref(\"duties\") }}: ^or\n{% if x %}\n   - a ^rights.a\n{% endif %}",
        );
        assert_eq!(scan.labels, [("rights".into(), 1), ("rights.a".into(), 5)]);
        assert_eq!(scan.references, [("duties".into(), 3)]);
    }

    #[test]
    fn what_is_not_the_language_of_wordings_is_told_by_line() {
        for (text, line, words) in [
            ("a\n{{ user.name", 2, "tidak ditutup"),
            ("{% if x %}\na", 1, "endif"),
            ("a\n{% endif %}", 2, "tanpa pembukanya"),
            ("{% for x in y %}{% endif %}", 1, "menutup"),
            ("{% else %}", 1, "tanpa"),
            ("{% include \"x\" %}", 1, "“include” tidak ada"),
            ("{% set a = 1 %}", 1, "“set” tidak ada"),
            ("{{ x | lower }}", 1, "“lower” tidak ada"),
            ("{{ x() }}", 1, "“x(…)” tidak ada"),
            ("{{ ref(x) }}", 1, "rujukan ditulis"),
            ("{% if x is defined %}{% endif %}", 1, "“is defined” tidak ada"),
            ("{{ }}", 1, "kosong"),
        ] {
            let faults = scan(text).faults;
            let told = faults.iter().any(|(at, fault)| *at == line && fault.contains(words));
            assert!(told, "{text}: {faults:?}");
        }
    }

    #[test]
    fn an_end_inside_quotes_does_not_end_the_tag() {
        assert_eq!(scan("{% if x == \"%}\" %}a{% endif %}").faults, []);
        assert_eq!(scan("{# \"a b #}{{ x }}").uses.len(), 1, "a comment has no quotes");
    }
}
