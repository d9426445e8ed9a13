//! First pass: placeholders and conditions, with every printed value behind an opaque token.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Object, ObjectRepr, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};

use super::ClauseError;

/// Steps one wording may take; the longest of ours needs a few thousand.
const FUEL: u64 = 50_000;

/// Tokens are written in the private-use area, which is neither punctuation nor space to Markdown.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';
const DIGIT_ZERO: u32 = 0xE010;

/// What a token stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fill {
    /// A known fact.
    Text(String),
    /// A missing fact, by its name for people.
    Gap(String),
    /// A number or date at its slot, with its text where it is known.
    Slot(String, Option<String>),
    /// A reference to a label.
    Reference(String),
}

/// A wording after the first pass: Markdown with tokens, and what they stand for.
#[derive(Debug)]
pub(super) struct Filled {
    pub(super) markdown: String,
    pub(super) fills: Vec<Fill>,
}

/// A missing fact in the values of a wording: false in conditions, a visible gap in print.
pub fn gap(name: &str) -> Value {
    Value::from_object(Gap(name.to_owned()))
}

/// A number or date that may be registered after printing, by the name of its slot; true in conditions.
pub fn slot(name: &str, text: Option<String>) -> Value {
    Value::from_object(Slot(name.to_owned(), text))
}

/// The name of a missing fact; none for anything else.
pub fn gap_name(value: &Value) -> Option<&str> {
    value.downcast_object_ref::<Gap>().map(|Gap(name)| name.as_str())
}

/// The text at a slot, where it is known; none for anything that is no slot.
pub fn slot_text(value: &Value) -> Option<Option<&str>> {
    value.downcast_object_ref::<Slot>().map(|Slot(_, text)| text.as_deref())
}

/// A fact as it may be printed: one line, and none of the characters that tokens are made of.
pub fn sanitised(fact: &str) -> String {
    let one_line: String = fact
        .chars()
        .filter(|c| !c.is_control() || c.is_whitespace())
        .map(|c| if is_token_char(c) { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    one_line.split(char::is_whitespace).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A piece of text after Markdown: literal words or a token.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Words(&'a str),
    Token(usize),
}

/// Splits text at its tokens.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, token)) = rest.split_once(OPEN) {
        let Some((digits, after)) = token.split_once(CLOSE) else { break };
        if !words.is_empty() {
            pieces.push(Piece::Words(words));
        }
        let index = digits
            .chars()
            .fold(0_usize, |n, digit| n * 10 + (digit as usize).saturating_sub(DIGIT_ZERO as usize));
        pieces.push(Piece::Token(index));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

pub(super) fn is_token_char(c: char) -> bool {
    c == OPEN || c == CLOSE || (DIGIT_ZERO..DIGIT_ZERO + 10).contains(&u32::from(c))
}

/// Fills one wording.
pub(super) fn fill(file: &str, text: &str, facts: &Value) -> Result<Filled, ClauseError> {
    if text.contains(is_token_char) {
        return Err(ClauseError::Markup {
            file: file.to_owned(),
            what: "huruf dari wilayah pribadi Unicode",
        });
    }
    let fills = Arc::new(Mutex::new(Vec::new()));
    let refused = |error: &Error| ClauseError::Placeholder {
        file: file.to_owned(),
        line: error.line().unwrap_or_default(),
        reason: in_words(error),
    };
    let text = with_line_ends(text);
    let environment = environment(Arc::clone(&fills)).map_err(|error| refused(&error))?;
    let markdown = environment
        .template_from_named_str(file, &text)
        .and_then(|template| template.render(facts.clone()))
        .map_err(|error| refused(&error))?;
    drop(environment);
    let fills = fills
        .lock()
        .map(|mut fills| std::mem::take(&mut *fills))
        .unwrap_or_else(|poisoned| std::mem::take(&mut *poisoned.into_inner()));
    Ok(Filled { markdown, fills })
}

/// What the template engine refuses, for the person who writes the wording.
fn in_words(error: &Error) -> String {
    let detail = || error.detail().map_or_else(|| error.kind().to_string(), ToOwned::to_owned);
    match error.kind() {
        ErrorKind::OutOfFuel => "ulangannya terlalu banyak".to_owned(),
        ErrorKind::UndefinedError => "isian ini tidak dikenal di sini".to_owned(),
        ErrorKind::UnknownFilter => format!("penyaring tidak dikenal ({})", detail()),
        ErrorKind::UnknownTest => format!("pemeriksa tidak dikenal ({})", detail()),
        ErrorKind::UnknownFunction => format!("fungsi tidak dikenal ({})", detail()),
        ErrorKind::SyntaxError => format!("susunan tandanya tidak terbaca ({})", detail()),
        _ => detail(),
    }
}

/// A line that is nothing but conditions vanishes with its line end (`trim_blocks`); at the end of a
/// line with words the line end stays, or the next item would be drawn into this one.
fn with_line_ends(text: &str) -> String {
    let mut kept = String::with_capacity(text.len() + 16);
    for line in text.lines() {
        match line.trim_end().strip_suffix("%}") {
            Some(before) if !only_conditions(line) && !before.ends_with(['-', '+']) => {
                kept.push_str(before);
                kept.push_str("+%}");
            }
            _ => kept.push_str(line),
        }
        kept.push('\n');
    }
    kept
}

fn only_conditions(line: &str) -> bool {
    let mut rest = line.trim();
    while let Some((_, after)) = rest.strip_prefix("{%").and_then(|tag| tag.split_once("%}")) {
        rest = after.trim_start();
    }
    rest.is_empty()
}

/// An environment that can do nothing but look at the facts: no loader, no built-in function.
fn environment<'a>(fills: Arc<Mutex<Vec<Fill>>>) -> Result<Environment<'a>, Error> {
    let mut environment = Environment::empty();
    environment.set_fuel(Some(FUEL));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    // A line that holds only a condition leaves no empty line, which would split a list.
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_function("ref", |label: String| Value::from_object(Reference(label)));
    environment.add_filter("upper", upper);
    environment.set_formatter(move |out, _state, value| print_token(out, value, &fills));
    Ok(environment)
}

/// Capitals for headings; a gap stays a gap.
fn upper(_state: &State, value: Value) -> Value {
    value.as_str().map_or(value.clone(), |text| Value::from(text.to_uppercase()))
}

/// The only door through which a value reaches a paper.
fn print_token(out: &mut Output, value: &Value, fills: &Mutex<Vec<Fill>>) -> Result<(), Error> {
    let fill = if let Some(Gap(name)) = value.downcast_object_ref() {
        Fill::Gap(name.clone())
    } else if let Some(Slot(name, text)) = value.downcast_object_ref() {
        Fill::Slot(name.clone(), text.clone())
    } else if let Some(Reference(label)) = value.downcast_object_ref() {
        Fill::Reference(label.clone())
    } else {
        match value.kind() {
            ValueKind::String | ValueKind::Number => {
                let text = value.to_string();
                if text.contains(is_token_char) {
                    // A captured block holds tokens and markup at once; printing it would mix them.
                    return Err(Error::new(ErrorKind::InvalidOperation, "blok tidak dapat dicetak ulang"));
                }
                Fill::Text(text)
            }
            kind => {
                let why = match kind {
                    ValueKind::None => "isian yang boleh kosong dicetak di dalam {% if … %}",
                    ValueKind::Bool => "isian ya/tidak hanya dipakai sebagai syarat",
                    ValueKind::Map => "kelompok isian tidak dapat dicetak; sebut salah satu isinya",
                    ValueKind::Seq | ValueKind::Iterable => "daftar dicetak dengan {% for … %}",
                    _ => "isian ini tidak dapat dicetak",
                };
                return Err(Error::new(ErrorKind::InvalidOperation, why));
            }
        }
    };
    let mut fills = fills.lock().unwrap_or_else(PoisonError::into_inner);
    let token: String = fills
        .len()
        .to_string()
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .filter_map(|digit| char::from_u32(DIGIT_ZERO + digit))
        .collect();
    fills.push(fill);
    write!(out, "{OPEN}{token}{CLOSE}")
        .map_err(|_| Error::new(ErrorKind::WriteFailure, "naskah terlalu panjang"))
}

#[derive(Debug)]
struct Gap(String);

impl Object for Gap {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "…({})…", self.0)
    }
}

#[derive(Debug)]
struct Slot(String, Option<String>);

impl Object for Slot {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

#[derive(Debug)]
struct Reference(String);

impl Object for Reference {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}
