//! The head of the agency is reminded of the renewal letter: on the day, once, and whoever that is.

use kawal::domain::acts::{EndCause, Ended, LetterIn};
use kawal::domain::agreement::State;
use kawal::domain::fact_sheet::{Capacity, Official};
use kawal::jobs::remind::{self, Scan};
use kawal::store::agreement_lines::{self, Asked};
use kawal::store::agreements::Scope;
use kawal::store::outbox::Mail;
use kawal::store::scan_marks::{self, REMIND};
use uuid::Uuid;

use crate::support::{Mailbox, TestApp, cast};

/// Address and subject of every mail that waits.
fn waiting(test: &TestApp, office: Uuid) -> Vec<(String, String)> {
    let queued = |mail: &Mail| mail.state == "queued";
    test.outbox(office).into_iter().filter(queued).map(|mail| (mail.to_address, mail.subject)).collect()
}

fn pairs(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    lines.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn the_reminder_goes_exactly_on_the_day_at_six_and_once() {
    let (test, mailbox) = (TestApp::new(), Mailbox::open());
    let id = test.fisheries();
    let mut sent = Vec::new();
    // The hour is 06:00 WIB, 23:00 UTC of the day before.
    for (at, expected) in [
        ("2027-06-14T23:00:00Z", 0),
        ("2027-06-15T22:59:59Z", 0),
        ("2027-06-15T23:00:00Z", 1),
        ("2027-06-15T23:00:00Z", 1),
        ("2027-06-16T23:00:00Z", 1),
        ("2027-06-23T23:00:00Z", 1),
        ("2027-07-14T23:00:00Z", 1),
        ("2027-07-15T22:59:59Z", 1),
        ("2027-07-15T23:00:00Z", 2),
        ("2027-07-15T23:30:00Z", 2),
        ("2027-07-17T01:00:00Z", 2),
        ("2027-07-24T01:00:00Z", 2),
    ] {
        test.at(at);
        test.scan();
        test.deliver(&mailbox.relay());
        sent = test.outbox(test.office);
        assert_eq!((sent.len(), mailbox.arrived().len()), (expected, expected), "{at}");
    }
    assert_eq!(test.reminders(test.office, id), pairs(&[("-3m", "queued"), ("-2m", "queued")]));
    let (first, last) = (&sent[0], &sent[1]);
    assert_eq!(last.to_address, "wira@perikanan.example");
    assert_eq!(last.to_name, "Drs. Wira Adinata, M.Si.");
    assert_eq!(last.cc_address.as_deref(), Some("pks@nusakencana.example"));
    assert_eq!(
        first.subject,
        "Surat perpanjangan PKS Dinas Perikanan Kabupaten Nusa Kencana paling lambat Jumat, 16 Juli 2027"
    );
    assert_eq!(last.subject, "Hari ini batas surat perpanjangan PKS Dinas Perikanan Kabupaten Nusa Kencana");
    for said in ["Kepala Dinas Perikanan", "400.12/17/PKS/2025", "16 September 2027", "kebijakan kantor"] {
        assert!(last.text.contains(said) && last.html.contains(said), "{said}\n{}", last.text);
    }
    assert_ne!(first.message_id, last.message_id);
    let told = test.sentences(test.office);
    let queued = told.iter().filter(|sentence| sentence.starts_with("Sistem menyiapkan pengingat")).count();
    assert_eq!(queued, 2, "{told:?}");
}

#[test]
fn an_older_reminder_that_never_went_out_is_superseded_by_the_newer() {
    let test = TestApp::new();
    let id = test.fisheries();
    test.on("2027-06-16");
    test.scan();
    test.on("2027-07-16");
    test.scan();
    assert_eq!(test.reminders(test.office, id), pairs(&[("-3m", "superseded"), ("-2m", "queued")]));
    assert_eq!(waiting(&test, test.office).len(), 1);
}

#[test]
fn after_weeks_off_the_latest_missed_reminder_goes_and_older_ones_are_superseded() {
    let test = TestApp::new();
    let id = test.fisheries();
    test.on("2027-06-10");
    test.scan();
    test.on("2027-07-23");
    let scanned = test.scan();
    let (_, nusa) = scanned.iter().find(|(office, _)| *office == test.office).unwrap();
    assert_eq!((nusa.queued.len(), nusa.superseded.len(), nusa.undeliverable.len()), (1, 1, 0));
    assert_eq!(test.reminders(test.office, id), pairs(&[("-3m", "superseded"), ("-2m", "queued")]));
    let mails = test.outbox(test.office);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].subject.ends_with("sudah lewat"), "{}", mails[0].subject);
    test.on("2027-07-24");
    test.scan();
    assert_eq!(test.outbox(test.office).len(), 1);
}

#[test]
fn on_that_very_day_the_reminder_goes_to_the_plh() {
    let test = TestApp::new();
    let id = test.fisheries();
    let agency = test.institution_of(test.office, id);
    let plh = Official {
        capacity: Capacity::Plh,
        ..cast::head("Lestari Handayani", cast::FISHERIES, Some("lestari@perikanan.example"))
    };
    test.appoint(test.office, agency, &plh, "2027-07-14", Some("2027-07-16"));
    for day in ["2027-06-16", "2027-07-16"] {
        test.on(day);
        test.scan();
    }
    let mails = test.outbox(test.office);
    assert_eq!(mails[0].to_address, "wira@perikanan.example");
    assert_eq!(mails[1].to_address, "lestari@perikanan.example");
    assert!(mails[1].text.contains("Plh. Kepala Dinas Perikanan"), "{}", mails[1].text);
}

#[test]
fn without_an_address_of_the_head_the_institution_is_written_to() {
    let test = TestApp::new();
    let mut facts = cast::fisheries(&test.office(test.office));
    facts.user.institution.name = Some("Kecamatan Sukamaju".into());
    facts.user.institution.email = Some("kantor@sukamaju.example".into());
    facts.user.official.email = Some("bukan alamat".into());
    test.add_agreement(test.office, facts);
    test.on("2027-07-16");
    test.scan();
    assert_eq!(test.outbox(test.office)[0].to_address, "kantor@sukamaju.example");
}

/// An agreement whose agency nobody can write to.
fn unreachable(test: &TestApp) -> (Uuid, Uuid) {
    let head = cast::head("Gilang Mahendra", "Kecamatan Sukamaju", None);
    let facts =
        cast::agreement(&test.office(test.office), "Kecamatan Sukamaju", head, "2025-09-16", "2027-09-16");
    let id = test.add_agreement(test.office, facts);
    (id, test.institution_of(test.office, id))
}

#[test]
fn without_any_address_staff_get_a_task_and_a_corrected_address_sends_it_and_closes_the_task() {
    let test = TestApp::new();
    let (id, agency) = unreachable(&test);
    test.on("2027-07-16");
    test.scan();
    assert_eq!(test.outbox(test.office), []);
    assert_eq!(test.reminders(test.office, id), pairs(&[("-3m", "superseded"), ("-2m", "undeliverable")]));
    let tasks = test.tasks(test.office);
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].agreement_id, Some(id));
    assert!(tasks[0].title.contains("Kecamatan Sukamaju"), "{}", tasks[0].title);
    assert!(tasks[0].reason.contains("Gilang Mahendra"), "{}", tasks[0].reason);

    // Another day without an address adds nothing.
    test.on("2027-07-17");
    test.scan();
    assert_eq!(test.tasks(test.office).len(), 1);

    test.correct_official(test.office, agency, |term| {
        term.official.email = Some("gilang@sukamaju.example".into());
    });
    remind::retry_undeliverable(&test.app, test.office).unwrap();
    assert_eq!(waiting(&test, test.office)[0].0, "gilang@sukamaju.example");
    assert_eq!(test.tasks(test.office), []);
    test.on("2027-07-18");
    test.scan();
    assert_eq!(test.outbox(test.office).len(), 1);
}

#[test]
fn of_several_undeliverable_reminders_only_the_latest_is_sent_later() {
    let test = TestApp::new();
    let (id, agency) = unreachable(&test);
    for day in ["2027-06-16", "2027-07-16"] {
        test.on(day);
        test.scan();
    }
    assert_eq!(test.reminders(test.office, id), pairs(&[("-3m", "superseded"), ("-2m", "undeliverable")]));
    assert_eq!(test.tasks(test.office).len(), 1);
    test.correct_official(test.office, agency, |term| {
        term.official.email = Some("gilang@sukamaju.example".into());
    });
    test.on("2027-07-20");
    test.scan();
    assert_eq!(waiting(&test, test.office).len(), 1);
    assert_eq!(test.tasks(test.office), []);
}

#[test]
fn a_renewal_letter_takes_the_waiting_reminder_back_and_stops_the_rest() {
    let test = TestApp::new();
    let id = test.fisheries();
    test.on("2027-06-16");
    test.scan();
    test.on("2027-06-20");
    test.change(test.office, id, |agreement| {
        agreement.log_renewal_letter(LetterIn { number: "523/77/2027".into(), on: cast::day("2027-06-18") })
    });
    assert_eq!(test.outbox(test.office)[0].state, "cancelled");
    test.on("2027-07-16");
    test.scan();
    assert_eq!(test.outbox(test.office).len(), 1);
    assert_eq!(test.reminders(test.office, id), pairs(&[("-3m", "cancelled")]));
}

#[test]
fn a_changed_end_date_takes_the_old_reminder_back_and_gives_new_ones() {
    let test = TestApp::new();
    let id = test.fisheries();
    test.on("2027-06-16");
    test.scan();
    let end = |on: &'static str| {
        test.change(test.office, id, |agreement| {
            let mut facts = agreement.facts().clone();
            facts.term.end_on = Some(cast::day(on));
            agreement.revise(facts)
        });
    };
    end("2027-10-20");
    assert_eq!(test.outbox(test.office)[0].state, "cancelled");
    test.on("2027-07-16");
    test.scan();
    assert_eq!(waiting(&test, test.office), []);
    test.on("2027-08-20");
    test.scan();
    assert_eq!(waiting(&test, test.office).len(), 1);
    assert!(waiting(&test, test.office)[0].1.contains("Hari ini batas"));

    // A slip put right: the first end again, within its window, revives its reminder.
    test.on("2027-08-21");
    end("2027-09-16");
    test.scan();
    remind::catch_up(&test.app, test.office, id).unwrap();
    let waiting = waiting(&test, test.office);
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].1.ends_with("sudah lewat"), "{waiting:?}");
}

#[test]
fn a_day_off_gets_one_more_reminder_on_the_working_day_before() {
    let test = TestApp::new();
    let mut facts = cast::fisheries(&test.office(test.office));
    // Sunday 18 July 2027 is the last day for the letter.
    facts.term.end_on = Some(cast::day("2027-09-18"));
    let id = test.add_agreement(test.office, facts);
    let mut sent = Vec::new();
    for (day, count) in
        [("2027-06-18", 1), ("2027-07-15", 1), ("2027-07-16", 2), ("2027-07-17", 2), ("2027-07-18", 3)]
    {
        test.on(day);
        test.scan();
        sent = test.outbox(test.office);
        assert_eq!(sent.len(), count, "{day}");
    }
    let codes: Vec<String> = test.reminders(test.office, id).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["-3m", "-2m-wd", "-2m"]);
    assert!(sent[1].text.contains("Minggu, 18 Juli 2027") && sent[1].text.contains("hari libur"));
    assert!(sent[2].subject.starts_with("Hari ini batas"), "{}", sent[2].subject);
}

#[test]
fn a_clock_set_back_re_sends_nothing_and_the_mark_never_falls() {
    let test = TestApp::new();
    test.fisheries();
    let mark = || test.app.store.read_now(|db| scan_marks::find(db, test.office, REMIND)).unwrap().unwrap();
    for day in ["2027-06-16", "2027-07-16"] {
        test.on(day);
        test.scan();
    }
    let before = test.outbox(test.office);
    for day in ["2027-07-15", "2026-07-16", "2027-06-16", "2027-07-16", "2027-07-17"] {
        test.on(day);
        test.scan();
        assert!(mark().on >= cast::day("2027-07-16"), "{day}");
    }
    assert_eq!(test.outbox(test.office), before);
    assert_eq!(mark().on, cast::day("2027-07-17"));
}

#[test]
fn a_gap_of_more_than_45_days_is_held_until_a_person_confirms() {
    let test = TestApp::new();
    let id = test.fisheries();
    test.on("2027-06-01");
    test.scan();
    test.on("2027-07-17");
    let scanned = test.scan();
    let (_, nusa) = scanned.iter().find(|(office, _)| *office == test.office).unwrap();
    assert_eq!(nusa.held_since, Some(cast::day("2027-06-01")));
    test.scan();
    assert_eq!(test.outbox(test.office), []);
    assert_eq!(test.reminders(test.office, id), []);
    let tasks = test.tasks(test.office);
    assert_eq!(tasks.len(), 1);
    assert!(tasks[0].reason.contains("1 Juni 2027"), "{}", tasks[0].reason);

    remind::confirm(&test.app, test.office, &test.rini()).unwrap();
    assert_eq!(test.outbox(test.office).len(), 1);
    assert_eq!(test.tasks(test.office), []);
    let told = test.sentences(test.office);
    assert!(told.iter().any(|sentence| sentence.starts_with("Rini Wulandari melanjutkan")), "{told:?}");
    test.on("2027-07-18");
    let (_, nusa) = test.scan().into_iter().find(|(office, _)| *office == test.office).unwrap();
    assert_eq!(nusa.held_since, None);
}

#[test]
fn a_gap_of_45_days_and_the_first_scan_of_an_office_are_not_held() {
    let test = TestApp::new();
    test.fisheries();
    test.on("2027-06-01");
    test.scan();
    test.on("2027-07-16");
    test.scan();
    assert_eq!(test.outbox(test.office).len(), 1);
}

#[test]
fn a_clock_put_right_again_lifts_the_hold() {
    let test = TestApp::new();
    test.on("2027-06-01");
    test.scan();
    test.on("2029-06-01");
    test.scan();
    assert_eq!(test.tasks(test.office).len(), 1);
    test.on("2027-06-02");
    test.scan();
    assert_eq!(test.tasks(test.office), []);
}

#[test]
fn a_person_may_scan_as_of_any_day_without_moving_the_mark() {
    let test = TestApp::new();
    test.fisheries();
    test.on("2027-05-01");
    test.scan();
    let by = Scan::ByPerson(test.rini());
    let scanned = remind::scan(&test.app, test.office, cast::day("2027-07-16"), &by).unwrap();
    assert_eq!((scanned.queued.len(), scanned.superseded.len()), (1, 1));
    let mark = test.app.store.read_now(|db| scan_marks::find(db, test.office, REMIND)).unwrap().unwrap();
    assert_eq!(mark.on, cast::day("2027-05-01"));
    let again = remind::scan(&test.app, test.office, cast::day("2027-07-16"), &by).unwrap();
    assert_eq!(again.queued, []);
}

#[test]
fn a_dry_run_answers_the_same_and_writes_nothing() {
    let test = TestApp::new();
    test.fisheries();
    unreachable(&test);
    test.on("2027-07-16");
    let (before, log) = (test.outbox(test.office), test.log(test.office));
    let dry = remind::dry_run(&test.app, test.office, cast::day("2027-07-16")).unwrap();
    assert_eq!((test.outbox(test.office), test.log(test.office)), (before, log));
    assert_eq!((dry.queued.len(), dry.superseded.len(), dry.undeliverable.len()), (1, 2, 1));
    let by = Scan::ByPerson(test.rini());
    assert_eq!(remind::scan(&test.app, test.office, cast::day("2027-07-16"), &by).unwrap(), dry);
}

#[test]
fn an_agreement_registered_within_its_window_is_reminded_at_once() {
    let test = TestApp::new();
    test.on("2027-07-20");
    test.scan();
    let id = test.fisheries();
    let scanned = remind::catch_up(&test.app, test.office, id).unwrap();
    assert_eq!((scanned.queued.len(), scanned.superseded.len()), (1, 1));
    assert_eq!(remind::catch_up(&test.app, test.office, id).unwrap().queued, []);
    assert_eq!(waiting(&test, test.office).len(), 1);
}

#[test]
fn drafts_and_ended_agreements_are_not_reminded() {
    let test = TestApp::new();
    let office = test.office(test.office);
    test.add_agreement_as(test.office, State::Drafting, cast::fisheries(&office));
    let (ended, _) = unreachable(&test);
    test.change(test.office, ended, |agreement| {
        agreement.end(Ended { on: cast::day("2027-03-01"), cause: EndCause::Mutual, letter: None })
    });
    test.on("2027-07-16");
    test.scan();
    // One that ran out with its reminders unsent.
    let gone = cast::agreement(&office, "Kecamatan Cempaka", Official::default(), "2024-01-10", "2027-07-15");
    test.add_agreement(test.office, gone);
    test.on("2027-07-17");
    test.scan();
    assert_eq!(test.outbox(test.office), []);
    assert_eq!(test.tasks(test.office), []);
}

#[test]
fn a_scan_of_one_office_never_writes_to_the_agency_of_another() {
    let test = TestApp::new();
    test.fisheries();
    test.add_agreement(test.kota, cast::social_agency(&test.office(test.kota)));
    test.on("2027-07-16");
    let by = Scan::ByPerson(test.rini());
    remind::scan(&test.app, test.kota, cast::day("2027-07-16"), &by).unwrap();
    assert_eq!(test.outbox(test.office), []);
    let mails = test.outbox(test.kota);
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to_address, "ayu@dinsos.example");
    assert_eq!(mails[0].cc_address.as_deref(), Some("pks@tirtajaya.example"));
    assert!(test.log(test.kota).iter().all(|entry| entry.office_id == test.kota));

    // The id of one office's agreement opens nothing in the other.
    let foreign = test.fisheries_like("Dinas Pertanian Kabupaten Nusa Kencana");
    assert!(remind::catch_up(&test.app, test.kota, foreign).is_err());
}

#[test]
fn no_mail_of_a_city_says_bupati_or_kabupaten() {
    let test = TestApp::new();
    test.add_agreement(test.kota, cast::social_agency(&test.office(test.kota)));
    for day in ["2027-06-16", "2027-07-16"] {
        test.on(day);
        test.scan();
    }
    let mails = test.outbox(test.kota);
    assert_eq!(mails.len(), 2);
    for mail in mails {
        for word in ["bupati", "kabupaten"] {
            let whole = format!("{} {} {}", mail.subject, mail.text, mail.html).to_lowercase();
            assert!(!whole.contains(word), "{word}\n{}", mail.text);
        }
    }
}

#[test]
fn each_office_is_scanned_by_its_own_six_in_the_morning() {
    let test = TestApp::new();
    test.fisheries();
    test.add_agreement(test.kota, cast::social_agency(&test.office(test.kota)));
    // 06:00 WITA is an hour before 06:00 WIB.
    test.at("2027-07-15T22:00:00Z");
    test.scan();
    assert!(waiting(&test, test.kota)[0].1.starts_with("Hari ini batas"));
    assert!(!waiting(&test, test.office)[0].1.starts_with("Hari ini batas"));
    test.at("2027-07-15T23:00:00Z");
    test.scan();
    assert!(waiting(&test, test.office)[0].1.starts_with("Hari ini batas"));
}

#[test]
fn an_end_that_has_come_to_pass_no_longer_leads_the_deadlines() {
    let test = TestApp::new();
    let mut facts = cast::fisheries(&test.office(test.office));
    facts.signing.on = Some(cast::day("2027-07-01"));
    facts.term.end_on = Some(cast::day("2027-07-20"));
    test.on("2027-07-01");
    let id = test.add_agreement(test.office, facts);
    test.change(test.office, id, |agreement| {
        agreement.log_renewal_letter(LetterIn { number: "523/77/2027".into(), on: cast::day("2027-07-01") })
    });
    let next_due_on = || {
        let scope = Scope::office(test.office);
        let asked = Asked { limit: 10, ..Asked::default() };
        let read = |db: &mut _| agreement_lines::page(db, scope, test.today(), &asked);
        test.app.store.read_now(read).unwrap().lines[0].next_due_on
    };
    for (day, next) in
        [("2027-07-01", "2027-07-20"), ("2027-07-20", "2027-07-20"), ("2027-07-21", "2027-12-31")]
    {
        test.on(day);
        test.scan();
        assert_eq!(next_due_on(), Some(cast::day(next)), "{day}");
    }
}
