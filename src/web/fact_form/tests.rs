#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::json;

use super::super::pages::form::{Choice, FieldKind, Form, FormItem};
use super::*;
use crate::domain::fact_sheet::FactSheet;
use crate::domain::fact_sheet::catalogue::FACTS;

fn twin(name: &str) -> FactSheet {
    let path = format!("{}/tests/fixtures/twins/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(path).unwrap();
    serde_saphyr::from_str(file.strip_prefix("kawal: 1\n").unwrap()).unwrap()
}

/// What a browser posts for the fields of a page.
fn browser(items: &[FormItem], pairs: &mut Vec<(String, String)>) {
    let chosen = |choices: &[Choice]| -> Vec<String> {
        choices.iter().filter(|choice| choice.chosen).map(|choice| choice.value.clone()).collect()
    };
    for item in items {
        match item {
            FormItem::Field(field) => {
                let values = match &field.kind {
                    FieldKind::Text(text)
                    | FieldKind::Email(text)
                    | FieldKind::Phone(text)
                    | FieldKind::Digits(text)
                    | FieldKind::Date(text)
                    | FieldKind::Number(text, _) => vec![text.clone()],
                    FieldKind::TextArea(text) => vec![text.replace('\n', "\r\n")],
                    FieldKind::Lines(lines) => vec![lines.join("\r\n")],
                    FieldKind::Password => vec![String::new()],
                    FieldKind::Select(choices) => {
                        let mut values = chosen(choices);
                        if values.is_empty() {
                            values.push(choices[0].value.clone());
                        }
                        values
                    }
                    FieldKind::Radios(choices) | FieldKind::Checkboxes(choices) => chosen(choices),
                    FieldKind::Checkbox(ticked) => ticked.then(|| "ya".to_owned()).into_iter().collect(),
                };
                pairs.extend(values.into_iter().map(|value| (field.name.clone(), value)));
            }
            FormItem::Part(part) => browser(&part.items.0, pairs),
            FormItem::Group(group) => {
                group.entries.iter().for_each(|entry| browser(&entry.items.0, pairs));
            }
        }
    }
}

fn posted_back(form: &FactForm) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for section in form.sections() {
        browser(&section.items.0, &mut pairs);
    }
    pairs
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn field<'a>(items: &'a [FormItem], name: &str) -> Option<&'a super::super::pages::form::Field> {
    items.iter().find_map(|item| match item {
        FormItem::Field(field) => (field.name == name).then_some(field),
        FormItem::Part(part) => field_in(&part.items.0, name),
        FormItem::Group(group) => group.entries.iter().find_map(|entry| field_in(&entry.items.0, name)),
    })
}

fn field_in<'a>(items: &'a [FormItem], name: &str) -> Option<&'a super::super::pages::form::Field> {
    field(items, name)
}

#[test]
fn no_fact_is_lost_on_the_way_through_a_browser() {
    for name in ["desa", "dinas_sosial", "kecamatan", "bpbd", "pertanian"] {
        let facts = twin(name);
        let pairs = posted_back(&FactForm::open(FACTS, &facts.to_tree()));
        let back = FactSheet::from_tree(FactForm::posted(FACTS, &pairs).tree());
        assert_eq!(back.as_ref(), Ok(&facts), "{name}");
    }
}

#[test]
fn an_empty_form_posts_an_empty_sheet() {
    let empty = FactSheet::default();
    let pairs = posted_back(&FactForm::open(FACTS, &empty.to_tree()));
    assert_eq!(FactSheet::from_tree(FactForm::posted(FACTS, &pairs).tree()), Ok(empty));
}

#[test]
fn every_fact_stands_in_exactly_one_section() {
    let mut placed: Vec<&str> = AGREEMENT_SECTIONS.iter().flat_map(|(_, _, keys)| *keys).copied().collect();
    let mut known: Vec<&str> = FACTS.iter().map(|field| field.key).collect();
    placed.sort_unstable();
    known.sort_unstable();
    assert_eq!(placed, known);
}

#[test]
fn what_a_fresh_entry_shows_is_what_an_untouched_entry_means() {
    fn first_choices(fields: &'static [Field], tree: &Value, path: &str) {
        for field in fields {
            let here = join(path, field.key);
            match field.kind {
                Kind::Choice(choices) => {
                    assert_eq!(tree.get(field.key).and_then(Value::as_str), Some(choices[0].0), "{here}");
                }
                Kind::Group(children) => {
                    first_choices(children, tree.get(field.key).unwrap_or(&Value::Null), &here);
                }
                _ => {}
            }
        }
    }
    first_choices(FACTS, &FactSheet::default().to_tree(), "");
    let one = FactSheet::from_tree(json!({
        "legal_bases": [{"gazettes": [{}], "amended_by": [{}]}],
        "approval_letters": [{}], "contacts": [{}], "access": {"quota": [{}]},
        "papers": {"juknis": {"signatories": [{}]}, "nda": [{}]},
    }))
    .unwrap()
    .to_tree();
    for path in [
        "/legal_bases/0",
        "/legal_bases/0/gazettes/0",
        "/legal_bases/0/amended_by/0",
        "/approval_letters/0",
        "/contacts/0",
        "/access/quota/0",
        "/papers/juknis/signatories/0",
        "/papers/nda/0",
    ] {
        let names: Vec<&str> =
            path.split('/').filter(|part| !part.is_empty() && part.parse::<u8>().is_err()).collect();
        let fields = crate::domain::fact_sheet::catalogue::find(&names.join(".")).unwrap().children();
        first_choices(fields, one.pointer(path).unwrap(), path);
    }
}

#[test]
fn a_fault_deep_in_a_list_stands_beside_its_field() {
    let typed = pairs(&[
        ("legal_bases.0.number", "23"),
        ("legal_bases.4.amended_by.2.year", "dua ribu"),
        ("legal_bases.4.number", "40"),
    ]);
    let mut form = FactForm::posted(FACTS, &typed);
    let faults = FactSheet::from_tree(form.tree()).unwrap_err();
    form.refuse(&faults);
    let sections = form.sections();
    let bases = sections.iter().find(|section| section.id == "dasar-hukum").unwrap();
    let year = field(&bases.items.0, "legal_bases.1.amended_by.0.year").unwrap();
    assert!(matches!(&year.kind, FieldKind::Digits(text) if text == "dua ribu"));
    assert_eq!(year.errors, ["Tertulis \"dua ribu\"; diharapkan bilangan bulat 1900 sampai 2200."]);
    assert!(form.refused() && form.errors().is_empty());
    let links = Form { sections, ..Form::default() }.error_links();
    assert_eq!(links[0].id, "f-legal_bases-1-amended_by-0-year");
}

#[test]
fn what_was_typed_is_shown_as_typed() {
    let typed = pairs(&[
        ("user.official.nip", " 1234 abc "),
        ("signing.on", "30/02/2027"),
        ("copies.count", "dua"),
        ("recitals", "\r\nbahwa satu\r\n\r\nbahwa \u{7}dua"),
        ("term.basis", "selamanya"),
        ("copies.seal", "ya"),
    ]);
    let mut form = FactForm::posted(FACTS, &typed);
    let faults = FactSheet::from_tree(form.tree()).unwrap_err();
    form.refuse(&faults);
    let items = form.all_items();
    let value = |name: &str| match &field(&items, name).unwrap().kind {
        FieldKind::Text(text)
        | FieldKind::Digits(text)
        | FieldKind::Date(text)
        | FieldKind::Number(text, _) => text.clone(),
        FieldKind::Lines(lines) => lines.join("\n"),
        other => format!("{other:?}"),
    };
    for (name, text) in &typed[..4] {
        assert_eq!(value(name), *text, "{name}");
    }
    for (name, _) in &typed[..5] {
        assert_eq!(field(&items, name).unwrap().errors.len(), 1, "{name}");
    }
    assert_eq!(
        field(&items, "recitals").unwrap().errors,
        ["Baris 4: Tertulis tanda yang tidak dapat dicetak; diharapkan teks tanpa karakter kendali."]
    );
    assert!(matches!(field(&items, "copies.seal").unwrap().kind, FieldKind::Checkbox(true)));
}

#[test]
fn dates_and_thousands_are_read_as_people_write_them() {
    let typed = pairs(&[("signing.on", "7/9/2026"), ("access.quota.0.per_day", "1.500")]);
    let facts = FactSheet::from_tree(FactForm::posted(FACTS, &typed).tree()).unwrap();
    assert_eq!(facts.signing.on, chrono::NaiveDate::from_ymd_opt(2026, 9, 7));
    assert_eq!(facts.access.quota[0].per_day, Some(1_500));
    let odd = pairs(&[("access.quota.0.per_day", "1.50")]);
    assert!(FactSheet::from_tree(FactForm::posted(FACTS, &odd).tree()).is_err());
}

#[test]
fn entries_are_added_and_removed_and_nothing_else_moves() {
    let mut typed = pairs(&[
        ("operators.0.name", "Laras"),
        ("operators.1.name", "Bima"),
        ("operators.1.nik", "12"),
        ("_add", "operators"),
    ]);
    let mut form = FactForm::posted(FACTS, &typed);
    assert!(form.reshape(&typed));
    let items = form.items(&["operators"]);
    assert!(field(&items, "operators.2.name").is_some(), "a fresh entry stands at the end");
    assert_eq!(form.tree()["operators"].as_array().unwrap().len(), 2, "an untouched entry is none");

    typed.pop();
    typed.extend(pairs(&[("_remove", "operators.0")]));
    let mut form = FactForm::posted(FACTS, &typed);
    assert!(form.reshape(&typed));
    assert_eq!(form.tree()["operators"], json!([{"name": "Bima", "nik": "12"}]));

    for nonsense in ["operators.9", "operators", "tidak.ada", "", "operators.0.name"] {
        let mut form = FactForm::posted(FACTS, &typed);
        assert!(form.reshape(&pairs(&[("_remove", nonsense)])), "{nonsense}");
        assert_eq!(form.tree()["operators"].as_array().unwrap().len(), 2);
    }
    assert!(!FactForm::posted(FACTS, &typed).reshape(&pairs(&[("operators.0.name", "Laras")])));
}

#[test]
fn an_entry_can_be_added_inside_an_entry() {
    let typed = pairs(&[("legal_bases.3.number", "23"), ("_add", "legal_bases.0.amended_by")]);
    let mut form = FactForm::posted(FACTS, &typed);
    assert!(form.reshape(&typed));
    assert!(field(&form.items(&["legal_bases"]), "legal_bases.0.amended_by.0.number").is_some());
}

#[test]
fn boxes_stand_in_the_order_of_the_catalogue_but_for_what_the_paper_orders_otherwise() {
    let order = |elements: Value| -> Vec<String> {
        let form = FactForm::open(FACTS, &json!({"access": {"elements": elements}}));
        match &field(&form.items(&["access"]), "access.elements").unwrap().kind {
            FieldKind::Checkboxes(choices) => choices.iter().map(|choice| choice.value.clone()).collect(),
            other => panic!("{other:?}"),
        }
    };
    let catalogue: Vec<&str> =
        crate::domain::fact_sheet::DataElement::CHOICES.iter().map(|(code, _)| *code).collect();
    assert_eq!(order(json!(["nik", "agama"])), catalogue);
    let swapped = order(json!(["agama", "nik"]));
    assert_eq!((swapped[1].as_str(), swapped[9].as_str()), ("agama", "nik"));
}

#[test]
fn a_section_says_how_many_needed_facts_it_lacks() {
    let mut facts = twin("desa");
    let lacking = |facts: &FactSheet| -> usize {
        FactForm::open(FACTS, &facts.to_tree()).sections().iter().map(|section| section.lacking).sum()
    };
    let before = lacking(&facts);
    assert_eq!(before, crate::domain::fact_sheet::check::missing(&facts).len());
    facts.user.official.name = None;
    assert_eq!(lacking(&facts), before + 1);
}

#[test]
fn two_people_editing_at_once_see_each_others_change() {
    let stored = json!({"user": {
        "number": "9/2026", "official": {"name": "Laras", "capacity": "plt", "nip": "198001012005011001"},
    }});
    // Somebody else changed the number, the capacity and the NIP since the form was opened.
    let before = BTreeMap::from([
        ("user.number".to_owned(), Some("1/2026".to_owned())),
        ("user.official.capacity".to_owned(), Some("Definitif".to_owned())),
        ("user.official.nip".to_owned(), None),
    ]);
    let typed = pairs(&[
        ("user.number", "2/2026"),
        ("user.official.name", "Larasati"),
        ("user.official.capacity", "definitive"),
        ("user.official.nip", ""),
    ]);
    let mut form = FactForm::posted(FACTS, &typed);
    let rows = form.reconcile(&stored, &before);
    let seen: Vec<(&str, &str, &str, Option<&str>)> = rows
        .iter()
        .map(|row| (row.label.as_str(), row.before.as_str(), row.theirs.as_str(), row.yours.as_deref()))
        .collect();
    let official = "Pejabat PIHAK KEDUA, ";
    assert_eq!(
        seen,
        [
            ("PIHAK KEDUA (lembaga pengguna), Nomor PIHAK KEDUA", "1/2026", "9/2026", Some("2/2026")),
            (format!("{official}Kedudukan pejabat").as_str(), "Definitif", "Plt. (pelaksana tugas)", None),
            (format!("{official}NIP").as_str(), "kosong", "19800101 200501 1 001", None),
        ]
    );
    let items = form.all_items();
    assert_eq!(field(&items, "user.number").unwrap().stored_now.as_deref(), Some("9/2026"));
    let merged = FactSheet::from_tree(form.tree()).unwrap();
    assert_eq!(merged.user.number.as_deref(), Some("2/2026"), "what both changed stays as typed");
    assert_eq!(merged.user.official.name.as_deref(), Some("Larasati"), "what only this person changed");
    assert_eq!(merged.user.official.capacity.code(), "plt", "what only the other changed is taken over");
    assert_eq!(merged.user.official.nip.as_deref(), Some("198001012005011001"));
}
