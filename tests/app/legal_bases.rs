//! The catalogue of regulations in the browser.

use kawal::store::legal_bases;

use crate::support::browser::Browser;
use crate::support::{TestApp, cast};

const NEW: &str = "/dasar-hukum/baru";

#[actix_web::test]
async fn a_regulation_with_gazettes_and_amendments_is_typed_step_by_step() {
    let test = TestApp::new();
    let mut rini = Browser::of(&test, cast::RINI).await;
    let form = rini.get(NEW).await;
    let mut typed = form.filled(&[
        ("kind", "perda"),
        ("region", "Kabupaten Nusa Kencana"),
        ("number", "3"),
        ("year", "2011"),
        ("about", "Penyelenggaraan Administrasi Kependudukan"),
    ]);
    for add in ["gazettes", "amended_by", "amended_by.0.gazettes"] {
        typed.push(("_add".into(), add.into()));
        let page = rini.submit(NEW, &typed).await;
        assert_eq!(page.status, 200, "{add}");
        typed = page.form();
    }
    let page = rini.submit(NEW, &typed).await;
    assert_eq!(page.status, 303, "entries in which nothing was typed are none");

    let form = rini.get(NEW).await;
    let mut typed = form.filled(&[
        ("kind", "perda"),
        ("region", "Kabupaten Nusa Kencana"),
        ("number", "4"),
        ("year", "2012"),
        ("about", "Retribusi"),
        ("gazettes.0.kind", "ld"),
        ("gazettes.0.year", "2012"),
        ("gazettes.0.number", "4"),
        ("amended_by.0.kind", "perda"),
        ("amended_by.0.region", "Kabupaten Nusa Kencana"),
        ("amended_by.0.number", "9"),
        ("amended_by.0.year", "2016"),
        ("from_on", "2012-05-01"),
    ]);
    let page = rini.submit(NEW, &typed).await;
    assert_eq!(page.status, 303, "{:?}", page.errors_at("amended_by.0.year"));
    let office = test.office;
    let entries = test.app.store.read_now(|db| legal_bases::list(db, office)).unwrap();
    let entry = entries.iter().find(|entry| entry.code == "perda-kabupaten-nusa-kencana-4-2012").unwrap();
    assert_eq!(entry.basis.amended_by[0].number.as_deref(), Some("9"));
    assert_eq!(entry.basis.regulation.gazettes[0].citation(), "Lembaran Daerah Tahun 2012 Nomor 4");

    typed.retain(|(name, _)| name != "_key");
    typed.push(("_key".into(), "another".into()));
    let page = rini.submit(NEW, &typed).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.errors_at("code"), ["Kode perda-kabupaten-nusa-kencana-4-2012 sudah dipakai."]);
    assert!(
        rini.get("/dasar-hukum?cari=retribusi")
            .await
            .shows("Peraturan Daerah Kabupaten Nusa Kencana Nomor 4 Tahun 2012")
    );
}

#[actix_web::test]
async fn what_a_citation_needs_is_asked_for_beside_its_field() {
    let test = TestApp::new();
    let mut rini = Browser::of(&test, cast::RINI).await;
    let typed = rini.get(NEW).await.filled(&[
        ("kind", "perbup"),
        ("year", "dua ribu"),
        ("amended_by.3.about", "Perubahan"),
        ("code", "Kode Besar"),
    ]);
    let page = rini.submit(NEW, &typed).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.errors_at("year").len(), 1);
    assert!(page.form().contains(&("year".into(), "dua ribu".into())));
    let page = rini.submit(NEW, &page.filled(&[("year", "2018")])).await;
    assert_eq!(page.errors_at("number"), ["Isi nomornya."]);
    assert_eq!(page.errors_at("about").len(), 1);
    assert_eq!(page.errors_at("region").len(), 1);
    assert_eq!(page.errors_at("amended_by.0.number"), ["Isi nomornya."], "the gap in the list is closed");
    assert_eq!(page.errors_at("code").len(), 1);
}

#[actix_web::test]
async fn an_untouched_form_changes_nothing() {
    let test = TestApp::new();
    let mut rini = Browser::of(&test, cast::RINI).await;
    let office = test.office;
    let before = test.app.store.read_now(|db| legal_bases::list(db, office)).unwrap();
    for entry in &before {
        let path = format!("/dasar-hukum/{}", entry.id);
        let form = rini.get(&path).await;
        assert_eq!(rini.submit(&path, &form.form()).await.status, 303, "{}", entry.code);
    }
    let after = test.app.store.read_now(|db| legal_bases::list(db, office)).unwrap();
    assert!(!before.is_empty() && before == after, "every shipped regulation survives its form");
}

#[actix_web::test]
async fn two_people_editing_a_regulation_see_each_others_change() {
    let test = TestApp::new();
    let (mut rini, mut bagus) = (Browser::of(&test, cast::RINI).await, Browser::of(&test, cast::BAGUS).await);
    let office = test.office;
    let entry = test.app.store.read_now(|db| legal_bases::list(db, office)).unwrap().remove(0);
    let path = format!("/dasar-hukum/{}", entry.id);
    let (hers, his) = (rini.get(&path).await, bagus.get(&path).await);
    assert_eq!(
        bagus.submit(&path, &his.filled(&[("about", "Judul Bagus"), ("note", "B")])).await.status,
        303
    );
    let page = rini.submit(&path, &hers.filled(&[("about", "Judul Rini")])).await;
    assert_eq!(page.status, 409);
    assert!(page.shows("Judul Bagus") && page.shows("Judul Rini") && page.shows("Bagus Prasetyo"));
    assert!(page.form().contains(&("note".into(), "B".into())), "taken over");
    assert_eq!(rini.submit(&path, &page.form()).await.status, 303);
}

#[actix_web::test]
async fn strangers_find_no_regulation_and_readers_change_none() {
    let test = TestApp::new();
    let office = test.office;
    let entry = test.app.store.read_now(|db| legal_bases::list(db, office)).unwrap().remove(0);
    let path = format!("/dasar-hukum/{}", entry.id);
    let typed = [("_key", "k"), ("_version", "1"), ("number", "1")];
    let mut sari = Browser::of(&test, cast::SARI).await;
    assert_eq!(sari.get(&path).await.status, 404);
    assert_eq!(sari.post(&path, &typed).await.status, 404);
    let mut hendra = Browser::of(&test, cast::HENDRA).await;
    let list = hendra.get("/dasar-hukum").await;
    assert!(list.status == 200 && !list.body.contains(&path));
    for path in [NEW, path.as_str()] {
        assert_eq!(hendra.get(path).await.status, 403);
        assert_eq!(hendra.post(path, &typed).await.status, 403);
    }
}
