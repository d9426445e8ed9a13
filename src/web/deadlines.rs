//! Deadlines over all agreements in sight: late, in grace, today, in the next thirty days.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use actix_web::web;
use chrono::{Days, NaiveDate};

use super::agreements::Cited;
use super::agreements::rows::deadline_row;
use super::agreements::show::verb;
use super::error::Answer;
use super::html;
use super::me::Me;
use super::pages::agreements::DeadlineRow;
use super::pages::deadlines::{DeadlineGroup, DeadlineListPage};
use super::pages::layout::NavItem;
use super::pages::parts::{FilterChip, Pager, Tone};
use crate::app::App;
use crate::domain::agreement::Agreement;
use crate::domain::calendar::Calendar;
use crate::domain::dates::day_before;
use crate::domain::deadline::{ClauseRef, Deadline, DeadlineState, Step, deadlines};
use crate::domain::permission::Act;
use crate::store::{agreement_lines, agreements};

/// How many agreements are looked at, and how many deadlines are shown.
const CAP: usize = 200;
/// How far ahead.
const DAYS_AHEAD: u64 = 30;

/// Headings in their order.
const GROUPS: [(&str, Tone); 4] = [
    ("Lewat", Tone::Overdue),
    ("Dalam masa tenggang", Tone::Attention),
    ("Hari ini", Tone::Attention),
    ("30 hari ke depan", Tone::Quiet),
];

/// Under which heading a deadline stands.
fn group(deadline: &Deadline, today: NaiveDate) -> usize {
    match deadline.state {
        DeadlineState::Overdue => 0,
        _ if deadline.due_on < today => 1,
        _ if deadline.due_on == today => 2,
        _ => 3,
    }
}

/// `GET /tenggat`
///
/// # Errors
/// When the database cannot be read.
pub async fn list(app: web::Data<App>, me: Me, query: web::Query<HashMap<String, String>>) -> Answer {
    me.must(Act::ReadAgreements)?;
    let step = query.get("jenis").and_then(|code| Step::ALL.iter().copied().find(|step| step.code() == code));
    let (app_in, scope, today) = (app.clone(), me.scope(), me.today);
    let until = today + Days::new(DAYS_AHEAD);
    let (agreements, calendar, cited) = app
        .store
        .read(move |db| {
            let limit = i64::try_from(CAP).unwrap_or(200) + 1;
            // An agreement leads with its oldest open duty; a renewal letter that is due soon must not
            // hide behind a report that was never sent.
            let mut ids = agreement_lines::letter_due(db, scope, today, until, limit)?;
            ids.extend(agreement_lines::due_until(db, scope, today, until, limit)?);
            ids.extend(agreement_lines::due_until(
                db,
                scope,
                NaiveDate::default(),
                day_before(today),
                limit,
            )?);
            let mut seen = HashSet::new();
            ids.retain(|id| seen.insert(*id));
            ids.truncate(CAP + 1);
            let found = ids.into_iter().map(|id| agreements::find(db, scope, id));
            let agreements = found.collect::<Result<Vec<_>, _>>()?;
            let calendar = app_in.calendar(db, scope.office_id)?;
            let shown = &agreements[..agreements.len().min(CAP)];
            let cited = Cited::load(&app_in, db, waiting(shown, &calendar, today).iter())?;
            Ok((agreements, calendar, cited))
        })
        .await?;
    html(&print(&me, &agreements, &calendar, &cited, step))
}

/// Open and overdue deadlines up to the last day shown, soonest first.
fn waiting<'a>(
    agreements: &'a [Agreement],
    calendar: &Calendar,
    today: NaiveDate,
) -> Vec<(Deadline, &'a Agreement)> {
    let until = today + Days::new(DAYS_AHEAD);
    let mut waiting: Vec<(Deadline, &Agreement)> = agreements
        .iter()
        .flat_map(|agreement| {
            deadlines(agreement.facts(), agreement.acts(), calendar, today)
                .into_iter()
                .filter(|deadline| matches!(deadline.state, DeadlineState::Open | DeadlineState::Overdue))
                .filter(|deadline| deadline.due_on <= until)
                .map(move |deadline| (deadline, agreement))
        })
        .collect();
    waiting.sort_by_key(|(deadline, agreement)| (deadline.due_on, deadline.step, agreement.id()));
    waiting
}

fn print(
    me: &Me,
    agreements: &[Agreement],
    calendar: &Arc<Calendar>,
    cited: &Cited,
    step: Option<Step>,
) -> DeadlineListPage {
    let today = me.today;
    let more = agreements.len() > CAP;
    let all = waiting(&agreements[..agreements.len().min(CAP)], calendar, today);
    let mut groups: Vec<DeadlineGroup> = GROUPS
        .iter()
        .map(|(title, tone)| DeadlineGroup { title: (*title).to_owned(), tone: *tone, rows: Vec::new() })
        .collect();
    let chosen: Vec<&(Deadline, &Agreement)> =
        all.iter().filter(|(deadline, _)| step.is_none_or(|step| deadline.step == step)).collect();
    let mut clauses = HashMap::new();
    for (deadline, agreement) in chosen.iter().take(CAP) {
        // Only a paper's own clause needs the paper to be set, once for each agreement.
        let cited = match deadline.clause {
            Some(ClauseRef::Label(_)) => {
                clauses.entry(agreement.id()).or_insert_with(|| cited.of(agreement)).clone()
            }
            _ => Default::default(),
        };
        groups[group(deadline, today)].rows.push(DeadlineRow {
            holder: agreement.name(),
            href: Some(format!("/perjanjian/{}", agreement.id())),
            act: if me.may(Act::EditAgreements) {
                verb(&format!("/perjanjian/{}", agreement.id()), deadline)
            } else {
                None
            },
            ..deadline_row(agreement, deadline, &cited, calendar, today)
        });
    }
    let counts = [0, 1, 2, 3].map(|index| all.iter().filter(|(one, _)| group(one, today) == index).count());
    let shown = chosen.len().min(CAP);
    DeadlineListPage {
        layout: me.layout("Tenggat", Some(NavItem::Deadlines)),
        summary: format!(
            "{} lewat, {} hari ini, {} dalam 30 hari",
            counts[0],
            counts[2],
            counts[1] + counts[3]
        ),
        chips: chips(&all, step),
        groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect(),
        nothing: "Tidak ada yang lewat dan tidak ada yang jatuh dalam 30 hari ke depan.".to_owned(),
        pager: Pager {
            shown: if more || chosen.len() > shown {
                format!("Menampilkan {shown} tenggat; selebihnya tampil setelah sebagian diselesaikan")
            } else {
                format!("Menampilkan {shown} tenggat")
            },
            ..Pager::default()
        },
    }
}

fn chips(all: &[(Deadline, &Agreement)], step: Option<Step>) -> Vec<FilterChip> {
    let count = |step: Step| all.iter().filter(|(deadline, _)| deadline.step == step).count();
    let mut chips = vec![FilterChip {
        label: "Semua".to_owned(),
        count: all.len().to_string(),
        href: "/tenggat".to_owned(),
        current: step.is_none(),
    }];
    chips.extend(Step::ALL.iter().filter(|known| count(**known) > 0 || step == Some(**known)).map(|known| {
        FilterChip {
            label: known.label().to_owned(),
            count: count(*known).to_string(),
            href: if step == Some(*known) {
                "/tenggat".to_owned()
            } else {
                format!("/tenggat?jenis={}", known.code())
            },
            current: step == Some(*known),
        }
    }));
    chips
}
