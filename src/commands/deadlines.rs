//! `kawal deadlines`: every deadline with its rule.

use std::path::PathBuf;

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::files::{self, Known};
use super::{Global, Outcome, complain, say};
use crate::domain::deadline::{ClauseRef, Deadline, deadlines};
use crate::domain::wording::date_long;
use crate::store::agreements::{self, Scope};
use crate::store::offices;

/// Of which agreement, and as of when.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, nomor salah satu pihak, atau awalannya; tanpa ini semua perjanjian.
    #[arg(value_name = "PERJANJIAN", conflicts_with = "from")]
    agreement: Option<String>,
    /// Keadaan menurut tanggal ini (TTTT-BB-HH); bawaan: hari ini di zona kantor.
    #[arg(long, value_name = "TANGGAL")]
    on: Option<NaiveDate>,
    /// Berkas perjanjian; tanpa basis data.
    #[arg(long, value_name = "BERKAS")]
    from: Option<PathBuf>,
    /// JSON untuk program lain.
    #[arg(long)]
    json: bool,
}

/// One deadline with the agreement it belongs to and the clause as it is cited.
struct Line {
    agreement: Option<(Uuid, String)>,
    deadline: Deadline,
    clause: Option<String>,
}

/// Lists the deadlines.
///
/// # Errors
/// When none or several agreements match, or the database cannot be read.
pub fn run(global: &Global, args: &Args) -> anyhow::Result<Outcome> {
    let lines = match (&args.from, &args.agreement) {
        (Some(path), _) => match files::from_file(path)? {
            Some(known) => lines_of(&known, args.on, None)?,
            None => return Ok(Outcome::Refused),
        },
        (None, Some(name)) => lines_of(&files::stored(global, name)?.1, args.on, None)?,
        (None, None) => all(global, args.on)?,
    };
    if args.json {
        let lines: Vec<Value> = lines.iter().map(as_json).collect();
        say(&format!("{:#}", Value::Array(lines)));
    } else if lines.is_empty() {
        complain("belum ada tenggat: tanggal perjanjian belum diketahui");
    } else {
        table(&lines);
    }
    Ok(Outcome::Done)
}

fn lines_of(
    known: &Known,
    on: Option<NaiveDate>,
    agreement: Option<(Uuid, String)>,
) -> anyhow::Result<Vec<Line>> {
    let facts = &known.told.facts;
    let references = known.clauses.references(facts);
    let found = deadlines(facts, &known.told.acts, &known.calendar, on.unwrap_or(known.today));
    Ok(found
        .into_iter()
        .map(|deadline| {
            let clause = match &deadline.clause {
                Some(ClauseRef::Label(label)) => references.get(*label).cloned(),
                Some(ClauseRef::Cited(cited)) => Some(cited.clone()),
                None => None,
            };
            Line { agreement: agreement.clone(), deadline, clause }
        })
        .collect())
}

/// The deadlines of every agreement of the installation, office by office.
fn all(global: &Global, on: Option<NaiveDate>) -> anyhow::Result<Vec<Line>> {
    let app = global.app()?;
    let mut lines = Vec::new();
    for office in app.store.read_now(offices::all)? {
        for id in app.store.read_now(|db| agreements::ids(db, office.id))? {
            let agreement = app.store.read_now(|db| agreements::find(db, Scope::office(office.id), id))?;
            let known = files::of_agreement(&app, &agreement, office.zone)?;
            lines.extend(lines_of(&known, on, Some((id, agreement.name())))?);
        }
    }
    Ok(lines)
}

fn as_json(line: &Line) -> Value {
    let deadline = &line.deadline;
    let mut object = json!({
        "step": deadline.step.code(),
        "due_on": deadline.due_on,
        "holder": deadline.holder.code(),
        "state": deadline.state.code(),
        "rule": deadline.rule,
        "source": deadline.source.code(),
        "clause": line.clause,
    });
    if let Some((id, _)) = &line.agreement {
        object["agreement"] = json!(id);
    }
    object
}

/// Date, duty, holder, state and rule, one agreement under the other.
fn table(lines: &[Line]) {
    let wide = |text: &dyn Fn(&Line) -> String| {
        lines.iter().map(|line| text(line).chars().count()).max().unwrap_or_default()
    };
    let day = |line: &Line| date_long(line.deadline.due_on);
    let duty = |line: &Line| line.deadline.title();
    let holder = |line: &Line| line.deadline.holder.label().split(" (").next().unwrap_or_default().to_owned();
    let state = |line: &Line| line.deadline.state.label().to_owned();
    let (w_day, w_duty, w_holder, w_state) = (wide(&day), wide(&duty), wide(&holder), wide(&state));
    let mut last = None;
    for line in lines {
        if let Some((id, agency)) = &line.agreement
            && last != Some(id)
        {
            say(&format!("{agency} ({id})"));
            last = Some(id);
        }
        let clause = line.clause.as_ref().map(|clause| format!(" [{clause}]")).unwrap_or_default();
        say(&format!(
            "{:w_day$}  {:w_duty$}  {:w_holder$}  {:w_state$}  {}{clause}",
            day(line),
            duty(line),
            holder(line),
            state(line),
            line.deadline.rule,
        ));
    }
}
