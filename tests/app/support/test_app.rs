//! An application with a database of its own, a clock that stands, counted ids and the cast.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kawal::app::App;
use kawal::clock::{Clock, Ids, Zone};
use kawal::config::{Config, Flags};
use kawal::domain::acts::Acts;
use kawal::domain::agreement::{Agreement, Change, Origin, Refused, State};
use kawal::domain::audit::{Actor, Entry};
use kawal::domain::fact_sheet::{FactSheet, Official};
use kawal::domain::permission::Role;
use kawal::jobs::deliver::{self, Delivered};
use kawal::jobs::remind::{self, Scanned};
use kawal::mail::Relay;
use kawal::password::{self, Cost};
use kawal::secrets::Secrets;
use kawal::store::agreements::{self, Scope};
use kawal::store::audit_log::{self, Filter};
use kawal::store::offices::Office;
use kawal::store::outbox::{self, Mail};
use kawal::store::tasks::{self, Task};
use kawal::store::{self, Store, institutions, offices, officials, reminders, users};
use tempfile::TempDir;
use uuid::Uuid;

use super::cast;
use super::database::Database;

/// The application of one test.
pub struct TestApp {
    /// The application itself.
    pub app: App,
    /// Disdukcapil Kabupaten Nusa Kencana, where Rini works.
    pub office: Uuid,
    /// Disdukcapil Kota Tirta Jaya.
    pub kota: Uuid,
    /// Data folder.
    pub folder: TempDir,
    // Dropped last: pools must be gone before the database is.
    _database: Database,
}

impl TestApp {
    /// Two offices with their people, on Monday 2 November 2026 at 09:00 WIB.
    pub fn new() -> Self {
        Self::empty().peopled()
    }

    /// The same with the two offices and their people.
    pub fn peopled(mut self) -> Self {
        let this = &mut self;
        let (nusa, tirta) = (cast::nusa_kencana(this.app.ids.next()), cast::tirta_jaya(this.app.ids.next()));
        this.office = this.open_office(&nusa);
        this.kota = this.open_office(&tirta);
        let fisheries = institutions_fact(&nusa);
        let agency = this.write(this.office, |db, deed| institutions::add(db, deed, fisheries));
        for ((email, name), role, institution) in [
            (cast::RINI, Role::Staff, None),
            (cast::BAGUS, Role::Approver, None),
            (cast::DEWI, Role::Admin, None),
            (cast::HENDRA, Role::Auditor, None),
            (cast::WIRA, Role::AgencyHead, Some(agency)),
        ] {
            this.add_user(this.office, email, name, role, institution);
        }
        this.add_user(this.kota, cast::SARI.0, cast::SARI.1, Role::Staff, None);
        self
    }

    /// A migrated database with nobody in it.
    pub fn empty() -> Self {
        Self::with(&[])
    }

    /// The same, with further settings.
    pub fn with(settings: &[(&'static str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::fresh(folder.path());
        let mut flags = Flags::from([
            ("KAWAL_DATA", folder.path().to_string_lossy().into_owned()),
            ("DATABASE_URL", database.url_text()),
            ("MAIL_FROM", "kawal@nusakencana.example".to_owned()),
        ]);
        flags.extend(settings.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let config = Config::read(&flags, &|_| None).unwrap();
        let store = Store::open(&database.url).unwrap();
        let clock = Clock::fixed("2026-11-02T02:00:00Z".parse().unwrap());
        let app = App::of(store, clock, Ids::counted(), Secrets::fixed([7; 32]), config);
        Self { app, office: Uuid::nil(), kota: Uuid::nil(), folder, _database: database }
    }

    /// The same data seen by another process: own pools, same clock.
    pub fn second_process(&self) -> App {
        let store = Store::open(self.app.store.url()).unwrap();
        App::of(
            store,
            self.app.clock.clone(),
            self.app.ids.clone(),
            self.app.secrets.clone(),
            (*self.app.config).clone(),
        )
    }

    // Time.

    /// Moves the clock to 09:00 WIB of a civil date.
    pub fn on(&self, date: &str) {
        self.at(&format!("{date}T02:00:00Z"));
    }

    /// Moves the clock to an instant, RFC 3339.
    pub fn at(&self, instant: &str) {
        self.app.clock.set(instant.parse::<DateTime<Utc>>().unwrap());
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        self.app.clock.advance(by);
    }

    /// Today in Nusa Kencana.
    pub fn today(&self) -> NaiveDate {
        self.app.clock.today(Zone::Wib)
    }

    // Deeds. Rini does them unless said otherwise.

    /// Rini, as the log names her.
    pub fn rini(&self) -> Actor {
        Actor::User { id: Uuid::from_u128(0xA), name: cast::RINI.1.to_owned() }
    }

    /// Does something in one transaction.
    pub fn write<T>(
        &self,
        office: Uuid,
        deed: impl FnOnce(&mut store::connection::Db, &store::deed::Deed) -> store::Result<T>,
    ) -> T {
        self.try_write(office, deed).unwrap()
    }

    /// The same, where the store may refuse.
    pub fn try_write<T>(
        &self,
        office: Uuid,
        deed: impl FnOnce(&mut store::connection::Db, &store::deed::Deed) -> store::Result<T>,
    ) -> store::Result<T> {
        self.app.store.write_now(|db| {
            let circumstances = self.app.deed(db, office, self.rini())?;
            deed(db, &circumstances)
        })
    }

    /// Opens an office.
    pub fn open_office(&self, office: &Office) -> Uuid {
        let deed = self.app.opening_deed(office, self.rini());
        self.app.store.write_now(|db| offices::open(db, &deed, office)).unwrap();
        office.id
    }

    /// An office as it is stored.
    pub fn office(&self, id: Uuid) -> Office {
        self.app.store.read_now(|db| offices::find(db, id)).unwrap()
    }

    /// Adds a person with the password of the cast.
    pub fn add_user(
        &self,
        office: Uuid,
        email: &str,
        name: &str,
        role: Role,
        institution: Option<Uuid>,
    ) -> Uuid {
        let hash = password::hash(cast::PASSWORD, Cost::Cheapest).unwrap();
        self.write(office, |db, deed| users::add(db, deed, email, name, Some(&hash), role, institution))
    }

    /// Registers a running agreement.
    pub fn add_agreement(&self, office: Uuid, facts: FactSheet) -> Uuid {
        self.add_agreement_as(office, State::Signed, facts)
    }

    /// Adds an agreement in a state.
    pub fn add_agreement_as(&self, office: Uuid, state: State, facts: FactSheet) -> Uuid {
        let id = self.app.ids.next();
        let change = Agreement::begin(id, office, Origin::Registered, state, facts, Acts::default()).unwrap();
        self.write(office, |db, deed| agreements::add(db, deed, &change));
        id
    }

    /// The fisheries agency's agreement of Nusa Kencana.
    pub fn fisheries(&self) -> Uuid {
        self.add_agreement(self.office, cast::fisheries(&self.office(self.office)))
    }

    /// The same with another agency of Nusa Kencana.
    pub fn fisheries_like(&self, agency: &str) -> Uuid {
        let mut facts = cast::fisheries(&self.office(self.office));
        facts.user.institution.name = Some(agency.into());
        (facts.provider.number, facts.user.number) = (None, None);
        self.add_agreement(self.office, facts)
    }

    /// An agreement as it is stored.
    pub fn agreement(&self, office: Uuid, id: Uuid) -> Agreement {
        self.app.store.read_now(|db| agreements::find(db, Scope::office(office), id)).unwrap()
    }

    /// Changes an agreement by a verb.
    pub fn change(
        &self,
        office: Uuid,
        id: Uuid,
        verb: impl FnOnce(Agreement) -> Result<Change, Refused>,
    ) -> Change {
        let change = verb(self.agreement(office, id)).unwrap();
        self.write(office, |db, deed| agreements::record(db, deed, &change));
        change
    }

    /// The institution an agreement is made with.
    pub fn institution_of(&self, office: Uuid, agreement: Uuid) -> Uuid {
        let name = self.agreement(office, agreement).name();
        self.app.store.read_now(|db| institutions::by_name(db, office, &name)).unwrap().unwrap().id
    }

    // Jobs, as the schedule or a person runs them.

    /// The scheduled scan of every office whose hour has come.
    pub fn scan(&self) -> Vec<(Uuid, Scanned)> {
        remind::scheduled(&self.app).unwrap()
    }

    /// Delivers once.
    pub fn deliver(&self, relay: &Relay) -> Delivered {
        deliver::once(&self.app, relay, &Actor::System).unwrap().expect("nobody else delivers")
    }

    // People of the agencies.

    /// A new holder of an agency's office, definitive or acting.
    pub fn appoint(
        &self,
        office: Uuid,
        institution: Uuid,
        official: &Official,
        from: &str,
        to: Option<&str>,
    ) {
        let (from, to) = (cast::day(from), to.map(cast::day));
        self.write(office, |db, deed| officials::appoint(db, deed, institution, official, from, to));
    }

    /// Changes the latest term of office at an agency.
    pub fn correct_official(
        &self,
        office: Uuid,
        institution: Uuid,
        correct: impl FnOnce(&mut officials::Term),
    ) {
        self.write(office, |db, deed| {
            let mut term = officials::terms(db, office, institution)?.remove(0);
            correct(&mut term);
            officials::change(db, deed, institution, &term)
        });
    }

    // What is there.

    /// The reminders of an agreement as code and state, by date.
    pub fn reminders(&self, office: Uuid, agreement: Uuid) -> Vec<(String, String)> {
        let all = self.app.store.read_now(|db| reminders::of_agreement(db, office, agreement)).unwrap();
        all.into_iter().map(|reminder| (reminder.rung, reminder.state)).collect()
    }

    /// Every mail of an office, oldest first.
    pub fn outbox(&self, office: Uuid) -> Vec<Mail> {
        let asked = outbox::Asked { limit: 1_000, ..outbox::Asked::default() };
        let mut mails = self.app.store.read_now(|db| outbox::page(db, office, &asked)).unwrap().mails;
        mails.reverse();
        mails
    }

    /// Open tasks of an office, oldest first.
    pub fn tasks(&self, office: Uuid) -> Vec<Task> {
        self.app.store.read_now(|db| tasks::open_tasks(db, office)).unwrap()
    }

    /// The log of an office, oldest first; its chain is whole.
    pub fn log(&self, office: Uuid) -> Vec<Entry> {
        let verdict = self.app.store.read_now(|db| audit_log::verify(db, office)).unwrap();
        assert_eq!(verdict.broken, None, "the chain of the log");
        let filter = Filter { limit: 10_000, ..Filter::default() };
        let mut entries = self.app.store.read_now(|db| audit_log::list(db, office, &filter)).unwrap();
        entries.reverse();
        entries
    }

    /// The sentences of the log, oldest first.
    pub fn sentences(&self, office: Uuid) -> Vec<String> {
        self.log(office).iter().map(Entry::sentence).collect()
    }
}

fn institutions_fact(office: &Office) -> kawal::domain::fact_sheet::Institution {
    cast::fisheries(office).user.institution
}
