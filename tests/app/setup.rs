//! The one-time link that opens an empty installation.

use kawal::secrets::token_hash;
use kawal::store::{offices, users};

use crate::support::{Site, TestApp, cast};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

fn with_a_link(test: TestApp) -> Site {
    let now = test.app.clock.now();
    test.app.store.write_now(|db| users::keep_setup_link(db, &token_hash(TOKEN), now)).unwrap();
    Site::of(test)
}

const FORM: &[(&str, &str)] = &[
    ("office_name", "Dinas Kependudukan dan Pencatatan Sipil Kota Tirta Jaya"),
    ("region_kind", "kota"),
    ("region_name", "Tirta Jaya"),
    ("region_head_title", ""),
    ("address", "Jalan Bendung Nomor 7"),
    ("zone", "wita"),
    ("sender_name", "Disdukcapil Kota Tirta Jaya"),
    ("reply_to", "pks@tirtajaya.example"),
    ("admin_name", "Dewi Anggraini"),
    ("admin_email", "dewi@tirtajaya.example"),
    ("admin_password", cast::PASSWORD),
    ("admin_password_again", cast::PASSWORD),
];

fn form_with(name: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    FORM.iter().map(|&(known, typed)| (known, if known == name { value } else { typed })).collect()
}

#[test]
fn the_link_opens_the_office_once_and_its_first_administrator_signs_in() {
    let site = with_a_link(TestApp::empty());
    let browser = site.browser();
    let address = format!("/siapkan/{TOKEN}");
    assert!(browser.get(&address).source().contains("Siapkan Kawal"));
    assert_eq!(browser.get("/siapkan/fedcba").status, 404);

    let refused = browser.post(&address, &form_with("admin_password_again", "kuda laut terbang"));
    assert_eq!(refused.status, 422);
    assert!(refused.source().contains("Jalan Bendung Nomor 7"), "what was typed stays");
    assert!(site.test.app.store.read_now(offices::all).unwrap().is_empty(), "nothing half-made");

    let done = browser.post(&address, FORM);
    assert_eq!((done.status, done.location().as_str()), (303, "/masuk"));
    let office = site.test.app.store.read_now(offices::all).unwrap().remove(0);
    assert_eq!((office.head_title.as_str(), office.zone.code()), ("Wali Kota", "wita"));
    assert_eq!(browser.get(&address).status, 404, "the link is used up");

    let dewi = site.sign_in(("dewi@tirtajaya.example", "Dewi Anggraini"));
    assert_eq!(dewi.get("/pengaturan").status, 200);
}

#[test]
fn an_office_that_an_import_opened_is_completed_and_not_doubled() {
    let test = TestApp::empty();
    let imported = cast::tirta_jaya(test.app.ids.next());
    test.open_office(&imported);
    let site = with_a_link(test);
    let browser = site.browser();
    let address = format!("/siapkan/{TOKEN}");
    assert!(browser.get(&address).source().contains(&imported.name), "the form knows the office");

    assert_eq!(browser.post(&address, FORM).status, 303);
    let all = site.test.app.store.read_now(offices::all).unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].id, all[0].address.as_str()), (imported.id, "Jalan Bendung Nomor 7"));
    assert_eq!(site.sign_in(("dewi@tirtajaya.example", "Dewi Anggraini")).get("/").status, 200);
}
