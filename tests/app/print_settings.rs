//! An office sets its papers, and the next print follows.

use kawal::documents::model::{Document, FontFamily, Paper};
use kawal::store::prints;

use crate::agreement_life::{draft, id_of};
use crate::support::{Site, cast};

#[test]
fn an_administrator_sets_the_page_and_the_next_print_follows() {
    let site = Site::new();
    let test = &site.test;
    let (dewi, rini) = (site.sign_in(cast::DEWI), site.sign_in(cast::RINI));
    assert_eq!(rini.get("/pengaturan/naskah").status, 403);
    let home = draft(&site, &rini);
    let id = id_of(&home);
    let print = |rini: &crate::support::Browser<'_>| -> Document {
        let page = rini.open(&format!("{home}/naskah"));
        assert_eq!(rini.press(&page, &format!("{home}/naskah/pks/siap")).status, 303);
        let newest =
            test.app.store.read_now(|db| prints::of_agreement(db, test.office, id)).unwrap().remove(0);
        serde_json::from_str(&newest.printed.document).unwrap()
    };
    let before = print(&rini);
    assert_eq!((before.furniture.paper, before.furniture.font_size), (Paper::F4, 12.0));

    let form = dewi.open("/pengaturan/naskah");
    let refused = dewi.submit(&form, &[("margin_left", "3")]);
    assert_eq!(refused.status, 422);
    assert!(refused.beside("margin_left").contains("10 sampai 60"), "{}", refused.complaints());
    assert_eq!(refused.field("margin_left"), "3");
    let page = dewi.save(
        &form,
        &[
            ("paper", "a4"),
            ("typeface", "liberation"),
            ("font_size", "11"),
            ("margin_left", "35"),
            ("line_spacing", "115"),
        ],
    );
    page.says("Pengaturan naskah disimpan.");

    test.advance(chrono::Duration::minutes(1));
    let after = print(&rini).furniture;
    assert_eq!((after.paper, after.font, after.font_size), (Paper::A4, FontFamily::Liberation, 11.0));
    assert_eq!((after.margins.left, after.line_spacing), (35.0, 1.15));
    // The other office prints as it did.
    let other = test.app.store.read_now(|db| test.app.stationery(db, test.kota, None)).unwrap();
    assert_eq!(other.style.paper, Paper::F4);

    let last =
        test.log(test.office).into_iter().rev().find(|entry| entry.verb == "print_settings_changed").unwrap();
    let details = last.details();
    assert!(
        details.iter().any(|line| line.contains("Kertas") && line.contains("F4") && line.contains("A4")),
        "{details:?}"
    );
    assert_eq!(details.len(), 5, "{details:?}");
}

#[test]
fn two_administrators_see_each_other() {
    let site = Site::new();
    let (dewi, other) = (site.sign_in(cast::DEWI), site.sign_in(cast::DEWI));
    let (mine, theirs) = (dewi.open("/pengaturan/naskah"), other.open("/pengaturan/naskah"));
    other.save(&theirs, &[("paper", "a4"), ("margin_top", "20")]);
    let clash = dewi.submit(&mine, &[("paper", "f4"), ("margin_top", "30")]);
    assert_eq!(clash.status, 409);
    clash.says("baru saja diubah orang lain");
    assert_eq!((clash.field("paper"), clash.field("margin_top")), ("a4".to_owned(), "30".to_owned()));
    dewi.save(&clash, &[]).says("Pengaturan naskah disimpan.");
    let form = dewi.open("/pengaturan/naskah");
    assert_eq!((form.field("paper"), form.field("margin_top")), ("a4".to_owned(), "30".to_owned()));
}

#[test]
fn a_specimen_shows_what_is_typed_without_saving_it() {
    let site = Site::new();
    let dewi = site.sign_in(cast::DEWI);
    let form = dewi.open("/pengaturan/naskah").form();
    let query: Vec<String> = form
        .fields
        .iter()
        .map(|(name, value)| format!("{name}={}", if name == "paper" { "a4" } else { value }))
        .collect();
    let saved = dewi.open("/pengaturan/naskah/contoh.pdf");
    let typed = dewi.open(&format!("/pengaturan/naskah/contoh.pdf?{}", query.join("&")));
    assert!(saved.body.starts_with(b"%PDF-") && typed.body.starts_with(b"%PDF-"));
    assert_ne!(saved.body, typed.body);
    assert_eq!(dewi.open("/pengaturan/naskah").field("paper"), "f4");
    let wrong = dewi.get("/pengaturan/naskah/contoh.pdf?paper=b5");
    assert_eq!(wrong.status, 422);
}

#[test]
fn dates_are_left_blank_and_the_mark_left_out_where_the_office_wants_it() {
    let site = Site::new();
    let test = &site.test;
    let (dewi, rini) = (site.sign_in(cast::DEWI), site.sign_in(cast::RINI));
    let home = draft(&site, &rini);
    let id = id_of(&home);
    let mut facts = test.agreement(test.office, id).facts().clone();
    facts.provider.number = Some("400.12/201/PKS/2026".into());
    facts.user.number = Some("523/077/2026".into());
    facts.signing.on = Some(cast::day("2026-11-09"));
    test.change(test.office, id, |agreement| agreement.revise(facts));
    let form = dewi.open("/pengaturan/naskah").form();
    let mut pairs: Vec<(&str, &str)> = form
        .fields
        .iter()
        .filter(|(name, _)| name != "check_mark")
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    pairs.push(("blank_dates", "ya"));
    pairs.push(("paraf", "offices"));
    let pairs: Vec<(&str, &str)> =
        pairs.iter().copied().filter(|(name, value)| *name != "paraf" || *value == "offices").collect();
    assert_eq!(dewi.post("/pengaturan/naskah", &pairs).status, 303);

    let documents = |stage: &str| -> Document {
        let page = rini.open(&format!("{home}/naskah"));
        let answer = rini.press(&page, &format!("{home}/naskah/pks/{stage}"));
        assert_eq!(answer.status, 303, "{}", answer.words());
        test.advance(chrono::Duration::minutes(1));
        let newest =
            test.app.store.read_now(|db| prints::of_agreement(db, test.office, id)).unwrap().remove(0);
        serde_json::from_str(&newest.printed.document).unwrap()
    };
    let ready = documents("siap");
    assert!(ready.blanks().iter().all(|slot| slot.starts_with("signing.on")) && !ready.blanks().is_empty());
    let issued = documents("terbit");
    assert_eq!((issued.blanks(), issued.furniture.check), (Vec::<String>::new(), None));
    // A new agreement starts with the office's boxes for initials.
    assert_eq!(rini.open("/perjanjian/baru").field("form.paraf"), "offices");
}
