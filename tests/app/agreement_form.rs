//! The form of all facts in a browser.

use kawal::domain::agreement::State;

use crate::support::browser::Browser;
use crate::support::{TestApp, cast, twins};

#[actix_web::test]
async fn no_fact_is_lost_between_the_page_and_the_store() {
    let test = TestApp::new();
    let mut rini = Browser::of(&test, cast::RINI).await;
    for (name, told) in twins() {
        let id = test.add_agreement_as(test.office, State::Drafting, told.facts);
        let before = test.agreement(test.office, id);
        let path = format!("/perjanjian/{id}/ubah");
        let form = rini.get(&path).await;
        // A change that is taken back, so that the page has something to store.
        let typed = form.filled(&[("note", "Diperiksa ulang.")]);
        assert_eq!(rini.submit(&path, &typed).await.status, 303, "{name}");
        let mut facts = test.agreement(test.office, id).facts().clone();
        assert_eq!(facts.note.as_deref(), Some("Diperiksa ulang."), "{name}");
        facts.note.clone_from(&before.facts().note);
        assert_eq!(&facts, before.facts(), "{name}");
    }
}
