//! From the outbox to the relay: at least once, never to the wrong person, and nothing is lost.

use std::process::{Command, Output};

use chrono::Duration;
use kawal::app::App;
use kawal::domain::acts::LetterIn;
use kawal::domain::audit::Actor;
use kawal::jobs::deliver::{Courier, Delivered};
use kawal::jobs::remind;
use kawal::store::connection::DatabaseUrl;
use kawal::store::outbox::{self, Mail};
use uuid::Uuid;

use crate::support::{Fault, Mailbox, TestApp, cast, mailbox};

/// A reminder that waits, on 16 July 2027 at 09:00 WIB.
fn waiting() -> (TestApp, Uuid, Mailbox) {
    let test = TestApp::new();
    let id = test.fisheries();
    test.on("2027-07-16");
    test.scan();
    (test, id, Mailbox::open())
}

fn mail(test: &TestApp) -> Mail {
    let mut mails = test.outbox(test.office);
    assert_eq!(mails.len(), 1);
    mails.remove(0)
}

fn begin(app: &App) -> Option<Courier> {
    Courier::begin(app, &Actor::System).unwrap()
}

const WIRA: &str = cast::WIRA.0;

#[test]
fn without_a_relay_mails_wait_and_later_they_go_out_as_text_and_html() {
    let (test, _, mailbox) = waiting();
    let waiting = mail(&test);
    assert_eq!((waiting.state.as_str(), waiting.attempts), ("queued", 0));
    assert!(waiting.text.contains("Yth. Drs. Wira Adinata, M.Si."), "{}", waiting.text);

    assert_eq!(test.deliver(&mailbox.relay()), Delivered { sent: 1, ..Delivered::default() });
    let arrived = mailbox.arrived();
    assert_eq!(arrived.len(), 1);
    let arrived = &arrived[0];
    assert_eq!(arrived.from, "kawal@nusakencana.example");
    assert_eq!(arrived.to, [WIRA, "pks@nusakencana.example"]);
    for (name, value) in [
        ("From", "\"Disdukcapil Kabupaten Nusa Kencana\" <kawal@nusakencana.example>"),
        ("Reply-To", "layanan@nusakencana.example"),
        ("Cc", "pks@nusakencana.example"),
        ("Message-ID", &format!("<{}>", waiting.message_id)),
        ("Auto-Submitted", "auto-generated"),
        ("Date", "Fri, 16 Jul 2027 02:00:00 +0000"),
    ] {
        assert_eq!(arrived.header(name).as_deref(), Some(value), "{name}\n{}", arrived.data);
    }
    assert!(arrived.data.contains("text/plain") && arrived.data.contains("text/html"));

    let sent = mail(&test);
    assert_eq!((sent.state.as_str(), sent.attempts), ("sent", 1));
    assert_eq!(sent.sent_at, Some(test.app.clock.now()));
    assert_eq!(sent.reply.as_deref(), Some("250 diterima"));
    assert!(test.sentences(test.office).iter().any(|said| said.starts_with("Sistem mengirim surel")));
    assert!(test.deliver(&mailbox.relay()).is_quiet());
    assert_eq!(mailbox.arrived().len(), 1);
}

#[test]
fn a_head_replaced_yesterday_gets_none_and_the_successor_does() {
    let (test, id, mailbox) = waiting();
    let agency = test.institution_of(test.office, id);
    let ratna = cast::head("Ratna Larasati", cast::FISHERIES, Some("ratna@perikanan.example"));
    test.appoint(test.office, agency, &ratna, "2027-07-17", None);
    let before = mail(&test);
    test.on("2027-07-17");
    test.deliver(&mailbox.relay());
    assert_eq!(mailbox.arrived()[0].to[0], "ratna@perikanan.example");
    let sent = mail(&test);
    assert_eq!((sent.to_name.as_str(), sent.message_id.clone()), ("Ratna Larasati", before.message_id));
    // The words are those of the day on which it went out.
    assert!(sent.text.contains("Ratna Larasati") && !sent.text.contains("Wira"), "{}", sent.text);
    assert!(sent.subject.ends_with("sudah lewat"), "{}", sent.subject);
}

#[test]
fn an_address_that_went_away_before_sending_makes_a_task_and_a_new_one_sends_it() {
    let (test, id, mailbox) = waiting();
    let agency = test.institution_of(test.office, id);
    test.correct_official(test.office, agency, |term| term.official.email = None);
    let delivered = test.deliver(&mailbox.relay());
    assert_eq!(delivered, Delivered { undeliverable: 1, ..Delivered::default() });
    assert_eq!(mail(&test).state, "cancelled");
    assert_eq!(test.tasks(test.office).len(), 1);

    test.correct_official(test.office, agency, |term| {
        term.official.email = Some("kepala@perikanan.example".into());
    });
    remind::retry_undeliverable(&test.app, test.office).unwrap();
    test.deliver(&mailbox.relay());
    assert_eq!(mailbox.arrived()[0].to[0], "kepala@perikanan.example");
    assert_eq!(test.tasks(test.office), []);
}

#[test]
fn nothing_goes_out_after_the_renewal_letter_or_the_end() {
    let (test, id, mailbox) = waiting();
    // Waiting until the day after the last day in force.
    test.on("2027-09-17");
    assert_eq!(test.deliver(&mailbox.relay()), Delivered { cancelled: 1, ..Delivered::default() });

    let other = test.fisheries_like("Dinas Pertanian Kabupaten Nusa Kencana");
    test.on("2027-09-16");
    remind::catch_up(&test.app, test.office, other).unwrap();
    test.change(test.office, other, |agreement| {
        agreement.log_renewal_letter(LetterIn { number: "521/9/2027".into(), on: cast::day("2027-09-16") })
    });
    assert!(test.deliver(&mailbox.relay()).is_quiet());
    assert_eq!(mailbox.arrived(), []);
    assert_eq!(test.reminders(test.office, id).last().unwrap().1, "cancelled");
}

#[test]
fn a_letter_logged_while_the_mail_is_on_its_way_stops_the_next_try() {
    let (test, id, mailbox) = waiting();
    let boot = test.app.ids.next();
    let on_its_way = mail(&test);
    let now = test.app.clock.now();
    test.app.store.write_now(|db| outbox::boot(db, boot, now)).unwrap();
    assert!(test.app.store.write_now(|db| outbox::claim(db, &on_its_way, boot)).unwrap());
    test.change(test.office, id, |agreement| {
        agreement.log_renewal_letter(LetterIn { number: "523/77/2027".into(), on: cast::day("2027-07-16") })
    });
    test.write(test.office, |db, deed| {
        outbox::settle(db, deed, &on_its_way, boot, &outbox::Tried::Later("451".into()))
    });
    test.advance(Duration::minutes(1));
    assert_eq!(test.deliver(&mailbox.relay()), Delivered { cancelled: 1, ..Delivered::default() });
    assert_eq!(mailbox.arrived(), []);
}

#[test]
fn of_two_claimers_one_wins() {
    let (test, _, mailbox) = waiting();
    let found = mail(&test);
    let boots = [test.app.ids.next(), test.app.ids.next()];
    let apps = [test.second_process(), test.second_process()];
    let now = test.app.clock.now();
    for boot in boots {
        test.app.store.write_now(|db| outbox::boot(db, boot, now)).unwrap();
    }
    let claim = |app: App, boot| {
        let found = found.clone();
        std::thread::spawn(move || app.store.write_now(|db| outbox::claim(db, &found, boot)).unwrap())
    };
    let [first, second] = apps;
    let claims = [claim(first, boots[0]), claim(second, boots[1])];
    let won: Vec<bool> = claims.into_iter().map(|claim| claim.join().unwrap()).collect();
    assert_eq!(won.iter().filter(|won| **won).count(), 1, "{won:?}");

    // Only the winner may say what became of it.
    let loser = boots[usize::from(won[0])];
    test.write(test.office, |db, deed| {
        outbox::settle(db, deed, &found, loser, &outbox::Tried::Accepted("250".into()))
    });
    assert_eq!(mail(&test).state, "sending");
    assert!(test.deliver(&mailbox.relay()).sent == 1);
}

#[test]
fn while_one_process_delivers_no_other_does() {
    let (test, _, mailbox) = waiting();
    let other = test.second_process();
    let courier = begin(&test.app).unwrap();
    assert!(begin(&other).is_none());
    courier.end().unwrap();
    let mut courier = begin(&other).unwrap();
    let delivered = courier.round(&mailbox.relay(), &false.into()).unwrap();
    assert_eq!(delivered.sent, 1);
}

#[test]
fn a_mail_that_a_dead_process_had_claimed_is_taken_over_with_its_message_id() {
    let (test, _, mailbox) = waiting();
    let claimed = mail(&test);
    let dead = test.app.ids.next();
    let now = test.app.clock.now();
    test.app.store.write_now(|db| outbox::boot(db, dead, now)).unwrap();
    test.app.store.write_now(|db| outbox::claim(db, &claimed, dead)).unwrap();
    assert_eq!(mail(&test).state, "sending");

    let mut courier = begin(&test.app).unwrap();
    assert_eq!(mail(&test).state, "unknown");
    courier.round(&mailbox.relay(), &false.into()).unwrap();
    assert_eq!(mailbox.arrived()[0].message_id(), format!("<{}>", claimed.message_id));
    let told = test.log(test.office);
    assert!(told.last().unwrap().details()[0].contains("kiriman ulang"), "{:?}", told.last());
}

#[test]
fn a_mail_put_off_by_the_relay_is_tried_again_with_the_same_message_id() {
    for fault in [Fault::LaterAtRcpt, Fault::LaterAfterData, Fault::DropAtRcpt] {
        let (test, _, mailbox) = waiting();
        mailbox.fail(WIRA, fault);
        assert_eq!(test.deliver(&mailbox.relay()), Delivered { later: 1, ..Delivered::default() });
        let put_off = mail(&test);
        assert_eq!((put_off.state.as_str(), put_off.attempts), ("queued", 1), "{fault:?}");
        assert!(put_off.reply.is_some());
        mailbox.recover();

        test.advance(Duration::seconds(59));
        assert!(test.deliver(&mailbox.relay()).is_quiet(), "{fault:?}");
        test.advance(Duration::seconds(1));
        assert_eq!(test.deliver(&mailbox.relay()).sent, 1, "{fault:?}");
        let arrived = mailbox.arrived();
        assert_eq!(arrived.len(), 1);
        assert_eq!(arrived[0].message_id(), format!("<{}>", put_off.message_id));
    }
}

#[test]
fn tries_grow_rarer_and_end_after_five_days_with_a_task() {
    let (test, _, mailbox) = waiting();
    mailbox.fail(WIRA, Fault::LaterAtRcpt);
    let mut waits = Vec::new();
    while mail(&test).state == "queued" {
        let next = mail(&test).next_attempt_at;
        waits.push((next - test.app.clock.now()).num_minutes());
        test.app.clock.set(next);
        test.deliver(&mailbox.relay());
    }
    assert_eq!(waits[..8], [0, 1, 5, 15, 30, 60, 180, 180]);
    assert!(waits[6..].iter().all(|wait| *wait == 180), "{waits:?}");
    assert!(test.app.clock.now() > "2027-07-21T02:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    assert_eq!(mail(&test).state, "dead");
    assert_eq!(test.tasks(test.office).len(), 1);
}

#[test]
fn a_refused_mail_is_not_tried_again_and_staff_are_told() {
    for fault in [Fault::RefusedAtRcpt, Fault::RefusedAfterData] {
        let (test, id, mailbox) = waiting();
        let other = test.fisheries_like("Dinas Pertanian Kabupaten Nusa Kencana");
        let agency = test.institution_of(test.office, other);
        test.correct_official(test.office, agency, |term| {
            term.official.email = Some("kepala@pertanian.example".into());
        });
        remind::catch_up(&test.app, test.office, other).unwrap();
        mailbox.fail(WIRA, fault);
        let delivered = test.deliver(&mailbox.relay());
        assert_eq!(delivered, Delivered { sent: 1, refused: 1, ..Delivered::default() }, "{fault:?}");
        assert_eq!(mailbox.arrived()[0].to[0], "kepala@pertanian.example");

        let dead = test.outbox(test.office).into_iter().find(|mail| mail.agreement_id == Some(id)).unwrap();
        assert_eq!(dead.state, "dead");
        let tasks = test.tasks(test.office);
        assert_eq!(tasks.len(), 1);
        assert_eq!(tasks[0].agreement_id, Some(id));
        assert!(
            test.sentences(test.office).iter().any(|said| said.starts_with("Sistem gagal mengirim surel"))
        );
        test.advance(Duration::days(1));
        assert!(test.deliver(&mailbox.relay()).is_quiet());

        // With another address a person sends it again; refused again, the task is there again.
        test.write(test.office, |db, deed| outbox::retry(db, deed, dead.id));
        assert_eq!(test.tasks(test.office), []);
        test.deliver(&mailbox.relay());
        assert_eq!(test.tasks(test.office).len(), 1);
    }
}

#[test]
fn a_connection_that_broke_after_the_message_leaves_it_unknown_and_sends_it_again_later() {
    let (test, id, mailbox) = waiting();
    mailbox.fail(WIRA, Fault::DropAfterData);
    assert_eq!(test.deliver(&mailbox.relay()), Delivered { unknown: 1, ..Delivered::default() });
    assert_eq!(mail(&test).state, "unknown");
    mailbox.recover();
    test.advance(Duration::minutes(29));
    assert!(test.deliver(&mailbox.relay()).is_quiet());
    test.advance(Duration::minutes(1));
    assert_eq!(test.deliver(&mailbox.relay()).sent, 1);
    let arrived = mailbox.arrived();
    assert_eq!(arrived.len(), 2);
    assert_eq!(arrived[0].message_id(), arrived[1].message_id());
    assert_eq!(arrived[0].header("Subject"), arrived[1].header("Subject"));
    assert_eq!(test.reminders(test.office, id).last().unwrap().1, "queued");
}

#[test]
fn while_the_relay_is_away_no_mail_is_touched_and_after_an_hour_staff_are_told() {
    let (test, _, mailbox) = waiting();
    let closed = {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        mailbox::relay(&format!("smtp://127.0.0.1:{}?tls=none", listener.local_addr().unwrap().port()))
    };
    for (minutes, tasks) in [(0, 0), (59, 0), (1, 1), (60, 1)] {
        test.advance(Duration::minutes(minutes));
        assert!(test.deliver(&closed).paused.is_some());
        assert_eq!((mail(&test).state.as_str(), mail(&test).attempts), ("queued", 0));
        assert_eq!(test.tasks(test.office).len(), tasks);
    }
    assert_eq!(test.tasks(test.kota), [], "an office without waiting mail is not alarmed");
    assert_eq!(test.deliver(&mailbox.relay()).sent, 1);
    assert_eq!(test.tasks(test.office), []);
}

#[test]
fn a_relay_that_wants_a_login_pauses_the_queue_and_no_mail_is_to_blame() {
    let (test, _, mailbox) = waiting();
    mailbox.fail("", Fault::WantsLogin);
    let delivered = test.deliver(&mailbox.relay());
    assert!(delivered.paused.as_ref().is_some_and(|reason| reason.contains("530")), "{delivered:?}");
    let paused = mail(&test);
    assert_eq!((paused.state.as_str(), paused.attempts), ("queued", 0));
    assert_eq!(test.tasks(test.office).len(), 1);
    mailbox.recover();
    assert_eq!(test.deliver(&mailbox.relay()).sent, 1);
    assert_eq!(test.tasks(test.office), []);
}

#[test]
fn a_relay_without_encryption_gets_nothing_unless_that_was_asked_for() {
    let (test, _, mailbox) = waiting();
    let delivered = test.deliver(&mailbox::relay(&format!("smtp://127.0.0.1:{}", mailbox.port())));
    assert!(delivered.paused.is_some_and(|reason| reason.contains("TLS")));
    assert_eq!(mailbox.arrived(), []);
    assert_eq!(mail(&test).state, "queued");
}

#[test]
fn a_relay_that_hangs_up_after_each_mail_still_gets_every_one() {
    let (test, _, mailbox) = waiting();
    for agency in ["Dinas Pertanian", "Dinas Perdagangan", "Kecamatan Sukamaju"] {
        let id = test.fisheries_like(agency);
        remind::catch_up(&test.app, test.office, id).unwrap();
    }
    mailbox.fail("", Fault::HangUpAfterMail);
    assert_eq!(test.deliver(&mailbox.relay()), Delivered { sent: 4, ..Delivered::default() });
    assert_eq!(mailbox.arrived().len(), 4);
}

#[test]
fn a_refused_copy_does_not_hold_the_mail_back() {
    let (test, _, mailbox) = waiting();
    mailbox.fail("pks@nusakencana.example", Fault::RefusedAtRcpt);
    assert_eq!(test.deliver(&mailbox.relay()).sent, 1);
    assert_eq!(mailbox.arrived()[0].to, [WIRA]);
    assert!(mail(&test).reply.is_some_and(|reply| reply.contains("tembusan ditolak")));
}

/// Runs the program itself on the data of a test.
fn kawal(test: &TestApp, arguments: &[&str]) -> Output {
    let url = match test.app.store.url() {
        DatabaseUrl::Sqlite(path) => format!("sqlite:{path}"),
        DatabaseUrl::Postgres(url) => url.clone(),
    };
    Command::new(env!("CARGO_BIN_EXE_kawal"))
        .args(arguments)
        .env_clear()
        .env("KAWAL_DATA", test.folder.path())
        .env("DATABASE_URL", url)
        .env("MAIL_FROM", "kawal@nusakencana.example")
        .current_dir(test.folder.path())
        .output()
        .unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn the_command_line_says_in_json_what_it_put_into_the_outbox() {
    let test = TestApp::new();
    let id = test.fisheries();
    let dry = kawal(&test, &["remind", "--on", "2027-07-16", "--dry-run", "--json"]);
    assert_eq!(test.outbox(test.office), []);
    let wet = kawal(&test, &["remind", "--on", "2027-07-16", "--json"]);
    assert_eq!(json(&wet), json(&dry));
    let said = json(&wet);
    assert_eq!((&said["version"], &said["on"]), (&1.into(), &"2027-07-16".into()));
    let queued = &said["queued"][0];
    for (key, value) in [
        ("agreement", id.to_string()),
        ("step", "renewal_letter".into()),
        ("rung", "-2m".into()),
        ("due_on", "2027-07-16".into()),
        ("recipient", WIRA.into()),
        ("subject", mail(&test).subject),
    ] {
        assert_eq!(queued[key], value.as_str(), "{key}");
    }
    assert_eq!(said["superseded"][0]["rung"], "-3m");
    assert_eq!(said["undeliverable"], serde_json::json!([]));
    let again = json(&kawal(&test, &["remind", "--on", "2027-07-16", "--json"]));
    assert_eq!(again["queued"], serde_json::json!([]));
    assert!(test.sentences(test.office).iter().any(|said| said.starts_with("baris perintah (")));
    assert_eq!(kawal(&test, &["remind", "--on", "besok"]).status.code(), Some(2));
}

#[test]
fn deliver_beside_a_delivering_process_says_so_and_ends_with_one() {
    let (test, _, mailbox) = waiting();
    let without = kawal(&test, &["deliver"]);
    assert_eq!(without.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&without.stderr).contains("SMTP_URL"));

    let courier = begin(&test.app).unwrap();
    let beside = kawal(&test, &["deliver", "--smtp-url", &mailbox.url()]);
    assert_eq!(beside.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&beside.stderr).contains("proses lain"));
    assert_eq!(mailbox.arrived(), []);
    courier.end().unwrap();
}

#[tokio::test]
async fn the_jobs_of_a_server_remind_and_deliver_and_end_when_told() {
    let (test, mailbox) = (TestApp::new(), Mailbox::open());
    test.fisheries();
    test.on("2027-07-16");
    let jobs = kawal::jobs::spawn(&test.app, Some(mailbox.relay()));
    // The first turns run at once; stopping lets them finish.
    jobs.stop().await;
    assert_eq!(test.outbox(test.office).len(), 1);
    let jobs = kawal::jobs::spawn(&test.app, Some(mailbox.relay()));
    while mailbox.arrived().is_empty() {
        tokio::task::yield_now().await;
    }
    jobs.stop().await;
    assert_eq!(mail(&test).state, "sent");
    assert!(begin(&test.app).is_some(), "the delivery lock was given up");
}
