//! `GET /`: what to do today, each line with its reason and one verb.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::web;
use chrono::{Days, NaiveDate, Timelike};

use super::agreements::rows::{event, source};
use super::agreements::{Cited, day, plain_day};
use super::error::Answer;
use super::me::Me;
use super::pages::dashboard::{Count, DashboardPage, EndingMonth, EndingsChart};
use super::pages::layout::NavItem;
use super::pages::parts::{Act as Button, Todo, Tone};
use super::{State, html};
use crate::app::App;
use crate::domain::agreement::{Agreement, State as Stage};
use crate::domain::audit::Entry;
use crate::domain::calendar::Calendar;
use crate::domain::dates::add_months;
use crate::domain::deadline::{ClauseRef, Deadline, DeadlineState, Step, deadlines};
use crate::domain::permission::Act;
use crate::domain::status::Status;
use crate::domain::wording::{MONTHS, SHORT_MONTHS, date_short, distance, figures};
use crate::store::agreement_lines::{self, CAP, Counts};
use crate::store::agreements;
use crate::store::audit_log::{self, Filter};
use crate::store::tasks::{self, Task};

/// Lines of the list of today.
const TODAY: usize = 8;
/// Days back and ahead that the first screen looks at; what is older waits under Tenggat.
const LATELY: u64 = 120;
const AHEAD: u64 = 14;
/// Agreements looked at for it.
const LOOKED_AT: i64 = 40;

struct Loaded {
    counts: Arc<Counts>,
    calendar: Arc<Calendar>,
    due: Vec<Agreement>,
    cited: Cited,
    tasks: Vec<Task>,
    history: Vec<Entry>,
}

/// `GET /`
///
/// # Errors
/// When the database cannot be read.
pub async fn show(app: web::Data<App>, state: web::Data<State>, me: Me) -> Answer {
    me.must(Act::ReadAgreements)?;
    let (app_in, scope, today, kept) = (app.clone(), me.scope(), me.today, state.counts.clone());
    let (office_reader, log_reader) = (me.may(Act::ReadOffice), me.may(Act::ReadLog));
    let loaded = app
        .store
        .read(move |db| {
            let (since, until) = (today - Days::new(LATELY), today + Days::new(AHEAD));
            let mut ids = agreement_lines::letter_due(db, scope, since, until, LOOKED_AT)?;
            ids.extend(agreement_lines::due_until(db, scope, since, until, LOOKED_AT)?);
            ids.sort_unstable();
            ids.dedup();
            let calendar = app_in.calendar(db, scope.office_id)?;
            let due: Vec<Agreement> =
                ids.into_iter().map(|id| agreements::find(db, scope, id)).collect::<Result<_, _>>()?;
            let cited = Cited::load(&app_in, db, waiting(&due, &calendar, today).iter().take(TODAY))?;
            Ok(Loaded {
                counts: kept.get(db, scope, today)?,
                calendar,
                due,
                cited,
                tasks: if office_reader { tasks::open_tasks(db, scope.office_id)? } else { Vec::new() },
                history: if log_reader {
                    audit_log::list(db, scope.office_id, &Filter { limit: 6, ..Filter::default() })?
                } else {
                    Vec::new()
                },
            })
        })
        .await?;
    let hour = me.user.zone.local(app.clock.now()).hour();
    html(&print(&me, hour, &loaded))
}

/// What waits about today. Today first, then what has been late for the shortest time, which can still
/// be mended; then what comes.
fn waiting<'a>(
    due: &'a [Agreement],
    calendar: &Calendar,
    today: NaiveDate,
) -> Vec<(Deadline, &'a Agreement)> {
    let mut waiting: Vec<(Deadline, &Agreement)> = due
        .iter()
        .filter(|agreement| agreement.state() != Stage::Drafting)
        .flat_map(|agreement| {
            deadlines(agreement.facts(), agreement.acts(), calendar, today)
                .into_iter()
                .filter(|deadline| matches!(deadline.state, DeadlineState::Open | DeadlineState::Overdue))
                .filter(|deadline| {
                    deadline.due_on <= today + Days::new(AHEAD)
                        && deadline.due_on >= today - Days::new(LATELY)
                })
                .map(move |deadline| (deadline, agreement))
        })
        .collect();
    waiting.sort_by_key(|(deadline, _)| match deadline.due_on {
        due if due == today => (0, 0),
        due if due < today => (1, (today - due).num_days()),
        due => (2, (due - today).num_days()),
    });
    waiting
}

fn print(me: &Me, hour: u32, loaded: &Loaded) -> DashboardPage {
    let today = me.today;
    let waiting = waiting(&loaded.due, &loaded.calendar, today);
    let urgent = waiting.iter().filter(|(deadline, _)| deadline.due_on <= today).count();
    let greeting = match hour {
        4..=10 => "Selamat pagi",
        11..=14 => "Selamat siang",
        15..=17 => "Selamat sore",
        _ => "Selamat malam",
    };
    let first_name = me.user.name.split_whitespace().next().unwrap_or_default();
    DashboardPage {
        layout: me.layout("Beranda", Some(NavItem::Dashboard)),
        greeting: format!("{greeting}, {first_name}"),
        today: match urgent {
            0 => format!("{} · tidak ada yang lewat tenggat", day(today)),
            n => format!("{} · {n} hal menunggu hari ini", day(today)),
        },
        acts: if me.may(Act::EditAgreements) {
            vec![Button::link("Perjanjian baru", "/perjanjian/baru").primary()]
        } else {
            Vec::new()
        },
        counts: counts(&loaded.counts),
        nothing_due: match waiting.first() {
            Some(_) => String::new(),
            None => "Tidak ada tenggat dalam dua pekan ini.".to_owned(),
        },
        more: (waiting.len() > TODAY)
            .then(|| (format!("{} lagi di Tenggat", waiting.len() - TODAY), "/tenggat".to_owned())),
        todos: waiting
            .iter()
            .take(TODAY)
            .map(|(deadline, agreement)| todo(me, deadline, agreement, &loaded.cited))
            .collect(),
        endings: endings(&loaded.counts, today),
        undeliverable: loaded.tasks.iter().take(4).map(|task| undeliverable(me, task)).collect(),
        history: loaded.history.iter().map(|entry| event(entry, me.user.zone)).collect(),
    }
}

fn figure(count: i64) -> String {
    if count > CAP * 10 {
        format!("{}+", figures((CAP * 10).unsigned_abs()))
    } else {
        figures(count.unsigned_abs())
    }
}

fn counts(counts: &Counts) -> Vec<Count> {
    let running: i64 =
        Status::ALL.iter().filter(|status| status.is_in_force()).map(|status| counts.of(*status)).sum();
    let window = counts.of(Status::RenewalWindow) + counts.of(Status::RenewalDueToday);
    let tile = |value: i64, label: &str, status: Option<Status>, tone: Tone| Count {
        value: figure(value),
        label: label.to_owned(),
        href: status.map_or_else(
            || "/perjanjian".to_owned(),
            |status| format!("/perjanjian?keadaan={}", status.code()),
        ),
        tone: if value > 0 { tone } else { Tone::Quiet },
    };
    vec![
        tile(running, "berlaku", Some(Status::InForce), Tone::Quiet),
        tile(window, "saatnya diperpanjang", Some(Status::RenewalWindow), Tone::Attention),
        tile(
            counts.of(Status::RenewalOverdue),
            "lewat batas perpanjangan",
            Some(Status::RenewalOverdue),
            Tone::Overdue,
        ),
        tile(counts.of(Status::Drafting), "sedang disiapkan", Some(Status::Drafting), Tone::Quiet),
    ]
}

fn todo(me: &Me, deadline: &Deadline, agreement: &Agreement, cited: &Cited) -> Todo {
    let path = format!("/perjanjian/{}", agreement.id());
    let name = agreement.facts().user.institution.short_name.clone().unwrap_or_else(|| agreement.name());
    let act = match deadline.step {
        Step::RenewalLetter => Some(Button::link("Catat surat", format!("{path}/surat-perpanjangan"))),
        Step::AgreementEnd => Some(Button::link("Buka", path.clone())),
        step => {
            Some(Button::link("Catat selesai", format!("{path}/selesai/{}/{}", step.code(), deadline.due_on)))
        }
    };
    let note = distance(deadline.due_on, me.today);
    Todo {
        when: if deadline.due_on == me.today { "Hari ini".to_owned() } else { date_short(deadline.due_on) },
        when_note: if deadline.due_on == me.today { String::new() } else { note },
        tone: match deadline.state {
            DeadlineState::Overdue => Tone::Overdue,
            _ if deadline.due_on <= me.today => Tone::Attention,
            _ => Tone::Quiet,
        },
        title: deadline.title(),
        href: path,
        about: match crate::domain::deadline::term_end(agreement.facts()) {
            Some(end) => format!("{name} · berakhir {}", plain_day(end.last_day)),
            None => name,
        },
        why: Some(source(deadline, &clauses(deadline, agreement, cited))),
        acts: if me.may(Act::EditAgreements) {
            act.into_iter().map(Button::small).collect()
        } else {
            Vec::new()
        },
    }
}

/// The clauses of the agreement's PKS, where the deadline names one by label: setting a whole paper
/// for each line would cost more than the page.
fn clauses(deadline: &Deadline, agreement: &Agreement, cited: &Cited) -> BTreeMap<String, String> {
    match deadline.clause {
        Some(ClauseRef::Label(_)) => cited.of(agreement),
        _ => BTreeMap::new(),
    }
}

fn undeliverable(me: &Me, task: &Task) -> Todo {
    let opened = me.user.zone.date(task.created_at);
    Todo {
        when: date_short(opened),
        when_note: distance(opened, me.today),
        tone: Tone::Overdue,
        title: task.title.clone(),
        href: task.agreement_id.map_or_else(|| "/tugas".to_owned(), |id| format!("/perjanjian/{id}")),
        about: task.reason.clone(),
        why: None,
        acts: vec![Button::link("Buka tugas", "/tugas").small()],
    }
}

/// Running agreements that end in this and the next 23 months.
fn endings(counts: &Counts, today: chrono::NaiveDate) -> EndingsChart {
    use chrono::Datelike;
    let first = today - Days::new(u64::from(today.day0()));
    let months = (0..24)
        .map(|ahead| {
            let month = add_months(first, ahead);
            let index = usize::try_from(month.month0()).unwrap_or(0);
            let count = counts.by_month.get(&(month.year(), month.month())).copied().unwrap_or(0);
            EndingMonth {
                label: format!("{} {}", MONTHS[index], month.year()),
                short: format!("{} {:02}", SHORT_MONTHS[index], month.year() % 100),
                count: u32::try_from(count).unwrap_or(u32::MAX),
                href: format!("/perjanjian?bulan={}&urut=berakhir", month.format("%Y-%m")),
            }
        })
        .collect();
    EndingsChart::new(months)
}
