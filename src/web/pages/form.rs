//! Forms: fields with what was typed, errors beside them, groups that grow and shrink without scripts.
//!
//! A handler builds the sections with values from what is stored; when a POST is refused it builds the
//! same sections from [`Typed`] instead, so that nothing typed is lost.
//!
//! Reserved names: `_key` (one-time key), `_version` (version read), `_add` (path of the group that
//! gets one more), `_remove` (path of the entry that goes). A POST with `_add` or `_remove` stores
//! nothing and shows the form again.

use super::layout::Layout;
use super::parts::{Chip, Crumb, FilterChip, Loudness, Notice};
use askama::Template;

pub use super::typed::Typed;

/// A page with one form: new, edit, sign, end, settings and the like.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/form_page.html", whitespace = "minimize")]
pub struct FormPage {
    /// Frame.
    pub layout: Layout,
    /// Path to this page.
    pub crumbs: Vec<Crumb>,
    /// "Catat penandatanganan".
    pub heading: String,
    /// What this form is for.
    pub lead: Option<String>,
    /// Pages beside this one: "Kantor", "Pengguna".
    pub chips: Vec<FilterChip>,
    /// Notices above the form.
    pub notices: Vec<Notice>,
    /// What has changed meanwhile (409).
    pub conflict: Option<Conflict>,
    /// The form.
    pub form: Form,
    /// Cards beside the form: what will happen, what to keep ready.
    pub aside: Vec<AsideCard>,
}

/// A card beside a form.
#[derive(Debug, Clone, Default)]
pub struct AsideCard {
    /// Heading.
    pub title: String,
    /// One sentence each.
    pub lines: Vec<String>,
}

/// A form.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/form.html", whitespace = "minimize")]
pub struct Form {
    /// Where it is posted; the page that shows it, so that reloading asks nothing.
    pub action: String,
    /// One-time key: a second POST is led to the result of the first.
    pub key: String,
    /// The version of the aggregate that was read.
    pub version: Option<String>,
    /// Its sections.
    pub sections: Vec<FormSection>,
    /// Verb of the button.
    pub submit: String,
    /// How loud the button is.
    pub loudness: Loudness,
    /// Where "Batal" leads.
    pub cancel: Option<String>,
    /// Said beside the button: "Belum lengkap pun boleh disimpan."
    pub hint: Option<String>,
    /// A second button that shows, in a tab of its own, what the fields would give; nothing is saved.
    pub preview: Option<Preview>,
    /// Errors that belong to no field.
    pub errors: Vec<String>,
    /// Whether the sections are listed beside the form and the button stays in sight.
    pub long: bool,
    /// Whether it already holds what is not saved, after an error, `_add` or `_remove`.
    pub changed: bool,
}
impl askama::filters::HtmlSafe for Form {}

/// A button that asks for a page with the fields of the form as its query.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// "Lihat contoh".
    pub label: String,
    /// What it asks.
    pub href: String,
}

impl Form {
    /// Every error with the field it leads to, in the order of the form.
    pub fn error_links(&self) -> Vec<ErrorLink> {
        let mut links: Vec<ErrorLink> =
            self.errors.iter().map(|text| ErrorLink { id: String::new(), text: text.clone() }).collect();
        for section in &self.sections {
            section.items.collect_errors("", &mut links);
        }
        links
    }
}

/// An error in the summary above the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorLink {
    /// Id of the field; empty when the error belongs to none.
    pub id: String,
    /// Name of the field and what is wrong.
    pub text: String,
}

/// A section of a form.
#[derive(Debug, Clone, Default)]
pub struct FormSection {
    /// Anchor.
    pub id: String,
    /// Heading.
    pub title: String,
    /// What belongs here.
    pub intro: Option<String>,
    /// How many facts of the final paper are missing here, 0 for none.
    pub lacking: usize,
    /// Fields and groups.
    pub items: FormItems,
}

impl FormSection {
    /// A section with that heading and those items.
    pub fn new(id: &str, title: &str, items: Vec<FormItem>) -> Self {
        Self { id: id.into(), title: title.into(), items: FormItems(items), ..Self::default() }
    }

    /// With a sentence on what belongs here.
    pub fn intro(mut self, text: impl Into<String>) -> Self {
        self.intro = Some(text.into());
        self
    }

    /// How many errors stand in this section.
    pub fn error_count(&self) -> usize {
        let mut links = Vec::new();
        self.items.collect_errors("", &mut links);
        links.len()
    }

    fn state(&self) -> Option<Chip> {
        (self.lacking > 0)
            .then(|| Chip::new(super::parts::Tone::Attention, format!("kurang {}", self.lacking)))
    }
}

/// Fields and groups, in order.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/form_items.html", whitespace = "minimize")]
pub struct FormItems(pub Vec<FormItem>);
impl askama::filters::HtmlSafe for FormItems {}

impl FormItems {
    fn collect_errors(&self, inside: &str, links: &mut Vec<ErrorLink>) {
        for item in &self.0 {
            match item {
                FormItem::Field(field) => links.extend(field.errors.iter().map(|error| ErrorLink {
                    id: field.id(),
                    text: format!("{inside}{}: {error}", field.label),
                })),
                FormItem::Group(group) => {
                    links.extend(group.errors.iter().map(|error| ErrorLink {
                        id: group.id(),
                        text: format!("{inside}{}: {error}", group.label),
                    }));
                    for entry in &group.entries {
                        entry.items.collect_errors(&format!("{inside}{}, ", entry.title), links);
                    }
                }
                FormItem::Part(part) => {
                    part.items.collect_errors(&format!("{inside}{}, ", part.title), links);
                }
            }
        }
    }
}

/// A field or a group of fields.
#[derive(Debug, Clone)]
pub enum FormItem {
    /// One fact.
    Field(Field),
    /// A list of entries with the same fields.
    Group(Group),
    /// Fields under a heading of their own.
    Part(Part),
}

impl From<Field> for FormItem {
    fn from(field: Field) -> Self {
        FormItem::Field(field)
    }
}

impl From<Group> for FormItem {
    fn from(group: Group) -> Self {
        FormItem::Group(group)
    }
}

/// Fields under a heading of their own: the official of a party.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Path: "user.official".
    pub path: String,
    /// "Pejabat PIHAK KEDUA".
    pub title: String,
    /// Its fields.
    pub items: FormItems,
}

impl Part {
    /// Anchor of the part.
    pub fn id(&self) -> String {
        id_of(&self.path)
    }
}

/// A list of entries with the same fields: legal bases, contacts, operators.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Path: "legal_bases"; entries are named `path[0].number` and so on by the handler.
    pub path: String,
    /// "Dasar hukum".
    pub label: String,
    /// What belongs here, in which order.
    pub help: Option<String>,
    /// "Tambah dasar hukum".
    pub add_label: String,
    /// Said when there is none.
    pub none: String,
    /// Errors of the group as a whole.
    pub errors: Vec<String>,
    /// Its entries.
    pub entries: Vec<GroupEntry>,
}

impl Group {
    /// Anchor of the group.
    pub fn id(&self) -> String {
        id_of(&self.path)
    }
}

/// An entry of a group.
#[derive(Debug, Clone, Default)]
pub struct GroupEntry {
    /// Path: "legal_bases[0]"; the value of `_remove`.
    pub path: String,
    /// "Dasar hukum 1".
    pub title: String,
    /// What is entered so far, to know it while it is folded.
    pub hint: String,
    /// Its fields; may hold groups again.
    pub items: FormItems,
}

impl GroupEntry {
    /// Unfolded while there is something to do in it: nothing entered yet, or an error.
    pub fn open(&self) -> bool {
        let mut errors = Vec::new();
        self.items.collect_errors("", &mut errors);
        self.hint.is_empty() || !errors.is_empty()
    }

    /// Anchor of the entry.
    pub fn id(&self) -> String {
        id_of(&self.path)
    }
}

/// One fact in a form.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Name in the POST: "provider.official.nip".
    pub name: String,
    /// Name for people.
    pub label: String,
    /// How to write it.
    pub help: Option<String>,
    /// The control and its value.
    pub kind: FieldKind,
    /// What is wrong with what was typed.
    pub errors: Vec<String>,
    /// A secret: stored sealed, in the log only "diubah".
    pub secret: bool,
    /// The final paper needs it.
    pub needed: bool,
    /// What is stored now, where another person changed it meanwhile (409).
    pub stored_now: Option<String>,
    /// How much room it takes.
    pub width: Width,
    /// Value of the `autocomplete` attribute.
    pub autocomplete: Option<&'static str>,
}

/// How much room a field takes on a wide page; on a phone always all of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Width {
    /// A line.
    #[default]
    Full,
    /// Half a line.
    Half,
    /// A third of a line.
    Third,
    /// A quarter of a line.
    Quarter,
}

impl Width {
    /// The class of the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Width::Full => "",
            Width::Half => "half",
            Width::Third => "third",
            Width::Quarter => "quarter",
        }
    }
}

/// The control of a field, with its value.
#[derive(Debug, Clone)]
pub enum FieldKind {
    /// A line of text.
    Text(String),
    /// An e-mail address.
    Email(String),
    /// A telephone number.
    Phone(String),
    /// Digits that are not a quantity: NIP, NIK, post code.
    Digits(String),
    /// A password; its value is never sent back.
    Password,
    /// Several lines.
    TextArea(String),
    /// A list, one entry a line.
    Lines(Vec<String>),
    /// A date as `YYYY-MM-DD`.
    Date(String),
    /// A quantity with its unit ("hari kerja"); empty unit for none.
    Number(String, &'static str),
    /// One of several.
    Select(Vec<Choice>),
    /// One of a few, all in sight.
    Radios(Vec<Choice>),
    /// Yes or no; the value posted is "ya".
    Checkbox(bool),
    /// Any of several.
    Checkboxes(Vec<Choice>),
}

impl Default for FieldKind {
    fn default() -> Self {
        FieldKind::Text(String::new())
    }
}

/// A choice of a select, of radios or of checkboxes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Value posted.
    pub value: String,
    /// Name for people.
    pub label: String,
    /// A remark under it.
    pub note: Option<String>,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// Choices from pairs of value and name; those in `chosen` are marked.
    pub fn list<S: AsRef<str>>(pairs: &[(&str, &str)], chosen: &[S]) -> Vec<Choice> {
        pairs
            .iter()
            .map(|(value, label)| Choice {
                value: (*value).into(),
                label: (*label).into(),
                note: None,
                chosen: chosen.iter().any(|one| one.as_ref() == *value),
            })
            .collect()
    }
}

impl Field {
    /// A field with that control.
    pub fn new(name: impl Into<String>, label: impl Into<String>, kind: FieldKind) -> Self {
        Self { name: name.into(), label: label.into(), kind, ..Self::default() }
    }

    /// With a sentence on how to write it.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Half a line wide.
    pub fn half(mut self) -> Self {
        self.width = Width::Half;
        self
    }

    /// A third of a line wide.
    pub fn third(mut self) -> Self {
        self.width = Width::Third;
        self
    }

    /// A quarter of a line wide.
    pub fn quarter(mut self) -> Self {
        self.width = Width::Quarter;
        self
    }

    /// Needed for the final paper.
    pub fn needed(mut self) -> Self {
        self.needed = true;
        self
    }

    /// Stored sealed.
    pub fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// With errors.
    pub fn errors(mut self, errors: Vec<String>) -> Self {
        self.errors = errors;
        self
    }

    /// With a value for the `autocomplete` attribute.
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// Id of the control, derived from the name.
    pub fn id(&self) -> String {
        id_of(&self.name)
    }

    /// Ids of what describes the control: help and errors.
    fn described_by(&self) -> Option<String> {
        let id = self.id();
        let mut ids = Vec::new();
        if self.help.is_some() {
            ids.push(format!("{id}-h"));
        }
        if !self.errors.is_empty() {
            ids.push(format!("{id}-e"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Whether several controls share the label.
    fn is_set(&self) -> bool {
        matches!(self.kind, FieldKind::Radios(_) | FieldKind::Checkboxes(_))
    }
}

/// Whether a date picker can show this value. It would silently blank anything else, and what was
/// typed must stay in sight beside its error.
fn date_picker_shows(value: &str) -> bool {
    value.is_empty() || chrono::NaiveDate::parse_from_str(value, "%Y-%m-%d").is_ok()
}

/// The id of a control or group: "user.contacts[0].name" becomes "f-user-contacts-0-name".
pub fn id_of(path: &str) -> String {
    let mut id = String::with_capacity(path.len() + 2);
    id.push_str("f-");
    for c in path.chars() {
        match c {
            '[' | '.' => id.push('-'),
            ']' => {}
            c if c.is_ascii_alphanumeric() || c == '_' => id.push(c),
            _ => id.push('_'),
        }
    }
    id
}

/// What another person has changed meanwhile (409).
#[derive(Debug, Clone, Default)]
pub struct Conflict {
    /// "Rini Wulandari".
    pub who: String,
    /// "hari ini pukul 10.42 WIB".
    pub when: String,
    /// Facts that differ.
    pub rows: Vec<ConflictRow>,
}

/// A fact in three versions.
#[derive(Debug, Clone, Default)]
pub struct ConflictRow {
    /// Id of the field in the form below.
    pub field_id: String,
    /// Name of the fact.
    pub label: String,
    /// When the form was opened.
    pub before: String,
    /// Stored now.
    pub theirs: String,
    /// Typed; `None` when the person did not touch it and the stored value was taken over.
    pub yours: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_deep_in_a_group_leads_to_its_field() {
        let field = Field::new("contacts[1].email", "Surel", FieldKind::Email("budi".into()))
            .errors(vec!["tidak lengkap".into()]);
        let form = Form {
            sections: vec![FormSection::new(
                "kontak",
                "Narahubung",
                vec![
                    Group {
                        path: "contacts".into(),
                        label: "Narahubung".into(),
                        entries: vec![GroupEntry {
                            hint: String::new(),
                            path: "contacts[1]".into(),
                            title: "Narahubung 2".into(),
                            items: FormItems(vec![field.into()]),
                        }],
                        ..Group::default()
                    }
                    .into(),
                ],
            )],
            ..Form::default()
        };
        let expected =
            ErrorLink { id: "f-contacts-1-email".into(), text: "Narahubung 2, Surel: tidak lengkap".into() };
        assert_eq!(form.error_links(), [expected]);
        assert_eq!(form.sections[0].error_count(), 1);
    }
}
