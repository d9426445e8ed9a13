//! Who gets what: every route of the running table, for every role, with ids of one's own office, of
//! another office and of another agency. A route without a row here fails.

use std::collections::{BTreeMap, BTreeSet};

use kawal::domain::agreement::State;
use kawal::domain::fact_sheet::Official;
use kawal::store::outbox::{self, OutgoingMail};
use kawal::store::tasks;
use kawal::web::ROUTES;
use uuid::Uuid;

use crate::support::rows::rows;
use crate::support::{Browser, Page, Site, TestApp, cast, twins};

use Gate::{Approver, Editor, Manager, Office, Open, Outside, Reader};

/// Who is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gate {
    /// Everybody, signed in or not.
    Open,
    /// The same, but the address leads nowhere once somebody has an account.
    Outside,
    /// Everybody who is signed in; heads see their own agency only.
    Reader,
    /// Everybody of the office, auditors too.
    Office,
    /// Those who do the office's work.
    Editor,
    /// Those who record signing and ending.
    Approver,
    /// Those who set up the office and its people.
    Manager,
}

/// Every route, who is let in, and what those are answered: to a GET the page, to a POST of an empty
/// form what it is told. Ids are those of one's own office.
#[rustfmt::skip]
const MATRIX: &[(&str, &str, Gate, u16)] = &[
    ("get",  "/assets/{file:.+}",                              Open,     200),
    ("get",  "/sehat",                                         Open,     200),
    ("get",  "/siapkan/{token}",                               Outside,  404),
    ("post", "/siapkan/{token}",                               Outside,  404),
    ("get",  "/masuk",                                         Open,     200),
    ("post", "/masuk",                                         Open,     422),
    ("post", "/keluar",                                        Reader,   303),
    ("get",  "/",                                              Reader,   200),
    ("get",  "/perjanjian",                                    Reader,   200),
    ("get",  "/perjanjian/baru",                               Editor,   200),
    ("post", "/perjanjian/baru",                               Editor,   303),
    ("get",  "/perjanjian/baru/pilih",                         Editor,   200),
    ("post", "/perjanjian/baru/pilih",                         Editor,   400),
    ("get",  "/perjanjian/daftarkan",                          Editor,   200),
    ("post", "/perjanjian/daftarkan",                          Editor,   422),
    ("get",  "/perjanjian/{id}",                               Reader,   200),
    ("get",  "/perjanjian/{id}/ubah",                          Editor,   200),
    ("post", "/perjanjian/{id}/ubah",                          Editor,   409),
    ("get",  "/perjanjian/{id}/tandatangan",                   Approver, 200),
    ("post", "/perjanjian/{id}/tandatangan",                   Approver, 422),
    ("get",  "/perjanjian/{id}/surat-perpanjangan",            Editor,   200),
    ("post", "/perjanjian/{id}/surat-perpanjangan",            Editor,   422),
    ("get",  "/perjanjian/{id}/akhiri",                        Approver, 200),
    ("post", "/perjanjian/{id}/akhiri",                        Approver, 422),
    ("get",  "/perjanjian/{id}/selesai/{step}/{due_on}",       Editor,   200),
    ("post", "/perjanjian/{id}/selesai/{step}/{due_on}",       Editor,   422),
    ("get",  "/perjanjian/{id}/naskah/{file}",                 Reader,   200),
    ("get",  "/perjanjian/{id}/redaksi",                       Office,   200),
    ("get",  "/perjanjian/{id}/redaksi/{paper}/{part}",        Office,   200),
    ("post", "/perjanjian/{id}/redaksi/{paper}/{part}",        Editor,   409),
    ("post", "/perjanjian/{id}/redaksi/{paper}/{part}/pratinjau", Editor, 200),
    ("get",  "/perjanjian/{id}/redaksi/{paper}/{part}/versi",  Office,   200),
    ("get",  "/perjanjian/{id}/redaksi/{paper}/{part}/batal",  Editor,   409),
    ("post", "/perjanjian/{id}/redaksi/{paper}/{part}/batal",  Editor,   409),
    ("get",  "/tenggat",                                       Reader,   200),
    ("get",  "/tugas",                                         Office,   200),
    ("post", "/tugas/lanjutkan-pengingat",                     Editor,   303),
    ("post", "/tugas/{id}/selesai",                            Editor,   409),
    ("get",  "/instansi",                                      Office,   200),
    ("get",  "/instansi/baru",                                 Editor,   200),
    ("post", "/instansi/baru",                                 Editor,   422),
    ("get",  "/instansi/{id}",                                 Office,   200),
    ("get",  "/instansi/{id}/ubah",                            Editor,   200),
    ("post", "/instansi/{id}/ubah",                            Editor,   422),
    ("get",  "/instansi/{id}/pejabat/baru",                    Editor,   200),
    ("post", "/instansi/{id}/pejabat/baru",                    Editor,   422),
    ("get",  "/instansi/{id}/pejabat/{term}",                  Editor,   200),
    ("post", "/instansi/{id}/pejabat/{term}",                  Editor,   422),
    ("get",  "/dasar-hukum",                                   Office,   200),
    ("get",  "/dasar-hukum/baru",                              Editor,   200),
    ("post", "/dasar-hukum/baru",                              Editor,   422),
    ("get",  "/dasar-hukum/{id}",                              Editor,   200),
    ("post", "/dasar-hukum/{id}",                              Editor,   422),
    ("get",  "/redaksi",                                       Office,   200),
    ("get",  "/redaksi/{paper}/{part}",                        Office,   200),
    ("post", "/redaksi/{paper}/{part}",                        Approver, 422),
    ("post", "/redaksi/{paper}/{part}/pratinjau",              Approver, 200),
    ("get",  "/redaksi/{paper}/{part}/versi",                  Office,   200),
    ("get",  "/redaksi/{paper}/{part}/bawaan",                 Approver, 404),
    ("post", "/redaksi/{paper}/{part}/bawaan",                 Approver, 404),
    ("get",  "/surel",                                         Office,   200),
    ("get",  "/surel/{id}",                                    Office,   200),
    ("get",  "/surel/{id}/html",                               Office,   200),
    ("post", "/surel/{id}/kirim",                              Editor,   303),
    ("get",  "/catatan",                                       Office,   200),
    ("get",  "/pengaturan",                                    Manager,  200),
    ("post", "/pengaturan",                                    Manager,  422),
    ("get",  "/pengaturan/pengguna",                           Manager,  200),
    ("post", "/pengaturan/pengguna",                           Manager,  422),
];

/// Somebody, or nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Nobody,
    Auditor,
    Staff,
    Approves,
    Admin,
    Head,
}

const ROLES: [Role; 6] = [Role::Nobody, Role::Auditor, Role::Head, Role::Staff, Role::Approves, Role::Admin];

impl Role {
    fn may_pass(self, gate: Gate) -> bool {
        match gate {
            Open | Outside => true,
            Reader => self != Self::Nobody,
            Office => !matches!(self, Self::Nobody | Self::Head),
            Editor => matches!(self, Self::Staff | Self::Approves | Self::Admin),
            Approver => matches!(self, Self::Approves | Self::Admin),
            Manager => self == Self::Admin,
        }
    }

    fn enter(self, site: &Site) -> Browser<'_> {
        match self {
            Self::Nobody => site.browser(),
            Self::Auditor => site.sign_in(cast::HENDRA),
            Self::Staff => site.sign_in(cast::RINI),
            Self::Approves => site.sign_in(cast::BAGUS),
            Self::Admin => site.sign_in(cast::DEWI),
            Self::Head => site.sign_in(cast::WIRA),
        }
    }
}

/// Whose ids stand in an address.
#[derive(Debug, Clone)]
struct Ids {
    agreement: Uuid,
    institution: Uuid,
    term: Uuid,
    legal_basis: Uuid,
    mail: Uuid,
    /// A task that is done already: nobody can do it again.
    task: Uuid,
    /// Name and number that nobody else may read.
    marks: Vec<String>,
}

impl Ids {
    fn of(test: &TestApp, office: Uuid, agreement: Uuid) -> Self {
        use kawal::store::{legal_bases, officials};
        let institution = test.institution_of(office, agreement);
        let (term, legal_basis) = test
            .app
            .store
            .read_now(|db| {
                let terms = officials::terms(db, office, institution)?;
                Ok((terms[0].id, legal_bases::list(db, office)?[0].id))
            })
            .unwrap();
        let stored = test.agreement(office, agreement);
        let (mail, task) = test.write(office, |db, deed| {
            let mail = OutgoingMail {
                kind: "renewal_reminder",
                to_name: "Kepala".into(),
                to_address: "kepala@instansi.example".into(),
                cc_address: None,
                subject: format!("Pengingat untuk {}", stored.name()),
                text: "Isi".into(),
                html: "<p>Isi</p>".into(),
                message_id: format!("{agreement}@uji.example"),
            };
            outbox::put(db, deed, Some(agreement), None, &mail)?;
            let mail = outbox::of_agreement(db, office, agreement)?[0].id;
            tasks::open(
                db,
                deed,
                Some(agreement),
                "undeliverable",
                &agreement.to_string(),
                "Antar surat",
                "uji",
            )?;
            let task = tasks::open_tasks(db, office)?[0].id;
            tasks::finish(db, deed, task)?;
            Ok((mail, task))
        });
        let marks =
            [Some(stored.name()), stored.facts().provider.number.clone()].into_iter().flatten().collect();
        Self { agreement, institution, term, legal_basis, mail, task, marks }
    }

    /// The address of a route with these ids; none where it has no id of anybody's.
    fn address(&self, route: &str) -> Option<String> {
        let id = match route.split('/').nth(1) {
            Some("perjanjian") => self.agreement,
            Some("instansi") => self.institution,
            Some("dasar-hukum") => self.legal_basis,
            Some("surel") => self.mail,
            Some("tugas") => self.task,
            _ => Uuid::nil(),
        };
        let address = route
            .replace("{id}", &id.to_string())
            .replace("{term}", &self.term.to_string())
            .replace("{step}", "semester_report")
            .replace("{due_on}", "2027-06-30")
            .replace("naskah/{file}", "naskah/pks.pdf");
        (address != route).then(|| of_a_wording(&address))
    }
}

/// The address with a wording that every office has.
fn of_a_wording(address: &str) -> String {
    address.replace("{paper}/{part}", "pks/other")
}

struct World {
    site: Site,
    own: Ids,
    other_agency: Ids,
    other_office: Ids,
}

/// Fisheries and health of Nusa Kencana, the social agency of Tirta Jaya, each with an agreement.
fn world() -> World {
    let test = TestApp::new();
    let own = test.fisheries();
    let (nusa, kota) = (test.office(test.office), test.office(test.kota));
    let health = "Dinas Kesehatan Kabupaten Nusa Kencana";
    let head = Official { ..cast::head("Maya Anjani", health, Some("maya@dinkes.example")) };
    let mut facts = cast::agreement(&nusa, health, head, "2025-03-03", "2027-03-02");
    facts.provider.number = Some("400.12/88/PKS/2025".into());
    let other_agency = test.add_agreement(test.office, facts);
    let mut facts = cast::social_agency(&kota);
    facts.provider.number = Some("12.08/99/PKS/2025".into());
    let other_office = test.add_agreement(test.kota, facts);
    let own = Ids::of(&test, test.office, own);
    let other_agency = Ids::of(&test, test.office, other_agency);
    let other_office = Ids::of(&test, test.kota, other_office);
    World { site: Site::of(test), own, other_agency, other_office }
}

fn ask(browser: &Browser<'_>, role: Role, method: &str, address: &str) -> Page {
    match method {
        "get" => browser.get(address),
        _ => browser.post(address, &[("_key", &format!("{role:?} {}", &address[..address.len().min(40)]))]),
    }
}

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let routes: BTreeSet<_> = ROUTES.iter().copied().collect();
    let rows: BTreeSet<_> = MATRIX.iter().map(|(method, path, ..)| (*method, *path)).collect();
    assert_eq!(
        routes.difference(&rows).collect::<Vec<_>>(),
        [] as [&(&str, &str); 0],
        "routes without a row"
    );
    assert_eq!(
        rows.difference(&routes).collect::<Vec<_>>(),
        [] as [&(&str, &str); 0],
        "rows without a route"
    );
    assert_eq!(MATRIX.len(), ROUTES.len(), "a row or route stands twice");
}

#[test]
fn each_role_gets_what_the_matrix_says_with_ids_of_its_own_office() {
    let world = world();
    let mut wrong = Vec::new();
    for role in ROLES {
        let browser = role.enter(&world.site);
        let before = rows(world.site.test.app.store.url());
        for &(method, route, gate, answer) in MATRIX {
            let expected = match (role.may_pass(gate), role) {
                (true, _) => answer,
                (false, Role::Nobody) => 303,
                (false, _) => 403,
            };
            let address = world
                .own
                .address(route)
                .unwrap_or_else(|| of_a_wording(route))
                .replace("{file:.+}", "css/base.css")
                .replace("{token}", "0123456789abcdef");
            // A sign-out ends the session it is done in.
            let asked = if route == "/keluar" {
                ask(&role.enter(&world.site), role, method, &address)
            } else {
                ask(&browser, role, method, &address)
            };
            if asked.status != expected {
                wrong.push(format!("{role:?} {method} {address}: {} instead of {expected}", asked.status));
            }
            if expected == 303 && role == Role::Nobody && !asked.location().starts_with("/masuk") {
                wrong.push(format!("{role:?} {method} {address} leads to {}", asked.location()));
            }
            wrong.extend(leaks(&asked, &world.other_office, role, method));
            if role == Role::Head {
                wrong.extend(leaks(&asked, &world.other_agency, role, method));
            }
        }
        if matches!(role, Role::Nobody | Role::Auditor | Role::Head) {
            let mut after = rows(world.site.test.app.store.url());
            let mut before = before;
            // Coming and going are written down for everybody; nothing else may have changed.
            for table in ["audit_events", "sessions"] {
                before.remove(table);
                after.remove(table);
            }
            assert_eq!(before, after, "{role:?} changed something");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Names and numbers that do not belong on this answer.
fn leaks(page: &Page, foreign: &Ids, role: Role, method: &str) -> Vec<String> {
    let source = page.source();
    foreign
        .marks
        .iter()
        .filter(|mark| source.contains(mark.as_str()))
        .map(|mark| format!("{role:?} {method} {} shows {mark}", page.path))
        .collect()
}

#[test]
fn what_belongs_to_others_is_not_there() {
    let world = world();
    let mut wrong = Vec::new();
    let mut asked_for = 0;
    for role in ROLES {
        let browser = role.enter(&world.site);
        let before = rows(world.site.test.app.store.url());
        let mut foreign = vec![&world.other_office];
        if role == Role::Head {
            foreign.push(&world.other_agency);
        }
        for whose in foreign {
            for &(method, route, gate, _) in MATRIX {
                let Some(address) = whose.address(route) else { continue };
                let expected = match (role.may_pass(gate), role) {
                    (true, _) => 404,
                    (false, Role::Nobody) => 303,
                    (false, _) => 403,
                };
                let page = ask(&browser, role, method, &address);
                asked_for += 1;
                if page.status != expected {
                    wrong.push(format!("{role:?} {method} {address}: {} instead of {expected}", page.status));
                }
                wrong.extend(leaks(&page, whose, role, method));
            }
            // A term of one's own institution under another's name, and the other way round.
            if role == Role::Staff {
                let crossed = [
                    format!("/instansi/{}/pejabat/{}", world.own.institution, whose.term),
                    format!("/instansi/{}/pejabat/{}", whose.institution, world.own.term),
                    format!("/perjanjian/baru?instansi={}", whose.institution),
                ];
                for address in crossed {
                    let page = browser.get(&address);
                    if page.status != 404 {
                        wrong.push(format!("{role:?} get {address}: {} instead of 404", page.status));
                    }
                    wrong.extend(leaks(&page, whose, role, "get"));
                }
            }
        }
        assert_eq!(before, rows(world.site.test.app.store.url()), "{role:?} changed something");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(asked_for > 100, "only {asked_for} addresses with ids were asked for");
}

#[test]
fn searching_and_paging_show_nothing_of_others() {
    let world = world();
    let head = Role::Head.enter(&world.site);
    let staff = Role::Staff.enter(&world.site);
    for path in
        ["/perjanjian", "/perjanjian?cari=Dinas", "/perjanjian?cari=PKS", "/perjanjian?akhir=1&urut=instansi"]
    {
        for (browser, role, foreign) in [
            (&staff, Role::Staff, vec![&world.other_office]),
            (&head, Role::Head, vec![&world.other_office, &world.other_agency]),
        ] {
            let page = browser.open(path);
            for whose in foreign {
                assert_eq!(leaks(&page, whose, role, "get"), [] as [String; 0]);
                // A cursor of somebody else's line opens nothing of it.
                let cursor = format!("/perjanjian?sesudah={}.0", whose.agreement.simple());
                assert_eq!(leaks(&browser.open(&cursor), whose, role, "get"), [] as [String; 0]);
            }
            for mark in &world.own.marks {
                page.says(mark);
            }
        }
    }
}

#[test]
fn the_auditor_opens_every_agreement_prints_every_paper_and_changes_nothing() {
    let world = world();
    let test = &world.site.test;
    let mut ids = vec![world.own.agreement, world.other_agency.agreement];
    for (name, told) in twins() {
        let mut facts = told.facts;
        facts.provider.number = Some(format!("400.12/{name}/2025"));
        facts.user.number = None;
        facts.papers = Default::default();
        facts.user.institution.name = Some(format!("Lembaga {name}"));
        ids.push(test.add_agreement_as(test.office, State::Signed, facts.clone()));
        facts.provider.number = None;
        facts.signing.on = None;
        ids.push(test.add_agreement_as(test.office, State::Drafting, facts));
    }
    let hendra = Role::Auditor.enter(&world.site);
    let before = rows(test.app.store.url());
    for id in &ids {
        let page = hendra.open(&format!("/perjanjian/{id}"));
        page.says(&test.agreement(test.office, *id).name());
        page.says("Riwayat");
        assert!(!page.source().contains("/ubah\""), "{id} offers a change to the auditor");
        let paper = hendra.open(&format!("/perjanjian/{id}/naskah/pks.pdf"));
        assert!(paper.body.starts_with(b"%PDF-"), "{id}");
        assert_eq!(paper.header("content-type"), Some("application/pdf"));
        for format in ["html", "txt"] {
            hendra.open(&format!("/perjanjian/{id}/naskah/pks.{format}")).says("PERJANJIAN KERJA");
        }
    }
    let listed = hendra.open("/perjanjian");
    listed.says(&format!("{} perjanjian", ids.len()));
    for path in ["/", "/instansi", "/dasar-hukum"] {
        hendra.open(path);
    }
    for (method, route, ..) in MATRIX.iter().filter(|(method, route, ..)| {
        *method == "post" && !matches!(*route, "/masuk" | "/keluar" | "/siapkan/{token}")
    }) {
        let address = world.own.address(route).unwrap_or_else(|| (*route).to_owned());
        assert_eq!(ask(&hendra, Role::Auditor, method, &address).status, 403, "{address}");
    }
    let after = rows(test.app.store.url());
    let differing: BTreeMap<_, _> = after.iter().filter(|(table, lines)| before[*table] != **lines).collect();
    assert!(differing.is_empty(), "the auditor changed {differing:?}");
}

#[test]
fn a_head_sees_secret_facts_as_secret_only() {
    let world = world();
    let test = &world.site.test;
    let mut facts = test.agreement(test.office, world.own.agreement).facts().clone();
    facts.network.ip_lan = Some("10.20.30.40".into());
    facts.contacts.push(kawal::domain::fact_sheet::Contact {
        name: Some("Hesti Larasati".into()),
        phone: Some("0899-0000-0311".into()),
        ..Default::default()
    });
    facts.operators.push(kawal::domain::fact_sheet::Operator {
        name: Some("Yoga Pranata".into()),
        nik: Some("9901014101900001".into()),
        ..Default::default()
    });
    test.change(test.office, world.own.agreement, |agreement| agreement.revise(facts));
    let path = format!("/perjanjian/{}", world.own.agreement);
    let secrets = ["10.20.30.40", "0899-0000-0311", "9901014101900001"];
    let staff = Role::Staff.enter(&world.site).open(&path);
    for secret in secrets {
        staff.says(secret);
    }
    let head = Role::Head.enter(&world.site).open(&path);
    head.says("tersimpan, rahasia");
    for secret in secrets {
        assert!(!head.source().contains(secret), "the head reads {secret}");
    }
    // The log keeps a commitment, never the value.
    let log = test.log(test.office);
    let revised = log.iter().rev().find(|entry| entry.verb == "facts_revised").unwrap();
    for secret in secrets {
        assert!(!revised.payload.contains(secret), "{}", revised.payload);
    }
    let lines = revised.details();
    for secret in ["IP LAN", "NIK"] {
        assert!(
            lines.iter().any(|line| line.contains(secret) && line.ends_with("diubah (rahasia)")),
            "{lines:?}"
        );
    }
    staff.says("diubah");
}
