//! As much of HTML as our own pages use: words, and forms as a browser would post them. Attribute
//! values stand in double quotes and hold no `>`: askama escapes it.

/// A form as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// Whether it posts.
    pub posts: bool,
    /// Names and values in the order of the page.
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The value of a field; the first of several.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The same form with some fields filled in; every value that had the name goes, one that has no
    /// field of its own is added (a ticked box, an entry of a list).
    pub fn filled(mut self, changed: &[(&str, &str)]) -> Self {
        self.fields.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
        self.fields.extend(changed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self
    }
}

/// Every form of a page.
pub fn forms(source: &str) -> Vec<Form> {
    source
        .split("<form ")
        .skip(1)
        .map(|rest| {
            let (tag, rest) = rest.split_once('>').unwrap();
            let inner = rest.split("</form>").next().unwrap();
            Form {
                action: attribute(tag, "action").unwrap_or_default(),
                posts: attribute(tag, "method").as_deref() == Some("post"),
                fields: fields(inner),
            }
        })
        .collect()
}

fn fields(mut rest: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    while let Some((_, after)) = rest.split_once('<') {
        let Some((tag, after)) = after.split_once('>') else { break };
        rest = after;
        let name = || attribute(tag, "name").filter(|name| !name.is_empty());
        if tag.starts_with("input ") {
            let kind = attribute(tag, "type").unwrap_or_default();
            let off = matches!(kind.as_str(), "checkbox" | "radio") && !has(tag, "checked");
            if let (Some(name), false) = (name(), off) {
                found.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        } else if tag.starts_with("textarea ") {
            let (inner, after) = rest.split_once("</textarea>").unwrap();
            rest = after;
            if let Some(name) = name() {
                found.push((name, unescaped(inner.strip_prefix('\n').unwrap_or(inner))));
            }
        } else if tag.starts_with("select ") {
            let (inner, after) = rest.split_once("</select>").unwrap();
            rest = after;
            let options: Vec<&str> = inner.split("<option ").skip(1).collect();
            let chosen = options.iter().find(|option| has(option.split('>').next().unwrap(), "selected"));
            if let (Some(name), Some(option)) = (name(), chosen.or(options.first())) {
                found.push((name, attribute(option.split('>').next().unwrap(), "value").unwrap_or_default()));
            }
        }
    }
    found
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"')?;
        if before.rsplit(' ').next() == Some(name) {
            return Some(unescaped(value));
        }
        rest = after;
    }
    None
}

/// Whether a tag has an attribute without a value.
fn has(tag: &str, name: &str) -> bool {
    let bare: String = tag.split('"').step_by(2).collect::<Vec<_>>().join("");
    bare.split_whitespace().any(|word| word == name)
}

/// Undoes the escaping of a text.
pub fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (entity, after) = after.split_once(';').unwrap_or((after, ""));
        let code =
            entity.strip_prefix('#').and_then(|code| code.parse::<u32>().ok()).and_then(char::from_u32);
        match (entity, code) {
            (_, Some(c)) => out.push(c),
            ("amp", _) => out.push('&'),
            ("lt", _) => out.push('<'),
            ("gt", _) => out.push('>'),
            ("quot", _) => out.push('"'),
            ("nbsp", _) => out.push(' '),
            _ => out.push_str(&format!("&{entity};")),
        }
        rest = after;
    }
    out + rest
}

/// The words of a piece of HTML, blanks folded.
pub fn words(source: &str) -> String {
    let mut out = String::new();
    for (index, piece) in source.split('<').enumerate() {
        let text = if index == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) };
        out.push_str(text);
        // Inline tags part no words.
        let tag = piece.trim_start_matches('/').split(['>', ' ']).next().unwrap_or_default();
        if index > 0 && !matches!(tag, "b" | "strong" | "em" | "i" | "u" | "small" | "a") {
            let at = out.len() - text.len();
            out.insert(at, ' ');
        }
    }
    unescaped(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of the element with an id; empty when there is none.
pub fn element(source: &str, id: &str) -> String {
    let Some((before, rest)) = source.split_once(&format!("id=\"{id}\"")) else { return String::new() };
    let tag = before.rsplit('<').next().unwrap_or_default().split(' ').next().unwrap_or_default();
    let inner = rest.split_once('>').map_or("", |(_, inner)| inner);
    words(inner.split(&format!("</{tag}>")).next().unwrap_or_default())
}

/// The words of every element with these classes.
pub fn classed(source: &str, tag: &str, class: &str) -> Vec<String> {
    let (opening, closing) = (format!("<{tag} class=\"{class}\""), format!("</{tag}>"));
    let inside = |rest: &str| {
        let (_, inner) = rest.split_once('>')?;
        Some(words(inner.split(&closing).next()?))
    };
    source.split(&opening).skip(1).filter_map(inside).collect()
}
